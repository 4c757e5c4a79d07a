"""Link all briefings: rows, registry and topics -> Archive. The only step that sees the whole archive.

    archive = cross_link(rows, registry.actors, topics)

It reads compact rows, never texts. Everything is in a fixed order (latest first, then by id), so that the same archive
always gives the same pages.
"""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from briefing import escape
from briefing.archive import compare_figures, duplicates
from briefing.archive.summaries import Row, RowActor
from briefing.content.edtf import sort_key
from briefing.model import Actor, ActorKind, ActorPages, ActorStatus, RowEvent, RowFigure, RowRole, RowStatement, Topic

MANY = 20  # briefings from which on an actor that is in most of them is no reason to call two related
RELATED = 6  # related briefings shown after one
COMMON = 60  # briefings compared for one actor or topic; one that is everywhere says little about two briefings
MAX_CO_MENTIONS = 12  # actors shown on an actor's page as mentioned with it
OFTEN = 3  # briefings in which an unreviewed name must be for a page of its own; most names are in one
MAX_NAMES = 150  # entries on a page of names
NAMES = "actors/names/"
SIMPLE = re.compile("(?=.{1,80}$)[a-z0-9]+(?:-[a-z0-9]+)*")  # ids that are file names already


@dataclass(frozen=True, slots=True)
class Related:
    """A related briefing, with the reasons."""

    id: str
    actors: tuple[str, ...]  # shared, rarest first
    topics: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class CoMention:
    id: str
    briefings: int


@dataclass(frozen=True, slots=True)
class ActorInArchive:
    """Everything known about an actor: its registry entry, if any, and where it occurs."""

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
    co_mentions: tuple[CoMention, ...]
    listed: str = ""  # address of the page of names that has the actor; "" if none has
    own_page: bool = True  # its name is reviewed, or used often enough

    @property
    def has_page(self) -> bool:
        """Tell whether the actor has a page of its own. An unregistered group such as "some analysts" has none."""
        return bool(self.rows) and self.own_page and (self.status == "registered" or self.kind != "group")

    @property
    def address(self) -> str:
        """The address of its page, else of its entry among the names; "" if it has neither."""
        name = escape.file_name(self.id)
        return f"actors/{name}/" if self.has_page else f"{self.listed}#name-{name}" if self.listed else ""


@dataclass(frozen=True, slots=True)
class TopicInArchive:
    id: str
    name: str
    description: str | None
    parent: str | None
    children: tuple[str, ...]
    rows: tuple[Row, ...]  # latest first
    places: Mapping[str, int]  # position of each briefing's id in `rows`
    actors: tuple[tuple[str, int], ...]  # with the number of the topic's briefings that mention each


@dataclass(frozen=True, slots=True)
class Archive:
    rows: tuple[Row, ...]  # latest first, undated ones by their estimated year
    by_id: Mapping[str, Row]
    actors: Mapping[str, ActorInArchive]
    topics: Mapping[str, TopicInArchive]
    related: Mapping[str, tuple[Related, ...]]
    years: Mapping[str, tuple[Row, ...]]  # latest first; "" where no year can be estimated
    reprints: Mapping[str, tuple[str, ...]]  # briefings with nearly the same text
    agreeing: Mapping[tuple[str, str], tuple[tuple[Row, RowFigure], ...]]  # (briefing, figure) -> same value elsewhere
    differing: Mapping[tuple[str, str], tuple[tuple[Row, RowFigure], ...]]  # the same -> contradicting ones
    namesakes: frozenset[str] = frozenset()  # briefings that share their title with another one

    def is_reprint(self, name: str) -> bool:
        """Tell whether a briefing repeats the text of another one, which counts instead of it."""
        return original(name, self.by_id, self.reprints) != name

    def independent(self, ids: Iterable[str]) -> int:
        """Count the sources among these briefings; reprints of one text count once."""
        seen: set[str] = set()
        count = 0
        for name in sorted(set(ids)):
            if name not in seen:
                count += 1
                seen |= {name, *self.reprints.get(name, ())}
        return count


def original(name: str, rows: Mapping[str, Row], reprints: Mapping[str, tuple[str, ...]]) -> str:
    """Return the briefing that counts for a text and its reprints: one with a date, then the first by id."""
    return min((name, *reprints.get(name, ())), key=lambda id_: (rows[id_].published is None, id_))


