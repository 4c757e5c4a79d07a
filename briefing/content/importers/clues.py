"""What lines and labels say about an article: its date, its author, its headline.

date_in("Gesendet: Mittwoch, 13. Januar 2021 18:00")   ->   FoundDate("2021-01-13", certain=True)
date_in("Published: 03/04/2024")                       ->   FoundDate("2024", certain=False)
authors_in("By MARA DELL, Business Editor | May 4")    ->   ("MARA DELL",)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from babel.dates import get_day_names, get_month_names

from briefing.content import edtf
from briefing.lexicon import load


@dataclass(frozen=True, slots=True)
class Words:
    no_title: frozenset[str]
    no_author: frozenset[str]
    no_headline: frozenset[str]
    by: tuple[str, ...]
    posts: frozenset[str]
    before_post: frozenset[str]
    published: tuple[str, ...]
    changed: tuple[str, ...]
    event: tuple[str, ...]
    fields: dict[str, tuple[str, ...]]
    sent_on: tuple[str, ...]
    forward_marks: tuple[str, ...]
    wrote: tuple[str, ...]
    mail_services: frozenset[str]
    after_article: tuple[str, ...]
    meta_published: tuple[str, ...]
    meta_changed: tuple[str, ...]
    meta_author: tuple[str, ...]
    article_types: frozenset[str]
    hyphen_prefixes: frozenset[str]
    hyphen_ends: frozenset[str]
    endings: frozenset[str]
    html_blocks: frozenset[str]
    html_silent: frozenset[str]
    word_skipped: frozenset[str]
    particles: frozenset[str]


WORDS = load("imports", Words)
NO_DATE = "no date of publication found: if you know it, add `published:`"


def any_of(words: Iterable[str]) -> str:
    """Return a regular expression that matches one of these, the longest first."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in sorted(set(words), key=len, reverse=True))


def one_line(value: str | None) -> str | None:
    return " ".join((value or "")[:5000].split())[:500] or None


# --- dates -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in EDTF. If it is not certain, `edtf` is the year, which the words leave no doubt about."""

    edtf: str
    certain: bool = True
    words: str = ""


LONGEST_LINE = 400  # characters of a line in which a date is looked for
ISO = re.compile(r"\b((?:19|20)\d\d-\d\d-\d\d)(?=T\d|\b)")
NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d)(?![\d/-])")
EASTERN = re.compile(r"((?:19|20)\d\d) ?[年년] ?(1[0-2]|0?[1-9]) ?[月월] ?(3[01]|[12]\d|0?[1-9]) ?[日일]")
LANGUAGES = ["de", "fr", "es", "it", "pt", "nl", "da", "sv", "nb", "fi", "pl", "cs", "ru", "uk", "hu", "tr"]


@cache
def _foreign_months() -> tuple[re.Pattern[str], dict[str, int]]:
    """Return a pattern for day, month and year in other languages than English, and the months' numbers."""
    months: dict[str, int] = {}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, "format", language).items():
                months.setdefault(str(name).lower().rstrip("."), int(number))
    names = any_of(name for name in months if len(name) > 2)
    day = r"(?<![\d.,])(?P<day>\d{1,2})(?:\.|er|º|:?e)?\s(?:de\s|d’|d')?"
    usual = rf"{day}(?P<month>{names})\.?,?\s(?:del?\s)?(?P<year>(?:19|20)\d\d)(?!\d)"
    hungarian = rf"(?P<first_year>(?:19|20)\d\d)\.\s(?P<second_month>{names})\s(?P<last_day>\d{{1,2}})(?!\d)"
    return re.compile(f"{usual}|{hungarian}", re.IGNORECASE), months


def date_in(text: str, day_first: bool | None = None, latest: str | None = None) -> FoundDate | None:
    """Return the first complete date in a line.

    Of 03/04/2024 only the year is certain, unless it is known whether days come first, or one of the two days is
    after `latest`.
    """
    text = " ".join(text[:LONGEST_LINE].split())
    if iso := ISO.search(text):
        return FoundDate(iso[1], words=iso[1]) if edtf.edtf_mistake(iso[1]) is None else None
    if eastern := EASTERN.search(text):
        value = edtf.as_edtf(int(eastern[1]), int(eastern[2]), int(eastern[3]))
        return FoundDate(value, words=eastern[0]) if value else None
    found = edtf.find_date(text)
    if found and len(found.edtf) == 10:
        return FoundDate(found.edtf, words=text[found.start : found.end].strip())
    if numeric := NUMERIC.search(text):
        return _either_way(numeric, day_first, latest)
    pattern, months = _foreign_months()
    if foreign := pattern.search(text):
        year, month = foreign["year"] or foreign["first_year"], foreign["month"] or foreign["second_month"]
        value = edtf.as_edtf(int(year), months[month.lower()], int(foreign["day"] or foreign["last_day"]))
        return FoundDate(value, words=foreign[0]) if value else None
    return FoundDate(found.edtf, words=text[found.start : found.end].strip()) if found else None


