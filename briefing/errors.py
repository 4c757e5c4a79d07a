"""Problems in contributed files, reported so that contributors can fix them without help.

A `Problem` is one error or piece of advice; `ContentError` carries those of one file. A bug in the program is
neither: it fails with a traceback.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Problem:
    """`path:line:column: found. right. fix`; line and column count from 1, and are 0 for the whole file."""

    path: str
    line: int
    column: int
    code: str  # kebab-case, also the help anchor in CONTRIBUTING.md
    found: str  # what is wrong
    right: str  # what to write instead
    fix: str = ""  # text to paste, if any
    severity: str = "error"  # error, advice

    def __str__(self) -> str:
        place, found = visible(self.path), visible(self.found).replace("\n", "\\n")
        lines = [f"{place}:{self.line}:{self.column}: {self.severity}: {found}", f"    {visible(self.right)}"]
        if self.fix:
            lines += ["    paste this:"] + [f"        {line}" for line in visible(self.fix).rstrip("\n").split("\n")]
        return "\n".join(COMMAND.sub(r"\1> ", line) for line in lines)


# Characters that move a terminal's cursor, reverse or end a line; and what starts a GitHub workflow command.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
COMMAND = re.compile(r"^(\s*)(?=::|##\[)", re.MULTILINE)


def visible(text: str) -> str:
    """Make a contributor's text safe for a terminal: invisible characters are shown as codes, as in `\\x1b`."""
    return UNSEEN.sub(lambda m: m[0].encode("unicode_escape").decode(), text)


class ContentError(Exception):
    """One or more problems in a contributed file; the rest of the archive can still be read."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems by file and line, and drop repeats."""
    return sorted(set(problems), key=lambda p: (p.path, p.line, p.column, p.code, p.found))
