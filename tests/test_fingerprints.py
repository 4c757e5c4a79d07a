"""Fingerprints: an archive built step by step equals one built at once, and each step renders few pages."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from briefing import pipeline
from briefing.archive import cross_link
from briefing.config import Config, load_config
from briefing.content.problems import ContentError
from briefing.git import last_changes
from briefing.pipeline.workspace import open_workspace, tracked_output
from briefing.site import publish
from briefing.site.templates import Templates
from tests.conftest import ROOT

YEARS = ("2019", "2022", "2023", "2024")  # of our sources: with reprints, notes, figures, people and organisations


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    home = tmp_path_factory.mktemp("archive")
    for year in YEARS:
        shutil.copytree(ROOT / "sources" / year, home / "sources" / year)
    ours = load_config(ROOT / "mkdocs.yml", sources=home / "sources", site=home / "site")
    return replace(ours, cache=home / "cache", workers=1)


def lay_out(config: Config, docs: Path) -> publish.Changes:
    """Run the stages of a build up to its pages."""
    with closing(open_workspace(config)) as workspace:
        found = pipeline.read_articles(workspace, lambda *_: None)
        assert not workspace.errors
        assert not found.problems
        whole = cross_link(found.rows, workspace.registry.actors, workspace.topics)
        pages = pipeline._pages(workspace, whole, found, pipeline._templates(config), lambda *_: None)
        return publish.write_pages(pages, docs)


def contents(docs: Path) -> dict[str, bytes]:
    return {
        p.relative_to(docs).as_posix(): p.read_bytes()
        for p in docs.rglob("*")
        if p.is_file() and p.name != publish.MANIFEST
    }


def add(sources: Path) -> None:
    (sources / "2024" / "quay.md").write_text(
        "---\ntitle: Quay opens\npublished: 2024-06-02\n---\n\nPetra Quill of Marlow Metals said on 1 June that the "
        "port in China will ship 40,000 tonnes of gallium. Gina Raimondo welcomed the plan.\n"
    )


def name_again(sources: Path) -> None:
    (sources / "2023" / "quill.md").write_text(
        "---\ntitle: Quill resigns\npublished: 2023-02-01\n---\n\nPetra Quill, head of Marlow Metals, resigned.\n"
    )


def rewrite(sources: Path) -> None:
    path = sources / "2024" / "quay.md"
    path.write_text(path.read_text().replace("Quay opens", "The quay opens").replace("Gina Raimondo", "Xi Jinping"))


def date(sources: Path) -> None:
    path = sources / "2024" / "quay.md"
    path.write_text(path.read_text().replace("2024-06-02", "2022-06-02"))


def reprint(sources: Path) -> None:
    first = sorted((sources / "2024").glob("2024-07-*.md"))[0]
    words = first.read_text().replace("published: 2024-07-01", "published: 2024-07-03")
    (sources / "2024" / "reprint.md").write_text(words)


def remove(sources: Path) -> None:
    (sources / "2024" / "quay.md").unlink()
    sorted((sources / "2019").glob("*.md"))[0].unlink()


def excerpts(sources: Path) -> None:
    path = sources / "2023" / "quill.md"
    path.write_text(path.read_text().replace("published:", "rights: excerpts\npublished:"))


def correct(sources: Path) -> None:
    (sources / "2023" / "quill.facts.yaml").write_text("title: Quill gives up\npublished: 2023-02-03\n")


def put_under_a_topic(sources: Path) -> None:
    path = sources / "2023" / "quill.md"
    path.write_text(path.read_text().replace("published:", "topics: [critical-minerals]\npublished:"))


def move(sources: Path) -> None:
    path = sources / "2023" / "quill.md"
    text = path.read_text().replace("published:", "replaces: [2023/quill]\npublished:")
    (sources / "2023" / "quill-gives-up.md").write_text(text)
    path.unlink()
    (sources / "2023" / "quill.facts.yaml").rename(sources / "2023" / "quill-gives-up.facts.yaml")


STEPS: tuple[Callable[[Path], None], ...] = (
    add, name_again, rewrite, date, reprint, excerpts, correct, put_under_a_topic, move, remove,
)  # fmt: skip


def test_incremental_builds_equal_full_builds(config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    page = Templates.page

    def counted(self: Templates, path: str, *rest: Any, **values: Any) -> Any:
        made.append(path)
        return page(self, path, *rest, **values)

    monkeypatch.setattr(Templates, "page", counted)
    lay_out(config, tmp_path / "grown")
    shares: dict[str, float] = {}  # of pages that each step renders
    for step in STEPS:
        step(config.sources)
        made.clear()
        changes = lay_out(config, tmp_path / "grown")
        grown = len(made)
        assert changes.written or changes.removed
        made.clear()
        lay_out(config, tmp_path / step.__name__)
        assert contents(tmp_path / "grown") == contents(tmp_path / step.__name__), step.__name__
        shares[step.__name__] = grown / len(made)
    assert shares["name_again"] < 0.2, shares  # it mentions few actors; in a small archive, a reprint mentions most
    assert max(shares.values()) < 1, shares


@pytest.fixture
def small(config: Config, tmp_path: Path) -> Config:
    """Two articles in a repository of their own, one with corrections that are not committed yet."""
    sources = tmp_path / "sources"
    (sources / "2023").mkdir(parents=True)
    (sources / "2024").mkdir()
    add(sources)
    name_again(sources)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "sources")
    git(tmp_path, "commit", "-qm", "Articles")
    (sources / "2023" / "quill.facts.yaml").write_text("add:\n  - words: Petra Quill resigned\n    kind: key-fact\n")
    text = (sources / "2023" / "quill.md").read_text()
    (sources / "2023" / "quill.md").write_text(text.replace("Quill, head of Marlow Metals, resigned", "Quill resigned"))
    return replace(config, root=tmp_path, sources=sources, cache=tmp_path / "cache")


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=Ada Verne", "-c", "user.email=ada@archive.example", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)


SETTINGS: tuple[dict[str, Any], ...] = (
    {"rights": "excerpts"},
    {"name": "Another Archive"},
    {"url": "https://archive.example/"},
    {"description": "Of quays."},
    {"repository": "https://github.com/somebody/archive"},
    {"repository": "https://github.com/somebody/archive", "branch": "trunk"},
)


def test_changed_setting_changes_its_pages(small: Config, tmp_path: Path) -> None:
    lay_out(small, tmp_path / "docs")
    for number, setting in enumerate(SETTINGS):
        other = replace(small, **setting)
        assert lay_out(other, tmp_path / "docs").written, setting
        lay_out(replace(other, cache=tmp_path / f"cache{number}"), tmp_path / str(number))
        assert contents(tmp_path / "docs") == contents(tmp_path / str(number)), setting


def test_default_rights_apply_to_sources_without_their_own(small: Config, tmp_path: Path) -> None:
    source = small.sources / "2024" / "quay.md"
    source.write_text(source.read_text().replace("published:", "rights: full\npublished:"))
    lay_out(replace(small, rights="excerpts"), tmp_path / "docs")
    shown = contents(tmp_path / "docs")
    assert "briefings/2024/quay/facts.json" in shown
    assert "briefings/2023/quill/facts.json" not in shown


def test_author_of_a_correction_appears_once_committed(small: Config, tmp_path: Path) -> None:
    lay_out(small, tmp_path / "docs")
    page = tmp_path / "docs" / "briefings" / "2023" / "quill.md"
    assert "Ada Verne" not in page.read_text()
    git(tmp_path, "add", "sources")
    git(tmp_path, "commit", "-qm", "Correct")
    assert "briefings/2023/quill.md" in lay_out(small, tmp_path / "docs").written
    assert "Ada Verne" in page.read_text()


ODD_TIMES = ("253402300799", "253402300800", "9223372036854775807", "99999999999999999999", "-1", "0", "soon", "")


@pytest.mark.parametrize("time", ODD_TIMES)
def test_odd_commit_date_stops_nothing(time: str, small: Config, tmp_path: Path) -> None:
    """Whoever writes a commit chooses its date, and it lasts until history is rewritten."""
    git(tmp_path, "add", "sources")
    tree = output(tmp_path, "write-tree")
    who = f"Ada Verne <ada@archive.example> {time} +0000"
    text = f"tree {tree}\nparent {output(tmp_path, 'rev-parse', 'HEAD')}\nauthor {who}\ncommitter {who}\n\nOdd\n"
    odd = output(tmp_path, "hash-object", "-t", "commit", "-w", "--stdin", "--literally", given=text)
    git(tmp_path, "update-ref", "HEAD", odd)
    assert lay_out(replace(small, url="https://archive.example/"), tmp_path / "docs").written
    named = last_changes(tmp_path, tmp_path / "sources")
    assert all(0 <= when <= 253402300799 for when in named.values())


def output(folder: Path, *words: str, given: str = "") -> str:
    ran = subprocess.run(["git", "-C", str(folder), *words], input=given, check=True, capture_output=True, text=True)
    return ran.stdout.strip()


def test_generated_files_in_the_repository_are_refused(small: Config, tmp_path: Path) -> None:
    """A stranger's cache would decide what the site says, and a stranger's list which files are removed."""
    ours = replace(small, docs=tmp_path / "docs", output=tmp_path / "docs", site=tmp_path / "site")
    assert not list(tracked_output(ours))
    places = ("cache/archive.sqlite", "site/index.html", "docs/.generated.json", "docs/.generated/0", ".site.next/a")
    for place in places:
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text("{}")
        git(tmp_path, "add", "-f", place)
        with pytest.raises(ContentError, match="generated files are in the repository"):
            pipeline.build(ours)
        with closing(open_workspace(ours)) as workspace:
            (problem,) = workspace.errors
        assert problem.code == "tracked-output"
        subprocess.run(problem.fix, shell=True, cwd=tmp_path, check=True)
        assert (tmp_path / place).exists()
        assert not list(tracked_output(ours))


def test_unchanged_archive_renders_no_briefing_and_no_actor(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out(config, tmp_path)
    page = Templates.page

    def few(self: Templates, path: str, *rest: Any, **values: Any) -> Any:
        assert path.endswith("index.md") or not path.startswith(("briefings/", "actors/")), path
        return page(self, path, *rest, **values)

    monkeypatch.setattr(Templates, "page", few)
    assert not lay_out(config, tmp_path).written


def test_changed_template_renders_every_page(config: Config, tmp_path: Path) -> None:
    shutil.copytree(config.templates, tmp_path / "templates")
    other = replace(config, templates=tmp_path / "templates")
    lay_out(other, tmp_path / "docs")
    template = tmp_path / "templates" / "actor.md.j2"
    template.write_text(template.read_text() + "\n<p>As of now</p>\n")
    assert "actors/china.md" in lay_out(other, tmp_path / "docs").written
