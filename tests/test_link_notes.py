"""What a reader should distrust about names and offices of one article."""

from __future__ import annotations

import pytest

from briefing.link.notes import merge_repeated, role_conflicts, similar_registered
from briefing.model import Actor, ActorHere, Note, Role, Span
from briefing.registry import make_registry

ROTH = ActorHere("roth", "Ada Roth", "person", "candidate", ())


def role(title: str, at: int, rule: str = "title before name", body: str | None = None) -> Role:
    return Role(at, at + 20, title, Span(at + 12, at + 20), None, rule, "roth", body)


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
def test_two_titles_of_which_only_one_can_be_right(one: Role, other: Role, conflict: bool) -> None:
    assert bool(list(role_conflicts([one, other], [ROTH]))) == conflict


def test_a_registered_name_without_a_letter_is_nobodys_spelling() -> None:
    registry = make_registry([Actor("dash", "\u2014", "person"), Actor("anna-kessowa", "Anna Kessowa", "person")])
    assert similar_registered(("anna", "kesssowa"), registry) == registry.by_id["anna-kessowa"]
    assert similar_registered(("", ""), registry) is None


def test_a_message_that_holds_for_many_places_is_said_once() -> None:
    notes = [Note("ambiguous-name", "info", "“Roth” may mean two.", n, n + 4) for n in (3, 40, 80)]
    (once,) = merge_repeated(notes)
    assert (once.start, once.message) == (3, "“Roth” may mean two. Also in 2 more places.")
