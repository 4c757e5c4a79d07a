"""Run the stages in order: read -> clean -> analyse -> facts -> link -> pages -> publish.

Everything up to the links is worked out for each article alone and cached under a hash of what it depends on. The
archive as a whole is seen once, as compact rows, by `cross_link`. Mistakes in contributed files are collected over the
whole archive; while there is one, nothing is published.
"""

from __future__ import annotations

import functools
import logging
import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from multiprocessing import get_context, parent_process
from pathlib import Path, PurePosixPath
from typing import NamedTuple, TypeVar

from pathspec import GitIgnoreSpec
from pydantic import ValidationError

from briefing import cache, corrections, escape, git
from briefing.archive import Archive, cross_link, duplicates
from briefing.archive.summaries import Row, row
from briefing.clean import clean
from briefing.config import Config
from briefing.content.problems import ContentError, Problem
from briefing.content.sources import SourceFile, find_sources, read_source
from briefing.content.validation import read_text as read_contributed_text
from briefing.diff.compare import Snapshot, take
from briefing.lexicon import SHIPPED
from briefing.model import Analysis, Article, Briefing, LazyPage, Meta, Page, Source
from briefing.pipeline.article import Cleaned, analyse, briefing_of, clean_article, link_article, problems_of, proven
from briefing.pipeline.lock import locked
from briefing.pipeline.workspace import CACHE_FILE, Workspace, open_workspace, tracked_output
from briefing.registry import Registry
from briefing.site import (
    STANDARD,
    Fingerprints,
    Site,
    Templates,
    Tombstone,
    archive_pages,
    briefing_pages,
    load_templates,
    preview_pictures,
    publish,
    quality_page,
    render,
    unlisted,
    with_sitemap,
)
from briefing.site.switch import recover

BATCH_SIZE = 16  # articles that the model reads before the rules do
MIN_ARTICLES_FOR_WORKERS = 24  # starting processes, each with its own model, costs more than it saves for fewer
LOCKS = "locks"  # folder in the cache
LOG = logging.getLogger(__name__)
T = TypeVar("T")
Progress = Callable[[str, int, int], None]  # stage, done, of how many


@dataclass(slots=True)
class Report:
    """What a build did, for its closing line."""

    sources: int = 0
    analysed: int = 0
    facts: int = 0
    actors: int = 0
    pages: publish.Changes = field(default_factory=lambda: publish.Changes((), (), 0))
    site: publish.Changes = field(default_factory=lambda: publish.Changes((), (), 0))
    seconds: dict[str, float] = field(default_factory=dict)
    _begun: float = field(default_factory=time.perf_counter)

    def finish(self, stage: str) -> None:
        """Record the time since the stage before ended."""
        now = time.perf_counter()
        self.seconds[stage], self._begun = now - self._begun, now


def build(config: Config, progress: Progress = lambda *_: None) -> Report:
    """Build the site. Raises ContentError with every error found, and then publishes nothing."""
    _raise_any(config.labelled(tracked_output(config)))
    publish.refuse_foreign_folder(config.site)
    with locked(config.cache / LOCKS, (config.output, config.site)):
        recover(config.site)
        return _build(config, progress)


def _build(config: Config, progress: Progress) -> Report:
    report = Report()

    def pages(workspace: Workspace, found: ArticleRows) -> Archive:
        _raise_any(found.problems or ([] if found.rows else [no_sources(config)]))
        report.finish("facts")
        archive = cross_link(found.rows, workspace.registry.actors, workspace.topics)
        report.finish("link")
        report.pages = _write_pages(workspace, archive, found, progress)
        report.finish("pages")
        return archive

    with closing(open_workspace(config)) as workspace:
        errors = workspace.errors
        report.finish("read")
        if errors:  # report errors in articles too, but spend no time on facts
            raise ContentError(*errors, *(p for source in workspace.sources for p in problems_of(workspace, source)))
        found, archive = _with_articles(workspace, progress, pages)
    report.site = render.render_site(config)
    report.finish("site")
    report.sources, report.analysed = len(found.rows), found.new
    report.facts = sum(len(r.statements) + len(r.figures) + len(r.roles) + len(r.events) for r in found.rows)
    report.actors = sum(bool(actor.rows) for actor in archive.actors.values())
    return report


