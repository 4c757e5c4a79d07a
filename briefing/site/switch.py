"""Publish the rendered site: readers of site/ see the old site or the new one, never a mixture.

    publish_site(rendered, files, site)

The new site is put together in a folder beside `site/`, if it was not made there: what is the same is linked to the
file in the current site, the rest is copied. Files that are not ours are taken along. Then the two folders are
exchanged in one step. The content of published files is never changed in place, so a link is as good as a copy.

Where a folder cannot be renamed (a mount point, a parent folder that is read-only), the new files are collected inside
`site/` with a journal, and then moved to their places. The next build completes what was interrupted (`recover`). The
same is done with few changes of a very big site (`publish_changes`): a link for each of its files would take seconds.
"""

from __future__ import annotations

import ctypes
import errno
import filecmp
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from briefing.site.publish import (
    MANIFEST,
    STAGED,
    Changes,
    Known,
    Listed,
    Tree,
    generated,
    refuse_foreign_folder,
    refuse_hand_written,
    removable,
    remove,
    write_list,
)

NEXT, PREVIOUS = "next", "previous"  # endings of the folders beside the site
# The folder cannot be renamed, or nothing can be written beside it.
NOT_MOVABLE = {errno.EBUSY, errno.EXDEV, errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTSUP}


def beside(site: Path, ending: str) -> Path:
    return site.with_name(f".{site.name}.{ending}")


def publish_site(source: Path, files: Mapping[str, Listed], site: Path, known: Known | None = None) -> Changes:
    """Make our files in `site` equal to these of `source`. If this fails, the site stays as it was."""
    refuse_foreign_folder(site)
    before = generated(site, known)
    tree = Tree(site)
    written = [name for name in sorted(files) if not _same(source / name, tree, name)]
    checked: set[str] = set()
    for name in written if site.is_dir() else ():
        refuse_hand_written(site, name, ours=True, checked=checked)
    removed = removable(site, {name: old for name, old in before.items() if name not in files})
    now = {name: Listed(file.hashes) for name, file in files.items()}
    if written or removed or before != now:
        _replace(source, site, now, written, removed)
    return Changes(tuple(written), tuple(removed), len(files) - len(written))


def publish_changes(
    source: Path, written: Iterable[str], files: Mapping[str, Listed], site: Path, known: Known | None = None
) -> Changes:
    """Move the files that were `written` below `source` to the site, and remove what is not in `files`."""
    refuse_foreign_folder(site)
    before, names = generated(site, known), sorted(written)
    for name in names:
        refuse_hand_written(site, name, ours=True)
    removed = removable(site, {name: old for name, old in before.items() if name not in files})
    _collect(source, site, {name: Listed(file.hashes) for name, file in files.items()}, names, os.replace)
    recover(site)
    return Changes(tuple(names), tuple(removed), len(files) - len(names))


def _same(one: Path, tree: Tree, name: str) -> bool:
    a, b = one.stat(), tree.stat(name)
    if b is None or a.st_size != b.st_size:
        return False
    if a.st_mtime_ns == b.st_mtime_ns:
        return True
    if not filecmp.cmp(one, tree.root / name, shallow=False):
        return False
    os.utime(tree.root / name, ns=(a.st_atime_ns, a.st_mtime_ns))  # the next comparison needs only the time
    return True


def _replace(source: Path, site: Path, now: Mapping[str, Listed], written: list[str], removed: list[str]) -> None:
    following = beside(site, NEXT)
    try:
        if site.is_mount():
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(site))
        if source != following:
            _put_together(source, site, following, now, frozenset(written))
        _take_along(site, following, {*now, *removed, MANIFEST})
        write_list(following, now)
        _exchange(following, site)
    except OSError as error:
        if source != following:
            shutil.rmtree(following, ignore_errors=True)
        if error.errno not in NOT_MOVABLE:
            raise
        _collect(source, site, now, written)
        recover(site)
    shutil.rmtree(following, ignore_errors=True)


