"""Counts and connections -> numbers for pictures: where a bar, a dot or a line goes. Templates draw them as SVG."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.archive import ActorInArchive, Archive

WIDTH, HEIGHT = 640, 96
WIDEST_BAR = 44
NETWORK_WIDTH, NETWORK_HEIGHT = 400.0, 400.0  # as wide as a phone, so that names keep their size there
LABEL_WIDE, LABEL_LINES = 15, 3  # letters of a line and lines that find room beside the ring
LABEL_STEP = 15.0


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
    width: float
    height: float
    labelled: frozenset[str]  # the labels there is room for

    @property
    def total(self) -> int:
        return sum(b.count for b in self.bars)


def bars(counts: Sequence[tuple[str, int]]) -> Bars | None:
    """A bar a value; None where there are too few to be worth a picture."""
    if len(counts) < 2:
        return None
    most = max(count for _, count in counts) or 1
    step = min(WIDTH / len(counts), WIDEST_BAR)
    made = tuple(
        Bar(
            label=label,
            count=count,
            x=round(i * step + step * 0.12, 1),
            y=round(HEIGHT - HEIGHT * count / most, 1),
            width=round(step * 0.76, 1),
            height=round(HEIGHT * count / most, 1),
            middle=round(i * step + step / 2, 1),
        )
        for i, (label, count) in enumerate(counts)
    )
    every = max(1, math.ceil(36 / step))
    return Bars(made, round(step * len(counts), 1), HEIGHT, frozenset(b.label for b in made[::-1][::every]))


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
    tie: float  # width of its line to the middle
    anchor: str  # text-anchor of its label
    label_x: float
    label: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Network:
    nodes: tuple[Node, ...]
    edges: tuple[tuple[float, float, float, float], ...]  # between the others
    width: float
    height: float


def network(actor: ActorInArchive, archive: Archive) -> Network | None:
    """Those who appear with an actor on a ring around it, clockwise by briefings shared."""
    others = [t for t in actor.together if archive.actors[t.id].has_page][:10]
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
                tie=round(0.8 + 3.2 * math.sqrt((other.briefings - 1) / max(most, 5)), 1),
                anchor="start" if right else "end",
                label_x=round(x + (radius + 5) * (1 if right else -1), 1),
                label=tuple(Label(line, round(top + n * LABEL_STEP, 1)) for n, line in enumerate(lines)),
            )
        )
    places = {n.id: n for n in nodes}
    edges = tuple(
        (n.x, n.y, places[t.id].x, places[t.id].y)
        for n in nodes
        for t in archive.actors[n.id].together
        if t.id in places and n.id < t.id
    )
    return Network(tuple(nodes), edges, width, height)


def wrap(name: str, wide: int = LABEL_WIDE, most: int = LABEL_LINES) -> list[str]:
    """A name in lines that find room beside its dot; what does not fit is left out with a sign that says so.

    Letters of East Asian scripts count as two; a word longer than a line is cut.
    """
    pieces: list[tuple[str, bool]] = []  # with: may a line begin before it, without a space
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
    """Where a line that begins at `start` must end; at least one letter further."""
    used, at = 0, start
    while at < len(word) and (used := used + _width(word[at])) <= wide:
        at += 1
    return max(at, start + 1)


def _width(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in words)
