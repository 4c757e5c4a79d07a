"""Unused aliases are reported for actors that many articles mention."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.registry import make_registry
from briefing.validate.warnings import MIN_TEXTS, unused_aliases
from tests.builders import actor
from tests.test_check import archive, told

QUAY = actor(
    "harbour-board",
    "Harbour Board",
    "organisation",
    aliases={
        "Board of the Harbour": "name",
        "HB": "acronym",
        "港务局": "transliteration",
        "Quay & Sons Ltd.": "former",
    },
)
NORDLAND = actor("nordland", kind="country", aliases={"Nordlander": "demonym", "NL": "acronym"})


def unused(texts: list[str]) -> dict[str, list[str]]:
    registry = make_registry([QUAY, NORDLAND])
    return {actor: [a.name for a in aliases] for actor, aliases in unused_aliases(registry, texts).items()}


def test_unused_aliases_are_reported() -> None:
    texts = ["The Harbour Board met."] * (MIN_TEXTS - 1) + ["The HB met two Nordlanders of Nordland."]
    assert unused(texts) == {"harbour-board": ["Board of the Harbour", "Quay & Sons Ltd."]}


def test_rarely_mentioned_actor_is_not_reported() -> None:
    assert unused(["The Harbour Board met."] * (MIN_TEXTS - 1)) == {}


@pytest.mark.parametrize(
    ("used", "name"), [("Quay and Sons", "Quay & Sons Ltd."), ("board of the HARBOUR", "Board of the Harbour")]
)
def test_spelling_variant_counts_as_use(used: str, name: str) -> None:
    assert name not in unused([f"The Harbour Board, once {used.title()}, met."] * MIN_TEXTS)["harbour-board"]


def test_script_counts_only_if_articles_use_it() -> None:
    assert "港务局" not in unused(["Harbour Board"] * MIN_TEXTS)["harbour-board"]
    assert "港务局" not in unused(["港务局开会", "Harbour Board"] * MIN_TEXTS)["harbour-board"]


def test_check_reports_unused_aliases_for_the_whole_archive_only(tmp_path: Path) -> None:
    files = {f"sources/q{n}.md": f"HEAD\n{n} times the Harbour Board met.\n" for n in range(MIN_TEXTS)}
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
