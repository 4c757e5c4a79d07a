"""The cache returns what was stored, and its keys are distinct."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import cache
from tests.builders import analysis, entity, sentence, token


def test_what_no_archive_uses_is_forgotten(tmp_path: Path) -> None:
    """An analysis is kept as long as an article was read from it, in any archive that still exists."""
    ours, other, gone = (tmp_path / name for name in ("ours", "other", "gone"))
    other.mkdir()
    with closing(cache.Cache(tmp_path / "c.sqlite")) as store:
        for archive, keys in ((ours, ("a", "b")), (other, ("b", "c")), (gone, ("d",))):
            store.use(archive, keys)
        for key in "abcdx":
            for kind in (*cache.OF_ARTICLES, "analysis"):
                store.put(kind, key, b"1")
            store.link_analysis(key, key)
        store.put("other", "y", b"1")
        store.forget_unused(ours, ["b"])
        for kind in (*cache.OF_ARTICLES, "analysis"):
            assert [key for key in "abcdx" if store.get(kind, key)] == ["b", "c"], kind
        assert store.get("other", "y")
        store.put_all("known", {"b": b"2", "c": b"3"})
        assert (store.get("known", "b"), store.get("known", "c")) == (b"2", b"3")


def test_cache_returns_what_was_stored(tmp_path: Path) -> None:
    with closing(cache.Cache(tmp_path / "deep" / "c.sqlite")) as store:
        assert store.get("row", "k") is None
        store.put("row", "k", b"\x00 value")
        assert store.get("row", "k") == b"\x00 value"
        assert store.get("briefing", "k") is None


def test_two_connections_share_a_file(tmp_path: Path) -> None:
    with closing(cache.Cache(tmp_path / "c.sqlite")) as one, closing(cache.Cache(tmp_path / "c.sqlite")) as other:
        one.put("row", "k", b"1")
        other.put("row", "k", b"2")
        assert one.get("row", "k") == b"2"


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_different_parts_give_different_digests(one: list[str], other: list[str]) -> None:
    assert (cache.digest(*one) == cache.digest(*other)) == (one == other)


def test_analysis_survives_packing() -> None:
    text = "Ada Verne spoke. Fine."
    tokens = (
        token(0, "Ada", "NNP", "compound", 1),
        token(4, "Verne", "NNP", "nsubj", 2),
        token(10, "spoke", "VBD", "ROOT", 2),
        token(15, ".", ".", "punct", 2),
        token(17, "Fine", "JJ", "ROOT", 4, sentence=1),
        token(21, ".", ".", "punct", 4, sentence=1),
    )
    sentences = (sentence(0, 16, 0, 4), sentence(17, 22, 4, 6, id="s2"))
    parsed = analysis(text, tokens, sentences, entities=(entity(0, 9, "PERSON", 0, 2),))
    assert cache.unpack(cache.pack(parsed), text) == parsed
    empty = analysis("")
    assert cache.unpack(cache.pack(empty), "") == empty


def test_digest_of_files_depends_on_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("1")
    first = cache.digest_files(tmp_path, "*.py")
    (tmp_path / "note.txt").write_text("not asked for")
    assert cache.digest_files(tmp_path, "*.py") == first
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    assert cache.digest_files(tmp_path, "*.py") != first


def test_read_only_cache_stores_nothing(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    with closing(cache.ReadOnlyCache(path)) as nothing:
        assert nothing.get("row", "k") is None
        nothing.put("row", "k", b"1")
        assert nothing.get("row", "k") is None
    assert not path.exists()
    with closing(cache.Cache(path)) as store:
        store.put("row", "k", b"1")
    with closing(cache.ReadOnlyCache(path)) as kept:
        kept.put("row", "other", b"2")
        assert kept.get("row", "k") == b"1"
        assert kept.get("row", "other") is None


def entry(path: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(statement, values)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kept SET value='text'",
        "UPDATE kept SET value=x'00'",
        "UPDATE kept SET value=NULL",
        "UPDATE kept SET seal=x'00'",
        "UPDATE kept SET key='k'",
        "UPDATE kept SET kind='briefing'",
        "DELETE FROM kept",
    ],
)
def test_altered_entry_is_missing(statement: str, tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    with closing(cache.Cache(path)) as store:
        store.put("row", "other", b"1")
    entry(path, statement)
    for kind in (cache.Cache, cache.ReadOnlyCache):
        with closing(kind(path)) as store:
            assert [store.get(kind, key) for kind in ("row", "briefing") for key in ("k", "other")] == [None] * 4


@pytest.mark.parametrize("data", [b"", b"\0" * 9999, b"SQLite format 3\0" + b"\7" * 9999, b"text"])
def test_damaged_file_is_set_aside(data: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "c.sqlite"
    path.write_bytes(data)
    with closing(cache.ReadOnlyCache(path)) as nothing:
        assert nothing.get("row", "k") is None
    assert path.read_bytes() == data
    with closing(cache.Cache(path)) as store:
        store.put("row", "k", b"1")
        assert store.get("row", "k") == b"1"
    assert len(caplog.records) == bool(data)
    assert (tmp_path / "c.sqlite.damaged").exists() == bool(data)


def test_file_damaged_while_it_is_open_is_set_aside(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "c.sqlite"
    with closing(cache.Cache(path)) as store:
        for number in range(400):
            store.put("row", str(number), str(number).encode() * 999)
    with closing(cache.Cache(path, replaceable=False)) as worker, closing(cache.Cache(path)) as store:
        with path.open("r+b") as file:
            for page in range(1, path.stat().st_size // 4096):
                file.seek(page * 4096)
                file.write(b"\xff" * 4096)
        with pytest.raises(cache.CacheDamagedError):
            assert {worker.get("row", str(number)) for number in range(400)}
        assert None in {store.get("row", str(number)) for number in range(400)}
        store.put("row", "k", b"1")
        assert store.get("row", "k") == b"1"
    assert len(caplog.records) == 1


def test_locked_file_is_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "c.sqlite"
    monkeypatch.setattr(cache, "PATIENCE", 0.1)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("CREATE TABLE t (x)")
        other.execute("BEGIN EXCLUSIVE")
        with closing(cache.Cache(path)) as store:
            store.put("row", "k", b"1")
            assert store.get("row", "k") == b"1"
    assert len(caplog.records) == 1


def test_full_disk_is_not_taken_for_damage(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    with closing(cache.Cache(path)) as store:
        store.db.execute("PRAGMA max_page_count=8")
        with pytest.raises(OSError, match="full") as told:
            store.put("row", "k", random.Random(1).randbytes(99_999))
    assert told.value.filename == str(path)
    assert [p.name for p in tmp_path.iterdir()] == ["c.sqlite"]


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"tokens": 3}', b"null"])
def test_analysis_of_another_shape_is_missing(data: bytes) -> None:
    assert cache.unpack(data, "Ada Verne spoke.") is None


def test_analysis_of_another_text_is_missing() -> None:
    text = "Ada Verne spoke."
    parsed = analysis(text, (token(10, "spoke", "VBD", "ROOT", 0),), (sentence(0, 16, 0, 1),))
    assert cache.unpack(cache.pack(parsed), text) == parsed
    assert cache.unpack(cache.pack(parsed), text[:9]) is None
