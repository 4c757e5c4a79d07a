"""Open an archive once: its settings, registry, topics, sources and cache.

    with closing(open_workspace(config)) as workspace:
        workspace.registry, workspace.sources, workspace.errors

Every verb works on a `Workspace`. A worker process opens its own.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from briefing import corrections, git
from briefing.cache import Cache, ReadOnlyCache, digest, digest_files
from briefing.config import PROGRAM, Config
from briefing.content.problems import Problem
from briefing.content.sources import Found, SourceFile, find_sources, move_problems
from briefing.facts import reader
from briefing.model import Topic
from briefing.registry import Registry, check_registry
from briefing.registry.topics import check_topics
from briefing.site.publish import MANIFEST, STAGED
from briefing.site.switch import NEXT, PREVIOUS, beside
from briefing.text import language_model

CACHE_FILE = "archive.sqlite"
# Another version of these may decode, split, name or write differently. site/render.py has those that MkDocs uses.
LIBRARIES = ("babel", "charset-normalizer", "edtf", "ftfy", "jinja2", "networkx", "nupunkt", "py3langid", "rapidfuzz")


@dataclass(frozen=True, eq=False)
class Workspace:
    """An open archive. Its sources are looked for when first asked for: not every verb needs them."""

    config: Config
    registry: Registry
    topics: tuple[Topic, ...]
    cache: Cache
    given: tuple[Path, ...] | None  # articles and folders of articles to read; None: the whole archive
    registry_problems: tuple[Problem, ...]  # in the files of actors and topics

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

    def _stray_corrections(self) -> list[Problem]:
        right = "Name it after its article, as in quay.md and quay.facts.yaml."
        found = corrections.without_source(self.config.sources, {source.path for source in self.sources})
        return [Problem(str(p), 1, 1, "no-article", "no article matches these corrections", right) for p in found]

    @cached_property
    def digest(self) -> str:
        """A hash of everything but the article itself that decides what a briefing says."""
        model = language_model.model_version(self.config.model)
        libraries = (f"{name} {version(name)}" for name in LIBRARIES)
        program = digest_files(PROGRAM / "briefing", "**/*.py", "data/**/*")
        return digest(self.registry.digest, repr(self.topics), model, digest(program, reader.version(), *libraries))

    @cached_property
    def keys(self) -> dict[str, str]:
        """The cache key of each briefing, by its id."""
        git.authors.cache_clear()  # `serve` builds again in one process: the same lines may have been committed since
        return {source.id: self.key(source) for source in self.sources}

    def key(self, source: SourceFile) -> str:
        """Hash everything that a briefing is made from."""
        try:
            data = source.path.read_bytes()
        except OSError:
            data = b""  # reading the source reports the problem
        label, rights = self.config.label(source.path), self.config.rights
        return digest(data, corrections.key(source.path), source.id, label, rights, self.digest)

    def label(self, path: Path) -> str:
        """Return the path as people know it: as they gave it, or from the archive's root."""
        return self.config.label(path) if self.given is None else str(path)

    def labelled(self, problems: Iterable[Problem]) -> list[Problem]:
        return self.config.labelled(problems) if self.given is None else list(problems)

    def close(self) -> None:
        self.cache.close()


def tracked_output(config: Config) -> Iterator[Problem]:
    """Report what must not be in the repository: generated files, since whoever put them there would decide what the
    site says, and links that lead out of the archive, since a build would read or write there."""
    for path in git.links_out(config.root):
        found = "symbolic link to a place outside the archive"
        yield Problem(str(path), 0, 0, "link-outside", found, "Put a copy of the file or folder here.")
    asked = (
        *(config.root / ".cache", config.cache, config.output / MANIFEST, config.output / STAGED),
        *(config.root / "site", config.site, beside(config.site, NEXT), beside(config.site, PREVIOUS)),
    )
    for path in git.tracked(config.root, *dict.fromkeys(asked)):
        name = path.relative_to(config.root).as_posix() if path.is_relative_to(config.root) else str(path)
        right = "Remove it from the repository, which keeps your files, and commit. Add it to .gitignore."
        fix = f"git rm -rf --cached --quiet -- {shlex.quote(name)}"
        yield Problem(str(path), 0, 0, "tracked-output", "generated files are in the repository", right, fix)


def open_workspace(
    config: Config, given: Sequence[Path] | None = None, *, read_only: bool = False, worker: bool = False
) -> Workspace:
    """Read registry and topics as far as possible, and open the cache; `read_only` promises to write no file.

    In a worker process, a damaged cache raises CacheDamagedError, so that only one process replaces it.
    """
    registry, problems = check_registry(config.actors)
    topics, topic_problems = check_topics(config.topics)
    path = config.cache / CACHE_FILE
    cache = ReadOnlyCache(path) if read_only else Cache(path, replaceable=not worker)
    asked = None if given is None else tuple(given)
    return Workspace(config, registry, topics, cache, asked, (*problems, *topic_problems))
