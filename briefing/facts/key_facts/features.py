"""Reading -> the features of each sentence from which its news value is reckoned.

A feature is a number from 0 to 1 that a reader can check in the text: where the sentence stands, how much of the
headline it repeats, what its main clause does, which facts it holds. Their weights are in `data/key_facts.yaml`.
"""

from __future__ import annotations

import bisect
import datetime
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from briefing.facts.tokens import SUBJECTS, Tree
from briefing.lexicon import load
from briefing.model import (
    Analysis,
    Article,
    DateRef,
    Figure,
    KeyFactKind,
    Reading,
    Role,
    Sentence,
    Statement,
    Vote,
)

GRAMMAR = load("grammar", dict[str, frozenset[str]])


@dataclass(frozen=True, slots=True)
class Weights:
    """The tables of the data file, which says what each is for."""

    value: dict[str, float]
    news: dict[str, float]
    unsound: frozenset[str]


WEIGHTS = load("key_facts", Weights)
STEM = 5  # letters by which two words are held to be one: "licence", "licences", "licensing"
HISTORY = 0.7  # share of dated sentences of earlier years, from which the past is the subject
OPENING = 3  # tokens before a date that opens its sentence
DATING = frozenset({"pobj", "prep", "npadvmod", "nummod", "compound", "amod", "det"})  # from a date up to its verb
COMPARING = frozenset({"since", "than", "from", "to"})
TITLED = 0.3  # share of the headline's words from which a sentence is about the same
FRAGMENT = 12  # tokens at most of a sentence without a verb
MANY = 100  # from this on a number of things is a result
WEEK = 7  # days before publication that are news
WORD = re.compile(r"[^\W\d_][\w'’-]+|\d[\d.,]*")  # numbers too: another figure is another fact
OPENS_QUOTE = '"“„«'
QUOTED = re.compile(r"[\"“„«][^\"“”„«»]*[\"”»]|[\"“„«].*")
REACH = re.compile(r"https?://|www\.|\S@\S+\.\w|\b\d[\d ()-]{2,}-\d{3,}-?\d{2,}|\bconference call\b|\bwebcast\b")
MASK = re.compile(r"(?:^|\s)\*{2,}\s")  # "the ** company"
TIME_OR_AGE = re.compile(r"\d{1,2}[.:]\d\d ?(?:[ap]\.?m|CET|GMT)?|, \d{1,2},|\b(?:19|20)\d\d\b")
DIGITS = re.compile(r"\b\d{1,3}\b|\d[.,]\d")
YEAR = re.compile(r"\d{4}")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MONEY = re.compile(r"[A-Z]{3}\b")
PRESENT, FINITE = frozenset({"VBZ", "VBP"}), frozenset({"VBD", "VBZ", "VBP", "MD"})
TALKERS = frozenset({"i", "we", "me", "us", "my", "our", "you", "your"})
BACKGROUND = frozenset({"aside", "noun"})  # rules of events that are no news


def content_words(text: str) -> frozenset[str]:
    """Return the words that tell what a text is about, in lower case, numbers included."""
    words, grammar = WORD.findall(text.casefold()), GRAMMAR["words"]
    return frozenset(
        w.removesuffix("'s").removesuffix("’s") for w in words if (len(w) > 2 or w[0].isdigit()) and w not in grammar
    )


def stems(text: str) -> frozenset[str]:
    return frozenset(w[:STEM] for w in content_words(text))


def is_torn(text: str) -> bool:
    """Does a quotation begin or end outside?"""
    return text.count('"') % 2 == 1 or text.count("“") != text.count("”")


@dataclass(slots=True)
class Held:
    """The facts of one sentence."""

    statements: list[Statement] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    dates: list[DateRef] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)

    @property
    def measured(self) -> list[Figure]:
        """Figures that tell how much, and no mere "two mayors"."""
        return [f for f in self.figures if f.unit != "count" or abs(f.value) >= MANY or f.value % 1 != 0]

    def best(self) -> tuple[KeyFactKind, str | None]:
        """Return the kind of fact on which a sentence rests, and its id."""
        if self.events:
            return "event", self.events[0]
        if self.measured and not self.statements:
            return "figure", self.measured[0].id
        if self.statements:
            return "statement", self.statements[0].id
        if self.figures:
            return "figure", self.figures[0].id
        return ("date", None) if any(d.edtf for d in self.dates) else ("sentence", None)


