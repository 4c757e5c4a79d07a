"""Recognisers of quarters, halves, seasons and periods mentioned before: "the third quarter", "the period"."""

from __future__ import annotations

from dataclasses import replace

from briefing.facts.dates.calendar import PARTS, part
from briefing.facts.dates.words import (
    CALENDAR_UNITS,
    COMPARED,
    SPAN,
    WORDS,
    Course,
    Fixed,
    Found,
    Months,
    Moved,
    Of,
    Recurring,
    Same,
    Stretch,
    UntilEnd,
    Vague,
    Weekday,
    month_name,
    unit_name,
    weekday_name,
)
from briefing.facts.numbers import cardinal, ordinal, year_at, year_digits
from briefing.facts.tokens import Line

# Recognisers of counted units and units with "last" or "next", and of durations, which are no dates.

FILLERS = frozenset({"fiscal", "calendar", "full", "coming", "past", "very", "financial", "academic", "school"})
# Behind a counted unit: the direction, and the day it counts from.
WAYS = {"ago": (-1, "published"), "earlier": (-1, "context"), "later": (1, "context"), "hence": (1, "published")}
BESIDE_THAT = {"after": 1, "before": -1}
QUOTES = frozenset({"'", '"', "“", "”", "«", "‘"})


DECEMBER = 12


def turned(line: Line, i: int) -> Found | None:
    """ "last year", "next month", "this week", "the previous day", "last May", "this summer"."""
    j = line.skip(i, "the")
    if line.low(j) not in WORDS.turns:
        return None
    count, base = WORDS.turns[line.low(j)]
    if count == 0 and line.low(j + 1) in ("past", "coming"):  # "this past week"
        count = -1 if line.low(j + 1) == "past" else 1
    k = j + 1
    while line.low(k) in FILLERS and k < j + 3:
        k += 1
    told = base == "context" or (j > i and count)
    if told and k == j + 1 and line.low(k) in WORDS.day_after and not line[k + 1].tag.startswith("NN"):
        return Found(k + 1, Moved("day", count, "context"))  # "the next morning", "the previous night"
    unit = unit_name(line, k)
    if unit in CALENDAR_UNITS:
        return _turned_unit(line, i, j, k, Moved(unit, count, base, unit_only=True))
    if unit and line[k].text[:1].isupper() and line[i - 1].low in QUOTES:
        return None  # a title
    return _turned_name(line, k, count, named=base == "published" and j == i)


def _turned_unit(line: Line, i: int, j: int, k: int, exact: Moved) -> Found | None:
    """ "Last year", "the past week", with "last" at j and the unit at k."""
    if line[k].text[:1].isupper() and line[i - 1].low in QUOTES:
        return None  # a title
    if exact.unit == "day" and exact.count == 0:
        return None  # "this day": whichever the text is about
    if j > i and exact.base == "published" and exact.count:
        return _stretch(line, k, exact.unit, exact.count, line.low(j) in ("past", "last"))
    if j > i and line.low(j) == "next":
        exact = replace(exact, base="context")
    return _part_of(line, k + 1, exact) or Found(k + 1, exact)


def _turned_name(line: Line, k: int, count: int, *, named: bool) -> Found | None:
    """ "This summer", "last May", "next May 4", with the season or month at k."""
    if line.low(k) in WORDS.seasons and line[k].text.islower():
        return Found(k + 1, Recurring("season", WORDS.seasons[line.low(k)], turn=count))
    month = month_name(line, k) if line[k].text[:1].isupper() and named else None
    if month:
        return Found(month[0], Recurring("month", month[1], turn=count))
    return None


def _stretch(line: Line, k: int, unit: str, count: int, backward: bool) -> Found | None:
    """ "the past year", "the next week": up to or from the day of writing, not a calendar year."""
    if unit == "weekend" or (unit == "day" and not backward):
        return Found(k + 1, Moved(unit, count, "published" if unit == "weekend" else "context", unit_only=True))
    if unit == "day":
        return Found(k + 1, None)
    if line.low(k + 1) == "of":
        return Found(k + 1, None)  # "the last year of his reign"
    end = k + 3 if line.says(k + 1, "or", "so") else k + 1
    return Found(end, Stretch(unit, count))


def _part_of(line: Line, j: int, whole: Moved) -> Found | None:
    """ "last year's third quarter", "next year's second half"."""
    if whole.unit != "year" or not line.says(j, "'", "s"):
        return None
    found = ordinal(line, line.skip(j + 2, "fiscal"))
    if found and line.low(found[0]) in ("quarter", "half") and found[1] > 0:
        return Found(found[0] + 1, Of(Recurring(line.low(found[0]), found[1]), whole))
    if line.low(j + 2) in ("quarter", SPAN):
        return Found(j + 3, Of(Same("quarter"), whole))
    return None


