"""The unit before or after a number: percent, money, weights and measures.

In:  the atoms of a sentence and the place where a number ends (or begins, for "$").
Out: a `Unit`: its symbol, what it multiplies the value with, and the atom where it ends.

    unit_after(atoms("4.5 billion yuan"), 2, Nearby(...))    # Unit("CNY", 1.0, end=3, money=True)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from briefing.facts.numbers import CARDINALS, DASHES, SCALES
from briefing.facts.tokens import Line
from briefing.lexicon import load


@dataclass(frozen=True, slots=True)
class Currency:
    """One entry of `names` in data/currencies.yaml."""

    words: tuple[str, ...]
    code: str
    part: float = 1.0  # of the main unit: a cent is 0.01
    by: dict[str, str] = field(default_factory=dict)
    weight: bool = False  # "pounds" may be a weight
    noun: bool = False  # also another word ("won", "marks")


@dataclass(frozen=True, slots=True)
class Money:
    """One field for each list of the file, of the same name; the file says what each is for."""

    signs: dict[str, str]
    dollars: dict[str, str]
    codes: dict[str, str]
    names: tuple[Currency, ...]
    yen_or_yuan: dict[str, frozenset[str]]
    korea: frozenset[str]
    after_verb: frozenset[str]
    sterling: frozenset[str]


@dataclass(frozen=True, slots=True)
class Forms:
    """How a unit of measurement is written."""

    words: tuple[str, ...]
    signs: tuple[str, ...]


MONEY = load("currencies", Money)
UNITS = load("units", dict[str, Forms])
SIGNS, DOLLARS, CODES = MONEY.signs, MONEY.dollars, MONEY.codes
PREFIXES = frozenset(SIGNS) | frozenset(DOLLARS) | frozenset(CODES) | frozenset({"#", "Rs", "rs", "RS"})
YEN_SIGN = "¥"
WORDS_NEAR = re.compile(r"[A-Za-z.]+|£|¥")
ASKS_NEARBY = re.compile(r"[¥#]|ound|quid|\dp\b|\bwon\b")
FILM = frozenset({"480", "720"})  # lines of a picture: "720p"


@dataclass(frozen=True, slots=True)
class Unit:
    symbol: str
    factor: float
    end: int
    money: bool = False


@dataclass(frozen=True, slots=True)
class Nearby:
    """What the whole article says about its money: decides "¥", "pounds", "5p" and "won"."""

    yen_sign: str
    pounds: str  # GBP or lb
    korea: bool = False


def _measures() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word -> the rest and the symbol, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for symbol, forms in UNITS.items():
        for words in forms.words:
            first, *rest = words.split()
            found.setdefault(first, []).append((tuple(rest), symbol))
    for options in found.values():
        options.sort(key=lambda option: -len(option[0]))
    return found


CURRENCIES = {tuple(words.split()): currency for currency in MONEY.names for words in currency.words}
COINS = frozenset(words[-1] for words, currency in CURRENCIES.items() if currency.part < 1)
MEASURES = _measures()
SHORT = {sign: symbol for symbol, forms in UNITS.items() for sign in forms.signs}
OWNERS = {owner for currency in CURRENCIES.values() for owner in currency.by}
FIRST_OWNERS = {owner.split()[0] for owner in OWNERS}
UNIT_WORDS = frozenset(MEASURES) | {words[0] for words in CURRENCIES} | {c.lower() for c in CODES}


def read_nearby(text: str) -> Nearby:
    """One look at the whole text, if something in it has to be decided."""
    if not ASKS_NEARBY.search(text):
        return Nearby("JPY", "lb")
    counts = {"CNY": 0, "JPY": 0}
    pounds = korea = False
    for m in WORDS_NEAR.finditer(text):
        word = m[0].lower()
        if word in MONEY.yen_or_yuan["CNY"]:
            counts["CNY"] += 1
        elif word in MONEY.yen_or_yuan["JPY"]:
            counts["JPY"] += 1
        elif word in MONEY.sterling:
            pounds = True
        elif word.rstrip(".") in MONEY.korea:
            korea = True
    return Nearby("CNY" if counts["CNY"] > counts["JPY"] else "JPY", "GBP" if pounds else "lb", korea)


def unit_before(atoms: Line, at: int, nearby: Nearby) -> Unit | None:
    """The currency that begins here and is followed by a number: "$", "US$", "RMB"; `end` is the number's atom."""
    atom = atoms[at]
    following = atoms[at + 1]
    if atom.text in DOLLARS and following.text == "$" and following.glued:
        return Unit(DOLLARS[atom.text], 1.0, at + 2, money=True)
    if atom.text in SIGNS:
        code = nearby.yen_sign if atom.text == YEN_SIGN else SIGNS[atom.text]
        return Unit(code, 1.0, at + 1, money=True)
    if atom.text in CODES and following.digit:
        return Unit(CODES[atom.text], 1.0, at + 1, money=True)
    if atom.text == "#" and following.digit and following.glued and nearby.pounds == "GBP":
        scaled = SCALES.get(atoms.low(at + 2), 0) >= 1000
        return Unit("GBP", 1.0, at + 1, money=True) if scaled else None  # old wires have no "£"
    if atom.low == "rs" and following.text == "." and atoms[at + 2].digit:
        return Unit("INR", 1.0, at + 2, money=True)
    return None


