"""Our actors and topics: complete, valid, without clashes."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from briefing.content.problems import Problem
from briefing.link.match import find_occurrences
from briefing.model import Actor
from briefing.registry import Registry, check_registry
from briefing.registry.topics import check_topics

ROOT = Path(__file__).parent.parent
NEVER_ENDS = "9999"

# Offices held by one person at a time: (organisation, title).
SOLE = [
    ("united-states", "President"),
    ("united-states", "Vice President"),
    ("united-states-department-of-state", "Secretary of State"),
    ("united-states-department-of-defense", "Secretary of Defense"),
    ("united-states-department-of-commerce", "Secretary of Commerce"),
    ("united-states-department-of-energy", "Secretary of Energy"),
    ("united-states-department-of-the-interior", "Secretary of the Interior"),
    ("united-states-department-of-the-treasury", "Secretary of the Treasury"),
    ("office-of-the-united-states-trade-representative", "United States Trade Representative"),
    ("china", "President"),
    ("state-council-of-china", "Premier"),
    ("ministry-of-commerce-of-china", "Minister of Commerce"),
    ("ministry-of-foreign-affairs-of-china", "Minister of Foreign Affairs"),
    ("national-development-and-reform-commission", "Chairman"),
    ("japan", "Prime Minister"),
    ("ministry-of-economy-trade-and-industry-of-japan", "Minister of Economy, Trade and Industry"),
    ("ministry-of-foreign-affairs-of-japan", "Minister for Foreign Affairs"),
    ("european-commission", "President"),
    ("european-commission", "European Commissioner for Trade"),
    ("australia", "Prime Minister"),
    ("canada", "Prime Minister"),
    ("united-kingdom", "Prime Minister"),
    ("germany", "Chancellor"),
    ("france", "President"),
    ("world-trade-organization", "Director-General"),
    ("international-energy-agency", "Executive Director"),
]


@cache
def checked() -> tuple[Registry, tuple[Problem, ...]]:
    return check_registry(ROOT / "actors")


def shipped() -> Registry:
    return checked()[0]


def others() -> list[Actor]:
    return [a for a in shipped().actors if a.kind != "country"]


def test_registry_has_no_errors() -> None:
    problems = checked()[1]
    assert [(p.path, p.found) for p in problems if p.severity == "error"] == []


def test_only_institutions_of_every_state_share_a_name() -> None:
    kinds = defaultdict(set)
    for problem in checked()[1]:
        if problem.code == "shared-name":
            kinds[Path(problem.path).stem].add(problem.found.split("`")[1].lower())
    for actor, names in kinds.items():
        assert shipped().by_id[actor].kind == "organisation", actor
        assert all(set(name.split()) & {"ministry", "bank", "treasury", "parliament"} for name in names), names


def test_registry_has_enough_actors() -> None:
    assert len(others()) >= 200
    assert sum(bool(a.roles) for a in others() if a.kind == "person") >= 200


def test_every_actor_is_complete() -> None:
    for actor in others():
        names = [actor.name, *(a.name for a in actor.aliases)]
        assert len(names) == len(set(names)), f"{actor.id}: a name stands there twice"
        assert set(actor.careful) <= set(names), f"{actor.id}: only its own name can be read with care"
        assert not set(actor.never) & set(names), f"{actor.id}: a name that is never its own"
        for office in actor.roles:
            since, until = office.since or "", office.until or NEVER_ENDS
            size = min(len(since), len(until))
            assert since[:size] <= until[:size], (actor.id, office)


@pytest.mark.parametrize(("organisation", "title"), SOLE)
def test_one_holder_at_a_time(organisation: str, title: str) -> None:
    held = sorted(
        (office.since or "", office.until or NEVER_ENDS, actor.id)
        for actor in others()
        for office in actor.roles
        if (office.organisation, office.title) == (organisation, title)
    )
    assert held
    for (_, until, one), (since, _, other) in pairwise(held):
        size = min(len(until), len(since))
        assert until[:size] <= since[:size], (one, other)


def test_topic_terms_can_be_found() -> None:
    topics, _ = check_topics(ROOT / "topics")
    assert len(topics) >= 18
    for topic in topics:
        assert topic.description, topic.id
        assert all(term == term.casefold().strip() for term in topic.terms), topic.id
        assert len(topic.terms) == len(set(topic.terms)), topic.id


def test_every_name_is_found() -> None:
    """Names distinguished by case, accents and script: "BoJ" and "BOJ"."""
    for actor in shipped().actors:
        for name in (actor.name, *(alias.name for alias in actor.aliases)):
            found = find_occurrences(f"({name})", shipped())
            assert any(t.actor == actor.id for o in found for t in o.terms), (actor.id, name)
