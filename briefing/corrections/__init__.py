"""Apply people's corrections to a briefing. A correction always overrides what the program finds.

    corrections = read_corrections(Path("sources/a.md"), "sources/a.md")   # sources/a.facts.yaml
    article = prepare(article, corrections)      # before facts: title, date, words that were set aside
    briefing = apply(briefing, corrections, registry, topics)   # after linking: facts, actors, topics

A fact is identified by its id, then by its words. A corrected fact that the program no longer finds is rebuilt from
its words. If the source no longer contains the words, that is an error in the corrections file, and is reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.content.problems import ContentError, Problem
from briefing.content.validation import did_you_mean
from briefing.corrections.apply import CorrectionApplier
from briefing.corrections.files import Corrections, beside, key, parse, read_corrections, without_source
from briefing.corrections.locate import Places, touch
from briefing.model import Article, Briefing, Published, Removed, Reviewed, Span, Title, Topic
from briefing.registry import Registry

__all__ = ["Corrections", "apply", "beside", "key", "parse", "prepare", "read_corrections", "without_source"]


def prepare(article: Article, corrections: Corrections) -> Article:
    """Return the article with corrected title and publication date; passages that people vouch for are kept in."""
    said = corrections.file
    if said.title:
        article = replace(article, title=Title(said.title, "given"))
    if said.published:
        article = replace(article, published=Published(said.published, "given"))
    wanted: list[Span] = []
    places = Places(article) if article.removed and (said.accept or said.edit or said.add) else None
    for entry in (*said.accept, *said.edit, *said.add) if places else ():
        found = places.find(entry.words) if places and entry.words else ()
        outside = [span for span in found if not any(touch(span, r) for r in article.removed)]
        if found and (not outside or entry.occurrence is not None):
            wanted.append(found[min(entry.occurrence or 1, len(found)) - 1])
    return replace(article, removed=_without(article, wanted)) if wanted else article


def apply(briefing: Briefing, corrections: Corrections, registry: Registry, topics: Sequence[Topic] = ()) -> Briefing:
    """Return the corrected briefing; raise ContentError with every correction that cannot be applied."""
    applier = CorrectionApplier(briefing, corrections, registry)
    applier.settle_actors()
    applier.settle_assertions("add", "added")
    applier.settle_assertions("accept", "accepted")
    applier.settle_assertions("edit", "edited")
    applier.settle_rejections()
    applier.settle_comments()
    applier.problems |= dict.fromkeys(_unknown_topics(corrections, topics))
    if applier.problems:
        raise ContentError(*applier.problems)
    said = corrections.file
    done = applier.briefing()
    author = corrections.author("reviewed")
    return replace(
        done,
        corrected=True,
        topics=done.topics if said.topics is None else tuple(dict.fromkeys(said.topics)),
        reviewed=Reviewed(said.reviewed.by or (author.name if author else None), said.reviewed.on)
        if said.reviewed
        else None,
    )


def _unknown_topics(corrections: Corrections, topics: Sequence[Topic]) -> Iterator[Problem]:
    known = [topic.id for topic in topics]
    for number, name in enumerate(corrections.file.topics or ()):
        if name not in known:
            meant = did_you_mean(name, known)
            right = f"Did you mean `{meant}`?" if meant else f"Existing topics: {', '.join(known) or 'none'}."
            path = ("topics", number)
            yield corrections.problem(path, "unknown-topic", f"unknown topic `{name}`", right)


def _without(article: Article, wanted: list[Span]) -> tuple[Removed, ...]:
    """Return what stays removed once the blocks that hold these words are restored."""
    blocks = [Span(b.start, b.end) for b in article.blocks]
    kept = [b for b in blocks if any(touch(b, w) for w in wanted)] or wanted
    left: list[Removed] = []
    for mark in article.removed:
        at = mark.start
        for block in kept:
            if block.start < mark.end and at < block.end:
                if at < block.start:
                    left.append(replace(mark, start=at, end=block.start))
                at = max(at, block.end)
        if at < mark.end:
            left.append(replace(mark, start=at))
    return tuple(r for r in left if article.text[r.start : r.end].strip())
