"""Publishing: what is written, kept and removed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def interrupted_at(monkeypatch: pytest.MonkeyPatch, name: str) -> Iterator[None]:
    """End the build when a file of this name is put in its place."""
    move = Path.replace

    def cut_off(self: Path, target: Path) -> Path:
        if Path(target).name == name:
            raise KeyboardInterrupt
        return move(self, target)

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", cut_off)
        yield


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
    with interrupted_at(monkeypatch, "b.md"), pytest.raises(KeyboardInterrupt):
        publish.write_pages(newer, tmp_path)
    assert files(tmp_path) == {"a.md": "3", "b.md": "2", ".generated/1": "3"}
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


def test_pages_of_an_interrupted_build_are_recognised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with interrupted_at(monkeypatch, "b.md"), pytest.raises(KeyboardInterrupt):
        publish.write_pages([page("a.md", "1"), page("b.md", "2")], tmp_path)
    publish.write_pages([page("a.md", "other"), page("b.md", "2")], tmp_path)
    assert files(tmp_path) == {"a.md": "other", "b.md": "2"}


OUTSIDE = (
    "../victim.txt",
    "/etc/victim.txt",
    "a/../../victim.txt",
    "a//b.md",
    "./a.md",
    "a\\b.md",
    "",
    ".",
    "..",
    ".generated.json",
)


@pytest.mark.parametrize("name", OUTSIDE)
def test_list_cannot_name_files_outside_its_folder(name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    docs, victim = tmp_path / "docs", tmp_path / "victim.txt"
    victim.write_text("mine")
    listed = {name: {"hashes": [publish.hash_of(victim)]}}
    publish.replace_file(docs / publish.MANIFEST, json.dumps(listed).encode())
    publish.write_pages([page("a.md", "1")], docs)
    publish.remove_pages(docs)
    assert victim.read_text() == "mine"
    assert "cannot be used" in caplog.text


def test_list_cannot_have_a_hand_written_file_removed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """`about.md` is in the list of a stranger; only a file with the content that was generated is removed."""
    (tmp_path / "about.md").write_text("by hand")
    listed = {"about.md": {"hashes": ["0" * 64]}, "b.md": "0123 old-fingerprint"}
    publish.replace_file(tmp_path / publish.MANIFEST, json.dumps(listed).encode())
    assert publish.write_pages([page("a.md", "1")], tmp_path).removed == ()
    assert files(tmp_path) == {"about.md": "by hand", "a.md": "1"}
    assert caplog.text.count("not removed") == 1


def test_nothing_is_removed_or_written_through_a_symbolic_link(tmp_path: Path) -> None:
    docs, elsewhere = tmp_path / "docs", tmp_path / "elsewhere"
    publish.write_pages([page("a/b.md", "1"), page("c.md", "2")], docs)
    elsewhere.mkdir()
    (docs / "a").rename(elsewhere / "a")
    (docs / "a").symlink_to(elsewhere / "a")
    publish.write_pages([page("c.md", "2")], docs)
    assert (elsewhere / "a" / "b.md").read_text() == "1"
    with pytest.raises(publish.NotOursError, match=r"a is no folder"):
        publish.write_pages([page("a/b.md", "3")], docs)
    assert (elsewhere / "a" / "b.md").read_text() == "1"


DAMAGED = (
    b"",
    b"{",
    b"\xff\xfe",
    b"[]",
    b"null",
    b'{"a.md": 3}',
    b'{"a.md": {"hashes": "x"}}',
    b"[" * 9999,
)


@pytest.mark.parametrize("data", DAMAGED)
def test_damaged_list_is_renamed_and_made_again(data: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    pages = [page("a.md", "1"), page("b/c.md", "2")]
    publish.write_pages(pages, tmp_path)
    (tmp_path / publish.MANIFEST).write_bytes(data)
    assert publish.write_pages(pages, tmp_path).written == ()  # they are as we would write them
    assert len(caplog.records) == 1
    assert "renamed to .generated.json.damaged" in caplog.text
    caplog.clear()
    publish.write_pages(pages[:1], tmp_path)
    publish.remove_pages(tmp_path)
    assert not tmp_path.exists()
    assert not caplog.records


def test_what_was_rendered_stands_in_for_a_damaged_list(tmp_path: Path) -> None:
    publish.write_pages([page("a.md", "1"), page("b.md", "2")], tmp_path)
    known = {name: listed.hashes[0] for name, listed in publish.generated(tmp_path).items()}
    (tmp_path / publish.MANIFEST).write_text("{")
    changes = publish.write_pages([page("a.md", "3")], tmp_path, known)
    assert (changes.written, changes.removed) == (("a.md",), ("b.md",))
    (tmp_path / publish.MANIFEST).write_text("{")
    publish.remove_pages(tmp_path, {"a.md": publish.hash_of(tmp_path / "a.md")})
    assert not tmp_path.exists()


def test_page_that_was_changed_by_hand_is_restored(tmp_path: Path) -> None:
    made = later("a.md", "of this", lambda: page("a.md", "1"))
    publish.write_pages([made], tmp_path)
    (tmp_path / "a.md").write_text("8")
    assert publish.write_pages([made], tmp_path).written == ("a.md",)
    assert files(tmp_path) == {"a.md": "1"}


def test_failure_while_pages_are_made_changes_nothing(tmp_path: Path) -> None:
    publish.write_pages([page("a.md", "1")], tmp_path)

    def full() -> Page:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        publish.write_pages([page("a.md", "2"), later("b.md", "x", full)], tmp_path)
    assert (tmp_path / "a.md").read_text() == "1"
    publish.write_pages([page("a.md", "2")], tmp_path)
    assert files(tmp_path) == {"a.md": "2"}
