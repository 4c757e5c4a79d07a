"""Word forms -> stems and groups: "claims", "claimed" and "claiming" count as one word.

There is no lemmatizer in the pipeline (it would cost a third of the analysis), and none is needed: only
equality matters, so a stem need not be a word. "argues", "arguing" -> "argu"; "told" -> "tel".
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parents[2] / "data" / "cues.yaml"


@dataclass(frozen=True, slots=True)
class Lexicon:
    groups: dict[str, tuple[str, ...]]  # a verb's stem -> its groups
    nouns: frozenset[str]
    adjectives: frozenset[str]
    actions: frozenset[str]
    measures: frozenset[str]
    rules: frozenset[str]
    views: frozenset[str]
    run_on: frozenset[str]
    records: frozenset[str]
    told: frozenset[str]
    polls: frozenset[str]
    bearers: frozenset[str]
    issuing: frozenset[str]
    messages: frozenset[str]
    adverbs: frozenset[str]  # lower-case words, not stems
    hedges: frozenset[str]
    passive_hedges: frozenset[str]
    hedged_to: frozenset[str]
    function_words: frozenset[str]
    sources: frozenset[str]
    labels: frozenset[str]
    naming: frozenset[str]
    nobody: frozenset[str]
    quantifiers: frozenset[str]


@functools.cache
def _irregular() -> dict[str, str]:
    return dict(_data()["irregular"])


@functools.cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return loaded


@functools.lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What "claims", "claimed" and "claiming" have in common."""
    word = word.lower()
    word = _irregular().get(word, word)
    if len(word) > 4 and word.endswith(("ies", "ied")):
        word = word[:-3] + "y"
    elif len(word) > 5 and word.endswith("ing"):
        word = word[:-3]
    elif len(word) > 4 and word.endswith(("ed", "es")):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    while len(word) > 3 and word.endswith("e"):  # agree, agreed
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word


@functools.lru_cache(maxsize=20_000)
def is_word(text: str) -> bool:
    """Has it a letter or a digit?"""
    return any(c.isalnum() for c in text)


@functools.cache
def lexicon() -> Lexicon:
    data = _data()
    groups: dict[str, list[str]] = {}
    for group, verbs in data["verbs"].items():
        for verb in verbs:
            names = groups.setdefault(stem(verb), [])
            if group not in names:
                names.append(group)
    return Lexicon(
        groups={word: tuple(names) for word, names in groups.items()},
        nouns=frozenset(stem(w) for w in data["nouns"]),
        adjectives=frozenset(data["adjectives"]),
        actions=frozenset(stem(w) for w in data["actions"]),
        measures=frozenset(data["measures"]),
        rules=frozenset(data["rules"]),
        views=frozenset(data["views"]),
        run_on=frozenset(stem(w) for w in data["run_on"]),
        records=frozenset(data["records"]),
        polls=frozenset(data["polls"]),
        bearers=frozenset(data["bearers"]),
        told=frozenset(stem(w) for w in data["told"]),
        issuing=frozenset(stem(w) for w in data["issuing"]),
        messages=frozenset(stem(w) for w in data["messages"]),
        adverbs=frozenset(data["adverbs"]),
        hedges=frozenset(data["hedges"]),
        passive_hedges=frozenset(stem(w) for w in data["passive_hedges"]),
        hedged_to=frozenset(stem(w) for w in data["hedged_to"]),
        function_words=frozenset(data["function_words"]),
        sources=frozenset(data["sources"]),
        labels=frozenset(data["labels"]),
        naming=frozenset(stem(w) for w in data["naming"]),
        nobody=frozenset(data["nobody"]),
        quantifiers=frozenset(data["quantifiers"]),
    )
