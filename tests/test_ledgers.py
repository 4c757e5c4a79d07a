"""Figures that differ between sources, as opposed to changed values, overlapping ranges and reprints."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from briefing.archive import cross_link
from briefing.archive.summaries import Row, row
from briefing.site.ledgers import Measure, measures
from tests.example_briefing import REGISTRY, TOPICS, example

BASE = row(example())


def source(name: str, published: str | None, value: float, **figure: Any) -> Row:
    one = replace(
        BASE.figures[0],
        id=name,
        value=value,
        **{"high": None, "qualifier": None, "measure": "load of cranes", "unit": "t", "subject": "norway"} | figure,
    )
    return replace(BASE, id=name, published=published, figures=(one,), signature=())


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
        (("2026-05-03", 400, {"qualifier": "about"}), ("2026-05-20", 460, {}), True),
        (("2026-05-03", 400, {"qualifier": "only"}), ("2026-05-20", 410, {}), True),
        (("2026-05-03", 400, {"qualifier": "more than"}), ("2026-05-20", 900, {}), False),
        (("2026-05-03", 400, {"qualifier": "More  than"}), ("2026-05-20", 390, {}), True),
        (("2026-05-03", 400, {"qualifier": "up to"}), ("2026-05-20", 300, {}), False),
        (("2026-05-03", 400, {"measure": "the loads of crane"}), ("2026-05-20", 410, {}), True),
        (
            ("2026-05-03", 400, {"measure": "price", "subject": None}),
            ("2026-05-20", 410, {"measure": "price", "subject": None}),
            False,
        ),
        (("2026-05-03", 400, {"measure": "this"}), ("2026-05-20", 410, {"measure": "this"}), False),
        (("2026-05-03", 400, {"subject": "oslo"}), ("2026-05-20", 410, {}), False),
        (("2026-05-03", 4, {"unit": "count"}), ("2026-05-20", 5, {"unit": "count"}), False),
    ],
)
def test_differing_values(first: Any, second: Any, differ: bool) -> None:
    rows = [source("one", first[0], first[1], **first[2]), source("two", second[0], second[1], **second[2])]
    found = cross_link(rows, REGISTRY, TOPICS).differing
    assert {key: [row.id for row, _ in others] for key, others in found.items()} == (
        {("one", "one"): ["two"], ("two", "two"): ["one"]} if differ else {}
    )


def test_ledger_marks_differing_values() -> None:
    rows = [source("one", "2026-05-03", 400), source("two", "2026-05-20", 410), source("three", "2020-05-20", 410)]
    archive = cross_link(rows, REGISTRY, TOPICS)
    assert measures(archive, rows)[0].differing == {"one", "two"}
    assert measures(archive, [rows[0], rows[2]])[0].differing == frozenset()


def test_one_word_counts_need_an_actor() -> None:
    def found(**figure: Any) -> list[Measure]:
        rows = [source(f"s{n}", "2026-05-03", 30 + n, unit="count", **figure) for n in range(2)]
        return measures(cross_link(rows, REGISTRY, TOPICS), rows)

    assert not found(measure="minerals", subject=None)
    assert found(measure="minerals", subject="norway")
    assert found(measure="critical minerals", subject=None)


def test_small_counts_are_no_measure() -> None:
    rows = [source(f"s{n}", "2026-05-03", 7, unit="count", measure="letters of interest") for n in range(2)]
    assert not measures(cross_link(rows, REGISTRY, TOPICS), rows)


def test_reprints_do_not_conflict() -> None:
    rows = [source("one", "2026-05-03", 400), source("two", "2026-05-03", 410), source("three", "2024-01-01", 1)]
    same = tuple(range(64))
    rows = [replace(rows[0], signature=same), replace(rows[1], signature=same), rows[2]]
    assert ledger(*rows).differing == frozenset()


def test_values_are_plotted_in_order_inside_the_chart() -> None:
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
def test_too_few_days_make_no_chart(days: tuple[str | None, ...]) -> None:
    assert ledger(*(source(f"s{n}", day, n) for n, day in enumerate(days))).values is None
