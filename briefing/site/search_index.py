"""Make Pagefind's index reproducible: the same pages give the same files.

Pagefind writes the values of a filter, and the list of filters, in the order of a hash table that differs from run to
run. `sort_index(folder)` puts both in order. File names hold a hash of the content, so these files are renamed, and the
files that name them are changed too: `filter/*.pf_filter` <- `*.pf_meta` <- `pagefind-entry.json`.

These files are gzip files of CBOR after a signature. A file of another shape is left as it is.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import subprocess
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from pagefind.service import get_executable

SIGNATURE = b"pagefind_dcd"
PATIENCE = 5.0  # seconds; on a full disk, files stay incomplete
FILTERS = 3  # place of the list of filters in the data of a language


def make_index(site: Path, pages: Iterable[Path], target: Path) -> str:
    """Index these pages in order; return what went wrong, "" if nothing.

    Pagefind's command line numbers pages in the order in which the file system lists them, and its Python API waits
    0.1 s for each page. So its service is given the pages here; it answers every message, in any order.
    """
    answers = target / "answers"
    with answers.open("wb") as file:
        service = subprocess.Popen(
            [str(get_executable()), "--service"], stdin=subprocess.PIPE, stdout=file, stderr=file
        )
    try:
        assert service.stdin
        count = 0
        for message in _messages(site, pages, target):
            count += 1
            data = json.dumps({"message_id": count, "payload": message}).encode()
            service.stdin.write(base64.b64encode(data) + b",")
        service.stdin.flush()
        while service.poll() is None and answers.read_bytes().count(b",") < count:
            time.sleep(0.02)
        _wait_for_files(target, answers)
        service.stdin.close()
        service.wait()
        found = [json.loads(base64.b64decode(part)) for part in answers.read_bytes().split(b",") if part]
    except (OSError, ValueError) as error:
        return f"{error}; exit status {service.poll()}"
    finally:
        service.kill()
        service.wait()
        answers.unlink()
    wrong = [str(one["payload"].get("message")) for one in found if one["payload"]["type"] == "Error"]
    return "\n".join(wrong) or ("" if len(found) == count else f"it ended with exit status {service.returncode}")


def _wait_for_files(target: Path, answers: Path) -> None:
    """Wait until the index is on the disk: Pagefind answers before that, and what is left is lost when it ends."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and not all(is_whole(p) for p in target.rglob("*") if p.is_file() and p != answers):
        time.sleep(0.02)


def _messages(site: Path, pages: Iterable[Path], target: Path) -> Iterator[dict[str, Any]]:
    yield {"type": "NewIndex", "config": {}}
    for path in pages:
        name, text = path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")
        yield {"type": "AddFile", "index_id": 0, "file_path": name, "file_contents": text}
    yield {"type": "WriteFiles", "index_id": 0, "output_path": str(target)}


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
