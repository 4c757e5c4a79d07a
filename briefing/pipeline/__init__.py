"""Run the stages in order: read -> clean -> analyse -> facts -> link -> pages -> publish.

Everything up to the links is worked out for each article alone and cached under a hash of what it depends on. The
archive as a whole is seen once, as compact rows, by `cross_link`. Mistakes in contributed files are collected over the
whole archive; while there is one, nothing is published.
"""

from __future__ import annotations

import functools
import gc
import hashlib
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

from briefing import cache, corrections, escape, git, unchanged
from briefing.archive import Archive, cross_link, duplicates
from briefing.archive.summaries import Row, row
from briefing.clean import clean
from briefing.config import Config, previous_facts
from briefing.content.problems import ContentError, Problem
from briefing.content.sources import SourceFile, find_sources, read_source
from briefing.content.validation import read_text as read_contributed_text
from briefing.diff.compare import Snapshot, take
from briefing.lexicon import SHIPPED
from briefing.link.asked import in_words
from briefing.model import Analysis, Article, Briefing, DataFile, LazyPage, Meta, Page, Source
from briefing.pipeline import cluster
from briefing.pipeline.article import (
    ASKED,
    Asked,
    Cleaned,
    analyse,
    briefing_of,
    clean_article,
    link_article,
    problems_of,
    proven,
    read_anew,
)
from briefing.pipeline.lock import locked
from briefing.pipeline.workspace import (
    CACHE_FILE,
    Memory,
    Workspace,
    generated_places,
    open_workspace,
    tracked_output,
)
from briefing.registry import Registry
from briefing.site import (
    STANDARD,
    Data,
    Fingerprints,
    Site,
    Templates,
    Tombstone,
    archive_pages,
    briefing_pages,
    changes,
    data_pages,
    facts_json,
    load_templates,
    preview_pictures,
    publish,
    quality_page,
    query_page,
    render,
    template_hashes,
    unlisted,
    with_sitemap,
)
from briefing.site.switch import recover
from briefing.text import language_model
from briefing.unchanged import Built, Inputs

BATCH_SIZE = 16  # articles that the model reads before the rules do
MIN_ARTICLES_FOR_WORKERS = 24  # starting processes, each with its own model, costs more than it saves for fewer
LOCKS, DATA = "locks", "data"  # folders in the cache; that of data has the name of the published one
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
    unchanged: Built | None = None  # the numbers of the last build, if there was nothing to do
    explained: tuple[str, ...] = ()
    pages: publish.Changes = field(default_factory=lambda: publish.Changes((), (), 0))
    site: publish.Changes = field(default_factory=lambda: publish.Changes((), (), 0))
    seconds: dict[str, float] = field(default_factory=dict)
    _begun: float = field(default_factory=time.perf_counter)

    def finish(self, stage: str) -> None:
        """Record the time since the stage before ended."""
        now = time.perf_counter()
        self.seconds[stage], self._begun = now - self._begun, now


def build(
    config: Config,
    progress: Progress = lambda *_: None,
    explain: Path | None = None,
    memory: Memory | None = None,
) -> Report:
    """Build the site. Raises ContentError with every error found, and then publishes nothing.

    `explain` is an article or a generated page: the report then says what was reused for it, and why the rest was not.
    `memory` is what the last build of this process left.
    """
    _raise_any(config.labelled(tracked_output(config)))
    publish.refuse_foreign_folder(config.site)
    with locked(config.cache / LOCKS, (config.output, config.site)):
        recover(config.site)
        begun = time.perf_counter()
        inputs = unchanged.look(config)
        if inputs.last:
            last = inputs.last
            left = publish.Changes((), (), last.pages), publish.Changes((), (), last.files)
            report = Report(last.sources, 0, last.facts, last.actors, last, _nothing_new(explain), *left)
            report.seconds["look"] = time.perf_counter() - begun
            return report
        return _build(config, progress, inputs, explain, memory or Memory())


