"""Meaning + what is known about the time of writing -> EDTF, or none.

`Knowledge` holds the anchor (the publication date, as far as it is known) and the dates mentioned so far. Nothing is
guessed: where the anchor is not precise enough, the answer keeps what the words themselves say (`XXXX-09-22`, or the
duration `-P1D`), and its basis says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from briefing.facts.dates import calendar
from briefing.facts.dates.calendar import Period, precise
from briefing.facts.dates.days import both_orders
from briefing.facts.dates.tense import FUTURE, NEAREST, OPEN, OVER, PAST, PERHAPS_PAST, PRESENT
from briefing.facts.dates.words import (
    About,
    Between,
    Clock,
    Course,
    Fixed,
    Holiday,
    Meaning,
    MonthDay,
    Months,
    Moved,
    NthWeekday,
    Of,
    Recurring,
    Same,
    Stretch,
    UntilEnd,
    Vague,
    Weekday,
    Written,
)
from briefing.model import DateBasis

# Of the Septembers and Easters around the day of writing, the one that is meant.
#
# choose(lambda year: calendar.day(year, 12, 15), 12 October 2011, "past", ...)   ->  15 December 2011

# Without a year, "payable Dec. 15" in October is the coming one even in a sentence about the past: a date
# almost a year away would have been given its year.
NEAR, FAR = 90, 240  # days
FAR_QUARTER = 150  # in November "the third quarter" is the one just over, not that of next year
NEXT_MONTH = 45  # a whole month beside a noun: "the vote in September", told in August
AHEAD = 1.5  # without a sign, the past is more often written about than the future


def choose(
    in_year: Callable[[int], Period | None], anchor: Period, direction: str, meaning: Recurring | Holiday
) -> Period | None:
    """Return the instance that is meant: this year's, last year's or next year's."""
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
    if direction == OVER:
        return over[-1] if over else None
    if direction == "next":
        return next((p for p in ahead if p not in begun), None)
    if direction in (PAST, PERHAPS_PAST, FUTURE):
        wanted = ahead[:1] if direction == FUTURE else begun[-1:]
        other = begun[-1:] if direction == FUTURE else ahead[:1]
        dated = not isinstance(meaning, Recurring) or meaning.day or meaning.unit != "month"
        reach = NEAR if dated else NEXT_MONTH if direction == PERHAPS_PAST else 0
        far = FAR_QUARTER if isinstance(meaning, Recurring) and meaning.unit in ("quarter", "half") else FAR
        if wanted and other and _gap(wanted[0], anchor) > far and _gap(other[0], anchor) < reach:
            wanted = other
        return wanted[0] if wanted else None
    return min(reversed(near), key=lambda p: _gap(p, anchor) * (AHEAD if p not in begun else 1), default=None)


def _gap(period: Period, anchor: Period) -> int:
    """Return the days between two periods, 0 if they overlap."""
    first, last = calendar.first_day(period), calendar.last_day(period)
    start, end = calendar.first_day(anchor), calendar.last_day(anchor)
    if not (first and last and start and end):
        return 0
    return max((start - last).days, (first - end).days, 0)


NEAR_DAYS = 15  # "the talks are on the 28th": ahead if it is nearer than the one before
SATURDAY = 5
SOON = 2  # days: "before Monday's vote", written on a Sunday
NEARBY = 3  # sentences within which "the next day" finds its day

HOURS = ("hour", "minute", "second")
ISO = {"day": (1, "D"), "week": (1, "W"), "weekend": (1, "W"), "month": (1, "M"), "quarter": (3, "M")}
ISO |= {"hour": (1, "H"), "minute": (1, "M"), "second": (1, "S")}
ISO |= {"half": (6, "M"), "year": (1, "Y"), "decade": (10, "Y"), "century": (100, "Y")}


@dataclass(frozen=True, slots=True)
class Answer:
    """`period` is what later words may refer back to."""

    edtf: str | None
    basis: DateBasis
    relative: str | None = None
    period: Period | None = None
    aside: bool = False  # a comparison ("a year earlier"): what follows is not about that time


