"""One article: source -> clean -> analyse -> facts -> link -> what people said of it.

Three steps, so that several articles can take each of them together (`pipeline`, `bench`):

    one = cleaned(source, "full", corrections)
    briefing = linked(known, one, analysis_of(one.article, known.model, store))
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from briefing import cache, corrections
from briefing.clean import clean
from briefing.facts import find_facts, reader
from briefing.link import link
from briefing.model import Analysis, Article, Briefing, Rights, Source
from briefing.pipeline.workspace import Knowledge
from briefing.registry.topics import find_topics
from briefing.text import language_model


class Cleaned(NamedTuple):
    """An article before the model reads it, and what people said of it."""

    article: Article
    said: corrections.Corrections | None


def cleaned(source: Source, rights: Rights, said: corrections.Corrections | None) -> Cleaned:
    """`rights`: what may be shown of a source that does not say so itself, a setting of the archive."""
    article = clean(_with_rights(source, rights))
    return Cleaned(corrections.prepare(article, said) if said else article, said)


def _with_rights(source: Source, rights: Rights) -> Source:
    if source.meta.rights or rights == "full":  # which needs no word
        return source
    return replace(source, meta=replace(source.meta, rights=rights))


def analysis_of(article: Article, model: str, store: cache.Cache) -> Analysis:
    """The language model's answer, asked once for a text."""
    key = cache.digest(
        article.text,
        article.language,
        repr((article.blocks, article.hidden, [(r.start, r.end) for r in article.removed])),
        repr([h for h in article.hints if h.kind == "dateline"]),
        language_model.model_version(model),
        language_model.version(),
        reader.version(),
    )
    kept = store.get("analysis", key)
    if kept is not None:
        return cache.unpack(kept, article.text)
    analysis = reader.analyse(article, model)
    store.put("analysis", key, cache.pack(analysis))
    return analysis


def linked(known: Knowledge, one: Cleaned, analysis: Analysis) -> Briefing:
    """Raises ContentError where a correction can't be followed."""
    briefing = link(one.article, find_facts(one.article, analysis), known.registry)
    briefing = replace(briefing, topics=find_topics(one.article, known.topics))
    return corrections.apply(briefing, one.said, known.registry, known.topics) if one.said else briefing
