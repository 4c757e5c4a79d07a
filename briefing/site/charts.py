"""Calculate the geometry of charts; templates draw them as SVG.

Bars count briefings or events per year, a date line shows the dates of an article, a network shows co-mentions, and a
map shows how often countries are mentioned:

    world_map([(china, 35), (japan, 14)]) -> WorldMap(shapes=(Shape("China", 35, "M742,120l...", ...), ...))

Country outlines come from briefing/data/world.json (Natural Earth, public domain; see decisions/pictures.md). The land
behind them is one picture for all pages, `backdrop()`, which readers load once.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from briefing.archive import ActorInArchive, Archive
from briefing.archive.summaries import Row
from briefing.content.edtf import in_words
from briefing.model import Page

WIDTH = 360.0  # of bars, dates and values: the width of a phone, so that their text keeps its size there
HEIGHT = 150.0
LEFT, RIGHT, TOP, BOTTOM = 30.0, 8.0, 16.0, 24.0  # room around the bars for the numbers of the axes
WIDEST_BAR = 44.0
LETTER = 6.8  # width of a digit
NETWORK_WIDTH, NETWORK_HEIGHT = 400.0, 400.0  # the width of a phone, so that names keep their size there
LABEL_WIDE, LABEL_LINES = 15, 3  # characters of a line, and lines, beside the ring
LABEL_STEP = 15.0
MIN_POINTS = 3
LINE_EDGE = 10.0
MIN_SPAN = 1 / 400  # of a year; less than a day
MAX_TICKS = 4  # labels that fit on a phone
DAY_MONTH_YEAR = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")


# --- bars --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Level:
    """A value on the vertical axis."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    count: int
    x: float
    y: float
    width: float
    height: float
    middle: float


@dataclass(frozen=True, slots=True)
class Bars:
    bars: tuple[Bar, ...]
    levels: tuple[Level, ...]
    width: float
    height: float
    left: float  # where the axis begins
    base: float  # y of zero
    labelled: frozenset[str]  # labels that fit
    counted: bool  # bars are wide enough for their numbers
    undated: int  # what no bar shows

    @property
    def total(self) -> int:
        return sum(b.count for b in self.bars)


def bars(counts: Sequence[tuple[str, int]], undated: int = 0) -> Bars | None:
    """Return one bar per value; None for fewer than two."""
    if len(counts) < 2:
        return None
    steps = levels(0, max(count for _, count in counts) or 1, whole=True)
    most, base = steps[-1], HEIGHT - BOTTOM
    left = max(LEFT, 10 + LETTER * len(f"{most:,.0f}"))
    step = min((WIDTH - left - RIGHT) / len(counts), WIDEST_BAR)
    tall = base - TOP

    def up(count: float) -> float:
        return round(base - tall * count / most, 1)

    made = tuple(
        Bar(
            label=label,
            count=count,
            x=round(left + i * step + step * 0.12, 1),
            y=up(count),
            width=round(step * 0.76, 1),
            height=round(base - up(count), 1),
            middle=round(left + i * step + step / 2, 1),
        )
        for i, (label, count) in enumerate(counts)
    )
    return Bars(
        bars=made,
        levels=tuple(Level(up(value), f"{value:,.0f}") for value in steps),
        width=WIDTH,
        height=HEIGHT,
        left=left,
        base=base,
        labelled=frozenset(_labelled(made)),
        counted=step >= LETTER * len(str(max(b.count for b in made))) + 3,
        undated=undated,
    )


def _labelled(made: Sequence[Bar]) -> list[str]:
    """Return the labels to show: the first and the last bar's, and as many of the others as there is room for. Bars of
    zero come last."""
    shown: list[Bar] = []
    for bar in sorted(made, key=lambda b: (b not in (made[0], made[-1]), not b.count, -b.middle)):
        if all(abs(bar.middle - other.middle) >= 4 * LETTER + 5 for other in shown):
            shown.append(bar)
    return [bar.label for bar in shown]


def levels(low: float, high: float, whole: bool = False) -> list[float]:
    """Return round values from `low` or below to `high` or above, three to six of them.

    >>> levels(0, 11, whole=True)
    [0.0, 5.0, 10.0, 15.0]
    """
    rough = (high - low) / 3 or 1
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * n for n in (1, 2, 5, 10) if power * n >= rough * 0.8)
    step = max(1, step) if whole else step
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [float(round(n * step, 10)) for n in range(first, last + 1)]


def per_year(rows: Iterable[Row]) -> Bars | None:
    """Return the briefings per year as bars."""
    counts = Counter(row.year for row in rows)
    undated = counts.pop("", 0)
    return bars(every_year(counts), undated)


