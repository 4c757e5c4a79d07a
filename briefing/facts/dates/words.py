"""Numbers, ordinals and years, in digits or words. Each reader takes a line and a place in it and answers
with the place after what it read and its value, or None."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from briefing.facts.dates.meaning import Meaning
from briefing.facts.numbers import CARDINALS
from briefing.facts.numbers import WORDS as NUMBER_WORDS
from briefing.lexicon import load
from briefing.model import Analysis, Sentence


@dataclass(frozen=True, slots=True)
class KnownDay:
    """A day that is a name, with the words that show it."""

    year: int
    before: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One field for each list of the file, of the same name; the file says what each is for."""

    months: dict[str, int]
    month_abbreviations: dict[str, int]
    doubtful_months: frozenset[str]
    before_month: frozenset[str]
    before_month_alone: frozenset[str]
    weekdays: dict[str, int]
    weekday_abbreviations: dict[str, int]
    weekday_names: frozenset[str]
    units: dict[str, str]
    seasons: dict[str, int]
    springtimes: dict[str, int]
    dayparts: frozenset[str]
    day_after: frozenset[str]
    decades: dict[str, int]
    ages: frozenset[str]
    some: frozenset[str]
    holidays: dict[str, dict[str, int]]
    known_days: dict[str, KnownDay]
    turns: dict[str, tuple[int, str]]  # how many units it goes, and from what
    edges: frozenset[str]
    earliness: frozenset[str]
    about: frozenset[str]
    nearly: frozenset[str]
    before_year: frozenset[str]
    before_distant_year: frozenset[str]
    counted: frozenset[str]
    not_before_year: frozenset[str]
    half_nouns: frozenset[str]
    zones: frozenset[str]
    every: frozenset[str]
    ahead: frozenset[str]
    not_ahead: frozenset[str]
    scheduled: frozenset[str]
    implied: frozenset[str]
    unchanged: frozenset[str]
    leading: frozenset[str]
    telling: frozenset[str]


WORDS = load("dates", Lexicon)


# Words of one sentence, cut finer than the language model cuts them.
#
# The model leaves "mid-1980s", "22nd" or "2010/5/4" whole or not, as it pleases. Here digits, letters and signs always
# come apart (`mid - 1980 s`), so that every recogniser sees one shape. A `Word` remembers where it stands in the text
# and to which token it belongs.

# "p.m." stays one piece; else a run of digits, a run of letters, or one sign.
PIECE = re.compile(r"[ap]\.\s?m\b\.?|\d+|[^\W\d_]+|\S", re.IGNORECASE)
COMPOUND = re.compile(r"\d|\w[-‐‑–]\w")  # "22nd", "year-ago"
APOSTROPHES = frozenset("’‘`´")
DASHES = frozenset("‐‑‒–—−")
NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART", "LAW", "EVENT"})


class Word(NamedTuple):
    low: str  # lower case, apostrophes and dashes made plain
    raw: str
    start: int
    end: int
    glued: bool  # nothing between it and the word before
    tag: str  # of its token; "" outside an analysis
    token: int  # index in Analysis.tokens; -1 outside an analysis
    name: str  # label of the name it stands in, or ""


NOTHING = Word("", "", 0, 0, False, "", -1, "")


class Line:
    """A sequence of words that answers for any index, also outside."""

    __slots__ = ("size", "words")

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.size = len(words)

    def __getitem__(self, i: int) -> Word:
        return self.words[i] if 0 <= i < self.size else NOTHING

    def low(self, i: int) -> str:
        return self.words[i].low if 0 <= i < self.size else ""

    def says(self, i: int, *lows: str) -> bool:
        """Do these words stand at i?"""
        for low in lows:
            if self.low(i) != low:
                return False
            i += 1
        return True

    def skip(self, i: int, *lows: str) -> int:
        """The place after an optional word."""
        return i + 1 if 0 <= i < self.size and self.words[i].low in lows else i


def plain(text: str) -> str:
    low = text.lower()
    if len(low) == 1:
        return "'" if low in APOSTROPHES else "-" if low in DASHES else low
    return low


def read_words(text: str) -> Line:
    """A line from a string that nobody has analysed."""
    words: list[Word] = []
    for m in PIECE.finditer(text):
        glued = bool(words) and words[-1].end == m.start()
        words.append(Word(plain(m.group()), m.group(), m.start(), m.end(), glued, "", -1, ""))
    return Line(words)


