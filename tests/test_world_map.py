"""The world map: countries mentioned, countries missing, and its size."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from briefing.archive import Archive, cross_link
from briefing.registry import read_registry
from briefing.site.charts import backdrop, world_map

ROOT = Path(__file__).parents[1]


@cache
def archive() -> Archive:
    return cross_link([], read_registry(ROOT / "actors").actors, [])


def test_frequent_countries_are_darker() -> None:
    actors = archive().actors
    found = world_map([(actors["norway"], 1), (actors["china"], 9), (actors["singapore"], 4)])
    assert found is not None
    assert [(s.name, s.count) for s in found.shapes] == [("China", 9), ("Singapore", 4), ("Norway", 1)]
    assert found.shapes[0].strength == 1 > found.shapes[1].strength > found.shapes[2].strength > 0
    assert found.shapes[1].path == ""
    assert 0 < found.shapes[1].x < found.width


def test_two_countries_make_no_map() -> None:
    actors = archive().actors
    assert world_map([(actors["norway"], 1), (actors["china"], 9), (actors["european-union"], 9)]) is None


def test_country_missing_from_the_map_is_named() -> None:
    actors = archive().actors
    found = world_map([(actors[name], 1) for name in ("norway", "china", "japan", "tuvalu")])
    assert found is not None
    assert found.missing == ("Tuvalu",)


@pytest.mark.parametrize("name", ["france", "norway", "kosovo", "taiwan", "russia", "united-states", "south-sudan"])
def test_map_has_often_omitted_countries(name: str) -> None:
    actors = archive().actors
    found = world_map([(actors[n], 1) for n in ("china", "japan", name)])
    assert found is not None
    assert all(s.path for s in found.shapes)


def test_backdrop_is_an_svg_of_paths() -> None:
    text = backdrop().text
    assert len(text) < 40_000
    assert re.findall(r"<(\w+)", text) == ["svg", "path"]
