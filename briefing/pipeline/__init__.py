"""The order of the stages: read -> clean -> analyse -> facts -> link -> pages -> publish.

Everything up to links is worked out article by article and kept by a hash of what it depends on; the archive as
a whole is seen once, as compact rows, by `cross_link`. Mistakes in contributed content are collected over the
whole archive; while one stands, nothing is published.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from multiprocessing import get_context
from pathlib import Path, PurePosixPath

from pathspec import GitIgnoreSpec

from briefing import cache, corrections, escape, git
from briefing.archive import Archive, cross_link, duplicates
from briefing.archive.summaries import Row, row
from briefing.clean import clean
from briefing.config import Config
from briefing.content.problems import ContentError, Problem
from briefing.content.sources import find_sources, move_problems, read_source
from briefing.diff.compare import Snapshot, take
from briefing.model import Analysis, Article, Briefing, Later, Meta, Page, Source
from briefing.pipeline.article import Cleaned, analysis_of, cleaned, linked
from briefing.pipeline.workspace import Knowledge, knowledge
from briefing.registry import Registry
from briefing.registry.topics import unknown_topics
from briefing.site import (
    Site,
    Stamps,
    Templates,
    archive_pages,
    briefing_pages,
    load_templates,
    pictures,
    publish,
    quality_page,
    render,
    with_sitemap,
)

TOGETHER = 16  # articles that the model reads before the rules do
ENOUGH_FOR_WORKERS = 24  # new articles; for fewer, starting processes (each loads the model) costs more than it saves
STORE = "archive.sqlite"
Progress = Callable[[str, int, int], None]  # stage, done, of how many
Sources = list[tuple[Path, str]]  # a file and the id of its briefing
Keys = dict[str, str]  # id of a briefing -> a hash of all that it is read from


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


def build(config: Config, progress: Progress = lambda *_: None) -> Report:
    """Sources -> site. Raises ContentError with every problem found, and then nothing is published."""
    publish.refuse_others_folder(config.site)
    report = Report()
    with _timed(report, "read"):
        known, problems = knowledge(config)
        sources, more = find_sources([config.sources], config.sources)
        problems = labelled(config, [*(p for p in problems if p.severity == "error"), *more])
        problems += beside_and_moved(config, sources)
    with closing(open_store(config)) as store:
        with _timed(report, "facts"):
            if problems:  # what is wrong with the articles is told too, and no time spent on their facts
                raise ContentError(*problems, *source_problems(config, known, sources, store))
            keys = keys_of(config, known, sources)
            rows, problems = _rows(config, known, sources, keys, store, report, progress)
        if not problems and not rows:
            problems = [nothing(config)]
        if problems:
            raise ContentError(*problems)
        with _timed(report, "link"):
            whole = cross_link(rows, known.registry.actors, known.topics)
        with _timed(report, "pages"):
            _lay_out_docs(config)
            templates = _templates(config, last_changes(config, sources, whole))
            pages = _pages(config, known, keys, whole, store, progress, templates)
            all_pages = chain(
                with_sitemap(pages, _hand_written(config), templates.site), pictures(whole, templates.site)
            )
            report.pages = publish.write_pages(all_pages, config.output)
    with _timed(report, "site"):
        report.site = render.render_site(config, report.pages)
    report.actors = sum(bool(actor.rows) for actor in whole.actors.values())
    return report


def _stop(problem: Problem) -> None:
    raise ContentError(problem)


def facts(config: Config, paths: list[Path], complain: Callable[[Problem], None] = _stop) -> Iterator[Briefing]:
    """The briefings of these sources, in order; what can't be read goes to `complain`, the rest goes on. Which of
    them are one text printed twice is said too; whatever else is found in one does not depend on the others."""
    known, problems = knowledge(config)
    sources, more = find_sources(paths, config.sources)
    for problem in problems + more:
        if problem.severity == "error":
            complain(problem)
    alike = duplicates.notes(_prints(sources), {str(path): name for path, name in sources})
    with closing(cache.KeptBefore(config.cache / STORE)) as store:
        for path, name in sources:
            try:
                found = _briefing(config, known, store, path, name, str(path))
                yield replace(found, notes=(*found.notes, *alike.get(str(path), ())))
            except ContentError as error:
                for problem in error.problems:
                    complain(problem)


def _prints(sources: Sources) -> dict[str, duplicates.Fingerprint]:
    """What tells reprints, of every source that can be read; one alone is a reprint of nothing."""
    found: dict[str, duplicates.Fingerprint] = {}
    for path, name in sources if len(sources) > 1 else ():
        with suppress(ContentError):
            found[str(path)] = duplicates.fingerprint(read_source(path, name).body)
    return found


def articles(config: Config) -> Iterator[Article]:
    """The archive's articles, cleaned, before anything is found in them."""
    for path, name in find_sources([config.sources], config.sources)[0]:
        yield clean(read_source(path, name))


