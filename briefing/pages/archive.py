"""Archive -> every page that is not a briefing: home, indexes, actors, topics, timeline, statements, figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from briefing import escape
from briefing.archive import Archive, TopicInArchive
from briefing.compare import Key, measure_key
from briefing.edtf_words import sort_key, year_of
from briefing.model import Later, Page
from briefing.pages import charts, pictures, world
from briefing.pages.actors import actor_pages, most_active, per_year
from briefing.pages.feeds import feed_pages
from briefing.pages.follow_the_money import register_page
from briefing.pages.ledgers import care_pages, figures_pages, statement_pages, timeline_pages
from briefing.pages.measures import measures
from briefing.pages.moved import moved_pages
from briefing.pages.network import network_pages
from briefing.pages.parts import parts
from briefing.pages.sitemap import moment
from briefing.pages.stamps import Stamps, no_stamps
from briefing.pages.templates import Site, Templates
from briefing.rows import Row, RowEvent, RowFigure, RowStatement

LATEST = 12  # briefings on the home page
LATELY = 6  # briefings on the home page that were added or corrected last
MOST_TOPICS = 40  # on the home page
FRONT = 40  # briefings, events on the front of a page; the rest is folded or by year
MOST = 240  # briefings that a topic's page lists; the rest is found by search and by year
WIDE = {"hide": ["navigation", "toc"]}


def archive_pages(archive: Archive, templates: Templates, stamps: Stamps | None = None) -> Iterator[Page | Later]:
    stamps = stamps or no_stamps(archive)
    yield home(archive, templates)
    yield from briefing_indexes(archive, templates, stamps)
    yield from actor_pages(archive, templates, stamps)
    yield from topic_pages(archive, templates, stamps)
    yield from timeline_pages(archive, templates, stamps)
    yield from statement_pages(archive, templates, stamps)
    yield from figures_pages(archive, templates)
    yield from care_pages(archive, templates)
    yield from network_pages(archive, templates)
    yield from moved_pages(archive, templates)
    yield register_page(archive, templates)
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
        topics=sorted((t for t in archive.topics.values() if t.rows), key=lambda t: (-len(t.rows), t.name))[
            :MOST_TOPICS
        ],
        differing=contradictions(archive)[:3],
        said=latest_statements(archive),
        lately=changed_lately(archive, templates.site),
        years=charts.bars(per_year(archive.rows)),
        world=world.world_map((a, len(a.rows)) for a in archive.actors.values() if a.rows),
    )


def contradictions(archive: Archive) -> list[tuple[str, Row, RowFigure, Row, RowFigure]]:
    """Measures on which sources differ, latest first: the measure, a figure, and the latest that contradicts it."""
    found: dict[Key | None, tuple[str, Row, RowFigure, Row, RowFigure]] = {}
    for row in archive.rows:
        for figure in row.figures:
            others = archive.differing.get((row.id, figure.id), ())
            if others and measure_key(figure) not in found:
                other, contrary = max(others, key=lambda e: (e[0].published or "", e[0].id))
                found[measure_key(figure)] = (figure.measure or "", row, figure, other, contrary)
    return list(found.values())


def changed_lately(archive: Archive, site: Site) -> list[tuple[str, Row]]:
    """The day on which a briefing's source or its corrections were last committed, and the briefing; [] without git."""
    times = {row.id: site.changed.get(f"briefings/{row.id}.md", 0) for row in archive.rows}
    known = sorted((row for row in archive.rows if times[row.id]), key=lambda row: -times[row.id])
    return [(moment(times[row.id])[:10], row) for row in known[:LATELY]]


def latest_statements(archive: Archive, count: int = 3) -> list[tuple[Row, RowStatement]]:
    """Of each of the latest briefings the first statement of somebody known."""
    found = []
    for row in archive.rows:
        known = (s for s in row.statements if s.actor and archive.actors[s.actor].status == "registered")
        if one := next(known, None):
            found.append((row, one))
        if len(found) == count:
            break
    return found


def briefing_indexes(archive: Archive, templates: Templates, stamps: Stamps) -> Iterator[Page | Later]:
    years = list(archive.years)
    yield templates.page(
        "briefings/index.md",
        "briefings.md.j2",
        {"title": "Briefings", "description": "All briefings, newest first."} | WIDE,
        archive=archive,
        latest=archive.rows[:FRONT],
        years=years,
        chart=charts.bars(per_year(archive.rows)),
    )
    for at, (year, rows) in enumerate(archive.years.items()):
        for part in parts(f"years/{year or 'undated'}", rows):
            around = years[max(0, at - 1) : at + 2]
            yield templates.later(
                stamps.part(part, part.entries, around),
                f"{part.place}.md",
                "year.md.j2",
                {"title": f"Briefings from {year}" if year else "Undated briefings", "hide": ["navigation"]},
                archive=archive,
                year=year,
                months=by_month(part.entries),
                part=part,
                later=years[at - 1] if at else None,
                earlier=years[at + 1] if at + 1 < len(years) else None,
            )


def older(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """What does not fit on the front of a page, by year and only so much that a page stays light."""
    years: dict[str, list[Row]] = {}
    for row in rows[FRONT:MOST]:
        years.setdefault(year_of(row.published) or "", []).append(row)
    return years


def by_month(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Months as EDTF ("2012-03"), or the year alone where the month is not known; latest first."""
    months: dict[str, list[Row]] = {}
    for row in rows:
        key = sort_key(row.published)[:7].removesuffix("-00")
        months.setdefault(key, []).append(row)
    return months


# --- topics -----------------------------------------------------------------------------------


def topic_pages(archive: Archive, templates: Templates, stamps: Stamps) -> Iterator[Page | Later]:
    shown = list(archive.topics.values())
    whole = {t.id: with_parts(t, archive) for t in shown}
    heads = sorted((t for t in shown if t.parent is None), key=lambda t: (-len(whole[t.id]), t.name))
    yield templates.page(
        "topics/index.md",
        "topics.md.j2",
        {"title": "Topics", "description": "Topics covered by the archive."} | WIDE,
        archive=archive,
        topics=[t for t in heads if whole[t.id]],
        whole=whole,
        empty=[t for t in heads if not whole[t.id]],
    )
    for topic in shown:
        yield Later(topic_path(topic), stamps.topic(topic), partial(topic_page, topic, archive, templates))


def topic_path(topic: TopicInArchive) -> str:
    return f"topics/{escape.file_name(topic.id)}.md"


def topic_page(topic: TopicInArchive, archive: Archive, templates: Templates) -> Page:
    events = topic_events(topic)
    return templates.page(
        topic_path(topic),
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
        events=events,
        measures=measures(archive, topic.rows)[:8],
        older=older(topic.rows),
        unlisted=max(0, len(topic.rows) - MOST),
        front=FRONT,
        line=charts.date_line([e.date for _, e in events[-FRONT:] if e.date]),
    )


def with_parts(topic: TopicInArchive, archive: Archive) -> list[Row]:
    """The briefings on a topic or on one that is a part of it, latest first."""
    names = {row.id for t in (topic.id, *topic.children) for row in archive.topics[t].rows}
    return sorted((archive.by_id[name] for name in names), key=lambda r: (sort_key(r.published), r.id), reverse=True)


def topic_events(topic: TopicInArchive) -> list[tuple[Row, RowEvent]]:
    dated = [(row, e) for row in topic.rows for e in row.events if year_of(e.date)]
    return sorted(dated, key=lambda pair: (sort_key(pair[1].date), pair[0].id))
