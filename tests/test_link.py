"""Linking: actors, speakers, roles, candidates, and properties of any text."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.facts import find_facts
from briefing.link import link
from briefing.link.assign import is_group
from briefing.link.candidates import candidate_id, nearest
from briefing.link.match import capitals_fit, find_occurrences
from briefing.model import Briefing
from briefing.registry import Registry, make_registry, read_registry
from briefing.registry.name_variants import fold
from tests import builders
from tests.casebook import Case, analysed, cases
from tests.growth import assert_grows_with_length_only
from tests.test_link_ambiguous import registry


@functools.lru_cache(maxsize=32)
def read(text: str, published: str | None = "2016-05-04") -> Briefing:
    article, analysis = analysed(text, published=published)
    return link(article, find_facts(article, analysis), registry())


def mentions(briefing: Briefing) -> dict[str, list[str]]:
    return {a.id: [f"{briefing.article.text[m.start : m.end]} ({m.how})" for m in a.mentions] for a in briefing.actors}


@pytest.mark.parametrize("case", cases("mentions"))
def test_mentions(case: Case) -> None:
    found = mentions(read(case.input))
    assert {actor: found.get(actor, []) for actor in case.expect} == case.expect


@pytest.mark.parametrize("case", cases("speakers"))
def test_speakers(case: Case) -> None:
    assert [s.speaker and s.speaker.actor for s in read(case.input).statements] == case.expect


@pytest.mark.parametrize("case", cases("employers"))
def test_employers(case: Case) -> None:
    assert [f"{r.title} @ {r.organisation}" for r in read(case.input).roles] == case.expect


@pytest.mark.parametrize("case", cases("owners"))
def test_owners_of_figures(case: Case) -> None:
    assert [f.subject for f in read(case.input).figures] == case.expect


PIECES = (
    "US",
    "China",
    "Georgia",
    "Ford",
    "Wang",
    "Ruolan",
    "said",
    ".",
    ",",
    "the's",
    "(WTO)",
    "Congress",
    "王若兰",
    "ß",
    "İ",
)


@given(st.lists(st.sampled_from(PIECES)))
@settings(max_examples=60)
def test_any_text_gives_consistent_links(words: list[str]) -> None:
    text = " ".join(words) or "."
    once, again = read(text), read.__wrapped__(text)
    assert once.actors == again.actors
    ids = [a.id for a in once.actors]
    assert len(ids) == len(set(ids))
    for actor in once.actors:
        assert actor.mentions
        assert actor.status == "candidate" or actor.id in registry().by_id
        assert actor.status == "registered" or actor.id not in registry().by_id
        for m in actor.mentions:
            assert 0 <= m.start < m.end <= len(text)
            assert text[m.start : m.end] == text[m.start : m.end].strip()
    known = {*ids, None}
    assert all(s.speaker is None or s.speaker.actor in known for s in once.statements)
    assert all(r.actor in known and r.organisation in known for r in once.roles)
    assert all(set(s.about) <= known for s in once.statements)


def test_moving_an_alias_moves_the_link() -> None:
    def one(alias_of: str) -> Registry:
        return make_registry(
            builders.actor(i, name, "organisation", {"Redstone": "name"} if i == alias_of else {})
            for i, name in (("redstone-ores", "Redstone Ores"), ("redstone-power", "Redstone Power"))
        )

    article, analysis = analysed("Shares of Redstone fell on Tuesday.")
    for owner in ("redstone-ores", "redstone-power"):
        actors = link(article, find_facts(article, analysis), one(owner)).actors
        assert [a.id for a in actors if a.status == "registered"] == [owner]


def test_removed_passages_are_not_searched() -> None:
    text = "China met Japan."
    assert [o.start for o in find_occurrences(text, registry(), skip=[(0, 5)])] == [10]


def test_surnames_in_removed_passages_are_not_linked() -> None:
    text = "Katharina Roth opened the mine in the north of the country.\n\nTags: Roth, mine, quay, ore, stocks to buy"
    article, analysis = analysed(text)
    assert article.removed
    found = [m for a in link(article, find_facts(article, analysis), registry()).actors for m in a.mentions]
    assert [text[m.start : m.end] for m in found] == ["Katharina Roth"]


@pytest.mark.parametrize(
    ("written", "words", "fits"),
    [
        ("US", "us", False),
        ("China", "CHINA", True),
        ("Turkey", "turkey", False),
        ("G20", "G20", True),
        ("中国", "中国", True),
    ],
)
def test_capitals(written: str, words: str, fits: bool) -> None:
    assert capitals_fit(written, words) is fits


@given(st.text(max_size=80))
def test_folding_keeps_offsets(text: str) -> None:
    folded, places = fold(text)
    at = [places[i] for i in range(len(folded))]
    assert all(a < b for a, b in itertools.pairwise(at))
    assert not at or at[-1] < len(text)
    assert all(fold(text[place])[0] == char for place, char in zip(at, folded, strict=True))


def test_candidate_ids_are_stable_and_never_registered() -> None:
    known = registry()
    assert candidate_id("Katharina Roth", "person", known) == "katharina-roth"
    assert candidate_id("Katharina Roth", "organisation", known) == "katharina-roth-organisation"
    assert candidate_id("Wang Ruolan", "person", known) == "wang-ruolan-unreviewed"
    assert candidate_id("王小明", "person", known).startswith("name-")


def test_nearest_suggests_people_never_countries() -> None:
    assert [a.id for a in nearest("Wang Ruolann", "person", registry())] == ["wang-ruolan"]
    assert nearest("Nigera", "country", registry()) == ()


@pytest.mark.parametrize(
    ("words", "group"),
    [("some analysts", True), ("Chinese officials", True), ("forecasters", True), ("the report", False), ("he", False)],
)
def test_groups(words: str, group: bool) -> None:
    assert is_group(words) is group


def test_work_grows_with_length_only() -> None:
    def work(times: int) -> Callable[[], object]:
        article, analysis = analysed("Georgia, Wang and Ford met Congress. " * times)
        reading = find_facts(article, analysis)
        return lambda: link(article, reading, registry())

    assert_grows_with_length_only(work, few=15, many=60)


def test_countries_agree_with_babel_and_iso() -> None:
    babel = pytest.importorskip("babel")
    pycountry = pytest.importorskip("pycountry")
    territories = babel.Locale("en").territories
    ours = {a.iso2: a for a in registry().actors if a.kind == "country"}
    assert {c.alpha_2 for c in pycountry.countries} == set(ours) - {"XK"}
    for country in pycountry.countries:
        actor = ours[country.alpha_2]
        assert actor.iso3 == country.alpha_3
        names = {_plain(n) for n in (actor.name, *(a.name for a in actor.aliases))}
        if country.alpha_2 not in OTHERWISE:
            assert _plain(territories[country.alpha_2]) in names, country.alpha_2


# Babel uses other names: "Congo - Kinshasa", "Hong Kong SAR China", "U.S. Outlying Islands".
OTHERWISE = {"CG", "CD", "HK", "MO", "HM", "UM", "GS", "VC", "MM"}


def _plain(name: str) -> str:
    return fold(name)[0].replace("st.", "saint").replace("&", "and")


def test_a_registry_without_countries_has_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "ada-verne.yaml").write_text("name: Ada Verne\nkind: person\ncountry: united-states\n")
    found = read_registry(tmp_path)
    assert found.by_id["united-states"].kind == "country"
    assert found.by_id["ada-verne"].country == "united-states"


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Katharina Roth said that she would halve the tariff, from 20 to 10 percent.", None),
        ("Katharina Roth sold her stake of 10 percent in the mine.", "katharina-roth"),
    ],
)
def test_a_person_owns_a_share_only_if_it_is_hers(text: str, owner: str | None) -> None:
    article, analysis = analysed(text)
    figures = link(article, find_facts(article, analysis), registry()).figures
    assert {f.subject for f in figures} == {owner}
