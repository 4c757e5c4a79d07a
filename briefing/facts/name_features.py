"""What is looked at to tell a person's name from a body's and a place's: plain, readable features of a word.

In: an Analysis. Out: for each stretch of words that may hold names (a zone), each word's features.
No feature holds a name: words count only where they are written small (what stands beside names), or stand
in one of our general lists. So what is learned holds for texts about anybody.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.facts.name_context import defined, is_aged, is_sport, pooled
from briefing.facts.name_lists import kinds, listed
from briefing.model import Analysis, Token

NAME_LABELS = frozenset(
    {"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"}
)
MOST_KEPT = 20_000  # of each kind of combined features: there is no end of words
LONG = 6  # letters of a word whose ending may be learned: of a shorter one it would be the name itself
LETTERS = re.compile(r"[^\W\d_]")
# What tells a team from a country on a sports page.
OF_SPORT = frozenset({"some-city", "some-country", "some-first", "some-last", "nation", "region", "compass"})
NUMBER = re.compile(r"(?=[.,:/+-]*\d)[\d.,:/+%-]+$")  # read once, however long


@dataclass(frozen=True, slots=True)
class Zone:
    """Tokens first..last-1 of one sentence, and the features of each."""

    first: int
    last: int
    features: tuple[tuple[str, ...], ...]


def zones(analysis: Analysis) -> Iterator[Zone]:
    """Every stretch of capitalised words, with the small words inside it."""
    view = _View(analysis)
    tokens = analysis.tokens
    for sentence in analysis.sentences:
        first = sentence.first
        while first < sentence.last:
            if not view.may_be_name(first):
                first += 1
                continue
            last = first + 1
            while last < sentence.last and (
                view.may_be_name(last)
                or (tokens[last].text in listed("inner") and last + 1 < sentence.last and view.may_be_name(last + 1))
            ):
                last += 1
            yield Zone(first, last, tuple(view.features(i, first, last) for i in range(first, last)))
            first = last


class _View:
    """One article, with what is known of each word from all its places."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.label: dict[int, str] = {}
        self.inside: dict[int, str] = {}
        self.small = {t.text for t in self.tokens if t.text.islower()}
        self.seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.role: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for entity in analysis.entities:
            if entity.label not in NAME_LABELS:
                for i in range(entity.first, entity.last):
                    self.label[i] = "quantity"
                continue
            for i in range(entity.first, entity.last):
                self.label[i] = entity.label
                self.inside[i] = "B" if i == entity.first else "I"
                word = self.tokens[i].text.lower()
                self.seen[word][entity.label] += 1
                place = "only" if entity.last - entity.first == 1 else "last" if i == entity.last - 1 else "first"
                self.role[word][f"{entity.label}-{place}"] += 1
        self.pooled = pooled(analysis)
        self.defined = defined(self.tokens)
        self.sport = is_sport(analysis)
        self.capital = {s.id: mostly_capitals(self.tokens[s.first : s.last]) for s in analysis.sentences}
        self.numbers = {
            s.id: _share(sum([shape(t.text) == "0" for t in self.tokens[s.first : s.last]]), s.last - s.first)
            for s in analysis.sentences
        }

    def may_be_name(self, i: int) -> bool:
        text = self.tokens[i].text
        return text[0].isupper() or (self.label.get(i, "quantity") != "quantity" and bool(LETTERS.search(text)))

    def features(self, i: int, first: int, last: int) -> tuple[str, ...]:
        token = self.tokens[i]
        sentence = self.analysis.sentences[token.sentence]
        word = token.text.lower()
        label = self.label.get(i, "none")
        place = "only" if last - first == 1 else "first" if i == first else "last" if i == last - 1 else "middle"
        found = [
            "always",
            f"dep={token.dep}",
            *_looks(self.inside.get(i, ""), label, shape(token.text), token.tag),
            *_stands(place, min(last - first, 6), self.numbers[sentence.id], label),
            *_spelled(word),
        ]
        if self.capital[sentence.id]:
            found.append(f"headline label={label}")
        elif word in self.small:
            found.append("also-small")
        if i == sentence.first:
            found.append("opens-sentence")
            found.append(f"opens-sentence label={label}")
        if i + 1 == sentence.last:
            found.append("ends-sentence")
        for near in (-2, -1, 1, 2):
            found += self._neighbour(i, near, sentence.first, sentence.last)
        found += self._elsewhere(word, label)
        found += self._in_article(i, word, label, last - first == 1)
        if first == sentence.first and last == sentence.last:  # a byline, a caption, a cell of a table
            found.append(f"line={min(last - first, 5)}")
        return tuple(found)

    def _in_article(self, i: int, word: str, label: str, alone: bool) -> Iterator[str]:
        """What the article as a whole says of the word, and what kind of article it is."""
        for use in sorted(self.pooled.get(word, ())):
            yield f"pool {use}"
        if word in self.defined:
            yield f"defined={self.defined[word]}"
        if is_aged(self.tokens, i):
            yield "aged"
        yield f"sport={'yes' if self.sport else 'no'} label={label}"
        if not self.sport:
            return
        for use in kinds(word):
            if use in OF_SPORT:
                yield f"sport {use}"
                yield f"sport {use} label={label}"
        if word.endswith("s") and alone:  # "the Eagles"
            the = i > 0 and self.tokens[i - 1].text.lower() == "the"
            yield f"sport plural after-the={the}"

    def _neighbour(self, i: int, near: int, first: int, last: int) -> Iterator[str]:
        at = i + near
        if not first <= at < last:
            yield f"{near}=edge"
            return
        token = self.tokens[at]
        word = token.text.lower()
        yield from _known(near, word)
        if abs(near) == 1:
            label = self.label.get(i, "none")
            yield from _next_to(near, self.inside.get(at, ""), self.label.get(at, "none"), shape(token.text), token.tag)
            yield f"{near} label={self.label.get(at, 'none')} here={self.inside.get(i, '')}{label}"
            if word in listed("near"):
                yield f"{near} word={word} label={label}"

    def _elsewhere(self, word: str, label: str) -> Iterator[str]:
        """What the model makes of the same word in the whole article."""
        seen = self.seen.get(word)
        if not seen:
            yield "seen=never"
            return
        top, times = max(seen.items(), key=lambda item: (item[1], item[0]))
        total = sum(seen.values())
        sure = "only" if times == total else "mostly" if times * 3 >= total * 2 else "partly"
        yield f"seen={top} {sure}"
        yield f"seen={top} {sure} label={label}"
        yield f"seen-times={min(total, 4)}"
        for use in self.role[word]:
            yield f"seen-as={use}"


