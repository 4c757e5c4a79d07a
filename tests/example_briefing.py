"""A briefing with every kind of fact, made by hand, all of it invented: what pages are designed against."""

from __future__ import annotations

import re

from briefing.model import (
    Actor,
    ActorHere,
    Alias,
    Article,
    Block,
    Briefing,
    DateRef,
    Event,
    Figure,
    Inline,
    KeyFact,
    Mention,
    Meta,
    Note,
    Office,
    Published,
    Removed,
    Role,
    Sentence,
    Source,
    Span,
    Speaker,
    Statement,
    Title,
    Topic,
)

PARAGRAPHS = (
    "Harbour of Velmora to double its capacity",
    "VELMORA, 3 May - The Port Authority of Velmora will double its container capacity to 2.4 million a year by 2031,"
    " its director Anna Kessowa said on Tuesday.",
    "“We have waited ten years for this,” Kessowa said, “and we will not wait an eleventh.”",
    "According to the **Ministry of Transport**, the works cost between 310 and 340 million euros. Norway is reportedly"
    " ready to lend a third of the sum. [The plan](https://port.example/plan) names three steps:",
    "- dredging of the outer basin\n- a second quay of 840 metres\n- a rail link",
    "The trade union Dockers United fears for 1,200 jobs. Its speaker Jon Barrow believes that the cranes will work"
    " without people, as they do in Rotterdam.",
    "Buy Cheap Crane Parts, Wire Rope, Hooks 24/7",
    "Posted on",
)
TEXT = "\n\n".join(PARAGRAPHS) + "\n"
PLAN = "The Port Authority of Velmora will double its container capacity to 2.4 million a year by 2031"

REGISTRY = (
    Actor(
        id="anna-kessowa",
        name="Anna Kessowa",
        kind="person",
        aliases=(Alias("A. Kessova", "transliteration"),),
        roles=(Office("director", "port-authority-of-velmora", since="2019"),),
        note="Director of the Port Authority of Velmora.",
    ),
    Actor(id="port-authority-of-velmora", name="Port Authority of Velmora", kind="organisation", country="norway"),
    Actor(id="norway", name="Norway", kind="country", iso2="NO", iso3="NOR"),
    Actor(id="dockers-united", name="Dockers United", kind="organisation"),
)
TOPICS = (
    Topic("ports", "Ports", ("harbour", "port"), description="Harbours, quays and what goes over them."),
    Topic("labour", "Labour", ("union",), parent="ports"),
)


