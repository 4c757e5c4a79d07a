"""Atoms of a sentence -> quantities: numbers with their unit, range and qualifier.

In:  the atoms of one sentence (numbers.py) and what the article says about its money (`read_nearby`).
Out: `Quantity`s in order. Whether a number without a unit counts anything is for figures/ to decide.

    "between 3 and 5 percent"  ->  Quantity(value=3, high=5, unit="percent", ...)
    "about $8.5 billion"       ->  Quantity(value=8.5e9, unit="USD", qualifier "about", ...)
    unit_after(atoms("4.5 billion yuan"), 2, Nearby(...))   ->  Unit("CNY", 1.0, end=3, money=True)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass, field, replace

from briefing.facts.figures.rates import RATES, UNITS, rate_after, rate_before, rate_of_phrase
from briefing.facts.numbers import CARDINALS, DASHES, SCALES, STARTS, Number, read_number, tidy
from briefing.facts.numbers import WORDS as NUMBER_WORDS
from briefing.facts.tokens import Line
from briefing.lexicon import load
from briefing.model import NO_CURRENCY


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
    comparatives: frozenset[str]
    change_nouns: frozenset[str]
    quoted: frozenset[str]
    dated: frozenset[str]


WORDS = load("figures", Words)
CHANGES, TIME = WORDS.changes, WORDS.time
APART_SCALES = frozenset({"m", "M", "mn", "Mn", "mln", "bn", "Bn", "tn"})
LARGEST_FALL = 20  # times the level behind it
FARTHEST = 2  # words between a change and its number
QUALIFIERS = frozenset(tuple(q.lower().split()) for q in WORDS.qualifiers)
AFTER = frozenset(tuple(q.lower().split()) for q in WORDS.after)
LONGEST_QUALIFIER = max(map(len, QUALIFIERS))
FOLDS = {f"{word}fold": value for word, value in CARDINALS.items() if value > 1}
BEGINNINGS = STARTS | frozenset(FOLDS)
# Between two levels of one thing.
LEVEL_JOINS = frozenset(
    (*comma, *words)
    for comma in ((), (",",))
    for words in (
        ("from",),
        ("up", "from"),
        ("down", "from"),
        ("compared", "with"),
        ("compared", "to"),
        ("against",),
        ("versus",),
        ("compares", "with"),
        ("compares", "to"),
        ("higher", "than"),
        ("lower", "than"),
        ("out", "of"),
    )
)
LEVELS_BEFORE = frozenset({"to", "at", "from", "was", "were", "is", "are", "reached", "hit", "totaled", "totalled"})
ENDS = frozenset(
    {
        ".",
        ",",
        ";",
        ")",
        "]",
        "in",
        "during",
        "and",
        "but",
        "before",
        "earlier",
        "previously",
        "last",
        "on",
        "at",
        "while",
        "as",
    }
)
EARLIER = frozenset({"previous", "same", "earlier", "prior", "preceding"})
BEFORE_DATE = frozenset({"in", "on", "during", "for", "by", "at"})
PARTS_OF = ((",", "of", "which"), (",", "of", "them"), ("of", "which"), ("(", "of", "which"))
RATIOS = (
    ("in",),
    ("out", "of"),
    ("of", "every"),
    ("out", "of", "every"),
    ("of", "each"),
)  # "one in five", "9 out of 10"
PLUS_MINUS = (
    ("±",),
    ("+", "/", "-"),
    ("+", "-"),
    ("plus", "or", "minus"),
    ("plus", "/", "minus"),
    ("plus", "-", "minus"),
)
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
    rate_at: int | None = None  # the atom with which "a tonne" begins


def find_quantities(atoms: Line, nearby: Nearby, dated: Container[int] = ()) -> list[Quantity]:
    """The quantities of a sentence in order; `dated` are the atoms that belong to dates."""
    return _with_points(atoms, _with_shared_units(atoms, list(_each_quantity(atoms, nearby)), dated))


def _with_points(atoms: Line, found: list[Quantity]) -> list[Quantity]:
    """The points of "62 percent, 9 points more", "fell 7 points to 38 percent" and "a margin of error of 3 points"."""
    for i, one in enumerate(found):
        if one.kind != "count" or atoms.low(one.last) not in {"point", "points"}:
            continue
        after = found[i + 1] if i + 1 < len(found) else None
        level = after is not None and after.unit == "percent" and after.first - one.last <= FARTHEST
        to_level = level and atoms.low(one.last + 1) in {"to", "from"}
        compared = atoms.low(one.last + 1) in WORDS.comparatives and any(q.unit == "percent" for q in found[:i])
        if to_level or compared or atoms.lows(one.first - 4, one.first)[:3] == ("margin", "of", "error"):
            found[i] = replace(one, last=one.last + 1, unit="pp", kind="percent")
    return found


def _each_quantity(atoms: Line, nearby: Nearby) -> Iterator[Quantity]:
    at = 0
    while at < atoms.size:
        atom = atoms.pieces[at]
        if not (atom.low in BEGINNINGS or atom.text in PREFIXES or atom.digit):
            at += 1
            continue
        found, at = _quantity(atoms, at, nearby)
        for quantity in found:
            quantity = replace(quantity, qualifier=_qualifier(atoms, quantity))
            yield _signed(atoms, _with_rate_before(atoms, quantity))


def _with_rate_before(atoms: Line, quantity: Quantity) -> Quantity:
    """The 350 km of "designed speed per hour 350 kilometers" are km/h."""
    rate = rate_before(atoms, opening_of(quantity)) if quantity.kind in {"money", "measure"} else None
    return replace(quantity, unit=f"{quantity.unit}/{rate}") if rate and "/" not in quantity.unit else quantity


def _quantity(atoms: Line, at: int, nearby: Nearby) -> tuple[tuple[Quantity, ...], int]:
    """The quantities that begin at this atom (two for "from 3 to 5 percent"), and where to go on."""
    one = _single(atoms, at, nearby)
    if one is None:
        number = read_number(atoms, at) if atoms[at].digit or atoms[at].low in CARDINALS else None
        return (), (max(number.end, at + 1) if number else at + 1)
    special = (
        _ratio(atoms, one)
        or _multiple(atoms, one)
        or _dollars_and_cents(atoms, one, nearby)
        or _with_error(atoms, one, nearby)
    )
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
        number = _scaled_by(_short_scale(atoms, number, priced=True), before.factor)
        again = unit_after(atoms, number.end, nearby)  # "$500 USD", "US$5 million dollars"
        if again is not None and again.money:
            dollars = atoms[at].text == "$" and base_of(again.symbol) in DOLLARS.values()  # "$7 million CAD"
            symbol = base_of(again.symbol) if dollars and atoms.low(number.end) != "dollars" else before.symbol
            unit = replace(again, symbol=symbol + again.symbol[len(base_of(again.symbol)) :])
        else:
            unit = rated(atoms, replace(before, end=number.end))
        return Quantity(at, unit.end, number.value, None, unit.symbol, "money", number, rate_at=unit.rate_at)
    number = read_number(atoms, at)
    if number is None or (atom.digit and _clings(atoms, at)):
        return None
    number = _with_group(atoms, at, number, nearby)
    short = _short_scale(atoms, number)
    if short is not number:
        money = unit_after(atoms, short.end, nearby)
        if money is not None and money.money:
            return Quantity(at, money.end, short.value, None, money.symbol, "money", short, rate_at=money.rate_at)
    return _with_unit(atoms, at, number, nearby)


def _with_group(atoms: Line, at: int, number: Number, nearby: Nearby) -> Number:
    """ "1 250 roubles": the unit shows that both groups are one number, where no month stands before them."""
    text, group = atoms[at].text, atoms[at + 1]
    spaced = group.start == atoms[at].end + 1 and len(group.text) == 3 and group.text.isdigit()
    if not spaced or number.end != at + 1 or not text.isdigit() or len(text) > 3 or atoms.low(at - 1) in TIME:
        return number
    unit = unit_after(atoms, at + 2, nearby)
    return (
        number if unit is None or atoms[at + 2].glued else replace(number, end=at + 2, value=float(text + group.text))
    )


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
        scaled = _scaled_by(number, unit.factor)
        value = tidy(number.value * unit.factor)
        return Quantity(at, unit.end, value, None, unit.symbol, kind_of_unit(unit), scaled, rate_at=unit.rate_at)
    if _runs_on(atoms, number):
        return None
    return Quantity(at, number.end, number.value, None, "count", "share" if number.fraction else "count", number)


def _scaled_by(number: Number, factor: float) -> Number:
    """The 50 of "50 MUSD" is 50 million, as if the scale stood behind it; cents leave their number alone."""
    if factor <= 1:
        return number
    return replace(number, value=tidy(number.value * factor), scaled=True, scale=number.scale * factor)


def base_of(unit: str) -> str:
    """The USD of USD/kg."""
    return unit.partition("/")[0]


def kind_of_unit(unit: Unit) -> str:
    if unit.money:
        return "money"
    return "percent" if unit.symbol in PERCENTAGES else "measure"


def _of_one(atoms: Line, at: int) -> int:
    """Where the unit stands in "half a percent", "half of one percent", "three-quarters of a mile"."""
    place = at + 1 if atoms.low(at) == "of" else at
    return place + 1 if atoms.low(place) in {"a", "an", "one", "1"} else place


def _short_scale(atoms: Line, number: Number, *, priced: bool = False) -> Number:
    """ "$3m", "4.5bn": a letter straight after the digits (and no word after the letter); after a currency also apart,
    as in "SEK 3,412 m"."""
    end = number.end
    apart = priced and atoms[end].text in APART_SCALES and atoms.low(end + 1) != "."
    joined = atoms[end].glued or atoms[end].text == "MM" or apart
    if not number.digits or number.scaled or not joined or atoms[end].low not in NUMBER_WORDS.short_scales:
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
    if atoms.low(one.first - 1) == "in" and one.unit == "count" != two.unit and may_be_year(atoms, one.first):
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
    join_before = atoms.low(one.first - 1)
    low = _share_scale(one, two, falls=join == "to" and join_before == "from")
    if one.unit == "count" and two.kind == "money" and _is_part(atoms, two) and not one.number.scaled:
        low = tidy(one.value * two.value / two.number.value) if two.number.value else low  # "30 or 35 cents"
    if one.unit != two.unit and base_of(one.unit) == base_of(two.unit):  # "$30 to $40 a kilo"
        unit = max(one.unit, two.unit, key=len)
        one, two = replace(one, unit=unit), replace(two, unit=unit)
    first = replace(one, value=low, unit=two.unit, kind=two.kind) if one.unit == "count" else one
    unit, kind = first.unit, first.kind
    if two.unit not in {unit, "count"} or (two.unit == "count" and one.kind not in {"money", "count"}):
        return None
    if join == "and" and join_before != "between":
        alike = two.unit != "count" and base_of(first.unit) == base_of(two.unit) and one.high is None
        return ((first, two), two.last) if alike else None  # "$2 and $4 a dose", "5 and 8 euros"
    if join == "to":
        apart = one.unit != "count" and _is_part(atoms, one) != _is_part(atoms, two)
        if _is_change(atoms, one, two, join_before) or apart:
            return ((first, two), two.last) if two.unit != "count" else None
        if unit == "count" and not (one.number.scaled or two.number.scaled or two.value >= 20):
            return (), two.last  # "won 3 to 2"
    if not low < two.value:
        if kind == "percent" and join in {"-", "to"}:
            return (first, two), two.last  # a vote: "61%-29%", "41 to 18 percent"
        return ((), two.last) if join == "-" and unit == "count" else None
    whole = Quantity(one.first, two.last, low, two.value, unit, kind, two.number, rate_at=two.rate_at)
    return (whole,), two.last


def _after_dash(atoms: Line, at: int, nearby: Nearby) -> Quantity | None:
    """The second number of "3-5%": it clings to the dash, which here is right."""
    number = read_number(atoms, at) if atoms[at].digit else None
    return None if number is None else _with_unit(atoms, at, number, nearby)


def _share_scale(one: Quantity, two: Quantity, *, falls: bool = False) -> float:
    """The three of "3 to 5 million" is three million; that of "900,000 to 1 million" is no more than it says. The 9.2
    of a fall "from 9.2 to 8.7 million" may be larger, by less than LARGEST_FALL."""
    scale = two.number.scale
    if one.number.scaled or scale <= 1 or one.value >= two.value / scale * (LARGEST_FALL if falls else 1):
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
    if two is None or two.kind != "money" or not _is_part(atoms, two) or two.value >= 1:
        return None
    if one.unit != base_of(two.unit):
        return None
    return replace(one, last=two.last, unit=two.unit, rate_at=two.rate_at, value=tidy(one.value + two.value))


def _with_error(atoms: Line, one: Quantity, nearby: Nearby) -> Quantity | None:
    """The 11 percent of "11 ± 3 percent": the error belongs to it and is no figure."""
    signs = next((s for s in PLUS_MINUS if atoms.says(one.last, *s)), None)
    number = read_number(atoms, one.last + len(signs)) if signs else None
    error = _with_unit(atoms, one.last + len(signs), number, nearby) if signs and number else None
    if error is None or (one.unit != "count" and error.unit not in {one.unit, "count", "percent"}):
        return None
    if one.unit != "count":
        return replace(one, last=error.last, rate_at=error.rate_at)
    return replace(
        one, last=error.last, rate_at=error.rate_at, value=_share_scale(one, error), unit=error.unit, kind=error.kind
    )


def _is_part(atoms: Line, quantity: Quantity) -> bool:
    """Is it written in cents, pence or another part of the main unit?"""
    return atoms.low(quantity.number.end) in COINS or atoms.low(quantity.last - 1) in COINS


def _multiple(atoms: Line, one: Quantity) -> Quantity | None:
    """ "three times as much", "ten-fold"."""
    if one.kind != "count":
        return None
    decimal = one.value % 1 != 0  # nobody does a thing 1.65 times
    if atoms.low(one.last) == "times" and (decimal or atoms.low(one.last + 1) in WORDS.multiples):
        return replace(one, last=one.last + 1, unit="1", kind="multiple")
    return None


# --- a unit that two levels share ---------------------------------------------------------------


def _with_shared_units(atoms: Line, found: list[Quantity], dated: Container[int]) -> list[Quantity]:
    """The 1.1 million of "to 0.9 million tonnes from 1.1 million" are tonnes, and so are those of "to 1.1 million from
    900,000 t"."""
    levels = [i for i, q in enumerate(found) if q.number.scaled or not may_be_year(atoms, q.last - 1)]
    for before, at, after in zip((None, *levels), levels, (*levels[1:], None), strict=False):
        one = found[at]
        if (
            before
            and atoms.low(found[before].last) == ")"
            and "(" in atoms.lows(found[before].first - 2, found[before].first)
        ):
            whole = found[before - 1]  # "412 million kroner ($38.5 million) from 655 million"
            if (
                one.kind == "count"
                and one.number.digits
                and atoms.lows(found[before].last + 1, opening_of(one)) in LEVEL_JOINS
            ):
                found[at] = _as_other(one, whole)
                continue
        if (
            before is not None
            and _lacks_rate(one, found[before])
            and _is_level_before(atoms, found[before], one, dated)
        ):
            found[at] = replace(one, unit=found[before].unit)  # "50 cents a share, up from 42 cents"
        ranging = one.high is not None and not one.number.scaled
        if one.kind != "count" or not one.number.digits or ranging:
            continue
        if before is not None and _is_level_before(atoms, found[before], one, dated):
            found[at] = _as_other(one, found[before])
        elif after is not None and _is_level_before(atoms, one, found[after], dated, unit_first=False):
            found[at] = _as_other(one, found[after])
    return found


