"""Article -> Analysis: tokens and their syntax, and the names and attributions that one small encoder reads in them.

    language model (text/) -> windows -> encoder -> decoder

The weights are in `weights/`, with a card that says what they learned from; `make train` makes them.
"""

from __future__ import annotations

from dataclasses import replace

from briefing.facts.reader.decoder import decode
from briefing.facts.reader.encoder import score, version
from briefing.model import Analysis, Article
from briefing.text.language_model import parse

__all__ = ["analyse", "read", "run_models", "score", "version"]

READ = frozenset({"en", "und"})  # languages of which names and statements are read


def analyse(article: Article, model: str) -> Analysis:
    """Tokens with their syntax, sentences, names and attributions of every block that is not removed."""
    parsed = parse(article, model)
    if article.language.partition("-")[0] not in READ:
        return parsed
    return read(parsed, frozenset(n for n, block in enumerate(article.blocks) if block.kind == "heading"))


def read(analysis: Analysis, headings: frozenset[int] = frozenset()) -> Analysis:
    """The analysis with its names and attributions; `headings`: blocks in which nobody says anything."""
    names, attributions = decode(analysis, score(analysis), headings)
    return replace(analysis, entities=names, attributions=attributions)


def run_models(article: Article, model: str) -> int:
    """What both models take of `analyse`, to compare the cost of the rest with; returns the number of tokens."""
    return len(score(parse(article, model)).logs)
