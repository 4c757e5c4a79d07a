"""Render docs/ to site/: MkDocs makes HTML, Pagefind indexes it, and the whole is published in `site/` at once.

MkDocs writes to a folder of its own that is kept between builds. A record beside it, written when rendering is
complete, has the hash of each page that was rendered, and of each file that came of it. Only pages with another hash
are rendered again, unless something changed that every page depends on or rendering was interrupted. Only files in the
record are published. `site/` is updated last, so a failing build leaves the published site as it was.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from briefing.cache import digest, digest_files
from briefing.config import Config, read_settings
from briefing.content.validation import read_text
from briefing.site import publish
from briefing.site.publish import Changes, Listed
from briefing.site.search_index import is_whole, make_index, sort_index
from briefing.site.switch import publish_site

SEARCH = "pagefind"  # folder of the search index
CHECKSUMS = "checksums.txt"  # SHA-256 of every other file of the site
SEARCH_PAGES = "**/*.html"
PROBE = 400_000  # bytes; more than Pagefind's largest file that is no gzip file, which would show that it was cut off


class SiteError(Exception):
    """MkDocs or Pagefind failed; the message is theirs."""


@dataclass(frozen=True, slots=True)
class Record:
    """What was rendered."""

    shell: str = ""  # hash of what all pages depend on
    pages: dict[str, str] = field(default_factory=dict)  # hash of each generated page
    files: dict[str, Listed] = field(default_factory=dict)  # what came of them


RECORD = TypeAdapter(Record)
NOT_LISTED = Listed(())


def render_site(config: Config) -> Changes:
    """Bring the site up to date with the pages in docs/."""
    docs, work, path = config.output, _work(config), _record(config)
    before, shell = read_record(config), _shell(config)
    pages = {name: listed.hashes[0] for name, listed in publish.generated(docs).items()}
    changed = {name for name in pages.keys() | before.pages.keys() if pages.get(name) != before.pages.get(name)}
    whole = not shell or before.shell != shell or not _as_recorded(work, before)
    now = before
    if whole or changed:
        path.unlink(missing_ok=True)  # if rendering is interrupted, everything is rendered again
        if whole:
            shutil.rmtree(work, ignore_errors=True)
        # What is missing is rendered: otherwise MkDocs would decide by time. What is not in the record is not ours.
        for name in {*map(_rendered, changed), *(_names(work) - before.files.keys())}:
            (work / name).unlink(missing_ok=True)
        _run_mkdocs(config.mkdocs, docs, work, whole)
        _run_pagefind(work)
        (work / CHECKSUMS).unlink(missing_ok=True)
        files = _files(work, before)
        now = Record(shell, pages, files | _checksums(work, files))
        publish.replace_file(path, RECORD.dump_json(now))
    return publish_site(work, now.files, config.site, hashes(before.files))


def _work(config: Config) -> Path:
    return config.cache / "rendered" / digest(str(config.output))[:12]


def _record(config: Config) -> Path:
    return _work(config).with_suffix(".json")


def read_record(config: Config) -> Record:
    """Return what the last build rendered; an empty record if that is not known."""
    try:
        return RECORD.validate_json(_record(config).read_bytes())
    except (FileNotFoundError, ValidationError):
        return Record()


def hashes(files: dict[str, Listed]) -> dict[str, str]:
    return {name: listed.hashes[0] for name, listed in files.items()}


def _as_recorded(work: Path, record: Record) -> bool:
    tree = publish.Tree(work)
    return bool(record.files) and all(
        (found := tree.stat(name)) and (found.st_size, found.st_mtime_ns) == (listed.size, listed.time)
        for name, listed in record.files.items()
    )


def _names(work: Path) -> set[str]:
    paths = (Path(where, name) for where, _, names in os.walk(work) for name in names)
    return {path.relative_to(work).as_posix() for path in paths}


def _files(work: Path, before: Record) -> dict[str, Listed]:
    """Return what is rendered. Files with the size and time of the last record are not read again."""
    found: dict[str, Listed] = {}
    for name in sorted(_names(work)):
        old, status = before.files.get(name, NOT_LISTED), (work / name).stat()
        same = (old.size, old.time) == (status.st_size, status.st_mtime_ns)
        hash_ = old.hashes if same else (publish.hash_of(work / name),)
        found[name] = Listed(hash_, "", status.st_size, status.st_mtime_ns)
    return found


def _checksums(work: Path, files: dict[str, Listed]) -> dict[str, Listed]:
    """Write the list of checksums, as `sha256sum` does, and return it as a file of the site."""
    path = work / CHECKSUMS
    path.write_text("".join(f"{listed.hashes[0]}  {name}\n" for name, listed in files.items()), encoding="utf-8")
    status = path.stat()
    return {CHECKSUMS: Listed((publish.hash_of(path),), "", status.st_size, status.st_mtime_ns)}


def refused_settings(mkdocs_yml: Path) -> list[tuple[str, str]]:
    """Return settings that MkDocs rejects, with its messages. No page is read."""
    from mkdocs.config.base import ValidationError
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.exceptions import MkDocsException

    try:
        config = MkDocsConfig(config_file_path=str(mkdocs_yml))
        with _warnings(), mkdocs_yml.open("rb") as file:
            config.load_file(file)
            errors, warnings = config.validate()
    except (MkDocsException, ValidationError) as error:
        return [("", str(error))]
    return [(name, str(words)) for name, words in (*errors, *warnings)]


def _shell(config: Config) -> str:
    """Hash what every page depends on: configuration, theme, hand-written pages, versions of the programs."""
    import importlib.metadata

    docs = config.output
    settings = read_settings(read_text(config.mkdocs), config.mkdocs.name)[0]
    theme = settings.get("theme")
    folder = theme.get("custom_dir") if isinstance(theme, dict) else None
    hooks = [config.root / str(name) for name in settings.get("hooks") or ()]
    if settings.get("use_directory_urls") is False:
        return ""  # `_rendered` does not know where pages go: everything is rendered each time
    return digest(
        config.mkdocs.read_bytes(),
        repr(settings),  # some may come from the environment
        digest_files(config.root / str(folder), "**/*") if folder else "",
        *(path.read_bytes() for path in hooks if path.is_file()),
        *(part for name in publish.hand_written(docs) for part in (name, (docs / name).read_bytes())),
        *(
            f"{name} {importlib.metadata.version(name)}"
            for name in ("mkdocs", "mkdocs-material", "markdown", "pagefind")
        ),
    )


def _rendered(name: str) -> str:
    """Return the path of what a page or file becomes."""
    if not name.endswith(".md"):
        return name
    return name.removesuffix("index.md") + "index.html" if Path(name).name == "index.md" else name[:-3] + "/index.html"


def _run_mkdocs(mkdocs_yml: Path, docs: Path, work: Path, whole: bool) -> None:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")  # reproducible builds: no page contains the time of its build
    with _warnings() as warnings:
        try:
            config = load_config(str(mkdocs_yml), docs_dir=str(docs), site_dir=str(work))
            if not whole:
                # A partial build cannot follow links to pages that are not rendered again; a test checks all pages.
                config.validation.links.anchors = logging.DEBUG
            build(config, dirty=not whole)
        except MkDocsException as error:
            warnings.append(str(error))
    if warnings:
        raise SiteError("\n".join(warnings))


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """Collect MkDocs' warnings, which all count as errors, except that a build is partial."""
    collected: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            message = record.getMessage()
            if not message.startswith("A 'dirty' build"):
                collected.append(message)

    log, handler = logging.getLogger("mkdocs"), Collect(logging.WARNING)
    before = log.propagate
    log.addHandler(handler)
    log.propagate = False
    try:
        yield collected
    finally:
        log.removeHandler(handler)
        log.propagate = before


