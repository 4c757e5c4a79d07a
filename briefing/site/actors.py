"""Render the pages of actors: one page each, a page per year for busy actors, the index, and the names A to Z.

    actor_pages(archive, templates, fingerprints) -> actors/index.md, actors/china.md, actors/china/2025.md, ...

An actor's own page shows the latest of everything and stays the same size however often the actor is mentioned. If that
is not all, every year has a page (or several) with all its briefings and the statements by and about the actor; later
years do not change its address.

Most names are found once and reviewed by nobody: these are entries of the pages of names, `actors/names/ja/#name-...`.
Reviewed actors are linked there too, also under old ids. So the address of an entry leads on when it is registered.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import quote

from briefing import escape
from briefing.archive import NAMES, ActorInArchive, Archive, place_of_letters, places_of_names
from briefing.archive.summaries import Row, RowActor
from briefing.content.edtf import may_hold, sort_key
from briefing.content.problems import plural
from briefing.content.scaffold import registry_file
from briefing.link.candidates import nearest, registered_id
from briefing.model import Actor, Alias, LazyPage, Office, Page, RowRole, RowStatement
from briefing.registry import Registry, kind_folder, make_registry
from briefing.registry.name_variants import key
from briefing.site import charts, exports, pictures
from briefing.site.fingerprints import Fingerprints
from briefing.site.templates import KIND_NAMES, ListPage, Site, Templates, paginate

LATEST = 12  # briefings shown in full on an actor's page
LISTED = 80  # briefings listed there; an actor with more has pages per year
STATEMENTS = 6  # statements shown there, by and about the actor each
FOLDED = 18  # more of them, folded; an actor with more has pages per year
MAX_LISTED = 240  # actors listed in full in the index, and on a page of a list
FEW_UNREVIEWED = 200  # up to this many unreviewed names are listed in the index only
MAX_NAMED = 6  # briefings shown in an entry of a name
UNUSED = "actors/list/unused"
UNUSED_HEADING = "Registry entries without a mention"
UNUSED_INTRO = "For contributors: actors in the registry that no article mentions yet."
YEAR_PAGE_SIZE = 40  # briefings with their statements on a page of a year


@dataclass(frozen=True)
class Register:
    """What every actor's page needs from the whole archive."""

    archive: Archive
    page_titles: Mapping[str, int]  # number of pages with each title
    affiliations: Mapping[str, Affiliations]
    role_holders: Mapping[str, list[tuple[str, Office]]]
    parents: Mapping[str, frozenset[str]]
    registry: Registry
    named: frozenset[str]  # actors with a page or an entry

    def fingerprint(self, actor: ActorInArchive, fingerprints: Fingerprints) -> str:
        affiliated = self.affiliations.get(actor.id, Affiliations())
        held = self.role_holders.get(actor.id, [])
        near = {*affiliated.people, *affiliated.organisations, *affiliated.territories, *(who for who, _ in held)}
        actors = self.archive.actors
        others = [(fingerprints.head(n), len(actors[n].rows)) for n in sorted(near)]
        said = {row.id: row for who, _ in held for row, _ in actors[who].roles}  # for each office-holder
        meant = () if actor.entry else nearest(actor.name, actor.kind, self.registry)
        asked = (self.own_id(actor), [fingerprints.head(one.id) for one in meant])
        shown = (self.page_titles[actor.name], affiliated, held, others, fingerprints.rows(said.values()), asked)
        return fingerprints.actor(actor, *shown, template="actor.md.j2")

    def own_id(self, actor: ActorInArchive) -> str:
        """Return the id under which an actor that nobody reviewed can be registered; "" for others."""
        return "" if actor.entry else registered_id(actor.name, actor.id, self.registry)


def register_of(archive: Archive) -> Register:
    shown = [a for a in archive.actors.values() if a.has_page]
    return Register(
        archive,
        Counter([*(a.name for a in shown), *(t.name for t in archive.topics.values())]),
        affiliations(archive),
        role_holders(archive.actors),
        parents(archive.actors),
        make_registry(a.entry for a in archive.actors.values() if a.entry),
        frozenset(a.id for a in archive.actors.values() if a.address),
    )


