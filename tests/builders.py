"""Build values of the model. A test states what it is about; everything else has a default.

    actor("uma", roles=(office("director"),))      an entry of the registry
    briefing(article("A title\n\nSome text."))     a briefing without facts
    row("a", "uma", "vic")                         the summary of a briefing that mentions two people

A new field of a value gets its default here, so that no other test has to change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, replace
from pathlib import Path
from typing import Any

from briefing.archive import summaries
from briefing.archive.summaries import Row, RowActor, RowName
from briefing.model import (
    Actor,
    ActorHere,
    Alias,
    Analysis,
    Article,
    Attribution,
    Block,
    Briefing,
    DateRef,
    Entity,
    Event,
    Figure,
    Inline,
    KeyFact,
    LazyPage,
    Mention,
    Meta,
    Note,
    Office,
    Page,
    Published,
    Reading,
    Removed,
    Role,
    RowFigure,
    RowRole,
    RowStatement,
    Sentence,
    Source,
    Span,
    Speaker,
    Statement,
    Title,
    Token,
    Topic,
)
from briefing.site import Site, Templates, load_templates

TEMPLATES = Path(__file__).parents[1] / "templates"
ADDRESS = "https://archive.example/"
TEXT = "Ferry sails again\n\nThe ferry to Tollen sails again from Monday, the harbour master said.\n"


# --- sources and articles -------------------------------------------------------------------


def source(text: str = TEXT, id: str = "a-source", path: str | None = None, **known: Any) -> Source:
    """`known` is what the front matter gives."""
    return Source(
        id=id, path=path or f"{id}.md", sha256="0" * 64, meta=Meta(**known), body=text, body_line=1, encoding="utf-8"
    )


def article(text: str = TEXT, id: str = "2026/ferry", published: str = "2026-05-03", **known: Any) -> Article:
    """An article without the cleaner: the first line is a heading, `- ` starts a list item, `**` and links are markup.

    Two lines are removed where they occur: an advertisement ("Buy Cheap ...") and an empty label ("Posted on").
    """
    blocks, hidden, inlines = [], [], []
    for number, line in enumerate(re.finditer(r"[^\s\n][^\n]*", text)):
        kind = "heading" if number == 0 else "item" if line[0].startswith("- ") else "paragraph"
        blocks.append(block(line.start(), line.end(), kind, level=1))
        if kind == "item":
            hidden.append(Span(line.start(), line.start() + 2))
    for strong in re.finditer(r"\*\*([^*\n]+)\*\*", text):
        hidden += [Span(strong.start(), strong.start(1)), Span(strong.end(1), strong.end())]
        inlines.append(inline("strong", strong.start(1), strong.end(1)))
    for link in re.finditer(r"\[([^\]\n]+)\]\(([^)\n]+)\)", text):
        hidden += [Span(link.start(), link.start(1)), Span(link.end(1), link.end())]
        inlines.append(inline("link", link.start(1), link.end(1), link[2]))
    advertisements = [removed(m.start(), m.end()) for m in re.finditer(r"Buy Cheap[^\n]*", text)]
    labels = [
        removed(m.start(), m.end(), "empty-label", "a label without a value")
        for m in re.finditer(r"Posted on$", text, re.M)
    ]
    return Article(
        source=source(text, id, f"sources/{id}.txt", **known),
        text=text,
        title=title(text[blocks[0].start : blocks[0].end] if blocks else id, "first-line"),
        published=Published(published or None, "given" if published else "unknown"),
        language=known.get("language", "en"),
        blocks=tuple(blocks),
        hidden=tuple(sorted(hidden, key=lambda s: s.start)),
        inlines=tuple(inlines),
        removed=(*advertisements, *labels),
        hints=(),
    )


def title(value: str, basis: str = "given") -> Title:
    return Title(value, basis)


def block(start: int, end: int, kind: str = "paragraph", **more: Any) -> Block:
    return Block(kind, start, end, **more)


def inline(kind: str, start: int, end: int, href: str | None = None) -> Inline:
    return Inline(kind, start, end, href)


def removed(start: int, end: int, rule: str = "advertisement", reason: str = "an advertisement") -> Removed:
    return Removed(start, end, rule, reason)


def sentences(of: Article) -> tuple[Sentence, ...]:
    """The article split at full stops, without the language model."""
    found: list[Sentence] = []
    gone = [(r.start, r.end) for r in of.removed]
    for number, part in enumerate(of.blocks):
        if any(s <= part.start < e for s, e in gone):
            continue
        start = part.start + (2 if part.kind == "item" else 0)
        for words in re.finditer(r"\S(?:.*?[.!?]”?(?=\s|$)|.*)", of.text[start : part.end]):
            found.append(sentence(start + words.start(), start + words.end(), id=f"s{len(found) + 1}", block=number))
    return tuple(found)


class Words:
    """Finds words in a text, so that no test has to count characters."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __call__(self, words: str, nth: int = 0) -> Span:
        start = [m.start() for m in re.finditer(re.escape(words), self.text)][nth]
        return Span(start, start + len(words))