def _run_pagefind(work: Path) -> None:
    """Index the rendered pages.

    The index is made in a folder of its own: the Pagefind of a build that was ended may still be writing.
    """
    target = work / SEARCH
    with tempfile.TemporaryDirectory(dir=work.parent, prefix=f"{SEARCH}-", ignore_cleanup_errors=True) as folder:
        made = Path(folder)
        told = make_index(work, sorted(work.glob(SEARCH_PAGES)), made)
        if told or not (made / "pagefind.js").is_file():
            raise SiteError(f"Pagefind could not index the site:\n{told}")
        _refuse_full_disk(made)
        names = {path.relative_to(made) for path in made.rglob("*") if path.is_file()}
        if broken := sorted(name.as_posix() for name in names if not is_whole(made / name)):
            raise SiteError(f"Pagefind did not write {broken[0]} completely. Check the disk, then build again")
        sort_index(made)
        names = {path.relative_to(made) for path in made.rglob("*") if path.is_file()}
        for name in names:
            publish.replace_if_changed(target / name, (made / name).read_bytes())
    for path in [path for path in target.rglob("*") if path.is_file() and path.relative_to(target) not in names]:
        path.unlink()


def _refuse_full_disk(folder: Path) -> None:
    """Raise OSError if the disk is full: Pagefind then reports success, and its files are empty or cut off."""
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(PROBE))
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(folder)) from error
