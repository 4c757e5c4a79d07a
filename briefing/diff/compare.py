"""Compare two snapshots: new, changed and removed content, differing figures and broken links."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from rapidfuzz import fuzz

from briefing.archive import Archive, duplicates
from briefing.archive.compare_figures import Entry, by_definition
from briefing.archive.summaries import Row, RowNote
from briefing.content.problems import Problem
from briefing.facts import KINDS
from briefing.facts.kinds import FactKind
from briefing.model import Actor, LazyPage, Page, RowFact

FACT = re.compile(r'\bid="f-([0-9a-f]{10})"')


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An archive at one point in time."""

    archive: Archive
    pages: Mapping[str, str]  # path -> hash
    facts: Mapping[str, frozenset[str]]  # of each page that has any: the ids of facts with an address there
    registry: Mapping[str, Actor]
    problems: tuple[Problem, ...]  # of what could not be read


def take(
    archive: Archive, pages: Iterable[Page | LazyPage], registry: Iterable[Actor], problems: Iterable[Problem]
) -> Snapshot:
    hashes: dict[str, str] = {}
    facts: dict[str, frozenset[str]] = {}
    for page in pages:
        hashes[page.path] = hashlib.sha256(page.text.encode()).hexdigest()
        if page.path.startswith("briefings/") and (found := FACT.findall(page.text)):
            facts[page.path] = frozenset(found)
    return Snapshot(archive, hashes, facts, {a.id: a for a in registry}, tuple(problems))


LIKE = 60  # of 100: above this, a lost and a new fact of the same kind are one changed fact
COMPARED = tuple(kind for kind in KINDS if kind.row)
ADDRESSES = ("briefings/", "actors/", "topics/")  # pages with permanent links
AT_MOST = 400  # facts per source that are paired; beyond this they are reported as lost and new
ActorStatusChange = Literal["registered", "removed", "changed", "candidate", "gone"]
Found = tuple[FactKind[Any], RowFact]


@dataclass(frozen=True, slots=True)
class Changed:
    """A fact before and after."""

    kind: FactKind[Any]
    before: RowFact
    after: RowFact
    what: tuple[tuple[str, str, str], ...]  # field, before, after


@dataclass(frozen=True, slots=True)
class SourceChange:
    """A source that is in both archives but has changed."""

    before: Row
    after: Row
    about: tuple[tuple[str, str, str], ...]  # (title, published, ..., before, after)
    added: tuple[Found, ...]
    changed: tuple[Changed, ...]
    lost: tuple[Found, ...]
    notes: tuple[RowNote, ...]  # new ones only
    mentions: tuple[str, ...] = ()  # which actors the text is now linked to, or no longer