def ago(line: Line, i: int) -> Found | None:
    """ "two days ago", "nearly four years ago", "a year earlier", "six months later", "a week from now"."""
    j = i
    while line.low(j) in WORDS.nearly and j < i + 2:
        j += 1
    if line.says(j, "more", "than") or line.says(j, "less", "than"):
        if line[i - 1].tag in ("NNS", "CD") or line.low(i - 1) in ("percent", "%"):
            return None  # "600 hectares less than ten years ago" compares
        j += 2
    found = cardinal(line, j)
    if not found:  # "years ago"
        some = unit_name(line, i, plural=True) and line.low(i + 1) == "ago"
        return Found(i + 2, Vague()) if some else None
    j, count = found
    unit = WORDS.units.get(line.low(j))
    if line.says(j + 1, "or", "so") or line.says(j + 1, "or", "more"):
        j += 2
    return _aged(line, j, unit, count) if unit else None


def _aged(line: Line, j: int, unit: str, count: int | None) -> Found | None:
    """Read what follows a counted unit and decides: "ago", "earlier", "later", "old"."""
    k = line.skip(j + 1, "-")
    after = line.low(k)
    a_year = count == 1 and unit == "year" and after in ("ago", "earlier")
    if a_year and k > j + 1:
        return None  # "a year-earlier loss": the article belongs to the loss
    if after == "old":
        return Found(k + 1, None)
    if line.low(j + 1) == "from" and unit == "week" and count and (found := _from_day(line, j + 2, count)):
        return found
    way = _way(line, j, k)
    if not way:
        return None
    end, sign, base = way
    if unit in ("second", "minute", "hour"):
        known = after == "ago" and count is not None
        return Found(end, Moved(unit, sign * (count or 0)) if known else None)
    if count is None:
        return Found(end, Vague() if after == "ago" else None)
    return Found(end, Moved(unit, sign * count, "either" if a_year else base)) if unit in CALENDAR_UNITS else None


def _way(line: Line, j: int, k: int) -> tuple[int, int, str] | None:
    """Return the direction behind the unit at j, the base and the end: "ago", "before that", "from now"."""
    if line.low(k) in WAYS and not (line.low(k + 1) == "than" and line.low(k) in ("earlier", "later")):
        return k + 1, *WAYS[line.low(k)]
    if line.low(j + 2) == "that" and not line[j + 3].tag.startswith(("N", "J")) and line.low(j + 1) in BESIDE_THAT:
        return j + 3, BESIDE_THAT[line.low(j + 1)], "context"
    if line.low(j + 1) == "from" and line.low(j + 2) in ("now", "today", "tomorrow"):
        return j + 3, 1, "published"
    return None


def _from_day(line: Line, i: int, weeks: int) -> Found | None:
    """ "A week from Friday", "two weeks from today"."""
    weekday = weekday_name(line, i)
    if weekday and line[i].text[:1].isupper():
        return Found(weekday[0], Weekday(weekday[1], weeks=weeks))
    return Found(i + 1, Moved("day", 7 * weeks)) if line.low(i) == "today" else None


def day_before(line: Line, i: int) -> Found | None:
    """ "From 1.5 percent the day before", "the year after": from the date mentioned before; no clause follows."""
    j = line.skip(i, "the")
    unit = unit_name(line, j)
    if j == i or unit not in ("day", "week", "month", "year") or line.low(j + 1) not in ("before", "after"):
        return None
    after = line[j + 2]
    if after.tag[:1].isalpha() and after.tag not in ("CC", "IN") and after.low != "and":
        return None
    return Found(j + 2, Moved(unit, -1 if line.low(j + 1) == "before" else 1, "context", unit_only=True))


def ahead(line: Line, i: int) -> Found | None:
    """ "(In) ten days", "about two years" after a verb that looks ahead; otherwise it is a duration."""
    if line.low(i - 1) != "in" or line.low(i - 2) in WORDS.not_ahead:
        return None
    j = i + 1 if line.low(i) in WORDS.nearly else i
    found = cardinal(line, j)
    end, count = found or (i, None)
    if count is None:
        return None
    unit = WORDS.units.get(line.low(end))
    after = line[end + 1]
    if (
        unit not in CALENDAR_UNITS
        or unit == "quarter"
        or after.low in ("of", "'", "-", "or", "to", "and", "for")
        or after.tag.startswith("N")
    ):
        return None
    return Found(end + 1, Moved(unit, count, "ahead"))


