"""Articles in other languages: which language it is, and what is read of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from briefing.facts import find_facts
from briefing.facts.other_languages import read_digits
from briefing.model import DateRef, Figure, Meta, Reading
from briefing.text.metadata import find_language
from tests.casebook import Case, analysed, cases
from tests.growth import assert_grows_with_length_only

ENGLISH = (
    "The harbour board said on Tuesday that the new quay would be ready by the end of the year. It has cost the town "
    "more than was planned, and the mayor wants to know why. He asked the builders for their papers. "
)
SPANISH = (
    "El consejo del puerto anunció el martes que el muelle nuevo estará listo a finales de año. Ha costado más de lo "
    "previsto y el alcalde quiere saber por qué. Pidió los papeles a los constructores. "
)


def found(fact: Figure | DateRef, text: str) -> dict[str, Any]:
    words = {"words": text[fact.start : fact.end]}
    if isinstance(fact, DateRef):
        return words | {"edtf": fact.edtf}
    return words | {"value": fact.value, "unit": fact.unit, "qualifier": fact.qualifier}


@pytest.mark.parametrize("case", cases("languages"))
def test_digits(case: Case) -> None:
    article, analysis = analysed(case.input, language=case.meta["language"])
    reading = find_facts(article, analysis)
    facts = [found(f, article.text) for f in (*reading.figures, *reading.dates)]
    assert [f["words"] for f in facts] == [e["words"] for e in case.expect]
    for fact, expected in zip(facts, case.expect, strict=True):
        assert {key: fact[key] for key in expected} == expected


def test_nothing_else_is_read() -> None:
    """Neither names nor statements, and a note says so."""
    article, analysis = analysed('El alcalde, Tomás Rey, dijo: "Queremos 20 toneladas".', language="es")
    reading = find_facts(article, analysis)
    assert len(reading.figures) == 1
    assert (reading.names, reading.pronouns, reading.statements, reading.roles, reading.events) == ((),) * 5
    (note,) = (n for n in reading.notes if n.code == "language")
    assert note.message.startswith("The source is in Spanish. Only registered actors")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (SPANISH, "es"),
        (ENGLISH + SPANISH + ENGLISH, "en"),
        (SPANISH * 4 + ENGLISH * 8, "en"),  # opens with a long quotation
        (ENGLISH * 5 + SPANISH * 40, "es"),
        ("Holm bans gallium exports to Nordby now", "en"),
        ("La ville a produit plus de nickel cette année.", "fr"),
        ("河口将建一座新厂，每年生产1200吨。", "zh"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert find_language(Meta(), text) == language


def test_time_grows_with_the_length_only() -> None:
    article, analysis = analysed("El alcalde habló.", language="es")

    def read(count: int) -> Callable[[], Reading]:
        text = "1.200 mil toneladas 3 " * count
        sentence = replace(analysis.sentences[0], start=0, end=len(text))
        much = replace(article, text=text), replace(analysis, text=text, sentences=(sentence,))
        return lambda: read_digits(*much)

    assert_grows_with_length_only(read)
