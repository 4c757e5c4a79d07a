"""An actor -> its names: which of them the sources use, how often and where, and which nobody has used yet.

names(actor).seen   ->   (NameSeen("Dai Qi", "transliteration", 1, row, "s3"), ...)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.terms import key

if TYPE_CHECKING:
    from briefing.archive import ActorInArchive
    from briefing.model import Alias
    from briefing.rows import Row

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
    types = {key(alias.name): alias.type for alias in reversed(actor.entry.aliases)} if actor.entry else {}
    types[key(actor.name)] = "name"
    uses: dict[str, list[tuple[Row, str, str, str]]] = {}
    for row, here in actor.rows:
        once: set[str] = set()
        for name in here.called:
            folded = key(name.words)
            if folded not in once:
                once.add(folded)
                uses.setdefault(folded, []).append((row, name.words, name.how, name.sentence))
    seen = [
        NameSeen(_usual([words for _, words, _, _ in found]), types.get(folded) or _kind(found[0][2]), len(found),
                 found[0][0], found[0][3])
        for folded, found in uses.items()
    ]  # fmt: skip
    unseen = tuple(a for a in (actor.entry.aliases if actor.entry else ()) if key(a.name) not in uses)
    return Names(tuple(sorted(seen, key=lambda n: (n.type != "name", -n.briefings, n.words))[:SHOWN]), unseen)


def _usual(written: list[str]) -> str:
    """The spelling that most use, of those that differ in capitals and accents alone."""
    return max(dict.fromkeys(written), key=written.count)


def _kind(how: str) -> str:
    """An alias that the register has not in these words is another way to write one that it has."""
    return "spelling" if how in {"alias", "name"} else how
