"""An actor's page: offices, names, and pages that stay small."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefing import archive as archives
from briefing.archive import NAMES, Archive, cross_link, places_of_names, summaries
from briefing.archive.summaries import Row
from briefing.content.edtf import may_hold
from briefing.model import ActorPages, LazyPage, Page
from briefing.site.actors import (
    LATEST,
    LISTED,
    YEAR_PAGE_SIZE,
    Occupancies,
    actor_pages,
    letters_below,
    matches_office,
    name_usage,
    occupancies,
    parents,
    role_holders,
)
from briefing.site.fingerprints import no_fingerprints
from tests.builders import actor, office, people, row, row_actor, row_name, row_role, row_statement, templates
from tests.example_briefing import REGISTRY, TOPICS, example
from tests.test_pages import Html, rendered

UMA = actor(
    "uma",
    "Uma Vessen",
    aliases={"Vesen": "transliteration", "U. Vessen": "spelling"},
    roles=(office("deputy harbour master", "quay", "2015", "2018"), office("harbour master", "quay", "2019-03")),
)
QUAY = actor("quay", "Velmora Quay", "organisation")


def saying(name: str, published: str | None, title: str, organisation: str | None = None, body: str = "") -> Row:
    words = f"{title} Uma"
    more = {"words": words, "id": f"r-{name}", "context": f"Our {words}."}
    found = row_role("uma", title, organisation, body=body or None, **more)
    return row(name, "uma", "quay", published=published, roles=(found,))


def of(rows: list[Row], actor: str = "uma") -> Occupancies:
    archive = cross_link(rows, (UMA, QUAY), ())
    held = role_holders(archive.actors).get(actor, ())
    return occupancies(archive.actors[actor], held, archive.actors, parents(archive.actors))


def pages(archive: Archive) -> dict[str, Page | LazyPage]:
    return {p.path: p for p in actor_pages(archive, templates(), no_fingerprints(archive))}


def size(page: Page | LazyPage) -> int:
    return len(rendered(page).elements)


# --- offices ----------------------------------------------------------------------------------


def test_office_lists_confirming_sentences_newest_first() -> None:
    found = of([saying("a", "2020-01-01", "Harbour Master"), saying("b", "2016-05", "deputy harbour master", "quay")])
    assert [(t.title, t.since, [r.id for r, _ in t.sources]) for t in found.registered] == [
        ("harbour master", "2019-03", ["a"]),
        ("deputy harbour master", "2015", ["b"]),
    ]
    assert not found.reported


def test_reprinted_sentence_is_shown_once() -> None:
    first = saying("a", "2020-01-01", "Harbour Master")
    found = of([first, replace(first, id="b"), saying("c", "2019-05-01", "harbour master")])
    assert [r.id for r, _ in found.registered[0].sources] == ["a", "c"]


def test_roles_reported_only_in_articles_are_listed_separately() -> None:
    rows = [
        saying("a", "2021-01-01", "poet"),
        saying("b", "2020-01-01", "Poet"),
        saying("c", "2012-01-01", "harbour master", "quay"),
    ]
    found = of(rows)
    assert [(t.title, t.outside_term, [r.id for r, _ in t.sources]) for t in found.reported] == [
        ("poet", False, ["a", "b"]),
        ("harbour master", True, ["c"]),
    ]


def test_organisation_lists_its_office_holders() -> None:
    """Including sentences that name the organisation by its country, or not at all."""
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
    assert may_hold(published, since, until) is held


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
    role = row_role("uma", said, organisation)
    assert (
        matches_office(role, office("National Trade Representative", "ustr"), {"ustr": frozenset({"norway"})}) is same
    )


def test_page_quotes_the_sentence_for_each_office() -> None:
    page = rendered(pages(cross_link([summaries.row(example())], REGISTRY, TOPICS))["actors/anna-kessowa.md"])
    assert "since 2019" in page.text
    assert "its director Anna Kessowa said on Tuesday" in page.text


# --- names ------------------------------------------------------------------------------------


def test_each_name_has_its_type_and_first_sentence() -> None:
    called = (
        row_name("vesen", "alias", 2, "s3"),
        row_name("Uma Vessen", "name", 1, "s1"),
        row_name("she", "title", 1, "s4"),
    )
    archive = cross_link([row("a", actors=(row_actor("uma", called=called),))], (UMA,), ())
    found = name_usage(archive.actors["uma"])
    assert [(n.words, n.type, n.sentence) for n in found.used] == [
        ("Uma Vessen", "name", "s1"),
        ("she", "title", "s4"),
        ("vesen", "transliteration", "s3"),
    ]
    assert [a.name for a in found.unused] == ["U. Vessen"]


def test_spellings_that_differ_in_accents_are_listed_separately() -> None:
    called = (row_name("José Fernandez", "alias", 1, "s1"), row_name("Jose Fernández", "alias", 1, "s2"))
    entry = actor("uma", "Jose W. Fernandez", aliases={"Jose Fernández": "spelling", "Dai": "former"})
    found = name_usage(cross_link([row("a", actors=(row_actor("uma", called=called),))], (entry,), ()).actors["uma"])
    assert {(n.words, n.type) for n in found.used} == {("José Fernandez", "spelling"), ("Jose Fernández", "spelling")}


# --- size -------------------------------------------------------------------------------------


def busy(count: int) -> Archive:
    statement = row_statement("vic", "that Uma waits", about=("uma",))
    rows = [
        row(f"r{n:04}", "uma", "vic", published=f"{2010 + n % 12}-01-01", statements=(statement,) * 3)
        for n in range(count)
    ]
    return cross_link(rows, (UMA, *people("vic")), ())


def test_a_page_does_not_grow_with_the_number_of_mentions() -> None:
    small, big = (size(pages(busy(count))["actors/uma.md"]) for count in (100, 1000))
    assert big <= small + 5
    assert big < 1000


def test_each_briefing_of_a_frequent_actor_is_on_a_year_page() -> None:
    archive = busy(600)
    found = pages(archive)
    of_years = {p: rendered(page) for p, page in found.items() if p.startswith("actors/uma/")}
    assert {f"actors/uma/{year}.md" for year in range(2010, 2022)} <= of_years.keys()
    linked = {link.split("#")[0] for html in of_years.values() for link in html.links if "/briefings/" in link}
    assert {link.split("/briefings/")[1].strip("/") for link in linked} == {r.id for r in archive.rows}
    assert all(size(found[p]) < YEAR_PAGE_SIZE * 30 for p in of_years)
    reached = {p for p in of_years if is_reached(p, rendered(found["actors/uma.md"]), of_years)}
    assert reached == of_years.keys()


def is_reached(path: str, front: Html, of_years: dict[str, Html]) -> bool:
    address = path.removesuffix(".md") + "/"
    return any(address in link for html in (front, *of_years.values()) for link in html.links)


def test_briefings_of_a_rare_actor_are_on_its_page() -> None:
    archive = cross_link([row(f"r{n}", "uma") for n in range(LISTED)], (UMA,), ())
    found = pages(archive)
    assert not [p for p in found if p.startswith("actors/uma/")]
    page = rendered(found["actors/uma.md"])
    assert all(any(f"briefings/{r.id}/" in link for link in page.links) for r in archive.rows)
    assert page.text.count("mentions") + page.text.count("1 mention") >= LATEST


def test_long_index_is_split_and_links_to_every_actor() -> None:
    ids = [f"person-{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(500)]
    rows = [row(f"r{n}", i) for n, i in enumerate(ids)]
    found = pages(cross_link(rows, people(*ids), ()))
    assert size(found["actors/index.md"]) < 400
    lists = [rendered(page) for p, page in found.items() if p.startswith("actors/list/")]
    linked = {link.split("actors/")[1].strip("/") for html in lists for link in html.links if "/actors/" in link}
    assert set(ids) <= linked


# --- names without a page ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("which", "often", "has_page"),
    [
        ("named-twice", 1, False),
        ("named-twice", 2, False),
        ("named-twice", 3, True),
        ("registered", 3, False),
        ("all", 1, True),
    ],
)
def test_name_that_few_briefings_use_is_an_entry(which: ActorPages, often: int, has_page: bool) -> None:
    archive = cross_link([row(f"r{n}", "jon-barrow") for n in range(often)], (), (), which)
    found = pages(archive)
    assert ("actors/jon-barrow.md" in found) == has_page
    names = rendered(found["actors/names/index.md"])
    assert "name-jon-barrow" in names.ids
    links = {link for link in names.links if "jon-barrow" in link or "briefings/" in link}
    to_page = {"../../actors/jon-barrow/"}
    assert links == to_page if has_page else links == {f"../../briefings/r{n}/#s1" for n in range(often)}
    address = archive.actors["jon-barrow"].address
    assert address == ("actors/jon-barrow/" if has_page else "actors/names/#name-jon-barrow")
    assert f"../{address}" in rendered(found["actors/index.md"]).links


def test_entry_leads_on_when_its_name_is_registered() -> None:
    rows = [row("a", "jon-barrow")]
    before = cross_link(rows, (), (), "named-twice").actors["jon-barrow"].address
    same = cross_link(rows, (actor("jon-barrow", "Jon Barrow"),), (), "named-twice")
    heir = actor("jonathan-barrow", "Jonathan Barrow", replaces=("jon-barrow",))
    other = cross_link([row("a", "jonathan-barrow")], (heir,), (), "named-twice")
    for archive, leads_to in ((same, "jon-barrow"), (other, "jonathan-barrow")):
        page = rendered(pages(archive)["actors/names/index.md"])
        assert before.partition("#")[2] in page.ids
        assert f"../../actors/{leads_to}/" in page.links


def test_group_without_a_name_is_no_entry() -> None:
    one = row("a", "some-analysts")
    archive = cross_link([replace(one, actors=tuple(replace(a, kind="group") for a in one.actors))], (), (), "all")
    assert not archive.actors["some-analysts"].address
    assert "name-some-analysts" not in rendered(pages(archive)["actors/names/index.md"]).ids


def test_address_of_an_entry_changes_only_with_its_own_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_NAMES", 3)
    few = ["ana", "ben", "cy"]
    assert set(places_of_names(few).values()) == {NAMES}
    some = [*few, "dora"]
    before = places_of_names(some)
    assert before == {name: f"{NAMES}{name[0]}/" for name in some}
    more = places_of_names([*some, *(f"d{n}" for n in range(20)), "index-a", "index-b", "index-c", "index-d", "index"])
    assert {name: more[name] for name in few} == {name: before[name] for name in few}
    assert more["dora"] == f"{NAMES}do/"
    assert more["index"] == f"{NAMES}index_/"  # its page is not that of the whole list
    assert more["index-a"] == f"{NAMES}index-a/"


def test_every_page_of_names_is_reached_and_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_NAMES", 5)
    ids = [f"{first}-{second}{n}" for first in ("a", "ab", "ministry-of") for second in ("x", "y") for n in range(9)]
    archive = cross_link([row(f"r{n}", i) for n, i in enumerate(ids)], (), (), "named-twice")
    found = {p: rendered(page) for p, page in pages(archive).items() if p.startswith("actors/names/")}
    ways = {link for page in found.values() for link in page.links}
    for place in found:
        if place != "actors/names/index.md":
            assert any(link.endswith(f"/{place[:-3]}/") for link in ways), place
    anchors = [i for page in found.values() for i in page.ids if i.startswith("name-")]
    assert sorted(anchors) == sorted(f"name-{i}" for i in ids)
    assert all(sum(i.startswith("name-") for i in page.ids) <= 5 for page in found.values())


def test_letters_with_one_way_on_have_no_page() -> None:
    places = [f"{NAMES}{letters}/" for letters in ("ministry-of-a", "ministry-of-b", "x")]
    below = letters_below(places)
    assert below == {NAMES: [f"{NAMES}ministry-of-/", places[2]], f"{NAMES}ministry-of-/": places[:2]}
