"""Figures with a unit, and dates, in a language of which nothing else is read, by its own rules for numbers.

    "Producirá 1.200 toneladas desde el 3 de mayo de 2024."   ->   Figure(1200, "t"), DateRef("2024-05-03")

Nothing is guessed: `1,200` in Spanish, a number without a unit, a price per tonne and "dólares" are left out.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from briefing.facts.dates import calendar
from briefing.facts.numbers import tidy
from briefing.lexicon import load
from briefing.model import Analysis, Article, DateRef, Figure, Reading

SIGNS = {"%": "percent", "％": "percent", "€": "EUR", "£": "GBP"} | {
    sign: sign for sign in ("t", "kt", "kg", "km", "ha", "kW", "MW", "GW", "kWh", "MWh", "GWh", "TWh")
}
EASTERN = frozenset({"zh", "ja", "ko"})  # no spaces between words, so no word ends behind a unit
EACH = re.compile(r"[每毎](?![年月日天周週])[^\s，。、]{1,6}\Z|[당]\s?[^\s]{0,3}\Z")  # 每吨450元: a price per tonne
TRADITIONAL = re.compile("[億萬個國說對業產銷價]")  # then 元 may be a dollar of Taiwan or Hong Kong
DIGITS = r"(?<!\d)\d{1,18}(?!\d)(?:[.,’' \u00a0\u202f\u2009]\d{1,18}(?!\d)){0,8}"
GROUPED = {
    mark: re.compile(rf"[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}}){{1,6}}")
    for mark in (".", ",", "’", "'", " ", "\u00a0", "\u202f", "\u2009")
}
GROUP_MARKS = " \u00a0\u202f\u2009’'"
NO_NUMBER_BEFORE = re.compile(r"[\w.,/+±−–-]\Z")
RANGE_BEHIND = re.compile(r"\s?[-–—/~～]\s?\d")
NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?![\d/-]|\.\d)")
ISO = re.compile(r"(?<![\d./-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d/-]|\.\d)")
EASTERN_DATE = re.compile(r"(?<!\d)(\d{4})\s?[年년]\s?(?:(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日일号號])?)?")
BEFORE = 24  # characters before a number in which "entre 10 y" or 每吨 stands
ELSEWHERE = re.compile(r"-(?:US|MX|GT|HN|NI|PA|PR|DO|SV|CA|CH|LI)\b", re.IGNORECASE)  # other marks or another order


@dataclass(frozen=True, slots=True)
class Language:
    """One field for each list of the file, of the same name; the file says what each is for."""

    decimal: str
    scales: dict[str, float]
    of: tuple[str, ...]
    currencies: dict[str, str]
    units: dict[str, str]
    rates: tuple[str, ...]
    times: tuple[str, ...]
    qualifiers: tuple[str, ...]
    joins: tuple[str, ...]
    months: dict[str, int]


LANGUAGES = load("other-languages", dict[str, Language])


def read_digits(article: Article, analysis: Analysis) -> Reading:
    """Return the sentences, the figures and the dates of an article, and nothing else."""
    name = article.language.partition("-")[0]
    stretches = [s for s in _stretches(analysis) if not _hidden(article, s)]
    figures: list[Figure] = []
    if name in LANGUAGES and not (ELSEWHERE.search(article.language) and name not in EASTERN):
        reader = _Numbers(name, article.text)
        figures = [figure for start, end in stretches for figure in reader.read(start, end)]
    dates = [date for start, end in stretches for date in _dates(article, name, start, end)]
    return Reading(
        sentences=analysis.sentences,
        names=(),
        pronouns=(),
        statements=(),
        figures=tuple(figures),
        dates=tuple(dates),
        roles=(),
        events=(),
        notes=(),
    )


def _stretches(analysis: Analysis) -> Iterator[tuple[int, int]]:
    """Yield the text of each block: sentences are split by English rules, which break at "Mio."."""
    if not analysis.sentences:
        return
    start = analysis.sentences[0].start
    for one, two in pairwise(analysis.sentences):
        if one.block != two.block or analysis.text[one.end : two.start].strip():
            yield start, one.end
            start = two.start
    yield start, analysis.sentences[-1].end


def _hidden(article: Article, stretch: tuple[int, int]) -> bool:
    """Tell whether a span has markup inside, such as an address with digits."""
    return any(h.end - h.start > 2 and stretch[0] < h.end and h.start < stretch[1] for h in article.hidden)


# --- figures --------------------------------------------------------------------------------


def _any(words: Iterable[str]) -> str:
    """Return a pattern of any of these words, the longest first."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=lambda w: (-len(w), w)))


