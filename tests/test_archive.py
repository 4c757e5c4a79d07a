"""What belongs together: reprints, agreeing figures, related briefings, order."""

from __future__ import annotations

from dataclasses import replace

from example_briefing import REGISTRY, TOPICS, article, example
from hypothesis import given
from hypothesis import strategies as st

from briefing.archive import cross_link, duplicates
from briefing.archive.summaries import Row, row

WORDS = [f"word{n}" for n in range(400)]


def text(start: int, count: int = 200) -> str:
    return " ".join(WORDS[start : start + count])


def named(name: str, words: str = "", **meta: str) -> Row:
    of = replace(example().article, source=article(name=name, **meta).source)
    return replace(row(replace(example(), article=of)), id=name, signature=duplicates.signature(words or name))


def test_a_text_with_a_new_beginning_is_a_reprint_and_another_text_is_not() -> None:
    found = duplicates.near_duplicates(
        {"a": duplicates.signature(text(0)), "b": duplicates.signature(text(20)), "c": duplicates.signature(text(200))}
    )
    assert found == {"a": ("b",), "b": ("a",)}


def test_a_text_printed_a_thousand_times_is_known_as_a_reprint() -> None:
    found = duplicates.near_duplicates({f"n{i}": duplicates.signature(text(0)) for i in range(1000)})
    assert len(found) == 1000


@given(st.text(max_size=200), st.text(max_size=200))
def test_similarity_is_between_none_and_all_and_the_same_both_ways(one: str, other: str) -> None:
    a, b = duplicates.signature(one), duplicates.signature(other)
    assert 0 <= duplicates.similarity(a, b) == duplicates.similarity(b, a) <= 1
    assert not a or duplicates.similarity(a, a) == 1


def test_reprints_count_as_one_source_and_are_not_offered_as_related() -> None:
    rows = [named("one", text(0)), named("two", text(5)), named("three", text(200))]
    archive = cross_link(rows, REGISTRY, TOPICS)
    assert archive.reprints == {"one": ("two",), "two": ("one",)}
    assert archive.independent(["one", "two", "three"]) == 2
    assert [r.id for r in archive.related["one"]] == ["three"]


def test_a_figure_is_corroborated_by_others_but_not_by_a_reprint() -> None:
    rows = [named("one", text(0)), named("two", text(5)), named("three", text(200))]
    agreeing = cross_link(rows, REGISTRY, TOPICS).agreeing
    assert [r.id for r, _ in agreeing["one", "bbbbbbbb01"]] == ["three"]
    assert {r.id for r, _ in agreeing["three", "bbbbbbbb01"]} == {"one", "two"}
    assert ("one", "bbbbbbbb03") not in agreeing, "a figure without a measure agrees with nothing"


def test_rows_come_latest_first_and_undated_ones_last() -> None:
    rows = [
        replace(named(n), published=p) for n, p in [("a", "2011"), ("b", None), ("c", "2024-05-01"), ("d", "2024-05")]
    ]
    archive = cross_link(rows, [], [])
    assert [r.id for r in archive.rows] == ["c", "d", "a", "b"]
    assert list(archive.years) == ["2024", "2011", ""]


def test_the_order_of_the_rows_changes_nothing() -> None:
    rows = [named("one", text(0)), named("two", text(5)), named("three", text(200))]
    assert cross_link(rows, REGISTRY, TOPICS) == cross_link(rows[::-1], REGISTRY, TOPICS)


def test_an_actor_knows_what_it_said_and_what_was_said_about_it() -> None:
    actors = cross_link([row(example())], REGISTRY, TOPICS).actors
    assert {s.id for _, s in actors["anna-kessowa"].said} == {"aaaaaaaa01", "aaaaaaaa02"}
    assert {s.id for _, s in actors["norway"].said_about} == {"aaaaaaaa04"}
    assert [t.id for t in actors["norway"].co_mentions][:1] == ["anna-kessowa"]
    assert actors["jon-barrow"].has_page
