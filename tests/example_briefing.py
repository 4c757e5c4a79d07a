"""An invented briefing with every kind of fact: what pages are designed against."""

from __future__ import annotations

from briefing.model import Briefing, Span
from tests.builders import (
    Words,
    actor,
    article,
    briefing,
    date,
    event,
    figure,
    key_fact,
    mentioned,
    note,
    office,
    role,
    speaker,
    statement,
    topic,
)

ID = "2026/velmora-harbour"

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
    actor(
        "anna-kessowa",
        "Anna Kessowa",
        aliases={"A. Kessova": "transliteration"},
        roles=(office("director", "port-authority-of-velmora", since="2019"),),
        note="Director of the Port Authority of Velmora.",
    ),
    actor("port-authority-of-velmora", "Port Authority of Velmora", "organisation", country="norway"),
    actor("norway", "Norway", "country", iso2="NO", iso3="NOR"),
    actor("dockers-united", "Dockers United", "organisation"),
)
TOPICS = (
    topic("ports", "harbour", "port", description="Harbours, quays and what goes over them."),
    topic("labour", "union", parent="ports"),
)


def example(id: str = ID, published: str = "2026-05-03", **known: str) -> Briefing:
    """`known` is what the front matter gives."""
    url = "https://press.example/velmora?a=1&b=2"
    front_matter = {"publisher": "Invented Press", "url": url, "author": "R. Nobody"}
    of = article(TEXT, id, published, **front_matter | known)
    at = Words(TEXT)
    first, second = at("“We have waited ten years for this,”"), at("“and we will not wait an eleventh.”")
    works = at("the works cost between 310 and 340 million euros")
    return briefing(
        of,
        actors=(
            mentioned("Anna Kessowa", (at("Anna Kessowa"), "name"), (at("Kessowa", 1), "surname")),
            mentioned(
                "Port Authority of Velmora",
                (at("Port Authority of Velmora"), "name"),
                (at("its director"), "pronoun"),
                kind="organisation",
            ),
            mentioned("Norway", (at("Norway"), "name"), kind="country"),
            mentioned("Dockers United", (at("Dockers United"), "name"), kind="organisation"),
            mentioned("Jon Barrow", (at("Jon Barrow"), "name"), status="candidate"),
            mentioned(
                "Ministry of Transport",
                (at("Ministry of Transport"), "name"),
                kind="organisation",
                status="candidate",
            ),
        ),
        roles=(
            role(
                at("its director Anna Kessowa"),
                "director",
                at("Anna Kessowa"),
                body=at("Port Authority of Velmora"),
                rule="title-name",
                id="ffffffff01",
                actor="anna-kessowa",
                organisation="port-authority-of-velmora",
            ),
            role(at("Its speaker Jon Barrow"), "speaker", at("Jon Barrow"), id="ffffffff02"),
        ),
        statements=(
            statement(
                at(PLAN),
                speaker=speaker(at("its director Anna Kessowa"), "anna-kessowa"),
                cue=at("said", 0),
                rule="cue",
                id="aaaaaaaa01",
                about=("port-authority-of-velmora",),
            ),
            statement(
                Span(first.start + 1, first.end - 1),
                Span(second.start + 1, second.end - 1),
                speaker=speaker(at("Kessowa", 1), "anna-kessowa"),
                cue=at("said", 1),
                form="direct",
                rule="quote",
                id="aaaaaaaa02",
            ),
            statement(
                works,
                speaker=speaker(at("Ministry of Transport"), "ministry-of-transport"),
                cue=at("According to"),
                rule="according-to",
                id="aaaaaaaa03",
            ),
            statement(
                at("Norway"),
                at("ready to lend a third of the sum"),
                cue=at("reportedly"),
                hedged=True,
                rule="hedge",
                id="aaaaaaaa04",
                about=("norway",),
            ),
            statement(
                at("the cranes will work without people, as they do in Rotterdam"),
                speaker=speaker(at("Jon Barrow"), "jon-barrow"),
                cue=at("believes"),
                form="mixed",
                rule="cue",
                id="aaaaaaaa05",
            ),
        ),
        figures=(
            figure(
                at("2.4 million"),
                2400000,
                measure="container capacity a year",
                id="bbbbbbbb01",
                subject="port-authority-of-velmora",
            ),
            figure(
                at("between 310 and 340 million euros"),
                310e6,
                "EUR",
                high=340e6,
                measure="cost of the works",
                id="bbbbbbbb02",
            ),
            figure(at("840 metres"), 840, "m", id="bbbbbbbb03"),
            figure(at("1,200 jobs"), 1200, measure="jobs", qualifier="about", id="bbbbbbbb04"),
        ),
        dates=(
            date(at("3 May"), "2026-05-03", "context", id="eeeeeeee01"),
            date(at("by 2031"), "/2031", id="eeeeeeee02"),
            date(at("on Tuesday"), "2026-05-03", "published", id="eeeeeeee03"),
            date(at("ten years"), None, "unknown", relative="-P10Y", id="eeeeeeee04"),
        ),
        events=(
            event(
                at("The Port Authority of Velmora will double its container capacity"),
                "/2031",
                id="cccccccc01",
                actors=("port-authority-of-velmora",),
            ),
        ),
        topics=("ports", "labour"),
        key_facts=(
            key_fact(at(PLAN), "figure", "bbbbbbbb01", "dddddddd01"),
            key_fact(works, "statement", "aaaaaaaa03", "dddddddd02"),
            key_fact(at("The trade union Dockers United fears for 1,200 jobs."), "figure", "bbbbbbbb04", "dddddddd03"),
        ),
        notes=(
            note("no-title", "The source has no title; its first line stands in for one."),
            note(
                "figure-conflict",
                "Another source gives 280 million euros.",
                "warning",
                at("310 and 340 million euros"),
            ),
        ),
    )
