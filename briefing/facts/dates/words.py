"""The words that dates are made of, and the lines of an article that may hold a date.

A reader takes a line and a place in it, and answers with the place after what it read and its value, or None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from briefing.facts.dates.calendar import Period
from briefing.facts.numbers import digits, ordinal
from briefing.facts.tokens import Line, cut
from briefing.lexicon import load
from briefing.model import Analysis


@dataclass(frozen=True, slots=True)
class KnownDay:
    """A day with a name of its own, and its words."""

    year: int
    before: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One field for each list of the file, of the same name; the file says what each is for."""

    months: dict[str, int]
    month_abbreviations: dict[str, int]
    doubtful_months: frozenset[str]
    before_month: frozenset[str]
    before_month_alone: frozenset[str]
    weekdays: dict[str, int]
    weekday_abbreviations: dict[str, int]
    weekday_names: frozenset[str]
    units: dict[str, str]
    seasons: dict[str, int]
    springtimes: dict[str, int]
    dayparts: frozenset[str]
    day_after: frozenset[str]
    decades: dict[str, int]
    ages: frozenset[str]
    holidays: dict[str, dict[str, int]]
    known_days: dict[str, KnownDay]
    turns: dict[str, tuple[int, str]]  # by how many units, and from what
    edges: frozenset[str]
    earliness: frozenset[str]
    about: frozenset[str]
    nearly: frozenset[str]
    before_year: frozenset[str]
    before_distant_year: frozenset[str]
    counted: frozenset[str]
    not_before_year: frozenset[str]
    half_nouns: frozenset[str]
    zones: frozenset[str]
    every: frozenset[str]
    ahead: frozenset[str]
    not_ahead: frozenset[str]
    scheduled: frozenset[str]
    implied: frozenset[str]
    unchanged: frozenset[str]
    leading: frozenset[str]
    deferring: frozenset[str]
    deferred_to: frozenset[str]
    fiscal: frozenset[str]
    comparing: frozenset[str]
    telling: frozenset[str]
    outcomes: frozenset[str]
    cancelling: frozenset[str]
    happening: frozenset[str]
    eras: frozenset[str]
    shut: frozenset[str]


WORDS = load("dates", Lexicon)


# --- what a date's words mean, before it is known when they were written
#
# "last Friday" means `Weekday(4, turn=-1)` on any day; `resolve.py` turns that into a day of the calendar once it knows
# the anchor.


