"""Links and the model's other names -> all groups of an article."""

from __future__ import annotations

from briefing.link.bodies import Bodies
from briefing.link.countries import Countries
from briefing.link.decide import Decisions
from briefing.link.groups import Group, Taken
from briefing.link.people import People
from briefing.link.scene import Scene
from briefing.model import Note


def group_names(scene: Scene, made: Decisions) -> tuple[list[Group], list[Note]]:
    """All groups of an article, registered actors first, and notes on names that fit two of them."""
    registered: dict[str, Group] = {}
    for link in made.links:
        group = registered.setdefault(link.actor, Group(scene.registry.by_id[link.actor].kind, link.actor))
        group.add(scene.text, link.start, link.end, link.how, link.rule)
    taken = Taken(made)
    free = [n for n in scene.names if n.label in {"PERSON", "ORG"} and not taken.overlaps(n.start, n.end)]
    countries = made.countries or Countries(scene, (), ())
    people = People(scene, [g for g in registered.values() if g.kind == "person"], countries.all)
    people.add([n for n in free if n.label == "PERSON"])
    bodies = Bodies(scene, [g for g in registered.values() if g.kind == "organisation"], countries)
    organisations = [n for n in free if n.label == "ORG"]
    taken_for_bodies = people.take(organisations)
    bodies.add([n for n in organisations if n not in taken_for_bodies])
    people.find_bare_surnames(taken)
    others = [g for g in registered.values() if g.kind not in {"person", "organisation"}]
    return [*others, *people.groups, *bodies.groups], [*people.notes, *bodies.notes]
