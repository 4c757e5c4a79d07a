"""Archive -> every page that is not a briefing: home, indexes, actors, topics, timeline, statements, figures."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from briefing import escape
from briefing.archive import ActorInArchive, Archive, TopicInArchive
from briefing.archive.compare_figures import Key, measure_key
from briefing.archive.summaries import Row
from briefing.content.edtf import sort_key, year_of
from briefing.model import Later, Page, RowEvent, RowFigure, RowStatement
from briefing.site import charts, pictures
from briefing.site.actors import actor_pages, by_year, is_busy, most_active, per_year
from briefing.site.feeds import feed_pages, moment
from briefing.site.fingerprints import Stamps, no_stamps
from briefing.site.follow_the_money import register_page
from briefing.site.ledgers import care_pages, figures_pages, measures, statement_pages, timeline_pages
from briefing.site.network import network_pages
from briefing.site.templates import Site, Templates, parts

if TYPE_CHECKING:
    from briefing.model import Page
    from briefing.site.templates import Templates


# The measured quality of extraction -> the page that tells it to readers.
#
# Three files are shown as they are: what `make quality` last measured on labelled articles, what it found in the
# newest of them at first sight, and how the program does on public research corpora beside other systems.

MEASURED = Path(__file__).parents[2] / "tests" / "quality"
# What is counted, in the words of a reader; kinds that are not named here are details of these.
KINDS = {
    "statements": "Statements: words and speaker",
    "statements: form": "Statements: quoted or paraphrased",
    "statements: actor": "Statements: speaker linked to the right page",
    "figures": "Figures: value, unit and position",
    "dates": "Dates: day, month or year",
    "roles": "Roles: office and holder",
    "actors": "Actors: people, organisations and countries",
    "mentions": "Mentions of actors",
    "key facts": "Key facts",
    "key facts: news first": "Key facts: main news listed first",
    "notes": "Source warnings",
    "removed": "Removed passages",
    "title": "Titles",
    "published": "Publication dates",
}


@dataclass(frozen=True, slots=True)
class Measure:
    name: str
    precision: float | None
    recall: float | None
    asked: int  # how many a careful reader found


def quality_page(templates: Templates, folder: Path = MEASURED) -> Page:
    """The page `quality/`; raises FileNotFoundError where the program came without its measurements."""
    scores: dict[str, Any] = yaml.safe_load((folder / "scores.yaml").read_text(encoding="utf-8"))
    public: list[dict[str, Any]] = yaml.safe_load((folder / "public.yaml").read_text(encoding="utf-8"))
    first: list[dict[str, Any]] = yaml.safe_load((folder / "first-sight.yaml").read_text(encoding="utf-8"))
    return templates.page(
        "quality.md",
        "quality.md.j2",
        {
            "title": "Accuracy",
            "description": "How accurate and complete the extracted facts are.",
            "hide": ["navigation"],
        },
        measures=_measures(scores["scores"]),
        first=[{"articles": f["articles"], "about": f["about"], "measures": _measures(f["kinds"])} for f in first],
        articles=scores["articles"],
        public=public,
    )


def _measures(found: dict[str, dict[str, Any]]) -> list[Measure]:
    return [
        Measure(words, found[kind]["precision"], found[kind]["recall"], found[kind]["asked"])
        for kind, words in KINDS.items()
        if kind in found
    ]


# Ids that actors and articles had before -> pages that lead from the old address to the new one, and their list.
#
# An actor's file or an article's front matter says `replaces: [jon-barrow-unreviewed]`; the old address then leads to
# its page, and to the same place on it. A plain HTML file: it works wherever the site does.


@dataclass(frozen=True, slots=True)
class Moved:
    old: str
    new: str
    still: bool  # is the old page still there, because some article uses a name that only it has?


@dataclass(frozen=True, slots=True)
class MovedBriefing:
    old: str
    row: Row  # that stands there now


def moved(archive: Archive) -> list[Moved]:
    found: dict[str, Moved] = {}
    for actor in archive.actors.values():
        for old in actor.entry.replaces if actor.entry else ():
            there = archive.actors.get(old)
            if not there or not there.entry:  # nobody else is registered under it
                found.setdefault(old, Moved(old, actor.id, bool(there and there.has_page)))
    return sorted(found.values(), key=lambda m: m.old)


def moved_briefings(archive: Archive) -> list[MovedBriefing]:
    found: dict[str, MovedBriefing] = {}
    for row in archive.rows:
        for old in row.replaces:
            if old not in archive.by_id:
                found.setdefault(old, MovedBriefing(old, row))
    return sorted(found.values(), key=lambda m: m.old)


def moved_pages(archive: Archive, templates: Templates) -> Iterator[Page]:
    actors, briefings = moved(archive), moved_briefings(archive)
    taken = {escape.file_name(a.id) for a in archive.actors.values() if a.has_page}
    yield templates.page(
        "moved.md",
        "moved.md.j2",
        {
            "title": "Moved pages",
            "description": "Merged actors and renamed articles, with links to their new pages.",
            "hide": ["navigation"],
        },
        archive=archive,
        changes=actors,
        briefings=briefings,
    )
    for change in actors:
        place = escape.file_name(change.old)
        if place not in taken:
            taken.add(place)
            actor = archive.actors[change.new]
            yield _redirect(f"actors/{place}/", _actor_address(actor), actor.name, templates)
            for year in by_year(actor) if is_busy(actor) else ():  # perhaps the old one had pages of years too
                name = year or "undated"
                yield _redirect(f"actors/{place}/{name}/", f"{_actor_address(actor)}{name}/", actor.name, templates)
    for each in briefings:
        yield _redirect(f"briefings/{each.old}/", f"briefings/{each.row.id}/", each.row.title, templates)


def _actor_address(actor: ActorInArchive) -> str:
    """Return the address of an actor's page; without a page, of the index of actors."""
    return f"actors/{escape.file_name(actor.id)}/" if actor.has_page else "actors"


def _redirect(old: str, new: str, name: str, templates: Templates) -> Page:
    to = f"{posixpath.relpath(new, old)}/"
    template = templates.environment.get_template("redirect.html.j2")
    return Page(f"{old}index.html", template.render(to=to, name=name, site=templates.site))


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
    yield charts.backdrop()


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
        world=charts.world_map((a, len(a.rows)) for a in archive.actors.values() if a.rows),
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
        world=charts.world_map((archive.actors[name], count) for name, count in topic.actors),
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
