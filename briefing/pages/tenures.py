"""An actor -> its offices over time: what the register says with the sentences that agree, and what only sources say.

    tenures(actor, holders, actors, homes)   ->   Tenures(registered=(...), said=(...))

A person's are the offices he or she held, a body's and a country's who held theirs. The latest comes first. The
register and the sources are told apart: a source may be wrong, old or ahead of the register, and a reader must see it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.edtf_words import sort_key
from briefing.terms import key

if TYPE_CHECKING:
    from briefing.archive import ActorInArchive
    from briefing.model import Office
    from briefing.rows import Row, RowRole

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
