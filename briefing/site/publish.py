"""Pages -> docs/, and the rendered site -> site/: only what changed is written, only what is ours removed.

What was generated is listed in `.generated.json` of either folder (path -> hash and stamp), so that a page whose
source is gone goes too, and what somebody put there is never overwritten or removed. A page whose stamp is the one of
the last time is not even made.
"""

from __future__ import annotations

import filecmp
import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.model import Picture

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from briefing.model import Later, Page

LIST = ".generated.json"  # MkDocs leaves files with a leading dot out of the site


@dataclass(frozen=True, slots=True)
class Changes:
    """Paths, relative to the folder that was brought up to date, sorted."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


class NotOursError(Exception):
    """Something of somebody's would be replaced or removed; the message says what and what to do."""


def write_pages(pages: Iterable[Page | Later | Picture], docs: Path) -> Changes:
    """Bring the generated pages below `docs` up to date."""
    before = generated(docs)
    made, now = _make(pages, docs, before)
    by_hand = [name for name in now if name not in before and (docs / name).exists()]
    if by_hand:
        raise NotOursError(f"{docs / by_hand[0]} is hand-written and has the name of a generated page. Rename it")
    if before != now:  # so that a page of a build that was interrupted is known as ours, but not as done
        _list(docs, before | dict.fromkeys(made, ""))
    written = sorted(
        name
        for name, data in made.items()
        if _content(before, name) != _content(now, name) or _has_another_size(docs / name, data)
    )
    for name in written:
        data = made[name]
        replace_file(docs / name, data if isinstance(data, bytes) else data.draw())
    removed = sorted(before.keys() - now.keys())
    for name in removed:
        _remove(docs, name)
    if before != now:
        _list(docs, now)
    return Changes(tuple(written), tuple(removed), len(now) - len(written))


def _make(
    pages: Iterable[Page | Later | Picture], docs: Path, before: dict[str, str]
) -> tuple[dict[str, bytes | Picture], dict[str, str]]:
    """The pages whose stamp is new, and what the list says of all; before the first is written, so that a template
    that fails leaves everything as it was. Pictures are drawn as they are written: together they are big."""
    made: dict[str, bytes | Picture] = {}
    now: dict[str, str] = {}
    for page in pages:
        if page.path in now:
            raise FileExistsError(f"two generated pages have one path: {page.path}")
        kept = before.get(page.path, "")
        if page.stamp and kept.endswith(f" {page.stamp}") and (docs / page.path).is_file():
            now[page.path] = kept
            continue
        if isinstance(page, Picture):
            made[page.path] = page
            now[page.path] = f"{page.stamp} {page.stamp}"
            continue
        made[page.path] = data = page.text.encode()
        now[page.path] = f"{hashlib.sha256(data).hexdigest()} {page.stamp}".rstrip()
    return made, now


def _content(listed: dict[str, str], name: str) -> str:
    """The hash of what a generated file held when it was written."""
    return listed.get(name, "").partition(" ")[0]


def _has_another_size(path: Path, data: bytes | Picture) -> bool:
    return not path.is_file() or isinstance(data, Picture) or path.stat().st_size != len(data)


def remove_pages(docs: Path) -> None:
    """Take away every generated file below `docs`, and the folder if nothing else is in it."""
    for name in generated(docs):
        _remove(docs, name)
    (docs / LIST).unlink(missing_ok=True)
    if docs.is_dir() and not any(docs.iterdir()):
        docs.rmdir()


def mirror(source: Path, target: Path, leave_out: frozenset[str] = frozenset()) -> Changes:
    """Make what is ours in `target` equal to `source`, touching only files that differ.

    Deleting a big folder costs more than building it, and may delete what is not ours: only listed files go.
    """
    wanted = {p.relative_to(source).as_posix(): p for p in source.rglob("*") if p.is_file()}
    wanted = {name: path for name, path in wanted.items() if name not in leave_out}
    refuse_others_folder(target)
    before = generated(target)
    names = dict.fromkeys(wanted, "")
    if before != names:
        _list(target, before | names)
    written = [name for name, path in sorted(wanted.items()) if not _same(path, target / name)]
    for name in written:
        copy_file(wanted[name], target / name)
    removed = sorted(before.keys() - wanted.keys())
    for name in removed:
        _remove(target, name)
    if before != names:
        _list(target, names)
    return Changes(tuple(written), tuple(removed), len(wanted) - len(written))


def refuse_others_folder(target: Path) -> None:
    """A folder that holds something and was not made here is somebody's."""
    if target.is_dir() and any(target.iterdir()) and not (target / LIST).is_file():
        raise NotOursError(f"{target} is not empty and was not built here. Choose a new or empty folder")


def _list(folder: Path, names: dict[str, str]) -> None:
    replace_file(folder / LIST, json.dumps(names, indent=0, sort_keys=True).encode())


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
    if not other.is_file():
        return False
    a, b = one.stat(), other.stat()
    if a.st_size != b.st_size:
        return False
    if a.st_mtime_ns == b.st_mtime_ns:
        return True
    if not filecmp.cmp(one, other, shallow=False):
        return False
    os.utime(other, ns=(a.st_atime_ns, a.st_mtime_ns))  # known at a glance the next time
    return True


def by_hand(docs: Path) -> list[str]:
    """The files below a folder that somebody wrote, sorted."""
    ours = generated(docs)
    names = {path.relative_to(docs).as_posix(): path for path in sorted(docs.rglob("*")) if path.name[0] != "."}
    return [name for name, path in names.items() if name not in ours and path.is_file()]


def generated(docs: Path) -> dict[str, str]:
    """The generated files below a folder, each with the hash of its content and the stamp of what it was made of."""
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
