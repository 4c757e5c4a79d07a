"""Sources that contradict each other are told from values that change, from ranges that overlap and from reprints."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from example_briefing import REGISTRY, TOPICS, example

from briefing.archive import cross_link
from briefing.pages.measures import Measure, measures
from briefing.rows import Row, row

BASE = row(example())


def source(name: str, published: str | None, value: float, **figure: Any) -> Row:
    one = replace(
        BASE.figures[0], id=name, value=value, **{"high": None, "qualifier": None, "measure": "cranes"} | figure
    )
    return replace(BASE, id=name, published=published, figures=(one,), sketch=())


def ledger(*rows: Row) -> Measure:
    return measures(cross_link(rows, REGISTRY, TOPICS), rows)[0]


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        (("2026-05-03", 400, {}), ("2026-05-20", 410, {}), True),
        (("2026-05-03", 400, {}), ("2026-05-20", 400, {}), False),
        (("2026-05-03", 400, {}), ("2027-05-20", 410, {}), False),
        (("2026-05-03", 400, {}), ("2026", 410, {}), False),
        (("2026-05-03", 400, {}), (None, 410, {}), False),
        (("2026-05-03", 400, {"high": 420}), ("2026-05-20", 410, {}), False),
        (("2026-05-03", 400, {"high": 420}), ("2026-05-20", 430, {}), True),
        (("2026-05-03", 400, {"qualifier": "about"}), ("2026-05-20", 410, {}), False),
        (("2026-05-03", 400, {"subject": "norway"}), ("2026-05-20", 410, {}), False),
        (("2026-05-03", 4, {"unit": "count"}), ("2026-05-20", 5, {"unit": "count"}), False),
    ],
)
def test_what_differs(first: Any, second: Any, differ: bool) -> None:
    rows = [source("one", first[0], first[1], **first[2]), source("two", second[0], second[1], **second[2])]
    assert ledger(*rows).differing == (frozenset({"one", "two"}) if differ else frozenset())


def test_a_reprint_contradicts_nobody() -> None:
    rows = [source("one", "2026-05-03", 400), source("two", "2026-05-03", 410), source("three", "2024-01-01", 1)]
    same = tuple(range(64))
    rows = [replace(rows[0], sketch=same), replace(rows[1], sketch=same), rows[2]]
    assert ledger(*rows).differing == frozenset()


def test_values_stand_in_order_of_time_and_inside_the_picture() -> None:
    rows = [
        source(f"s{n}", f"2026-0{n}-01", value, high=high)
        for n, value, high in [(3, 5, 9), (1, 30, None), (2, 1, None)]
    ]
    values = ledger(*rows).values
    assert values is not None
    assert [dot.x for dot in values.dots] == sorted(dot.x for dot in values.dots)
    assert values.dots[0].y < values.dots[2].top < values.dots[2].y < values.dots[1].y
    assert all(0 <= dot.x <= values.width and 0 <= dot.top <= dot.y <= values.height for dot in values.dots)


@pytest.mark.parametrize("days", [("2026-05-01", "2026-05-01", "2026-05-01"), ("2026-05-01", "2026-05-02", None)])
def test_too_few_days_make_no_picture(days: tuple[str | None, ...]) -> None:
    assert ledger(*(source(f"s{n}", day, n) for n, day in enumerate(days))).values is None
