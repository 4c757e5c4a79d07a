"""Turn one article into a briefing: read -> clean -> analyse -> facts -> link -> corrections.

    briefing_of(workspace, source)   ->   Briefing(...)

The steps are separate, so that a batch of articles can take each of them together (`pipeline.read_batch`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from pydantic import TypeAdapter

from briefing import cache, corrections
from briefing.archive.summaries import Row, row
from briefing.clean import clean
from briefing.content.problems import ContentError, Problem
from briefing.content.sources import SourceFile, read_source
from briefing.content.takedowns import redact
from briefing.facts import find_facts, reader
from briefing.link import link
from briefing.link.asked import Asking, Question
from briefing.model import Analysis, Article, Briefing, Rights, Source
from briefing.pipeline.workspace import Workspace
from briefing.registry import Registry
from briefing.registry.topics import find_topics, unknown_topics
from briefing.text import language_model


class Cleaned(NamedTuple):
    """An article as the model reads it, with the corrections to apply afterwards."""

    article: Article
    corrections: corrections.Corrections | None


def briefing_of(workspace: Workspace, file: SourceFile, said: corrections.Corrections | None = None) -> Briefing:
    """Return the briefing of a source, with these corrections or those in the file next to it.

    Raises ContentError if the source or a correction is invalid.
    """
    one = clean_article(workspace, file, said)
    return link_article(workspace, one, analyse(workspace, one.article)[0])


def problems_of(workspace: Workspace, file: SourceFile) -> list[Problem]:
    """Return every error in an article. The language model runs only for an article with corrections."""
    try:
        read_article(workspace, file)
        if corrections.beside(file.path).exists():  # applying them shows whether they can be applied
            briefing_of(workspace, file)
    except ContentError as error:
        return workspace.labelled(error.problems)
    return []


def read_article(workspace: Workspace, file: SourceFile) -> Source:
    """Return the source in a file; raise ContentError with every error in it."""
    source = replace(read_source(file.path, file.id), path=workspace.label(file.path))
    source = redact(source, workspace.config.takedowns)
    problems = unknown_topics(source, workspace.topics, file.path)
    if problems:
        raise ContentError(*problems)
    return source


def clean_article(workspace: Workspace, file: SourceFile, said: corrections.Corrections | None = None) -> Cleaned:
    source = _with_rights(read_article(workspace, file), workspace.config.rights)
    said = said or corrections.read_corrections(file.path, source.path)
    article = clean(source)
    return Cleaned(corrections.prepare(article, said) if said else article, said)


def _with_rights(source: Source, rights: Rights) -> Source:
    """Give a source that states no rights those of the archive; "full" is left out, as in most sources."""
    if source.meta.rights or rights == "full":
        return source
    return replace(source, meta=replace(source.meta, rights=rights))


def analysis_key(workspace: Workspace, article: Article) -> str:
    model = workspace.config.model
    return cache.digest(
        article.text,
        article.language,
        repr((article.blocks, article.hidden, [(r.start, r.end) for r in article.removed])),
        repr([h for h in article.hints if h.kind == "dateline"]),
        language_model.model_version(model),
        language_model.version(),
        reader.version(),
    )


def analyse(workspace: Workspace, article: Article) -> tuple[Analysis, bool]:
    """Return the language model's analysis, and whether it read the text now: an earlier analysis is in the cache."""
    key = analysis_key(workspace, article)
    kept = workspace.cache.get("analysis", key)
    if kept is not None and (found := cache.unpack(kept, article.text)) is not None:
        return found, False
    analysis = reader.analyse(article, workspace.config.model)
    workspace.cache.put("analysis", key, cache.pack(analysis))
    return analysis, True


def link_article(workspace: Workspace, one: Cleaned, analysis: Analysis, registry: Registry | None = None) -> Briefing:
    """Find the facts, link them to the registry and apply corrections; raise ContentError if one cannot be applied.

    `registry` may stand in for that of the workspace, to write down what it is asked.
    """
    registry, topics = registry or workspace.registry, workspace.topics
    briefing = link(one.article, find_facts(one.article, analysis), registry)
    briefing = replace(briefing, topics=find_topics(one.article, topics, briefing.key_facts))
    return corrections.apply(briefing, one.corrections, registry, topics) if one.corrections else briefing


class Asked(NamedTuple):
    """What an article asked of registry and topics when it was read, and what they answered."""

    questions: list[Question]
    text: str  # in which names and terms are looked for
    answers: dict[str, str]
    analysis: str  # the key of its analysis


ASKED = TypeAdapter(Asked)


def read_anew(workspace: Workspace, one: Cleaned, analysis: Analysis) -> tuple[Briefing, Asked]:
    """Return the briefing of an article, and what it depends on beside the article."""
    asking = Asking(workspace.registry)
    briefing = link_article(workspace, one, analysis, asking)
    article = one.article
    questions = {*asking.questions, *(("topic", name) for name in article.source.meta.topics)}
    text = f"{article.text}\n\n{article.title.value}"
    answers = workspace.answers.to(questions, text)
    return briefing, Asked(sorted(questions), text, answers, analysis_key(workspace, article))


def proven(workspace: Workspace, file: SourceFile, kept: bytes | None, shown: Row) -> Briefing | None:
    """Return a stored briefing if its text is that of the article and its row is the one other pages show, else None.

    So every word that a page shows as evidence is in the source, whatever the cache says.
    """
    if kept is None:
        return None
    try:
        found: Briefing = cache.adapter(Briefing).validate_json(kept)
        if found.article != clean_article(workspace, file).article or row(found) != shown:
            return None
    except (ValueError, LookupError):  # it is of another shape, or a place in it is not in the text
        return None
    return found