def actor_pages(archive: Archive, templates: Templates, fingerprints: Fingerprints) -> Iterator[Page | LazyPage]:
    shown = [a for a in archive.actors.values() if a.has_page]
    yield from index_pages(archive, templates)
    yield from unused_pages(archive, templates, fingerprints)
    register = register_of(archive)
    yield from name_pages(register, templates, fingerprints)
    for actor in shown:
        make = partial(actor_page, actor, register, templates)
        yield LazyPage(actor_path(actor), register.fingerprint(actor, fingerprints), make)
        if is_busy(actor):
            yield from year_pages(actor, archive, templates, fingerprints)


def is_private(actor: ActorInArchive) -> bool:
    """Tell whether this is a person whom nobody has registered."""
    return actor.kind == "person" and actor.status != "registered"


def actor_path(actor: ActorInArchive) -> str:
    return f"actors/{escape.file_name(actor.id)}.md"


def actor_page(actor: ActorInArchive, register: Register, templates: Templates) -> Page:
    archive = register.archive
    whole = is_busy(actor)
    return templates.page(
        actor_path(actor),
        "actor.md.j2",
        {
            "title": actor.name if register.page_titles[actor.name] == 1 else distinct_title(actor),
            "description": actor_description(actor),
            "feed": actor.status == "registered",
            "robots": "noindex" if templates.site.noindex and is_private(actor) else None,
            "picture": pictures.FILE if pictures.of_actor(actor, templates.site) else None,
        },
        archive=archive,
        actor=actor,
        structured=exports.profile(actor.id, archive, templates.site) if actor.entry else None,
        named_actors=register.named,
        chart=charts.per_year(row for row, _ in actor.rows),
        network=charts.network(actor, archive),
        names=name_usage(actor),
        occupancies=_mentioned(
            occupancies(actor, register.role_holders.get(actor.id, ()), archive.actors, register.parents),
            register.named,
        ),
        affiliations=register.affiliations.get(actor.id, Affiliations()),
        candidate=candidate(actor, register.registry, templates.site),
        latest=actor.rows[:LATEST],
        older={} if whole else by_year(actor, LATEST),
        years={y: (year_place(actor, y), len(rows)) for y, rows in by_year(actor).items()} if whole else {},
        statements=STATEMENTS,
        folded=FOLDED,
    )


def _mentioned(found: Occupancies, named: frozenset[str]) -> Occupancies:
    """Leave out office-holders whom no article mentions: for readers the registry is not a list of governments."""
    return replace(found, registered=tuple(t for t in found.registered if t.sources or t.holder in named))


def is_busy(actor: ActorInArchive) -> bool:
    """Tell whether the actor's own page cannot show everything."""
    most = STATEMENTS + FOLDED
    return len(actor.rows) > LISTED or len(actor.said) > most or len(actor.said_about) > most


def by_year(actor: ActorInArchive, skipped: int = 0) -> dict[str, list[tuple[Row, RowActor]]]:
    """Return its briefings by year of publication, latest first; "" for undated ones."""
    years: dict[str, list[tuple[Row, RowActor]]] = {}
    for row, here in actor.rows[skipped:]:
        years.setdefault(row.year, []).append((row, here))
    return dict(sorted(years.items(), key=lambda pair: pair[0], reverse=True))


# --- a year of an actor -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """A briefing with the statements in it by and about an actor."""

    row: Row
    here: RowActor
    said: tuple[RowStatement, ...]
    about: tuple[RowStatement, ...]


def year_place(actor: ActorInArchive, year: str) -> str:
    return f"actors/{escape.file_name(actor.id)}/{year or 'undated'}"


def year_pages(
    actor: ActorInArchive, archive: Archive, templates: Templates, fingerprints: Fingerprints
) -> Iterator[Page | LazyPage]:
    years = by_year(actor)
    for year, rows in years.items():
        entries = [_entry(actor, row, here) for row, here in rows]
        for part in paginate(year_place(actor, year), entries, YEAR_PAGE_SIZE):
            yield templates.lazy_page(
                fingerprints.list_page(
                    part,
                    [entry.row for entry in part.entries],
                    fingerprints.head(actor.id),
                    list(years),
                    template="actor_year.md.j2",
                ),
                f"{part.place}.md",
                "actor_year.md.j2",
                {
                    "title": year_title(actor, year, part),
                    "description": f"Briefings from {year} that mention {actor.name}." if year else None,
                },
                archive=archive,
                actor=actor,
                year=year,
                part=part,
                years={y: year_place(actor, y) for y in years},
            )


