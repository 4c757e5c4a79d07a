"""Analysis -> the names of people, bodies and places, better than the language model's own.

The learned tagger says which words are people and bodies; the model's places are kept beside them. Edges are
repaired: titles, articles and possessives do not belong to a name.
Example: the model's ORG "State Jose" becomes nothing, and its "the Roth Institute's" becomes "Roth Institute".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.facts.name_agreement import agree, but_for_places
from briefing.facts.name_context import is_sport
from briefing.facts.name_doubts import without_doubtful
from briefing.facts.name_edges import entity, joined, listed_apart, repaired, split, with_particles
from briefing.facts.name_tagger import Learning, tag
from briefing.model import Analysis, Entity

OURS = {"PER": "PERSON", "ORG": "ORG"}
PLACES = frozenset({"GPE", "LOC", "NORP", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"})
MISTER = frozenset({"mr", "mrs", "ms"})  # nobody but a person is called so


def find_names(analysis: Analysis, learned: Learning | None = None) -> tuple[Entity, ...]:
    """Names in the order of the text; none overlaps another. `learned` stands for the weights that are shipped."""
    tokens = analysis.tokens
    sport = is_sport(analysis)
    tagged, places = _tagged(analysis, sport, learned)
    tagged = listed_apart(tokens, joined(tokens, but_for_places(tokens, tagged, places)))
    found = agree(analysis, with_particles(tokens, tagged))
    found = without_doubtful(analysis, sorted(found, key=lambda n: n.start), sport)
    taken = {i for name in found for i in range(name.first, name.last)}
    for seen in analysis.entities:
        if seen.label in PLACES and taken.isdisjoint(range(seen.first, seen.last)):
            found += repaired(tokens, seen.first, seen.last, seen.label)
            taken.update(range(seen.first, seen.last))
    found += [entity(tokens, a, b, "GPE") for a, b in places if taken.isdisjoint(range(a, b))]
    return tuple(sorted(found, key=lambda n: n.start))


def _tagged(analysis: Analysis, sport: bool, learned: Learning | None) -> tuple[list[Entity], list[tuple[int, int]]]:
    """The tagger's people and bodies, and its places by their tokens."""
    tokens = analysis.tokens
    found: list[Entity] = []
    places: list[tuple[int, int]] = []
    theirs = {(e.first, e.last) for e in analysis.entities if e.label in {"GPE", "LOC", "NORP", "LANGUAGE"}}
    for zone, tags in tag(analysis, sport, learned):
        for first, last, kind in _runs(tags, zone.first):
            if any(tokens[i].text.lower().rstrip(".") in MISTER for i in (first, max(first - 1, 0))):
                kind = "PER"
            if kind == "ORG" and (first, last) in theirs and not sport:
                continue  # only on a sports page do towns stand for their teams
            if kind == "LOC":
                places.append((first, last))
            elif kind in OURS:
                for a, b, label in split(tokens, first, last, OURS[kind]):
                    found += repaired(tokens, a, b, label)
    return sorted(found, key=lambda n: n.start), places


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
