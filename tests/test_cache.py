"""The cache returns what was stored, and its keys are distinct."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from briefing import cache
from tests.builders import analysis, entity, sentence, token


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
