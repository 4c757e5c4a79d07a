"""Feeds and citations: what machines read is well formed, true and holds no surprise."""

from __future__ import annotations

import json
import re
import uuid
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from example_briefing import REGISTRY, TOPICS, article, example
from hypothesis import given
from hypothesis import strategies as st

from briefing import escape
from briefing.archive import Archive, cross_link
from briefing.model import Title
from briefing.pages import Site, archive_pages, briefing_files, cite, load_templates
from briefing.rows import Row, row

ROOT = Path(__file__).parents[1]
ATOM = "{http://www.w3.org/2005/Atom}"
SITE = Site("Archive", "https://archive.example/news", "Briefings.")
NASTY = "A {brace} \\ & 50% #1 <b> ]]> ~ ^ _x_ $y$\nER  - \n@misc{"


def archive() -> Archive:
    nasty = replace(
        example(), article=article(name="nasty", publisher=NASTY, author=NASTY, url="https://press.example/}x")
    )
    nasty = replace(nasty, article=replace(nasty.article, title=Title(NASTY, "given")))
    undated = replace(example(), article=article(name="undated", published=""))
    return cross_link([row(b) for b in (example(), nasty, undated)], REGISTRY, TOPICS)


def files(site: Site = SITE) -> dict[str, str]:
    return {page.path: page.text for page in archive_pages(archive(), load_templates(ROOT / "templates", site))}


@pytest.mark.parametrize("site", [SITE, Site("Archive")], ids=["address known", "address unknown"])
def test_every_feed_has_what_atom_asks_for(site: Site) -> None:
    feeds = {path: text for path, text in files(site).items() if path.endswith("feed.xml")}
    assert {"feed.xml", "topics/ports/feed.xml", "actors/anna-kessowa/feed.xml"} <= set(feeds)
    for text in feeds.values():
        feed = ET.fromstring(text)
        for part in [feed, *feed.findall(f"{ATOM}entry")]:
            assert part.findtext(f"{ATOM}title")
            uuid.UUID(part.findtext(f"{ATOM}id", "").removeprefix("urn:uuid:"))
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", part.findtext(f"{ATOM}updated", ""))
        ids = [e.findtext(f"{ATOM}id") for e in feed.findall(f"{ATOM}entry")]
        assert len(ids) == len(set(ids)) == 2, "the undated one is not in it"
    first = ET.fromstring(feeds["feed.xml"])
    assert NASTY in [e.findtext(f"{ATOM}title") for e in first.findall(f"{ATOM}entry")]


def test_the_json_feed_is_one() -> None:
    feed = json.loads(files()["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert all(item["id"] and item["content_text"] for item in feed["items"])
    assert feed["items"][0]["url"].startswith("https://archive.example/news/briefings/")


def nasty_row() -> Row:
    return archive().by_id["nasty"]


def test_bibtex_braces_balance_and_the_title_is_one_value() -> None:
    entry = cite.bibtex(nasty_row(), SITE)
    bare = re.sub(r"\\[{}]", "", entry)
    assert bare.count("{") == bare.count("}")
    assert entry.count("@misc{") == 1
    assert re.search(r"^  year = \{2026\},$", entry, re.MULTILINE)


def test_ris_has_one_record_and_a_tag_a_line() -> None:
    lines = cite.ris(nasty_row(), SITE).splitlines()
    assert lines[0] == "TY  - ELEC"
    assert lines[-1].startswith("ER  - ")
    assert sum(line.startswith("ER  - ") for line in lines) == 1
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert "DA  - 2026/05/03/" in lines


def test_csl_tells_the_date_in_parts() -> None:
    entry = json.loads(cite.csl(nasty_row(), SITE))[0]
    assert entry["issued"] == {"date-parts": [[2026, 5, 3]]}
    assert entry["title"] == NASTY


def test_downloads_are_what_they_say() -> None:
    for download in cite.downloads(nasty_row(), SITE):
        kind, _, text = download.address.partition(",")
        assert kind.startswith("data:application/")
        assert NASTY.split()[1].strip("{}") in unquote(text)


@given(st.text(max_size=60))
def test_any_text_is_one_bibtex_value(text: str) -> None:
    value = escape.bibtex(text)
    assert "\n" not in value
    bare = re.sub(r"\\[{}$&%#_]", "", value).replace("{}", "")
    assert not set(bare) & set("{}$&%#_~^")


def test_excerpts_keep_their_text_to_themselves() -> None:
    briefing = example()
    assert [p.path for p in briefing_files(briefing)] == [
        "briefings/2026/velmora-harbour/facts.json",
        "briefings/2026/velmora-harbour/briefing.txt",
    ]
    source = briefing.article.source
    kept = replace(source, meta=replace(source.meta, rights="excerpts"))
    assert not list(briefing_files(replace(briefing, article=replace(briefing.article, source=kept))))


def test_structured_data_names_only_what_is_registered() -> None:
    found = cite.structured(archive().by_id["2026/velmora-harbour"], archive(), SITE)
    assert [thing["name"] for thing in found["mentions"]] == [
        "Anna Kessowa", "Port Authority of Velmora", "Norway", "Dockers United",
    ]  # fmt: skip
    assert found["hasPart"][0]["@type"] == "Quotation"
    assert found["hasPart"][0]["creator"] == {"@type": "Person", "name": "Anna Kessowa"}
