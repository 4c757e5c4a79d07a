"""Briefing -> Row: a briefing as the rest of the archive sees it. Words and ids, never the whole text.

A row is a few kilobytes, so that the rows of 100,000 briefings fit in memory at once, and it says
everything that another page may want to show of this briefing: each fact in its exact words, with the
sentence where a reader finds it.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from dataclasses import dataclass

from briefing.archive.duplicates import signature
from briefing.model import ActorHere, Article, Briefing, Figure, Span, Statement
from briefing.registry.name_variants import without_relative

WORDS_A_MINUTE = 220  # of a careful reader of news
WORDS_BETWEEN = 60  # characters between "told" and what was told: "reporters on Monday"


@dataclass(frozen=True, slots=True)
class RowName:
    """What an actor is called in one briefing, and how that was understood."""

    words: str
    how: str  # of the mention: name, alias, surname, title, demonym
    count: int
    sentence: str  # the first that says so


@dataclass(frozen=True, slots=True)
class RowActor:
    id: str
    name: str
    kind: str
    status: str
    count: int  # how often it is mentioned
    sentences: tuple[str, ...]  # where, each once
    called: tuple[RowName, ...]  # what it is called here, most used first; pronouns left out

    @property
    def names(self) -> tuple[str, ...]:
        """Its names here, most used first."""
        return once(name.words for name in self.called if name.how != "demonym")


@dataclass(frozen=True, slots=True)
class RowStatement:
    id: str
    sentence: str
    speaker: str | None  # the words that name the speaker
    actor: str | None
    cue: str | None
    content: tuple[str, ...]
    form: str
    hedged: bool
    about: tuple[str, ...]
    rule: str = ""  # that found it, with its confidence where it has one: "reader 0.93"
    clause: str = ""  # cue and content as they follow each other: "told reporters that ..."


@dataclass(frozen=True, slots=True)
class RowFigure:
    id: str
    sentence: str
    words: str
    value: float
    high: float | None
    unit: str
    measure: str | None
    subject: str | None
    qualifier: str | None
    context: str  # the sentence, shortened


@dataclass(frozen=True, slots=True)
class RowRole:
    sentence: str
    actor: str | None
    holder: str
    title: str
    organisation: str | None
    body: str | None
    words: str
    id: str = ""
    context: str = ""  # the sentence, shortened


@dataclass(frozen=True, slots=True)
class RowEvent:
    id: str
    sentence: str
    date: str | None
    words: str
    actors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowKeyFact:
    id: str
    sentence: str
    words: str
    kind: str


@dataclass(frozen=True, slots=True)
class RowNote:
    code: str
    severity: str
    message: str
    sentence: str | None
    words: str | None


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    title: str
    title_basis: str
    published: str | None  # EDTF
    published_basis: str
    publisher: str | None
    url: str | None
    author: str | None
    language: str
    minutes: int  # to read
    lead: str  # the first sentence, shortened
    topics: tuple[str, ...]
    actors: tuple[RowActor, ...]
    statements: tuple[RowStatement, ...]
    figures: tuple[RowFigure, ...]
    roles: tuple[RowRole, ...]
    events: tuple[RowEvent, ...]
    key_facts: tuple[RowKeyFact, ...]
    notes: tuple[RowNote, ...]
    signature: tuple[int, ...] = ()  # for finding reprints
    whole: bool = True  # all of its text may be shown, not only sentences that carry facts
    replaces: tuple[str, ...] = ()  # ids under which its page stood before


LONG = 320  # characters of a sentence that is shown away from its briefing


class Sentences:
    """Finds the sentence in which a stretch of text begins."""

    def __init__(self, briefing: Briefing) -> None:
        self.all = briefing.sentences
        self.starts = [s.start for s in self.all]

    def index(self, place: int) -> int | None:
        """Of the sentence that holds this place, else of the last one before it, else of the first."""
        if not self.all:
            return None
        return max(0, bisect.bisect_right(self.starts, place) - 1)

    def id(self, place: int) -> str:
        found = self.index(place)
        return "" if found is None else self.all[found].id

    def span(self, place: int) -> Span:
        found = self.index(place)
        return Span(place, place) if found is None else Span(self.all[found].start, self.all[found].end)


class Words:
    """The words of a stretch of text as a reader sees them: markup left out, white space as one space."""

    def __init__(self, article: Article) -> None:
        self.text = article.text
        self.hidden = article.hidden
        self.ends = [s.end for s in article.hidden]

    def __call__(self, start: int, end: int) -> str:
        parts: list[str] = []
        at = start
        for i in range(bisect.bisect_right(self.ends, start), len(self.hidden)):
            cut = self.hidden[i]
            if cut.start >= end:
                break
            parts.append(self.text[at : max(at, cut.start)])
            at = min(cut.end, end)
        parts.append(self.text[at:end])
        return " ".join("".join(parts).split())


def row(briefing: Briefing) -> Row:
    article, source = briefing.article, briefing.article.source
    where, words = Sentences(briefing), Words(article)

    def sentence_words(place: int) -> str:
        span = where.span(place)
        return shorten(words(span.start, span.end))

    return Row(
        id=source.id,
        title=article.title.value,
        title_basis=article.title.basis,
        published=article.published.edtf,
        published_basis=article.published.basis,
        publisher=source.meta.publisher,
        url=source.meta.url,
        author=source.meta.author,
        language=article.language,
        minutes=reading_minutes(briefing),
        lead=sentence_words(lead_place(briefing)) if briefing.sentences else "",
        topics=briefing.topics,
        actors=tuple(
            RowActor(
                id=a.id,
                name=a.name,
                kind=a.kind,
                status=a.status,
                count=len(a.mentions),
                sentences=once(where.id(m.start) for m in a.mentions),
                called=_called(a, where, words),
            )
            for a in briefing.actors
        ),
        statements=tuple(_statement(s, where, words) for s in briefing.statements),
        figures=tuple(_figure(f, where, words, sentence_words(f.start)) for f in briefing.figures),
        roles=tuple(
            RowRole(
                sentence=where.id(r.start),
                actor=r.actor,
                holder=words(r.holder.start, r.holder.end),
                title=r.title,
                organisation=r.organisation,
                body=words(r.body.start, r.body.end) if r.body else None,
                words=words(r.start, r.end),
                id=r.id or f"r{number}",
                context=sentence_words(r.start),
            )
            for number, r in enumerate(briefing.roles, 1)
        ),
        events=tuple(
            RowEvent(e.id, where.id(e.start), e.date, shorten(words(e.start, e.end)), e.actors) for e in briefing.events
        ),
        key_facts=tuple(
            RowKeyFact(k.id, where.id(k.start), shorten(words(k.start, k.end)), k.kind) for k in briefing.key_facts
        ),
        notes=tuple(
            RowNote(
                n.code,
                n.severity,
                n.message,
                where.id(n.start) if n.start is not None else None,
                shorten(words(n.start, n.end)) if n.start is not None and n.end is not None else None,
            )
            for n in briefing.notes
        ),
        signature=signature(" ".join(article.text[s.start : s.end] for s in briefing.sentences)),
        whole=source.meta.rights != "excerpts",
        replaces=source.meta.replaces,
    )


def _called(actor: ActorHere, where: Sentences, words: Words) -> tuple[RowName, ...]:
    uses: dict[tuple[str, str], list[str]] = {}
    for mention in actor.mentions:
        if mention.how != "pronoun":
            uses.setdefault((words(mention.start, mention.end), mention.how), []).append(where.id(mention.start))
    found = (RowName(name, how, len(places), places[0]) for (name, how), places in uses.items())
    return tuple(sorted(found, key=lambda name: -name.count))


def _statement(s: Statement, where: Sentences, words: Words) -> RowStatement:
    return RowStatement(
        id=s.id,
        sentence=where.id(s.content[0].start if s.content else s.cue.start if s.cue else 0),
        speaker=without_relative(words(s.speaker.start, s.speaker.end)) if s.speaker else None,
        actor=s.speaker.actor if s.speaker else None,
        cue=words(s.cue.start, s.cue.end) if s.cue else None,
        content=tuple(words(c.start, c.end) for c in s.content),
        form=s.form,
        hedged=s.hedged,
        about=s.about,
        rule=s.rule,
        clause=_clause(s, where, words),
    )


def _clause(s: Statement, where: Sentences, words: Words) -> str:
    """Return the source's words from the cue to the end of paraphrased content; "" where they are not one clause."""
    if s.form == "direct" or s.speaker is None or s.cue is None or len(s.content) != 1:
        return ""
    content = s.content[0]
    in_order = s.speaker.end <= s.cue.start < s.cue.end <= content.start <= s.cue.end + WORDS_BETWEEN
    same_sentence = where.id(s.cue.start) == where.id(content.start)
    return words(s.cue.start, content.end) if in_order and same_sentence else ""


def _figure(f: Figure, where: Sentences, words: Words, context: str) -> RowFigure:
    return RowFigure(
        id=f.id,
        sentence=where.id(f.start),
        words=words(f.start, f.end),
        value=f.value,
        high=f.high,
        unit=f.unit,
        measure=f.measure,
        subject=f.subject,
        qualifier=f.qualifier,
        context=context,
    )


def lead_place(briefing: Briefing) -> int:
    """Where the first sentence begins that is not a heading."""
    blocks = briefing.article.blocks
    for sentence in briefing.sentences:
        if sentence.block >= len(blocks) or blocks[sentence.block].kind != "heading":
            return sentence.start
    return briefing.sentences[0].start if briefing.sentences else 0


def reading_minutes(briefing: Briefing) -> int:
    words = sum(briefing.article.text.count(" ", s.start, s.end) + 1 for s in briefing.sentences)
    return max(1, round(words / WORDS_A_MINUTE))


def shorten(words: str, longest: int = LONG) -> str:
    """At most so many characters, cut between words; scripts without spaces are cut anywhere."""
    if len(words) <= longest:
        return words
    cut = words[: longest - 1]
    space = cut.rfind(" ", longest // 2)
    return (cut[:space] if space > 0 else cut) + "…"


def once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