def archive(config: Config, progress: Progress = lambda *_: None) -> tuple[Archive, Registry]:
    """Return the archive as a build would publish it; raise ContentError where a build would."""
    with closing(open_workspace(config)) as workspace:
        _raise_any(workspace.errors)
        found = read_articles(workspace, progress)
        _raise_any(found.problems)
        return cross_link(found.rows, workspace.registry.actors, workspace.topics), workspace.registry


def snapshot(config: Config, progress: Progress = lambda *_: None) -> Snapshot:
    """Return what an archive knows and which pages it has; files with errors are left out and reported."""

    def taken(workspace: Workspace, found: ArticleRows) -> Snapshot:
        whole = cross_link(found.rows, workspace.registry.actors, workspace.topics)
        pages = _pages(workspace, whole, found, _templates(config), progress)
        return take(whole, pages, workspace.registry.actors, [*workspace.errors, *found.problems])

    with closing(open_workspace(config)) as workspace:
        return _with_articles(workspace, progress, taken)[1]


def _stop(problem: Problem) -> None:
    raise ContentError(problem)


def facts(config: Config, paths: list[Path], complain: Callable[[Problem], None] = _stop) -> Iterator[Briefing]:
    """Yield the briefings of these sources, in order, each with a note on reprints among them.

    Errors go to `complain`, and the other sources are still read.
    """
    with closing(open_workspace(config, paths, read_only=True)) as workspace:
        for problem in workspace.errors:
            complain(problem)
        reprints = duplicates.duplicate_notes(
            _fingerprints(workspace.sources), {str(s.path): s.id for s in workspace.sources}
        )
        for source in workspace.sources:
            try:
                found = briefing_of(workspace, source)
                yield replace(found, notes=(*found.notes, *reprints.get(str(source.path), ())))
            except ContentError as error:
                for problem in error.problems:
                    complain(problem)


def _fingerprints(sources: Sequence[SourceFile]) -> dict[str, duplicates.Fingerprint]:
    """Fingerprint each readable source, for finding reprints. A single source has none."""
    found: dict[str, duplicates.Fingerprint] = {}
    for path, name in sources if len(sources) > 1 else ():
        with suppress(ContentError):
            found[str(path)] = duplicates.fingerprint(read_source(path, name).body)
    return found


def articles(config: Config) -> Iterator[Article]:
    """Yield the archive's articles, cleaned, before facts are extracted."""
    for path, name in find_sources([config.sources], config.sources)[0]:
        yield clean(read_source(path, name))


def read_text(config: Config, text: str) -> Briefing:
    """Read and link a text that is in no file."""
    article = clean(Source("text", "text", "", Meta(), text, 1, "utf-8"))
    with closing(open_workspace(config, [])) as workspace:
        _raise_any(workspace.errors)
        return link_article(workspace, Cleaned(article, None), analyse(workspace, article))


@contextmanager
def to_review(config: Config, path: Path) -> Iterator[tuple[Briefing, Callable[[str], None]]]:
    """Give a source's briefing as corrected so far, and a check that raises if other corrections cannot be applied."""
    with closing(open_workspace(config, [path])) as workspace:
        _raise_any(workspace.errors)
        (source,) = workspace.sources

        def check(text: str) -> None:
            briefing_of(workspace, source, corrections.parse(text, str(corrections.beside(source.path))))

        yield briefing_of(workspace, source), check


