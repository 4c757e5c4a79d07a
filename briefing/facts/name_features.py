"""What is looked at to tell a person's name from a body's and a place's: plain, readable features of a word.

In: an Analysis. Out: for each stretch of words that may hold names (a zone), each word's features.
No feature holds a name: words count only where they are written small (what stands beside names), or stand
in one of our general lists. So what is learned holds for texts about anybody. Features come in parts, see
`feature_parts`.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.facts.feature_parts import Part, flags, one
from briefing.facts.name_context import defined, is_aged, pooled
from briefing.facts.name_lists import kinds, listed
from briefing.model import Analysis, Token

NAME_LABELS = frozenset(
    {"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"}
)
MOST_KEPT = 20_000  # of each kind of combined features: there is no end of words
LONG = 6  # letters of a word whose ending may be learned: of a shorter one it would be the name itself
SMALL_WORDS = frozenset({"DT", "IN", "PRP", "PRP$", "CC", "WP", "WDT", "WRB", "EX"})
LETTERS = re.compile(r"[^\W\d_]")
# What tells a team from a country on a sports page.
OF_SPORT = frozenset({"some-city", "some-country", "some-first", "some-last", "nation", "region", "compass"})
NOTHING: frozenset[str] = frozenset()
NUMBER = re.compile(r"(?=[.,:/+-]*\d)[\d.,:/+%-]+$")  # read once, however long


@dataclass(frozen=True, slots=True)
class Zone:
    """Tokens first..last-1 of one sentence, and the features of each in parts."""

    first: int
    last: int
    features: tuple[tuple[Part, ...], ...]


def zones(analysis: Analysis, sport: bool) -> Iterator[Zone]:
    """Every stretch of capitalised words, with the small words inside it."""
    view = _View(analysis, sport)
    tokens = analysis.tokens
    for sentence in analysis.sentences:
        first = sentence.first
        while first < sentence.last:
            if not view.may_be_name(first) or (first == sentence.first and view.only_opens(first)):
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

    def __init__(self, analysis: Analysis, sport: bool) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        texts = [t.text for t in self.tokens]
        self.words = [text.lower() for text in texts]
        self.upper = [text[0].isupper() for text in texts]
        self.label: dict[int, str] = {}
        self.inside: dict[int, str] = {}
        self.small = set(filter(str.islower, texts))
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
                word = self.words[i]
                self.seen[word][entity.label] += 1
                place = "only" if entity.last - entity.first == 1 else "last" if i == entity.last - 1 else "first"
                self.role[word][f"{entity.label}-{place}"] += 1
        self.pooled = pooled(analysis)
        self.defined = defined(self.tokens)
        self.sport = sport
        self.capital = {s.id: mostly_capitals(self.tokens[s.first : s.last]) for s in analysis.sentences}
        numeric = [shape(text) == "0" for text in texts]
        self.numbers = {s.id: _share(sum(numeric[s.first : s.last]), s.last - s.first) for s in analysis.sentences}

    def may_be_name(self, i: int) -> bool:
        if self.upper[i]:
            return True
        return self.label.get(i, "quantity") != "quantity" and has_letter(self.tokens[i].text)

    def only_opens(self, i: int) -> bool:
        """Has the first word of a sentence its capital from there alone: "The", "In", "They"?"""
        return self.tokens[i].tag in SMALL_WORDS and i not in self.label

    def features(self, i: int, first: int, last: int) -> tuple[Part, ...]:
        token = self.tokens[i]
        sentence = self.analysis.sentences[token.sentence]
        word = self.words[i]
        label, inside = self.label.get(i, "none"), self.inside.get(i, "")
        place = "only" if last - first == 1 else "first" if i == first else "last" if i == last - 1 else "middle"
        capital = self.capital[sentence.id]
        found: list[Part] = [
            (_looks, inside, label, shape(token.text), token.tag, token.dep),
            (_stands, place, min(last - first, 6), self.numbers[sentence.id], label),
            (_opens, label, i == sentence.first, i + 1 == sentence.last, capital, not capital and word in self.small),
            (_listed, word),
        ]
        for near in (-2, -1, 1, 2):
            at = i + near
            if not sentence.first <= at < sentence.last:
                found.append((_edge, near))
                continue
            found.append((_known, near, self.words[at]))
            if near in (-1, 1):
                found.append(self._next_to(near, at, inside, label))
        found.append(self._elsewhere(word, label))
        aged = is_aged(self.tokens, i)
        found.append((_in_article, self.pooled.get(word, NOTHING), self.defined.get(word, ""), self.sport, label, aged))
        if self.sport:
            alone = last - first == 1
            after = i > 0 and self.words[i - 1] == "the"
            found.append((_in_sport, word, label, after if alone and word.endswith("s") else None))
        if first == sentence.first and last == sentence.last:  # a byline, a caption, a cell of a table
            found.append((one, "line", min(last - first, 5)))
        return tuple(found)

    def _next_to(self, near: int, at: int, inside: str, label: str) -> Part:
        token, word = self.tokens[at], self.words[at]
        here = self.inside.get(at, ""), self.label.get(at, "none")
        told = word if word in listed("near") else ""
        return _next, near, *here, shape(token.text), token.tag, inside, label, told

    def _elsewhere(self, word: str, label: str) -> Part:
        """What the model makes of the same word in the whole article."""
        seen = self.seen.get(word)
        if not seen:
            return flags, "seen=never"
        top, times = max(seen.items(), key=lambda item: (item[1], item[0]))
        total = sum(seen.values())
        return _seen, top, how_sure(times, total), label, min(total, 4), tuple(self.role[word])


def how_sure(times: int, total: int) -> str:
    return "only" if times == total else "mostly" if times * 3 >= total * 2 else "partly"


def _looks(inside: str, label: str, form: str, tag: str, dep: str) -> list[str]:
    entity = f"label={inside}{label}"
    found = ["always", entity, f"shape={form}", f"tag={tag}", f"{entity} tag={tag}", f"shape={form} label={label}"]
    return [*found, f"dep={dep}"]


def _stands(place: str, length: int, numbers: str, label: str) -> list[str]:
    return [f"place={place}", f"length={length}", f"numbers={numbers}", f"numbers={numbers} label={label}"]


def _listed(word: str) -> list[str]:
    """Its lists and its ending."""
    ends = [f"end={word[-2:]}", f"end={word[-3:]}"] if len(word) >= LONG else [f"end={word[-2:]}"]
    return [*(f"here={use}" for use in kinds(word)), *ends]


def _opens(label: str, opens: bool, ends: bool, capital: bool, small: bool) -> list[str]:
    found = ["opens-sentence", f"opens-sentence label={label}"] if opens else []
    return found + flags(ends and "ends-sentence", capital and f"headline label={label}", small and "also-small")


def _edge(near: int) -> list[str]:
    return [f"{near}=edge"]


def _known(near: int, word: str) -> list[str]:
    """The lists of a neighbour, and the word itself where it tells."""
    return [*(f"{near} is={use}" for use in kinds(word)), *([f"{near} word={word}"] if word in listed("near") else [])]


def _next(near: int, inside: str, label: str, form: str, tag: str, ours: str, our_label: str, word: str) -> list[str]:
    found = [f"{near} label={inside}{label}", f"{near} shape={form}", f"{near} tag={tag}"]
    found.append(f"{near} label={label} here={ours}{our_label}")
    return [*found, f"{near} word={word} label={our_label}"] if word else found


def _seen(top: str, sure: str, label: str, times: int, roles: tuple[str, ...]) -> list[str]:
    found = [f"seen={top} {sure}", f"seen={top} {sure} label={label}", f"seen-times={times}"]
    return found + [f"seen-as={use}" for use in roles]


def _in_article(uses: frozenset[str], defined: str, sport: bool, label: str, aged: bool) -> list[str]:
    """What the article as a whole says of the word, and what kind of article it is."""
    found = [*(f"pool {use}" for use in sorted(uses)), f"sport={'yes' if sport else 'no'} label={label}"]
    return found + flags(bool(defined) and f"defined={defined}", aged and "aged")


def _in_sport(word: str, label: str, the: bool | None) -> list[str]:
    uses = [use for use in kinds(word) if use in OF_SPORT]
    found = [name for use in uses for name in (f"sport {use}", f"sport {use} label={label}")]
    return found if the is None else [*found, f"sport plural after-the={the}"]  # "the Eagles"


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
    texts = [t.text for t in tokens]
    capitals, small = sum(map(str.isupper, texts)), sum(map(str.islower, texts))
    if capitals * 3 < (capitals + small) * 2:
        return False
    words = [text for text in texts if has_letter(text)]
    return bool(words) and capitals * 3 >= len(words) * 2


def _share(part: int, whole: int) -> str:
    rate = part / whole
    return "none" if not part else "few" if rate < 0.1 else "some" if rate < 0.25 else "many"