def _lacks_rate(one: Quantity, other: Quantity) -> bool:
    """Is it an amount like the other without what that one is per? "$187 million" beside "81 cents a share" is not."""
    alike = one.number.scaled == other.number.scaled
    return alike and one.kind != "count" and one.unit != other.unit and one.unit == base_of(other.unit)


def _is_level_before(
    atoms: Line, one: Quantity, two: Quantity, dated: Container[int], *, unit_first: bool = True
) -> bool:
    """Are they two levels of one thing, and does the one without a unit count nothing itself?"""
    between = _undated(atoms, one.last, opening_of(two), dated)
    before = atoms.low(opening_of(one) - 1)
    if between[-2:] == ("range", "of") and "from" in between:
        between = between[: between.index("from") + 1]  # "up from an earlier range of 2.9 billion to 3.1 billion"
    with_unit, bare = (one, two) if unit_first else (two, one)
    if with_unit.kind not in {"money", "percent", "measure"} or bare.first in dated:
        return False  # the 30 of "in the weeks to 30 September, compared with £559 million"
    if with_unit.kind == "percent" and before not in LEVELS_BEFORE:
        return False  # "rose 5 percent from 4,000"
    if unit_first and before and _is_gapped(atoms, before, between, two.last):
        return True
    if (
        unit_first
        and _is_part_of(atoms, one.last, between)
        and bare.number.digits
        and atoms[bare.last].tag[:1] not in {"N", "J"}
    ):
        return True  # "12,000 hectares, of which 870 of pine forest"; "of which 12 farms" counts farms
    if not unit_first and between[:1] == ("of",) and len(between) <= 4 and one.value >= 100:
        return True  # "67,000 of the world's 81,000 tonnes"
    levels = between in LEVEL_JOINS or (between == ("to",) and before == "from")
    ends = not unit_first or bare.last in dated or _ends_there(atoms, bare.last)
    return levels and ends and (unit_first or before in LEVELS_BEFORE)


