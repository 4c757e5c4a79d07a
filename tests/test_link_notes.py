"""Notes on an article's names and offices."""

from __future__ import annotations

import pytest

from briefing.link.notes import merge_repeated, role_conflicts, similar_names, similar_registered
from briefing.model import ActorHere, Mention, Role, Span
from briefing.registry import make_registry
from tests import builders
from tests.builders import actor, mentioned, note

ROTH = mentioned("Ada Roth", status="candidate", id="roth")


def role(title: str, at: int, rule: str = "title before name", body: str | None = None) -> Role:
    holder = Span(at + 12, at + 20)
    return builders.role(Span(at, at + 20), title, holder, rule=rule, actor="roth", organisation=body)


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        (role("Deputy Secretary", 0), role("undersecretary", 50), True),
        (role("minister of trade", 0), role("minister of defence", 50), True),
        (role("Secretary", 0), role("Secretary of State", 50), False),
        (role("Cabinet minister", 0), role("science minister", 50), False),
        (role("vice president", 0), role("president", 50, "verb"), False),
        (role("vice president", 0, body="group"), role("president", 50, body="bank"), False),
    ],
)
def test_contradictory_titles_are_noted(one: Role, other: Role, conflict: bool) -> None:
    assert bool(list(role_conflicts([one, other], [ROTH]))) == conflict


def test_name_without_letters_is_no_spelling_variant() -> None:
    registry = make_registry([actor("dash", "\u2014"), actor("anna-kessowa", "Anna Kessowa")])
    assert similar_registered(("anna", "kesssowa"), registry) == registry.by_id["anna-kessowa"]
    assert similar_registered(("", ""), registry) is None


@pytest.mark.parametrize(
    ("one", "other", "noted"),
    [
        ("Odran Sandlow", "Odran Sandalow", True),
        ("Katharina Brandt", "Katharina Brandtt", True),
        ("Jelena Petrova", "Anatoli Petrov", False),
        ("Jelena Petrova", "Jelena Petrov", False),
        ("Ann Sandlow", "Karl Sandalow", False),
    ],
)
def test_spelling_variants_are_of_one_person(one: str, other: str, noted: bool) -> None:
    text = f"{one} met {other}."
    second = Mention(len(one) + 5, len(text) - 1, "name", "name")
    people = [
        ActorHere("one", one, "person", "candidate", (Mention(0, len(one), "name", "name"),)),
        ActorHere("other", other, "person", "candidate", (second,)),
    ]
    assert bool(list(similar_names(people, text, make_registry([])))) == noted


def test_repeated_note_is_given_once() -> None:
    notes = [note("ambiguous-name", "“Roth” may mean two.", span=Span(n, n + 4)) for n in (3, 40, 80)]
    (once,) = merge_repeated(notes)
    assert (once.start, once.message) == (3, "“Roth” may mean two. Also in 2 more places.")
