"""Recognisers of years, decades, centuries and holidays; a bare number is a year only by its neighbours."""

from __future__ import annotations

from briefing.facts.dates.calendar import Period, part
from briefing.facts.dates.lexicon import WORDS
from briefing.facts.dates.line import Line
from briefing.facts.dates.meaning import Between, Fixed, Holiday
from briefing.facts.dates.names import Found, counts
from briefing.facts.dates.numbers import NOW_YEARS, digits, of_two_digits, ordinal, year

LAST_CENTURY = 1950


def _whole(number: int) -> Period | None:
    return part("year", number, 1)


def years(line: Line, i: int) -> Found | None:
    """ "2010", "the year 2000", "2009-11", "fiscal 1989"; only where the number must be a year."""
    if line.says(i, "the", "year"):
        named = year(line, i + 2)
        whole = _whole(named[1]) if named else None
        return Found(named[0], Fixed(whole)) if named and whole else None
    if line.low(i) in ("fiscal", "financial"):
        named = year(line, line.skip(i + 1, "year"))
        whole = _whole(named[1]) if named else None
        if named and line.low(named[0]) in ("-", "/") and (span := _year_span(line, named[0], named[1])):
            return span
        return Found(named[0], Fixed(whole)) if named and whole else None
    if line.low(i) == "fy":
        return _fiscal(line, i + 1)
    named = year(line, i)
    if not named:
        return None
    end, number = named
    if line[i].low.isdecimal():
        if line.low(end) in ("-", "/") and line[end].glued and line[end + 1].glued:
            span = _year_span(line, end, number)
            if span and _is_year(line, i, end, number):
                return span
        if not _is_year(line, i, end, number):
            return None
    elif line.low(i) == "'" and line.low(i - 1) not in WORDS.before_year:
        return None
    whole = _whole(number)
    return Found(end, Fixed(whole)) if whole else None


def _fiscal(line: Line, i: int) -> Found | None:
    """ "FY2016", "FY 16"."""
    number = digits(line, i)
    if number is None or len(line.low(i)) not in (2, 4):
        return None
    whole = _whole(number if number > 99 else of_two_digits(number))
    return Found(i + 1, Fixed(whole)) if whole else None


def _year_span(line: Line, end: int, first: int) -> Found | None:
    """ "2009-11", "1998/99", "2009-2011"."""
    text = line.low(end + 1)
    number = digits(line, end + 1)
    if (
        number is None
        or len(text) not in (2, 4)
        or (line[end + 2].glued and (line[end + 2].low.isalnum() or line.low(end + 2) in ("-", "/")))
    ):
        return None
    last = number if len(text) == 4 else first - first % 100 + number
    a, b = _whole(first), _whole(last)
    return Found(end + 2, Between(Fixed(a), Fixed(b))) if a and b and first < last < first + 100 else None


def _goes_on(line: Line, i: int) -> bool:
    """Is there more of the same number, as in "2010-22-33"?"""
    return line[i].glued and (line.low(i).isalnum() or (line.low(i) in ("-", "/") and line.low(i + 1).isdecimal()))


def _is_year(line: Line, i: int, end: int, number: int) -> bool:
    """Is a bare number of four digits a year, by its neighbours?"""
    before, after = line[i - 1], line[end]
    if before.low in WORDS.not_before_year or (line[i].glued and before.low not in ("(", "-", "'", '"', "[", "/", "“")):
        return False
    if after.glued and ((after.low.isalnum() and after.low != "s") or after.low in ("%", "°")):
        return False
    if after.low in ("-", "/") and _goes_on(line, end) and not _year_span(line, end, number):
        return False
    if counts(line, end) or (after.low == "-" and after.glued and counts(line, end + 1)):
        return False
    if after.low == "-" and after.glued and line.low(end + 1) in WORDS.units:
        return False
    if after.tag == "NNS" and before.tag in ("VB", "VBD", "VBZ", "VBG"):
        return False  # "built 2000 homes"
    if number in NOW_YEARS:
        return not (before.tag == "NNP" and before.name and after.tag.startswith(("NN", ",")))  # "the Orion 1980,"
    return before.low in WORDS.before_distant_year and not after.tag.startswith("NNS")


def decade(line: Line, i: int) -> Found | None:
    """ "the 1990s", "the '80s", "the nineties", "mid-1980s"."""
    j = line.skip(i, "the")
    j = line.skip(j, "early", "late", "mid") if j > i else j
    j = line.skip(j, "-") if j > i + 1 else j
    word = line[j]
    if line.low(i - 1) == "-" and line.low(i - 2) == "post":
        return None  # "the post-90s" are people
    if word.low in WORDS.decades and line.low(j - 1) not in WORDS.ages:
        if line.low(j - 1) not in ("the", "early", "late", "mid", "-", "nineteen"):
            return None
        return Found(j + 1, Fixed(Period("decade", 190 + WORDS.decades[word.low])))
    k = line.skip(j, "'")
    number = digits(line, k)
    after = k + 2 if line.low(k + 1) == "s" else k + 3 if line.says(k + 1, "'", "s") else 0
    if number is None or not after or number % 10 or not line[after - 1].glued:
        return None
    if len(line.low(k)) == 4 and 1000 <= number < LAST_CENTURY and number % 100 == 0:
        return Found(after, Fixed(Period("century", number // 100)))  # "the 1800s" are a hundred years, the 2000s ten
    if len(line.low(k)) == 4 and 1000 <= number <= 2100:
        return Found(after, Fixed(Period("decade", number // 10)))
    if len(line.low(k)) == 2 and (k > j or line.low(j - 1) in ("the", "early", "late", "mid", "-")):
        if line.low(j - 1) in WORDS.ages:
            return None
        return Found(after, Fixed(Period("decade", of_two_digits(number) // 10)))
    return None


def century(line: Line, i: int) -> Found | None:
    """ "the 20th century", "the nineteenth century"."""
    j = line.skip(i, "the")
    j = line.skip(j, "early", "late", "mid") if j > i else j
    j = line.skip(j, "-") if j > i + 1 else j
    found = ordinal(line, j)
    if not found or not 1 <= found[1] <= 30:
        return None
    if line.low(found[0]) == "and" and _centuries(line, found[0] + 1):  # "the 19th and 20th centuries"
        return Found(found[0], Fixed(Period("century", found[1] - 1)))
    end = line.skip(found[0], "-")
    if line.low(end) not in ("century", "centuries") or (
        line[end].raw[0].isupper() and line[end + 1].raw[:1].isupper()
    ):
        return None  # "21st Century Motors"
    return Found(end + 1, Fixed(Period("century", found[1] - 1)))


def _centuries(line: Line, i: int) -> bool:
    other = ordinal(line, line.skip(i, "the"))
    return other is not None and line.low(other[0]) == "centuries"


def holiday(line: Line, i: int) -> Found | None:
    """ "Christmas Eve", "Thanksgiving 2019"."""
    if not line[i].raw[:1].isupper():
        return None
    for size in (5, 4, 3, 2, 1):
        name = " ".join(line.low(k) for k in range(i, i + size))
        if name in WORDS.holidays:
            end = i + size
            named = year(line, line.skip(end, ","))
            return Found(named[0] if named else end, Holiday(name, named[1] if named else None))
    return None
