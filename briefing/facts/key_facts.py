"""Key facts: the five to eight sentences that a hurried reader must have, in the source's own words.

A sentence is worth what it tells: who did or said what, with number and date. It gains by standing early and
by words that the whole article is about; it loses by needing its neighbours. Sentences are then taken one by
one, each time the one that adds most to those already taken. A sentence that opens with a word standing for
somebody ("He said ...") is taken along with the sentence before it, or left.
"""

from __future__ import annotations

import bisect
import functools
import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.facts.ids import name_key_facts
from briefing.model import KeyFact

if TYPE_CHECKING:
    from briefing.model import Analysis, Article, Reading, Sentence

DATA = Path(__file__).parent.parent / "data"
FEWEST, MOST = 5, 8
DIVISOR = 2.5  # one key fact for so many sentences, between those two
SHARE = 0.5  # of the article's sentences at most: of a short notice not everything is key
SHORTEST, LONGEST = 6, 60  # words: shorter is a label, longer hides its point
# What a fact in a sentence is worth. A number is what readers come for; a role is no news.
WORTH = {"figure": 2.0, "statement": 1.0, "event": 1.0, "date": 0.3, "role": 0.0}
EARLY = 3.0  # for the first sentence of the text, falling off with the square root of the place
CENTRAL = 1.0  # for a sentence made of the article's own frequent words
REPEATED = 0.55  # share of a sentence's content words already told, above which it is not taken
LEANING = re.compile(  # opens with a word that points back: "He said", "This is", "However, ..."
    r"(?:he|she|it|they|this|that|these|those|his|her|its|their|such|here|there|but|and|or|so|"
    r"however|therefore|thus|moreover|furthermore|instead|meanwhile|then|also|both|neither|another|"
    r"others?|the (?:former|latter|same)|in (?:addition|contrast|turn)|on the other hand|at the same time|"
    r"for (?:example|instance)|as a result|previously|earlier|later)\b",
    re.IGNORECASE,
)
# Opening words that only join on: the sentence behind them stands by itself.
JOINING = re.compile(
    r"(?:however|therefore|thus|moreover|furthermore|meanwhile|also|but|and|so|in addition|at the same time|"
    r"previously|earlier|later)\b",
    re.IGNORECASE,
)
SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj"})
STANDING_FOR = frozenset(
    ["he", "she", "it", "they", "this", "that", "these", "those", "him", "her", "them", "one", "both", "neither"]
)
AFTER_DATELINE = re.compile(r"[\s\-–—:)]*")
WORD = re.compile(r"[^\W\d_][\w'’-]+|\d[\d.,]*")  # numbers too: another figure is another fact


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    words: frozenset[str]
    score: float
    kind: str
    ref: str | None
    order: int


def find_key_facts(article: Article, analysis: Analysis, reading: Reading) -> Reading:
    """The reading with its key facts, most important first."""
    candidates = _candidates(article, analysis, reading)
    wanted = min(MOST, max(FEWEST, math.ceil(len(candidates) / DIVISOR)), math.ceil(len(candidates) * SHARE))
    facts = [KeyFact(c.start, c.end, c.kind, c.ref) for c in _choose(candidates, wanted)]
    return replace(reading, key_facts=name_key_facts(article, facts))


def _candidates(article: Article, analysis: Analysis, reading: Reading) -> list[_Candidate]:
    words_of = {s.id: _content_words(article, s) for s in reading.sentences}
    frequency = Counter(w for words in words_of.values() for w in words)
    top = max(frequency.values(), default=1)
    held = _facts_by_sentence(reading)
    found: list[_Candidate] = []
    before: Sentence | None = None
    for sentence in reading.sentences:
        if not _may_stand(article, sentence):
            before = None
            continue
        start = _understood_from(article, analysis, sentence, before)
        before = sentence
        words = words_of[sentence.id]
        if start is None or not words:
            continue
        facts = held.get(sentence.id, {})
        best = max(facts, key=lambda kind: (WORTH[kind], kind), default="sentence")
        central = sum(frequency[w] for w in words) / len(words) / top
        order = len(found) + 1
        score = sum(WORTH[kind] for kind in facts) + EARLY / math.sqrt(order) + CENTRAL * central
        found.append(_Candidate(start, sentence.end, words, score, best, facts.get(best), order))
    return found


