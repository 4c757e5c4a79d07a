"""Render docs/ to site/: pages are made, Pagefind indexes them, and the whole is published in `site/` at once.

Generated pages are filled into shells of the theme by all cores (`express.py`); MkDocs renders hand-written pages. With
`publisher: mkdocs`, or where shells cannot be made, MkDocs renders everything.

There is one copy of the site. The next one is put together in a folder beside it: what is the same is a hard link to
the published file, and everything else is written once. A record has the hash of each file of docs/ that was published
and of each file that came of it. Only pages with another hash are made again, unless something changed that every page
depends on, or somebody changed a file of the site.
"""

from __future__ import annotations

import ctypes
import errno
import gc
import hashlib
import logging
import os
import pickle
import posixpath
import re
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pathspec import GitIgnoreSpec
from pydantic import TypeAdapter, ValidationError

from briefing.cache import digest, digest_files
from briefing.config import DEFAULTS, THEME, Config, load_mkdocs, mkdocs_settings, read_settings
from briefing.content.validation import read_text
from briefing.site import express, publish, search_index
from briefing.site.express import Express, NotExpressError, Shells, Theme, file_of, front_matter, in_navigation
from briefing.site.publish import Changes, Listed, Tree
from briefing.site.search_index import SEARCHED, SearchError, make_search
from briefing.site.switch import NEXT, NOT_MOVABLE, beside, link, publish_changes, publish_site

SEARCH = "pagefind"  # folder of the search index
CHECKSUMS = "checksums.txt"  # SHA-256 of every other file of the site
MIN_PAGES = 100  # for another process
SAMPLES = 12  # pages of a folder, made before others
BIG = 5_000  # files of a site; to link and to remove them again takes half a second
LOG = logging.getLogger(__name__)


class SiteError(Exception):
    """MkDocs or Pagefind failed; the message is theirs."""


@dataclass(frozen=True, slots=True)
class Record:
    """What was published."""

    shell: str = ""  # hash of what all pages depend on
    pages: dict[str, str] = field(default_factory=dict)  # hash of each generated file of docs/
    own: dict[str, str] = field(default_factory=dict)  # of each hand-written one, and of what its links lead to
    files: dict[str, Listed] = field(default_factory=dict)  # of the site


RECORD = TypeAdapter(Record)
SHELLS = TypeAdapter(Shells)


def render_site(config: Config) -> Changes:
    """Bring the site up to date with the pages in docs/."""
    path, before, shell = _record(config), read_record(config), _shell(config)
    pages = {name: listed.hashes[0] for name, listed in publish.generated(config.output).items()}
    own = _own(config, pages)
    now = Record(shell, pages, own)
    same = _as_recorded(config.site, before)
    whole = not shell or before.shell != shell or not same
    if not whole and (pages, own) == (before.pages, before.own):
        return Changes((), (), len(before.files))
    shutil.rmtree(path.with_suffix(""), ignore_errors=True)  # a copy of the site, as earlier versions kept it
    path.unlink(missing_ok=True)  # if publishing is interrupted, everything is made again
    stage = Stage(config, before.files)
    stage.as_before = same
    stage.sparse = not whole and _few(before, now) and stage.folder == beside(config.site, NEXT)
    try:
        _make(config, stage, before, now, whole)
        _make_search(config, stage)
        sums = (f"{listed.hashes[0]}  {name}\n" for name, listed in sorted(stage.files.items()) if name != CHECKSUMS)
        stage.put(CHECKSUMS, "".join(sums).encode())
        known = hashes(before.files)
        if stage.sparse:
            changes = publish_changes(stage.folder, stage.written, stage.files, config.site, known)
        else:
            changes = publish_site(stage.folder, stage.files, config.site, known)
    finally:
        shutil.rmtree(stage.folder, ignore_errors=True)
    publish.replace_file(path, RECORD.dump_json(Record(shell, pages, own, stage.files)))
    return changes


