"""The site is replaced as a whole, or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefing.site import publish, switch
from briefing.site.publish import Changes, Listed, NotOursError

OLD = {"a.html": "1", "b/c.html": "2", "old/gone.html": "0"}
NEW = {"a.html": "9", "b/c.html": "2", "d/e.html": "4"}
FOREIGN = {"CNAME": "archive.example", ".git/config": "[core]", "b/mine.txt": "x"}


def contents(folder: Path) -> dict[str, str]:
    found = {
        p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file() and p.name != publish.MANIFEST
    }
    return {name: path.read_text() for name, path in found.items()}


def write(folder: Path, files: dict[str, str]) -> dict[str, Listed]:
    """Write files where they differ; return their list."""
    for name, text in files.items():
        publish.replace_if_changed(folder / name, text.encode())
    return {name: Listed((publish.hash_of(folder / name),)) for name in files}


def put(tmp_path: Path, files: dict[str, str]) -> Changes:
    rendered = tmp_path / "rendered"
    return switch.publish_site(rendered, write(rendered, files), tmp_path / "site")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A published site with files that are not ours."""
    put(tmp_path, OLD)
    write(tmp_path / "site", FOREIGN)
    return tmp_path / "site"


def left(site: Path) -> list[str]:
    return sorted(path.name for path in site.parent.iterdir() if path.name not in ("site", "rendered"))


def test_site_equals_what_was_rendered_and_is_not_rewritten(site: Path, tmp_path: Path) -> None:
    node = (site / "b/c.html").stat().st_ino
    assert put(tmp_path, NEW) == Changes(("a.html", "d/e.html"), ("old/gone.html",), 1)
    assert contents(site) == NEW | FOREIGN
    assert (site / "b/c.html").stat().st_ino == node
    assert not (site / "old").exists()
    folder = site.stat().st_ino
    assert put(tmp_path, NEW) == Changes((), (), 3)
    assert site.stat().st_ino == folder
    assert left(site) == []
    publish.remove_pages(site)
    assert contents(site) == FOREIGN


def test_what_is_not_listed_is_not_published(tmp_path: Path) -> None:
    write(tmp_path / "rendered", {"stray.html": "forged"})
    put(tmp_path, NEW)
    assert contents(tmp_path / "site") == NEW


def test_published_file_is_not_the_rendered_one(site: Path, tmp_path: Path) -> None:
    """MkDocs writes into the rendered files; the published ones must not change with them."""
    (tmp_path / "rendered/a.html").write_text("half a pa")
    assert (site / "a.html").read_text() == "1"


def test_few_changes_are_moved_in(site: Path, tmp_path: Path) -> None:
    staged = switch.beside(site, switch.NEXT)
    write(staged, {name: text for name, text in NEW.items() if OLD.get(name) != text})
    files = write(tmp_path / "rendered", NEW)
    node, folder = (site / "b/c.html").stat().st_ino, site.stat().st_ino
    changes = switch.publish_changes(staged, {"d/e.html", "a.html"}, files, site)
    assert changes == Changes(("a.html", "d/e.html"), ("old/gone.html",), 1)
    assert contents(site) == NEW | FOREIGN
    assert ((site / "b/c.html").stat().st_ino, site.stat().st_ino) == (node, folder)
    assert publish.generated(site) == files
    assert left(site) == []


