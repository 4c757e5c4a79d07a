"""Build briefing/data/world.json, from which maps are drawn, from Natural Earth's country outlines (public domain).

    uv run --no-project --with geopandas==0.14.4 --with pyshp --with pyyaml python -m training.world_map

geopandas 0.14.4 is the last release with Natural Earth's countries at 1:110 million. They are projected (Equal Earth,
1000 units wide), simplified, and written in integers: one SVG path per country under its ISO code, and a dot at the
capital for countries too small for an outline. Run it only to change the map.
"""

from __future__ import annotations

import importlib.util
import itertools
import json
import math
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "briefing" / "data" / "world.json"
LEFT_OUT = "ATA"  # Antarctica: a wide band without news
WIDTH = 1000
FIRST = 11  # degrees west at which the map is cut: the Bering Strait, so that Russia stays whole
TOLERANCE = 0.45  # units by which a simplified line may differ
ISLAND = 1.5  # square units; smaller outlines are left out, unless they are the country's largest

Point = tuple[float, float]


def equal_earth(longitude: float, latitude: float) -> Point:
    """Bojan Šavrič, Tom Patterson, Bernhard Jenny: The Equal Earth map projection (2018)."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    slope = 9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(t) / (3 * slope)
    return x, t * (a4 * t**8 + a3 * t**6 + a2 * t**2 + a1)


SCALE = WIDTH / (2 * equal_earth(180, 0)[0])
TOP = equal_earth(0, 83.7)[1]


def place(longitude: float, latitude: float) -> Point:
    shifted = (longitude - FIRST + 180) % 360 - 180
    x, y = equal_earth(shifted, latitude)
    return WIDTH / 2 + x * SCALE, (TOP - y) * SCALE


def thin(points: list[Point]) -> list[Point]:
    """Simplify a line (Douglas-Peucker): leave out points nearer than TOLERANCE to it."""
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    length = math.hypot(bx - ax, by - ay)

    def distance(p: Point) -> float:
        if length == 0:
            return math.hypot(p[0] - ax, p[1] - ay)
        return abs((bx - ax) * (ay - p[1]) - (ax - p[0]) * (by - ay)) / length

    farthest = max(range(1, len(points) - 1), key=lambda i: distance(points[i]))
    if distance(points[farthest]) <= TOLERANCE:
        return [points[0], points[-1]]
    return thin(points[: farthest + 1])[:-1] + thin(points[farthest:])


def area(points: list[Point]) -> float:
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def path(rings: list[list[Point]]) -> str:
    projected = [[place(*p) for p in ring] for ring in rings]
    # A ring cut by the edge of the map would run straight across it.
    whole = [r for r in projected if max(x for x, _ in r) - min(x for x, _ in r) < WIDTH / 2]
    largest = max(map(area, whole))
    parts = []
    for ring in whole:
        if area(ring) < ISLAND and area(ring) < largest:
            continue
        half = len(ring) // 2
        dots = [(round(x), round(y)) for x, y in thin(ring[: half + 1])[:-1] + thin(ring[half:])[:-1]]
        dots = [d for i, d in enumerate(dots) if d != dots[i - 1]]
        if len(dots) > 2:
            steps = (f"{bx - ax},{by - ay}" for (ax, ay), (bx, by) in itertools.pairwise(dots))
            parts.append(f"M{dots[0][0]},{dots[0][1]}l{' '.join(steps)}z")
    return "".join(parts)


def main() -> None:
    import shapefile

    found = importlib.util.find_spec("geopandas")
    if found is None or found.origin is None:
        raise SystemExit("geopandas 0.14.4 is needed: see above")
    data = Path(found.origin).parent / "datasets"
    countries: list[dict[str, Any]] = yaml.safe_load((ROOT / "actors" / "world" / "countries.yaml").read_text())
    by_iso3 = {c["iso3"]: c["iso2"] for c in countries if c.get("iso3")} | {"XKX": "XK"}
    outlines: dict[str, str] = {}
    others: list[str] = []
    for one in shapefile.Reader(str(data / "naturalearth_lowres" / "naturalearth_lowres.shp")).iterShapeRecords():
        code = "XKX" if one.record["name"] == "Kosovo" else one.record["iso_a3"]
        if code == LEFT_OUT:
            continue
        ends = [*one.shape.parts, len(one.shape.points)]
        drawn = path([list(one.shape.points[a:b]) for a, b in itertools.pairwise(ends)])
        if code in by_iso3:
            outlines[by_iso3[code]] = drawn
        else:
            others.append(drawn)  # land without an ISO code: part of the background
    cities = shapefile.Reader(str(data / "naturalearth_cities" / "naturalearth_cities.shp")).iterShapeRecords()
    capitals = {c.record["name"]: c.shape.points[0] for c in cities}
    dots = {}
    for country in countries:
        names = [country["name"], *country.get("metonyms", []), *country.get("aliases", [])]
        where = next((capitals[n] for n in names if n in capitals), None)
        if country["iso2"] not in outlines and where:
            dots[country["iso2"]] = [round(part) for part in place(*where)]
    height = round(max(place(FIRST, -56)[1], 0))
    text = json.dumps(
        {"width": WIDTH, "height": height, "outlines": outlines, "dots": dots, "others": others},
        separators=(",", ":"), sort_keys=True, indent=0, ensure_ascii=False,
    )  # fmt: skip
    TARGET.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
