"""Evidence packs read offline, can be verified, are the same bytes each time and leave out what may not be copied."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from briefing import verify
from tests.commands import run
from tests.conftest import ROOT

HARBOUR = ROOT / "tests" / "archives" / "harbour"
pytestmark = pytest.mark.xdist_group("verify")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("pack") / "harbour"
    shutil.copytree(HARBOUR, home)
    assert run("build", "--config", home / "mkdocs.yml", cwd=home).returncode == 0
    return home


def pack(home: Path, subject: str, place: Path) -> tuple[Path, str]:
    """Write a pack and unpack it; return its folder and what the command said."""
    path = place / "pack.zip"
    ran = run("pack", subject, "-o", path, "--config", home / "mkdocs.yml", cwd=home)
    assert ran.returncode == 0, ran.stderr
    with zipfile.ZipFile(path) as packed:
        packed.extractall(place)
    return place / "pack", ran.stdout


def names(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    ("subject", "briefings", "sources"),
    [
        ("anna-kessowa", {"2024/2024-03-05-quay", "2024/2024-04-09-pier"}, 2),
        (
            "topics/harbours",
            {"2024/2024-03-05-quay", "2024/2024-04-09-pier", "2024/2024-07-01-ferry", "2024/2024-08-02-toll"},
            3,
        ),
        ("2024/2024-07-01-ferry", {"2024/2024-07-01-ferry"}, 1),
        ("briefings/2024/2024-08-02-toll", {"2024/2024-08-02-toll"}, 0),
    ],
)
def test_a_pack_has_its_briefings_and_no_problems(
    subject: str, briefings: set[str], sources: int, home: Path, tmp_path: Path
) -> None:
    folder, _ = pack(home, subject, tmp_path)
    found = names(folder)
    assert {n for n in found if n.startswith("briefings/") and n.endswith(".html")} == {
        f"briefings/{name}/index.html" for name in briefings
    }
    assert len([n for n in found if n.startswith("sources/") and not n.endswith(".json")]) == sources
    assert {
        "index.html",
        "verify.py",
        "checksums.txt",
        "citations.bib",
        "data/facts.jsonl",
        "data/archive.sqlite",
    } <= found
    assert verify.verify(tmp_path / "pack.zip")[0] == []
    lines = (folder / "data/facts.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["id"] for line in lines} == briefings
    with closing(sqlite3.connect(folder / "data/archive.sqlite")) as base:
        assert {row[0] for row in base.execute("SELECT id FROM briefings")} == briefings
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute("SELECT count(*) FROM sentences_fts WHERE sentences_fts MATCH 'the'").fetchone()[0] > 0


def test_tampering_with_a_pack_is_found(home: Path, tmp_path: Path) -> None:
    folder, _ = pack(home, "anna-kessowa", tmp_path)
    source = folder / "sources/2024/2024-04-09-pier.md"
    source.write_text(source.read_text().replace("120 jobs", "150 jobs"))
    found = "\n".join(verify.verify(folder)[0])
    assert "sources/2024/2024-04-09-pier.md: was changed" in found
    assert "2024-04-09-pier/facts.json: text is not the text of" in found


def test_the_same_site_gives_the_same_bytes(home: Path, tmp_path: Path) -> None:
    hashes = set()
    for number in range(2):
        place = tmp_path / str(number)
        place.mkdir()
        pack(home, "harbours", place)
        hashes.add(hashlib.sha256((place / "pack.zip").read_bytes()).hexdigest())
    assert len(hashes) == 1


def test_a_source_with_restricted_rights_is_left_out_with_its_hash(home: Path, tmp_path: Path) -> None:
    folder, said = pack(home, "harbours", tmp_path)
    assert "without 1 source that may not be copied" in said
    left_out = json.loads((folder / "sources/left-out.json").read_text())
    raw = (home / "sources/2024/2024-08-02-toll.md").read_bytes()
    assert left_out == {
        "sources/2024/2024-08-02-toll.md": {
            "briefing": "2024/2024-08-02-toll",
            "sha256": hashlib.sha256(raw).hexdigest(),
            "why": "only excerpts may be shown",
        }
    }
    everything = b"".join((folder / name).read_bytes() for name in names(folder))
    assert b"Nobody liked it" not in everything


TAKEDOWN = "- id: tom-ferrand\n  names: [Tom Ferrand]\n  date: 2026-11-30\n"


def test_a_name_that_was_taken_down_is_in_no_pack(home: Path, tmp_path: Path) -> None:
    mine = tmp_path / "harbour"
    shutil.copytree(home, mine, ignore=shutil.ignore_patterns(".cache"))
    (mine / "takedowns.yaml").write_text(TAKEDOWN)
    before = run("pack", "harbours", "--config", mine / "mkdocs.yml", cwd=mine)
    assert (before.returncode, "Build the site first" in before.stderr) == (1, True)
    assert run("build", "--config", mine / "mkdocs.yml", cwd=mine).returncode == 0
    folder, said = pack(mine, "harbours", tmp_path)
    assert "without 2 sources" in said
    everything = b"".join((folder / name).read_bytes() for name in names(folder))
    assert b"Ferrand" not in everything
    assert verify.verify(tmp_path / "pack.zip")[0] == []
    assert verify.verify(mine / "site", mine / "sources")[0] == []


def test_links_lead_to_the_pack_or_to_the_published_site(home: Path, tmp_path: Path) -> None:
    mine = tmp_path / "harbour"
    shutil.copytree(home, mine)
    (mine / "mkdocs.yml").write_text((mine / "mkdocs.yml").read_text() + "site_url: https://papers.example/sub/\n")
    assert run("build", "--config", mine / "mkdocs.yml", cwd=mine).returncode == 0
    folder, _ = pack(mine, "2024/2024-04-09-pier", tmp_path)
    page = (folder / "briefings/2024/2024-04-09-pier/index.html").read_text()
    assert 'href="https://papers.example/sub/actors/anna-kessowa/"' in page
    assert 'href="../../../assets/stylesheets/archive.css"' in page
    assert 'href="facts.json"' in page
    assert verify.verify(tmp_path / "pack.zip")[0] == []


@pytest.mark.parametrize(
    ("subject", "message"),
    [
        ("nobody", "has no page of an actor, topic or briefing with this id"),
        ("../harbour", "has no page of an actor, topic or briefing with this id"),
        ("actors/../index", "has no page of an actor, topic or briefing with this id"),
    ],
)
def test_what_cannot_be_packed_is_refused(subject: str, message: str, home: Path) -> None:
    ran = run("pack", subject, "--config", home / "mkdocs.yml", cwd=home)
    assert (ran.returncode, message in ran.stderr) == (1, True), ran.stderr


def test_a_source_changed_since_the_build_is_refused(home: Path, tmp_path: Path) -> None:
    mine = tmp_path / "harbour"
    shutil.copytree(home, mine)
    source = mine / "sources/2024/2024-04-09-pier.md"
    source.write_text(source.read_text().replace("120 jobs", "150 jobs"))
    ran = run("pack", "2024/2024-04-09-pier", "--config", mine / "mkdocs.yml", cwd=mine)
    assert (ran.returncode, "not what briefings/2024/2024-04-09-pier/ was built from" in ran.stderr) == (1, True)
