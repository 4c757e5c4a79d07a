"""Reading + Registry -> Briefing (first, plain form)."""

from __future__ import annotations

from briefing.model import ActorHere, Article, Briefing, Mention, Reading
from briefing.read import slug
from briefing.registry import Registry

KINDS = {"PERSON": "person", "ORG": "organisation"}


def link(article: Article, reading: Reading, registry: Registry) -> Briefing:
    found: dict[tuple[str, str], list[Mention]] = {}
    for name in reading.names:
        if name.label in KINDS:
            words = article.text[name.start : name.end]
            found.setdefault((KINDS[name.label], words), []).append(Mention(name.start, name.end, "name"))
    actors = tuple(
        ActorHere(f"{kind}-{slug(words)}-{i}", words, kind, "candidate", tuple(mentions))
        for i, ((kind, words), mentions) in enumerate(found.items())
    )
    return Briefing(
        article=article,
        sentences=reading.sentences,
        actors=actors,
        roles=(),
        statements=reading.statements,
        figures=reading.figures,
        dates=reading.dates,
        events=reading.events,
        topics=(),
        key_facts=reading.key_facts,
        notes=reading.notes,
    )
