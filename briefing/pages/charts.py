"""Counts and connections -> numbers for pictures: where a bar, a dot or a line goes. Templates draw them as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.archive import ActorInArchive, Archive

WIDTH, HEIGHT = 640, 96
WIDEST_BAR = 44


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
class Node:
    id: str
    name: str
    kind: str
    briefings: int
    x: float
    y: float
    radius: float
    anchor: str  # text-anchor of its label
    label_x: float


@dataclass(frozen=True, slots=True)
class Network:
    nodes: tuple[Node, ...]
    edges: tuple[tuple[float, float, float, float, float], ...]  # between the others; last is the weight
    width: float
    height: float


def network(actor: ActorInArchive, archive: Archive) -> Network | None:
    """Those who appear with an actor on a ring around it, nearest first by briefings shared."""
    others = [t for t in actor.together if archive.actors[t.id].has_page][:10]
    if len(others) < 3:
        return None
    width, height = 640.0, 400.0
    most = max(t.briefings for t in others)
    nodes: list[Node] = []
    for i, other in enumerate(others):
        angle = 2 * math.pi * (i + 0.5) / len(others) - math.pi / 2
        x, y = width / 2 + 140 * math.cos(angle), height / 2 + 165 * math.sin(angle)
        right = x >= width / 2
        radius = 5 + 7 * math.sqrt(other.briefings / most)
        known = archive.actors[other.id]
        nodes.append(
            Node(
                id=other.id,
                name=known.name,
                kind=known.kind,
                briefings=other.briefings,
                x=round(x, 1),
                y=round(y, 1),
                radius=round(radius, 1),
                anchor="start" if right else "end",
                label_x=round(x + (radius + 6) * (1 if right else -1), 1),
            )
        )
    places = {n.id: n for n in nodes}
    edges = tuple(
        (n.x, n.y, places[t.id].x, places[t.id].y, round(0.5 + 2 * t.briefings / most, 2))
        for n in nodes
        for t in archive.actors[n.id].together
        if t.id in places and n.id < t.id
    )
    return Network(tuple(nodes), edges, width, height)
