"""Recognisers of counted and turned units: "last year", "two weeks ago"; and of lengths of time, no dates."""

from __future__ import annotations

from briefing.facts.dates.lexicon import WORDS
from briefing.facts.dates.line import Line
from briefing.facts.dates.meaning import Ahead, Moved, Of, Recurring, Same, Stretch, Vague, Weekday
from briefing.facts.dates.names import CALENDAR_UNITS, SPAN, Found, month_name, unit_name, weekday_name
from briefing.facts.dates.numbers import cardinal, ordinal

FILLERS = frozenset({"fiscal", "calendar", "full", "coming", "past", "very", "financial", "academic", "school"})
QUOTES = frozenset({"'", '"', "“", "”", "«", "‘"})


def turned(line: Line, i: int) -> Found | None:
    """ "last year", "next month", "this week", "the previous day", "last May", "this summer"."""
    j = line.skip(i, "the")
    if line.low(j) not in WORDS.turns:
        return None
    count, base = WORDS.turns[line.low(j)]
    if count == 0 and line.low(j + 1) in ("past", "coming"):  # "this past week"
        count = -1 if line.low(j + 1) == "past" else 1
    backward = line.low(j) in ("past", "last")
    k = j + 1
    while line.low(k) in FILLERS and k < j + 3:
        k += 1
    daypart = line.low(k) in WORDS.day_after if base == "context" or (j > i and count) else False
    if daypart and k == j + 1 and not line[k + 1].tag.startswith("NN"):
        return Found(k + 1, Moved("day", count, "context"))  # "the next morning", "the previous night"
    unit = unit_name(line, k)
    if unit and line[k].raw[:1].isupper() and line[i - 1].low in QUOTES:
        return None  # a title
    if unit == "day" and count == 0:
        return None  # "this day": whichever the text is about
    if unit == "fortnight":
        return Found(k + 1, Moved("week", 2 * count, base, unit_only=True))
    if unit in CALENDAR_UNITS:
        if j > i and base == "published" and count:
            return _stretch(line, k, unit, count, backward)
        if j > i and line.low(j) == "next":
            base = "context"
        exact = Moved(unit, count, base, unit_only=True)
        return _part_of(line, k + 1, exact) or Found(k + 1, exact)
    if line.low(k) in WORDS.seasons and line[k].raw.islower():
        return Found(k + 1, Recurring("season", WORDS.seasons[line.low(k)], turn=count))
    month = month_name(line, k) if line[k].raw[:1].isupper() else None
    if month and base == "published" and j == i:
        number = _month_day(line, month)
        return number or Found(month[0], Recurring("month", month[1], turn=count))
    return _counted_turn(line, k)


def _month_day(line: Line, month: tuple[int, int]) -> Found | None:
    number = ordinal(line, month[0]) or cardinal(line, month[0])
    if number and number[1] and 1 <= number[1] <= 31 and line.low(month[0]) not in ("a", "an", "another"):
        return Found(number[0], Recurring("month", month[1], number[1]))
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


def _counted_turn(line: Line, k: int) -> Found | None:
    """ "the last two weeks", "the past few years" are durations: no date, and nothing in them is one."""
    number = cardinal(line, line.skip(k, "couple"))
    if not number:
        return None
    end = number[0]
    if line.low(end) in ("to", "or", "-"):
        more = cardinal(line, end + 1)
        end = more[0] if more else end
    end = line.skip(end, "full", "fiscal", "trading", "business", "consecutive", "straight")
    return Found(end + 1, None) if line.low(end) in WORDS.units and line.low(end + 1) != "ago" else None


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
        j += 2
    found = cardinal(line, j)
    if not found:
        return _years_ago(line, i)
    j, count = found
    j = line.skip(j, "and") if line.says(j, "and", "a", "half") else j
    half = line.says(j, "a", "half")
    j = j + 2 if half else j
    unit = unit_name(line, j) or unit_name(line, j, plural=True)
    if not unit:
        return None
    if line.says(j + 1, "or", "so") or line.says(j + 1, "or", "more"):
        j += 2
    return _aged(line, j, unit, count, half)