def facts_by_sentence(reading: Reading) -> dict[str, Held]:
    starts = [s.start for s in reading.sentences]
    held = {s.id: Held() for s in reading.sentences}

    def at(place: int) -> Held:
        return held[reading.sentences[max(bisect.bisect_right(starts, place) - 1, 0)].id]

    for statement in reading.statements:
        at(statement.content[0].start).statements.append(statement)
    for figure in reading.figures:
        at(figure.start).figures.append(figure)
    for event in (e for e in reading.events if e.rule not in BACKGROUND):
        at(event.start).events.append(event.id)
    for date in reading.dates:
        at(date.start).dates.append(date)
    for role in reading.roles:
        at(role.holder.start).roles.append(role)
    for vote in reading.votes:
        at(vote.start).votes.append(vote)
    return held


class Features:
    """Reads the features of the sentences of one article."""

    def __init__(self, article: Article, analysis: Analysis, reading: Reading, tree: Tree) -> None:
        self.article = article
        self.analysis = analysis
        self.reading = reading
        self.tree = tree
        self.held = facts_by_sentence(reading)
        self.words = {s.id: content_words(article.text[s.start : s.end]) for s in reading.sentences}
        self.frequency = Counter(w for words in self.words.values() for w in words)
        self.top = max(self.frequency.values(), default=1)
        self.headline = stems(article.title.value) if article.title.basis != "derived" else frozenset()
        self.persons = {i for n in reading.names if n.label == "PERSON" for i in range(n.first, n.last)}
        self.officials = {article.text[r.holder.start : r.holder.end].split()[-1] for r in reading.roles}
        self.bodies = {i for n in reading.names if n.label in ("ORG", "GPE", "NORP") for i in range(n.first, n.last)}
        self.calendar = Calendar(article, reading)
        self.of_the_past = self._is_of_the_past()
        self.story = self._share_of_story()

    def of(self, sentence: Sentence, order: int, answer: bool = False) -> dict[str, float]:
        """Return the features of a sentence that are not 0. `order` is its place among those that count; an `answer` of
        an interview may say "I"."""
        held = self.held[sentence.id]
        found: dict[str, float] = {"all": 1.0}
        found.update(self._place(sentence, order))
        found.update(self._clause(sentence))
        found.update(self._facts(held, self.text(sentence)))
        found.update(self._time(sentence, held))
        found.update(self._manner(sentence, held, answer))
        found["early in a story"] = found["early"] * self.story
        plain = found["no fact"] and not found["these days"] and found.get("headline", 0.0) < TITLED
        found["a scene leads"] = found["lead"] and bool(plain or found["I, we or you"])
        found["had done"] = found["past perfect"] and not found["statement"]
        return {name: float(value) for name, value in found.items() if value}

    def _share_of_story(self) -> float:
        """Return the share of sentences that tell what goes on, or what is said, as a feature or a talk does."""
        telling = 0
        for sentence in self.reading.sentences:
            held = self.held[sentence.id]
            signs = dict(self._clause(sentence)) | dict(self._manner(sentence, held, False))
            scene = signs["present"] and not (held.statements or held.measured)
            telling += bool(scene or signs["I, we or you"] or signs["opens with a quotation"])
        return telling / max(len(self.reading.sentences), 1)

    def text(self, sentence: Sentence) -> str:
        return self.article.text[sentence.start : sentence.end]

    # --- where it stands, and what it is about ------------------------------------------------

    def _place(self, sentence: Sentence, order: int) -> Iterator[tuple[str, float]]:
        words = self.words[sentence.id]
        block = self.article.blocks[sentence.block]
        yield "early", 1 / math.sqrt(order)
        yield "lead", order == 1
        yield "opens its paragraph", not self.article.text[block.start : sentence.start].strip("*_ ")
        yield "item", block.kind == "item"
        if self.headline:
            shared = len(self.headline & {w[:STEM] for w in words}) / len(self.headline)
            yield "headline", shared
            yield "nothing of the headline, early", (not shared) / math.sqrt(order)
        if words:
            yield "central words", sum(self.frequency[w] for w in words) / len(words) / self.top
        yield "short", len(self.text(sentence).split()) < 10

    # --- what its main clause does --------------------------------------------------------------

    def _clause(self, sentence: Sentence) -> Iterator[tuple[str, float]]:
        tokens, tree = self.analysis.tokens, self.tree
        root = next((i for i in range(sentence.first, sentence.last) if tokens[i].dep == "ROOT"), sentence.first)
        tag = tokens[root].tag
        helpers = {tree.low(c) for c in tree.children[root] if tokens[c].dep in ("aux", "auxpass")}
        subject = tree.child(root, SUBJECTS)
        finite = tag in FINITE or bool(helpers)
        yield "no verb", self._is_verbless(sentence, finite)
        yield "past perfect", "had" in helpers or ("'d" in helpers and tag == "VBN")
        yield "perfect", bool(helpers & {"has", "have"})
        yield (
            "future",
            bool(helpers & {"will", "'ll"})
            or (tree.low(root) in ("is", "are") and any(tokens[c].dep == "xcomp" for c in tree.children[root])),
        )
        yield "may or should", bool(helpers & {"may", "might", "could", "can", "should", "must", "would"})
        yield "present", tag in PRESENT and tree.low(root) not in GRAMMAR["newsy"]
        yield "is", tree.low(root) in ("is", "are") and not helpers
        yield "passive", any(tokens[c].dep == "auxpass" for c in tree.children[root])
        if subject is None:
            return
        whole = range(tree.left[subject], tree.right[subject])
        before = range(sentence.first, root)
        yield "an order", tag == "VB" and subject is None and not any(tokens[i].tag == "MD" for i in before)
        yield "not", any(tokens[c].dep == "neg" for c in tree.children[root])
        yield "a person acts", any(i in self.persons for i in whole)
        yield "a body acts", any(i in self.bodies for i in whole)
        yield "the headline's actor", bool(stems(self._text(whole)) & self.headline)
        yield "a pronoun acts", tokens[subject].tag in ("PRP", "DT")

    def _is_verbless(self, sentence: Sentence, finite: bool) -> bool:
        """ "More heavy rain on the coast."; in a long sentence the parser is likelier to have missed the verb."""
        here = self.analysis.tokens[sentence.first : sentence.last]
        item = self.article.blocks[sentence.block].kind == "item"
        return not (finite or item or len(here) > FRAGMENT or any(t.tag in FINITE for t in here))

    def _text(self, tokens: range) -> str:
        return self.article.text[self.analysis.tokens[tokens[0]].start : self.analysis.tokens[tokens[-1]].end]

    # --- the facts in it ------------------------------------------------------------------------

    def _facts(self, held: Held, text: str) -> Iterator[tuple[str, float]]:
        measured = [f for f in held.measured if not self._is_aside(f)]
        units = Counter(f.unit.partition("/")[0] for f in measured)
        yield "vote", bool(held.votes)
        yield "a figure", bool(measured)
        yield "money or percent", any(u == "percent" or MONEY.fullmatch(u) for u in units)
        yield "figures to compare", any(n > 1 for n in units.values())
        yield "another number", not measured and (bool(held.figures) or self._has_number(held, text))
        yield "presents somebody", bool(held.roles)
        yield "statement", bool(held.statements)
        yield "said by a body or an official", any(self._is_official(s) for s in held.statements)
        yield "no fact", not (measured or held.events or held.statements or held.votes)

    def _has_number(self, held: Held, text: str) -> bool:
        """ "38 minutes later": a number that is no figure, date, time or age."""
        for date in held.dates:
            text = text.replace(self.article.text[date.start : date.end], "")
        return DIGITS.search(TIME_OR_AGE.sub("", text)) is not None

    def _is_aside(self, figure: Figure) -> bool:
        """ "Starbucks, which bought a tenth of the crop": the figure describes the name, and is not the point."""
        tokens = self.analysis.tokens
        at = bisect.bisect_left(tokens, figure.start, key=lambda t: t.start)
        while at < len(tokens) and tokens[at].head != at:
            if tokens[at].dep == "relcl":
                return True
            at = tokens[at].head
        return False

    def _is_official(self, statement: Statement) -> bool:
        if statement.speaker is None:
            return False
        words = self.article.text[statement.speaker.start : statement.speaker.end].split()
        at = bisect.bisect_left(self.analysis.tokens, statement.speaker.start, key=lambda t: t.start)
        last = bisect.bisect_left(self.analysis.tokens, statement.speaker.end, key=lambda t: t.start)
        return words[-1] in self.officials or any(i in self.bodies for i in range(at, last))

    def _time(self, sentence: Sentence, held: Held) -> Iterator[tuple[str, float]]:
        ages = {self.calendar.age(d) for d in held.dates}
        old = [d for d in held.dates if self.calendar.age(d) == "old"]
        background = any(self._dates_main_clause(d, sentence) for d in old) and "fresh" not in ages
        yield "these days", "fresh" in ages
        yield "event", bool(held.events) and "old" not in ages
        yield "to come", "coming" in ages
        yield "years ago", background and not self.of_the_past
        yield "since years ago", bool(old) and not background

    def _dates_main_clause(self, date: DateRef, sentence: Sentence) -> bool:
        """ "In 2019 a fire shut the plant", but not "the highest price since 2008"."""
        tokens = self.analysis.tokens
        at = bisect.bisect_left(tokens, date.start, sentence.first, sentence.last, key=lambda t: t.start)
        opens = at - sentence.first <= OPENING
        while sentence.first <= at < sentence.last and tokens[at].dep in DATING:
            if tokens[at].text.lower() in COMPARING:
                return False
            at = tokens[at].head
        return opens or (at < sentence.last and tokens[at].dep in ("ROOT", "conj"))

    def _is_of_the_past(self) -> bool:
        """Is the past what the article is about, as in an obituary?"""
        dated = [{self.calendar.age(d) for d in held.dates} - {None} for held in self.held.values()]
        past = sum(ages == {"old"} for ages in dated) > HISTORY * sum(map(bool, dated))
        return past and (not any("fresh" in ages for ages in dated) or bool(GRAMMAR["dying"] & set(self.frequency)))

    # --- how it is told -----------------------------------------------------------------------

    def _manner(self, sentence: Sentence, held: Held, answer: bool) -> Iterator[tuple[str, float]]:
        text = self.text(sentence)
        quoted = QUOTED.findall(text)
        bare = QUOTED.sub(" ", text)
        talk = {w.lower() for w in re.findall(r"(?<!-)\b[A-Za-z]+\b(?!-)", bare) if w != "US"}
        named = any(s.speaker is not None and s.cue is not None for s in held.statements)
        yield "I, we or you", not answer and bool(talk & TALKERS)
        yield "question", text.rstrip("\"”’»)]' ").endswith("?")
        yield "exclamation", text.endswith("!")
        yield "opens with a quotation", text[0] in OPENS_QUOTE
        yield "quoted", len("".join(quoted)) / len(text)
        yield "quotation of nobody", bool(quoted) and text[0] in OPENS_QUOTE and not named
        yield "how to reach somebody", REACH.search(text) is not None
        yield "a word is missing", MASK.search(text) is not None
        yield "torn quotation", is_torn(text) and not named