def test_interrupted_moves_are_completed(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    staged = switch.beside(site, switch.NEXT)
    write(staged, {name: text for name, text in NEW.items() if OLD.get(name) != text})
    files = write(tmp_path / "rendered", NEW)
    monkeypatch.setattr(switch, "_move_collected", _killed)
    with pytest.raises(KeyboardInterrupt):
        switch.publish_changes(staged, {"d/e.html", "a.html"}, files, site)
    assert {name: text for name, text in contents(site).items() if name in OLD} == OLD
    monkeypatch.undo()
    switch.recover(site)
    assert contents(site) == NEW | FOREIGN


def _killed(*_: Any) -> None:
    raise KeyboardInterrupt


def test_foreign_folder_is_not_touched(tmp_path: Path) -> None:
    write(tmp_path / "site", {"diary.txt": "mine"})
    with pytest.raises(NotOursError, match="was not built here"):
        put(tmp_path, NEW)
    publish.remove_pages(tmp_path / "site")
    assert contents(tmp_path / "site") == {"diary.txt": "mine"}


def test_links_modes_and_empty_folders_that_are_not_ours_are_kept(site: Path, tmp_path: Path) -> None:
    (site / "latest").symlink_to("b")
    (site / "empty").mkdir()
    site.chmod(0o755)
    put(tmp_path, NEW)
    assert (site / "latest").readlink() == Path("b")
    assert (site / "empty").is_dir()
    assert site.stat().st_mode & 0o777 == 0o755


def test_page_is_not_written_through_a_link(site: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (site / "d").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotOursError, match="d is no folder"):
        put(tmp_path, NEW)
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert contents(site) == OLD | FOREIGN


def test_obsolete_page_that_was_changed_by_hand_stays(
    site: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (site / "old/gone.html").write_text("changed")
    assert put(tmp_path, NEW).removed == ()
    assert contents(site) == NEW | FOREIGN | {"old/gone.html": "changed"}
    assert caplog.text.count("not removed") == 1


def test_damaged_list_of_the_site_is_made_again(site: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (site / publish.MANIFEST).write_text("{")
    rendered = tmp_path / "rendered"
    known = {"old/gone.html": publish.hash_of(site / "old/gone.html")}
    switch.publish_site(rendered, write(rendered, NEW), site, known)
    assert contents(site) == NEW | FOREIGN | {".generated.json.damaged": "{"}
    assert len(caplog.records) == 1


# --- interruptions ------------------------------------------------------------------------------

Break = Callable[[pytest.MonkeyPatch], None]


def no_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that cannot exchange two folders in one step."""
    monkeypatch.setattr(switch, "_exchange_at_once", lambda *_: False)


def not_movable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_mount", lambda self: self.name == "site")


@pytest.mark.parametrize("way", [lambda _: None, no_exchange, not_movable])
def test_site_is_old_or_new_wherever_publishing_ends(site: Path, tmp_path: Path, way: Break) -> None:
    """End publishing at its first, second, ... operation on files; then let the next build recover."""
    ended = 0
    for number in range(1000):
        for name in (*OLD, *NEW):
            (site / name).unlink(missing_ok=True)
        write(site, OLD)
        publish.write_list(site, write(site, OLD))
        with pytest.MonkeyPatch.context() as monkeypatch:
            way(monkeypatch)
            stop = end_at(monkeypatch, number)
            try:
                put(tmp_path, NEW)
            except KeyboardInterrupt:
                ended += 1
        whole = [files | FOREIGN for files in (OLD, NEW)]
        if way is not not_movable and site.exists():
            assert contents(site) in whole
        switch.recover(site)
        assert {n: t for n, t in contents(site).items() if not n.startswith(".generated/")} in whole, number
        put(tmp_path, NEW)
        assert contents(site) == NEW | FOREIGN
        assert left(site) == []
        if not stop():
            break
    assert ended > 10


def end_at(monkeypatch: pytest.MonkeyPatch, number: int) -> Callable[[], bool]:
    """Raise KeyboardInterrupt at an operation that changes files; return whether that happened."""
    count = 0

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            nonlocal count
            count += 1
            if count == number + 1:
                raise KeyboardInterrupt
            return function(*args, **more)

        return call

    for name in ("rename", "replace", "link", "mkdir", "unlink", "rmdir", "utime", "chmod"):
        monkeypatch.setattr(os, name, counted(getattr(os, name)))
    monkeypatch.setattr(switch, "_exchange_at_once", counted(switch._exchange_at_once))
    return lambda: count > number


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
@pytest.mark.parametrize("name", ["link", "mkdir", "utime"])
def test_failure_leaves_the_old_site(
    site: Path, tmp_path: Path, number: int, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(number, os.strerror(number), "here")

    with monkeypatch.context() as broken:
        broken.setattr(os, name, fail)
        if name == "link":
            broken.setattr("shutil.copy2", fail)
        with pytest.raises(OSError, match="here"):
            put(tmp_path, NEW)
    assert contents(site) == OLD | FOREIGN
    assert left(site) == []
    put(tmp_path, NEW)
    assert contents(site) == NEW | FOREIGN


def test_without_hard_links_files_are_copied(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", fail)
    put(tmp_path, NEW)
    assert contents(site) == NEW | FOREIGN