def _either_way(numeric: re.Match[str], day_first: bool | None, latest: str | None) -> FoundDate | None:
    first, second, year = int(numeric[1]), int(numeric[3]), int(numeric[4])
    days = (edtf.as_edtf(year, second, first), edtf.as_edtf(year, first, second))
    readings = {day for day in days if day and not (latest and day > latest)}
    if len(readings) == 1:
        return FoundDate(readings.pop(), words=numeric[0])
    if not readings:
        return None
    chosen = None if day_first is None else days[0 if day_first else 1]
    return FoundDate(chosen, words=numeric[0]) if chosen else FoundDate(f"{year}", False, numeric[0])


def doubt_of(found: FoundDate) -> str:
    return f"the date {found.words} can be read in two ways: check it, and write it as YYYY-MM-DD"


LABEL = re.compile(
    rf"(?<!\w)(?:(?P<changed>{any_of(WORDS.changed)})|(?P<published>{any_of(WORDS.published)})"
    rf"|(?P<event>{any_of(WORDS.event)}))(?![^\W\d_])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A date on a line of dates, and whether its label says `published`, `changed`, `event` or nothing."""

    date: FoundDate
    label: str


def dates_of_line(line: str, day_first: bool | None = None, latest: str | None = None) -> list[Labelled]:
    """Return the dates on a line, each with the label before it.

    >>> [(d.label, d.date.edtf) for d in dates_of_line("Updated: 1 February 2024. First published: 4 May 2021")]
    [('changed', '2024-02-01'), ('published', '2021-05-04')]
    """
    line = " ".join(line[:LONGEST_LINE].split())
    labels = list(LABEL.finditer(line))
    starts = [0, *(label.start() for label in labels)]
    ends = [*(label.start() for label in labels), len(line)]
    kinds = ["", *(str(label.lastgroup) for label in labels)]
    found = []
    for start, end, kind in zip(starts, ends, kinds, strict=True):
        date = date_in(line[start:end], day_first, latest)
        if date:
            found.append(Labelled(date, kind))
    return found


MOST_WORDS = 9  # beside the date on a line that is a date line: weekday, time, place, byline
MOST_RUNNING = 4  # words of running text on a line whose date has a label
BESIDE_DATES = frozenset(
    {
        "and",
        "from",
        "the",
        "der",
        "den",
        "uhr",
        "kl",
        "local",
        "time",
        "min",
        "read",
        "by",
        "updated",
        "published",
        "posted",
    }
)
SENTENCE_END = re.compile(r"[a-z]{3,}[.!?]$")
# `HALDEN, 4 May 2021 (Tidal Press) - The ...`: a dateline at the start of a paragraph
DATELINE = re.compile(
    r"^(?:\(?[A-Z][\w.’' -]{1,40},?){1,3}\s?[(,]?\s?(?P<date>[^–—:]{5,40}?)\)?\s?"
    r"(?:[(/][^()/]{2,60}[)/])?\s?(?:--|[-–—:])\s"
)
TOP_LINES = 12  # lines at the top of a document in which its date and author stand


def is_date_line(line: str, found: Labelled) -> bool:
    """Tell whether a line gives a date and little else: it is no sentence and no headline in which a date occurs."""
    rest = re.findall(r"[^\W_]+", line.replace(found.date.words, " ", 1))
    if len(rest) > MOST_WORDS or SENTENCE_END.search(line.strip()):
        return False
    running = [word for word in rest if word.islower() and word.isalpha() and len(word) > 2]
    if found.label:
        return len(running) <= MOST_RUNNING
    return all(word in BESIDE_DATES or word in _weekdays() for word in running)


@cache
def _weekdays() -> frozenset[str]:
    names = (name for language in LANGUAGES for name in get_day_names("wide", "format", language).values())
    return frozenset(word for name in names for word in str(name).lower().split("-"))


def date_at_top(body: str, latest: str | None = None) -> tuple[Labelled | None, list[Labelled]]:
    """Return the date of publication that the first lines of a text give, and all dates of these lines."""
    lines = [line.strip("#*_> \t") for line in body[:6000].split("\n") if line.strip("#*_> \t")][:TOP_LINES]
    seen: list[Labelled] = []
    for line in lines:
        dates = dates_of_line(line, latest=latest)
        if dates and is_date_line(line, dates[0]):
            seen += dates
        elif (dateline := DATELINE.match(line[:200])) and (found := date_in(dateline["date"], latest=latest)):
            seen.append(Labelled(found, "dateline"))
    for label in ("published", "dateline", ""):
        chosen = next((date for date in seen if date.label == label), None)
        if chosen:
            return chosen, seen
    return None, seen


def publication_at_top(body: str, latest: str | None = None) -> tuple[str | None, str, list[str]]:
    """Return the date of publication by the first lines of a text, what it is based on, and doubts about it."""
    chosen, seen = date_at_top(body, latest)
    if chosen:
        doubts = [] if chosen.date.certain else [doubt_of(chosen.date)]
        if not chosen.label and chosen.date.certain:
            doubts = [f"the date {chosen.date.edtf} is from the first lines: check that it is the publication date"]
        return chosen.date.edtf, f"“{chosen.date.words}” in the first lines", doubts
    others = [f"{date.date.edtf} ({date.label})" for date in seen]
    more = f". The text gives only {', '.join(others[:3])}" if others else ""
    return None, "", [NO_DATE + more]


# --- authors -----------------------------------------------------------------------------------

BY = re.compile(rf"^(?:{any_of(WORDS.by)})\b\s{{0,3}}[:：]?\s{{0,3}}", re.IGNORECASE)
BY_LINE = re.compile(r"^(?:By|BY|Von|Par|Por|Door)\b:?\s{1,3}(?P<names>\S.{2,120})$")
CUT = re.compile(
    r"\s[|•·–—/]\s|[|•·]|\s-\s|\n|\b(?:\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|https?:|www\.)|\s@"
    rf"|(?<!\w)(?:{any_of(w for w in WORDS.changed + WORDS.published if len(w) > 3)})(?!\w)"
    rf"|\b(?:in|from|for|at|reporting)\s|(?<=[^\W\d_][^\W\d_][^\W\d_])\.\s|\b{edtf.MONTH_NAME}\s\d",
    re.IGNORECASE,
)
HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u30a0-\u30ff\u3040-\u309f\u4e00-\u9fff]{2,8}|[\uac00-\ud7a3]{2,5}")
MOST_AUTHORS = 8