@dataclass(slots=True)
class Knowledge:
    """What is known at a place in the text."""

    anchor: Period | None
    told: dict[str, Period] = field(default_factory=dict)  # the last mentioned of each unit
    latest: Period | None = None
    sentence: int = 0  # where we are,
    told_in: int = 0  # and where `latest` was told
    in_course: bool = False  # the figures told are those of several quarters
    open_day: str | None = None  # the last day told without its month or year: "the 25th",
    open_in: int = 0  # and where
    day_first: bool | None = None  # the order of day and month in the dates in digits; None: nothing tells
    fiscal: frozenset[int] = frozenset()  # the quarters that are those of a firm's own year: the 3 of "fiscal Q3"
    own_quarter: bool = False  # the quarter told last is one of these, so that "the quarter" is none of the calendar

    def remember(self, period: Period) -> None:
        """A quarter still to come does not stand for "the quarter" of a report on one that is over."""
        if period.unit == "quarter" and "quarter" in self.told and self._ahead(period):
            return
        if period.unit == "quarter":
            self.in_course = self.own_quarter = False
        self.told[period.unit] = period
        self.latest = period
        self.told_in = self.sentence

    def _ahead(self, period: Period) -> bool:
        return self.anchor is not None and period.index >= calendar.within(self.anchor, period.unit).index


def resolve(meaning: Meaning, known: Knowledge, direction: str) -> Answer | None:
    """Return None if the words are too weak to be a date without one mentioned before."""
    answer: Answer | None = RESOLVERS[type(meaning)](meaning, known, direction)
    return answer


def _answer(period: Period | None, basis: DateBasis, otherwise: Answer | None = None) -> Answer | None:
    written = calendar.edtf(period) if period else None
    return Answer(written, basis, period=period) if written else otherwise


# --- dates with their year ------------------------------------------------------------------


def fixed(meaning: Fixed, known: Knowledge, direction: str) -> Answer | None:
    return _answer(meaning.period, "absolute")


def written(meaning: Written, known: Knowledge, direction: str) -> Answer | None:
    day_first, month_first = both_orders(meaning.year, meaning.first, meaning.second)
    if known.day_first is None:
        return Answer(f"{meaning.year:04}-XX-XX", "partial")
    return _answer(day_first if known.day_first else month_first, "context")


def between(meaning: Between, known: Knowledge, direction: str) -> Answer | None:
    first, last = resolve(meaning.first, known, direction), resolve(meaning.last, known, direction)
    if not first or not last:
        return None
    if not first.edtf or not last.edtf:
        return Answer(None, "unknown", first.relative if first.relative != "P0D" else last.relative)
    if "/" in first.edtf or "/" in last.edtf:
        return None
    start, end = first.period, last.period
    if start and end:
        a, b = calendar.first_day(start), calendar.first_day(end)
        if a and b and a > b:  # "from November to March": the end is the next one
            moved = calendar.shift_by(end, "year", 1)
            return replace(first, edtf=f"{first.edtf}/{calendar.edtf(moved)}") if moved else None
    return replace(first, edtf=f"{first.edtf}/{last.edtf}", period=end)


def about(meaning: About, known: Knowledge, direction: str) -> Answer | None:
    answer = resolve(meaning.what, known, direction)
    if answer and answer.edtf and answer.period and answer.period.unit in ("day", "month", "year", "decade", "century"):
        return replace(answer, edtf=answer.edtf + "~")
    return answer


def until_end(meaning: UntilEnd, known: Knowledge, direction: str) -> Answer | None:
    answer = resolve(meaning.whole, known, FUTURE)
    if isinstance(meaning.whole, Recurring) and meaning.whole.turn is None and _far(answer, known):
        answer = resolve(meaning.whole, known, PAST)  # in February "by the end of January" was a month ago
    last = calendar.last_day(answer.period) if answer and answer.period else None
    return replace(answer, edtf=f"/{last.isoformat()}") if answer and last else answer


def _far(answer: Answer | None, known: Knowledge) -> bool:
    now = calendar.first_day(known.anchor) if known.anchor else None
    then = calendar.first_day(answer.period) if answer and answer.period else None
    return now is not None and then is not None and (then - now).days > FAR


# --- parts of a year or month ---------------------------------------------------------------


def recurring(meaning: Recurring, known: Knowledge, direction: str) -> Answer | None:
    unsaid = Answer(_without_year(meaning), "partial")
    before = (meaning.number - 2) % 4 + 1  # a forecast names the quarter behind a fiscal one without "fiscal"
    own = meaning.number in known.fiscal or (direction == FUTURE and before in known.fiscal)
    if meaning.unit == "quarter" and own and not meaning.by_month:
        return Answer(None, "unknown")
    if meaning.by_month and direction != FUTURE:
        direction = "last"  # reports are about the one that is over
    anchor = known.anchor
    if anchor is None or not precise(anchor, meaning.unit):
        if meaning.turn == 0 and anchor:
            return _answer(_in_year(meaning, calendar.year_of(anchor)), "published", unsaid)
        return unsaid
    period = choose(lambda year: _in_year(meaning, year), anchor, _direction(meaning.turn, direction), meaning)
    return _answer(period, "published", unsaid)