def archive(config: Config, progress: Progress = lambda *_: None) -> tuple[Archive, Registry]:
    """The archive as a build would publish it; raises ContentError where it would not."""
    known, problems = knowledge(config)
    sources, more = find_sources([config.sources], config.sources)
    wrong = [p for p in labelled(config, [*problems, *more]) if p.severity == "error"]
    with closing(open_store(config)) as store:
        keys = keys_of(config, known, sources)
        rows, unread = _rows(config, known, sources, keys, store, Report(), progress) if not wrong else ([], wrong)
    if unread:
        raise ContentError(*unread)
    return cross_link(rows, known.registry.actors, known.topics), known.registry


def read_text(config: Config, text: str) -> Briefing:
    """Words that are in no file, read and linked as an article would be."""
    known, problems = knowledge(config)
    wrong = [p for p in problems if p.severity == "error"]
    if wrong:
        raise ContentError(*wrong)
    article = clean(Source("text", "text", "", Meta(), text, 1, "utf-8"))
    with closing(open_store(config)) as store:
        return linked(known, Cleaned(article, None), analysis_of(article, known.model, store))


def to_review(config: Config, source: Path) -> tuple[Briefing, Callable[[str], None]]:
    """The briefing of one source as people left it, and a check whether other corrections to it can be followed."""
    known, problems = knowledge(config)
    found, more = find_sources([source], config.sources)
    wrong = [p for p in (*problems, *more) if p.severity == "error"]
    if wrong:
        raise ContentError(*wrong)
    ((path, name),) = found

    def follow(text: str) -> None:
        said = corrections.parse(text, str(corrections.beside(path)))
        with closing(open_store(config)) as store:
            _briefing(config, known, store, path, name, str(path), said)

    with closing(open_store(config)) as store:
        return _briefing(config, known, store, path, name, str(path)), follow


def snapshot(config: Config, progress: Progress = lambda *_: None) -> Snapshot:
    """What an archive knows and which pages it has; what is wrong is left out and told."""
    known, problems = knowledge(config)
    found, more = find_sources([config.sources], config.sources)
    problems = labelled(config, [*(p for p in problems if p.severity == "error"), *more])
    problems += beside_and_moved(config, found)
    with closing(open_store(config)) as store:
        keys = keys_of(config, known, found)
        rows, more = _rows(config, known, found, keys, store, Report(), progress)
        problems += more
        whole = cross_link(rows, known.registry.actors, known.topics)
        read = {row.id: keys[row.id] for row in rows}
        pages = _pages(config, known, read, whole, store, progress, _templates(config))
        return take(whole, pages, known.registry.actors, problems)


def clean_up(config: Config) -> None:
    """Remove what was generated, and nothing else."""
    publish.remove_pages(config.output)
    publish.remove_pages(config.site)
    for name in ("rendered", "archives"):
        shutil.rmtree(config.cache / name, ignore_errors=True)
    for path in config.cache.glob(f"{STORE}*"):
        path.unlink()
    if config.cache.is_dir() and not any(config.cache.iterdir()):
        config.cache.rmdir()


# --- articles, one by one -------------------------------------------------------------------


def _rows(
    config: Config,
    known: Knowledge,
    sources: Sources,
    keys: Keys,
    store: cache.Cache,
    report: Report,
    progress: Progress,
) -> tuple[list[Row], list[Problem]]:
    """What the rest of the archive needs of each article; every article that is new or changed is read."""
    fresh = [(path, name) for path, name in sources if not store.has("row", keys[name])]
    problems = _read_all(config, known, fresh, store, progress)
    kept = [store.get("row", keys[name]) for _, name in sources]
    rows = [cache.adapter(Row).validate_json(found) for found in kept if found is not None]
    if not problems:
        problems = [_saved_meanwhile(config, path) for (path, _), found in zip(sources, kept, strict=True) if not found]
    report.sources, report.analysed = len(sources), len(fresh)
    report.facts = sum(len(r.statements) + len(r.figures) + len(r.roles) + len(r.events) for r in rows)
    return rows, problems


def _saved_meanwhile(config: Config, path: Path) -> Problem:
    """What was read is not what the build began with: without a word its page would go."""
    found = "this article or the program changed while the archive was being read"
    return Problem(label(config, path), 0, 0, "saved-meanwhile", found, "Build again.")


def keys_of(config: Config, known: Knowledge, sources: Sources) -> Keys:
    git.authors.cache_clear()  # a process that builds again (`serve`) may find the same lines committed since
    return {name: _key(config, known, path, name) for path, name in sources}


