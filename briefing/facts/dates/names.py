"""Names of months, weekdays and units, and what a recogniser answers with.

A recogniser takes a line and a place in it, and gives a `Found`, or None where no date begins.
"""

from __future__ import annotations

from typing import NamedTuple

from briefing.facts.dates.lexicon import WORDS
from briefing.facts.dates.line import Line
from briefing.facts.dates.meaning import Meaning

COMPARED = {"this": 0, "last": -1, "next": 1}


class Found(NamedTuple):
    """Words up to `end`; a `meaning` of None says: these words are no date, look no further in them."""

    end: int
    meaning: Meaning | None


CALENDAR_UNITS = frozenset({"day", "week", "weekend", "month", "quarter", "year", "decade", "century"})
SPAN = "period"


def month_name(line: Line, i: int) -> tuple[int, int] | None:
    """A month's name with its full stop; doubtful names are for the caller to judge."""
    low = line.low(i)
    number = WORDS.months.get(low)
    if number is not None:
        return i + 1, number
    number = WORDS.month_abbreviations.get(low)
    if number is None:
        return None
    return (i + 2 if line.low(i + 1) == "." and line[i + 1].glued else i + 1), number


def weekday_name(line: Line, i: int) -> tuple[int, int] | None:
    low = line.low(i)
    number = WORDS.weekdays.get(low)
    if number is not None:
        return i + 1, number
    number = WORDS.weekday_abbreviations.get(low)
    if number is None:
        return None
    return (i + 2 if line.low(i + 1) == "." and line[i + 1].glued else i + 1), number


def unit_name(line: Line, i: int, plural: bool = False) -> str | None:
    """The unit that the word at i names, in the number asked for."""
    low = line.low(i)
    unit = WORDS.units.get(low)
    return unit if unit and (low != unit) == plural else None


def counts(line: Line, j: int) -> bool:
    return line.low(j) in WORDS.counted or line.low(j) == "%"
