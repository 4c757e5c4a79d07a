"""sources/<article>.facts.yaml -> Corrections: what people say of an article, and who says it.

The file is checked against `schema.CorrectionsFile`; git, where there is one, says who wrote each line.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from briefing import cache, git
from briefing.contributed import read_contribution
from briefing.errors import ContentError, Problem
from briefing.schema import CorrectionsFile
from briefing.yaml_text import Keys, Place

SUFFIX = ".facts.yaml"
LARGEST = 1_000_000  # bytes: ten thousand corrections


@dataclass(frozen=True, slots=True)
class Corrections:
    """What people say of one article, where each part stands and who wrote it."""

    file: CorrectionsFile
    path: str
    places: Mapping[Keys, Place]
    authors: Mapping[int, git.Author]

    def author(self, *path: str | int) -> git.Author | None:
        """Who last changed a part of the file."""
        lines = {place.line for keys, place in self.places.items() if keys[: len(path)] == path}
        known = [self.authors[line] for line in sorted(lines) if line in self.authors]
        return max(known, key=lambda a: a.time, default=None)

    def problem(self, path: Keys, code: str, found: str, right: str, fix: str = "") -> Problem:
        """A problem with the part at a path; with the nearest outer part if that was left out."""
        while path not in self.places and path:
            path = path[:-1]
        place = self.places.get(path, Place(1, 1))
        return Problem(self.path, place.line, place.column, code, found, right, fix)


def beside(source: Path) -> Path:
    """Where the corrections to a source stand."""
    return source.with_name(source.stem + SUFFIX)


def key(source: Path) -> str:
    """What the corrections to a source depend on, "" where there are none: a part of the briefing's cache key."""
    path = beside(source)
    try:
        data = path.read_bytes()
    except OSError:
        return ""
    return cache.digest(data, repr(sorted(git.authors(path, cache.digest(data)).items())))


def read_corrections(source: Path, label: str) -> Corrections | None:
    """The corrections to a source, None if there are none; raises ContentError. `label` is the source's path."""
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
    """The text of a corrections file, checked."""
    said = read_contribution(text, CorrectionsFile, path)
    return Corrections(said.value, path, said.text.values, authors or {})


def without_source(folder: Path, sources: set[Path]) -> Iterator[Path]:
    """Corrections files below a folder that stand beside no source."""
    wanted = {beside(source) for source in sources}
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.endswith(SUFFIX) and not name.startswith(".") and Path(where, name) not in wanted:
                yield Path(where, name)
