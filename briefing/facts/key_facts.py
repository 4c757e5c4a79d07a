"""Key facts: the five to eight sentences that a hurried reader must have, in the source's own words.

The first is the news: what the lead and the headline tell. The others are taken one by one, each time the one
that adds most to those already taken (what a sentence is worth stands in key_facts.py). A sentence that opens
with a word standing for somebody ("He said ...") is taken along with the sentence before it, or left.
"""

from __future__ import annotations

import bisect
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from briefing.facts.anaphora import Anaphora, words_of
from briefing.facts.kinds import KEY_FACT, with_ids
from briefing.facts.tokens import Tree
from briefing.lexicon import load
from briefing.model import Analysis, Article, DateRef, Figure, KeyFact, KeyFactKind, Reading, Sentence, Statement, Token

# Reading -> what each sentence is worth to a hurried reader: its news value.
#
# News is what the headline and the first sentences tell, what somebody did or said, and how much of it; it is of these
# days. Background is what had happened before, and figures of years gone by.
#
#     "The council bought a ferry for 4.2 million euros on Monday."    the lead, shares the headline's words: high
#     "The old ferry had sunk near the pier in 2019."                  had happened, of another year: low

GRAMMAR = load("grammar", dict[str, frozenset[str]])
# What a fact in a sentence is worth. Who did or said what is news; a number of things alone seldom is.
STATEMENT, NAMELESS, EVENT, MEASURED, COUNTED = 0.6, 0.4, 0.6, 2.0, 0.4
FRESH = 0.3  # a date of these days
OLD = -0.6  # a date of another year, and none of these days
HAD = -0.3  # "had bought": told to explain the news
ASKED = -3.0  # a question tells nothing
CHATTING = -2.0  # the writer speaks of himself or to the reader
VERBLESS = -2.5  # "Good evening from the harbour."
TORN = -1.5  # a quotation that begins or ends in another sentence
NOBODY = -2.0  # a quotation without a word on who speaks
SOUND = -1.5  # how a sentence is told, above which it may be a key fact
PLAIN = -0.8  # no statement, figure or happening, and little of the headline: it sets the scene
TITLED = 0.3  # share of the headline's words from which a sentence is about the same
EARLY = 4.0  # for the first sentence of the text, falling off with the square root of the place
LEAD = 1.5  # more for the first, which newswire makes to stand alone
HEADLINE = 2.0  # for a sentence with all the words of the headline
CENTRAL = 1.5  # for a sentence made of the article's own frequent words
STEM = 5  # letters by which two words are held to be one: "licence", "licences", "licensing"
CHAT = re.compile(
    r"\b(?:(?<!War )I(?!-)|[Ww]e|[Oo]ur|us|[Mm]y|[Yy]ou|[Yy]our|[Ll]et['’]s)\b"
)  # "US" is a country, "(I-Vt.)" a party
QUOTED = re.compile(r"[\"“„«][^\"“”„«»]*[\"”»]|[\"“„«].*")
WORD = re.compile(r"[^\W\d_][\w'’-]+|\d[\d.,]*")  # numbers too: another figure is another fact
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
RELATIVE = frozenset({"WP", "WDT", "WRB", "WP$"})
YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Worth:
    news: float  # as the one sentence that tells what is new
    score: float  # beside that one
    sound: bool  # tells something by itself: no question, greeting, torn quotation or chat
    kind: KeyFactKind  # of the fact that it rests on, `sentence` if there is none
    ref: str | None
    words: frozenset[str]