# --- words that look like dates -------------------------------------------------------------


def no_date(line: Line, i: int) -> Found | None:
    """Frequencies, ages and lengths of time: "every Friday", "20-year-old", "a three-month trial"."""
    low = line.low(i)
    if low in WORDS.every:
        j = line.skip(i + 1, "other", "single")
        found = month_name(line, j) or weekday_name(line, j)
        if found:
            return Found(found[0], None)
        return Found(j + 1, None) if line.low(j) in WORDS.units or line.low(j) in WORDS.seasons else None
    found2 = cardinal(line, i)
    if found2 and line.low(found2[0]) == "-" and line.low(found2[0] + 1) in WORDS.units:
        j = found2[0] + 2
        if line.low(j) == "-" and line.low(j + 1) in ("old", "olds"):
            return Found(j + 2, None)
        return Found(j, None) if line.low(line.skip(j, "-")) not in ("ago", "earlier", "later") else None
    return None


BEFORE_THE_SEASON = frozenset(
    ["in", "over", "throughout", "during", "by", "until", "since", "through", "of", "for", "late", "early", "into"]
)
BEFORE_SEASON = ("in", "by", "until", "since", "early", "late", "mid", "-")
COMPARING = ("same", "corresponding", "comparable", "like", "equivalent", "similar")
YEAR_AGO = Moved("year", -1, "either")


def year_earlier(line: Line, i: int) -> Found | None:
    """ "year-earlier", "the year-ago quarter", "the same period last year", "the 1988 period"."""
    j = line.skip(i, "the", "a")
    compared = line.low(j) in COMPARING
    j = line.skip(j, *COMPARING)
    if line.low(j) == "year":
        return _year_ago(line, i, j)
    if compared and line.low(j) in (SPAN, "quarter", "month", "half"):
        return _compared(line, j)
    number = year_digits(line, j)
    named = line.low(j + 1)
    whole = part("year", number, 1) if number and j > i and named in ("quarter", SPAN) else None
    return Found(j + 2, Of(Same(None if named == SPAN else named), Fixed(whole))) if whole else None


def _year_ago(line: Line, i: int, j: int) -> Found | None:
    """ "the year-ago quarter", "year-earlier third quarter", and "year-ago" of "the year-ago results"."""
    k = line.skip(j + 1, "-")
    if line.low(k) not in ("ago", "earlier", "before") or (k == j + 1 and line.low(i) == "a"):
        return None  # "a year ago" is for `ago`
    after = line.low(k + 1)
    found = _quarter(line, k + 1)
    if found:
        return Found(found[0], Of(found[1], YEAR_AGO))
    if cardinal(line, k + 1):
        return Found(k + 2, None)  # "the year-earlier nine months"
    if after in ("quarter", SPAN, "half", "month"):
        return Found(k + 2, Of(Same(None if after == SPAN else after), YEAR_AGO))
    return Found(k + 1, YEAR_AGO) if k > j + 1 and j == i else None


def _compared(line: Line, j: int) -> Found | None:
    """ "the same period last year", "the corresponding quarter of 1988"."""
    what = Same(None if line.low(j) == SPAN else line.low(j))
    k = line.skip(line.skip(j + 1, "of", "in"), "the")
    if line.low(k) in ("last", "previous", "preceding", "prior", "this") and line.low(k + 1) == "year":
        base = "published" if line.low(k) in ("last", "this") else "context"
        return Found(k + 2, Of(what, Moved("year", 0 if line.low(k) == "this" else -1, base, unit_only=True)))
    named = year_at(line, k)
    if named:
        whole = part("year", named[1], 1)
        return Found(named[0], Of(what, Fixed(whole))) if whole else None
    return None


# --- quarters, halves, seasons --------------------------------------------------------------


def _quarter(line: Line, i: int) -> tuple[int, Recurring] | None:
    """ "third quarter", "third-quarter", "fiscal first quarter", "Q3", "3Q", "second half"."""
    j = line.skip(line.skip(i, "fiscal"), "-")
    low = line.low(j)
    if low == "q" and line[j + 1].glued and line.low(j + 1) in ("1", "2", "3", "4"):
        return j + 2, Recurring("quarter", int(line.low(j + 1)))
    if low in ("1", "2", "3", "4") and line.low(j + 1) == "q" and line[j + 1].glued:
        return j + 2, Recurring("quarter", int(low))
    if low == "h" and line[j + 1].glued and line.low(j + 1) in ("1", "2") and not line[j + 2].glued:
        return j + 2, Recurring("half", int(line.low(j + 1)))
    found = ordinal(line, j)
    if not found:
        return None
    k = line.skip(line.skip(found[0], "-"), "fiscal", "calendar", "business")
    number = found[1]
    if line.low(k) == "quarter" and 1 <= number <= 4:
        return k + 1, Recurring("quarter", number)
    if line.low(k) == "half" and number in (1, 2, -1) and line.low(k + 1) != "-":
        return k + 1, Recurring("half", 2 if number == -1 else number)
    return None


