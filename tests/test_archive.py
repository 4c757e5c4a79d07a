"""The archive as a whole: reprints, corroborated figures, related briefings, order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.archive import cross_link, duplicates
from briefing.archive.summaries import Row, row, without_dateline
from briefing.model import Span
from tests import builders
from tests.example_briefing import REGISTRY, TOPICS, example

WORDS = [f"word{n}" for n in range(400)]


def text(start: int, count: int = 200) -> str:
    return " ".join(WORDS[start : start + count])


def named(name: str, words: str = "", **meta: str) -> Row:
    return replace(row(example(name, **meta)), signature=duplicates.signature(words or name))


def test_text_with_another_beginning_is_a_reprint() -> None:
    found = duplicates.near_duplicates(
        {"a": duplicates.signature(text(0)), "b": duplicates.signature(text(20)), "c": duplicates.signature(text(200))}
    )
    assert found == {"a": ("b",), "b": ("a",)}


def test_a_text_printed_a_thousand_times_is_known_as_a_reprint() -> None:
    found = duplicates.near_duplicates({f"n{i}": duplicates.signature(text(0)) for i in range(1000)})
    assert len(found) == 1000


@given(st.text(max_size=200), st.text(max_size=200))
def test_similarity_is_symmetric_and_between_0_and_1(one: str, other: str) -> None:
    a, b = duplicates.signature(one), duplicates.signature(other)
    assert 0 <= duplicates.similarity(a, b) == duplicates.similarity(b, a) <= 1
    assert not a or duplicates.similarity(a, a) == 1


def test_reprints_count_as_one_source_and_are_not_offered_as_related() -> None:
    rows = [named("one", text(0)), named("two", text(5)), named("three", text(200))]
    archive = cross_link(rows, REGISTRY, TOPICS)
    assert archive.reprints == {"one": ("two",), "two": ("one",)}
    assert archive.independent(["one", "two", "three"]) == 2
    assert [r.id for r in archive.related["one"]] == ["three"]


def test_a_reprint_adds_nothing_to_the_counts_of_an_actor() -> None:
    rows = [named("one", text(0)), named("two", text(5), published="2026-03-01"), named("three", text(200))]
    alone, both = (cross_link(some, REGISTRY, TOPICS) for some in ([rows[1], rows[2]], rows))
    assert both.is_reprint("one") == (rows[0].published is None or rows[0].id > "two")
    assert both.is_reprint("one") != both.is_reprint("two")
    counts = {}
    for archive in (alone, both):
        actor = archive.actors["anna-kessowa"]
        counts[len(archive.rows)] = (
            len(actor.rows), actor.mentions, len(actor.said), len(actor.said_about), len(actor.figures),
            len(actor.events), {t.id: t.briefings for t in actor.co_mentions},
        )  # fmt: skip
    assert counts[2] == counts[3]
    assert len({r.id for r in both.related["three"]} & {"one", "two"}) == 1


def test_rows_are_newest_first_and_undated_last() -> None:
    rows = [
        replace(named(n), published=p) for n, p in [("a", "2011"), ("b", None), ("c", "2024-05-01"), ("d", "2024-05")]
    ]
    archive = cross_link(rows, [], [])
    assert [r.id for r in archive.rows] == ["c", "d", "a", "b"]
    assert list(archive.years) == ["2024", "2011", ""]


def test_the_order_of_the_rows_changes_nothing() -> None:
    rows = [named("one", text(0)), named("two", text(5)), named("three", text(200))]
    assert cross_link(rows, REGISTRY, TOPICS) == cross_link(rows[::-1], REGISTRY, TOPICS)


def test_actor_has_statements_by_it_and_about_it() -> None:
    actors = cross_link([row(example())], REGISTRY, TOPICS).actors
    assert {s.id for _, s in actors["anna-kessowa"].said} == {"aaaaaaaa01", "aaaaaaaa02"}
    assert {s.id for _, s in actors["norway"].said_about} == {"aaaaaaaa04"}
    assert [t.id for t in actors["norway"].co_mentions][:1] == ["anna-kessowa"]
    assert actors["jon-barrow"].has_page


@pytest.mark.parametrize(
    ("id", "dates", "expected"),
    [
        ("2023/quay", [], "2023"),
        ("news/1999-quay", [], "1999"),
        ("2023/05/quay", [], "2023"),
        ("quay-2023", [], None),
        ("20231/quay", [], None),
        ("3023/quay", [], None),
        ("undated/quay", ["2011", "2014-05-03", None, "XXXX-05"], "2014"),
        ("2023/quay", ["2014"], "2023"),
        ("undated/quay", [], None),
    ],
)
def test_a_year_is_estimated(id: str, dates: list[str | None], expected: str | None) -> None:
    undated = builders.article(id=id, published="")
    events = tuple(builders.event(Span(0, 5), date) for date in dates)
    found = row(builders.briefing(undated, events=events))
    assert (found.published, found.estimated, found.year) == (None, expected, expected or "")
    assert row(builders.briefing(builders.article(id="2023/quay", published="2026-05-03"))).estimated is None


def test_undated_rows_are_sorted_by_their_estimated_year() -> None:
    rows = [
        replace(named(n), published=p, estimated=e)
        for n, p, e in [("a", "2011", None), ("b", None, "2023"), ("c", "2024-05-01", None), ("d", "2023-02", None)]
    ]
    archive = cross_link(rows, [], [])
    assert [r.id for r in archive.rows] == ["c", "d", "b", "a"]
    assert [r.id for r in archive.years["2023"]] == ["d", "b"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("BRUSSELS, 5 May (Coast News) - The quay opened.", "The quay opened."),
        ("SAN FERRO -- The quay opened.", "The quay opened."),
        ("OSLO/BERGEN, May 5 – The quay opened.", "The quay opened."),
        ("ST. OLA (AP) — The quay opened.", "The quay opened."),
        ("LKAB opened the quay - at last.", "LKAB opened the quay - at last."),
        ("The quay - a new one - opened.", "The quay - a new one - opened."),
        ("NATO-led ships came.", "NATO-led ships came."),
    ],
)
def test_a_dateline_is_left_out_of_the_lead(sentence: str, expected: str) -> None:
    assert without_dateline(sentence) == expected
