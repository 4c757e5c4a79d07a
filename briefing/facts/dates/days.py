"""Recognisers of days told from the day of writing: "yesterday", "last Friday", "Tuesday night"."""

from __future__ import annotations

from briefing.facts.dates.lexicon import WORDS
from briefing.facts.dates.line import Line
from briefing.facts.dates.meaning import Between, Moved, NthWeekday, Of, Weekday
from briefing.facts.dates.months import month_first
from briefing.facts.dates.names import COMPARED, Found, month_name, weekday_name
from briefing.facts.dates.numbers import ordinal, year

TODAY = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0}


def near_day(line: Line, i: int) -> Found | None:
    """ "yesterday", "tomorrow night", "last night", "this morning", "the day before yesterday"."""
    low = line.low(i)
    if low in TODAY:
        if _no_day_here(line, i):
            return None
        return Found(_daypart(line, i + 1), Moved("day", TODAY[low]))
    if low == "the" and line.says(i + 1, "day", "before", "yesterday"):
        return Found(i + 4, Moved("day", -2))
    if low == "the" and line.says(i + 1, "day", "after", "tomorrow"):
        return Found(i + 4, Moved("day", 2))
    if low == "last" and line.low(i + 1) in ("night", "evening"):
        return Found(i + 2, Moved("day", -1))
    if low == "this":
        j = line.skip(i + 1, "very", "early", "late")
        if line.low(j) in WORDS.dayparts and line.low(j) not in ("dawn", "dusk"):
            return Found(j + 1, Moved("day", 0))
    return None


def _no_day_here(line: Line, i: int) -> bool:
    """ "a better tomorrow", "USA Today"."""
    before = line[i - 1]
    if before.low in ("a", "an", "every") or (line[i].raw[:1].isupper() and before.tag == "NNP"):
        return True
    return before.tag[:2] == "JJ" and line.low(i - 2) in ("a", "an", "the", "of")


def _daypart(line: Line, i: int) -> int:
    """The place after "night" in "Friday night" and "late" in "Friday late"."""
    j = line.skip(i, "early", "late")
    return j + 1 if line.low(j) in WORDS.dayparts else i


def weekday(line: Line, i: int) -> Found | None:
    """ "Friday", "last Friday", "this coming Sunday", "Tuesday night", "Friday of next week"."""
    turn: int | None = None
    base = "published"
    j = i
    if line.low(j) == "the" and line.low(j + 1) in ("previous", "following", "next", "preceding"):
        j += 1
    if line.low(j) in WORDS.turns:
        if line.low(j) == "following" and j == i:
            return None  # "following Wednesday's leak": after it
        turn, base = WORDS.turns[line.low(j)]
        j += 1
        if line.low(j) in ("coming", "past"):
            turn = WORDS.turns[line.low(j)][0]
            j += 1
    found = weekday_name(line, j)
    if not found or not _trusted_weekday(line, j, found[0]):
        return None
    if line.low(j - 1) in WORDS.ordinals and line.low(j - 1) != "last":
        return Found(found[0], None)  # "the third Thursday of November"
    end, number = found
    if line.says(end, "before", "last") and turn is None:
        return Found(end + 2, Weekday(number, -1, weeks=-1))
    other = weekday_name(line, end + 1) if line.low(end) in ("to", "through", "-") else None
    if other and turn is None and (line.low(i - 1) == "from" or line.low(end) == "through"):
        return Found(other[0], Between(Weekday(number), Weekday(other[1])))
    if turn is None and (other or line.low(i - 1) in WORDS.every):
        return Found(other[0] if other else end, None)  # hours of business, meetings every week
    k = line.skip(end, "of")
    if line.low(k) in COMPARED and line.low(k + 1) == "week":
        return Found(k + 2, Of(Weekday(number), Moved("week", COMPARED[line.low(k)])))
    after = _daypart(line, end)
    if line.low(after - 1) in ("mornings",) or line.low(after) in ("nights", "evenings", "afternoons"):
        return Found(after, None)
    exact = month_first(line, line.skip(after, ","))  # "this coming Sunday, March 8"
    return exact or Found(after, Weekday(number, turn, base))


def nth_weekday(line: Line, i: int) -> Found | None:
    """ "The last Sunday in July", "the first Monday of October 2012"."""
    found = ordinal(line, line.skip(i, "the"))
    day = weekday_name(line, found[0]) if found else None
    month = month_name(line, day[0] + 1) if day and line.low(day[0]) in ("in", "of") else None
    if not found or not day or not month or not (found[1] == -1 or 1 <= found[1] <= 5):
        return None
    named = year(line, line.skip(line.skip(month[0], ","), "of"))
    return Found(named[0] if named else month[0], NthWeekday(found[1], day[1], month[1], named[1] if named else None))


def _trusted_weekday(line: Line, i: int, end: int) -> bool:
    """Is it a day here: not "Friday Harbor", not "Bloody Sunday", not "sun"?"""
    word = line[i]
    if word.low in WORDS.weekday_abbreviations:
        return end > i + 1 or (word.raw[:1].isupper() and line.low(end) == "," and bool(month_name(line, end + 1)))
    if line.low(i - 1) in WORDS.weekday_names and line[i - 1].raw[:1].isupper() and line[i - 1].low != "last":
        return False
    if not word.raw[:1].isupper() and line.low(i - 1) not in (
        "on",
        "last",
        "next",
        "this",
        "late",
        "early",
        "until",
        "by",
    ):
        return False
    if word.name in ("PERSON", "ORG", "FAC", "GPE", "WORK_OF_ART", "PRODUCT", "LOC", "EVENT"):
        neighbours = line[i - 1] if line[i - 1].name == word.name else line[end]
        return neighbours.name != word.name or line.low(i - 1) in ("on", "last", "next", "this", "late", "early")
    return True
