"""FollowTheMoney export: valid against its model, registered actors only."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from briefing.archive import cross_link
from briefing.archive.summaries import row
from briefing.model import Actor
from briefing.registry import read_registry
from briefing.site.data.follow_the_money import ftm_entities, register_page
from tests.builders import actor, office, templates
from tests.example_briefing import REGISTRY, TOPICS, example
from tests.example_data import data_of

ROOT = Path(__file__).parents[1]
MODEL: dict[str, Any] = yaml.safe_load((ROOT / "tests/cases/followthemoney.yaml").read_text(encoding="utf-8"))
FORMS = {  # of types whose values the model cleans: other values are dropped
    "country": r"[a-z]{2}",
    "date": r"\d{4}(-\d\d){0,2}",
    "url": r"https?://\S+",
    "identifier": r"\S{2,64}",
    "name": r"\S.{0,383}",
}


@cache
def shipped() -> dict[str, Actor]:
    return dict(read_registry(ROOT / "actors").by_id)


def wrong(found: list[dict[str, Any]]) -> list[str]:
    """Return what the model would reject."""
    schemas = {e["id"]: e["schema"] for e in found}
    problems = ["an id twice"] * (len(found) - len(schemas))
    for entity in found:
        schema = MODEL[entity["schema"]]
        problems += [f"{entity['id']}: no {p}" for p in schema["required"] if not entity["properties"].get(p)]
        for name, values in entity["properties"].items():
            kind, _, of = schema["properties"].get(name, "none").partition(" ")
            if kind == "none" or not values:
                problems.append(f"{entity['id']}: {name}")
            elif kind == "entity":
                problems += [v for v in values if v not in schemas or of not in MODEL[schemas[v]]["is"]]
            else:
                problems += [f"{entity['id']}: {v}" for v in values if not re.fullmatch(FORMS.get(kind, ".+"), v)]
    return problems


def test_the_shipped_register_is_valid() -> None:
    found = list(ftm_entities(shipped(), {}))
    assert not wrong(found)
    assert {e["schema"] for e in found} == {"Person", "Organization", "Territory", "Position", "Occupancy"}
    assert len(found) > len(shipped())


def test_invalid_entities_are_detected() -> None:
    good = {"id": "a", "schema": "Person", "properties": {"name": ["A"]}}
    assert not wrong([good])
    for properties in ({"nom": ["A"]}, {}, {"name": ["A"], "country": ["Norway"]}, {"name": ["A"], "parent": ["b"]}):
        assert wrong([{**good, "properties": properties}])


def test_actor_with_every_field() -> None:
    registry = {
        a.id: a
        for a in (
            actor("norway", kind="country", iso2="NO", aliases={"Norwegian": "demonym"}),
            actor("port", "Port of Vik", "organisation", parent="norway", aliases={"PV": "acronym"}),
            actor(
                "uma",
                "Uma Vessen",
                country="norway",
                aliases={"Uma Strand": "former", "Vesen": "transliteration"},
                roles=(office("director", "port", "2019-03", "202X"), office("director", "port", "2012")),
                website="javascript:alert(1)",
            ),
        )
    }
    found = list(ftm_entities(registry, {"uma": "https://archive.example/actors/uma/"}))
    by_id = {e["id"]: e for e in found}
    assert not wrong(found)
    assert by_id["norway"]["properties"] == {"name": ["Norway"], "country": ["no"], "territoryCode": ["NO"]}
    assert by_id["port"]["properties"] == {"name": ["Port of Vik"], "weakAlias": ["PV"], "country": ["no"]}
    assert by_id["uma"]["properties"] == {
        "name": ["Uma Vessen"],
        "previousName": ["Uma Strand"],
        "alias": ["Vesen"],
        "country": ["no"],
        "sourceUrl": ["https://archive.example/actors/uma/"],
    }
    (post,) = (e for e in found if e["schema"] == "Position")
    assert post["properties"] == {"name": ["director, Port of Vik"], "country": ["no"], "organization": ["port"]}
    held = [e["properties"] for e in found if e["schema"] == "Occupancy"]
    assert {tuple(p.get("startDate", ())) for p in held} == {("2019-03",), ("2012",)}
    assert not any("endDate" in p for p in held)


def test_file_has_one_registered_entity_per_line() -> None:
    page = register_page(cross_link([row(example())], REGISTRY, TOPICS), templates())
    found = [json.loads(line) for line in page.text.splitlines()]
    assert {a.id for a in REGISTRY} <= {e["id"] for e in found}
    assert "jon-barrow" not in page.text
    assert {e["id"]: e for e in found}["anna-kessowa"]["properties"]["sourceUrl"] == [
        "https://archive.example/actors/anna-kessowa/"
    ]


def test_what_briefings_say_is_valid(tmp_path: Path) -> None:
    """The same with the package itself, where it is installed: test_data."""
    data = data_of(tmp_path, ("entities",))
    assert data.made
    found = [json.loads(line) for line in (tmp_path / "entities.ftm.json").read_text(encoding="utf-8").splitlines()]
    assert not wrong(found)
    assert {e["schema"] for e in found} == MODEL.keys()
    links = [e["properties"] for e in found if e["schema"] == "UnknownLink"]
    said = {said["summary"][0]: said for said in links if said["subject"] == ["ore-agency"]}
    one = said["China refined 62 percent of the world's zinc in 2021"]
    assert one["object"] == ["china"]
    assert one["sourceUrl"][0].startswith("https://archive.example/briefings/2021/refining/#e-")
