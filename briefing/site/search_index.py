"""Make Pagefind's index reproducible: the same pages give the same files.

Pagefind writes the values of a filter, and the list of filters, in the order of a hash table that differs from run to
run. `sort_index(folder)` puts both in order. File names hold a hash of the content, so these files are renamed, and the
files that name them are changed too: `filter/*.pf_filter` <- `*.pf_meta` <- `pagefind-entry.json`.

These files are gzip files of CBOR after a signature. A file of another shape is left as it is.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

SIGNATURE = b"pagefind_dcd"
FILTERS = 3  # place of the list of filters in the data of a language


def sort_index(folder: Path) -> None:
    renamed = {path.stem: _rewrite(path, lambda data: [data[0], sorted(data[1])]) for path in _files(folder, "filter")}

    def in_meta(data: list[Any]) -> list[Any]:
        filters = sorted([name, renamed.get(file, file)] for name, file in data[FILTERS])
        return [*data[:FILTERS], filters, *data[FILTERS + 1 :]]

    languages = {path.stem: _rewrite(path, in_meta) for path in _files(folder, "")}
    entry = folder / "pagefind-entry.json"
    found = json.loads(entry.read_bytes())
    found["languages"] = dict(sorted(found["languages"].items()))
    for language in found["languages"].values():
        stem = f"pagefind.{language['hash']}"
        language["hash"] = languages.get(stem, stem).removeprefix("pagefind.")
    entry.write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def is_whole(path: Path) -> bool:
    """Tell whether a file of the index is complete, as far as it shows: most are gzip files, with a checksum."""
    data = path.read_bytes()
    if path.suffix == ".pagefind" or path.suffix.startswith(".pf_"):
        try:
            return bool(data and gzip.decompress(data))
        except (OSError, EOFError, zlib.error):
            return False
    return bool(data)


def _files(folder: Path, below: str) -> list[Path]:
    return sorted((folder / below).glob("*.pf_filter" if below else "*.pf_meta"))


def _rewrite(path: Path, change: Callable[[list[Any]], list[Any]]) -> str:
    """Change the data of a file and name it after its content; return the new stem."""
    raw = gzip.decompress(path.read_bytes())
    try:
        data, end = _decode(raw, len(SIGNATURE))
        if not raw.startswith(SIGNATURE) or end != len(raw) or _encode(data) != raw[len(SIGNATURE) :]:
            return path.stem
        new = SIGNATURE + _encode(change(data))
    except (ValueError, TypeError, IndexError):
        return path.stem
    start, _, old = path.stem.rpartition("_")
    target = path.with_name(f"{start}_{hashlib.sha256(new).hexdigest()[: len(old)]}{path.suffix}")
    path.unlink()
    target.write_bytes(gzip.compress(new, mtime=0))
    return target.stem


# --- CBOR, as far as Pagefind uses it: numbers, texts and lists (RFC 8949) -----------------------

NUMBER, TEXT, LIST = 0, 3, 4


def _decode(raw: bytes, at: int) -> tuple[Any, int]:
    """Return the value at a place, and the place after it."""
    kind, size = raw[at] >> 5, raw[at] & 31
    at += 1
    if size >= 24:
        if size > 27 or kind not in (NUMBER, TEXT, LIST):
            raise ValueError("not expected in an index")
        length = 1 << (size - 24)
        size = int.from_bytes(raw[at : at + length], "big")
        at += length
    if kind == NUMBER:
        return size, at
    if kind == TEXT:
        return raw[at : at + size].decode(), at + size
    if kind != LIST:
        raise ValueError("not expected in an index")
    values: list[Any] = []
    for _ in range(size):
        value, at = _decode(raw, at)
        values.append(value)
    return values, at


def _encode(value: Any) -> bytes:
    if isinstance(value, int):
        return _head(NUMBER, value)
    if isinstance(value, str):
        data = value.encode()
        return _head(TEXT, len(data)) + data
    return _head(LIST, len(value)) + b"".join(map(_encode, value))


def _head(kind: int, size: int) -> bytes:
    if size < 24:
        return bytes([kind << 5 | size])
    length = next(n for n in (1, 2, 4, 8) if size < 1 << (8 * n))
    return bytes([kind << 5 | 23 + length.bit_length()]) + size.to_bytes(length, "big")
