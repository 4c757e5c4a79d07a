"""Read actors/ and the packs an archive chose into a Registry, which finds every known actor's names in a text.

A file `countries.yaml` is a list of countries; every other `<id>.yaml`, in any folder below, is one actor with the file
name as id. An archive's own entry replaces that of a pack, and a later pack that of an earlier one. Problems of all
files are reported together. The search automaton is built once, in 0.1 s for 5,000 actors, and searches an article in
well under a millisecond.
"""

from __future__ import annotations

import functools
import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Any, TypeVar

import ahocorasick

from briefing import cache
from briefing.content.identifiers import cycle_message, find_cycles, registry_files
from briefing.content.problems import ContentError, Problem, ProblemSeverity
from briefing.content.schema import ActorFile, AliasEntry, Countries, Country
from briefing.content.validation import Contribution, did_you_mean, read_contributed_file
from briefing.lexicon import SHIPPED
from briefing.model import Actor, Alias, Office
from briefing.registry.country_names import country_meant
from briefing.registry.name_variants import NEVER, Term, key, terms, words_for

COUNTRIES = "countries.yaml"
WORLD_COUNTRIES = SHIPPED / "actors" / "world" / COUNTRIES
KIND_FOLDERS = {"person": "people", "organisation": "organisations", "group": "groups"}  # of new files
FULLEST = 1000  # files of a folder; GitHub lists no more


@dataclass(frozen=True)
class Registry:
    """All registered actors, sorted by id."""

    actors: tuple[Actor, ...] = ()
    digest: str = ""  # of everything that linking depends on, for cache keys
    by_id: Mapping[str, Actor] = field(default_factory=dict)

    @functools.cached_property
    def spelled(self) -> dict[str, tuple[Term, ...]]:
        """The terms of each folded spelling."""
        found: defaultdict[str, list[Term]] = defaultdict(list)
        for actor in self.actors:
            for spelling, term in terms(actor):
                found[spelling].append(term)
        return {spelling: tuple(several) for spelling, several in found.items()}

    @functools.cached_property
    def automaton(self) -> ahocorasick.Automaton:
        built = ahocorasick.Automaton()
        for spelling, found in self.spelled.items():
            built.add_word(spelling, (len(spelling), found))
        if len(built):
            built.make_automaton()
        return built

    @functools.cached_property
    def by_kind(self) -> dict[str, tuple[str, ...]]:
        """The folded spellings of all actors of a kind, for "did you mean"."""
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for spelling, several in self.spelled.items():
            for term in several:
                if term.type != NEVER:
                    found[self.by_id[term.actor].kind][spelling] = None
        return {kind: tuple(spellings) for kind, spellings in found.items()}

    @functools.cached_property
    def body_starts(self) -> Mapping[str, bool]:
        """The first words of the folded spellings of organisations that have several words."""
        return {body.partition(" ")[0]: True for body in self.by_kind.get("organisation", ()) if " " in body}

    @functools.cached_property
    def by_surname(self) -> dict[str, tuple[Actor, ...]]:
        """The people with each folded surname."""
        found: defaultdict[str, dict[Actor, None]] = defaultdict(dict)
        for actor in self.actors:
            words = key(actor.name).split()
            if actor.kind == "person" and len(words) > 1:
                surname_first = actor.country in words_for("surname_first") and actor.country != "hungary"
                found[words[0] if surname_first else words[-1]][actor] = None
        return {surname: tuple(people) for surname, people in found.items()}

    @functools.cached_property
    def by_first_name(self) -> dict[str, tuple[Actor, ...]]:
        """The people with each folded first word of a name."""
        found: defaultdict[str, list[Actor]] = defaultdict(list)
        for actor in self.actors:
            words = key(actor.name).split()  # none if the name is all dashes
            if actor.kind == "person" and words:
                found[words[0]].append(actor)
        return {first: tuple(people) for first, people in found.items()}

    def named(self, name: str) -> tuple[Actor, ...]:
        """Return the actors with this name, in any spelling."""
        found = {t.actor for t in self.spelled.get(key(name), ()) if t.type != NEVER}
        return tuple(self.by_id[i] for i in sorted(found))


def make_registry(actors: Iterable[Actor]) -> Registry:
    ordered = tuple(sorted(actors, key=lambda a: a.id))
    return Registry(
        ordered, cache.digest(*(repr(replace(a, path="", replaces=())) for a in ordered)), {a.id: a for a in ordered}
    )


Where = TypeVar("Where", bound=PurePath)


def kind_folder(folder: Where, kind: str) -> Where:
    """Return the folder for a new file of this kind of actor, below the folder of actors."""
    return folder / KIND_FOLDERS.get(kind, kind)


def read_registry(folder: Path, packs: Sequence[Path] | None = None) -> Registry:
    """Return the registry of a folder and of packs; raise ContentError with every error found."""
    registry, problems = check_registry(folder, packs)
    errors = [p for p in problems if p.severity == "error"]
    if errors:
        raise ContentError(*errors)
    return registry


