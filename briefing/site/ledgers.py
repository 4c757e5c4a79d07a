"""Render pages that list facts of all briefings: timeline, statements, figures, source warnings.

A `Measure` lists what different sources report for the same measure, with a chart of the values; compare_figures.py
decides which figures belong together and which give different values.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from briefing import escape
from briefing.archive import ActorInArchive, Archive, TopicInArchive
from briefing.archive.compare_figures import Definition, Entry, asserted, by_definition, by_words
from briefing.archive.summaries import Row, RowNote
from briefing.cache import digest
from briefing.content.edtf import in_words, sort_key, year_of
from briefing.model import LazyPage, Page, RowEvent, RowFigure, RowStatement
from briefing.site import charts
from briefing.site.fingerprints import Fingerprints
from briefing.site.templates import (
    WIDE,
    ListPage,
    Templates,
    entries_per_year,
    missing_unit,
    number,
    paginate,
    shown_date,
)

MAX_MEASURES = 300  # listed
MAX_DIFFERING = 6  # measures with different values at the top
MEASURES_PER_PAGE = 12  # measures on a page, each with chart and table
STATEMENTS = 60  # shown on the overview of all years
CHOICES = 12  # actors and topics linked above a timeline or statements
MAX_ALIKE = 20  # groups of figures in the same words
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
        chart=charts.bars(charts.every_year({y: len(events) for y, events in dated.items()}), len(years.get("", []))),
        topics=by_topic(archive),
        actors=sorted(with_events, key=lambda a: (-len(a.events), a.name, a.id))[:CHOICES],
        front=front,
        part=None,
    )
    for year, events in years.items():
        for part in paginate(f"timeline/{year or 'undated'}", events) if len(events) > front else ():
            yield templates.lazy_page(
                fingerprints.list_page(
                    part, [r for r, _ in part.entries], [e.id for _, e in part.entries], template="timeline.md.j2"
                ),
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
                part=part,
            )


def by_topic(archive: Archive) -> list[tuple[TopicInArchive, int]]:
    """Return topics with the number of their events."""
    counts = [(t, sum(len(r.events) for r in t.rows)) for t in archive.topics.values()]
    return sorted((pair for pair in counts if pair[1]), key=lambda pair: (-pair[1], pair[0].name))[:CHOICES]


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
        speakers=speakers[:CHOICES],
        front=front,
        part=None,
    )
    for year, found in years.items():
        for part in paginate(f"statements/{year or 'undated'}", found) if len(found) > front else ():
            yield templates.lazy_page(
                fingerprints.list_page(
                    part, [r for r, _ in part.entries], [s.id for _, s in part.entries], template="statements.md.j2"
                ),
                f"{part.place}.md",
                "statements.md.j2",
                {"title": f"Statements from {year}" if year else "Undated statements"},
                archive=archive,
                years={year: part.entries},
                speakers=[],
                front=None,
                part=part,
            )


def figures_pages(archive: Archive, templates: Templates) -> Iterator[Page]:
    """Yield the page of measures with different values and of all; many measures are split over several pages."""
    defined = by_definition(archive.rows)
    found = measures(archive, archive.rows, defined)[:MAX_MEASURES]
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
        defined=sum(map(len, defined.values())),
        alike=alike(archive)[:MAX_ALIKE],
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
            alike=[],
            part=part,
        )


def alike(archive: Archive) -> list[list[Entry]]:
    """Return groups of figures that several articles give in the same words for one actor; most articles first.

    Of reprints, one is listed.
    """
    groups = []
    for entries in by_words(archive.rows).values():
        others = {other for row, _ in entries for other in archive.reprints.get(row.id, ()) if other > row.id}
        kept = [entry for entry in entries if entry[0].id not in others]
        if (articles := len({row.id for row, _ in kept})) > 1:
            groups.append((articles, kept))
    return [kept for _, kept in sorted(groups, key=lambda g: (-g[0], g[1][0][1].measure or "", g[1][0][0].id))]


# --- tables: figures, statements and events that filter, sort and download in the browser ---------
#
#     figures/all/               the latest rows
#     figures/all/2025-2/        without JavaScript: rows of 2025, the earliest first
#     figures/data/index.json    what filters and sorting need of every row, a column each
#     figures/data/2025-2.json   the texts of CHUNK rows of 2025, loaded when they are shown or downloaded
#
# A column of the index has its different values once, in the order in which they are sorted, and their number for each
# row (-1: none). So a reader loads 25 bytes a row to filter or sort, and texts only for what is shown. The format is in
# templates/theme/assets/javascripts/table.js too.

TABLE_ROWS = 60  # on a page of a table
CHUNK = 60  # rows of a data file, 10 KB; rows sorted by value come from as many files as there are rows
MAX_CHOICES = 300  # values of a filter, the most frequent; others can be given in the address

Fact = RowFigure | RowStatement | RowEvent
Entries = list[tuple[Row, Any]]  # any: a Fact, and always of one kind


@dataclass(frozen=True, slots=True)
class Table:
    place: str  # folder of the pages
    title: str
    noun: str
    years: Mapping[str, Entries]  # latest first; "" for undated ones
    filters: tuple[str, ...]  # columns

    @property
    def entries(self) -> Entries:
        return [entry for entries in self.years.values() for entry in entries]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter and the number of rows that have it."""

    value: str
    label: str
    count: int


