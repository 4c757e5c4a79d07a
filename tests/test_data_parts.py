"""Files of parts: what is copied from the last build equals what is written anew, and only news is written anew."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.site.data.parts import Parts
from briefing.site.publish import hash_of

FILE = "lines.json"
Archive = dict[str, str]  # what each briefing has in the file


def write(folder: Path, archive: Archive) -> list[str]:
    """Write the file and return the briefings whose parts were made."""
    path, new = folder / FILE, folder / "new.json"

    def find(name: str) -> tuple[Path, str] | None:
        return (path, hash_of(path)) if path.is_file() and name == FILE else None

    parts = Parts(folder / "record.json", {name: f"key of {part}" for name, part in archive.items()}, find, [FILE])
    made = []
    with parts.file(FILE, new, "[", ",") as file:
        for name, part in sorted(archive.items()):
            if (place := parts.place(name)) is not None:
                file.keep(place)
            else:
                file.add(part)
                made.append(name)
        file.end("]")
    parts.remember({FILE: hash_of(new)})
    new.replace(path)
    return made


def whole(archive: Archive) -> bytes:
    return f"[{','.join(part for _, part in sorted(archive.items()) if part)}]".encode()


NAMES = st.sampled_from(["2023/quay", "2024/a", "2024/b", "2024/c", "2024/ø", "x"])
ARCHIVES = st.dictionaries(NAMES, st.sampled_from(["", "1", "22", "é\n333", "[1,2]"]))


@given(st.lists(ARCHIVES, min_size=2, max_size=6))
@settings(max_examples=150, deadline=None)
@example([{"a": "1", "b": "2"}, {"b": "2"}, {"a": "1", "b": "2"}])  # the first one goes and comes
@example([{"a": "", "b": "2"}, {"a": "1", "b": "2"}, {"a": "", "b": "2", "c": "3"}])
@example([{"a": "1", "b": "2", "c": "3"}, {"a": "1", "c": "3"}])  # what is copied is in two pieces
def test_a_file_that_grew_equals_one_written_at_once(archives: list[Archive]) -> None:
    with TemporaryDirectory() as folder:
        before: Archive = {}
        for archive in archives:
            made = write(Path(folder), archive)
            assert (Path(folder) / FILE).read_bytes() == whole(archive)
            assert made == sorted(name for name, part in archive.items() if before.get(name) != part)
            before = archive


def test_a_file_that_somebody_changed_is_written_anew(tmp_path: Path) -> None:
    archive = {"a": "1", "b": "2"}
    write(tmp_path, archive)
    (tmp_path / FILE).write_text("[1,3]")
    assert write(tmp_path, archive) == ["a", "b"]
    assert (tmp_path / FILE).read_bytes() == whole(archive)


def test_a_damaged_record_is_not_used(tmp_path: Path) -> None:
    archive = {"a": "1", "b": "2"}
    for text in ("", "[]", "{}", '{"files": {"lines.json": [1]}, "briefings": {}}'):
        write(tmp_path, archive)
        (tmp_path / "record.json").write_text(text)
        assert write(tmp_path, archive) == ["a", "b"], text
        assert (tmp_path / FILE).read_bytes() == whole(archive)