def year_title(actor: ActorInArchive, year: str, part: ListPage[Entry]) -> str:
    when = f" in {year}" if year else ", undated"
    return f"{actor.name}{when}" + (f", page {part.number}" if part.number > 1 else "")


def _entry(actor: ActorInArchive, row: Row, here: RowActor) -> Entry:
    said = tuple(s for s in row.statements if s.actor == actor.id)
    return Entry(row, here, said, tuple(s for s in row.statements if actor.id in s.about and s.actor != actor.id))


# --- the index --------------------------------------------------------------------------------


def index_pages(archive: Archive, templates: Templates) -> Iterator[Page]:
    """Yield the index; in a big archive it shows the most mentioned of each kind, and separate lists show all."""
    shown = [a for a in archive.actors.values() if a.address]
    registered = [a for a in shown if a.status == "registered"]
    kinds = {kind: sorted((a for a in registered if a.kind == kind), key=by_name) for kind in KIND_NAMES}
    unreviewed = sorted((a for a in shown if a.status != "registered"), key=lambda a: (-len(a.rows), by_name(a)))
    lists = {
        kind: f"actors/list/{kind}" for kind, found in kinds.items() if len(registered) > MAX_LISTED < len(found) * 4
    }
    yield templates.page(
        "actors/index.md",
        "actors.md.j2",
        {"title": "Actors", "description": "People, organisations and countries mentioned in the archive."},
        archive=archive,
        kinds={k: sorted(found, key=busiest) if k in lists else found for k, found in kinds.items()},
        lists=lists,
        names=NAMES,
        active=most_active(archive, 8),
        candidates=[a for a in unreviewed if len(a.rows) > 1],
        once=[a for a in unreviewed if len(a.rows) == 1],
        few_unreviewed=FEW_UNREVIEWED,
        unused=UNUSED if unused_entries(archive) else None,
        moved=bool(renamed_actors(archive) or renamed_briefings(archive)),
    )
    for kind, place in lists.items():
        yield from _list(f"{KIND_NAMES[kind][1]}, A to Z", place, kinds[kind], archive, templates)


@dataclass(frozen=True, slots=True)
class RenamedActor:
    old: str
    new: str
    still: bool  # some article uses a name that is not yet an alias


def renamed_actors(archive: Archive) -> list[RenamedActor]:
    found: dict[str, RenamedActor] = {}
    for actor in archive.actors.values():
        for old in actor.entry.replaces if actor.entry else ():
            there = archive.actors.get(old)
            if not there or not there.entry:  # the old id is not registered again
                found.setdefault(old, RenamedActor(old, actor.id, bool(there and there.address)))
    return sorted(found.values(), key=lambda r: r.old)


def renamed_briefings(archive: Archive) -> dict[str, Row]:
    """Return the briefing that replaces each old id."""
    found: dict[str, Row] = {}
    for row in archive.rows:
        for old in row.replaces:
            if old not in archive.by_id:
                found.setdefault(old, row)
    return dict(sorted(found.items()))


def _list(
    heading: str, place: str, actors: Sequence[ActorInArchive], archive: Archive, templates: Templates
) -> Iterator[Page]:
    for part in paginate(place, actors, MAX_LISTED):
        yield _list_page(heading, part, archive, templates)


def _list_page(
    heading: str, part: ListPage[ActorInArchive], archive: Archive, templates: Templates, intro: str = ""
) -> Page:
    title = heading + (f", page {part.number}" if part.number > 1 else "")
    values = {"archive": archive, "heading": title, "part": part, "intro": intro}
    return templates.page(f"{part.place}.md", "actors_list.md.j2", {"title": title}, **values)


# --- names A to Z -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Name:
    """An entry among the names: an actor, under its own id or an old one."""

    anchor: str
    actor: ActorInArchive
    old: str  # "" for its own


