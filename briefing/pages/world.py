"""How often countries are named -> a map of the world: the outlines of those countries, darker where more often.

    world_map([(china, 35), (japan, 14)]) -> WorldMap(shapes=(Shape("China", 35, "M742,120l...", ...), ...))

The outlines come from briefing/data/world.json (Natural Earth, public domain; see decisions/pictures.md). The land
behind them is one picture for all pages, `backdrop()`, which a reader loads once.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from briefing.archive import ActorInArchive
from briefing.model import Page

DATA = Path(__file__).parents[1] / "data" / "world.json"
BACKDROP = "assets/generated/world.svg"
FEWEST = 3  # one or two countries are said sooner than shown
PALEST = 0.3


@dataclass(frozen=True, slots=True)
class Shape:
    name: str
    count: int
    path: str  # "" for a country that is too small for an outline: a dot at its capital
    x: int
    y: int
    strength: float  # how dark


@dataclass(frozen=True, slots=True)
class WorldMap:
    shapes: tuple[Shape, ...]  # most often named first
    missing: tuple[str, ...]  # names of those that the map does not have
    width: int
    height: int
    backdrop: str = BACKDROP


@lru_cache(maxsize=1)
def _world() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return found


def world_map(countries: Iterable[tuple[ActorInArchive, int]]) -> WorldMap | None:
    """None where the map would show fewer than FEWEST countries."""
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
            strength = PALEST + (1 - PALEST) * math.sqrt(count / most)
            shapes.append(Shape(actor.name, count, path, x, y, round(strength, 2)))
        elif code:
            missing.append(actor.name)
    if len(shapes) < FEWEST:
        return None
    return WorldMap(tuple(shapes), tuple(missing), world["width"], world["height"])


def backdrop() -> Page:
    """All land in one grey that can be seen on light and on dark paper."""
    world = _world()
    land = "".join([*(path for _, path in sorted(world["outlines"].items())), *world["others"]])
    size = f'viewBox="0 0 {world["width"]} {world["height"]}" width="{world["width"]}" height="{world["height"]}"'
    return Page(
        BACKDROP,
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
        f'<path fill="#7d8890" fill-opacity=".3" stroke="#7d8890" stroke-opacity=".5" stroke-width=".5" d="{land}"/>'
        "</svg>\n",
    )
