"""Analyses for a big archive whose articles repeat the same paragraphs: each different paragraph is read once.

    keep_analyses(load_config(home / "mkdocs.yml"))    # into the cache that a build then uses

So an archive of 10,000 articles costs the model a few thousand paragraphs. What the model says of a paragraph depends
little on its neighbours; these analyses are for measuring, not for publishing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from briefing import cache
from briefing.config import Config
from briefing.facts import reader
from briefing.model import Analysis, Article, Attribution, Block, Entity, Hint, Removed, Sentence, Span, Token
from briefing.pipeline.article import analysis_key, clean_article
from briefing.pipeline.workspace import open_workspace

AT_ONCE = 64  # paragraphs that the model reads as one article
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """All that the analysis of a paragraph depends on; places count from its start."""

    kind: Any
    level: int
    text: str
    hidden: tuple[Range, ...]
    removed: tuple[Range, ...]
    datelines: tuple[Range, ...]


def keep_analyses(config: Config) -> int:
    """Put an analysis of each article into the cache; return the number of different paragraphs."""
    with closing(open_workspace(config)) as workspace:
        articles = [clean_article(workspace, source).article for source in workspace.sources]
        waiting = list(dict.fromkeys(p for article in articles for p in paragraphs(article)))
        known: dict[Paragraph, Analysis] = {}
        for start in range(0, len(waiting), AT_ONCE):
            some = waiting[start : start + AT_ONCE]
            joined = _joined(articles[0], some)
            known |= zip(some, _split(reader.analyse(joined, config.model), joined.blocks), strict=True)
        for article in articles:
            whole = _composed(article, [known[p] for p in paragraphs(article)])
            workspace.cache.put("analysis", analysis_key(workspace, article), cache.pack(whole))
    return len(known)


def paragraphs(article: Article) -> list[Paragraph]:
    datelines = [hint for hint in article.hints if hint.kind == "dateline"]
    return [
        Paragraph(
            block.kind,
            block.level,
            article.text[block.start : block.end],
            _inside(block, article.hidden),
            _inside(block, article.removed),
            _inside(block, datelines),
        )
        for block in article.blocks
    ]


def _inside(block: Block, spans: Iterable[Span | Removed | Hint]) -> tuple[Range, ...]:
    return tuple(
        (max(span.start, block.start) - block.start, min(span.end, block.end) - block.start)
        for span in spans
        if span.start < block.end and span.end > block.start
    )


def _joined(article: Article, some: Sequence[Paragraph]) -> Article:
    """Return an article of these paragraphs."""
    starts = [sum(len(p.text) + 2 for p in some[:n]) for n in range(len(some))]
    placed = list(zip(starts, some, strict=True))
    return replace(
        article,
        text="\n\n".join(p.text for p in some),
        blocks=tuple(Block(p.kind, at, at + len(p.text), p.level) for at, p in placed),
        hidden=tuple(Span(at + start, at + end) for at, p in placed for start, end in p.hidden),
        removed=tuple(Removed(at + start, at + end, "", "") for at, p in placed for start, end in p.removed),
        hints=tuple(Hint("dateline", at + start, at + end, "") for at, p in placed for start, end in p.datelines),
        inlines=(),
    )


def _split(analysis: Analysis, blocks: Sequence[Block]) -> list[Analysis]:
    """Return the analysis of each block, as if it were the whole text."""
    found = []
    for number, block in enumerate(blocks):
        tokens = [n for n, token in enumerate(analysis.tokens) if token.block == number]
        first, last = (tokens[0], tokens[-1] + 1) if tokens else (0, 0)
        inside = Analysis(
            analysis.text,
            analysis.tokens[first:last],
            tuple(s for s in analysis.sentences if s.block == number),
            tuple(e for e in analysis.entities if first <= e.first < e.last <= last),
            tuple(a for a in analysis.attributions if all(first <= r[0] and r[1] <= last for r in _ranges(a))),
        )
        sentence = int(inside.sentences[0].id[1:]) - 1 if inside.sentences else 0
        found.append(_moved(inside, -block.start, -first, -sentence, 0))
    return found


def _ranges(attribution: Attribution) -> list[Range]:
    return [r for r in (attribution.content, attribution.speaker, attribution.cue) if r]


def _moved(found: Analysis, by: int, tokens: int, sentences: int, block: int) -> Analysis:
    """Move an analysis by characters, tokens and sentences, to a block."""

    def moved(place: Range | None) -> Any:
        return place and (place[0] + tokens, place[1] + tokens)

    return Analysis(
        found.text,
        tuple(
            Token(t.start + by, t.end + by, t.text, t.tag, t.dep, t.head + tokens, t.sentence + sentences, block)
            for t in found.tokens
        ),
        tuple(
            Sentence(f"s{int(s.id[1:]) + sentences}", s.start + by, s.end + by, *moved((s.first, s.last)), block)
            for s in found.sentences
        ),
        tuple(Entity(e.start + by, e.end + by, e.label, *moved((e.first, e.last))) for e in found.entities),
        tuple(
            replace(a, content=moved(a.content), speaker=moved(a.speaker), cue=moved(a.cue)) for a in found.attributions
        ),
    )


def _composed(article: Article, parts: Sequence[Analysis]) -> Analysis:
    """Return the analysis of an article, given those of its paragraphs."""
    tokens, sentences = 0, 0
    placed: list[Analysis] = []
    for number, (block, part) in enumerate(zip(article.blocks, parts, strict=True)):
        placed.append(_moved(part, block.start, tokens, sentences, number))
        tokens, sentences = tokens + len(part.tokens), sentences + len(part.sentences)
    return Analysis(
        article.text,
        tuple(t for part in placed for t in part.tokens),
        tuple(s for part in placed for s in part.sentences),
        tuple(e for part in placed for e in part.entities),
        tuple(a for part in placed for a in part.attributions),
    )
