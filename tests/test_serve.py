"""`serve` survives whatever is saved while it runs, and system errors are messages."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
import pytest

from briefing import cli, pipeline
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
    def fail(*_: Any) -> None:
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