def _without_year(meaning: Recurring) -> str | None:
    if meaning.unit != "month":
        return None  # EDTF has no quarter of an unknown year
    return f"XXXX-{meaning.number:02}" + (f"-{meaning.day:02}" if meaning.day else "")


def _in_year(meaning: Recurring, year: int) -> Period | None:
    if meaning.day:
        return calendar.day(year, meaning.number, meaning.day)
    return calendar.part(meaning.unit, year, meaning.number)


def _direction(turn: int | None, direction: str) -> str:
    return {-1: "last", 0: "this", 1: "next"}.get(turn, direction) if turn is not None else direction


def month_day(meaning: MonthDay, known: Knowledge, direction: str) -> Answer | None:
    """ "the 22nd": of the month mentioned just before, of this month or, if that is to come, of the last one."""
    unsaid = Answer(f"XXXX-XX-{meaning.day:02}", "partial")
    anchor = known.anchor
    if meaning.month is None and (told := _other_month(known)):
        found = _day_in(told, meaning.day)
        earlier = found and known.latest and known.latest.unit == "day" and found.index < known.latest.index
        return unsaid if earlier else _answer(found, "context", unsaid)
    if anchor and meaning.month is not None and precise(anchor, "month"):
        month = calendar.shift(calendar.within(anchor, "month"), meaning.month)
        return _answer(month and _day_in(month, meaning.day), "published", unsaid)
    if anchor is None or anchor.unit != "day":
        return unsaid
    months = [calendar.shift(calendar.within(anchor, "month"), k) for k in (-1, 0, 1)]
    days = [d for d in (_day_in(m, meaning.day) for m in months if m) if d]
    ahead = [d for d in days if d.index >= anchor.index]
    near = ahead and direction == PRESENT and ahead[0].index - anchor.index < NEAR_DAYS
    if direction == FUTURE or near:
        return _answer(ahead[0] if ahead else None, "published", unsaid)
    begun = [d for d in days if d.index <= anchor.index]
    if direction == NEAREST and ahead and begun and ahead[0].index - anchor.index < anchor.index - begun[-1].index:
        return _answer(ahead[0], "published", unsaid)
    return _answer(begun[-1] if begun else None, "published", unsaid)


def _other_month(known: Knowledge) -> Period | None:
    """Return the month of the date mentioned just before, unless that is close to the day of publication."""
    latest = known.latest
    if latest is None or latest.unit not in ("day", "month") or known.sentence - known.told_in > NEARBY:
        return None
    month = calendar.within(latest, "month")
    if known.anchor and precise(known.anchor, "month"):
        return month if abs(month.index - calendar.within(known.anchor, "month").index) > 1 else None
    return month


def _day_in(month: Period, number: int) -> Period | None:
    year, inside = divmod(month.index, 12)
    return calendar.day(year, inside + 1, number)


def weekday(meaning: Weekday, known: Knowledge, direction: str) -> Answer | None:
    basis: DateBasis = "published" if meaning.base == "published" else "context"
    anchor = known.anchor if basis == "published" else known.told.get("day")
    if anchor is None or anchor.unit != "day" or (direction == OPEN and meaning.turn is None):
        return Answer(None, "unknown")
    back = (calendar.weekday_of(anchor) - meaning.day) % 7  # days since the last such day, 0 today
    way = _direction(meaning.turn, direction)
    if way == "last":
        moved = -(back or 7)
    elif way == "next" or (way == "this" and direction != PAST):
        moved = (7 - back) if way == "next" or back else 0
    elif way == FUTURE or (way == NEAREST and 7 - back <= SOON):
        moved = (7 - back) % 7
    else:
        moved = -back
    moved += 7 * meaning.weeks
    return _answer(calendar.shift(anchor, moved), basis, Answer(None, "unknown"))


def holiday(meaning: Holiday, known: Knowledge, direction: str) -> Answer | None:
    rule = meaning.rule
    if meaning.year:
        return _answer(_holiday_in(rule, meaning.year), "absolute")
    written = "-".join(f"{rule[part]:02}" for part in ("month", "day") if part in rule)
    unsaid = Answer(f"XXXX-{written}" if written else None, "partial")
    if known.anchor is None or not precise(known.anchor, "month"):
        return unsaid
    return _answer(choose(lambda y: _holiday_in(rule, y), known.anchor, direction, meaning), "published", unsaid)


