"""Tokens beside a title -> the person's name there: where it begins and ends.

In:  the tokens and the names that are known.
Out: the tokens of a name that begins or ends at a place, or None; without `sure` a run of capitals is enough.

    "the chairman, Dr. Ann Lee's"   name_from("Dr." ...)  ->  the tokens of "Ann Lee"
"""

from __future__ import annotations

import re

from briefing.facts.lexicon import load
from briefing.facts.titles import BODY_LABELS, FIRST_WORDS, NOT_NAMES, PARTICLES, Names
from briefing.model import Analysis, Span

HONORIFICS = frozenset(load("titles")["honorifics"])
BRACKET = re.compile(r"[()\[\]]")
LONGEST_NAME = 5  # tokens


class Holders:
    """Reads the names of one article, and takes the small steps between its tokens."""

    def __init__(self, analysis: Analysis, names: Names) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.names = names

    def name_from(self, at: int, *, sure: bool) -> tuple[int, int] | None:
        """The person's name that begins at this token; without `sure` a run of capitals is enough."""
        if at >= len(self.tokens) or at == 0 or not self.same(at, at - 1):
            return None
        at = self.skip_forward(at)
        if self.tokens[at].text == "He" and at + 1 < len(self.tokens) and self._capital(at + 1):
            return at, self._more_capitals(at, at + 2)  # "Vice Premier He Lifeng"
        if self.low(at) in FIRST_WORDS or not (self.tokens[at].text[:1].isupper() or self.low(at) in PARTICLES):
            return None
        entity = self.names.people.get(at)
        if entity is not None:
            last = entity.last
            if entity.first < at or not (self._named(last) and self.low(last) not in NOT_NAMES):
                last = self._more_capitals(at, last)
            return self.trimmed(at, last)
        if sure or not self._capital(at):
            return None
        last = self._more_capitals(at, at + 1)
        body = self.names.bodies.get(at)
        if body is not None and body.first == at and (body.label != "ORG" or last - at < 2 or body.last > last):
            return None
        if last - at < 2 and body is not None:
            return None
        return self.trimmed(at, last)

    def name_until(self, at: int, *, sure: bool) -> tuple[int, int] | None:
        """The person's name that ends at this token."""
        entity = self.names.people.get(at)
        if entity is not None:
            return self.trimmed(entity.first, at + 1)
        if sure or at < 0 or not self._capital(at):
            return None
        first = at
        while first > 0 and at - first < LONGEST_NAME and self.same(first - 1, at) and self._in_name(first - 1):
            first -= 1
        while first < at and not self._capital(first):
            first += 1
        body = self.names.bodies.get(at)
        if at - first < 1 or (body is not None and body.label in BODY_LABELS - {"ORG", "GPE", "NORP"}):
            return None
        if body is not None and (body.first < first or at - first > 2 or self.low(first - 1) == "the"):
            return None
        return self.trimmed(first, at + 1)

    def _named(self, i: int) -> bool:
        return i in self.names.people or i in self.names.bodies

    def _more_capitals(self, at: int, last: int) -> int:
        while last < len(self.tokens) and last - at < LONGEST_NAME and self.same(last, at) and self._in_name(last):
            last += 1
        while last - 1 > at and not self._capital(last - 1):
            last -= 1
        return last

    def trimmed(self, first: int, last: int) -> tuple[int, int] | None:
        """Without honorifics and title words at its head, and without a possessive at its end."""
        while first < last and (self.low(first) in HONORIFICS or self.low(first) in FIRST_WORDS):
            first += 1
        while last > first and (self.tokens[last - 1].tag == "POS" or not self.tokens[last - 1].text[-1].isalnum()):
            if self.tokens[last - 1].text[-1] == "." and self.tokens[last - 1].tag == "NNP":
                break
            last -= 1
        if last - first == 1 and self.tokens[first].tag in {"NNS", "NNPS"}:
            return None  # "Assistant Teachers"
        if last < len(self.tokens) and BRACKET.search(self.tokens[last].text[1:-1]):
            return None  # "reporter Wei Lu)Writers": where the name ends is not known
        return (first, last) if first < last and self.low(first) not in NOT_NAMES else None

    def _in_name(self, i: int) -> bool:
        return self._capital(i) or self.low(i) in PARTICLES

    def _capital(self, i: int) -> bool:
        token = self.tokens[i]
        named = token.text[:1].isupper() and token.tag.startswith(("NNP", "NN", "FW"))
        return named and self.low(i) not in NOT_NAMES and not BRACKET.search(token.text)

    def skip_honorific(self, at: int) -> int:
        return at - 1 if self.low(at) in HONORIFICS else at

    def skip_forward(self, at: int) -> int:
        while at + 1 < len(self.tokens) and self.low(at) in HONORIFICS:
            at += 1
        return at

    def same(self, i: int, j: int) -> bool:
        return 0 <= i < len(self.tokens) and self.tokens[i].sentence == self.tokens[j].sentence

    def low(self, i: int) -> str:
        return self.tokens[i].text.lower() if 0 <= i < len(self.tokens) else ""

    def span(self, first: int, last: int) -> Span:
        return Span(self.tokens[first].start, self.tokens[last - 1].end)
