"""A line of words -> the dates in it. The longest reading at each place wins.

>>> [(e.first, e.last, e.meaning) for e in scan(cut_text("He left on 4 May 2021.", PIECE))]
[(3, 6, Fixed(period=Period(unit='day', index=737914)))]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from briefing.facts.dates import days, periods
from briefing.facts.dates.calendar import Period, day, first_day, part
from briefing.facts.dates.calendar import year as year_of
from briefing.facts.dates.words import (
    CALENDAR_UNITS,
    SPAN,
    WORDS,
    About,
    Between,
    Clock,
    Fixed,
    Found,
    Holiday,
    Meaning,
    MonthDay,
    Moved,
    Recurring,
    Same,
    UntilEnd,
    Vague,
    Weekday,
    counts,
    unit_name,
)
from briefing.facts.numbers import CARDINALS, NOW_YEARS, ORDINALS, SOME, digits, of_two_digits, ordinal, year_at
from briefing.facts.tokens import Line

# Recognisers of years, decades, centuries and holidays; a bare number is a year only by its neighbours.

LAST_CENTURY = 1950
HOLIDAY_STARTS = frozenset(words.split()[0] for words in WORDS.holidays)


def years(line: Line, i: int) -> Found | None:
    """ "2010", "the year 2000", "2009-11", "fiscal 1989"; only where the number must be a year."""
    if line.says(i, "the", "year"):
        return _year(year_at(line, i + 2))
    if line.low(i) in ("fiscal", "financial"):
        named = year_at(line, line.skip(i + 1, "year"))
        return (named and _year_span(line, *named)) or _year(named)
    named = year_at(line, i)
    if not named:
        return None
    if line.low(i).isdecimal():
        if not _is_year(line, i, *named):
            return None
        glued = line[named[0]].glued and line[named[0] + 1].glued
        return (_year_span(line, *named) if glued else None) or _year(named)
    if line.low(i) == "'" and line.low(i - 1) not in WORDS.before_year:
        return None
    return _year(named)


def _year(named: tuple[int, int] | None) -> Found | None:
    whole = year_of(named[1]) if named else None
    return Found(named[0], Fixed(whole)) if named and whole else None


def _year_span(line: Line, end: int, first: int) -> Found | None:
    """ "2009-11", "1998/99", "2009-2011", from behind the first year on."""
    text = line.low(end + 1)
    number = digits(line, end + 1) if line.low(end) in ("-", "/") else None
    if (
        number is None
        or len(text) not in (2, 4)
        or (line[end + 2].glued and (line[end + 2].low.isalnum() or line.low(end + 2) in ("-", "/")))
    ):
        return None
    last = number if len(text) == 4 else first - first % 100 + number
    a, b = year_of(first), year_of(last)
    return Found(end + 2, Between(Fixed(a), Fixed(b))) if a and b and first < last < first + 100 else None


def _goes_on(line: Line, i: int) -> bool:
    """Tell whether the number goes on, as in "2010-22-33"."""
    return line[i].glued and (line.low(i).isalnum() or (line.low(i) in ("-", "/") and line.low(i + 1).isdecimal()))


def _is_year(line: Line, i: int, end: int, number: int) -> bool:
    """Tell whether a bare number of four digits is a year, by its neighbours."""
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
        return not (before.tag == "NNP" and before.label and after.tag.startswith(("NN", ",")))  # "the Orion 1980,"
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
    end = line.skip(found[0], "-")
    if line.low(end) not in ("century", "centuries") or (
        line[end].text[0].isupper() and line[end + 1].text[:1].isupper()
    ):
        return None  # "21st Century Motors"
    return Found(end + 1, Fixed(Period("century", found[1] - 1)))


def holiday(line: Line, i: int) -> Found | None:
    """ "Christmas Eve", "Thanksgiving 2019"."""
    if line.low(i) not in HOLIDAY_STARTS or not line[i].text[:1].isupper():
        return None
    for size in (5, 4, 3, 2, 1):
        name = " ".join(line.low(k) for k in range(i, i + size))
        if name in WORDS.holidays:
            end = i + size
            named = year_at(line, line.skip(end, ","))
            return Found(named[0] if named else end, Holiday(WORDS.holidays[name], named[1] if named else None))
    return None


RECOGNISERS: tuple[Callable[[Line, int], Found | None], ...] = (
    periods.no_date,
    days.calendar_day,
    days.numeric,
    days.month_alone,
    days.day_of_month,
    decade,
    century,
    holiday,
    days.near_day,
    days.weekday,
    days.nth_weekday,
    periods.year_earlier,
    periods.quarter,
    periods.month_quarter,
    periods.opening_months,
    periods.turned,
    periods.day_before,
    periods.ahead,
    periods.ago,
    periods.season,
    periods.told,
    periods.year_end,
    years,
)

# A date can begin only with one of these; every other word costs one look-up.
STARTS = HOLIDAY_STARTS.union(
    *(WORDS.months, WORDS.month_abbreviations, WORDS.weekdays, WORDS.weekday_abbreviations, CARDINALS, ORDINALS),
    *(WORDS.decades, WORDS.seasons, WORDS.springtimes, WORDS.turns, WORDS.units, SOME, WORDS.edges, WORDS.earliness),
    *(WORDS.about, WORDS.nearly, WORDS.every, days.TODAY),
    ("dozen", "hundred", "the", "a", "an", "that", "same", "latest", "most", "fiscal", "financial", "noon", "midnight"),
    ("q", "h", "'", "more", "less", "corresponding", "comparable", "another", "end"),
    ("morning", "afternoon", "evening", "night"),
)

# Every date has one of these, or a digit, within its first words: "the end of next month". Checked before
# any recogniser runs, because "the" and "a" stand everywhere.
CORES = frozenset(
    [*WORDS.months, *WORDS.month_abbreviations, *WORDS.weekdays, *WORDS.weekday_abbreviations, *WORDS.units]
    + [*WORDS.seasons, *WORDS.springtimes, *WORDS.decades, *WORDS.dayparts, *days.TODAY, SPAN]
    + [word for words in WORDS.holidays for word in words.split()[:1]]
    + ["thousand", "nineteen", "eighteen", "twenty", "clock"]
)
REACH = 7  # words from a date's first to its core: "at the very beginning of the fiscal year"


class Expression(NamedTuple):
    """Words first..last-1 of the line, their meaning, and the recogniser that found it."""

    first: int
    last: int
    meaning: Meaning
    rule: str


def scan(line: Line) -> Iterator[Expression]:
    """Yield the dates of a line, from left to right, without overlap."""
    cores = [k for k, word in enumerate(line.pieces) if word.low in CORES or word.low.isdecimal()]
    i = ahead = 0
    while i < line.size and cores:
        while ahead < len(cores) and cores[ahead] < i:
            ahead += 1
        if ahead == len(cores):
            return
        if cores[ahead] - i > REACH:
            i = cores[ahead] - REACH
        low = line.pieces[i].low
        if low not in STARTS and not low.isdecimal():
            i += 1
            continue
        best, rule = read(line, i)
        if best is None:
            i += 1
            continue
        if best.meaning is not None:
            yield Expression(i, best.end, best.meaning, rule)
        i = max(best.end, i + 1)


def joined(line: Line, found: list[Expression]) -> list[Expression]:
    """ "from 2009 to 2011", "between May and June": two dates that are one stretch."""
    answer: list[Expression] = []
    for here in found:
        first = answer[-1] if answer else None
        if first and (dated := _of_that_year(line, first, here) or _explained(line, first, here)):
            first = answer[-1] = dated
        if first and _range(line, first, here):
            answer[-1] = Expression(first.first, here.last, Between(first.meaning, here.meaning), "range")
        else:
            answer.append(here)
    return answer


def _of_that_year(line: Line, first: Expression, here: Expression) -> Expression | None:
    """The May of "May and July 1997" is in 1997; the December of "December and January 1998" is in 1997 too."""
    month, dated = first.meaning, here.meaning
    if not isinstance(month, Recurring) or month.unit != "month" or month.turn is not None:
        return None
    if not isinstance(dated, Fixed) or dated.period.unit != ("day" if month.day else "month"):
        return None
    if here.first != first.last + 1 or line.low(first.last) not in ("and", "or", "to", "until", "through", "-"):
        return None
    begun = first_day(dated.period)
    if begun is None:
        return None
    earlier = (month.number, month.day or 1) > (begun.month, begun.day)
    number = begun.year - earlier
    whole = day(number, month.number, month.day) if month.day else part("month", number, month.number)
    return first._replace(meaning=Fixed(whole)) if whole else None


def _explained(line: Line, first: Expression, here: Expression) -> Expression | None:
    """ "Saturday (July 25)", "today (25 July 2020)": the date is in brackets."""
    bracketed = here.first == first.last + 1 and line.low(first.last) == "(" and line.low(here.last) == ")"
    near = isinstance(first.meaning, Weekday) or (isinstance(first.meaning, Moved) and first.meaning.unit == "day")
    if not bracketed or not near or not isinstance(here.meaning, Fixed | Recurring | MonthDay):
        return None
    return first._replace(meaning=here.meaning) if _unit(here.meaning) == "day" else None


def _range(line: Line, first: Expression, last: Expression) -> bool:
    opened, middle = line.low(first.first - 1), line.low(first.last)
    if not WORDS.deferring.isdisjoint(line.low(first.first - k) for k in (2, 3)):
        return False  # "moved from 3 May to 5 June"
    return (
        last.first == first.last + 1
        and (
            (opened == "from" and middle in ("to", "until", "till", "through", "-"))
            or (opened == "between" and middle == "and")
        )
        and type(first.meaning) is type(last.meaning)
        and isinstance(first.meaning, Fixed | Recurring | MonthDay)
        and _unit(first.meaning) == _unit(last.meaning)
    )


def _unit(meaning: Meaning) -> str:
    if isinstance(meaning, Fixed):
        return meaning.period.unit
    if isinstance(meaning, MonthDay):
        return "day"
    return ("day" if meaning.day else meaning.unit) if isinstance(meaning, Recurring) else ""


def read(line: Line, i: int) -> tuple[Found | None, str]:
    """Return the longest date that begins at i, with what qualifies it, and the recogniser's name."""
    best, rule = plain(line, i)
    for qualify in (edged, early, about, at_the_hour):
        found = qualify(line, i)
        if found and (best is None or found.end > best.end):
            best, rule = found, qualify.__name__
    if best is None or best.meaning is None:
        return best, rule
    return hour_behind(line, best), rule


