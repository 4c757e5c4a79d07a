"""The registry -> who belongs to a country or an organisation: its people, bodies and territories.

belonging(archive)["norway"].people   ->   ("anna-kessowa", ...)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from briefing.archive import Archive


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
