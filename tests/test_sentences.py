"""Sentence boundaries, despite abbreviations and numbers."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.language_model import sentence_starts
from tests.casebook import analysed, cases

PIECES = [
    "Lt.",
    "Gen.",
    "Mr.",
    "U.S.",
    "No.",
    "5",
    "B.",
    "Inc.",
    "The",
    "Verne",
    "said",
    "month.",
    "“",
    "”",
    '"',
    ")",
    ",",
    "...",
    " ",
]
TEXT = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join))


@pytest.mark.parametrize("case", cases("sentences"))
def test_sentence_starts(case):
    starts = sentence_starts(case.input)
    begun = [case.input[a:b] for a, b in zip(starts, [*starts[1:], None], strict=True)]
    assert len(begun) == len(case.expect), begun
    assert all(sentence.startswith(first) for sentence, first in zip(begun, case.expect, strict=True)), begun


@given(TEXT)
def test_sentences_begin_in_order_and_each_has_a_word(text):
    starts = sentence_starts(text)
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    sentences = [text[a:b] for a, b in zip(starts, [*starts[1:], None], strict=True)]
    assert all(re.search(r"\w", sentence) for sentence in sentences[1:])


def test_model_keeps_given_sentence_boundaries():
    article, analysis = analysed(
        "Reps. Ada Verne (D-Va.), Bo Lind and Lt. Gen. Carl Dorn met last month. Lund did not."
    )
    assert [article.text[s.start : s.start + 9] for s in analysis.sentences] == ["Reps. Ada", "Lund did "]