def _may_stand(article: Article, sentence: Sentence) -> bool:
    """A whole sentence of running text, neither the headline nor a label nor a monster."""
    if article.blocks[sentence.block].kind in ("heading", "row", "code"):
        return False
    title = article.title
    if title.start is not None and title.basis != "derived" and sentence.start < (title.end or 0):
        return False  # the headline stands above the key facts already
    text = article.text[sentence.start : sentence.end]
    return SHORTEST <= len(text.split()) <= LONGEST and _whole(text)


def _understood_from(article: Article, analysis: Analysis, sentence: Sentence, before: Sentence | None) -> int | None:
    """Where a reader must begin to understand the sentence; None if even the one before does not help."""
    if not _leans(analysis, sentence):
        return _after_dateline(article, sentence)
    if before is None or before.block != sentence.block or _leans(analysis, before):
        return None
    return _after_dateline(article, before)


def _after_dateline(article: Article, sentence: Sentence) -> int:
    """Where the sentence begins, a dateline ("OSLO, May 3 -") left out: it says where the report was written."""
    for hint in article.hints:
        if hint.kind == "dateline" and hint.start <= sentence.start < hint.end < sentence.end:
            return hint.end + len(AFTER_DATELINE.match(article.text, hint.end)[0])  # type: ignore[index]
    return sentence.start


def _facts_by_sentence(reading: Reading) -> dict[str, dict[str, str | None]]:
    """For each sentence the kinds of facts in it, with the id of the first of each kind."""
    starts = [s.start for s in reading.sentences]
    held: dict[str, dict[str, str | None]] = {}

    def add(kind: str, place: int, ref: str | None) -> None:
        index = bisect.bisect_right(starts, place) - 1
        if index >= 0:
            held.setdefault(reading.sentences[index].id, {}).setdefault(kind, ref)

    for statement in reading.statements:
        add("statement", statement.content[0].start, statement.id)
    for figure in reading.figures:
        add("figure", figure.start, figure.id)
    for event in reading.events:
        add("event", event.start, event.id)
    for date in reading.dates:
        if date.edtf:
            add("date", date.start, None)
    for role in reading.roles:
        add("role", role.start, None)
    return held


def _choose(candidates: list[_Candidate], wanted: int) -> list[_Candidate]:
    """The best, each time the one that adds most: its score less what is told already."""
    left = sorted(candidates, key=lambda c: (-c.score, c.order))
    told: set[str] = set()
    chosen: list[_Candidate] = []
    while left and len(chosen) < wanted:
        best = max(left, key=lambda c: (c.score * (1 - _share(c.words, told)), -c.order))
        left = [c for c in left if c.end <= best.start or best.end <= c.start]
        if _share(best.words, told) <= REPEATED:
            chosen.append(best)
            told |= best.words
    return chosen


def _content_words(article: Article, sentence: Sentence) -> frozenset[str]:
    words = WORD.findall(article.text[sentence.start : sentence.end].casefold())
    return frozenset(
        w.removesuffix("'s").removesuffix("’s")
        for w in words
        if (len(w) > 2 or w[0].isdigit()) and w not in words_of_grammar()
    )


@functools.cache
def words_of_grammar() -> frozenset[str]:
    lines = (DATA / "words-of-grammar.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _share(words: frozenset[str], told: set[str]) -> float:
    return len(words & told) / len(words)


def _whole(text: str) -> bool:
    """Begins as a sentence does and ends as one does."""
    return (text[0].isupper() or text[0].isdigit() or text[0] in "\"“‘«„'([$€£¥") and text.rstrip("\"”’»)]'")[-1:] in (
        *".!?…",
        "。",
    )


def _leans(analysis: Analysis, sentence: Sentence) -> bool:
    """Does it begin by pointing back, or is its first subject a word that stands for somebody named earlier?"""
    opening = analysis.text[sentence.start : sentence.end].lstrip("\"“‘«„'([")
    match = LEANING.match(opening)
    if match and not JOINING.match(opening):
        return True
    for token in analysis.tokens[sentence.first : sentence.last]:
        if token.dep in SUBJECT:
            return token.text.lower() in STANDING_FOR
    return False
