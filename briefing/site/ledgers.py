"""Render pages that list facts of all briefings: timeline, statements, figures, source warnings.

A `Measure` lists what different sources report for the same measure, with a chart of the values; compare_figures.py
decides which figures belong together and which give different values.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefing import escape
from briefing.archive import Archive, TopicInArchive
from briefing.archive.compare_figures import Definition, Entry, asserted, by_definition
from briefing.archive.summaries import Row, RowNote
from briefing.content.edtf import in_words, sort_key, year_of
from briefing.model import LazyPage, Page, RowEvent, RowStatement
from briefing.site import charts
from briefing.site.fingerprints import Fingerprints
from briefing.site.templates import WIDE, Templates, entries_per_year, number, paginate

MAX_MEASURES = 300  # listed
MAX_DIFFERING = 6  # measures with different values at the top
MEASURES_PER_PAGE = 12  # measures on a page, each with chart and table
STATEMENTS = 60  # shown on the overview of all years
MIN_FILTERABLE = 8  # entries on a page that make a filter useful
FILTER_CHOICES = 12  # actors and topics offered by a filter
FIGURES = 40  # the latest, on the page of measures
MAX_SILENT = 60  # briefings without an event listed below the timeline
NOTES = 40  # of one code on the page of warnings


def timeline_pages(archive: Archive, templates: Templates, fingerprints: Fingerprints) -> Iterator[Page | LazyPage]:
    years: defaultdict[str, list[tuple[Row, RowEvent]]] = defaultdict(list)
    for row in archive.rows:
        for event in row.events:
            years[year_of(event.date) or ""].append((row, event))
    for events in years.values():
        events.sort(key=lambda pair: (sort_key(pair[1].date), pair[0].id, pair[1].id))
    dated = {year: years[year] for year in sorted(years, reverse=True) if year}
    silent = [row for row in archive.rows if not row.events]
    front = entries_per_year(len(dated), sum(map(len, years.values())))
    with_events = (a for a in archive.actors.values() if a.events and a.has_page)
    yield templates.page(
        "timeline/index.md",
        "timeline.md.j2",
        {"title": "Timeline", "description": "Events from all sources, by date."},
        archive=archive,
        years=dated,
        undated=years.get("", []),
        silent=silent[:MAX_SILENT],
        unlisted=len(silent[MAX_SILENT:]),
        chart=charts.bars(charts.every_year({year: len(events) for year, events in dated.items()})),
        topics=by_topic(archive),
        actors=sorted(with_events, key=lambda a: (-len(a.events), a.name, a.id))[:FILTER_CHOICES],
        front=front,
        many=needs_filter([*dated.values(), years.get("", [])], front),
        cut=any(len(events) > front for events in years.values()),
        part=None,
    )
    for year, events in years.items():
        for part in paginate(f"timeline/{year or 'undated'}", events) if len(events) > front else ():
            yield templates.lazy_page(
                fingerprints.list_page(part, [row for row, _ in part.entries], [e.id for _, e in part.entries]),
                f"{part.place}.md",
                "timeline.md.j2",
                {"title": f"Events in {year}" if year else "Undated events"},
                archive=archive,
                years={year: part.entries} if year else {},
                undated=[] if year else part.entries,
                silent=[],
                unlisted=0,
                chart=None,
                topics=[],
                actors=[],
                front=None,
                many=needs_filter([part.entries], len(part.entries)),
                cut=False,
                part=part,
            )


def needs_filter(lists: Iterable[Sequence[object]], front: int) -> bool:
    """Tell whether a page shows enough entries for a filter."""
    return sum(min(len(entries), front) for entries in lists) >= MIN_FILTERABLE


def by_topic(archive: Archive) -> list[tuple[TopicInArchive, int]]:
    """Return topics with the number of their events."""
    counts = [(t, sum(len(r.events) for r in t.rows)) for t in archive.topics.values()]
    return sorted((pair for pair in counts if pair[1]), key=lambda pair: (-pair[1], pair[0].name))[:FILTER_CHOICES]


def statement_pages(archive: Archive, templates: Templates, fingerprints: Fingerprints) -> Iterator[Page | LazyPage]:
    years: dict[str, list[tuple[Row, RowStatement]]] = {}
    for year, rows in archive.years.items():
        found = [(row, s) for row in rows for s in row.statements]
        if found:
            years[year] = found
    speakers = sorted(
        (a for a in archive.actors.values() if a.said and a.has_page), key=lambda a: (-len(a.said), a.name, a.id)
    )
    front = entries_per_year(len(years), sum(map(len, years.values())), STATEMENTS)
    yield templates.page(
        "statements/index.md",
        "statements.md.j2",
        {"title": "Statements", "description": "Who said what, quoted from the sources."},
        archive=archive,
        years=years,
        speakers=speakers[:FILTER_CHOICES],
        front=front,
        many=needs_filter(years.values(), front),
        cut=any(len(found) > front for found in years.values()),
        part=None,
    )
    for year, found in years.items():
        for part in paginate(f"statements/{year or 'undated'}", found) if len(found) > front else ():
            yield templates.lazy_page(
                fingerprints.list_page(part, [row for row, _ in part.entries], [s.id for _, s in part.entries]),
                f"{part.place}.md",
                "statements.md.j2",
                {"title": f"Statements from {year}" if year else "Undated statements"},
                archive=archive,
                years={year: part.entries},
                speakers=[],
                front=None,
                many=needs_filter([part.entries], len(part.entries)),
                cut=False,
                part=part,
            )


def figures_pages(archive: Archive, templates: Templates) -> Iterator[Page]:
    """Yield the page of measures with different values and of all; many measures are split over several pages."""
    found = measures(archive, archive.rows)[:MAX_MEASURES]
    several = list(paginate("figures/measures", found, MEASURES_PER_PAGE)) if len(found) > MEASURES_PER_PAGE else []
    every = [(row, figure) for row in archive.rows for figure in row.figures]
    top = [m for m in found if m.differing][:MAX_DIFFERING]
    places = {m.slug: f"{part.place}/" for part in several for m in part.entries}
    yield templates.page(
        "figures/index.md",
        "figures.md.j2",
        {"title": "Figures", "description": "The same measure as reported by different sources.", **WIDE},
        archive=archive,
        measures=found,
        differing=top,
        places=places,
        shown=[] if several else found[len(top) :],
        every=every[:FIGURES],
        single=len(every),
        defined=sum(map(len, by_definition(archive.rows).values())),
        part=None,
    )
    for part in several:
        yield templates.page(
            f"{part.place}.md",
            "figures.md.j2",
            {"title": f"Figures, page {part.number}", **WIDE},
            archive=archive,
            measures=found,
            differing=[],
            places=places,
            shown=part.entries,
            every=[],
            single=len(every),
            defined=0,
            part=part,
        )


def every_figure_pages(archive: Archive, templates: Templates, fingerprints: Fingerprints) -> Iterator[LazyPage]:
    """Yield the list of all figures, if the page of measures has only the latest."""
    every = [(row, figure) for row in archive.rows for figure in row.figures]
    for part in paginate("figures/all", every) if len(every) > FIGURES else ():
        yield templates.lazy_page(
            fingerprints.list_page(part, [row for row, _ in part.entries], [f.id for _, f in part.entries]),
            f"{part.place}.md",
            "figures_list.md.j2",
            {"title": "All figures" + (f", page {part.number}" if part.number > 1 else ""), **WIDE},
            archive=archive,
            part=part,
            single=len(every),
        )


def warning_pages(archive: Archive, templates: Templates) -> Iterator[Page]:
    codes: defaultdict[str, list[tuple[Row, RowNote]]] = defaultdict(list)
    for row in archive.rows:
        for note in row.notes:
            codes[note.code].append((row, note))
    ordered = {code: codes[code] for code in sorted(codes, key=lambda c: (-len(codes[c]), c))}
    yield templates.page(
        "care/index.md",
        "care.md.j2",
        {"title": "Source warnings", "description": "Problems the software noticed in the source texts."},
        archive=archive,
        codes={code: by_message(found[:NOTES]) for code, found in ordered.items()},
        counts={code: len(found) for code, found in ordered.items()},
        briefings=len({row.id for found in ordered.values() for row, _ in found}),
        front=NOTES,
        part=None,
    )
    for code, found in ordered.items():
        for part in paginate(f"care/{code}", found) if len(found) > NOTES else ():
            yield templates.page(
                f"{part.place}.md",
                "care.md.j2",
                {"title": f"Source warnings: {code.replace('-', ' ')}"},
                archive=archive,
                codes={code: by_message(part.entries)},
                counts={code: len(found)},
                briefings=0,
                front=len(found),
                part=part,
            )


def by_message(notes: Iterable[tuple[Row, RowNote]]) -> dict[tuple[str, str], list[tuple[Row, RowNote]]]:
    """Group notes with the same text: severity and message -> where."""
    together: dict[tuple[str, str], list[tuple[Row, RowNote]]] = {}
    for row, note in notes:
        together.setdefault((note.severity, note.message), []).append((row, note))
    return together


# --- measures ----------------------------------------------------------------------------------

WIDTH, HEIGHT, EDGE = 420.0, 130.0, 8.0
MIN_DOTS = 3
MAX_CHART_VALUES = 60  # latest values shown in a chart


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    top: float  # y of the upper end of a range, else y
    label: str


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a measure over time."""

    dots: tuple[Dot, ...]  # earliest first
    width: float
    height: float
    first: str  # EDTF
    last: str
    lowest: str
    highest: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure as different sources report it."""

    name: str
    definition: Definition
    entries: tuple[Entry, ...]  # those with different values first, then latest first
    articles: int  # reprints count as one
    asserting: int  # known asserting sources
    differing: frozenset[str]  # ids of figures for which another source gives a different value
    left_out: int  # figures of the same thing with another definition
    values: Values | None

    @property
    def slug(self) -> str:
        """The anchor of the measure; it stays the same as long as its definition does."""
        d = self.definition
        parts = (d.kind, d.activity, d.scope, d.unit, d.subject)
        return "-".join(["m", *(escape.file_name(part) for part in parts if part)])

    @property
    def subject(self) -> str:
        """The actor whose figure it is; "world" for the whole world, "" for a price."""
        return self.definition.subject

    @property
    def span(self) -> tuple[str, str] | None:
        """Its lowest and highest value in the words of the sources, if they differ."""
        low = min(self.entries, key=lambda e: e[1].value)[1]
        high = max(self.entries, key=lambda e: e[1].high or e[1].value)[1]
        return None if low.value == high.value else (low.words, high.words)

    @property
    def years(self) -> list[str]:
        """The first and last year that its values are of: two, one or none."""
        known = [year for _, figure in self.entries if (year := year_of(figure.as_of))]
        return sorted({min(known), max(known)}) if known else []


def measures(archive: Archive, rows: Sequence[Row]) -> list[Measure]:
    """Return measures that two articles report: those with different values first, then those with most articles."""
    found = by_definition(rows)
    things = Counter(known.scope for known, entries in found.items() for _ in entries)
    here = {row.id for row in rows}
    found_measures = []
    for known, entries in found.items():
        articles = archive.independent(row.id for row, _ in entries) if len(entries) > 1 else 1
        if articles > 1:
            other = differing(entries, archive, here)
            ordered = sorted(entries, key=lambda e: e[1].id not in other)
            found_measures.append(
                Measure(
                    entries[0][1].measure or "",
                    known,
                    tuple(ordered),
                    articles,
                    len({asserted(*entry) for entry in entries} - {None}),
                    other,
                    things[known.scope] - len(entries),
                    values(entries[:MAX_CHART_VALUES]),
                )
            )
    return sorted(found_measures, key=lambda m: (not m.differing, -m.articles, m.name.casefold(), m.slug))


def differing(entries: Sequence[Entry], archive: Archive, here: set[str]) -> frozenset[str]:
    """Return the ids of figures for which another source among `here` gives a different value."""
    return frozenset(
        figure.id
        for row, figure in entries
        if any(other.id in here for other, _ in archive.differing.get((row.id, figure.id), ()))
    )


def values(entries: Sequence[Entry]) -> Values | None:
    """Plot values over the periods they are of; None for fewer than MIN_DOTS periods, or equal values or periods."""
    dated = [(when, row, figure) for row, figure in entries if (when := first_day(figure.as_of)) is not None]
    dated.sort(key=lambda entry: (entry[0], entry[1].id, entry[2].id))
    if len(dated) < MIN_DOTS:
        return None
    first, last = dated[0][0], dated[-1][0]
    low = min(figure.value for _, _, figure in dated)
    high = max(figure.high or figure.value for _, _, figure in dated)
    if first == last or low == high:
        return None
    bottom = 0.0 if 0 <= low < high / 2 else low  # start the scale at zero unless that hides differences

    def across(when: int) -> float:
        return round(EDGE + (WIDTH - 2 * EDGE) * (when - first) / (last - first), 1)

    def up(value: float) -> float:
        return round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (value - bottom) / (high - bottom), 1)

    dots = tuple(
        Dot(across(when), up(f.value), up(f.high or f.value), f"{f.words}, {in_words(f.as_of or '')}: {row.title}")
        for when, row, f in dated
    )
    return Values(dots, WIDTH, HEIGHT, dated[0][2].as_of or "", dated[-1][2].as_of or "", number(bottom), number(high))


def first_day(edtf: str | None) -> int | None:
    """Return the number of the first day of a year, month or day."""
    try:
        return datetime.date.fromisoformat(((edtf or "") + "-01-01")[:10]).toordinal()
    except ValueError:
        return None
