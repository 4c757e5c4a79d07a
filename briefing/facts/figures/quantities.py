"""Atoms of a sentence -> quantities: numbers with their unit, range and qualifier.

In:  the atoms of one sentence (numbers.py) and what the article says about its money (`read_nearby`).
Out: `Quantity`s in order. Whether a number without a unit counts anything is for figures/ to decide.

    "between 3 and 5 percent"  ->  Quantity(value=3, high=5, unit="percent", ...)
    "about $8.5 billion"       ->  Quantity(value=8.5e9, unit="USD", qualifier "about", ...)
    unit_after(atoms("4.5 billion yuan"), 2, Nearby(...))   ->  Unit("CNY", 1.0, end=3, money=True)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from briefing.facts.numbers import CARDINALS, DASHES, SCALES, STARTS, Number, read_number, tidy
from briefing.facts.numbers import WORDS as NUMBER_WORDS
from briefing.facts.tokens import Line
from briefing.lexicon import load


@dataclass(frozen=True, slots=True)
class Words:
    """One field for each list of the file, of the same name; the file says what each is for."""

    bases: frozenset[int]
    multiples: frozenset[str]
    qualifiers: frozenset[str]
    casualties: frozenset[str]
    topical: frozenset[str]
    names: frozenset[str]
    after: frozenset[str]
    changes: frozenset[str]
    further: frozenset[str]
    ranging: frozenset[str]
    time: frozenset[str]
    labels: frozenset[str]
    dated: frozenset[str]


WORDS = load("figures", Words)
CHANGES, TIME = WORDS.changes, WORDS.time
FARTHEST = 2  # words between a change and its number
QUALIFIERS = frozenset(tuple(q.lower().split()) for q in WORDS.qualifiers)
AFTER = frozenset(tuple(q.lower().split()) for q in WORDS.after)
LONGEST_QUALIFIER = max(map(len, QUALIFIERS))
FOLDS = {f"{word}fold": value for word, value in CARDINALS.items() if value > 1}
BEGINNINGS = STARTS | frozenset(FOLDS)
RATIOS = (("in",), ("out", "of"), ("of", "every"))  # "one in five", "9 out of 10"
TILDES = frozenset("~～")  # "0.6 ~ 2 meters", as translations write a range
JOINED = frozenset("/.:#_@&\\'’+=")  # a number straight after one of these is part of something else
OPEN = frozenset("([{\"'“‘«„~≈<>≥≤=—–…*|")


@dataclass(frozen=True, slots=True)
class Quantity:
    first: int  # atoms first..last-1
    last: int
    value: float
    high: float | None
    unit: str  # "count" where none is written
    kind: str  # money, percent, measure, count, share (a third, one in five), multiple (three times)
    number: Number  # the last one read
    qualifier: tuple[int, int] | None = None  # atoms


def find_quantities(atoms: Line, nearby: Nearby) -> Iterator[Quantity]:
    at = 0
    while at < atoms.size:
        atom = atoms.pieces[at]
        if not (atom.low in BEGINNINGS or atom.text in PREFIXES or atom.digit):
            at += 1
            continue
        found, at = _quantity(atoms, at, nearby)
        for quantity in found:
            qualifier = _qualifier(atoms, quantity)
            yield _signed(atoms, replace(quantity, qualifier=qualifier) if qualifier else quantity)


def _quantity(atoms: Line, at: int, nearby: Nearby) -> tuple[tuple[Quantity, ...], int]:
    """The quantities that begin at this atom (two for "from 3 to 5 percent"), and where to go on."""
    one = _single(atoms, at, nearby)
    if one is None:
        number = read_number(atoms, at) if atoms[at].digit or atoms[at].low in CARDINALS else None
        return (), (max(number.end, at + 1) if number else at + 1)
    special = _ratio(atoms, one) or _multiple(atoms, one) or _dollars_and_cents(atoms, one, nearby)
    if special:
        return (special,), special.last
    pair = _range(atoms, one, nearby)
    return pair or ((one,), one.last)


def _single(atoms: Line, at: int, nearby: Nearby) -> Quantity | None:
    """One number with its unit before or after it."""
    atom = atoms[at]
    if atom.low in FOLDS:
        times = float(FOLDS[atom.low])
        return Quantity(at, at + 1, times, None, "1", "multiple", Number(at + 1, times, False, False))
    before = unit_before(atoms, at, nearby)
    if before is not None:
        number = read_number(atoms, before.end)
        if number is None or number.fraction:
            return None
        number = _short_scale(atoms, number)
        last = number.end
        again = unit_after(atoms, last, nearby)  # "$500 USD", "US$5 million dollars"
        if again is not None and again.money:
            last = again.end
        return Quantity(at, last, number.value, None, before.symbol, "money", number)
    number = read_number(atoms, at)
    if number is None or (atom.digit and _clings(atoms, at)):
        return None
    short = _short_scale(atoms, number)
    if short is not number:
        unit = unit_after(atoms, short.end, nearby)
        if unit is not None and unit.money:
            return Quantity(at, unit.end, short.value, None, unit.symbol, "money", short)
    return _with_unit(atoms, at, number, nearby)


def _with_unit(atoms: Line, at: int, number: Number, nearby: Nearby) -> Quantity | None:
    place = number.end
    if number.vague and atoms.low(place) == "of":
        place += 1
    elif number.fraction:
        place = _of_one(atoms, place)
    if atoms.low(place) == "+" and atoms[place].glued:
        place += 1
    unit = unit_after(atoms, place, nearby, digits=number.digits)
    if unit is not None:
        if atoms[at].low in {"a", "an"} and atoms[number.end].text in DASHES:
            at += 1  # the article of "a million-dollar house" belongs to the house
        return Quantity(at, unit.end, tidy(number.value * unit.factor), None, unit.symbol, _kind(unit), number)
    if _runs_on(atoms, number):
        return None
    return Quantity(at, number.end, number.value, None, "count", "share" if number.fraction else "count", number)


def _kind(unit: Unit) -> str:
    if unit.money:
        return "money"
    return "percent" if unit.symbol in {"percent", "pp", "bp"} else "measure"


def _of_one(atoms: Line, at: int) -> int:
    """Where the unit stands in "half a percent", "half of one percent", "three-quarters of a mile"."""
    place = at + 1 if atoms.low(at) == "of" else at
    return place + 1 if atoms.low(place) in {"a", "an", "one", "1"} else place


def _short_scale(atoms: Line, number: Number) -> Number:
    """ "$3m", "4.5bn": a letter straight after the digits (and no word after the letter)."""
    end = number.end
    if not number.digits or not atoms[end].glued or atoms[end].low not in NUMBER_WORDS.short_scales:
        return number
    value = float(f"{number.value * NUMBER_WORDS.short_scales[atoms[end].low]:.12g}")
    return replace(
        number, end=end + 1, value=value, scaled=True, scale=float(NUMBER_WORDS.short_scales[atoms[end].low])
    )


def _clings(atoms: Line, at: int) -> bool:
    """Is this number part of a word: "G20", "F-16", "3:15", "9/11", "mid-20s"?"""
    if at == 0 or not atoms[at].glued:
        return False
    before = atoms[at - 1]
    if before.text in DASHES:
        if not before.glued or (at > 2 and atoms[at - 2].text == "/" and atoms[at - 3].text == "+"):
            return False  # "-5%" after a space
        return before.text not in "—–―" and at > 1 and atoms[at - 2].text not in OPEN
    if before.text == "+" and (at < 2 or not before.glued):
        return False  # "+4.5%"
    return before.text.isalnum() or before.text in JOINED


def _runs_on(atoms: Line, number: Number) -> bool:
    """Does the number go on as something else: "20th", "3:15", "5G", "20-year-old", "9/11", "10-4"?"""
    end = number.end
    if not number.digits or not atoms[end].glued:
        return False
    after = atoms[end]
    if after.text[0].isalnum():
        return True
    follows = atoms[end + 1].glued
    if after.text in {":", "/", ".", "_", "@", "\\"} or (after.text in DASHES and after.text not in "—―"):
        return follows and atoms[end + 1].text[0].isalnum() and not _range_after(atoms, end)
    return after.text in {"°", "º", "'", "’"} and follows


def _range_after(atoms: Line, at: int) -> bool:
    """A dash and a second number: left to `_range` to judge."""
    return atoms[at].text in DASHES and atoms[at + 1].digit


# --- two numbers ----------------------------------------------------------------------------


def _range(atoms: Line, one: Quantity, nearby: Nearby) -> tuple[tuple[Quantity, ...], int] | None:
    """ "3-5%", "$10 to $15 million", "between 3 and 5 percent"; "from 3 to 5 percent" stays two figures."""
    join, two = _joined(atoms, one, nearby)
    if two is None or not {one.kind, two.kind}.isdisjoint({"share", "multiple"}):
        return None
    if atoms.low(one.first - 1) == "in" and one.unit == "count" != two.unit and _is_year(atoms, one):
        return None  # "from $3 million in 2014 to $5 million"
    return _of_two(atoms, one, two, join)


def _joined(atoms: Line, one: Quantity, nearby: Nearby) -> tuple[str, Quantity | None]:
    """What joins a second number to this one ("-", "to", "or", "and"; "" for nothing), and that number."""
    join, at = atoms.low(one.last), one.last + 1
    if join in DASHES or join in TILDES:
        join = "-"
        if atoms.low(at) == "to" and atoms.low(at + 1) in DASHES:
            join, at = "to", at + 2  # "$5-to-$10"
        return join, _single(atoms, at, nearby) or _after_dash(atoms, at, nearby)
    return (join, _single(atoms, at, nearby)) if join in {"to", "or", "and"} else ("", None)


def _of_two(atoms: Line, one: Quantity, two: Quantity, join: str) -> tuple[tuple[Quantity, ...], int] | None:
    """The range that two numbers make, or the two where the second is another level."""
    low = _share_scale(one, two)
    first = replace(one, value=low, unit=two.unit, kind=two.kind) if one.unit == "count" else one
    unit, kind = first.unit, first.kind
    if two.unit not in {unit, "count"} or (two.unit == "count" and one.kind not in {"money", "count"}):
        return None
    before = atoms.low(one.first - 1)
    if join == "and" and before != "between":
        return None
    if join == "to":
        if _is_change(atoms, one, two, before) or _is_part(atoms, one) != _is_part(atoms, two):
            return ((first, two), two.last) if two.unit != "count" else None
        if unit == "count" and not (one.number.scaled or two.number.scaled or two.value >= 20):
            return (), two.last  # "won 3 to 2"
    if not low < two.value:
        if kind == "percent" and join in {"-", "to"}:
            return (first, two), two.last  # a vote: "61%-29%", "41 to 18 percent"
        return ((), two.last) if join == "-" and unit == "count" else None
    return (Quantity(one.first, two.last, low, two.value, unit, kind, two.number),), two.last


def _is_year(atoms: Line, one: Quantity) -> bool:
    return one.number.digits and len(atoms[one.first].text) == 4 and atoms[one.first].text[:2] in {"18", "19", "20"}


def _after_dash(atoms: Line, at: int, nearby: Nearby) -> Quantity | None:
    """The second number of "3-5%": it clings to the dash, which here is right."""
    number = read_number(atoms, at) if atoms[at].digit else None
    return None if number is None else _with_unit(atoms, at, number, nearby)


def _share_scale(one: Quantity, two: Quantity) -> float:
    """The three of "3 to 5 million" is three million; that of "900,000 to 1 million" is no more than it says."""
    scale = two.number.scale
    if one.number.scaled or scale <= 1 or one.value >= two.value / scale:
        return one.value
    return tidy(one.value * scale)


def _is_change(atoms: Line, one: Quantity, two: Quantity, before: str) -> bool:
    """ "Rose 3 percent to 45 percent", "from 3 to 5 percent"; "will grow 2 to 3 percent" is a range."""
    bare = one.unit == "count" and two.unit != "count"
    return _changed(atoms, one.first) and (not bare or before == "from")


def _changed(atoms: Line, at: int) -> bool:
    """Is the first number by how much, the second to what: "lost another 40 cents to $9.30"?"""
    place = at - 1
    while place >= max(0, at - FARTHEST) and atoms[place].low in WORDS.further:
        place -= 1
    return atoms.low(place) in CHANGES and WORDS.ranging.isdisjoint(atoms.lows(at - 4, at))


def _ratio(atoms: Line, one: Quantity) -> Quantity | None:
    """ "one in five", "9 out of 10"."""
    if one.kind != "count" or not 0 < one.value < 1000 or one.value % 1:
        return None
    dash = atoms[one.last].text == "-"
    start = one.last + dash
    at = next((start + len(words) for words in RATIOS if atoms.says(start, *words)), None)
    if at is None:
        return None
    base = read_number(atoms, atoms.skip(at + (dash and atoms[at].text == "-"), "every"))
    if base is None or base.whole not in WORDS.bases or base.value <= one.value:
        return None
    if atoms.low(base.end) in TIME or atoms.low(base.end) in {"-", "%", "percent"}:
        return None
    return Quantity(one.first, base.end, tidy(one.value / base.value), None, "1", "share", base)


def _dollars_and_cents(atoms: Line, one: Quantity, nearby: Nearby) -> Quantity | None:
    """ "Two dollars and fifty cents" is one sum; "4 pence and 5 pence" are two."""
    if one.kind != "money" or atoms.low(one.last) != "and" or _is_part(atoms, one):
        return None
    two = _single(atoms, one.last + 1, nearby)
    if two is None or two.kind != "money" or not _is_part(atoms, two) or one.unit != two.unit or two.value >= 1:
        return None
    return replace(one, last=two.last, value=tidy(one.value + two.value))


def _is_part(atoms: Line, quantity: Quantity) -> bool:
    """Is it written in cents, pence or another part of the main unit?"""
    return atoms.low(quantity.last - 1) in COINS


def _multiple(atoms: Line, one: Quantity) -> Quantity | None:
    """ "three times as much", "ten-fold"."""
    if one.kind != "count":
        return None
    decimal = one.value % 1 != 0  # nobody does a thing 1.65 times
    if atoms.low(one.last) == "times" and (decimal or atoms.low(one.last + 1) in WORDS.multiples):
        return replace(one, last=one.last + 1, unit="1", kind="multiple")
    return None


# --- words around ---------------------------------------------------------------------------


def _qualifier(atoms: Line, quantity: Quantity) -> tuple[int, int] | None:
    at = quantity.first
    for length in range(min(LONGEST_QUALIFIER, at), 0, -1):
        if atoms.lows(at - length, at) in QUALIFIERS:
            return at - length, at
    end = quantity.last
    if atoms.lows(end, end + 2) in AFTER:
        return end, end + 2
    return None


def _signed(atoms: Line, quantity: Quantity) -> Quantity:
    """ "-5%" and "minus 5 percent" are below zero; "5 - 3" and "2-5%" are not."""
    at = quantity.first - 1
    if at < 0 or quantity.kind == "count" or quantity.high is not None:
        return quantity
    sign = atoms[at]
    dash = sign.text in {"-", "−"} and atoms[at + 1].glued and not sign.glued
    if not dash and (sign.low != "minus" or atoms.low(at - 1) == "or"):
        return quantity
    return replace(quantity, first=at, value=-quantity.value)


# --- units: percent, money, weights and measures ----------------------------------------------


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
ASKS_NEARBY = re.compile(r"[¥#]|ound|quid|\bwon\b")


@dataclass(frozen=True, slots=True)
class Unit:
    symbol: str
    factor: float
    end: int
    money: bool = False


@dataclass(frozen=True, slots=True)
class Nearby:
    """What the whole article says about its money: decides "¥", "pounds" and "won"."""

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
