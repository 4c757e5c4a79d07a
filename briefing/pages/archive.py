"""Archive -> every page that is not a briefing: home, indexes, actors, topics, timeline, statements, figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from briefing import escape
from briefing.archive import ActorInArchive, Archive, TopicInArchive
from briefing.edtf_words import sort_key, year_of
from briefing.model import Page
from briefing.pages import charts, cite, pictures, world
from briefing.pages.belonging import belonging
from briefing.pages.candidate import candidate
from briefing.pages.feeds import feed_pages
from briefing.pages.ledgers import care_page, figures_page, statement_pages, timeline_pages
from briefing.pages.measures import measures
from briefing.pages.moved import moved_pages
from briefing.pages.network import network_pages
from briefing.pages.parts import parts
from briefing.pages.templates import KIND_NAMES, Templates
from briefing.registry import make_registry
from briefing.rows import Row, RowEvent

T = TypeVar("T")

LATEST = 12  # briefings on the home page
FRONT = 40  # briefings, events on the front of a page; the rest is folded or by year
MOST = 1000  # briefings that an actor's or a topic's page lists; the rest is found by search and by year
WIDE = {"hide": ["navigation", "toc"]}


def archive_pages(archive: Archive, templates: Templates) -> Iterator[Page]:
    yield home(archive, templates)
    yield from briefing_indexes(archive, templates)
    yield from actor_pages(archive, templates)
    yield from topic_pages(archive, templates)
    yield from timeline_pages(archive, templates)
    yield from statement_pages(archive, templates)
    yield figures_page(archive, templates)
    yield care_page(archive, templates)
    yield from network_pages(archive, templates)
    yield from moved_pages(archive, templates)
    yield from feed_pages(archive, templates)
    yield world.backdrop()


# --- ways in ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Size:
    """The archive at a glance."""

    briefings: int
    actors: int
    statements: int
    figures: int
    first: str | None  # year
    last: str | None


def size(archive: Archive) -> Size:
    years = [year for year in archive.years if year]
    return Size(
        briefings=len(archive.rows),
        actors=sum(1 for a in archive.actors.values() if a.rows and a.status == "registered"),
        statements=sum(len(r.statements) for r in archive.rows),
        figures=sum(len(r.figures) for r in archive.rows),
        first=min(years, default=None),
        last=max(years, default=None),
    )


def home(archive: Archive, templates: Templates) -> Page:
    return templates.page(
        "index.md",
        "home.md.j2",
        {"title": templates.site.name, "description": templates.site.description or None} | WIDE,
        archive=archive,
        size=size(archive),
        latest=archive.rows[:LATEST],
        active=most_active(archive, 14),
        topics=sorted((t for t in archive.topics.values() if t.rows), key=lambda t: (-len(t.rows), t.name)),
        years=charts.bars([(year, len(rows)) for year, rows in sorted(archive.years.items()) if year]),
        world=world.world_map((a, len(a.rows)) for a in archive.actors.values() if a.rows),
    )


def most_active(archive: Archive, count: int) -> list[ActorInArchive]:
    known = [a for a in archive.actors.values() if a.rows and a.status == "registered"]
    return sorted(known, key=lambda a: (-len(a.rows), -a.mentions, a.id))[:count]


def briefing_indexes(archive: Archive, templates: Templates) -> Iterator[Page]:
    years = list(archive.years)
    yield templates.page(
        "briefings/index.md",
        "briefings.md.j2",
        {"title": "Briefings", "description": "All briefings, latest first."} | WIDE,
        archive=archive,
        latest=archive.rows[:FRONT],
        years=years,
        chart=charts.bars([(year, len(rows)) for year, rows in sorted(archive.years.items()) if year]),
    )
    for at, (year, rows) in enumerate(archive.years.items()):
        for part in parts(f"years/{year or 'undated'}", rows):
            yield templates.page(
                f"{part.place}.md",
                "year.md.j2",
                {"title": f"Briefings of {year}" if year else "Undated briefings", "hide": ["navigation"]},
                archive=archive,
                year=year,
                months=by_month(part.entries),
                part=part,
                later=years[at - 1] if at else None,
                earlier=years[at + 1] if at + 1 < len(years) else None,
            )


def older(rows: Sequence[T], row_of: Callable[[T], Row]) -> dict[str, list[T]]:
    """What does not fit on the front of a page, by year and only so much that a page stays light."""
    years: dict[str, list[T]] = {}
    for entry in rows[FRONT:MOST]:
        years.setdefault(year_of(row_of(entry).published) or "", []).append(entry)
    return years


def by_month(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Months as EDTF ("2012-03"), or the year alone where the month is not known; latest first."""
    months: dict[str, list[Row]] = {}
    for row in rows:
        key = sort_key(row.published)[:7].removesuffix("-00")
        months.setdefault(key, []).append(row)
    return months


