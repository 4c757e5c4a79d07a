"""Problems in contributed files, reported so that contributors can fix them without help: as text, as JSON, and as
annotations and a summary for GitHub.

A `Problem` is one error or piece of advice; `ContentError` carries those of one file. A bug in the program is neither:
it fails with a traceback.

GitHub shows ten annotations of each kind per step, so the whole list also goes into the step's summary.

    as_github([Problem("a.md", 2, 1, "unknown-key", "unknown key `titel`", "...")])
    ->  "::error file=a.md,line=2,col=1,title=unknown-key::unknown key `titel`%0A..."
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

ProblemSeverity = Literal["error", "advice"]


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
    severity: ProblemSeverity = "error"

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


HELP = "CONTRIBUTING.md"
LONGEST_SUMMARY = 900_000  # bytes; GitHub throws away a summary of more than 1 MiB


def help_of(problem: Problem) -> str:
    """Return the address of the problem's explanation."""
    return f"{HELP}#{problem.code}"


def as_text(problems: Sequence[Problem]) -> str:
    return "\n".join(f"{problem}\n    help: {help_of(problem)}" for problem in problems)


def count(problems: Sequence[Problem]) -> str:
    """Return a count such as `2 errors, 1 piece of advice`."""
    errors = sum(p.severity == "error" for p in problems)
    advice = len(problems) - errors
    parts = [plural(errors, "error")] if errors else []
    parts += [plural(advice, "piece of advice", "pieces of advice")] if advice else []
    return ", ".join(parts) or "no problems"


def plural(count: int, one: str, many: str = "") -> str:
    """Return `1 briefing`, `2,000 briefings`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def as_json(problems: Sequence[Problem]) -> str:
    errors = sum(p.severity == "error" for p in problems)
    listed = [asdict(p) | {"help": help_of(p)} for p in problems]
    return json.dumps({"errors": errors, "advice": len(problems) - errors, "problems": listed}, indent=2)


# --- GitHub ------------------------------------------------------------------------------------


def as_github(problems: Sequence[Problem]) -> str:
    """Format annotations, errors first: GitHub shows only ten of a kind."""
    ordered = [p for p in problems if p.severity == "error"] + [p for p in problems if p.severity != "error"]
    return "\n".join(map(_annotation, ordered))


def _annotation(problem: Problem) -> str:
    kind = "error" if problem.severity == "error" else "notice"
    place = f"file={_property(problem.path)}"
    if problem.line:
        place += f",line={problem.line},col={max(1, problem.column)}"
    paste = f"\nPaste this:\n{problem.fix}" if problem.fix else ""
    message = f"{problem.found}\n{problem.right}{paste}\nHelp: {help_of(problem)}"
    return f"::{kind} {place},title={_property(problem.code)}::{_data(message)}"


def _data(text: str) -> str:
    """Escape contributors' text so that it cannot start a workflow command."""
    return visible(text).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_summary(problems: Sequence[Problem]) -> str:
    """Format the whole list as Markdown, for $GITHUB_STEP_SUMMARY."""
    lines = ["## Content check", "", f"{count(problems).capitalize()}.", ""]
    size = 0
    if problems:
        lines += ["| Location | Problem | What to write |", "| --- | --- | --- |"]
    for number, problem in enumerate(problems):
        row = _row(problem)
        size += len(row.encode("utf-8", "replace"))
        if size > LONGEST_SUMMARY:
            lines.append(f"\n... and {len(problems) - number} more.")
            break
        lines.append(row)
    return "\n".join(lines) + "\n"


def _row(problem: Problem) -> str:
    where = problem.path + (f":{problem.line}:{problem.column}" if problem.line else "")
    right = problem.right + (f" Paste: {problem.fix}" if problem.fix else "")
    return f"| {_cell(where)} | **{problem.severity}** ({problem.code}): {_cell(problem.found)} | {_cell(right)} |"


LIVE = str.maketrans({c: f"&#{ord(c)};" for c in "<>&|`*_[]()!~@#:\\$"} | {"\n": "<br>", "\r": ""})


def _cell(text: str) -> str:
    """Escape contributors' text so that it holds no Markdown, HTML, mention or link."""
    return text.translate(LIVE)
