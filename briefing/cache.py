"""Keep results in one SQLite file, each under a hash of everything it depends on. The file can be deleted any time.

An *analysis* is the language model's output: it depends on the text, its structure and the model. A *briefing* and its
*row* depend on the rules and the registry too, so a changed rule does not run the model again.
"""

from __future__ import annotations

import functools
import hashlib
import json
import sqlite3
import zlib
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from briefing.model import Analysis, Attribution, Entity, Sentence, Token

SCHEMA = "CREATE TABLE IF NOT EXISTS kept (kind TEXT, key TEXT, value BLOB, PRIMARY KEY (kind, key)) WITHOUT ROWID"


class Cache:
    """A dictionary on disk. Several processes may write at the same time."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.db = sqlite3.connect(path, timeout=60, isolation_level=None)
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=NORMAL")
        self.db.execute(SCHEMA)

    def get(self, kind: str, key: str) -> bytes | None:
        row = self.db.execute("SELECT value FROM kept WHERE kind=? AND key=?", (kind, key)).fetchone()
        return zlib.decompress(row[0]) if row else None

    def has(self, kind: str, key: str) -> bool:
        row = self.db.execute("SELECT 1 FROM kept WHERE kind=? AND key=?", (kind, key)).fetchone()
        return row is not None

    def put(self, kind: str, key: str, value: bytes) -> None:
        self.db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", (kind, key, zlib.compress(value, 1)))

    def close(self) -> None:
        self.db.close()


class ReadOnlyCache(Cache):
    """The cache as the last build left it, for commands that write no files."""

    def __init__(self, path: Path) -> None:
        try:
            self.db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=60, isolation_level=None)
            self.db.execute("SELECT 1 FROM kept LIMIT 1")
        except sqlite3.OperationalError:  # no file, or SQLite would have to write next to it
            self.db = sqlite3.connect(":memory:", isolation_level=None)
            self.db.execute(SCHEMA)

    def put(self, kind: str, key: str, value: bytes) -> None:
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


def unpack(data: bytes, text: str) -> Analysis:
    kept = json.loads(data)
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
