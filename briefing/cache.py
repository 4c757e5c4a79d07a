"""Keep results in one SQLite file, each under a hash of everything it depends on. The file can be deleted any time.

An *analysis* is the language model's output: it depends on the text, its structure and the model. A *briefing*, its
*row* and its *facts* as published depend on the rules too, so a changed rule does not run the model again, and on what
linking *asked* of the registry: an answer that differs has the article linked again. Each archive says which articles
it has, and what belongs to none is forgotten.

Nothing in the file is trusted: an entry that was altered, damaged or stored under another key counts as missing. A file
that SQLite cannot read is renamed to `archive.sqlite.damaged` and a new one is begun.
"""

from __future__ import annotations

import errno
import functools
import hashlib
import json
import logging
import os
import sqlite3
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from briefing.model import Analysis, Attribution, Entity, Sentence, Token

VERSION = 1  # of the table; a file with another one is not read
USED = "CREATE TABLE IF NOT EXISTS used (archive, key, analysis, PRIMARY KEY (archive, key)) WITHOUT ROWID"
OF_ARTICLES = ("briefing", "row", "facts", "asked", "known")  # kinds whose key is that of an article
DAMAGED = ".damaged"  # ending of files that were set aside
PATIENCE = 20  # seconds to wait for another process that writes
NOT_DAMAGED = {sqlite3.SQLITE_FULL: errno.ENOSPC, sqlite3.SQLITE_READONLY: errno.EROFS}
LOG = logging.getLogger(__name__)


class CacheDamagedError(Exception):
    """The file cannot be read. Raised only in worker processes; elsewhere it is set aside."""


class Cache:
    """A dictionary on disk. Several processes may write at the same time."""

    def __init__(self, path: Path, *, replaceable: bool = True) -> None:
        """With `replaceable`, a damaged file is set aside; otherwise CacheDamagedError is raised."""
        self.path = path
        self.replaceable = replaceable
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self.db = self._open()
        except sqlite3.Error as error:
            _raise_if_full(error, path)
            self.set_aside(error)

    def _open(self) -> sqlite3.Connection:
        if self.path.is_symlink() or (self.path.exists() and not self.path.is_file()):
            raise sqlite3.DatabaseError("not a regular file")
        db = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
        try:
            if db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
                db.execute("BEGIN IMMEDIATE")  # one of several processes creates the table
                if db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
                    if db.execute("SELECT 1 FROM sqlite_master").fetchone():
                        raise sqlite3.DatabaseError("made by another version")
                    db.execute("CREATE TABLE kept (kind, key, value, seal, PRIMARY KEY (kind, key)) WITHOUT ROWID")
                    db.execute(f"PRAGMA user_version={VERSION}")
                db.execute("COMMIT")
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=NORMAL")
            db.execute("SELECT kind, key, value, seal FROM kept LIMIT 1").fetchone()
            db.execute(USED)
        except sqlite3.Error:
            db.close()
            raise
        return db

    def set_aside(self, error: Exception) -> None:
        """Rename the damaged file and begin a new one; raise OSError if that is not possible."""
        if not self.replaceable:
            raise CacheDamagedError(str(error)) from error
        if (db := getattr(self, "db", None)) is not None:
            db.close()
        found = [path for end in ("", "-wal", "-shm") if os.path.lexists(path := Path(f"{self.path}{end}"))]
        for path in found:
            path.replace(f"{path}{DAMAGED}")
        try:
            self.db = self._open()
        except sqlite3.Error as again:  # no damage, then: the disk is full or read-only
            raise OSError(errno.EIO, str(again), str(self.path)) from again
        if found:
            LOG.warning("The cache %s was damaged (%s). It was renamed to %s%s and is made again.",
                        self.path, error, self.path.name, DAMAGED)  # fmt: skip

    def get(self, kind: str, key: str) -> bytes | None:
        found = self._run("SELECT value, seal FROM kept WHERE kind=? AND key=?", (kind, key))
        if not found:
            return None
        value, seal = found[0]
        if not isinstance(value, bytes) or seal != _seal(kind, key, value):
            return None
        try:
            return zlib.decompress(value)
        except zlib.error:
            return None

    def put(self, kind: str, key: str, value: bytes) -> None:
        small = zlib.compress(value, 1)
        self._run("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", (kind, key, small, _seal(kind, key, small)))

    def put_all(self, kind: str, values: Mapping[str, bytes]) -> None:
        """Store many small values at once."""
        small = {key: zlib.compress(value, 1) for key, value in values.items()}
        rows = [(kind, key, value, _seal(kind, key, value)) for key, value in small.items()]
        self._write([("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", rows)])

    def use(self, archive: Path, keys: Iterable[str]) -> None:
        """Say that an archive has the articles with these keys."""
        self._write([("INSERT OR IGNORE INTO used VALUES (?, ?, '')", [(str(archive), key) for key in keys])])

    def link_analysis(self, key: str, analysis: str) -> None:
        """Say which analysis an article was read from."""
        self._run("UPDATE used SET analysis=? WHERE key=?", (analysis, key))

    def forget_unused(self, archive: Path, keys: Iterable[str]) -> None:
        """Remove what belongs to no article: an archive has those with these keys, and others have theirs."""
        scope, now = str(archive), set(keys)
        gone = [
            (scope, key) for (key,) in self._run("SELECT key FROM used WHERE archive=?", (scope,)) if key not in now
        ]
        self._write([("DELETE FROM used WHERE archive=? AND key=?", gone)])
        lost = [(name,) for (name,) in self._run("SELECT DISTINCT archive FROM used", ()) if name != scope]
        lost = [(name,) for (name,) in lost if not Path(name).is_dir()]
        self._write([("DELETE FROM used WHERE archive=?", lost)])
        if not gone and not lost:
            return
        for kind in OF_ARTICLES:
            self._run("DELETE FROM kept WHERE kind=? AND key NOT IN (SELECT key FROM used)", (kind,))
        self._run("DELETE FROM kept WHERE kind='analysis' AND key NOT IN (SELECT analysis FROM used)", ())

    def _write(self, statements: Sequence[tuple[str, Sequence[tuple[Any, ...]]]]) -> None:
        """Run statements for many values each, in one transaction."""
        if not any(values for _, values in statements):
            return
        self._run("BEGIN IMMEDIATE", ())
        try:
            for statement, values in statements:
                self.db.executemany(statement, values)
            self.db.execute("COMMIT")
        except sqlite3.Error as error:
            with suppress(sqlite3.Error):
                self.db.execute("ROLLBACK")
            _raise_if_full(error, self.path)
            self.set_aside(error)

    def forget(self, *kinds: str) -> None:
        """Remove all entries of these kinds."""
        for kind in kinds:
            self._run("DELETE FROM kept WHERE kind=?", (kind,))

    def _run(self, statement: str, values: Sequence[Any]) -> list[Any]:
        try:
            return self.db.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            _raise_if_full(error, self.path)
            self.set_aside(error)
            return self.db.execute(statement, values).fetchall()

    def close(self) -> None:
        with suppress(sqlite3.Error):
            self.db.close()


