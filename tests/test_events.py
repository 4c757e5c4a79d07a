"""Events: cases in tests/cases/events, and properties of any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.facts import find_facts
from briefing.facts.dates import find_dates
from briefing.facts.events import find_events
from briefing.facts.names import find_names
from briefing.facts.tokens import read_tree
from briefing.model import Event, Span
from tests.builders import analysis, date, entity, token
from tests.casebook import Case, analysed, cases


def events_of(text: str, published: str | None = "2011-05-04") -> tuple[str, tuple[Event, ...]]:
    article, analysis = analysed(text, published=published)
    return article.text, find_events(analysis, find_dates(analysis, article), find_names(analysis), read_tree(analysis))


@pytest.mark.parametrize("case", cases("events"))
def test_events(case: Case) -> None:
    text, events = events_of(case.input, case.meta.get("published", "2011-05-04"))
    found = [{"words": text[e.start : e.end], "date": e.date, "rule": e.rule} for e in events]
    assert [f["date"] for f in found] == [e["date"] for e in case.expect]
    for event, expected in zip(found, case.expect, strict=True):
        assert {key: event[key] for key in expected} == expected


@settings(max_examples=150)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=30), st.data())
def test_any_syntax_gives_events_inside_the_text(heads: list[int], data: st.DataObject) -> None:
    tags = st.sampled_from(["VBD", "VB", "VBN", "NN", "NNP", "IN", "RB", "PRP", "VBZ"])
    deps = st.sampled_from(["ROOT", "nsubj", "conj", "ccomp", "prep", "pobj", "advcl", "aux", "relcl"])
    tokens = tuple(token(i * 4, "was", data.draw(tags), data.draw(deps), min(head, i)) for i, head in enumerate(heads))
    end = len(tokens) * 4 - 1
    parsed = analysis("was " * len(tokens), tokens)
    at = data.draw(st.integers(0, len(tokens) - 1)) * 4
    for event in find_events(parsed, (date(Span(at, at + 3), "2011"),), (entity(0, 3),), read_tree(parsed)):
        assert 0 <= event.start <= at < event.end <= end


def test_very_long_sentence_has_no_events() -> None:
    text = "Norway closed the mine on 3 May 2009 and " * 60 + "left."
    assert events_of(text)[1] == ()


NEWS = (
    (
        "Norway has bought two ships from Chile. They sail in autumn, its navy said.",
        "2011-05-04",
        [("reported", "/2011-05-04")],
    ),
    ("Norway has bought two ships from Chile. They sail in autumn, its navy said.", None, [("reported", None)]),
    (
        "Norsk Tin said on Monday that it has found ore near Tolmen. The find is small.",
        "2011-05-04",
        [("announced", "2011-05-02")],
    ),
    (
        "A baker was jailed on Monday after a fire. Bo Lind had let flour dust gather.",
        "2011-05-04",
        [("past", "2011-05-02")],
    ),
    (
        "Norsk Tin said on Monday it would lease ten ships from Solan. The crews come with them.",
        "2011-05-02",
        [("announced", "2011-05-02")],
    ),
    ("Norway has not bought two ships from Chile. They sail in autumn, its navy said.", "2011-05-04", []),
    ("Norway has long wanted two ships from Chile. They sail in autumn, its navy said.", "2011-05-04", []),
    ("Norway might have bought two ships from Chile. They sail in autumn, its navy said.", "2011-05-04", []),
)


@pytest.mark.parametrize(("text", "published", "expected"), NEWS)
def test_news_without_a_date_is_an_event(
    text: str, published: str | None, expected: list[tuple[str, str | None]]
) -> None:
    found = find_facts(*analysed(text, published=published))
    assert [(e.rule, e.date) for e in found.events] == expected
