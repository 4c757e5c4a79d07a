"""Fix the problems in a text that can be fixed automatically.

Fixes line endings, the form of front matter, key names, quotation marks around values, and unambiguous values
(`3 May 2021`). Each fix is tried and kept only if it leaves fewer problems and every word of the article intact.

    repair_source("---\\ntitel: A mine\\n---\\nText.\\n")   ->   "---\\ntitle: A mine\\n---\\nText.\\n"
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from briefing.content.problems import ContentError, Problem
from briefing.content.schema import FrontMatter
from briefing.content.sources import split_front_matter
from briefing.content.validation import read_contribution

MAX_REPAIRS = 60  # fixes per file; a file that needs more is not one of ours
# Other problems may suggest a fix too, but a person must decide: which actor is meant, what a missing key says.
REPAIRABLE = {
    "unknown-key", "yaml-syntax", "lost-text", "yaml-tag", "bad-date", "bad-language", "bad-url",
    "bad-code", "bad-id", "unknown-value", "wrong-shape", "stray-character",
}  # fmt: skip
NO_PATH = Path()
WORD = re.compile(r"\w+")
FindProblems = Callable[[str], list[Problem]]  # a text -> its problems


def repair_source(text: str) -> str:
    """Fix a source as far as possible."""
    text = plain_line_ends(text)
    closed = _closed(text)
    found = misplaced_head(closed)
    if found:
        laid_out = _repair_lines(found.laid_out, source_problems)
        return laid_out if not source_problems(laid_out) else text
    repaired = _repair_lines(closed, source_problems)
    return repaired if _words_below(repaired) == _words_below(closed) else text


def repair_yaml(text: str, model: type[BaseModel]) -> str:
    """Fix a registry file as far as possible."""
    return repair_with(text, lambda now: yaml_problems(now, model))


def repair_with(text: str, find_problems: FindProblems) -> str:
    """Fix a file whose problems `find_problems` reports as far as possible."""
    return _repair_lines(plain_line_ends(text), find_problems)


def plain_line_ends(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def source_problems(text: str) -> list[Problem]:
    """Return the problems in the form of a source."""
    try:
        parts = split_front_matter(text, NO_PATH)
        if parts.head is not None:
            read_contribution(parts.head, FrontMatter, "", parts.head_line)
    except ContentError as error:
        return list(error.problems)
    return []


def yaml_problems(text: str, model: type[BaseModel]) -> list[Problem]:
    try:
        read_contribution(text, model, "")
    except ContentError as error:
        return list(error.problems)
    return []


# --- lines -------------------------------------------------------------------------------------


def _repair_lines(text: str, find_problems: FindProblems) -> str:
    problems = find_problems(text)
    for _ in range(MAX_REPAIRS):
        better = next(
            (
                (changed, left)
                for problem in problems
                if problem.code in REPAIRABLE and problem.fix and not _is_choice(problem)
                for changed in [_with_line(text, problem)]
                for left in [find_problems(changed)]
                if len(left) < len(problems)
            ),
            None,
        )
        if better is None:
            break
        text, problems = better
    return text


def _is_choice(problem: Problem) -> bool:
    """Tell whether a comma may separate two values or belong to one: `aliases: Holt, Inga`."""
    return problem.code in {"wrong-shape", "bad-id"} and problem.fix.endswith("]") and "," in problem.fix


def _with_line(text: str, problem: Problem) -> str:
    lines = text.split("\n")
    if 0 < problem.line <= len(lines) and "\n" not in problem.fix:
        lines[problem.line - 1] = problem.fix
    return "\n".join(lines)


# --- the form of front matter ------------------------------------------------------------------


def _closed(text: str) -> str:
    """Close front matter that has no end."""
    for problem in source_problems(text):
        if problem.code == "open-front-matter":
            lines = text.split("\n")
            return "\n".join([*lines[: problem.line - 1], problem.fix, *lines[problem.line - 1 :]])
    return text


def _words_below(text: str) -> list[str]:
    try:
        return WORD.findall(split_front_matter(text, NO_PATH).body)
    except ContentError:
        return WORD.findall(text)


# `----`, a dash that a word processor made of hyphens, `+++` as in other programs, a code block
FENCE = re.compile(r"[ \t]*(?:-{2,}|[—–―]+|\+{3,}|\*{3,}|={3,}|_{3,}|`{3,}(?:ya?ml)?)[ \t]*")
HEAD_LINE = re.compile(
    r"[ \t]*[*_]{0,2}(?P<key>[A-Za-z][A-Za-z_-]{1,30})[*_]{0,2}[ \t]*[:=][*_]{0,2}[ \t]*(?P<value>.*)"
)
LONGEST_HEAD = 40  # lines
SUREST = {"title", "published", "publisher", "url", "author", "language"}  # keys that mark lines as front matter


@dataclass(frozen=True, slots=True)
class MisplacedHead:
    """Front matter in another form: how it should be written, and the text below it."""

    head: str
    rest: str

    @property
    def laid_out(self) -> str:
        return f"{self.head}\n\n{self.rest}"


def misplaced_head(text: str) -> MisplacedHead | None:
    """Return front matter in another form at the top of a text, if any."""
    if source_problems(text) or split_front_matter(text, NO_PATH).head is not None:
        return None
    lines = text.lstrip("\n").split("\n")
    fenced = bool(lines and FENCE.fullmatch(lines[0]))
    coded = fenced and lines[0].strip().startswith("```") and len(lines) > 1 and FENCE.fullmatch(lines[1]) is not None
    inner = lines[2 if coded else 1 :] if fenced else lines
    end = next((n for n, line in enumerate(inner[:LONGEST_HEAD]) if _ends_head(line, fenced)), None)
    if end is None:
        return None
    keys = [_key(line) for line in inner[:end]]
    known = [key for key in keys if key is not None]
    if len(known) < len(keys) or len(set(known) & SUREST) < (1 if fenced else 2) or len(set(known)) < len(known):
        return None
    below = inner[end + 1 :]
    if coded and below and below[0].strip() == "```":
        below = below[1:]
    rest = "\n".join(below).lstrip("\n")
    head = [f"{key}: {_value(line)}" for key, line in zip(known, inner, strict=False)]
    return MisplacedHead("\n".join(["---", *head, "---"]), rest) if rest.strip() else None


def _ends_head(line: str, fenced: bool) -> bool:
    return FENCE.fullmatch(line) is not None if fenced else not line.strip()


def _key(line: str) -> str | None:
    """Return the known key that a line sets, if any."""
    match = HEAD_LINE.fullmatch(line)
    word = match["key"].lower() if match else ""
    return word if word in FrontMatter.model_fields else FrontMatter.also.get(word)


def _value(line: str) -> str:
    match = HEAD_LINE.fullmatch(line)
    return match["value"].strip() if match else ""
