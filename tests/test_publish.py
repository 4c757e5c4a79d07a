"""Publishing: what is written, kept and removed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from briefing.model import Page
from briefing.site import publish
from tests.builders import later, page


def files(folder: Path) -> dict[str, str]:
    found = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    return {name: path.read_text() for name, path in found.items() if name != publish.MANIFEST}


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    first = publish.write_pages([page("a.md", "1"), page("b/c.md", "2")], tmp_path)
    assert first.written == ("a.md", "b/c.md")
    second = publish.write_pages([page("a.md", "1"), page("b/c.md", "3")], tmp_path)
    assert second == publish.Changes(("b/c.md",), (), 1)
    assert files(tmp_path) == {"a.md": "1", "b/c.md": "3"}


def test_second_run_writes_nothing(tmp_path: Path) -> None:
    pages = [page("a.md", "1"), page("b/c.md", "2")]
    publish.write_pages(pages, tmp_path)
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")}
    assert publish.write_pages(pages, tmp_path) == publish.Changes((), (), 2)
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")} == before


def never() -> Page:
    raise AssertionError("this page need not be made")


def test_page_with_the_same_fingerprint_is_not_rendered(tmp_path: Path) -> None:
    publish.write_pages([later("a.md", "of this", lambda: page("a.md", "1"))], tmp_path)
    assert publish.write_pages([later("a.md", "of this", never)], tmp_path) == publish.Changes((), (), 1)
    with pytest.raises(AssertionError, match="need not be made"):
        publish.write_pages([later("a.md", "of that", never)], tmp_path)
    (tmp_path / "a.md").unlink()
    publish.write_pages([later("a.md", "of this", lambda: page("a.md", "1"))], tmp_path)
    assert files(tmp_path) == {"a.md": "1"}


def test_page_with_the_same_text_is_not_written(tmp_path: Path) -> None:
    publish.write_pages([later("a.md", "of this", lambda: page("a.md", "1"))], tmp_path)
    again = publish.write_pages([later("a.md", "of that", lambda: page("a.md", "1"))], tmp_path)
    assert again == publish.Changes((), (), 1)
    assert publish.write_pages([later("a.md", "of that", never)], tmp_path).unchanged == 1


def test_next_build_completes_an_interrupted_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [later("a.md", "of this", lambda: page("a.md", "1")), later("b.md", "of this", lambda: page("b.md", "2"))]
    publish.write_pages(pages, tmp_path)
    newer = [later(p.path, "of that", lambda p=p: page(p.path, "3")) for p in pages]  # type: ignore[misc]
    write = publish.replace_file

    def cut_off(path: Path, data: bytes) -> None:
        if path.name == "b.md":
            raise KeyboardInterrupt
        write(path, data)

    with monkeypatch.context() as broken:
        broken.setattr(publish, "replace_file", cut_off)
        with pytest.raises(KeyboardInterrupt):
            publish.write_pages(newer, tmp_path)
    publish.write_pages(newer, tmp_path)
    assert files(tmp_path) == {"a.md": "3", "b.md": "3"}


def test_obsolete_page_and_its_empty_folder_are_removed(tmp_path: Path) -> None:
    (tmp_path / "about.md").write_text("by hand")
    publish.write_pages([page("a/b/c.md", "1"), page("d.md", "2")], tmp_path)
    assert publish.write_pages([page("d.md", "2")], tmp_path).removed == ("a/b/c.md",)
    assert files(tmp_path) == {"about.md": "by hand", "d.md": "2"}
    assert not (tmp_path / "a").exists()


def test_hand_written_page_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "about.md").write_text("by hand")
    with pytest.raises(publish.NotOursError, match=r"about\.md is hand-written"):
        publish.write_pages([page("about.md", "generated")], tmp_path)
    assert files(tmp_path) == {"about.md": "by hand"}


def test_two_pages_with_one_path_are_a_bug(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError, match="two generated pages"):
        publish.write_pages([page("a.md", "1"), page("a.md", "2")], tmp_path)


def test_all_generated_pages_can_be_removed(tmp_path: Path) -> None:
    (tmp_path / "about.md").write_text("by hand")
    publish.write_pages([page("a/b.md", "1")], tmp_path)
    publish.remove_pages(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["about.md"]


def test_mirror_equals_its_source_and_is_not_rewritten(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    for name, text in {"a.html": "1", "b/c.html": "2", "old/gone.html": "0", ".done": "x"}.items():
        publish.replace_file(source / name, text.encode())
    publish.mirror(source, target, frozenset({".done"}))
    publish.replace_file(source / "a.html", b"9")
    shutil.rmtree(source / "old")
    second = publish.mirror(source, target, frozenset({".done"}))
    assert second == publish.Changes(("a.html",), ("old/gone.html",), 1)
    assert files(target) == {"a.html": "9", "b/c.html": "2"}
    assert publish.mirror(source, target, frozenset({".done"})) == publish.Changes((), (), 2)


def test_foreign_folder_is_not_touched(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    publish.replace_file(source / "a.html", b"1")
    publish.replace_file(target / "diary.txt", b"mine")
    with pytest.raises(publish.NotOursError, match="was not built here"):
        publish.mirror(source, target)
    publish.remove_pages(target)
    assert files(target) == {"diary.txt": "mine"}


def test_foreign_files_in_the_site_are_kept(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    publish.replace_file(source / "a.html", b"1")
    publish.mirror(source, target)
    publish.replace_file(target / "CNAME", b"archive.example")
    publish.replace_file(source / "a.html", b"2")
    publish.mirror(source, target)
    assert files(target) == {"a.html": "2", "CNAME": "archive.example"}
    publish.remove_pages(target)
    assert files(target) == {"CNAME": "archive.example"}


def test_pages_of_an_interrupted_build_are_recognised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(path: Path, data: bytes) -> None:
        if path.name == "b.md":
            raise KeyboardInterrupt
        write(path, data)

    write = publish.replace_file
    with monkeypatch.context() as patched:
        patched.setattr(publish, "replace_file", cut_off)
        with pytest.raises(KeyboardInterrupt):
            publish.write_pages([page("a.md", "1"), page("b.md", "2")], tmp_path)
    publish.write_pages([page("a.md", "other"), page("b.md", "2")], tmp_path)
    assert files(tmp_path) == {"a.md": "other", "b.md": "2"}


def test_file_with_the_same_content_is_not_written(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    publish.replace_file(source / "a.html", b"1")
    publish.mirror(source, target)
    node = (target / "a.html").stat().st_ino
    publish.replace_file(source / "a.html", b"1")
    assert publish.mirror(source, target).written == ()
    assert (target / "a.html").stat().st_ino == node