def _holiday_in(rule: Mapping[str, int], year: int) -> Period | None:
    if not calendar.FIRST < year < calendar.LAST:
        return None
    if "easter" in rule:
        sunday = calendar.easter(year)
        return calendar.shift(sunday, rule["easter"]) if sunday else None
    if "nth" in rule:
        return calendar.nth_weekday(year, rule["month"], rule["weekday"], rule["nth"])
    return calendar.day(year, rule["month"], rule["day"])


# --- relative to the day of writing or to a date told before --------------------------------


def moved(meaning: Moved, known: Knowledge, direction: str) -> Answer | None:
    if meaning.base == "either":
        return _compared(meaning, known)
    if meaning.base == "ahead" and direction != FUTURE:
        return None
    basis: DateBasis = "context" if meaning.base == "context" else "published"
    base = known.anchor if basis == "published" else _told(meaning, known)
    unsaid = Answer(None, "unknown", duration(meaning))
    if base is None or meaning.unit in HOURS or not precise(base, meaning.unit):
        return unsaid  # the hour of publication is unknown
    whole = meaning.unit_only or meaning.unit != "day"
    start = calendar.within(base, meaning.unit) if whole else base
    return _answer(calendar.shift(start, meaning.count), basis, unsaid)


def stretch(meaning: Stretch, known: Knowledge, direction: str) -> Answer | None:
    anchor = known.anchor
    other = calendar.shift_by(anchor, meaning.unit, meaning.count) if anchor and precise(anchor, meaning.unit) else None
    if anchor is None or other is None:
        return Answer(None, "unknown", duration(Moved(meaning.unit, meaning.count)))
    first, last = (other, anchor) if meaning.count < 0 else (anchor, other)
    return Answer(f"{calendar.edtf(first)}/{calendar.edtf(last)}", "published")