def _raise_if_full(error: sqlite3.Error, path: Path) -> None:
    """Raise OSError if the disk is the problem, not the file."""
    if number := NOT_DAMAGED.get(getattr(error, "sqlite_errorcode", 0)):
        raise OSError(number, str(error), str(path)) from error


def _seal(kind: str, key: str, value: bytes) -> bytes:
    """Hash an entry, so that one that is damaged or was copied to another key is noticed."""
    return hashlib.sha256(f"{VERSION} {kind} {key} ".encode() + value).digest()[:16]


class ReadOnlyCache(Cache):
    """The cache as the last build left it, for commands that write no files."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            where = f"{path.absolute().as_uri()}?mode=ro"
            self.db = sqlite3.connect(where, uri=True, timeout=PATIENCE, isolation_level=None)
            self.db.execute("SELECT kind, key, value, seal FROM kept LIMIT 1").fetchone()
        except sqlite3.Error as error:  # no file, a damaged one, or SQLite would have to write next to it
            self.set_aside(error)

    def set_aside(self, error: Exception) -> None:
        """Go on without the file, and leave it as it is."""
        self.db = sqlite3.connect(":memory:", isolation_level=None)
        self.db.execute("CREATE TABLE kept (kind, key, value, seal)")

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Do nothing."""

    def _write(self, statements: Sequence[tuple[str, Sequence[tuple[Any, ...]]]]) -> None:
        """Do nothing."""


def digest(*parts: str | bytes) -> str:
    """Hash the parts in order. Each part's length is hashed too, so (ab, c) differs from (a, bc)."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big") + data)
    return total.hexdigest()


def digest_files(folder: Path, *patterns: str) -> str:
    """Hash the names and contents of the matching files in a folder: rules, word lists, weights."""
    paths = sorted({p for pattern in patterns for p in folder.glob(pattern) if p.is_file()})
    return digest(*(part for p in paths for part in (p.relative_to(folder).as_posix(), p.read_bytes())))


def pack(analysis: Analysis) -> bytes:
    """Store an analysis as columns, which take a third of the space and reading time of objects."""
    return TypeAdapter(dict[str, list[list[Any]]]).dump_json(
        {
            "tokens": [
                list(c)
                for c in zip(
                    *((t.start, t.end, t.tag, t.dep, t.head, t.sentence, t.block) for t in analysis.tokens), strict=True
                )
            ],
            "sentences": [[s.id, s.start, s.end, s.first, s.last, s.block] for s in analysis.sentences],
            "entities": [[e.start, e.end, e.label, e.first, e.last] for e in analysis.entities],
            "words": [[t.text for t in analysis.tokens]],
            "attributions": [[a.content, a.speaker, a.cue, a.asserted, a.confidence] for a in analysis.attributions],
        }
    )


def unpack(data: bytes, text: str) -> Analysis | None:
    """Return a stored analysis; None if it is not one of this text."""
    try:
        found = _unpacked(json.loads(data), text)
    except (ValueError, TypeError, KeyError, IndexError):
        return None
    size, words = len(text), len(found.tokens)
    parts: list[Sentence | Entity] = [*found.sentences, *found.entities]
    fits = all(0 <= token.start <= token.end <= size for token in found.tokens) and all(
        0 <= part.start <= part.end <= size and 0 <= part.first <= part.last <= words for part in parts
    )
    return found if fits else None


def _unpacked(kept: Any, text: str) -> Analysis:
    columns = kept["tokens"]
    return Analysis(
        text=text,
        tokens=tuple(
            Token(start, end, word, tag, dep, head, sentence, block)
            for word, start, end, tag, dep, head, sentence, block in zip(kept["words"][0], *columns, strict=True)
        )
        if columns
        else (),
        sentences=tuple(Sentence(*row) for row in kept["sentences"]),
        entities=tuple(Entity(*row) for row in kept["entities"]),
        attributions=tuple(
            Attribution(tuple(content), speaker and tuple(speaker), cue and tuple(cue), asserted, confidence)
            for content, speaker, cue, asserted, confidence in kept["attributions"]
        ),
    )


@functools.cache
def adapter(kind: type) -> TypeAdapter[Any]:
    """Return what converts a dataclass to JSON and back, checking types. Building one is slow."""
    return TypeAdapter(kind)