def tables(archive: Archive) -> Iterator[Table]:
    figures = {year: [(row, f) for row in rows for f in row.figures] for year, rows in archive.years.items()}
    said = {year: [(row, s) for row in rows for s in row.statements] for year, rows in archive.years.items()}
    events: defaultdict[str, Entries] = defaultdict(list)
    for row in archive.rows:
        for event in row.events:
            events[year_of(event.date) or ""].append((row, event))
    for entries in events.values():
        entries.sort(key=lambda pair: (sort_key(pair[1].date), pair[0].id, pair[1].id), reverse=True)
    latest = {year: events[year] for year in sorted(events, reverse=True)}
    yield Table("figures", "All figures", "figure", _some(figures), ("actor", "topic", "unit"))
    yield Table("statements", "All statements", "statement", _some(said), ("speaker", "about", "topic"))
    yield Table("timeline", "All events", "event", _some(latest), ("actor", "topic"))


def _some(years: Mapping[str, Entries]) -> dict[str, Entries]:
    return {year: entries for year, entries in years.items() if entries}


def table_pages(archive: Archive, templates: Templates, fingerprints: Fingerprints) -> Iterator[Page | LazyPage]:
    for table in tables(archive):
        every = table.entries
        held = {name: cells(name, every, archive) for name in table.filters}
        choices = {name: filter_choices(name, held[name], archive) for name in table.filters}
        choices["year"] = [Choice(year or "undated", year or "undated", len(of)) for year, of in table.years.items()]
        front = ListPage(f"{table.place}/all", 1, 1, every[:TABLE_ROWS])
        parts = list(_parts_of_years(table)) if table.place == "figures" and len(every) > TABLE_ROWS else []
        for year, part in [("", front), *parts]:
            yield templates.lazy_page(
                fingerprints.list_page(
                    part,
                    [row for row, _ in part.entries],
                    [fact.id for _, fact in part.entries],
                    *((choices, len(every), [*table.years]) if part is front else ()),
                    template="table.md.j2",
                ),
                f"{part.place}.md",
                "table.md.j2",
                {"title": _table_title(table, year, part), **WIDE},
                archive=archive,
                table=table,
                part=part,
                front=part is front,
                total=len(every),
                choices=choices,
                step=TABLE_ROWS,
                years={year or "Undated": _year_place(table, year) for year in table.years} if parts else {},
            )
        yield from table_files(table, held, archive, fingerprints)


def _year_place(table: Table, year: str) -> str:
    return f"{table.place}/all/{year or 'undated'}"


def _parts_of_years(table: Table) -> Iterator[tuple[str, ListPage[tuple[Row, Any]]]]:
    """Yield the pages of each year, the earliest rows first: a row that is added changes the last pages of its year."""
    for year, entries in table.years.items():
        for part in paginate(_year_place(table, year), entries[::-1], TABLE_ROWS):
            yield year, part


def _table_title(table: Table, year: str, part: ListPage[Any]) -> str:
    when = f" from {year}" if year else " without a year" if part.base != f"{table.place}/all" else ""
    return table.title + when + (f", page {part.number}" if part.number > 1 else "")


def table_files(
    table: Table, held: Mapping[str, Cells], archive: Archive, fingerprints: Fingerprints
) -> Iterator[Page | LazyPage]:
    chunks = []
    for year, entries in table.years.items():
        for part in paginate(f"{table.place}/data/{year or 'undated'}", entries, CHUNK):
            # The address changes with the content, so that a browser never joins an old file with a new index.
            version = digest(*(f"{fingerprints.content(row)} {fact.id}" for row, fact in part.entries))[:10]
            chunks.append([year, part.place.rpartition("/")[2], len(part.entries), version])
            path = f"{part.place}.json"
            yield LazyPage(path, fingerprints.of(path, version, template=""), partial(_chunk_page, path, part.entries))
    index = table_index(table, held, archive) | {"chunks": chunks}
    yield Page(f"{table.place}/data/index.json", escape.json_compact(index))


