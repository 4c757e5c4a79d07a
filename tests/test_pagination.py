"""Pagination: pages stay small and no entry is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.archive.summaries import Row, row
from briefing.site.indexes import by_month
from briefing.site.templates import OVERVIEW, PAGE_SIZE, entries_per_year, paginate
from tests.example_briefing import example


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


@pytest.mark.parametrize(
    ("year", "published", "months"),
    [
        ("2021", ["2021-05-04", "2021-05", "2021", "2021-XX"], ["2021-05", ""]),
        ("2021", ["2021-03", "2019/2021", "2020-05/2021-06", "202X/2021"], ["2021-03", ""]),
        ("2021", ["2021-05", "2020-05/2021-06"], ["2021-05", ""]),
        (None, ["199X", "202X-05", "-0099-05", "XXXX", "Y170002", "18XX", None], [""]),
        ("0000", ["0000", "0000-05"], ["", "0000-05"]),
    ],
)  # fmt: skip
def test_each_month_has_one_heading(year: str | None, published: list[str | None], months: list[str]) -> None:
    rows: list[Row] = [replace(row(example()), published=date) for date in published]
    assert list(by_month(rows, year)) == months
