"""Each kind of fact is defined once, and the few places that must name all kinds name the same ones."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args

import pytest
import yaml

from briefing.facts import KINDS, kind_of
from briefing.facts.kinds import FactKind
from briefing.model import Fact, FactKindName, Facts, RowFacts
from tests.conftest import ROOT
from tests.example_briefing import example

NAMES = [kind.name for kind in KINDS]


def test_the_types_name_every_kind() -> None:
    assert set(get_args(FactKindName)) == set(NAMES)
    assert set(get_args(Fact)) == {kind.type for kind in KINDS}
    assert {field.name for field in fields(Facts)} == {kind.key for kind in KINDS}
    assert {field.name for field in fields(RowFacts)} == {kind.key for kind in KINDS if kind.row}


def test_people_can_choose_every_kind_in_the_correction_form() -> None:
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/correction.yml").read_text(encoding="utf-8"))
    (choice,) = [part for part in form["body"] if part.get("id") == "kind"]
    assert set(choice["attributes"]["options"]) == set(NAMES)


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_every_kind_has_its_part_of_the_page(kind: FactKind) -> None:
    assert kind.key == "key_facts" or (ROOT / "templates" / kind.part).is_file()
    css = (ROOT / "templates/theme/assets/stylesheets/archive.css").read_text(encoding="utf-8")
    assert f".b-{kind.css}::before" in css, "the mark in the source text"


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_what_a_corrections_file_keeps_are_its_fields(kind: FactKind) -> None:
    briefing = example()
    text = briefing.article.text
    for fact in kind.of(briefing):
        kept = kind.recorded(fact, lambda span: text[span.start : span.end])
        assert kept.keys() <= {field.name for field in kind.fields}
        assert kind_of(fact) is kind
        assert all(0 <= span.start < span.end <= len(text) for span in kind.evidence(fact))
