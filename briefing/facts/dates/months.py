"""Recognisers of days and months: "4 May 2021", "Sept. 22", "the 22nd", "last" and "next" months aside."""

from __future__ import annotations

from briefing.facts.dates.calendar import day, part
from briefing.facts.dates.lexicon import WORDS
from briefing.facts.dates.line import Line
from briefing.facts.dates.meaning import Between, Fixed, MonthDay, Moved, Of, Recurring
from briefing.facts.dates.names import COMPARED, Found, counts, month_name, weekday_name
from briefing.facts.dates.numbers import SUFFIXES, day_number, digits, ordinal, year

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
    if not month or (not line[i].raw[:1].isupper() and month[1] in (3, 5)):
        return None
    j = line.skip(month[0], "the")
    first = day_number(line, j)
    if not first or _amount(line, first[0]):
        return None
    end, number = first
    last = None
    if line.low(end) in TO:
        last = day_number(line, end + 1)
        if last and (
            last[1] <= number or _amount(line, last[0]) or (line.low(end) != "-" and not _closes(line, last[0]))
        ):
            last = None
    return _with_year(line, last[0] if last else end, month[1], number, last[1] if last else None)


def day_first(line: Line, i: int) -> Found | None:
    """ "4 May", "the 4th of May, 2021", "4-6 May 2021"."""
    j = line.skip(i, "the")
    first = day_number(line, j)
    if not first or not (digits(line, j) is not None or line.low(first[0]) == "of"):
        return None
    end, number = first
    last = None
    if line.low(end) in TO:
        last = day_number(line, end + 1)
        if last and last[1] > number:
            end = last[0]
        else:
            return None
    k = line.skip(line.skip(end, "day"), "of")
    month = month_name(line, k)
    if not month or (not line[k].raw[:1].isupper() and month[1] in (3, 5) and k == end):
        return None
    return _with_year(line, month[0], month[1], number, last[1] if last else None)


def _with_year(line: Line, end: int, month: int, first: int, last: int | None) -> Found | None:
    """The year behind a day and its month, if there is one; ranges of days; only days that exist."""
    j = line.skip(line.skip(end, ","), "of")
    named = year(line, j)
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
    if known and last is None and line.low(end) in known["before"]:
        whole = day(known["year"], month, first)
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
    named = year(line, j)
    if named and not counts(line, named[0]) and (word.raw[:1].isupper() or number not in (3, 5)):
        if line.low(end) == "," and not word.raw[:1].isupper():
            return None
        whole = part("month", named[1], number)
        return Found(named[0], Fixed(whole)) if whole else None
    if not word.raw[:1].isupper() or not _trusted_month(line, i):
        return None
    k = line.skip(line.skip(end, "of"), "the")
    if line.low(k) in COMPARED and line.low(k + 1) == "year":
        return Found(k + 2, Of(Recurring("month", number), Moved("year", COMPARED[line.low(k)], unit_only=True)))
    if line.low(k) in ("same", "that", "following", "previous") and line.low(k + 1) == "year":
        turn = {"following": 1, "previous": -1}.get(line.low(k), 0)
        return Found(k + 2, Of(Recurring("month", number), Moved("year", turn, "context", unit_only=True)))
    other = _month_range(line, end, number)
    return other or Found(end, Recurring("month", number))


def _month_range(line: Line, end: int, number: int) -> Found | None:
    """ "May-June 2021", "January to March"."""
    if line.low(end) not in ("-", "to", "through"):
        return None
    last = month_name(line, end + 1)
    if not last or day_number(line, last[0]) or not line[end + 1].raw[:1].isupper():
        return None
    named = year(line, line.skip(last[0], "of"))
    if named:
        a, b = part("month", named[1], number), part("month", named[1], last[1])
        return Found(named[0], Between(Fixed(a), Fixed(b))) if a and b and a.index < b.index else None
    return Found(last[0], Between(Recurring("month", number), Recurring("month", last[1])))


