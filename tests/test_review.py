"""`build.py review`: answers in the terminal are saved, and the file is applied."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from briefing.cli import main
from briefing.content.yaml_source import read_yaml
from briefing.corrections.files import merged

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
    shown = answer(source, "310 million euros", "e\na lot\n\n\n\n\n\nr\nNot a cost.\n")
    assert "value" in shown.output
    assert written(source).keys() == {"reject"}


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
