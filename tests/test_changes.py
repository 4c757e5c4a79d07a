"""The log of facts added, changed and retracted between two builds."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import verify
from briefing.content.problems import ContentError
from briefing.site import changes
from briefing.site.changes import Facts
from tests.builders import templates
from tests.commands import run
from tests.conftest import ROOT

TEXT = "Uma said that the quay opens. It cost 300 tonnes of gold. Vic paid 20 dollars."
BUILT = 1_764_590_000


def figure(fact: str, words: str = "300 tonnes", text: str = TEXT, **values: Any) -> dict[str, Any]:
    start = text.index(words)
    return {"id": fact, "value": 300.0, "unit": "t", "start": start, "end": start + len(words), "rule": "r"} | values


def briefing(name: str, *figures: dict[str, Any], text: str = TEXT, **more: Any) -> dict[str, Any]:
    return {"id": name, "title": {"value": f"Title of {name}"}, "text": text, "figures": list(figures)} | more


A, B, C = "aaaaaaaaaa", "bbbbbbbbbb", "cccccccccc"
QUAY = briefing("quay", figure(A), figure(B, "20 dollars"))


def facts(*briefings: dict[str, Any]) -> Facts:
    lines = {one["id"]: json.dumps(one, ensure_ascii=False) for one in briefings}
    return Facts(lines, lines.__getitem__)


def publish(folder: Path, *briefings: dict[str, Any], log: dict[str, Any] | None = None) -> Path:
    """Write facts.jsonl as data/ has it, and the log beside it."""
    more = {"page": "x", "format": "1.0"}
    (folder / "facts.jsonl").write_text("".join(json.dumps(b | more, ensure_ascii=False) + "\n" for b in briefings))
    if log:
        (folder / "changes.json").write_text(json.dumps(log))
    return folder / "facts.jsonl"


def logged(place: Path, old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    found = changes.log(publish(place, *old), facts(*new), BUILT)
    listed = found["builds"][0]["changes"] if found["builds"] else []
    return [(c["action"], c["briefing"], c["fact"], *c.get("fields", ())) for c in listed]


@pytest.mark.parametrize(
    ("label", "old", "new", "expected"),
    [
        ("nothing", [QUAY], [QUAY], []),
        ("a fact more", [briefing("quay", figure(A))], [QUAY], [("added", "quay", B)]),
        ("a fact less", [QUAY], [briefing("quay", figure(A))], [("retracted", "quay", B)]),
        (
            "another value",
            [QUAY],
            [briefing("quay", figure(A, value=3.0), figure(B, "20 dollars"))],
            [("changed", "quay", A, "value")],
        ),
        (
            "other words",
            [QUAY],
            [briefing("quay", figure(A, "300 tonnes of gold"), figure(B, "20 dollars"))],
            [("changed", "quay", A, "words")],
        ),
        (
            "another place of the same words",
            [QUAY],
            [
                briefing(
                    "quay",
                    figure(A, text="Now. " + TEXT),
                    figure(B, "20 dollars", text="Now. " + TEXT),
                    text="Now. " + TEXT,
                )
            ],
            [],
        ),
        ("another rule", [QUAY], [briefing("quay", figure(A, rule="x"), figure(B, "20 dollars"))], []),
        (
            "a new key of the contract",
            [QUAY],
            [briefing("quay", figure(A, rate="per day"), figure(B, "20 dollars"))],
            [("changed", "quay", A, "rate")],
        ),
        ("an article more", [], [QUAY], [("added", "quay", A), ("added", "quay", B)]),
        ("an article less", [QUAY], [], [("retracted", "quay", A), ("retracted", "quay", B)]),
        ("an article that moved", [QUAY], [QUAY | {"id": "2021/quay"}], []),
        (
            "an article that moved, with a fact less",
            [briefing("quay", figure(A), figure(B, "20 dollars"), figure(C, "gold"))],
            [briefing("pier", figure(A), figure(B, "20 dollars"))],
            [("retracted", "pier", C)],
        ),
        ("a title", [QUAY], [QUAY | {"title": {"value": "Other"}}], []),
    ],
)
def test_changes(label: str, old: Any, new: Any, expected: Any, tmp_path: Path) -> None:
    assert logged(tmp_path, old, new) == expected


def test_a_place_inside_a_fact_is_compared_by_its_words(tmp_path: Path) -> None:
    def said(speaker: str, text: str) -> dict[str, Any]:
        at = text.index(speaker)
        about = {"speaker": {"actor": None, "start": at, "end": at + len(speaker)}, "content": [{"start": 0, "end": 3}]}
        return briefing("quay", text=text, statements=[{"id": A} | about])

    old = said("Uma", TEXT)
    assert logged(tmp_path, [old], [said("Uma", TEXT + " More.")]) == []
    assert logged(tmp_path, [old], [said("Vic", TEXT)]) == [("changed", "quay", A, "speaker")]


def test_the_log_is_continued_and_a_build_without_news_leaves_it_as_it_was(tmp_path: Path) -> None:
    first = changes.log(publish(tmp_path, QUAY), facts(briefing("quay", figure(A))), BUILT)
    again = changes.log(
        publish(tmp_path, briefing("quay", figure(A)), log=first), facts(briefing("quay", figure(A))), 9
    )
    assert again == first
    later = changes.log(publish(tmp_path, briefing("quay", figure(A)), log=first), facts(QUAY), BUILT + 60)
    assert [(b["number"], b["date"], b["facts"]["added"], b["facts"]["retracted"]) for b in later["builds"]] == [
        (2, "2025-12-01T11:54:20Z", 1, 0),
        (1, "2025-12-01T11:53:20Z", 0, 1),
    ]


def test_the_log_has_the_words_of_facts_that_stand_and_no_others(tmp_path: Path) -> None:
    """What was taken down or corrected must not live on in the log."""
    first = changes.log(publish(tmp_path, briefing("quay")), facts(QUAY), BUILT)
    assert [c["words"] for c in first["builds"][0]["changes"]] == ["300 tonnes", "20 dollars"]
    later = changes.log(publish(tmp_path, QUAY, log=first), facts(briefing("quay", figure(A))), BUILT)
    assert "20 dollars" not in json.dumps(later)
    assert later["builds"][1]["changes"][0]["page"] == f"briefings/quay/#e-{A}"


def test_words_that_may_not_be_shown_are_left_out(tmp_path: Path) -> None:
    hidden = QUAY | {"text": "█" * len(TEXT)}
    found = changes.log(publish(tmp_path), facts(hidden), BUILT)
    assert [c.get("words") for c in found["builds"][0]["changes"]] == [None, None]


def test_only_what_we_would_write_is_taken_over_from_a_published_log(tmp_path: Path) -> None:
    first = changes.log(publish(tmp_path, briefing("quay")), facts(QUAY), BUILT)
    first["builds"][0]["changes"][0]["words"] = "<script>"
    first["builds"][0]["changes"].append({"action": "x", "briefing": "y", "kind": "z", "fact": A})
    first["builds"][0]["advertisement"] = "<script>"
    found = changes.log(publish(tmp_path, QUAY, log=first), facts(QUAY), BUILT)
    assert "<script>" not in json.dumps(found)
    assert len(found["builds"][0]["changes"]) == 2


@pytest.mark.parametrize("text", ["no JSON\n", "[]\n", '{"id": 5}\n'])
def test_a_file_that_is_no_facts_jsonl_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "facts.jsonl").write_text(text)
    with pytest.raises(ContentError, match="not what a build has published"):
        changes.log(tmp_path / "facts.jsonl", facts(QUAY), BUILT)


def test_a_damaged_log_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="not what a build has published"):
        changes.log(publish(tmp_path, QUAY, log={"builds": [{"number": "x"}]}), facts(QUAY), BUILT)


def test_without_a_previous_site_the_log_is_empty() -> None:
    assert changes.log(None, facts(QUAY), BUILT)["builds"] == []


def test_the_feed_has_an_entry_for_each_briefing_of_a_build(tmp_path: Path) -> None:
    place = publish(tmp_path, briefing("quay", figure(A)), briefing("pier", figure(C)))
    log, feed = (page.text for page in changes.pages(place, facts(QUAY), templates(built=BUILT), ""))
    assert json.loads(log)["format"] == "1.0"
    atom = "{http://www.w3.org/2005/Atom}"
    entries = ElementTree.fromstring(feed).findall(f"{atom}entry")
    assert [e.findtext(f"{atom}title") for e in entries] == ["pier: 1 fact retracted", "Title of quay: 1 fact added"]
    assert [e.findtext(f"{atom}summary") for e in entries] == ["", "added: 20 dollars"]
    assert len({e.findtext(f"{atom}id") for e in entries}) == 2


NAMES = st.sampled_from(["a", "b", "c/d"])
SOME = st.dictionaries(NAMES, st.dictionaries(st.sampled_from([A, B, C]), st.integers(0, 2), max_size=3), max_size=3)


@given(SOME, SOME)
def test_the_log_leads_from_one_state_to_the_other(old: Any, new: Any) -> None:
    """Apply the log to the old facts: the new ones come out, whatever moved."""

    def state(found: Any) -> list[dict[str, Any]]:
        return [briefing(name, *(figure(f, value=v) for f, v in values.items())) for name, values in found.items()]

    before, now = facts(*state(old)), facts(*state(new))
    briefings, listed = changes.compare(before, now)
    moved = briefings["moved"]
    known = {(moved.get(name, name), fact) for name, values in old.items() for fact in values}
    for change in listed:
        key = (change["briefing"], change["fact"])
        if change["action"] == "added":
            assert key not in known
            known.add(key)
        elif change["action"] == "retracted":
            known.remove(key)
        else:
            assert key in known
    assert known == {(name, fact) for name, values in new.items() for fact in values}


# --- from the command line ---------------------------------------------------------------------------

SOURCE = "sources/2024/2024-04-09-pier.md"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("changes") / "harbour"
    shutil.copytree(ROOT / "tests" / "archives" / "harbour", home)
    assert run("build", "--config", home / "mkdocs.yml", cwd=home).returncode == 0
    return home


def build(home: Path, *args: str | Path) -> dict[str, Any]:
    ran = run("build", "--config", home / "mkdocs.yml", *args, cwd=home)
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads((home / "site/data/changes.json").read_text())
    return found


def test_a_build_logs_what_changed_since_the_published_site(published: Path, tmp_path: Path) -> None:
    home, before = tmp_path / "harbour", tmp_path / "before"
    shutil.copytree(published, home)
    shutil.copytree(published / "site" / "data", before)
    source = home / SOURCE
    source.write_text(source.read_text().replace("that 120 jobs depend on it", "that 150 jobs depend on it"))
    log = build(home, "--previous", before)
    (latest,) = log["builds"]
    assert latest["briefings"] == {"added": [], "removed": [], "moved": {}}
    assert {c["briefing"] for c in latest["changes"]} == {"2024/2024-04-09-pier"}
    by_action = {(c["action"], c["kind"]): c.get("words") for c in latest["changes"]}
    assert by_action["added", "figures"] == "150"
    assert by_action["retracted", "figures"] is None
    assert verify.verify(home / "site", home / "sources")[0] == []
    again = build(home, "--previous", home / "site")
    assert again == log, "the site as published now has the same facts"
    ran = run("verify-build", "--config", home / "mkdocs.yml", cwd=home)
    assert ran.returncode == 0, "earlier builds are not in the sources, so the log is not compared"


def test_a_previous_site_that_is_not_there_is_refused(published: Path, tmp_path: Path) -> None:
    ran = run("build", "--config", published / "mkdocs.yml", "--previous", tmp_path, cwd=published)
    assert (ran.returncode, "no data/facts.jsonl of a published site there" in ran.stderr) == (2, True)


def test_the_setting_for_a_site_not_yet_published_leaves_the_log_empty(published: Path, tmp_path: Path) -> None:
    home = tmp_path / "harbour"
    shutil.copytree(published, home)
    (home / "mkdocs.yml").write_text((home / "mkdocs.yml").read_text() + "    previous: not-yet\n")
    assert build(home)["builds"] == []
