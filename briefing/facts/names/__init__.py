"""Analysis -> the names of people, organisations and places, as the article as a whole knows them.

The reader finds names window by window. Here their edges are repaired (titles, articles and possessives do not belong
to a name), each name gets one label throughout, and doubtful names are removed.
Example: "the Roth Institute's" becomes "Roth Institute".

Pronouns, descriptions and the subjects they may refer to are found here too; the linker decides who is meant.
Example: "The ministry said it would pay." gives "The ministry" (ministry), "it" (it), and the subject "ministry".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from briefing.facts.names.companies import with_companies
from briefing.facts.names.doubts import sift
from briefing.facts.names.edges import (
    agree,
    but_for_places,
    entity,
    joined,
    overlooked,
    repaired,
    split,
    with_first_words,
    with_inner_marks,
)
from briefing.facts.names.lists import ACTORS, first_names, listed
from briefing.facts.tokens import NOUN_SUBJECTS, Tree
from briefing.model import Analysis, Entity, Subject, Token

SINGULAR = frozenset({"he", "she"})
SPEAKING = frozenset({"it", "they"})  # these mean too much else where nobody speaks

SPORTY = 0.02  # share of sports words from which tables of teams are expected, which look like headlines


def is_sport(analysis: Analysis) -> bool:
    """Tell whether the article is about matches and players."""
    sporty = listed("sport")
    of_sport = sum(t.text.lower() in sporty for t in analysis.tokens)
    return of_sport > SPORTY * len(analysis.tokens)


HONORIFICS = frozenset({"Mr", "Mrs", "Ms"})
LONGEST_SURNAME = 4  # tokens, with the honorific
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
        for e in _with_relatives(analysis)
        if e.label in ACTORS
        for first, last, label in split(tokens, e.first, e.last, e.label)
        for part in repaired(tokens, first, last, label)
    ]
    places = [(e.first, e.last) for e in analysis.entities if e.label == "GPE"]
    parts = but_for_places(tokens, with_inner_marks(tokens, joined(tokens, parts)), places)
    found = agree(analysis, with_first_words(analysis, parts))
    companies = with_companies(analysis, found)
    found = companies + overlooked(analysis, companies) if len(companies) > len(found) else companies
    found, rejected = sift(analysis, sorted(found, key=lambda n: n.start), sport)
    found += _surnames(analysis, found)
    found += _with_honorific(analysis, found)
    found += _named_like_countries(analysis, found)
    taken = {i for name in found for i in range(name.first, name.last)}
    for seen in analysis.entities:
        if seen.label in PLACES and taken.isdisjoint(range(seen.first, seen.last)):
            found += repaired(tokens, seen.first, seen.last, seen.label)
            taken.update(range(seen.first, seen.last))
    return Found(tuple(sorted(found, key=lambda n: n.start)), tuple(rejected))


def _with_relatives(analysis: Analysis) -> Iterator[Entity]:
    """Yield the reader's names; "Frida Ekman", read as a place, is a person beside "Magnus Ekman"."""
    tokens = analysis.tokens
    surnames = {tokens[e.last - 1].text for e in analysis.entities if e.label == "PERSON" and e.last - e.first > 1}
    for e in analysis.entities:
        pair = e.label == "GPE" and e.last - e.first == 2 and tokens[e.last - 1].text in surnames
        yield replace(e, label="PERSON") if pair and _is_given(tokens[e.first]) else e


def _surnames(analysis: Analysis, names: Sequence[Entity]) -> list[Entity]:
    """Find surnames read as places: "Washington said" in an article with "Denise Washington"."""
    tokens = analysis.tokens
    people = {tokens[n.last - 1].text for n in names if n.label == "PERSON" and n.last - n.first > 1}
    taken = {i for n in names for i in range(n.first, n.last)}
    return [
        entity(tokens, e.first, e.last, "PERSON")
        for e in analysis.entities
        if e.label == "GPE" and e.last - e.first == 1 and tokens[e.first].text in people and e.first not in taken
        if not (e.first and tokens[e.first - 1].text.lower() in listed("where"))
    ]