Actors = dict[Path, tuple[Actor, ...]]  # by the files that they come from


def check_registry(
    folder: Path, packs: Sequence[Path] | None = None, kept: Actors | None = None
) -> tuple[Registry, tuple[Problem, ...]]:
    """Return what could be read, and all errors and warnings.

    `packs` are folders or files, each overriding those before it; the folder's own entries override all of them.
    Without packs (None), a registry that has no countries gets the shipped ones. `kept` has the actors of files that
    need not be read again; those of files without errors are added.
    """
    kept = {} if kept is None else kept
    entries: dict[str, Entry] = {}
    broken: set[str] = set()
    problems: list[Problem] = []
    # A pack that lies below the folder of actors is read as a part of it.
    layers = [layer for layer in packs or () if not layer.is_relative_to(folder)]
    for layer in (*layers, folder):
        paths, wrong = ([layer], []) if layer.is_file() else registry_files(layer, nested=True)
        if packs is None and paths and all(path.name != COUNTRIES for path in paths):
            paths = [*paths, WORLD_COUNTRIES]
        problems += [*wrong, *_full_folders(paths)]
        entries |= _read_layer(paths, problems, broken, kept)
    registry = make_registry(entry.actor for entry in entries.values())
    problems += [
        *_unknown(registry, entries, broken),
        *_cycles(entries),
        *_clashes(registry, entries),
        *_replaced(entries),
    ]
    # Whoever keeps the archive can do nothing about a name in a pack that is only unusual.
    shown = [p for p in problems if p.severity == "error" or not any(Path(p.path).is_relative_to(x) for x in layers)]
    return registry, tuple(sorted(shown, key=lambda p: (p.path, p.line, p.column, p.code, p.found)))


def _full_folders(paths: Iterable[Path]) -> Iterator[Problem]:
    for folder, count in Counter(path.parent for path in paths).items():
        if count > FULLEST:
            found = f"{count:,} files in one folder; GitHub lists only {FULLEST:,} of them"
            right = "Split it into folders, as in people/a-m/ and people/n-z/. Ids and addresses stay the same."
            yield Problem(str(folder), 0, 0, "full-folder", found, right, severity="advice")


# --- files -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """An actor with its place in a file."""

    actor: Actor
    file: Callable[[], Contribution[Any]]  # reads it for the place of a problem
    at: tuple[int, ...] = ()  # a country's index in the list

    def problem(
        self,
        part: tuple[str | int, ...],
        code: str,
        found: str,
        right: str,
        value: str = "",
        severity: ProblemSeverity = "error",
    ) -> Problem:
        file = self.file()
        return file.problem(file.place(*self.at, *part), code, found, right, value=value, severity=severity)


def _read_layer(paths: Iterable[Path], problems: list[Problem], broken: set[str], kept: Actors) -> dict[str, Entry]:
    """Return the entries of a folder or pack by id; add its problems and the names of files that cannot be read."""
    entries: dict[str, Entry] = {}
    for path in paths:
        try:
            for entry in _read_file(path, kept):
                first = entries.setdefault(entry.actor.id, entry)
                if first is not entry:
                    problems.append(_same_id(first, entry))
        except ContentError as error:
            problems += error.problems
            broken.add(path.name)
    return entries


def _read_file(path: Path, kept: Actors) -> list[Entry]:
    listed = path.name == COUNTRIES
    model: Any = Countries if listed else ActorFile
    read = functools.cache(functools.partial(read_contributed_file, path, model))
    if path not in kept:
        value = read().value
        kept[path] = tuple(_country(c, path) for c in value.root) if listed else (_actor(path, value),)
    return [Entry(actor, read, (number,) if listed else ()) for number, actor in enumerate(kept[path])]


def _actor(path: Path, file: ActorFile) -> Actor:
    roles = tuple(Office(r.title, r.organisation, r.since, r.until) for r in file.roles)
    actor = _common(file, path)
    return replace(actor, aliases=tuple(_aliases(file.aliases)), roles=roles, country=file.country)


def _country(entry: Country, path: Path) -> Actor:
    aliases = (
        *_aliases(entry.aliases),
        *(Alias(d, "demonym") for d in entry.demonyms),
        *(Alias(m, "metonym") for m in entry.metonyms),
    )
    actor = _common(entry, path)
    return replace(actor, aliases=aliases, iso2=entry.iso2, iso3=entry.iso3)


def _common(entry: ActorFile | Country, path: Path) -> Actor:
    """Return an actor with what is written the same way for countries and others."""
    return Actor(
        id=entry.id if isinstance(entry, Country) else path.stem,
        name=entry.name,
        kind="country" if isinstance(entry, Country) else entry.kind,
        parent=entry.parent,
        never=entry.never,
        careful=entry.careful,
        clues=entry.clues,
        against=entry.against,
        wikidata=entry.wikidata,
        website=entry.website,
        note=entry.note,
        replaces=entry.replaces,
        path=str(path),
    )


def _aliases(entries: Iterable[AliasEntry]) -> Iterator[Alias]:
    return (Alias(entry.name, entry.type, entry.since, entry.until) for entry in entries)