def plain(line: Line, i: int) -> tuple[Found | None, str]:
    best: Found | None = None
    rule = ""
    for recogniser in RECOGNISERS:
        found = recogniser(line, i)
        if found and (best is None or found.end > best.end):
            best, rule = found, recogniser.__name__
    return best, rule


# --- what may stand around a date -----------------------------------------------------------


def edged(line: Line, i: int) -> Found | None:
    """ "the end of 1990", "the beginning of next week", "the rest of the year"."""
    j = line.skip(i, "the")
    j = line.skip(j, "very")
    if line.low(j) not in WORDS.edges or line.low(j + 1) != "of":
        return None
    found, _ = plain(line, j + 2)
    found = found or whole(line, j + 2)
    if not found or found.meaning is None:
        return None
    by = line.low(i - 1) in ("by", "before", "until", "till")
    if by and line.low(j) in ("end", "close") and not isinstance(found.meaning, Between | Vague):
        return Found(found.end, UntilEnd(found.meaning))
    return Found(found.end, found.meaning)


def whole(line: Line, i: int) -> Found | None:
    """ "the month" after words that make it a date: "the end of", "later in"."""
    j = line.skip(line.skip(i, "the"), "fiscal", "calendar", "current", "academic", "school")
    unit = unit_name(line, j)
    if unit in CALENDAR_UNITS and j > i and unit != "day" and line.low(j + 1) not in ("-", "of", "'"):
        return Found(j + 1, Moved(unit, 0, unit_only=True))
    return None


