"""Pages -> docs/, and the rendered site -> site/: only what changed is written, only what is ours removed.

What was generated is listed in `docs/.generated.json` (path -> hash), so that a page whose source is gone
goes too, and a hand-written page is never overwritten or removed.
"""

from __future__ import annotations

import filecmp
import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from briefing.model import Page

LIST = ".generated.json"  # MkDocs leaves files with a leading dot out of the site


@dataclass(frozen=True, slots=True)
class Changes:
    """Paths, relative to the folder that was brought up to date, sorted."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


def write_pages(pages: Iterable[Page], docs: Path) -> Changes:
    """Bring the generated pages below `docs` up to date."""
    before = generated(docs)
    now: dict[str, str] = {}
    written: list[str] = []
    for page in pages:
        data = page.text.encode()
        path = docs / page.path
        if page.path not in before and page.path not in now and path.exists() and path.read_bytes() != data:
            raise FileExistsError(f"{path} is written by hand, and a generated page would replace it")
        if page.path in now:
            raise FileExistsError(f"two generated pages have one path: {page.path}")
        now[page.path] = hashlib.sha256(data).hexdigest()
        if before.get(page.path) != now[page.path] or not path.is_file() or path.stat().st_size != len(data):
            replace_file(path, data)
            written.append(page.path)
    removed = sorted(before.keys() - now.keys())
    for name in removed:
        _remove(docs, name)
    if before != now:
        replace_file(docs / LIST, json.dumps(now, indent=0, sort_keys=True).encode())
    return Changes(tuple(sorted(written)), tuple(removed), len(now) - len(written))


def remove_pages(docs: Path) -> None:
    """Take away every generated page below `docs`."""
    for name in generated(docs):
        _remove(docs, name)
    (docs / LIST).unlink(missing_ok=True)


def mirror(source: Path, target: Path, leave_out: frozenset[str] = frozenset()) -> Changes:
    """Make `target` equal to `source`, touching only files that differ (deleting a big folder costs more)."""
    wanted = {p.relative_to(source).as_posix(): p for p in source.rglob("*") if p.is_file()}
    wanted = {name: path for name, path in wanted.items() if name not in leave_out}
    there = {p.relative_to(target).as_posix(): p for p in target.rglob("*") if p.is_file()} if target.exists() else {}
    written = []
    for name, path in sorted(wanted.items()):
        old = there.get(name)
        if old is None or not _same(path, old):
            copy_file(path, target / name)
            written.append(name)
    removed = sorted(there.keys() - wanted.keys())
    for name in removed:
        _remove(target, name)
    return Changes(tuple(written), tuple(removed), len(wanted) - len(written))


def replace_file(path: Path, data: bytes) -> None:
    """Write a whole file or nothing: a reader never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.part")
    half.write_bytes(data)
    half.replace(path)


def replace_if_changed(path: Path, data: bytes) -> bool:
    """Write a file unless it holds this already; tell whether it was written."""
    if path.is_file() and path.read_bytes() == data:
        return False
    replace_file(path, data)
    return True


def copy_file(source: Path, target: Path) -> None:
    """Copy with the time of its last change, by which the next mirroring knows it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f".{target.name}.part")
    shutil.copy2(source, half)
    half.replace(target)


def _same(one: Path, other: Path) -> bool:
    a, b = one.stat(), other.stat()
    if a.st_size != b.st_size:
        return False
    if a.st_mtime_ns == b.st_mtime_ns:
        return True
    if not filecmp.cmp(one, other, shallow=False):
        return False
    os.utime(other, ns=(a.st_atime_ns, a.st_mtime_ns))  # known at a glance the next time
    return True


def generated(docs: Path) -> dict[str, str]:
    """The generated pages below `docs`, each with the hash of its content."""
    try:
        found = json.loads((docs / LIST).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return {str(k): str(v) for k, v in found.items()}


def _remove(root: Path, name: str) -> None:
    path = root / name
    path.unlink(missing_ok=True)
    folder = path.parent
    while folder != root and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
