"""Dates: cases in tests/cases/dates, and properties of any text."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.clean import clean
from briefing.facts.dates import calendar, find_dates, parse_absolute
from briefing.facts.dates.words import WORDS
from briefing.model import DateRef
from tests.builders import source
from tests.casebook import Case, analysed, cases, flat_analysis
from tests.growth import assert_grows_with_length_only

BASES = {"absolute", "partial", "published", "context", "unknown", "vague"}


def found(date: DateRef, text: str) -> dict[str, Any]:
    return {
        "words": text[date.start : date.end],
        "edtf": date.edtf,
        "relative": date.relative,
        "basis": date.basis,
        "rule": date.rule,
    }


@pytest.mark.parametrize("case", cases("dates"))
def test_dates(case: Case) -> None:
    published = case.meta.get("published", "2011-05-04")
    article, analysis = analysed(case.input, published=str(published) if published else None)
    dates = [found(d, article.text) for d in find_dates(analysis, article)]
    assert [d["words"] for d in dates] == [e["words"] for e in case.expect]
    for date, expected in zip(dates, case.expect, strict=True):
        wanted = {k: v.isoformat() if isinstance(v, datetime.date) else v for k, v in expected.items()}
        assert {key: date[key] for key in wanted} == wanted


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("3 May 2021", "2021-05-03"),
        ("May 3rd, 2021", "2021-05-03"),
        ("2021-05-03", "2021-05-03"),
        ("2021年5月3日", "2021-05-03"),
        ("Monday, 3 May 2021", "2021-05-03"),
        ("May 2021", "2021-05"),
        ("Dec. 2010.", "2010-12"),
        ("the third quarter of 2011", "2011-35"),
        ("03/04/2021", None),
        ("3 May", None),
        ("yesterday", None),
        ("3 May 2021 by our staff", None),
        ("", None),
    ],
)
def test_words_that_are_one_absolute_date(words: str, edtf: str | None) -> None:
    assert parse_absolute(words) == edtf


PIECES = st.sampled_from(
    sorted({*WORDS.months, *WORDS.weekdays, *WORDS.units, *WORDS.turns, *WORDS.seasons, *WORDS.decades})
    + [word.title() for word in sorted({*WORDS.months, *WORDS.weekdays})]
    + ["the", "a", "of", "in", "on", "by", "from", "to", "between", "and", "end", "early", "mid", "-", "/", ".", ","]
    + ["1", "4", "22", "31", "99", "1989", "2010", "2021", "9999", "0", "'", "s", "st", "th", "nd", "ago", "earlier"]
    + ["later", "quarter", "period", "same", "two", "several", "first", "third", "half", "last", "p.m.", ":", "30"]
    + ["will", "before last", "week from", "centuries", "morning", "that", "nine months of", "fiscal", "1998-99"]
    + ["year-ago", "ended", "today", "yesterday", "年", "月", "日", "Christmas", "Easter", "~", "X", "\u200b", "٣"]
)
ANCHORS = st.sampled_from([None, "2011-05-04", "2011-05", "2011", "0001-01-01", "9999-12-31", "2012-02-29", "199X"])


@settings(max_examples=250)
@given(st.lists(PIECES, max_size=40), ANCHORS)
def test_any_words_give_ordered_dates_in_valid_edtf(words: list[str], published: str | None) -> None:
    text = " ".join(words)
    article = clean(source(text, title="A title", published=published, language="en"))
    last = 0
    for date in find_dates(flat_analysis(article.text), article):
        assert last <= date.start < date.end <= len(article.text)
        assert article.text[date.start : date.end].strip() == article.text[date.start : date.end]
        assert date.basis in BASES
        if date.edtf is not None:
            parse_edtf(date.edtf)
        last = date.end


@settings(max_examples=150)
@given(st.text(max_size=200))
def test_any_text_is_scanned_without_a_crash(text: str) -> None:
    article = clean(source(text, title="A title", published="2011-05-04", language="en"))
    find_dates(flat_analysis(article.text), article)
    parse_absolute(text)


@given(st.dates(min_value=datetime.date(1000, 1, 1), max_value=datetime.date(2100, 12, 31)))
def test_a_day_written_in_words_is_that_day(date: datetime.date) -> None:
    month = next(name for name, number in WORDS.months.items() if number == date.month).title()
    assert parse_absolute(f"{date.day} {month} {date.year}") == date.isoformat()
    assert parse_absolute(f"{month} {date.day}, {date.year}") == date.isoformat()
    assert parse_absolute(date.isoformat()) == date.isoformat()


@given(st.integers(1600, 3000))
def test_easter_is_a_sunday_in_spring(year: int) -> None:
    sunday = calendar.easter(year)
    assert sunday
    first = calendar.first_day(sunday)
    assert first
    assert first.weekday() == 6
    assert datetime.date(year, 3, 22) <= first <= datetime.date(year, 4, 25)


UNITS = st.sampled_from(["day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century"])


@given(st.dates(min_value=datetime.date(200, 1, 1), max_value=datetime.date(9000, 1, 1)), UNITS)
def test_a_day_lies_in_its_period(date: datetime.date, unit: str) -> None:
    period = calendar.within(calendar.Period("day", date.toordinal()), unit)
    first, last = calendar.first_day(period), calendar.last_day(period)
    assert first
    assert last
    if unit not in ("weekend", "season"):
        assert first <= date <= last
    written = calendar.edtf(period)
    assert written
    parse_edtf(written)


def test_unknown_day_has_no_date() -> None:
    article, analysis = analysed("He came yesterday, left on Friday and returns next week.", published=None)
    dates = find_dates(analysis, article)
    assert len(dates) == 3
    assert all(d.edtf is None and d.basis == "unknown" for d in dates)


@pytest.mark.parametrize(
    "piece",
    [
        "from May to ",
        "the end of the ",
        "1989-",
        "last year's ",
        "Sept. 30 ",
        "Friday, ",
        "the year-ago ",
        "a a ",
        "22nd of ",
        "in 1 day ",
        "May and May 1997 ",
        "from Monday to ",
        "the first 2 months of ",
        "a week from ",
        "1 ",
        "Monday Monday ",
    ],
)
def test_work_grows_with_length_only(piece: str) -> None:
    article = clean(source("x", title="A title", published="2011-05-04"))

    def work(times: int) -> Callable[[], object]:
        analysis = flat_analysis(piece * times)
        return lambda: find_dates(analysis, article)

    assert_grows_with_length_only(work)
