"""Find and read the source files: `sources/2023/a-mine.md` is the source `2023/a-mine`.

Sources are `*.md` and `*.txt` files at any depth, except READMEs and the like and hidden files and folders. A file
named on the command line is read whatever its name. A symbolic link must not leave the folder that holds it. Front
matter is optional. Each error becomes a `Problem` with its line; errors in one file do not keep others from being read.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from briefing.content.decoding import FILE_TYPES, decode, decode_entities
from briefing.content.file_names import is_invisible, poses_as_repository, repository_problem, unsafe
from briefing.content.identifiers import RESERVED, slug, unusable
from briefing.content.problems import ContentError, Problem
from briefing.content.schema import FrontMatter
from briefing.content.validation import Contribution, did_you_mean, read_contribution, refuse_conflict
from briefing.content.yaml_source import with_missing_colon
from briefing.lexicon import COMMAND
from briefing.model import Meta, Source

SUFFIXES = {".md", ".txt"}
NO_SOURCES = {"readme", "contributing", "license", "licence", "changelog"}
# What one source may cost: these take about a minute and a gigabyte, whatever they contain (`python -m bench.sizes`).
LARGEST = 2_000_000  # bytes
LONGEST = 500_000  # characters; a long book has one million
LONGEST_LINE = 100_000  # characters; the whole of a long article
MOST_LINES = 20_000

MISNAMED = re.compile(r"\.facts?\.ya?ml\.(?:md|txt)$", re.IGNORECASE)  # `quay.facts.yaml.txt`

# What `build.py new` writes where the article belongs.
PLACEHOLDER = "Put the article's text here, as it was published."


class SourceFile(NamedTuple):
    """A file of `sources/`, and the id of its briefing."""

    path: Path
    id: str


INDEX_TAKEN = "Rename it: the list of briefings uses the address `index`."
Found = tuple[list[SourceFile], list[Problem]]


def find_sources(paths: list[Path], home: Path | None = None) -> Found:
    """Return the source files in the order given, those of a folder sorted by path, and problems with some of them.

    An id is the path below the archive's folder of sources, `home`; elsewhere, below the folder given.
    """
    found: list[SourceFile] = []
    problems: list[Problem] = []
    for path in paths:
        folder, files = (path, _files_below(path)) if path.is_dir() else (path.parent, [path])
        problems += _bad_folders(folder) if path.is_dir() else ()
        for file in files:
            if wrong := _wrong_file(file, folder):
                problems.append(wrong)
            elif reason := unusable(name := _id(file, folder, home)):
                right = "Rename it, with fewer letters." if RESERVED not in reason else INDEX_TAKEN
                problems.append(_about(file, "file-name", reason, right))
            else:
                found.append(SourceFile(file, name))
    return _each_id_once(found, problems)


def _wrong_file(path: Path, folder: Path) -> Problem | None:
    """Return why a file cannot be a source, without reading it."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        shown = Path(str(path).encode("utf-8", "replace").decode())
        return _about(shown, "file-name", "the file name is not UTF-8", "Rename it, using plain letters and digits.")
    if path.is_symlink() and not path.exists():
        return _about(path, "link-outside", "broken symbolic link", "Put a copy of the file here.")
    if path.is_symlink() and not _stays_inside(path, folder):
        found = "symbolic link to a file outside the folder"
        return _about(path, "link-outside", found, "Put a copy of the file here.")
    if not path.is_file():
        return _about(path, "not-text", "not a regular file", "Put the article text in a regular file.")
    if MISNAMED.search(path.name):
        right = f"Rename it to {MISNAMED.sub('.facts.yaml', path.name)}."
        return _about(path, "file-name", "corrections with the ending of an article", right)
    if mistake := unsafe(path.relative_to(folder).as_posix()):
        found, right = mistake
        return replace(_about(path, "file-name", found, f"Rename it to {right}."), fix=right)
    return None


