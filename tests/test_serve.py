"""`serve` survives whatever is saved while it runs, and system errors are messages."""

from __future__ import annotations

import errno
import os
import re
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
import pytest
from watchdog.observers import Observer

from briefing import cli, pipeline
from briefing.cli.serve import Server, Watched, watched_folders
from briefing.config import Config, load_config
from briefing.content.problems import ContentError, Problem
from briefing.pipeline.lock import BusyError
from briefing.site.publish import NotOursError
from briefing.site.render import SiteError
from tests.commands import run
from tests.test_check import archive

ERRORS = (
    ContentError(Problem("a.md", 1, 1, "empty-source", "the file is empty", "Add the text.")),
    SiteError("MkDocs"),
    NotOursError("about.md"),
    BusyError("another build"),
    OSError(errno.ENOSPC, "No space left on device", "/srv/site"),
    jinja2.TemplateSyntaxError("unexpected 'endif'", 3, "briefing.md.j2"),
    SystemExit(1),
    RecursionError(),
)


@pytest.fixture
def rebuild(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], bool]:
    """What the server calls when a file was saved."""
    archive(tmp_path)
    found: list[Callable[[], bool]] = []
    monkeypatch.setattr(cli, "run", lambda config, rebuild, port, open_browser: found.append(rebuild))
    assert run("serve", "--config", tmp_path / "mkdocs.yml").returncode == 0
    return found[0]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_server_survives_a_failing_build(
    error: BaseException,
    rebuild: Callable[[], bool],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(pipeline, "build", fail)
    rebuild()
    told = capsys.readouterr().err.lower()
    assert "still serving the previous build" in told or "was not changed" in told


@pytest.mark.parametrize("settings", ["site_name: [", "", "- 1", "extra: {briefing: {workers: many}}", "\0"])
def test_server_survives_broken_settings(
    settings: str, rebuild: Callable[[], bool], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mkdocs.yml").write_text(settings)
    rebuild()
    assert "still serving the previous build" in capsys.readouterr().err.lower()


def test_server_survives_missing_settings(
    rebuild: Callable[[], bool], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mkdocs.yml").unlink()
    rebuild()
    assert "still serving the previous build" in capsys.readouterr().err.lower()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO, errno.EDQUOT, errno.EMFILE])
def test_system_error_is_a_message_with_the_path(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise OSError(number, os.strerror(number), str(tmp_path / "site" / "a.html"))

    archive(tmp_path)
    monkeypatch.setattr(pipeline, "build", fail)
    ran = run("build", "--config", tmp_path / "mkdocs.yml")
    assert ran.returncode == 1
    assert ran.stderr.startswith(f"Error: {tmp_path}/site/a.html: {os.strerror(number)}. ")
    assert "The published site was not changed" in ran.stderr


# --- what is watched, and how browsers are told --------------------------------------------------


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """An archive with a hand-written page, a generated one, and a site."""
    for name, text in {
        "mkdocs.yml": "site_name: Quays\nextra:\n  briefing:\n    registries: [shared]\n",
        "sources/2021/quay.md": "A quay opens\n\nIt has 40 cranes.\n",
        "actors/ada-verne.yaml": "name: Ada Verne\nkind: person\n",
        "shared/port.yaml": "name: Quays Port\nkind: organisation\n",
        "docs/about.md": "# About\n",
        "docs/briefings/2021/quay.md": "# A quay opens\n",
        "docs/.generated.json": '{"briefings/2021/quay.md": {"hashes": ["0"]}}',
        "site/index.html": "<html><body><h1>Quays</h1></body></html>",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return load_config(tmp_path / "mkdocs.yml")


def test_saved_files_are_noticed_and_what_builds_write_is_not(config: Config) -> None:
    saved = threading.Event()
    observer = Observer()
    for folder, recursive in watched_folders(config):
        observer.schedule(Watched(config, saved.set), str(folder), recursive=recursive)
    observer.start()
    try:
        generated = ("docs/briefings/2021/quay.md", "docs/.generated.json", "site/index.html")
        for name in (*generated, "sources/2021/.quay.md.swp", "README.md"):
            (config.root / name).write_text("again")
        (config.root / "sources/2021/quay.md").read_text()
        assert not saved.wait(0.5)
        written = ("sources/2021/quay.md", "sources/2022/new.md", "actors/ada-verne.yaml", "docs/about.md")
        for name in (*written, "mkdocs.yml", "index.md", "takedowns.yaml", "shared/port.yaml"):
            if not (config.root / name).parent.exists():
                (config.root / name).parent.mkdir()
                time.sleep(0.2)  # a new folder must be known before what is in it
            saved.clear()
            (config.root / name).write_text("again")
            assert saved.wait(10), name
        saved.clear()
        (config.root / "sources/2021/quay.md").rename(config.root / "sources/2021/quays.md")
        assert saved.wait(10)
        saved.clear()
        (config.root / "sources/2021/quays.md").unlink()
        assert saved.wait(10)
    finally:
        observer.stop()
        observer.join()


def test_browsers_reload_when_something_was_built(config: Config) -> None:
    built = [False, True]
    server = Server(config, lambda: built.pop(0), 0)
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        while not server.server_port:
            time.sleep(0.01)
        base = f"http://127.0.0.1:{server.server_port}/"
        page = read(base)
        with pytest.raises(urllib.error.HTTPError, match="421"):
            read(urllib.request.Request(base, headers={"Host": "stranger.example"}))
        found = re.search(r'<script src="/livereload.js\?epoch=(\d+)"></script></body>', page)
        assert found, page  # no script is written into the page: its policy would refuse it
        assert "location.reload" in read(base + "livereload.js")
        for left in (1, 0):
            (config.sources / "2021/quay.md").write_text(f"A quay opens\n\nIt has {left} cranes.\n")
            until = time.monotonic() + 10
            while len(built) > left and time.monotonic() < until:
                time.sleep(0.02)
            assert len(built) == left
        assert int(read(f"{base}livereload/{found[1]}/0")) > int(found[1])
    finally:
        server.shutdown(wait=True)
        thread.join()


def read(address: str | urllib.request.Request) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return str(answer.read().decode())
