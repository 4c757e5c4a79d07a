"""Summarise a briefing as a row, for all pages but its own: words and ids, never the whole text.

A row takes a few kilobytes, so that the rows of 100,000 briefings fit in memory. It holds whatever another page may
show of this briefing: each fact in its exact words, with the sentence that it stands in.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from briefing.archive.duplicates import signature
from briefing.content.edtf import year_of
from briefing.facts import KINDS
from briefing.model import (
    ActorHere,
    ActorKind,
    ActorStatus,
    Article,
    Briefing,
    MentionType,
    PublishedBasis,
    RowFacts,
    Severity,
    Span,
    TitleBasis,
)

WORDS_A_MINUTE = 220  # of a careful reader of news


@dataclass(frozen=True, slots=True)
class RowName:
    """A name of an actor in one briefing, and its type."""

    words: str
    how: MentionType
    count: int
    sentence: str  # the first that says so


@dataclass(frozen=True, slots=True)
class RowActor:
    id: str
    name: str
    kind: ActorKind
    status: ActorStatus
    count: int  # how often it is mentioned
    sentences: tuple[str, ...]  # where, each once
    called: tuple[RowName, ...]  # what it is called here, most used first; pronouns left out

    @property
    def names(self) -> tuple[str, ...]:
        """Its names here, most used first."""
        return once(name.words for name in self.called if name.how != "demonym")


@dataclass(frozen=True, slots=True)
class RowNote:
    code: str
    severity: Severity
    message: str
    sentence: str | None
    words: str | None


@dataclass(frozen=True, slots=True)
class Row(RowFacts):
    id: str
    title: str
    title_basis: TitleBasis
    published: str | None  # EDTF
    published_basis: PublishedBasis
    publisher: str | None
    url: str | None
    author: str | None
    language: str
    minutes: int  # to read
    lead: str  # the first sentence, shortened
    topics: tuple[str, ...]
    actors: tuple[RowActor, ...]
    notes: tuple[RowNote, ...]
    signature: tuple[int, ...] = ()  # for finding reprints
    whole: bool = True  # all of its text may be shown, not only sentences that carry facts
    replaces: tuple[str, ...] = ()  # ids under which its page stood before
    estimated: str | None = None  # the year of an article without a date, from its path or its text

    @property
    def when(self) -> str | None:
        """The date by which it is sorted, EDTF."""
        return self.published or self.estimated

    @property
    def year(self) -> str:
        """The year under which it is listed, "" if it cannot even be estimated."""
        return year_of(self.when) or ""


LONG = 320  # characters of a sentence that is shown away from its briefing


class Sentences:
    """Finds the sentence in which a stretch of text begins."""

    def __init__(self, briefing: Briefing) -> None:
        self.all = briefing.sentences
        self.starts = [s.start for s in self.all]

    def index(self, place: int) -> int | None:
        """Return the index of the sentence at a place, or else of the one before it, or of the first."""
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
    """Returns the visible words of a place: without markup, with single spaces."""

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


class Shown:
    """A briefing's text as its readers see it, for the facts that are shown with words of it."""

    def __init__(self, briefing: Briefing) -> None:
        self.words = Words(briefing.article)
        self.sentences = Sentences(briefing)

    def shortened(self, start: int, end: int) -> str:
        return shorten(self.words(start, end))

    def sentence(self, place: int) -> str:
        return self.sentences.id(place)

    def context(self, place: int) -> str:
        span = self.sentences.span(place)
        return self.shortened(span.start, span.end)


def row(briefing: Briefing) -> Row:
    article, source = briefing.article, briefing.article.source
    shown = Shown(briefing)
    facts: dict[str, Any] = {kind.key: kind.rows(briefing, shown) for kind in KINDS if kind.row}
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
        lead=without_dateline(shown.context(lead_place(briefing))) if briefing.sentences else "",
        topics=briefing.topics,
        actors=tuple(
            RowActor(
                id=a.id,
                name=a.name,
                kind=a.kind,
                status=a.status,
                count=len(a.mentions),
                sentences=once(shown.sentence(m.start) for m in a.mentions),
                called=_called(a, shown),
            )
            for a in briefing.actors
        ),
        notes=tuple(
            RowNote(
                n.code,
                n.severity,
                n.message,
                shown.sentence(n.start) if n.start is not None else None,
                shown.shortened(n.start, n.end) if n.start is not None and n.end is not None else None,
            )
            for n in briefing.notes
            if not n.minor
        ),
        signature=signature(" ".join(article.text[s.start : s.end] for s in briefing.sentences)),
        whole=source.meta.rights != "excerpts",
        replaces=source.meta.replaces,
        estimated=None if year_of(article.published.edtf) else estimated_year(briefing),
        **facts,
    )


FOLDER_OF_YEAR = re.compile(r"(?:^|/)((?:19|20)\d\d)(?=[-_/])")  # of `2023/quay.txt` and `2023-quay.txt`


def estimated_year(briefing: Briefing) -> str | None:
    """Return the year in an article's path, or else the latest year of which its text tells what had happened."""
    if found := FOLDER_OF_YEAR.search(briefing.article.source.id):
        return found[1]
    told = [*(event.date for event in briefing.events), *(figure.as_of for figure in briefing.figures)]
    return max(filter(None, map(year_of, told)), default=None)


def _called(actor: ActorHere, shown: Shown) -> tuple[RowName, ...]:
    uses: dict[tuple[str, MentionType], list[str]] = {}
    for mention in actor.mentions:
        if mention.how != "pronoun":
            called = shown.words(mention.start, mention.end)
            uses.setdefault((called, mention.how), []).append(shown.sentence(mention.start))
    found = (RowName(name, how, len(places), places[0]) for (name, how), places in uses.items())
    return tuple(sorted(found, key=lambda name: -name.count))


def lead_place(briefing: Briefing) -> int:
    """Return the start of the first sentence that is not a heading."""
    blocks = briefing.article.blocks
    for sentence in briefing.sentences:
        if sentence.block >= len(blocks) or blocks[sentence.block].kind != "heading":
            return sentence.start
    return briefing.sentences[0].start if briefing.sentences else 0


# "BRUSSELS, 5 May (Coast News) - ", "SAN FERRO --": a place in capitals up to a dash with spaces around it
DATELINE = re.compile(
    r"[A-Z][A-Z.'’ ]{2,30}(?:/[A-Z ]{3,30})?(?:, [^-–—(]{2,30})?(?: ?\([^()]{2,40}\))? (?:-{1,2}|–|—) (?=\S)"
)


def without_dateline(sentence: str) -> str:
    found = DATELINE.match(sentence)
    return sentence[found.end() :] if found else sentence


def reading_minutes(briefing: Briefing) -> int:
    words = sum(briefing.article.text.count(" ", s.start, s.end) + 1 for s in briefing.sentences)
    return max(1, round(words / WORDS_A_MINUTE))


def shorten(words: str, longest: int = LONG) -> str:
    """Cut between words to at most this many characters; scripts without spaces are cut anywhere."""
    if len(words) <= longest:
        return words
    cut = words[: longest - 1]
    space = cut.rfind(" ", longest // 2)
    return (cut[:space] if space > 0 else cut) + "…"


def once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
