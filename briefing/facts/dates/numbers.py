"""Numbers, ordinals and years, in digits or words. Each reader takes a line and a place in it and answers
with the place after what it read and its value, or None."""

from __future__ import annotations

from briefing.facts.dates.lexicon import WORDS
from briefing.facts.dates.line import Line

SUFFIXES = frozenset({"st", "nd", "rd", "th"})
SMALL = 31  # "the last 100 days" is read too, but nothing above four digits is a count of units
NOW_YEARS = range(1900, 2040)  # a bare number of this size is more often a year than a count


def digits(line: Line, i: int, longest: int = 4) -> int | None:
    """The value of a whole number at i: not 998 of "1,998", nor 5 of "3.5"."""
    low = line.low(i)
    if not low.isdecimal() or not low.isascii() or len(low) > longest:
        return None
    word = line[i]
    if word.glued and line.low(i - 1) in (",", ".", ":") and line.low(i - 2).isdecimal():
        return None
    following = line[i + 1]
    if following.glued and following.low in (",", ".", ":") and line[i + 2].glued and line.low(i + 2).isdecimal():
        return None
    return int(low)


def cardinal(line: Line, i: int) -> tuple[int, int | None] | None:
    """How many: "12", "twelve", "twenty-four", "a", "a couple of"; the value None for "several"."""
    number = digits(line, i)
    if number is not None:
        return (i + 1, number) if number else None
    low = line.low(i)
    if low in ("a", "an", "another"):
        after = line.skip(i + 1, "good", "full", "whole")
        if line.low(after) in ("couple", "few", "dozen", "hundred"):
            count = {"couple": 2, "dozen": 12, "hundred": 100}.get(line.low(after))
            return line.skip(after + 1, "of"), count
        return after, 1
    if low in WORDS.some:
        return line.skip(i + 1, "of"), None
    if low in WORDS.cardinals:
        value = WORDS.cardinals[low]
        if value in range(20, 91, 10):
            j = line.skip(i + 1, "-")
            unit = WORDS.cardinals.get(line.low(j), 0)
            if 0 < unit < 10:
                return j + 1, value + unit
        return i + 1, value
    return None


def ordinal(line: Line, i: int) -> tuple[int, int] | None:
    """Which: "third", "3rd", "twenty-second"; -1 for "last"."""
    number = digits(line, i, 2)
    if number is not None:
        return (i + 2, number) if line.low(i + 1) in SUFFIXES and line[i + 1].glued else None
    low = line.low(i)
    if low in ("twenty", "thirty") and line.low(i + 1) == "-":
        unit = WORDS.ordinals.get(line.low(i + 2), 0)
        return (i + 3, WORDS.cardinals[low] + unit) if 0 < unit < 10 else None
    value = WORDS.ordinals.get(low)
    return (i + 1, value) if value is not None else None


def year_digits(line: Line, i: int) -> int | None:
    number = digits(line, i)
    return number if number is not None and len(line.low(i)) == 4 and 1000 <= number <= 2100 else None


def year(line: Line, i: int) -> tuple[int, int] | None:
    """Digits or words that can only be a year, or are one because they stand beside a month."""
    number = year_digits(line, i)
    if number is not None:
        return i + 1, number
    if line.low(i) == "'" and len(line.low(i + 1)) == 2 and line[i + 1].glued:
        short = digits(line, i + 1)
        if short is not None and not (line[i + 2].glued and line.low(i + 2).isalpha()):
            return i + 2, of_two_digits(short)
    return spoken_year(line, i)


def of_two_digits(short: int) -> int:
    """'98 is 1998, '15 is 2015: within living memory of the two thousands."""
    return 1900 + short if short > 40 else 2000 + short


def spoken_year(line: Line, i: int) -> tuple[int, int] | None:
    """ "nineteen ninety-six", "two thousand and nine", "twenty ten"."""
    low = line.low(i)
    if low == "two" and line.low(i + 1) == "thousand":
        j = line.skip(i + 2, "and")
        rest = cardinal(line, j) if line.low(j) in WORDS.cardinals else None
        if rest and rest[1] and rest[1] < 100:
            return rest[0], 2000 + rest[1]
        return (i + 2, 2000) if line.low(i - 1) in ("year", "in", "by", "since", "until") else None
    if low in ("sixteen", "seventeen", "eighteen", "nineteen", "twenty"):
        j = line.skip(i + 1, "-")
        rest = cardinal(line, j) if line.low(j) in WORDS.cardinals else None
        if rest and rest[1] and 10 <= rest[1] < 100:
            return rest[0], WORDS.cardinals[low] * 100 + rest[1]
    return None


def day_number(line: Line, i: int) -> tuple[int, int] | None:
    """A day of the month behind or in front of its month: "4", "4th", "fourth"."""
    found = ordinal(line, i)
    if found and 1 <= found[1] <= 31:
        return found
    number = digits(line, i, 2)
    if number is None or not 1 <= number <= 31 or line.low(i + 1) in ("%", "percent", "million", "billion"):
        return None
    return i + 1, number
