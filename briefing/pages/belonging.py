"""The registry -> who belongs to a country or an organisation: its people, its bodies, who holds or held its offices.

belonging(archive)["norway"].people   ->   ("anna-kessowa", ...)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from briefing.archive import Archive
from briefing.model import Office


@dataclass(frozen=True, slots=True)
class Belonging:
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    holders: tuple[tuple[str, Office], ...] = ()  # latest first; those of a country's own offices among them


def belonging(archive: Archive) -> Mapping[str, Belonging]:
    people: defaultdict[str, list[str]] = defaultdict(list)
    bodies: defaultdict[str, list[str]] = defaultdict(list)
    holders: defaultdict[str, list[tuple[str, Office]]] = defaultdict(list)
    # the most named first, so that a big country's page begins with those a reader looks for
    for actor in sorted(archive.actors.values(), key=lambda a: (-len(a.rows), a.name.casefold(), a.id)):
        entry = actor.entry
        if entry is None:
            continue
        for home in dict.fromkeys((entry.country, entry.parent)):
            if home:
                (people if entry.kind == "person" else bodies)[home].append(entry.id)
        for office in entry.roles:
            if office.organisation:
                holders[office.organisation].append((entry.id, office))
    return {
        home: Belonging(
            tuple(people[home]),
            tuple(bodies[home]),
            tuple(sorted(holders[home], key=lambda pair: pair[1].since or "", reverse=True)),
        )
        for home in sorted(people.keys() | bodies.keys() | holders.keys())
    }
