"""Words and digits -> numbers: "1.2 million", "one hundred and twenty", "half a million", "two-thirds".

In:  atoms, the tokens of a sentence cut further where letters meet digits ("4.5bn" is two atoms).
Out: a `Number` with its value and where it ends, or None where no number begins.

    read_number(atoms("four and a half million people"), 0)   # Number(end=5, value=4500000.0, ...)

Every function reads forward only, so the time is linear in what it reads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from briefing.lexicon import load
from briefing.model import Token


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


WORDS = load("numbers", Words)
CARDINALS, SCALES, VAGUE, FRACTIONS = WORDS.cardinals, WORDS.scales, WORDS.vague, WORDS.fractions
STARTS = (
    frozenset(CARDINALS) | frozenset(SCALES) | frozenset(VAGUE) | frozenset({"half", "a", "an"}) | WORDS.vague_openers
)
DASHES = frozenset("-‐‑–—−")

# "8.5", "bn", "U.S.", "°C", "$", "%", "-": digits with their separators, letters, or one sign.
ATOM = re.compile(
    r"\d{1,3}(?:['’]\d{3})+(?!\d)|\d+(?:[.,]\d+)*|\.\d+|(?:[A-Za-z]\.){2,}|%-points?|°[CF]|[^\W\d_]+(?:['’][^\W\d_]+)*[²³]?|\S"
)
PLAIN = re.compile(r"\d+(?:\.\d+)?")
GROUPED = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")  # 1,234,567.8 and India's 1,00,000
SWISS = re.compile(r"\d{1,3}(?:['’]\d{3})+")  # 850'000
POINTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?")  # 1.234.567
COMMA = re.compile(r"\d+,\d{1,2}")  # 4,5 as much of Europe writes it: only where a unit follows
LONGEST_DIGITS = 24  # longer runs overflow
LONGEST_DECIMALS = 3
LONGEST_GROUPS = 4  # "1 250 000 000"
LONGEST_PLAIN = 9  # digits without separators: longer runs are keys and account numbers


class Atom(NamedTuple):
    start: int
    end: int
    text: str
    low: str
    token: int
    glued: bool  # nothing stands between it and the atom before
    digit: bool


@dataclass(frozen=True, slots=True)
class Number:
    end: int  # the atom after it
    value: float
    digits: bool  # written in digits (a year or a house number may be)
    scaled: bool  # with hundred, million, dozen, ...
    fraction: bool = False  # "a third", "half": a share unless a unit follows
    vague: bool = False  # "hundreds of thousands": only the order of magnitude
    comma: bool = False  # "4,5": a number only before a unit
    scale: float = 1.0  # what digits were multiplied by: 1e6 in "3 million"


def cut_atoms(tokens: Sequence[Token], first: int, last: int) -> list[Atom]:
    """The atoms of tokens first..last-1. Inside a token with markup in it, offsets are the token's own."""
    found: list[Atom] = []
    before = -1
    for i in range(first, last):
        token = tokens[i]
        text = token.text
        if text.isalpha() or len(text) == 1:
            found.append(Atom(token.start, token.end, text, text.lower(), i, token.start == before, text.isdigit()))
        else:
            exact = token.end - token.start == len(text)
            for m in ATOM.finditer(text):
                a, b = (token.start + m.start(), token.start + m.end()) if exact else (token.start, token.end)
                word = m[0]
                glued = m.start() > 0 or token.start == before
                found.append(Atom(a, b, word, word.lower(), i, glued, word[-1].isdigit()))
        before = token.end
    return found


def read_digits(text: str) -> float | None:
    """The value of "8", "1,200", "4.5", "1.234.567"; None for "1.2.3" and "4,5"."""
    if len(text) > LONGEST_DIGITS or (len(text) > LONGEST_PLAIN and text.isdigit()):
        return None
    if PLAIN.fullmatch(text) or (text[0] == "." and text[1:].isdigit()):
        return float(text)
    if GROUPED.fullmatch(text):
        return float(text.replace(",", ""))
    if SWISS.fullmatch(text):
        return float(text.replace("'", "").replace("’", ""))
    if POINTED.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    return None


def read_number(atoms: Sequence[Atom], at: int) -> Number | None:
    """The longest number that begins at this atom."""
    if at >= len(atoms):
        return None
    atom = atoms[at]
    if atom.digit:
        return _digits(atoms, at)
    if atom.low in STARTS:
        return _vague(atoms, at) or _fraction(atoms, at) or _words(atoms, at)
    return None


def _digits(atoms: Sequence[Atom], at: int) -> Number | None:
    text = atoms[at].text
    value = read_digits(text)
    comma = False
    if value is None and COMMA.fullmatch(text):
        value, comma = float(text.replace(",", ".")), True
    if value is None:
        return None
    end = at + 1
    groups = _spaced_groups(atoms, at)  # "1 250 000"
    if groups is not None:
        value, end = groups
    small = _small_fraction(atoms, end)  # "2 1/2", "7 5/8"
    if small is not None and not comma and text.isdigit():
        value, end = value + small, end + 3
    elif _is(atoms, end, "/") and atoms[end].glued and _eighths(atoms, at):
        small = _small_fraction(atoms, at)
        if small is not None:
            return Number(at + 3, small, True, False, fraction=True)
    scale, end = _scales(atoms, end)
    return Number(end, _tidy(value * scale), True, scale > 1, comma=comma, scale=scale)


