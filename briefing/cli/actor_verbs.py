"""Implement `python build.py actors VERB`: list, show, suggest and add.

Each takes a Registry or Archive and returns lines to print. Only `add` writes: one new registry file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rapidfuzz import fuzz, process

from briefing.archive import ActorInArchive, Archive
from briefing.content.problems import ContentError, Problem, plural
from briefing.content.scaffold import write_new
from briefing.lexicon import COMMAND
from briefing.link.candidates import is_short_for, nearest, registered_id
from briefing.link.match import is_common_body
from briefing.model import Actor, Briefing
from briefing.registry import Registry, check_registry, kind_folder
from briefing.registry.name_variants import NEVER, Term, key
from briefing.site.actors import file_for, other_names

ALIKE = 88  # of 100: similarity of two unreviewed names that may be one person
SHOWN = 3


def listed(registry: Registry, kind: str | None) -> Iterator[str]:
    for actor in registry.actors:
        if kind in (None, actor.kind):
            yield f"{actor.id}\t{actor.kind}\t{actor.name}"


# --- show ---------------------------------------------------------------------------------------


def show(name: str, registry: Registry) -> tuple[bool, list[str]]:
    """Return whether an actor has this name, and lines on who it refers to and what an article must say."""
    found = registry.spelled.get(key(name), ())
    meant: dict[str, list[Term]] = {}
    for term in found:
        if term.type != NEVER:
            meant.setdefault(term.actor, []).append(term)
    if not meant and name in registry.by_id:
        meant[name] = []
    never = [f"never {term.actor}: its file excludes these words" for term in found if term.type == NEVER]
    return bool(meant), [*_shown(name, meant, registry), *never]


def _shown(name: str, meant: dict[str, list[Term]], registry: Registry) -> Iterator[str]:
    if not meant:
        yield f"`{name}` is not the name of a registered actor."
        yield from _unknown(name, registry)
    elif len(meant) > 1:
        yield f"`{name}` is a name of {len(meant)} actors. It is linked only if the article shows which one is meant:"
        yield "by an office held on its date, or a country or organisation it mentions. Otherwise a warning is shown."
    for actor_id, terms in meant.items():
        yield from _entry(registry.by_id[actor_id], terms)


def _unknown(name: str, registry: Registry) -> Iterator[str]:
    people = registry.by_surname.get(key(name), ())
    if people:
        yield "It is the surname of these people. It is linked if the article has given the full name before:"
        yield from (f"  {a.id}: {a.name}" for a in people)
    alike = dict.fromkeys(a for kind in ("person", "organisation") for a in nearest(name, kind, registry))
    others = [a for a in alike if a not in people]
    if others:
        yield "Similar names:"
        yield from (f"  {a.id}: {a.name}" for a in others)
    if not alike and not people:
        yield f"To list names that can be registered, run: {COMMAND} actors suggest"


def _entry(actor: Actor, terms: Iterable[Term]) -> Iterator[str]:
    yield f"{actor.id}: {actor.name}, {actor.kind} ({place(actor)})"
    for term in terms:
        between = f", {_between(term.since, term.until)}" if term.since or term.until else ""
        yield f"  matches its {term.type} `{term.written}`{between}"
        if term.careful:
            yield "    careful: linked only with evidence" + (
                f", such as: {', '.join(actor.clues)}" if actor.clues else ""
            )
        if actor.kind == "organisation" and is_common_body(term.written):
            home = actor.country or actor.parent or "its country"
            yield f"    many countries have such a body: linked only if the article means {home}"
    used = {key(term.written) for term in terms}
    others = [a.name for a in actor.aliases if key(a.name) not in used]
    if others:
        yield f"  also called: {', '.join(others)}"
    for office in actor.roles:
        yield f"  {office.title}, {office.organisation or '-'}: {_between(office.since, office.until)}"


def _between(since: str | None, until: str | None) -> str:
    if since and until:
        return f"{since} to {until}"
    return f"since {since}" if since else f"until {until}" if until else "dates unknown"


def linked(name: str, briefing: Briefing) -> Iterator[str]:
    """Yield the actors that the name is linked to in one text, and the rule used."""
    text, sought = briefing.article.text, key(name)
    mentions = sorted((m.start, m, a) for a in briefing.actors for m in a.mentions)
    found = False
    for _, mention, actor in mentions:
        words = text[mention.start : mention.end]
        if sought in key(words) or (key(words) in sought and mention.how != "pronoun"):
            found = True
            why = f"{mention.how}, rule {mention.rule}" if mention.rule else mention.how
            yield f"`{words}` -> {actor.id} ({actor.name}, {actor.status}): {why}"
    for note in briefing.notes:
        if note.start is not None and sought in key(text[note.start : note.end]):
            found = True
            yield f"{note.code}: {note.message}"
    if not found:
        yield f"`{name}` is not linked to any actor in this text."


# --- suggest and add ----------------------------------------------------------------------------


def suggest(archive: Archive, registry: Registry, count: int) -> Iterator[str]:
    """Yield the names most worth registering, each with its probable variants."""
    weighed = candidates(archive)
    folded = {a.id: key(a.name) for a in weighed}
    shorter = _short_names(weighed)
    for actor in weighed[:count]:
        weight = f"{plural(len(actor.rows), 'briefing')}\t{plural(actor.mentions, 'mention')}"
        yield f"{actor.id}\t{actor.kind}\t{weight}\t{actor.name}"
        called = other_names(actor)
        if called:
            yield f"  also called: {', '.join(called)}"
        same = process.extract(
            key(actor.name), folded, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=SHOWN + 1
        )
        alike = [i for _, _, i in same if i != actor.id and archive.actors[i].kind == actor.kind]
        alike += [i for i in shorter.get(actor.id, ()) if i not in alike]
        if alike:
            yield f"  probable variants: {', '.join(f'{archive.actors[i].name} ({i})' for i in alike)}"
        known = nearest(actor.name, actor.kind, registry)
        if known:
            yield f"  same as {' or '.join(f'{a.name} ({a.id})' for a in known)}? If so, add it as an alias there."


def _short_names(weighed: Iterable[ActorInArchive]) -> dict[str, list[str]]:
    """Map each person to those with the same surname and a possibly shortened first name."""
    families: dict[str, list[tuple[str, str]]] = {}
    for actor in weighed:
        *given, surname = key(actor.name).split() or [""]
        if actor.kind == "person" and given:
            families.setdefault(surname, []).append((actor.id, given[0]))
    return {
        one: [other for other, name in family if other != one and is_short_for(first, name)]
        for family in families.values()
        for one, first in family
    }


def candidates(archive: Archive) -> list[ActorInArchive]:
    """Return unregistered people and organisations, those in most briefings first."""
    found = [a for a in archive.actors.values() if a.rows and not a.entry and a.kind in {"person", "organisation"}]
    return sorted(found, key=lambda a: (-len(a.rows), -a.mentions, a.id))


def place(actor: Actor) -> str:
    """Return where the file of an actor lies: `actors/people/dai-qi.yaml`."""
    parts = Path(actor.path).parts
    start = max((n for n, part in enumerate(parts) if part == "actors"), default=len(parts) - 1)
    return "/".join(parts[start:])


def add(name: str, archive: Archive, registry: Registry, folder: Path, packs: tuple[Path, ...] | None = None) -> Path:
    """Write the file of a candidate given by id or name; raise ContentError with the reason if refused."""
    actor = _candidate(name, archive, registry, folder)
    path = kind_folder(folder, actor.kind) / f"{registered_id(actor.name, actor.id, registry)}.yaml"
    namesakes = [a for a in registry.named(actor.name) if a.kind == actor.kind]
    if namesakes:
        found = f"`{actor.name}` is already a name of `{namesakes[0].id}` ({place(namesakes[0])})"
        raise _against(folder, found, "Edit that file.")
    if path.exists():
        raise _against(path, "this file already exists", "Choose another id and create the file yourself.")
    before = {p for p in check_registry(folder, packs)[1] if p.severity == "error"}
    write_new(path, file_for(actor, registry))
    wrong = [p for p in check_registry(folder, packs)[1] if p.severity == "error" and p not in before]
    if wrong:
        path.unlink()
        raise ContentError(*wrong)
    return path


def _candidate(name: str, archive: Archive, registry: Registry, folder: Path) -> ActorInArchive:
    if name in registry.by_id:
        right = f"Edit {place(registry.by_id[name])}."
        raise _against(folder, f"`{name}` is already registered", right)
    known = candidates(archive)
    found = [a for a in known if name == a.id] or [a for a in known if key(a.name) == key(name)]
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(a.id for a in found)
        raise _against(folder, f"several unreviewed actors are named `{name}`", f"Give one of these ids: {several}.")
    close = process.extract(name, {a.id: a.name for a in known}, limit=SHOWN, score_cutoff=70)
    hint = f" Did you mean {', '.join(i for _, _, i in close)}?" if close else ""
    right = f"To list them, run `{COMMAND} actors suggest`. Create the file of any other actor yourself."
    raise _against(folder, f"no unreviewed actor in this archive is named `{name}`.{hint}", right)


def _against(path: Path, found: str, right: str) -> ContentError:
    return ContentError(Problem(str(path), 0, 0, "cannot-add", found, right))
