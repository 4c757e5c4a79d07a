"""Which year's September, which year's Easter: of those around the day of writing, the one that is meant.

choose(lambda year: calendar.day(year, 12, 15), 12 October 2011, "past", ...)   ->  15 December 2011
"""

from __future__ import annotations

from collections.abc import Callable

from briefing.facts.dates import calendar
from briefing.facts.dates.calendar import Period
from briefing.facts.dates.meaning import Holiday, NthWeekday, Recurring
from briefing.facts.dates.tense import FUTURE, PAST, PERHAPS_PAST

# Without a year, "payable Dec. 15" in October is the coming one even in a sentence about the past: a date
# almost a year away would have been given its year.
NEAR, FAR = 90, 240  # days
NEXT_MONTH = 45  # a whole month beside a noun: "the vote in September", told in August
AHEAD = 1.5  # where nothing tells, what has been is more often written about than what is to come


def choose(
    in_year: Callable[[int], Period | None], anchor: Period, direction: str, meaning: Recurring | Holiday | NthWeekday
) -> Period | None:
    """The instance that is meant: of this year, the one before or the one after."""
    now = calendar.first_day(anchor)
    until = calendar.last_day(anchor)
    if now is None or until is None:
        return None
    near = [p for p in (in_year(now.year + k) for k in (-2, -1, 0, 1)) if p]
    begun = [p for p in near if (d := calendar.first_day(p)) and d <= until]
    over = [p for p in near if (d := calendar.last_day(p)) and d < now]
    ahead = [p for p in near if (d := calendar.last_day(p)) and d >= now]
    if direction == "this":
        return in_year(now.year)
    if direction == "last":  # in October, "last September" is not the month just over: that is "last month"
        month = isinstance(meaning, Recurring) and meaning.unit == "month"
        if month and over and len(over) > 1 and _gap(over[-1], anchor) < 31:
            return over[-2]
        return over[-1] if over else None
    if direction == "next":
        return next((p for p in ahead if p not in begun), None)
    if direction in (PAST, PERHAPS_PAST, FUTURE):
        wanted = ahead[:1] if direction == FUTURE else begun[-1:]
        other = begun[-1:] if direction == FUTURE else ahead[:1]
        dated = not isinstance(meaning, Recurring) or meaning.day or meaning.unit != "month"
        reach = NEAR if dated else NEXT_MONTH if direction == PERHAPS_PAST else 0
        if wanted and other and _gap(wanted[0], anchor) > FAR and _gap(other[0], anchor) < reach:
            wanted = other
        return wanted[0] if wanted else None
    return min(reversed(near), key=lambda p: _gap(p, anchor) * (AHEAD if p not in begun else 1), default=None)


def _gap(period: Period, anchor: Period) -> int:
    """Days between the two, 0 where they overlap."""
    first, last = calendar.first_day(period), calendar.last_day(period)
    start, end = calendar.first_day(anchor), calendar.last_day(anchor)
    if not (first and last and start and end):
        return 0
    return max((start - last).days, (first - end).days, 0)
