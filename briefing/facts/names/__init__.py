"""Analysis -> the names of people, organisations and places, as the article as a whole knows them.

The reader finds names window by window. Here edges are repaired (titles, articles and possessives do not belong to a
name), a name is called the same thing throughout, and what is doubtful is left out.
Example: "the Roth Institute's" becomes "Roth Institute".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from briefing.facts.names.doubts import sift
from briefing.facts.names.edges import agree, but_for_places, entity, joined, repaired, split, with_first_words
from briefing.facts.names.lists import listed
from briefing.model import Analysis, Entity

# What kind of article it is, where that decides what a name may be.

SPORTY = 0.02  # of all words are of sport: in such an article tables of teams look like headlines


def is_sport(analysis: Analysis) -> bool:
    """Is the article about matches and players?"""
    sporty = listed("sport")
    of_sport = sum(t.text.lower() in sporty for t in analysis.tokens)
    return of_sport > SPORTY * len(analysis.tokens)


ACTORS = frozenset({"PERSON", "ORG"})
PLACES = frozenset({"GPE", "NORP", "MISC"})


class Found(NamedTuple):
    names: tuple[Entity, ...]  # in the order of the text; none overlaps another
    rejected: tuple[tuple[Entity, str], ...]  # with the reason


def find_names(analysis: Analysis) -> tuple[Entity, ...]:
    """Return the names in the order of the text; none overlaps another."""
    return read_names(analysis).names


def read_names(analysis: Analysis) -> Found:
    """Return the names, and those that are rejected as doubtful."""
    tokens = analysis.tokens
    sport = is_sport(analysis)
    parts = [
        part
        for e in analysis.entities
        if e.label in ACTORS
        for first, last, label in split(tokens, e.first, e.last, e.label)
        for part in repaired(tokens, first, last, label)
    ]
    places = [(e.first, e.last) for e in analysis.entities if e.label == "GPE"]
    parts = but_for_places(tokens, joined(tokens, parts), places)
    found = agree(analysis, with_first_words(analysis, parts))
    found, rejected = sift(analysis, sorted(found, key=lambda n: n.start), sport)
    found += _surnames(analysis, found)
    taken = {i for name in found for i in range(name.first, name.last)}
    for seen in analysis.entities:
        if seen.label in PLACES and taken.isdisjoint(range(seen.first, seen.last)):
            found += repaired(tokens, seen.first, seen.last, seen.label)
            taken.update(range(seen.first, seen.last))
    return Found(tuple(sorted(found, key=lambda n: n.start)), tuple(rejected))


def _surnames(analysis: Analysis, names: Sequence[Entity]) -> list[Entity]:
    """ "Washington" of "Washington said", read as a place, where the article has "Denise Washington"."""
    tokens = analysis.tokens
    people = {tokens[n.last - 1].text for n in names if n.label == "PERSON" and n.last - n.first > 1}
    taken = {i for n in names for i in range(n.first, n.last)}
    return [
        entity(tokens, e.first, e.last, "PERSON")
        for e in analysis.entities
        if e.label == "GPE" and e.last - e.first == 1 and tokens[e.first].text in people and e.first not in taken
        if not (e.first and tokens[e.first - 1].text.lower() in listed("where"))
    ]
