"""Open an archive once: its settings, registry, topics, sources and cache.

    with closing(open_workspace(config)) as workspace:
        workspace.registry, workspace.sources, workspace.errors

Every verb works on a `Workspace`. A worker process opens its own.
"""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from briefing import corrections, git
from briefing.archive.summaries import Row
from briefing.cache import Cache, ReadOnlyCache, adapter, digest, digest_files
from briefing.config import Config
from briefing.content.problems import Problem
from briefing.content.sources import Found, SourceFile, find_sources, move_problems
from briefing.content.takedowns import is_taken_down
from briefing.content.validation import did_you_mean
from briefing.corrections.files import SUFFIX
from briefing.facts import reader
from briefing.lexicon import CODE
from briefing.link.asked import Answers
from briefing.model import Actor, Topic
from briefing.registry import Registry, check_registry, make_registry
from briefing.registry.topics import check_topics
from briefing.site.publish import MANIFEST, STAGED
from briefing.site.switch import NEXT, PREVIOUS, beside
from briefing.text import language_model

CACHE_FILE = "archive.sqlite"
Known = tuple[Registry, tuple[Topic, ...], tuple[Problem, ...]]
# Another version of these may decode, split, name or write differently. site/render.py has those that MkDocs uses.
LIBRARIES = ("babel", "charset-normalizer", "edtf", "ftfy", "jinja2", "networkx", "nupunkt", "py3langid", "rapidfuzz")


@dataclass(slots=True)
class Memory:
    """What a process keeps between builds: registry and topics as long as their files are the same, and rows."""

    files: str = ""  # hash of the files of registry and topics
    known: Known | None = None
    rows: dict[str, tuple[Row, str]] = field(default_factory=dict)  # with their hashes, by cache key and knowledge


@dataclass(frozen=True, eq=False)
class Workspace:
    """An open archive. Its sources are looked for when first asked for: not every verb needs them."""

    config: Config
    registry: Registry
    topics: tuple[Topic, ...]
    cache: Cache
    given: tuple[Path, ...] | None  # articles and folders of articles to read; None: the whole archive
    registry_problems: tuple[Problem, ...]  # in the files of actors and topics
    hashes: Mapping[Path, str] = field(default_factory=dict)  # of files whose content is known already
    memory: Memory = field(default_factory=Memory)

    @property
    def sources(self) -> Sequence[SourceFile]:
        return self._found[0]

    @cached_property
    def _found(self) -> Found:
        return find_sources([self.config.sources] if self.given is None else list(self.given), self.config.sources)

    @cached_property
    def problems(self) -> list[Problem]:
        """Errors and advice found without reading the articles."""
        problems = [*self.registry_problems, *self._found[1]]
        if self.given is None:
            problems += [*tracked_output(self.config), *self._stray_corrections(), *move_problems(self.sources)]
        return self.labelled(problems)

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def own_actors(self) -> list[Actor]:
        """The actors of the archive's own files, without those of packs."""
        packs = [pack for pack in self.config.registries or () if not pack.is_relative_to(self.config.actors)]
        return [a for a in self.registry.actors if not any(Path(a.path).is_relative_to(pack) for pack in packs)]

    def _stray_corrections(self) -> list[Problem]:
        found = corrections.without_source(self.config.sources, {source.path for source in self.sources})
        return [
            Problem(str(path), 1, 1, "no-article", "no article matches these corrections", self._rename(path))
            for path in found
        ]

    def _rename(self, corrections_file: Path) -> str:
        """Return how corrections without an article should be named: after the most similar one without corrections."""
        near = (source.path for source in self.sources if source.path.parent == corrections_file.parent)
        free = [path.stem for path in near if not corrections.beside(path).exists()]
        meant = did_you_mean(corrections_file.name.removesuffix(SUFFIX), free)
        if meant:
            return f"Did you mean {meant}.md? Then rename it to {meant}{SUFFIX}."
        return "Name it after its article, as in quay.md and quay.facts.yaml, and put it into the same folder."

    @cached_property
    def program(self) -> str:
        """A hash of the program, its models and its libraries."""
        model = language_model.model_version(self.config.model)
        libraries = (f"{name} {version(name)}" for name in LIBRARIES)
        program = digest_files(CODE, "**/*.py", "data/**/*")
        return digest(model, repr(self.config.takedowns), digest(program, reader.version(), *libraries))

    @cached_property
    def knowledge(self) -> str:
        """A hash of the registry and the topics: what an article asks of them decides what it is read as."""
        return digest(self.registry.digest, repr(self.topics))

    @cached_property
    def answers(self) -> Answers:
        return Answers(self.registry, self.topics)

    @cached_property
    def keys(self) -> dict[str, str]:
        """The cache key of each briefing, by its id."""
        return {name: digest(*parts.values()) for name, parts in self.parts.items()}

    @cached_property
    def parts(self) -> dict[str, dict[str, str]]:
        """What each briefing is made from, as hashes, by its id."""
        git.authors.cache_clear()  # `serve` builds again in one process: the same lines may have been committed since
        return {source.id: self.parts_of(source, self.hashes.get(source.path, "")) for source in self.sources}

    def key(self, source: SourceFile) -> str:
        """Hash everything that a briefing is made from but what it asks of registry and topics."""
        return digest(*self.parts_of(source).values())

    def parts_of(self, source: SourceFile, hash_: str = "") -> dict[str, str]:
        """Return what a briefing is made from; `hash_` is that of its file, if known."""
        return {
            "the article": hash_ or _hash_of(source.path),
            "its corrections": corrections.key(source.path),
            "its path": digest(source.id, self.config.label(source.path)),
            "the `rights` setting": self.config.rights,
            "the program": self.program,
        }

    def label(self, path: Path) -> str:
        """Return the path as people know it: as they gave it, or from the archive's root."""
        return self.config.label(path) if self.given is None else str(path)

    def labelled(self, problems: Iterable[Problem]) -> list[Problem]:
        return self.config.labelled(problems) if self.given is None else list(problems)

    def close(self) -> None:
        self.cache.close()


