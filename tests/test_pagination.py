"""Pagination: pages stay small and no entry is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing.site.templates import OVERVIEW, PAGE_SIZE, entries_per_year, paginate


@given(st.integers(0, 1000))
def test_each_entry_appears_once_and_in_order(count: int) -> None:
    found = list(paginate("years/2024", list(range(count))))
    assert [e for part in found for e in part.entries] == list(range(count))
    assert all(len(part.entries) <= PAGE_SIZE for part in found)
    assert [part.place for part in found] == found[0].places
    assert found[0].place == "years/2024"


def test_overview_shows_entries_of_each_year() -> None:
    assert entries_per_year(0, 0) == entries_per_year(1, 500) == entries_per_year(30, OVERVIEW) == OVERVIEW
    assert entries_per_year(1000, 5000) > 0
