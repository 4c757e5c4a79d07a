"""Article -> Analysis: tokens and their syntax, and the names and attributions that one small encoder finds in them.

    language model (text/) -> windows -> encoder -> decoder

The weights are in `weights/`, with a model card that says what they learned from; `make train` makes them.
"""

from __future__ import annotations

from dataclasses import replace

from briefing.facts.reader.decoder import decode
from briefing.facts.reader.encoder import score, version
from briefing.model import Analysis, Article
from briefing.text.language_model import parse

__all__ = ["analyse", "headings", "is_read", "read", "run_models", "score", "version"]

READ = frozenset({"en", "und"})  # languages in which names and statements are read

LONGEST_HEADLINE = 200  # characters
CLOSING = " \n\"'”’»)]}*_"  # marks behind a full stop
ENDS = frozenset(".?!…:;,。？！：；") | {""}


def analyse(article: Article, model: str) -> Analysis:
    """Return tokens with their syntax, sentences, names and attributions of every block that is not removed."""
    parsed = parse(article, model)
    return read(parsed, headings(article)) if is_read(article) else parsed


def is_read(article: Article) -> bool:
    """Does the reader know the article's language?"""
    return article.language.partition("-")[0] in READ


def headings(article: Article) -> frozenset[int]:
    """Return the blocks in which nobody says anything: headings, and lines above the first paragraph.

    Such a line is no sentence: it has no full stop. Without it the whole of an article of one line would be a headline.
    """
    found = {n for n, block in enumerate(article.blocks) if block.kind == "heading"}
    for number, block in enumerate(article.blocks[:-1]):
        line = article.text[block.start : block.end]
        if (
            block.kind not in ("heading", "paragraph")
            or len(line) > LONGEST_HEADLINE
            or line.rstrip(CLOSING)[-1:] in ENDS
        ):
            break
        found.add(number)
    return frozenset(found)


def read(analysis: Analysis, headings: frozenset[int] = frozenset()) -> Analysis:
    """Add names and attributions to an analysis."""
    names, attributions = decode(analysis, score(analysis), headings)
    return replace(analysis, entities=names, attributions=attributions)


def run_models(article: Article, model: str) -> int:
    """Run only the models, to compare the cost of everything else with; return the number of tokens."""
    return len(score(parse(article, model)).logs)
