"""Write pages to docs/: write only what changed, remove only what is ours. The same lists serve site/ (`switch.py`).

`.generated.json` in each folder lists what was generated. So a page disappears with its source, and hand-written files
are never overwritten or removed. A page with the fingerprint of the last build is not even rendered.

The list is not trusted, because it may have come with the archive: it can name only files inside the folder, and a file
is removed only if its content has the hash in the list.
"""

from __future__ import annotations

import functools
import hashlib
import json
import logging
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pydantic import TypeAdapter

from briefing.model import DataFile, LazyPage, Page, Picture

MANIFEST = ".generated.json"  # MkDocs leaves hidden files out of the site
STAGED = ".generated"  # folder of pages that are complete but not in their places yet
DAMAGED = ".damaged"
NO_PAGES = {MANIFEST, STAGED}
LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed in a folder; sorted paths relative to it."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


class NotOursError(Exception):
    """A file that is not ours would be replaced or removed; the message says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A generated file, as the list of its folder has it."""

    hashes: tuple[str, ...]  # of its content; an interrupted build leaves two: the old or the new may be there
    fingerprint: str = ""
    size: int = -1  # with `time`, tells that nobody changed the file since
    time: int = -1


Known = Mapping[str, str]  # path -> hash of generated files, where the list itself is damaged
LISTS = TypeAdapter(dict[str, Listed])
Published = Page | LazyPage | Picture | DataFile


# --- the list of generated files ----------------------------------------------------------------


def generated(folder: Path, known: Known | None = None) -> dict[str, Listed]:
    """Return the generated files below a folder. A damaged list is renamed; what is `known` then stands in for it."""
    path = folder / MANIFEST
    try:
        if path.is_symlink():
            raise ValueError("it is a symbolic link")
        found = dict(_listed(path.read_bytes()))
    except FileNotFoundError:
        return {}
    except (ValueError, RecursionError) as error:  # also those of JSON and of pydantic
        aside = path.with_name(MANIFEST + DAMAGED)
        path.replace(aside)
        what = str(error) if type(error) is ValueError else "it is no list of generated files"
        LOG.warning("%s cannot be used: %s. It was renamed to %s and is made again.", path, what, aside.name)
        return {name: Listed((hash_,)) for name, hash_ in (known or {}).items()}
    return found


# A build asks for the lists of two folders several times, before and after it writes them, and they are long.
_parsed: dict[bytes, Mapping[str, Listed]] = {}
MOST_PARSED = 4


def _keep_parsed(data: bytes, found: Mapping[str, Listed]) -> Mapping[str, Listed]:
    for old in [*_parsed][: 1 - MOST_PARSED]:
        del _parsed[old]
    _parsed[data] = found
    return found


def _listed(data: bytes) -> Mapping[str, Listed]:
    if data in _parsed:
        return _parsed[data]
    found = LISTS.validate_python(_entries(data))
    if outside := [name for name in found if not _is_inside(name)]:
        raise ValueError(f"it lists {outside[0]!r}, which is outside the folder")
    return _keep_parsed(data, found)


def _entries(data: bytes) -> object:
    """Read a list; in that of an earlier version, an entry is `hash fingerprint`."""
    found = json.loads(data)
    if not isinstance(found, dict):
        return found
    return {name: {"hashes": one.split()[:1]} if isinstance(one, str) else one for name, one in found.items()}


def _is_inside(name: str) -> bool:
    """Tell whether a path stays in its folder and is written as we write it."""
    first, *_ = parts = name.split("/")
    return not {"", ".", ".."}.intersection(parts) and "\\" not in name and "\0" not in name and first not in NO_PAGES


def write_list(folder: Path, listed: Mapping[str, Listed]) -> None:
    data = _dumped(listed)
    replace_file(folder / MANIFEST, data)
    _keep_parsed(data, dict(listed))


def list_of(files: Mapping[str, Listed]) -> bytes:
    """Return the list of a folder whose files are known by their content alone, as `write_list` writes it."""
    return _dumped({name: Listed(file.hashes) for name, file in files.items()})