def early(line: Line, i: int) -> Found | None:
    """ "late last month", "mid-November", "earlier in the year", "early on Tuesday"."""
    if line.low(i) not in WORDS.earliness and not line.says(i, "end", "-"):
        return None
    j = line.skip(i + 1, "-")
    if line.says(j, "in", "the", "day"):
        return Found(j + 3, Same("day"))
    inside = line.low(j) in ("in", "on") and line.low(i) != "mid"
    found, _ = plain(line, j + inside)
    if inside and (line.low(j) == "on" or line.low(j + 1) == "the"):
        found = found or whole(line, j + 1)
    return found if found and found.meaning is not None and not isinstance(found.meaning, Vague) else None


def about(line: Line, i: int) -> Found | None:
    """ "around Nov. 1", "about 1850"."""
    if line.low(i) not in WORDS.about:
        return None
    found, rule = plain(line, i + 1)
    if not found or found.meaning is None or rule in ("ago", "near_day", "decade", "weekday"):
        return None  # "about the 1960s" is a subject
    return Found(found.end, About(found.meaning))


# --- times of day ---------------------------------------------------------------------------


def clock(line: Line, i: int) -> int:
    """Return the place after "9 a.m.", "9:30 p.m. EST", "noon", "0930 GMT"; i if there is none."""
    low = line.low(i)
    if low in ("noon", "midnight"):
        return zone(line, i + 1)
    if (
        not low.isdecimal()
        or len(low) not in (1, 2, 4)
        or (line[i].glued and line.low(i - 1) in ("$", ":", ".", ",", "/", "-"))
    ):
        return i
    j = i + 1
    minutes = False
    if (
        line.low(j) in (":", ".")
        and line[j].glued
        and len(line.low(j + 1)) == 2
        and (line[j + 1].glued or line.low(j + 2) in ("am", "pm", "a.m.", "p.m."))
        and line.low(j + 1).isdecimal()
    ):
        if int(low) > 24 or int(line.low(j + 1)) > 59:
            return i
        minutes, j = line.low(j) == ":", j + 2
    if line.low(j).replace(".", "").replace(" ", "") in ("am", "pm") and (int(low) <= 12 or minutes):
        return zone(line, j + 1)
    if line.low(j) in ("gmt", "utc", "est", "edt", "pdt", "pst", "bst", "hours") and (minutes or len(low) == 4):
        return j + 1
    if minutes and line.low(i - 1) in ("at", "until", "by", "around", "from", "about", "before", "after"):
        return zone(line, j)
    return i


def zone(line: Line, i: int) -> int:
    return i + 1 if line.low(i) in WORDS.zones and line[i].text.isupper() else i


def at_the_hour(line: Line, i: int) -> Found | None:
    """ "10 p.m. Wednesday", "5 p.m. EST, Nov. 6", "noon on Friday", "around 7:15 p.m."."""
    j = line.skip(i, *WORDS.about)
    end = clock(line, j)
    if end == j:
        return None
    if line.low(end) == "(":  # "9 a.m. (0700 GMT) Friday"
        again = clock(line, end + 1)
        end = again + 1 if again > end + 1 and line.low(again) == ")" else end
    k = line.skip(line.skip(end, ","), "on", "the")
    found, rule = plain(line, k)
    if found and found.meaning is not None and rule not in ("vague", "years", "ago", "turned", "told"):
        return found
    return Found(end, Clock())


def hour_behind(line: Line, found: Found) -> Found:
    """ "Friday at 9 a.m.", "yesterday afternoon at 5:30 p.m."."""
    j = line.skip(line.skip(found.end, ","), "at", "around")
    after = clock(line, j)
    timed = after > j + 1 or (after > j and line.low(j) in ("noon", "midnight"))
    return Found(after, found.meaning) if timed else found
