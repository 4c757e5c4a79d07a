"""Label names in unlabelled text where two systems agree.

One system is a reader trained on our own labelled articles alone, the other spaCy's entity recogniser. Where they give
the same words the same label, or both see no name, that is learned; elsewhere nothing is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from briefing.clean import clean
from briefing.config import load_config
from briefing.facts.reader.decoder import every_name
from briefing.facts.reader.encoder import score
from briefing.lexicon import SHIPPED
from briefing.model import Analysis, Entity, Meta, Source
from briefing.text import language_model
from training.corpora import UNSURE, Document

Span = tuple[int, int]
SPACY = {
    "PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "NORP": "MISC", "EVENT": "MISC",
    "PRODUCT": "MISC", "WORK_OF_ART": "MISC", "LAW": "MISC", "LANGUAGE": "MISC",
}  # fmt: skip
OURS = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "NORP": "MISC", "MISC": "MISC"}
ARTICLES = frozenset({"the", "a", "an"})
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})


def with_silver(document: Document, weights: Path) -> Document:
    """Return the document with the names that both systems find; `weights` are those of the first system."""
    source = Source("text", "text.md", "", Meta(language="en"), document.text, 1, "utf-8")
    parsed = language_model.parse(clean(source), load_config(SHIPPED / "mkdocs.yml").model, names=True)
    one = {_trimmed(parsed, e): OURS[e.label] for e, _, _ in every_name(parsed, score(parsed, weights))}
    two = {_trimmed(parsed, e): SPACY[e.label] for e in parsed.entities if e.label in SPACY}
    agreed = {span for span, kind in one.items() if two.get(span) == kind}
    names = [(*_characters(parsed, span), one[span]) for span in agreed]
    unsure = [(*_characters(parsed, span), UNSURE) for span in _merged({*one, *two} - agreed, agreed)]
    return replace(document, names=tuple(sorted([*names, *unsure])))


def _trimmed(analysis: Analysis, entity: Entity) -> Span:
    """Return the tokens of a name without article and possessive."""
    first, last = entity.first, entity.last
    if last - first > 1 and analysis.tokens[first].text.lower() in ARTICLES:
        first += 1
    if last - first > 1 and analysis.tokens[last - 1].text in POSSESSIVES:
        last -= 1
    return first, last


def _merged(doubtful: Iterable[Span], agreed: Iterable[Span]) -> list[Span]:
    """Return the spans that only one system names and that overlap none that both do."""
    certain = {i for first, last in agreed for i in range(first, last)}
    places = sorted({i for first, last in doubtful for i in range(first, last)} - certain)
    return [(i, i + 1) for i in places]


def _characters(analysis: Analysis, span: Span) -> Span:
    return analysis.tokens[span[0]].start, analysis.tokens[span[1] - 1].end