def _build(config: Config, progress: Progress, inputs: Inputs, explain: Path | None, memory: Memory) -> Report:
    report = Report()
    inputs.begin()
    gc.set_threshold(*language_model.GC_THRESHOLDS)  # with Python's default, reading rows takes twice as long

    def pages(workspace: Workspace, found: ArticleRows) -> Archive:
        _raise_any(found.problems or ([] if found.rows else [no_sources(config)]))
        report.finish("facts")
        archive = _cross_linked(workspace, found)
        report.finish("link")
        report.pages = _write_pages(workspace, archive, found, progress)
        report.finish("pages")
        return archive

    with closing(open_workspace(config, hashes=inputs.hashes, memory=memory)) as workspace:
        errors = workspace.errors
        report.finish("read")
        if errors:  # report errors in articles too, but spend no time on facts
            raise ContentError(*errors, *(p for source in workspace.sources for p in problems_of(workspace, source)))
        workspace.cache.use(config.output, workspace.keys.values())
        found, archive = _with_articles(workspace, progress, pages)
        workspace.cache.forget_unused(config.output, workspace.keys.values())
        told = explained(workspace, found, explain, report.pages, inputs) if explain else ()
    report.site = render.render_site(config)
    report.finish("site")
    report.sources, report.analysed, report.explained = len(found.rows), len(found.why), told
    report.facts = sum(len(r.statements) + len(r.figures) + len(r.roles) + len(r.events) for r in found.rows)
    report.actors = sum(bool(actor.rows) for actor in archive.actors.values())
    pages_, site = (publish.generated(folder) for folder in (config.output, config.site))
    built = Built(report.sources, report.facts, report.actors, len(pages_), len(site))
    written = {folder: [*names, publish.MANIFEST] for folder, names in ((config.output, pages_), (config.site, site))}
    inputs.remember(built, written, generated_places(config))
    return report


def _nothing_new(path: Path | None) -> tuple[str, ...]:
    return (f"{path}: unchanged. Nothing that a build reads has changed since the last build.",) if path else ()


def explained(
    workspace: Workspace, found: ArticleRows, path: Path, pages: publish.Changes, inputs: Inputs
) -> tuple[str, ...]:
    """Say of an article or a generated page what was reused in this build, and why the rest was not."""
    whole = path.absolute()
    source = next((s for s in workspace.sources if s.path == whole), None)
    if source is None:
        return (_explained_page(workspace.config, whole, path, pages),)
    why = found.why.get(source.id)
    if why == FROM_FILES:
        files = {"the article": source.path, "its corrections file": corrections.beside(source.path)}
        why = [f"{what} {news}" for what, one in files.items() if (news := inputs.news(one))]
        why = why or ["the program, a setting or the history of its corrections has changed"]
    elif why is not None:
        more = f" and {len(why) - NAMED_CHANGES} more" if len(why) > NAMED_CHANGES else ""
        why = [f"registry or topics now say something else about {', '.join(why[:NAMED_CHANGES])}{more}"]
    if why is None:
        return (f"{path}: its briefing was kept, as neither it nor what it asks of registry and topics has changed.",)
    own = [name for name in pages.written if name.startswith((f"briefings/{source.id}.", f"briefings/{source.id}/"))]
    model = "The language model read it." if source.id in found.analysed else "The language model's analysis was kept."
    return (
        f"{path}: read again, because {'; '.join(why)}. {model}",
        f"Pages written in this build: {len(pages.written)}, of them its own: {', '.join(own) or 'none'}.",
    )


def _explained_page(config: Config, whole: Path, path: Path, pages: publish.Changes) -> str:
    name = whole.relative_to(config.output).as_posix() if whole.is_relative_to(config.output) else str(path)
    if name in pages.written:
        return f"{path}: written again, because something that it shows has changed: its articles, actors or templates."
    if name in publish.generated(config.output):
        return f"{path}: kept, as nothing that it shows has changed."
    return f"{path}: neither an article nor a generated page. Give a path below {config.label(config.sources)} or docs."


def archive(config: Config, progress: Progress = lambda *_: None) -> tuple[Archive, Registry]:
    """Return the archive as a build would publish it; raise ContentError where a build would."""
    with closing(open_workspace(config)) as workspace:
        _raise_any(workspace.errors)
        found = read_articles(workspace, progress)
        _raise_any(found.problems)
        return _cross_linked(workspace, found), workspace.registry


def _cross_linked(workspace: Workspace, found: ArticleRows) -> Archive:
    return cross_link(found.rows, workspace.registry.actors, workspace.topics, workspace.config.actor_pages)


