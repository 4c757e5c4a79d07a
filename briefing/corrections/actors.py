"""Whom words mean, as people say -> the briefing's actors and mentions, and the facts that hang on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.link.fill import Mentions, fill_event, fill_figure, fill_role, fill_statement
from briefing.model import ActorHere, Briefing, Mention, Span
from briefing.registry import Registry

STANDING_FOR = frozenset({"pronoun", "title"})  # such mentions mean whoever the names mean


@dataclass(frozen=True, slots=True)
class Meant:
    """These places mean this actor; None: nobody."""

    places: tuple[Span, ...]
    actor: str | None


def known(briefing: Briefing, registry: Registry) -> dict[str, ActorHere]:
    """Every actor that a correction may name, without mentions: registered ones and this article's own."""
    found = {a.id: ActorHere(a.id, a.name, a.kind, "registered", ()) for a in registry.actors}
    return found | {a.id: replace(a, mentions=()) for a in briefing.actors}


def with_meanings(briefing: Briefing, meant: Sequence[Meant], actors: Mapping[str, ActorHere]) -> Briefing:
    """The briefing with these mentions moved, and its facts filled with actors again."""
    if not meant:
        return briefing
    here = {a.id: list(a.mentions) for a in briefing.actors}
    for said in meant:
        _move(here, said, briefing.article.text, actors)
    briefing = replace(briefing, actors=in_order(here, actors))
    mentions = Mentions(briefing.article.text, briefing.actors)
    return replace(
        briefing,
        statements=tuple(fill_statement(s, mentions) for s in briefing.statements),
        figures=tuple(fill_figure(f, mentions) for f in briefing.figures),
        roles=tuple(fill_role(r, mentions) for r in briefing.roles),
        events=tuple(fill_event(e, mentions) for e in briefing.events),
    )


def _move(here: dict[str, list[Mention]], said: Meant, text: str, actors: Mapping[str, ActorHere]) -> None:
    for name in list(here):
        if name == said.actor:
            continue
        touched = [m for m in here[name] if any(_overlap(m, place) for place in said.places)]
        if not touched:
            continue
        left = [m for m in here[name] if m not in touched]
        if all(m.how in STANDING_FOR for m in left):  # nothing names this actor any more
            if said.actor is not None:
                here.setdefault(said.actor, []).extend(left)
            left = []
        here[name] = left
    if said.actor is not None:
        own = here.setdefault(said.actor, [])
        for place in said.places:
            if not any((m.start, m.end) == (place.start, place.end) for m in own):
                own[:] = [m for m in own if not _overlap(m, place)]
                own.append(mention(place, actors[said.actor], text))


def _overlap(mention: Mention, place: Span) -> bool:
    return mention.start < place.end and place.start < mention.end


def mention(place: Span, actor: ActorHere, text: str) -> Mention:
    """A mention that a person stated."""
    how = "name" if " ".join(text[place.start : place.end].split()) == actor.name else "alias"
    return Mention(place.start, place.end, how, "correction")


def with_named(
    briefing: Briefing, named: Iterable[tuple[str, Span]], actors: Mapping[str, ActorHere]
) -> tuple[ActorHere, ...]:
    """The briefing's actors, with those that corrected facts name: each at the words it was named for."""
    here = {a.id: list(a.mentions) for a in briefing.actors}
    for name, place in named:
        if name not in here:
            here[name] = [mention(place, actors[name], briefing.article.text)]
    return in_order(here, actors)


def in_order(here: Mapping[str, Sequence[Mention]], actors: Mapping[str, ActorHere]) -> tuple[ActorHere, ...]:
    """As the article names them; who is not named any more is gone."""
    found = [
        replace(actors[name], mentions=tuple(sorted(set(mentions), key=lambda m: (m.start, m.end, m.how))))
        for name, mentions in here.items()
        if mentions
    ]
    return tuple(sorted(found, key=lambda a: (a.mentions[0].start, a.mentions[0].end, a.id)))