def _few(before: Record, now: Record) -> bool:
    """Tell whether so little changed in so big a site that a link for each of its files would take most of the time."""
    changed = sum(before.pages.get(name) != hash_ for name, hash_ in now.pages.items())
    changed += len(before.pages.keys() - now.pages.keys())
    return len(before.files) > BIG and changed * 20 < len(before.files)


def _make(config: Config, stage: Stage, before: Record, now: Record, whole: bool) -> None:
    """Put the pages and files of the next site into its folder."""
    if config.publisher == "express" and now.shell:
        try:
            Publisher(config, stage, before, now).publish(whole)
            return
        except NotExpressError as error:
            LOG.warning("MkDocs renders all pages, which takes longer: %s", error)
            stage.clear()
    _run_mkdocs(config, stage)


def _record(config: Config) -> Path:
    return config.cache / "rendered" / f"{digest(str(config.output))[:12]}.json"


def read_record(config: Config) -> Record:
    """Return what the last build published; an empty record if that is not known."""
    try:
        return _parsed(_record(config).read_bytes())
    except (FileNotFoundError, ValidationError):
        return Record()


@lru_cache(maxsize=1)  # a build reads it twice
def _parsed(data: bytes) -> Record:
    return RECORD.validate_json(data)


def hashes(files: dict[str, Listed]) -> dict[str, str]:
    return {name: listed.hashes[0] for name, listed in files.items()}


def _as_recorded(site: Path, record: Record) -> bool:
    """Tell whether the site has all that was published, and nobody changed it since."""
    tree = Tree(site)
    with suppress(OSError):
        if (site / publish.MANIFEST).read_bytes() == publish.list_of(record.files):
            return all(_is(tree.stat(name), listed) for name, listed in record.files.items())
    return False


def _is(found: os.stat_result | None, listed: Listed) -> bool:
    return found is not None and (found.st_size, found.st_mtime_ns) == (listed.size, listed.time)


# --- the folder of the next site ----------------------------------------------------------------


