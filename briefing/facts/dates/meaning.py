"""What a date's words mean, before it is known when they were written.

"last Friday" means `Weekday(4, turn=-1)` on any day; `resolve.py` turns that into a day of the calendar
once it knows the anchor. Recognisers make these values and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from briefing.facts.dates.calendar import Period


@dataclass(frozen=True, slots=True)
class Fixed:
    """A stretch of the calendar with its year: "4 May 2021", "the 1990s"."""

    period: Period
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Recurring:
    """A part of some year: "September" (month 9), "Sept. 22", "the third quarter", "summer"."""

    unit: str  # month, quarter, half, season; with a day: month
    number: int
    day: int | None = None
    turn: int | None = None  # -1 "last May", 1 "next May", 0 "this May"; None: the words do not say


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of some month: "the 22nd"; with `month` -1 "the 22nd of last month"."""

    day: int
    month: int | None = None


@dataclass(frozen=True, slots=True)
class Weekday:
    day: int  # 0 is Monday
    turn: int | None = None
    base: str = "published"  # context: "the previous Friday"
    weeks: int = 0  # 1 "a week from Friday", -1 "the Friday before last"


@dataclass(frozen=True, slots=True)
class Holiday:
    name: str
    year: int | None = None
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """ "The last Sunday in July": `nth` from 1, -1 the last; `day` 0 is Monday."""

    nth: int
    day: int
    month: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """So many units from the anchor: "yesterday" is day -1, "last week" week -1, "this year" year 0.

    `base` published: from the day of writing; context: from the date told before ("a year earlier");
    either: as a comparison, from the quarter or year told before if there is one ("a year ago").
    """

    unit: str
    count: int
    base: str = "published"
    unit_only: bool = False  # the answer is a whole such unit ("last year"), not the same day of it


@dataclass(frozen=True, slots=True)
class Ahead:
    """A distance that is a date only where the sentence looks ahead: "will meet in ten days"."""

    what: Moved


@dataclass(frozen=True, slots=True)
class Months:
    """Months in a row at the start or the end of a year: "the first nine months of 2011"."""

    first: int  # 1 to 12
    last: int
    year: Fixed | Moved


@dataclass(frozen=True, slots=True)
class Stretch:
    """Time up to the day of writing, or from it on: "the past year" is not last year."""

    unit: str
    count: int


@dataclass(frozen=True, slots=True)
class Course:
    """ "The nine months": no date, but what is compared with them is a year's, not a quarter's."""


@dataclass(frozen=True, slots=True)
class Same:
    """A stretch already told: "the quarter", "that year"; `unit` None: "the period"."""

    unit: str | None
    strict: bool = False  # only one told before will do


@dataclass(frozen=True, slots=True)
class Of:
    """A part of something that is itself relative: "the third quarter of last year", "Friday of next week",
    "the same period last year"."""

    part: Recurring | MonthDay | Weekday | Same
    whole: Moved | Same | Fixed


@dataclass(frozen=True, slots=True)
class Between:
    """From the one to the other: "4-6 May 2021"."""

    first: Meaning
    last: Meaning


@dataclass(frozen=True, slots=True)
class UntilEnd:
    """Any time up to the end: "by the end of the year"."""

    whole: Meaning


@dataclass(frozen=True, slots=True)
class About:
    """Approximately: "around 4 May"."""

    what: Meaning


@dataclass(frozen=True, slots=True)
class Written:
    """Digits that leave the order open: "04/05/2021"; `edtf` says what is sure."""

    edtf: str


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day without a day: "9 a.m."."""


@dataclass(frozen=True, slots=True)
class Vague:
    """A time without a place in the calendar: "recently"."""


Meaning: TypeAlias = (
    Fixed
    | Recurring
    | MonthDay
    | Weekday
    | Holiday
    | NthWeekday
    | Moved
    | Ahead
    | Course
    | Months
    | Stretch
    | Same
    | Of
    | Between
    | UntilEnd
    | About
    | Written
    | Clock
    | Vague
)