class Words:
    """Finds words in the text, so that no case has to count characters."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __call__(self, words: str, nth: int = 0) -> Span:
        start = [m.start() for m in re.finditer(re.escape(words), self.text)][nth]
        return Span(start, start + len(words))


def article(text: str = TEXT, name: str = "2026/velmora-harbour", **meta: str) -> Article:
    """An article of plain lines: the first is a heading, `- ` makes an item; `**` and links are markup."""
    blocks, hidden, inlines = [], [], []
    for number, line in enumerate(re.finditer(r"[^\s\n][^\n]*", text)):
        kind = "heading" if number == 0 else "item" if line[0].startswith("- ") else "paragraph"
        blocks.append(Block(kind, line.start(), line.end(), 1))
        if kind == "item":
            hidden.append(Span(line.start(), line.start() + 2))
    for strong in re.finditer(r"\*\*([^*\n]+)\*\*", text):
        hidden += [Span(strong.start(), strong.start(1)), Span(strong.end(1), strong.end())]
        inlines.append(Inline("strong", strong.start(1), strong.end(1)))
    for link in re.finditer(r"\[([^\]\n]+)\]\(([^)\n]+)\)", text):
        hidden += [Span(link.start(), link.start(1)), Span(link.end(1), link.end())]
        inlines.append(Inline("link", link.start(1), link.end(1), link[2]))
    removed = [
        Removed(m.start(), m.end(), "advertisement", "an advertisement") for m in re.finditer(r"Buy Cheap[^\n]*", text)
    ]
    removed += [
        Removed(m.start(), m.end(), "empty-label", "a label without a value")
        for m in re.finditer(r"Posted on$", text, re.M)
    ]
    title = text[blocks[0].start : blocks[0].end] if blocks else name
    published = meta.pop("published", "2026-05-03")
    return Article(
        source=Source(name, f"sources/{name}.txt", "0" * 64, Meta(**meta), text, 1, "utf-8"),
        text=text,
        title=Title(title, "first-line"),
        published=Published(published or None, "given" if published else "unknown"),
        language=meta.get("language", "en"),
        blocks=tuple(blocks),
        hidden=tuple(sorted(hidden, key=lambda s: s.start)),
        inlines=tuple(inlines),
        removed=tuple(removed),
        hints=(),
    )


def sentences(of: Article) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    gone = [(r.start, r.end) for r in of.removed]
    for number, block in enumerate(of.blocks):
        if any(s <= block.start < e for s, e in gone):
            continue
        start = block.start + (2 if block.kind == "item" else 0)
        for part in re.finditer(r"\S(?:.*?[.!?]”?(?=\s|$)|.*)", of.text[start : block.end]):
            found.append(Sentence(f"s{len(found) + 1}", start + part.start(), start + part.end(), 0, 0, number))
    return tuple(found)


def actor(name: str, kind: str, status: str, *mentions: tuple[Span, str], id: str | None = None) -> ActorHere:
    return ActorHere(
        id or name.lower().replace(" ", "-"),
        name,
        kind,
        status,
        tuple(Mention(s.start, s.end, how) for s, how in mentions),
    )


def span_of(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def example() -> Briefing:
    of = article(publisher="Invented Press", url="https://press.example/velmora?a=1&b=2", author="R. Nobody")
    at = Words(TEXT)
    first, second = at("“We have waited ten years for this,”"), at("“and we will not wait an eleventh.”")
    return Briefing(
        article=of,
        sentences=sentences(of),
        actors=(
            actor("Anna Kessowa", "person", "registered", (at("Anna Kessowa"), "name"), (at("Kessowa", 1), "surname")),
            actor(
                "Port Authority of Velmora",
                "organisation",
                "registered",
                (at("Port Authority of Velmora"), "name"),
                (at("its director"), "pronoun"),
            ),
            actor("Norway", "country", "registered", (at("Norway"), "name")),
            actor("Dockers United", "organisation", "registered", (at("Dockers United"), "name")),
            actor("Jon Barrow", "person", "candidate", (at("Jon Barrow"), "name")),
            actor("Ministry of Transport", "organisation", "candidate", (at("Ministry of Transport"), "name")),
        ),
        roles=(
            Role(
                **span_of(at("its director Anna Kessowa")),
                title="director",
                holder=at("Anna Kessowa"),
                body=at("Port Authority of Velmora"),
                rule="title-name",
                id="ffffffff01",
                actor="anna-kessowa",
                organisation="port-authority-of-velmora",
            ),
            Role(
                **span_of(at("Its speaker Jon Barrow")), title="speaker", holder=at("Jon Barrow"), body=None, rule="t",
                id="ffffffff02",
            ),
        ),
        statements=(
            Statement(
                speaker=Speaker(**span_of(at("its director Anna Kessowa")), actor="anna-kessowa"),
                cue=at("said", 0),
                content=(at(PLAN),),
                form="indirect",
                hedged=False,
                rule="cue",
                id="aaaaaaaa01",
                about=("port-authority-of-velmora",),
            ),
            Statement(
                speaker=Speaker(**span_of(at("Kessowa", 1)), actor="anna-kessowa"),
                cue=at("said", 1),
                content=(Span(first.start + 1, first.end - 1), Span(second.start + 1, second.end - 1)),
                form="direct",
                hedged=False,
                rule="quote",
                id="aaaaaaaa02",
            ),
            Statement(
                speaker=Speaker(**span_of(at("Ministry of Transport")), actor="ministry-of-transport"),
                cue=at("According to"),
                content=(at("the works cost between 310 and 340 million euros"),),
                form="indirect",
                hedged=False,
                rule="according-to",
                id="aaaaaaaa03",
            ),
            Statement(
                speaker=None,
                cue=at("reportedly"),
                content=(at("Norway"), at("ready to lend a third of the sum")),
                form="indirect",
                hedged=True,
                rule="hedge",
                id="aaaaaaaa04",
                about=("norway",),
            ),
            Statement(
                speaker=Speaker(**span_of(at("Jon Barrow")), actor="jon-barrow"),
                cue=at("believes"),
                content=(at("the cranes will work without people, as they do in Rotterdam"),),
                form="mixed",
                hedged=False,
                rule="cue",
                id="aaaaaaaa05",
            ),
        ),
        figures=(
            Figure(
                **span_of(at("2.4 million")), value=2400000, high=None, unit="count",
                measure="container capacity a year", rule="number", id="bbbbbbbb01",
                subject="port-authority-of-velmora",
            ),
            Figure(
                **span_of(at("between 310 and 340 million euros")), value=310e6, high=340e6, unit="EUR",
                measure="cost of the works", rule="money", id="bbbbbbbb02",
            ),
            Figure(
                **span_of(at("840 metres")), value=840, high=None, unit="m", measure=None, rule="number",
                id="bbbbbbbb03",
            ),
            Figure(
                **span_of(at("1,200 jobs")), value=1200, high=None, unit="count", measure="jobs", rule="number",
                qualifier="about", id="bbbbbbbb04",
            ),
        ),
        dates=(
            DateRef(
                **span_of(at("3 May")), edtf="2026-05-03", relative=None, basis="context", rule="day",
                id="eeeeeeee01",
            ),
            DateRef(
                **span_of(at("by 2031")), edtf="/2031", relative=None, basis="absolute", rule="by",
                id="eeeeeeee02",
            ),
            DateRef(
                **span_of(at("on Tuesday")), edtf="2026-05-03", relative=None, basis="published", rule="weekday",
                id="eeeeeeee03",
            ),
            DateRef(
                **span_of(at("ten years")), edtf=None, relative="-P10Y", basis="unknown", rule="duration",
                id="eeeeeeee04",
            ),
        ),
        events=(
            Event(
                **span_of(at("The Port Authority of Velmora will double its container capacity")), date="/2031",
                rule="plan", id="cccccccc01", actors=("port-authority-of-velmora",),
            ),
        ),
        topics=("ports", "labour"),
        key_facts=(
            KeyFact(
                **span_of(at(PLAN)),
                kind="figure", ref="bbbbbbbb01", id="dddddddd01",
            ),
            KeyFact(
                **span_of(at("the works cost between 310 and 340 million euros")), kind="statement", ref="aaaaaaaa03",
                id="dddddddd02",
            ),
            KeyFact(
                **span_of(at("The trade union Dockers United fears for 1,200 jobs.")), kind="figure", ref="bbbbbbbb04",
                id="dddddddd03",
            ),
        ),
        notes=(
            Note("no-title", "info", "The source has no title; its first line stands in for one."),
            Note(
                "figure-conflict", "warning", "Another source gives 280 million euros.",
                **span_of(at("310 and 340 million euros")),
            ),
        ),
    )  # fmt: skip
