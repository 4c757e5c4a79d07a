"""What an amount is per: "/kg", "per kilogram", "a tonne", "/y", "annually".

In:  the atoms of one sentence, and the place behind a unit.
Out: the symbol and the place behind it; None where the amount is per nothing.

    rate_after(atoms("45/kg"), 1)                    # ("kg", 3)
    rate_after(atoms("4,000 tonnes a year ago"), 2)  # None: a date
"""

from __future__ import annotations

from dataclasses import dataclass

from briefing.facts.tokens import Line
from briefing.lexicon import load


@dataclass(frozen=True, slots=True)
class Rates:
    """One field for each list of the file, of the same name; the file says what each is for."""

    words: dict[str, tuple[str, ...]]
    signs: dict[str, tuple[str, ...]]
    times: frozenset[str]
    adverbs: dict[str, str]
    flows: dict[str, tuple[str, str]]
    then: frozenset[str]


@dataclass(frozen=True, slots=True)
class Forms:
    """How a unit of measurement is written."""

    words: tuple[str, ...]
    signs: tuple[str, ...]


UNITS = load("units", dict[str, Forms])
RATES = load("rates", Rates)
NO_DIVISORS = frozenset({"percent", "pp", "bp"})
WORDS = {tuple(w.split()): symbol for symbol, forms in UNITS.items() if symbol not in NO_DIVISORS for w in forms.words}
WORDS.update({(w,): symbol for symbol, words in RATES.words.items() for w in words})
SIGNS = {sign: symbol for symbol, forms in UNITS.items() if symbol not in NO_DIVISORS for sign in forms.signs}
SIGNS.update({sign: symbol for symbol, signs in RATES.signs.items() for sign in signs})
ARTICLES = frozenset({"a", "an", "each", "every"})
MANY = frozenset({"10", "100", "1,000", "1000", "10,000", "10000", "100,000"})  # "per 100 km"
PHRASE = 4  # words between "tonnes of" and "a year"


def rate_after(atoms: Line, at: int) -> tuple[str, int] | None:
    """What an amount that ends here is per."""
    low = atoms.low(at)
    if low == "/":
        sign = SIGNS.get(atoms[at + 1].text)
        return _word(atoms, at + 1) or (None if sign is None else (sign, at + 2))
    if low == "per":
        return _per(atoms, at + 1)
    if low in ARTICLES:
        sign = atoms[at + 1].text
        found = _word(atoms, at + 1) or ((SIGNS[sign], at + 2) if len(sign) > 1 and sign in SIGNS else None)
        dates = found is not None and found[0] in RATES.times and atoms.low(found[1]) in RATES.then
        return None if dates else found
    return (RATES.adverbs[low], at + 1) if low in RATES.adverbs else None


def rate_of_phrase(atoms: Line, at: int) -> str | None:
    """The year of "tonnes of heavy oxide a year", the tonne of "kg of dust per tonne"; `at` is the place of "of"."""
    if atoms.low(at) != "of":
        return None
    for i in range(at + 1, at + 2 + PHRASE):
        found = rate_after(atoms, i) if i > at + 1 and atoms.low(i) != "/" else None
        if found is not None:
            return found[0] if found[0] in RATES.times or atoms.low(i) == "per" else None
        if not atoms[i].text.isalpha() or not atoms[i].tag.startswith(("N", "J", "CC", "VBN", "VBG")):
            return None
    return None


def rate_before(atoms: Line, at: int) -> str | None:
    """The hour of "speed per hour 350 kilometers"; `at` is the place of the number."""
    found = _word(atoms, at - 1) if atoms.low(at - 2) == "per" else None
    return found[0] if found and found[1] == at and found[0] in RATES.times else None


def _per(atoms: Line, at: int) -> tuple[str, int] | None:
    """A unit, or whatever noun stands behind "per"."""
    if atoms[at].text in MANY and (many := _word(atoms, at + 1) or _sign(atoms, at + 1)):
        return f"{atoms[at].text.replace(',', '')}{many[0]}", many[1]  # "7.1 litres per 100 km"
    found = _word(atoms, at)
    atom, after = atoms[at], atoms[at + 1]
    if found is not None and found[1] == at + 1 and atom.tag == after.tag == "NN" and after.text.isalpha():
        return after.low, at + 2  # "per foot passenger"
    if found is not None:
        return found
    if sign := _sign(atoms, at):
        return sign
    return (atom.low, at + 1) if atom.tag == "NN" and atom.text.isalpha() else None


def _sign(atoms: Line, at: int) -> tuple[str, int] | None:
    text = atoms[at].text
    return (SIGNS[text], at + 1) if len(text) > 1 and text in SIGNS else None


def _word(atoms: Line, at: int) -> tuple[str, int] | None:
    dash = atoms.low(at + 1) == "-" and atoms[at + 1].glued  # "kilowatt-hour"
    for length in (2, 1):
        last = at + length + (dash and length > 1)
        symbol = WORDS.get(tuple(low for low in atoms.lows(at, last) if low != "-"))
        if symbol is not None and last <= atoms.size:
            return symbol, last
    return None
