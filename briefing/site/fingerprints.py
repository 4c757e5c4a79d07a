"""What a page is made of, as a hash: a page whose stamp is the one of the last build is not made again.

    stamps = Stamps(archive, {"2012/quay": "a hash of that briefing"}, "a hash of templates, registry and program")
    stamps.rows(actor.rows)   -> changes with each of these briefings, and with the names of those in them

A stamp may change without need (a page is made and found equal) and must never stay where a page would differ;
a test builds an archive step by step and compares with the same archive built at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from briefing.archive import ActorInArchive, Archive, TopicInArchive
from briefing.archive.compare_figures import Entry
from briefing.archive.summaries import Row
from briefing.cache import digest
from briefing.site.templates import Part

T = TypeVar("T")


class Stamps:
    def __init__(self, archive: Archive, keys: Mapping[str, str], base: str) -> None:
        """`keys` are hashes of all that the archive's rows were read from, by the id of the briefing."""
        self.archive = archive
        self.keys = keys
        self.base = base
        self._rows: dict[str, str] = {}

    def of(self, *parts: object) -> str:
        """Of values whose `repr` says all of them."""
        return digest(self.base, *map(repr, parts))[:20] if self.base else ""

    def alone(self, row: Row) -> str:
        """Of what shows a briefing and nothing else of the archive."""
        return self.of(self.keys.get(row.id, ""))

    def row(self, row: Row) -> str:
        """A briefing as other pages show it: its facts, the names of its actors, its reprints."""
        if row.id not in self._rows:
            reprints = self.archive.reprints.get(row.id, ())
            self._rows[row.id] = digest(self.keys.get(row.id, ""), *map(self.head, sorted(named(row))), *reprints)
        return self._rows[row.id]

    def rows(self, rows: Iterable[Row]) -> str:
        return digest(*(self.row(row) for row in rows))

    def part(self, part: Part[T], rows: Iterable[Row], *shown: object) -> str:
        """One page of a long list, of entries of these rows."""
        return self.of(part.place, part.count, len(part.entries), self.rows(rows), shown) if self.base else ""

    def head(self, name: str) -> str:
        """What a page says of an actor that it names."""
        actor = self.archive.actors.get(name)
        return f"{name} {actor.name} {actor.kind} {actor.status} {actor.has_page}" if actor else name

    def briefing(self, here: Row) -> str:
        """The page of a briefing: besides its own facts, it shows others that go with it."""
        if not self.base:
            return ""
        archive = self.archive
        related = archive.related.get(here.id, ())
        beside = [archive.by_id[name] for name in (*(r.id for r in related), *archive.reprints.get(here.id, ()))]
        for topic in (archive.topics[name] for name in here.topics if name in archive.topics):
            place = topic.places.get(here.id, 0)
            beside += topic.rows[max(0, place - 1) : place + 2]
        figures = self.figures([here], archive.agreeing, archive.differing)
        reasons = [(r.id, r.actors, r.topics) for r in related]  # its score moves with every article, and is not shown
        return self.of(self.row(here), reasons, self.rows(beside), figures, here.id in archive.namesakes)

    def topic(self, topic: TopicInArchive) -> str:
        """The page of a topic: its briefings, and who contradicts their figures, there or elsewhere."""
        return self.of(self.rows(topic.rows), self.figures(topic.rows, self.archive.differing)) if self.base else ""

    def figures(self, rows: Iterable[Row], *others: Mapping[tuple[str, str], tuple[Entry, ...]]) -> str:
        """Of the figures that stand beside those of these rows."""
        found = [which.get((row.id, figure.id), ()) for which in others for row in rows for figure in row.figures]
        told = [[(row.id, figure.id) for row, figure in entries] for entries in found]
        return digest(repr(told), self.rows(row for entries in found for row, _ in entries))

    def actor(self, actor: ActorInArchive, *shown: object) -> str:
        """The page of an actor; `shown` is what else of the archive stands on it."""
        if not self.base:
            return ""
        facts = (actor.rows, actor.said, actor.said_about, actor.roles, actor.figures, actor.events)
        rows = {row.id: row for kind in facts for row, _ in kind}  # in this order
        others = [self.archive.actors[t.id] for t in actor.co_mentions]
        ring = {o.id for o in others}  # whom else each of them appears with counts only among them
        offices = [self.head(r.organisation) for r in actor.entry.roles if r.organisation] if actor.entry else []
        homes = [self.head(home) for home in (actor.entry.country, actor.entry.parent) if home] if actor.entry else []
        return self.of(
            self.head(actor.id),
            self.rows(rows.values()),
            actor.co_mentions,
            [(self.head(o.id), sorted(ring.intersection(t.id for t in o.co_mentions))) for o in others],
            offices,
            homes,
            shown,
        )


def named(row: Row) -> set[str]:
    """Ids of all actors that a row speaks of."""
    found = {actor.id for actor in row.actors}
    for statement in row.statements:
        found |= {statement.actor or "", *statement.about}
    found |= {figure.subject or "" for figure in row.figures}
    for role in row.roles:
        found |= {role.actor or "", role.organisation or ""}
    return found.union(*(event.actors for event in row.events)) - {""}


def no_stamps(archive: Archive) -> Stamps:
    """Every page is made."""
    return Stamps(archive, {}, "")
