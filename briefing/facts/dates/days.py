"""Recognisers of days relative to the day of writing: "yesterday", "last Friday", "Tuesday night"."""

from __future__ import annotations

from briefing.facts.dates.calendar import Period, day, part, year
from briefing.facts.dates.words import (
    COMPARED,
    EASTERN,
    WORDS,
    Between,
    Fixed,
    Found,
    Holiday,
    MonthDay,
    Moved,
    NthWeekday,
    Of,
    Recurring,
    Weekday,
    Written,
    counts,
    day_number,
    month_name,
    weekday_name,
)
from briefing.facts.numbers import ORDINALS, SUFFIXES, digits, of_two_digits, ordinal, year_at, year_digits
from briefing.facts.tokens import Line

# Recognisers of dates in digits alone: "2021-05-04", "04/05/2021", "2021年5月4日".


def numeric(line: Line, i: int) -> Found | None:
    """ "2021-05-04", "2021/5/4", "4.5.2021", "04/05/2021", "2021年5月4日": parts without spaces between."""
    low = line.low(i)
    if not low.isdecimal() or not low.isascii() or len(low) > 4:
        return None
    before = line[i - 1]
    mark = line.low(i + 1)
    if EASTERN.get(mark) == "year" and not (line[i].glued and before.low.isascii() and before.low.isalnum()):
        return _eastern(line, i)
    if line[i].glued and (before.low in ("-", "/", ".", ",", ":", "$", "#") or before.low.isalnum()):
        return None
    if mark not in ("-", "/", ".") or not line[i + 1].glued:
        return None
    second, third = line.low(i + 2), line.low(i + 4)
    if not second.isdecimal() or len(second) > 2 or not line[i + 2].glued:
        return None
    if line.low(i + 3) != mark or not line[i + 3].glued or not third.isdecimal() or not line[i + 4].glued:
        return None
    after = line[i + 5]
    if after.glued and (
        (after.low.isalnum() and after.low != "t") or (after.low in ("-", "/") and line[i + 6].low.isdecimal())
    ):
        return None
    return _three(line, i, mark)


def _three(line: Line, i: int, mark: str) -> Found | None:
    texts = line.low(i), line.low(i + 2), line.low(i + 4)
    a, b, c = (int(t) for t in texts)
    if len(texts[0]) == 4 and len(texts[2]) <= 2:
        whole = day(a, b, c) if 1000 <= a <= 2100 else None
        return Found(i + 5, Fixed(whole)) if whole else None
    if len(texts[0]) > 2 or len(texts[2]) not in (2, 4) or (len(texts[2]) == 2 and mark != "/"):
        return None
    number = c if len(texts[2]) == 4 else of_two_digits(c)
    if not 1000 <= number <= 2100:
        return None
    day_first, month_first = both_orders(number, a, b)
    if mark == ".":  # points are European
        month_first = None
    if day_first and month_first and day_first != month_first:
        return Found(i + 5, Written(number, a, b))
    whole = day_first or month_first
    return Found(i + 5, Fixed(whole)) if whole else None


def both_orders(year: int, first: int, second: int) -> tuple[Period | None, Period | None]:
    """Return the dates of two numbers and a year with the day first, and with the month first."""
    return day(year, second, first), day(year, first, second)


def _eastern(line: Line, i: int) -> Found | None:
    """ "2021年5月4日" in an Eastern text, or left as it is by a machine translation; "2021년 5월 4일"."""
    number = year_digits(line, i)
    if number is None:
        return None
    month, date = digits(line, i + 2), digits(line, i + 4)
    if month and EASTERN.get(line.low(i + 3)) == "month":
        if date and EASTERN.get(line.low(i + 5)) == "day":
            whole = day(number, month, date)
            return Found(i + 6, Fixed(whole)) if whole else None
        whole = part("month", number, month)
        return Found(i + 4, Fixed(whole)) if whole else None
    whole = year(number)
    return Found(i + 2, Fixed(whole)) if whole else None


# Recognisers of days and months: "4 May 2021", "Sept. 22", "the 22nd", "last" and "next" months aside.

TO = ("-", "to", "through", "until", "till")


def calendar_day(line: Line, i: int) -> Found | None:
    """ "Sept. 22", "22nd of September 2011", "Friday, May 4, 2021", "4-6 May"."""
    found = month_first(line, i) or day_first(line, i)
    if found:
        return found
    weekday = weekday_name(line, i)
    if weekday:
        j = line.skip(weekday[0], ",")
        j = line.skip(j, "the")
        return month_first(line, j) or day_first(line, j)
    return None


