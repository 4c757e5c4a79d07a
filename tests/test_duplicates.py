"""Near duplicates: found, and shown to readers."""

from __future__ import annotations

from pathlib import Path

from briefing import pipeline
from briefing.archive import duplicates
from briefing.config import load_config
from tests.conftest import ROOT

MINE = " ".join(f"The mine at Oldby shipped {n} tonnes of ore in week {n} of that year." for n in range(30))


def test_reprints_name_each_other() -> None:
    prints = {
        name: duplicates.fingerprint(text) for name, text in (("a", MINE), ("b", "By us.\n\n" + MINE), ("c", "No."))
    }
    notes = duplicates.duplicate_notes(prints, {"a": "one", "b": "two", "c": "three"})
    assert {name: [n.code for n in found] for name, found in notes.items()} == {
        "a": ["near-duplicate"],
        "b": ["near-duplicate"],
    }
    assert "two" in notes["a"][0].message
    assert "one" in notes["b"][0].message


def test_many_reprints_are_counted() -> None:
    prints = {f"n{i}": duplicates.fingerprint(MINE + f" Edition {i}.") for i in range(6)}
    message = duplicates.duplicate_notes(prints, {name: name for name in prints})["n0"][0].message
    assert "and 2 more" in message


def test_facts_mark_duplicate_sources_and_change_nothing_else(tmp_path: Path) -> None:
    config = load_config(ROOT / "mkdocs.yml")
    for name, text in (("a.txt", MINE), ("b.txt", MINE + " More follows."), ("c.txt", "The quay of Oldby was closed.")):
        (tmp_path / name).write_text("A mine and its ore\n\n" + text, encoding="utf-8")
    together = list(pipeline.facts(config, [tmp_path]))
    alone = [next(iter(pipeline.facts(config, [tmp_path / name]))) for name in ("a.txt", "b.txt", "c.txt")]
    codes = [[n.code for n in b.notes if n.code == "near-duplicate"] for b in together]
    assert codes == [["near-duplicate"], ["near-duplicate"], []]
    assert [tuple(n for n in b.notes if n.code != "near-duplicate") for b in together] == [b.notes for b in alone]
    assert [b.statements for b in together] == [b.statements for b in alone]