# The same few values meet again and again: what they are called together is put into words once.
@functools.lru_cache(maxsize=MOST_KEPT)
def _looks(inside: str, label: str, form: str, tag: str) -> tuple[str, ...]:
    entity = f"label={inside}{label}"
    return entity, f"shape={form}", f"tag={tag}", f"{entity} tag={tag}", f"shape={form} label={label}"


@functools.lru_cache(maxsize=MOST_KEPT)
def _stands(place: str, length: int, numbers: str, label: str) -> tuple[str, ...]:
    return f"place={place}", f"length={length}", f"numbers={numbers}", f"numbers={numbers} label={label}"


@functools.lru_cache(maxsize=MOST_KEPT)
def _spelled(word: str) -> tuple[str, ...]:
    """Its lists and its ending."""
    ends = (f"end={word[-2:]}", f"end={word[-3:]}") if len(word) >= LONG else (f"end={word[-2:]}",)
    return *(f"here={use}" for use in kinds(word)), *ends


@functools.lru_cache(maxsize=MOST_KEPT)
def _known(near: int, word: str) -> tuple[str, ...]:
    """The lists of a neighbour, and the word itself where it tells."""
    uses = tuple(f"{near} is={use}" for use in kinds(word))
    return (*uses, f"{near} word={word}") if word in listed("near") else uses


@functools.lru_cache(maxsize=MOST_KEPT)
def _next_to(near: int, inside: str, label: str, form: str, tag: str) -> tuple[str, ...]:
    return f"{near} label={inside}{label}", f"{near} shape={form}", f"{near} tag={tag}"


@functools.lru_cache(maxsize=MOST_KEPT)
def shape(text: str) -> str:
    """`Xx` for "Roth", `XX` for "WTO", `X.` for "J.", `Xx-Xx`, `XxX` for "McRoth", `0` for numbers."""
    if NUMBER.match(text):
        return "0"
    if not LETTERS.search(text):
        return text[:1]
    if len(text) == 2 and text[1] == ".":
        return "X."
    if text.isupper():
        return "X" if len(text) == 1 else "X.X." if "." in text else "XX" if len(text) < 6 else "XXX"
    if text.islower():
        return "x"
    if "-" in text:
        return "Xx-Xx" if text.split("-")[-1][:1].isupper() else "Xx-x"
    if any(c.isdigit() for c in text):
        return "Xx0"
    return "Xx" if text[1:].islower() else "XxX"


@functools.lru_cache(maxsize=MOST_KEPT)
def has_letter(text: str) -> bool:
    return bool(LETTERS.search(text))


def mostly_capitals(tokens: tuple[Token, ...]) -> bool:
    words = [t.text for t in tokens if has_letter(t.text)]
    return bool(words) and sum(w.isupper() for w in words) * 3 >= len(words) * 2


def _share(part: int, whole: int) -> str:
    rate = part / whole
    return "none" if not part else "few" if rate < 0.1 else "some" if rate < 0.25 else "many"
