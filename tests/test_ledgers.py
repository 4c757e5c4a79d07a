"""Which figures are compared, and which of these agree or differ."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from briefing.archive import cross_link
from briefing.archive.compare_figures import Definition, definition
from briefing.archive.summaries import Row, row
from briefing.model import RowFigure
from briefing.site.ledgers import Measure, alike, measures
from tests.builders import row_actor
from tests.example_briefing import REGISTRY, TOPICS, example

BASE = row(example())
BODIES = (row_actor("mining-board", kind="organisation"), row_actor("ore-union", kind="organisation"))
TONNES: dict[str, Any] = {"measure": "output of tin ore", "unit": "t", "subject": "norway", "context": "Output rose."}


def a_figure(**more: Any) -> RowFigure:
    known = {"high": None, "qualifier": None, "as_of": "2025", "asserted_by": None}
    return replace(BASE.figures[0], **known | TONNES | more)


def source(name: str, value: float = 400, published: str | None = "2026-05-03", **figure: Any) -> Row:
    publisher = figure.pop("publisher", f"The {name} Post")
    one = a_figure(id=name, value=value, **figure)
    return replace(BASE, id=name, published=published, publisher=publisher, figures=(one,), actors=BODIES, signature=())


def ledger(*rows: Row) -> Measure:
    return measures(cross_link(rows, REGISTRY, TOPICS), rows)[0]


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ({}, ("flow", "production", "ore tin", "t", "norway")),
        ({"measure": "mine output of tin ore"}, ("flow", "mining", "ore tin", "t", "norway")),
        ({"measure": "the reserves of tin"}, ("stock", "stock", "tin", "t", "norway")),
        ({"measure": "tin deposit"}, ("stock", "stock", "tin", "t", "norway")),
        ({"measure": "export quota for tin"}, ("quota", "export", "tin", "t", "norway")),
        ({"measure": "capacity", "context": "The smelter has a capacity of 5 t."}, None),
        ({"measure": "refining capacity for tin"}, ("capacity", "refining", "tin", "t", "norway")),
        ({"measure": "price of tin", "unit": "USD/kg", "subject": None}, ("price", "", "tin", "USD/kg", "")),
        ({"measure": "tin", "unit": "EUR/t", "subject": None}, ("price", "", "tin", "EUR/t", "")),
        ({"measure": "price", "unit": "USD/kg", "subject": None}, None),
        (
            {"measure": "world's tin", "unit": "percent", "words": "9 percent", "context": "It mines 9 percent of it."},
            ("share", "mining", "tin", "percent", "norway"),
        ),
        (
            {"measure": "world's tin", "unit": "percent", "words": "9 percent", "context": "It has 9 percent of it."},
            None,
        ),
        (
            {
                "measure": "tin",
                "unit": "percent",
                "words": "9 percent",
                "context": "It mines 9 percent of the tin and refines a third.",
            },
            ("share", "mining", "tin", "percent", "norway"),
        ),
        (
            {"measure": "tin", "unit": "percent", "words": "9 percent", "context": "It mines and refines: 9 percent."},
            None,
        ),
        ({"measure": "share of world mining", "unit": "percent"}, None),  # of what?
        ({"measure": "tariff on tin", "unit": "percent"}, ("rate", "", "tin", "percent", "norway")),
        ({"measure": "Norwegian tariff", "unit": "percent"}, None),
        ({"measure": "decline in tin exports", "unit": "percent"}, None),  # since when?
        ({"measure": "quota"}, None),
        ({"measure": "material"}, None),
        ({"measure": "tin"}, None),  # mined, sold, or in the ground?
        ({"subject": None}, None),
        ({"measure": "world output of tin", "subject": None}, ("flow", "production", "tin", "t", "world")),
        ({"measure": "world's tin reserves", "subject": None}, None),  # a part of them
        ({"context": "Output is expected to reach 400 t."}, None),
        ({"context": "Excluding small pits, output was 400 t."}, None),
        ({"measure": "exports of tin", "unit": "USD"}, ("flow", "export", "tin", "USD", "norway")),
        ({"measure": "exports of tin", "unit": "XXX"}, None),  # whose money?
        ({"measure": "price of tin", "unit": "XXX/kg"}, None),
        ({"measure": "output and exports of tin"}, ("flow", "export", "tin", "t", "norway")),
        ({"measure": None}, None),
        ({"measure": "exports of rare-earth compounds"}, ("flow", "export", "compound rare-earth", "t", "norway")),
        ({"measure": "annual exports of metal"}, None),
        ({"measure": "letters", "unit": "count", "value": 7}, None),
    ],
)
def test_definitions(figure: Any, expected: tuple[str, ...] | None) -> None:
    assert definition(a_figure(**figure)) == (Definition(*expected) if expected else None)


BOARD, UNION = {"asserted_by": "mining-board"}, {"asserted_by": "ore-union"}


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        ({"value": 400}, {"value": 410}, True),
        ({"value": 400} | BOARD, {"value": 410} | UNION, True),
        ({"value": 400} | BOARD, {"value": 410} | UNION | {"publisher": "The one Post"}, True),
        ({"value": 400} | BOARD, {"value": 410}, True),
        ({"value": 400} | BOARD, {"value": 410} | BOARD, False),  # the same agency, quoted twice
        ({"value": 400}, {"value": 410, "publisher": "The one Post"}, False),
        ({"value": 400, "publisher": None}, {"value": 410}, False),
        ({"value": 400, "asserted_by": "the survey"}, {"value": 410} | BOARD, False),  # whose survey?
        ({"value": 400}, {"value": 400}, False),
        ({"value": 400}, {"value": 410, "as_of": "2024"}, False),
        ({"value": 400}, {"value": 410, "as_of": None}, False),
        ({"value": 400, "as_of": None}, {"value": 410, "as_of": None}, False),
        ({"value": 400}, {"value": 410, "as_of": "2025-05"}, False),
        ({"value": 400, "high": 420}, {"value": 410}, False),
        ({"value": 400, "high": 420}, {"value": 430}, True),
        ({"value": 400, "qualifier": "about"}, {"value": 410}, False),
        ({"value": 400, "qualifier": "about"}, {"value": 460}, True),
        ({"value": 400, "qualifier": "only"}, {"value": 410}, True),
        ({"value": 400, "qualifier": "more than"}, {"value": 900}, False),
        ({"value": 400, "qualifier": "More  than"}, {"value": 390}, True),
        ({"value": 400, "qualifier": "up to"}, {"value": 300}, False),
        ({"value": 400, "measure": "the outputs of tin ores"}, {"value": 410}, True),
        ({"value": 400, "measure": "reserves of tin ore"}, {"value": 410}, False),
        ({"value": 400, "measure": "output of zinc ore"}, {"value": 410}, False),
        ({"value": 400, "unit": "t/a"}, {"value": 410}, False),
        ({"value": 400, "subject": "oslo"}, {"value": 410}, False),
    ],
)
def test_differing_values(first: Any, second: Any, differ: bool) -> None:
    found = cross_link([source("one", **first), source("two", **second)], REGISTRY, TOPICS).differing
    assert {key: [row.id for row, _ in others] for key, others in found.items()} == (
        {("one", "one"): ["two"], ("two", "two"): ["one"]} if differ else {}
    )


@pytest.mark.parametrize(
    ("first", "second", "agree"),
    [
        ({}, {}, True),
        (BOARD, UNION, True),
        (BOARD, {}, True),
        (BOARD, BOARD, False),
        ({}, {"publisher": "The one Post"}, False),
        (BOARD, {"publisher": "The one Post"} | UNION, False),
        ({"asserted_by": "officials"}, {}, False),
        ({}, {"as_of": "2024"}, False),
        ({}, {"as_of": None}, False),
        ({"as_of": None}, {"as_of": None}, True),
        ({"as_of": None}, {"as_of": None, "published": "2020-01-01"}, False),
        ({"as_of": None}, {"as_of": None, "published": None}, False),
        ({}, {"measure": "tin ore"}, False),
        ({}, {"high": 420}, False),
    ],
)
def test_also_reported(first: Any, second: Any, agree: bool) -> None:
    assert bool(cross_link([source("one", **first), source("two", **second)], REGISTRY, TOPICS).agreeing) is agree


def test_a_reprint_is_no_other_report() -> None:
    same = tuple(range(64))
    rows = [replace(source("one"), signature=same), replace(source("two"), signature=same), source("three")]
    agreeing = cross_link(rows, REGISTRY, TOPICS).agreeing
    assert [r.id for r, _ in agreeing["one", "one"]] == ["three"]
    assert {r.id for r, _ in agreeing["three", "three"]} == {"one", "two"}


def test_ledger_marks_differing_values() -> None:
    rows = [source("one", 400), source("two", 410), source("three", 410, as_of="2020")]
    archive = cross_link(rows, REGISTRY, TOPICS)
    whole = measures(archive, rows)[0]
    assert whole.differing == {"one", "two"}
    assert (whole.articles, whole.asserting, whole.years) == (3, 3, ["2020", "2025"])
    assert measures(archive, [rows[0], rows[2]])[0].differing == frozenset()


def test_ledger_counts_what_it_leaves_out() -> None:
    rows = [source("one"), source("two"), source("three", measure="exports of tin ore")]
    assert ledger(*rows).left_out == 1


SHARE = {"measure": "share of world mining", "unit": "percent", "subject": "norway"}  # of what?


@pytest.mark.parametrize(
    ("second", "together"),
    [
        (SHARE, True),
        (SHARE | {"measure": "its share of the world mining"}, True),
        (SHARE | {"measure": "share of refining"}, False),
        (SHARE | {"unit": "t"}, False),
        (SHARE | {"subject": "oslo"}, False),
        (SHARE | {"subject": None}, False),
        (SHARE | {"measure": "elements", "unit": "count"}, False),
    ],
)
def test_figures_in_the_same_words_are_listed_together(second: dict[str, Any], together: bool) -> None:
    rows = (source("one", 60, **SHARE), source("two", 69, **second))
    archive = cross_link(rows, REGISTRY, TOPICS)
    assert [[r.id for r, _ in group] for group in alike(archive)] == ([["one", "two"]] if together else [])
    assert not archive.differing


def test_of_reprints_one_is_listed_among_figures_in_the_same_words() -> None:
    same = tuple(range(64))
    one, two, three = (source(n, 60, **SHARE) for n in ("one", "two", "three"))
    archive = cross_link([replace(one, signature=same), replace(two, signature=same), three], REGISTRY, TOPICS)
    assert [sorted(r.id for r, _ in group) for group in alike(archive)] == [["one", "three"]]


def test_reprints_do_not_differ() -> None:
    rows = [source("one", 400), source("two", 410), source("three", 1, as_of="2024")]
    same = tuple(range(64))
    rows = [replace(rows[0], signature=same), replace(rows[1], signature=same), rows[2]]
    assert ledger(*rows).differing == frozenset()


def test_values_are_plotted_in_order_inside_the_chart() -> None:
    rows = [
        source(f"s{n}", value, high=high, as_of=f"2026-0{n}")
        for n, value, high in [(3, 5, 9), (1, 30, None), (2, 1, None)]
    ]
    values = ledger(*rows).values
    assert values is not None
    assert [dot.x for dot in values.dots] == sorted(dot.x for dot in values.dots)
    assert values.dots[0].y < values.dots[2].top < values.dots[2].y < values.dots[1].y
    assert all(0 <= dot.x <= values.width and 0 <= dot.top <= dot.y <= values.height for dot in values.dots)


@pytest.mark.parametrize("periods", [("2026-05", "2026-05", "2026-05-01"), ("2025", "2026-05-02", None)])
def test_too_few_periods_make_no_chart(periods: tuple[str | None, ...]) -> None:
    assert ledger(*(source(f"s{n}", n, as_of=period) for n, period in enumerate(periods))).values is None
