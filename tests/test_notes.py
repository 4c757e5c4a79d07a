"""What a reader should distrust: cases in tests/cases/notes, and what holds for any text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.clean import clean
from briefing.facts.dates import find_dates
from briefing.facts.figures import find_figures
from briefing.facts.notes import MESSAGES, MOST, find_notes
from briefing.model import Analysis, Article, Block, Note, Reading, Removed
from tests.casebook import Case, analysed, cases, flat_analysis, source
from tests.growth import assert_grows_with_length_only

EMPTY = Reading((), (), (), ())


def notes_of(article: Article, analysis: Analysis) -> tuple[Note, ...]:
    dates = find_dates(analysis, article)
    return find_notes(article, analysis, replace(EMPTY, dates=dates, figures=find_figures(analysis, dates))).notes


@pytest.mark.parametrize("case", cases("notes"))
def test_notes(case: Case) -> None:
    article, analysis = analysed(case.input, **{"title": "A title", "published": "2011-05-04"} | case.meta)
    notes = notes_of(article, analysis)
    placed = [[n.code, article.text[n.start : n.end] if n.start is not None else None] for n in notes]
    assert placed == case.expect
    assert all(n.severity in {"info", "warning"} and n.message.endswith((".", ").")) for n in notes)


def test_what_was_set_aside_is_told_once_and_no_note_stands_in_it() -> None:
    article, analysis = analysed("The mine opened in May.\n\nBuy the the ** lamp now!")
    start = article.text.index("Buy")
    article = replace(article, removed=(Removed(start, len(article.text), "advertisement", "Share buttons"),))
    (note,) = find_notes(article, replace(analysis, tokens=analysis.tokens[:6]), EMPTY).notes
    assert (note.code, note.severity, note.start) == ("removed-text", "info", start)
    assert note.message == "1 passage removed (share buttons); not used for facts."


def test_a_flood_of_notes_is_counted() -> None:
    text = "\n\n".join(f"He said: “This is line {i}." for i in range(30))
    text = text.replace("\n\n", " So it was.\n\nThen ")
    notes = notes_of(flat(text), flat_analysis(text))
    assert len([n for n in notes if n.start is not None]) == MOST
    assert str(30 - MOST) in notes[-1].message


def test_every_message_is_whole() -> None:
    for severity, message in MESSAGES.values():
        assert severity in {"info", "warning"}
        assert message.format(words="W", count=3, reason="R")


def flat(text: str) -> Article:
    """An article of one paragraph a line, as the cleaner would give it without looking."""
    article = clean(source("x", title="T", published="2011", language="en"))
    at, blocks = 0, []
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block("paragraph", at, at + len(line)))
        at += len(line) + 1
    return replace(article, text=text, blocks=tuple(blocks), removed=(), hidden=())


SIGNS = st.sampled_from([*'“”"„“*[]○(), .\n', "word", "the ", "and ", "XX ", "磁", "U.S. ", "``", "''", "redacted"])


@settings(max_examples=300, deadline=None)
@given(st.lists(SIGNS, max_size=60).map("".join))
def test_any_text_gives_notes_with_places_inside_it(text: str) -> None:
    for note in notes_of(flat(text), flat_analysis(text)):
        if note.start is not None and note.end is not None:
            assert 0 <= note.start < note.end <= len(text)
            assert text[note.start : note.end].strip() == text[note.start : note.end]


@pytest.mark.parametrize(
    "piece", ["“ ", "the the ", "a. b ", "word. next ", "** x ", '" ', "磁 ", "x and x ", "[a b] ", "\n“x"]
)
def test_work_grows_with_length_only(piece: str) -> None:
    def work(times: int) -> Callable[[], object]:
        text = piece * times
        article, analysis = flat(text), flat_analysis(text)
        return lambda: find_notes(article, analysis, EMPTY)

    assert_grows_with_length_only(work)
