"""Archive -> the pages of actors: one each, of the same size however often it is named, years beside it, and the index.

    actor_pages(archive, templates) -> actors/index.md, actors/china.md, actors/china/2025.md, ...

An actor's own page shows the latest of everything. Where that is not all, every year has a page (or several) with all
its briefings and what was said there by and about the actor, at an address that later years do not move.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

import yaml

from briefing import escape
from briefing.archive import ActorInArchive, Archive
from briefing.archive.summaries import Row, RowActor
from briefing.content.edtf import sort_key, year_of
from briefing.link.candidates import nearest, registered_id, registry_file
from briefing.model import Actor, Later, Office, Page, RowStatement
from briefing.registry import Registry, make_registry
from briefing.registry.name_variants import key
from briefing.site import charts, citations, pictures
from briefing.site.fingerprints import Stamps
from briefing.site.templates import KIND_NAMES, Part, Site, Templates, parts

if TYPE_CHECKING:
    from briefing.archive import ActorInArchive
    from briefing.archive.summaries import Row
    from briefing.model import Alias, Office, RowRole


# An actor -> its names: which of them the sources use, how often and where, and which nobody has used yet.
#
# names(actor).seen   ->   (NameSeen("Dai Qi", "transliteration", 1, row, "s3"), ...)

SHOWN = 24  # names that sources use; what few say once is in their briefings


@dataclass(frozen=True, slots=True)
class NameSeen:
    words: str
    type: str  # of the alias, else how the mention was understood: surname, title, demonym, spelling
    briefings: int
    row: Row  # the latest that uses it
    sentence: str


@dataclass(frozen=True, slots=True)
class Names:
    seen: tuple[NameSeen, ...]  # its names first, those in the most briefings before the others
    unseen: tuple[Alias, ...]  # of the register


def names(actor: ActorInArchive) -> Names:
    """Spellings that differ in capitals alone count as one; another accent is another spelling, to be seen."""
    aliases = actor.entry.aliases if actor.entry else ()
    types = {alias.name.casefold(): alias.type for alias in reversed(aliases)} | {actor.name.casefold(): "name"}
    alike = {key(alias.name): alias.type for alias in reversed(aliases)} | {key(actor.name): "name"}
    uses: dict[str, list[tuple[Row, str, str, str]]] = {}
    for row, here in actor.rows:
        once: set[str] = set()
        for name in here.called:
            written = name.words.casefold()
            if written not in once:
                once.add(written)
                uses.setdefault(written, []).append((row, name.words, name.how, name.sentence))

    def seen(written: str, found: list[tuple[Row, str, str, str]]) -> NameSeen:
        row, words, how, sentence = found[0]
        near = alike.get(key(words))
        kind = types.get(written) or (near if near not in {None, "name"} else "spelling" if near else _kind(how))
        return NameSeen(_usual([words for _, words, _, _ in found]), kind or "", len(found), row, sentence)

    ordered = sorted((seen(*pair) for pair in uses.items()), key=lambda n: (n.type != "name", -n.briefings, n.words))
    unseen = {a.name.casefold(): a for a in reversed(aliases) if a.name.casefold() not in uses}
    return Names(tuple(ordered[:SHOWN]), tuple(reversed(unseen.values())))


def _usual(written: list[str]) -> str:
    """The spelling that most use, of those that differ in capitals alone."""
    return max(dict.fromkeys(written), key=written.count)


def _kind(how: str) -> str:
    """An alias that the register has not in these words is another way to write one that it has."""
    return "spelling" if how in {"alias", "name"} else how


# The registry -> who belongs to a country or an organisation: its people, bodies and territories.
#
# belonging(archive)["norway"].people   ->   ("anna-kessowa", ...)


@dataclass(frozen=True, slots=True)
class Belonging:
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()


def belonging(archive: Archive) -> Mapping[str, Belonging]:
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    # the most named first, so that a big country's page begins with those a reader looks for
    for actor in sorted(archive.actors.values(), key=lambda a: (-len(a.rows), a.name.casefold(), a.id)):
        entry = actor.entry
        if entry is None:
            continue
        for home in dict.fromkeys((entry.country, entry.parent)):
            if home:
                found[home][entry.kind].append(entry.id)
    return {
        home: Belonging(tuple(of["person"]), (*of["organisation"], *of["group"]), tuple(of["country"]))
        for home, of in sorted(found.items())
    }


# An actor that nobody has reviewed -> what its page asks: whom it may be, and the file that would register it.
#
# candidate(actor, registry, site).file   ->   "name: Jon Barrow\nkind: person\n"

ALIASES = 5  # other names worth proposing


@dataclass(frozen=True, slots=True)
class Candidate:
    id: str  # under which it would be registered
    nearest: tuple[Actor, ...]
    file: str  # the registry file, ready to be saved
    merging: str  # what to add to the file of somebody known, if it is the same
    propose: str | None  # where the file can be proposed


def candidate(actor: ActorInArchive, registry: Registry, site: Site) -> Candidate | None:
    """None for registered actors, and for names of groups."""
    if actor.status == "registered" or actor.kind not in {"person", "organisation"}:
        return None
    own_id = registered_id(actor.name, actor.id, registry)
    written = file_for(actor, registry)
    merging = {"aliases": [actor.name, *other_names(actor)], "replaces": [actor.id]}
    return Candidate(
        id=own_id,
        nearest=nearest(actor.name, actor.kind, registry),
        file=written,
        merging=yaml.safe_dump(merging, allow_unicode=True, sort_keys=False),
        propose=_address(own_id, written, site),
    )


def file_for(actor: ActorInArchive, registry: Registry) -> str:
    """The registry file of a candidate, with the names that the archive calls it."""
    own_id = registered_id(actor.name, actor.id, registry)
    replaces = (actor.id,) if actor.id != own_id else ()
    return registry_file(actor.name, actor.kind, other_names(actor), replaces)


def other_names(actor: ActorInArchive) -> tuple[str, ...]:
    """Names used in the archive that need an alias: not its own name, nor a surname alone."""
    own = key(actor.name)
    counts = Counter(name for _, here in actor.rows for name in here.names if key(name) != own)
    fit = [n for n in counts if actor.kind != "person" or (" " in n and key(n) not in own)]
    return tuple(sorted(fit, key=lambda n: (-counts[n], n))[:ALIASES])


def _address(own_id: str, written: str, site: Site) -> str | None:
    if not escape.link(site.repository) or "gitlab" in site.repository or site.actors.startswith("/"):
        return None
    repository, folder = site.repository.rstrip("/"), quote(f"{site.branch}/{site.actors}", safe="/")
    return f"{repository}/new/{folder}?filename={quote(own_id)}.yaml&value={quote(escape.plain(written))}"


# An actor -> its offices over time: what the register says with the sentences that agree, and what only sources say.
#
#     tenures(actor, holders, actors, homes)   ->   Tenures(registered=(...), said=(...))
#
# A person's are the offices he or she held, a body's and a country's who held theirs. The latest comes first. The
# register and the sources are told apart: a source may be wrong, old or ahead of the register, and a reader must see
# it.

MOST = 60  # offices of a page; a big country's old ones are on their holders' pages
SMALL_WORDS = {"of", "the", "and", "for", "to", "a", "'s"}
RANKS = {"vice", "deputy", "under", "assistant", "associate", "acting", "interim", "former", "shadow"}  # another office


@dataclass(frozen=True, slots=True)
class Tenure:
    holder: str | None  # an actor's id
    called: str  # the holder in the words of the source; "" where the register speaks
    title: str
    organisation: str | None  # an actor's id
    body: str | None  # in the words of the source, where it is nobody known
    since: str | None  # of the register
    until: str | None
    sources: tuple[tuple[Row, RowRole], ...]  # latest first
    beside: bool = False  # said of a holder of that office, at a date at which the register has him or her not in it


@dataclass(frozen=True, slots=True)
class Tenures:
    registered: tuple[Tenure, ...]
    said: tuple[Tenure, ...]


def tenures(
    actor: ActorInArchive,
    holders: Sequence[tuple[str, Office]],
    actors: Mapping[str, ActorInArchive],
    homes: Mapping[str, frozenset[str]],
) -> Tenures:
    """`holders`: who held an office of this actor, as the register has it. `homes`: see below."""
    own = [(actor.id, office) for office in actor.entry.roles] if actor.entry else []
    known = sorted(
        dict.fromkeys([*own, *holders]), key=lambda pair: sort_key(pair[1].since) or "", reverse=True
    )  # fmt: skip
    agreeing: defaultdict[int, list[tuple[Row, RowRole]]] = defaultdict(list)
    placed: set[tuple[str, str]] = set()
    for who in dict.fromkeys(who for who, _ in known):
        offices = [(n, office) for n, (name, office) in enumerate(known) if name == who]
        for row, role in actors[who].roles:
            fitting = [n for n, o in offices if is_office(role, o, homes) and in_office(o, row.published)]
            if role.actor == who and fitting:
                agreeing[fitting[0]].append((row, role))
                placed.add((row.id, role.id))
    others = [
        (row, role, any(who == role.actor and is_office(role, office, homes) for who, office in known))
        for row, role in actor.roles
        if (row.id, role.id) not in placed
    ]
    registered = tuple(
        Tenure(who, "", office.title, office.organisation, None, office.since, office.until, _once(agreeing[n]))
        for n, (who, office) in enumerate(known[:MOST])
    )
    return Tenures(registered, tuple(_gathered(others)))


def is_office(role: RowRole, office: Office, homes: Mapping[str, frozenset[str]] | None = None) -> bool:
    """Whether a source's words ("US Trade Representative") can mean an office ("United States Trade Representative",
    at an office of that name in the United States)."""
    said, held = _words(role.title), _words(office.title)
    if not said or not (said <= held or held <= said) or (said ^ held) & RANKS:
        return False
    if not role.organisation or not office.organisation or role.organisation == office.organisation or said == held:
        return True
    return role.organisation in (homes or {}).get(office.organisation, frozenset())


def in_office(office: Office, published: str | None) -> bool:
    """Whether an office was held when a source was published, as far as both are known."""
    day = published or ""
    if not day[:4].isdigit():
        return True

    def before(one: str, other: str) -> bool:
        size = min(len(one), len(other))
        return one[:size] < other[:size]

    return not (office.since and before(day, office.since)) and not (office.until and before(office.until, day))


def _words(title: str) -> frozenset[str]:
    return frozenset(key(title).split()) - SMALL_WORDS


def _gathered(roles: Iterable[tuple[Row, RowRole, bool]]) -> Iterable[Tenure]:
    """The same title of the same holder once, with all that say so."""
    same: dict[tuple[str, ...], list[tuple[Row, RowRole, bool]]] = {}
    for row, role, beside in roles:
        of = (role.actor or role.holder, key(role.title), role.organisation or key(role.body or ""), str(beside))
        same.setdefault(of, []).append((row, role, beside))
    for found in list(same.values())[:MOST]:
        _, role, beside = found[0]
        body = None if role.organisation else role.body
        sources = _once((row, said) for row, said, _ in found)
        yield Tenure(role.actor, role.holder, role.title, role.organisation, body, None, None, sources, beside)


def _once(sources: Iterable[tuple[Row, RowRole]]) -> tuple[tuple[Row, RowRole], ...]:
    """The same sentence once: reprints say it again."""
    return tuple({role.context or role.words: (row, role) for row, role in reversed(tuple(sources))}.values())[::-1]


def homes(actors: Mapping[str, ActorInArchive]) -> Mapping[str, frozenset[str]]:
    """Of each body, the country and the body that it belongs to: sources name these for it."""
    entries = (a.entry for a in actors.values() if a.entry)
    return {entry.id: frozenset(h for h in (entry.country, entry.parent) if h) for entry in entries}


def holders(actors: Mapping[str, ActorInArchive]) -> Mapping[str, list[tuple[str, Office]]]:
    """Of each body and country, who held its offices, as the register has it."""
    found: defaultdict[str, list[tuple[str, Office]]] = defaultdict(list)
    for name in sorted(actors):
        entry = actors[name].entry
        for office in entry.roles if entry else ():
            if office.organisation:
                found[office.organisation].append((name, office))
    return found


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
        structured=citations.profile(actor.id, archive, templates.site) if actor.entry else None,
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