def _trusted_month(line: Line, i: int) -> bool:
    """Is a month's bare name a month here, not a person, a verb or part of a name?"""
    word, before, after = line[i], line[i - 1], line[i + 1]
    if word.low in WORDS.month_abbreviations and after.low != ".":
        return word.low in ("sept", "nov", "oct", "aug", "feb") and before.low in WORDS.before_month
    if before.low in WORDS.before_month and word.name != "PERSON":
        named = after.tag == "NNP" and after.raw[:1].isupper() and before.low not in WORDS.before_month_alone
        return not named  # "the prize went to June Aldred"
    if word.low in WORDS.doubtful_months:
        return before.low == "-" and line.low(i - 2) in ("end", "mid", "early", "late")
    if word.name in ("PERSON", "ORG", "FAC", "WORK_OF_ART", "PRODUCT", "GPE", "EVENT"):
        return False
    return not (before.tag == "NNP" and before.raw[:1].isupper() and not before.low.isdecimal() and before.low != ".")


def _amount(line: Line, j: int) -> bool:
    """Does what follows make an amount of the number before it ("May 10 percent", "March 3 million")?"""
    return line.low(j) in ("%", "percent", "million", "billion", "thousand", "hundred")


def _closes(line: Line, j: int) -> bool:
    return line.low(j) not in WORDS.counted


# --- days without a month -------------------------------------------------------------------


def day_of_month(line: Line, i: int) -> Found | None:
    """ "the 22nd", "on 22nd", "the 5th of this month", "this month 5th": digits only, no noun behind."""
    if line.low(i) in COMPARED and line.low(i + 1) == "month":
        found = day_number(line, i + 2)
        if found and (digits(line, i + 2) is None or line.low(found[0]) == "day"):
            return Found(line.skip(found[0], "day"), MonthDay(found[1], COMPARED[line.low(i)]))
        if found and line.low(i + 2).isdecimal() and line.low(found[0]) in SUFFIXES:
            return Found(found[0] + 1, MonthDay(found[1], COMPARED[line.low(i)]))
        return None
    j = line.skip(i, "the")
    if not line.low(j).isdecimal():
        return None
    number = digits(line, j, 2)
    if number is None or not 1 <= number <= 31:
        return None
    end = j + 2 if line.low(j + 1) in SUFFIXES else j + 1
    suffixed = end > j + 1
    month = _of_month(line, end)
    if month and (suffixed or line.low(end) == "of"):
        return Found(month[0], MonthDay(number, month[1]))
    if not suffixed:
        return _bare_day(line, j, end, number)
    if line.low(i) != "the" and line.low(i - 1) not in ("on", "until", "by", "since", "from", "to", "of"):
        return None
    if line.low(end) in ("-", "to") and line.low(end + 1).isdecimal():
        last = ordinal(line, line.skip(end + 1, "the"))
        if last and number < last[1] <= 31 and _no_noun(line, last[0]):
            whole = _of_month(line, last[0])
            turn = whole[1] if whole else None
            return Found(whole[0] if whole else last[0], Between(MonthDay(number, turn), MonthDay(last[1], turn)))
    return Found(end, MonthDay(number)) if _no_noun(line, end) else None


def _bare_day(line: Line, j: int, end: int, number: int) -> Found | None:
    """ "on the afternoon of the 22", "on 22 local time": how machines translate a day of the month."""
    if line.low(end) == "local" and line.low(end + 1) == "time" and line.low(j - 1) in ("on", "the"):
        return Found(end, MonthDay(number))
    return None


def _of_month(line: Line, end: int) -> tuple[int, int] | None:
    """ "of this month", "last month", "of the same month" behind a day's number."""
    j = line.skip(end, "of")
    if line.low(j) in COMPARED and line.low(j + 1) == "month":
        return j + 2, COMPARED[line.low(j)]
    if line.says(j, "the", "month") or line.says(j, "the", "current", "month"):
        return (j + 2 if line.says(j, "the", "month") else j + 3), 0
    return None


def _no_noun(line: Line, end: int) -> bool:
    """Nothing behind the number that it could count off: "the 22nd floor", "the 19th National Congress"."""
    after = line[end]
    if after.glued and after.low not in (",", ".", ";", ")", ":", "'", '"', "”", "!", "?", "]"):
        return False
    if after.low in ("of", "century", "and", "or", "local") or after.low in WORDS.units:
        return after.low == "local" or (after.low in ("and", "or") and line.low(end + 1) in ("the",))
    return not after.tag.startswith(("NN", "JJ", "VBG", "CD")) or after.low in ("local", "beijing")