def table_index(table: Table, held: Mapping[str, Cells], archive: Archive) -> dict[str, Any]:
    """Return the index of a table; `held` has the cells of its filters."""
    every = table.entries
    columns: dict[str, Any] = {name: _several(held[name], archive) for name in table.filters}
    if table.place == "figures":
        columns["value"] = {"rows": [_short(figure.value) for _, figure in every]}
        columns["measure"] = _single([figure.measure for _, figure in every], str.casefold)
        columns["subject"] = _single([f.subject if f.subject in archive.actors else None for _, f in every], archive)
        columns["period"] = _single([figure.as_of for _, figure in every], sort_key)
    used = {name for c in columns.values() for name in c.get("values", ()) if name in archive.actors}
    used |= {s.actor for _, s in every if isinstance(s, RowStatement) and s.actor in archive.actors}
    used |= {f.asserted_by for _, f in every if isinstance(f, RowFigure) and f.asserted_by in archive.actors}
    return {
        "columns": columns,
        "actors": {name: _actor(archive.actors[name]) for name in sorted(used)},
        "topics": {name: archive.topics[name].name for name in columns["topic"]["values"]},
        "periods": {date: in_words(date) for date in columns.get("period", {}).get("values", ())},
    }


def _actor(actor: ActorInArchive) -> list[str]:
    """Return the name and, if there is one, the folder of the page."""
    return [actor.name, escape.file_name(actor.id)] if actor.has_page else [actor.name]


Cells = list[tuple[str, ...]]  # of each row


def cells(name: str, entries: Entries, archive: Archive) -> Cells:
    """Return the values that each row has in the column of a filter."""
    read: Callable[[Row, Any], Iterable[str | None]] = {
        "actor": lambda _, fact: fact.actors if isinstance(fact, RowEvent) else (fact.subject, fact.asserted_by),
        "topic": lambda row, _: row.topics,
        "unit": lambda _, figure: (figure.unit,),
        "speaker": lambda _, statement: (statement.actor,),
        "about": lambda _, statement: statement.about,
    }[name]
    known = {"topic": archive.topics, "unit": None}.get(name, archive.actors)
    found = [tuple(dict.fromkeys(read(*entry))) for entry in entries]
    return [tuple(sorted(v for v in of if v and (known is None or v in known))) for of in found]


def filter_choices(name: str, held: Cells, archive: Archive) -> list[Choice]:
    counts = Counter(value for values in held for value in values)
    most = sorted(counts, key=lambda value: (-counts[value], value))[:MAX_CHOICES]
    labels = archive.topics if name == "topic" else archive.actors
    found = [Choice(v, labels[v].name if v in labels else v, counts[v]) for v in most]
    return sorted(found, key=lambda choice: choice.label.casefold())


def _short(value: float) -> float | int:
    """Leave out the decimals of a whole number."""
    return int(value) if value == int(value) else value


def _single(found: Sequence[str | None], order: Archive | Callable[[str], Any]) -> dict[str, Any]:
    values = sorted({value for value in found if value}, key=_order(order))
    numbers = {value: number for number, value in enumerate(values)}
    return {"values": values, "rows": [numbers[value] if value else -1 for value in found]}


def _several(found: Sequence[tuple[str, ...]], archive: Archive) -> dict[str, Any]:
    values = sorted({value for values in found for value in values}, key=_order(archive))
    numbers = {value: number for number, value in enumerate(values)}
    sets = {values: number for number, values in enumerate(dict.fromkeys(found))}
    return {
        "values": values,
        "sets": [[numbers[value] for value in values] for values in sets],
        "rows": [sets[values] for values in found],
    }


def _order(by: Archive | Callable[[str], Any]) -> Callable[[str], Any]:
    if not isinstance(by, Archive):
        return lambda value: (by(value), value)
    names = {**{i: a.name for i, a in by.actors.items()}, **{i: t.name for i, t in by.topics.items()}}
    return lambda value: (names.get(value, value).casefold(), value)


def _chunk_page(path: str, entries: Sequence[tuple[Row, Any]]) -> Page:
    return Page(path, escape.json_compact(chunk(entries)))