def _id(path: Path, given: Path, home: Path | None) -> str:
    whole = path.absolute()  # not resolved: a link's id comes from its own location
    below = home if home is not None and whole.is_relative_to(home) else given.absolute()
    return slug(whole.relative_to(below).with_suffix("").as_posix())


def _files_below(folder: Path) -> list[Path]:
    found: list[Path] = []
    for where, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(where, name) for name in files if _is_source(name)]
    return sorted(found)


def _bad_folders(folder: Path) -> Iterator[Problem]:
    """Report linked folders, which are not searched as they may lead anywhere, and folders that git would obey."""
    for where, folders, _ in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if poses_as_repository(Path(where)):
            yield repository_problem(Path(where))
        for name in folders:
            if Path(where, name).is_symlink():
                found = "symbolic link to a folder, which is not searched"
                yield _about(Path(where, name), "link-outside", found, "Put the folder itself here.")


def _is_source(name: str) -> bool:
    stem, suffix = Path(name).stem, Path(name).suffix
    return suffix.lower() in SUFFIXES and not name.startswith(".") and stem.lower() not in NO_SOURCES


def _stays_inside(path: Path, folder: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a broken or circular link
        return False


def _each_id_once(found: list[SourceFile], problems: list[Problem]) -> Found:
    first: dict[str, Path] = {}
    once: list[SourceFile] = []
    for path, name in found:
        if name not in first:
            first[name] = path
            once.append(SourceFile(path, name))
        elif first[name] != path:
            what = f"id `{name}` is already used by {first[name]}"
            problems.append(_about(path, "same-id", what, "Rename the newer file: the id is its permanent address."))
    return once, problems


# --- one file --------------------------------------------------------------------------------


def read_source(path: Path, name: str) -> Source:
    """Return the source in a file; raise ContentError with every error in it."""
    raw = _read_bytes(path)
    decoded = decode(raw)
    if decoded is None:
        raise ContentError(_about(path, "not-text", *_no_text(raw, path)))
    _refuse_too_large(decoded.text, path)
    refuse_conflict(decoded.text, str(path))
    parts = split_front_matter(decoded.text, path)
    problems: list[Problem] = []
    meta = _meta(parts.head, parts.head_line, path, problems)
    body = decode_entities(parts.body)
    if all(c.isspace() or is_invisible(c) for c in body):
        what = (
            "the file has invisible characters only"
            if body.strip()
            else "the file is empty"
            if parts.head is None
            else "no text below the front matter"
        )
        line = min(parts.body_line, decoded.text.rstrip().count("\n") + 1)
        problems.append(_about(path, "empty-source", what, "Add the article text here.", line))
    elif body.strip() == PLACEHOLDER:
        right = "Replace this line with the article text."
        problems.append(_about(path, "placeholder", "the article text is missing", right, parts.body_line))
    if problems:
        raise ContentError(*problems)
    return Source(name, str(path), hashlib.sha256(raw).hexdigest(), meta, body, parts.body_line, decoded.encoding)


def read_front_matter(path: Path) -> Contribution[FrontMatter]:
    """Return the front matter of a file that `read_source` can read, with the location of each value."""
    decoded = decode(_read_bytes(path))
    parts = split_front_matter(decoded.text if decoded else "", path)
    return read_contribution(parts.head or "", FrontMatter, str(path), parts.head_line)


def _read_bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            what = f"the file is too large: {size:,} bytes"
            raise ContentError(_about(path, "too-large", what, f"Split it: the limit is {LARGEST:,} bytes."))
        return path.read_bytes()
    except OSError as error:
        what = f"cannot open this file: {error.strerror or error}"
        raise ContentError(_about(path, "cannot-open", what, "Check that the file exists and is readable.")) from error


def _refuse_too_large(text: str, path: Path) -> None:
    """Raise ContentError for a text that would take too much time or memory."""
    lines = text.split("\n")
    longest = max(range(len(lines)), key=lambda n: len(lines[n]))
    if len(text) > LONGEST:
        what, limit, line = f"the text is too large: {len(text):,} characters", f"{LONGEST:,} characters", 1
    elif len(lines[longest]) > LONGEST_LINE:
        what = f"this line is too long: {len(lines[longest]):,} characters"
        limit, line = f"{LONGEST_LINE:,} characters in one line", longest + 1
    elif len(lines) > MOST_LINES:
        what, limit, line = f"the text has too many lines: {len(lines):,}", f"{MOST_LINES:,} lines", MOST_LINES + 1
    else:
        return
    raise ContentError(_about(path, "too-large", what, f"Split it: the limit is {limit}.", line))


def _no_text(raw: bytes, path: Path) -> tuple[str, str]:
    """Return what was found instead of text, and what to do."""
    kind, ending = next((found for start, found in FILE_TYPES.items() if raw.startswith(start)), ("", ""))
    if ending:
        name = path.stem + ending
        rename = "" if name == path.name else f"Rename it to {name}. "
        return f"this is {kind}, not text", f"{rename}Run: {COMMAND} import {path.with_name(name)}"
    right = "Save it as plain UTF-8 text with the extension .md or .txt."
    return (f"this is {kind}, not text" if kind else "the file contains no readable text"), right


def _about(path: Path, code: str, found: str, right: str, line: int = 1) -> Problem:
    return Problem(str(path), line, 1, code, found, right)


RULE = re.compile(r"-{3}[ \t]*(?:\n|$)")
KEY = re.compile(r"[ \t]*\"?([A-Za-z][\w -]{0,30}?)\"?[ \t]*:(?:[ \t]|$)")
LONGEST_HEAD = 200  # lines


@dataclass(frozen=True, slots=True)
class Parts:
    """Front matter and body; lines count from 1. `head` is None if there is no front matter."""

    head: str | None
    head_line: int
    body: str
    body_line: int


def split_front_matter(text: str, path: Path) -> Parts:
    """Split front matter from body. Blank lines between the two are dropped; a text without front matter stays whole.

    A `---` at the top opens front matter only if lines `key: value` follow; otherwise it is a rule in the text. Front
    matter in TOML (between `+++`) or JSON (in braces), as site generators have it, is returned as YAML.
    """
    lead = len(text) - len(text.lstrip())
    if other := _other_front_matter(text, lead, path):
        return other
    opening = RULE.match(text, lead)
    if not opening or (lead and text[lead - 1] != "\n"):
        return Parts(None, 1, text, 1)
    first = text.count("\n", 0, opening.end()) + 1
    lines = text[opening.end() :].split("\n")
    end = next((i for i, line in enumerate(lines[:LONGEST_HEAD]) if line.rstrip() in ("---", "...")), None)
    if not _looks_like_head(lines[:end] if end is not None else lines[:LONGEST_HEAD]):
        return Parts(None, 1, text, 1)
    if end is None:
        raise ContentError(_never_closed(lines, first, path))
    body_at = end + 1
    while body_at < len(lines) - 1 and not lines[body_at].strip():
        body_at += 1
    return Parts("\n".join(lines[:end]), first, "\n".join(lines[body_at:]), first + body_at)


TOML_HEAD = re.compile(r"\+{3}[ \t]*\r?\n(?=\s{0,20}(?:[#\[]|[\w\"'-]{1,40}[ \t]*=))")
TOML_LINE = re.compile(r"[ \t]*(?:[#\[]|[\w\"'-]{1,40}[ \t]*=)")
TOML_PLACE = re.compile(r" \(at line (\d{1,9}), column \d{1,9}\)$")
TOML_END = re.compile(r"^\+{3}[ \t]*\r?$", re.MULTILINE)
JSON_HEAD = re.compile(r"\{\s*\"[\w-]{1,40}\"\s*:")
# Keys read under other names too; `tags` and `url` mean something else in a site generator.
GENERATOR_KEYS = {"title", "published", "publisher", "author", "language"}
LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # JSON can hold them, no text can
TIME_OF_DAY = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:.{0,30}")


def _other_front_matter(text: str, lead: int, path: Path) -> Parts | None:
    """Return front matter in TOML or JSON as YAML, each key on its own line of the file; None if there is none."""
    opening = TOML_HEAD.match(text, lead)
    closing = TOML_END.search(text, opening.end()) if opening else None
    first = text.count("\n", 0, lead) + 1
    if opening and not closing:
        raise ContentError(_never_closed(text[opening.end() :].split("\n"), first + 1, path, "+++", TOML_LINE))
    try:
        if opening and closing:
            end = closing.end()
            values = tomllib.loads(text[opening.end() : closing.start()].replace("\r\n", "\n"))
        elif JSON_HEAD.match(text, lead):
            values, end = json.JSONDecoder().raw_decode(text, lead)
        else:
            return None
    except (ValueError, RecursionError) as error:
        name = "TOML" if opening else "JSON"
        told, line = _told(error, first)
        found = f"the front matter cannot be read as {name}: {told}"
        right = "Correct it, or write it between two lines of three hyphens: `title: ...`, `published: ...`."
        raise ContentError(_about(path, "front-matter-form", found, right, line)) from error
    body = end + len(text[end:]) - len(text[end:].lstrip())
    body = text.rfind("\n", 0, body) + 1 or body  # keep the indent of the first line
    return Parts(_as_yaml(values, text[lead:end]), first, text[body:], text.count("\n", 0, body) + 1)


def _told(error: Exception, first: int) -> tuple[str, int]:
    """Return what a reader of TOML or JSON says without the place, and the line of the file that it means."""
    if isinstance(error, json.JSONDecodeError):
        return error.msg, error.lineno
    said = str(error)
    place = TOML_PLACE.search(said)  # it counts from the line below the fence
    return (said[: place.start()], first + int(place[1])) if place else (said, first)


def _as_yaml(values: Mapping[str, Any], written: str) -> str:
    """Return the known keys of foreign front matter as YAML. Others, such as `draft`, belong to the generator."""
    known: dict[str, tuple[str, Any]] = {}
    for own in (True, False):
        for key, value in values.items():
            snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", key).lower()  # publishDate
            name = key if key in FrontMatter.model_fields else FrontMatter.also.get(snake, "")
            if (name == key if own else name in GENERATOR_KEYS) and name not in known and value not in ("", [], None):
                known[name] = (key, value)
    if "://" not in str(known.get("url", ("", "://"))[1]):
        del known["url"]  # a path on the generator's site
    lines = [""] * (written.count("\n") + 1)
    entries = []
    for name, (key, value) in known.items():
        at = re.search(rf"^[^\w\n]*{re.escape(key)}\b", written, re.MULTILINE)
        entries.append(f"{name}: {_yaml_value(name, value)}")
        lines[written.count("\n", 0, at.end()) if at else 0] = entries[-1]
    several = len([line for line in lines if line]) < len(entries)  # on one line
    return f"{{{', '.join(entries)}}}" if several else "\n".join(lines)


def _yaml_value(name: str, value: Any) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if name == "author" and isinstance(value, list):
        value = ", ".join(map(str, value))
    if isinstance(value, str) and (time := TIME_OF_DAY.fullmatch(value)):
        value = time[1]
    return LONE_SURROGATE.sub("\ufffd", json.dumps(value, ensure_ascii=False, default=str))


def _never_closed(lines: list[str], first: int, path: Path, fence: str = "---", key: re.Pattern[str] = KEY) -> Problem:
    last = next((i for i, line in enumerate(lines) if not key.match(line)), len(lines))
    found = f"the front matter that starts on line {first - 1} is not closed"
    right = f"Add a line of three {'plus signs' if fence == '+++' else 'hyphens'} above the text."
    return Problem(str(path), first + last, 1, "open-front-matter", found, right, fence)


def _looks_like_head(lines: list[str]) -> bool:
    """Tell whether lines look like keys and values rather than a sentence with a colon in it."""
    keys = [match[1] for line in lines if (match := KEY.match(line))]
    known = list(FrontMatter.model_fields) + list(FrontMatter.also)
    written = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if not written:
        return True
    if not KEY.match(written[0]):
        return _lacks_colon(written, known)
    one_word = [k for k in keys if " " not in k.strip()]
    return len(one_word) == len(written) or any(
        k.strip().lower() in known or did_you_mean(k.strip(), known) for k in keys
    )


GLUED_KEY = re.compile(r"([A-Za-z][\w-]*)[ \t]*[:：﹕](?=\S)")  # `title:Serra`, and the colon of Chinese


def _lacks_colon(written: list[str], known: Sequence[str]) -> bool:
    """Tell whether lines are front matter whose first key lacks its colon, or the space after it: `title Serra`."""
    if (glued := GLUED_KEY.match(written[0])) and glued[1].lower() in known:
        return True
    others = [m[1].strip().lower() for line in written[1:] if (m := KEY.match(line) or GLUED_KEY.match(line))]
    if others and len(others) == len(written) - 1 and set(others) <= set(known):
        return True  # whatever the first line is, the rest are keys
    repaired = with_missing_colon(written[0], known)
    if not repaired:
        return False
    alone = all(with_missing_colon(line, list(FrontMatter.model_fields)) for line in written)
    return any(key in known for key in others) or (alone and not written[0].rstrip().endswith((".", "!", "?")))


def _meta(head: str | None, first_line: int, path: Path, problems: list[Problem]) -> Meta:
    if head is None:
        return Meta()
    try:
        return Meta(**read_contribution(head, FrontMatter, str(path), first_line).value.model_dump())
    except ContentError as error:
        problems += error.problems
        return Meta()


# --- moved and merged articles ---------------------------------------------------------------

# An article's front matter may say `replaces: [2021/quay]`: its former ids, oldest first. Those addresses redirect to
# its page, and its facts keep the ids that they had under the oldest.
MOVED_KEY = b"replaces"  # only files with this word are parsed


def moves(sources: Iterable[SourceFile]) -> dict[str, str]:
    """Map each former id to the id of the article that replaces it."""
    found: dict[str, str] = {}
    for _, name, said in _replacing(sources):
        for old in said.value.replaces:
            found.setdefault(old, name)
    return found


def move_problems(sources: Sequence[SourceFile]) -> Iterator[Problem]:
    """Report former ids that belong to several articles, or to one that still exists."""
    standing = {name: path for path, name in sources}
    successors: dict[str, Path] = {}
    for path, name, said in _replacing(sources):
        for n, old in enumerate(said.value.replaces):
            place = said.place("replaces", n)
            successor = successors.setdefault(old, path)
            if old == name:
                yield said.problem(place, "replaced-article", f"`{old}` is this article's own id", "Remove it.")
            elif old in standing:
                found = f"`{name}` replaces `{old}`, which still exists ({standing[old]})"
                right = "Delete that file if this article replaces it, or remove the id here."
                yield said.problem(place, "replaced-article", found, right)
            elif successor != path:
                found = f"`{old}` is replaced by both {successor} and this article"
                yield said.problem(place, "replaced-twice", found, "Remove the id from one of them.")


def gone(before: Iterable[str], now: Iterable[str], moved: Mapping[str, str]) -> list[str]:
    """Return ids that had a page and now lead nowhere.

    gone(["2021/quay", "ferry"], ["ferry", "2021/new-quay"], {"2021/quay": "2021/new-quay"})   ->   []
    """
    return sorted(set(before) - set(now) - moved.keys())


def _replacing(sources: Iterable[SourceFile]) -> Iterator[tuple[Path, str, Contribution[FrontMatter]]]:
    for path, name in sources:
        try:
            if MOVED_KEY not in path.read_bytes().replace(b"\0", b""):  # zero bytes of UTF-16
                continue
            yield path, name, read_front_matter(path)
        except (ContentError, OSError):
            continue  # reported when the article is read
