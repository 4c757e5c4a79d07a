"""A small archive built, updated and rebuilt from start to end."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from lxml import etree, html  # type: ignore[import-untyped]

from briefing.config import load_config
from briefing.site import publish
from briefing.site import render as rendering
from tests.commands import GOOD, run_process, write
from tests.conftest import ROOT
from tests.test_citations import unknown_to_schema_org

SOURCES = {
    "2021/2021-03-04-mine-reopens.md": GOOD,
    "2021/council.txt": "Council votes\n\nPetra Quill told the council that 40 jobs return. China buys the ore.\n",
    "note.md": "---\ntitle: A note\npublished: 2022\n---\n\nThe World Trade Organization met on 3 May 2022.\n",
}


pytestmark = pytest.mark.xdist_group("site")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Our archive with three articles of its own, built once, and the build's output."""
    folder = tmp_path_factory.mktemp("site") / "archive"
    hand_written(folder, "mkdocs.yml", "docs", "actors", "topics", "templates")
    write(folder / "sources", SOURCES)
    return folder, build(folder)


@pytest.fixture
def home(built: tuple[Path, str]) -> Iterator[Path]:
    """The built archive, for tests that change it. It is restored in place, since the cache depends on the path."""
    folder, _ = built
    kept = folder.with_name("kept")
    if not kept.exists():
        shutil.copytree(folder, kept)
    yield folder
    shutil.rmtree(folder)
    shutil.copytree(kept, folder)


def hand_written(folder: Path, *names: str) -> None:
    """Copy these files and folders of our archive, without generated pages."""
    folder.mkdir(exist_ok=True)
    for name in names:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=_generated)
        else:
            shutil.copy(source, folder / name)


def _generated(folder: str, names: list[str]) -> set[str]:
    docs, inside = ROOT / "docs", Path(folder)
    if not inside.is_relative_to(docs):
        return set()
    ours = {*publish.generated(docs), publish.MANIFEST}
    return {name for name in names if (inside / name).relative_to(docs).as_posix() in ours}