def every_year(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return counts by year, including years without any, so that distances show time."""
    if not counts:
        return []
    first, last = int(min(counts)), int(max(counts))
    return [(f"{year:04d}", counts.get(f"{year:04d}", 0)) for year in range(first, last + 1)]


# --- date line ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Point:
    """A day, or a span for a month or year."""

    x: float
    end: float  # equals x for a day
    radius: float  # grows with the number of dates at this point
    label: str


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    anchor: str  # SVG text-anchor of its label, which stays inside the picture
    label: str


@dataclass(frozen=True, slots=True)
class DateLine:
    """Dates on a line to scale."""

    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    first: str
    last: str
    published: float | None  # position of the publication day
    width: float = WIDTH
    height: float = 50.0
    middle: float = 20.0


def date_line(dates: Sequence[str], published: str | None = None) -> DateLine | None:
    """Place dates on a line; return None for fewer than MIN_POINTS different ones."""
    counts = Counter(date for date in dates if extent(date) is not None)
    places = {date: place for date in counts if (place := extent(date)) is not None}
    day = extent(published)
    known = [*places.values(), *([day] if day else [])]
    if len(counts) < MIN_POINTS:
        return None
    low, high = min(start for start, _ in known), max(end for _, end in known)
    if high - low < MIN_SPAN:
        return None

    def across(place: float) -> float:
        return round(LINE_EDGE + (WIDTH - 2 * LINE_EDGE) * (place - low) / (high - low), 1)

    ordered = sorted(counts, key=lambda date: (places[date], date))
    points = tuple(
        Point(across(places[d][0]), across(places[d][1]), 4.0 + min(4, counts[d] - 1), in_words(d)) for d in ordered
    )
    return DateLine(
        points=points,
        ticks=tuple(tick(across(place), label) for place, label in ticks(low, high)),
        first=points[0].label,
        last=points[-1].label,
        published=across(day[0]) if day else None,
    )


def tick(x: float, label: str) -> Tick:
    half = LETTER * len(label) / 2
    return Tick(x, "start" if x < half else "end" if x > WIDTH - half else "middle", label)


def extent(edtf: str | None) -> tuple[float, float] | None:
    """Return start and end of a day, month or year in years; None for less precise dates."""
    parts = DAY_MONTH_YEAR.fullmatch(edtf or "")
    if not parts:
        return None
    year = float(parts[1])
    if not parts[2]:
        return year, year + 1
    month = year + (int(parts[2]) - 1) / 12
    if not parts[3]:
        return month, month + 1 / 12
    day = month + (int(parts[3]) - 1) / 31 / 12
    return day, day


def ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Return starts of years, or of months if the line is shorter than two years; at most MAX_TICKS."""
    months = high - low < 2
    unit = 12 if months else 1
    first, last = math.ceil(low * unit - 1e-9), math.floor(high * unit + 1e-9)
    step = max(1, math.ceil((last - first + 1) / MAX_TICKS))
    begins = [n for n in range(first, last + 1) if n % step == 0]
    if not months:
        return [(float(n), f"{n:04d}") for n in begins]
    return [(n / 12, in_words(f"{n // 12:04d}-{n % 12 + 1:02d}")) for n in begins]


# --- network -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Label:
    """One line of a name beside a dot."""

    words: str
    y: float


@dataclass(frozen=True, slots=True)
class Node:
    id: str
    name: str
    kind: str
    briefings: int
    x: float
    y: float
    radius: float
    line_width: float  # width of its line to the centre
    anchor: str  # SVG text-anchor of its label
    label_x: float
    label: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Network:
    nodes: tuple[Node, ...]
    edges: tuple[tuple[float, float, float, float], ...]  # lines among the others
    width: float
    height: float


def network(actor: ActorInArchive, archive: Archive) -> Network | None:
    """Place the actors mentioned with this one on a ring around it, clockwise by shared briefings."""
    others = [t for t in actor.co_mentions if archive.actors[t.id].has_page][:10]
    if len(others) < 3:
        return None
    width, height = NETWORK_WIDTH, NETWORK_HEIGHT
    most = max(t.briefings for t in others)
    nodes: list[Node] = []
    for i, other in enumerate(others):
        angle = 2 * math.pi * (i + 0.5) / len(others) - math.pi / 2
        x, y = width / 2 + 62 * math.cos(angle), height / 2 + 168 * math.sin(angle)
        right = math.cos(angle) > -1e-9
        radius = 5 + 7 * math.sqrt(other.briefings / most)
        known = archive.actors[other.id]
        lines = wrap(known.name)
        top = y + 4 - LABEL_STEP * (len(lines) - 1) / 2
        nodes.append(
            Node(
                id=other.id,
                name=known.name,
                kind=known.kind,
                briefings=other.briefings,
                x=round(x, 1),
                y=round(y, 1),
                radius=round(radius, 1),
                line_width=round(0.8 + 3.2 * math.sqrt((other.briefings - 1) / max(most, 5)), 1),
                anchor="start" if right else "end",
                label_x=round(x + (radius + 5) * (1 if right else -1), 1),
                label=tuple(Label(line, round(top + n * LABEL_STEP, 1)) for n, line in enumerate(lines)),
            )
        )
    places = {n.id: n for n in nodes}
    edges = tuple(
        (n.x, n.y, places[t.id].x, places[t.id].y)
        for n in nodes
        for t in sorted(archive.actors[n.id].co_mentions, key=lambda t: t.id)  # a fixed order; ranks change
        if t.id in places and n.id < t.id
    )
    return Network(tuple(nodes), edges, width, height)


def wrap(name: str, wide: int = LABEL_WIDE, most: int = LABEL_LINES) -> list[str]:
    """Wrap a name beside its dot; what does not fit is replaced by an ellipsis.

    East Asian characters count as two; a word longer than a line is cut.
    """
    pieces: list[tuple[str, bool]] = []  # with: continues a cut word, so that no space is added
    for word in name.split():
        at = 0
        while at < len(word):
            end = _fits(word, at, wide)
            pieces.append((word[at:end], at > 0))
            at = end
        if len(pieces) > most * wide:
            break
    lines: list[str] = []
    for piece, glued in pieces:
        joined = piece if not lines else lines[-1] + ("" if glued else " ") + piece
        if lines and _width(joined) <= wide:
            lines[-1] = joined
        elif len(lines) == most:
            lines[-1] = lines[-1][: _fits(lines[-1], 0, wide - 1)].rstrip() + "…"
            break
        else:
            lines.append(piece)
    return lines


def _fits(word: str, start: int, wide: int) -> int:
    """Return where a line that begins at `start` must end; at least one character further."""
    used, at = 0, start
    while at < len(word) and (used := used + _width(word[at])) <= wide:
        at += 1
    return max(at, start + 1)


def _width(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in words)


# --- map of the world --------------------------------------------------------------------------

DATA = Path(__file__).parents[1] / "data" / "world.json"
BACKDROP = "assets/generated/world.svg"
MIN_COUNTRIES = 3  # below this, no map is shown
MIN_OPACITY = 0.3


@dataclass(frozen=True, slots=True)
class Shape:
    name: str
    count: int
    path: str  # "" for a country too small for an outline; it is a dot at its capital
    x: int
    y: int
    strength: float  # opacity


@dataclass(frozen=True, slots=True)
class WorldMap:
    shapes: tuple[Shape, ...]  # most mentioned first
    missing: tuple[str, ...]  # countries that are not on the map
    width: int
    height: int
    backdrop: str = BACKDROP

    @property
    def legend(self) -> list[tuple[int, float, float]]:
        """Some counts with their opacity and place, fewest first."""
        most = max(shape.count for shape in self.shapes)
        counts = sorted({1, *(n for n in (round(most / 9), round(most * 4 / 9), most) if n > 1)})
        return [(count, _strength(count, most), 70.0 * n) for n, count in enumerate(counts)]


@lru_cache(maxsize=1)
def _world() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return found


def _strength(count: int, most: int) -> float:
    return round(MIN_OPACITY + (1 - MIN_OPACITY) * math.sqrt(count / most), 2)


def world_map(countries: Iterable[tuple[ActorInArchive, int]]) -> WorldMap | None:
    """Shade countries by how often they are mentioned; return None for fewer than MIN_COUNTRIES."""
    world = _world()
    found = sorted(countries, key=lambda pair: (-pair[1], pair[0].name))
    most = max((count for _, count in found), default=1)
    shapes: list[Shape] = []
    missing: list[str] = []
    for actor, count in found:
        code = actor.entry.iso2 if actor.entry and actor.entry.iso2 else ""
        path, dot = world["outlines"].get(code, ""), world["dots"].get(code)
        if path or dot:
            x, y = dot or (0, 0)
            shapes.append(Shape(actor.name, count, path, x, y, _strength(count, most)))
        elif code:
            missing.append(actor.name)
    if len(shapes) < MIN_COUNTRIES:
        return None
    return WorldMap(tuple(shapes), tuple(missing), world["width"], world["height"])


def backdrop() -> Page:
    """Return the picture of all land, in a grey that works on light and dark backgrounds."""
    world = _world()
    land = "".join([*(path for _, path in sorted(world["outlines"].items())), *world["others"]])
    size = f'viewBox="0 0 {world["width"]} {world["height"]}" width="{world["width"]}" height="{world["height"]}"'
    return Page(
        BACKDROP,
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
        f'<path fill="#7d8890" fill-opacity=".3" stroke="#7d8890" stroke-opacity=".5" stroke-width=".5" d="{land}"/>'
        "</svg>\n",
    )


# --- flags -------------------------------------------------------------------------------------
# Emoji are empty boxes, or letters, where no font has them. These are from the npm package country-flag-icons (MIT).

FLAGS = Path(__file__).parents[1] / "data" / "flags.json"


@lru_cache(maxsize=1)
def _flags() -> Mapping[str, str]:
    found: Mapping[str, str] = json.loads(FLAGS.read_text(encoding="utf-8"))["flags"]
    return found


def flag_file(iso2: str | None) -> str:
    """Return the file of a country's flag, from its two-letter code; "" if there is none."""
    code = (iso2 or "").lower()
    return f"assets/generated/flags/{code}.svg" if code in _flags() else ""


def flags(archive: Archive) -> Iterator[Page]:
    """Yield the flags of the registered countries: 700 bytes each, loaded by the pages that show them."""
    for code in sorted({a.entry.iso2 for a in archive.actors.values() if a.entry and a.entry.iso2}):
        if path := flag_file(code):
            yield Page(path, _flags()[code.lower()] + "\n")
