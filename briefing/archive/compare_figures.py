"""Figures of different sources -> which measure the same, who says the same, and who contradicts whom.

    "about 60 percent", "69 percent": share of world mining of China, in two articles of one month -> they differ

Two figures contradict each other when independent sources of about the same time give values of the same measure, of
the same subject, that cannot both be right. Values that change over the years are no contradiction.
"""

from __future__ import annotations

import datetime
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import yaml

from briefing.archive.summaries import Row
from briefing.model import RowFigure

SMALL = 20  # "seven ministers" in two sources are not the same seven
SAME_TIME = 45  # days between two sources that tell of the same state of things
ABOUT = 0.1  # "about 60" may be anything from 54 to 66
COMMON = 60  # of a measure in very many sources only so many are held against each other
DATA = Path(__file__).parents[1] / "data" / "comparing.yaml"

Entry = tuple[Row, RowFigure]
Key = tuple[str, str]
Others = dict[tuple[str, str], tuple[Entry, ...]]  # (briefing, figure) -> the figures of others


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in yaml.safe_load(DATA.read_text(encoding="utf-8")).items()}


def measure_key(figure: RowFigure) -> Key | None:
    """What figures of one measure have in common: its words, plain and in the singular, and the unit."""
    words = [w for w in (figure.measure or "").casefold().split() if w not in _words()["empty-words"]]
    return (" ".join(singular(w) for w in words), figure.unit) if words else None


def singular(word: str) -> str:
    """Good enough for a key that nobody sees: `quotas` and `quota` meet, so do `duties` and `duty`."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


def small_count(figure: RowFigure) -> bool:
    return figure.unit == "count" and abs(figure.value) < SMALL


def reach(figure: RowFigure) -> tuple[float, float]:
    """From where to where the true value may lie, as the source puts it."""
    low, high = figure.value, figure.value if figure.high is None else figure.high
    qualifier = " ".join((figure.qualifier or "").casefold().split())
    if qualifier in _words()["at-least"]:
        return low, math.inf
    if qualifier in _words()["at-most"]:
        return -math.inf, high
    margin = ABOUT * max(abs(low), abs(high)) if qualifier and qualifier not in _words()["exact"] else 0.0
    return low - margin, high + margin


def apart(one: RowFigure, other: RowFigure) -> bool:
    """No value lies in both."""
    (low, high), (other_low, other_high) = reach(one), reach(other)
    return low > other_high or other_low > high


def day(row: Row) -> int | None:
    try:
        return datetime.date.fromisoformat(row.published or "").toordinal()
    except ValueError:
        return None


def agreeing(rows: Sequence[Row], twins: Mapping[str, tuple[str, ...]]) -> Others:
    """Figures that another source, not a reprint, gives with the same value of the same measure."""
    same: defaultdict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for row, figure in _figures(rows):
        if not small_count(figure):
            same[measure_key(figure), figure.value, figure.high].append((row, figure))
    found: Others = {}
    for entries in same.values():
        for row, figure in entries[:COMMON]:
            own = {row.id, *twins.get(row.id, ())}
            others = {other.id: (other, f) for other, f in reversed(entries[:COMMON]) if other.id not in own}
            if others:
                found[row.id, figure.id] = tuple(reversed(others.values()))
    return found


def differing(rows: Sequence[Row], twins: Mapping[str, tuple[str, ...]]) -> Others:
    """Figures that another source of the same weeks contradicts. Only where it is certain what is measured: whose
    figure it is must be known, or the measure have more words than one ("price" alone may be anything's)."""
    same: defaultdict[tuple[object, ...], list[tuple[int, Entry]]] = defaultdict(list)
    for row, figure in _figures(rows):
        when, key = day(row), measure_key(figure)
        certain = figure.subject is not None or (key is not None and " " in key[0])
        if when is not None and certain and not small_count(figure):
            same[key, figure.subject].append((when, (row, figure)))
    found: defaultdict[tuple[str, str], dict[str, Entry]] = defaultdict(dict)
    for entries in same.values():
        entries.sort(key=lambda e: (e[0], e[1][0].id, e[1][1].id))
        for i, (when, one) in enumerate(entries):
            for other_when, other in entries[i + 1 : i + 1 + COMMON]:
                if other_when - when > SAME_TIME:
                    break
                if _contradict(one, other, twins):
                    found[one[0].id, one[1].id].setdefault(other[0].id, other)
                    found[other[0].id, other[1].id].setdefault(one[0].id, one)
    return {key: tuple(others.values()) for key, others in found.items()}


def _contradict(one: Entry, other: Entry, twins: Mapping[str, tuple[str, ...]]) -> bool:
    one_text = one[0].id == other[0].id or other[0].id in twins.get(one[0].id, ())
    return not one_text and apart(one[1], other[1])


def _figures(rows: Iterable[Row]) -> Iterable[Entry]:
    return ((row, figure) for row in rows for figure in row.figures if measure_key(figure))
