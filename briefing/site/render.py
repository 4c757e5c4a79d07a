"""Render docs/ to site/: MkDocs makes HTML, Pagefind indexes it, and what changed is copied to `site/`.

MkDocs writes to a folder of its own that is kept between builds. Only pages whose Markdown changed are rendered again,
unless something changed that every page depends on. `site/` is updated last, so a failing build leaves the published
site as it was.
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing.cache import digest, digest_files
from briefing.config import Config, read_settings
from briefing.content.validation import read_text
from briefing.site import publish
from briefing.site.publish import Changes

DONE = ".done"  # holds the hash of what all pages depend on; missing during a build
SEARCH_PAGES = "**/*.html"


class SiteError(Exception):
    """MkDocs or Pagefind failed; the message is theirs."""


def render_site(config: Config, changed: Changes) -> Changes:
    """Update the site; `changed` are the generated pages that changed."""
    docs, site = config.output, config.site
    work = config.cache / "rendered" / digest(str(docs))[:12]
    shell = _shell(config)
    done = work / DONE
    whole = not done.is_file() or done.read_text() != shell
    if whole or changed.written or changed.removed:
        done.unlink(missing_ok=True)
        if not whole:
            for name in changed.removed:
                _remove_rendered(work, name)
        _run_mkdocs(config.mkdocs, docs, work, whole)
        _run_pagefind(work)
        done.write_text(shell)
    return publish.mirror(work, site, leave_out=frozenset({DONE}))


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


def _remove_rendered(work: Path, name: str) -> None:
    """Remove the output of a removed page or file."""
    path = work / name
    if path.suffix == ".md":
        path = path.with_name("index.html") if path.name == "index.md" else path.with_suffix("") / "index.html"
    path.unlink(missing_ok=True)
    if path.parent != work and path.parent.is_dir() and not any(path.parent.iterdir()):
        path.parent.rmdir()


def _run_mkdocs(mkdocs_yml: Path, docs: Path, work: Path, whole: bool) -> None:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")  # reproducible builds: no page contains the time of its build
    with _warnings() as warnings:
        config = load_config(str(mkdocs_yml), docs_dir=str(docs), site_dir=str(work))
        if not whole:
            # A partial build cannot follow links to pages that are not rendered again; a test checks the whole site.
            config.validation.links.anchors = logging.DEBUG
        build(config, dirty=not whole)
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
    """Index the rendered pages. The command line is used because the Python API waits 0.1 s per page."""
    shutil.rmtree(work / "pagefind", ignore_errors=True)
    command = [sys.executable, "-m", "pagefind", "--site", str(work), "--glob", SEARCH_PAGES, "--quiet"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode or not (work / "pagefind" / "pagefind.js").is_file():
        raise SiteError(f"Pagefind could not index the site:\n{ran.stdout}{ran.stderr}")
