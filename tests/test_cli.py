"""The commands: what they print, their exit status, and what they leave untouched."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.commands import GOOD, run, run_process, write
from tests.conftest import ROOT

BAD: dict[str, str | bytes] = {
    "empty.md": "",
    "only-head.md": "---\ntitle: A title\n---\n",
    "misspelt.md": "---\ntitel: A title\n---\n\nSome text.\n",
    "no-such-day.md": "---\npublished: 2023-02-30\n---\n\nSome text.\n",
    "twice.md": "Some text.\n",
    "twice.txt": "Some other text.\n",
    "picture.md": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01" + bytes(range(256)) * 4,
}


def test_help_names_every_verb() -> None:
    shown = run_process("--help").stdout
    for verb in ("build", "serve", "facts", "check", "clean"):
        assert f"  {verb} " in shown


def test_facts_are_json_lines_in_the_order_given(tmp_path: Path) -> None:
    write(tmp_path, {"b.md": GOOD, "a/c.txt": GOOD})
    ran = run("facts", tmp_path / "b.md", tmp_path / "a")
    assert ran.returncode == 0, ran.stderr
    objects = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [o["id"] for o in objects] == ["b", "c"]
    assert objects[0]["text"] == GOOD


def test_facts_go_on_past_a_source_that_cannot_be_read(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "", "b.md": GOOD})
    ran = run("facts", tmp_path)
    assert ran.returncode == 1
    assert [json.loads(line)["id"] for line in ran.stdout.splitlines()] == ["b"]
    assert "a.md:1:1: error:" in ran.stderr


@pytest.mark.parametrize(
    "args", [("facts",), ("facts", "no/such/place"), ("nonsense",), ("--sources", "no/such/place")]
)
def test_a_wrong_call_exits_with_2(args: tuple[str, ...]) -> None:
    assert run(*args).returncode == 2


def test_all_errors_are_reported_at_once_and_the_site_is_kept(tmp_path: Path) -> None:
    sources = write(tmp_path / "sources", BAD)
    actors = write(tmp_path / "actors", {"someone.yaml": "name: Some One\nkind: alien\n"})
    site = write(tmp_path / "site", {"index.html": "the old site", ".generated.json": "{}"})
    ran = run("--sources", sources, "--actors", actors, "--site", site)
    assert ran.returncode == 1
    for wanted in (
        "empty.md:1:1: error:",
        "only-head.md:3:1: error:",
        "misspelt.md:2:1: error: unknown key `titel`",
        "no-such-day.md:2:12: error:",
        "picture.md:1:1: error:",
        "someone.yaml:2:7: error:",
    ):
        assert wanted in ran.stderr
    assert "twice.md" in ran.stderr
    assert "twice.txt" in ran.stderr
    assert "7 errors found" in ran.stderr or "8 errors found" in ran.stderr
    assert sorted(p.name for p in site.iterdir()) == [".generated.json", "index.html"]
    assert (site / "index.html").read_text() == "the old site"


def test_check_and_build_refuse_the_same(tmp_path: Path) -> None:
    sources = write(tmp_path / "sources", BAD)
    checked = run("check", "--sources", sources, "--site", tmp_path / "site")
    built = run("build", "--sources", sources, "--site", tmp_path / "site")
    assert checked.returncode == built.returncode == 1
    errors = [line for line in checked.stderr.splitlines() if ": error:" in line]
    assert errors == [line for line in built.stderr.splitlines() if ": error:" in line]
    assert len(errors) == 6


def test_an_archive_without_articles_is_not_published(tmp_path: Path) -> None:
    sources = write(tmp_path / "sources", {"picture.jpg": b"\xff\xd8"})
    ran = run("--sources", sources, "--site", tmp_path / "site")
    assert ran.returncode == 1
    assert "no articles in this folder" in ran.stderr
    assert not (tmp_path / "site").exists()


def test_a_source_has_one_id_however_it_is_named(tmp_path: Path) -> None:
    path = "sources/2010/mine.md"
    write(tmp_path, {"mkdocs.yml": "site_name: An archive\n", path: GOOD})
    for named in (path, "sources/2010", tmp_path / path):
        first = json.loads(run("facts", named, cwd=tmp_path).stdout.splitlines()[0])
        assert first["id"] == "2010/mine"


def test_foreign_files_are_never_overwritten(tmp_path: Path) -> None:
    sources = write(tmp_path / "sources", {"a.md": GOOD})
    home = write(tmp_path / "home", {"diary.txt": "mine"})
    own = write(tmp_path / "own", {"mkdocs.yml": "site_name: Own\n"}) / "mkdocs.yml"  # with its own cache
    for verb, status in (("build", 1), ("clean", 0)):
        assert run(verb, "--config", own, "--sources", sources, "--site", home).returncode == status
        assert (home / "diary.txt").read_text() == "mine"
    assert "was not built here" in run("build", "--sources", sources, "--site", home).stderr
    for site in (sources, tmp_path, ROOT, ROOT / "docs" / "new"):
        ran = run("build", "--sources", sources, "--site", site)
        assert ran.returncode == 2
        assert ": overlaps " in ran.stderr


def test_unreadable_files_are_problems_not_crashes(tmp_path: Path) -> None:
    sources = write(tmp_path / "sources", {"good.md": GOOD, "deep/index.md": GOOD})
    os.mkfifo(sources / "pipe.md")
    (sources / "nowhere.md").symlink_to("gone.md")
    (sources / "round.md").symlink_to("round.md")
    Path(os.fsdecode(os.fsencode(sources) + b"/bad\xff.md")).write_text(GOOD)
    ran = run("check", "--sources", sources)
    assert ran.returncode == 1
    for wanted in ("pipe.md", "nowhere.md", "round.md", "deep/index.md", "not UTF-8"):
        assert wanted in ran.stderr
    assert run("build", "--sources", sources, "--site", tmp_path / "site").returncode == 1


def test_the_program_can_be_called_from_anywhere(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": GOOD})
    ran = run_process("facts", "a.md", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr


def test_facts_write_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"mkdocs.yml": "site_name: An archive\n", "sources/a.md": GOOD})
    before = sorted(tmp_path.rglob("*"))
    assert run("facts", "sources", cwd=tmp_path).returncode == 0
    assert sorted(tmp_path.rglob("*")) == before
