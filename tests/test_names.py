"""Names as the reader and the repairs find them, and pronouns."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from briefing.facts.names import find_names, find_pronouns, find_subjects
from briefing.facts.tokens import read_tree
from tests.casebook import Case, analysed, cases, flat_analysis
from tests.growth import assert_grows_with_length_only


@pytest.mark.parametrize("case", cases("names"))
def test_names(case: Case) -> None:
    article, analysis = analysed(case.input)
    found: dict[str, list[str]] = {}
    for name in find_names(analysis):
        if name.label in {"PERSON", "ORG"}:
            found.setdefault(name.label, []).append(article.text[name.start : name.end])
    assert found == {k: v for k, v in case.expect.items() if v}


@pytest.mark.parametrize("case", cases("pronouns"))
def test_pronouns_and_descriptions(case: Case) -> None:
    article, analysis = analysed(case.input)
    found = [f"{article.text[w.start : w.end]} = {w.label}" for w in find_pronouns(analysis, read_tree(analysis))]
    assert found == case.expect["words"]
    if "subjects" in case.expect:
        subjects = [f"{article.text[s.start : s.end]} {s.verb}" for s in find_subjects(analysis)]
        assert subjects == case.expect["subjects"]


def test_names_never_overlap_and_lie_in_the_text() -> None:
    text = "Mr. Roth's Roth Mining (RM) met the Ministry of Ores' Anna Lund-Berg, \"Dr. No\" and J. J. O'Hara's A&B Co."
    article, analysis = analysed(text)
    names = find_names(analysis)
    assert [n.start for n in names] == sorted(n.start for n in names)
    for one, other in itertools.pairwise(names):
        assert one.end <= other.start
    for name in names:
        words = article.text[name.start : name.end]
        assert words == words.strip()
        assert analysis.tokens[name.first].start == name.start


@pytest.mark.parametrize("piece", ["( ", 'Bob ( " ', "Ministry of Trade , ", "bank Peak ", "Peak Lithium ", "Mr Peak "])
def test_work_grows_with_length_only(piece: str) -> None:
    def work(times: int) -> Callable[[], object]:
        analysis = flat_analysis(piece * times)
        return lambda: find_names(analysis)

    assert_grows_with_length_only(work)
