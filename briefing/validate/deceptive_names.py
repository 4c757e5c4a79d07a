"""Warn about names and texts that are not what they seem: invisible characters, and letters that look alike."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.content.lookalikes import Deceptive, deceptive, find_deceptive
from briefing.content.problems import Problem

if TYPE_CHECKING:
    from briefing.validate import CheckContext

FOUND = {
    "look-alike": "mixes letters of different alphabets that look alike",
    "hidden-characters": "contains characters that cannot be seen",
}
RIGHT = {
    "look-alike": "Type the word again with one keyboard. If it is right, keep it.",
    "hidden-characters": "Delete the word and type it again. If it is right, keep it.",
}
MOST = 20  # of one article


def deceptive_names(context: CheckContext) -> Iterator[Problem]:
    """Report names of actors and words of articles."""
    for actor in context.workspace.own_actors:
        for name in (actor.name, *(alias.name for alias in actor.aliases)):
            if found := deceptive(name):
                path = Path(actor.path)
                yield _problem(context.config.label(path), _line_with(path, name), found, name)
    for source in context.chosen:
        body = context.body(source) or ""
        for found in itertools.islice(find_deceptive(body), MOST):
            line = body.count("\n", 0, found.start) + 1
            yield _problem(context.config.label(source.path), line, found, body)


def _line_with(path: Path, name: str) -> int:
    lines = path.read_text(encoding="utf-8-sig", errors="replace").split("\n")
    return next((number for number, line in enumerate(lines, 1) if name in line), 1)


def _problem(path: str, line: int, found: Deceptive, text: str) -> Problem:
    word = text[found.start : found.end]
    signs = ", ".join(dict.fromkeys(f"U+{ord(c):04X}" for c in word if not c.isascii()))
    told = f"`{word}` {FOUND[found.kind]} ({signs})"
    return Problem(path, line, 1, found.kind, told, RIGHT[found.kind], "", "advice")