def _with_honorific(analysis: Analysis, names: Sequence[Entity]) -> list[Entity]:
    """Find names behind "Mr." that were read as a country or not at all: "Mr. France"."""
    tokens = analysis.tokens
    taken = {i for n in names for i in range(n.first, n.last)}
    found = []
    for i, token in enumerate(tokens[:-1]):
        if token.text.rstrip(".") not in HONORIFICS or i + 1 in taken or tokens[i + 1].sentence != token.sentence:
            continue
        last = i + 1
        while last < len(tokens) and last not in taken and _is_capital(tokens[last]) and last - i < LONGEST_SURNAME:
            last += 1
        if last > i + 1:
            found.append(entity(tokens, i + 1, last, "PERSON"))
    return found


def _named_like_countries(analysis: Analysis, names: Sequence[Entity]) -> Iterator[Entity]:
    """Yield people whose surname was read as a country: "the finance chief, Per Holland", "Holland said"."""
    tokens = analysis.tokens
    taken = {i for n in names for i in range(n.first, n.last)}
    countries = [e for e in analysis.entities if e.label == "GPE"]
    places = {tokens[e.first].text for e in countries if e.last - e.first == 1}
    aged = {e.last - 1 for e in countries if e.last - e.first == 2 and _has_age(tokens, e.last - 1)}
    surnames: set[str] = set()
    for i, token in enumerate(tokens[1:], start=1):
        before = tokens[i - 1]
        if i in taken or not (token.text in places or i in aged) or not _is_capital(token):
            continue
        if _is_given(before) and before.sentence == token.sentence and _is_full_name(tokens, i):
            surnames.add(token.text)
            yield entity(tokens, i - 1, i + 1, "PERSON")
        elif token.text in surnames and before.text.lower() not in listed("where"):
            yield entity(tokens, i, i + 1, "PERSON")


def _is_full_name(tokens: Sequence[Token], surname: int) -> bool:
    """Tell whether the words around show that a name is whole: "the clerk Per France", "Per France, 29, denied it"."""
    before, after = surname - 2, surname + 1
    inside = before >= 0 and tokens[before].sentence == tokens[surname].sentence
    ends = after == len(tokens) or not _is_capital(tokens[after])
    return _has_age(tokens, surname) or (inside and ends and not tokens[before].text[0].isupper())


def _has_age(tokens: Sequence[Token], surname: int) -> bool:
    after = [t.text for t in tokens[surname + 1 : surname + 3]]
    return len(after) > 1 and after[0] == "," and after[1].isdigit()


def _is_given(token: Token) -> bool:
    """Tell whether it is a usual first name, and no month."""
    low = token.text.lower()
    return token.text[0].isupper() and low in first_names() and low not in listed("day")


def _is_capital(token: Token) -> bool:
    return token.tag.startswith("NNP") and token.text[0].isupper() and token.text.isalpha()


# --- words that stand for a name --------------------------------------------------------------


def find_pronouns(analysis: Analysis, tree: Tree) -> tuple[Entity, ...]:
    found = []
    for i, (token, word) in enumerate(zip(analysis.tokens, tree.words, strict=True)):
        if word in SINGULAR:
            found.append(Entity(token.start, token.end, word, i, i + 1))
        elif token.dep not in NOUN_SUBJECTS:
            continue
        elif word in SPEAKING:
            if tree.words[token.head] in listed("speech"):
                found.append(Entity(token.start, token.end, word, i, i + 1))
        elif word in listed("referring") and _is_the(analysis.tokens, i):
            found.append(Entity(analysis.tokens[i - 1].start, token.end, word, i - 1, i + 1))
        elif i > 1 and f"{tree.words[i - 1]} {word}" in listed("referring_pairs") and _is_the(analysis.tokens, i, 2):
            label = f"{tree.words[i - 1]} {word}"
            found.append(Entity(analysis.tokens[i - 2].start, token.end, label, i - 2, i + 1))
    return tuple(found)


def find_subjects(analysis: Analysis) -> tuple[Subject, ...]:
    tokens = analysis.tokens
    return tuple(
        Subject(t.start, t.end, tokens[t.head].text.lower())
        for t in tokens
        if t.dep in NOUN_SUBJECTS and t.tag != "PRP" and tokens[t.head].tag[:1] in "VM"
    )


def _is_the(tokens: tuple[Token, ...], i: int, back: int = 1) -> bool:
    """Tell whether it is "the minister" alone: not "the foreign minister", not "the minister of ..."."""
    before, after = tokens[i - back] if i >= back else None, tokens[i + 1] if i + 1 < len(tokens) else None
    same = before is not None and before.text.lower() == "the" and before.sentence == tokens[i].sentence
    return same and not (after is not None and after.text.lower() in {"of", "for", "in", "at", "'s", "’s", "who"})