def _is_part_of(atoms: Line, at: int, between: tuple[str, ...]) -> bool:
    """ "2,400 hectares, of which 310", "9,000 tonnes of oil, of which 400"; but "60 km of pipes, of which 22" may be
    pipes."""
    if between in PARTS_OF:
        return True
    place = next((len(between) - len(p) for p in PARTS_OF if between[-len(p) :] == p), 0)
    return between[:1] == ("of",) and 1 < place <= FARTHEST + 1 and atoms[at + place - 1].tag == "NN"


def _undated(atoms: Line, first: int, last: int, dated: Container[int]) -> tuple[str, ...]:
    """The words between two places without dates: the "from" of "31 crowns per kilogram this week from 24"."""
    words: list[str] = []
    for i in range(first, last):
        if i not in dated:
            words.append(atoms.low(i))
        elif words and i - 1 not in dated and words[-1] in BEFORE_DATE:
            words.pop()
    return tuple(words)


def opening_of(quantity: Quantity) -> int:
    return min(quantity.qualifier[0], quantity.first) if quantity.qualifier else quantity.first


def _is_gapped(atoms: Line, before: str, between: tuple[str, ...], at: int) -> bool:
    """ "Reserves of 44 million tonnes, Brazil of 21 million": a clause without its verb has the same preposition."""
    joined = 2 < len(between) <= 5 and between[0] in {",", ";", "and"} and between[-1] == before
    return joined and before in {"of", "with", "at"} and _ends_there(atoms, at)


