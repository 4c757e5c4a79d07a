"""The sitemap: every page with its full address and the date of its last change."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from lxml import etree  # type: ignore[import-untyped]

from briefing import git, pipeline
from briefing.archive import cross_link
from briefing.archive.summaries import row
from briefing.config import load_config
from briefing.model import Page
from briefing.site import Site, feeds
from tests import builders
from tests.example_briefing import REGISTRY, TOPICS, example

SITE = builders.site(url="https://archive.example/news/", changed={"a/b.md": 1_790_000_000})
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NAMES = ["index.md", "a/b.md", "briefings/2012/中国.md", "topics/index.md"]


def pages(names: list[str], site: Site) -> dict[str, Page]:
    return {p.path: p for p in feeds.with_sitemap([builders.page(n, "") for n in names], ["about.md"], site)}


def locations(page: Page) -> list[str]:
    return [e.text for e in etree.fromstring(page.text.encode()).iter(f"{SPACE}loc")]


def test_sitemap_lists_every_page_and_nothing_else() -> None:
    found = pages([*NAMES, "a/facts.json", "feed.xml"], SITE)
    assert locations(found["sitemap.xml"]) == [
        "https://archive.example/news/a/b/",
        "https://archive.example/news/about/",
        "https://archive.example/news/briefings/2012/%E4%B8%AD%E5%9B%BD/",
        "https://archive.example/news/",
        "https://archive.example/news/topics/",
    ]
    assert found["sitemap.xml"].text.count("<lastmod>") == 1
    assert "<loc>https://archive.example/news/a/b/</loc><lastmod>2026-09-21T14:13:20Z</lastmod>" in (
        found["sitemap.xml"].text
    )


def test_sitemap_without_site_url_is_empty_with_a_reason() -> None:
    page = pages(NAMES, builders.site(url=""))["sitemap.xml"]
    assert locations(page) == []
    assert "SITE_URL" in page.text


def test_large_archive_has_a_sitemap_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MAX_ADDRESSES", 2)
    found = pages([*NAMES, "briefings/index.md", "briefings/no-year.md"], SITE)
    parts = ["a", "briefings-2012", "briefings", "pages", "topics"]
    assert sorted(locations(found["sitemap.xml"])) == sorted(f"{SITE.url}sitemap-{part}.xml" for part in parts)
    assert sum(len(locations(found[f"sitemap-{part}.xml"])) for part in parts) == 7


def test_part_of_a_sitemap_is_divided_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MAX_ADDRESSES", 2)
    found = pages([f"briefings/2012/{n}.md" for n in range(5)], SITE)
    files = ["sitemap-briefings-2012.xml", "sitemap-briefings-2012-2.xml", "sitemap-briefings-2012-3.xml"]
    assert locations(found["sitemap.xml"]) == [SITE.url + file for file in [*files, "sitemap-pages.xml"]]
    assert [len(locations(found[file])) for file in files] == [2, 2, 1]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An archive in Git whose source, corrections, and actor and page were committed on three days."""
    commit(tmp_path, 1_000_000_000, {"mkdocs.yml": "site_name: A\n", "sources/2026/velmora-harbour.md": "x"})
    commit(tmp_path, 1_100_000_000, {"actors/norway.yaml": "x", "docs/about.md": "x"})
    return tmp_path


def commit(folder: Path, time: int, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    who = {"NAME": "A", "EMAIL": "a@a.example", "DATE": f"{time} +0000"}
    environment = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()}
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=folder, check=True, env={"PATH": "/usr/bin:/bin", **environment})


def times(home: Path) -> dict[str, int]:
    archive = cross_link([row(example())], REGISTRY, TOPICS)
    config = load_config(home / "mkdocs.yml")
    return pipeline.last_changes(config, [(home / "sources/2026/velmora-harbour.md", "2026/velmora-harbour")], archive)


def test_page_dates_follow_the_files_shown(home: Path) -> None:
    found = times(home)
    assert found["briefings/2026/velmora-harbour.md"] == found["index.md"] == 1_000_000_000
    assert found["actors/anna-kessowa.md"] == found["years/2026.md"] == 1_000_000_000
    assert found["actors/norway.md"] == found["about.md"] == 1_100_000_000
    commit(home, 1_200_000_000, {"sources/2026/velmora-harbour.facts.yaml": "x"})
    found = times(home)
    assert found["briefings/2026/velmora-harbour.md"] == found["actors/norway.md"] == 1_200_000_000
    assert found["about.md"] == 1_100_000_000


def test_files_unknown_to_git_have_no_date(home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    (home / "sources/2026/new.md").write_text("x")
    assert "sources/2026/new.md" not in git.last_changes(home, home / "sources")
    shallow = tmp_path_factory.mktemp("shallow") / "clone"
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{home}", str(shallow)], check=True)
    assert git.last_changes(shallow, shallow / "sources") == {}
    assert git.last_changes(tmp_path_factory.mktemp("none"), Path("sources")) == {}


def test_a_page_that_mkdocs_leaves_out_is_not_in_it(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for name in ("about.md", "development.md"):
        (tmp_path / "docs" / name).write_text("# A page\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: A\nexclude_docs: |\n  /development.md\n", encoding="utf-8")
    assert pipeline._hand_written(load_config(tmp_path / "mkdocs.yml")) == ["about.md"]
