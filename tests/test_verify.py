"""`briefing verify` finds each way of tampering in tests/cases/tampering.yaml, and an honest site has no problems."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing import verify
from tests.casebook import CASES
from tests.commands import run
from tests.conftest import ROOT

HARBOUR = ROOT / "tests" / "archives" / "harbour"
pytestmark = pytest.mark.xdist_group("verify")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small archive with a broken encoding, a removed passage and an article of which only excerpts are shown."""
    home = tmp_path_factory.mktemp("verify") / "harbour"
    shutil.copytree(HARBOUR, home)
    (home / "before").mkdir()
    other = '{"id": "2020/other", "title": {"value": "Other"}, "text": "A."}\n'
    (home / "before" / "facts.jsonl").write_text(other)  # so that there is a log of changes
    ran = run("build", "--config", home / "mkdocs.yml", "--previous", home / "before", cwd=home)
    assert ran.returncode == 0, ran.stderr
    return home


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    place = tmp_path / "harbour"
    shutil.copytree(built, place, ignore=shutil.ignore_patterns(".cache", "docs"))
    return place


def make_checksums(site: Path) -> None:
    files = sorted(p for p in site.rglob("*") if p.is_file() and p.name not in ("checksums.txt", ".generated.json"))
    lines = (f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(site).as_posix()}\n" for p in files)
    (site / "checksums.txt").write_text("".join(lines), encoding="utf-8")


def tamper(home: Path, case: dict[str, Any]) -> None:
    path = home / case["file"]
    if "delete" in case:
        path.unlink()
    elif "copy" in case:
        (home / case["copy"]).parent.mkdir(exist_ok=True)
        (shutil.copytree if path.is_dir() else shutil.copy)(path, home / case["copy"])
    elif "sql" in case:
        edit_database(path, case["sql"])
    else:
        text, count = re.subn(case["find"], case["put"], path.read_text(encoding="utf-8"), count=1)
        assert count == 1, "the case changes nothing"
        path.write_text(text, encoding="utf-8")
    if "caught by hashes" not in case:
        make_checksums(home / "site")


def edit_database(path: Path, sql: str) -> None:
    import sqlite3

    with sqlite3.connect(path) as database:
        assert database.execute(sql).rowcount, "the case changes nothing"
    database.close()


def test_an_honest_site_has_no_problems(built: Path) -> None:
    found, checked = verify.verify(built / "site", built / "sources")
    assert found == []
    assert checked.startswith("4 briefings, ")


TAMPERING = yaml.safe_load((CASES / "tampering.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", TAMPERING, ids=[case["label"] for case in TAMPERING])
def test_tampering_is_found(case: dict[str, Any], home: Path) -> None:
    tamper(home, case)
    found, _ = verify.verify(home / "site", home / "sources")
    assert [line for line in found if case["where"] in line and case["what"] in line], "\n".join(found)


def test_every_kind_of_tampering_is_another() -> None:
    assert len({case["label"] for case in TAMPERING}) == len(TAMPERING) >= 30


def test_it_runs_outside_of_the_project_with_python_alone(built: Path, tmp_path: Path) -> None:
    shutil.copy(verify.__file__, tmp_path / "check.py")
    command = [sys.executable, "-I", "-S", "check.py", str(built / "site"), "--sources", str(built / "sources")]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout.split("\n")[0], ran.stderr) == (0, "No problems", "")


def test_the_command_prints_what_fails_and_exits_with_1(home: Path) -> None:
    tamper(home, TAMPERING[0])
    ran = run("verify", home / "site", "--sources", home / "sources", cwd=home)
    assert ran.returncode == 1
    assert "2024-03-05-quay/index.html#s2: reads “" in ran.stderr


def test_a_site_without_sources_is_compared_with_itself(built: Path, home: Path) -> None:
    found, checked = verify.verify(built / "site")
    assert (found, "sources were not compared" in checked) == ([], True)


def test_a_folder_that_is_no_site_is_refused(tmp_path: Path) -> None:
    ran = run("verify", tmp_path)
    assert ran.returncode == 2
    assert "no site" in ran.stderr