def _ends_there(atoms: Line, at: int) -> bool:
    """Does nothing follow that the number could count: "4,000.", "4,000 a year earlier", "4,000 in 2022"?"""
    low, after = atoms.low(at), atoms.low(at + 1)
    return not low or low in ENDS or (low in {"a", "an", "the", "one", "last"} and (after in TIME or after in EARLIER))


def may_be_year(atoms: Line, at: int) -> bool:
    text = atoms[at].text
    return len(text) == 4 and text.isdigit() and text[:2] in {"18", "19", "20"}


def _as_other(one: Quantity, other: Quantity) -> Quantity:
    """With the unit of the other, and its scale where only the other has one: "to 5.2 million tonnes from 4.8"."""
    shared = not one.number.scaled and other.number.scale > 1 and one.value < 1000
    value = tidy(one.value * other.number.scale) if shared else one.value
    return replace(one, value=value, unit=other.unit, kind=other.kind)


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
    places: dict[str, frozenset[str]]
    yen_or_yuan: dict[str, frozenset[str]]
    korea: frozenset[str]
    after_verb: frozenset[str]
    sterling: frozenset[str]
    scaled: tuple[str, ...]
    scale_prefixes: dict[str, float]
    scale_suffixes: dict[str, float]
    sums: frozenset[str]
    costing: frozenset[str]