def _spaced_groups(atoms: Sequence[Atom], at: int) -> tuple[float, int] | None:
    """ "1 250 000", "40 000" with spaces between its groups; "4 300" may be two numbers and is left alone."""
    end = at + 1
    while end < len(atoms) and end - at < LONGEST_GROUPS and _is_group(atoms, end):
        end += 1
    if end - at < 2 or not (atoms[at].text.isdigit() and len(atoms[at].text) < 4 and atoms[at].text[0] != "0"):
        return None
    if _is_group(atoms, end) or (end - at == 2 and atoms[at + 1].text != "000"):
        return None
    return float("".join(a.text for a in atoms[at:end])), end


def _is_group(atoms: Sequence[Atom], at: int) -> bool:
    """Three digits, one space behind the digits before."""
    return (
        at < len(atoms)
        and len(atoms[at].text) == 3
        and atoms[at].text.isdigit()
        and atoms[at].start == atoms[at - 1].end + 1
        and not (at + 1 < len(atoms) and atoms[at + 1].glued and atoms[at + 1].text[0].isalnum())
    )


def _eighths(atoms: Sequence[Atom], at: int) -> bool:
    return at == 0 or not atoms[at].glued


def _small_fraction(atoms: Sequence[Atom], at: int) -> float | None:
    """The value of "5/8" in three glued atoms."""
    if at + 2 >= len(atoms) or not _is(atoms, at + 1, "/") or not (atoms[at + 1].glued and atoms[at + 2].glued):
        return None
    above, below = atoms[at].text, atoms[at + 2].text
    if not (above.isdigit() and below in {"2", "3", "4", "8", "16", "32", "64"} and len(above) < 3):
        return None
    if int(above) >= int(below) or (at + 3 < len(atoms) and atoms[at + 3].text == "/"):
        return None
    return int(above) / int(below)


def _scales(atoms: Sequence[Atom], at: int) -> tuple[float, int]:
    """The product of the scale words from here: "million", "hundred thousand", "-billion"; and where they end."""
    scale, end = 1.0, at
    while end < len(atoms) and scale < 1e15:
        step = end + 1 if _dash(atoms, end) and end + 1 < len(atoms) else end
        value = SCALES.get(atoms[step].low)
        if value is None:
            break
        scale, end = scale * value, step + 1
    return scale, end


def _words(atoms: Sequence[Atom], at: int) -> Number | None:
    """ "one hundred and twenty", "twenty-five", "a dozen", "a million and a half", "four and a half million"."""
    total = current = 0.0
    i = at
    scaled = False
    if atoms[i].low in {"a", "an"}:
        if i + 1 >= len(atoms) or atoms[i + 1].low not in SCALES:
            return None
        current, i = 1.0, i + 1
    elif atoms[i].low in SCALES:
        if atoms[i].low == "dozen" or not scale_stands_alone(atoms, i):
            return None
        current = 1.0
    room = 1000.0  # what the next small number must be below: "twenty five", not "five twenty"
    while i < len(atoms):
        low = atoms[i].low
        if low in CARDINALS:
            value = CARDINALS[low]
            if value >= room:
                break
            current += value
            room = 10.0 if 20 <= value < 100 else 0.0
            i += 1
        elif low == "point" and not scaled and (decimals := _spoken_decimals(atoms, i + 1)):
            factor, i = _scales(atoms, i + 1 + len(decimals))
            return Number(i, _tidy((total + current + float(f"0.{decimals}")) * factor), False, factor > 1)
        elif low in SCALES and (current or total):
            scale = SCALES[low]
            if scale < 1000:
                current *= scale
                room = 100.0 if scale == 100 else 0.0
            else:
                total, current, room = (
                    (total + current * scale, 0.0, 1000.0) if current else (total * scale, 0.0, 1000.0)
                )
            scaled = True
            i += 1
        elif _continues(atoms, i + 1, room) and (
            (low == "and" and scaled and room > 10)
            or (_dash(atoms, i) and (scaled or room == 10.0 or _scale_at(atoms, i + 1)))
        ):
            i += 1
        elif low == "and" and _half_follows(atoms, i):
            part = 0.5
            i += 3
            if not scaled:
                factor, i = _scales(atoms, i)
                return Number(i, _tidy((total + current + part) * factor), False, factor > 1)
            return Number(i, _tidy((total + current) + part * _last_scale(total)), False, True)
        else:
            break
        if total > 1e18:
            break
    if i == at:
        return None
    return Number(i, _tidy(total + current), False, scaled)


