"""Labelled dots and weighted lines between them -> where they go in a picture.

    place({"a": (("Anna", "Kessowa"), 12), "b": (("Norway",), 30)}, [("a", "b", 4)]) -> dots, lines, width, height

Springs pull tied dots together (networkx, started on a circle: no chance), then dots whose labels overlap are pushed
apart until every label can be read. A label is one or more lines of words below its dot.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH = 960
SPREAD = 900  # square pixels of paper for each character of a label
LETTER = 7.0  # width of a letter of a label; its height is LINE
LINE = 16.0
MARGIN = 14.0
LARGEST, SMALLEST = 15.0, 4.0  # radius of a dot
ROUNDS = 400
THREAD = 0.5  # weight of what holds a group that no tie holds


@dataclass(frozen=True, slots=True)
class Dot:
    id: str
    label: tuple[str, ...]
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float
    width: float


def place(
    labels: Mapping[str, tuple[tuple[str, ...], int]], ties: Sequence[tuple[str, str, int]], directed: bool = False
) -> tuple[tuple[Dot, ...], tuple[Line, ...], int, int]:
    """`labels` gives each dot's label and size. Lines come in the order of the ties and end at the rim of dots."""
    if not labels:
        return (), (), 0, 0
    ids = sorted(labels)
    most = max(size for _, size in labels.values()) or 1
    radius = {i: SMALLEST + (LARGEST - SMALLEST) * math.sqrt(labels[i][1] / most) for i in ids}
    wide = {i: max(map(len, labels[i][0])) * LETTER / 2 for i in ids}
    low = {i: LINE * len(labels[i][0]) / 2 for i in ids}  # half of what stands below a dot
    half = {i: (max(radius[i], wide[i]) + 4, radius[i] + low[i] + 4) for i in ids}
    letters = sum(len(label) * (max(map(len, label)) + 8) for label, _ in labels.values())
    height = min(1400.0, max(260.0, letters * SPREAD / WIDTH))
    found = _springs(ids, ties)
    spots = {
        i: [WIDTH / 2 + x * (WIDTH / 2 - half[i][0] - MARGIN), height / 2 + y * (height / 2 - half[i][1] - MARGIN)]
        for i, (x, y) in found.items()
    }
    _push_apart(ids, spots, half, height)
    dots = tuple(
        Dot(i, labels[i][0], round(spots[i][0]), round(spots[i][1] - low[i]), round(radius[i], 1)) for i in ids
    )
    at = {d.id: d for d in dots}
    strongest = max((w for *_, w in ties), default=1)
    lines = tuple(_line(at[a], at[b], 0.8 + 4.2 * math.sqrt(w / strongest), directed) for a, b, w in ties)
    return dots, lines, WIDTH, math.ceil(height)


def _springs(ids: Sequence[str], ties: Sequence[tuple[str, str, int]]) -> dict[str, tuple[float, float]]:
    """Places within -1..1, so that both sides are used."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(ids)
    for one, other, weight in ties:
        before = graph.get_edge_data(one, other, {"weight": 0.0})["weight"]
        graph.add_edge(one, other, weight=before + math.log2(1 + weight))
    strength = dict(graph.degree(weight="weight"))
    ordered = sorted(ids, key=lambda i: (-strength[i], i))
    # Groups that nothing ties to the rest would fly to the rim and leave the paper empty: a thread holds them.
    for group in networkx.connected_components(graph):
        if ordered and ordered[0] not in group:
            graph.add_edge(ordered[0], min(group, key=lambda i: (-strength[i], i)), weight=THREAD)
    start = {
        i: (math.cos(2.399963 * n) * math.sqrt(n + 0.5), math.sin(2.399963 * n) * math.sqrt(n + 0.5))
        for n, i in enumerate(ordered)  # a sunflower: the most tied in the middle
    }
    scale = math.sqrt(len(ids))
    start = {i: (x / scale, y / scale) for i, (x, y) in start.items()}
    if len(ids) < 3:
        return {i: (-0.5 + n, 0.0) for n, i in enumerate(ordered)} if len(ids) == 2 else {ids[0]: (0.0, 0.0)}
    found = networkx.spring_layout(graph, pos=start, k=2.2 / scale, iterations=200, weight="weight", seed=1)
    spread: list[dict[str, float]] = []
    for axis in (0, 1):
        # Ranks loosen the knot in the middle that springs leave; half and half keeps who is near whom.
        values = {i: float(found[i][axis]) for i in ids}
        low, high = min(values.values()), max(values.values())
        ranked = sorted(ids, key=lambda i: (round(values[i], 6), i))
        rank = {i: 2 * n / (len(ids) - 1) - 1 for n, i in enumerate(ranked)}
        spread.append({i: (rank[i] + (2 * (values[i] - low) / ((high - low) or 1) - 1)) / 2 for i in ids})
    return {i: (spread[0][i], spread[1][i]) for i in ids}


def _push_apart(
    ids: Sequence[str], spots: dict[str, list[float]], half: Mapping[str, tuple[float, float]], height: float
) -> None:
    """Move dots until no two boxes (dot and the label below it) overlap; a picture's worth of dots is few."""
    for _ in range(ROUNDS):
        moved = False
        for n, one in enumerate(ids):
            for other in ids[n + 1 :]:
                a, b = spots[one], spots[other]
                across = half[one][0] + half[other][0] - abs(a[0] - b[0])
                down = half[one][1] + half[other][1] - abs(a[1] - b[1])
                if across <= 0 or down <= 0:
                    continue
                moved = True
                axis, by = (0, across) if across / WIDTH < down / height else (1, down)
                step = (by / 2 + 0.5) * (1 if (a[axis], one) < (b[axis], other) else -1)
                a[axis] -= step
                b[axis] += step
        for i in ids:
            for axis, size in ((0, WIDTH), (1, height)):
                low = half[i][axis] + MARGIN / 2
                spots[i][axis] = min(max(spots[i][axis], low), size - low)
        if not moved:
            return


def _line(a: Dot, b: Dot, width: float, directed: bool) -> Line:
    long = math.hypot(b.x - a.x, b.y - a.y) or 1.0
    dx, dy = (b.x - a.x) / long, (b.y - a.y) / long
    gap = b.radius + (6 if directed else 0)  # room for the point of an arrow
    return Line(
        round(a.x + dx * a.radius, 1),
        round(a.y + dy * a.radius, 1),
        round(b.x - dx * gap, 1),
        round(b.y - dy * gap, 1),
        round(width, 1),
    )