class Calendar:
    """Tells how far from the day of writing a date of the article is."""

    def __init__(self, article: Article, reading: Reading) -> None:
        self.published = article.published.edtf or ""
        # who writes on a day without a year needs no year for what is new
        known = [self.published] if self.published else [d.edtf for d in reading.dates if d.edtf and len(d.edtf) > 4]
        self.year = max((int(y[0]) for edtf in known if (y := YEAR.match(edtf.lstrip("/")))), default=None)

    def age(self, date: DateRef) -> str | None:
        """Return "fresh", "coming", "old" (of an earlier year) or None (unknown, or earlier in the year)."""
        if date.edtf is None:
            past = date.relative is not None and date.relative.startswith("-P") and date.relative[-1] not in "DW"
            return ("old" if (date.relative or "").endswith("Y") else None) if past else "fresh"
        year = YEAR.match(date.edtf.lstrip("/"))
        if year is None:
            return None
        if self.year is None or int(year[0]) < self.year:
            return "old"
        if int(year[0]) > self.year:
            return "coming"
        if not (DAY.fullmatch(date.edtf) and DAY.fullmatch(self.published)):
            return None
        days = (datetime.date.fromisoformat(self.published) - datetime.date.fromisoformat(date.edtf)).days
        return "coming" if days < 0 else "fresh" if days <= WEEK else None
