"""What a sentence leaves to the sentences before it: cases in tests/cases/anaphora."""

from __future__ import annotations

import pytest

from briefing.facts.anaphora import Anaphora
from briefing.facts.names import find_names
from briefing.facts.tokens import read_tree
from tests.casebook import Case, analysed, cases


@pytest.mark.parametrize("case", cases("anaphora"))
def test_sentences(case: Case) -> None:
    _, analysis = analysed(case.input)
    anaphora = Anaphora(analysis, read_tree(analysis), find_names(analysis))
    [sentence] = analysis.sentences
    assert anaphora.leans(sentence) is case.expect["leans"]
    if "needs" in case.expect:
        assert anaphora.needs(sentence) == frozenset(case.expect["needs"])
