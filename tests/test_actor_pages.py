"""An actor's page: its offices over time, its names and where they are seen, and that it stays light."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from example_briefing import REGISTRY, TOPICS, example
from test_network import naming, people
from test_pages import Html, rendered

from briefing.archive import Archive, cross_link
from briefing.archive.summaries import Row, RowName, row
from briefing.model import Actor, Alias, Later, Office, Page, RowRole, RowStatement
from briefing.site import Site, load_templates
from briefing.site.actors import (
    A_PAGE,
    LATEST,
    LISTED,
    Tenures,
    actor_pages,
    holders,
    homes,
    in_office,
    is_office,
    names,
    tenures,
)
from briefing.site.fingerprints import no_stamps

TEMPLATES = load_templates(Path(__file__).parents[1] / "templates", Site("Archive", "https://archive.example/"))
UMA = Actor(
    "uma",
    "Uma Vessen",
    "person",
    aliases=(Alias("Vesen", "transliteration"), Alias("U. Vessen", "spelling")),
    roles=(Office("deputy harbour master", "quay", "2015", "2018"), Office("harbour master", "quay", "2019-03")),
)
QUAY = Actor("quay", "Velmora Quay", "organisation")


def saying(name: str, published: str | None, title: str, organisation: str | None = None, body: str = "") -> Row:
    words = f"{title} Uma"
    role = RowRole("s1", "uma", "Uma", title, organisation, body or None, words, f"r-{name}", f"Our {words}.")
    return replace(naming(name, "uma", "quay"), published=published, roles=(role,))


def of(rows: list[Row], actor: str = "uma") -> Tenures:
    archive = cross_link(rows, (UMA, QUAY), ())
    held = holders(archive.actors).get(actor, ())
    return tenures(archive.actors[actor], held, archive.actors, homes(archive.actors))


def pages(archive: Archive) -> dict[str, Page | Later]:
    return {p.path: p for p in actor_pages(archive, TEMPLATES, no_stamps(archive))}


def size(page: Page | Later) -> int:
    return len(rendered(page).elements)


# --- offices ----------------------------------------------------------------------------------


def test_an_office_stands_with_the_sentences_that_agree_latest_first() -> None:
    found = of([saying("a", "2020-01-01", "Harbour Master"), saying("b", "2016-05", "deputy harbour master", "quay")])
    assert [(t.title, t.since, [r.id for r, _ in t.sources]) for t in found.registered] == [
        ("harbour master", "2019-03", ["a"]),
        ("deputy harbour master", "2015", ["b"]),
    ]
    assert not found.said


def test_a_sentence_that_is_reprinted_is_shown_once() -> None:
    first = saying("a", "2020-01-01", "Harbour Master")
    found = of([first, replace(first, id="b"), saying("c", "2019-05-01", "harbour master")])
    assert [r.id for r, _ in found.registered[0].sources] == ["a", "c"]


def test_what_only_sources_say_is_told_apart() -> None:
    rows = [
        saying("a", "2021-01-01", "poet"),
        saying("b", "2020-01-01", "Poet"),
        saying("c", "2012-01-01", "harbour master", "quay"),
    ]
    found = of(rows)
    assert [(t.title, t.beside, [r.id for r, _ in t.sources]) for t in found.said] == [
        ("poet", False, ["a", "b"]),
        ("harbour master", True, ["c"]),
    ]


def test_a_body_shows_who_held_its_offices() -> None:
    """Also with sentences that name the body by its country, or not at all."""
    found = of([saying("a", "2020-01-01", "harbour master")], "quay")
    assert [(t.holder, t.title, len(t.sources)) for t in found.registered] == [
        ("uma", "harbour master", 1),
        ("uma", "deputy harbour master", 0),
    ]


@pytest.mark.parametrize(
    ("since", "until", "published", "held"),
    [
        ("2019-03-05", None, "2019-03", True),
        ("2019-03-05", None, "2019-03-04", False),
        ("2019", "2021", "2021-12-31", True),
        ("2019", "2021-06", "2021-07-01", False),
        (None, None, "2021", True),
        ("2019", "2020", None, True),
        ("2019", "2020", "199X", True),
    ],
)
def test_dates_are_compared_as_far_as_they_are_known(
    since: str | None, until: str | None, published: str | None, held: bool
) -> None:
    assert in_office(Office("x", None, since, until), published) is held


@pytest.mark.parametrize(
    ("said", "organisation", "same"),
    [
        ("Trade Representative", None, True),
        ("Secretary of Trade", None, False),
        ("trade representative", "elsewhere", False),
        ("national trade representative", "elsewhere", True),
        ("trade representative", "norway", True),
        ("deputy national trade representative", None, False),
        ("", None, False),
    ],
)
def test_a_shorter_title_can_mean_the_office(said: str, organisation: str | None, same: bool) -> None:
    role = RowRole("s1", "uma", "Uma", said, organisation, None, said)
    assert is_office(role, Office("National Trade Representative", "ustr"), {"ustr": frozenset({"norway"})}) is same


def test_the_page_has_the_sentence_of_every_office_that_is_said() -> None:
    page = rendered(pages(cross_link([row(example())], REGISTRY, TOPICS))["actors/anna-kessowa.md"])
    assert "since 2019" in page.text
    assert "its director Anna Kessowa said on Tuesday" in page.text


# --- names ------------------------------------------------------------------------------------


def test_every_name_says_how_and_where_it_was_seen() -> None:
    base = naming("a", "uma")
    called = (
        RowName("vesen", "alias", 2, "s3"),
        RowName("Uma Vessen", "name", 1, "s1"),
        RowName("she", "title", 1, "s4"),
    )
    (actor,) = base.actors
    archive = cross_link([replace(base, actors=(replace(actor, called=called),))], (UMA,), ())
    found = names(archive.actors["uma"])
    assert [(n.words, n.type, n.sentence) for n in found.seen] == [
        ("Uma Vessen", "name", "s1"),
        ("she", "title", "s4"),
        ("vesen", "transliteration", "s3"),
    ]
    assert [a.name for a in found.unseen] == ["U. Vessen"]


def test_spellings_that_differ_in_accents_are_told_apart() -> None:
    base = naming("a", "uma")
    called = (RowName("José Fernandez", "alias", 1, "s1"), RowName("Jose Fernández", "alias", 1, "s2"))
    (actor,) = base.actors
    entry = replace(
        UMA, name="Jose W. Fernandez", aliases=(Alias("Jose Fernández", "spelling"), Alias("Dai", "former"))
    )
    found = names(cross_link([replace(base, actors=(replace(actor, called=called),))], (entry,), ()).actors["uma"])
    assert {(n.words, n.type) for n in found.seen} == {("José Fernandez", "spelling"), ("Jose Fernández", "spelling")}


# --- size -------------------------------------------------------------------------------------


def busy(count: int) -> Archive:
    statement = RowStatement("f" * 10, "s1", "Vic", "vic", "said", ("that Uma waits",), "indirect", False, ("uma",))
    rows = [
        replace(naming(f"r{n:04}", "uma", "vic"), published=f"{2010 + n % 12}-01-01", statements=(statement,) * 3)
        for n in range(count)
    ]
    return cross_link(rows, (UMA, *people("vic")), ())


def test_a_page_does_not_grow_with_the_number_of_mentions() -> None:
    small, big = (size(pages(busy(count))["actors/uma.md"]) for count in (100, 1000))
    assert big <= small + 5
    assert big < 1000


def test_every_briefing_of_a_busy_actor_stands_on_the_page_of_its_year() -> None:
    archive = busy(600)
    found = pages(archive)
    of_years = {p: rendered(page) for p, page in found.items() if p.startswith("actors/uma/")}
    assert {f"actors/uma/{year}.md" for year in range(2010, 2022)} <= of_years.keys()
    linked = {link.split("#")[0] for html in of_years.values() for link in html.links if "/briefings/" in link}
    assert {link.split("/briefings/")[1].strip("/") for link in linked} == {r.id for r in archive.rows}
    assert all(size(found[p]) < A_PAGE * 30 for p in of_years)
    reached = {p for p in of_years if is_reached(p, rendered(found["actors/uma.md"]), of_years)}
    assert reached == of_years.keys()


def is_reached(path: str, front: Html, of_years: dict[str, Html]) -> bool:
    address = path.removesuffix(".md") + "/"
    return any(address in link for html in (front, *of_years.values()) for link in html.links)


def test_a_quiet_actor_has_its_briefings_on_its_page() -> None:
    archive = cross_link([naming(f"r{n}", "uma") for n in range(LISTED)], (UMA,), ())
    found = pages(archive)
    assert not [p for p in found if p.startswith("actors/uma/")]
    page = rendered(found["actors/uma.md"])
    assert all(any(f"briefings/{r.id}/" in link for link in page.links) for r in archive.rows)
    assert page.text.count("mentions") + page.text.count("1 mention") >= LATEST


def test_a_long_index_is_split_and_leads_everywhere() -> None:
    ids = [f"person-{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(500)]
    rows = [naming(f"r{n}", i) for n, i in enumerate(ids)]
    found = pages(cross_link(rows, people(*ids), ()))
    assert size(found["actors/index.md"]) < 400
    lists = [rendered(page) for p, page in found.items() if p.startswith("actors/list/")]
    linked = {link.split("actors/")[1].strip("/") for html in lists for link in html.links if "/actors/" in link}
    assert set(ids) <= linked
