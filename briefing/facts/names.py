"""Analysis -> the names of people, bodies and places, better than the language model's own.

The learned tagger says which words are people and bodies; the model's places are kept beside them. Edges are
repaired: titles, articles and possessives do not belong to a name.
Example: the model's ORG "State Jose" becomes nothing, and its "the Roth Institute's" becomes "Roth Institute".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.facts.name_agreement import agree
from briefing.facts.name_features import LETTERS, listed
from briefing.facts.name_tagger import tag
from briefing.model import Analysis, Entity, Token

OURS = {"PER": "PERSON", "ORG": "ORG"}
PLACES = frozenset({"GPE", "LOC", "NORP", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"})
POSSESSIVES = frozenset({"'s", "’s", "'", "’", "´s", "`s"})
OPENING = frozenset({"“", "‘", '"', "«", "„", "``"})
CLOSING = frozenset({"”", "’", '"', "»", "“", "''", "'"})
MISTER = frozenset({"mr", "mrs", "ms"})  # nobody but a person is called so
LONGEST = 14  # words; more is a list or a sentence in capitals


def find_names(analysis: Analysis) -> tuple[Entity, ...]:
    """Names in the order of the text; none overlaps another."""
    tokens = analysis.tokens
    found: list[Entity] = []
    places: list[tuple[int, int]] = []
    theirs = {(e.first, e.last) for e in analysis.entities if e.label in {"GPE", "LOC", "NORP", "LANGUAGE"}}
    for zone, tags in tag(analysis):
        for first, last, kind in _runs(tags, zone.first):
            if any(tokens[i].text.lower().rstrip(".") in MISTER for i in (first, max(first - 1, 0))):
                kind = "PER"
            if kind == "ORG" and (first, last) in theirs:
                continue  # a sports page takes towns for their teams; the model keeps them apart elsewhere
            if kind == "LOC":
                places.append((first, last))
            elif kind in OURS:
                found += _repaired(tokens, first, last, OURS[kind])
    found = agree(analysis, sorted(found, key=lambda n: n.start))
    taken = {i for name in found for i in range(name.first, name.last)}
    for entity in analysis.entities:
        if entity.label in PLACES and taken.isdisjoint(range(entity.first, entity.last)):
            found += _repaired(tokens, entity.first, entity.last, entity.label)
            taken.update(range(entity.first, entity.last))
    found += [_entity(tokens, a, b, "GPE") for a, b in places if taken.isdisjoint(range(a, b))]
    return tuple(sorted(found, key=lambda n: n.start))


def _runs(tags: Sequence[str], first: int) -> Iterator[tuple[int, int, str]]:
    """The names in the tags of a zone, by their tokens."""
    at = 0
    while at < len(tags):
        end = at + 1
        if tags[at] != "O":
            while end < len(tags) and tags[end] == "I-" + tags[at][2:]:
                end += 1
            yield first + at, first + end, tags[at][2:]
        at = end


def _repaired(tokens: Sequence[Token], first: int, last: int, label: str) -> list[Entity]:
    """The name without what does not belong to it; nothing if nothing is left."""
    while first < last and _not_first(tokens[first], label):
        first += 1
    while first < last and (
        tokens[last - 1].text in POSSESSIVES or not any(c.isalnum() for c in tokens[last - 1].text)
    ):
        last -= 1
    if first == last or last - first > LONGEST or not any(LETTERS.search(t.text) for t in tokens[first:last]):
        return []
    if label == "ORG" and _is_quoted_title(tokens, first, last):
        return []
    if label == "PERSON" and last - first == 1 and tokens[first].text.lower().rstrip(".") in listed("honorific"):
        return []
    return [_entity(tokens, first, last, label)]


def _not_first(token: Token, label: str) -> bool:
    word = token.text.lower()
    if word in {"the", "a", "an"} or not any(c.isalnum() for c in word):
        return True
    return label == "PERSON" and word.rstrip(".") in listed("honorific") and word not in {"st.", "st"}


def _may_be_last(token: Token) -> bool:
    return token.text not in POSSESSIVES and any(c.isalnum() for c in token.text)


def _is_quoted_title(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Is it the title of a document: alone between quotation marks, and neither end of it names a body?"""
    if first == 0 or last == len(tokens):
        return False
    quoted = tokens[first - 1].text in OPENING and tokens[last].text in CLOSING
    words = {tokens[first].text.lower(), tokens[last - 1].text.lower()}
    return quoted and last - first > 1 and not words & (listed("body") | listed("legal"))


def _entity(tokens: Sequence[Token], first: int, last: int, label: str) -> Entity:
    return Entity(tokens[first].start, tokens[last - 1].end, label, first, last)
