"""All rows, the registry and the topics -> Archive: who stands where, what belongs together. The only barrier.

    archive = cross_link(rows, registry.actors, topics)

It sees rows, never texts. Everything in it is in a fixed order (latest first, then by id), so that
the same archive gives the same pages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from briefing.archive import compare_figures
from briefing.archive.summaries import Row, RowActor
from briefing.content.edtf import sort_key, year_of
from briefing.model import Actor, ActorKind, ActorStatus, RowEvent, RowFigure, RowRole, RowStatement, Topic
from briefing.text import similarity

RELATED = 6  # briefings offered after one
COMMON = 60  # an actor in more briefings than this says little about two of them
TOGETHER = 12  # actors named on an actor's page as appearing with it


@dataclass(frozen=True, slots=True)
class Related:
    """Another briefing and why a reader of this one may want it."""

    id: str
    actors: tuple[str, ...]  # shared, the rarest first
    topics: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Together:
    id: str
    briefings: int


@dataclass(frozen=True, slots=True)
class ActorInArchive:
    """All that is known of an actor: its entry in the registry if there is one, and where it occurs."""

    id: str
    name: str
    kind: ActorKind
    status: ActorStatus
    entry: Actor | None
    mentions: int
    rows: tuple[tuple[Row, RowActor], ...]  # latest first
    said: tuple[tuple[Row, RowStatement], ...]
    said_about: tuple[tuple[Row, RowStatement], ...]
    roles: tuple[tuple[Row, RowRole], ...]
    figures: tuple[tuple[Row, RowFigure], ...]
    events: tuple[tuple[Row, RowEvent], ...]  # earliest first
    together: tuple[Together, ...]

    @property
    def has_page(self) -> bool:
        """Whoever is named anywhere has one; a group of nameless people ("some analysts") has not."""
        return bool(self.rows) and (self.status == "registered" or self.kind != "group")


@dataclass(frozen=True, slots=True)
class TopicInArchive:
    id: str
    name: str
    description: str | None
    parent: str | None
    children: tuple[str, ...]
    rows: tuple[Row, ...]  # latest first
    places: Mapping[str, int]  # of a briefing's id in `rows`
    actors: tuple[tuple[str, int], ...]  # with the number of its briefings that name them


@dataclass(frozen=True, slots=True)
class Archive:
    rows: tuple[Row, ...]  # latest first; undated ones last
    by_id: Mapping[str, Row]
    actors: Mapping[str, ActorInArchive]
    topics: Mapping[str, TopicInArchive]
    related: Mapping[str, tuple[Related, ...]]
    years: Mapping[str, tuple[Row, ...]]  # latest first; "" for undated
    twins: Mapping[str, tuple[str, ...]]  # reprints: briefings that are nearly the same text
    agreeing: Mapping[tuple[str, str], tuple[tuple[Row, RowFigure], ...]]  # (briefing, figure) -> who else says so
    differing: Mapping[tuple[str, str], tuple[tuple[Row, RowFigure], ...]]  # the same -> who contradicts it
    namesakes: frozenset[str] = frozenset()  # ids of briefings whose title another briefing has too

    def independent(self, ids: Iterable[str]) -> int:
        """How many sources these are when reprints of one text count as one."""
        seen: set[str] = set()
        count = 0
        for name in sorted(set(ids)):
            if name not in seen:
                count += 1
                seen |= {name, *self.twins.get(name, ())}
        return count


@dataclass(slots=True)
class _Gathered:
    """What is gathered of one actor while rows go by."""

    rows: list[tuple[Row, RowActor]] = field(default_factory=list)
    said: list[tuple[Row, RowStatement]] = field(default_factory=list)
    said_about: list[tuple[Row, RowStatement]] = field(default_factory=list)
    roles: list[tuple[Row, RowRole]] = field(default_factory=list)
    figures: list[tuple[Row, RowFigure]] = field(default_factory=list)
    events: list[tuple[Row, RowEvent]] = field(default_factory=list)
    together: Counter[str] = field(default_factory=Counter)


def cross_link(rows: Iterable[Row], registry: Sequence[Actor], topics: Sequence[Topic]) -> Archive:
    ordered = tuple(sorted(sorted(rows, key=lambda r: r.id), key=lambda r: sort_key(r.published), reverse=True))
    twins = similarity.twins({row.id: row.sketch for row in ordered if row.sketch})
    years: defaultdict[str, list[Row]] = defaultdict(list)
    for row in ordered:
        years[year_of(row.published) or ""].append(row)
    return Archive(
        rows=ordered,
        by_id={row.id: row for row in ordered},
        actors=_actors(ordered, registry),
        topics=_topics(ordered, topics),
        related=_related(ordered, twins),
        years={year: tuple(years[year]) for year in sorted(years, reverse=True)},
        twins=twins,
        agreeing=compare_figures.agreeing(ordered, twins),
        differing=compare_figures.differing(ordered, twins),
        namesakes=_namesakes(ordered),
    )


def _namesakes(rows: Sequence[Row]) -> frozenset[str]:
    counts = Counter(row.title for row in rows)
    return frozenset(row.id for row in rows if counts[row.title] > 1)


def _actors(rows: Sequence[Row], registry: Sequence[Actor]) -> dict[str, ActorInArchive]:
    found: defaultdict[str, _Gathered] = defaultdict(_Gathered)
    for row in rows:
        _gather(row, found)
    entries = {entry.id: entry for entry in registry}
    known = sorted(entries.keys() | found.keys())
    return {name: _actor(name, entries.get(name), found.get(name, _Gathered())) for name in known}


def _gather(row: Row, found: defaultdict[str, _Gathered]) -> None:
    here = [a.id for a in row.actors]
    for actor in row.actors:
        found[actor.id].rows.append((row, actor))
        found[actor.id].together.update(i for i in here if i != actor.id)
    for statement in row.statements:
        if statement.actor:
            found[statement.actor].said.append((row, statement))
        for about in statement.about:
            if about != statement.actor:
                found[about].said_about.append((row, statement))
    for role in row.roles:
        for part in {role.actor, role.organisation} - {None}:
            found[str(part)].roles.append((row, role))
    for figure in row.figures:
        if figure.subject:
            found[figure.subject].figures.append((row, figure))
    for event in row.events:
        for one in event.actors:
            found[one].events.append((row, event))


def _actor(name: str, entry: Actor | None, g: _Gathered) -> ActorInArchive:
    first = g.rows[0][1] if g.rows else None
    return ActorInArchive(
        id=name,
        name=entry.name if entry else first.name if first else name,
        kind=entry.kind if entry else first.kind if first else "group",
        status="registered" if entry else "candidate",
        entry=entry,
        mentions=sum(actor.count for _, actor in g.rows),
        rows=tuple(g.rows),
        said=tuple(g.said),
        said_about=tuple(g.said_about),
        roles=tuple(g.roles),
        figures=tuple(g.figures),
        events=tuple(sorted(g.events, key=lambda pair: sort_key(pair[1].date))),
        together=tuple(
            Together(other, count)
            for other, count in sorted(g.together.items(), key=lambda pair: (-pair[1], pair[0]))[:TOGETHER]
        ),
    )


def _topics(rows: Sequence[Row], topics: Sequence[Topic]) -> dict[str, TopicInArchive]:
    of: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for topic in row.topics:
            of[topic].append(row)
    entries = {topic.id: topic for topic in topics}
    result: dict[str, TopicInArchive] = {}
    for name in sorted(entries.keys() | of.keys()):
        entry = entries.get(name)
        counts = Counter(actor.id for row in of[name] for actor in row.actors if actor.status == "registered")
        result[name] = TopicInArchive(
            id=name,
            name=entry.name if entry else name,
            description=entry.description if entry else None,
            parent=entry.parent if entry and entry.parent in entries else None,
            children=tuple(sorted(t.id for t in topics if t.parent == name)),
            rows=tuple(of[name]),
            places={row.id: place for place, row in enumerate(of[name])},
            actors=tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))),
        )
    return result


def _related(rows: Sequence[Row], twins: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[Related, ...]]:
    """Rows that share actors or topics, weighed by how rare these are. Rows come latest first; of an actor
    in very many briefings only the nearest in time are looked at, so the work grows with the archive alone."""
    holders: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for key in _shareable(row):
            holders[key].append(number)
    result: dict[str, tuple[Related, ...]] = {}
    place: Counter[tuple[str, str]] = Counter()  # how many holders of a key have gone by
    for number, row in enumerate(rows):
        shared: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
        for key in _shareable(row):
            at = place[key]
            place[key] += 1
            for other in holders[key][max(0, at - COMMON // 2) : at + COMMON // 2 + 1]:
                if other != number and rows[other].id not in twins.get(row.id, ()):
                    shared[other].append(key)
        scored = sorted(
            ((sum(_weight(key, holders) for key in keys), other, keys) for other, keys in shared.items()),
            key=lambda found: (-found[0], abs(found[1] - number), found[1]),
        )
        result[row.id] = tuple(
            Related(
                id=rows[other].id,
                actors=tuple(k[1] for k in sorted(keys, key=lambda k: len(holders[k])) if k[0] == "actor"),
                topics=tuple(k[1] for k in keys if k[0] == "topic"),
                score=score,
            )
            for score, other, keys in scored[:RELATED]
        )
    return result


def _shareable(row: Row) -> list[tuple[str, str]]:
    """What says "related". "Analysts" or "some scholars" are others in each article, so they tie none to another."""
    return [("actor", a.id) for a in row.actors if a.kind != "group"] + [("topic", t) for t in row.topics]


def _weight(key: tuple[str, str], holders: Mapping[tuple[str, str], list[int]]) -> float:
    return 1 / len(holders[key])