class _Numbers:
    """The figures of one language, with the article's own way of writing numbers."""

    def __init__(self, name: str, text: str) -> None:
        self.text = text
        self.name = name
        self.language = LANGUAGES[name]
        self.scales = {k.lower(): v for k, v in self.language.scales.items()}
        self.units = {k.lower(): v for k, v in (self.language.units | self.language.currencies).items()}
        self.foreign = self.language.decimal == "," and re.search(r"(?<![\d.,/])\d{1,3}\.\d\d?\s?(?:%|mil)", text)
        if name == "zh" and TRADITIONAL.search(text):
            self.units.pop("元")
        self.pattern, self.rate, self.range, self.qualifier, self.scaled = _patterns(name)

    def read(self, start: int, end: int) -> Iterator[Figure]:
        for found in self.pattern.finditer(self.text, start, end):
            unit = SIGNS.get(found["unit"]) or self.units.get(" ".join(found["unit"].lower().split()))
            value = self._value(found)
            if unit and value is not None and self._alone(found, start, end):
                yield self._figure(found, value, unit, start)

    def _figure(self, found: re.Match[str], value: float, unit: str, start: int) -> Figure:
        told = self.qualifier.search(self.text, max(start, found.start() - BEFORE), found.start())
        qualifier = " ".join(told[1].split()) if told else None
        rule = "percent" if unit in ("percent", "pp") else "money" if len(unit) == 3 and unit.isupper() else "measure"
        return Figure(found.start(), found.end(), value, None, unit, None, rule, qualifier)

    def _value(self, found: re.Match[str]) -> float | None:
        """Return a number with its scale: "182 millones", "1亿2000万"; None if it is ambiguous."""
        total, last = 0.0, float("inf")
        for number, scale in re.findall(
            rf"({DIGITS})((?:\s?(?:{_any(self.scales)}))*)", found["number"], re.IGNORECASE
        ):
            value, factor = self._number(number), 1.0
            for word in re.findall(_any(self.scales), scale, re.IGNORECASE):
                factor *= self.scales[" ".join(word.lower().split())]
            if value is None or factor >= last:
                return None
            total, last = total + value * factor, factor
        return tidy(total)

    def _number(self, words: str) -> float | None:
        """Return the value of digits with their marks, by the rules of the language."""
        if words.isdecimal():
            return float(words) if words == "0" or words[0] != "0" else None
        decimal = self.language.decimal
        thousands = "." if decimal == "," else ","
        whole, mark, part = words.rpartition(decimal)
        if not mark:
            return self._whole(words, thousands)
        if self.foreign or not part.isdecimal():
            return None
        if len(part) == 3 and whole != "0" and whole.isdecimal():
            return None  # "1,200" is written by those who count in the English way, too
        value = float(whole) if whole.isdecimal() else self._whole(whole, thousands)
        return None if value is None else float(f"{value:.0f}.{part}")

    def _whole(self, words: str, thousands: str) -> float | None:
        marks = {c for c in words if not c.isdecimal()}
        mark = marks.pop() if len(marks) == 1 else ""
        if mark not in (thousands, *GROUP_MARKS) or not GROUPED[mark].fullmatch(words):
            return None
        if self.foreign and mark == thousands:
            return None
        return float("".join(c for c in words if c.isdecimal()))

    def _alone(self, found: re.Match[str], start: int, end: int) -> bool:
        """Tell whether it is not part of a longer number, a range, a rate or a score."""
        before = self.text[max(start, found.start() - BEFORE) : found.start()]
        after = self.text[found.end() : min(end, found.end() + BEFORE)]
        if self.name in EASTERN:
            before_is_letter = before[-1:].isascii() and before[-1:].isalnum()
        else:
            before_is_letter = bool(NO_NUMBER_BEFORE.search(before))
        scaled = before.split()[-1:] and before.split()[-1].lower() in self.scales
        if (
            scaled
            or before_is_letter
            or before[-1:] in {"-", "–", "−", "+", "±", "/", ".", "$", "第"}
            or self.range.search(before)
        ):
            return False
        if self.name in EASTERN and EACH.search(before):
            return False
        if RANGE_BEHIND.match(after):
            return False
        return found["unit"] in "%％" or not self.rate.match(after)