def _spoken_decimals(atoms: Sequence[Atom], at: int) -> str:
    """The digits behind the "point" of "one point six five"."""
    digits = ""
    while at < len(atoms) and len(digits) < LONGEST_DECIMALS and CARDINALS.get(atoms[at].low, 10) < 10:
        digits, at = digits + str(CARDINALS[atoms[at].low]), at + 1
    return digits


def scale_stands_alone(atoms: Sequence[Atom], at: int) -> bool:
    """ "Million" without a number before it counts nothing, except in "hundred and twenty"."""
    return atoms[at].low == "hundred" and at + 2 < len(atoms) and atoms[at + 1].low == "and"


def _continues(atoms: Sequence[Atom], at: int, room: float) -> bool:
    if at >= len(atoms):
        return False
    low = atoms[at].low
    return CARDINALS.get(low, 1e9) < room or low in SCALES


def _scale_at(atoms: Sequence[Atom], at: int) -> bool:
    return at < len(atoms) and atoms[at].low in SCALES


def _half_follows(atoms: Sequence[Atom], at: int) -> bool:
    return at + 2 < len(atoms) and atoms[at + 1].low == "a" and atoms[at + 2].low == "half"


def _last_scale(total: float) -> float:
    """A million and a half: half of the million."""
    return max((s for s in SCALES.values() if s <= total), default=1.0)


def _vague(atoms: Sequence[Atom], at: int) -> Number | None:
    """ "tens of thousands", "hundreds", "several million", "a few hundred": at least so many."""
    i, value = at, 1.0
    if _is(atoms, i, "a") and _is(atoms, i + 1, "couple"):  # "a couple of hundred", "a couple dozen"
        scale, end = _scales(atoms, i + 3 if _is(atoms, i + 2, "of") else i + 2)
        return Number(end, 2 * scale, False, True, vague=True) if scale >= 12 else None
    opener = atoms[i].low in {"a", "an"} and i + 1 < len(atoms) and atoms[i + 1].low == "few"
    if opener or atoms[i].low in WORDS.vague_openers:
        i += 2 if opener else 1
        scale, end = _scales(atoms, i)
        if scale >= 12:
            return Number(end, scale, False, True, vague=True)
        if not (i < len(atoms) and atoms[i].low in VAGUE):
            return None
    found = False
    while i < len(atoms) and (atoms[i].low in VAGUE or (found and atoms[i].low in SCALES)):
        value, found = value * (VAGUE.get(atoms[i].low) or SCALES[atoms[i].low]), True
        again = (
            i + 2 < len(atoms)
            and atoms[i + 1].low == "of"
            and (atoms[i + 2].low in VAGUE or atoms[i + 2].low in SCALES)
        )
        i += 2 if again else 1
        if not again or value > 1e15:
            break
    return Number(i, value, False, True, vague=True) if found else None


def _fraction(atoms: Sequence[Atom], at: int) -> Number | None:
    """ "two-thirds", "a third", "three quarters", "half", "half a million", "half a dozen"."""
    if atoms[at].low == "half":
        return _half(atoms, at, at + 1)
    above = 1 if atoms[at].low in {"a", "an"} else CARDINALS.get(atoms[at].low)
    i = at + 1
    if above is None or not 0 < above < 20 or i >= len(atoms):
        return None
    if _dash(atoms, i):
        i += 1
    if i >= len(atoms) or atoms[i].low not in FRACTIONS:
        return None
    below = FRACTIONS[atoms[i].low]
    if (above > 1) != atoms[i].low.endswith(("s", "lves")) or above >= below * 3:
        return None
    if atoms[i].low == "half":
        return _half(atoms, at, i + 1)
    return _of_a_million(atoms, i + 1, _tidy(above / below))


def _half(atoms: Sequence[Atom], at: int, after: int) -> Number:
    return _of_a_million(atoms, after, 0.5)


def _of_a_million(atoms: Sequence[Atom], at: int, value: float) -> Number:
    """Half "a million", a quarter "of a million", a half "million", or the fraction alone."""
    if value in (0.5, 0.25):
        scale, end = _scales(atoms, at)
        if scale > 1:
            return Number(end, _tidy(value * scale), False, True)
    i = at + 1 if _is(atoms, at, "of") else at
    if i + 1 < len(atoms) and atoms[i].low in {"a", "an"}:
        scale, end = _scales(atoms, i + 1)
        if scale > 1:
            return Number(end, _tidy(value * scale), False, True)
    return Number(at, value, False, False, fraction=True)


def _dash(atoms: Sequence[Atom], at: int) -> bool:
    """A dash without spaces: "twenty-five", "$3-million"."""
    return at < len(atoms) and atoms[at].text in DASHES and atoms[at].glued and _glued_after(atoms, at)


def _glued_after(atoms: Sequence[Atom], at: int) -> bool:
    return at + 1 < len(atoms) and atoms[at + 1].glued


def _is(atoms: Sequence[Atom], at: int, word: str) -> bool:
    return at < len(atoms) and atoms[at].low == word


def _tidy(value: float) -> float:
    """8.2 * 1e9 as 8200000000.0: no digits that nobody wrote."""
    return float(f"{value:.12g}")
