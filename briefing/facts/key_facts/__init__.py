"""Key facts: the few sentences (at most six) that a hurried reader must have, in the source's own words.

The first is the news; the others follow in the order of their worth. They are taken one by one, each time the one that
adds most to those already taken. What a sentence names as known ("the company", "the ruling", "Marsh") must be in a
fact above it. A sentence that only another explains ("He said ...") is taken with the sentence before it, or left.
The list ends where an editor would rather strike the next sentence than keep it: one weak fact spoils a list.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from briefing.facts.key_facts.candidates import ITEMS, Candidate, Candidates, names_in
from briefing.facts.kinds import KEY_FACT, with_ids
from briefing.facts.tokens import Tree
from briefing.model import Analysis, Article, KeyFact, Reading

MOST = 6
SHARE = 0.7  # of the article's sentences at most: of a short notice not everything is key
FEW = 2  # a list shorter than this tells a hurried reader too little
WORTH = 0.0  # log-odds that a further fact needs: an editor is likelier to keep it than to strike it
WORTH_OF_FEW = -0.7  # the same, while there are few
ALSO = 0.5  # share of the value that counts when the news is chosen: it too must be worth a place
MORE = 0.0  # log-odds of a sentence that is added to the fact before it
UNKNOWN = 1.5  # less for one that names somebody by a surname alone whom the reader has not met
BEFORE = 1.5  # less for one that stands before the news, and so leads up to it
TOLD = 2.0  # less for one whose words are all told
REPEATED = 0.4  # share of a sentence's content words already told, above which it is not taken

# The time of an entry of a live report, whose markup opened before it: "17:42** The dam ..."
STAMP = re.compile(
    r"\d{1,2}[:.h]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?[:.]?(?:\*{1,3}|_{1,3})[:.]?\s+[-–—]?\s*", re.IGNORECASE
)
LONGEST_MARKED = 60  # characters of words in bold at the beginning of a sentence


def find_key_facts(article: Article, analysis: Analysis, reading: Reading, tree: Tree) -> Reading:
    """Return the reading with its key facts: the news, then the others, the worthiest first."""
    chosen = _choose(article.text, Candidates(article, analysis, reading, tree).read())
    facts = [KeyFact(_after_mark(article.text, c.start), c.end, c.kind, c.ref) for c in chosen]
    return replace(reading, key_facts=with_ids(article, KEY_FACT, facts))


def _choose(text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    standing = [c for c in candidates if not c.needs.things]
    standing = [c for c in standing if c.leading] or standing
    if not standing:
        return []
    first = max(standing, key=lambda c: (c.news + ALSO * c.value - UNKNOWN * bool(c.needs.people), -c.order))
    chosen, told = [first], _Told(candidates, first)
    presented = frozenset[str]().union(*(c.presents for c in standing))
    left = list(candidates)
    while len(chosen) < min(MOST, math.ceil(SHARE * len(candidates))):
        left = [c for c in left if all(_apart(c, one) for one in chosen) and told.adds(c)]
        scored = [(value, -c.order, c) for c in left if (value := _value(text, c, chosen, presented)) is not None]
        scored = [(value - TOLD * told.share(c), order, c) for value, order, c in scored]
        if not scored:
            break
        best = max(scored, key=lambda s: s[:2])[2]
        chosen.append(best)
        told.add(best)
    rest = chosen[1:]
    return [
        _with_more(first, candidates, chosen, first.value),
        *(_with_more(c, candidates, chosen, MORE) for c in rest),
    ]


def _value(text: str, one: Candidate, chosen: Sequence[Candidate], presented: frozenset[str]) -> float | None:
    """Return what a candidate is worth beside the chosen ones; None if not understood or not worth a place."""
    named = frozenset[str]().union(*(names_in(text[c.start : c.end]) for c in chosen))
    if not (one.needs.things | (one.needs.people & presented)) <= named:
        return None
    if one.item and sum(c.item for c in chosen) >= ITEMS:
        return None
    value = one.value - UNKNOWN * bool(one.needs.people - named) - BEFORE * (one.start < chosen[0].start)
    return value if value >= (WORTH if len(chosen) >= FEW else WORTH_OF_FEW) else None


def _with_more(one: Candidate, candidates: Sequence[Candidate], chosen: Sequence[Candidate], least: float) -> Candidate:
    """Return a fact with the sentence behind it, if that is worth this much and only this fact explains it."""
    longer = (c for c in candidates if c.start == one.start and c.end > one.end and c.added >= least)
    others = [c for c in chosen if c is not one]
    return next((c for c in longer if c.needs.things <= one.needs.things and all(_apart(c, o) for o in others)), one)


def _apart(one: Candidate, other: Candidate) -> bool:
    return one.end <= other.start or other.end <= one.start


class _Told:
    """How much of a candidate's words is told; what the whole article is about counts less, as it must come again."""

    def __init__(self, candidates: Sequence[Candidate], first: Candidate) -> None:
        self.words: set[str] = set(first.words)
        self.numbers: set[str] = set(first.numbers)
        often = Counter(w for c in candidates for w in c.words)
        self.weight = {word: 1 / times for word, times in often.items()}

    def add(self, candidate: Candidate) -> None:
        self.words |= candidate.words
        self.numbers |= candidate.numbers

    def adds(self, candidate: Candidate) -> bool:
        repeats = bool(candidate.numbers) and candidate.numbers <= self.numbers
        return not repeats and self.share(candidate) <= REPEATED

    def share(self, candidate: Candidate) -> float:
        return self._sum(candidate.words & self.words) / self._sum(candidate.words)

    def _sum(self, words: frozenset[str]) -> float:
        return math.fsum(map(self.weight.__getitem__, words))  # exact, so that the order in a set does not matter


def _after_mark(text: str, start: int) -> int:
    """Where a key fact begins: behind the time of an entry, or with the mark that its first words stand in."""
    stamp = STAMP.match(text, start)
    mark = re.search(r"(?:\*{1,3}|_{1,3})$", text[max(0, start - 3) : start])
    if mark is None:
        return start
    closing = text.find(mark[0], start)
    return stamp.end() if stamp else start - len(mark[0]) if 0 < closing - start < LONGEST_MARKED else start