def name_pages(register: Register, templates: Templates, fingerprints: Fingerprints) -> Iterator[LazyPage]:
    """Yield the pages of names, and those that lead to them by first letters."""
    entries = names_by_place(register.archive)
    counts: Counter[str] = Counter()
    for place, names in entries.items():
        for end in range(len(NAMES), len(place) + 1):
            counts[place[:end].rstrip("/")] += len(names)
    below = letters_below(entries)
    for place in sorted({*entries, *below, NAMES}):
        names = sorted(entries.get(place, ()), key=lambda name: (name.actor.name.casefold(), name.anchor))
        parts = [(part, _letters(part), counts[part.rstrip("/")]) for part in below.get(place, ())]
        heads = [(n.anchor, n.old, fingerprints.head(n.actor.id), len(n.actor.rows)) for n in names]
        pageless = [name.actor for name in names if not name.actor.has_page]
        listed = [row for actor in pageless for row, _ in actor.rows]
        yield LazyPage(
            f"{place}index.md" if place == NAMES else f"{place.rstrip('/')}.md",
            fingerprints.of(
                place,
                heads,
                parts,
                fingerprints.rows(listed),
                [*map(register.own_id, pageless)],
                template="names.md.j2",
            ),
            partial(_names_page, place, names, parts, register, templates),
        )


def names_by_place(archive: Archive) -> dict[str, list[Name]]:
    found: dict[str, list[Name]] = {}
    shown = [actor for actor in archive.actors.values() if actor.listed]
    for actor in shown:
        found.setdefault(actor.listed, []).append(Name(escape.file_name(actor.id), actor, ""))
    known = {actor.id for actor in shown}
    replaced = ((name, actor) for actor in shown if actor.entry for name in actor.entry.replaces)
    old = {name: actor for name, actor in replaced if name not in known}
    places = places_of_names([*known, *old])
    for name, actor in old.items():
        found.setdefault(places[name], []).append(Name(escape.file_name(name), actor, name))
    return found


def letters_below(places: Iterable[str]) -> dict[str, list[str]]:
    """Return for each page of names the pages that its names are divided into, without steps that lead to one page.

    >>> letters_below(["actors/names/ja/", "actors/names/jo/"])
    {'actors/names/j/': ['actors/names/ja/', 'actors/names/jo/'], 'actors/names/': ['actors/names/j/']}
    """
    leaves = sorted(place.removeprefix(NAMES).rstrip("_/") for place in places)
    found: dict[str, list[str]] = {}

    def divide(prefix: str, inside: Sequence[str]) -> None:
        groups: dict[str, list[str]] = {}
        for leaf in inside:
            if leaf != prefix:
                groups.setdefault(leaf[: len(prefix) + 1], []).append(leaf)
        below: list[str] = []
        for leaves_there in groups.values():
            first = _shared(leaves_there[0], leaves_there[-1])  # they are sorted
            below.append(first)
            if leaves_there != [first]:
                divide(first, leaves_there)
        if below:
            found[place_of_letters(prefix)] = [place_of_letters(one) for one in below]

    divide("", leaves)
    return found


def _shared(one: str, other: str) -> str:
    """Return what two texts begin with."""
    size = min(len(one), len(other))
    return one[: next((n for n in range(size) if one[n] != other[n]), size)]


def _letters(place: str) -> str:
    return place.removeprefix(NAMES).rstrip("_/").replace("-", " ").strip().capitalize()


def _names_page(
    place: str, names: Sequence[Name], below: Sequence[tuple[str, str, int]], register: Register, templates: Templates
) -> Page:
    top = place == NAMES
    heading = "Names A to Z" if top else f"Names: {_letters(place)}"
    site = templates.site
    return templates.page(
        f"{place}index.md" if top else f"{place.rstrip('/')}.md",
        "names.md.j2",
        {"title": heading, "description": "Names in the sources, with the briefings that use them." if top else None},
        archive=register.archive,
        heading=heading,
        above="" if top else NAMES,
        below=below,
        names=[(n.anchor, n.actor, n.old, _proposal(n.actor, register.registry, site)) for n in names],
        most=MAX_NAMED,
    )


