"""`build.py review`: answers in the terminal are saved, and the file is applied."""

from __future__ import annotations

import json
import re
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from briefing.cli import main
from briefing.cli.review_page import ReviewPages
from briefing.config import load_config
from briefing.content.yaml_source import read_yaml
from briefing.corrections.files import merged

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ARTICLE = """\
Aldermoor opens its new quay

The works cost 310 million euros, said Petra Quill, the mayor of Aldermoor. The port has 40 cranes.
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    for folder in ("sources", "actors", "topics"):
        (tmp_path / folder).mkdir()
    (tmp_path / "actors" / "petra-quill.yaml").write_text("name: Petra Quill\nkind: person\n")
    (tmp_path / "mkdocs.yml").write_text("site_name: A test\n")
    path = tmp_path / "sources" / "quay.md"
    path.write_text(ARTICLE)
    return path


def review(source: Path, answers: str, *options: str) -> Result:
    root = source.parent.parent
    given = ["review", str(source), "--config", str(root / "mkdocs.yml"), *options]
    return CliRunner().invoke(main, given, input=answers, catch_exceptions=False)


def written(source: Path) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = yaml.safe_load((source.parent / "quay.facts.yaml").read_text())
    return found


def answer(source: Path, words: str, keys: str, *options: str) -> Result:
    """Skip to the first fact based on exactly these words, answer, and quit."""
    shown = review(source, "n\n" * 60, *options).stdout
    facts = shown.split("\nfact ")[1:] if "\nfact " in shown else shown.split("fact ")[1:]
    number = next(n for n, fact in enumerate(facts) if f"[{words}]" in fact)
    return review(source, "n\n" * number + keys + "q\n", *options)


def test_skipping_changes_nothing(source: Path) -> None:
    assert "Nothing was changed." in review(source, "n\n" * 60 + "n\n").stdout
    assert not (source.parent / "quay.facts.yaml").exists()


def test_accepted_fact_is_saved_with_its_values(source: Path) -> None:
    answer(source, "310 million euros", "a\n", "--by", "Ada Verne")
    (entry,) = written(source)["accept"]
    assert (
        entry.items() >= {"kind": "figure", "words": "310 million euros", "value": "310000000", "unit": "EUR"}.items()
    )
    assert entry["by"] == "Ada Verne"
    again = review(source, "n\n" * 60).stdout
    assert "figure\n  Aldermoor opens its new quay The works cost [310 million euros]" not in again


def test_an_edit_asks_for_each_field_and_why(source: Path) -> None:
    answer(source, "310 million euros", "e\n320000000\n\n\n\n\nThe council corrected itself.\n")
    (entry,) = written(source)["edit"]
    assert entry["value"] == "320000000"
    assert entry["why"] == "The council corrected itself."
    facts = CliRunner().invoke(main, ["facts", str(source), "--config", str(source.parents[1] / "mkdocs.yml")]).stdout
    assert '"value": 320000000.0' in facts
    assert '"value": 310000000.0' not in facts


def test_invalid_answer_is_reported_and_asked_again(source: Path) -> None:
    shown = answer(source, "310 million euros", "e\na lot\n3.2 million\n\n\n\n\nIt was less.\n")
    assert "`a lot` is not a plain number. Write digits" in shown.output
    (entry,) = written(source)["edit"]
    assert (entry["value"], entry["why"]) == ("3200000", "It was less.")


def test_answer_that_cannot_be_applied_is_explained_and_asked_again(source: Path) -> None:
    shown = answer(source, "310 million euros", "e\n\n\n\n\nnobody-known\n\nr\nNot a cost.\n")
    assert "nobody-known" in shown.output
    assert written(source).keys() == {"reject"}


def test_answers_before_an_interruption_are_saved(source: Path) -> None:
    shown = review(source, "a\nr\n")  # the input ends, as with Ctrl-C
    assert "1 fact reviewed" in shown.output
    assert list(written(source)) == ["accept"]


def test_back_undoes_the_last_answer(source: Path) -> None:
    review(source, "a\nr\n\nb\na\nq\n")
    assert [len(entries) for entries in written(source).values()] == [2]
    (source.parent / "quay.facts.yaml").unlink()
    review(source, "a\nb\nq\n")
    assert not (source.parent / "quay.facts.yaml").exists()
    first, second = (review(source, keys).stdout.count("fact 1 of") for keys in ("n\nq\n", "n\nb\nq\n"))
    assert (first, second) == (1, 2), "without an answer, back shows the fact before"


def test_kinds_can_be_skipped_and_the_rest_accepted(source: Path) -> None:
    kinds = [
        line.rsplit(" ", 1)[1] for line in review(source, "n\n" * 60).stdout.splitlines() if line.startswith("fact ")
    ]
    review(source, "s\nl\nn\n")
    accepted = [entry["kind"] for entry in written(source)["accept"]]
    assert accepted == [kind for kind in kinds if kind != kinds[0]]


def test_a_fact_can_be_added(source: Path) -> None:
    said = "+\nevent\nThe port has 41 cranes\n+\nevent\nThe port has 40 cranes\n4 May 2021\nI was there.\n?\nq\n"
    shown = review(source, said, "--by", "Ada Verne").output
    assert "Did you mean: The port has 40 cranes" in shown
    assert "b  back: undo the last answer" in shown
    assert written(source) == {
        "add": [
            {
                "kind": "event",
                "words": "The port has 40 cranes",
                "date": "2021-05-04",
                "why": "I was there.",
                "by": "Ada Verne",
            }
        ]
    }


def test_a_later_answer_replaces_an_earlier_one(source: Path) -> None:
    answer(source, "310 million euros", "a\n")
    answer(source, "310 million euros", "r\n\n", "--all")
    assert written(source).keys() == {"reject"}
    facts = CliRunner().invoke(main, ["facts", str(source), "--config", str(source.parents[1] / "mkdocs.yml")]).stdout
    assert '"value": 310000000.0' not in facts


def test_whole_briefing_can_be_marked_as_reviewed(source: Path) -> None:
    count = int(review(source, "q\n").stdout.split(" facts to review")[0].split()[-1])
    review(source, "n\n" * count + "y\nAda Verne\n")
    assert written(source) == {"reviewed": {"by": "Ada Verne"}}


def test_comments_in_the_file_are_kept(source: Path) -> None:
    path = source.parent / "quay.facts.yaml"
    path.write_text("# mine\ntitle: The quay  # as in print\naccept:\n  # sure\n  - {words: 40 cranes, kind: figure}\n")
    answer(source, "310 million euros", "a\n", "--all")
    text = path.read_text()
    for comment in ("# mine\n", "# as in print", "# sure"):
        assert comment in text
    assert len(written(source)["accept"]) == 2


WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(str.strip)
ENTRY = st.fixed_dictionaries({"fact": st.from_regex(r"[0-9a-f]{10}", fullmatch=True), "words": WORDS.map(str.strip)})


@given(st.lists(st.tuples(st.sampled_from(["accept", "edit", "reject"]), ENTRY), max_size=6))
def test_saved_answers_are_read_back(said: list[tuple[str, dict[str, str]]]) -> None:
    text, last = "", {}
    for part, entry in said:
        text = merged(text, {part: [entry]})
        last[entry["fact"]] = (part, entry)
    read = read_yaml(text, "") if text else None
    assert not (read and read.problems)
    found = {e["fact"]: (part, e) for part, entries in ((read.value if read else {}) or {}).items() for e in entries}
    assert found == last


# --- in the browser -------------------------------------------------------------------------------


@pytest.fixture
def pages(source: Path) -> Iterator[str]:
    """The address of the review pages of a server of its own."""
    server = make_server("127.0.0.1", 0, lambda environ, start: app(environ, start), handler_class=Quiet)
    app = ReviewPages(load_config(source.parents[1] / "mkdocs.yml"), server.server_port)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/review/"
    server.shutdown()
    thread.join()
    server.server_close()
    app.close()


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def ask(address: str, data: dict[str, object] | None = None, **headers: str) -> tuple[int, str]:
    body = None if data is None else json.dumps(data).encode()
    request = urllib.request.Request(address, body, {k.replace("_", "-"): v for k, v in headers.items()})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_only_pages_of_the_server_can_review(pages: str, source: Path) -> None:
    page = ask(f"{pages}quay/")[1]
    data = json.loads(re.search(r'id="data">(.+?)</script>', page, re.DOTALL)[1])  # type: ignore[index]
    fact = next(f for f in data["facts"] if f["words"] == "310 million euros")
    said: dict[str, object] = {"action": "accept", "fact": fact["id"]}
    origin = pages.removesuffix("/review/")
    right = {"Origin": origin, "X_Review_Token": data["token"], "Content_Type": "application/json"}
    for wrong in (
        {"Origin": "https://evil.example"}, {"Origin": "null"}, {"X_Review_Token": "guess"}, {"X_Review_Token": "ü"},
        {"Content_Type": "text/plain"}, {"Host": "evil.example"}, {"Host": "evil.example:80"},
    ):  # fmt: skip
        assert ask(f"{pages}quay/", said, **(right | wrong))[0] == 403, wrong
    assert ask(f"{pages}quay/", Host="evil.example")[0] == 403, "another name for this machine sees nothing"
    assert ask(f"{pages}../../mkdocs.yml")[0] == 404
    assert ask(f"{pages}nobody/")[0] == 404
    assert ask(f"{pages}other/", said, **right)[0] == 409
    for bad in ({"action": "remove"}, {"action": "accept", "fact": "0" * 10}, {"action": ["accept"]}, {}):
        assert ask(f"{pages}quay/", bad, **right)[0] == 400
    assert ask(f"{pages}quay/", {"action": "x" * 200_000}, **right)[0] == 413
    assert not (source.parent / "quay.facts.yaml").exists()
    assert ask(f"{pages}quay/", said, **right)[0] == 200
    assert written(source)["accept"][0]["value"] == "310000000"
    wrong_value: dict[str, object] = {
        "action": "edit",
        "fact": fact["id"],
        "values": {"value": "a lot", "unit": "euros"},
    }
    told = json.loads(ask(f"{pages}quay/", wrong_value, **right)[1])
    assert "`a lot` is not a plain number. Write digits" in told["problems"][0]
    assert list(written(source)) == ["accept"]


@pytest.mark.browser
def test_facts_are_reviewed_with_one_key_each(pages: str, source: Path, browser: Browser) -> None:
    source.write_text(
        ARTICLE + "\n🚢 <img src=x onerror=alert(1)> </script><script>alert(1)</script> It has 7 ships.\n"
    )
    page = browser.new_page()
    wrong: list[str] = []
    page.on("console", lambda told: wrong.append(told.text) if told.type in {"error", "warning"} else None)
    page.on("dialog", lambda dialog: wrong.append("dialog") or dialog.dismiss())
    page.goto(pages)
    page.click("text=sources/quay.md")
    page.wait_for_selector("#text mark")
    count = page.evaluate("JSON.parse(document.getElementById('data').textContent).facts.length")
    seen = []
    for number in range(count):
        seen.append((page.inner_text("#fact q"), page.inner_text("#text mark >> nth=0")))
        page.keyboard.press("a" if number == 0 else "n")
        page.wait_for_function("(n) => document.getElementById('place').textContent.match(n)",
                               arg=f"Fact {number + 2} of" if number < count - 1 else "seen all")  # fmt: skip
    assert all(words.startswith(marked) or marked.startswith(words) for words, marked in seen), seen
    assert len(written(source)["accept"]) == 1
    page.keyboard.press("b")
    page.wait_for_function("() => document.getElementById('place').textContent.startsWith('Fact 1 of')")
    assert not (source.parent / "quay.facts.yaml").exists()
    while page.inner_text("#fact q") != "310 million euros":
        page.keyboard.press("n")
    page.keyboard.press("e")
    page.fill("[name=value]", "3.2 million")
    page.fill("[name=why]", "The council corrected itself.")
    page.click("text=Save")
    page.wait_for_function("() => document.getElementById('edit').hidden")
    assert written(source)["edit"][0]["value"] == "3200000"
    page.keyboard.press("d")
    page.wait_for_selector("#problems li")
    page.fill("#by", "Ada Verne")
    page.click("h1")
    page.keyboard.press("d")
    page.wait_for_function("() => document.getElementById('place').textContent.includes('marked as reviewed')")
    assert written(source)["reviewed"] == {"by": "Ada Verne"}
    assert not wrong
    page.close()