def clean_up(config: Config) -> None:
    """Remove what was generated, and nothing else."""
    with locked(config.cache / LOCKS, (config.output, config.site)):
        recover(config.site)
        record = render.read_record(config)
        publish.remove_pages(config.output, record.pages)
        publish.remove_pages(config.site, render.hashes(record.files))
        for name in ("rendered", "archives", LOCKS):
            shutil.rmtree(config.cache / name, ignore_errors=True)
        for path in config.cache.glob(f"{CACHE_FILE}*"):
            path.unlink()
    if config.cache.is_dir() and not any(config.cache.iterdir()):
        config.cache.rmdir()


def _raise_any(problems: Sequence[Problem]) -> None:
    if problems:
        raise ContentError(*problems)


def no_sources(config: Config) -> Problem:
    found = "no articles in this folder"
    right = "Add at least one .md or .txt file. An archive without articles is not published."
    return Problem(config.label(config.sources), 0, 0, "no-sources", found, right)


# --- articles: read -> clean -> analyse -> facts -> link ------------------------------------


class ArticleRows(NamedTuple):
    """What the archive needs to know of its articles."""

    rows: list[Row]
    problems: list[Problem]
    new: int  # articles that were read now; the others were in the cache
    hashes: dict[str, str]  # of the rows as stored, by id


class StaleCacheError(Exception):
    """What the cache has of an article is not what the article says; the message is its path."""


def _with_articles(
    workspace: Workspace, progress: Progress, use: Callable[[Workspace, ArticleRows], T]
) -> tuple[ArticleRows, T]:
    """Read the articles and return what `use` makes of them. If it finds that the cache is wrong, read all of them
    again without the cache. `use` changes nothing before it has seen every briefing that it shows."""
    found = read_articles(workspace, progress)
    try:
        return found, use(workspace, found)
    except StaleCacheError as error:
        LOG.warning("The cache disagrees with %s. All articles are read again.", error)
        workspace.cache.forget("analysis", "briefing", "row")
    found = read_articles(workspace, progress)
    return found, use(workspace, found)


def read_articles(workspace: Workspace, progress: Progress) -> ArticleRows:
    """Read every article that is new or changed into the cache, and return the rows of all."""
    stored = _stored_rows(workspace, workspace.sources)
    missing = new = [source for source in workspace.sources if source not in stored]
    problems: list[Problem] = []
    for _ in range(2):  # again if a worker found the cache damaged
        problems, read = [], 0
        try:
            for batch, found in _read_batches(workspace, missing):
                problems += found
                read += len(batch)
                progress("Reading articles:", read, len(missing))
        except cache.CacheDamagedError as error:
            workspace.cache.set_aside(error)
        stored |= _stored_rows(workspace, missing)
        missing = [source for source in missing if source not in stored]
        if problems or not missing:
            break
    if not problems:
        problems = [_saved_meanwhile(workspace, source) for source in missing]
    rows = [stored[source] for source in workspace.sources if source in stored]
    return ArticleRows([row for row, _ in rows], problems, len(new), {row.id: hash_ for row, hash_ in rows})


def _stored_rows(workspace: Workspace, sources: Iterable[SourceFile]) -> dict[SourceFile, tuple[Row, str]]:
    """Return the rows of these articles that the cache has, each with its hash."""
    found: dict[SourceFile, tuple[Row, str]] = {}
    for source in sources:
        kept = workspace.cache.get("row", workspace.keys[source.id])
        with suppress(ValidationError):
            if kept is not None and (one := cache.adapter(Row).validate_json(kept)).id == source.id:
                found[source] = one, cache.digest(kept)
    return found


def _saved_meanwhile(workspace: Workspace, source: SourceFile) -> Problem:
    """Report an article that is no longer what it was when its key was computed: its page would disappear."""
    found = "this article or the software changed while the archive was being read"
    return Problem(workspace.label(source.path), 0, 0, "saved-meanwhile", found, "Build again.")


Batch = Sequence[SourceFile]


