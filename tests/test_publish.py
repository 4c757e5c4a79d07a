"""What is written, what is left, what is removed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from briefing.model import LazyPage, Page
from briefing.site import publish


def files(folder: Path) -> dict[str, str]:
    found = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    return {name: path.read_text() for name, path in found.items() if name != publish.MANIFEST}


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    first = publish.write_pages([Page("a.md", "1"), Page("b/c.md", "2")], tmp_path)
    assert first.written == ("a.md", "b/c.md")
    second = publish.write_pages([Page("a.md", "1"), Page("b/c.md", "3")], tmp_path)
    assert second == publish.Changes(("b/c.md",), (), 1)
    assert files(tmp_path) == {"a.md": "1", "b/c.md": "3"}


def test_a_second_time_nothing_is_touched(tmp_path: Path) -> None:
    pages = [Page("a.md", "1"), Page("b/c.md", "2")]
    publish.write_pages(pages, tmp_path)
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")}
    assert publish.write_pages(pages, tmp_path) == publish.Changes((), (), 2)
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")} == before


def never() -> Page:
    raise AssertionError("this page need not be made")


def test_a_page_whose_stamp_is_the_same_is_not_made(tmp_path: Path) -> None:
    publish.write_pages([LazyPage("a.md", "of this", lambda: Page("a.md", "1"))], tmp_path)
    assert publish.write_pages([LazyPage("a.md", "of this", never)], tmp_path) == publish.Changes((), (), 1)
    with pytest.raises(AssertionError, match="need not be made"):
        publish.write_pages([LazyPage("a.md", "of that", never)], tmp_path)
    (tmp_path / "a.md").unlink()
    publish.write_pages([LazyPage("a.md", "of this", lambda: Page("a.md", "1"))], tmp_path)
    assert files(tmp_path) == {"a.md": "1"}


def test_a_page_with_a_new_stamp_and_the_same_words_is_left(tmp_path: Path) -> None:
    publish.write_pages([LazyPage("a.md", "of this", lambda: Page("a.md", "1"))], tmp_path)
    again = publish.write_pages([LazyPage("a.md", "of that", lambda: Page("a.md", "1"))], tmp_path)
    assert again == publish.Changes((), (), 1)
    assert publish.write_pages([LazyPage("a.md", "of that", never)], tmp_path).unchanged == 1


def test_what_an_interrupted_build_did_not_write_is_written_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [
        LazyPage("a.md", "of this", lambda: Page("a.md", "1")),
        LazyPage("b.md", "of this", lambda: Page("b.md", "2")),
    ]
    publish.write_pages(pages, tmp_path)
    newer = [LazyPage(p.path, "of that", lambda p=p: Page(p.path, "3")) for p in pages]  # type: ignore[misc]
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


def test_a_page_that_is_no_more_goes_and_its_empty_folder_with_it(tmp_path: Path) -> None:
    (tmp_path / "about.md").write_text("by hand")
    publish.write_pages([Page("a/b/c.md", "1"), Page("d.md", "2")], tmp_path)
    assert publish.write_pages([Page("d.md", "2")], tmp_path).removed == ("a/b/c.md",)
    assert files(tmp_path) == {"about.md": "by hand", "d.md": "2"}
    assert not (tmp_path / "a").exists()


def test_a_hand_written_page_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "about.md").write_text("by hand")
    with pytest.raises(publish.NotOursError, match=r"about\.md is hand-written"):
        publish.write_pages([Page("about.md", "generated")], tmp_path)
    assert files(tmp_path) == {"about.md": "by hand"}


def test_two_pages_of_one_path_are_a_mistake_of_the_program(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError, match="two generated pages"):
        publish.write_pages([Page("a.md", "1"), Page("a.md", "2")], tmp_path)


def test_generated_pages_can_all_be_taken_away(tmp_path: Path) -> None:
    (tmp_path / "about.md").write_text("by hand")
    publish.write_pages([Page("a/b.md", "1")], tmp_path)
    publish.remove_pages(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["about.md"]


def test_a_mirror_equals_its_source_and_is_then_left_alone(tmp_path: Path) -> None:
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


def test_a_folder_of_somebody_elses_is_neither_filled_nor_emptied(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    publish.replace_file(source / "a.html", b"1")
    publish.replace_file(target / "diary.txt", b"mine")
    with pytest.raises(publish.NotOursError, match="was not built here"):
        publish.mirror(source, target)
    publish.remove_pages(target)
    assert files(target) == {"diary.txt": "mine"}


def test_what_somebody_puts_into_the_site_stays(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    publish.replace_file(source / "a.html", b"1")
    publish.mirror(source, target)
    publish.replace_file(target / "CNAME", b"archive.example")
    publish.replace_file(source / "a.html", b"2")
    publish.mirror(source, target)
    assert files(target) == {"a.html": "2", "CNAME": "archive.example"}
    publish.remove_pages(target)
    assert files(target) == {"CNAME": "archive.example"}


def test_pages_of_an_interrupted_build_are_known_as_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(path: Path, data: bytes) -> None:
        if path.name == "b.md":
            raise KeyboardInterrupt
        write(path, data)

    write = publish.replace_file
    with monkeypatch.context() as patched:
        patched.setattr(publish, "replace_file", cut_off)
        with pytest.raises(KeyboardInterrupt):
            publish.write_pages([Page("a.md", "1"), Page("b.md", "2")], tmp_path)
    publish.write_pages([Page("a.md", "other"), Page("b.md", "2")], tmp_path)
    assert files(tmp_path) == {"a.md": "other", "b.md": "2"}


def test_a_file_rendered_anew_with_the_same_content_is_not_written(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    publish.replace_file(source / "a.html", b"1")
    publish.mirror(source, target)
    node = (target / "a.html").stat().st_ino
    publish.replace_file(source / "a.html", b"1")
    assert publish.mirror(source, target).written == ()
    assert (target / "a.html").stat().st_ino == node
