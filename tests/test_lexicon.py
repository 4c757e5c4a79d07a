"""Word lists are checked when they are read: what a reader does not know, or YAML takes for no word, is an error."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import ValidationError

from briefing import lexicon


@dataclass(frozen=True, slots=True)
class Words:
    small: frozenset[str]
    values: dict[str, int]


def read(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> Words:
    (folder / "words.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(lexicon, "DATA", folder)
    return lexicon.load("words", Words)


def test_lists_have_the_types_that_their_reader_asks_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = read(tmp_path, monkeypatch, "small: [a, the, a]\nvalues: {two: 2}\n")
    assert words == Words(frozenset({"a", "the"}), {"two": 2})


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("small: [yes, a]\nvalues: {}\n", "small"),  # True, not a word
        ("small: [a]\nvalues: {two: second}\n", "values.two"),
        ("small: [a]\n", "values"),
        ("small: [a]\nvalues: {}\nsmalls: [b]\n", "smalls"),
    ],
)
def test_a_wrong_list_is_named(text: str, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValidationError, match=f"words.{place}"):
        read(tmp_path, monkeypatch, text)
