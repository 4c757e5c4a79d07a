"""Archive -> pages of facts across briefings: timeline, statements, figures, what to handle with care."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefing import escape
from briefing.archive import ActorInArchive, Archive, TopicInArchive
from briefing.archive.compare_figures import Entry, day, measure_key, small_count
from briefing.archive.summaries import Row, RowNote
from briefing.content.edtf import sort_key, year_of
from briefing.model import Later, Page, RowEvent, RowFigure, RowStatement
from briefing.site import charts
from briefing.site.fingerprints import Stamps
from briefing.site.templates import Templates, number, parts, share

# Figures of all sources -> ledgers: the same measure side by side, with what differs and a picture of its values.
#
#     measures(archive, archive.rows) -> [Measure("export quota", "t", entries=((row, figure), ...), ...), ...]
#
# What is one measure and what contradicts what is told by compare_figures.py.

WIDTH, HEIGHT, EDGE = 420.0, 130.0, 8.0
FEWEST_DOTS = 3
LOOSE = {"percent", "count", "1"}  # units that say nothing of what is measured
CURRENCY = re.compile(r"[A-Z]{3}")
PICTURED = 60  # latest values of a measure that its picture shows


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    top: float  # y of the upper end of a range; else y
    label: str


@dataclass(frozen=True, slots=True)
class Values:
    """A figure's values over the dates of its sources."""

    dots: tuple[Dot, ...]  # earliest first
    width: float
    height: float
    first: str
    last: str
    lowest: str
    highest: str


@dataclass(frozen=True, slots=True)
class Measure:
    """The same measure as different sources give it."""

    name: str
    unit: str
    entries: tuple[Entry, ...]  # those that differ first, then latest first
    sources: int  # reprints of one text count as one
    differing: frozenset[str]  # ids of figures that another source of the time contradicts
    values: Values | None

    @property
    def slug(self) -> str:
        """Its address on a page: the same as long as the measure is called the same."""
        parts = same(self.entries[0][1]) or ()
        return "-".join(["m", *(escape.file_name(part) for part in parts if part)])

    @property
    def subject(self) -> str | None:
        """The actor whose figure it is, where that is the same in all sources."""
        subjects = {figure.subject for _, figure in self.entries}
        return subjects.pop() if len(subjects) == 1 else None

    @property
    def span(self) -> tuple[str, str] | None:
        """From its lowest to its highest value, in the words of the sources, if they differ."""
        low = min(self.entries, key=lambda e: e[1].value)[1]
        high = max(self.entries, key=lambda e: e[1].high or e[1].value)[1]
        return None if low.value == high.value else (low.words, high.words)

    @property
    def years(self) -> list[str]:
        """The first and the last year of its sources; one if they are the same, none if no source has a date."""
        known = [year for row, _ in self.entries if (year := year_of(row.published))]
        return sorted({min(known), max(known)}) if known else []


def measures(archive: Archive, rows: Sequence[Row]) -> list[Measure]:
    """Measures that at least two independent sources give: first where they differ, then those with most sources."""
    found: defaultdict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for row in rows:
        for figure in row.figures:
            if not small_count(figure) and (key := same(figure)):
                found[key].append((row, figure))
    here = {row.id for row in rows}
    ledgers = []
    for entries in found.values():
        sources = archive.independent(row.id for row, _ in entries) if len(entries) > 1 else 1
        if sources > 1:
            name, unit = entries[0][1].measure or "", entries[0][1].unit
            contradicted = differing(entries, archive, here)
            picture = values(entries[:PICTURED])
            entries.sort(key=lambda e: e[1].id not in contradicted)  # what differs comes first
            ledgers.append(Measure(name, unit, tuple(entries), sources, contradicted, picture))
    return sorted(ledgers, key=lambda m: (not m.differing, -m.sources, m.name.casefold(), m.slug))


def same(figure: RowFigure) -> tuple[str, ...] | None:
    """What figures of one ledger have in common. Tonnes of quota can stand side by side whoever's they are; shares,
    prices and counts only if they are the same actor's, or nobody's and named by more than a word ("35 minerals",
    "57 minerals" and "80 percent of material" have nothing to do with each other)."""
    key = measure_key(figure)
    if key is None:
        return None
    words, unit = key
    if unit in LOOSE or CURRENCY.fullmatch(unit):
        return (words, unit, figure.subject or "") if figure.subject or " " in words else None
    return key


def differing(entries: Sequence[Entry], archive: Archive, here: set[str]) -> frozenset[str]:
    """Of these entries the figures that another source among `here` contradicts."""
    return frozenset(
        figure.id
        for row, figure in entries
        if any(other.id in here for other, _ in archive.differing.get((row.id, figure.id), ()))
    )


def values(entries: Sequence[Entry]) -> Values | None:
    """None where fewer than FEWEST_DOTS sources have a day, or all values or all days are one."""
    dated = [(when, row, figure) for row, figure in entries if (when := day(row)) is not None]
    dated.sort(key=lambda entry: (entry[0], entry[1].id, entry[2].id))
    if len(dated) < FEWEST_DOTS:
        return None
    first, last = dated[0][0], dated[-1][0]
    low = min(figure.value for _, _, figure in dated)
    high = max(figure.high or figure.value for _, _, figure in dated)
    if first == last or low == high:
        return None
    bottom = 0.0 if 0 <= low < high / 2 else low  # a scale from zero, unless that hides the differences

    def across(when: int) -> float:
        return round(EDGE + (WIDTH - 2 * EDGE) * (when - first) / (last - first), 1)

    def up(value: float) -> float:
        return round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (value - bottom) / (high - bottom), 1)

    dots = tuple(
        Dot(across(when), up(f.value), up(f.high or f.value), f"{f.words}, {row.published}: {row.title}")
        for when, row, f in dated
    )
    return Values(
        dots, WIDTH, HEIGHT, dated[0][1].published or "", dated[-1][1].published or "", number(bottom), number(high)
    )


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
