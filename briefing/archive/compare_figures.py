"""Find figures of different sources that measure the same thing, and tell which agree and which differ.

Two figures are held against each other only if their definitions are the same: what kind of measure it is, of what
activity, of which thing, whose, and in which unit. A figure whose words leave one open has no definition and is
compared with nothing:

    "China mined 69 percent of the world's coltan in 2024"   share, mining, coltan, percent, China
    "an export quota of 7,976 tonnes"                        none: a quota for what?

Values differ only for the same stated period, and only if different sources assert them: the agency that an article
quotes, or the publisher where the article speaks for itself. Which of them is right is not for a program to say.
"""

from __future__ import annotations

import datetime
import functools
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from briefing.archive.summaries import Row
from briefing.lexicon import load
from briefing.model import NO_CURRENCY, RowFigure

SMALL_COUNT = 20  # "seven ministers" in two sources need not be the same seven
MAX_DAYS_APART = 45  # between two sources about the same state of affairs, where neither states a period
APPROXIMATION = 0.1  # "about 60" may mean 54 to 66
MAX_COMPARED = 60  # figures compared with each other for one measure
TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
POSSESSIVE = re.compile(r"['’]s?\b")
WORLD = re.compile(r"(?:the )?(?:world|global|worldwide) ", re.IGNORECASE)  # not "of the world's reserves": a part
CLAUSE = re.compile(r"[,;:] | (?:and|but|while|whereas) ")
PRICE = re.compile(r"[A-Z]{3}/.+")
CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Words:
    at_least: frozenset[str]
    at_most: frozenset[str]
    exact: frozenset[str]
    empty_words: frozenset[str]
    particles: frozenset[str]
    generic_units: frozenset[str]
    kinds: dict[str, frozenset[str]]
    changes: frozenset[str]
    activities: dict[str, frozenset[str]]
    frames: frozenset[str]
    unspecific: frozenset[str]
    parts: frozenset[str]


WORDS = load("comparing", Words)
PARTS = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(WORDS.parts))) + r")\b", re.IGNORECASE)
KIND_WORDS = frozenset().union(*WORDS.kinds.values())


@dataclass(frozen=True, slots=True, order=True)
class Definition:
    """What a figure measures, complete enough to hold it against another."""

    kind: str  # stock, flow, capacity, quota, price, share or rate
    activity: str  # "mining", "export"; "" where the kind has none
    scope: str  # the thing, its words in alphabetical order: "gallium primary"
    unit: str
    subject: str  # an actor's id, "world", or "" for a price


Entry = tuple[Row, RowFigure]
Key = tuple[str, str]
Matches = dict[tuple[str, str], tuple[Entry, ...]]  # (briefing, figure) -> figures of other briefings


def measure_key(figure: RowFigure) -> Key | None:
    """Return the words of a measure in the singular, and the unit; None if they say nothing."""
    words = [w for w in (figure.measure or "").casefold().split() if w not in WORDS.empty_words]
    return (" ".join(singular(w) for w in words), figure.unit) if words else None


