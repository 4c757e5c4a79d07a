"""A shortened `make torture`, and builds that must give the same bytes wherever they run."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.pipeline import MIN_ARTICLES_FOR_WORKERS
from tests import torture
from tests.commands import write
from tests.conftest import ROOT
from tests.test_site import contents, hand_written

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


# --- the same bytes everywhere ------------------------------------------------------------------

ARTICLES = {
    f"{2000 + n}/{name}.md": f"---\ntitle: {title} {n}\npublished: 2021-05-{n + 1:02d}\n---\n\n"
    f"The mayor of Aldermoor, Petra Quill, said on 3 May that {n + 40} jobs return. It cost {n + 3} million euros.\n"
    for n in range(MIN_ARTICLES_FOR_WORKERS)
    for name, title in [("Ünal-ıi" if n % 2 else f"quay{n}", "Zürich İstanbul" if n % 3 else "A quay")]
}
ELSEWHERE = {"LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "1"}
HERE = {"LC_ALL": "C", "LANG": "C", "TZ": "UTC", "PYTHONHASHSEED": "0"}


def build_in(home: Path, environment: dict[str, str], umask: int, *verb: str) -> subprocess.CompletedProcess[str]:
    # without git, a build takes its time from the clock
    said = os.environ | environment | {"SOURCE_DATE_EPOCH": "1620000000", "SITE_URL": "https://archive.example/"}
    command = [sys.executable, str(ROOT / "build.py"), *verb, "--config", str(home / "mkdocs.yml")]
    return subprocess.run(command, env=said, capture_output=True, text=True, check=False, umask=umask)


@pytest.fixture(scope="module")
def two_builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """One archive, built under two paths, with other numbers of workers, locales, time zones, umasks and orders."""
    folder = tmp_path_factory.mktemp("bytes")
    homes = (folder / "a", folder / "another place/ärchive of news")
    for home, environment, umask, workers in ((homes[0], HERE, 0o022, 1), (homes[1], ELSEWHERE, 0o077, 2)):
        home.parent.mkdir(exist_ok=True)
        hand_written(home, "mkdocs.yml", "docs", "actors", "topics", "templates")
        with (home / "mkdocs.yml").open("a") as settings:
            settings.write(f"  briefing:\n    workers: {workers}\n")
        names = sorted(ARTICLES, reverse=workers == 1)  # the order of their creation, and so that of the disk
        write(home / "sources", {name: ARTICLES[name] for name in names})
        ran = build_in(home, environment, umask)
        assert ran.returncode == 0, ran.stderr
    return homes


def test_two_builds_elsewhere_are_equal(two_builds: tuple[Path, Path]) -> None:
    one, other = (contents(home / "site") for home in two_builds)
    assert one.keys() == other.keys()
    assert not [name for name in one if one[name] != other[name]]
    assert [name for name in one if name.startswith("pagefind/index/")], "the search index is compared as well"


def test_checksums_are_those_of_the_site(two_builds: tuple[Path, Path]) -> None:
    site = two_builds[0] / "site"
    ran = subprocess.run(["sha256sum", "--check", "--quiet", "checksums.txt"], cwd=site, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout
    listed = {line.split("  ", 1)[1] for line in (site / "checksums.txt").read_text().splitlines()}
    assert listed == contents(site).keys() - {"checksums.txt", ".generated.json"}


def test_build_is_verified_and_forged_files_are_found(two_builds: tuple[Path, Path], tmp_path: Path) -> None:
    home, other = two_builds
    checksums = tmp_path / "checksums.txt"
    shutil.copy(other / "site/checksums.txt", checksums)
    ran = build_in(home, ELSEWHERE, 0o027, "verify-build", "--against", str(checksums))
    assert (ran.returncode, ran.stdout) == (0, "Every file of the site matches a build from the sources.\n"), ran.stderr
    page = home / "site/briefings/2000/quay0/index.html"
    page.write_text(page.read_text().replace("40 jobs", "90 jobs"))
    (home / "site/forged.html").write_text("<p>")
    (home / "site/glossary/index.html").unlink()
    ran = build_in(home, HERE, 0o022, "verify-build")
    assert ran.returncode == 1
    assert ran.stderr.splitlines()[:3] == [
        "differs: briefings/2000/quay0/index.html",
        "not made by the build: forged.html",
        "missing from the published site: glossary/index.html",
    ]
    checksums.write_text("nonsense\n")
    ran = build_in(home, HERE, 0o022, "verify-build", "--against", str(checksums))
    assert (ran.returncode, "checksums.txt:1: not a line of checksums" in ran.stderr) == (1, True)