MONEY = load("currencies", Money)
SIGNS, DOLLARS, CODES = MONEY.signs, MONEY.dollars, MONEY.codes
SCALED = {
    prefix + code: (CODES[code], factor) for code in MONEY.scaled for prefix, factor in MONEY.scale_prefixes.items()
}
SCALED |= {
    code + suffix: (CODES[code], factor) for code in MONEY.scaled for suffix, factor in MONEY.scale_suffixes.items()
}
PREFIXES = (
    frozenset(SCALED)
    | frozenset(SIGNS)
    | frozenset(DOLLARS)
    | frozenset(CODES)
    | frozenset({"#", "Rs", "rs", "RS", "Sh", "Shs", "Kr"})
)
PRICED = MONEY.sums | MONEY.costing
COST_REACH = 6  # atoms from "cost" to "pounds"
NAMED_OFTEN = 2  # times that a text names the country whose crowns it means; a firm may close shops abroad
PRICE = 5  # digits from which pounds abroad are money: "300,000 pounds" in Cairo, but not "180 pounds"
YEN_SIGN = "¥"
DOLLAR_OWNERS = next(currency for currency in MONEY.names if "dollar" in currency.words).by
_OWNER = "|".join(re.escape(owner) for owner in sorted(DOLLAR_OWNERS, key=len, reverse=True))
_CODES = "|".join(sorted(set(DOLLARS.values()) & CODES.keys()))
_OWNED = rf"((?i:(?:{_OWNER})\s+dollars?)|(?:{_CODES})\b|(?:US|CA|AU|NZ|HK|[ACS])\$)"
_AMOUNTS = r"(?:amounts?|figures?|sums|currency|currencies|dollars?|prices)\b"
# How a release says once which dollars it means. Each pattern is bounded, so that a search takes linear time.
DECLARATIONS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?i:\b(?:all|any)\b[^.;\n]{{0,40}}\b{_AMOUNTS}[^.;\n]{{0,60}}\bin\s+){_OWNED}",
        rf"(?i:\b{_AMOUNTS}[^.;\n]{{0,40}}\b(?:are|is)\s+(?:\w+\s+){{0,2}}in\s+){_OWNED}",
        rf"(?i:\b{_AMOUNTS}[^.;\n]{{0,40}}\b(?:are|is)\s+){_OWNED}",
        rf"(?i:[\"“'](?:\$|dollars?)[\"”'][^.;\n]{{0,60}}"
        rf"\b(?:(?:refers?|are|is) to|means?|stands? for|denotes?)\s+){_OWNED}",
        rf"(?i:\((?:expressed |all |figures |amounts )?in (?:thousands |millions )?(?:of )?){_OWNED}",
        rf"{_OWNED}(?i:\s*(?:\([^()\n]{{1,9}}\)\s*)?,?\s*(?:unless|except\s+where)\s+(?:it\s+is\s+)?(?:otherwise|noted|stated|indicated))",
    )
)
US_DOLLARS = re.compile(r"(?<![A-Za-z(])(?:US|U\.S\.) ?\$")  # in brackets it may be a conversion
OTHER_DOLLARS = re.compile(r"(?<![A-Za-z])(?:CA?|Can|CAN|Cdn|CDN|AU?|Aus|NZ|HK|S|NT)\$")
THE_POUND = re.compile(r"\b[Tt]he pound\b(?! of\b)|\bpounds (?:an?|per) (?!square)|\bthe British pound\b")
WORDS_NEAR = re.compile(r"[A-Za-z.]+|£|¥")
OPENING = 400  # characters of a text in which its dateline stands
# "BERGEN, Norway -", "Bergen (Agency) -", "Rosario, 8 August 2030"
DATELINE = re.compile(
    r"^(?:[A-ZÀ-Þ]{3,}[^\n]{0,60}?[-–—]\s|[A-ZÀ-Þ][^\n(]{2,30}\([^)\n]{2,30}\)\s*[-–—]\s"
    r"|[A-ZÀ-Þ][^\W\d_]+(?: [A-ZÀ-Þ][^\W\d_]+)?, \d{1,2} [A-Z][a-z]+ \d{4})",
    re.MULTILINE,
)
ASKS_NEARBY = re.compile(r"[¥#]|ound|quid|\bwon\b")