def read_sentences(analysis: Analysis, cores: frozenset[str]) -> list[Line]:
    """A line for each sentence, empty where it has neither a digit nor one of the words without which no
    date is. "Sept." cut off from its "30" by the sentence splitter is put back."""
    names = {i: e.label for e in analysis.entities if e.label in NAMES for i in range(e.first, e.last)}
    lines: list[Line] = []
    block = -1
    for sentence in analysis.sentences:
        tokens = analysis.tokens[sentence.first : sentence.last]
        words = _words(analysis, sentence, names) if any(_telling(t.text, cores) for t in tokens) else []
        if lines and sentence.block == block and _cut_off(lines[-1], words):
            lines[-1] = Line(lines[-1].words + words)
        else:
            lines.append(Line(words))
        block = sentence.block
    return lines


def _telling(text: str, cores: frozenset[str]) -> bool:
    return text.lower() in cores if text.isalpha() else COMPOUND.search(text) is not None


def _cut_off(line: Line, words: list[Word]) -> bool:
    """Did the splitter take the full stop of an abbreviation for a sentence's end? Only once in a row,
    so that a line of a thousand such pairs is not copied a thousand times."""
    if line.size > 400 or line.size < 2 or not words or not words[0].low.isdigit():
        return False
    return line[line.size - 1].low == "." and line[line.size - 2].low in {
        "jan", "feb", "mar", "apr", "aug", "sep", "sept", "oct", "nov", "dec", "no",
    }  # fmt: skip


def _words(analysis: Analysis, sentence: Sentence, names: dict[int, str]) -> list[Word]:
    words: list[Word] = []
    before = -1
    for i in range(sentence.first, sentence.last):
        token = analysis.tokens[i]
        name = names.get(i, "")
        if token.text.isalpha():
            words.append(
                Word(token.text.lower(), token.text, token.start, token.end, token.start == before, token.tag, i, name)
            )
        else:
            whole = len(token.text) == token.end - token.start  # else markup characters stand inside
            for m in PIECE.finditer(token.text):
                start = token.start + m.start() if whole else token.start
                end = token.start + m.end() if whole else token.end
                glued = m.start() > 0 if m.start() else token.start == before
                words.append(Word(plain(m.group()), m.group(), start, end, glued, token.tag, i, name))
        before = token.end
    return words


# Names of months, weekdays and units, and what a recogniser answers with.
#
# A recogniser takes a line and a place in it, and gives a `Found`, or None where no date begins.

COMPARED = {"this": 0, "last": -1, "next": 1}


class Found(NamedTuple):
    """Words up to `end`; a `meaning` of None says: these words are no date, look no further in them."""

    end: int
    meaning: Meaning | None


CALENDAR_UNITS = frozenset({"day", "week", "weekend", "month", "quarter", "year", "decade", "century"})
SPAN = "period"


def month_name(line: Line, i: int) -> tuple[int, int] | None:
    """A month's name with its full stop; doubtful names are for the caller to judge."""
    low = line.low(i)
    number = WORDS.months.get(low)
    if number is not None:
        return i + 1, number
    number = WORDS.month_abbreviations.get(low)
    if number is None:
        return None
    return (i + 2 if line.low(i + 1) == "." and line[i + 1].glued else i + 1), number


def weekday_name(line: Line, i: int) -> tuple[int, int] | None:
    low = line.low(i)
    number = WORDS.weekdays.get(low)
    if number is not None:
        return i + 1, number
    number = WORDS.weekday_abbreviations.get(low)
    if number is None:
        return None
    return (i + 2 if line.low(i + 1) == "." and line[i + 1].glued else i + 1), number


def unit_name(line: Line, i: int, plural: bool = False) -> str | None:
    """The unit that the word at i names, in the number asked for."""
    low = line.low(i)
    unit = WORDS.units.get(low)
    return unit if unit and (low != unit) == plural else None


def counts(line: Line, j: int) -> bool:
    return line.low(j) in WORDS.counted or line.low(j) == "%"


ORDINALS = NUMBER_WORDS.ordinals
COUNTS = {**CARDINALS, "dozen": 12, "hundred": 100}  # of units of time; nothing happened zero days ago
del COUNTS["zero"]
SUFFIXES = frozenset({"st", "nd", "rd", "th"})
SMALL = 31  # "the last 100 days" is read too, but nothing above four digits is a count of units
NOW_YEARS = range(1900, 2040)  # a bare number of this size is more often a year than a count


