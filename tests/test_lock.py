"""Only one build at a time writes to a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.pipeline.lock import BusyError, locked
from tests.commands import run
from tests.test_check import archive


def test_second_build_is_refused_until_the_first_has_ended(tmp_path: Path) -> None:
    docs, site, other = tmp_path / "docs", tmp_path / "site", tmp_path / "other"
    with locked(tmp_path / "locks", [docs, site]):
        second = locked(tmp_path / "locks", [other, site])
        with pytest.raises(BusyError, match=r"another build \(process \d+\) is writing to .*/site"):
            second.__enter__()
        with locked(tmp_path / "locks", [other]):
            pass
    with locked(tmp_path / "locks", [docs, site]):
        pass


@pytest.mark.parametrize("verb", ["build", "clean"])
def test_message_of_a_second_build(verb: str, tmp_path: Path) -> None:
    config = archive(tmp_path)
    with locked(config.cache / "locks", [config.output]):
        ran = run(verb, "--config", tmp_path / "mkdocs.yml")
    assert ran.returncode == 1
    assert ran.stderr.startswith("Error: another build (process ")
    assert "Wait until it has ended" in ran.stderr
