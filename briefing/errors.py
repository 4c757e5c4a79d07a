"""Mistakes in what people contribute, told so that they can be mended without asking anybody.

A `Problem` is one mistake; `ContentError` carries those of one file. A mistake in the program is
neither: it crashes with its trace.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Problem:
    """`path:line:column: found. right. fix`; line and column count from 1, 0 where the whole file is meant."""

    path: str
    line: int
    column: int
    code: str  # kebab-case, also the help anchor in CONTRIBUTING.md
    found: str  # what was found
    right: str  # what would be right
    fix: str = ""  # text to paste, if there is one
    severity: str = "error"  # error, advice

    def __str__(self) -> str:
        place, found = visible(self.path), visible(self.found).replace("\n", "\\n")
        lines = [f"{place}:{self.line}:{self.column}: {self.severity}: {found}", f"    {visible(self.right)}"]
        if self.fix:
            lines += ["    paste this:"] + [f"        {line}" for line in visible(self.fix).rstrip("\n").split("\n")]
        return "\n".join(COMMAND.sub(r"\1> ", line) for line in lines)


# What moves a terminal's cursor, turns a line round or ends it; and what begins a command where GitHub reads along.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
COMMAND = re.compile(r"^(\s*)(?=::|##\[)", re.MULTILINE)


def visible(text: str) -> str:
    """Words of a contributor for a terminal: signs without a shape are told by their number, as `\\x1b`."""
    return UNSEEN.sub(lambda m: m[0].encode("unicode_escape").decode(), text)


class ContentError(Exception):
    """One or more mistakes in contributed content; the rest of the archive can still be read."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """As a person would mend them: file by file, from the top; each once."""
    return sorted(set(problems), key=lambda p: (p.path, p.line, p.column, p.code, p.found))