@functools.cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of a figure, of a rate behind it, and of a range, qualifier or scale before it."""
    language = LANGUAGES[name]
    eastern = name in EASTERN
    scales = _any(language.scales)
    step = rf"\s?(?:{scales})" if eastern else rf"\s(?:{scales})(?=[\s%€£])"
    more = rf"(?:(?:{step}){{1,3}}\s?{DIGITS}){{0,2}}" if eastern else ""
    number = rf"{DIGITS}{more}(?:{step}){{0,3}}"
    of = f"(?:(?:{_any(language.of)})\\s?)?" if language.of else ""
    edge = "" if eastern else r"(?!\w)"
    units = _any([*language.units, *language.currencies])
    signs = _any(SIGNS)
    # a sign of letters stands alone, "5 t"; "5 tambores" is none
    unit = rf"(?P<unit>(?:{units}){edge}|(?:{signs})(?![A-Za-z0-9²³]))"
    rates = _any(language.rates)
    times = _any(language.times)
    rate = rf"\s*(?:{rates})" if eastern else rf"\s?/|\s+(?:{rates})\b(?!\s+(?:{times})\b)"
    joins = _any(language.joins)
    ranged = rf"\d\s?[%％]?(?:\s?(?:{scales}))?\s*(?:{joins})\s*\Z"
    qualifier = rf"(?<!\w)({_any(language.qualifiers)})\s*\Z" if not eastern else rf"({_any(language.qualifiers)})\s*\Z"
    begun = "" if eastern else r"(?<!\w)"
    flags = re.IGNORECASE
    return (
        re.compile(rf"(?P<number>{number})\s?{of}{unit}", 0 if eastern else flags),
        re.compile(rate, flags),
        re.compile(ranged, flags),
        re.compile(qualifier, flags),
        re.compile(rf"{begun}(?:{scales})\s*\Z", flags),
    )


# --- dates ----------------------------------------------------------------------------------


def _dates(article: Article, name: str, start: int, end: int) -> list[DateRef]:
    found = [date for read in (_numeric, _eastern, _named) for date in read(article, name, start, end)]
    return sorted(found, key=lambda date: date.start)


def _ref(match: re.Match[str], year: str | None, month: str | int | None, day: str | None, rule: str) -> DateRef | None:
    """Return the date of these parts, if the calendar has it."""
    if year is None:
        number, date = int(month or 0), int(day or 0)
        known = calendar.day(2000, number, date) is not None
        return DateRef(*match.span(), f"XXXX-{number:02}-{date:02}", None, "partial", rule) if known else None
    if month is None:
        period = calendar.year(int(year))
    elif day is None:
        period = calendar.part("month", int(year), int(month))
    else:
        period = calendar.day(int(year), int(month), int(day))
    written = calendar.edtf(period) if period and 1000 <= int(year) <= 2100 else None
    return DateRef(match.start(), match.end(), written, None, "absolute", rule) if written else None


def _numeric(article: Article, name: str, start: int, end: int) -> Iterator[DateRef]:
    """ "2024-05-03"; "3.5.2024" with the day first, as all languages of the list write it."""
    for found in ISO.finditer(article.text, start, end):
        if date := _ref(found, found[1], found[3], found[4], "numeric"):
            yield date
    for found in NUMERIC.finditer(article.text, start, end):
        known = name in LANGUAGES and name not in EASTERN and not ELSEWHERE.search(article.language)
        if (known or int(found[1]) > 12) and (date := _ref(found, found[4], found[3], found[1], "numeric")):
            yield date


def _eastern(article: Article, name: str, start: int, end: int) -> Iterator[DateRef]:
    for found in EASTERN_DATE.finditer(article.text, start, end):
        if date := _ref(found, found[1], found[2], found[3], "numeric"):
            yield date


def _named(article: Article, name: str, start: int, end: int) -> Iterator[DateRef]:
    """ "3 de mayo de 2024", "mai 2024", "3. Mai"."""
    pattern = _month_pattern(name)
    for found in pattern.finditer(article.text, start, end) if pattern else ():
        number = next(v for k, v in LANGUAGES[name].months.items() if k.lower() == found["month"].lower())
        if (found["day"] or found["year"]) and (
            date := _ref(found, found["year"], number, found["day"], "calendar_day")
        ):
            yield date


@functools.cache
def _month_pattern(name: str) -> re.Pattern[str] | None:
    months = LANGUAGES[name].months if name in LANGUAGES else {}
    if not months:
        return None
    year = r"(?:,?\s+(?:de\s+|del\s+)?(?:año\s+|anno\s+)?(?P<year>\d{4})(?!\d|[.,]\d))?"
    day = r"(?:(?<![\w.,/–-])(?P<day>\d{1,2})(?:er|º|°|\.)?\s+(?:de\s+)?)?"
    return re.compile(rf"{day}(?<!\w)(?P<month>{_any(months)})(?!\w){year}", re.IGNORECASE)