def authors_in(*values: str | None, publisher: str | None = None) -> tuple[str, ...]:
    """Return the names in bylines and author fields: without dates, posts, site names, user names and repetitions."""
    found: dict[str, str] = {}
    for value in values:
        text = BY.sub("", (one_line(value) or "").strip())
        head = next((text[: cut.start()] for cut in CUT.finditer(text) if cut.start() > 2), text)
        for part in re.split(r"[,;、()]|\s(?:By|and|und|et|y|en|og|och|&)\s", head)[:MOST_AUTHORS]:
            name = _person(part)
            if not name or (publisher and name.casefold() == publisher.casefold()):
                continue
            key = re.sub(r"\W+", "", name.casefold())
            if key not in found or (found[key].isupper() and not name.isupper()):
                found[key] = name
    return tuple(found.values())


def _person(part: str) -> str | None:
    """Return the name of a person in a part of a byline; None for posts, user names and names of one word."""
    words = BY.sub("", part.strip(" .:*_\"'()[]")).split()
    if words and _is_post(words[-1]):
        words.pop()
        while len(words) > 2 and words[-1].casefold() in WORDS.before_post:
            words.pop()
        if words and all(word.casefold() in WORDS.before_post or _is_post(word) for word in words):
            return None
    name = " ".join(words)
    if name.casefold() in WORDS.no_author or any(map(_is_post, words)):
        return None
    if HAN_NAME.fullmatch(name):
        return name
    proper = all(word[:1].isupper() or word.casefold() in WORDS.particles or word[:2] in ("d'", "d’") for word in words)
    letters = re.fullmatch(r"[^\W\d_]+(?:[ .'’‘-]+[^\W\d_]+)*\.?", name) if len(name) < 60 else None
    return name if 2 <= len(words) <= 5 and proper and letters and not _is_no_author(words) else None


def _is_post(word: str) -> bool:
    """Tell whether a word is a post, of one person or of several."""
    plain = word.casefold()
    return plain in WORDS.posts or plain.removesuffix("s") in WORDS.posts


def _is_no_author(words: list[str]) -> bool:
    """Tell whether all words of a name are those of programs and desks, as in `Windows User` and `News Desk`."""
    return all(word.casefold() in WORDS.no_author for word in words)


def byline_at_top(body: str) -> tuple[str, ...]:
    lines = [line.strip("#*_> \t") for line in body[:4000].split("\n") if line.strip()][:TOP_LINES]
    found = next((match for line in lines if len(line) < 150 and (match := BY_LINE.match(line))), None)
    return authors_in(found["names"]) if found else ()


# --- headlines ---------------------------------------------------------------------------------

FILE_NAME = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel) ?-)|\.(?:docx?|pdf|rtf|odt|txt|indd|qxd|pages|pptx?|html?)\b|_",
    re.IGNORECASE,
)


def is_about(title: str, text: str) -> bool:
    """Tell whether most words of a title occur in a text: the title of another document or a file's name do not."""
    words = {word.casefold() for word in re.findall(r"[^\W_]{3,}", title)}
    there = {word.casefold() for word in re.findall(r"[^\W_]{3,}", text[:TOP_OF_TEXT])}
    return bool(words) and 2 * len(words & there) >= len(words)


TOP_OF_TEXT = 20_000  # characters


def is_headline(words: str | None) -> bool:
    """Tell whether a line may be a headline: no file name, no label such as `Press release`, no single word."""
    line = one_line(words) or ""
    plain = line.casefold().strip(" .:!-–—|*")
    if not plain or plain in WORDS.no_headline | WORDS.no_title or FILE_NAME.search(line):
        return False
    return len(re.findall(r"[^\W\d_]{2,}", line)) >= 2 or bool(
        re.search(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{4}", line)
    )
