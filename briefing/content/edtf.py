"""Convert dates between EDTF, the forms in which people write them, and words for readers.

    >>> in_words("2010-12"), in_words("2011-35"), in_words("199X"), in_words("/2023-12-31")
    ('December 2010', 'third quarter of 2011', '1990s', 'by 31 December 2023')

An EDTF date that is not understood is shown as it is, never guessed.
"""

from __future__ import annotations

import calendar
import functools
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from babel import Locale, localedata

# Complete calendar dates as labels, bylines and file names write them. Dates in running text ("last Tuesday", "the
# third quarter") are in facts/dates/. Never a guess: 03/04/2021 may be either of two days, so it is no date here.
#
#     find_date("Posted on 3 May 2021 by admin")  ->  WrittenDate(10, 20, "2021-05-03")
#     edtf_mistake("2023-02-30")                  ->  ("`2023-02-30` is not a calendar date", None)

MONTH_STEMS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
EARLIEST, LATEST = 1500, 2199  # other numbers are not the year of a news article

MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
MONTH = rf"(?P<month>{MONTH_NAME})"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>\d{4})"
FORMS = (
    # 2023-09-25, 2023/9/25, 2023.09.25, 2023_09_25; a time may follow
    re.compile(rf"(?<![\d./-]){YEAR}(?P<sep>[-/._])(?P<number>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})(?!\d|[/-]\d)"),
    # 2023年9月25日
    re.compile(rf"(?<!\d){YEAR} ?年 ?(?P<number>\d{{1,2}}) ?月 ?(?P<day>\d{{1,2}}) ?日"),
    # 25 September 2023, 25th of Sept., 2023, 25-Sep-2023
    re.compile(rf"(?<![\d.,]){DAY}[ -](?:of )?{MONTH},?[ -]{YEAR}(?!\d)", re.IGNORECASE),
    # September 25, 2023; Sept. 25 2023
    re.compile(rf"(?<![a-z]){MONTH} {DAY}(?:, ?| ){YEAR}(?!\d)", re.IGNORECASE),
    # 25.09.2023 (with dots the day comes first), 25/09/2023 and 09/25/2023 where only one reading is a date
    re.compile(rf"(?<![\d./-])(?P<first>\d{{1,2}})(?P<sep>[./-])(?P<second>\d{{1,2}})(?P=sep){YEAR}(?![\d/-])"),
    # 20230925, where nothing else stands
    re.compile(r"\A ?(?P<year>(?:19|20)\d\d)(?P<number>\d\d)(?P<day>\d\d) ?\Z"),
    # September 2023
    re.compile(rf"(?<![a-z])(?<!\d )(?<!\d){MONTH},? {YEAR}(?!\d)", re.IGNORECASE),
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    start: int
    end: int
    edtf: str


def find_date(text: str) -> WrittenDate | None:
    """Return the first complete date in a short text, if any; a full date is preferred to a month and year."""
    for form in FORMS:
        for match in form.finditer(text):
            edtf = _edtf_of(match)
            if edtf:
                return WrittenDate(match.start(), match.end(), edtf)
    return None


def find_publication(text: str) -> tuple[WrittenDate | None, bool]:
    """The date on which a line of dates says that something appeared, and whether it is only that of a change.

    >>> find_publication("Updated 5 July 2023, first published 4 July 2023")
    (WrittenDate(start=37, end=48, edtf='2023-07-04'), False)
    """
    for published in APPEARED.finditer(text):
        start = published.end()
        later = UPDATED.search(text, start)
        found = find_date(text[start : later.start() if later else len(text)])
        if found is None:
            continue
        return WrittenDate(found.start + start, found.end + start, found.edtf), False
    changed = UPDATED.search(text)
    first = find_date(text[: changed.start()]) if changed else None  # `3 May 2021, updated 4 May 2021`
    return first or find_date(text), first is None and changed is not None


APPEARED = re.compile(r"\b(?:published|posted|issued|released|created|uploaded)\b|发布", re.IGNORECASE)
UPDATED = re.compile(r"\b(?:updated|modified|edited)\b|更新", re.IGNORECASE)


def _edtf_of(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    year = int(parts["year"])
    if parts.get("first"):
        return _day_and_month(year, int(parts["first"]), int(parts["second"]), parts["sep"])
    month = int(parts["number"]) if parts.get("number") else MONTH_STEMS.index(parts["month"][:3].lower()) + 1
    return as_edtf(year, month, int(parts["day"]) if parts.get("day") else None)


def _day_and_month(year: int, first: int, second: int, separator: str) -> str | None:
    readings = {as_edtf(year, second, first)}
    if separator != ".":
        readings.add(as_edtf(year, first, second))
    readings.discard(None)
    return readings.pop() if len(readings) == 1 else None


def as_edtf(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """Return a calendar date as EDTF; None if there is no such day or the year is out of range."""
    if not EARLIEST <= year <= LATEST:
        return None
    if month is None:
        return f"{year:04}"
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")


# --- EDTF, level 1 ---------------------------------------------------------------------------

# 2023, 202X, 2023-05, 2023-21 (spring), 2023-XX, 2023-05-03, 2023-05-XX, each with ?, ~ or % after it
FULL_DATE = re.compile(r"-?(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?[?~%]?")
LONG_YEAR = re.compile(r"Y-?\d{5,9}[?~%]?")
TIME = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?")


def edtf_mistake(value: str) -> tuple[str, str | None] | None:
    """Return what is wrong with an EDTF date and the right form if it is clear; None if the date is valid."""
    if not value.isascii() and (plain := _ascii_digits(value)) != value:
        return f"`{value}` has digits of another script", None if edtf_mistake(plain) else plain
    if value.count("/") == 1 and not WRITTEN_WITH_SLASH.fullmatch(value):
        ends = value.split("/")
        for end in ends:
            mistake = None if end in ("", "..") else _date_mistake(end)
            if mistake:
                return mistake[0], None
        if set(ends) <= {"", ".."}:
            return f"`{value}` is an interval without a date", None
        if all(map(str.isdigit, (e.replace("-", "") for e in ends))) and ends[0] > ends[1] and len(ends[0]) >= 4:
            return f"`{value}` ends before it begins", "/".join(reversed(ends))
        return None
    return _date_mistake(value)


def _ascii_digits(value: str) -> str:
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in value)


CLOCK = re.compile(
    r"(?:\b|(?<=T))\d{1,2}(?:[:.]\d{2}){1,2}(?:\.\d+)?|[+-]\d{2}:?\d{2}\b|\b\d{1,2} ?[ap]\.?m\b", re.IGNORECASE
)
ANOTHER_KEY = re.compile(r"[A-Za-z]:(?:\s|$)")  # two lines were joined: `2021-05-04publisher: The Post`
SHORT_YEAR = re.compile(r"(?:\d{1,2}[-/. ]+){1,2}(?:[^\W\d]{3,9}[-. ]+)?[’']?(\d\d)")  # 16.10.24, 16 Oct ’24
WRITTEN_WITH_SLASH = re.compile(r"\d{1,2}/\d{4}|\d{4}/\d{1,2}")  # 5/2021, 2021/5: a month, not a span


def _date_mistake(value: str) -> tuple[str, str | None] | None:
    time = TIME.fullmatch(value)
    match = FULL_DATE.fullmatch(time["date"] if time else value)
    if LONG_YEAR.fullmatch(value):
        return None
    if not match:
        found = find_date(value) if len(value) < 60 else None
        either = _either_way(value)
        if either:
            return f"`{value}` could be {either[0]} or {either[1]}", None
        if found and ANOTHER_KEY.search(value, found.end):
            return f"`{value}` has another key after the date", None  # the fix would delete the other line
        beside = value[: found.start] + " " + value[found.end :] if found else ""
        if found and re.search(r"\d", CLOCK.sub("", beside)):
            return f"`{value}` has more than one date; only one can be given", None
        if found and CLOCK.search(beside):
            return f"`{value}` has a time after the date", found.edtf
        if short := SHORT_YEAR.fullmatch(value):
            return f"the year in `{value}` has only two digits: is it 20{short[1]} or 19{short[1]}?", None
        if week := WEEK.fullmatch(value):
            return f"`{value}` is a week, and EDTF has no weeks", _month_of(week)
        right = found.edtf if found else _loose_month(value) or _in_another_language(value)
        return f"`{value}` is not a date in the form year-month-day", right
    return None if _in_calendar(match) else (f"`{value}` is not a calendar date", None)


def _either_way(value: str) -> tuple[str, str] | None:
    """Return 03/04/2023 as read in Europe and in America, if the two differ."""
    numbers = re.fullmatch(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4})", value)
    if not numbers or numbers[1] == numbers[2]:
        return None
    one, other, year = map(int, numbers.groups())
    days = (as_edtf(year, other, one), as_edtf(year, one, other))
    return (days[0], days[1]) if days[0] and days[1] else None


WEEK = re.compile(r"(?P<year>\d{4})-?W(?P<week>\d\d)(?:-?(?P<day>[1-7]))?", re.IGNORECASE)  # ISO 8601


def _month_of(week: re.Match[str]) -> str | None:
    """Return the day of an ISO week date, or the month if the whole week lies in one."""
    try:
        days = [date.fromisocalendar(int(week["year"]), int(week["week"]), n) for n in (1, 7)]
        if week["day"]:
            return date.fromisocalendar(int(week["year"]), int(week["week"]), int(week["day"])).isoformat()
    except ValueError:
        return None
    first, last = (day.isoformat()[:7] for day in days)
    return first if first == last else None


# `20 mars 2026`, `20. März 2026`, `20 de março de 2026`, `mars 2026`
WORDED_DATE = re.compile(
    r"(?:[^\W\d_]+\.?,? ){0,2}(?:(?P<day>\d{1,2})(?:\.|er|º)?\s+)?(?:d[e’'] ?)?(?P<month>[^\W\d_]{3,})\.?\s+"
    r"(?:de\s+)?(?P<year>\d{4})"
)


def _in_another_language(value: str) -> str | None:
    """Return the date that is written in another language, if its month means the same in all that have the word."""
    found = WORDED_DATE.fullmatch(value) if len(value) < 60 else None
    months = _month_names().get(found["month"].casefold(), set()) if found else set()
    if not found or len(months) != 1:
        return None
    return as_edtf(int(found["year"]), min(months), int(found["day"]) if found["day"] else None)


@functools.cache
def _month_names() -> dict[str, set[int]]:
    """Map the names of months in all languages to their numbers. Takes half a second, so only for a mistake."""
    names: defaultdict[str, set[int]] = defaultdict(set)
    for language in localedata.locale_identifiers():
        if "_" not in language:
            for form in Locale.parse(language).months.values():
                for number, name in form["wide"].items():
                    names[name.casefold()].add(number)
    return dict(names)


def _loose_month(value: str) -> str | None:
    """Return the EDTF form of 2021/5, 5/2021, 2021-5 or 2021-5-3."""
    numbers = re.fullmatch(r"(\d{1,4})[-/.](\d{1,4})(?:[-/.](\d{1,2}))?", value)
    if not numbers:
        return None
    first, second, third = numbers.groups()
    if len(first) == 4:
        return as_edtf(int(first), int(second), int(third) if third else None)
    return as_edtf(int(second), int(first)) if len(second) == 4 and not third else None


def _in_calendar(match: re.Match[str]) -> bool:
    year, month, day = match["year"], match["month"], match["day"]
    if month is None or month == "XX":
        return day in (None, "XX")
    if 21 <= int(month) <= 24:
        return day is None
    if not 1 <= int(month) <= 12:
        return False
    if day in (None, "XX"):
        return True
    # 29 February is possible if digits of the year are unknown
    exact = int(year) if year.isdigit() and int(year) > 0 else 2000
    return 1 <= int(day) <= calendar.monthrange(exact, int(month))[1]


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
PARTS = {
    "21": "spring", "22": "summer", "23": "autumn", "24": "winter",
    "33": "first quarter", "34": "second quarter", "35": "third quarter", "36": "fourth quarter",
    "37": "first four months", "38": "second four months", "39": "last four months",
    "40": "first half", "41": "second half",
}  # fmt: skip
# The month in which a season, quarter or half begins, for sorting.
PART_MONTH = {"21": 3, "22": 6, "23": 9, "24": 12, "33": 1, "34": 4, "35": 7, "36": 10, "37": 1, "38": 5, "39": 9,
              "40": 1, "41": 7}  # fmt: skip
DATE = re.compile(r"(?P<year>-?[0-9X]{4})(?:-(?P<month>[0-9X]{2}))?(?:-(?P<day>[0-9X]{2}))?(?P<sure>[~?%])?(?:T.*)?")
OPEN = {"", ".."}


def year_of(edtf: str | None) -> str | None:
    """Return the year if all its digits are known; for an interval the year it ends or, if open, begins."""
    if edtf is None:
        return None
    begin, _, end = edtf.rpartition("/")
    for part in (end, begin):
        found = DATE.fullmatch(part)
        if found and found["year"].isdigit():
            return found["year"]
    return None


def may_hold(day: str | None, since: str | None, until: str | None) -> bool:
    """Tell whether what held between two dates may hold on a day. Unknown dates exclude nothing; dates are compared as
    far as both are known: until 2016 may be on 2016-05-04."""
    if day is None or not day[:4].isdigit():
        return True
    too_early = since is not None and day[: len(since)] < since[: len(day)]
    too_late = until is not None and day[: len(until)] > until[: len(day)]
    return not (too_early or too_late)


def sort_key(edtf: str | None) -> str:
    """Sort dates by their start: less exact dates first, unknown dates before all."""
    if edtf is None:
        return ""
    begin, _, end = edtf.partition("/")
    found = DATE.fullmatch(begin if begin not in OPEN else end)
    if not found:
        return ""
    month = found["month"] or "00"
    if month in PART_MONTH:
        month = f"{PART_MONTH[month]:02d}"
    return f"{found['year']}-{month}-{found['day'] or '00'}".replace("X", "0")


def in_words(edtf: str) -> str:
    if "/" in edtf:
        begin, _, end = edtf.partition("/")
        if begin in OPEN:
            return f"by {in_words(end)}" if end not in OPEN else edtf
        if end in OPEN:
            return f"from {in_words(begin)}"
        return f"{in_words(begin)} to {in_words(end)}"
    found = DATE.fullmatch(edtf)
    if not found:
        return edtf
    words = _words(found["year"], found["month"], found["day"])
    if words is None:
        return edtf
    return {"~": "about {}", "?": "perhaps {}", "%": "perhaps about {}"}.get(found["sure"] or "", "{}").format(words)


def _words(year: str, month: str | None, day: str | None) -> str | None:
    when = _year(year)
    if month is None:
        return when
    if month in PARTS:
        return f"{PARTS[month]} of {when}" if int(month) > 24 else f"{PARTS[month]} {when}"
    if month == "XX":
        if day is None or day == "XX":
            return f"an unknown month in {when}" if when else None
        return f"the {_ordinal(day)}, month not given" + (f", {when}" if when else "") if day.isdigit() else None
    if not month.isdigit() or not 1 <= int(month) <= 12:
        return None
    name = MONTHS[int(month) - 1]
    if day is None or day == "XX":
        return f"{name} {when}".strip()
    return f"{int(day)} {name} {when}".strip() if day.isdigit() else None


def _year(year: str) -> str:
    if year.isdigit():
        return year.lstrip("0") or "0"
    if year == "XXXX":
        return ""
    if re.fullmatch(r"[0-9]{3}X", year):
        return f"{year[:3]}0s"
    if re.fullmatch(r"[0-9]{2}XX", year):
        return f"{year[:2]}00s"
    return year


def _ordinal(day: str) -> str:
    number = int(day)
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