class Stage:
    """The next site, in a folder beside the site; on a mount point or in a read-only folder, in the cache.

    If it is `sparse`, only what is new is there, and the rest in the published site.
    """

    def __init__(self, config: Config, before: Mapping[str, Listed]) -> None:
        self.site, self.before = config.site, before
        self.work = config.cache / "rendered"
        self.files: dict[str, Listed] = {}
        self.written: set[str] = set()  # files that are new
        self.sparse = False
        self.as_before = False  # the published site is known to be what was published
        self._tree = Tree(config.site)
        self._folders: set[str] = set()
        self.folder = beside(config.site, NEXT)
        self.work.mkdir(parents=True, exist_ok=True)
        try:
            if config.site.is_mount():
                raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(config.site))
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
        except OSError as error:
            if error.errno not in NOT_MOVABLE:
                raise
            self.folder = self.work / NEXT
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir()

    def clear(self) -> None:
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        self.files.clear()
        self.written.clear()
        self._folders.clear()
        self.sparse = False

    def put(self, name: str, data: bytes) -> None:
        """Write a file, unless it is published already."""
        hash_ = hashlib.sha256(data).hexdigest()
        if not self.keep(name, hash_):
            place = self._place(name)
            place.write_bytes(data)
            self._add(name, hash_, place.stat())

    def put_file(self, name: str, path: Path, hash_: str = "", ours: bool = False) -> None:
        """Put a file there, unless it is published already; as a link, if nobody but us writes it."""
        hash_ = hash_ or publish.hash_of(path)
        if not self.keep(name, hash_):
            place = self._place(name)
            link(path, place) if ours else shutil.copyfile(path, place)
            self._add(name, hash_, place.stat())

    def keep(self, name: str, hash_: str = "") -> bool:
        """Take a file from the published site; return whether it has this content and nobody changed it."""
        if (there := self.files.pop(name, None)) is not None:
            if hash_ == there.hashes[0]:
                self.files[name] = there
                return True
            (self.folder / name).unlink(missing_ok=True)  # it may be a link to the published file
            self.written.discard(name)
        old = self.before.get(name)
        if old is None or (hash_ and old.hashes[0] != hash_):
            return False
        if not self.as_before and not _is(self._tree.stat(name), old):
            return False
        if not self.sparse:
            link(self.site / name, self._place(name))
        self.files[name] = old
        return True

    def path(self, name: str) -> Path:
        """Return where a file of the next site is now."""
        return (self.site if self.sparse and name not in self.written else self.folder) / name

    def _place(self, name: str) -> Path:
        folder = name.rpartition("/")[0]
        if folder not in self._folders:
            (self.folder / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        return self.folder / name

    def _add(self, name: str, hash_: str, status: os.stat_result) -> None:
        self.files[name] = Listed((hash_,), "", status.st_size, status.st_mtime_ns)
        self.written.add(name)


# --- pages --------------------------------------------------------------------------------------

MARKDOWN_LINK = re.compile(r"\]\(([^)#\s]+\.md)\b")


def _own(config: Config, pages: Mapping[str, str]) -> dict[str, str]:
    """Return the hash of each hand-written file, and for pages of which links lead to pages."""
    found: dict[str, str] = {}
    for name in publish.hand_written(config.output):
        data = (config.output / name).read_bytes()
        found[name] = digest(data)
        if name.endswith(".md"):
            folder = posixpath.dirname(name)
            links = MARKDOWN_LINK.findall(data.decode("utf-8", "replace"))
            found[name] = digest(data, repr([posixpath.normpath(posixpath.join(folder, to)) in pages for to in links]))
    return found


class Publisher:
    """Makes the pages of one build: generated ones in processes, hand-written ones with MkDocs."""

    def __init__(self, config: Config, stage: Stage, before: Record, now: Record) -> None:
        self.config, self.stage, self.before, self.now = config, stage, before, now
        self.docs = config.output
        self.excluded = GitIgnoreSpec.from_lines([".*", "/templates/", *config.excluded])  # as MkDocs reads them
        self.theme = cache(lambda: _theme(config, now))
        self.shells = self._known_shells()
        self.express = Express(self.shells, self.theme)

    def publish(self, whole: bool) -> None:
        now, before, stage = self.now, self.before, self.stage
        pages = [name for name in now.pages if whole or now.pages[name] != before.pages.get(name)]
        own = whole or now.own != before.own
        if not whole:
            gone = {file_of(name) for name in before.pages if now.pages.get(name) != before.pages[name]}
            gone |= {file_of(name) for name in before.own.keys() - now.own.keys()}
            for name in before.files:
                if name not in gone and not name.startswith(f"{SEARCH}/"):
                    stage.keep(name)
        with _warnings() as warnings:
            if self.shells.site is None:
                self.theme()  # before there are more processes
            pages = sorted(name for name in pages if not self.excluded.match_file(name))
            self._make([name for name in pages if name.endswith(".md")])
            for name in pages:
                if not name.endswith(".md"):
                    stage.put_file(name, self.docs / name, now.pages[name], ours=True)
            if own:
                warnings += self._hand_written(whole)
        if warnings:
            raise SiteError("\n".join(warnings))
        publish.replace_if_changed(self._shells_file, SHELLS.dump_json(self.shells))

    @property
    def _shells_file(self) -> Path:
        return _record(self.config).with_suffix(".shells.json")

    def _known_shells(self) -> Shells:
        if self.before.shell == self.now.shell:
            with suppress(FileNotFoundError, ValidationError):
                return SHELLS.validate_json(self._shells_file.read_bytes())
        return Shells()

    def _hand_written(self, whole: bool) -> list[str]:
        """Make hand-written pages and files, and with all pages what the theme adds; return broken links."""
        theme, stage = self.theme(), self.stage
        for name, text in theme.own_pages():
            stage.put(name, text.encode("utf-8", errors="xmlcharrefreplace"))
        for name, path in theme.assets() if whole else theme.own_assets():
            stage.put_file(name, path)
        for name, text in theme.templates() if whole else ():
            if text.strip():
                stage.put(name, text.encode())
        return [
            f"Doc file '{page}' links to '{target}#{anchor}', which has no such anchor"
            for page, target, anchor in theme.anchors()
            if target.endswith(".md") and anchor not in self._anchors(target)
        ]

    def _anchors(self, name: str) -> set[str]:
        found = front_matter((self.docs / name).read_bytes())
        body = self.express.body(found[1]) if found else None
        html = body.html if body else self.express.by_mkdocs(name, (self.docs / name).read_bytes())
        return set(re.findall(r'\bid="([^"]+)"', html.decode()))

    # --- in processes

    def _make(self, names: Sequence[str]) -> None:
        """Make these pages. Each process writes its share, and tells what it wrote and what it learned."""
        count = min(self.config.workers, len(names) // MIN_PAGES) if hasattr(os, "fork") else 1
        if count > 1:  # what these teach of the theme, each process would have to learn
            samples = _samples(names)
            self._make_share(samples)
            names = sorted({*names}.difference(samples))
        others = [self._start(names[n::count]) for n in range(1, count)]
        try:
            self._make_share(names[:: max(count, 1)])
        except BaseException:
            for pid, _ in others:
                os.kill(pid, signal.SIGKILL)
            raise
        finally:
            answers = [_answer(*other) for other in others]
        for answer in answers:
            if isinstance(answer, BaseException):
                raise answer
            files, written, shells = answer
            self.stage.files |= files
            self.stage.written |= written
            self.shells.shells |= shells.shells
            self.shells.lines |= shells.lines
            self.shells.headings |= shells.headings
            if not self.shells.entry:
                self.shells.entry, self.shells.branch = shells.entry, shells.branch

    def _make_share(self, names: Iterable[str], go_on: Callable[[], bool] = lambda: True) -> None:
        for name in names:
            text = (self.docs / name).read_bytes()
            if not go_on():
                return
            self.stage.put(file_of(name), self.express.page(name, text))

    def _start(self, names: Sequence[str]) -> tuple[int, int]:
        """Start a process that makes these pages; return its id and where its answer can be read."""
        here, there = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        parent = os.getpid()
        gc.freeze()  # the collector of the process would otherwise copy all memory that it only reads
        pid = os.fork()
        if pid:
            os.close(there)
            return pid, here
        answer: object = SiteError("a process that makes pages was ended")
        try:
            os.close(here)
            _end_with(parent)
            self.stage.files, self.stage.written = {}, set()
            with _warnings() as warnings:
                self._make_share(names, lambda: os.getppid() == parent)
            answer = SiteError("\n".join(warnings)) if warnings else (self.stage.files, self.stage.written, self.shells)
        except BaseException as error:  # the parent raises it
            answer = error
        finally:
            with suppress(BaseException), os.fdopen(there, "wb") as file:
                file.write(_pickled(answer))
            os._exit(0)


def _samples(names: Iterable[str]) -> list[str]:
    """Return some pages of each folder at the top and each depth."""
    groups: dict[tuple[str, int], list[str]] = {}
    for name in names:
        groups.setdefault((name.partition("/")[0], name.count("/")), []).append(name)
    return [name for group in groups.values() for name in group[:: -(-len(group) // SAMPLES)]]


def _pickled(answer: object) -> bytes:
    try:
        return pickle.dumps(answer)
    except Exception:
        return pickle.dumps(SiteError(repr(answer)))


def _answer(pid: int, where: int) -> Any:
    with os.fdopen(where, "rb") as file:
        data = file.read()
    os.waitpid(pid, 0)
    return pickle.loads(data) if data else SiteError("a process that makes pages was ended")


def _end_with(parent: int) -> None:
    """Let this process end when its parent is killed: another build may then use the folder."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG, on Linux
    if os.getppid() != parent:
        os._exit(1)


def _theme(config: Config, now: Record) -> Theme:
    from mkdocs.exceptions import MkDocsException

    try:
        theme = Theme(config.mkdocs, config.output, now.own, now.pages)
    except MkDocsException as error:
        raise SiteError(str(error)) from error
    if theme.config.plugins:
        raise NotExpressError("mkdocs.yml names plugins or hooks, which may change any page")
    if not theme.config.use_directory_urls:
        raise NotExpressError("use_directory_urls is false in mkdocs.yml")
    return theme


def refused_settings(mkdocs_yml: Path) -> list[tuple[str, str]]:
    """Return settings that MkDocs rejects, with its messages. No page is read."""
    from mkdocs.config.base import ValidationError
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.exceptions import MkDocsException

    try:
        config = MkDocsConfig(config_file_path=str(mkdocs_yml))
        with _warnings():
            settings = mkdocs_settings(mkdocs_yml)
            if "docs_dir" not in settings and not (mkdocs_yml.parent / "docs").is_dir():
                settings["docs_dir"] = str(THEME)  # any folder will do: nobody has to write pages
            config.load_dict(settings)
            errors, warnings = config.validate()
    except (MkDocsException, ValidationError) as error:
        return [("", str(error))]
    return [(name, str(words)) for name, words in (*errors, *warnings)]


def _shell(config: Config) -> str:
    """Hash what every page depends on: configuration, theme, navigation, versions of the programs; "" if unknown."""
    import importlib.metadata

    settings = read_settings(read_text(config.mkdocs), config.mkdocs.name)[0]
    theme = settings.get("theme")
    folder = theme.get("custom_dir") if isinstance(theme, dict) else None
    hooks = [config.root / str(name) for name in settings.get("hooks") or ()]
    nav = mkdocs_settings(config.mkdocs).get("nav")
    if settings.get("use_directory_urls") is False:
        return ""  # `file_of` does not know where pages go: everything is rendered each time
    return digest(
        config.mkdocs.read_bytes(),
        config.publisher,
        repr(settings),  # some may come from the environment
        digest_files(config.root / str(folder), "**/*") if folder else "",
        digest_files(THEME, "**/*"),
        DEFAULTS.read_bytes(),
        *(path.read_bytes() for path in hooks if path.is_file()),
        *(repr(_shown_in_navigation(config.output / name)) for name in in_navigation(nav)),
        *(Path(str(module.__file__)).read_bytes() for module in (express, search_index)),
        *(
            f"{name} {importlib.metadata.version(name)}"
            for name in ("mkdocs", "mkdocs-material", "markdown", "pagefind")
        ),
    )


def _shown_in_navigation(path: Path) -> dict[str, Any] | None:
    """Return the values of a page that a theme may show in the navigation."""
    found = front_matter(path.read_bytes()) if path.is_file() else None
    return {key: found[0].get(key) for key in ("title", "icon", "subtitle", "status")} if found else None


def _run_mkdocs(config: Config, stage: Stage) -> None:
    """Render all pages with MkDocs."""
    from mkdocs.commands.build import build
    from mkdocs.exceptions import MkDocsException

    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")  # reproducible builds: no page contains the time of its build
    with tempfile.TemporaryDirectory(dir=stage.work, ignore_cleanup_errors=True) as folder:
        with _warnings() as warnings:
            try:
                build(load_mkdocs(config.mkdocs, config.output, Path(folder)))
            except MkDocsException as error:
                warnings.append(str(error))
        if warnings:
            raise SiteError("\n".join(warnings))
        for path in sorted(path for path in Path(folder).rglob("*") if path.is_file()):
            stage.put_file(path.relative_to(folder).as_posix(), path, ours=True)


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """Collect MkDocs' warnings, which all count as errors."""
    collected: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            collected.append(record.getMessage())

    log, handler = logging.getLogger("mkdocs"), Collect(logging.WARNING)
    before = log.propagate
    log.addHandler(handler)
    log.propagate = False
    try:
        yield collected
    finally:
        log.removeHandler(handler)
        log.propagate = before


def _make_search(config: Config, stage: Stage) -> None:
    """Bring the index of search up to date with the pages of the next site."""
    pages = {name: listed.hashes[0] for name, listed in stage.files.items() if SEARCHED.fullmatch(name)}
    try:
        found = make_search(stage.path, pages, _record(config).with_suffix(".search"))
    except SearchError as error:
        raise SiteError(str(error)) from error
    for name, path in sorted(found.items()):
        stage.put_file(f"{SEARCH}/{name}", path)