# --- actors -----------------------------------------------------------------------------------


def actor_pages(archive: Archive, templates: Templates) -> Iterator[Page]:
    shown = [a for a in archive.actors.values() if a.has_page]
    yield templates.page(
        "actors/index.md",
        "actors.md.j2",
        {
            "title": "Actors",
            "description": "People, organisations and countries of the archive.",
            "hide": ["navigation"],
        },
        archive=archive,
        kinds={
            kind: sorted((a for a in shown if a.kind == kind and a.status == "registered" and a.rows), key=by_name)
            for kind in KIND_NAMES
        },
        unnamed=sorted(
            (a for a in archive.actors.values() if a.entry and not a.rows and a.kind != "country"), key=by_name
        ),
        active=most_active(archive, 8),
        candidates=sorted(
            (a for a in shown if a.status != "registered" and len(a.rows) > 1), key=lambda a: (-len(a.rows), by_name(a))
        ),
        once=sorted((a for a in shown if a.status != "registered" and len(a.rows) == 1), key=by_name),
    )
    names = Counter([*(a.name for a in shown), *(t.name for t in archive.topics.values())])
    belong = belonging(archive)
    registry = make_registry(a.entry for a in archive.actors.values() if a.entry)
    for actor in shown:
        yield templates.page(
            f"actors/{escape.file_name(actor.id)}.md",
            "actor.md.j2",
            {
                "title": actor.name if names[actor.name] == 1 else told_apart(actor),
                "description": actor_description(actor),
                "feed": actor.status == "registered",
                "picture": pictures.FILE if pictures.of_actor(actor, templates.site) else None,
                "hide": ["navigation"],
            },
            archive=archive,
            actor=actor,
            structured=cite.profile(actor.id, archive, templates.site) if actor.entry else None,
            chart=charts.bars(per_year([row for row, _ in actor.rows])),
            network=charts.network(actor, archive),
            front=FRONT,
            calls=called(actor),
            belonging=belong.get(actor.id),
            candidate=candidate(actor, registry, templates.site),
            older=older(actor.rows, lambda pair: pair[0]),
        )


def by_name(actor: ActorInArchive) -> tuple[str, str]:
    return (actor.name.casefold(), actor.id)


def told_apart(actor: ActorInArchive) -> str:
    """The title of an actor's page where another page has the same name."""
    kind = KIND_NAMES[actor.kind][0].lower() if actor.kind in KIND_NAMES else actor.kind
    return f"{actor.name} ({kind})" if actor.entry else f"{actor.name} ({kind} in “{actor.rows[0][0].title}”)"


def actor_description(actor: ActorInArchive) -> str:
    where = f"{len(actor.rows):,} briefing{'' if len(actor.rows) == 1 else 's'}"
    return f"{actor.name} in {where}: what was said by and about, roles, figures, events, each with its sentence."


def called(actor: ActorInArchive) -> list[tuple[str, int]]:
    """What the sources call an actor, with the number of briefings that do so, most used first."""
    counts = Counter(name for _, here in actor.rows for name in here.names)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:20]


def per_year(rows: Sequence[Row]) -> list[tuple[str, int]]:
    counts = Counter(year for row in rows if (year := year_of(row.published)))
    if not counts:
        return []
    first, last = int(min(counts)), int(max(counts))
    return [(f"{year:04d}", counts[f"{year:04d}"]) for year in range(first, last + 1)]


# --- topics -----------------------------------------------------------------------------------


def topic_pages(archive: Archive, templates: Templates) -> Iterator[Page]:
    shown = list(archive.topics.values())
    yield templates.page(
        "topics/index.md",
        "topics.md.j2",
        {"title": "Topics", "description": "What the archive is about."} | WIDE,
        archive=archive,
        topics=[t for t in shown if t.parent is None],
    )
    for topic in shown:
        yield templates.page(
            f"topics/{escape.file_name(topic.id)}.md",
            "topic.md.j2",
            {
                "title": topic.name,
                "description": topic.description,
                "feed": bool(topic.rows),
                "picture": pictures.FILE if pictures.of_topic(topic, templates.site) else None,
                "hide": ["navigation"],
            },
            archive=archive,
            topic=topic,
            chart=charts.bars(per_year(topic.rows)),
            world=world.world_map((archive.actors[name], count) for name, count in topic.actors),
            events=topic_events(topic),
            measures=measures(archive, topic.rows)[:8],
            older=older(topic.rows, lambda row: row),
            front=FRONT,
        )


def topic_events(topic: TopicInArchive) -> list[tuple[Row, RowEvent]]:
    dated = [(row, e) for row in topic.rows for e in row.events if sort_key(e.date)]
    return sorted(dated, key=lambda pair: (sort_key(pair[1].date), pair[0].id))