@dataclass(slots=True)
class _Occurrences:
    """Everything about one actor, collected row by row."""

    rows: list[tuple[Row, RowActor]] = field(default_factory=list)
    said: list[tuple[Row, RowStatement]] = field(default_factory=list)
    said_about: list[tuple[Row, RowStatement]] = field(default_factory=list)
    roles: list[tuple[Row, RowRole]] = field(default_factory=list)
    figures: list[tuple[Row, RowFigure]] = field(default_factory=list)
    events: list[tuple[Row, RowEvent]] = field(default_factory=list)
    co_mentions: Counter[str] = field(default_factory=Counter)


def cross_link(
    rows: Iterable[Row], registry: Sequence[Actor], topics: Sequence[Topic], pages: ActorPages = "all"
) -> Archive:
    """Return the archive; `pages` says which unreviewed names have pages of their own."""
    ordered = tuple(sorted(sorted(rows, key=lambda r: r.id), key=lambda r: sort_key(r.when), reverse=True))
    reprints = duplicates.near_duplicates({row.id: row.signature for row in ordered if row.signature})
    agreeing, differing = compare_figures.matches(ordered, reprints)
    by_id = {row.id: row for row in ordered}
    originals = {name: by_id[first] for name in reprints if (first := original(name, by_id, reprints)) != name}
    years: defaultdict[str, list[Row]] = defaultdict(list)
    for row in ordered:
        years[row.year].append(row)
    return Archive(
        rows=ordered,
        by_id=by_id,
        actors=_actors(ordered, originals, registry, pages),
        topics=_topics(ordered, topics),
        related=_related(ordered, reprints, originals),
        years={year: tuple(years[year]) for year in sorted(years, reverse=True)},
        reprints=reprints,
        agreeing=agreeing,
        differing=differing,
        namesakes=_namesakes(ordered),
    )


def _namesakes(rows: Sequence[Row]) -> frozenset[str]:
    counts = Counter(row.title for row in rows)
    return frozenset(row.id for row in rows if counts[row.title] > 1)


def _actors(
    rows: Sequence[Row], originals: Mapping[str, Row], registry: Sequence[Actor], pages: ActorPages
) -> dict[str, ActorInArchive]:
    """Collect what is known about each actor. Of a reprint, only actors count whom the original does not mention."""
    found: defaultdict[str, _Occurrences] = defaultdict(_Occurrences)
    for row in rows:
        first = originals.get(row.id)
        counted = {a.id for a in first.actors} if first else frozenset[str]()
        _add_mentions(row, found, counted, together=first is None)
        _add_facts(row, found, counted)
    entries = {entry.id: entry for entry in registry}
    known = sorted(entries.keys() | found.keys())
    least = {"all": 1, "named-twice": OFTEN, "registered": len(rows) + 1}[pages]
    named = [id_ for id_, g in found.items() if g.rows and (id_ in entries or g.rows[0][1].kind != "group")]
    old = [old for id_ in named if id_ in entries for old in entries[id_].replaces]
    listed = {id_: place for id_, place in places_of_names([*named, *old]).items() if id_ in found}
    return {
        name: _actor(name, entries.get(name), found.get(name, _Occurrences()), listed.get(name, ""), least)
        for name in known
    }


def places_of_names(ids: Iterable[str]) -> dict[str, str]:
    """Return the address of the page of names for each of these actors, also for old ids: `actors/names/ja/`.

    A page has the names that begin with the same letters, as few letters as are needed for MAX_NAMES. So an address
    stays the same when names are added, until its own page becomes too long.
    """
    names = {id_: id_ if SIMPLE.fullmatch(id_) else escape.file_name(id_) for id_ in ids}
    places: dict[str, str] = {}
    waiting, size = names, 0
    while waiting:
        counts = Counter(name[:size] for name in waiting.values())
        still: dict[str, str] = {}
        for id_, name in waiting.items():
            if counts[name[:size]] > MAX_NAMES and len(name) > size:
                still[id_] = name
            else:
                places[id_] = place_of_letters(name[:size])
        waiting, size = still, size + 1
    return places


