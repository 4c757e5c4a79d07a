"""Charts: labels fit and are truncated visibly; distances match time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.site.charts import LABEL_LINES, LABEL_WIDE, MAX_TICKS, date_line, every_year, wrap


def test_long_name_wraps() -> None:
    assert wrap("Harbour Board of Velmora") == ["Harbour Board", "of Velmora"]


def test_name_that_is_too_long_is_truncated_visibly() -> None:
    lines = wrap("Standing Committee for the Safety of Harbours, Locks and Ferries")
    assert len(lines) == LABEL_LINES
    assert lines[-1].endswith("…")


def test_wide_letters_count_twice() -> None:
    assert [len(line) for line in wrap("港" * 12)] == [7, 5]


@given(st.text(max_size=120))
def test_no_line_is_wider_than_its_box(name: str) -> None:
    lines = wrap(name)
    assert len(lines) <= LABEL_LINES
    assert all(len(line) <= LABEL_WIDE for line in lines)
    if not any(line.endswith("…") for line in lines):
        assert "".join("".join(lines).split()) == "".join(name.split())


def test_distances_between_dates_match_time() -> None:
    line = date_line(["2020-01-01", "2020-07-01", "2021-01-01", "2021-01-01", "199X", "/2022-12-31"], "2021-02-01")
    assert line is not None
    assert [p.label for p in line.points] == ["1 January 2020", "1 July 2020", "1 January 2021"]
    first, middle, last = (p.x for p in line.points)
    assert abs((middle - first) - (last - middle)) < 1
    assert line.points[2].radius > line.points[0].radius, "several at one place are a larger dot"
    assert line.published is not None
    assert last < line.published <= line.width
    assert (line.first, line.last) == ("1 January 2020", "1 January 2021")


def test_month_or_year_spans_its_days() -> None:
    line = date_line(["2020", "2020-07", "2020-07-01"])
    assert line is not None
    year, day, month = line.points
    assert (year.x, year.end) == (min(p.x for p in line.points), max(p.end for p in line.points))
    assert month.x == day.x == day.end < month.end < year.end


@pytest.mark.parametrize("dates", [[], ["2020", "2020", "2021"], ["XXXX-01-01", "2020", "2021"]])
def test_too_few_dates_make_no_timeline(dates: list[str]) -> None:
    assert date_line(dates) is None


@given(st.lists(st.dates().map(str), min_size=3, max_size=30, unique=True))
def test_timeline_stays_inside_its_picture_with_few_labels(dates: list[str]) -> None:
    line = date_line(dates)
    if line is not None:
        assert all(0 <= p.x <= p.end <= line.width for p in line.points)
        assert all(0 <= t.x <= line.width for t in line.ticks)
        assert len(line.ticks) <= MAX_TICKS + 1


def test_empty_years_between_others_are_kept() -> None:
    assert every_year({"2010": 3, "2013": 1}) == [("2010", 3), ("2011", 0), ("2012", 0), ("2013", 1)]
    assert every_year({}) == []
