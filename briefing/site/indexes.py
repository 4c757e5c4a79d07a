"""Render every page that is not a briefing's: home, indexes, topics, accuracy, moved pages, and those of other
modules."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import yaml
from markupsafe import Markup

from briefing import escape
from briefing.archive import ActorInArchive, Archive, TopicInArchive
from briefing.archive.compare_figures import Definition, definition
from briefing.archive.summaries import Row
from briefing.content.edtf import sort_key, year_of
from briefing.lexicon import SHIPPED
from briefing.model import LazyPage, Page, RowEvent, RowFigure, RowStatement
from briefing.site import charts, pictures
from briefing.site.actors import (
    actor_pages,
    actor_path,
    by_year,
    is_busy,
    is_private,
    most_active,
    renamed_actors,
    renamed_briefings,
)
from briefing.site.data.follow_the_money import register_page
from briefing.site.feeds import feed_pages, moment
from briefing.site.fingerprints import Fingerprints, no_fingerprints
from briefing.site.ledgers import (
    figures_pages,
    measures,
    statement_pages,
    table_pages,
    timeline_pages,
    warning_pages,
)
from briefing.site.network import compare_pages, network_pages
from briefing.site.templates import WIDE, Site, Templates, paginate

LATEST = 12  # briefings on the home page
MAX_RECENT = 6  # recently changed briefings on the home page
MAX_TOPICS = 40  # on the home page
FRONT = 40  # briefings or events shown on a page; the rest is folded or by year
MAX_ROWS = 240  # briefings listed on a topic's page; the rest is in search and by year


def archive_pages(
    archive: Archive, templates: Templates, fingerprints: Fingerprints | None = None, own: Collection[str] = ()
) -> Iterator[Page | LazyPage]:
    """Yield all pages but those of briefings; of the standard pages, those that are not `own`: written by hand."""
    fingerprints = fingerprints or no_fingerprints(archive)
    yield home(archive, templates)
    yield from briefing_indexes(archive, templates, fingerprints)
    yield from actor_pages(archive, templates, fingerprints)
    yield from topic_pages(archive, templates, fingerprints)
    yield from timeline_pages(archive, templates, fingerprints)
    yield from statement_pages(archive, templates, fingerprints)
    yield from figures_pages(archive, templates)
    yield from table_pages(archive, templates, fingerprints)
    yield from warning_pages(archive, templates)
    yield from network_pages(archive, templates)
    yield from compare_pages(archive, templates, fingerprints)
    yield from redirect_pages(archive, templates)
    yield register_page(archive, templates)
    yield from standard_pages(archive, templates, own)
    yield from tombstones(archive, templates)
    yield from feed_pages(archive, templates, fingerprints)
    yield charts.backdrop()
    yield from charts.flags(archive)


# --- home and briefings -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Size:
    """The size of the archive."""

    briefings: int
    reprints: int  # of them
    actors: int
    statements: int
    figures: int
    first: str | None  # year
    last: str | None


def size(archive: Archive) -> Size:
    years = [year for year in archive.years if year]
    return Size(
        briefings=len(archive.rows),
        reprints=sum(map(archive.is_reprint, archive.reprints)),
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
            :MAX_TOPICS
        ],
        differing=disagreements(archive)[:3],
        said=latest_statements(archive),
        recent=recently_changed(archive, templates.site),
        years=charts.per_year(archive.rows),
        intro=Markup(templates.site.intro),
        world=charts.world_map((a, len(a.rows)) for a in archive.actors.values() if a.rows),
    )


def disagreements(archive: Archive) -> list[tuple[str, Row, RowFigure, Row, RowFigure]]:
    """Return measures with different values, latest first: measure, figure, and the latest one that differs from it."""
    found: dict[Definition | None, tuple[str, Row, RowFigure, Row, RowFigure]] = {}
    for row in archive.rows:
        for figure in row.figures:
            others = archive.differing.get((row.id, figure.id), ())
            if others and definition(figure) not in found:
                other, contrary = max(others, key=lambda e: (e[0].published or "", e[0].id))
                found[definition(figure)] = (figure.measure or "", row, figure, other, contrary)
    return list(found.values())


def recently_changed(archive: Archive, site: Site) -> list[tuple[str, Row]]:
    """Return the latest changes as day of the commit and briefing; nothing without git."""
    times = {row.id: site.changed.get(f"briefings/{row.id}.md", 0) for row in archive.rows}
    known = sorted((row for row in archive.rows if times[row.id]), key=lambda row: -times[row.id])
    return [(moment(times[row.id])[:10], row) for row in known[:MAX_RECENT]]


def latest_statements(archive: Archive, count: int = 3) -> list[tuple[Row, RowStatement]]:
    """Return the first statement by a registered actor in each of the latest briefings."""
    found = []
    for row in archive.rows:
        known = (s for s in row.statements if s.actor and archive.actors[s.actor].status == "registered")
        if one := next(known, None):
            found.append((row, one))
        if len(found) == count:
            break
    return found


def briefing_indexes(archive: Archive, templates: Templates, fingerprints: Fingerprints) -> Iterator[Page | LazyPage]:
    years = list(archive.years)
    yield templates.page(
        "briefings/index.md",
        "briefings.md.j2",
        {"title": "Briefings", "description": "All briefings, newest first."} | WIDE,
        archive=archive,
        latest=archive.rows[:FRONT],
        years=years,
        chart=charts.per_year(archive.rows),
    )
    for at, (year, rows) in enumerate(archive.years.items()):
        for part in paginate(f"years/{year or 'undated'}", rows):
            around = years[max(0, at - 1) : at + 2]
            yield templates.lazy_page(
                fingerprints.list_page(part, part.entries, around, template="year.md.j2"),
                f"{part.place}.md",
                "year.md.j2",
                {"title": f"Briefings from {year}" if year else "Undated briefings"},
                archive=archive,
                year=year,
                months=by_month(part.entries, year),
                part=part,
                later=years[at - 1] if at else None,
                earlier=years[at + 1] if at + 1 < len(years) else None,
            )


def older(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Return, by year, what does not fit on the front of a page, up to a limit."""
    years: dict[str, list[Row]] = {}
    for row in rows[FRONT:MAX_ROWS]:
        years.setdefault(row.year, []).append(row)
    return years


