"""`check --fix`: fix what can be fixed automatically in files, and report the changes.

Fixes line endings, the form of front matter, key names, quotation marks around values, and unambiguous values
(`3 May 2021`). Each fix is tried and kept only if it leaves fewer problems and every word of the article intact.

    repair_source("---\\ntitel: A mine\\n---\\nText.\\n")   ->   "---\\ntitle: A mine\\n---\\nText.\\n"

A file is rewritten only if it is UTF-8 and the new text has fewer problems. A file is renamed only if no other file has
the new name and the article's address stays the same.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel

from briefing.config import Config, read_settings
from briefing.content.identifiers import as_id, slug
from briefing.content.problems import ContentError, Problem
from briefing.content.schema import ActorFile, Countries, FrontMatter, TopicFile
from briefing.content.sources import SUFFIXES, find_sources, split_front_matter
from briefing.content.validation import read_contribution
from briefing.corrections.files import SUFFIX, CorrectionsFile, beside
from briefing.registry import COUNTRIES
from briefing.site.publish import replace_if_changed

OTHER_TEXTS = {".markdown", ".mdown", ".mkd", ".text"}  # endings of texts that are not read


@dataclass(frozen=True, slots=True)
class Change:
    """A change made to a file."""

    path: str
    new_path: str
    difference: str  # unified diff; empty where only the name changed


def fix(config: Config, paths: Iterable[Path]) -> list[Change]:
    """Fix these files and folders, or the whole archive, and return the changes."""
    return [change for path in _files(config, list(paths)) if (change := _fix_file(config, path))]


def _files(config: Config, paths: list[Path]) -> Iterator[Path]:
    asked = [p.absolute() for p in paths] or [config.root, config.sources, config.actors, config.topics]
    everything = [
        config.mkdocs,
        *(path for path, _ in find_sources([config.sources], config.sources)[0]),
        *(p for p in _all_below(config.sources) if p.suffix.lower() in OTHER_TEXTS or p.name.endswith(SUFFIX)),
        *(p for f in (config.actors, config.topics) for p in _all_below(f) if p.suffix.lower() in (".yaml", ".yml")),
    ]
    for path in dict.fromkeys([*(p for p in asked if p.is_file()), *everything]):
        if any(path == a or path.is_relative_to(a) for a in asked) and not path.is_symlink():
            yield path


def _all_below(folder: Path) -> list[Path]:
    found = sorted(folder.rglob("*")) if folder.is_dir() else []
    return [p for p in found if p.is_file() and not any(part[0] == "." for part in p.relative_to(folder).parts)]


def _fix_file(config: Config, path: Path) -> Change | None:
    try:
        raw = path.read_bytes()
        before = raw.decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    after = _repaired(config, path, before)
    new = path.with_name(_right_name(config, path))
    if new != path and _taken(new, path):
        new = path
    if after == before and new == path:
        return None
    old_label = config.label(path)
    if after != before:
        replace_if_changed(path, after.encode("utf-8"))
    if new != path:
        said = beside(path)
        path.rename(new)
        if said.is_file() and not beside(new).exists():
            said.rename(beside(new))  # corrections are matched by the article's file name
    return Change(old_label, config.label(new), _difference(before, after, old_label))


def _taken(new: Path, old: Path) -> bool:
    """Tell whether another file has this name. On a case-insensitive disk it may be the same file."""
    return new.exists() and not new.samefile(old)


def _repaired(config: Config, path: Path, text: str) -> str:
    if path == config.mkdocs:
        return _repair_lines(plain_line_ends(text), lambda now: read_settings(now, path.name)[2])
    model = _model(config, path)
    if model is None:
        return repair_source(text)
    return _repair_lines(plain_line_ends(text), lambda now: yaml_problems(now, model))


def _model(config: Config, path: Path) -> type[BaseModel] | None:
    if path.name.endswith(SUFFIX):
        return CorrectionsFile
    if path.is_relative_to(config.topics):
        return TopicFile
    if path.is_relative_to(config.actors):
        return Countries if path.name == COUNTRIES else ActorFile
    return None


def _right_name(config: Config, path: Path) -> str:
    if path == config.mkdocs or path.name.endswith(SUFFIX):
        return path.name
    if _model(config, path):
        return f"{as_id(path.stem)}.yaml" if as_id(path.stem) else path.name
    if ends_twice(path):
        return path.name  # its address would change
    ending = path.suffix.lower()
    return slug(path.stem) + (ending if ending in SUFFIXES else ".md")


def ends_twice(path: Path) -> str:
    """Return `quay.md` for `quay.md.txt`, and an empty string for other names."""
    return path.stem if Path(path.stem).suffix.lower() in SUFFIXES and slug(Path(path.stem).stem) else ""


def _difference(before: str, after: str, name: str) -> str:
    """Return a unified diff; carriage returns show as ␍ and byte order marks as ␂."""
    old, new = (text.replace("\r", "␍").replace("\ufeff", "␂").split("\n") for text in (before, after))
    return "\n".join(difflib.unified_diff(old, new, f"a/{name}", f"b/{name}", lineterm="", n=1))


# --- one text ----------------------------------------------------------------------------------

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
        laid_out = _repair_lines(f"{found.head}\n\n{found.rest}", source_problems)
        return laid_out if not source_problems(laid_out) else text
    repaired = _repair_lines(closed, source_problems)
    return repaired if _words_below(repaired) == _words_below(closed) else text


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


class MisplacedHead(NamedTuple):
    """Front matter in another form: how it should be written, and the text below it."""

    head: str
    rest: str
    why: str  # what is wrong with its form


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
    return (
        MisplacedHead("\n".join(["---", *head, "---"]), rest, _why_misplaced(lines[0], fenced))
        if rest.strip()
        else None
    )


def _why_misplaced(first: str, fenced: bool) -> str:
    """Return what is wrong with the form of front matter, from its first line."""
    if not fenced:
        return "no lines of three hyphens enclose it"
    sign = first.strip()
    return "it is in a block of code" if sign.startswith("`") else f"it begins with `{sign}` and not with three hyphens"


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