def _add_mentions(row: Row, found: defaultdict[str, _Occurrences], counted: Set[str], together: bool) -> None:
    """Add mentions and statements, without those of actors that are `counted`; `together` counts pairs of actors."""
    here = [a.id for a in row.actors]
    for actor in row.actors:
        if actor.id not in counted:
            found[actor.id].rows.append((row, actor))
        if together:
            found[actor.id].co_mentions.update(i for i in here if i != actor.id)
    for statement in row.statements:
        if statement.actor and statement.actor not in counted:
            found[statement.actor].said.append((row, statement))
        for about in statement.about:
            if about != statement.actor and about not in counted:
                found[about].said_about.append((row, statement))


def _add_facts(row: Row, found: defaultdict[str, _Occurrences], counted: Set[str]) -> None:
    for role in row.roles:
        for part in {role.actor, role.organisation} - {None, *counted}:
            found[str(part)].roles.append((row, role))
    for figure in row.figures:
        if figure.subject and figure.subject not in counted:
            found[figure.subject].figures.append((row, figure))
    for event in row.events:
        for one in set(event.actors) - counted:
            found[one].events.append((row, event))


def place_of_letters(letters: str) -> str:
    """Return the address of the page of names that begin so."""
    return f"{NAMES}{'index_' if letters == 'index' else letters}/" if letters else NAMES


def _actor(name: str, entry: Actor | None, g: _Occurrences, listed: str, least: int) -> ActorInArchive:
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
        co_mentions=tuple(
            CoMention(other, count)
            for other, count in sorted(g.co_mentions.items(), key=lambda pair: (-pair[1], pair[0]))[:MAX_CO_MENTIONS]
        ),
        listed=listed,
        own_page=entry is not None or len(g.rows) >= least,
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


def _related(
    rows: Sequence[Row], reprints: Mapping[str, tuple[str, ...]], originals: Mapping[str, Row]
) -> dict[str, tuple[Related, ...]]:
    """Find briefings that share actors or topics, weighted by rarity; of a text and its reprints, only one.

    Rows come latest first. For an actor in very many briefings only the nearest in time are compared, so that the work
    grows linearly with the archive.
    """
    holders: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for key in _shareable(row):
            holders[key].append(number)
    # Weights in steps: with each exact number, one more briefing on China would change those related to all others.
    rarity = {key: len(numbers).bit_length() for key, numbers in holders.items()}
    usual = {key for key, numbers in holders.items() if len(numbers) * 2 > len(rows) > MANY}
    weights = {key: 0.5**steps for key, steps in rarity.items()}
    result: dict[str, tuple[Related, ...]] = {}
    place: Counter[tuple[str, str]] = Counter()  # rows seen so far of each key
    for number, row in enumerate(rows):
        near: dict[tuple[str, str], Sequence[int]] = {}
        scores: defaultdict[int, float] = defaultdict(float)
        for key in _shareable(row):
            at = place[key]
            place[key] += 1
            near[key] = holders[key][max(0, at - COMMON // 2) : at + COMMON // 2 + 1]
            weight = weights[key]
            for other in near[key]:
                scores[other] += weight
        scores.pop(number, None)
        same = {*reprints.get(row.id, ()), *originals}
        others = (other for other in scores if rows[other].id not in same) if same else iter(scores)
        best = heapq.nsmallest(RELATED, ((-scores[other], abs(other - number), other) for other in others))
        result[row.id] = tuple(
            _as_related(rows[other].id, -score, [key for key in near if _has(near[key], other)], rarity, usual)
            for score, _, other in best
        )
    return result


def _has(numbers: Sequence[int], number: int) -> bool:
    """Tell whether a number is among these, which are in order."""
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number


def _as_related(
    name: str,
    score: float,
    keys: Sequence[tuple[str, str]],
    rarity: Mapping[tuple[str, str], int],
    usual: Set[tuple[str, str]],
) -> Related:
    actors = sorted((k for k in keys if k[0] == "actor"), key=lambda k: rarity[k])
    telling = [k for k in actors if k not in usual]
    return Related(
        id=name,
        actors=tuple(k[1] for k in (telling if len(keys) > len(actors) else telling or actors)),
        topics=tuple(k[1] for k in keys if k[0] == "topic"),
        score=score,
    )


def _shareable(row: Row) -> list[tuple[str, str]]:
    """Return what makes briefings related. Groups such as "some analysts" differ from article to article."""
    return [("actor", a.id) for a in row.actors if a.kind != "group"] + [("topic", t) for t in row.topics]