def times(folder: Path) -> dict[str, int]:
    return {p.relative_to(folder).as_posix(): p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def build(home: Path, *more: str | Path) -> str:
    ran = run_process("--config", home / "mkdocs.yml", *more, cwd=home)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_site_is_built_updated_and_rebuilt(built: tuple[Path, str], home: Path) -> None:
    assert "Read 3 sources (3 new or changed)" in built[1]
    site = home / "site"
    for page in (
        "index.html",
        "briefings/2021/2021-03-04-mine-reopens/index.html",
        "briefings/2021/council/index.html",
        "briefings/note/index.html",
        "actors/china/index.html",
        "actors/world-trade-organization/index.html",
        "actors/names/index.html",
        "pagefind/pagefind.js",
    ):
        assert (site / page).is_file(), page

    # A name that few articles use has no page: links lead to its entry.
    assert not (site / "actors/petra-quill").exists()
    assert 'id="name-petra-quill"' in (site / "actors/names/index.html").read_text()
    assert "../../../actors/names/#name-petra-quill" in unescape(
        (site / "briefings/2021/council/index.html").read_text()
    )

    before, bytes_before = times(site), contents(site)
    pages_before = times(home / "docs")
    again = build(home)
    assert again.startswith("Nothing has changed since the last build: 3 sources, ")
    assert times(site) == before
    assert times(home / "docs") == pages_before

    # One article changes: pages that do not show it are not touched.
    write(home / "sources", {"note.md": SOURCES["note.md"].replace("3 May", "4 May")})
    assert "(1 new or changed)" in build(home)
    changed = {name for name, data in contents(site).items() if data != bytes_before.get(name)}
    assert "briefings/note/index.html" in changed
    assert "briefings/2021/council/index.html" not in changed

    # An article is removed, with its page and the actors that only it mentions.
    (home / "sources/2021/council.txt").unlink()
    build(home)
    assert not (site / "briefings/2021/council").exists()
    assert "briefings/2021/council" not in (site / "sitemap.xml").read_text()

    # A full build gives the same bytes.
    now = contents(site)
    for folder in ("site", ".cache"):
        shutil.rmtree(home / folder)
    build(home)
    assert contents(site) == now


def test_an_unchanged_archive_needs_no_language_model(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_the_way = write(home / "path", {"spacy.py": "raise SystemExit('the language model was asked for')"})
    monkeypatch.setenv("PYTHONPATH", str(in_the_way))
    (home / ".cache" / "built").rename(home / "built")
    assert "(0 new or changed)" in build(home)


def test_a_build_without_news_ends_before_anything_is_loaded(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also if a file was saved without a change. One that was changed, added, removed or spoiled is noticed."""
    build(home)
    write(home / "path", {"jinja2.py": "raise SystemExit('pages were to be made')"})
    monkeypatch.setenv("PYTHONPATH", str(home / "path"))
    source = home / "sources/note.md"
    assert build(home).startswith("Nothing has changed")
    source.touch()
    assert build(home).startswith("Nothing has changed")
    page = home / "site/briefings/note/index.html"
    for path in (source, home / "mkdocs.yml", page):
        kept, times_ = path.read_bytes(), path.stat()
        path.write_bytes(kept + b"\n")
        assert "pages were to be made" in run_process("--config", home / "mkdocs.yml", cwd=home).stderr, path
        path.write_bytes(kept)
        os.utime(path, ns=(times_.st_atime_ns, times_.st_mtime_ns))
    kept, times_ = source.read_bytes(), source.stat()
    source.write_bytes(kept.replace(b"3 May", b"5 May"))  # as large as before, and with its time, as after `cp -p`
    os.utime(source, ns=(times_.st_atime_ns, times_.st_mtime_ns))
    assert "pages were to be made" in run_process("--config", home / "mkdocs.yml", cwd=home).stderr
    source.write_bytes(kept)
    others = ("sources/other.md", "actors/other.yaml", "docs/other.md", "docs/.well-known/security.txt", "index.md")
    for path in (home / name for name in others):
        write(home, {path.relative_to(home).as_posix(): "text"})
        assert "pages were to be made" in run_process("--config", home / "mkdocs.yml", cwd=home).stderr, path
        path.unlink()
    page.unlink()
    assert "pages were to be made" in run_process("--config", home / "mkdocs.yml", cwd=home).stderr
    monkeypatch.delenv("PYTHONPATH")
    assert "1 file written" in build(home)
    assert page.is_file()


def test_what_was_reused_is_explained(home: Path) -> None:
    note = home / "sources/note.md"
    build(home)
    assert "unchanged. Nothing that a build reads has changed" in build(home, "--explain", note)
    write(home / "sources", {"2021/council.txt": SOURCES["2021/council.txt"] + "\nIt rained.\n"})
    assert "note.md: its briefing was kept" in build(home, "--explain", note)
    write(home / "actors", {"petra-quill.yaml": "name: Petra Quill\nkind: person\n"})
    told = build(home, "--explain", home / "sources/2021/2021-03-04-mine-reopens.md")
    assert "read again, because registry or topics now say something else about " in told
    assert "the actor `petra-quill`" in told
    assert "The language model's analysis was kept." in told
    told = build(home, "--explain", home / "docs/briefings/note.md")
    assert "unchanged. Nothing that a build reads has changed" in told
    write(home / "sources", {"note.md": SOURCES["note.md"] + "\nIt snowed.\n"})
    told = build(home, "--explain", note)
    assert "read again, because the article has changed. The language model read it." in told
    assert "its own: briefings/note.md" in told
    (home / "actors/petra-quill.yaml").unlink()


def test_a_new_text_needs_the_language_model(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_the_way = write(home / "path", {"spacy.py": "raise SystemExit('the language model was asked for')"})
    monkeypatch.setenv("PYTHONPATH", str(in_the_way))
    write(home / "sources", {"new.md": f"{GOOD}\nA text that was never read: {time.time_ns()}.\n"})
    assert "the language model was asked for" in run_process("--config", home / "mkdocs.yml", cwd=home).stderr


def test_every_link_and_fragment_of_the_site_resolves(built: tuple[Path, str]) -> None:
    home, _ = built
    site = home / "site"
    base = re.search(r"^site_url: *(\S+)", (home / "mkdocs.yml").read_text(), re.MULTILINE)
    assert not broken_links(site, base[1] if base else "https://archive.invalid/")


def broken_links(site: Path, base: str) -> list[str]:
    """Broken internal links, as `page -> link`."""
    from urllib.parse import urldefrag, urljoin

    pages = {p: html.parse(str(p)).getroot() for p in site.rglob("*.html")}
    ids = {p: {e.get("id") for e in root.iter() if e.get("id")} for p, root in pages.items()}
    broken = []
    for page, root in pages.items():
        here = base + page.relative_to(site).as_posix().removesuffix("index.html")
        for element in root.iter("a", "link", "script", "img", "use"):
            link = element.get("href") or element.get("src")
            if link is None or link.startswith(("mailto:", "data:")):
                continue
            address, fragment = urldefrag(urljoin(here, link))
            if not address.startswith(base) or page.name == "404.html":
                continue
            target = site / unquote(address.removeprefix(base).partition("?")[0])
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file() or (
                fragment and not fragment.startswith(":~:") and target in ids and unquote(fragment) not in ids[target]
            ):
                broken.append(f"{here} -> {link}")
    return broken


def test_site_url_appears_everywhere_when_set_and_nowhere_otherwise(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, base = home / "site", "https://archive.example/news/"
    before = contents(site)
    assert not [name for name, data in before.items() if b"archive.example" in data]
    monkeypatch.setenv("SITE_URL", base.rstrip("/"))
    monkeypatch.setenv("REPOSITORY_URL", "https://github.com/owner/archive")
    build(home)

    listed = {e.text for e in etree.parse(str(site / "sitemap.xml")).iter("{*}loc")}
    for path in sorted(site.rglob("index.html")):
        address = base + quote(path.relative_to(site).as_posix().removesuffix("index.html"))
        page = html.parse(str(path)).getroot()
        if page.xpath("//meta[@name='robots' and @content='noindex']"):
            continue  # a redirect
        assert page.xpath("//link[@rel='canonical']/@href") == [address]
        listed.remove(address)
        (picture,) = page.xpath("//meta[@property='og:image']/@content")
        assert (site / unquote(picture.removeprefix(base))).read_bytes().startswith(b"\x89PNG")
        for feed in page.xpath("//link[contains(@rel, 'feed')]/@href"):
            assert (path.parent / feed).resolve().is_file()
        for script in page.xpath("//script[@type='application/ld+json']/text()"):
            assert not unknown_to_schema_org(json.loads(script))
        assert not page.xpath("//*[@data-md-component='source']"), "Material's script would ask GitHub"
    assert not listed
    assert f"Sitemap: {base}sitemap.xml" in (site / "robots.txt").read_text()
    for feed in site.rglob("feed.xml"):
        (own,) = etree.parse(str(feed)).xpath("/*/*[local-name()='link'][@rel='self']/@href")
        assert own == base + feed.relative_to(site).as_posix()
    briefing = html.parse(str(site / "briefings/note/index.html")).getroot()
    (suggest, *_) = briefing.xpath("//a[@class='suggest']/@href")
    assert suggest.startswith("https://github.com/owner/archive/new/main/sources")
    assert not broken_links(site, base)

    monkeypatch.delenv("SITE_URL")
    monkeypatch.delenv("REPOSITORY_URL")
    build(home)
    assert contents(site) == before


def test_all_pages_are_rendered_again_when_a_shared_input_changes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = home / "mkdocs.yml"
    (home / "templates" / "theme").rename(home / "look")
    (home / "hook.py").write_text("")
    text = settings.read_text() + "\ntheme:\n  custom_dir: look\n"
    settings.write_text(text.replace("site_name: Briefing Archive", "site_name: !ENV NAME") + "\nhooks: [hook.py]\n")
    shells: list[str] = []

    def tell() -> None:
        shells.append(rendering._shell(load_config(settings)))

    monkeypatch.setenv("NAME", "One archive")
    tell()
    monkeypatch.setenv("NAME", "Another archive")
    tell()
    (home / "look" / "main.html").write_text((home / "look" / "main.html").read_text() + "<!-- -->\n")
    tell()
    (home / "hook.py").write_text("def on_page_markdown(markdown, **_):\n    return markdown\n")
    tell()
    assert len(set(shells)) == 4
    tell()
    assert shells[-1] == shells[-2]


def test_git_ignores_generated_pages(built: tuple[Path, str]) -> None:
    made = sorted(f"docs/{name}" for name in publish.generated(built[0] / "docs"))
    ran = subprocess.run(
        ["git", "check-ignore", "--no-index", "--stdin"],
        cwd=ROOT,
        input="\n".join(made),
        capture_output=True,
        text=True,
    )
    if ran.returncode == 128:
        pytest.skip("this is no git checkout")
    assert sorted(ran.stdout.splitlines()) == made
