"""Ambiguous names: never a wrong link, and a note where the article does not decide."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from briefing.facts import find_facts
from briefing.link import link
from briefing.model import Briefing
from briefing.registry import Registry, check_registry, make_registry
from tests.casebook import CASES, analysed

ROOT = Path(__file__).parent.parent
SHIPPED = ("ambiguous_second.yaml", "namesakes.yaml")  # cases with the shipped registry
ENTRIES: list[dict[str, Any]] = [
    {**entry, "file": name}
    for name in ("ambiguous.yaml", *SHIPPED)
    for entry in yaml.safe_load((CASES / "link" / name).read_text(encoding="utf-8"))
]
ENOUGH = 80  # mentions
RIGHT = 0.8  # of mentions of registered actors


class Answer(NamedTuple):
    words: str
    expected: str
    linked: str
    noted: bool


@functools.cache
def registry() -> Registry:
    countries, _ = check_registry(ROOT / "actors")
    namesakes, problems = check_registry(ROOT / "tests" / "actors")
    assert not [p for p in problems if p.severity == "error" and p.code != "unknown-actor"]
    return make_registry([*(a for a in countries.actors if a.kind == "country"), *namesakes.actors])


@functools.cache
def shipped() -> Registry:
    return make_registry(check_registry(ROOT / "actors")[0].actors)


@functools.cache
def briefing(number: int) -> Briefing:
    entry = ENTRIES[number]
    article, analysis = analysed(entry["text"], published=entry.get("published"))
    known = shipped() if entry["file"] in SHIPPED else registry()
    return link(article, find_facts(article, analysis), known)


def answers(number: int) -> list[Answer]:
    found = []
    read = briefing(number)
    for wanted, expected in ENTRIES[number]["expect"].items():
        words, _, nth = wanted.partition("#")
        places = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", read.article.text)]
        start, end = places[int(nth or 1) - 1]
        linked = {
            a.id
            for a in read.actors
            for m in a.mentions
            if a.status == "registered" and m.start < end and start < m.end and m.how != "pronoun"
        }
        noted = any(
            n.code == "ambiguous-name" and n.start is not None and n.start < end and start < (n.end or 0)
            for n in read.notes
        )
        found.append(Answer(wanted, expected, " ".join(sorted(linked)) or "none", noted))
    return found


def _marked(known: str) -> list[Any]:
    """Return the entries as parameters; one that gives a reason under `known` is expected to fail."""
    marks = [[pytest.mark.xfail(strict=True, reason=e[known])] if known in e else [] for e in ENTRIES]
    return [pytest.param(n, id=e["label"], marks=marks[n]) for n, e in enumerate(ENTRIES)]


@pytest.mark.parametrize("number", _marked("wrong"))
def test_no_wrong_link(number: int) -> None:
    wrong = [a for a in answers(number) if a.linked not in {a.expected, "none"}]
    assert not wrong


@pytest.mark.parametrize("number", _marked("fails"))
def test_ambiguous_names_are_noted(number: int) -> None:
    silent = [a for a in answers(number) if a.expected != "none" and a.linked == "none" and not a.noted]
    assert not silent


def test_most_names_are_linked() -> None:
    every = [a for number in range(len(ENTRIES)) for a in answers(number)]
    named = [a for a in every if a.expected != "none"]
    right = [a for a in named if a.linked == a.expected]
    assert len(every) >= ENOUGH
    assert len(right) >= RIGHT * len(named), f"{len(right)} of {len(named)}"
