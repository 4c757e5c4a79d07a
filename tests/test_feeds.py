"""Feeds, llms.txt and plain text are valid and complete."""

from __future__ import annotations

import json
import uuid
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import markdown
import pytest
from lxml import etree, html  # type: ignore[import-untyped]

from briefing.archive import Archive, cross_link
from briefing.archive.summaries import row
from briefing.model import Briefing
from briefing.site import Site, archive_pages, briefing_pages, load_templates
from briefing.site.fingerprints import no_fingerprints
from tests import builders
from tests.example_briefing import REGISTRY, TOPICS, example

ROOT = Path(__file__).parents[1]
ATOM = "{http://www.w3.org/2005/Atom}"
SITE = builders.site(url="https://archive.example/news", description="Briefings.")
NOWHERE = builders.site(url="")
NASTY = "A {brace} \\ & 50% #1 <b> ]]> ~ ^ _x_ $y$\nER  - \n@misc{"


def archive() -> Archive:
    nasty = example("nasty", publisher=NASTY, author=NASTY, url="https://press.example/}x")
    nasty = replace(nasty, article=replace(nasty.article, title=builders.title(NASTY)))
    undated = example("undated", published="")
    rows = [replace(row(b), signature=()) for b in (example(), nasty, undated)]  # no reprints, which count once
    return cross_link(rows, REGISTRY, TOPICS)


def files(site: Site = SITE) -> dict[str, str]:
    return {page.path: page.text for page in archive_pages(archive(), load_templates(ROOT / "templates", site))}


ATOM_SCHEMA = etree.RelaxNG(etree.parse(str(Path(__file__).parent / "schemas" / "atom.rng")))
COMMITTED = 1_790_000_000  # 2026-09-21
CHANGED = replace(SITE, changed={"briefings/nasty.md": COMMITTED, "briefings/undated.md": COMMITTED - 60})


def feed_entries(text: str) -> list[ET.Element]:
    return ET.fromstring(text).findall(f"{ATOM}entry")


@pytest.mark.parametrize("site", [SITE, CHANGED, NOWHERE], ids=["address known", "dates known", "neither known"])
def test_every_feed_is_valid_atom(site: Site) -> None:
    feeds = {path: text for path, text in files(site).items() if path.endswith("feed.xml")}
    assert {"feed.xml", "topics/ports/feed.xml", "actors/anna-kessowa/feed.xml"} <= set(feeds)
    for path, text in feeds.items():
        assert ATOM_SCHEMA.validate(etree.fromstring(text.encode())), (path, ATOM_SCHEMA.error_log)
        feed = ET.fromstring(text)
        ids = [part.findtext(f"{ATOM}id", "") for part in [feed, *feed.findall(f"{ATOM}entry")]]
        assert len(ids) == len(set(ids)) == (4 if site.changed else 3), "without any date an entry is in no feed"
        for name in ids:
            uuid.UUID(name.removeprefix("urn:uuid:"))
        kinds = [(e.get("rel"), e.get("type")) for e in feed.findall(f"{ATOM}link")]
        assert len(kinds) == len(set(kinds)), "two alternates of one type are one too many"
    assert NASTY in [e.findtext(f"{ATOM}title") for e in feed_entries(feeds["feed.xml"])]


def test_entry_dates_follow_the_source_and_the_article() -> None:
    text = files(CHANGED)["feed.xml"]
    dates = [(e.findtext(f"{ATOM}updated"), e.findtext(f"{ATOM}published")) for e in feed_entries(text)]
    assert dates == [
        ("2026-09-21T14:13:20Z", "2026-05-03T00:00:00Z"),
        ("2026-09-21T14:12:20Z", None),
        ("2026-05-03T00:00:00Z", "2026-05-03T00:00:00Z"),
    ]
    assert ET.fromstring(text).findtext(f"{ATOM}updated") == dates[0][0]


def test_no_date_is_later_than_the_build() -> None:
    built = 1_700_000_000  # in November 2023, before the article and its last change
    site = replace(CHANGED, built=built)
    entries = feed_entries(files(site)["feed.xml"])
    assert {e.findtext(f"{ATOM}updated") for e in entries} == {"2023-11-14T22:13:20Z"}
    assert {e.findtext(f"{ATOM}published") for e in entries} == {None}
    assert "2026" not in files(replace(SITE, built=built))["feed.xml"].partition("<entry")[0]


@pytest.mark.parametrize("site", [SITE, CHANGED, NOWHERE], ids=["address known", "dates known", "neither known"])
def test_every_json_feed_holds_what_version_1_1_asks_for(site: Site) -> None:
    """Required keys, and types of optional keys: https://www.jsonfeed.org/version/1.1/"""
    feeds = {path: json.loads(text) for path, text in files(site).items() if path.endswith("feed.json")}
    assert {"feed.json", "topics/ports/feed.json", "actors/anna-kessowa/feed.json"} <= set(feeds)
    for path, feed in feeds.items():
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["title"]
        assert set(feed) <= {"version", "title", "description", "home_page_url", "feed_url", "items"}
        assert feed.get("feed_url", path) == site.url + ("/" if site.url else "") + path
        for item in feed["items"]:
            assert set(item) <= JSON_ITEM.keys()
            assert all(isinstance(item[key], JSON_ITEM[key]) for key in item)
            assert item["id"]
            assert item["content_text"]
            for key in ("date_published", "date_modified"):
                assert datetime.fromisoformat(item.get(key, "2026-01-01T00:00:00Z")).tzinfo


JSON_ITEM = {
    "id": str, "url": str, "external_url": str, "title": str, "content_text": str, "date_published": str,
    "date_modified": str, "authors": list, "tags": list, "language": str,
}  # fmt: skip


def test_llms_txt_is_markdown_whose_links_are_ours() -> None:
    """One title, a summary, lists of links, and no markup from sources: https://llmstxt.org"""
    text = files()["llms.txt"]
    page = html.fromstring(markdown.markdown(text))
    assert [e.text for e in page.iter("h1")] == ["Archive"]
    assert page.find(".//blockquote") is not None
    links = [e.get("href") for e in page.iter("a")]
    assert len(links) > 5
    assert all(link.startswith("https://archive.example/news/") for link in links)
    assert not list(page.iter("script", "b", "img"))
    assert " ".join(NASTY.split()) in [e.text_content() for e in page.iter("a")]


def beside_its_page(briefing: Briefing) -> dict[str, str]:
    templates, nothing_kept = load_templates(ROOT / "templates", SITE), no_fingerprints(archive())
    _, *files = briefing_pages(row(briefing), lambda _: briefing, archive(), templates, nothing_kept)
    return {file.path.rpartition("/")[2]: file.text for file in files}


def test_excerpts_are_not_published_in_full() -> None:
    briefing = example()
    whole = beside_its_page(briefing)
    assert set(whole) == {"facts.json", "briefing.txt"}
    source = briefing.article.source
    kept = replace(source, meta=replace(source.meta, rights="excerpts"))
    excerpts = beside_its_page(replace(briefing, article=replace(briefing.article, source=kept)))
    assert list(excerpts) == ["briefing.txt"]
    assert "fears for 1,200 jobs" in excerpts["briefing.txt"]
    assert "The plan names three steps" in whole["briefing.txt"]
    assert "The plan names three steps" not in excerpts["briefing.txt"], "no fact rests on it"