@dataclass(frozen=True, slots=True)
class Unit:
    symbol: str
    factor: float
    end: int
    money: bool = False
    rate_at: int | None = None  # the atom with which "a tonne" begins


@dataclass(frozen=True, slots=True)
class Nearby:
    """What the whole article says about its money: decides "¥", "pounds" and "won"."""

    yen_sign: str
    pounds: str  # GBP or lb
    korea: bool = False
    dollar: str = "USD"  # "$" and "dollars", where nothing beside them says whose
    shared: dict[str, str] = field(default_factory=dict)  # "crown" -> CZK, if one of its countries is named


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
STOPPED = frozenset(
    {"Rs", "rs", "RS", *(code for code in CODES if code[0].isupper() and code.endswith(("h", "hs", "H")))}
)
BEFORE_AMOUNT = frozenset({"sh", "shs", "kr"})  # "Sh65 million"
COINS = frozenset(words[-1] for words, currency in CURRENCIES.items() if currency.part < 1)
MEASURES = _measures()
PERCENTAGES = frozenset({"percent", "pp", "bp"})
SUPERSCRIPTS = "¹²³⁴⁵⁶⁷⁸⁹⁰"  # marks of footnotes
SHORT = {sign: symbol for symbol, forms in UNITS.items() for sign in forms.signs}
OWNERS = {owner for currency in CURRENCIES.values() for owner in currency.by}
SHARED = tuple(c for c in MONEY.names if c.by and c.part == 1 and not c.noun and c.by is not DOLLAR_OWNERS)
ASKS_COUNTRY = re.compile(rf"(?i)\b(?:{'|'.join(sorted({w for c in SHARED for w in c.words}))})(?![^\W\d_])")
OF_PLACE = {name: owner for owner, names in MONEY.places.items() for name in (*names, owner.title())}
PLACES = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(OF_PLACE, key=len, reverse=True)))})\b")
FIRST_OWNERS = {owner.split()[0] for owner in OWNERS}
# The nouns of all units: the "metres" of "square metres", the "dollars" of "Hong Kong dollars"
UNIT_NOUNS = frozenset(w.split()[-1] for f in UNITS.values() for w in f.words) | {words[-1] for words in CURRENCIES}
UNIT_WORDS = frozenset(MEASURES) | {words[0] for words in CURRENCIES} | {c.lower() for c in CODES}