def _aged(line: Line, j: int, unit: str, count: int | None, half: bool) -> Found | None:
    """What stands behind a counted unit decides: "ago", "earlier", "later", "old"."""
    sign, end, base = 0, j + 2, "published"
    k = line.skip(j + 1, "-")
    after = line.low(k)
    if k > j + 1 and count == 1 and unit == "year" and after in ("ago", "earlier"):
        return None  # "a year-earlier loss": the article belongs to the loss
    if after == "ago":
        sign, end = -1, k + 1
        base = "either" if count == 1 and unit == "year" else "published"
    elif after == "earlier" and line.low(k + 1) != "than":
        sign, end = -1, k + 1
        base = "either" if count == 1 and unit == "year" else "context"
    elif after == "later" and line.low(k + 1) != "than":
        sign, base = 1, "context"
    elif (
        line.low(j + 1) in ("after", "before")
        and line.low(j + 2) == "that"
        and not line[j + 3].tag.startswith(("N", "J"))
    ):
        sign, end, base = 1 if line.low(j + 1) == "after" else -1, j + 3, "context"
    elif line.says(j + 1, "from", "now"):
        sign, end = 1, j + 3
    elif line.low(j + 1) == "from" and unit == "week" and count and (found := _from_day(line, j + 2, count)):
        return found
    elif line.says(j + 1, "from", "today"):
        sign, end = 1, j + 3
    elif line.says(j + 1, "from", "tomorrow") or after == "hence":
        sign, end = 1, j + (2 if after == "hence" else 3)
    elif after == "old":
        return Found(k + 1, None)
    if not sign:
        return None
    if unit in ("second", "minute", "hour"):
        known = after == "ago" and count is not None and not half
        return Found(end, Moved(unit, sign * (count or 0)) if known else None)
    if count is None or half:
        return Found(end, Vague() if after == "ago" else None)
    if unit == "fortnight":
        unit, count = "week", 2 * count
    if unit not in CALENDAR_UNITS:
        return None
    return Found(end, Moved(unit, sign * count, base))


def _from_day(line: Line, i: int, weeks: int) -> Found | None:
    """ "A week from Friday", "two weeks from today"."""
    weekday = weekday_name(line, i)
    if weekday and line[i].raw[:1].isupper():
        return Found(weekday[0], Weekday(weekday[1], weeks=weeks))
    return Found(i + 1, Moved("day", 7 * weeks)) if line.low(i) == "today" else None


def day_before(line: Line, i: int) -> Found | None:
    """ "From 1.5 percent the day before", "the year after": from the date told before, and no clause follows."""
    j = line.skip(i, "the")
    unit = unit_name(line, j)
    if j == i or unit not in ("day", "week", "month", "year") or line.low(j + 1) not in ("before", "after"):
        return None
    after = line[j + 2]
    if after.tag[:1].isalpha() and after.tag not in ("CC", "IN") and after.low != "and":
        return None
    return Found(j + 2, Moved(unit, -1 if line.low(j + 1) == "before" else 1, "context", unit_only=True))


def before_last(line: Line, i: int) -> Found | None:
    """ "the week before last", "the year after next"."""
    j = line.skip(i, "the")
    unit = unit_name(line, j)
    if j == i or unit not in ("week", "weekend", "month", "year"):
        return None
    if line.says(j + 1, "before", "last"):
        return Found(j + 3, Moved(unit, -2, unit_only=True))
    return Found(j + 3, Moved(unit, 2, unit_only=True)) if line.says(j + 1, "after", "next") else None


def ahead(line: Line, i: int) -> Found | None:
    """ "(In) ten days", "about two years" where the verb looks ahead: else it tells how long something took."""
    if line.low(i - 1) != "in" or line.low(i - 2) in WORDS.not_ahead:
        return None
    j = i + 1 if line.low(i) in WORDS.nearly else i
    found = cardinal(line, j)
    end, count = found or (i, None)
    if count is None:
        return None
    unit = unit_name(line, end) or unit_name(line, end, plural=True)
    after = line[end + 1]
    if (
        unit not in CALENDAR_UNITS
        or unit == "quarter"
        or after.low in ("of", "'", "-", "or", "to", "and", "for")
        or after.tag.startswith("N")
    ):
        return None
    return Found(end + 1, Ahead(Moved(unit, count)))


def _years_ago(line: Line, i: int) -> Found | None:
    """ "years ago", "decades ago"."""
    unit = unit_name(line, i, plural=True)
    return Found(i + 2, Vague()) if unit and line.low(i + 1) == "ago" else None


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