def _dumped(listed: Mapping[str, Listed]) -> bytes:
    return LISTS.dump_json(dict(sorted(listed.items())), exclude_defaults=True)


def hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Tree:
    """The files of a folder. What is reached through a symbolic link is not in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._folders = {"": True}  # whether each is a folder, with all folders above it

    def stat(self, name: str) -> os.stat_result | None:
        """Return the status of a regular file; None if there is none."""
        found = self._stat(name) if self._is_folder(name.rpartition("/")[0]) else None
        return found if found and stat.S_ISREG(found.st_mode) else None

    def _is_folder(self, name: str) -> bool:
        if name not in self._folders:
            found = self._stat(name) if self._is_folder(name.rpartition("/")[0]) else None
            self._folders[name] = found is not None and stat.S_ISDIR(found.st_mode)
        return self._folders[name]

    def _stat(self, name: str) -> os.stat_result | None:
        try:
            return os.lstat(f"{self.root}/{name}")
        except (FileNotFoundError, NotADirectoryError):
            return None


def remove(root: Path, listed: Mapping[str, Listed]) -> list[str]:
    """Remove these files, and folders that are empty then; return them. Files with other content are kept."""
    ours = removable(root, listed)
    for name in ours:
        (root / name).unlink()
        folder = (root / name).parent
        while folder != root and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
    return ours


def removable(root: Path, listed: Mapping[str, Listed]) -> list[str]:
    """Return which of these files still have the content that was generated; warn of others that are there."""
    tree = Tree(root)
    there = [name for name in sorted(listed) if os.path.lexists(root / name)]
    ours = [name for name in there if tree.stat(name) and hash_of(root / name) in listed[name].hashes]
    if kept := sorted(set(there) - set(ours)):
        more = f" and {len(kept) - 1} more" if len(kept) > 1 else ""
        LOG.warning("%s%s: no longer generated, but changed by hand and so not removed", root / kept[0], more)
    return ours


def unchanged_files(docs: Path, folder: str) -> Callable[[str], tuple[Path, str] | None]:
    """Return a function that finds a generated file of a folder in `docs` and its hash, if nobody changed it since."""
    tree, listed = Tree(docs), functools.cache(lambda: generated(docs))

    def find(name: str) -> tuple[Path, str] | None:
        path = f"{folder}/{name}"
        one, there = listed().get(path), tree.stat(path)
        same = one and there and (one.size, one.time) == (there.st_size, there.st_mtime_ns) and len(one.hashes) == 1
        return (docs / path, one.hashes[0]) if one and same else None

    return find


# --- pages in docs/ -----------------------------------------------------------------------------


def write_pages(pages: Iterable[Published], docs: Path, known: Known | None = None) -> Changes:
    """Bring the generated pages below `docs` up to date.

    A failing template or a full disk changes nothing. A build that is interrupted later is completed by the next one.
    """
    before = generated(docs, known)
    staged = docs / STAGED
    shutil.rmtree(staged, ignore_errors=True)
    try:
        now, written = _stage(pages, docs, before)
        for name in written:
            refuse_hand_written(docs, name, name in before)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise
    if written or before.keys() != now.keys():
        both = {name: Listed(now[name].hashes + (before[name].hashes if name in before else ())) for name in written}
        write_list(docs, before | both)  # if the build is interrupted now, the new pages are known as ours
    for number, name in enumerate(written):
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (staged / str(number)).replace(docs / name)
    shutil.rmtree(staged, ignore_errors=True)
    removed = remove(docs, {name: before[name] for name in before.keys() - now.keys()})
    if before != now:
        write_list(docs, now)
    return Changes(tuple(sorted(written)), tuple(removed), len(now) - len(written))


def _stage(pages: Iterable[Published], docs: Path, before: Mapping[str, Listed]) -> tuple[dict[str, Listed], list[str]]:
    """Return all pages, and the names of those whose content is new: these are written to the folder STAGED."""
    now: dict[str, Listed] = {}
    written: list[str] = []
    tree = Tree(docs)
    for page in pages:
        if page.path in now:
            raise FileExistsError(f"two generated pages have one path: {page.path}")
        old = _as_found(tree, page.path, before.get(page.path))
        if old and page.fingerprint and page.fingerprint == old.fingerprint:
            now[page.path] = old
            continue
        path = docs / STAGED / str(len(written))
        hash_ = _write(page, path, old.hashes if old else ())
        if old and old.hashes == (hash_,):
            now[page.path] = Listed((hash_,), page.fingerprint, old.size, old.time)
            continue
        written.append(page.path)
        status = path.stat()
        now[page.path] = Listed((hash_,), page.fingerprint, status.st_size, status.st_mtime_ns)
    return now, written


def _write(page: Published, path: Path, known: tuple[str, ...]) -> str:
    """Write a page to a path unless its hash is the known one; return its hash."""
    if isinstance(page, DataFile):
        path.parent.mkdir(parents=True, exist_ok=True)
        page.write(path)
        hash_ = hash_of(path)
        if known == (hash_,):
            path.unlink()
        return hash_
    data = page.draw() if isinstance(page, Picture) else page.text.encode()
    hash_ = hashlib.sha256(data).hexdigest()
    if known != (hash_,):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return hash_


def _as_found(tree: Tree, name: str, listed: Listed | None) -> Listed | None:
    """Return a page as it is in its place; None if it is not there. If it was changed, it has no fingerprint."""
    found = tree.stat(name)
    if found is None:
        return None
    if listed and (listed.size, listed.time) == (found.st_size, found.st_mtime_ns):
        return listed
    hash_ = hash_of(tree.root / name)
    fingerprint = listed.fingerprint if listed and listed.hashes == (hash_,) else ""
    return Listed((hash_,), fingerprint, found.st_size, found.st_mtime_ns)


def refuse_hand_written(root: Path, name: str, ours: bool, checked: set[str] | None = None) -> None:
    """Raise NotOursError if a generated file would take the place of something else.

    `checked` has folders that need not be looked at again; those of this file are added.
    """
    checked = set() if checked is None else checked
    above = [folder for folder in map(str, PurePosixPath(name).parents) if folder not in checked][::-1]
    checked.update(above)
    for path in (root / folder for folder in above if folder != "."):
        if path.is_symlink() or (path.exists() and not path.is_dir()):
            raise NotOursError(f"{path} is no folder, and generated files go there. Rename it")
    path = root / name
    if (not ours and os.path.lexists(path)) or (path.is_dir() and not path.is_symlink()):
        raise NotOursError(f"{path} is hand-written and has the name of a generated page. Rename it")


def remove_pages(docs: Path, known: Known | None = None) -> None:
    """Remove every generated file below `docs`, and the folder if nothing else is in it."""
    remove(docs, generated(docs, known))
    shutil.rmtree(docs / STAGED, ignore_errors=True)
    for name in (MANIFEST, MANIFEST + DAMAGED):
        (docs / name).unlink(missing_ok=True)
    if docs.is_dir() and not any(docs.iterdir()):
        docs.rmdir()


def hand_written(docs: Path) -> list[str]:
    """Return the hand-written files below a folder, sorted."""
    ours = generated(docs)
    found: list[str] = []
    start = len(str(docs)) + 1
    for folder, folders, names in os.walk(docs):
        folders[:] = [name for name in folders if name[0] != "."]
        place = f"{folder[start:]}/".replace(os.sep, "/").removeprefix("/")
        found += [path for name in names if name[0] != "." and (path := place + name) not in ours]
    return sorted(found, key=lambda path: path.split("/"))


def kept_by_hand(docs: Path, names: Iterable[str]) -> set[str]:
    """Return which of these files are there and were not generated, or were changed since."""
    ours = generated(docs)
    there = [name for name in names if os.path.lexists(docs / name)]
    return {name for name in there if name not in ours or hash_of(docs / name) not in ours[name].hashes}


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


def refuse_foreign_folder(site: Path) -> None:
    """Raise NotOursError for a folder with files that was not created here."""
    lists = (site / MANIFEST, site / (MANIFEST + DAMAGED))
    if site.is_dir() and any(site.iterdir()) and not any(path.is_file() for path in lists):
        raise NotOursError(f"{site} is not empty and was not built here. Choose a new or empty folder")