class Meaning:
    """What a recogniser found."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Fixed(Meaning):
    """A period of the calendar with its year: "4 May 2021", "the 1990s"."""

    period: Period


@dataclass(frozen=True, slots=True)
class Recurring(Meaning):
    """A part of some year: "September" (month 9), "Sept. 22", "the third quarter", "summer"."""

    unit: str  # month, quarter, half, season; with a day: month
    number: int
    day: int | None = None
    turn: int | None = None  # -1 "last May", 1 "next May", 0 "this May"; None: the words do not say
    by_month: bool = False  # "the June quarter": of the calendar, whatever the firm's own year is


@dataclass(frozen=True, slots=True)
class MonthDay(Meaning):
    """A day of some month: "the 22nd"; with `month` -1 "the 22nd of last month"."""

    day: int
    month: int | None = None


@dataclass(frozen=True, slots=True)
class Weekday(Meaning):
    day: int  # 0 is Monday
    turn: int | None = None
    base: str = "published"  # context: "the previous Friday"
    weeks: int = 0  # 1 "a week from Friday", -1 "the Friday before last"


@dataclass(frozen=True, slots=True)
class Holiday(Meaning):
    """A day that a rule gives each year: "Easter", "the last Sunday in July"."""

    rule: Mapping[str, int]  # as data/dates.yaml gives it: month and day, month with the nth weekday, days from Easter
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Moved(Meaning):
    """A number of units from the anchor: "yesterday" is day -1, "last week" week -1, "this year" year 0.

    `base` published: from the day of writing; context: from the date mentioned before ("a year earlier");
    either: as a comparison, from the quarter or year mentioned before if there is one ("a year ago");
    ahead: from the day of writing, and a date only where the sentence looks ahead ("will meet in ten days").
    """

    unit: str
    count: int
    base: str = "published"
    unit_only: bool = False  # the answer is a whole such unit ("last year"), not the same day of it


@dataclass(frozen=True, slots=True)
class Months(Meaning):
    """Months in a row at the start or the end of a year: "the first nine months of 2011"."""

    first: int  # 1 to 12
    last: int
    year: Fixed | Moved


@dataclass(frozen=True, slots=True)
class Stretch(Meaning):
    """Time up to the day of writing, or from it on: "the past year" is not last year."""

    unit: str
    count: int


@dataclass(frozen=True, slots=True)
class Course(Meaning):
    """ "The nine months": no date, but what is compared with them is a year's, not a quarter's."""


@dataclass(frozen=True, slots=True)
class Same(Meaning):
    """A period mentioned before: "the quarter", "that year"; `unit` None: "the period"."""

    unit: str | None
    strict: bool = False  # only one mentioned before counts


@dataclass(frozen=True, slots=True)
class NthWeekday(Meaning):
    """The weekday of "the third Tuesday of next month"; `nth` -1 is the last."""

    day: int
    nth: int


@dataclass(frozen=True, slots=True)
class Of(Meaning):
    """A part of something that is itself relative: "the third quarter of last year", "Friday of next week",
    "the same period last year"."""

    part: Recurring | Weekday | Same | Holiday | NthWeekday
    whole: Moved | Same | Fixed


@dataclass(frozen=True, slots=True)
class Between(Meaning):
    """From one to the other: "4-6 May 2021"."""

    first: Meaning
    last: Meaning


@dataclass(frozen=True, slots=True)
class UntilEnd(Meaning):
    """Any time up to the end: "by the end of the year"."""

    whole: Meaning


@dataclass(frozen=True, slots=True)
class About(Meaning):
    """Approximately: "around 4 May"."""

    what: Meaning


@dataclass(frozen=True, slots=True)
class Written(Meaning):
    """Digits that leave the order of day and month open: "04/05/2021"."""

    year: int
    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Clock(Meaning):
    """A time of day without a day: "9 a.m."."""


@dataclass(frozen=True, slots=True)
class Vague(Meaning):
    """A time without a place in the calendar: "recently"."""


# The pieces of a sentence. The language model cuts "mid-1980s", "22nd" or "2010/5/4" in different ways; here digits,
# letters and signs always come apart (`mid - 1980 s`), so that every recogniser sees one form.

# "p.m." stays one piece; else a run of digits, a run of letters, or one sign.
# Eastern words for year, month and day come apart too: "于2023年7月3日宣布" has no spaces.
EASTERN = {"年": "year", "月": "month", "日": "day", "년": "year", "월": "month", "일": "day"}
_UNITS = "".join(EASTERN)
PIECE = re.compile(rf"[ap]\.\s?m\b\.?|\d+|[{_UNITS}]|[^\W\d_{_UNITS}]+|\S", re.IGNORECASE)
COMPOUND = re.compile(r"\d|\w[-‐‑–]\w")  # "22nd", "year-ago"
NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART", "LAW", "EVENT"})


def read_sentences(analysis: Analysis, cores: frozenset[str]) -> list[Line]:
    """A line for each sentence, empty where it has neither a digit nor one of the words without which no date is."""
    names = {i: e.label for e in analysis.entities if e.label in NAMES for i in range(e.first, e.last)}
    lines: list[Line] = []
    for sentence in analysis.sentences:
        tokens = analysis.tokens[sentence.first : sentence.last]
        last = sentence.last if any(_telling(t.text, cores) for t in tokens) else sentence.first
        lines.append(cut(analysis.tokens, sentence.first, last, PIECE, names))
    return lines


def _telling(text: str, cores: frozenset[str]) -> bool:
    return text.lower() in cores if text.isalpha() else COMPOUND.search(text) is not None


# A recogniser takes a line and a place in it, and returns a `Found`, or None if no date begins there.

COMPARED = {"this": 0, "last": -1, "next": 1}


class Found(NamedTuple):
    """Words up to `end`. A `meaning` of None means that they are no date, and hold none."""

    end: int
    meaning: Meaning | None


CALENDAR_UNITS = frozenset({"day", "week", "weekend", "month", "quarter", "year", "decade", "century"})
SPAN = "period"


def month_name(line: Line, i: int) -> tuple[int, int] | None:
    """Read a month's name with its full stop; the caller judges doubtful names."""
    return _named(line, i, WORDS.months, WORDS.month_abbreviations)


def weekday_name(line: Line, i: int) -> tuple[int, int] | None:
    return _named(line, i, WORDS.weekdays, WORDS.weekday_abbreviations)


def _named(line: Line, i: int, names: dict[str, int], short: dict[str, int]) -> tuple[int, int] | None:
    low = line.low(i)
    if low in names:
        return i + 1, names[low]
    if low not in short:
        return None
    return i + 1 + (line.low(i + 1) == "." and line[i + 1].glued), short[low]


def unit_name(line: Line, i: int, plural: bool = False) -> str | None:
    """Return the unit that the word at i names, in the number asked for."""
    low = line.low(i)
    unit = WORDS.units.get(low)
    return unit if unit and (low != unit) == plural else None


def counts(line: Line, j: int) -> bool:
    return line.low(j) in WORDS.counted or line.low(j) == "%"


def day_number(line: Line, i: int) -> tuple[int, int] | None:
    """A day of the month behind or in front of its month: "4", "4th", "fourth"."""
    found = ordinal(line, i)
    if found and 1 <= found[1] <= 31:
        return found
    number = digits(line, i, 2)
    if number is None or not 1 <= number <= 31 or line.low(i + 1) in ("%", "percent", "million", "billion"):
        return None
    return i + 1, number