def read_nearby(text: str) -> Nearby:
    """One look at the whole text, if something in it has to be decided."""
    dollar = _declared_dollar(text)
    shared = _only_countries(text)
    if not ASKS_NEARBY.search(text):
        return Nearby("JPY", "lb", dollar=dollar, shared=shared)
    counts = {"CNY": 0, "JPY": 0}
    pounds, korea = THE_POUND.search(text) is not None, False
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
    return Nearby("CNY" if counts["CNY"] > counts["JPY"] else "JPY", "GBP" if pounds else "lb", korea, dollar, shared)


def _only_countries(text: str) -> dict[str, str]:
    """The code of each currency of several countries by its first word: XXX unless one is named, and more than once."""
    words = {m[0].lower() for m in ASKS_COUNTRY.finditer(text)}
    asked = {c.words[0]: c for c in SHARED if not words.isdisjoint(c.words)}
    if not asked:
        return {}
    named = Counter(OF_PLACE[m[0]] for m in PLACES.finditer(text))
    written_in = {OF_PLACE[m[0].title()] for m in PLACES.finditer(_dateline(text))}
    return {
        word: code
        for word, currency in asked.items()
        if (code := _only_country(currency, named, {currency.by[o] for o in written_in & currency.by.keys()}))
    }


def _only_country(currency: Currency, named: Counter[str], written_in: set[str]) -> str:
    """The code of the country that an article is written in or about; "" where it names none."""
    counts: Counter[str] = Counter()
    for owner in named.keys() & currency.by.keys():
        counts[currency.by[owner]] += named[owner]
    if not counts:
        return ""
    if len(written_in) == 1 and written_in <= counts.keys():
        return written_in.pop()  # Geneva alone does not say that the francs are Switzerland's
    (code, often), *others = counts.most_common()
    usual = currency.code if currency.code in counts else ""
    if others:
        return code if usual == code and often > others[0][1] else NO_CURRENCY
    return code if often >= NAMED_OFTEN or code == currency.code else NO_CURRENCY


def _dateline(text: str) -> str:
    """The place of "BERGEN, Norway (Agency) -" in the first lines, in the capitals of a name."""
    found = DATELINE.search(text[:OPENING])
    return found[0].title() if found else ""


def _declared_dollar(text: str) -> str:
    """The dollar of "All amounts are in Canadian dollars unless otherwise stated"; two such are nobody's, and so is "$"
    in a text that writes both "US$" and "C$"."""
    said = {_dollar_of(m[m.lastindex or 0]) for pattern in DECLARATIONS for m in pattern.finditer(text)}
    if said:
        return said.pop() if len(said) == 1 else NO_CURRENCY
    return NO_CURRENCY if US_DOLLARS.search(text) and OTHER_DOLLARS.search(text) else "USD"


def _dollar_of(words: str) -> str:
    """The code of "Canadian dollars", "CAD", "C$"."""
    words = " ".join(words.split())
    owner = words.lower().removesuffix("s").removesuffix("dollar").strip()
    return DOLLAR_OWNERS.get(owner) or DOLLARS.get(words.rstrip("$").strip()) or CODES.get(words, NO_CURRENCY)


def unit_before(atoms: Line, at: int, nearby: Nearby) -> Unit | None:
    """The currency that begins here and is followed by a number: "$", "US$", "RMB"; `end` is the number's atom."""
    atom = atoms[at]
    following = atoms[at + 1]
    if atom.text in DOLLARS and following.text == "$" and following.glued:
        return Unit(DOLLARS[atom.text], 1.0, at + 2, money=True)
    if atom.text in SIGNS:
        code = {YEN_SIGN: nearby.yen_sign, "$": nearby.dollar}.get(atom.text) or SIGNS[atom.text]
        return Unit(code, 1.0, at + 1, money=True)
    if atom.text in CODES and following.digit:
        return Unit(CODES[atom.text], 1.0, at + 1, money=True)
    if atom.text in SCALED and following.digit:
        return Unit(*SCALED[atom.text], at + 1, money=True)
    if atom.text == "#" and following.digit and following.glued and nearby.pounds == "GBP":
        scaled = SCALES.get(atoms.low(at + 2), 0) >= 1000
        return Unit("GBP", 1.0, at + 1, money=True) if scaled else None  # old wires have no "£"
    if atom.text in STOPPED and following.text == "." and atoms[at + 2].digit:
        return Unit(CODES.get(atom.text, "INR"), 1.0, at + 2, money=True)
    if atom.low in BEFORE_AMOUNT and atom.text[0].isupper() and following.digit:
        currency = CURRENCIES[(atom.low,)]
        code = nearby.shared.get(currency.words[0]) or currency.code
        return Unit(_code_here(atoms, at + 1, currency, code), 1.0, at + 1, money=True)
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
    return None if found is None else rated(atoms, found)


