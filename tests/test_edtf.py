"""EDTF dates: in words, and in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.content.edtf import in_words, sort_key, year_of

CASES = [
    ("2012-03-13", "13 March 2012", "2012"),
    ("2010-12", "December 2010", "2010"),
    ("2011", "2011", "2011"),
    ("2011-35", "third quarter of 2011", "2011"),
    ("2024-21", "spring 2024", "2024"),
    ("2024-41", "second half of 2024", "2024"),
    ("199X", "1990s", None),
    ("19XX", "1900s", None),
    ("XXXX-XX-22", "the 22nd, month not given", None),
    ("XXXX-03-05", "5 March", None),
    ("2012-XX-11", "the 11th, month not given, 2012", "2012"),
    ("/2023-12-31", "by 31 December 2023", "2023"),
    ("2023-09/..", "from September 2023", "2023"),
    ("2020/2024", "2020 to 2024", "2024"),
    ("2012~", "about 2012", "2012"),
    ("2012-05?", "perhaps May 2012", "2012"),
    ("2012-13", "2012-13", "2012"),
    ("nonsense", "nonsense", None),
]


@pytest.mark.parametrize(("edtf", "words", "year"), CASES)
def test_dates_in_words(edtf: str, words: str, year: str | None) -> None:
    assert in_words(edtf) == words
    assert year_of(edtf) == year


def test_dates_are_ordered_by_start_then_precision() -> None:
    right = [None, "2010", "2010-07", "2010-07-09", "2010-09-01", "2010-09-02/2012", "2010-36", "2011"]
    shuffled = right[3:] + right[:3]
    assert sorted(shuffled, key=sort_key) == right
    assert sort_key(None) < sort_key("2010") < sort_key("2010-07") < sort_key("2010-07-09") < sort_key("2011")


@given(st.text(alphabet="0123456789X-/.~?%T", max_size=24))
def test_any_date_has_words_and_a_position(edtf: str) -> None:
    assert isinstance(in_words(edtf), str)
    assert isinstance(sort_key(edtf), str)
