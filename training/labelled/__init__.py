"""Read training/labelled/*.yaml: articles with the spans of their names and statements.

    python -m training.labelled [FILE...]       check the files and count what is labelled

README.md in this folder describes the format.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from training.places import Range, find_place, find_places

HERE = Path(__file__).parent
NAME_KINDS = ("person", "organisation", "place", "other")
ARTICLE_KEYS = frozenset({"id", "text", "names", "statements", "not_asserted"})
STATEMENT_KEYS = frozenset({"who", "cue", "what"})


@dataclass(frozen=True, slots=True)
class LabelledName:
    start: int
    end: int
    kind: str  # one of NAME_KINDS


@dataclass(frozen=True, slots=True)
class LabelledStatement:
    content: tuple[Range, ...]
    source: Range | None
    cue: Range | None
    asserted: bool


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    id: str  # "FILE/ID"
    text: str
    names: tuple[LabelledName, ...]
    statements: tuple[LabelledStatement, ...]


class LabelError(Exception):
    """All errors in the labels, one per line."""


def read_labelled(paths: Sequence[Path] | None = None) -> list[LabelledArticle]:
    """Return all articles of the files (by default those of this folder), sorted by file.

    Raises:
        LabelError: a key is unknown, or labelled words are not in the text.
    """
    problems: list[str] = []
    articles = [
        article
        for path in sorted(HERE.glob("*.yaml") if paths is None else paths)
        for article in _read_file(path, problems)
    ]
    if problems:
        raise LabelError("\n".join(problems))
    return articles


def _read_file(path: Path, problems: list[str]) -> Iterator[LabelledArticle]:
    seen: set[str] = set()
    for row in yaml.safe_load(path.read_text(encoding="utf-8")) or ():
        reader = _Reader(f"{path.stem}/{row.get('id')}", str(row.get("text", "")))
        if row.get("id") in seen:
            reader.problem("this id is used twice")
        seen.add(row.get("id"))
        yield reader.read(row)
        problems += reader.problems


class _Reader:
    """Finds the labelled words of one article in its text."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text
        self.problems: list[str] = []

    def problem(self, what: str) -> None:
        self.problems.append(f"{self.name}: {what}")

    def read(self, row: dict[str, Any]) -> LabelledArticle:
        for key in row.keys() ^ ARTICLE_KEYS:
            if key != "not_asserted" or key not in ARTICLE_KEYS:
                self.problem(f"`{key}` is {'missing' if key in ARTICLE_KEYS else 'not a known key'}")
        statements = [self._statement(s, True) for s in row.get("statements") or ()]
        statements += [self._statement(s, False) for s in row.get("not_asserted") or ()]
        statements.sort(key=lambda s: s.content)
        return LabelledArticle(self.name, self.text, tuple(self._names(row.get("names") or {})), tuple(statements))

    def _names(self, names: dict[str, list[str]]) -> Iterator[LabelledName]:
        found: list[tuple[int, int, str]] = []
        for kind, forms in names.items():
            if kind not in NAME_KINDS:
                self.problem(f"`{kind}` is not a kind of name; use one of {', '.join(NAME_KINDS)}")
            for form in forms or ():
                places = list(find_places(self.text, str(form)))
                if not places:
                    self.problem(f"name not in the text: {form}")
                found += [(start, end, kind) for start, end in places]
        taken: list[tuple[int, int, str]] = []
        for start, end, kind in sorted(found, key=lambda n: (n[0] - n[1], n[0])):
            if not any(start < e and s < end for s, e, _ in taken):
                taken.append((start, end, kind))
        for start, end, kind in sorted(taken):
            yield LabelledName(start, end, kind)

    def _statement(self, row: dict[str, Any], asserted: bool) -> LabelledStatement:
        for key in row.keys() - STATEMENT_KEYS:
            self.problem(f"`{key}` is not a key of a statement")
        what = row.get("what")
        pieces = what if isinstance(what, list) else [what]
        content: list[Range] = []
        for piece in pieces:
            place = self._place(str(piece), content) if piece else None
            if place:
                content.append(place)
        if not content:
            self.problem(f"a statement by `{row.get('who')}` without content")
        cue = self._place(str(row["cue"]), content) if row.get("cue") else None
        source = self._place(str(row["who"]), content, cue) if row.get("who") else None
        for a, b in ((source, "speaker"), (cue, "cue")):
            if a and any(a[0] < end and start < a[1] for start, end in content):
                self.problem(f"the {b} `{self.text[slice(*a)]}` lies inside the content `{what}`; add @2 or the like")
        return LabelledStatement(tuple(sorted(content)), source, cue, asserted)

    def _place(self, words: str, near: Sequence[Range], beside: Range | None = None) -> Range | None:
        place = find_place(self.text, words, near, beside)
        if place is None:
            self.problem(f"not in the text: {words}")
        return place
