"""What is kept comes back as it was; keys tell everything apart."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from briefing import cache
from briefing.model import Analysis, Entity, Sentence, Token


def test_what_was_put_is_there_and_nothing_else(tmp_path: Path) -> None:
    with closing(cache.Cache(tmp_path / "deep" / "c.sqlite")) as store:
        assert store.get("row", "k") is None
        assert not store.has("row", "k")
        store.put("row", "k", b"\x00 value")
        assert store.get("row", "k") == b"\x00 value"
        assert store.has("row", "k")
        assert store.get("briefing", "k") is None


def test_two_connections_share_one_file(tmp_path: Path) -> None:
    with closing(cache.Cache(tmp_path / "c.sqlite")) as one, closing(cache.Cache(tmp_path / "c.sqlite")) as other:
        one.put("row", "k", b"1")
        other.put("row", "k", b"2")
        assert one.get("row", "k") == b"2"


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_different_parts_give_different_digests(one: list[str], other: list[str]) -> None:
    assert (cache.digest(*one) == cache.digest(*other)) == (one == other)


def test_an_analysis_survives_packing() -> None:
    text = "Ada Verne spoke. Fine."
    tokens = (
        Token(0, 3, "Ada", "NNP", "compound", 1, 0, 0),
        Token(4, 9, "Verne", "NNP", "nsubj", 2, 0, 0),
        Token(10, 15, "spoke", "VBD", "ROOT", 2, 0, 0),
        Token(15, 16, ".", ".", "punct", 2, 0, 0),
        Token(17, 21, "Fine", "JJ", "ROOT", 4, 1, 0),
        Token(21, 22, ".", ".", "punct", 4, 1, 0),
    )
    sentences = (Sentence("s1", 0, 16, 0, 4, 0), Sentence("s2", 17, 22, 4, 6, 0))
    analysis = Analysis(text, tokens, sentences, (Entity(0, 9, "PERSON", 0, 2),))
    assert cache.unpack(cache.pack(analysis), text) == analysis
    empty = Analysis("", (), (), ())
    assert cache.unpack(cache.pack(empty), "") == empty


def test_a_digest_of_files_sees_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("1")
    first = cache.digest_files(tmp_path, "*.py")
    (tmp_path / "note.txt").write_text("not asked for")
    assert cache.digest_files(tmp_path, "*.py") == first
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    assert cache.digest_files(tmp_path, "*.py") != first


def test_who_may_only_read_adds_nothing(tmp_path: Path) -> None:
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