# --- analyses -------------------------------------------------------------------------------


def token(start: int, text: str, tag: str = "NN", dep: str = "dep", head: int = 0, **more: Any) -> Token:
    values = {"end": start + len(text), "sentence": 0, "block": 0} | more
    return Token(start=start, text=text, tag=tag, dep=dep, head=head, **values)


def sentence(start: int, end: int, first: int = 0, last: int = 0, id: str = "s1", block: int = 0) -> Sentence:
    return Sentence(id, start, end, first, last, block)


def entity(start: int, end: int, label: str = "ORG", first: int = 0, last: int = 1) -> Entity:
    return Entity(start, end, label, first, last)


def attribution(
    content: tuple[int, int],
    speaker: tuple[int, int] | None = None,
    cue: tuple[int, int] | None = None,
    asserted: float = 1.0,
    confidence: float = 0.9,
) -> Attribution:
    return Attribution(content, speaker, cue, asserted, confidence)


def analysis(
    text: str, tokens: tuple[Token, ...] = (), found: tuple[Sentence, ...] | None = None, **more: Any
) -> Analysis:
    """Without sentences given, all tokens are one sentence."""
    if found is None:
        found = (sentence(tokens[0].start, tokens[-1].end, 0, len(tokens)),) if tokens else ()
    return Analysis(**{"text": text, "tokens": tokens, "sentences": found, "entities": ()} | more)


def reading(**facts: Any) -> Reading:
    """What an article says: nothing but these facts."""
    return Reading(**_nothing(Reading) | facts)


def _nothing(kind: type[Reading] | type[Briefing]) -> dict[str, Any]:
    """An empty tuple for each field without a default, whatever facts there are."""
    return {field.name: () for field in fields(kind) if field.default is MISSING}


# --- facts ----------------------------------------------------------------------------------