def chunk(entries: Sequence[tuple[Row, Any]]) -> dict[str, Any]:
    """Return the texts of rows, a list for each column, and the articles they come from."""
    articles: dict[str, tuple[int, Row]] = {}
    for row, _ in entries:
        articles.setdefault(row.id, (len(articles), row))
    about = [
        [r.id, r.title, r.published or "", shown_date(r), r.publisher or "", escape.link(r.url) or ""]
        for _, r in articles.values()
    ]
    facts = [fact for _, fact in entries]
    return {
        "articles": about,
        "article": [articles[row.id][0] for row, _ in entries],
        "id": [fact.id for fact in facts],
        "sentence": [fact.sentence for fact in facts],
        **TEXTS[type(facts[0])](facts),
    }


def _figure_texts(figures: Sequence[RowFigure]) -> dict[str, list[Any]]:
    return {
        "words": [f.words + missing_unit(f) for f in figures],
        "qualifier": [f.qualifier if f.qualifier and f.qualifier not in f.words else "" for f in figures],
        "high": ["" if f.high is None else _short(f.high) for f in figures],
        "asserted": [f.asserted_by or "" for f in figures],
        "text": [f.context for f in figures],
    }


def _statement_texts(statements: Sequence[RowStatement]) -> dict[str, list[Any]]:
    return {
        "actor": [s.actor or "" for s in statements],
        "speaker": [s.speaker or "" for s in statements],
        "cue": [s.cue or "" for s in statements],
        "form": [s.form for s in statements],
        "text": [s.clause or " … ".join(s.content) for s in statements],
    }


def _event_texts(events: Sequence[RowEvent]) -> dict[str, list[Any]]:
    return {
        "date": [e.date or "" for e in events],
        "when": [in_words(e.date) if e.date else "undated" for e in events],
        "text": [e.words for e in events],
    }


TEXTS: Mapping[type, Callable[[Any], dict[str, list[Any]]]] = {
    RowFigure: _figure_texts,
    RowStatement: _statement_texts,
    RowEvent: _event_texts,
}


# --- source warnings ------------------------------------------------------------------------------


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

EDGE = 8.0  # between the outermost dots and the axes
MIN_DOTS = 3
MAX_CHART_VALUES = 60  # latest values shown in a chart


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    top: float  # y of the upper end of a range, else y
    label: str
    row: tuple[str, float, float, str]  # period (EDTF), value, upper end, article


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a measure over time."""

    dots: tuple[Dot, ...]  # earliest first
    levels: tuple[charts.Level, ...]
    ticks: tuple[charts.Tick, ...]
    first: str  # EDTF
    last: str
    lowest: str
    highest: str
    left: float
    undated: int  # values without a period, not shown
    width: float = charts.WIDTH
    height: float = charts.HEIGHT
    base: float = charts.HEIGHT - charts.BOTTOM


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


def measures(
    archive: Archive, rows: Sequence[Row], defined: Mapping[Definition, list[Entry]] | None = None
) -> list[Measure]:
    """Return measures that two articles report: those with different values first, then those with most articles.

    `defined` is `by_definition(rows)`, if it is known already.
    """
    found = by_definition(rows) if defined is None else defined
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
    dated = [(when[0], row, f) for row, f in entries if (when := charts.extent(f.as_of)) is not None]
    dated.sort(key=lambda entry: (entry[0], entry[1].id, entry[2].id))
    if len(dated) < MIN_DOTS:
        return None
    first, last = dated[0][0], dated[-1][0]
    low = min(figure.value for _, _, figure in dated)
    high = max(figure.high or figure.value for _, _, figure in dated)
    if first == last or low == high:
        return None
    # The scale starts at zero unless that hides differences.
    steps = charts.levels(0.0 if 0 <= low < high / 2 else low, high)
    bottom, top = steps[0], steps[-1]
    left = 10 + charts.LETTER * max(len(number(value)) for value in steps)
    base = charts.HEIGHT - charts.BOTTOM

    def across(when: float) -> float:
        return round(left + EDGE + (charts.WIDTH - left - 2 * EDGE) * (when - first) / (last - first), 1)

    def up(value: float) -> float:
        return round(base - (base - charts.TOP) * (value - bottom) / (top - bottom), 1)

    dots = tuple(
        Dot(
            across(when),
            up(f.value),
            up(f.high or f.value),
            f"{f.words}, {in_words(f.as_of or '')}: {row.title}",
            (f.as_of or "", f.value, f.high or f.value, row.title),
        )
        for when, row, f in dated
    )
    return Values(
        dots=dots,
        levels=tuple(charts.Level(up(value), number(value)) for value in steps),
        ticks=tuple(charts.tick(across(when), label) for when, label in charts.ticks(first, last)),
        first=dated[0][2].as_of or "",
        last=dated[-1][2].as_of or "",
        lowest=number(low),
        highest=number(high),
        left=left,
        undated=len(entries) - len(dated),
    )
