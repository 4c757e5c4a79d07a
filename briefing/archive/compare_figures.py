"""Find figures of different sources that measure the same thing, and tell which agree and which contradict.

Example: "about 60 percent" and "69 percent" for China's share of world mining, in two articles of one month, differ.

Figures contradict each other only if independent sources give them at about the same time, for the same measure and
subject, and they cannot both be right. Values that change over the years are not contradictions.
"""

from __future__ import annotations

import datetime
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from briefing.archive.summaries import Row
from briefing.lexicon import load
from briefing.model import RowFigure

SMALL_COUNT = 20  # "seven ministers" in two sources need not be the same seven
MAX_DAYS_APART = 45  # between two sources about the same state of affairs
APPROXIMATION = 0.1  # "about 60" may mean 54 to 66
MAX_COMPARED = 60  # figures compared with each other for one measure
WORDS = load("comparing", dict[str, frozenset[str]])

Entry = tuple[Row, RowFigure]
Key = tuple[str, str]
Matches = dict[tuple[str, str], tuple[Entry, ...]]  # (briefing, figure) -> figures of other briefings


def measure_key(figure: RowFigure) -> Key | None:
    """Return what figures of one measure have in common: the words in the singular, and the unit."""
    words = [w for w in (figure.measure or "").casefold().split() if w not in WORDS["empty-words"]]
    return (" ".join(singular(w) for w in words), figure.unit) if words else None


def singular(word: str) -> str:
    """Return a rough singular, used only in keys: `quotas` -> `quota`, `duties` -> `duty`."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


def is_small_count(figure: RowFigure) -> bool:
    return figure.unit == "count" and abs(figure.value) < SMALL_COUNT


def value_range(figure: RowFigure) -> tuple[float, float]:
    """Return the range of the true value, given words such as "at least" and "about"."""
    low, high = figure.value, figure.value if figure.high is None else figure.high
    qualifier = " ".join((figure.qualifier or "").casefold().split())
    if qualifier in WORDS["at-least"]:
        return low, math.inf
    if qualifier in WORDS["at-most"]:
        return -math.inf, high
    margin = APPROXIMATION * max(abs(low), abs(high)) if qualifier and qualifier not in WORDS["exact"] else 0.0
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


def agreeing(rows: Sequence[Row], reprints: Mapping[str, tuple[str, ...]]) -> Matches:
    """Return figures with the same measure and value in another source; reprints do not count."""
    same: defaultdict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for row, figure in _figures(rows):
        if not is_small_count(figure):
            same[measure_key(figure), figure.value, figure.high].append((row, figure))
    found: Matches = {}
    for entries in same.values():
        for row, figure in entries[:MAX_COMPARED]:
            own = {row.id, *reprints.get(row.id, ())}
            others = {other.id: (other, f) for other, f in reversed(entries[:MAX_COMPARED]) if other.id not in own}
            if others:
                found[row.id, figure.id] = tuple(reversed(others.values()))
    return found


def differing(rows: Sequence[Row], reprints: Mapping[str, tuple[str, ...]]) -> Matches:
    """Return figures that another source contradicts within weeks.

    It must be certain what is measured: the subject is known, or the measure has several words; "price" alone could be
    the price of anything.
    """
    same: defaultdict[tuple[object, ...], list[tuple[int, Entry]]] = defaultdict(list)
    for row, figure in _figures(rows):
        when, key = day(row), measure_key(figure)
        certain = figure.subject is not None or (key is not None and " " in key[0])
        if when is not None and certain and not is_small_count(figure):
            same[key, figure.subject].append((when, (row, figure)))
    found: defaultdict[tuple[str, str], dict[str, Entry]] = defaultdict(dict)
    for entries in same.values():
        entries.sort(key=lambda e: (e[0], e[1][0].id, e[1][1].id))
        for i, (when, one) in enumerate(entries):
            for other_when, other in entries[i + 1 : i + 1 + MAX_COMPARED]:
                if other_when - when > MAX_DAYS_APART:
                    break
                if _contradict(one, other, reprints):
                    found[one[0].id, one[1].id].setdefault(other[0].id, other)
                    found[other[0].id, other[1].id].setdefault(one[0].id, one)
    return {key: tuple(others.values()) for key, others in found.items()}


def _contradict(one: Entry, other: Entry, reprints: Mapping[str, tuple[str, ...]]) -> bool:
    one_text = one[0].id == other[0].id or other[0].id in reprints.get(one[0].id, ())
    return not one_text and disjoint(one[1], other[1])


def _figures(rows: Iterable[Row]) -> Iterable[Entry]:
    return ((row, figure) for row in rows for figure in row.figures if measure_key(figure))
