"""What an article says of a word in all its places: evidence that one place alone may lack.

Example: "Rashid" in a headline is a person because elsewhere "Mohammed Rashid, 46, ..." stands.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Sequence

from briefing.facts.name_lists import kinds, listed
from briefing.model import Analysis, Token

SPORTY = 0.02  # of all words are of sport: in such an article towns stand for their teams
LEAST_AGE, MOST_AGE = 11, 109
OPENS = 10  # tokens before a bracket in which the name may begin that it shortens
BEFORE = frozenset({"in", "at", "by", "against", "for", "with", "from", "of", "v", "(", "-"})
AFTER = frozenset({"'s", "’s", ",", "who", "(", "-", "and", "which"})
ROLES_BEFORE = frozenset({"title", "work", "kin"})  # as they stand; the others only as a part of a name
NAMES_BEFORE = frozenset({"honorific", "first-name", "some-first"})
ROLES_AFTER = frozenset({"work", "speech"})
NAMES_AFTER = frozenset({"legal", "body", "team", "some-last", "thing", "place"})
BESIDE = {"before": (ROLES_BEFORE, NAMES_BEFORE, BEFORE), "after": (ROLES_AFTER, NAMES_AFTER, AFTER)}


def is_sport(analysis: Analysis) -> bool:
    """Is the article about matches and players?"""
    sporty = listed("sport")
    of_sport = sum([t.text.lower() in sporty for t in analysis.tokens])
    return of_sport > SPORTY * len(analysis.tokens)


def is_aged(tokens: Sequence[Token], i: int) -> bool:
    """Does an age follow? "Roth, 46, ..." """
    after = tokens[i + 1 : i + 4]
    if len(after) < 3 or after[0].text != "," or after[2].text not in {",", "."}:
        return False
    age = after[1].text
    return age.isascii() and age.isdigit() and len(age) < 4 and LEAST_AGE <= int(age) <= MOST_AGE


def pooled(analysis: Analysis) -> dict[str, frozenset[str]]:
    """For each word with a capital, in lower case: what stands beside it anywhere."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    tokens = analysis.tokens
    for i, token in enumerate(tokens):
        if token.text[0].isupper():
            sentence = analysis.sentences[token.sentence]
            uses = found[token.text.lower()]
            if i > sentence.first:
                uses |= _beside("before", tokens[i - 1].text)
            if i + 1 < sentence.last:
                uses |= _beside("after", tokens[i + 1].text)
            if is_aged(tokens, i):
                uses.add("aged")
    return {word: frozenset(uses) for word, uses in found.items()}


@functools.lru_cache(maxsize=50_000)
def _beside(side: str, text: str) -> frozenset[str]:
    word, capital = text.lower(), text[0].isupper()
    plain, of_names, words = BESIDE[side]
    found = {f"{side} {use}" for use in kinds(word) if use in plain or (use in of_names and capital)}
    return frozenset({*found, f"{side} {word}"} if word in words else found)


def defined(tokens: Sequence[Token]) -> dict[str, str]:
    """Acronyms in brackets, in lower case: `initials` where the words before spell them, else `brackets`."""
    found: dict[str, str] = {}
    for i in range(2, len(tokens) - 1):
        short = tokens[i].text
        if tokens[i - 1].text != "(" or tokens[i + 1].text != ")" or not (short.isupper() and short.isalpha()):
            continue
        words = [t.text for t in tokens[max(0, i - OPENS) : i - 1]]
        if "".join(w[0] for w in words if w[0].isupper()).endswith(short):
            found[short.lower()] = "initials"
        elif words[-1][0].isupper():
            found.setdefault(short.lower(), "brackets")
    return found
