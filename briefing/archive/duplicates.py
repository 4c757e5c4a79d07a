"""Find texts that are the same or nearly the same, such as reprints.

A signature is a small sample of a text's word sequences: the smallest of their hashes (bottom-k sketches, Broder 1997).
Two signatures share about as much as their texts do. Only texts whose signatures share a hash are compared, so the work
grows with the number of texts and not with its square. A hash of all words finds equal texts.

    find_pairs({"a": fingerprint("The mine at Oldby ..."), "b": fingerprint("The mine at Oldby ...")})
        ->  [Pair("a", "b", 1.0)]
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from briefing.facts.text_issues import WORDS
from briefing.model import Note

WORD = re.compile(r"\w+")
SEQUENCE = 4  # words; texts on one subject share many shorter sequences
SIGNATURE_SIZE = 64  # hashes: enough to tell a similarity of 0.3 from 0.5
MIN_SIMILARITY = 0.3  # separate articles on one event share under 0.05 of their sequences, reprints over 0.5
MAX_PER_HASH = 50  # texts compared for one hash; of a text printed a thousand times, fifty are enough
MAX_NAMED = 3  # other texts that a note names

Signature = tuple[int, ...]
T = TypeVar("T")


def signature(text: str) -> Signature:
    """Return the smallest hashes of the text's word sequences, sorted; none for a text without words."""
    words = [w.casefold() for w in WORD.findall(text)]
    starts = range(max(1, len(words) - SEQUENCE + 1)) if words else ()
    sequences = {" ".join(words[i : i + SEQUENCE]) for i in starts}
    return tuple(sorted({zlib.crc32(s.encode("utf-8", "surrogatepass")) for s in sequences})[:SIGNATURE_SIZE])


def similarity(a: Signature, b: Signature) -> float:
    """Estimate the share of word sequences that two texts have in common."""
    smallest = sorted({*a, *b})[: min(SIGNATURE_SIZE, max(len(a), len(b)))]
    both = set(a) & set(b)
    return sum(1 for h in smallest if h in both) / len(smallest) if smallest else 0.0


def most_similar(text: Signature, others: Iterable[tuple[Signature, T]]) -> T | None:
    """Return the other text that is most like this one, if any is nearly the same."""
    scored = ((similarity(text, signature), other) for signature, other in others)
    share, best = max(scored, key=lambda found: found[0], default=(0.0, None))
    return best if share >= MIN_SIMILARITY else None


def near_duplicates(signatures: Mapping[str, Signature]) -> dict[str, tuple[str, ...]]:
    """Return for each text the others that are nearly the same, most similar first."""
    texts_with: defaultdict[int, list[str]] = defaultdict(list)
    for name, hashes in signatures.items():
        for value in hashes:
            texts_with[value].append(name)
    # Most hashes are in one text only: leaving them out saves a third of the time.
    shared = {value: names[:MAX_PER_HASH] for value, names in texts_with.items() if len(names) > 1}
    sets = {name: frozenset(hashes) for name, hashes in signatures.items()}
    found: dict[str, tuple[str, ...]] = {}
    for name, hashes in signatures.items():
        scored = [
            (similarity(hashes, signatures[other]), other)
            for other in _neighbours(name, hashes, shared)
            # Both have at least as many hashes in common as the sample of both. Most pairs do not have enough.
            if len(sets[name] & sets[other]) >= MIN_SIMILARITY * min(SIGNATURE_SIZE, max(len(hashes), len(sets[other])))
        ]
        alike = sorted((pair for pair in scored if pair[0] >= MIN_SIMILARITY), key=lambda p: (-p[0], p[1]))
        if alike:
            found[name] = tuple(other for _, other in alike)
    return found


def _neighbours(name: str, hashes: Iterable[int], texts_with: Mapping[int, list[str]]) -> list[str]:
    counts = Counter(chain.from_iterable(texts_with.get(value, ()) for value in hashes))
    return [n for n, count in counts.items() if count >= SIGNATURE_SIZE * MIN_SIMILARITY / 2 and n != name]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, in the order of their names, and the share of their word sequences that both have."""

    one: str
    other: str
    similarity: float  # 1.0: the same words in the same order

    @property
    def exact(self) -> bool:
        return self.similarity == 1.0


Fingerprint = tuple[str, Signature]  # a hash of all words in order; the signature


def fingerprint(text: str) -> Fingerprint:
    """Return what is compared of a text; punctuation and spaces do not count."""
    words = " ".join(w.casefold() for w in WORD.findall(text))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest(), signature(text)


def find_pairs(prints: Mapping[str, Fingerprint]) -> list[Pair]:
    """Return every pair of similar texts, most similar first."""
    same: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(prints):
        if prints[name][1]:  # texts without words are not duplicates of each other
            same[prints[name][0]].append(name)
    first = {names[0]: prints[names[0]][1] for names in same.values()}
    found = {(names[0], other): 1.0 for names in same.values() for other in names[1:]}
    for name, others in near_duplicates(first).items():
        for other in others:  # equal signatures do not prove equal texts: they are samples
            found[min(name, other), max(name, other)] = min(0.99, similarity(first[name], first[other]))
    return [Pair(*names, value) for names, value in sorted(found.items(), key=lambda f: (-f[1], f[0]))]


def duplicate_notes(prints: Mapping[str, Fingerprint], titles: Mapping[str, str]) -> dict[str, tuple[Note, ...]]:
    """Return for each text that nearly equals others a note that names them by their `titles`."""
    others: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for pair in find_pairs(prints):
        others[pair.one].append((pair.similarity, titles[pair.other]))
        others[pair.other].append((pair.similarity, titles[pair.one]))
    return {name: (_note(found),) for name, found in others.items()}


def _note(others: list[tuple[float, str]]) -> Note:
    first = [name for _, name in sorted(others, key=lambda o: (-o[0], o[1]))]
    severity, message = WORDS.messages["near-duplicate"]
    more = f" and {len(first) - MAX_NAMED} more" if len(first) > MAX_NAMED else ""
    return Note("near-duplicate", severity, message.format(words=", ".join(first[:MAX_NAMED]) + more))