class NewsValue:
    """Weighs the sentences of one article. The caller passes the place of a sentence among those that count."""

    def __init__(self, article: Article, analysis: Analysis, reading: Reading) -> None:
        self.article = article
        self.analysis = analysis
        self.words = {s.id: content_words(article.text[s.start : s.end]) for s in reading.sentences}
        self.frequency = Counter(w for words in self.words.values() for w in words)
        self.top = max(self.frequency.values(), default=1)
        given = article.title.basis != "derived"
        self.headline = frozenset(w[:STEM] for w in content_words(article.title.value)) if given else frozenset()
        self.held = _facts_by_sentence(reading)
        self.today = _year_of_writing(article, reading)

    def weigh(self, sentence: Sentence, order: int) -> Worth:
        words = self.words[sentence.id]
        facts = self.held.get(sentence.id, _Held())
        manner = self._manner(sentence, facts)
        score = facts.worth() + self._time(facts.dates) + manner
        score += EARLY / math.sqrt(order)
        if words:
            score += CENTRAL * sum(self.frequency[w] for w in words) / len(words) / self.top
        shared = len(self.headline & {w[:STEM] for w in words}) / len(self.headline) if self.headline else 0.0
        if shared < TITLED and not (facts.statements or facts.figures or facts.events):
            score += PLAIN
        news = score + LEAD * (order == 1 and manner >= 0)
        news += HEADLINE * shared
        kind, ref = facts.best()
        return Worth(news, score, manner > SOUND, kind, ref, words)

    def _time(self, dates: Iterable[DateRef]) -> float:
        ages = [age for d in dates if (age := self._age(d)) is not None]
        return 0.0 if not ages else FRESH if "fresh" in ages else OLD

    def _age(self, date: DateRef) -> str | None:
        """ "fresh", "old", or None where it cannot be told."""
        if date.relative is not None and date.edtf is None:
            return "fresh" if not date.relative.startswith("-P") or date.relative.endswith(("D", "W")) else None
        year = YEAR.match(date.edtf.lstrip("/")) if date.edtf else None
        if year is None or self.today is None:
            return None
        return "old" if int(year[0]) < self.today else "fresh" if date.basis == "published" else None

    def _manner(self, sentence: Sentence, facts: _Held) -> float:
        text = self.article.text[sentence.start : sentence.end]
        tokens = self.analysis.tokens[sentence.first : sentence.last]
        score = ASKED if text.rstrip("\"”’»)]' ").endswith("?") else 0.0
        if CHAT.search(text) and CHAT.search(QUOTED.sub(" ", text)):
            score += CHATTING
        if _verbless(tokens) and self.article.blocks[sentence.block].kind != "item":
            score += VERBLESS
        cues = [s.cue.start for s in facts.statements if s.speaker is not None and s.cue is not None]
        attributed = any(sentence.start <= cue < sentence.end for cue in cues)
        if not attributed and text[0] in '"“„«' and (facts.statements or text.rstrip()[-1] in '"”»'):
            score += NOBODY
        if _is_torn(text) and not attributed:
            score += TORN
        roots = {sentence.first + i for i, t in enumerate(tokens) if t.dep == "ROOT" and t.tag == "VBN"}
        if any(t.head in roots and t.dep == "aux" and t.text.lower() in {"had", "'d"} for t in tokens):
            score += HAD
        return score


def _is_torn(text: str) -> bool:
    """Does a quotation begin or end outside?"""
    return text.count('"') % 2 == 1 or text.count("“") != text.count("”")


def _verbless(tokens: Sequence[Token]) -> bool:
    """ "More heavy rain on the coast.", "A letter for people who trade.", "Lost the lot."; the parser alone is no
    witness."""
    if tokens[0].dep == "ROOT" and tokens[0].tag in {"VBD", "VBZ"}:
        return True
    if any(t.dep == "ROOT" and t.tag[:2] in {"VB", "MD"} for t in tokens):
        return False
    first = next((t.tag for t in tokens[1:] if t.tag in FINITE or t.tag in RELATIVE), "")
    return first not in FINITE


