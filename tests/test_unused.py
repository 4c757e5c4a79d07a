"""Aliases that no article uses are told, of actors that many articles name; nobody else's are."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_check import archive, told

from briefing.model import Actor, Alias
from briefing.registry import make_registry
from briefing.validate.warnings import ENOUGH, unused_aliases

QUAY = Actor(
    "harbour-board",
    "Harbour Board",
    "organisation",
    aliases=(
        Alias("Board of the Harbour", "name"),
        Alias("HB", "acronym"),
        Alias("港务局", "transliteration"),
        Alias("Quay & Sons Ltd.", "former"),
    ),
)
NORDLAND = Actor("nordland", "Nordland", "country", aliases=(Alias("Nordlander", "demonym"), Alias("NL", "acronym")))


def unused(texts: list[str]) -> dict[str, list[str]]:
    registry = make_registry([QUAY, NORDLAND])
    return {actor: [a.name for a in aliases] for actor, aliases in unused_aliases(registry, texts).items()}


def test_names_that_nobody_uses_are_told() -> None:
    texts = ["The Harbour Board met."] * (ENOUGH - 1) + ["The HB met two Nordlanders of Nordland."]
    assert unused(texts) == {"harbour-board": ["Board of the Harbour", "Quay & Sons Ltd."]}


def test_an_actor_in_few_articles_says_nothing() -> None:
    assert unused(["The Harbour Board met."] * (ENOUGH - 1)) == {}


@pytest.mark.parametrize(
    ("used", "name"), [("Quay and Sons", "Quay & Sons Ltd."), ("board of the HARBOUR", "Board of the Harbour")]
)
def test_another_way_to_write_a_name_uses_it(used: str, name: str) -> None:
    assert name not in unused([f"The Harbour Board, once {used.title()}, met."] * ENOUGH)["harbour-board"]


def test_a_script_counts_where_the_texts_are_written_in_it() -> None:
    assert "港务局" not in unused(["Harbour Board"] * ENOUGH)["harbour-board"]
    assert "港务局" not in unused(["港务局开会", "Harbour Board"] * ENOUGH)["harbour-board"]


def test_check_tells_it_with_the_line_and_only_where_the_archive_is_looked_at(tmp_path: Path) -> None:
    files = {f"sources/q{n}.md": f"HEAD\n{n} times the Harbour Board met.\n" for n in range(ENOUGH)}
    files |= {
        "actors/harbour-board.yaml": "name: Harbour Board\nkind: organisation\naliases:\n  - Bord of Harbours\n",
        "actors/countries.yaml": "- {id: nordland, name: Nordland}\n",
    }
    archive(tmp_path, files)
    for paths in ((), ("actors",), ("actors/harbour-board.yaml",)):
        found = [p for p in told(tmp_path, *paths) if p.code == "unused-alias"]
        assert [(p.path, p.line, p.severity) for p in found] == [("actors/harbour-board.yaml", 4, "advice")]
        assert "`Bord of Harbours`" in found[0].found
    assert not [p for p in told(tmp_path, "sources/q1.md") if p.code == "unused-alias"]
