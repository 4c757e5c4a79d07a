"""Reading -> what each sentence is worth to a hurried reader: its news value.

News is what the headline and the first sentences tell, what somebody did or said, and how much of it; it is of
these days. Background is what had happened before, and figures of years gone by.

    "The council bought a ferry for 4.2 million euros on Monday."    the lead, shares the headline's words: high
    "The old ferry had sunk near the pier in 2019."                  had happened, of another year: low
"""

from __future__ import annotations

import bisect
import functools
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.model import Analysis, Article, DateRef, Figure, Reading, Sentence, Statement, Token

DATA = Path(__file__).parent.parent / "data"
# What a fact in a sentence is worth. Who did or said what is news; a number of things alone seldom is.
STATEMENT, NAMELESS, EVENT, MEASURED, COUNTED = 0.6, 0.4, 0.6, 2.0, 0.4
FRESH = 0.3  # a date of these days
OLD = -0.6  # a date of another year, and none of these days
HAD = -0.3  # "had bought": told to explain the news
ASKED = -3.0  # a question tells nothing
CHATTING = -2.0  # the writer speaks of himself or to the reader, or a transcript names who speaks
VERBLESS = -2.5  # "Good evening from the harbour."
TORN = -1.5  # a quotation that begins or ends in another sentence
NOBODY = -1.0  # a quotation without a word on who speaks
SOUND = -1.5  # how a sentence is told, above which it may be a key fact
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
TRANSCRIPT = re.compile(r"[\"“]?[A-Z][A-Z.' -]{2,30}: ")  # "WALLER: Let me ask you"
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
RELATIVE = frozenset({"WP", "WDT", "WRB", "WP$"})
YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Worth:
    news: float  # as the one sentence that tells what is new
    score: float  # beside that one
    sound: bool  # tells something by itself: no question, greeting, torn quotation or chat
    kind: str  # of the fact that it rests on, `sentence` if there is none
    ref: str | None
    words: frozenset[str]


class NewsValue:
    """Weighs the sentences of one article; a sentence's place among those that count is told by the caller."""

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
        self.quoted = sorted((c.start, c.end) for s in reading.statements if s.form == "direct" for c in s.content)

    def weigh(self, sentence: Sentence, order: int) -> Worth:
        words = self.words[sentence.id]
        facts = self.held.get(sentence.id, _Held())
        manner = self._manner(sentence, facts)
        score = facts.worth() + self._time(facts.dates) + manner
        score += EARLY / math.sqrt(order)
        if words:
            score += CENTRAL * sum(self.frequency[w] for w in words) / len(words) / self.top
        news = score + LEAD * (order == 1 and manner >= 0)
        if self.headline:
            news += HEADLINE * len(self.headline & {w[:STEM] for w in words}) / len(self.headline)
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
        if (CHAT.search(text) and CHAT.search(QUOTED.sub(" ", text))) or TRANSCRIPT.match(text):
            score += CHATTING
        if _verbless(tokens):
            score += VERBLESS
        cues = [s.cue.start for s in facts.statements if s.speaker is not None and s.cue is not None]
        attributed = any(sentence.start <= cue < sentence.end for cue in cues)
        if facts.statements and not attributed and text[0] in '"“„«':
            score += NOBODY
        torn = text.count('"') % 2 or text.count("“") != text.count("”")
        if not attributed and (torn or self._in_a_quotation(sentence)):
            score += TORN
        roots = {sentence.first + i for i, t in enumerate(tokens) if t.dep == "ROOT" and t.tag == "VBN"}
        if any(t.head in roots and t.dep == "aux" and t.text.lower() in {"had", "'d"} for t in tokens):
            score += HAD
        return score

    def _in_a_quotation(self, sentence: Sentence) -> bool:
        """The middle of a long quotation: without its marks it would seem the source's own word."""
        at = bisect.bisect_left(self.quoted, (sentence.start, 0)) - 1
        return at >= 0 and self.quoted[at][1] >= sentence.end


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

    def best(self) -> tuple[str, str | None]:
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
    for event in reading.events:
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
    words = WORD.findall(text.casefold())
    return frozenset(
        w.removesuffix("'s").removesuffix("’s")
        for w in words
        if (len(w) > 2 or w[0].isdigit()) and w not in words_of_grammar()
    )


@functools.cache
def words_of_grammar() -> frozenset[str]:
    lines = (DATA / "words-of-grammar.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