class _Held:
    """The facts of one sentence."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self.figures: list[Figure] = []
        self.events: list[str] = []
        self.dates: list[DateRef] = []

    def worth(self) -> float:
        told = [NAMELESS if s.speaker is None or s.hedged else STATEMENT for s in self.statements]
        numbers = [COUNTED if f.unit == "count" and abs(f.value) < 100 else MEASURED for f in self.figures]
        return max(told, default=0.0) + max(numbers, default=0.0) + (EVENT if self.events else 0.0)

    def best(self) -> tuple[KeyFactKind, str | None]:
        """The kind of fact on which a sentence rests, and its id."""
        if self.events:
            return "event", self.events[0]
        measured = [f for f in self.figures if f.unit != "count" or abs(f.value) >= 100]
        if measured and not self.statements:
            return "figure", measured[0].id
        if self.statements:
            return "statement", self.statements[0].id
        if self.figures:
            return "figure", self.figures[0].id
        return ("date", None) if any(d.edtf for d in self.dates) else ("sentence", None)


def _facts_by_sentence(reading: Reading) -> dict[str, _Held]:
    starts = [s.start for s in reading.sentences]
    held: dict[str, _Held] = {}

    def at(place: int) -> _Held:
        index = max(bisect.bisect_right(starts, place) - 1, 0)
        return held.setdefault(reading.sentences[index].id, _Held())

    if not starts:
        return held
    for statement in reading.statements:
        at(statement.content[0].start).statements.append(statement)
    for figure in reading.figures:
        at(figure.start).figures.append(figure)
    for event in (e for e in reading.events if e.rule not in ("aside", "noun")):  # those tell of what is no news
        at(event.start).events.append(event.id)
    for date in reading.dates:
        at(date.start).dates.append(date)
    return held


def _year_of_writing(article: Article, reading: Reading) -> int | None:
    """The year of publication, else the last year that the text names."""
    published = YEAR.match(article.published.edtf or "")
    if published:
        return int(published[0])
    years = [int(y[0]) for d in reading.dates if (y := YEAR.match(d.edtf or ""))]
    return max(years, default=None)


def content_words(text: str) -> frozenset[str]:
    words, grammar = WORD.findall(text.casefold()), GRAMMAR["words"]
    return frozenset(
        w.removesuffix("'s").removesuffix("’s") for w in words if (len(w) > 2 or w[0].isdigit()) and w not in grammar
    )


FEWEST, MOST = 5, 8
DIVISOR = 1.8  # one key fact for so many sentences, between those two
SHARE = 0.6  # of the article's sentences at most: of a short notice not everything is key
QUOTED_ON = 2  # further sentences of a quotation that may belong to a key fact
SHORTEST, LONGEST = 6, 60  # words: shorter is a label, longer hides its point
FEWEST_OF_ITEM = 4  # words of a list item with a figure
ENOUGH = 2  # sound sentences, without which questions and greetings are looked at too
LEANS = 0.5  # less for a sentence that needs the one before it
UNKNOWN = 1.5  # less for one that names somebody or something as known that the reader has not met
REPEATED = 0.4  # share of a sentence's content words already told, above which it is not taken


# "Trade note - China has ...", "UPDATE - The ...": what kind of text it is, no part of the sentence
KICKER = re.compile(r"[A-Z][\w'’]*(?: [\w'’]+){0,2} ?(?: [-–—―]|[–—―]) ?(?=[A-Z\"“])")
# "The head of the union said." with its words elsewhere
EMPTY = re.compile(r"[^,“\"‘:]+ (?:said|says|added|noted|stressed|concluded)\.$")


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    worth: Worth
    less: float  # for needing the sentence before it
    order: int
    needs: frozenset[str]  # surnames and things that it names as known, and the headline does not tell


def find_key_facts(article: Article, analysis: Analysis, reading: Reading, tree: Tree) -> Reading:
    """The reading with its key facts, most important first."""
    candidates = _candidates(article, analysis, reading, Anaphora(analysis, tree, reading.names))
    wanted = min(MOST, max(FEWEST, math.ceil(len(candidates) / DIVISOR)), math.ceil(len(candidates) * SHARE))
    facts = [KeyFact(c.start, c.end, c.worth.kind, c.worth.ref) for c in _choose(article, candidates, wanted)]
    return replace(reading, key_facts=with_ids(article, KEY_FACT, facts))


def _candidates(article: Article, analysis: Analysis, reading: Reading, anaphora: Anaphora) -> list[_Candidate]:
    value = NewsValue(article, analysis, reading)
    known = frozenset(words_of(article.title.value)) if article.title.basis != "derived" else frozenset()
    found: list[_Candidate] = []
    before: Sentence | None = None
    for number, sentence in enumerate(reading.sentences):
        if not _may_stand(article, sentence) and not _is_measured_item(article, reading, sentence):
            before = None
            continue
        start = _understood_from(article, anaphora, sentence, before)
        needs = anaphora.needs(sentence) - known
        if start is not None and start < sentence.start and before is not None:
            needs = (needs | anaphora.needs(before)) - known - _names_in(article, before)
        before = sentence
        worth = value.weigh(sentence, len(found) + 1)
        end = _end_of_quotation(article, reading.sentences[number : number + QUOTED_ON + 1])
        if start is None or end is None or not worth.words:
            continue
        less = LEANS if start < sentence.start else 0.0
        found.append(_Candidate(start, end, worth, less, len(found) + 1, needs))
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


def _is_measured_item(article: Article, reading: Reading, sentence: Sentence) -> bool:
    """ "- Revenue of 14 million dollars, up 23 percent": a list item with a figure, as reports of results have them."""
    if article.blocks[sentence.block].kind != "item" or not article.text[sentence.start].isupper():
        return False
    inside = bisect.bisect_left(reading.figures, sentence.start, key=lambda f: f.start)
    figure = reading.figures[inside] if inside < len(reading.figures) else None
    measured = figure is not None and figure.end <= sentence.end and figure.unit != "count"
    return measured and len(article.text[sentence.start : sentence.end].split()) >= FEWEST_OF_ITEM


def _understood_from(article: Article, anaphora: Anaphora, sentence: Sentence, before: Sentence | None) -> int | None:
    """Where a reader must begin to understand the sentence; None if even the one before does not help."""
    if not anaphora.leans(sentence):
        return _begins(article, sentence)
    if before is None or before.block != sentence.block or anaphora.leans(before):
        return None
    return _begins(article, before)


def _end_of_quotation(article: Article, sentences: Sequence[Sentence]) -> int | None:
    """Where the first of these ends, with the rest of a quotation that it opens; None if that is not near."""
    first = sentences[0]
    opened = article.text[first.start] not in '"“' or not _is_torn(article.text[first.start : first.end])
    for sentence in sentences if opened else ():
        if sentence.block == first.block and not _is_torn(article.text[first.start : sentence.end]):
            return sentence.end
    return None


def _begins(article: Article, sentence: Sentence) -> int:
    """Where the sentence begins, without a dateline or what newsletters put before it: "Trade note -"."""
    for hint in article.hints:
        if hint.kind == "dateline" and hint.start <= sentence.start < hint.end < sentence.end:
            behind = article.text[hint.end : sentence.end]
            return hint.end + len(behind) - len(behind.lstrip(" -–—:)\n"))
    kicker = KICKER.match(article.text, sentence.start, sentence.end)
    return kicker.end() if kicker else sentence.start


def _choose(article: Article, candidates: list[_Candidate], wanted: int) -> list[_Candidate]:
    """The news, then the best of the rest, each time the one that adds most: its score less what is told already."""
    if not candidates or not wanted:
        return []
    first = max(candidates, key=lambda c: (c.worth.news - c.less - (UNKNOWN if c.needs else 0.0), -c.order))
    left, chosen, told = _apart(candidates, first), [first], set(first.worth.words)
    told_already = _Told(candidates, told)
    named = _names_in(article, first)

    def adds(candidate: _Candidate) -> float:
        missing = UNKNOWN if candidate.needs - named else 0.0
        return (candidate.worth.score - candidate.less - missing) * (1 - told_already.share(candidate))

    while left and len(chosen) < wanted:
        best = max(left, key=lambda c: (adds(c), -c.order))
        left = _apart(left, best)
        if told_already.share(best) <= REPEATED:
            chosen.append(best)
            told |= best.worth.words
            named |= _names_in(article, best)
    return chosen


def _names_in(article: Article, part: _Candidate | Sentence) -> frozenset[str]:
    return frozenset(words_of(article.text[part.start : part.end]))


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
