"""Key facts: the five to eight sentences that a hurried reader must have, in the source's own words.

The first is the news: what the lead and the headline tell. The others are taken one by one, each time the one
that adds most to those already taken (what a sentence is worth stands in news_value.py). A sentence that opens
with a word standing for somebody ("He said ...") is taken along with the sentence before it, or left.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.facts.ids import name_key_facts
from briefing.facts.news_value import NewsValue, Worth
from briefing.model import KeyFact

if TYPE_CHECKING:
    from briefing.model import Analysis, Article, Reading, Sentence

FEWEST, MOST = 5, 8
DIVISOR = 1.8  # one key fact for so many sentences, between those two
SHARE = 0.6  # of the article's sentences at most: of a short notice not everything is key
SHORTEST, LONGEST = 6, 60  # words: shorter is a label, longer hides its point
ENOUGH = 3  # sound sentences, without which questions and greetings are looked at too
LEANS = 0.5  # less for a sentence that needs the one before it
REPEATED = 0.4  # share of a sentence's content words already told, above which it is not taken
# Opens with a word that points back: "He said", "This is", "Two days later", "In return".
LEANING = re.compile(
    r"(?:he|she|it|they|this|that|these|those|his|her|its|their|such|here|there|but|and|or|so|"
    r"however|therefore|thus|moreover|furthermore|instead|meanwhile|then|also|both|neither|another|nor|yet|"
    r"others?|the (?:former|latter|same)|in (?:addition|contrast|turn|return|response|that case|this (?:case|way))|"
    r"on the (?:other hand|contrary)|at (?:the same|that) time|by (?:contrast|comparison|then)|"
    r"for (?:example|instance|this|that)|as a result|previously|earlier|later|since then|likewise|similarly|"
    r"(?:after|before) (?:this|that)|(?:one|most|all|some|none|both|many|several|two|three) of (?:them|these|those)|"
    r"(?:of|among|like) (?:him|her|them|these|those|this)|"
    r"the (?:next|following|previous|same) (?:day|night|morning|week|month|year)|"
    r"(?:an?|one|two|three|four|five|six|seven|several|some|a few|\d{1,2}) (?:hour|day|week|month|year)s? "
    r"(?:later|earlier|before|after|afterwards?))\b",
    re.IGNORECASE,
)
# Opening words that only join on: the sentence behind them stands by itself.
JOINING = re.compile(
    r"(?:however|therefore|thus|moreover|furthermore|meanwhile|also|but|and|so|nor|yet|in addition|at the same time|"
    r"previously|earlier|later)\b",
    re.IGNORECASE,
)
IMPERSONAL = re.compile(  # "It is reported that": this "it" stands for nothing told before
    r"it (?:is|was|has been|seems|appears) (?:\w+ly )?(?:reported|said|understood|expected|estimated|learn(?:ed|t)|"
    r"known|believed|announced|thought|rumou?red|alleged|clear|unclear|worth|important|likely|possible|necessary|that)\b",
    re.IGNORECASE,
)
PEOPLE = frozenset({"he", "she", "they"})
OBJECT = frozenset({"dobj", "pobj", "dative"})
MEANT = {"it": ("NN", "NNP"), "them": ("NNS", "NNPS", "CC"), "him": ("NN", "NNP"), "her": ("NN", "NNP")}
SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj"})
STANDING_FOR = frozenset(
    ["he", "she", "it", "they", "this", "that", "these", "those", "him", "her", "them", "one", "both", "neither"]
)
DECORATION = re.compile(r"[\s\-–—_*•]+(?=[\w\"“])")
# "Trade note - China has ...", "UPDATE - The ...": what kind of text it is, no part of the sentence
KICKER = re.compile(r"[A-Z][\w'’]*(?: [\w'’]+){0,2} ?(?: [-–—―]|[–—―]) ?(?=[A-Z\"“])")
# "Editor's note: ...", and "The head of the union said." with its words elsewhere
EMPTY = re.compile(
    r"[^,“\"‘:]+ (?:said|says|added|noted|stressed|concluded)\.$"
    r"|(?:editor[’']?s?[’']? note|correction|clarification|note to \w{5,8}) ?:",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    worth: Worth
    less: float  # for needing the sentence before it
    order: int


def find_key_facts(article: Article, analysis: Analysis, reading: Reading) -> Reading:
    """The reading with its key facts, most important first."""
    candidates = _candidates(article, analysis, reading)
    wanted = min(MOST, max(FEWEST, math.ceil(len(candidates) / DIVISOR)), math.ceil(len(candidates) * SHARE))
    facts = [KeyFact(c.start, c.end, c.worth.kind, c.worth.ref) for c in _choose(candidates, wanted)]
    return replace(reading, key_facts=name_key_facts(article, facts))


def _candidates(article: Article, analysis: Analysis, reading: Reading) -> list[_Candidate]:
    value = NewsValue(article, analysis, reading)
    found: list[_Candidate] = []
    before: Sentence | None = None
    for sentence in reading.sentences:
        if not _may_stand(article, sentence):
            before = None
            continue
        start = _understood_from(article, analysis, sentence, before)
        before = sentence
        worth = value.weigh(sentence, len(found) + 1)
        if start is None or not worth.words:
            continue
        less = LEANS if start < sentence.start else 0.0
        found.append(_Candidate(start, sentence.end, worth, less, len(found) + 1))
    sound = [c for c in found if c.worth.sound]
    return sound if len(sound) >= ENOUGH else found


def _may_stand(article: Article, sentence: Sentence) -> bool:
    """A whole sentence of running text, neither the headline nor a label nor a monster."""
    if article.blocks[sentence.block].kind in ("heading", "row", "code"):
        return False
    title = article.title
    if title.start is not None and title.basis != "derived" and sentence.start < (title.end or 0):
        return False  # the headline stands above the key facts already
    text = article.text[sentence.start : sentence.end]
    aside = text[0] == "(" and (text[-1] == ")" or text[1:2].islower())  # "(Some 40 fall under it.)" only explains
    return SHORTEST <= len(text.split()) <= LONGEST and _whole(text) and not aside and not EMPTY.match(text)


def _understood_from(article: Article, analysis: Analysis, sentence: Sentence, before: Sentence | None) -> int | None:
    """Where a reader must begin to understand the sentence; None if even the one before does not help."""
    if not _leans(analysis, sentence):
        return _begins(article, analysis, sentence)
    if before is None or before.block != sentence.block or _leans(analysis, before):
        return None
    return _begins(article, analysis, before)


def _begins(article: Article, analysis: Analysis, sentence: Sentence) -> int:
    """Where the sentence begins, without what newsletters and scrapers put before it ("Trade note -", "_ ")."""
    decoration = DECORATION.match(article.text, sentence.start, sentence.end)
    start = decoration.end() if decoration else sentence.start
    kicker = KICKER.match(article.text, start, sentence.end)
    if kicker and not _names_or_acts(analysis, sentence, kicker.end()):
        return kicker.end()
    return start


def _names_or_acts(analysis: Analysis, sentence: Sentence, end: int) -> bool:
    """Is there a name or a verb before this place? Then it is part of the sentence."""
    if any(sentence.start <= e.start < end for e in analysis.entities):
        return True
    before = [t for t in analysis.tokens[sentence.first : sentence.last] if t.start < end]
    return any(t.tag[:2] in {"VB", "MD", "PR"} for t in before)


def _choose(candidates: list[_Candidate], wanted: int) -> list[_Candidate]:
    """The news, then the best of the rest, each time the one that adds most: its score less what is told already."""
    if not candidates or not wanted:
        return []
    first = max(candidates, key=lambda c: (c.worth.news - c.less, -c.order))
    left, chosen, told = _apart(candidates, first), [first], set(first.worth.words)
    told_already = _Told(candidates, told)

    def adds(candidate: _Candidate) -> float:
        return (candidate.worth.score - candidate.less) * (1 - told_already.share(candidate))

    while left and len(chosen) < wanted:
        best = max(left, key=lambda c: (adds(c), -c.order))
        left = _apart(left, best)
        if told_already.share(best) <= REPEATED:
            chosen.append(best)
            told |= best.worth.words
    return chosen


class _Told:
    """How much of a candidate's words is told; what the whole article is about counts less, as it must come again."""

    def __init__(self, candidates: list[_Candidate], told: set[str]) -> None:
        self.told = told
        often = Counter(w for c in candidates for w in c.worth.words)
        self.worth = {word: 1 / times for word, times in often.items()}
        self.whole = {c.order: self._sum(c.worth.words) for c in candidates}

    def share(self, candidate: _Candidate) -> float:
        return self._sum(candidate.worth.words & self.told) / self.whole[candidate.order]

    def _sum(self, words: frozenset[str]) -> float:
        return math.fsum(map(self.worth.__getitem__, words))  # exact, so that the order in a set does not matter


