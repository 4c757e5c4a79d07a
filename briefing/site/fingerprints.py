"""Fingerprint what each page is made of; a page with the fingerprint of the last build is not rendered again.

    fingerprints = Fingerprints(archive, {"2012/quay": "hash of the briefing"}, "hash of templates, registry, program")
    fingerprints.rows(actor.rows)  -> changes with each of these briefings, and with the names of the actors in them

A fingerprint may change without need (the page is rendered and found equal), but must change whenever the page would. A
test builds an archive step by step and compares it with the same archive built at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from briefing.archive import ActorInArchive, Archive, TopicInArchive
from briefing.archive.compare_figures import Entry
from briefing.archive.summaries import Row
from briefing.cache import digest
from briefing.model import Actor
from briefing.site.templates import ListPage

T = TypeVar("T")


class Fingerprints:
    def __init__(
        self, archive: Archive, keys: Mapping[str, str], base: str, templates: Mapping[str, str] | None = None
    ) -> None:
        """`keys` maps briefing ids to hashes of everything their rows were made from; `templates` maps names of
        templates to hashes of all that they are made of."""
        self.archive = archive
        self.keys = keys
        # A briefing without a topic says so, unless the archive has none at all.
        self.base = digest(base, str(bool(archive.topics))) if base else ""
        self.templates = templates or {}
        self._any = digest(*(part for one in sorted(self.templates.items()) for part in one))
        self._rows: dict[str, str] = {}
        self._heads: dict[str, str] = {}

    def of(self, *parts: object, template: str | None = None) -> str:
        """Fingerprint values by their `repr`, and the template that shows them: any if None, "" for no template."""
        made_with = self._any if template is None else self.templates.get(template, "")
        return digest(self.base, made_with, *map(repr, parts))[:20] if self.base else ""

    def alone(self, row: Row) -> str:
        """Fingerprint a file that shows one briefing and nothing else of the archive, without a template."""
        return self.of(self.keys.get(row.id, ""), template="")

    def content(self, row: Row) -> str:
        """Return a hash of what is known of a briefing; of the row itself if there is none of what it was made from."""
        return self.keys.get(row.id) or digest(repr(row))

    def row(self, row: Row) -> str:
        """Fingerprint a briefing as other pages show it: its facts, the names of its actors, its reprints."""
        if row.id not in self._rows:
            reprints = self.archive.reprints.get(row.id, ())
            topics = (f"{name} {topic.name}" for name in row.topics if (topic := self.archive.topics.get(name)))
            heads = map(self.head, sorted(named(row)))
            self._rows[row.id] = digest(self.keys.get(row.id, ""), *heads, "topics", *topics, "reprints", *reprints)
        return self._rows[row.id]

    def rows(self, rows: Iterable[Row]) -> str:
        return digest(*(self.row(row) for row in rows))

    def list_page(self, list_page: ListPage[T], rows: Iterable[Row], *shown: object, template: str) -> str:
        """Fingerprint one page of a long list whose entries come from these rows."""
        place = (list_page.place, list_page.count, len(list_page.entries))
        return self.of(*place, self.rows(rows), shown, template=template)

    def head(self, name: str) -> str:
        """Return what pages show of an actor that they mention, in words or in their data."""
        if name not in self._heads:
            actor = self.archive.actors.get(name)
            entry = actor.entry if actor else None
            known = (entry.iso2, entry.iso3, entry.wikidata, entry.website) if entry else ()
            shown = (actor.name, actor.kind, actor.status, actor.address, known) if actor else ()
            self._heads[name] = f"{name} {shown}"
        return self._heads[name]

    def briefing(self, here: Row) -> str:
        """Fingerprint the page of a briefing, which also shows related briefings."""
        archive = self.archive
        related = archive.related.get(here.id, ())
        shown = [archive.by_id[name] for name in (*(r.id for r in related), *archive.reprints.get(here.id, ()))]
        for topic in (archive.topics[name] for name in here.topics if name in archive.topics):
            place = topic.places.get(here.id, 0)
            shown += topic.rows[max(0, place - 1) : place + 2]
        figures = self.figures([here], archive.agreeing, archive.differing)
        # The score changes with every article and is not shown.
        reasons = [
            (r.id, [self.head(name) for name in r.actors], [self.topic_name(name) for name in r.topics])
            for r in related
        ]
        alone = here.id not in archive.namesakes
        return self.of(self.row(here), reasons, self.rows(shown), figures, alone, template="briefing.md.j2")

    def topic(self, topic: TopicInArchive) -> str:
        """Fingerprint the page of a topic: its briefings, figures that differ from theirs, and other topics."""
        others = [(self.topic_name(name), len(self.archive.topics[name].rows)) for name in topic.children]
        about = (topic.id, topic.name, topic.description, topic.parent and self.topic_name(topic.parent), others)
        heads = [self.head(name) for name, _ in topic.actors]
        differing = self.figures(topic.rows, self.archive.differing)
        return self.of(about, heads, self.rows(topic.rows), differing, template="topic.md.j2")

    def topic_name(self, name: str) -> str:
        return f"{name} {self.archive.topics[name].name}" if name in self.archive.topics else name

    def figures(self, rows: Iterable[Row], *others: Mapping[tuple[str, str], tuple[Entry, ...]]) -> str:
        """Fingerprint the figures that agree with or differ from those of these rows."""
        found = [which.get((row.id, figure.id), ()) for which in others for row in rows for figure in row.figures]
        ids = [[(row.id, figure.id) for row, figure in entries] for entries in found]
        return digest(repr(ids), self.rows(row for entries in found for row, _ in entries))

    def actor(self, actor: ActorInArchive, *shown: object, template: str) -> str:
        """Fingerprint the page of an actor; `shown` is what else of the archive it shows."""
        facts = (actor.rows, actor.said, actor.said_about, actor.roles, actor.figures, actor.events)
        rows = {row.id: row for kind in facts for row, _ in kind}  # in order
        others = [self.archive.actors[t.id] for t in actor.co_mentions]
        ring = {o.id for o in others}  # only co-mentions among these are shown
        entry = actor.entry
        bodies = [r.organisation for r in entry.roles if r.organisation] if entry else []
        above = [(body.country, body.parent) for name in bodies if (body := self._entry(name))]
        offices = [*map(self.head, bodies), above]
        homes = [self.head(home) for home in (entry.country, entry.parent) if home] if entry else []
        return self.of(
            self.head(actor.id),
            self.rows(rows.values()),
            actor.co_mentions,
            [(self.head(o.id), sorted(ring.intersection(t.id for t in o.co_mentions))) for o in others],
            offices,
            homes,
            entry,
            shown,
            template=template,
        )

    def _entry(self, name: str) -> Actor | None:
        known = self.archive.actors.get(name)
        return known.entry if known else None


def named(row: Row) -> set[str]:
    """Return the ids of all actors in a row."""
    found = {actor.id for actor in row.actors}
    for statement in row.statements:
        found |= {statement.actor or "", *statement.about}
    found |= {name or "" for figure in row.figures for name in (figure.subject, figure.asserted_by)}
    for role in row.roles:
        found |= {role.actor or "", role.organisation or ""}
    return found.union(*(event.actors for event in row.events)) - {""}


def no_fingerprints(archive: Archive) -> Fingerprints:
    """Return fingerprints with which every page is rendered."""
    return Fingerprints(archive, {}, "")
