"""Roles: cases in tests/cases/roles, and properties of any text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.facts.names import find_names
from briefing.facts.roles import find_roles, with_holders
from briefing.facts.roles.titles import Names, find_titles
from briefing.facts.tokens import read_tree
from briefing.model import Role, Span
from tests.casebook import Case, analysed, cases, flat_analysis
from tests.growth import assert_grows_with_length_only


def found(role: Role, text: str) -> dict[str, Any]:
    def words(span: Span | None) -> str | None:
        return text[span.start : span.end] if span else None

    return {"title": role.title, "holder": words(role.holder), "body": words(role.body)}


@pytest.mark.parametrize("case", cases("roles"))
def test_roles(case: Case) -> None:
    article, analysis = analysed(case.input)
    roles = find_roles(analysis, find_names(analysis), read_tree(analysis))
    got = [found(r, article.text) for r in roles]
    assert [{key: g[key] for key in e} for g, e in zip(got, case.expect, strict=False)] == case.expect
    assert len(got) == len(case.expect), got
    for role in roles:
        parts = [role.holder, *([role.body] if role.body else [])]
        assert all(role.start <= p.start < p.end <= role.end for p in parts)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("US Deputy Secretary of State Tom Carter admitted it.", ["Deputy Secretary of State"]),
        ("Petra Holm, chief geologist of Vantor Metals, left.", ["chief geologist"]),
        ("The minister met the president of Chile.", ["minister", "president"]),
        ("Nothing here is a title.", []),
    ],
)
def test_titles_hold_the_words_of_a_title_and_no_name(text: str, titles: list[str]) -> None:
    _, analysis = analysed(text)
    found = find_titles(analysis, Names(analysis.entities))
    words = [analysis.tokens[t.first : t.last] for t in found]
    assert [text[w[0].start : w[-1].end] for w in words] == titles


PIECES = (
    "deputy",
    "chief",
    "of",
    "the",
    "Secretary",
    "Tom",
    "Carter",
    ",",
    "state",
    "and",
    "for",
    "who",
    "heads",
    "Sen.",
)
WORDS = st.sampled_from(
    (*PIECES, "named", "as", "is", "'s", "-", "general", "Vice", "President", "(", "45", "to", "in")
)


@settings(max_examples=300)
@given(st.lists(WORDS, max_size=40))
def test_any_words_give_roles_inside_the_text(words: list[str]) -> None:
    analysis = flat_analysis(" ".join(words))
    for role in find_roles(analysis, (), read_tree(analysis)):
        assert 0 <= role.start <= role.holder.start < role.holder.end <= role.end <= len(analysis.text)
        assert role.title


@pytest.mark.parametrize(
    "piece", ["deputy ", "Secretary of State ", "chief and ", "president of the ", "Tom Carter , "]
)
def test_work_grows_with_length_only(piece: str) -> None:
    def work(times: int) -> Callable[[], object]:
        analysis = flat_analysis(piece * times)
        return lambda: find_roles(analysis, (), read_tree(analysis))

    assert_grows_with_length_only(work)


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("Anna Lind, a former engineer at Norrland Kraftverk, testified.", "Norrland Kraftverk"),
        ("Anna Lind, governor of Ohio, testified.", None),
    ],
)
def test_role_names_the_whole_organisation(words: str, body: str | None) -> None:
    article, analysis = analysed(words)
    names = find_names(analysis)
    held = with_holders(analysis, names, find_roles(analysis, names, read_tree(analysis)))
    bodies = [article.text[n.start : n.end] for n in held if n.label == "ORG"]
    assert bodies == ([body] if body else [])
