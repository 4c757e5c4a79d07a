"""An EDTF date -> its year, its place in an order, and words for a reader.

    >>> in_words("2010-12"), in_words("2011-35"), in_words("199X"), in_words("/2023-12-31")
    ('December 2010', 'third quarter of 2011', '1990s', 'by 31 December 2023')

What is not understood is shown as it is, never guessed.
"""

from __future__ import annotations

import re

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
# When in the year a part begins, for sorting.
PART_MONTH = {"21": 3, "22": 6, "23": 9, "24": 12, "33": 1, "34": 4, "35": 7, "36": 10, "37": 1, "38": 5, "39": 9,
              "40": 1, "41": 7}  # fmt: skip
DATE = re.compile(r"(?P<year>-?[0-9X]{4})(?:-(?P<month>[0-9X]{2}))?(?:-(?P<day>[0-9X]{2}))?(?P<sure>[~?%])?(?:T.*)?")
OPEN = {"", ".."}


def year_of(edtf: str | None) -> str | None:
    """The year if it is known to the digit; of an interval the year in which it ends or, if open, begins."""
    if edtf is None:
        return None
    begin, _, end = edtf.rpartition("/")
    for part in (end, begin):
        found = DATE.fullmatch(part)
        if found and found["year"].isdigit():
            return found["year"]
    return None


def sort_key(edtf: str | None) -> str:
    """Orders dates by when they begin; what is less exact comes first, unknown dates before all."""
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
        return f"the {_ordinal(day)} of an unknown month" + (f" in {when}" if when else "") if day.isdigit() else None
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