def _proposal(actor: ActorInArchive, registry: Registry, site: Site) -> str | None:
    """Return where a name without a page can be registered; None if there is no such place."""
    if actor.has_page or actor.kind not in {"person", "organisation"} or not site.repository:
        return None
    return _address(registered_id(actor.name, actor.id, registry), actor.kind, file_for(actor, registry), site)


def unused_entries(archive: Archive) -> list[ActorInArchive]:
    return sorted((a for a in archive.actors.values() if a.entry and not a.rows), key=by_name)


def unused_pages(archive: Archive, templates: Templates, fingerprints: Fingerprints) -> Iterator[LazyPage]:
    """Yield the list of registry entries that no article mentions: readers do not need it, contributors do."""
    unused = unused_entries(archive)
    for part in paginate(UNUSED, unused, MAX_LISTED) if unused else ():
        names = [fingerprints.head(actor.id) for actor in part.entries]
        make = partial(_list_page, UNUSED_HEADING, part, archive, templates, UNUSED_INTRO)
        yield LazyPage(f"{part.place}.md", fingerprints.list_page(part, (), names, template="actors_list.md.j2"), make)


def most_active(archive: Archive, count: int) -> list[ActorInArchive]:
    return sorted((a for a in archive.actors.values() if a.rows and a.status == "registered"), key=busiest)[:count]


def busiest(actor: ActorInArchive) -> tuple[int, int, str]:
    return (-len(actor.rows), -actor.mentions, actor.id)


def by_name(actor: ActorInArchive) -> tuple[str, str]:
    return (actor.name.casefold(), actor.id)


# --- words and numbers ------------------------------------------------------------------------


def distinct_title(actor: ActorInArchive) -> str:
    """Return the title of an actor's page if another page has the same name."""
    kind = KIND_NAMES[actor.kind][0].lower() if actor.kind in KIND_NAMES else actor.kind
    return f"{actor.name} ({kind})" if actor.entry else f"{actor.name} ({kind} in “{actor.rows[0][0].title}”)"


def actor_description(actor: ActorInArchive) -> str:
    where = plural(len(actor.rows), "briefing")
    return f"{actor.name} in {where}: statements, roles, figures and events, each linked to its source sentence."


# --- names: which the sources use, how often and where ----------------------------------------

MAX_NAMES = 24  # names shown; rare ones are in their briefings


@dataclass(frozen=True, slots=True)
class UsedName:
    words: str
    type: str  # alias type, else the mention type: surname, title, demonym, spelling
    briefings: int
    row: Row  # the latest that uses it
    sentence: str


@dataclass(frozen=True, slots=True)
class NameUsage:
    used: tuple[UsedName, ...]  # the actor's own name first, then most used first
    unused: tuple[Alias, ...]  # registered


def name_usage(actor: ActorInArchive) -> NameUsage:
    """Return the names of an actor. Spellings that differ only in capitals count as one; other accents do not."""
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

    def describe(written: str, found: list[tuple[Row, str, str, str]]) -> UsedName:
        row, words, how, sentence = found[0]
        near = alike.get(key(words))
        kind = types.get(written) or (near if near not in {None, "name"} else "spelling" if near else _kind(how))
        return UsedName(_usual([words for _, words, _, _ in found]), kind or "", len(found), row, sentence)

    ordered = sorted(
        (describe(*pair) for pair in uses.items()), key=lambda n: (n.type != "name", -n.briefings, n.words)
    )
    unused = {a.name.casefold(): a for a in reversed(aliases) if a.name.casefold() not in uses}
    return NameUsage(tuple(ordered[:MAX_NAMES]), tuple(reversed(unused.values())))


def _usual(written: list[str]) -> str:
    """Return the most frequent of spellings that differ only in capitals."""
    return max(dict.fromkeys(written), key=written.count)


def _kind(how: str) -> str:
    """Return the type of a name that is not registered in this spelling."""
    return "spelling" if how in {"alias", "name"} else how


# --- affiliations: people, organisations and territories of a country or organisation ---------


@dataclass(frozen=True, slots=True)
class Affiliations:
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()


