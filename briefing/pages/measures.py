"""Figures of all sources -> ledgers: the same measure side by side, with what differs and a picture of its values.

    measures(archive, archive.rows) -> [Measure("export quota", "t", entries=((row, figure), ...), ...), ...]

Two figures disagree when independent sources of about the same time give values of the same measure, of the same
subject, that cannot both be right. Values that change over the years are no disagreement.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.archive import Archive
from briefing.pages.templates import number
from briefing.rows import Row, RowFigure

SAME_TIME = 45  # days between two sources that tell of the same state of things
SMALL = 20  # "seven ministers" in two sources are not the same seven
WIDTH, HEIGHT, EDGE = 420.0, 130.0, 8.0
FEWEST_DOTS = 3
COMPARED = 60  # entries of a measure that are held against each other: as many as a ledger shows

Entry = tuple[Row, RowFigure]


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    top: float  # y of the upper end of a range; else y
    label: str


@dataclass(frozen=True, slots=True)
class Values:
    """A figure's values over the dates of its sources."""

    dots: tuple[Dot, ...]  # earliest first
    width: float
    height: float
    first: str
    last: str
    lowest: str
    highest: str


@dataclass(frozen=True, slots=True)
class Measure:
    """The same measure as different sources give it."""

    name: str
    unit: str
    entries: tuple[Entry, ...]  # latest first
    sources: int  # reprints of one text count as one
    differing: frozenset[str]  # ids of figures that another source of the time contradicts
    values: Values | None


def measures(archive: Archive, rows: Sequence[Row]) -> list[Measure]:
    """Measures that at least two independent sources give, those with most sources first."""
    found: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for row in rows:
        for figure in row.figures:
            if figure.measure:
                found[" ".join(figure.measure.casefold().split()), figure.unit].append((row, figure))
    ledgers = []
    for (_, unit), entries in found.items():
        sources = archive.independent(row.id for row, _ in entries) if len(entries) > 1 else 1
        if sources > 1:
            name = entries[0][1].measure or ""
            ledgers.append(
                Measure(name, unit, tuple(entries), sources, differing(entries, archive), values(entries[:COMPARED]))
            )
    return sorted(ledgers, key=lambda m: (-m.sources, m.name.casefold(), m.unit))


def differing(entries: Sequence[Entry], archive: Archive) -> frozenset[str]:
    by_subject: defaultdict[str | None, list[tuple[int, Row, RowFigure]]] = defaultdict(list)
    for row, figure in entries[:COMPARED]:
        when = day(row)
        if when is not None and not (figure.unit == "count" and abs(figure.value) < SMALL):
            by_subject[figure.subject].append((when, row, figure))
    found: set[str] = set()
    for same in by_subject.values():
        for i, (when, row, figure) in enumerate(same):
            for other_when, other_row, other in same[i + 1 :]:
                one_text = row.id == other_row.id or other_row.id in archive.twins.get(row.id, ())
                if not one_text and abs(when - other_when) <= SAME_TIME and apart(figure, other):
                    found |= {figure.id, other.id}
    return frozenset(found)


def apart(one: RowFigure, other: RowFigure) -> bool:
    """No value lies in both; a qualifier ("about", "more than") leaves room that nobody can measure."""
    if one.qualifier or other.qualifier:
        return False
    return one.value > (other.high or other.value) or other.value > (one.high or one.value)


def day(row: Row) -> int | None:
    try:
        return datetime.date.fromisoformat(row.published or "").toordinal()
    except ValueError:
        return None


def values(entries: Sequence[Entry]) -> Values | None:
    """None where fewer than FEWEST_DOTS sources have a day, or all values or all days are one."""
    dated = [(when, row, figure) for row, figure in entries if (when := day(row)) is not None]
    dated.sort(key=lambda entry: (entry[0], entry[1].id, entry[2].id))
    if len(dated) < FEWEST_DOTS:
        return None
    first, last = dated[0][0], dated[-1][0]
    low = min(figure.value for _, _, figure in dated)
    high = max(figure.high or figure.value for _, _, figure in dated)
    if first == last or low == high:
        return None
    bottom = 0.0 if 0 <= low < high / 2 else low  # a scale from zero, unless that hides the differences

    def across(when: int) -> float:
        return round(EDGE + (WIDTH - 2 * EDGE) * (when - first) / (last - first), 1)

    def up(value: float) -> float:
        return round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (value - bottom) / (high - bottom), 1)

    dots = tuple(
        Dot(across(when), up(f.value), up(f.high or f.value), f"{f.words}, {row.published}: {row.title}")
        for when, row, f in dated
    )
    return Values(
        dots, WIDTH, HEIGHT, dated[0][1].published or "", dated[-1][1].published or "", number(bottom), number(high)
    )