def snapshot(config: Config, progress: Progress = lambda *_: None) -> Snapshot:
    """Return what an archive knows and which pages it has; files with errors are left out and reported."""

    def taken(workspace: Workspace, found: ArticleRows) -> Snapshot:
        whole = _cross_linked(workspace, found)
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
        return link_article(workspace, Cleaned(article, None), analyse(workspace, article)[0])


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
        for name in ("rendered", "archives", DATA, unchanged.FOLDER, LOCKS):
            shutil.rmtree(config.cache / name, ignore_errors=True)
        for path in (*config.cache.glob(f"{CACHE_FILE}*"), *config.cache.glob(f"{DATA}.json")):
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
    why: dict[str, list[str]]  # of articles that were read now, what had changed; the others were in the cache
    analysed: frozenset[str]  # ids of those that the language model read
    hashes: dict[str, str]  # of rows and briefings as stored, by id


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
        workspace.cache.forget("analysis", *cache.OF_ARTICLES)
        workspace.memory.rows.clear()
    found = read_articles(workspace, progress)
    return found, use(workspace, found)


def read_articles(workspace: Workspace, progress: Progress) -> ArticleRows:
    """Read every article that is new or changed into the cache, and return the rows of all."""
    stored, why = _stored_rows(workspace, workspace.sources)
    missing = [source for source in workspace.sources if source not in stored]
    problems: list[Problem] = []
    analysed: set[str] = set()
    for _ in range(2):  # again if a worker found the cache damaged
        problems, read = [], 0
        try:
            for batch, done in _read_batches(workspace, missing):
                problems += done.problems
                analysed |= done.analysed
                read += len(batch)
                progress("Reading articles:", read, len(missing))
        except cache.CacheDamagedError as error:
            workspace.cache.set_aside(error)
        before = workspace.memory.rows
        stored |= _stored_rows(workspace, missing)[0]
        workspace.memory.rows |= before
        missing = [source for source in missing if source not in stored]
        if problems or not missing:
            break
    if not problems:
        problems = [_saved_meanwhile(workspace, source) for source in missing]
    rows = [stored[source] for source in workspace.sources if source in stored]
    hashes = {row.id: hash_ for row, hash_ in rows}
    return ArticleRows([row for row, _ in rows], problems, why, frozenset(analysed), hashes)


Stored = dict[SourceFile, tuple[Row, str]]


def _stored_rows(workspace: Workspace, sources: Iterable[SourceFile]) -> tuple[Stored, dict[str, list[str]]]:
    """Return the rows of these articles that the cache has, each with its hash, and why the others must be read."""
    found: Stored = {}
    why: dict[str, list[str]] = {}
    sure: dict[str, bytes] = {}  # articles to which registry and topics answer as they did
    now = workspace.knowledge.encode()
    remembered, workspace.memory.rows = workspace.memory.rows, {}
    for source in sources:
        key = workspace.keys[source.id]
        if (whole := f"{key} {workspace.knowledge}") in remembered:
            found[source] = workspace.memory.rows[whole] = remembered[whole]
            continue
        kept = workspace.cache.get("row", key)
        known = kept is not None and workspace.cache.get("known", key) == now
        if kept is not None and not known:
            different = _other_answers(workspace, key)
            if different:
                why[source.id] = different
                continue
            sure[key] = now
        with suppress(ValidationError):
            if kept is not None and (one := cache.adapter(Row).validate_json(kept[HASH:])).id == source.id:
                found[source] = workspace.memory.rows[whole] = one, cache.digest(kept)
                continue
        why[source.id] = FROM_FILES
    workspace.cache.put_all("known", sure)
    return found, why


def _other_answers(workspace: Workspace, key: str) -> list[str]:
    """Return what registry and topics answer otherwise than when the article with this key was read."""
    try:
        kept = ASKED.validate_json(workspace.cache.get("asked", key) or b"")
    except ValidationError:
        return ["a damaged cache"]
    now = workspace.answers.to(kept.questions, kept.text)
    changed = sorted(asked for asked in now.keys() | kept.answers.keys() if now.get(asked) != kept.answers.get(asked))
    return [in_words(asked) for asked in changed]


def _saved_meanwhile(workspace: Workspace, source: SourceFile) -> Problem:
    """Report an article that is no longer what it was when its key was computed: its page would disappear."""
    found = "this article or the software changed while the archive was being read"
    return Problem(workspace.label(source.path), 0, 0, "saved-meanwhile", found, "Build again.")