def _put_together(source: Path, site: Path, folder: Path, names: Iterable[str], written: frozenset[str]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    made = {""}
    for name in sorted(names):
        parent = name.rpartition("/")[0]
        if parent not in made:
            (folder / parent).mkdir(parents=True, exist_ok=True)
            made.add(parent)
        if name in written:
            shutil.copy2(source / name, folder / name)
        else:
            link(site / name, folder / name)


def link(file: Path, place: Path) -> None:
    """Make a file the same as another one: a link, or a copy where that is not possible."""
    try:
        os.link(file, place, follow_symlinks=False)
    except OSError:  # the file system has no links, or no more of this file, or forbids one to another user's file
        shutil.copy2(file, place, follow_symlinks=False)


def _take_along(site: Path, folder: Path, ours: set[str]) -> None:
    """Put what is not ours into the new folder as well, such as CNAME or .git; and give it the mode of the old one."""
    if not site.is_dir():
        return
    for where, folders, files in os.walk(site):
        place = Path(where).relative_to(site)
        if place.parts[:1] == (STAGED,):
            continue
        links = [name for name in folders if Path(where, name).is_symlink()]
        foreign = [name for name in (*files, *links) if (place / name).as_posix() not in ours]
        if foreign or not (files or folders):
            (folder / place).mkdir(parents=True, exist_ok=True)
        for name in foreign:
            link(Path(where, name), folder / place / name)
    status = site.stat()
    folder.chmod(status.st_mode & 0o7777)
    with suppress(OSError):  # only root can do that, and needs it
        os.chown(folder, status.st_uid, status.st_gid)


def _exchange(following: Path, site: Path) -> None:
    """Put the new folder in the place of the old one, which gets the name of the new one."""
    if not os.path.lexists(site):
        following.rename(site)
    elif not os.access(site, os.W_OK):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES), str(site))
    elif not _exchange_at_once(following, site):
        site.rename(beside(site, PREVIOUS))  # `recover` knows what to do if the build ends here
        following.rename(site)
        beside(site, PREVIOUS).rename(following)


def _exchange_at_once(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, as Linux can; return whether the system and the file system know how."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    if renameat2(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code), str(other))


# --- in place, with a journal -------------------------------------------------------------------


def _collect(
    source: Path,
    site: Path,
    now: Mapping[str, Listed],
    written: list[str],
    put: Callable[[Path, Path], object] = shutil.copy2,
) -> None:
    """Put the new files into a folder of the site. Its list, which is written last, is the journal."""
    collected = site / STAGED
    shutil.rmtree(collected, ignore_errors=True)
    collected.mkdir(parents=True)
    numbers = {name: str(number) for number, name in enumerate(written)}
    for name, number in numbers.items():
        put(source / name, collected / number)
    write_list(collected, {name: replace(new, fingerprint=numbers.get(name, "")) for name, new in now.items()})


def recover(site: Path) -> None:
    """Complete the publishing that an earlier build began, and remove what it left."""
    previous, following = beside(site, PREVIOUS), beside(site, NEXT)
    if previous.is_dir() and not os.path.lexists(site):
        (following if (following / MANIFEST).is_file() else previous).rename(site)
    for folder in (previous, following):
        shutil.rmtree(folder, ignore_errors=True)
    collected = site / STAGED
    if (collected / MANIFEST).is_file():
        _move_collected(collected, site)
    shutil.rmtree(collected, ignore_errors=True)


def _move_collected(collected: Path, site: Path) -> None:
    before, now = generated(site), generated(collected)
    both = {name: Listed((*new.hashes, *before.get(name, new).hashes)) for name, new in now.items()}
    write_list(site, before | both)
    for name, new in now.items():
        if new.fingerprint.isdecimal() and (collected / new.fingerprint).is_file():
            refuse_hand_written(site, name, ours=True)
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (collected / new.fingerprint).replace(site / name)
    remove(site, {name: old for name, old in before.items() if name not in now})
    write_list(site, {name: Listed(new.hashes) for name, new in now.items()})
