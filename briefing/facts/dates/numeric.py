"""Recognisers of dates in digits alone: "2021-05-04", "04/05/2021", "2021年5月4日"."""

from __future__ import annotations

from briefing.facts.dates.calendar import day, part, year
from briefing.facts.dates.line import Line
from briefing.facts.dates.meaning import Fixed, Written
from briefing.facts.dates.names import Found
from briefing.facts.dates.numbers import digits, of_two_digits, year_digits


def numeric(line: Line, i: int) -> Found | None:
    """ "2021-05-04", "2021/5/4", "4.5.2021", "04/05/2021", "2021年5月4日": parts without spaces between."""
    low = line.low(i)
    if not low.isdecimal() or not low.isascii() or len(low) > 8:
        return None
    before = line[i - 1]
    if line[i].glued and (before.low in ("-", "/", ".", ",", ":", "$", "#") or before.low.isalnum()):
        return None
    if len(low) == 8:
        return _compact(low, line, i)
    mark = line.low(i + 1)
    if mark == "年":
        return _chinese(line, i)
    if mark not in ("-", "/", ".") or not line[i + 1].glued:
        return None
    if mark == "/" and len(low) <= 2 and len(line.low(i + 2)) == 4 and line[i + 2].glued:
        return _month_year(line, i)
    second, third = line.low(i + 2), line.low(i + 4)
    if not second.isdecimal() or len(second) > 2 or not line[i + 2].glued:
        return None
    if line.low(i + 3) != mark or not line[i + 3].glued or not third.isdecimal() or not line[i + 4].glued:
        return _year_month(line, i, mark)
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
    european = day(number, b, a)
    american = day(number, a, b) if mark != "." else None  # points are European
    if european and american and european != american:
        return Found(i + 5, Written(f"{number:04}-XX-XX"))
    whole = european or american
    return Found(i + 5, Fixed(whole)) if whole else None


def _year_month(line: Line, i: int, mark: str) -> Found | None:
    """ "2021/05", "2021-05" standing alone; "2009-11" is two years, see `years`."""
    number, month = year_digits(line, i), line.low(i + 2)
    if number is None or len(month) != 2 or mark == "." or (line[i + 3].glued and line[i + 3].low.isalnum()):
        return None
    if (mark == "-" and int(month) > number % 100) or int(month) == number % 100 + 1:
        return None  # two years: "2009-11", "2011/12"
    whole = part("month", number, int(month))
    return Found(i + 3, Fixed(whole)) if whole else None


def _month_year(line: Line, i: int) -> Found | None:
    """ "06/2015"."""
    number, month = year_digits(line, i + 2), digits(line, i)
    if number is None or month is None or line.low(i + 3) == "/":
        return None
    whole = part("month", number, month)
    return Found(i + 3, Fixed(whole)) if whole else None


def _compact(low: str, line: Line, i: int) -> Found | None:
    """ "20210504", only where a label says so: too many codes look like it."""
    whole = day(int(low[:4]), int(low[4:6]), int(low[6:]))
    if whole and 1900 <= int(low[:4]) <= 2100 and line.low(i - 1) in ("date", ":", "on", "posted"):
        return Found(i + 1, Fixed(whole))
    return None


def _chinese(line: Line, i: int) -> Found | None:
    """ "2021年5月4日" as machines leave it untranslated."""
    number = year_digits(line, i)
    if number is None:
        return None
    month, date = digits(line, i + 2), digits(line, i + 4)
    if month and line.low(i + 3) == "月":
        if date and line.low(i + 5) == "日":
            whole = day(number, month, date)
            return Found(i + 6, Fixed(whole)) if whole else None
        whole = part("month", number, month)
        return Found(i + 4, Fixed(whole)) if whole else None
    whole = year(number)
    return Found(i + 2, Fixed(whole)) if whole else None