def month_first(line: Line, i: int) -> Found | None:
    """ "May 4", "May 4th, 2021", "May 4-6", "March eighth"."""
    month = month_name(line, i)
    if not month or (not line[i].text[:1].isupper() and month[1] in (3, 5)):
        return None
    days = _days(line, line.skip(month[0], "the"))
    return _with_year(line, days[0], month[1], *days[1:]) if days else None


def day_first(line: Line, i: int) -> Found | None:
    """ "4 May", "the 4th of May, 2021", "4-6 May 2021", "4-May-21"."""
    if hyphened := _hyphened(line, i):
        return hyphened
    j = line.skip(i, "the")
    days = _days(line, j)
    if not days or not (digits(line, j) is not None or line.low(days[0]) == "of"):
        return None
    end = days[0]
    k = line.skip(line.skip(end, "day"), "of")
    month = month_name(line, k)
    if not month or (not line[k].text[:1].isupper() and month[1] in (3, 5) and k == end):
        return None
    return _with_year(line, month[0], month[1], *days[1:])


def _hyphened(line: Line, i: int) -> Found | None:
    """ "4-May-2021", "04-Nov-12", "4/May/2021": as tables and contracts write it."""
    number, mark = digits(line, i, 2), line.low(i + 1)
    month = month_name(line, i + 2) if number and mark in ("-", "/", ".") and line[i + 1].glued else None
    if not number or not month or month[0] != i + 3 or line.low(i + 3) != mark or not line[i + 2].glued:
        return None
    text, after = line.low(i + 4), line[i + 5]
    short = digits(line, i + 4)
    if short is None or len(text) not in (2, 4) or not (line[i + 3].glued and line[i + 4].glued):
        return None
    if (after.glued and (after.low.isalnum() or after.low in ("-", "/"))) or (
        line[i].glued and line.low(i - 1) == mark
    ):
        return None
    whole = day(short if len(text) == 4 else of_two_digits(short), month[1], number)
    return Found(i + 5, Fixed(whole) if whole else None)


def _days(line: Line, i: int) -> tuple[int, int, int | None] | None:
    """Return where the "4", "4th" or "4-6" of a month ends, its day, and the last of several days."""
    first = day_number(line, i)
    last = day_number(line, first[0] + 1) if first and line.low(first[0]) in TO else None
    if first and last and last[1] > first[1]:
        return last[0], first[1], last[1]
    return (*first, None) if first else None


def _with_year(line: Line, end: int, month: int, first: int, last: int | None) -> Found | None:
    """Add the year behind a day and its month, and ranges of days; only days that exist."""
    j = line.skip(line.skip(end, ","), "of")
    named = year_at(line, j)
    # "May 4, 2011 people": a number after a comma is a year unless it counts what follows
    if named and not counts(line, named[0]):
        days = [day(named[1], month, d) for d in (first, last) if d]
        if any(d is None for d in days):
            return Found(named[0], None)
        ends = [Fixed(d) for d in days if d]
        return Found(named[0], ends[0] if len(ends) == 1 else Between(ends[0], ends[1]))
    if any(day(2000, month, d) is None for d in (first, last) if d):
        return None
    known = WORDS.known_days.get(f"{month}-{first}")
    if known and last is None and line.low(end) in known.before:
        whole = day(known.year, month, first)
        return Found(end, Fixed(whole)) if whole else None
    turn = line.low(j) in COMPARED and line.low(j + 1) == "year"
    ends2 = [Recurring("month", month, d) for d in (first, last) if d]
    if turn and len(ends2) == 1:
        return Found(j + 2, Of(ends2[0], Moved("year", COMPARED[line.low(j)], unit_only=True)))
    return Found(end, ends2[0] if len(ends2) == 1 else Between(ends2[0], ends2[1]))


def month_alone(line: Line, i: int) -> Found | None:
    """ "May 2021", "September of last year", "September"; "may" and "march" only where they must be months."""
    month = month_name(line, i)
    if not month:
        return None
    end, number = month
    word = line[i]
    j = line.skip(line.skip(end, ","), "of")
    named = year_at(line, j)
    if named and not counts(line, named[0]) and (word.text[:1].isupper() or number not in (3, 5)):
        if line.low(end) == "," and not word.text[:1].isupper():
            return None
        whole = part("month", named[1], number)
        return Found(named[0], Fixed(whole)) if whole else None
    if not word.text[:1].isupper() or not _trusted_month(line, i):
        return None
    k = line.skip(line.skip(end, "of"), "the")
    if line.low(k) in COMPARED and line.low(k + 1) == "year":
        return Found(k + 2, Of(Recurring("month", number), Moved("year", COMPARED[line.low(k)], unit_only=True)))
    if line.low(k) in ("same", "that", "following", "previous") and line.low(k + 1) == "year":
        turn = {"following": 1, "previous": -1}.get(line.low(k), 0)
        return Found(k + 2, Of(Recurring("month", number), Moved("year", turn, "context", unit_only=True)))
    return Found(end, Recurring("month", number))