Batch = Sequence[SourceFile]


class Done(NamedTuple):
    problems: list[Problem]
    analysed: frozenset[str]  # ids of the articles that the language model read


def _read_batches(workspace: Workspace, sources: Batch) -> Iterator[tuple[Batch, Done]]:
    """Read these articles into the cache, on all cores if that pays; yield each batch with its problems."""
    if workspace.config.cluster and sources:
        yield from cluster.read(workspace, functools.partial(_batches, sources), _read_batch)
        return
    workers = min(workspace.config.workers, len(sources) // (MIN_ARTICLES_FOR_WORKERS // 2))
    batches = _batches(sources, workers)
    if workers < 2:
        yield from ((batch, _read_batch(workspace, batch)) for batch in batches)
        return
    with ProcessPoolExecutor(workers, get_context("spawn"), _end_with_parent) as pool:
        work = functools.partial(_read_in_worker, workspace.config)
        yield from zip(batches, pool.map(work, batches), strict=True)


def _batches(sources: Batch, workers: int) -> list[Batch]:
    size = max(1, min(BATCH_SIZE, len(sources) // (4 * max(workers, 1))))  # small enough to keep every process busy
    return [sources[i : i + size] for i in range(0, len(sources), size)]


def _read_in_worker(config: Config, batch: Batch) -> Done:
    return _read_batch(_opened_in_worker(config), batch)


@functools.cache  # a worker process opens the archive once, for all its batches
def _opened_in_worker(config: Config) -> Workspace:
    # only one process replaces a damaged cache
    return open_workspace(config, cache=cache.Cache(config.cache / CACHE_FILE, replaceable=False))


def _end_with_parent() -> None:
    """End this worker process when the build that started it is killed; otherwise it would wait forever."""

    def wait() -> None:
        if parent := parent_process():
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _read_batch(workspace: Workspace, batch: Batch) -> Done:
    """Read these articles into the cache: the model reads all of them, then the rules do. By turns they would push each
    other's data out of the processor's cache."""
    problems: dict[str, list[Problem]] = {source.id: [] for source in batch}
    analysed: list[tuple[SourceFile, str, Cleaned, Analysis]] = []
    by_model: set[str] = set()
    for source in batch:
        key = workspace.key(source)
        try:
            one = clean_article(workspace, source)
        except ContentError as error:
            problems[source.id] = workspace.labelled(error.problems)
        else:
            analysis, new = analyse(workspace, one.article)
            by_model |= {source.id} if new else set()
            analysed.append((source, key, one, analysis))
    for source, key, one, analysis in analysed:
        try:
            briefing, asked = read_anew(workspace, one, analysis)
        except ContentError as error:
            problems[source.id] = workspace.labelled(error.problems)
        else:
            _keep(workspace, key, briefing, asked)
    return Done([problem for found in problems.values() for problem in found], frozenset(by_model))


NAMED_CHANGES = 6  # answers named in an explanation
FROM_FILES: list[str] = []  # why an article must be read whose file, corrections or program are other ones
HASH = 128  # characters before a row: the hashes of its briefing and of its facts as published


def _keep(workspace: Workspace, key: str, briefing: Briefing, asked: Asked) -> None:
    """Put a briefing into the cache; the row last, as an article with a row counts as read."""
    whole = cache.adapter(Briefing).dump_json(briefing)
    shown = cache.adapter(Row).dump_json(row(briefing))
    published = facts_json.publishable(briefing)
    workspace.cache.put("briefing", key, whole)
    workspace.cache.put("facts", key, published)
    workspace.cache.put("asked", key, ASKED.dump_json(asked))
    workspace.cache.link_analysis(key, asked.analysis)
    workspace.cache.put("known", key, workspace.knowledge.encode())
    hashes = hashlib.sha256(whole).hexdigest() + hashlib.sha256(published).hexdigest()
    workspace.cache.put("row", key, hashes.encode() + shown)


# --- the archive: pages -> publish ----------------------------------------------------------


def _write_pages(workspace: Workspace, archive: Archive, found: ArticleRows, progress: Progress) -> publish.Changes:
    config = workspace.config
    _copy_docs(config)
    templates = _templates(config, last_changes(config, workspace.sources, archive))
    pages = _pages(workspace, archive, found, templates, progress)
    every = chain(
        with_sitemap(
            chain(pages, _data_pages(workspace, archive, found, templates)),
            _hand_written(config),
            templates.site,
            unlisted(archive, templates.site),
        ),
        preview_pictures(archive, templates.site),
    )
    return publish.write_pages(every, config.output, render.read_record(config).pages)


def _changes(config: Config, data: Data, fingerprint: str) -> Iterator[Page | LazyPage]:
    """Yield the log of changed facts, which goes with the data."""
    if "facts" in data.parts:
        previous = previous_facts(config.previous)
        if config.previous and not previous:
            LOG.warning("%s: nothing was published there yet, so the log of changes is empty.", config.previous)
        now = changes.Facts((row.id for row in data.archive.rows), lambda name: data.contract(name).decode())
        yield from changes.pages(previous, now, data.templates, fingerprint)


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
    base = cache.digest(workspace.program, repr(templates.site))
    keys = {name: cache.digest(workspace.keys[name], hash_) for name, hash_ in found.hashes.items()}
    fingerprints = Fingerprints(archive, keys, base, template_hashes(workspace.config.templates))
    sources = {source.id: source for source in workspace.sources}

    def briefing(name: str) -> Briefing:
        kept = workspace.cache.get("briefing", workspace.keys[name])
        stored = proven(workspace, sources[name], kept, archive.by_id[name])
        if stored is None or facts_json.publishable(stored) != _published(workspace, name):
            raise StaleCacheError(workspace.label(sources[name].path))
        return stored

    for number, here in enumerate(sorted(archive.rows, key=lambda r: r.id), 1):
        yield from briefing_pages(here, briefing, archive, templates, fingerprints)
        progress("Writing briefings:", number, len(archive.rows))
    own = publish.kept_by_hand(workspace.config.output, STANDARD)
    yield from archive_pages(archive, templates, fingerprints, own)
    yield quality_page(templates)


def _data_pages(
    workspace: Workspace, archive: Archive, found: ArticleRows, templates: Templates
) -> Iterator[Page | LazyPage | DataFile]:
    """Yield the pages of data, the files and the log of changes. They raise StaleCacheError as pages do."""
    config = workspace.config
    contract = functools.partial(_published, workspace)
    base = cache.digest(workspace.program, repr(templates.site))
    keys = {name: cache.digest(base, workspace.keys[name], hash_) for name, hash_ in found.hashes.items()}
    published = publish.unchanged_files(config.output, DATA)
    data = Data(archive, templates, frozenset(config.data), contract, config.cache / DATA, keys, published)
    hashes = (part for one in sorted(found.hashes.items()) for part in one)
    key = cache.digest(_fingerprint(workspace, templates), workspace.knowledge, *hashes)
    return chain(data_pages(data, key), query_page(data, key), _changes(config, data, key))


def _fingerprint(workspace: Workspace, templates: Templates) -> str:
    """Hash what every page is made of."""
    folders = (workspace.config.templates, SHIPPED / "templates")
    return cache.digest(workspace.program, repr(templates.site), *(cache.digest_files(f, "*.j2") for f in folders))


def _published(workspace: Workspace, name: str) -> bytes:
    """Return the facts of a briefing as published; raise StaleCacheError if they are not those that its row belongs to.

    A row that was changed has the page of its briefing made, which compares these facts with the article.
    """
    key = workspace.keys[name]
    kept, row_ = workspace.cache.get("facts", key), workspace.cache.get("row", key)
    if kept is None or row_ is None or hashlib.sha256(kept).hexdigest().encode() != row_[HASH // 2 : HASH]:
        raise StaleCacheError(name)
    return kept


# Pages that show every briefing.
WHOLE = ("", "briefings/", "actors/", "topics/", "timeline/", "statements/", "figures/", "care/", "network/")


def last_changes(config: Config, sources: Iterable[SourceFile], archive: Archive) -> dict[str, int]:
    """Return when each page last changed, as far as git knows, in seconds since 1970: {"actors/china.md": 1795337925}.

    A page changes with the files it shows: a source, its corrections, an actor's or topic's file, a hand-written page.
    """
    root = config.root
    files = git.last_changes(root, config.sources, config.actors, config.topics, config.docs)
    if not files:
        return {}

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