def by_month(rows: Sequence[Row], year: str | None) -> dict[str, list[Row]]:
    """Group rows of a year by month ("2012-03"), "" if it is unknown or in another year; latest first."""
    months: dict[str, list[Row]] = {}
    for row in rows:
        key = sort_key(row.when)[:7]
        known = year is not None and key[:5] == f"{year}-" and not key.endswith("-00")
        months.setdefault(key if known else "", []).append(row)
    return months


# --- topics -----------------------------------------------------------------------------------


def topic_pages(archive: Archive, templates: Templates, fingerprints: Fingerprints) -> Iterator[Page | LazyPage]:
    shown = list(archive.topics.values())
    whole = {t.id: with_subtopics(t, archive) for t in shown}
    heads = sorted((t for t in shown if t.parent is None), key=lambda t: (-len(whole[t.id]), t.name))
    yield templates.page(
        "topics/index.md",
        "topics.md.j2",
        {"title": "Topics", "description": "Topics covered by the archive."} | WIDE,
        archive=archive,
        topics=[t for t in heads if whole[t.id]],
        whole=whole,
    )
    for topic in (t for t in shown if whole[t.id]):
        yield LazyPage(topic_path(topic), fingerprints.topic(topic), partial(topic_page, topic, archive, templates))


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
        },
        archive=archive,
        topic=topic,
        chart=charts.per_year(topic.rows),
        world=charts.world_map((archive.actors[name], count) for name, count in topic.actors),
        events=events,
        measures=measures(archive, topic.rows)[:8],
        older=older(topic.rows),
        unlisted=max(0, len(topic.rows) - MAX_ROWS),
        front=FRONT,
        most=MAX_ROWS,
        line=charts.date_line([e.date for _, e in events[:FRONT] if e.date and year_of(e.date)]),
    )


def with_subtopics(topic: TopicInArchive, archive: Archive) -> list[Row]:
    """Return the briefings on a topic or its subtopics, latest first."""
    names = {row.id for t in (topic.id, *topic.children) for row in archive.topics[t].rows}
    return sorted((archive.by_id[name] for name in names), key=lambda r: (sort_key(r.when), r.id), reverse=True)


def topic_events(topic: TopicInArchive) -> list[tuple[Row, RowEvent]]:
    """Return the events of its briefings, latest first; those without a year last."""
    found = [(row, e) for row in topic.rows for e in row.events]
    return sorted(found, key=lambda p: (bool(year_of(p[1].date)), sort_key(p[1].date), p[0].id, p[1].id), reverse=True)


# --- accuracy: what `make quality` measured ---------------------------------------------------
# Three files are shown: the scores on labelled articles, the scores of new articles at first sight, and the results on
# public corpora compared with other systems.

MEASURED = SHIPPED / "tests" / "quality"


def quality_page(templates: Templates, folder: Path = MEASURED) -> Page:
    """Return the page `quality/`; raise FileNotFoundError if the program was installed without its scores."""
    scores: dict[str, Any] = yaml.safe_load((folder / "scores.yaml").read_text(encoding="utf-8"))
    public: list[dict[str, Any]] = yaml.safe_load((folder / "public.yaml").read_text(encoding="utf-8"))
    first: list[dict[str, Any]] = yaml.safe_load((folder / "first-sight.yaml").read_text(encoding="utf-8"))
    return templates.page(
        "quality.md",
        "quality.md.j2",
        {"title": "Accuracy", "description": "How accurate and complete the extracted facts are."},
        measures=scores["scores"],
        first=first,
        articles=scores["articles"],
        public=public,
    )


