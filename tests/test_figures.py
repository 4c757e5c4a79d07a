"""Figures: cases in tests/cases/figures, and properties of any text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.facts.dates import find_dates
from briefing.facts.figures import find_figures
from briefing.facts.figures.origins import with_origins
from briefing.facts.numbers import ATOM, read_digits, read_number
from briefing.facts.tokens import cut, read_tree
from briefing.model import Figure, Span
from tests import builders
from tests.casebook import Case, analysed, cases, flat_analysis, plain_tokens
from tests.growth import assert_grows_with_length_only


def found(figure: Figure, text: str) -> dict[str, Any]:
    whose = figure.subject_span
    return {
        "text": text[figure.start : figure.end],
        "value": figure.value,
        "high": figure.high,
        "unit": figure.unit,
        "measure": figure.measure,
        "qualifier": figure.qualifier,
        "subject": text[whose.start : whose.end] if whose else None,
        "as_of": figure.as_of,
    }


@pytest.mark.parametrize("case", cases("figures"))
def test_figures(case: Case) -> None:
    article, analysis = analysed(case.input)
    dates = find_dates(analysis, article)
    dated = with_origins(find_figures(analysis, dates), dates, (), analysis, read_tree(analysis))
    figures = [found(f, article.text) for f in dated]
    assert [f["text"] for f in figures] == [e["text"] for e in case.expect]
    for figure, expected in zip(figures, case.expect, strict=True):
        assert {key: figure[key] for key in expected} == expected
        assert figure["high"] == expected.get("high")


def test_figure_inside_a_date_is_dropped() -> None:
    article, analysis = analysed("The ministry opened 30 plants.")
    (figure,) = find_figures(analysis, ())
    date = builders.date(Span(figure.start, figure.end), None, "unknown")
    assert find_figures(analysis, (date,)) == ()
    assert article.text[figure.start : figure.end] == "30"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("one hundred and twenty", 120),
        ("three hundred and five thousand two hundred", 305_200),
        ("two million three hundred thousand", 2_300_000),
        ("ninety-nine", 99),
        ("twelve hundred", 1200),
        ("a quarter of a million", 250_000),
        ("1.5 million", 1_500_000),
        ("2 1/2", 2.5),
        ("1,00,000", 100_000),
        ("hundreds of millions", 100_000_000),
    ],
)
def test_numbers_in_words_and_digits(words: str, value: float) -> None:
    tokens = plain_tokens(words)
    atoms = cut(tokens, 0, len(tokens), ATOM)
    number = read_number(atoms, 0)
    assert number is not None
    assert (number.value, number.end) == (value, atoms.size)


@given(st.integers(0, 999_999_999))
def test_digits_are_read_with_and_without_commas(n: int) -> None:
    assert read_digits(str(n)) == n
    assert read_digits(f"{n:,}") == n


PIECES = (
    *("one", "two", "a", "half", "and", "of", "million", "hundred", "hundreds", "-", "$", "%", "percent", "to", "5"),
    *("point", "quarter-point", "000", "~", "Rs.", "won", "5p", "pence", "dollars", "cents", "8pc", "1'000", "mark"),
    *("3.5", "1/2", "/", "US", "in", "out", "between", "from", "tons", "km", "US$", "bn", "third", "¥", "dozen", "few"),
)
WORDS = st.sampled_from(PIECES)


@settings(max_examples=300)
@given(st.lists(WORDS, max_size=40))
def test_any_words_give_ordered_figures_inside_the_text(words: list[str]) -> None:
    analysis = flat_analysis(" ".join(words))
    last = 0
    for figure in find_figures(analysis, ()):
        assert last <= figure.start < figure.end <= len(analysis.text)
        assert figure.high is None or figure.high > figure.value
        last = figure.end


def test_markup_inside_a_number_keeps_offsets_inside_the_token() -> None:
    token = builders.token(10, "90%x", "CD", "ROOT", end=17)
    assert all((a.start, a.end) == (10, 17) for a in cut([token], 0, 1, ATOM).pieces)


@pytest.mark.parametrize(
    "piece",
    [
        "one hundred thousand and ",
        "3-",
        "$5 to ",
        "1 of 2 of ",
        "half a ",
        "5 m ",
        "US$ ",
        "1 000 ",
        "one point ",
        "two dollars and ",
        "a quarter-",
        "1 ~ ",
        "$$$$",
        "1,1,1,1",
        "Rs. 1 ",
    ],
)
def test_work_grows_with_length_only(piece: str) -> None:
    def work(times: int) -> Callable[[], object]:
        analysis = flat_analysis(piece * times)
        return lambda: find_figures(analysis, ())

    assert_grows_with_length_only(work)
