"""Archive -> the pages of actors: one each, of the same size however often it is named, years beside it, and the index.

    actor_pages(archive, templates) -> actors/index.md, actors/china.md, actors/china/2025.md, ...

An actor's own page shows the latest of everything. Where that is not all, every year has a page (or several) with all
its briefings and what was said there by and about the actor, at an address that later years do not move.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from briefing import escape
from briefing.archive import ActorInArchive, Archive
from briefing.edtf_words import year_of
from briefing.model import Later, Office, Page
from briefing.pages import charts, cite, pictures
from briefing.pages.belonging import Belonging, belonging
from briefing.pages.candidate import candidate
from briefing.pages.names_seen import names
from briefing.pages.parts import Part, parts
from briefing.pages.stamps import Stamps
from briefing.pages.templates import KIND_NAMES, Templates
from briefing.pages.tenures import holders, homes, tenures
from briefing.registry import Registry, make_registry
from briefing.rows import Row, RowActor, RowStatement

LATEST = 12  # briefings that an actor's page tells of at length
LISTED = 80  # briefings that it lists at all; of an actor in more, each year has a page
STATEMENTS = 6  # by and about an actor that its page shows
FOLDED = 18  # more of them in a fold; of an actor with more, each year has a page
WHOLE = 240  # actors that the index lists in full, and that a page of a list holds
FEW_UNREVIEWED = 200  # names not reviewed for which the index is enough
UNREVIEWED = "actors/list/unreviewed"
A_PAGE = 40  # briefings on a page of a year: with what was said in them it stays light


@dataclass(frozen=True)
class Register:
    """What the page of every actor needs of the whole archive, worked out once."""

    archive: Archive
    same: Mapping[str, int]  # how many pages have a name
    belonging: Mapping[str, Belonging]
    holders: Mapping[str, list[tuple[str, Office]]]
    homes: Mapping[str, frozenset[str]]
    registry: Registry
    named: frozenset[str]  # who has a page

    def stamp(self, actor: ActorInArchive, stamps: Stamps) -> str:
        beside = self.belonging.get(actor.id, Belonging())
        held = self.holders.get(actor.id, [])
        near = {*beside.people, *beside.organisations, *beside.territories, *(who for who, _ in held)}
        actors = self.archive.actors
        others = [(stamps.head(n), len(actors[n].rows)) for n in sorted(near)]
        said = {row.id: row for who, _ in held for row, _ in actors[who].roles}  # of those who held its offices
        return stamps.actor(actor, self.same[actor.name], beside, held, others, stamps.rows(said.values()))


def register_of(archive: Archive) -> Register:
    shown = [a for a in archive.actors.values() if a.has_page]
    return Register(
        archive,
        Counter([*(a.name for a in shown), *(t.name for t in archive.topics.values())]),
        belonging(archive),
        holders(archive.actors),
        homes(archive.actors),
        make_registry(a.entry for a in archive.actors.values() if a.entry),
        frozenset(a.id for a in shown),
    )


def actor_pages(archive: Archive, templates: Templates, stamps: Stamps) -> Iterator[Page | Later]:
    shown = [a for a in archive.actors.values() if a.has_page]
    yield from index_pages(archive, shown, templates)
    register = register_of(archive)
    for actor in shown:
        make = partial(actor_page, actor, register, templates)
        yield Later(actor_path(actor), register.stamp(actor, stamps), make)
        if is_busy(actor):
            yield from year_pages(actor, archive, templates, stamps)


def actor_path(actor: ActorInArchive) -> str:
    return f"actors/{escape.file_name(actor.id)}.md"


def actor_page(actor: ActorInArchive, register: Register, templates: Templates) -> Page:
    archive = register.archive
    whole = is_busy(actor)
    return templates.page(
        actor_path(actor),
        "actor.md.j2",
        {
            "title": actor.name if register.same[actor.name] == 1 else told_apart(actor),
            "description": actor_description(actor),
            "feed": actor.status == "registered",
            "picture": pictures.FILE if pictures.of_actor(actor, templates.site) else None,
            "hide": ["navigation"],
        },
        archive=archive,
        actor=actor,
        structured=cite.profile(actor.id, archive, templates.site) if actor.entry else None,
        named_actors=register.named,
        chart=charts.bars(per_year([row for row, _ in actor.rows])),
        network=charts.network(actor, archive),
        names=names(actor),
        tenures=tenures(actor, register.holders.get(actor.id, ()), archive.actors, register.homes),
        belonging=register.belonging.get(actor.id, Belonging()),
        candidate=candidate(actor, register.registry, templates.site),
        latest=actor.rows[:LATEST],
        older={} if whole else by_year(actor, LATEST),
        years={y: (year_place(actor, y), len(rows)) for y, rows in by_year(actor).items()} if whole else {},
        statements=STATEMENTS,
        folded=FOLDED,
    )


def is_busy(actor: ActorInArchive) -> bool:
    """Whether there is more of it than its own page can show."""
    most = STATEMENTS + FOLDED
    return len(actor.rows) > LISTED or len(actor.said) > most or len(actor.said_about) > most


def by_year(actor: ActorInArchive, skipped: int = 0) -> dict[str, list[tuple[Row, RowActor]]]:
    """Its briefings by year of publication, the latest first, undated ones ("") last."""
    years: dict[str, list[tuple[Row, RowActor]]] = {}
    for row, here in actor.rows[skipped:]:
        years.setdefault(year_of(row.published) or "", []).append((row, here))
    return dict(sorted(years.items(), key=lambda pair: pair[0], reverse=True))


# --- a year of an actor -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """A briefing, and what was said in it by and about an actor."""

    row: Row
    here: RowActor
    said: tuple[RowStatement, ...]
    about: tuple[RowStatement, ...]


def year_place(actor: ActorInArchive, year: str) -> str:
    return f"actors/{escape.file_name(actor.id)}/{year or 'undated'}"


def year_pages(actor: ActorInArchive, archive: Archive, templates: Templates, stamps: Stamps) -> Iterator[Page | Later]:
    years = by_year(actor)
    for year, rows in years.items():
        entries = [_entry(actor, row, here) for row, here in rows]
        for part in parts(year_place(actor, year), entries, A_PAGE):
            yield templates.later(
                stamps.part(part, [entry.row for entry in part.entries], stamps.head(actor.id), list(years)),
                f"{part.place}.md",
                "actor_year.md.j2",
                {
                    "title": year_title(actor, year, part),
                    "description": f"Briefings from {year} that mention {actor.name}." if year else None,
                    "hide": ["navigation"],
                },
                archive=archive,
                actor=actor,
                year=year,
                part=part,
                years={y: year_place(actor, y) for y in years},
            )


def year_title(actor: ActorInArchive, year: str, part: Part[Entry]) -> str:
    when = f" in {year}" if year else ", undated"
    return f"{actor.name}{when}" + (f", page {part.number}" if part.number > 1 else "")


def _entry(actor: ActorInArchive, row: Row, here: RowActor) -> Entry:
    said = tuple(s for s in row.statements if s.actor == actor.id)
    return Entry(row, here, said, tuple(s for s in row.statements if actor.id in s.about and s.actor != actor.id))


# --- the index --------------------------------------------------------------------------------


def index_pages(archive: Archive, shown: Sequence[ActorInArchive], templates: Templates) -> Iterator[Page]:
    """The index; in a big archive it names the busiest of each kind, and lists beside it name all."""
    registered = [a for a in shown if a.status == "registered"]
    kinds = {kind: sorted((a for a in registered if a.kind == kind), key=by_name) for kind in KIND_NAMES}
    unreviewed = sorted((a for a in shown if a.status != "registered"), key=lambda a: (-len(a.rows), by_name(a)))
    lists = {kind: f"actors/list/{kind}" for kind, found in kinds.items() if len(registered) > WHOLE < len(found) * 4}
    yield templates.page(
        "actors/index.md",
        "actors.md.j2",
        {
            "title": "Actors",
            "description": "People, organisations and countries mentioned in the archive.",
            "hide": ["navigation"],
        },
        archive=archive,
        kinds={k: sorted(found, key=busiest) if k in lists else found for k, found in kinds.items()},
        lists=lists | {"unreviewed": UNREVIEWED},
        active=most_active(archive, 8),
        candidates=[a for a in unreviewed if len(a.rows) > 1],
        once=[a for a in unreviewed if len(a.rows) == 1],
        few_unreviewed=FEW_UNREVIEWED,
    )
    for kind, place in lists.items():
        yield from _list(f"{KIND_NAMES[kind][1]}, A to Z", place, kinds[kind], archive, templates)
    if len(unreviewed) > FEW_UNREVIEWED:
        yield from _list("Unreviewed names, A to Z", UNREVIEWED, sorted(unreviewed, key=by_name), archive, templates)


def _list(
    heading: str, place: str, actors: Sequence[ActorInArchive], archive: Archive, templates: Templates
) -> Iterator[Page]:
    for part in parts(place, actors, WHOLE):
        title = heading + (f", page {part.number}" if part.number > 1 else "")
        meta = {"title": title, "hide": ["navigation"]}
        yield templates.page(f"{part.place}.md", "actors_list.md.j2", meta, archive=archive, heading=title, part=part)


def most_active(archive: Archive, count: int) -> list[ActorInArchive]:
    return sorted((a for a in archive.actors.values() if a.rows and a.status == "registered"), key=busiest)[:count]


def busiest(actor: ActorInArchive) -> tuple[int, int, str]:
    return (-len(actor.rows), -actor.mentions, actor.id)


def by_name(actor: ActorInArchive) -> tuple[str, str]:
    return (actor.name.casefold(), actor.id)


# --- words and numbers ------------------------------------------------------------------------


def told_apart(actor: ActorInArchive) -> str:
    """The title of an actor's page where another page has the same name."""
    kind = KIND_NAMES[actor.kind][0].lower() if actor.kind in KIND_NAMES else actor.kind
    return f"{actor.name} ({kind})" if actor.entry else f"{actor.name} ({kind} in “{actor.rows[0][0].title}”)"


def actor_description(actor: ActorInArchive) -> str:
    where = f"{len(actor.rows):,} briefing{'' if len(actor.rows) == 1 else 's'}"
    return f"{actor.name} in {where}: statements, roles, figures and events, each linked to its source sentence."


def per_year(rows: Sequence[Row]) -> list[tuple[str, int]]:
    return charts.every_year(Counter(year for row in rows if (year := year_of(row.published))))
