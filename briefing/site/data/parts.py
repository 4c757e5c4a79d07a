"""Write files that have a part for each briefing, in order, and copy the parts that are the same from the last build.

    parts = Parts(work / "data.json", keys, find)   # keys: a hash of all that a briefing's parts are made of, by id
    parts.place("2024/quay")                        # where it was among the briefings of the last build, if unchanged
    with parts.file("facts.jsonl", path) as file:
        file.keep("2024/quay")                      # copied
        file.add("{...}\\n")                         # new

The record of the last build has the hash of each of its files, and the size of each part. It is used only if all of the
files are there with these hashes; otherwise every part is made. A part may change without need, but its key must change
whenever the part would.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from pathlib import Path
from types import TracebackType

from briefing.site.publish import replace_file

AT_ONCE = 1 << 20  # bytes that are copied at once


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the last build: its hash, the size of what comes before the parts, and that of each part."""

    hash: str
    head: int
    sizes: list[int]


@dataclass(eq=False)
class Parts:
    record: Path
    keys: Mapping[str, str]
    find: Callable[[str], tuple[Path, str] | None]  # a file of the last build that nobody changed, and its hash
    needed: Iterable[str]  # the files
    paths: dict[str, Path] = field(default_factory=dict)  # of the last build; none if it cannot be used
    _before: dict[str, tuple[int, str]] = field(default_factory=dict)  # place among the briefings, and key
    _written: dict[str, Written] = field(default_factory=dict)
    _files: dict[str, PartsFile] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with suppress(OSError, ValueError, TypeError, KeyError):
            found = json.loads(self.record.read_bytes())
            written = {name: Written(*entry) for name, entry in found["files"].items()}
            there = {name: self.find(name) for name in self.needed}
            paths = {name: one[0] for name, one in there.items() if one and one[1] == written[name].hash}
            if len(paths) == len(there):
                self._before = {id_: (n, key) for n, (id_, key) in enumerate(found["briefings"].items())}
                self.paths, self._written = paths, written

    def place(self, briefing: str) -> int | None:
        """Return the place of a briefing in the files of the last build; None if it is new or has changed."""
        number, key = self._before.get(briefing, (0, ""))
        return number if key and key == self.keys.get(briefing) else None

    def file(self, name: str, path: Path, head: str = "", between: str = "") -> PartsFile:
        """Begin a file; `between` stands between two parts that are not empty."""
        before = self.paths.get(name)
        self._files[name] = PartsFile(path, (head, between), before, self._written.get(name))
        return self._files[name]

    def remember(self, hashes: Mapping[str, str]) -> None:
        """Write down what was written, for the next build; `hashes` are those of the files, by name."""
        files = {name: (hashes[name], file.head, file.sizes) for name, file in self._files.items()}
        files |= {name: (hashes[name], 0, []) for name in self.needed if name not in files}
        kept = {"files": files, "briefings": {name: self.keys.get(name, "") for name in sorted(self.keys)}}
        replace_file(self.record, json.dumps(kept, separators=(",", ":")).encode())


class PartsFile:
    """A file in the making."""

    def __init__(self, path: Path, around: tuple[str, str], before: Path | None, written: Written | None) -> None:
        self.sizes: list[int] = []
        self._file = path.open("wb")
        self._before = before.open("rb") if before else None
        self._places = list(pairwise(accumulate(written.sizes, initial=written.head))) if written else []
        self._waiting = (0, 0)  # start and end of what is to be copied
        self._begun = False  # is there a part that is not empty?
        self.head, self._between = self._file.write(around[0].encode()), around[1].encode()

    def add(self, part: str) -> None:
        self._copy()
        data = (self._between if self._begun and part else b"") + part.encode()
        self.sizes.append(self._file.write(data))
        self._begun = self._begun or bool(part)

    def keep(self, place: int) -> None:
        """Copy the part with this number of the last build."""
        start, end = self._places[place]
        added = 0
        if start < end:
            was_first = start == self._places[0][0]
            if not self._begun and not was_first:
                start += len(self._between)
            elif self._begun and was_first:
                self._copy()
                added = self._file.write(self._between)
            self._begun = True
        if self._waiting[1] != start:
            self._copy()
            self._waiting = (start, start)
        self._waiting = (self._waiting[0], end)
        self.sizes.append(end - start + added)

    def _copy(self) -> None:
        start, end = self._waiting
        if self._before and start < end:
            self._before.seek(start)
            while start < end and (data := self._before.read(min(AT_ONCE, end - start))):
                start += self._file.write(data)
        self._waiting = (0, 0)

    def end(self, text: str) -> None:
        self._copy()
        self._file.write(text.encode())

    def __enter__(self) -> PartsFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._copy()
        self._file.close()
        if self._before:
            self._before.close()