def unit_after(atoms: Line, at: int, nearby: Nearby, *, digits: bool = True) -> Unit | None:
    """The unit that stands here, straight after a number (a dash may stand between: "30-cent")."""
    if atoms[at].text in DASHES:
        at += 1
        if not (atoms[at].glued and atoms[at - 1].glued):
            return None
        if atoms[at].low not in UNIT_WORDS and atoms[at].text not in SHORT:
            return None
    found = _measure(atoms, at) or _money(atoms, at, nearby)
    if found is None and digits:
        found = _short(atoms, at)
    return found


def _measure(atoms: Line, at: int) -> Unit | None:
    for rest, symbol in MEASURES.get(atoms[at].low, ()):
        end = at + 1
        for word in rest:
            end += atoms[end].text in DASHES and atoms[end].glued
            if atoms.low(end) != word:
                break
            end += 1
        else:
            return Unit(symbol, 1.0, end)
    return None


def _short(atoms: Line, at: int) -> Unit | None:
    atom = atoms[at]
    if atom.text == "km" and atoms.says(at + 1, "/", "h"):
        return Unit("km/h", 1.0, at + 3)
    if atom.text in {"°", "º"} and atoms[at + 1].text in {"C", "F"}:
        return Unit(f"°{atoms[at + 1].text}", 1.0, at + 2)
    symbol = SHORT.get(atom.text)
    if symbol in {"m", "km", "ft"} and atoms[at + 1].text in {"2", "3"} and atoms[at + 1].glued:
        return Unit(f"{symbol}{atoms[at + 1].text}", 1.0, at + 2)
    return Unit(symbol, 1.0, at + 1) if symbol else None


def _money(atoms: Line, at: int, nearby: Nearby) -> Unit | None:
    text = atoms[at].text
    code = CODES.get(text)
    if code is not None and len(text) > 2:
        again = CURRENCIES.get((atoms.low(at + 1),))  # "100 million RMB yuan"
        end = at + 2 if again is not None and again.code == code else at + 1
        return Unit(code, 1.0, end, money=True)
    if text == "p" and _is_pence(atoms, at, nearby):
        return Unit("GBP", 0.01, at + 1, money=True)
    if text in {"€", "£"}:
        return Unit(SIGNS[text], 1.0, at + 1, money=True)
    return _named_money(atoms, at, nearby)


def _named_money(atoms: Line, at: int, nearby: Nearby) -> Unit | None:
    """ "Dollars", "South Korean won"."""
    owner, i = _owner(atoms, at)
    words = atoms.lows(i, i + 2)
    length = len(words) if words in CURRENCIES else 1
    currency = CURRENCIES.get(atoms.lows(i, i + length))
    if currency is None or (owner is not None and owner not in currency.by):
        return None
    if currency.noun and owner is None and length == 1 and not _is_money(atoms, i, nearby):
        return None
    if currency.weight and owner is None and nearby.pounds == "lb":
        return Unit("lb", 1.0, i + length)
    return Unit(currency.code if owner is None else currency.by[owner], currency.part, i + length, money=True)


def _is_pence(atoms: Line, at: int, nearby: Nearby) -> bool:
    """ "5p" where the article is about sterling."""
    number = atoms[at - 1] if at else None
    return (
        nearby.pounds == "GBP" and atoms[at].glued and number is not None and number.digit and number.text not in FILM
    )


def _is_money(atoms: Line, at: int, nearby: Nearby) -> bool:
    """Is it money, not the verb of "30 won 12 seats", the noun of "the 7.0 mark", the adjective of "2 real threats"?"""
    if at and atoms[at - 1].text in DASHES:
        return True
    if atoms[at].low != "won":
        return atoms[at].low.endswith("s")
    after = atoms[at + 1]
    if after.digit or after.low in MONEY.after_verb or after.low in CARDINALS:
        return False
    return nearby.korea or (at > 0 and SCALES.get(atoms[at - 1].low, 0) >= 1000)


def _owner(atoms: Line, at: int) -> tuple[str | None, int]:
    """ "South Korean" in "South Korean won", and where the currency stands."""
    low = atoms[at].low
    if low not in FIRST_OWNERS:
        return None, at
    if f"{low} {atoms.low(at + 1)}" in OWNERS:
        return f"{low} {atoms[at + 1].low}", at + 2
    return (low, at + 1) if low in OWNERS else (None, at)
