"""Recognisers of quarters, halves, seasons and of stretches told before: "the third quarter", "the period"."""

from __future__ import annotations

from briefing.facts.dates.calendar import PARTS, part
from briefing.facts.dates.lexicon import WORDS
from briefing.facts.dates.line import Line
from briefing.facts.dates.meaning import Course, Fixed, Months, Moved, Of, Recurring, Same, UntilEnd
from briefing.facts.dates.names import CALENDAR_UNITS, COMPARED, SPAN, Found, unit_name
from briefing.facts.dates.numbers import cardinal, ordinal, year, year_digits

BEFORE_THE_SEASON = (
    "in",
    "over",
    "throughout",
    "during",
    "by",
    "until",
    "since",
    "through",
    "of",
    "for",
    "late",
    "early",
    "into",
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
        return None  # "a year ago" is for `units.ago`
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
    """ "the same period last year", "the corresponding quarter of 1988", "the same month a year earlier"."""
    what = Same(None if line.low(j) == SPAN else line.low(j))
    k = line.skip(line.skip(j + 1, "of", "in"), "the")
    if line.low(k) in ("last", "previous", "preceding", "prior", "this") and line.low(k + 1) == "year":
        base = "published" if line.low(k) in ("last", "this") else "context"
        return Found(k + 2, Of(what, Moved("year", 0 if line.low(k) == "this" else -1, base, unit_only=True)))
    if line.says(k, "a", "year") and line.low(k + 2) in ("ago", "earlier", "before"):
        return Found(k + 3, Of(what, YEAR_AGO))
    if line.low(k) == "year" and line.low(k + 1) in ("ago", "earlier"):
        return Found(k + 2, Of(what, YEAR_AGO))
    named = year(line, k)
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
    """A quarter or half, with its year where the words give one: "the third quarter of 2011"."""
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
    exact = _quarter_of_year(line, end, what)
    if exact or (what.unit == "half" and line.low(end) not in WORDS.half_nouns):
        return exact
    return Found(end, what)


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
    whole = _year_behind(line, found[0] + 1)
    if whole is None:
        return Found(found[0] + 1, Course()) if count in (6, 9) and j > i else None
    first = line.low(j) in ("first", "opening")
    months = (1, count) if first else (PARTS["month"] - count + 1, PARTS["month"])
    return Found(whole[0], Months(*months, whole[1]))


def _year_behind(line: Line, i: int) -> tuple[int, Fixed | Moved] | None:
    """ "of 2011", "of last year", "of the year"."""
    if line.low(i) not in ("of", "in"):
        return None
    k = line.skip(i + 1, "the")
    named = year(line, line.skip(k, "calendar"))
    whole = part("year", named[1], 1) if named and named[1] >= 1000 else None
    if named and whole:
        return named[0], Fixed(whole)
    if line.low(k) in WORDS.turns and line.low(k + 1) == "year":
        count, base = WORDS.turns[line.low(k)]
        return k + 2, Moved("year", count, base, unit_only=True)
    if line.low(k) == "year" and k > i + 1:
        return k + 1, Moved("year", 0, unit_only=True)
    return None


def _quarter_of_year(line: Line, end: int, what: Recurring) -> Found | None:
    """The year behind a quarter: "of 2011", "2011", "of last year", "of the year", "of fiscal 2011"."""
    k = line.skip(line.skip(end, ","), "of", "in")
    k = line.skip(k, "the")
    if line.low(k) in ("fiscal", "calendar"):
        k = line.skip(k + 1, "year")
    named = year(line, k)
    if named and named[1] >= 1000:
        whole = part(what.unit, named[1], what.number)
        return Found(named[0], Fixed(whole)) if whole else None
    if line.low(k) in WORDS.turns and line.low(k + 1) == "year":
        count, base = WORDS.turns[line.low(k)]
        return Found(k + 2, Of(what, Moved("year", count, base, unit_only=True)))
    if line.low(k) == "year" and k > end:
        return Found(k + 1, Of(what, Moved("year", 0, unit_only=True)))
    return None


def season(line: Line, i: int) -> Found | None:
    """ "the summer of 1999", "summer 2010", "in the spring"; "fall" only with a year."""
    j = line.skip(i, "the")
    j = line.skip(line.skip(j, "early", "late", "mid"), "-") if j > i else j
    low = line.low(j)
    number = WORDS.seasons.get(low) or WORDS.springtimes.get(low)
    if number is None:
        return None
    end = line.skip(j + 1, "of")
    named = year(line, end)
    if named and named[1] >= 1000:
        whole = part("season", named[1], number)
        return Found(named[0], Fixed(whole)) if whole else None
    if line.low(end) in COMPARED and line.low(end + 1) == "year":
        return Found(end + 2, Of(Recurring("season", number), Moved("year", COMPARED[line.low(end)], unit_only=True)))
    before = line.low(i - 1)
    if low == "fall" or not line[j].raw.islower() or line.low(j + 1) in ("-",):
        return None
    after = line[j + 1]
    if before in (BEFORE_THE_SEASON if j > i else BEFORE_SEASON):
        return None if after.tag.startswith("NN") and low != "summer" else Found(j + 1, Recurring("season", number))
    return None


# --- stretches told before ------------------------------------------------------------------


def told(line: Line, i: int) -> Found | None:
    """ "the quarter", "the latest period", "that year", "the full year", "for the week"."""
    low = line.low(i)
    if low == "that" or (low == "the" and line.low(i + 1) == "same"):
        j = i + 1 if low == "that" else i + 2
        if line.low(j) in WORDS.day_after and not line[j + 1].tag.startswith("NN"):
            return Found(j + 1, Same("day", strict=True))  # "that evening"
        unit = unit_name(line, j)
        if unit in CALENDAR_UNITS and unit != "weekend":
            return Found(j + 1, Same(unit, strict=True))
        return None
    j = line.skip(i, "the")
    if line.low(j) in ("latest", "most"):
        k = line.skip(line.skip(j, "most"), "latest", "recent")
        k = line.skip(k, "fiscal", "reporting")
        if line.low(k) in ("quarter", SPAN):
            return Found(k + 1, Same("quarter"))
        return Found(k + 1, Moved("year", 0, unit_only=True)) if line.low(k) == "year" else None
    if j == i:
        return None
    k = line.skip(j, "fiscal", "full", "whole", "entire")
    unit = unit_name(line, k)
    if unit == "quarter" and line.low(k + 1) != "-":
        if line.says(k + 1, "a", "year") and line.low(k + 3) in ("ago", "earlier"):
            return Found(k + 4, Of(Same("quarter"), YEAR_AGO))
        return Found(k + 1, Same("quarter"))
    if unit == "weekend" and line.low(i - 1) in ("over", "during", "for", "on", "at", "of", "through"):
        return Found(k + 1, Same("weekend"))
    if unit == "year" and line.low(j) in ("full", "whole", "entire") and line.low(k + 1) not in ("-", "'", "of"):
        return Found(k + 1, Moved("year", 0, unit_only=True))
    if (
        unit in ("year", "week", "month")
        and line.low(i - 1) in ("for", "of", "in", "during")
        and _ends_there(line, k + 1)
    ):
        return Found(k + 1, Moved(unit, 0, unit_only=True))
    return None


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
    named = year(line, j + 1)
    if named and unit == "year":
        whole = part("year", named[1], 1)
        return Found(named[0], Fixed(whole)) if whole else None
    whole_unit = Moved(unit, 0, unit_only=True)
    return Found(j + 1, UntilEnd(whole_unit) if line.low(i - 1) in ("by", "before", "until", "till") else whole_unit)
