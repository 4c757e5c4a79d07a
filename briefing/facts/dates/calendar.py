"""Periods of the calendar as numbers, so that "the quarter before" is one subtraction.

A `Period` is a unit and the number of that unit since the year 0: 2011's third quarter is
`Period("quarter", 2011 * 4 + 2)`, and `edtf(period)` is `2011-35`.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

FIRST, LAST = 1, 9999  # the years of both Python's calendar and EDTF's four digits

# The units that begin with a year, and how many there are in it.
PARTS = {"month": 12, "quarter": 4, "half": 2, "season": 4, "year": 1}
# What EDTF (level 2) writes for the first of a year's parts.
CODES = {"month": 1, "quarter": 33, "half": 40, "season": 21}
DAYS = {"day": 1, "week": 7, "weekend": 7}
YEARS = {"decade": 10, "century": 100}
# From the shortest to the longest.
SIZES = {"day": 1, "weekend": 2, "week": 7, "month": 30, "season": 91, "quarter": 91, "half": 182, "year": 365}
SIZES |= {"decade": 3652, "century": 36525}

EDTF_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class Period:
    unit: str
    index: int


def day(year: int, month: int, number: int) -> Period | None:
    """Return a day, or None if the calendar does not have it (30 February)."""
    try:
        return Period("day", datetime.date(year, month, number).toordinal())
    except (ValueError, OverflowError):
        return None


def part(unit: str, year: int, number: int) -> Period | None:
    """Return the number-th (from 1) month, quarter, half or season of a year, or the year itself."""
    if not FIRST <= year <= LAST or not 1 <= number <= PARTS[unit]:
        return None
    return Period(unit, year * PARTS[unit] + number - 1)


def year(number: int) -> Period | None:
    return part("year", number, 1)


def shift(period: Period, count: int) -> Period | None:
    """Return the period `count` of its own units later."""
    moved = Period(period.unit, period.index + count)
    return moved if FIRST <= year_of(moved) <= LAST else None


def shift_by(period: Period, unit: str, count: int) -> Period | None:
    """Return the period of the same unit `count` other units later: the same quarter a year earlier."""
    if unit in DAYS:
        if period.unit == "day":
            return shift(period, count * DAYS[unit])
        return shift(within(period, unit), count)
    months = {"month": 1, "quarter": 3, "half": 6, "season": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    if period.unit in PARTS and months * PARTS[period.unit] % 12 == 0:
        return shift(period, count * months * PARTS[period.unit] // 12)
    if period.unit in DAYS:
        return _shift_months(period, count * months)
    return shift(within(period, unit), count)


def _shift_months(period: Period, months: int) -> Period | None:
    """Move a day by months; a month without that day gives its last one (31 March, a month earlier)."""
    date = first_day(period)
    if date is None:
        return None
    years, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    for number in (date.day, 30, 29, 28):
        found = day(years, month + 1, min(number, date.day)) if FIRST <= years <= LAST else None
        if found:
            return within(found, period.unit)
    return None


def first_day(period: Period) -> datetime.date | None:
    """Return the day on which the period begins; None outside the calendar."""
    ordinal = period.index * DAYS[period.unit] + 1 if period.unit in ("week", "weekend") else period.index
    try:
        if period.unit in DAYS:
            return datetime.date.fromordinal(ordinal + (5 if period.unit == "weekend" else 0))
        if period.unit in YEARS:
            return datetime.date(max(FIRST, period.index * YEARS[period.unit]), 1, 1)
        number, inside = divmod(period.index, PARTS[period.unit])
        month = inside * (12 // PARTS[period.unit]) + (3 if period.unit == "season" else 1)  # spring is March on
        return datetime.date(number, month if month <= 12 else 12, 1)
    except (ValueError, OverflowError):
        return None


def last_day(period: Period) -> datetime.date | None:
    if period.unit == "weekend":
        first = first_day(period)
        return first + datetime.timedelta(days=1) if first else None
    following = first_day(Period(period.unit, period.index + 1))
    return following - datetime.timedelta(days=1) if following and following.toordinal() > 1 else None


def year_of(period: Period) -> int:
    if period.unit in PARTS:
        return period.index // PARTS[period.unit]
    if period.unit in YEARS:
        return period.index * YEARS[period.unit] or FIRST
    date = first_day(period)
    return date.year if date else -1


def within(period: Period, unit: str) -> Period:
    """Return the `unit` in which the period begins, such as a day's quarter; never more precise than the period."""
    date = first_day(period) or datetime.date(FIRST, 1, 1)
    if unit == "day":
        return Period("day", date.toordinal())
    if unit in DAYS:
        return Period(unit, (date.toordinal() - 1) // 7)
    if unit in YEARS:
        return Period(unit, date.year // YEARS[unit])
    if unit == "season":  # January and February belong to the winter of the year before
        return Period(unit, date.year * 4 + (date.month - 3) // 3)
    return Period(unit, date.year * PARTS[unit] + (date.month - 1) * PARTS[unit] // 12)


def precise(period: Period, unit: str) -> bool:
    """Tell whether a period is precise enough to know its `unit`."""
    return SIZES[period.unit] <= SIZES[unit] or (unit == "season" and period.unit == "month")


def edtf(period: Period) -> str | None:
    """Return the period as EDTF of level 2 or lower: `2011-35`; weeks and weekends are intervals of days."""
    first, last = first_day(period), last_day(period)
    if first is None:
        return None
    if period.unit == "day":
        return first.isoformat()
    if period.unit in DAYS:
        return f"{first.isoformat()}/{last.isoformat()}" if last else None
    if period.unit in YEARS:
        digits = 2 if period.unit == "century" else 3
        return f"{period.index:0{digits}}" + "X" * (4 - digits)
    number, inside = divmod(period.index, PARTS[period.unit])
    return f"{number:04}" if period.unit == "year" else f"{number:04}-{CODES[period.unit] + inside:02}"


def read_anchor(text: str | None) -> Period | None:
    """Return the period of an EDTF publication date: a day, month or year."""
    found = EDTF_DATE.match(text) if text and "/" not in text and "X" not in text else None
    if not found:
        return None
    number, month, date = (int(g) if g else None for g in found.groups())
    if number is None or month is None:
        return year(number) if number is not None else None
    if month > 12:
        return year(number)
    return part("month", number, month) if date is None else day(number, month, date)


def weekday_of(period: Period) -> int:
    """Return 0 for Monday to 6 for Sunday."""
    return (period.index - 1) % 7


def nth_weekday(number: int, month: int, weekday: int, nth: int) -> Period | None:
    """Return the nth weekday of a month, from 1, or -1 for the last: Thanksgiving is (year, 11, 3, 4)."""
    if nth > 0:
        first = day(number, month, 1)
        found = shift(first, (weekday - weekday_of(first)) % 7 + 7 * (nth - 1)) if first else None
        return found if first and found and within(found, "month") == within(first, "month") else None
    last = last_day(Period("month", number * 12 + month - 1))
    end = Period("day", last.toordinal()) if last else None
    return shift(end, -((weekday_of(end) - weekday) % 7)) if end else None


def easter(number: int) -> Period | None:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm)."""
    a, b, c = number % 19, number // 100, number % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, date = divmod(h + weekday - 7 * m + 114, 31)
    return day(number, month, date + 1)
