"""A shortened `make torture`."""

from __future__ import annotations

import random

import pytest

from tests import torture

pytestmark = pytest.mark.xdist_group("torture")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> torture.Archive:
    return torture.Archive(tmp_path_factory.mktemp("torture") / "archive")


def test_killed_builds_leave_no_trace(archive: torture.Archive) -> None:
    told = torture.kills(archive, 10, random.Random(2))
    assert not torture.wrong(told), told


def test_one_of_two_builds_at_once_is_told_to_wait(archive: torture.Archive) -> None:
    told = torture.pairs(archive, 1)
    assert not torture.wrong(told), told


def test_failing_disks_leave_the_old_site(archive: torture.Archive) -> None:
    told = torture.failures(archive, 3, random.Random(3))
    assert not torture.wrong(told), told


@pytest.mark.parametrize("damage", torture.DAMAGES, ids=lambda damage: damage.__name__)
def test_damaged_cache_is_made_again(
    damage: torture.Damage, archive: torture.Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torture, "DAMAGES", (damage,))
    told = torture.damages(archive)
    assert not torture.wrong(told), told