def affiliations(archive: Archive) -> Mapping[str, Affiliations]:
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    # most mentioned first: these are what readers look for
    for actor in sorted(archive.actors.values(), key=lambda a: (-len(a.rows), a.name.casefold(), a.id)):
        entry = actor.entry
        if entry is None:
            continue
        for home in dict.fromkeys((entry.country, entry.parent)):
            if home:
                found[home][entry.kind].append(entry.id)
    return {
        home: Affiliations(tuple(of["person"]), (*of["organisation"], *of["group"]), tuple(of["country"]))
        for home, of in sorted(found.items())
    }


# --- candidates: whom an unreviewed actor may be, and the file that would register it ----------

MAX_ALIASES = 5  # other names suggested as aliases


@dataclass(frozen=True, slots=True)
class Candidate:
    id: str  # to register it under
    nearest: tuple[Actor, ...]
    file: str  # the registry file
    merging: str  # what to add to another actor's file if both are the same
    propose: str | None  # where to propose the file


def candidate(actor: ActorInArchive, registry: Registry, site: Site) -> Candidate | None:
    """Return what a candidate's page asks; None for registered actors and groups."""
    if actor.status == "registered" or actor.kind not in {"person", "organisation"}:
        return None
    own_id = registered_id(actor.name, actor.id, registry)
    written = file_for(actor, registry)
    merging = {"aliases": [actor.name, *other_names(actor)], "replaces": [actor.id]}
    return Candidate(
        id=own_id,
        nearest=nearest(actor.name, actor.kind, registry),
        file=written,
        merging=registry_file(merging),
        propose=_address(own_id, actor.kind, written, site),
    )


def file_for(actor: ActorInArchive, registry: Registry) -> str:
    """Return the registry file of a candidate, with the names that the archive uses."""
    own_id = registered_id(actor.name, actor.id, registry)
    replaces = (actor.id,) if actor.id != own_id else ()
    values = {"name": actor.name, "kind": actor.kind, "aliases": other_names(actor), "replaces": replaces}
    return registry_file(values)


def other_names(actor: ActorInArchive) -> tuple[str, ...]:
    """Return used names that need an alias: neither its own name nor a surname alone."""
    own = key(actor.name)
    counts = Counter(name for _, here in actor.rows for name in here.names if key(name) != own)
    fit = [n for n in counts if actor.kind != "person" or (" " in n and key(n) not in own)]
    return tuple(sorted(fit, key=lambda n: (-counts[n], n))[:MAX_ALIASES])


def _address(own_id: str, kind: str, written: str, site: Site) -> str | None:
    if not escape.link(site.repository) or "gitlab" in site.repository or site.actors.startswith("/"):
        return None
    repository, folder = (
        site.repository.rstrip("/"),
        quote(f"{site.branch}/{kind_folder(PurePosixPath(site.actors), kind)}", safe="/"),
    )
    return f"{repository}/new/{folder}?filename={quote(own_id)}.yaml&value={quote(escape.plain(written))}"


# --- occupancies: offices over time -----------------------------------------------------------
# A person's page shows the offices held, an organisation's or country's page its office-holders, latest first. What the
# register says and what only sources say are kept apart: a source may be wrong, outdated or ahead of the register.

MAX_OCCUPANCIES = 60  # shown on a page; a country's older ones are on their holders' pages
SMALL_WORDS = {"of", "the", "and", "for", "to", "a", "'s"}
# Words that make it another office.
RANKS = {"vice", "deputy", "under", "assistant", "associate", "acting", "interim", "former", "shadow"}


@dataclass(frozen=True, slots=True)
class Occupancy:
    holder: str | None  # actor id
    called: str  # the holder in the source's words; "" for a registered occupancy
    title: str
    organisation: str | None  # actor id
    body: str | None  # in the source's words, if not a known actor
    since: str | None  # registered
    until: str | None
    sources: tuple[tuple[Row, RowRole], ...]  # latest first
    outside_term: bool = False  # the register gives this office to the holder, but not at that date


@dataclass(frozen=True, slots=True)
class Occupancies:
    registered: tuple[Occupancy, ...]
    reported: tuple[Occupancy, ...]