def place(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def speaker(span: Span, actor: str | None = None) -> Speaker:
    return Speaker(span.start, span.end, actor)


def statement(*content: Span, **more: Any) -> Statement:
    values = {"speaker": None, "cue": None, "form": "indirect", "hedged": False, "rule": "test"}
    return Statement(content=content, **values | more)


def figure(span: Span, value: float = 1, unit: str = "count", **more: Any) -> Figure:
    values = {"high": None, "measure": None, "rule": "test"}
    return Figure(**place(span), value=value, unit=unit, **values | more)


def date(span: Span, edtf: str | None = None, basis: str = "absolute", **more: Any) -> DateRef:
    return DateRef(**place(span), edtf=edtf, basis=basis, **{"relative": None, "rule": "test"} | more)


def role(span: Span, title: str, holder: Span, **more: Any) -> Role:
    return Role(**place(span), title=title, holder=holder, **{"body": None, "rule": "test"} | more)


def event(span: Span, date: str | None = None, **more: Any) -> Event:
    return Event(**place(span), date=date, **{"rule": "test"} | more)


def key_fact(span: Span, kind: str = "sentence", ref: str | None = None, id: str = "") -> KeyFact:
    return KeyFact(**place(span), kind=kind, ref=ref, id=id)


def note(code: str, message: str, severity: str = "info", span: Span | None = None) -> Note:
    return Note(code, severity, message, **place(span) if span else {})


# --- actors and topics ----------------------------------------------------------------------


def actor(
    id: str, name: str | None = None, kind: str = "person", aliases: Mapping[str, str] | None = None, **more: Any
) -> Actor:
    """An entry of the registry; `aliases` give the type of each name."""
    names = tuple(Alias(words, type) for words, type in (aliases or {}).items())
    return Actor(id=id, name=name or id.title(), kind=kind, aliases=names, **more)


def office(title: str, organisation: str | None = None, since: str | None = None, until: str | None = None) -> Office:
    return Office(title, organisation, since, until)


def people(*ids: str) -> list[Actor]:
    return [actor(i) for i in ids]


def topic(id: str, *terms: str, **more: Any) -> Topic:
    return Topic(id=id, terms=terms, **{"name": id.title()} | more)


def mentioned(
    name: str, *mentions: tuple[Span, str], kind: str = "person", status: str = "registered", id: str | None = None
) -> ActorHere:
    """An actor as one article mentions it."""
    found = tuple(Mention(span.start, span.end, how) for span, how in mentions)
    return ActorHere(id or name.lower().replace(" ", "-"), name, kind, status, found)


# --- briefings and the archive --------------------------------------------------------------


def briefing(of: Article | None = None, **facts: Any) -> Briefing:
    of = of or article()
    return Briefing(**_nothing(Briefing) | {"article": of, "sentences": sentences(of)} | facts)


def row(id: str, *actors: str, **more: Any) -> Row:
    """The summary of a briefing that mentions these registered people, and says nothing else."""
    named = tuple(row_actor(a) for a in actors)
    return replace(summaries.row(briefing()), **{"id": id, "actors": named, "signature": ()} | more)


def row_actor(id: str, **more: Any) -> RowActor:
    name = more.get("name", id.title())
    values = {"kind": "person", "status": "registered", "count": 1, "sentences": ("s1",), "called": (row_name(name),)}
    return RowActor(**{"id": id, "name": name} | values | more)


def row_name(words: str, how: str = "name", count: int = 1, sentence: str = "s1") -> RowName:
    return RowName(words, how, count, sentence)


def row_role(actor: str, title: str, organisation: str | None = None, **more: Any) -> RowRole:
    values = {"sentence": "s1", "holder": actor.title(), "body": None, "words": title}
    return RowRole(actor=actor, title=title, organisation=organisation, **values | more)


def row_statement(actor: str, content: str, **more: Any) -> RowStatement:
    values = {"id": "f" * 10, "sentence": "s1", "speaker": actor.title(), "cue": "said", "form": "indirect"}
    return RowStatement(actor=actor, content=(content,), **{"hedged": False, "about": ()} | values | more)


def row_figure(id: str, value: float, unit: str, **more: Any) -> RowFigure:
    values = {"sentence": "s1", "words": f"{value:g} {unit}", "high": None, "measure": None, "subject": None}
    return RowFigure(id=id, value=value, unit=unit, **{"qualifier": None, "context": "So much."} | values | more)


# --- pages ----------------------------------------------------------------------------------


def page(path: str, text: str = "") -> Page:
    return Page(path, text)


def later(path: str, stamp: str, make: Callable[[], Page]) -> LazyPage:
    return LazyPage(path, stamp, make)


def site(**more: Any) -> Site:
    return Site(**{"name": "Archive", "url": ADDRESS} | more)


def templates(**more: Any) -> Templates:
    return load_templates(TEMPLATES, site(**more))