# --- checks across files ---------------------------------------------------------------------


def _same_id(first: Entry, second: Entry) -> Problem:
    found = f"id `{second.actor.id}` is already used by an actor in {first.actor.path}"
    return second.problem(("id",), "same-id", found, "Merge the two actors, or give one of them another id.")


def _unknown(registry: Registry, entries: Mapping[str, Entry], broken: Collection[str]) -> Iterator[Problem]:
    """Report references to unknown actors. An actor whose own file is broken counts as known."""
    if COUNTRIES in broken:
        return
    for entry in entries.values():
        actor = entry.actor
        named: list[tuple[tuple[str | int, ...], str | None]] = [(("parent",), actor.parent)]
        named += [(("country",), actor.country)]
        named += [(("roles", n, "organisation"), office.organisation) for n, office in enumerate(actor.roles)]
        for part, other in named:
            if other is None or f"{other}.yaml" in broken:
                continue
            known = registry.by_id.get(other)
            if known and (part[-1] != "country" or known.kind == "country"):
                continue
            meant = actor_meant(other, registry, part[-1] == "country")
            hint = f" Did you mean `{meant}`?" if meant else ""
            found = f"{part[-1]}: `{other}` is not {'a country' if known else 'an actor id'}.{hint}"
            right = "Use an actor id: a file name in actors/ without .yaml, or an id in countries.yaml."
            if part[-1] == "country":
                right = "Use the id of a country in countries.yaml, as in `south-korea`."
                if not meant and (several := _countries_with(other, registry)):
                    right = f"Use one of: {', '.join(several)}."
            yield entry.problem(part, "unknown-actor", found, right, meant)


def _countries_with(word: str, registry: Registry) -> list[str]:
    """Return the ids of countries that have this word in their name: `congo`, `korea`."""
    return [a.id for a in registry.actors if a.kind == "country" and key(word) in key(a.name).split()]


def actor_meant(written: str, registry: Registry, country: bool = False) -> str:
    """Return the id of the actor that a reference means: by name or code, or if it is no country, by likeness."""
    if found := country_meant(written, registry):
        return found.id
    if country:
        return ""
    named = registry.named(written) or registry.named(written.replace("-", " "))
    if len(named) == 1:
        return named[0].id
    return did_you_mean(written, [a.id for a in registry.actors if a.kind != "country"]) or ""


def _cycles(entries: Mapping[str, Entry]) -> Iterator[Problem]:
    for name, way in find_cycles({name: entry.actor.parent for name, entry in entries.items()}):
        yield entries[name].problem(("parent",), "circle", *cycle_message(way))


def _replaced(entries: Mapping[str, Entry]) -> Iterator[Problem]:
    """Report old ids that still exist or are replaced twice; an old address must lead to one actor."""
    successors: dict[str, str] = {}
    for name, entry in entries.items():
        for n, old in enumerate(entry.actor.replaces):
            successor = successors.setdefault(old, name)
            if old in entries:
                found = f"`{name}` replaces `{old}`, which still exists ({entries[old].actor.path})"
                right = f"Move the contents of {old}.yaml into this file and delete that file, or remove the id here."
                yield entry.problem(("replaces", n), "replaced-actor", found, right)
            elif successor != name:
                found = f"`{old}` is replaced by both `{successor}` and `{name}`"
                yield entry.problem(("replaces", n), "replaced-twice", found, "Remove the id from one of them.")


def _clashes(registry: Registry, entries: Mapping[str, Entry]) -> Iterator[Problem]:
    """Report names shared by two actors. Namesakes are allowed, as context tells them apart; duplicates are not."""
    reported: set[tuple[str, str]] = set()
    for spelling, found in registry.spelled.items():
        bearers = sorted({t.actor for t in found if t.type not in {NEVER, "metonym"}})
        if len(bearers) < 2 or all(registry.by_id[b].kind == "country" for b in bearers):
            continue
        for one, other in itertools.pairwise(bearers):
            if (one, other) in reported:
                continue
            reported.add((one, other))
            written = next(t.written for t in found)
            # best told where the name is only an alias of several
            later = one if key(registry.by_id[other].name) == spelling != key(registry.by_id[one].name) else other
            earlier = other if later == one else one
            yield _clash(registry.by_id[earlier], entries[later], written, spelling)


def _clash(one: Actor, second: Entry, written: str, spelling: str) -> Problem:
    other = second.actor
    same = one.kind == other.kind and one.country == other.country and key(one.name) == key(other.name) == spelling
    part = next((("aliases", n) for n, alias in enumerate(other.aliases) if alias.name == written), ("name",))
    return second.problem(
        part, "same-actor-twice" if same else "shared-name",
        f"`{written}` is a name of `{one.id}` ({one.path}) and of `{other.id}` ({other.path})",
        f"Add what is new here to {one.path}, and delete this file." if same
        else "If both are right, keep them: an article must show which is meant. Otherwise remove the name from one.",
        severity="error" if same else "advice",
    )  # fmt: skip