def digits(line: Line, i: int, longest: int = 4) -> int | None:
    """The value of a whole number at i: not 998 of "1,998", nor 5 of "3.5"."""
    low = line.low(i)
    if not low.isdecimal() or not low.isascii() or len(low) > longest:
        return None
    word = line[i]
    if word.glued and line.low(i - 1) in (",", ".", ":") and line.low(i - 2).isdecimal():
        return None
    following = line[i + 1]
    if following.glued and following.low in (",", ".", ":") and line[i + 2].glued and line.low(i + 2).isdecimal():
        return None
    return int(low)


def cardinal(line: Line, i: int) -> tuple[int, int | None] | None:
    """How many: "12", "twelve", "twenty-four", "a", "a couple of"; the value None for "several"."""
    number = digits(line, i)
    if number is not None:
        return (i + 1, number) if number else None
    low = line.low(i)
    if low in ("a", "an", "another"):
        after = line.skip(i + 1, "good", "full", "whole")
        if line.low(after) in ("couple", "few", "dozen", "hundred"):
            count = {"couple": 2, "dozen": 12, "hundred": 100}.get(line.low(after))
            return line.skip(after + 1, "of"), count
        return after, 1
    if low in WORDS.some:
        return line.skip(i + 1, "of"), None
    if low in COUNTS:
        value = COUNTS[low]
        if value in range(20, 91, 10):
            j = line.skip(i + 1, "-")
            unit = COUNTS.get(line.low(j), 0)
            if 0 < unit < 10:
                return j + 1, value + unit
        return i + 1, value
    return None


def ordinal(line: Line, i: int) -> tuple[int, int] | None:
    """Which: "third", "3rd", "twenty-second"; -1 for "last"."""
    number = digits(line, i, 2)
    if number is not None:
        return (i + 2, number) if line.low(i + 1) in SUFFIXES and line[i + 1].glued else None
    low = line.low(i)
    if low in ("twenty", "thirty") and line.low(i + 1) == "-":
        unit = ORDINALS.get(line.low(i + 2), 0)
        return (i + 3, COUNTS[low] + unit) if 0 < unit < 10 else None
    value = ORDINALS.get(low)
    return (i + 1, value) if value is not None else None


def year_digits(line: Line, i: int) -> int | None:
    number = digits(line, i)
    return number if number is not None and len(line.low(i)) == 4 and 1000 <= number <= 2100 else None


def year_at(line: Line, i: int) -> tuple[int, int] | None:
    """Digits or words that can only be a year, or are one because they stand beside a month."""
    number = year_digits(line, i)
    if number is not None:
        return i + 1, number
    if line.low(i) == "'" and len(line.low(i + 1)) == 2 and line[i + 1].glued:
        short = digits(line, i + 1)
        if short is not None and not (line[i + 2].glued and line.low(i + 2).isalpha()):
            return i + 2, of_two_digits(short)
    return spoken_year(line, i)


def of_two_digits(short: int) -> int:
    """'98 is 1998, '15 is 2015: within living memory of the two thousands."""
    return 1900 + short if short > 40 else 2000 + short


def spoken_year(line: Line, i: int) -> tuple[int, int] | None:
    """ "nineteen ninety-six", "two thousand and nine", "twenty ten"."""
    low = line.low(i)
    if low == "two" and line.low(i + 1) == "thousand":
        j = line.skip(i + 2, "and")
        rest = cardinal(line, j) if line.low(j) in COUNTS else None
        if rest and rest[1] and rest[1] < 100:
            return rest[0], 2000 + rest[1]
        return (i + 2, 2000) if line.low(i - 1) in ("year", "in", "by", "since", "until") else None
    if low in ("sixteen", "seventeen", "eighteen", "nineteen", "twenty"):
        j = line.skip(i + 1, "-")
        rest = cardinal(line, j) if line.low(j) in COUNTS else None
        if rest and rest[1] and 10 <= rest[1] < 100:
            return rest[0], COUNTS[low] * 100 + rest[1]
    return None


def day_number(line: Line, i: int) -> tuple[int, int] | None:
    """A day of the month behind or in front of its month: "4", "4th", "fourth"."""
    found = ordinal(line, i)
    if found and 1 <= found[1] <= 31:
        return found
    number = digits(line, i, 2)
    if number is None or not 1 <= number <= 31 or line.low(i + 1) in ("%", "percent", "million", "billion"):
        return None
    return i + 1, number
