"""What a change of the registry does to the pages: those of the actors concerned, and no others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefing import pipeline
from briefing.config import Config, load_config
from briefing.pages.belonging import belonging
from briefing.pages.tenures import holders
from tests.conftest import ROOT
from tests.test_cli import write

COUNTRIES = "- {id: norway, name: Norway, demonyms: Norwegian}\n"
ACTORS: dict[str, str | bytes] = {
    "countries.yaml": COUNTRIES,
    "velmora-shipping.yaml": "name: Velmora Shipping\nkind: organisation\ncountry: norway\n"
    "aliases: [The Velmora Line]\n",
    "oskarsund-ferries.yaml": "name: Oskarsund Ferries\nkind: organisation\nparent: velmora-shipping\n",
    "kari-tveitan.yaml": "name: Kari Tveitan\nkind: person\ncountry: norway\nroles:\n"
    "  - {title: director, organisation: velmora-shipping, since: 2019}\n",
}
SOURCES: dict[str, str | bytes] = {
    "one.md": "Ferries are late\n\nThe Velmora Line said on 3 May 2021 that two ferries are late.\n",
    "two.md": "Director speaks\n\nKari Tveitan said on 4 May 2021 that Norway needs quays.\n",
    "three.md": "Snow\n\nNorway closed a road on 5 May 2021, said Kari Tveitan.\n",
}


@pytest.fixture
def config(tmp_path: Path) -> Config:
    write(tmp_path / "actors", ACTORS)
    write(tmp_path / "sources", SOURCES)
    (tmp_path / "topics").mkdir()
    found = load_config(
        ROOT / "mkdocs.yml", sources=tmp_path / "sources", actors=tmp_path / "actors", topics=tmp_path / "topics"
    )
    return replace(found, cache=tmp_path / "cache")


def test_moving_an_alias_moves_the_links_and_nothing_else(config: Config) -> None:
    before = pipeline.snapshot(config)
    assert [a.id for a in before.archive.by_id["one"].actors] == ["velmora-shipping"]
    for name in ("velmora-shipping", "oskarsund-ferries"):
        path = config.actors / f"{name}.yaml"
        text = path.read_text().replace("aliases: [The Velmora Line]\n", "")
        path.write_text(text + ("aliases: [The Velmora Line]\n" if name.startswith("oskarsund") else ""))
    after = pipeline.snapshot(config)
    assert [a.id for a in after.archive.by_id["one"].actors] == ["oskarsund-ferries"]
    changed = {p for p in before.pages.keys() | after.pages.keys() if before.pages.get(p) != after.pages.get(p)}
    of_articles = {p for p in changed if p.startswith("briefings/") and p != "briefings/index.md"}
    of_actors = {p for p in changed if p.endswith(".md") and p.startswith("actors/") and p != "actors/index.md"}
    assert "briefings/one.md" in of_articles
    assert all(p.startswith(("briefings/one.md", "briefings/one/")) for p in of_articles)
    # Velmora Shipping's page goes, Oskarsund Ferries' comes, and the chip on its director's and country's pages
    # becomes a plain name.
    assert of_actors <= {
        "actors/velmora-shipping.md", "actors/oskarsund-ferries.md", "actors/kari-tveitan.md", "actors/norway.md"
    }  # fmt: skip
    assert {"actors/velmora-shipping.md", "actors/oskarsund-ferries.md"} <= of_actors
    pages = sorted(p for p in changed if p.endswith(".md"))
    assert len(pages) <= 14, pages


def test_sentences_of_an_actor_are_found_where_its_page_says(config: Config) -> None:
    texts = {b.article.source.id: b for b in pipeline.facts(config, [config.sources])}
    archive, _ = pipeline.archive(config)
    checked = 0
    for actor in archive.actors.values():
        for row, here in actor.rows:
            briefing = texts[row.id]
            spans = {s.id: (s.start, s.end) for s in briefing.sentences}
            mentioned = next(a for a in briefing.actors if a.id == actor.id).mentions
            for sentence in here.sentences:
                start, end = spans[sentence]
                assert any(start <= m.start < end for m in mentioned)
                checked += 1
    assert checked >= 5


def test_a_country_shows_its_people_and_bodies_and_a_body_its_office_holders(config: Config) -> None:
    archive = pipeline.archive(config)[0]
    found = belonging(archive)
    assert found["norway"].people == ("kari-tveitan",)
    assert found["norway"].organisations == ("velmora-shipping",)
    assert found["velmora-shipping"].organisations == ("oskarsund-ferries",)
    assert [(who, o.title) for who, o in holders(archive.actors)["velmora-shipping"]] == [("kari-tveitan", "director")]