def singular(word: str) -> str:
    """Return a rough singular, used only in keys: `quotas` -> `quota`, `duties` -> `duty`."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


def is_small_count(figure: RowFigure) -> bool:
    return figure.unit == "count" and abs(figure.value) < SMALL_COUNT


# --- what is measured --------------------------------------------------------------------------


@functools.lru_cache(maxsize=200_000)  # several pages ask for it
def definition(figure: RowFigure) -> Definition | None:
    """Return what a figure measures; None if its words leave open what kind of measure it is, of what or whose."""
    words = frozenset(_words(figure.measure or ""))
    kind = _kind(figure.unit, words)
    unsure = figure.unit.startswith(NO_CURRENCY)  # two such may be pesos and crowns
    if kind is None or unsure or is_small_count(figure) or PARTS.search(figure.context):
        return None
    named = _activities(words)
    if len(named) > 1:  # "mine production", "output of refined copper"
        named.discard("production")
    if kind in ("share", "capacity", "quota") and not named:  # "China refines 90 percent of ..."
        clause = frozenset(_words(_clause(figure)))
        named = _activities(clause)
    if len(named) > 1 or (not named and kind not in ("price", "rate")):
        return None
    done = next(iter(named), "")
    scope = words - KIND_WORDS - WORDS.frames - WORDS.activities.get(done, frozenset())
    lower = _words(" ".join(w for w in (figure.measure or "").split() if w.islower()))
    thing = scope.intersection(lower) - WORDS.unspecific
    subject = figure.subject or ("world" if kind != "share" and WORLD.match(figure.measure or "") else "")
    if not thing or (not subject and kind != "price"):  # "Chinese tariff": on what?
        return None
    return Definition(kind, done, " ".join(sorted(scope)), figure.unit, subject)


def _activities(words: frozenset[str]) -> set[str]:
    return {name for name, all_words in WORDS.activities.items() if words & all_words}


def _clause(figure: RowFigure) -> str:
    """Return the part of its sentence that a figure stands in, as far as the next comma or "and"."""
    return next((part for part in CLAUSE.split(figure.context) if figure.words in part), "")


def _words(text: str) -> Iterable[str]:
    for word in TOKEN.findall(POSSESSIVE.sub(" ", text.casefold())):
        if word not in WORDS.empty_words and word not in WORDS.particles:
            yield singular(word)


def _kind(unit: str, words: frozenset[str]) -> str | None:
    """Tell the kind of a measure from its words; "export quota" is a quota, and a percentage of exports a share."""
    found = {kind for kind, all_words in WORDS.kinds.items() if words & all_words}
    if words & WORDS.changes:
        return None
    if PRICE.fullmatch(unit):
        return "price" if found <= {"price"} else None
    for kind in ("quota", "capacity"):
        if kind in found:
            return kind if unit not in WORDS.generic_units else None
    if unit in ("percent", "1"):
        return "rate" if found == {"rate"} else "share" if found <= {"stock", "flow"} else None
    if found == {"price"} and not CURRENCY.fullmatch(unit):
        return None
    return next(iter(found)) if len(found) == 1 and found != {"rate"} else None


def by_words(rows: Iterable[Row]) -> dict[tuple[str, str, str], list[Entry]]:
    """Return the figures of one actor that are described in the same words, by words, unit and actor.

    Only figures without a definition: "share of world mining" does not say of what, so that two articles may mean
    different things. Such figures are listed together, and never said to agree or to differ.
    """
    found: defaultdict[tuple[str, str, str], list[Entry]] = defaultdict(list)
    for row in rows:
        for figure in row.figures:
            words = measure_key(figure)
            if words is None or figure.subject is None or definition(figure):
                continue
            kind = _kind(figure.unit, frozenset(_words(figure.measure or "")))
            if kind and not is_small_count(figure) and not figure.unit.startswith(NO_CURRENCY):
                found[*words, figure.subject].append((row, figure))
    return found


# --- who says it, and of when ------------------------------------------------------------------


def asserted(row: Row, figure: RowFigure) -> str | None:
    """Return who asserts a figure: an actor's id, or the publisher of an article that speaks for itself.

    None if it is not known: "the survey" may be anybody's, and a group such as "some analysts" differs from article to
    article.
    """
    if figure.asserted_by:
        kinds = {actor.id: actor.kind for actor in row.actors}
        return figure.asserted_by if kinds.get(figure.asserted_by, "group") != "group" else None
    return publisher(row)


def publisher(row: Row) -> str | None:
    return " ".join(row.publisher.casefold().split()) if row.publisher else None


def different(one: object, other: object) -> bool:
    """Tell whether two names are known to be different."""
    return one is not None and other is not None and one != other


def value_range(figure: RowFigure) -> tuple[float, float]:
    """Return the range of the true value, given words such as "at least" and "about"."""
    low, high = figure.value, figure.value if figure.high is None else figure.high
    qualifier = " ".join((figure.qualifier or "").casefold().split())
    if qualifier in WORDS.at_least:
        return low, math.inf
    if qualifier in WORDS.at_most:
        return -math.inf, high
    margin = APPROXIMATION * max(abs(low), abs(high)) if qualifier and qualifier not in WORDS.exact else 0.0
    return low - margin, high + margin


def disjoint(one: RowFigure, other: RowFigure) -> bool:
    """Tell whether no value lies in both ranges."""
    (low, high), (other_low, other_high) = value_range(one), value_range(other)
    return low > other_high or other_low > high


def day(row: Row) -> int | None:
    try:
        return datetime.date.fromisoformat(row.published or "").toordinal()
    except ValueError:
        return None


# --- which agree, which differ -----------------------------------------------------------------


def by_definition(rows: Iterable[Row]) -> dict[Definition, list[Entry]]:
    found: defaultdict[Definition, list[Entry]] = defaultdict(list)
    for row in rows:
        for figure in row.figures:
            if known := definition(figure):
                found[known].append((row, figure))
    return found


def matches(rows: Sequence[Row], reprints: Mapping[str, tuple[str, ...]]) -> tuple[Matches, Matches]:
    """Return, of each figure, those that agree with it and those that differ.

    They agree if another publisher gives the same for the same period and somebody else asserts it. They differ if
    another source asserts another value for the same period.
    """
    agreeing: defaultdict[tuple[str, str], dict[str, Entry]] = defaultdict(dict)
    differing: defaultdict[tuple[str, str], dict[str, Entry]] = defaultdict(dict)
    for entries in by_definition(rows).values():
        for one, other in combinations(entries[:MAX_COMPARED], 2):
            one_text = one[0].id == other[0].id or other[0].id in reprints.get(one[0].id, ())
            if one_text or not different(asserted(*one), asserted(*other)):
                continue
            for found, matching in ((agreeing, _agree), (differing, _differ)):
                if matching(one, other):
                    found[one[0].id, one[1].id].setdefault(other[0].id, other)
                    found[other[0].id, other[1].id].setdefault(one[0].id, one)
    first, second = ({key: tuple(others.values()) for key, others in d.items()} for d in (agreeing, differing))
    return first, second


def _agree(one: Entry, other: Entry) -> bool:
    same = (one[1].value, one[1].high) == (other[1].value, other[1].high)
    return same and different(publisher(one[0]), publisher(other[0])) and _same_time(one, other)


def _same_time(one: Entry, other: Entry) -> bool:
    if one[1].as_of or other[1].as_of:
        return one[1].as_of == other[1].as_of
    first, second = day(one[0]), day(other[0])
    return first is not None and second is not None and abs(first - second) <= MAX_DAYS_APART


def _differ(one: Entry, other: Entry) -> bool:
    return one[1].as_of is not None and one[1].as_of == other[1].as_of and disjoint(one[1], other[1])
