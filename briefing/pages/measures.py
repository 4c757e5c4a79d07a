"""Figures of all sources -> ledgers: the same measure side by side, with what differs and a picture of its values.

    measures(archive, archive.rows) -> [Measure("export quota", "t", entries=((row, figure), ...), ...), ...]

What is one measure and what contradicts what is told by compare.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from briefing import escape
from briefing.archive import Archive
from briefing.compare import Entry, day, measure_key, small_count
from briefing.edtf_words import year_of
from briefing.pages.templates import number
from briefing.rows import Row, RowFigure

WIDTH, HEIGHT, EDGE = 420.0, 130.0, 8.0
FEWEST_DOTS = 3
LOOSE = {"percent", "count", "1"}  # units that say nothing of what is measured
CURRENCY = re.compile(r"[A-Z]{3}")
PICTURED = 60  # latest values of a measure that its picture shows


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
    entries: tuple[Entry, ...]  # those that differ first, then latest first
    sources: int  # reprints of one text count as one
    differing: frozenset[str]  # ids of figures that another source of the time contradicts
    values: Values | None

    @property
    def slug(self) -> str:
        """Its address on a page: the same as long as the measure is called the same."""
        parts = same(self.entries[0][1]) or ()
        return "-".join(["m", *(escape.file_name(part) for part in parts if part)])

    @property
    def subject(self) -> str | None:
        """The actor whose figure it is, where that is the same in all sources."""
        subjects = {figure.subject for _, figure in self.entries}
        return subjects.pop() if len(subjects) == 1 else None

    @property
    def span(self) -> tuple[str, str] | None:
        """From its lowest to its highest value, in the words of the sources, if they differ."""
        low = min(self.entries, key=lambda e: e[1].value)[1]
        high = max(self.entries, key=lambda e: e[1].high or e[1].value)[1]
        return None if low.value == high.value else (low.words, high.words)

    @property
    def years(self) -> list[str]:
        """The first and the last year of its sources; one if they are the same, none if no source has a date."""
        known = [year for row, _ in self.entries if (year := year_of(row.published))]
        return sorted({min(known), max(known)}) if known else []


def measures(archive: Archive, rows: Sequence[Row]) -> list[Measure]:
    """Measures that at least two independent sources give: first where they differ, then those with most sources."""
    found: defaultdict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for row in rows:
        for figure in row.figures:
            if not small_count(figure) and (key := same(figure)):
                found[key].append((row, figure))
    here = {row.id for row in rows}
    ledgers = []
    for entries in found.values():
        sources = archive.independent(row.id for row, _ in entries) if len(entries) > 1 else 1
        if sources > 1:
            name, unit = entries[0][1].measure or "", entries[0][1].unit
            contradicted = differing(entries, archive, here)
            picture = values(entries[:PICTURED])
            entries.sort(key=lambda e: e[1].id not in contradicted)  # what differs comes first
            ledgers.append(Measure(name, unit, tuple(entries), sources, contradicted, picture))
    return sorted(ledgers, key=lambda m: (not m.differing, -m.sources, m.name.casefold(), m.slug))


def same(figure: RowFigure) -> tuple[str, ...] | None:
    """What figures of one ledger have in common. Tonnes of quota can stand side by side whoever's they are; shares,
    prices and counts only if they are the same actor's, or nobody's and named by more than a word ("35 minerals",
    "57 minerals" and "80 percent of material" have nothing to do with each other)."""
    key = measure_key(figure)
    if key is None:
        return None
    words, unit = key
    if unit in LOOSE or CURRENCY.fullmatch(unit):
        return (words, unit, figure.subject or "") if figure.subject or " " in words else None
    return key


def differing(entries: Sequence[Entry], archive: Archive, here: set[str]) -> frozenset[str]:
    """Of these entries the figures that another source among `here` contradicts."""
    return frozenset(
        figure.id
        for row, figure in entries
        if any(other.id in here for other, _ in archive.differing.get((row.id, figure.id), ()))
    )


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
