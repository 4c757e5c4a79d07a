"""A change of the registry changes the pages of the actors concerned, and no others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from briefing import pipeline
from briefing.config import Config, load_config
from briefing.site.actors import affiliations, role_holders
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
    "one.md": "---\npublished: 2021-05-03\n---\n# Ferries are late\n\nThe Velmora Line said that two ferries are late. "
    "Kari Tveitan, who was on board, counted the hours.\n",
    "two.md": "Director speaks\n\nKari Tveitan said on 4 May 2021 that Norway needs quays.\n",
    "three.md": "Snow\n\nNorway closed a road on 5 May 2021, said Kari Tveitan.\n",
    "four.md": "Quay repaired\n\nVelmora Shipping said on 6 May 2021 that the quay is repaired.\n",
    "five.md": "Crew hired\n\nOskarsund Ferries said on 7 May 2021 that a crew is hired.\n",
}


@pytest.fixture
def config(tmp_path: Path) -> Config:
    write(tmp_path / "actors", ACTORS)
    write(tmp_path / "sources", SOURCES)
    (tmp_path / "topics").mkdir()
    found = load_config(
        ROOT / "mkdocs.yml", sources=tmp_path / "sources", actors=tmp_path / "actors", topics=tmp_path / "topics"
    )
    return replace(found, cache=tmp_path / "cache", output=tmp_path / "docs", site=tmp_path / "site", registries=())


def test_moving_an_alias_moves_the_links_and_nothing_else(config: Config) -> None:
    """Build twice. Both actors appear elsewhere too, so pages change but none is added or removed."""
    pipeline.build(config)
    before = files(config.output)
    move_the_alias(config)
    report = pipeline.build(config)
    after = files(config.output)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert sorted(changed - {".generated.json"}) == sorted(report.pages.written)
    tables = {name for name in changed if name.startswith(("data/csv/", "data/parquet/"))}
    assert {PurePosixPath(name).stem for name in tables} == {"actors", "aliases", "figures", "mentions", "statements"}
    assert set(report.pages.written) - tables == MOVED
    assert not report.pages.removed
    assert report.pages.unchanged > len(MOVED)
    pages = {
        f"{name.removesuffix('.md').removesuffix('index').rstrip('/')}/index.html".lstrip("/")
        for name in MOVED
        if name.endswith(".md")
    }
    assert {name for name in report.site.written if name.endswith(".html")} == pages
    assert ">Oskarsund Ferries<" in after["briefings/one.md"].replace("<bdi>", ">").replace("</bdi>", "<")
    assert "actors/oskarsund-ferries/" in after["briefings/one.md"]
    assert "actors/velmora-shipping/" not in after["briefings/one.md"]


# A changed link affects the article; articles related through one of the two actors (the reason, not their facts);
# both actors and those mentioned with them; and pages and data that count or show the article's actors.
MOVED = {
    "actors/names/index.md", "actors/oskarsund-ferries/compare.json", "actors/velmora-shipping/compare.json",
    "compare/index.md", "figures/all.md", "figures/data/2021.json", "figures/data/index.json", "statements/all.md",
    "statements/data/2021.json", "statements/data/index.json",
    "actors/actors.ftm.json", "actors/index.md", "actors/kari-tveitan.md", "actors/norway.md",
    "actors/oskarsund-ferries.md", "actors/oskarsund-ferries/feed.json", "actors/oskarsund-ferries/feed.xml",
    "actors/oskarsund-ferries/picture.png", "actors/velmora-shipping.md", "actors/velmora-shipping/feed.json",
    "actors/velmora-shipping/feed.xml", "actors/velmora-shipping/picture.png", "briefings/five.md",
    "briefings/four.md", "briefings/one.md", "briefings/one/briefing.txt", "briefings/one/facts.json",
    "figures/index.md", "index.md",
    "llms.txt", "network/index.md", "network/ties.csv", "network/ties.graphml", "network/ties.json",
    "search/words.txt", "statements/index.md",
    "data/index.md", "data/facts.jsonl", "data/archive.sqlite", "data/entities.ftm.json", "data/datapackage.json",
    "data/network.gexf", "data/network.graphml",
}  # fmt: skip


def move_the_alias(config: Config) -> None:
    for name in ("velmora-shipping", "oskarsund-ferries"):
        path = config.actors / f"{name}.yaml"
        text = path.read_text().replace("aliases: [The Velmora Line]\n", "")
        path.write_text(text + ("aliases: [The Velmora Line]\n" if name.startswith("oskarsund") else ""))


def files(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes().decode("utf-8", "replace")
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def test_sentences_of_an_actor_are_where_its_page_says(config: Config) -> None:
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
    found = affiliations(archive)
    assert found["norway"].people == ("kari-tveitan",)
    assert found["norway"].organisations == ("velmora-shipping",)
    assert found["velmora-shipping"].organisations == ("oskarsund-ferries",)
    assert [(who, o.title) for who, o in role_holders(archive.actors)["velmora-shipping"]] == [
        ("kari-tveitan", "director")
    ]
