"""Export actors, and what briefings say of them, as FollowTheMoney entities for OpenAleph and OpenSanctions tools.

    {"id": "anna-kessowa", "schema": "Person", "properties": {"name": ["Anna Kessowa"], "country": ["no"]}}

One JSON object per line. People are `Person`, organisations `Organization`, countries `Territory`; an office is a
`Position`, held in an `Occupancy`. Actors keep their ids; the id of an office is made from its title and organisation.

The register has registered actors only. The entities of the archive are the actors that briefings name, each briefing
as an `Article`, and as facts that it proves: `Mention`, a reported `Occupancy`, `Event`, and an `UnknownLink` from a
speaker to whom a statement is about. See https://followthemoney.tech/explorer/
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from briefing import escape
from briefing.archive import Archive
from briefing.model import Actor, Office, Page
from briefing.site.data.database import Database
from briefing.site.exports import without_empty
from briefing.site.templates import Templates

FTM_FILE = "actors/actors.ftm.json"
FTM_SCHEMAS = {"person": "Person", "organisation": "Organization", "group": "Organization", "country": "Territory"}
# By alias type. Others may share a weak alias: acronyms, "the Commission".
FTM_PROPERTIES = {
    "name": "alias", "spelling": "alias", "transliteration": "alias", "former": "previousName",
    "acronym": "weakAlias", "title": "weakAlias",
}  # fmt: skip  # demonyms and metonyms are no names of a country
FTM_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")  # FollowTheMoney dates: no seasons, nothing uncertain

Entity = dict[str, Any]


def register_page(archive: Archive, templates: Templates) -> Page:
    registry = {a.id: a.entry for a in archive.actors.values() if a.entry}
    pages = {a.id for a in archive.actors.values() if a.has_page}
    addresses = {name: f"{templates.site.url}actors/{escape.file_name(name)}/" for name in pages if templates.site.url}
    lines = (json.dumps(entity, ensure_ascii=False) for entity in ftm_entities(registry, addresses))
    return Page(FTM_FILE, "".join(f"{escape.plain(line)}\n" for line in lines))


def ftm_entities(registry: dict[str, Actor], addresses: dict[str, str]) -> Iterator[Entity]:
    """Yield actors, then offices, then occupancies, each sorted by id."""
    actors = [registry[name] for name in sorted(registry)]
    for actor in actors:
        yield _ftm_actor(actor, registry, addresses.get(actor.id))
    held = [(actor, office) for actor in actors if actor.kind == "person" for office in actor.roles]
    positions = [_ftm_position(office, registry) for _, office in held]
    occupancies = [_ftm_occupancy(actor, office) for actor, office in held]
    for found in (positions, occupancies):
        yield from sorted({e["id"]: e for e in found}.values(), key=lambda e: e["id"])


def _ftm_actor(actor: Actor, registry: dict[str, Actor], address: str | None) -> Entity:
    found: list[tuple[str, str | None]] = [("name", actor.name)]
    found += [(FTM_PROPERTIES[alias.type], alias.name) for alias in actor.aliases if alias.type in FTM_PROPERTIES]
    found += [("country", code) for code in _country_codes(actor, registry)]
    above = registry.get(actor.parent or "")
    if above and actor.kind == "organisation" and above.kind == "organisation":
        found.append(("parent", above.id))
    if above and actor.kind == above.kind == "country":
        found.append(("partOf", above.id))
    if actor.kind == "country":
        found.append(("territoryCode", actor.iso2))
    else:
        found.append(("website", escape.link(actor.website or "")))
    found += [("wikidataId", actor.wikidata), ("summary", actor.note), ("sourceUrl", address)]
    return _ftm_entity(actor.id, FTM_SCHEMAS[actor.kind], found)


def _ftm_position(office: Office, registry: dict[str, Actor]) -> Entity:
    body = registry.get(office.organisation or "")
    name = f"{office.title}, {body.name}" if body else office.title
    found: list[tuple[str, str | None]] = [("name", name)]
    if body:
        found += [("country", code) for code in _country_codes(body, registry)]
        found.append(("organization", body.id if body.kind == "organisation" else None))
    return _ftm_entity(_position_id(office), "Position", found)


def _ftm_occupancy(actor: Actor, office: Office) -> Entity:
    post = _position_id(office)
    found = [
        ("holder", actor.id),
        ("post", post),
        ("startDate", _ftm_date(office.since)),
        ("endDate", _ftm_date(office.until)),
    ]
    return _ftm_entity(f"occupancy-{_hash(actor.id, post, office.since or '', office.until or '')}", "Occupancy", found)


def _ftm_entity(name: str, schema: str, found: Iterable[tuple[str, str | None]]) -> Entity:
    properties: dict[str, list[str]] = {}
    for key, value in found:
        if value and value not in properties.setdefault(key, []):
            properties[key].append(value)
    return {"id": name, "schema": schema, "properties": without_empty(properties)}


def _country_codes(actor: Actor, registry: dict[str, Actor]) -> list[str]:
    """Return the code, in lower case, of the country itself or the one it belongs to; none if there is none."""
    homes = (actor, registry.get(actor.country or ""), registry.get(actor.parent or ""))
    found = [a.iso2.lower() for a in homes if a and a.kind == "country" and a.iso2]
    return found[:1]


def _ftm_date(edtf: str | None) -> str | None:
    return edtf if edtf and FTM_DATE.fullmatch(edtf) else None


def _position_id(office: Office) -> str:
    return f"position-{_hash(office.title.casefold(), office.organisation or '')}"


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


# --- what briefings say -----------------------------------------------------------------------

NOT_REVIEWED = "Found automatically; identity not checked."
LONGEST_NAME = 300  # characters; the model drops longer names
LEGAL = {"Person", "Organization"}  # schemas that may be mentioned or involved in something


def statements_of_briefings(database: Database, archive: Archive, base: str) -> Iterator[Entity]:
    """Yield what briefings say: actors, articles, mentions, statements, roles and events, in this order.

    `base` begins the addresses of pages; relative addresses are left out, as the model takes none.
    """
    registry = {a.id: a.entry for a in archive.actors.values() if a.entry}
    named = [actor for name, actor in sorted(archive.actors.items()) if actor.rows]
    schemas = {actor.id: FTM_SCHEMAS[actor.kind] for actor in archive.actors.values()}
    there = {actor.id for actor in named}
    for actor in named:
        address = f"{base}{actor.address}" if actor.address else None
        if actor.entry:
            yield _ftm_actor(actor.entry, _only(registry, there), escape.link(address))
        else:
            found = [("name", actor.name), ("notes", NOT_REVIEWED), ("sourceUrl", escape.link(address))]
            yield _ftm_entity(actor.id, schemas[actor.id], found)
    yield from _articles(database)
    yield from _mentions(database, {name: schema for name, schema in schemas.items() if schema in LEGAL})
    yield from _links(database, there)
    yield from _roles(database, registry, {name for name in there if schemas[name] == "Person"})
    yield from _events(database, {name for name in there if schemas[name] in LEGAL})


def _only(registry: dict[str, Actor], named: set[str]) -> dict[str, Actor]:
    """Return the entries to which an entity may refer: actors that are exported too, and countries for their codes."""
    return {name: entry for name, entry in registry.items() if name in named or entry.kind == "country"}


def article_id(briefing: object) -> str:
    return f"briefing-{_hash(str(briefing))}"


def _articles(database: Database) -> Iterator[Entity]:
    columns = "id, title, source, published, publisher, author, url, page, source_sha256"
    for id_, title, source, published, *more in database.ask(f"SELECT {columns} FROM briefings ORDER BY id"):
        publisher, author, url, page, hash_ = more
        yield _ftm_entity(
            article_id(id_),
            "Article",
            [
                ("title", title),
                ("fileName", source),
                ("publishedAt", _ftm_date(published)),
                ("publisher", publisher),
                ("author", author),
                ("publisherUrl", escape.link(url)),
                ("sourceUrl", escape.link(page)),
                ("description", f"SHA-256 of the source file: {hash_}"),
            ],
        )


def _mentions(database: Database, schemas: dict[str, str]) -> Iterator[Entity]:
    sql = "SELECT briefing, actor, min(words) FROM mentions WHERE how <> 'pronoun' GROUP BY briefing, actor"
    for briefing, actor, words in database.ask(sql):
        if actor in schemas:
            found = [("document", article_id(briefing)), ("resolved", actor), ("name", words[:LONGEST_NAME])]
            found.append(("detectedSchema", schemas[actor]))
            yield _ftm_entity(f"mention-{_hash(briefing, actor)}", "Mention", found)


def _links(database: Database, there: set[str]) -> Iterator[Entity]:
    sql = """SELECT briefing, id, speaker, about, published, words, page FROM who_said_what_about_whom
        WHERE speaker IS NOT NULL AND speaker <> about ORDER BY briefing, id, about"""
    for briefing, id_, speaker, about, *more in database.ask(sql):
        if {speaker, about} <= there:
            found = [("subject", speaker), ("object", about), ("role", "spoke about"), *_evidence(briefing, *more)]
            yield _ftm_entity(f"statement-{_hash(briefing, id_, about)}", "UnknownLink", found)


def _roles(database: Database, registry: dict[str, Actor], people: set[str]) -> Iterator[Entity]:
    sql = """SELECT briefing, id, actor, title, organisation, published, words, page FROM roles_reported
        WHERE actor IS NOT NULL AND title IS NOT NULL ORDER BY briefing, id"""
    posts: dict[str, Entity] = {}
    held: list[Entity] = []
    for briefing, id_, actor, title, organisation, *more in database.ask(sql):
        if actor in people:
            post = _ftm_position(Office(str(title), organisation), registry)
            posts[post["id"]] = post
            found = [("holder", actor), ("post", post["id"]), ("status", "reported"), *_evidence(briefing, *more)]
            held.append(_ftm_entity(f"role-{_hash(briefing, id_)}", "Occupancy", found))
    for post in posts.values():
        post["properties"].pop("organization", None)  # it may not be exported here; its name is in that of the position
    yield from (posts[name] for name in sorted(posts))
    yield from held


def _events(database: Database, there: set[str]) -> Iterator[Entity]:
    actors: dict[tuple[Any, Any], list[Any]] = {}
    for briefing, event, actor in database.ask("SELECT briefing, event, actor FROM event_actors"):
        actors.setdefault((briefing, event), []).append(actor)
    sql = "SELECT briefing, id, date, words, page FROM events ORDER BY briefing, id"
    for briefing, id_, date, words, page in database.ask(sql):
        found = [("name", " ".join(words.split())[:LONGEST_NAME]), ("date", _ftm_date(date))]
        found += [("involved", actor) for actor in actors.get((briefing, id_), ()) if actor in there]
        yield _ftm_entity(f"event-{_hash(briefing, id_)}", "Event", found + _evidence(briefing, None, words, page))


def _evidence(briefing: Any, published: Any, words: Any, page: Any) -> list[tuple[str, Any]]:
    date = ("date", _ftm_date(published))
    return [date, ("summary", words), ("proof", article_id(briefing)), ("sourceUrl", escape.link(page))]