def _key(config: Config, known: Knowledge, path: Path, name: str) -> str:
    try:
        data = path.read_bytes()
    except OSError:
        data = b""  # reading it says what is wrong
    return cache.digest(data, corrections.key(path), name, label(config, path), config.rights, known.digest)


def beside_and_moved(config: Config, sources: Sources) -> list[Problem]:
    """What is wrong between files: corrections that stand beside no article, old addresses that lead to two."""
    right = "Name it after its article, as in quay.md and quay.facts.yaml."
    found = corrections.without_source(config.sources, {path for path, _ in sources})
    stray = [Problem(str(p), 1, 1, "no-article", "no article matches these corrections", right) for p in found]
    return labelled(config, [*stray, *move_problems(sources)])


def _read_all(
    config: Config, known: Knowledge, sources: Sources, store: cache.Cache, progress: Progress
) -> list[Problem]:
    """Read these sources into the store, on all cores where it pays."""
    problems: list[Problem] = []
    workers = min(config.workers, len(sources) // (ENOUGH_FOR_WORKERS // 2))
    size = max(1, min(TOGETHER, len(sources) // (4 * max(workers, 1))))  # no process is left without work for long
    parts = [sources[i : i + size] for i in range(0, len(sources), size)]

    def tell(done: Iterable[list[Problem]]) -> list[Problem]:
        read = 0
        for part, found in zip(parts, done, strict=True):
            problems.extend(found)
            read += len(part)
            progress("Reading articles:", read, len(sources))
        return problems

    if workers < 2:
        return tell(_read_some(config, known, store, part) for part in parts)
    with ProcessPoolExecutor(workers, get_context("spawn"), _start_worker, (config,)) as pool:
        return tell(pool.map(_work, parts))


_at_work: tuple[Config, Knowledge, cache.Cache] | None = None  # of a worker process: its own model and store


def _start_worker(config: Config) -> None:
    global _at_work
    _at_work = (config, knowledge(config)[0], open_store(config))


def _work(sources: Sources) -> list[Problem]:
    assert _at_work is not None
    return _read_some(*_at_work, sources)


def _read_some(config: Config, known: Knowledge, store: cache.Cache, sources: Sources) -> list[Problem]:
    """Read these sources into the store: first the model reads all of them, then the rules do. Each finds what it
    needs still in the processor's cache, which makes both faster than by turns."""
    wrong: dict[str, list[Problem]] = {name: [] for _, name in sources}
    analysed: list[tuple[str, str, Cleaned, Analysis]] = []
    for path, name in sources:
        key = _key(config, known, path, name)
        try:
            one = _cleaned(config, known, path, name, label(config, path))
        except ContentError as error:
            wrong[name] = labelled(config, error.problems)
        else:
            analysed.append((name, key, one, analysis_of(one.article, known.model, store)))
    for name, key, one, analysis in analysed:
        try:
            briefing = linked(known, one, analysis)
        except ContentError as error:
            wrong[name] = labelled(config, error.problems)
        else:
            store.put("briefing", key, cache.adapter(Briefing).dump_json(briefing))
            store.put("row", key, cache.adapter(Row).dump_json(row(briefing)))
    return [problem for found in wrong.values() for problem in found]


def _briefing(
    config: Config,
    known: Knowledge,
    store: cache.Cache,
    path: Path,
    name: str,
    label: str,
    said: corrections.Corrections | None = None,
) -> Briefing:
    """One source, read and linked, as people left it: by the corrections given, else by those beside it."""
    one = _cleaned(config, known, path, name, label, said)
    return linked(known, one, analysis_of(one.article, known.model, store))


def _cleaned(
    config: Config, known: Knowledge, path: Path, name: str, label: str, said: corrections.Corrections | None = None
) -> Cleaned:
    source = checked_source(known, path, name, label)
    return cleaned(source, config.rights, said or corrections.read_corrections(path, label))


def source_problems(config: Config, known: Knowledge, sources: Sources, store: cache.Cache) -> list[Problem]:
    """Everything for which these sources can't be published; the language model is asked only about corrected ones."""
    return [p for path, name in sources for p in problems_of(config, known, path, name, store)]


def problems_of(config: Config, known: Knowledge, path: Path, name: str, store: cache.Cache) -> list[Problem]:
    """Everything for which a source can't be published."""
    try:
        checked_source(known, path, name, label(config, path))
        if corrections.beside(path).exists():  # whether they can be followed shows when they are
            _briefing(config, known, store, path, name, label(config, path))
    except ContentError as error:
        return labelled(config, error.problems)
    return []


def checked_source(known: Knowledge, path: Path, name: str, label: str) -> Source:
    """The source in a file; raises ContentError with everything for which it can't be published."""
    source = replace(read_source(path, name), path=label)
    problems = unknown_topics(source, known.topics, path)
    if problems:
        raise ContentError(*problems)
    return source


# --- the archive ----------------------------------------------------------------------------


def _pages(
    config: Config,
    known: Knowledge,
    keys: Keys,
    whole: Archive,
    store: cache.Cache,
    progress: Progress,
    templates: Templates,
) -> Iterator[Page | Later]:
    base = cache.digest(known.digest, repr(templates.site), cache.digest_files(config.templates, "*.j2"))
    stamps = Stamps(whole, keys, base)

    def briefing(name: str) -> Briefing:
        kept = store.get("briefing", keys[name])
        assert kept is not None
        found: Briefing = cache.adapter(Briefing).validate_json(kept)
        return found

    for number, name in enumerate(sorted(keys), 1):
        yield from briefing_pages(whole.by_id[name], briefing, whole, templates, stamps)
        progress("Writing briefings:", number, len(keys))
    yield from archive_pages(whole, templates, stamps)
    yield quality_page(templates)


def _templates(config: Config, changed: Mapping[str, int] | None = None) -> Templates:
    folders = (label(config, config.sources), label(config, config.actors))
    about = Site(config.name, config.url, config.description, config.repository, config.branch, *folders, changed or {})
    return load_templates(config.templates, about)


def _hand_written(config: Config) -> list[str]:
    """Return the hand-written pages of the site."""
    excluded = GitIgnoreSpec.from_lines(config.excluded)  # as MkDocs reads `exclude_docs`
    return [name for name in publish.by_hand(config.docs) if name.endswith(".md") and not excluded.match_file(name)]


def _lay_out_docs(config: Config) -> None:
    """The hand-written pages, beside which the generated ones of another archive are laid."""
    if config.output == config.docs:
        return
    for name in publish.by_hand(config.docs):
        publish.replace_if_changed(config.output / name, (config.docs / name).read_bytes())


def open_store(config: Config) -> cache.Cache:
    return cache.Cache(config.cache / STORE)


def label(config: Config, path: Path) -> str:
    """The path as people of this archive know it: from its root, where it lies below."""
    return path.relative_to(config.root).as_posix() if path.is_relative_to(config.root) else str(path)


def labelled(config: Config, problems: Iterable[Problem]) -> list[Problem]:
    """Problems with paths as people of this archive know them."""
    root = f"{config.root}/"
    return [
        replace(p, path=label(config, Path(p.path)), found=p.found.replace(root, ""), right=p.right.replace(root, ""))
        for p in problems
    ]


def nothing(config: Config) -> Problem:
    found = "no articles in this folder"
    right = "Add at least one .md or .txt file. An archive without articles is not published."
    return Problem(label(config, config.sources), 0, 0, "no-sources", found, right)


@contextmanager
def _timed(report: Report, stage: str) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    report.seconds[stage] = time.perf_counter() - begun


# Archive -> when each of its pages last changed, as far as git knows.
#
#     last_changes(config, sources, archive)   ->   {"briefings/2012/quay.md": 1795337925, "actors/china.md": ...}
#
# A page changes with the files that it shows: a source, its corrections, an actor's or a topic's file, a hand-written
# page.

WHOLE = (
    "",
    "briefings/",
    "actors/",
    "topics/",
    "timeline/",
    "statements/",
    "figures/",
    "care/",
    "network/",
)  # all rows


def last_changes(config: Config, sources: Iterable[tuple[Path, str]], archive: Archive) -> dict[str, int]:
    """`sources` are files and the ids of their briefings. Times are seconds since 1970."""
    root = config.root
    files = git.last_changes(root, config.sources, config.actors, config.topics, config.docs)

    def when(path: Path) -> int:
        return files.get(path.relative_to(root).as_posix(), 0) if path.is_relative_to(root) else 0

    briefings = {name: max(when(path), when(corrections.beside(path))) for path, name in sources}
    found = {name: when(config.docs / name) for name in publish.by_hand(config.docs) if name.endswith(".md")}
    for place, folder in (("actors", config.actors), ("topics", config.topics)):
        found |= {f"{place}/{PurePosixPath(n).stem}.md": when(root / n) for n in files if (root / n).parent == folder}
    for page, ids in _shown(archive):
        found[page] = max(found.get(page, 0), *(briefings.get(name, 0) for name in ids), 0)
    return {page: time for page, time in found.items() if time}


def _shown(archive: Archive) -> Iterable[tuple[str, list[str]]]:
    """Pages with the briefings that they show."""
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