def _trusted_month(line: Line, i: int) -> bool:
    """Tell whether a bare month name means the month, not a person, a verb or part of a name."""
    word, before, after = line[i], line[i - 1], line[i + 1]
    if word.low in WORDS.month_abbreviations and after.low != ".":
        return word.low in ("sept", "nov", "oct", "aug", "feb") and before.low in WORDS.before_month
    if before.low in WORDS.before_month and word.label != "PERSON":
        named = after.tag == "NNP" and after.text[:1].isupper() and before.low not in WORDS.before_month_alone
        return not named  # "the prize went to June Aldred"
    if word.low in WORDS.doubtful_months:
        return before.low == "-" and line.low(i - 2) in ("end", "mid", "early", "late")
    if word.label in ("PERSON", "ORG", "FAC", "WORK_OF_ART", "PRODUCT", "GPE", "EVENT"):
        return False
    return not (before.tag == "NNP" and before.text[:1].isupper() and not before.low.isdecimal() and before.low != ".")


# --- days without a month -------------------------------------------------------------------


def day_of_month(line: Line, i: int) -> Found | None:
    """ "the 22nd", "on 22nd", "the 5th of this month": digits only, no noun behind."""
    j = line.skip(i, "the")
    number = digits(line, j, 2)
    if number is None or not 1 <= number <= 31:
        return None
    suffixed = line.low(j + 1) in SUFFIXES
    end = j + 1 + suffixed
    month = _of_month(line, end)
    if month and (suffixed or line.low(end) == "of"):
        return Found(month[0], MonthDay(number, month[1]))
    if not suffixed:
        return None
    if line.low(i) != "the" and line.low(i - 1) not in ("on", "until", "by", "since", "from", "to", "of"):
        return None
    return Found(end, MonthDay(number)) if _no_noun(line, end) else None


def _of_month(line: Line, end: int) -> tuple[int, int] | None:
    """ "of this month", "last month" behind a day's number."""
    j = line.skip(end, "of")
    return (j + 2, COMPARED[line.low(j)]) if line.low(j) in COMPARED and line.low(j + 1) == "month" else None


def _no_noun(line: Line, end: int) -> bool:
    """Tell whether no noun follows that the number could count: not "the 22nd floor", "the 19th National Congress"."""
    after = line[end]
    if after.glued and after.low not in (",", ".", ";", ")", ":", "'", '"', "”", "!", "?", "]"):
        return False
    if after.low in ("of", "century", "and", "or", "local") or after.low in WORDS.units:
        return after.low == "local" or (after.low in ("and", "or") and line.low(end + 1) in ("the",))
    return not after.tag.startswith(("NN", "JJ", "VBG", "CD")) or after.low in ("local", "beijing")


BEFORE_WEEKDAY = frozenset({"on", "last", "next", "this", "late", "early"})
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
    if before.low in ("a", "an", "every") or (line[i].text[:1].isupper() and before.tag == "NNP"):
        return True
    return before.tag[:2] == "JJ" and line.low(i - 2) in ("a", "an", "the", "of")


def _daypart(line: Line, i: int) -> int:
    """Return the place after "night" in "Friday night" and "late" in "Friday late"."""
    j = line.skip(i, "early", "late")
    return j + 1 if line.low(j) in WORDS.dayparts else i


def weekday(line: Line, i: int) -> Found | None:
    """ "Friday", "last Friday", "this coming Sunday", "Tuesday night", "Friday of next week"."""
    j, turn, base = _turn(line, i)
    found = weekday_name(line, j)
    if not found or not _trusted_weekday(line, j, found[0]):
        return None
    if line.low(j - 1) in ORDINALS and line.low(j - 1) != "last":
        return Found(found[0], None)  # "the third Thursday of November"
    end, number = found
    if turn is None and (several := _several_weekdays(line, i, end, number)):
        return several
    k = line.skip(end, "of")
    if line.low(k) in COMPARED and line.low(k + 1) == "week":
        return Found(k + 2, Of(Weekday(number), Moved("week", COMPARED[line.low(k)])))
    after = _daypart(line, end)
    if line.low(after - 1) == "mornings" or line.low(after) in ("nights", "evenings", "afternoons"):
        return Found(after, None)
    exact = month_first(line, line.skip(after, ","))  # "this coming Sunday, March 8"
    return exact or Found(after, Weekday(number, turn, base))