def _apart(candidates: list[_Candidate], chosen: _Candidate) -> list[_Candidate]:
    return [c for c in candidates if c.end <= chosen.start or chosen.end <= c.start]


def _whole(text: str) -> bool:
    """Begins as a sentence does and ends as one does."""
    return (text[0].isupper() or text[0].isdigit() or text[0] in "\"“‘«„'([$€£¥") and text.rstrip("\"”’»)]'")[-1:] in (
        *".!?…",
        "。",
    )


def _leans(analysis: Analysis, sentence: Sentence) -> bool:
    """Does it begin by pointing back, or is its first or main subject a word that stands for somebody named earlier?"""
    opening = analysis.text[sentence.start : sentence.end].lstrip("\"“‘«„'([")
    if IMPERSONAL.match(opening):
        return False
    joined = JOINING.match(opening)
    behind = opening[joined.end() :].lstrip(" ,") if joined else opening
    if LEANING.match(behind) and not (joined and behind.startswith("there ")):
        return True  # also "But those voters ..."
    subjects = [t for t in analysis.tokens[sentence.first : sentence.last] if t.dep in SUBJECT]
    if subjects and subjects[0].text.lower() in STANDING_FOR:
        return True
    if any(t.text.lower() in PEOPLE and analysis.tokens[t.head].dep == "ROOT" for t in subjects):
        return True
    return _points_back(analysis, sentence)


def _points_back(analysis: Analysis, sentence: Sentence) -> bool:
    """ "Some friends called it a slip": an object that stands for nothing told before it in the sentence."""
    for i in range(sentence.first, sentence.last):
        token = analysis.tokens[i]
        if token.tag != "PRP" or not (token.dep in OBJECT or analysis.tokens[token.head].tag.startswith("N")):
            continue
        if meant := MEANT.get(token.text.lower()):
            before = analysis.tokens[sentence.first : i]
            return not any(t.tag in meant and t.dep != "poss" for t in before)
    return False
