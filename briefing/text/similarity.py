"""Texts -> which of them are one text printed twice.

A sketch of a text is the smallest of the hashes of its word sequences; two sketches share about as much as
their texts do (bottom-k sketches, Broder 1997). Only rows whose sketches meet are compared, so the work grows
with the archive and not with its square.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

WORD = re.compile(r"\w+")
SEQUENCE = 4  # words: shorter ones are shared by texts on one subject
SIZE = 64  # hashes a sketch: tells 0.3 from 0.5 with some certainty
ALIKE = 0.3  # of the sequences shared; articles on one event written apart share under 0.05, reprints over 0.5
CROWD = 50  # texts that are looked at for one sequence: of a text printed a thousand times, fifty are told


def sketch(text: str) -> tuple[int, ...]:
    words = [w.casefold() for w in WORD.findall(text)]
    sequences = (
        {" ".join(words[i : i + SEQUENCE]) for i in range(max(1, len(words) - SEQUENCE + 1))} if words else set()
    )
    return tuple(sorted({zlib.crc32(s.encode("utf-8", "surrogatepass")) for s in sequences})[:SIZE])


def whole(text: str) -> str:
    """A hash of all the words of a text in their order."""
    words = " ".join(w.casefold() for w in WORD.findall(text))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def likeness(a: tuple[int, ...], b: tuple[int, ...]) -> float:
    """The share of all word sequences of two texts that both have, as their sketches tell it."""
    smallest = sorted({*a, *b})[: min(SIZE, max(len(a), len(b)))]
    both = set(a) & set(b)
    return sum(1 for h in smallest if h in both) / len(smallest) if smallest else 0.0


def twins(sketches: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[str, ...]]:
    """For each text the others that are nearly the same, the most alike first."""
    holders: defaultdict[int, list[str]] = defaultdict(list)
    for name, hashes in sketches.items():
        for value in hashes:
            holders[value].append(name)
    found: dict[str, tuple[str, ...]] = {}
    for name, hashes in sketches.items():
        scored = [(likeness(hashes, sketches[other]), other) for other in _neighbours(name, hashes, holders)]
        alike = sorted(((score, other) for score, other in scored if score >= ALIKE), key=lambda p: (-p[0], p[1]))
        if alike:
            found[name] = tuple(other for _, other in alike)
    return found


def _neighbours(name: str, hashes: Iterable[int], holders: Mapping[int, list[str]]) -> list[str]:
    shared = Counter(other for value in hashes for other in holders[value][:CROWD])
    return [other for other, count in shared.items() if other != name and count >= SIZE * ALIKE / 2]