def quarter(line: Line, i: int) -> Found | None:
    """A quarter or half, with its year if there is one: "the third quarter of 2011"."""
    j = line.skip(i, "the")
    named = year_digits(line, j)
    if named and line.low(j + 1) != "-":
        found = _quarter(line, j + 1)
        whole = part(found[1].unit, named, found[1].number) if found else None
        return Found(found[0], Fixed(whole)) if found and whole else None
    found = _quarter(line, j)
    if not found:
        return None
    end, what = found
    if j > i and line.low(end - 2) == "-":
        return None  # "the third-quarter loss": the article belongs to the loss
    exact = _of_year(line, end, what)
    if exact or (what.unit == "half" and line.low(end) not in WORDS.half_nouns):
        return exact
    return Found(end, what)


def month_quarter(line: Line, i: int) -> Found | None:
    """ "The June quarter", "September 2025 quarter", "December-quarter": named after the month in which it ends."""
    month = month_name(line, line.skip(i, "the"))
    if not month:
        return None
    if line.low(month[0]) in ("-", "to", "through"):  # "the July-September quarter"
        month = month_name(line, month[0] + 1)
        if not month or line.low(line.skip(month[0], "-")) != "quarter":
            return None
    named = year_at(line, month[0])
    end = line.skip(named[0] if named else month[0], "-")
    unit, number = line.low(end), month[1]
    if unit not in ("quarter", "half"):
        return None
    end = end + 3 if line.says(end + 1, "-", "year") else line.skip(end + 1, "year")
    months = PARTS["month"] // PARTS[unit]
    if number % months:
        return Found(end, None)  # "the April quarter" is one of a firm's own year
    what = Recurring(unit, number // months, by_month=True)
    if named:
        whole = part(unit, named[1], what.number)
        return Found(end, Fixed(whole)) if whole else None
    return _of_year(line, end, what) or Found(end, what)


def opening_months(line: Line, i: int) -> Found | None:
    """ "The first nine months of 2011", "the last two quarters of the year"; "the nine months"."""
    j = line.skip(i, "the")
    if j > i and line.low(line.skip(j, "latest")) in ("nine", "six", "9", "6"):
        j = line.skip(j, "latest")
        k = line.skip(j + 1, "-")
        return Found(k + 1, Course()) if line.low(k) in ("months", "month") else None
    if line.low(j) not in ("first", "last", "final", "opening"):
        return None
    found = cardinal(line, j + 1)
    size = {"month": 1, "quarter": 3}.get(unit_name(line, found[0], plural=True) or "") if found else None
    if not found or not found[1] or not size or not 1 < found[1] * size < PARTS["month"]:
        return None
    count = found[1] * size
    whole = _year_behind(line, found[0] + 1) if line.low(found[0] + 1) in ("of", "in") else None
    if whole is None:
        return Found(found[0] + 1, Course()) if count in (6, 9) and j > i else None
    first = line.low(j) in ("first", "opening")
    months = (1, count) if first else (PARTS["month"] - count + 1, PARTS["month"])
    return Found(whole[0], Months(*months, whole[1]))


def _of_year(line: Line, end: int, what: Recurring) -> Found | None:
    """Add the year behind a quarter."""
    found = _year_behind(line, line.skip(end, ","))
    if not found or isinstance(found[1], Moved):
        return Found(found[0], Of(what, found[1])) if found else None
    whole = part(what.unit, found[1].period.index, what.number)
    return Found(found[0], Fixed(whole)) if whole else None


def _year_behind(line: Line, i: int) -> tuple[int, Fixed | Moved] | None:
    """ "Of 2011", "2011", "of last year", "of the year", "of fiscal 2011"."""
    k = line.skip(line.skip(i, "of", "in"), "the")
    if line.low(k) in ("fiscal", "calendar"):
        k = line.skip(k + 1, "year")
    named = year_at(line, k)
    whole = part("year", named[1], 1) if named else None
    if named and whole:
        return named[0], Fixed(whole)
    if line.low(k) in WORDS.turns and line.low(k + 1) == "year":
        count, base = WORDS.turns[line.low(k)]
        return k + 2, Moved("year", count, base, unit_only=True)
    return (k + 1, Moved("year", 0, unit_only=True)) if line.low(k) == "year" and k > i else None


def season(line: Line, i: int) -> Found | None:
    """ "the summer of 1999", "summer 2010", "in the spring"; "fall" only with a year."""
    j = line.skip(i, "the")
    j = line.skip(line.skip(j, "early", "late", "mid"), "-") if j > i else j
    low = line.low(j)
    number = WORDS.seasons.get(low) or WORDS.springtimes.get(low)
    if number is None:
        return None
    end = line.skip(j + 1, "of")
    named = year_at(line, end)
    if named:
        whole = part("season", named[1], number)
        return Found(named[0], Fixed(whole)) if whole else None
    if line.low(end) in COMPARED and line.low(end + 1) == "year":
        return Found(end + 2, Of(Recurring("season", number), Moved("year", COMPARED[line.low(end)], unit_only=True)))
    before = line.low(i - 1)
    if low == "fall" or not line[j].text.islower() or line.low(j + 1) in ("-",):
        return None
    after = line[j + 1]
    if before in (BEFORE_THE_SEASON if j > i else BEFORE_SEASON):
        return None if after.tag.startswith("NN") and low != "summer" else Found(j + 1, Recurring("season", number))
    return None


# --- stretches told before ------------------------------------------------------------------


def told(line: Line, i: int) -> Found | None:
    """ "the quarter", "the latest period", "that year", "the full year", "for the week"."""
    if line.low(i) == "that" or line.says(i, "the", "same"):
        return _that(line, i + 1 + (line.low(i) == "the"))
    j = line.skip(i, "the")
    if line.low(j) in ("latest", "most"):
        return _latest(line, j)
    if j == i:
        return None
    k = line.skip(j, "fiscal", "full", "whole", "entire")
    unit = unit_name(line, k)
    if unit == "quarter" and line.low(k + 1) != "-":
        if line.says(k + 1, "a", "year") and line.low(k + 3) in ("ago", "earlier"):
            return Found(k + 4, Of(Same("quarter"), YEAR_AGO))
        return Found(k + 1, Same("quarter"))
    before = line.low(i - 1)
    if unit == "weekend" and before in ("over", "during", "for", "on", "at", "of", "through"):
        return Found(k + 1, Same("weekend"))
    full = line.low(j) in ("full", "whole", "entire") and unit == "year" and line.low(k + 1) not in ("-", "'", "of")
    within = before in ("for", "of", "in", "during") and unit in ("year", "week", "month") and _ends_there(line, k + 1)
    return Found(k + 1, Moved(unit, 0, unit_only=True)) if unit and (full or within) else None


def _that(line: Line, j: int) -> Found | None:
    """Read the unit behind "that" or "the same", which was mentioned before."""
    if line.low(j) in WORDS.day_after and not line[j + 1].tag.startswith("NN"):
        return Found(j + 1, Same("day", strict=True))  # "that evening"
    unit = unit_name(line, j)
    return Found(j + 1, Same(unit, strict=True)) if unit in CALENDAR_UNITS and unit != "weekend" else None


def _latest(line: Line, j: int) -> Found | None:
    """ "Latest quarter", "most recent fiscal year"."""
    k = line.skip(line.skip(line.skip(j, "most"), "latest", "recent"), "fiscal", "reporting")
    if line.low(k) in ("quarter", SPAN):
        return Found(k + 1, Same("quarter"))
    return Found(k + 1, Moved("year", 0, unit_only=True)) if line.low(k) == "year" else None


def _ends_there(line: Line, j: int) -> bool:
    """ "for the year." is this year; "in the year of the flood", "the week before" are others."""
    return not line[j].tag.startswith(("NN", "JJ", "W", "IN", "CD", "VB", "PRP")) and line.low(j) not in (
        "-", "'", "that", "ended", "ending", "when", "before", "after", "to", "of",
    )  # fmt: skip


def year_end(line: Line, i: int) -> Found | None:
    """ "year-end", "year's end", "month end"."""
    unit = unit_name(line, i)
    if unit not in ("year", "month", "quarter", "week"):
        return None
    j = i + 3 if line.says(i + 1, "'", "s") else line.skip(i + 1, "-")
    if line.low(j) != "end" or (line[j + 1].tag.startswith("NN") and j == i + 1):
        return None
    if unit == "year" and line.low(i - 1) in WORDS.about:
        return Found(j + 1, Recurring("month", DECEMBER, turn=0))  # "around year-end"
    whole_unit = Moved(unit, 0, unit_only=True)
    return Found(j + 1, UntilEnd(whole_unit) if line.low(i - 1) in ("by", "before", "until", "till") else whole_unit)