def months(meaning: Months, known: Knowledge, direction: str) -> Answer | None:
    whole = resolve(meaning.year, known, direction)
    if whole is None or whole.period is None or whole.period.unit != "year":
        return whole
    number = calendar.year_of(whole.period)
    unit, size = {3: ("quarter", 3), 6: ("half", 6)}.get(meaning.last - meaning.first + 1, ("", 1))
    if unit:
        return _answer(calendar.part(unit, number, meaning.last // size), whole.basis)
    return replace(whole, edtf=f"{number:04}-{meaning.first:02}/{number:04}-{meaning.last:02}")


def course(meaning: Course, known: Knowledge, direction: str) -> None:
    known.in_course = True


def _told(meaning: Moved, known: Knowledge) -> Period | None:
    """Return the date that "the following month" follows: the last one mentioned that is precise enough."""
    if known.latest and precise(known.latest, meaning.unit) and known.sentence - known.told_in <= NEARBY:
        return known.latest
    return None


def _compared(meaning: Moved, known: Knowledge) -> Answer | None:
    """ "a year ago", "a year earlier" in a comparison: the quarter mentioned before, a year earlier."""
    quarter = known.told.get("quarter")
    if quarter and not known.in_course:
        return _aside(_answer(calendar.shift_by(quarter, "year", meaning.count), "context"))
    if known.anchor is None:
        return Answer(None, "unknown", duration(meaning))
    return _aside(_answer(calendar.shift(calendar.within(known.anchor, "year"), meaning.count), "published"))


def _aside(answer: Answer | None) -> Answer | None:
    return replace(answer, aside=True) if answer else None


def duration(meaning: Moved) -> str:
    size, letter = ISO[meaning.unit]
    time = "T" if meaning.unit in HOURS else ""
    return f"{'-' if meaning.count < 0 else ''}P{time}{abs(meaning.count) * size}{letter}"


def same(meaning: Same, known: Knowledge, direction: str) -> Answer | None:
    if meaning.unit is None:
        return _answer(known.latest, "context", Answer(None, "unknown"))
    if meaning.unit == "quarter" and known.own_quarter:
        return Answer(None, "unknown")
    told = known.told.get(meaning.unit)
    within = known.latest and precise(known.latest, meaning.unit) and meaning.unit != "quarter"
    if known.latest and within and (told is None or meaning.strict):  # "that month" is the one mentioned last
        told = calendar.within(known.latest, meaning.unit)
    near = known.sentence - known.told_in <= NEARBY
    if told and (near or not meaning.strict):
        return _answer(told, "context")
    if meaning.strict:
        open_day = known.open_day if meaning.unit == "day" and _near_open(known) else None
        return Answer(open_day, "context") if open_day else None
    if meaning.unit == "day":
        known_day = known.anchor if known.anchor and known.anchor.unit == "day" else None
        return _answer(known_day, "published", Answer(None, "unknown", "P0D"))
    if meaning.unit == "weekend" and known.anchor and known.anchor.unit == "day":
        back = 0 if direction == FUTURE or calendar.weekday_of(known.anchor) >= SATURDAY else -1
        return _answer(calendar.shift(calendar.within(known.anchor, "weekend"), back), "published")
    if known.anchor and precise(known.anchor, meaning.unit):  # reports are about the last one that is over
        return _answer(calendar.shift(calendar.within(known.anchor, meaning.unit), -1), "published")
    return Answer(None, "unknown")


def _near_open(known: Knowledge) -> bool:
    return known.open_in >= known.told_in and known.sentence - known.open_in <= NEARBY


def part_of(meaning: Of, known: Knowledge, direction: str) -> Answer | None:
    """ "the third quarter of last year", "the same period last year", "Friday of next week"."""
    whole = resolve(meaning.whole, known, direction)
    if known.own_quarter and meaning.part == Same("quarter"):
        return Answer(None, "unknown")
    if whole is None or whole.period is None:
        return _part_alone(meaning, whole)
    what, outer = meaning.part, whole.period
    if isinstance(what, Weekday):
        week = calendar.within(outer, "week")
        return _answer(calendar.shift(calendar.within(week, "day"), what.day), whole.basis)
    if isinstance(what, Same):
        return _same_in(what, outer, known, whole)
    if isinstance(what, NthWeekday):
        return _answer(_nth_in(what, outer), whole.basis, Answer(None, "unknown"))
    if isinstance(what, Holiday):
        return _answer(_holiday_in(what.rule, calendar.year_of(outer)), whole.basis)
    return _answer(_in_year(what, calendar.year_of(outer)), whole.basis, whole)


def _nth_in(what: NthWeekday, outer: Period) -> Period | None:
    """Return the last Friday of a month or a year."""
    if outer.unit not in ("month", "year"):
        return None
    of_year = outer.unit == "year"
    month = 12 if of_year and what.nth < 0 else 1 if of_year else outer.index % 12 + 1
    return calendar.nth_weekday(calendar.year_of(outer), month, what.day, what.nth)


def _part_alone(meaning: Of, whole: Answer | None) -> Answer:
    what = meaning.part
    lost = isinstance(what, Recurring) and what.unit in ("quarter", "half")  # no duration says which half
    relative = whole.relative if whole and not lost else None
    written = _without_year(what) if isinstance(what, Recurring) else None
    return Answer(written, "partial" if written else "unknown", relative)


def _same_in(what: Same, year: Period, known: Knowledge, whole: Answer) -> Answer | None:
    """Return the quarter (or other period) mentioned before, in another year."""
    if known.in_course and what.unit is None:
        return _aside(whole)
    told = known.told.get(what.unit) if what.unit else (known.told.get("quarter") or known.latest)
    if told is None and what.unit == "quarter" and known.anchor and precise(known.anchor, "quarter"):
        told = calendar.shift(calendar.within(known.anchor, "quarter"), -1)
    if told is None or (what.unit is None and told.unit == "day"):
        return whole  # no period has been told, only a day
    years = calendar.year_of(year) - calendar.year_of(told)
    if years == 0 and what.unit is None and whole.basis != "absolute":
        years = -1
    return _aside(_answer(calendar.shift_by(told, "year", years), whole.basis, whole))


def clock(meaning: Clock, known: Knowledge, direction: str) -> Answer | None:
    """Return the day mentioned just before: otherwise the day of "at 9 a.m." is unknown."""
    near = known.latest and known.sentence - known.told_in <= 1
    latest = known.latest if near and known.latest and known.latest.unit == "day" else None
    return _answer(latest, "context", Answer(None, "unknown"))


def vague(meaning: Vague, known: Knowledge, direction: str) -> Answer | None:
    return Answer(None, "vague")


RESOLVERS: dict[type, Any] = {
    Fixed: fixed,
    Written: written,
    Between: between,
    About: about,
    UntilEnd: until_end,
    Recurring: recurring,
    MonthDay: month_day,
    Weekday: weekday,
    Holiday: holiday,
    Moved: moved,
    Course: course,
    Months: months,
    Stretch: stretch,
    Same: same,
    Of: part_of,
    Clock: clock,
    Vague: vague,
}
