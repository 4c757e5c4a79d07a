"""What people said of a fact stands on the page, and so does the way to say something."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from example_briefing import REGISTRY, TOPICS, example
from test_pages import Html, rendered

from briefing import corrections
from briefing.archive import cross_link
from briefing.archive.summaries import row
from briefing.model import Briefing
from briefing.registry import make_registry
from briefing.site import Site, briefing_page, load_templates
from briefing.site.templates import BEGUN, doors

ROOT = Path(__file__).parents[1]
GITHUB = Site("Archive", "https://archive.example/", "Briefings.", "https://github.com/somebody/archive")


def page(briefing: Briefing, site: Site = GITHUB) -> Html:
    archive = cross_link([row(briefing)], REGISTRY, TOPICS)
    return rendered(briefing_page(briefing, archive, load_templates(ROOT / "templates", site)))


def corrected(text: str) -> Briefing:
    said = corrections.parse(text, "sources/a.facts.yaml")
    return corrections.apply(example(), said, make_registry(REGISTRY), TOPICS)


def ways(html: Html) -> list[str]:
    return [a["href"] for tag, a in html.elements if tag == "a" and "suggest" in a.get("class", "").split()]


def test_every_fact_has_a_prefilled_change_that_can_be_followed() -> None:
    briefing = example()
    found = ways(page(briefing))
    kinds = (briefing.statements, briefing.figures, briefing.dates, briefing.roles, briefing.events, briefing.key_facts)
    assert len(found) == sum(map(len, kinds))
    for address in found:
        parts = urlsplit(address)
        asked = parse_qs(parts.query)
        assert parts.path == "/somebody/archive/new/main/sources/2026"
        assert asked["filename"] == ["velmora-harbour.facts.yaml"]
        said = corrections.parse(asked["value"][0], "sources/a.facts.yaml")
        done = corrections.apply(briefing, said, make_registry(REGISTRY), TOPICS)
        assert [c.action for c in done.corrections] == ["edited"]
        assert len(address) < 2000


def test_where_there_are_corrections_the_way_is_the_form() -> None:
    (address, *_) = ways(page(corrected("comment:\n  - {fact: bbbbbbbb01, comment: Counted in boxes.}\n")))
    assert address.startswith("https://github.com/somebody/archive/issues/new?template=correction.yml&")
    assert parse_qs(urlsplit(address).query)["article"] == ["sources/2026/velmora-harbour.txt"]


@pytest.mark.parametrize("repository", ["", "javascript:alert(1)", "file:///x"])
def test_without_a_repository_there_is_no_way(repository: str) -> None:
    assert not ways(page(example(), replace(GITHUB, repository=repository)))


def test_who_corrected_a_fact_and_why_stands_beside_it() -> None:
    html = page(
        corrected(
            "reviewed: {by: Ada <b>Verne</b>, on: 2026-06-01}\n"
            "edit:\n  - {fact: bbbbbbbb01, value: 3000000, by: 'Ivo {{ x }}', why: '<script>alert(1)</script> *no*'}\n"
        )
    )
    assert "corrected by Ivo {{ x }}: <script>alert(1)</script> *no*" in html.text
    assert "reviewed by Ada <b>Verne</b>, 1 June 2026" in html.text
    assert "Facts extracted automatically" not in html.text
    assert "script" not in {tag for tag, a in html.elements if a.get("type") != "application/ld+json"}


def test_a_retracted_fact_leaves_a_stone_at_its_addresses() -> None:
    html = page(corrected("reject:\n  - {fact: bbbbbbbb03, why: Not in the plan.}\n  - {fact: 0123456789}\n"))
    for name in ("f-bbbbbbbb03", "e-bbbbbbbb03", "f-0123456789", "e-0123456789"):
        assert html.ids.count(name) == 1
    assert "Figure withdrawn: Not in the plan." in html.text
    assert "#e-bbbbbbbb03" not in html.links


def test_an_article_can_be_added_from_the_home_page_and_the_list() -> None:
    door = doors("https://github.com/o/archive/", "ma in", "sources")
    assert urlsplit(door.file).path == "/o/archive/new/ma%20in/sources"
    asked = parse_qs(urlsplit(door.file).query)
    assert asked == {"filename": ["name-of-the-article.md"], "value": [BEGUN]}
    assert door.form == "https://github.com/o/archive/issues/new?template=new-article.yml"
    assert doors("https://gitlab.com/o/archive", "main", "my articles").file.startswith(
        "https://gitlab.com/o/archive/-/new/main/my%20articles?"
    )
    assert not doors("https://github.com/o/archive", "main", "/elsewhere/sources").file
    assert not doors("", "main", "sources").file
    assert not doors("javascript:alert(1)", "main", "sources").file
