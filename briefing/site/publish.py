"""Write pages to docs/ and mirror the rendered site to site/: write only what changed, remove only what is ours.

`.generated.json` in each folder lists what was generated (path -> hash and fingerprint). So a page disappears with its
source, and hand-written files are never overwritten or removed. A page with the fingerprint of the last build is not
even rendered.
"""

from __future__ import annotations

import filecmp
import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from briefing.model import LazyPage, Page, Picture

MANIFEST = ".generated.json"  # MkDocs leaves hidden files out of the site


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed in a folder; sorted paths relative to it."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


class NotOursError(Exception):
    """A file that is not ours would be replaced or removed; the message says which, and what to do."""


def write_pages(pages: Iterable[Page | LazyPage | Picture], docs: Path) -> Changes:
    """Bring the generated pages below `docs` up to date."""
    before = generated(docs)
    made, now = _make(pages, docs, before)
    hand_written = [name for name in now if name not in before and (docs / name).exists()]
    if hand_written:
        raise NotOursError(f"{docs / hand_written[0]} is hand-written and has the name of a generated page. Rename it")
    if before != now:  # if the build is interrupted, the new pages are known as ours, but not as done
        _write_manifest(docs, before | dict.fromkeys(made, ""))
    written = sorted(
        name
        for name, data in made.items()
        if _content(before, name) != _content(now, name) or _differs_in_size(docs / name, data)
    )
    for name in written:
        data = made[name]
        replace_file(docs / name, data if isinstance(data, bytes) else data.draw())
    removed = sorted(before.keys() - now.keys())
    for name in removed:
        _remove(docs, name)
    if before != now:
        _write_manifest(docs, now)
    return Changes(tuple(written), tuple(removed), len(now) - len(written))


def _make(
    pages: Iterable[Page | LazyPage | Picture], docs: Path, before: dict[str, str]
) -> tuple[dict[str, bytes | Picture], dict[str, str]]:
    """Return the pages with a new fingerprint, and the new list of all pages.

    All pages are rendered before the first is written, so a failing template changes nothing. Pictures are drawn when
    they are written, because together they are big.
    """
    made: dict[str, bytes | Picture] = {}
    now: dict[str, str] = {}
    for page in pages:
        if page.path in now:
            raise FileExistsError(f"two generated pages have one path: {page.path}")
        kept = before.get(page.path, "")
        if page.fingerprint and kept.endswith(f" {page.fingerprint}") and (docs / page.path).is_file():
            now[page.path] = kept
            continue
        if isinstance(page, Picture):
            made[page.path] = page
            now[page.path] = f"{page.fingerprint} {page.fingerprint}"
            continue
        made[page.path] = data = page.text.encode()
        now[page.path] = f"{hashlib.sha256(data).hexdigest()} {page.fingerprint}".rstrip()
    return made, now


def _content(listed: dict[str, str], name: str) -> str:
    """Return the hash of a generated file's content."""
    return listed.get(name, "").partition(" ")[0]


def _differs_in_size(path: Path, data: bytes | Picture) -> bool:
    return not path.is_file() or isinstance(data, Picture) or path.stat().st_size != len(data)


def remove_pages(docs: Path) -> None:
    """Remove every generated file below `docs`, and the folder if nothing else is in it."""
    for name in generated(docs):
        _remove(docs, name)
    (docs / MANIFEST).unlink(missing_ok=True)
    if docs.is_dir() and not any(docs.iterdir()):
        docs.rmdir()


def mirror(source: Path, target: Path, leave_out: frozenset[str] = frozenset()) -> Changes:
    """Make our files in `target` equal to `source`, touching only files that differ.

    Deleting a big folder costs more than building it and may delete what is not ours, so only listed files are removed.
    """
    wanted = {p.relative_to(source).as_posix(): p for p in source.rglob("*") if p.is_file()}
    wanted = {name: path for name, path in wanted.items() if name not in leave_out}
    refuse_foreign_folder(target)
    before = generated(target)
    names = dict.fromkeys(wanted, "")
    if before != names:
        _write_manifest(target, before | names)
    written = [name for name, path in sorted(wanted.items()) if not _same(path, target / name)]
    for name in written:
        copy_file(wanted[name], target / name)
    removed = sorted(before.keys() - wanted.keys())
    for name in removed:
        _remove(target, name)
    if before != names:
        _write_manifest(target, names)
    return Changes(tuple(written), tuple(removed), len(wanted) - len(written))


def refuse_foreign_folder(target: Path) -> None:
    """Raise NotOursError for a folder with files that was not created here."""
    if target.is_dir() and any(target.iterdir()) and not (target / MANIFEST).is_file():
        raise NotOursError(f"{target} is not empty and was not built here. Choose a new or empty folder")


def _write_manifest(folder: Path, names: dict[str, str]) -> None:
    replace_file(folder / MANIFEST, json.dumps(names, indent=0, sort_keys=True).encode())


def replace_file(path: Path, data: bytes) -> None:
    """Replace a file at once: nobody ever reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.part")
    half.write_bytes(data)
    half.replace(path)


def replace_if_changed(path: Path, data: bytes) -> bool:
    """Write a file unless its contents are the same; return whether it was written."""
    if path.is_file() and path.read_bytes() == data:
        return False
    replace_file(path, data)
    return True


def copy_file(source: Path, target: Path) -> None:
    """Copy with the modification time, by which the next mirroring recognises it."""
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
    os.utime(other, ns=(a.st_atime_ns, a.st_mtime_ns))  # the next comparison needs only the time
    return True


def hand_written(docs: Path) -> list[str]:
    """Return the hand-written files below a folder, sorted."""
    ours = generated(docs)
    names = {path.relative_to(docs).as_posix(): path for path in sorted(docs.rglob("*")) if path.name[0] != "."}
    return [name for name, path in names.items() if name not in ours and path.is_file()]


def generated(docs: Path) -> dict[str, str]:
    """Return the generated files below a folder with the hash of their content and their fingerprint."""
    try:
        found = json.loads((docs / MANIFEST).read_text(encoding="utf-8"))
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
