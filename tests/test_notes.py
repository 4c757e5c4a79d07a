"""Notes: cases in tests/cases/notes, and properties of any text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.clean import clean
from briefing.facts.dates import find_dates
from briefing.facts.figures import find_figures
from briefing.facts.notes import MOST, find_notes
from briefing.facts.text_issues import WORDS
from briefing.model import Analysis, Article, Note
from tests.builders import block, reading, removed, source
from tests.casebook import Case, analysed, cases, flat_analysis
from tests.growth import assert_grows_with_length_only

EMPTY = reading()


def notes_of(article: Article, analysis: Analysis) -> tuple[Note, ...]:
    dates = find_dates(analysis, article)
    return find_notes(article, analysis, reading(dates=dates, figures=find_figures(analysis, dates))).notes


@pytest.mark.parametrize("case", cases("notes"))
def test_notes(case: Case) -> None:
    article, analysis = analysed(case.input, **{"title": "A title", "published": "2011-05-04"} | case.meta)
    notes = notes_of(article, analysis)
    placed = [[n.code, article.text[n.start : n.end] if n.start is not None else None] for n in notes]
    assert placed == case.expect
    assert all(n.severity in {"info", "warning"} and n.message.endswith((".", ").")) for n in notes)


def test_removed_passage_has_one_note_and_no_other() -> None:
    article, analysis = analysed("The mine opened in May.\n\nBuy the the ** lamp now!")
    start = article.text.index("Buy")
    article = replace(article, removed=(removed(start, len(article.text), reason="Share buttons"),))
    (note,) = find_notes(article, replace(analysis, tokens=analysis.tokens[:6]), EMPTY).notes
    assert (note.code, note.severity, note.start) == ("removed-text", "info", start)
    assert note.message == "1 passage removed (share buttons); not used for facts."


@pytest.mark.parametrize(
    ("text", "meta", "told", "not_told"),
    [
        ("The mine opened.", {"published": None}, "no publication date.", "yesterday"),
        ("The mine opened yesterday.", {"published": None}, "cannot be dated", "nothing"),
        ("The firm is known for its 磁铁 in the north.", {}, "“磁铁” is in another script.", "translation"),
        (
            "Translated automatically from Spanish\n\nThe mine opens\n\nThe firm is known for its 磁铁 in the north.",
            {}, "The translation may be incomplete.", "nothing",
        ),
    ],
)  # fmt: skip
def test_notes_say_no_more_than_the_article_shows(text: str, meta: dict[str, None], told: str, not_told: str) -> None:
    article, analysis = analysed(text, **{"title": "A title", "published": "2011-05-04"} | meta)
    messages = " ".join(n.message for n in notes_of(article, analysis) if n.code != "machine-translated")
    assert told in messages
    assert not_told not in messages


def test_excess_notes_are_counted() -> None:
    text = "\n\n".join(f"He said: “This is line {i}." for i in range(30))
    text = text.replace("\n\n", " So it was.\n\nThen ")
    notes = notes_of(flat(text), flat_analysis(text))
    assert len([n for n in notes if n.start is not None]) == MOST
    assert str(30 - MOST) in notes[-1].message


def test_every_message_is_complete() -> None:
    for severity, message in WORDS.messages.values():
        assert severity in {"info", "warning"}
        assert message.format(words="W", count=3, reason="R")


def flat(text: str) -> Article:
    """An article with one paragraph per line and nothing removed."""
    article = clean(source("x", title="T", published="2011", language="en"))
    at, blocks = 0, []
    for line in text.split("\n"):
        if line.strip():
            blocks.append(block(at, at + len(line)))
        at += len(line) + 1
    return replace(article, text=text, blocks=tuple(blocks), removed=(), hidden=())


SIGNS = st.sampled_from([*'“”"„“*[]○(), .\n', "word", "the ", "and ", "XX ", "磁", "U.S. ", "``", "''", "redacted"])


@settings(max_examples=300)
@given(st.lists(SIGNS, max_size=60).map("".join))
def test_notes_of_any_text_lie_inside_it(text: str) -> None:
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