@dataclass(frozen=True, slots=True)
class ActorChange:
    id: str
    name: str
    status: ActorStatusChange
    added: tuple[str, ...] = ()  # names
    lost: tuple[str, ...] = ()
    before: int = 0  # briefings that name it
    after: int = 0


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A measure for which two sources give different values."""

    measure: str
    figures: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """An address that no longer works."""

    address: str
    source: str | None = None  # for a fact: the briefing id
    fact: str | None = None
    words: str = ""
    heir: Row | None = None  # for a briefing page: the new briefing that seems to replace it


@dataclass(frozen=True, slots=True)
class Difference:
    before: Snapshot
    after: Snapshot
    new: tuple[Row, ...]
    removed: tuple[Row, ...]
    changed: tuple[SourceChange, ...]
    actors: tuple[ActorChange, ...]
    disagreements: tuple[Disagreement, ...]
    broken: tuple[Broken, ...]
    pages_added: tuple[str, ...]
    pages_changed: tuple[str, ...]
    pages_removed: tuple[str, ...]

    @property
    def problems(self) -> list[Problem]:
        """The errors that this change caused."""
        known = {(p.path, p.code, p.found) for p in self.before.problems}
        return [p for p in self.after.problems if (p.path, p.code, p.found) not in known]

    @property
    def nothing(self) -> bool:
        return not (self.new or self.removed or self.changed or self.actors or self.pages_changed or self.pages_added)


def compare(before: Snapshot, after: Snapshot) -> Difference:
    old, new = before.archive.by_id, after.archive.by_id
    pages = (before.pages, after.pages)
    stood = _stood_as(before.archive, after.archive)
    return Difference(
        before=before,
        after=after,
        new=tuple(row for row in after.archive.rows if row.id not in stood),
        removed=tuple(row for row in before.archive.rows if row.id not in new and row.id not in stood.values()),
        changed=tuple(
            _source_change(old[stood[row.id]], row)
            for row in after.archive.rows
            if row.id in stood and old[stood[row.id]] != row
        ),
        actors=tuple(_actor_changes(before, after)),
        disagreements=tuple(_disagreements(before.archive, after.archive)),
        broken=tuple(_broken(before, after)),
        pages_added=tuple(sorted(pages[1].keys() - pages[0].keys())),
        pages_changed=tuple(sorted(p for p in pages[0].keys() & pages[1].keys() if pages[0][p] != pages[1][p])),
        pages_removed=tuple(sorted(pages[0].keys() - pages[1].keys())),
    )


# --- a source ----------------------------------------------------------------------------------


def _stood_as(before: Archive, after: Archive) -> dict[str, str]:
    """Map each briefing that existed before to its former id, which differs if it was moved."""
    found: dict[str, str] = {}
    for row in after.rows:
        names = [row.id, *(old for old in row.replaces if old not in after.by_id)]
        known = next((name for name in names if name in before.by_id), None)
        if known is not None:
            found[row.id] = known
    return found


def _source_change(before: Row, after: Row) -> SourceChange:
    added: list[Found] = []
    lost: list[Found] = []
    changed: list[Changed] = []
    for kind in COMPARED:
        old = {f.id: f for f in kind.rows_of(before)}
        new = {f.id: f for f in kind.rows_of(after)}
        pairs = [(old[i], new[i]) for i in old if i in new]
        gone = [f for i, f in old.items() if i not in new]
        fresh = [f for i, f in new.items() if i not in old]
        alike, gone, fresh = _alike(kind, gone, fresh)
        for one, other in [*pairs, *alike]:
            what = tuple(_fields_changed(one, other))
            if what:
                changed.append(Changed(kind, one, other, what))
        lost += [(kind, f) for f in gone]
        added += [(kind, f) for f in fresh]
    about = tuple(
        (name, _said(getattr(before, name)), _said(getattr(after, name)))
        for name in ("id", "title", "published", "publisher", "url", "language", "topics")
        if getattr(before, name) != getattr(after, name)
    )
    known = {(n.code, n.words) for n in before.notes}
    notes = tuple(n for n in after.notes if (n.code, n.words) not in known)
    mentions = tuple(_mentions(before, after))
    return SourceChange(before, after, about, tuple(added), tuple(changed), tuple(lost), notes, mentions)


def _mentions(before: Row, after: Row) -> Iterator[str]:
    """Yield a line for each actor that is mentioned more or less often than before."""
    old, new = {a.id: a for a in before.actors}, {a.id: a for a in after.actors}
    for name in sorted(old.keys() | new.keys()):
        counts = tuple(found[name].count if name in found else 0 for found in (old, new))
        if counts[0] != counts[1]:
            shown = new.get(name) or old[name]
            yield f"Mentions of {shown.name}: {counts[0]} → {counts[1]}"


def _alike(
    kind: FactKind[Any], gone: list[RowFact], fresh: list[RowFact]
) -> tuple[list[tuple[RowFact, RowFact]], list[RowFact], list[RowFact]]:
    """Pair lost and new facts of the same kind that are one fact in other words."""
    if len(gone) * len(fresh) > AT_MOST * AT_MOST:
        return [], gone, fresh
    scored = sorted(
        ((fuzz.ratio(kind.title(a), kind.title(b)), n, m) for n, a in enumerate(gone) for m, b in enumerate(fresh)),
        key=lambda found: (-found[0], found[1], found[2]),
    )
    ours: dict[int, int] = {}
    for score, n, m in scored:
        if score >= LIKE and n not in ours and m not in ours.values():
            ours[n] = m
    pairs = [(gone[n], fresh[m]) for n, m in sorted(ours.items())]
    return (
        pairs,
        [f for n, f in enumerate(gone) if n not in ours],
        [f for m, f in enumerate(fresh) if m not in ours.values()],
    )


TOLD = frozenset({"id", "sentence", "context"})  # position rather than content


def _fields_changed(before: RowFact, after: RowFact) -> Iterator[tuple[str, str, str]]:
    for field in fields(before):
        one, other = getattr(before, field.name), getattr(after, field.name)
        if field.name not in TOLD and one != other:
            yield field.name, _said(one), _said(other)


def _said(value: object) -> str:
    if value is None or value == () or value == "":
        return "none"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,.15g}" if isinstance(value, float) else str(value)


# --- actors ------------------------------------------------------------------------------------


def _actor_changes(before: Snapshot, after: Snapshot) -> Iterator[ActorChange]:
    for name in sorted(before.registry.keys() | after.registry.keys()):
        old, new = before.registry.get(name), after.registry.get(name)
        counts = (_count(before.archive, name), _count(after.archive, name))
        shown = new or old
        assert shown is not None
        status: ActorStatusChange = "changed" if old and new else "registered" if new else "removed"
        added, lost = _names(new) - _names(old), _names(old) - _names(new)
        if status != "changed" or added or lost or counts[0] != counts[1]:
            yield ActorChange(name, shown.name, status, tuple(sorted(added)), tuple(sorted(lost)), *counts)
    for name in sorted(before.archive.actors.keys() | after.archive.actors.keys()):
        if name in before.registry or name in after.registry:
            continue
        counts = (_count(before.archive, name), _count(after.archive, name))
        if (counts[0] == 0) != (counts[1] == 0):
            actor = (after if counts[1] else before).archive.actors[name]
            if actor.kind != "group":
                yield ActorChange(name, actor.name, "candidate" if counts[1] else "gone", (), (), *counts)


def _names(actor: Actor | None) -> set[str]:
    return {actor.name, *(alias.name for alias in actor.aliases)} if actor else set()


def _count(archive: Archive, name: str) -> int:
    actor = archive.actors.get(name)
    return len(actor.rows) if actor else 0


# --- figures -----------------------------------------------------------------------------------


def _disagreements(before: Archive, after: Archive) -> Iterator[Disagreement]:
    """Yield measures for which two sources now give different values."""
    old = {key: {(row.id, f.value, f.high) for row, f in others} for key, others in before.differing.items()}
    for known, entries in sorted(by_definition(after.rows).items()):
        found = [(row, f) for row, f in entries if (row.id, f.id) in after.differing]
        now = {(row.id, f.id): {(r.id, g.value, g.high) for r, g in after.differing[row.id, f.id]} for row, f in found}
        if any(others - old.get(key, set()) for key, others in now.items()):
            yield Disagreement(entries[0][1].measure or known.scope, tuple(found))


# --- addresses ---------------------------------------------------------------------------------


def _broken(before: Snapshot, after: Snapshot) -> Iterator[Broken]:
    """Yield pages and facts whose address no longer leads to a page, a redirect or a note that it was removed.

    Pages of unreviewed actors may disappear, and key facts may change, because they are a selection of sentences.
    """
    for path in sorted(before.pages.keys() - after.pages.keys()):
        leads_on = f"{path.removesuffix('.md')}/index.html" in after.pages
        if path.endswith(".md") and path.startswith(ADDRESSES) and not leads_on and not _of_candidate(path, before):
            name = path.removeprefix("briefings/").removesuffix(".md")
            yield Broken(path.removesuffix(".md") + "/", heir=_heir(before.archive.by_id.get(name), before, after))
    now_at = {old: new for new, old in _stood_as(before.archive, after.archive).items()}
    for path in sorted(before.facts):
        name = path.removeprefix("briefings/").removesuffix(".md")
        row = before.archive.by_id.get(name)
        if row is None or name not in now_at:
            continue  # reported above, or the page redirects to an earlier one
        chosen = {k.id for k in row.key_facts}
        words = {f.id: kind.title(f) for kind in COMPARED for f in kind.rows_of(row)}
        here = after.facts.get(f"briefings/{now_at[name]}.md", frozenset())
        for fact in sorted(before.facts[path] - here - chosen):
            yield Broken(f"briefings/{name}/#f-{fact}", now_at[name], fact, words.get(fact, ""))


def _heir(lost: Row | None, before: Snapshot, after: Snapshot) -> Row | None:
    """Return the new briefing most similar to a missing one, if any."""
    fresh = [row for row in after.archive.rows if row.id not in before.archive.by_id and row.signature]
    return duplicates.most_similar(lost.signature, ((row.signature, row) for row in fresh)) if lost else None


def _of_candidate(path: str, before: Snapshot) -> bool:
    name = path.removeprefix("actors/").removesuffix(".md")
    return path.startswith("actors/") and name not in before.registry
