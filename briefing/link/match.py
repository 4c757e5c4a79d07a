"""Text + Registry -> where registered names stand, before anything decides whom they mean.

Longest match first, whole words only, capitals where the registry has capitals.
Example: "US-China" gives United States and China; "us" and "Chinatown" give nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from briefing.registry import Registry
from briefing.terms import NEVER, Term, fold, key, words_for

CHUNK = re.compile(r"\S+")
ADDRESS = re.compile(r"://|@|www\.|\w\.(?:com|org|net|gov|edu|int|cn)\b")  # inside a run without spaces
AROUND = "()[]“”‘’\"',;:.!?"  # signs beside a word
CAPITALS = re.compile(r"[A-Z]")
SMALL = re.compile(r"[a-zß-öø-ÿ]")
NESTED = 4  # names that look like one actor and stand inside each other: "North America", "North American"
BESIDE = 80  # characters of a line to each side that tell whether it is one of capitals


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where a registered name stands, and all that it may mean."""

    start: int
    end: int
    terms: tuple[Term, ...]


def find_occurrences(
    text: str,
    registry: Registry,
    skip: Iterable[tuple[int, int]] = (),
    named: Collection[tuple[int, int]] = frozenset(),
) -> list[Occurrence]:
    """Every registered name in the text, in order, without overlaps. `skip` are stretches to leave out, `named`
    those that the model takes for a name."""
    if not registry.spelled:
        return []
    folded, places = fold(text)
    blocked = _blocked(text, skip, registry)
    found: dict[tuple[int, int], tuple[Term, ...]] = {}
    never: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for last, (length, several) in registry.automaton.iter(folded):
        first = last - length + 1
        if not _whole_words(folded, first, last + 1):
            continue
        start, end = places[first], places[last] + 1
        if blocked[start] or not ((start, end) in named or _apart(text, start, end)):
            continue
        words = text[start:end]
        fitting = tuple(t for t in several if capitals_fit(t.written, words))
        for term in fitting:
            if term.type == NEVER:
                never[term.actor].append((start, end))
        if fitting:
            found[start, end] = fitting
    return _longest(found, {actor: sorted(stretches) for actor, stretches in never.items()})


def capitals_fit(written: str, words: str) -> bool:
    """May `words` stand for a name written like this? "us" is not "US"; "CHINA" is "China"; "turkey" is no "Turkey"."""
    if not CAPITALS.search(written):
        return True
    if not SMALL.search(written):
        return not SMALL.search(words)
    if not SMALL.search(words):
        return True
    ours, theirs = re.findall(r"\w+", written), re.findall(r"\w+", words)
    if len(ours) != len(theirs):  # written with another hyphen or space
        return theirs[0][0].isupper() or not ours[0][0].isupper()
    return all(t[0].isupper() or not o[0].isupper() for o, t in zip(ours, theirs, strict=True))


def _longest(
    found: dict[tuple[int, int], tuple[Term, ...]], never: dict[str, list[tuple[int, int]]]
) -> list[Occurrence]:
    kept: list[Occurrence] = []
    reached = 0
    for (start, end), several in sorted(found.items(), key=lambda item: (item[0][0], -item[0][1])):
        if start < reached:
            continue
        allowed = tuple(t for t in several if t.type != NEVER and not _inside(start, end, never.get(t.actor, [])))
        if allowed:
            kept.append(Occurrence(start, end, allowed))
            reached = end
    return kept


def _inside(start: int, end: int, stretches: list[tuple[int, int]]) -> bool:
    """Does one of these ordered stretches hold this one?"""
    at = bisect_right(stretches, (start, 1 << 60))
    return any(s <= start and end <= e for s, e in stretches[max(0, at - NESTED) : at + NESTED])


def _whole_words(folded: str, start: int, end: int) -> bool:
    before = folded[start - 1] if start else " "
    after = folded[end] if end < len(folded) else " "
    return not (_joined(before, folded[start]) or _joined(folded[end - 1], after))


def _joined(left: str, right: str) -> bool:
    """Do two neighbouring characters belong to one word? Chinese has no spaces between words."""
    if not (left.isalnum() or left == "_") or not (right.isalnum() or right == "_"):
        return False
    return not (_ideograph(left) or _ideograph(right))


def _ideograph(char: str) -> bool:
    return "\u3040" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"


def _apart(text: str, start: int, end: int) -> bool:
    """Not "US" in a line of capitals, where it may be the word."""
    if text[start:end].lower() not in words_for("acronym_words"):
        return True
    left = max(text.rfind("\n", max(0, start - BESIDE), start) + 1, start - BESIDE, 0)
    stop = text.find("\n", end, end + BESIDE)
    beside = text[left:start] + text[end : end + BESIDE if stop < 0 else stop]
    return bool(SMALL.search(beside)) or not CAPITALS.search(beside)


def _blocked(text: str, skip: Iterable[tuple[int, int]], registry: Registry) -> bytearray:
    """For each character: may no name start here? What was set aside, and addresses: not "Mining.com", a name."""
    closed = bytearray(len(text) + 1)
    addresses = [(a, b) for a, b in _addresses(text) if key(text[a:b].strip(AROUND)) not in registry.spelled]
    for start, end in [*skip, *addresses]:
        closed[start:end] = b"\1" * (end - start)
    return closed


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """The runs without spaces in which an address stands."""
    end = 0
    for sign in ADDRESS.finditer(text):
        if sign.start() >= end:
            start = sign.start()
            while start > end and not text[start - 1].isspace():
                start -= 1
            run = CHUNK.match(text, start)
            end = run.end() if run else sign.end()
            yield start, end
