"""Link the facts of one article to actors: Article + Reading + Registry -> Briefing.

    match         find registered names
    disambiguate  decide which actor each of them means, or leave it open with a note
    clusters      group the other names that the model found: full name, surname, short form, acronym
    coreference   resolve pronouns and "the minister"
    assign        give statements, figures, roles and events their actors; find the organisations of roles
    notes         report name variants and conflicting job titles
    candidates    make ids for actors that are not in the registry

Linking loads no model and sees one article only; it takes a few milliseconds an article.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.link.assign import Employers, Mentions, assign_actors, find_group_speakers
from briefing.link.candidates import candidate_id, has_evidence
from briefing.link.clusters import Cluster, Organisations, People, with_one_kind
from briefing.link.context import ArticleContext
from briefing.link.coreference import resolve
from briefing.link.disambiguate import Decisions
from briefing.link.match import find_occurrences
from briefing.link.notes import merge_repeated, name_variants, role_conflicts, similar_names
from briefing.model import ActorHere, Article, Briefing, Entity, Mention, Note, Reading
from briefing.registry import Registry


def link(article: Article, reading: Reading, registry: Registry) -> Briefing:
    """Return the briefing of one article."""
    context = ArticleContext(article, reading, registry)
    removed = [(r.start, r.end) for r in article.removed]
    named = {(n.start, n.end) for n in reading.names if n.label != "PERSON"}
    decisions = Decisions(context, find_occurrences(article.text, registry, removed, named))
    clusters, notes = cluster_names(context, decisions)
    referents = resolve(context, clusters)
    clusters = [c for c in clusters if c.actor is not None or has_evidence(context, c)]
    paired = [(cluster, _actor_here(cluster, registry)) for cluster in clusters if cluster.mentions]
    actors = _merged([actor for _, actor in paired])
    mentions = Mentions(article.text, actors)
    speaking = [
        ActorHere(candidate_id(name, "group", registry), name, "group", "candidate", tuple(found))
        for name, found in find_group_speakers(article.text, reading, mentions).items()
    ]
    actors = _merged([*actors, *speaking])
    mentions = Mentions(article.text, actors)
    facts = assign_actors(reading, mentions)
    employers = Employers(context, referents, {cluster: actor.id for cluster, actor in paired}, mentions)
    facts["roles"] = employers.complete(facts["roles"])
    return Briefing(
        article=article,
        sentences=reading.sentences,
        actors=actors,
        topics=(),
        notes=(
            *reading.notes,
            *merge_repeated([*decisions.notes, *notes]),
            *name_variants(paired, registry),
            *similar_names(actors, article.text, registry),
            *role_conflicts(facts["roles"], actors),
        ),
        **facts,
    )


def cluster_names(context: ArticleContext, decisions: Decisions) -> tuple[list[Cluster], list[Note]]:
    """Return all clusters of an article and the notes on names that fit two of them."""
    registered: dict[str, Cluster] = {}
    for link in decisions.links:
        cluster = registered.setdefault(link.actor, Cluster(context.registry.by_id[link.actor].kind, link.actor))
        cluster.add(context.text, link.start, link.end, link.how, link.rule)
    removed = [(r.start, r.end) for r in context.article.removed]
    decided = [*((link.start, link.end) for link in decisions.links), *decisions.unlinked, *removed]
    taken = {place for start, end in decided for place in range(start, end)}
    names = [n for n in context.names if n.label in {"PERSON", "ORG"} and (n.start, n.end) not in decisions.surnames]
    names += [Entity(start, end, "PERSON", 0, 0) for start, end in sorted(decisions.surnames)]
    free = with_one_kind(context, [n for n in names if taken.isdisjoint(range(n.start, n.end))])
    countries = decisions.countries
    bodies = Organisations(context, [g for g in registered.values() if g.kind == "organisation"], countries)
    bodies.add([n for n in free if n.label == "ORG"])
    short = bodies.add_bare_names(taken)
    free = [n for n in free if (n.start, n.end) not in short]
    homes = {context.registry.by_id[actor].country or "" for actor, g in registered.items() if g.kind == "organisation"}
    people = People(context, [g for g in registered.values() if g.kind == "person"], countries.all | homes)
    people.add([n for n in free if n.label == "PERSON"])
    people.add_bare_surnames(taken)
    others = [g for g in registered.values() if g.kind not in {"person", "organisation"}]
    return [*others, *people.clusters, *bodies.clusters], [*people.notes, *bodies.notes]


def _actor_here(cluster: Cluster, registry: Registry) -> ActorHere:
    mentions = tuple(sorted(set(cluster.mentions), key=lambda m: (m.start, m.end)))
    if cluster.actor is not None:
        return ActorHere(cluster.actor, registry.by_id[cluster.actor].name, cluster.kind, "registered", mentions)
    name = cluster.name
    if cluster.of is None:
        return ActorHere(candidate_id(name, cluster.kind, registry), name, cluster.kind, "candidate", mentions)
    home = registry.by_id.get(cluster.of)
    called = f"{name} ({home.name})" if home else name
    own_id = candidate_id(called if home else f"{name} {cluster.of}", cluster.kind, registry)
    return ActorHere(own_id, called, cluster.kind, "candidate", mentions)


def _merged(actors: Sequence[ActorHere]) -> tuple[ActorHere, ...]:
    """Return one entry per id, in the order in which the article names them."""
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
