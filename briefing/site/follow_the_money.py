"""Export the register as FollowTheMoney entities, one JSON object per line, for OpenAleph and OpenSanctions tools.

    {"id": "anna-kessowa", "schema": "Person", "properties": {"name": ["Anna Kessowa"], "country": ["no"]}}

People are `Person`, organisations `Organization`, countries `Territory`; an office is a `Position`, held in an
`Occupancy`. Only registered actors are exported. Actors keep their ids; the id of an office is made from its title and
organisation. See https://followthemoney.tech/explorer/
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
from briefing.site.templates import Templates

PATH = "actors/actors.ftm.json"
SCHEMAS = {"person": "Person", "organisation": "Organization", "group": "Organization", "country": "Territory"}
# By alias type. Others may share a weak alias: acronyms, "the Commission".
PROPERTIES = {
    "name": "alias", "spelling": "alias", "transliteration": "alias", "former": "previousName",
    "acronym": "weakAlias", "title": "weakAlias",
}  # fmt: skip  # demonyms and metonyms are no names of a country
DATE = re.compile(r"\d{4}(-\d{2}){0,2}")  # FollowTheMoney dates: no seasons, nothing uncertain

Entity = dict[str, Any]


def register_page(archive: Archive, templates: Templates) -> Page:
    registry = {a.id: a.entry for a in archive.actors.values() if a.entry}
    pages = {a.id for a in archive.actors.values() if a.has_page}
    addresses = {name: f"{templates.site.url}actors/{escape.file_name(name)}/" for name in pages if templates.site.url}
    lines = (json.dumps(entity, ensure_ascii=False) for entity in entities(registry, addresses))
    return Page(PATH, "".join(f"{escape.plain(line)}\n" for line in lines))


def entities(registry: dict[str, Actor], addresses: dict[str, str]) -> Iterator[Entity]:
    """Yield actors, then offices, then occupancies, each sorted by id."""
    actors = [registry[name] for name in sorted(registry)]
    for actor in actors:
        yield _actor(actor, registry, addresses.get(actor.id))
    held = [(actor, office) for actor in actors if actor.kind == "person" for office in actor.roles]
    yield from sorted({e["id"]: e for e in (_position(o, registry) for _, o in held)}.values(), key=lambda e: e["id"])
    occupancies = (_occupancy(actor, office) for actor, office in held)
    yield from sorted({e["id"]: e for e in occupancies}.values(), key=lambda e: e["id"])


def _actor(actor: Actor, registry: dict[str, Actor], address: str | None) -> Entity:
    found: list[tuple[str, str | None]] = [("name", actor.name)]
    found += [(PROPERTIES[alias.type], alias.name) for alias in actor.aliases if alias.type in PROPERTIES]
    found += [("country", code) for code in _codes(actor, registry)]
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
    return _entity(actor.id, SCHEMAS[actor.kind], found)


def _position(office: Office, registry: dict[str, Actor]) -> Entity:
    body = registry.get(office.organisation or "")
    name = f"{office.title}, {body.name}" if body else office.title
    found: list[tuple[str, str | None]] = [("name", name)]
    if body:
        found += [("country", code) for code in _codes(body, registry)]
        found.append(("organization", body.id if body.kind == "organisation" else None))
    return _entity(_position_id(office), "Position", found)


def _occupancy(actor: Actor, office: Office) -> Entity:
    post = _position_id(office)
    found = [("holder", actor.id), ("post", post), ("startDate", _date(office.since)), ("endDate", _date(office.until))]
    return _entity(f"occupancy-{_hash(actor.id, post, office.since or '', office.until or '')}", "Occupancy", found)


def _entity(name: str, schema: str, found: Iterable[tuple[str, str | None]]) -> Entity:
    properties: dict[str, list[str]] = {}
    for key, value in found:
        if value and value not in properties.setdefault(key, []):
            properties[key].append(value)
    return {"id": name, "schema": schema, "properties": {k: values for k, values in properties.items() if values}}


def _codes(actor: Actor, registry: dict[str, Actor]) -> list[str]:
    """Return the country code in FollowTheMoney form (lower case) of the country itself or the one it belongs to."""
    homes = (actor, registry.get(actor.country or ""), registry.get(actor.parent or ""))
    found = [a.iso2.lower() for a in homes if a and a.kind == "country" and a.iso2]
    return found[:1]


def _date(edtf: str | None) -> str | None:
    return edtf if edtf and DATE.fullmatch(edtf) else None


def _position_id(office: Office) -> str:
    return f"position-{_hash(office.title.casefold(), office.organisation or '')}"


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
