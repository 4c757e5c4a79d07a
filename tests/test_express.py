"""Express publishing gives what MkDocs gives, byte for byte, or leaves the site to MkDocs."""

from __future__ import annotations

import json
import logging
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing.archive import cross_link
from briefing.archive.summaries import row
from briefing.config import Config, load_config
from briefing.model import Page
from briefing.site import archive_pages, briefing_page, express, publish, quality_page, render
from briefing.site.express import Express, NotExpressError, Shells, Theme, front_matter, nested
from tests.builders import templates
from tests.conftest import ROOT
from tests.example_briefing import REGISTRY, TOPICS, example
from tests.test_site import contents, hand_written

pytestmark = pytest.mark.xdist_group("express")
CASES = yaml.safe_load((ROOT / "tests/cases/express.yaml").read_text(encoding="utf-8"))
BOTH = ("express", "mkdocs")

OWN = "care/house.md"  # a hand-written page, in a folder that mkdocs.yml leaves out of the navigation


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our hand-written pages, and every kind of generated page."""
    folder = tmp_path_factory.mktemp("express")
    hand_written(folder, "mkdocs.yml", "docs", "templates")
    (folder / "docs" / OWN).parent.mkdir(exist_ok=True)
    (folder / "docs" / OWN).write_text("# House rules\n\nEditors check every correction.\n", encoding="utf-8")
    return folder


def config_of(home: Path, **more: Any) -> Config:
    return replace(load_config(home / "mkdocs.yml"), workers=1, **more)


def write_pages(config: Config, often: int = 1) -> None:
    """Write the pages of an archive; a name is in `often` briefings, more than 80 give pages per year."""
    known = templates(url=config.url)
    briefings = [example()]
    rows = [row(b) for b in briefings]
    titles = {n: f"More: {n} & <b>" for n in range(often)}
    one = replace(rows[0], replaces=("former",))  # so that there is a page of moved pages
    rows += [replace(one, id=f"more/{n}", title=t, published=f"20{10 + n % 3}") for n, t in titles.items()]
    archive = cross_link(rows, REGISTRY, TOPICS, "named-twice")
    pages = [*(briefing_page(b, archive, known) for b in briefings), *archive_pages(archive, known)]
    others = [Page(f"briefings/{r.id}.md", _titled(r.title)) for r in rows[1:]]
    publish.write_pages([*pages, *others, quality_page(known)], config.output)


def _titled(title: str) -> str:
    escaped = title.replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;")
    return f'---\ntitle: "{escaped}"\nhide: ["navigation"]\n---\n\n<h1>{escaped}</h1>\n'


def published(config: Config, publisher: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    monkeypatch.setattr(render, "_make_search", lambda config, stage: None)
    site = config.root / f"site-{publisher}"
    shutil.rmtree(site, ignore_errors=True)
    shutil.rmtree(config.cache / "rendered", ignore_errors=True)
    render.render_site(replace(config, site=site, publisher=publisher))  # type: ignore[arg-type]
    return {name: data for name, data in contents(site).items() if name != publish.MANIFEST}


@pytest.mark.parametrize("address", ["https://archive.example/briefings/", ""])
def test_every_page_equals_that_of_mkdocs(
    home: Path, address: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("SITE_URL", address)
    config = config_of(home)
    write_pages(config, often=90)
    one, other = (published(config, publisher, monkeypatch) for publisher in BOTH)
    assert not caplog.records  # nothing was left to MkDocs
    assert one.keys() == other.keys()
    assert not [name for name, data in one.items() if data != other[name]]
    kinds = {name.split("/")[0] for name in one if name.endswith(".html")}
    assert kinds >= {"index.html", "briefings", "actors", "topics", "years", "timeline", "statements", "figures"}
    assert kinds >= {"care", "network", "moved", "quality", "about", "404.html"}


def test_processes_do_not_change_a_byte(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = config_of(home)
    write_pages(config, often=90)
    monkeypatch.setattr(render, "MIN_PAGES", 20)
    one = published(config, "express", monkeypatch)
    assert published(replace(config, workers=3), "express", monkeypatch) == one


@pytest.mark.parametrize("few", [False, True], ids=["exchanged", "in place"])
def test_partial_build_equals_a_whole_one(few: bool, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "_few", lambda before, now: few)
    config = config_of(home)
    write_pages(config, often=3)
    published(config, "express", monkeypatch)
    site = home / "site-express"
    before = {path: path.stat().st_ino for path in site.rglob("*") if path.is_file()}
    own = config.docs / OWN
    text = own.read_text(encoding="utf-8")
    own.write_text(text.replace("# ", "# Now: ", 1), encoding="utf-8")
    write_pages(config, often=2)
    changes = render.render_site(replace(config, site=site))
    assert "care/house/index.html" in changes.written
    assert "briefings/more/2/index.html" in changes.removed
    kept = {path for path, inode in before.items() if path.is_file() and path.stat().st_ino == inode}
    assert len(kept) > len(before) / 2
    assert not (site / "briefings/more/2").exists()
    now = contents(site)
    assert json.loads(now.pop(publish.MANIFEST)).keys() == now.keys()
    assert published(config, "express", monkeypatch) == now
    own.write_text(text, encoding="utf-8")


def test_nothing_new_writes_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = config_of(home)
    write_pages(config)
    published(config, "express", monkeypatch)
    config = replace(config, site=home / "site-express")
    assert render.render_site(config).written == ()
    page = config.site / "about/index.html"
    right = page.read_bytes()
    page.write_text("changed by somebody")
    assert render.render_site(config).written == ("about/index.html",)
    assert page.read_bytes() == right


# --- what is left to MkDocs ---------------------------------------------------------------------


def edited(home: Path, old: str, new: str, name: str = "mkdocs.yml") -> str:
    path = home / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text


MAIN = "templates/theme/main.html"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("INHERIT:", "plugins: [search]\nINHERIT:"), "plugins"),
        (("INHERIT:", "use_directory_urls: false\nINHERIT:"), ""),
        (("{{ page.meta.published }}", "{{ page.meta.published | e }}", MAIN), "changes values"),
        (("{{ page.meta.twin }}", "{{ page.meta.twin | length }}", MAIN), "more of"),
        (('[data-f~="{{ fact }}"]', '[data-f~="{{ loop.index }}{{ fact }}"]', MAIN), "different ways"),
    ],
    ids=["a plugin", "other addresses", "a filter", "a value that is counted", "numbered items"],
)
def test_site_that_shells_cannot_make_is_rendered_by_mkdocs(
    home: Path,
    change: tuple[str, ...],
    why: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    name = change[2] if len(change) > 2 else "mkdocs.yml"
    kept = edited(home, *change)
    try:
        config = config_of(home)
        write_pages(config)
        with caplog.at_level(logging.WARNING):
            one = published(config, "express", monkeypatch)
        assert any(why in record.getMessage() for record in caplog.records) == bool(why)
        assert one == published(config, "mkdocs", monkeypatch)
    finally:
        (home / name).write_text(kept, encoding="utf-8")


def test_broken_links_of_hand_written_pages_are_reported(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = config_of(home)
    write_pages(config)
    page = config.docs / OWN
    kept = page.read_text(encoding="utf-8")
    links = "[a](../actors/nobody.md) [b](../quality.md#nothing) [c](../actors/index.md#person)\n"
    page.write_text(f"{kept}\n{links}", encoding="utf-8")
    try:
        with pytest.raises(render.SiteError) as error:
            published(config, "express", monkeypatch)
        told = str(error.value).splitlines()
        assert len(told) == 2, told
        assert "actors/nobody.md" in told[0]
        assert "quality.md#nothing" in told[1]
    finally:
        page.write_text(kept, encoding="utf-8")


# --- bodies -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def theme(home: Path) -> Theme:
    config = config_of(home)
    write_pages(config)
    return Theme(config.mkdocs, config.output, publish.hand_written(config.output), publish.generated(config.output))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_body_is_what_markdown_makes_of_it(case: dict[str, Any], theme: Theme) -> None:
    made = Express(Shells(), lambda: theme).body(case["body"].encode())
    assert (made is None) == case.get("markdown", False)
    html, headings = theme.converted(case["body"])
    if made:
        assert made.html.decode() == html
        assert made.headings == headings
        tokens = [(t["id"], [below["id"] for below in t["children"]]) for t in theme.markdown.toc_tokens]  # type: ignore[attr-defined]
        assert [(h[1], [below[0][1] for below in children]) for h, children in nested(headings)] == tokens


def test_elements_that_begin_a_block_are_those_of_markdown(theme: Theme) -> None:
    found = {name for name in theme.markdown.block_level_elements if express.START.match(f"<{name}>".encode())}
    assert found == {*theme.markdown.block_level_elements} - {"hr"}


def test_front_matter_that_is_not_ours_is_left_to_mkdocs() -> None:
    assert front_matter(b'---\ntitle: "A"\nhide: ["toc"]\n---\n\nx') == ({"title": "A", "hide": ["toc"]}, b"\nx")
    for text in (b"no front matter", b"---\ntitle: A\n---\n\nx", b'---\na:\n  - "b"\n---\n', b"---\n"):
        assert front_matter(text) is None


def test_shells_are_kept_and_need_no_mkdocs(home: Path, theme: Theme) -> None:
    name = "actors/jon-barrow.md"
    text = (home / "docs" / "topics/index.md").read_bytes()
    learned = Express(Shells(), lambda: theme)
    first = learned.page("topics/index.md", text)
    kept = render.SHELLS.validate_json(render.SHELLS.dump_json(learned.shells))

    def never() -> Theme:
        raise AssertionError(name)

    assert Express(kept, never).page("topics/index.md", text) == first
    json.loads(render.SHELLS.dump_json(kept))


def test_error_of_a_process_is_that_of_the_build(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = replace(config_of(home), workers=2)
    write_pages(config, often=90)
    monkeypatch.setattr(render, "MIN_PAGES", 20)
    put = render.Stage.put

    def full(self: render.Stage, name: str, data: bytes) -> None:
        if name.startswith("briefings/more/1/"):
            raise OSError(28, "No space left on device", name)
        put(self, name, data)

    monkeypatch.setattr(render.Stage, "put", full)
    with pytest.raises(OSError, match="No space left"):
        published(config, "express", monkeypatch)


def test_theme_without_entries_of_contents_is_left_to_mkdocs(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme.env, "get_template", _missing)
    with pytest.raises(NotExpressError, match=r"toc-item\.html"):
        theme.contents_entries()


def _missing(name: str) -> Any:
    import jinja2

    raise jinja2.TemplateNotFound(name)