def occupancies(
    actor: ActorInArchive,
    role_holders: Sequence[tuple[str, Office]],
    actors: Mapping[str, ActorInArchive],
    parents: Mapping[str, frozenset[str]],
) -> Occupancies:
    """Return the registered occupancies and the reported ones.

    `role_holders` are the registered holders of this actor's offices; for `parents` see `parents()`.
    """
    own = [(actor.id, office) for office in actor.entry.roles] if actor.entry else []
    known = sorted(
        dict.fromkeys([*own, *role_holders]), key=lambda pair: sort_key(pair[1].since) or "", reverse=True
    )  # fmt: skip
    agreeing: defaultdict[int, list[tuple[Row, RowRole]]] = defaultdict(list)
    placed: set[tuple[str, str]] = set()
    for who in dict.fromkeys(who for who, _ in known):
        offices = [(n, office) for n, (name, office) in enumerate(known) if name == who]
        for row, role in actors[who].roles:
            then = [(n, office) for n, office in offices if may_hold(row.published, office.since, office.until)]
            fitting = [n for n, office in then if matches_office(role, office, parents)]
            if role.actor == who and fitting:
                agreeing[fitting[0]].append((row, role))
                placed.add((row.id, role.id))
    others = [
        (row, role, any(who == role.actor and matches_office(role, office, parents) for who, office in known))
        for row, role in actor.roles
        if (row.id, role.id) not in placed
    ]
    registered = tuple(
        Occupancy(who, "", office.title, office.organisation, None, office.since, office.until, _distinct(agreeing[n]))
        for n, (who, office) in enumerate(known[:MAX_OCCUPANCIES])
    )
    return Occupancies(registered, tuple(_merge(others)))


def matches_office(role: RowRole, office: Office, parents: Mapping[str, frozenset[str]] | None = None) -> bool:
    """Tell whether a source's title ("US Trade Representative") can mean a registered office."""
    said, held = _title_words(role.title), _title_words(office.title)
    if not said or not (said <= held or held <= said) or (said ^ held) & RANKS:
        return False
    if not role.organisation or not office.organisation or role.organisation == office.organisation or said == held:
        return True
    return role.organisation in (parents or {}).get(office.organisation, frozenset())


def _title_words(title: str) -> frozenset[str]:
    return frozenset(key(title).split()) - SMALL_WORDS


def _merge(roles: Iterable[tuple[Row, RowRole, bool]]) -> Iterable[Occupancy]:
    """Merge roles of the same holder and title, with all their sources."""
    same: dict[tuple[str, ...], list[tuple[Row, RowRole, bool]]] = {}
    for row, role, outside_term in roles:
        of = (role.actor or role.holder, key(role.title), role.organisation or key(role.body or ""), str(outside_term))
        same.setdefault(of, []).append((row, role, outside_term))
    for found in list(same.values())[:MAX_OCCUPANCIES]:
        _, role, outside_term = found[0]
        body = None if role.organisation else role.body
        sources = _distinct((row, said) for row, said, _ in found)
        yield Occupancy(role.actor, role.holder, role.title, role.organisation, body, None, None, sources, outside_term)


def _distinct(sources: Iterable[tuple[Row, RowRole]]) -> tuple[tuple[Row, RowRole], ...]:
    """Keep each sentence once: reprints repeat it."""
    return tuple({role.context or role.words: (row, role) for row, role in reversed(tuple(sources))}.values())[::-1]


def parents(actors: Mapping[str, ActorInArchive]) -> Mapping[str, frozenset[str]]:
    """Return for each organisation the country and organisation it belongs to; sources may name these instead."""
    entries = (a.entry for a in actors.values() if a.entry)
    return {entry.id: frozenset(h for h in (entry.country, entry.parent) if h) for entry in entries}


def role_holders(actors: Mapping[str, ActorInArchive]) -> Mapping[str, list[tuple[str, Office]]]:
    """Return the registered holders of each organisation's and country's offices."""
    found: defaultdict[str, list[tuple[str, Office]]] = defaultdict(list)
    for name in sorted(actors):
        entry = actors[name].entry
        for office in entry.roles if entry else ():
            if office.organisation:
                found[office.organisation].append((name, office))
    return found
