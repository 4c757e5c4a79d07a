"""Read corrections files, and write entries into them.

    text = merged(text, {"accept": [record(fact, places, registered)]}, reviewed=None)

Writing keeps existing lines and comments where an entry can simply be added. A new entry replaces an earlier one for
the same fact.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing import cache, git
from briefing.content.problems import ContentError, Problem
from briefing.content.scaffold import corrections_yaml
from briefing.content.validation import read_contribution
from briefing.content.yaml_source import Keys, Place, read_yaml
from briefing.corrections.locate import Places
from briefing.corrections.schema import CorrectionsFile
from briefing.facts import kind_of
from briefing.model import Fact

# Corrections stand in sources/<article>.facts.yaml; git, where available, tells who wrote each line.

SUFFIX = ".facts.yaml"
LARGEST = 1_000_000  # bytes: ten thousand corrections


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections of one article, with the line and the author of each."""

    file: CorrectionsFile
    path: str
    places: Mapping[Keys, Place]
    authors: Mapping[int, git.Author]

    def author(self, *path: str | int) -> git.Author | None:
        """Return who last changed a part of the file."""
        lines = {place.line for keys, place in self.places.items() if keys[: len(path)] == path}
        known = [self.authors[line] for line in sorted(lines) if line in self.authors]
        return max(known, key=lambda a: a.time, default=None)

    def problem(self, path: Keys, code: str, found: str, right: str, fix: str = "") -> Problem:
        """Return a problem at a part of the file, or at the nearest outer part if that part was left out."""
        while path not in self.places and path:
            path = path[:-1]
        place = self.places.get(path, Place(1, 1))
        return Problem(self.path, place.line, place.column, code, found, right, fix)


def beside(source: Path) -> Path:
    """Return the path of a source's corrections."""
    return source.with_name(source.stem + SUFFIX)


def key(source: Path) -> str:
    """Return a hash of a source's corrections for the briefing's cache key; "" if there are none."""
    path = beside(source)
    try:
        data = path.read_bytes()
    except OSError:
        return ""
    return cache.digest(data, repr(sorted(git.authors(path, cache.digest(data)).items())))


def read_corrections(source: Path, label: str) -> Corrections | None:
    """Read a source's corrections, if any; raise ContentError. `label` is the path shown in messages."""
    path = beside(source)
    if not path.is_file():
        return None
    shown = str(beside(Path(label)))
    if path.is_symlink() or path.stat().st_size > LARGEST:
        right = f"Use a regular file of at most {LARGEST:,} bytes."
        raise ContentError(
            Problem(shown, 1, 1, "bad-corrections-file", "the file is a symbolic link or too large", right)
        )
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        found = f"byte 0x{data[error.start]:02x} is not valid UTF-8"
        raise ContentError(Problem(shown, line, 1, "encoding", found, "Save the file as UTF-8.")) from error
    return parse(text, shown, git.authors(path, cache.digest(data)))


def parse(text: str, path: str, authors: Mapping[int, git.Author] | None = None) -> Corrections:
    """Validate the text of a corrections file."""
    said = read_contribution(text, CorrectionsFile, path)
    return Corrections(said.value, path, said.text.values, authors or {})


def without_source(folder: Path, sources: set[Path]) -> Iterator[Path]:
    """Yield corrections files below a folder that belong to no source."""
    wanted = {beside(source) for source in sources}
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.endswith(SUFFIX) and not name.startswith(".") and Path(where, name) not in wanted:
                yield Path(where, name)


Entry = Mapping[str, Any]
ANSWERS = ("accept", "edit", "reject")  # a fact has at most one of these
HEAD = "# Corrections to the facts of this article. They always override the software: see CONTRIBUTING.md.\n"
SECTION = re.compile(r"[a-z]+:[ \t]*(?:#.*)?$")


def pointer(fact: Fact, places: Places) -> dict[str, Any]:
    """Return the keys that identify a fact: its id and its words."""
    span = kind_of(fact).words(fact)[0]
    words = places.words(span)
    entry: dict[str, Any] = {"fact": fact.id, "kind": kind_of(fact).name, "words": words}
    found = places.find(words)
    if len(found) > 1:
        entry["occurrence"] = next((n for n, s in enumerate(found, 1) if s.start == span.start), 1)
        before, after = places.around(span)
        entry |= {key: value for key, value in (("before", before), ("after", after)) if value}
    return entry


def record(fact: Fact, places: Places, registered: Collection[str]) -> dict[str, Any]:
    """Return all keys of a fact, from which it can be rebuilt when no rule finds it any more."""
    entry = pointer(fact, places)
    parts = kind_of(fact).words(fact)
    if len(parts) > 1:
        entry["content"] = [places.words(part) for part in parts]
    kept = kind_of(fact).recorded(fact, places.words)
    for key in ("actor", "organisation"):
        if kept.get(key) not in registered:
            kept.pop(key, None)  # the id of a candidate may still change
    return entry | kept


def merged(text: str, new: Mapping[str, Sequence[Entry]], reviewed: Entry | None = None) -> str:
    """Return the file with these entries added."""
    before = read_yaml(text, "").value
    wanted: dict[str, Any] = {key: list(v) if isinstance(v, list) else v for key, v in (before or {}).items()}
    answered = {e["fact"] for part in ANSWERS for e in new.get(part, ()) if e.get("fact")}
    replaced = bool(reviewed and "reviewed" in wanted)
    for part in ANSWERS:
        kept = [e for e in wanted.get(part) or () if not (isinstance(e, dict) and e.get("fact") in answered)]
        replaced = replaced or len(kept) < len(wanted.get(part) or ())
        if part in wanted:
            wanted[part] = kept
    for part, entries in new.items():
        if entries:
            wanted[part] = [*(wanted.get(part) or ()), *map(_plain, entries)]
    if reviewed:
        wanted["reviewed"] = _plain(reviewed)
    wanted = {key: value for key, value in wanted.items() if value not in (None, [])}
    added = _appended(text, new, reviewed)
    if not replaced and read_yaml(added, "").value == wanted:
        return added
    return HEAD + corrections_yaml(wanted)


def _plain(entry: Entry) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, list | tuple) else str(value) for key, value in entry.items()}


def _appended(text: str, new: Mapping[str, Sequence[Entry]], reviewed: Entry | None) -> str:
    """Add entries at the end of their sections, as text. The caller checks that the result reads as intended."""
    lines = (text or HEAD).rstrip("\n").split("\n")
    if reviewed:
        lines += corrections_yaml({"reviewed": _plain(reviewed)}).rstrip("\n").split("\n")
    for part, entries in new.items():
        if not entries:
            continue
        block = corrections_yaml({part: [_plain(e) for e in entries]}).rstrip("\n").split("\n")
        start = next((n for n, line in enumerate(lines) if line.startswith(f"{part}:") and SECTION.match(line)), None)
        if start is None:
            lines += block
            continue
        end = next((n for n in range(start + 1, len(lines)) if re.match(r"[a-z]", lines[n])), len(lines))
        while not lines[end - 1].strip() or lines[end - 1].startswith("#"):
            end -= 1
        lines[end:end] = block[1:]
    return "\n".join(lines) + "\n"