def _names(actor: Actor) -> list[str]:
    return [actor.name, *(alias.name for alias in actor.aliases)]


def _hash_of(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    except OSError:
        return ""  # reading the source reports the problem


def generated_places(config: Config) -> list[Path]:
    """Return what no repository may hold."""
    asked = (
        *(config.root / ".cache", config.cache, config.output / MANIFEST, config.output / STAGED),
        *(config.root / "site", config.site, beside(config.site, NEXT), beside(config.site, PREVIOUS)),
    )
    return list(dict.fromkeys(asked))


def tracked_output(config: Config) -> Iterator[Problem]:
    """Report what must not be in the repository: generated files, since whoever put them there would decide what the
    site says, and links that lead out of the archive, since a build would read or write there."""
    for path in git.links_out(config.root):
        found = "symbolic link to a place outside the archive"
        yield Problem(str(path), 0, 0, "link-outside", found, "Put a copy of the file or folder here.")
    for path in git.tracked(config.root, *generated_places(config)):
        name = path.relative_to(config.root).as_posix() if path.is_relative_to(config.root) else str(path)
        right = "Remove it from the repository, which keeps your files, and commit. Add it to .gitignore."
        fix = f"git rm -rf --cached --quiet -- {shlex.quote(name)}"
        yield Problem(str(path), 0, 0, "tracked-output", "generated files are in the repository", right, fix)


def open_workspace(
    config: Config,
    given: Sequence[Path] | None = None,
    *,
    read_only: bool = False,
    cache: Cache | None = None,
    hashes: Mapping[Path, str] | None = None,
    memory: Memory | None = None,
) -> Workspace:
    """Read registry and topics as far as possible, and open the cache; `read_only` promises to write no file.

    A worker process gives the cache that it may use.
    """
    memory = memory or Memory()
    path = config.cache / CACHE_FILE
    cache = cache or (ReadOnlyCache(path) if read_only else Cache(path))
    registry, topics, problems = _known(config, hashes or {}, memory, cache)
    asked = None if given is None else tuple(given)
    return Workspace(config, registry, topics, cache, asked, problems, hashes or {}, memory)


def _known(config: Config, hashes: Mapping[Path, str], memory: Memory, cache: Cache) -> Known:
    """Return registry, topics and their problems, as far as possible those of the last build."""
    folders = (config.actors, *(config.registries or ()), config.topics)
    files = sorted((str(p), h) for p, h in hashes.items() if any(p.is_relative_to(folder) for folder in folders))
    now = digest(repr(config.takedowns), *(part for file in files for part in file)) if files else ""
    if memory.known is None or not now or memory.files != now:
        registry, problems = _registry(config, hashes, cache)
        if config.takedowns:
            kept = (a for a in registry.actors if not is_taken_down(a.id, _names(a), config.takedowns))
            registry = make_registry(kept)
        topics, topic_problems = check_topics(config.topics)
        memory.files, memory.known = now, (registry, topics, (*problems, *topic_problems))
    return memory.known


READ = "registry"  # kind of the entry of the cache that has the actors of each file


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """The actors of the files of a registry, as a program read them."""

    program: str
    files: dict[str, tuple[str, tuple[Actor, ...]]]  # by path: the hash of the file, its actors


def _registry(config: Config, hashes: Mapping[Path, str], cache: Cache) -> tuple[Registry, tuple[Problem, ...]]:
    """Return the registry and its problems; files with a known hash are read only if it is another one."""
    if not hashes:
        return check_registry(config.actors, config.registries)
    key = digest(str(config.actors))
    program = digest(*(f"{path} {hash_}" for path, hash_ in sorted(hashes.items()) if path.is_relative_to(CODE)))
    before: ReadFiles | None = None
    with suppress(ValueError):
        before = adapter(ReadFiles).validate_json(cache.get(READ, key) or b"")
    known = before.files if before and before.program == program else {}
    kept = {path: actors for name, (hash_, actors) in known.items() if hashes.get(path := Path(name)) == hash_ != ""}
    reused = {*kept}
    found = check_registry(config.actors, config.registries, kept)
    now = {
        str(path): (hashes[path], actors)
        for path, actors in kept.items()
        if path in reused or hashes.get(path) == _hash_of(path) != ""  # nobody saved it while it was read
    }
    if now != known:
        cache.put(READ, key, adapter(ReadFiles).dump_json(ReadFiles(program, now)))
    return found
