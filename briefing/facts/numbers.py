"""Words and digits -> numbers: "1.2 million", "one hundred and twenty", "half a million", "two-thirds", "the 22nd".

In:  a line of pieces (tokens.py) and a place in it. How much a number comes to is read of pieces cut at ATOM; which one
     of a calendar or how many units of time, of any line.
Out: a `Number` with its value and where it ends, or the place behind it and its value; None where none begins.

    read_number(cut(tokens, 0, 5, ATOM), 0)   # "four and a half million people": Number(end=5, value=4500000.0, ...)
    ordinal(line, 1)                          # "the twenty-second": (4, 22)

Every function reads forward only, so the time is linear in what it reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.facts.tokens import Line
from briefing.lexicon import load


@dataclass(frozen=True, slots=True)
class Words:
    """One field for each list of the file, of the same name; the file says what each is for."""

    cardinals: dict[str, int]
    ordinals: dict[str, int]
    scales: dict[str, int]
    short_scales: dict[str, int]
    vague: dict[str, int]
    vague_openers: frozenset[str]
    fractions: dict[str, int]
    some: frozenset[str]


WORDS = load("numbers", Words)
CARDINALS, ORDINALS, SCALES = WORDS.cardinals, WORDS.ordinals, WORDS.scales
VAGUE, FRACTIONS, SOME = WORDS.vague, WORDS.fractions, WORDS.some
MILLION = 1e6
STARTS = (
    frozenset(CARDINALS) | frozenset(SCALES) | frozenset(VAGUE) | frozenset({"half", "a", "an"}) | WORDS.vague_openers
)
LARGE = {word: value for word, value in VAGUE.items() if value >= MILLION}  # "371 millions of boxes"
DASHES = frozenset("-‐‑–—−")

# "8.5", "bn", "U.S.", "°C", "$", "%", "-": digits with their separators, letters, or one sign.
ATOM = re.compile(
    r"\d{1,3}(?:['’]\d{3})+(?!\d)|\d+(?:[.,]\d+)*|\.\d+|(?:[A-Za-z]\.){2,}|%-points?|°[CF]|[^\W\d_¹²³]+(?:['’][^\W\d_¹²³]+)*[²³]?|\S"
)
PLAIN = re.compile(r"\d+(?:\.\d+)?")
GROUPED = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")  # 1,234,567.8 and India's 1,00,000
LONGEST_DIGITS = 24  # longer runs overflow
LONGEST_DECIMALS = 3
LARGEST = 1e18
PARTS = frozenset({"2", "3", "4", "8", "16", "32", "64"})  # of an inch or a share's price
LONGEST_GROUPS = 4  # "1 250 000 000"
LONGEST_PLAIN = 9  # digits without separators: longer runs are keys and account numbers


@dataclass(frozen=True, slots=True)
class Number:
    end: int  # the atom after it
    value: float
    digits: bool  # written in digits (a year or a house number may be)
    scaled: bool  # with hundred, million, dozen, ...
    fraction: bool = False  # "a third", "half": a share unless a unit follows
    vague: bool = False  # "hundreds of thousands": only the order of magnitude
    scale: float = 1.0  # what digits were multiplied by: 1e6 in "3 million"

    @property
    def whole(self) -> int | None:
        """The value of a number that may count things; None for parts, orders of magnitude and decimals."""
        sure = not (self.fraction or self.vague) and self.value == int(self.value)
        return int(self.value) if sure else None


def read_digits(text: str) -> float | None:
    """The value of "8", "1,200", "4.5"; None for "1.2.3" and "4,5"."""
    if len(text) > LONGEST_DIGITS or (len(text) > LONGEST_PLAIN and text.isdigit()):
        return None
    if PLAIN.fullmatch(text) or (text[0] == "." and text[1:].isdigit()):
        return float(text)
    if GROUPED.fullmatch(text):
        return float(text.replace(",", ""))
    return None


def read_number(line: Line, at: int) -> Number | None:
    """The longest number that begins at this piece."""
    if line[at].digit:
        return _digits(line, at)
    if line.low(at) in STARTS:
        return _vague(line, at) or _fraction(line, at) or _words(line, at)
    return None


DIGITS_OF_PRICE = 2  # behind the point of "$5.53 1/2": half a cent more

# --- in digits --------------------------------------------------------------------------------


def _digits(line: Line, at: int) -> Number | None:
    text = line[at].text
    value = read_digits(text)
    if value is None:
        return None
    groups = _spaced_groups(line, at)  # "1 250 000"
    value, end = groups or (value, at + 1)
    after = end + (line[end].low == "-" and line[end].glued)  # "7-1/4", and "5.53-1/2": a part of the last digit
    small = _small_fraction(line, after)  # "2 1/2", "7 5/8"
    if small is not None and (text.isdigit() or len(text.partition(".")[2]) == DIGITS_OF_PRICE):
        last = 1.0 if text.isdigit() else 10.0**-DIGITS_OF_PRICE
        value, end = tidy(value + small * last), after + 3
    elif line.low(end) == "/" and line[end].glued and not line[at].glued:
        small = _small_fraction(line, at)
        if small is not None:
            return Number(at + 3, small, True, False, fraction=True)
    scale, end = _scales(line, end)
    return Number(end, tidy(value * scale), True, scale > 1, scale=scale)


def _spaced_groups(line: Line, at: int) -> tuple[float, int] | None:
    """ "1 250 000", "40 000" with spaces between its groups; "4 300" may be two numbers and is left alone."""
    end = at + 1
    while end - at < LONGEST_GROUPS and _is_group(line, end):
        end += 1
    text = line[at].text
    if end - at < 2 or not (text.isdigit() and len(text) < 4 and text[0] != "0"):
        return None
    if _is_group(line, end) or (end - at == 2 and line[at + 1].text != "000"):
        return None
    return float("".join(line[i].text for i in range(at, end))), end


def _is_group(line: Line, at: int) -> bool:
    """Three digits, one space behind the digits before."""
    piece, after = line[at], line[at + 1]
    digits = len(piece.text) == 3 and piece.text.isdigit()
    return digits and piece.start == line[at - 1].end + 1 and not (after.glued and after.text[0].isalnum())


def _small_fraction(line: Line, at: int) -> float | None:
    """The value of "5/8" in three glued pieces."""
    above, slash, below = line[at], line[at + 1], line[at + 2]
    if slash.low != "/" or not (slash.glued and below.glued) or line.low(at + 3) == "/":
        return None
    if not (above.text.isdigit() and len(above.text) < 3 and below.text in PARTS and int(above.text) < int(below.text)):
        return None
    return int(above.text) / int(below.text)


def _scales(line: Line, at: int) -> tuple[float, int]:
    """The product of the scale words from here: "million", "hundred thousand", "-billion"; and where they end."""
    scale, end = 1.0, at
    while scale < 1e15:
        step = end + _dash(line, end)
        value = SCALES.get(line.low(step)) or (LARGE.get(line.low(step)) if step > 0 and line[step - 1].digit else None)
        if value is None:
            break
        scale, end = scale * value, step + 1
    return scale, end


# --- in words ---------------------------------------------------------------------------------


@dataclass(slots=True)
class _Sum:
    """What a number in words has come to so far."""

    current: float  # below the last large scale: the 120 of "four thousand one hundred and twenty"
    total: float = 0.0
    scaled: bool = False
    room: float = 1000.0  # what the next small number must be below: "twenty five", not "five twenty"

    @property
    def value(self) -> float:
        return self.total + self.current

    def takes(self, word: str) -> bool:
        """Take the word in, if it goes on with the number."""
        if word in CARDINALS:
            return self._adds(CARDINALS[word])
        return word in SCALES and self.value > 0 and self._multiplies(SCALES[word])

    def _adds(self, value: int) -> bool:
        if value >= self.room:
            return False
        self.current += value
        self.room = 10.0 if 20 <= value < 100 else 0.0
        return True

    def _multiplies(self, scale: int) -> bool:
        if scale < 1000:
            self.current *= scale
            self.room = 100.0 if scale == 100 else 0.0
        else:
            self.total = self.total + self.current * scale if self.current else self.total * scale
            self.current, self.room = 0.0, 1000.0
        self.scaled = True
        return True


def _words(line: Line, at: int) -> Number | None:
    """ "one hundred and twenty", "twenty-five", "a dozen", "a million and a half", "four and a half million"."""
    i = at + (line.low(at) in {"a", "an"})
    if i > at and line.low(i) not in SCALES:
        return None
    if i == at and line.low(at) in SCALES:
        return None  # "million" without a number before it counts nothing
    number = _Sum(current=float(line.low(i) in SCALES))
    while i < line.size and number.total <= LARGEST:
        if number.takes(line.low(i)) or _joins(line, i, number):
            i += 1
        elif line.low(i) == "point" and not number.scaled and (decimals := _spoken_decimals(line, i + 1)):
            return _times_scales(line, i + 1 + len(decimals), number.value + float(f"0.{decimals}"))
        elif line.says(i, "and", "a", "half"):
            if not number.scaled:
                return _times_scales(line, i + 3, number.value + 0.5)
            return Number(i + 3, tidy(number.value + 0.5 * _last_scale(number.total)), False, True)
        else:
            break
    return Number(i, tidy(number.value), False, number.scaled) if i > at else None


def _times_scales(line: Line, at: int, value: float) -> Number:
    factor, end = _scales(line, at)
    return Number(end, tidy(value * factor), False, factor > 1)


def _spoken_decimals(line: Line, at: int) -> str:
    """The digits behind the "point" of "one point six five"."""
    digits = ""
    while len(digits) < LONGEST_DECIMALS and CARDINALS.get(line.low(at), 10) < 10:
        digits, at = digits + str(CARDINALS[line.low(at)]), at + 1
    return digits


def _joins(line: Line, at: int, number: _Sum) -> bool:
    """The "and" of "hundred and twenty", the dash of "twenty-five"."""
    after = line.low(at + 1)
    if not (CARDINALS.get(after, 1e9) < number.room or after in SCALES):
        return False
    if line.low(at) == "and" and number.scaled and number.room > 10:
        return True
    return _dash(line, at) and (number.scaled or number.room == 10.0 or after in SCALES)


def _last_scale(total: float) -> float:
    """A million and a half: half of the million."""
    return max((s for s in SCALES.values() if s <= total), default=1.0)


def _vague(line: Line, at: int) -> Number | None:
    """ "tens of thousands", "hundreds", "several million", "a few hundred": at least so many."""
    if line.says(at, "a", "couple"):  # "a couple of hundred", "a couple dozen"
        scale, end = _scales(line, line.skip(at + 2, "of"))
        return Number(end, 2 * scale, False, True, vague=True) if scale >= 12 else None
    opener = line.low(at) in {"a", "an"} and line.low(at + 1) == "few"
    if opener or line.low(at) in WORDS.vague_openers:
        at += 1 + opener
        scale, end = _scales(line, at)
        if scale >= 12:
            return Number(end, scale, False, True, vague=True)
    return _magnitude(line, at)


def _magnitude(line: Line, at: int) -> Number | None:
    """ "tens of thousands", "hundreds of million"."""
    if line.low(at) not in VAGUE:
        return None
    value = 1.0
    while value <= 1e15:
        value *= VAGUE.get(line.low(at)) or SCALES[line.low(at)]
        at += 1
        if line.low(at) != "of" or not (line.low(at + 1) in VAGUE or line.low(at + 1) in SCALES):
            break
        at += 1
    return Number(at, value, False, True, vague=True) if value > MOST_VAGUE else None


MOST_VAGUE = 10  # "a few tens of grams" gives no number; "tens of thousands" at least ten thousand


def _fraction(line: Line, at: int) -> Number | None:
    """ "two-thirds", "a third", "three quarters", "half", "half a million", "half a dozen"."""
    if line.low(at) == "half":
        return _of_a_million(line, at + 1, 0.5)
    above = 1 if line.low(at) in {"a", "an"} else CARDINALS.get(line.low(at), 0)
    i = at + 1 + _dash(line, at + 1)
    word = line.low(i)
    if not 0 < above < 20 or word not in FRACTIONS:
        return None
    below = FRACTIONS[word]
    if (above > 1) != word.endswith(("s", "lves")) or above >= below * 3:
        return None
    return _of_a_million(line, i + 1, 0.5 if word == "half" else tidy(above / below))


def _of_a_million(line: Line, at: int, value: float) -> Number:
    """Half "a million", a quarter "of a million", a half "million", or the fraction alone."""
    scale, end = _scales(line, at) if value in (0.5, 0.25) else (1.0, at)
    i = line.skip(at, "of")
    if scale == 1 and line.low(i) in {"a", "an"}:
        scale, end = _scales(line, i + 1)
    if scale > 1:
        return Number(end, tidy(value * scale), False, True)
    return Number(at, value, False, False, fraction=True)


def _dash(line: Line, at: int) -> bool:
    """A dash without spaces: "twenty-five", "$3-million"."""
    return line[at].text in DASHES and line[at].glued and line[at + 1].glued


def tidy(value: float) -> float:
    """8.2 * 1e9 as 8200000000.0: no digits that nobody wrote."""
    return float(f"{value:.12g}")


# --- which one, and how many units of time ----------------------------------------------------

SUFFIXES = frozenset({"st", "nd", "rd", "th"})
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
    """How many: "12", "twelve", "twenty-four", "a", "a couple of"; the value None for "several" and for halves."""
    number = digits(line, i)
    if number is not None:
        return (i + 1, number) if number else None
    after = line.skip(i + 1, "good", "full", "whole") if line.low(i) in ("a", "an", "another") else i
    if line.low(after) in SOME:
        return line.skip(after + 1, "of"), 2 if after > i and line.low(after) == "couple" else None
    found = _words(line, i)
    if found and found.value:  # nothing happened zero days ago
        return found.end, found.whole
    return (after, 1) if after > i else None


def ordinal(line: Line, i: int) -> tuple[int, int] | None:
    """Which: "third", "3rd", "twenty-second"; -1 for "last"."""
    number = digits(line, i, 2)
    if number is not None:
        return (i + 2, number) if line.low(i + 1) in SUFFIXES and line[i + 1].glued else None
    low = line.low(i)
    if low in ("twenty", "thirty") and line.low(i + 1) == "-":
        unit = ORDINALS.get(line.low(i + 2), 0)
        return (i + 3, CARDINALS[low] + unit) if 0 < unit < 10 else None
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
        rest = cardinal(line, j) if line.low(j) in CARDINALS else None
        if rest and rest[1] and rest[1] < 100:
            return rest[0], 2000 + rest[1]
        return (i + 2, 2000) if line.low(i - 1) in ("year", "in", "by", "since", "until") else None
    if low in ("sixteen", "seventeen", "eighteen", "nineteen", "twenty"):
        j = line.skip(i + 1, "-")
        rest = cardinal(line, j) if line.low(j) in CARDINALS else None
        if rest and rest[1] and 10 <= rest[1] < 100:
            return rest[0], CARDINALS[low] * 100 + rest[1]
    return None
