"""How well people and bodies are found in articles that nothing was learned from, by the whole program.

    python -m training.names CORPUS.jsonl --cross-validate

Four fifths of the articles teach the weights, the last fifth is read with them: tagger, rules, agreement, roles and
linking to the registry, all that `build.py facts` does. Five times, so that each article is scored once.
A mention is right if it has the same words and kind; "the" before it and "'s" after it count for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from briefing.facts.name_tagger import Learning
from briefing.facts.names import find_names
from briefing.facts.roles import find_roles, with_holders
from briefing.link import link
from briefing.model import Analysis, Article, Reading
from briefing.registry import Registry

FOLDS = 5
KINDS = {"person": "PER", "organisation": "ORG"}
STANDINS = frozenset({"pronoun", "demonym", "title"})  # no names
POSSESSIVE = re.compile(r"\s?['’]s$")

Spans = set[tuple[int, int, str]]


class Labelled(NamedTuple):
    """An article, all that is read in it without names of people and bodies, and its right names."""

    article: Article
    analysis: Analysis
    reading: Reading
    entities: list[dict[str, Any]]


class Count(NamedTuple):
    gold: int
    found: int
    right: int

    def __str__(self) -> str:
        parts = (
            self.right / (self.found or 1),
            self.right / (self.gold or 1),
            2 * self.right / (self.gold + self.found),
        )
        return "P {:.1f}  R {:.1f}  F1 {:.1f}".format(*(100 * p for p in parts))


def cross_validate(
    cases: Sequence[Labelled], registry: Registry, learn: Callable[[Sequence[Labelled]], Learning]
) -> dict[str, Count]:
    """The counts of each kind and of both; `learn` makes weights from cases."""
    with ProcessPoolExecutor() as pool:
        scored = [pair for part in pool.map(partial(_fold, cases, registry, learn), range(FOLDS)) for pair in part]
    counts = {kind: _count(scored, {kind}) for kind in KINDS.values()}
    return {**counts, "both": _count(scored, set(KINDS.values()))}


def _fold(
    cases: Sequence[Labelled], registry: Registry, learn: Callable[[Sequence[Labelled]], Learning], fold: int
) -> list[tuple[Spans, Spans]]:
    learned = learn([case for n, case in enumerate(cases) if n % FOLDS != fold])
    return [(_right(case), set(_found(case, registry, learned))) for case in cases[fold::FOLDS]]


def _found(case: Labelled, registry: Registry, learned: Learning) -> Iterator[tuple[int, int, str]]:
    names = find_names(case.analysis, learned)
    roles = find_roles(case.analysis, names)
    reading = replace(case.reading, names=with_holders(case.analysis, names, roles), roles=roles)
    for actor in link(case.article, reading, registry).actors:
        for mention in actor.mentions:
            if actor.kind in KINDS and mention.how not in STANDINS:
                yield (*_trimmed(case.article.text, mention.start, mention.end), KINDS[actor.kind])


def _right(case: Labelled) -> Spans:
    kinds = KINDS.values()
    return {
        (*_trimmed(case.article.text, *entity["span"]), entity["type"])
        for entity in case.entities
        if entity["type"] in kinds
    }


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    if text[start : start + 4].lower() == "the ":
        start += 4
    owned = POSSESSIVE.search(text[start:end])
    return start, start + owned.start() if owned else end


def _count(scored: Iterable[tuple[Spans, Spans]], kinds: set[str]) -> Count:
    pairs = [({s for s in gold if s[2] in kinds}, {s for s in found if s[2] in kinds}) for gold, found in scored]
    return Count(sum(len(g) for g, _ in pairs), sum(len(f) for _, f in pairs), sum(len(g & f) for g, f in pairs))