def _read_batches(workspace: Workspace, sources: Batch) -> Iterator[tuple[Batch, list[Problem]]]:
    """Read these articles into the cache, on all cores if that pays; yield each batch with its problems."""
    workers = min(workspace.config.workers, len(sources) // (MIN_ARTICLES_FOR_WORKERS // 2))
    size = max(1, min(BATCH_SIZE, len(sources) // (4 * max(workers, 1))))  # small enough to keep every process busy
    batches = [sources[i : i + size] for i in range(0, len(sources), size)]
    if workers < 2:
        yield from ((batch, _read_batch(workspace, batch)) for batch in batches)
        return
    with ProcessPoolExecutor(workers, get_context("spawn"), _end_with_parent) as pool:
        work = functools.partial(_read_in_worker, workspace.config)
        yield from zip(batches, pool.map(work, batches), strict=True)


def _read_in_worker(config: Config, batch: Batch) -> list[Problem]:
    return _read_batch(_opened_in_worker(config), batch)


@functools.cache  # a worker process opens the archive once, for all its batches
def _opened_in_worker(config: Config) -> Workspace:
    return open_workspace(config, worker=True)


def _end_with_parent() -> None:
    """End this worker process when the build that started it is killed; otherwise it would wait forever."""

    def wait() -> None:
        if parent := parent_process():
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _read_batch(workspace: Workspace, batch: Batch) -> list[Problem]:
    """Read these articles into the cache: the model reads all of them, then the rules do. By turns they would push each
    other's data out of the processor's cache."""
    problems: dict[str, list[Problem]] = {source.id: [] for source in batch}
    analysed: list[tuple[SourceFile, str, Cleaned, Analysis]] = []
    for source in batch:
        key = workspace.key(source)
        try:
            one = clean_article(workspace, source)
        except ContentError as error:
            problems[source.id] = workspace.labelled(error.problems)
        else:
            analysed.append((source, key, one, analyse(workspace, one.article)))
    for source, key, one, analysis in analysed:
        try:
            briefing = link_article(workspace, one, analysis)
        except ContentError as error:
            problems[source.id] = workspace.labelled(error.problems)
        else:
            workspace.cache.put("briefing", key, cache.adapter(Briefing).dump_json(briefing))
            workspace.cache.put("row", key, cache.adapter(Row).dump_json(row(briefing)))
    return [problem for found in problems.values() for problem in found]


# --- the archive: pages -> publish ----------------------------------------------------------


def _write_pages(workspace: Workspace, archive: Archive, found: ArticleRows, progress: Progress) -> publish.Changes:
    config = workspace.config
    _copy_docs(config)
    templates = _templates(config, last_changes(config, workspace.sources, archive))
    pages = _pages(workspace, archive, found, templates, progress)
    every = chain(
        with_sitemap(pages, _hand_written(config), templates.site, unlisted(archive, templates.site)),
        preview_pictures(archive, templates.site),
    )
    return publish.write_pages(every, config.output, render.read_record(config).pages)


def _hand_written(config: Config) -> list[str]:
    """Return the hand-written pages of the site."""
    excluded = GitIgnoreSpec.from_lines(config.excluded)  # as MkDocs reads `exclude_docs`
    pages = (name for name in publish.hand_written(config.docs) if name.endswith(".md"))
    return [name for name in pages if not excluded.match_file(name)]


def _copy_docs(config: Config) -> None:
    """Copy the hand-written pages to where the generated ones go, if that is another folder."""
    if config.output == config.docs:
        return
    names = publish.hand_written(config.docs)
    for name in set(publish.hand_written(config.output)) - set(names):
        (config.output / name).unlink()
    for name in names:
        publish.replace_if_changed(config.output / name, (config.docs / name).read_bytes())


def _templates(config: Config, changed: Mapping[str, int] | None = None) -> Templates:
    folders = (config.label(config.sources), config.label(config.actors))
    about = Site(
        config.name, config.url, config.description, config.repository, config.branch, _intro(config), *folders,
        changed or {}, git.build_time(config.root), config.noindex,
        tuple(Tombstone(t.id, t.date, t.reason or "") for t in config.takedowns),
    )  # fmt: skip
    return load_templates(config.templates, about)


def _intro(config: Config) -> str:
    """Return the archive's own words for its home page, without comments."""
    text = read_contributed_text(config.home) if config.home.is_file() else ""
    return re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL).strip()


def _pages(
    workspace: Workspace, archive: Archive, found: ArticleRows, templates: Templates, progress: Progress
) -> Iterator[Page | LazyPage]:
    """Yield every page. One that is made raises StaleCacheError if the cache disagrees with the article it shows.

    The fingerprint of a briefing's page depends on its row: a row that was changed has the page made, and is noticed.
    """
    folders = (workspace.config.templates, SHIPPED / "templates")
    base = cache.digest(workspace.digest, repr(templates.site), *(cache.digest_files(f, "*.j2") for f in folders))
    keys = {name: cache.digest(workspace.keys[name], hash_) for name, hash_ in found.hashes.items()}
    fingerprints = Fingerprints(archive, keys, base)
    sources = {source.id: source for source in workspace.sources}

    def briefing(name: str) -> Briefing:
        kept = workspace.cache.get("briefing", workspace.keys[name])
        stored = proven(workspace, sources[name], kept, archive.by_id[name])
        if stored is None:
            raise StaleCacheError(workspace.label(sources[name].path))
        return stored

    for number, here in enumerate(sorted(archive.rows, key=lambda r: r.id), 1):
        yield from briefing_pages(here, briefing, archive, templates, fingerprints)
        progress("Writing briefings:", number, len(archive.rows))
    own = publish.kept_by_hand(workspace.config.output, STANDARD)
    yield from archive_pages(archive, templates, fingerprints, own)
    yield quality_page(templates)


# Pages that show every briefing.
WHOLE = ("", "briefings/", "actors/", "topics/", "timeline/", "statements/", "figures/", "care/", "network/")


def last_changes(config: Config, sources: Iterable[SourceFile], archive: Archive) -> dict[str, int]:
    """Return when each page last changed, as far as git knows, in seconds since 1970: {"actors/china.md": 1795337925}.

    A page changes with the files it shows: a source, its corrections, an actor's or topic's file, a hand-written page.
    """
    root = config.root
    files = git.last_changes(root, config.sources, config.actors, config.topics, config.docs)

    def when(path: Path) -> int:
        return files.get(path.relative_to(root).as_posix(), 0) if path.is_relative_to(root) else 0

    briefings = {name: max(when(path), when(corrections.beside(path))) for path, name in sources}
    found = {name: when(config.docs / name) for name in publish.hand_written(config.docs) if name.endswith(".md")}
    for place, folder in (("actors", config.actors), ("topics", config.topics)):
        found |= {
            f"{place}/{PurePosixPath(n).stem}.md": when(root / n) for n in files if (root / n).is_relative_to(folder)
        }
    for page, ids in _shown(archive):
        found[page] = max(found.get(page, 0), *(briefings.get(name, 0) for name in ids), 0)
    return {page: time for page, time in found.items() if time}


def _shown(archive: Archive) -> Iterable[tuple[str, list[str]]]:
    """Yield pages with the ids of the briefings they show."""
    everything = [row.id for row in archive.rows]
    for briefing in archive.rows:
        yield f"briefings/{briefing.id}.md", [briefing.id]
    for actor in archive.actors.values():
        yield f"actors/{escape.file_name(actor.id)}.md", [row.id for row, _ in actor.rows]
    for topic in archive.topics.values():
        yield f"topics/{escape.file_name(topic.id)}.md", [row.id for row in topic.rows]
    for year, rows in archive.years.items():
        for place in ("years", "timeline", "statements"):
            yield f"{place}/{year or 'undated'}.md", [row.id for row in rows]
    for place in WHOLE:
        yield f"{place}index.md", everything
