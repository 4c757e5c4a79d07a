"""Article + Reading + Registry -> Briefing: the same facts, with actors.

    match        where registered names stand
    decide       whom each of them means, or between whom it is open
    groups       the model's other names, gathered: surname, short form, acronym
    coreference  pronouns, "the minister"
    fill         speakers, subjects, holders of offices
    notes        name variants, conflicting titles
    candidates   ids of those the registry does not know

Nothing here loads a model or sees another article; an article costs a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.link.assign import Mentions, filled, find_groups
from briefing.link.candidates import candidate_id
from briefing.link.context import Scene
from briefing.link.coreference import resolve
from briefing.link.disambiguate import Decisions, decide
from briefing.link.groups import Group, Taken
from briefing.link.match import Countries, find_occurrences
from briefing.link.notes import name_variants, near_names, once_each, role_conflicts
from briefing.link.organisations import Bodies
from briefing.link.people import People
from briefing.model import ActorHere, Article, Briefing, Mention, Note, Reading
from briefing.registry import Registry

# Links and the model's other names -> all groups of an article.


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


def link(article: Article, reading: Reading, registry: Registry) -> Briefing:
    """The briefing of one article."""
    scene = Scene(article, reading, registry)
    removed = [(r.start, r.end) for r in article.removed]
    named = {(n.start, n.end) for n in reading.names if n.label != "PERSON"}
    made = decide(scene, find_occurrences(article.text, registry, removed, named))
    groups, notes = group_names(scene, made)
    resolve(scene, groups)
    paired = [(group, _actor_here(group, registry)) for group in groups if group.mentions]
    actors = _merged([actor for _, actor in paired])
    mentions = Mentions(article.text, actors)
    speaking = [
        ActorHere(candidate_id(name, "group", registry), name, "group", "candidate", tuple(found))
        for name, found in find_groups(article.text, reading, mentions).items()
    ]
    actors = _merged([*actors, *speaking])
    mentions = Mentions(article.text, actors)
    facts = filled(reading, mentions)
    return Briefing(
        article=article,
        sentences=reading.sentences,
        actors=actors,
        topics=(),
        notes=(
            *reading.notes,
            *once_each([*made.notes, *notes]),
            *name_variants(paired, registry),
            *near_names(actors, article.text, registry),
            *role_conflicts(facts["roles"], actors),
        ),
        **facts,
    )


def _actor_here(group: Group, registry: Registry) -> ActorHere:
    mentions = tuple(sorted(set(group.mentions), key=lambda m: (m.start, m.end)))
    if group.actor is not None:
        return ActorHere(group.actor, registry.by_id[group.actor].name, group.kind, "registered", mentions)
    name = group.name
    if group.of is None:
        return ActorHere(candidate_id(name, group.kind, registry), name, group.kind, "candidate", mentions)
    home = registry.by_id.get(group.of)
    called = f"{name} ({home.name})" if home else name
    own_id = candidate_id(called if home else f"{name} {group.of}", group.kind, registry)
    return ActorHere(own_id, called, group.kind, "candidate", mentions)


def _merged(actors: Sequence[ActorHere]) -> tuple[ActorHere, ...]:
    """One entry an id, in the order in which the article names them."""
    found: dict[str, ActorHere] = {}
    for actor in actors:
        other = found.get(actor.id)
        mentions: set[Mention] = {*actor.mentions, *(other.mentions if other else ())}
        found[actor.id] = ActorHere(
            actor.id,
            other.name if other else actor.name,
            actor.kind,
            actor.status,
            tuple(sorted(mentions, key=lambda m: (m.start, m.end, m.how))),
        )
    return tuple(sorted(found.values(), key=lambda a: (a.mentions[0].start, a.mentions[0].end, a.id)))