def rated(atoms: Line, unit: Unit) -> Unit:
    """The unit with what it is per: "t" and "/y" are t/a. Percentages are left as they are."""
    if unit.symbol in PERCENTAGES or "/" in unit.symbol:
        return unit
    found = rate_after(atoms, unit.end)
    if found is not None:
        return replace(unit, symbol=f"{unit.symbol}/{found[0]}", end=found[1], rate_at=unit.end)
    per = rate_of_phrase(atoms, unit.end)
    return unit if per is None else replace(unit, symbol=f"{unit.symbol}/{per}")


def _measure(atoms: Line, at: int) -> Unit | None:
    low = atoms[at].low
    for rest, symbol in MEASURES.get(low) or MEASURES.get(low.rstrip(SUPERSCRIPTS)) or ():
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
    if atom.text in RATES.flows:
        return Unit("/".join(RATES.flows[atom.text]), 1.0, at + 1)
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
        same = again is not None and code in {again.code, *again.by.values()}  # "2,200 CFA francs"
        end = at + 2 if same else at + 1
        return Unit(code, 1.0, end, money=True)
    if text in SCALED:
        return Unit(*SCALED[text], at + 1, money=True)
    if text in {"€", "£"}:
        return Unit(SIGNS[text], 1.0, at + 1, money=True)
    return _named_money(atoms, at, nearby)


def _named_money(atoms: Line, at: int, nearby: Nearby) -> Unit | None:
    """ "Dollars", "South Korean won"."""
    owner, i = _owner(atoms, at)
    words = atoms.lows(i, i + 2)
    length = len(words) if words in CURRENCIES else 1
    currency = CURRENCIES.get(atoms.lows(i, i + length)) or CURRENCIES.get((atoms.low(i).rstrip(SUPERSCRIPTS),))
    if currency is None or (owner is not None and owner not in currency.by):
        return None
    if currency.noun and owner is None and length == 1 and not _is_money(atoms, i, nearby):
        return None
    code = nearby.dollar if currency.by is DOLLAR_OWNERS else currency.code
    if currency in SHARED and not currency.weight and owner is None:
        code = _code_here(atoms, i + length, currency, nearby.shared.get(currency.words[0]) or code)
    if currency.weight and owner is None and nearby.pounds == "lb":
        many = SCALES.get(atoms.low(i - 1), 0) >= 1000 or sum(c.isdigit() for c in atoms.low(i - 1)) >= PRICE
        priced = not PRICED.isdisjoint(atoms.lows(i - COST_REACH, i))  # "at a cost of 12 million pounds"
        if not many or not (priced or currency.words[0] in nearby.shared) or atoms.low(i + length) == "of":
            return Unit("lb", 1.0, i + length)
        code = nearby.shared.get(currency.words[0]) or currency.code
    return Unit(code if owner is None else currency.by[owner], currency.part, i + length, money=True)


def _code_here(atoms: Line, at: int, currency: Currency, code: str) -> str:
    """The code of "21,000 kroner in Denmark"; the article's, unless the sentence names another of its countries."""
    named = {
        currency.by[owner]: i
        for i in range(atoms.size)
        for size in (1, 2, 3)
        if (owner := OF_PLACE.get(" ".join(atoms[j].text for j in range(i, i + size)))) in currency.by
    }
    near = range(at, at + NEAR_PLACE)
    beside = {c for c, i in named.items() if i in near and not WHERE.isdisjoint(atoms.lows(at, i))}
    opening = {c for c, i in named.items() if i == 1 and atoms.low(0) == "in"}
    for said in (beside, opening):
        if len(said) == 1:
            return said.pop()
    return code if not named.keys() - {code} else NO_CURRENCY


WHERE = frozenset({"in", "at", "on"})
NEAR_PLACE = 6  # atoms: "1,890 pesos on the Bogota exchange"


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
