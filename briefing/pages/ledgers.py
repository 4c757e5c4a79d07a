"""Archive -> pages of facts across briefings: timeline, statements, figures, what to handle with care."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from briefing.archive import ActorInArchive, Archive, TopicInArchive
from briefing.edtf_words import sort_key, year_of
from briefing.model import Later, Page
from briefing.pages import charts
from briefing.pages.measures import measures
from briefing.pages.parts import parts, share
from briefing.pages.stamps import Stamps
from briefing.pages.templates import Templates
from briefing.rows import Row, RowEvent, RowNote, RowStatement

MEASURES = 300  # in the list of measures
CONTRADICTED = 6  # measures on which sources differ, at the top
LEDGERS = 12  # of them on a page: each is a picture and a table
STATEMENTS = 60  # of all years on their overview: each is a card of many elements
NARROWABLE = 8  # entries of a page that are worth a choice
CHOICES = 12  # actors and topics to choose from above a list
NOTES = 40  # of one code on the page of notes


def timeline_pages(archive: Archive, templates: Templates, stamps: Stamps) -> Iterator[Page | Later]:
    years: defaultdict[str, list[tuple[Row, RowEvent]]] = defaultdict(list)
    for row in archive.rows:
        for event in row.events:
            years[year_of(event.date) or ""].append((row, event))
    for events in years.values():
        events.sort(key=lambda pair: (sort_key(pair[1].date), pair[0].id, pair[1].id))
    dated = {year: years[year] for year in sorted(years, reverse=True) if year}
    front = share(len(dated))
    yield templates.page(
        "timeline/index.md",
        "timeline.md.j2",
        {"title": "Timeline", "description": "Events from all sources, by date.", "hide": ["navigation"]},
        archive=archive,
        years=dated,
        undated=years.get("", []),
        chart=charts.bars(charts.every_year({year: len(events) for year, events in dated.items()})),
        topics=by_topic(archive),
        actors=sorted((a for a in archive.actors.values() if a.events and a.has_page), key=most_events)[:CHOICES],
        front=front,
        many=narrowable(dated.values(), front),
        part=None,
    )
    for year, events in years.items():
        for part in parts(f"timeline/{year or 'undated'}", events) if len(events) > front else ():
            yield templates.later(
                stamps.part(part, [row for row, _ in part.entries], [e.id for _, e in part.entries]),
                f"{part.place}.md",
                "timeline.md.j2",
                {"title": f"Events in {year}" if year else "Undated events", "hide": ["navigation"]},
                archive=archive,
                years={year: part.entries} if year else {},
                undated=[] if year else part.entries,
                chart=None,
                topics=[],
                actors=[],
                front=None,
                many=narrowable([part.entries], len(part.entries)),
                part=part,
            )


def narrowable(lists: Iterable[Sequence[object]], front: int) -> bool:
    """Whether a page shows so many entries that a reader may want to narrow them."""
    return sum(min(len(entries), front) for entries in lists) >= NARROWABLE


def by_topic(archive: Archive) -> list[tuple[TopicInArchive, int]]:
    """Topics with the number of their dated events."""
    counts = [(t, sum(1 for r in t.rows for e in r.events if year_of(e.date))) for t in archive.topics.values()]
    return sorted((pair for pair in counts if pair[1]), key=lambda pair: (-pair[1], pair[0].name))[:CHOICES]


def most_events(actor: ActorInArchive) -> tuple[int, str, str]:
    return (-len(actor.events), actor.name, actor.id)


def statement_pages(archive: Archive, templates: Templates, stamps: Stamps) -> Iterator[Page | Later]:
    years: dict[str, list[tuple[Row, RowStatement]]] = {}
    for year, rows in archive.years.items():
        found = [(row, s) for row in rows for s in row.statements]
        if found:
            years[year] = found
    speakers = sorted(
        (a for a in archive.actors.values() if a.said and a.has_page), key=lambda a: (-len(a.said), a.name, a.id)
    )
    front = share(len(years), STATEMENTS)
    yield templates.page(
        "statements/index.md",
        "statements.md.j2",
        {"title": "Statements", "description": "Who said what, quoted from the sources.", "hide": ["navigation"]},
        archive=archive,
        years=years,
        speakers=speakers[:CHOICES],
        front=front,
        many=narrowable(years.values(), front),
        part=None,
    )
    for year, found in years.items():
        for part in parts(f"statements/{year or 'undated'}", found) if len(found) > front else ():
            yield templates.later(
                stamps.part(part, [row for row, _ in part.entries], [s.id for _, s in part.entries]),
                f"{part.place}.md",
                "statements.md.j2",
                {"title": f"Statements from {year}" if year else "Undated statements", "hide": ["navigation"]},
                archive=archive,
                years={year: part.entries},
                speakers=[],
                front=None,
                many=narrowable([part.entries], len(part.entries)),
                part=part,
            )


def figures_pages(archive: Archive, templates: Templates) -> Iterator[Page]:
    """Where sources differ and the list of all measures; their ledgers below, or on pages of their own if many."""
    found = measures(archive, archive.rows)[:MEASURES]
    several = list(parts("figures/measures", found, LEDGERS)) if len(found) > LEDGERS else []
    top = [m for m in found if m.differing][:CONTRADICTED]
    places = {m.slug: f"{part.place}/" for part in several for m in part.entries}
    yield templates.page(
        "figures/index.md",
        "figures.md.j2",
        {
            "title": "Figures",
            "description": "The same measure as reported by different sources.",
            "hide": ["navigation", "toc"],
        },
        archive=archive,
        measures=found,
        differing=top,
        places=places,
        shown=[] if several else found[len(top) :],
        single=sum(len(row.figures) for row in archive.rows),
        part=None,
    )
    for part in several:
        yield templates.page(
            f"{part.place}.md",
            "figures.md.j2",
            {"title": f"Figures, page {part.number}", "hide": ["navigation", "toc"]},
            archive=archive,
            measures=found,
            differing=[],
            places=places,
            shown=part.entries,
            single=0,
            part=part,
        )


def care_pages(archive: Archive, templates: Templates) -> Iterator[Page]:
    codes: defaultdict[str, list[tuple[Row, RowNote]]] = defaultdict(list)
    for row in archive.rows:
        for note in row.notes:
            codes[note.code].append((row, note))
    ordered = {code: codes[code] for code in sorted(codes, key=lambda c: (-len(codes[c]), c))}
    yield templates.page(
        "care/index.md",
        "care.md.j2",
        {
            "title": "Source warnings",
            "description": "Problems the software noticed in the source texts.",
            "hide": ["navigation"],
        },
        archive=archive,
        codes={code: by_message(found[:NOTES]) for code, found in ordered.items()},
        counts={code: len(found) for code, found in ordered.items()},
        briefings=len({row.id for found in ordered.values() for row, _ in found}),
        front=NOTES,
        part=None,
    )
    for code, found in ordered.items():
        for part in parts(f"care/{code}", found) if len(found) > NOTES else ():
            yield templates.page(
                f"{part.place}.md",
                "care.md.j2",
                {"title": f"Source warnings: {code.replace('-', ' ')}", "hide": ["navigation"]},
                archive=archive,
                codes={code: by_message(part.entries)},
                counts={code: len(found)},
                briefings=0,
                front=len(found),
                part=part,
            )


def by_message(notes: Iterable[tuple[Row, RowNote]]) -> dict[tuple[str, str], list[tuple[Row, RowNote]]]:
    """What is noted of many briefings in the same words is said once: severity and message -> where."""
    together: dict[tuple[str, str], list[tuple[Row, RowNote]]] = {}
    for row, note in notes:
        together.setdefault((note.severity, note.message), []).append((row, note))
    return together
