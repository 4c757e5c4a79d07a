"""Corrections on a page, and the links to suggest one."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from briefing import corrections
from briefing.archive import cross_link
from briefing.archive.summaries import row
from briefing.model import Briefing
from briefing.registry import make_registry
from briefing.site import archive_pages, briefing_page
from briefing.site.templates import NEW_ARTICLE, contribute_links
from tests.builders import templates
from tests.example_briefing import REGISTRY, TOPICS, example
from tests.test_pages import Html, rendered

GITHUB = "https://github.com/somebody/archive"


def page(briefing: Briefing, repository: str = GITHUB) -> Html:
    archive = cross_link([row(briefing)], REGISTRY, TOPICS)
    return rendered(briefing_page(briefing, archive, templates(repository=repository)))


def corrected(text: str) -> Briefing:
    said = corrections.parse(text, "sources/a.facts.yaml")
    return corrections.apply(example(), said, make_registry(REGISTRY), TOPICS)


def ways(html: Html) -> list[str]:
    return [a["href"] for tag, a in html.elements if tag == "a" and "suggest" in a.get("class", "").split()]


def test_every_fact_has_a_link_with_a_valid_prefilled_correction() -> None:
    briefing = example()
    found = ways(page(briefing))
    kinds = (briefing.statements, briefing.figures, briefing.dates, briefing.roles, briefing.events, briefing.key_facts)
    assert len(found) == sum(map(len, kinds))
    for address in found:
        paginate = urlsplit(address)
        asked = parse_qs(paginate.query)
        assert paginate.path == "/somebody/archive/new/main/sources/2026"
        assert asked["filename"] == ["velmora-harbour.facts.yaml"]
        said = corrections.parse(asked["value"][0], "sources/a.facts.yaml")
        done = corrections.apply(briefing, said, make_registry(REGISTRY), TOPICS)
        assert [c.action for c in done.corrections] == ["edited"]
        assert len(address) < 2000


def test_corrected_article_links_to_the_form() -> None:
    (address, *_) = ways(page(corrected("comment:\n  - {fact: bbbbbbbb01, comment: Counted in boxes.}\n")))
    assert address.startswith("https://github.com/somebody/archive/issues/new?template=correction.yml&")
    assert parse_qs(urlsplit(address).query)["article"] == ["sources/2026/velmora-harbour.txt"]


@pytest.mark.parametrize("repository", ["", "javascript:alert(1)", "file:///x"])
def test_without_a_repository_there_are_no_links(repository: str) -> None:
    assert not ways(page(example(), repository))


def report_link(html: Html) -> str | None:
    return next((a["href"] for tag, a in html.elements if tag == "a" and a.get("class") == "report"), None)


def test_an_error_on_the_page_can_be_reported() -> None:
    address = report_link(page(example())) or ""
    assert address.startswith(f"{GITHUB}/issues/new?template=correction.yml&")
    asked = parse_qs(urlsplit(address).query)
    assert asked["article"] == ["sources/2026/velmora-harbour.txt"]
    on_gitlab = parse_qs(urlsplit(report_link(page(example(), "https://gitlab.com/o/archive")) or "").query)
    assert "sources/2026/velmora-harbour.txt" in on_gitlab["issue[description]"][0]


@pytest.mark.parametrize("repository", ["", "javascript:alert(1)"])
def test_without_a_repository_the_page_says_where_corrections_go(repository: str) -> None:
    html = page(example(), repository)
    assert report_link(html) is None
    assert "sources/2026/velmora-harbour.facts.yaml" in html.text
    assert any(link.endswith("about/#mistakes") for link in html.links)


@pytest.mark.parametrize("repository", ["", GITHUB])
def test_actor_pages_and_about_say_how_to_report_an_error(repository: str) -> None:
    archive = cross_link([row(example())], REGISTRY, TOPICS)
    pages = {p.path: p for p in archive_pages(archive, templates(repository=repository))}
    actor = rendered(pages["actors/anna-kessowa.md"])
    about = rendered(pages["about.md"])
    assert bool(report_link(actor)) == bool(repository)
    assert ("anna-kessowa.yaml" in actor.text) != bool(repository)
    assert (GITHUB in about.links) == bool(repository)
    assert ("no address for error reports" in " ".join(about.text.split())) != bool(repository)


def test_correction_shows_author_and_reason() -> None:
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


def test_retracted_fact_leaves_a_note_at_its_addresses() -> None:
    html = page(corrected("reject:\n  - {fact: bbbbbbbb03, why: Not in the plan.}\n  - {fact: 0123456789}\n"))
    for name in ("f-bbbbbbbb03", "e-bbbbbbbb03", "f-0123456789", "e-0123456789"):
        assert html.ids.count(name) == 1
    assert "Figure withdrawn: Not in the plan." in html.text
    assert "#e-bbbbbbbb03" not in html.links


def test_an_article_can_be_added_from_the_home_page_and_the_list() -> None:
    door = contribute_links("https://github.com/o/archive/", "ma in", "sources")
    assert urlsplit(door.file).path == "/o/archive/new/ma%20in/sources"
    asked = parse_qs(urlsplit(door.file).query)
    assert asked == {"filename": ["name-of-the-article.md"], "value": [NEW_ARTICLE]}
    assert door.form == "https://github.com/o/archive/issues/new?template=new-article.yml"
    assert contribute_links("https://gitlab.com/o/archive", "main", "my articles").file.startswith(
        "https://gitlab.com/o/archive/-/new/main/my%20articles?"
    )
    assert not contribute_links("https://github.com/o/archive", "main", "/elsewhere/sources").file
    assert not contribute_links("", "main", "sources").file
    assert not contribute_links("javascript:alert(1)", "main", "sources").file
