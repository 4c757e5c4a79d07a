"""Texts -> which of them are one text, or nearly.

The work grows with the number of texts, not with its square: only texts whose sketches (similarity.py) meet are
compared, and texts with the same words are found by one hash.

    near_duplicates({"a": "The mine at Oldby ...", "b": "The mine at Oldby ..."})   ->   [Pair("a", "b", 1.0)]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from briefing.facts.text_issues import WORDS
from briefing.model import Note
from briefing.text import similarity

NAMED = 3  # other texts that a note names


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, the first by name first, and the share of their word sequences that both have."""

    one: str
    other: str
    likeness: float  # 1.0: the same words in the same order

    @property
    def exact(self) -> bool:
        return self.likeness == 1.0


def near_duplicates(texts: Mapping[str, str]) -> list[Pair]:
    """Every pair of texts that are alike, the most alike first."""
    return pairs({name: fingerprint(text) for name, text in texts.items()})


Fingerprint = tuple[str, tuple[int, ...]]  # of all its words; of a sample of its word sequences


def fingerprint(text: str) -> Fingerprint:
    """What of a text is compared: small, and the same for the same words whatever stands between them."""
    return similarity.whole(text), similarity.sketch(text)


def pairs(prints: Mapping[str, Fingerprint]) -> list[Pair]:
    same: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(prints):
        if prints[name][1]:  # a text without words is like no other
            same[prints[name][0]].append(name)
    first = {names[0]: prints[names[0]][1] for names in same.values()}
    found = {(names[0], other): 1.0 for names in same.values() for other in names[1:]}
    for name, others in similarity.twins(first).items():
        for other in others:
            # a sketch is a sample: two that agree in all of it may still differ in a word
            found[min(name, other), max(name, other)] = min(0.99, similarity.likeness(first[name], first[other]))
    return sorted((Pair(*names, likeness) for names, likeness in found.items()), key=_most_alike)


def notes(prints: Mapping[str, Fingerprint], called: Mapping[str, str]) -> dict[str, tuple[Note, ...]]:
    """For each text that is nearly another one, a note that names the others by what they are `called`."""
    others: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for pair in pairs(prints):
        others[pair.one].append((pair.likeness, called[pair.other]))
        others[pair.other].append((pair.likeness, called[pair.one]))
    return {name: (_note(found),) for name, found in others.items()}


def _note(others: list[tuple[float, str]]) -> Note:
    first = [name for _, name in sorted(others, key=lambda o: (-o[0], o[1]))]
    severity, message = WORDS.messages["near-duplicate"]
    more = f" and {len(first) - NAMED} more" if len(first) > NAMED else ""
    return Note("near-duplicate", severity, message.format(words=", ".join(first[:NAMED]) + more))


def _most_alike(pair: Pair) -> tuple[float, str, str]:
    return -pair.likeness, pair.one, pair.other