# --- standard pages: hand-written, and the same in every archive that has none of its own ---------

STANDARD = {
    "about.md": (
        "How it works",
        "How this archive extracts facts from articles, how to read its pages and how to report errors.",
        ["navigation"],
    ),
    "glossary.md": ("Glossary", "Terms used in this archive.", []),
    "search.md": (
        "Search",
        "Search all briefings, actors and topics; filter by actor, topic, year, publisher and language.",
        ["navigation", "toc"],
    ),
}


@dataclass(frozen=True, slots=True)
class Example:
    """A search that the search page suggests."""

    label: str
    words: str = ""
    topic: str = ""
    year: str = ""

    @property
    def query(self) -> str:
        given = {"q": self.words, "topic": self.topic, "year": self.year}
        return urlencode({key: value for key, value in given.items() if value})


def examples(archive: Archive) -> list[Example]:
    """Return searches that have results here: the topic and the person named in most briefings, and the latest year."""
    topics = sorted((t for t in archive.topics.values() if t.rows), key=lambda t: (-len(t.rows), t.name))
    people = [a for a in most_active(archive, 50) if a.kind == "person" and a.status == "registered"]
    years = sorted(year for year in archive.years if year)
    found = [Example(f"{t.name} in {year}", topic=t.name, year=year) for t in topics[:1] if (year := _latest(t))]
    found += [Example(f"“{p.name}”", words=f'"{p.name}"') for p in people[:1]]
    found += [Example(topic.name, words=topic.name) for topic in topics[1:2]]
    return found + [Example(f"everything from {year}", year=year) for year in years[-1:]]


def _latest(topic: TopicInArchive) -> str:
    return max((year_of(row.published) or "" for row in topic.rows), default="")


def standard_pages(archive: Archive, templates: Templates, own: Collection[str]) -> Iterator[Page]:
    for path, (title, description, hide) in STANDARD.items():
        if path not in own:
            meta = {"title": title, "description": description, "hide": hide}
            yield templates.page(path, f"pages/{path}.j2", meta, examples=examples(archive))


def tombstones(archive: Archive, templates: Templates) -> Iterator[Page]:
    """Yield a note at the address of each person who was taken out of the archive."""
    taken = {escape.file_name(a.id) for a in archive.actors.values() if a.has_page}
    for stone in templates.site.tombstones:
        if (name := escape.file_name(stone.id)) not in taken:
            meta = {"title": "Page removed", "robots": "noindex"}
            path = f"actors/{name}.md"
            yield templates.page(path, "tombstone.md.j2", meta, date=stone.date, reason=stone.reason)


def unlisted(archive: Archive, site: Site) -> set[str]:
    """Return the pages that search engines are asked to leave out: the same that say so in their front matter."""
    private = (
        {actor_path(a) for a in archive.actors.values() if a.has_page and is_private(a)} if site.noindex else set()
    )
    return private | {f"actors/{escape.file_name(stone.id)}.md" for stone in site.tombstones}


# --- moved pages: old ids of actors and articles redirect to the new address -------------------
# `replaces: [jon-barrow-unreviewed]` in an actor's file or an article's front matter makes the old address lead to the
# new page and keep its anchor. A plain HTML file works on any host.


def redirect_pages(archive: Archive, templates: Templates) -> Iterator[Page]:
    actors, briefings = renamed_actors(archive), renamed_briefings(archive)
    taken = {escape.file_name(a.id) for a in archive.actors.values() if a.has_page}
    if actors or briefings:
        yield templates.page(
            "moved.md",
            "moved.md.j2",
            {
                "title": "Moved pages",
                "description": "Merged actors and renamed articles, with links to their new pages.",
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
            for year in by_year(actor) if is_busy(actor) else ():  # the old actor may have had pages per year
                name = year or "undated"
                yield _redirect(f"actors/{place}/{name}/", f"{_actor_address(actor)}{name}/", actor.name, templates)
    for old, row in briefings.items():
        yield _redirect(f"briefings/{old}/", f"briefings/{row.id}/", row.title, templates)


def _actor_address(actor: ActorInArchive) -> str:
    """Return the address of an actor's page; without a page, of the index of actors."""
    return f"actors/{escape.file_name(actor.id)}/" if actor.has_page else "actors"


def _redirect(old: str, new: str, name: str, templates: Templates) -> Page:
    to = f"{posixpath.relpath(new, old)}/"
    template = templates.environment.get_template("redirect.html.j2")
    return Page(f"{old}index.html", template.render(to=to, name=name, site=templates.site))
