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