def _turn(line: Line, i: int) -> tuple[int, int | None, str]:
    """Return the place of the weekday in "last Friday", "this coming Sunday", the turn, and what it counts from."""
    j = i + (line.low(i) == "the" and line.low(i + 1) in ("previous", "following", "next", "preceding"))
    if line.low(j) not in WORDS.turns or (line.low(j) == "following" and j == i):
        return j, None, "published"  # "following Wednesday's leak": after it
    turn, base = WORDS.turns[line.low(j)]
    if line.low(j + 1) in ("coming", "past"):
        return j + 2, WORDS.turns[line.low(j + 1)][0], base
    return j + 1, turn, base


def _several_weekdays(line: Line, i: int, end: int, number: int) -> Found | None:
    """ "The Friday before last"; no date are hours of business and meetings every week."""
    if line.says(end, "before", "last"):
        return Found(end + 2, Weekday(number, -1, weeks=-1))
    other = weekday_name(line, end + 1) if line.low(end) in ("to", "through", "-") else None
    if other or line.low(i - 1) in WORDS.every:
        return Found(other[0] if other else end, None)
    return None


def nth_weekday(line: Line, i: int) -> Found | None:
    """ "The last Sunday in July", "the first Monday of October 2012", "the third Tuesday of next month"."""
    found = ordinal(line, line.skip(i, "the"))
    day = weekday_name(line, found[0]) if found else None
    if not found or not day or line.low(day[0]) not in ("in", "of") or not (found[1] == -1 or 1 <= found[1] <= 5):
        return None
    nth = NthWeekday(day[1], found[1])
    month = month_name(line, day[0] + 1)
    whole = _nth_of_month(line, month, nth) if month else _nth_of_told(line, day[0] + 1, nth)
    if line.low(i - 1) in ORDINALS or line.low(i - 1) in ("-", "one"):
        return Found(whole.end, None)  # "the second last Friday of May"
    return whole


def _nth_of_month(line: Line, month: tuple[int, int], nth: NthWeekday) -> Found:
    j = line.skip(line.skip(month[0], ","), "of", "in")
    rule = {"month": month[1], "weekday": nth.day, "nth": nth.nth}
    if named := year_at(line, j):
        return Found(named[0], Holiday(rule, named[1]))
    if line.low(j) in COMPARED and line.low(j + 1) == "year":
        return Found(j + 2, Of(Holiday(rule), Moved("year", COMPARED[line.low(j)], unit_only=True)))
    return Found(month[0], Holiday(rule))


def _nth_of_told(line: Line, i: int, nth: NthWeekday) -> Found:
    """ "Of this month", "of next year", "of last May", "of 2024"; no day "of the month", "of every quarter"."""
    j = line.skip(i, "the")
    if line.low(j) in WORDS.turns:
        count, base = WORDS.turns[line.low(j)]
        unit = WORDS.units.get(line.low(j + 1))
        if unit in ("month", "year", "quarter"):
            return Found(j + 2, Of(nth, Moved(unit, count, base, unit_only=True)) if unit != "quarter" else None)
    if named := year_at(line, i):
        whole = year(named[1])
        return Found(named[0], Of(nth, Fixed(whole)) if whole else None)
    return Found(j + (line.low(j) in WORDS.units), None)


def _trusted_weekday(line: Line, i: int, end: int) -> bool:
    """Tell whether it is a day, unlike "Friday Harbor", "Bloody Sunday" and "sun"."""
    word = line[i]
    if word.low in WORDS.weekday_abbreviations:
        return end > i + 1 or (word.text[:1].isupper() and line.low(end) == "," and bool(month_name(line, end + 1)))
    if line.low(i - 1) in WORDS.weekday_names and line[i - 1].text[:1].isupper() and line[i - 1].low != "last":
        return False
    if not word.text[:1].isupper() and line.low(i - 1) not in {*BEFORE_WEEKDAY, "until", "by"}:
        return False
    if word.label in ("PERSON", "ORG", "FAC", "GPE", "WORK_OF_ART", "PRODUCT", "LOC", "EVENT"):
        neighbours = line[i - 1] if line[i - 1].label == word.label else line[end]
        return neighbours.label != word.label or line.low(i - 1) in BEFORE_WEEKDAY
    return True
