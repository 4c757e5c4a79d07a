"""General lists of words in names: titles, words of organisations, first names, cities, ...

In: a word. Out: the lists it is in. data/names.yaml is written by hand, data/name-gazetteer.json by
`training/gazetteer.py` from public lists (`some-first`, `some-last`, `some-city`, `some-country`).
Example: "Georgia" is a first name, a country and a region; "Jinping" looks like a Chinese first name.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Sequence

from briefing.lexicon import DATA, load
from briefing.model import Entity, Token

# First names that decide between "he" and "she": common ones only, without names that are both.

FIRST_NAMES_OF = load("first-names", dict[str, frozenset[str]])


@functools.cache
def genders() -> dict[str, str]:
    """Return folded first names, with m or f."""
    return {name: letter for letter in ("m", "f") for name in FIRST_NAMES_OF[letter] - FIRST_NAMES_OF["both"]}


@functools.cache
def first_names() -> frozenset[str]:
    """Return all common first names, in lower case."""
    return frozenset().union(*FIRST_NAMES_OF.values())


USES = (
    "title", "body", "legal", "day", "honorific", "compass", "team", "speech", "kin", "work", "thing", "place",
    "nation", "region",
)  # fmt: skip
PLACES = frozenset({"some-city", "some-country"})
FIRST_NAMES = frozenset({"first-name", "some-first"})
ACTORS = frozenset({"PERSON", "ORG"})  # labels
JUNIORS = frozenset({"jr", "sr", "ii", "iii", "iv"})
# A Chinese first name of two syllables, as Pinyin writes it: "Xinsheng", "Jinping".
_SYLLABLE = (
    "(?:[bpmf](?:a|o|ai|ei|ao|ou|an|en|ang|eng|u|i|ie|iao|ian|in|ing|iu)|[dtnl](?:a|e|ai|ei|ao|ou|an|ang|eng|ong|i|ia|ie"
    "|iao|iu|ian|in|iang|ing|u|uo|ui|uan|un|ue)|[gkh](?:a|e|ai|ei|ao|ou|an|en|ang|eng|ong|u|ua|uo|uai|ui|uan|un|uang)"
    "|[jqx](?:i|ia|ie|iao|iu|ian|in|iang|ing|iong|u|ue|uan|un)|(?:zh|ch|sh|[zcsr])(?:a|e|i|ai|ei|ao|ou|an|en|ang|eng|ong"
    "|u|ua|uo|uai|ui|uan|un|uang)|y(?:a|e|i|ao|ou|an|in|ang|ing|ong|u|ue|uan|un)|w(?:a|o|ai|ei|an|en|ang|eng|u)"
    "|ai|an|ang|ao|en|er)"
)
PINYIN = re.compile(_SYLLABLE + "{2}")
Words = tuple[str, ...]  # of a name, in lower case

LETTERS = re.compile(r"[^\W\d_]")

LISTS = load("names", dict[str, frozenset[str]])


def listed(use: str) -> frozenset[str]:
    """Return a word list of data/names.yaml."""
    return LISTS[use]


@functools.cache
def _gazetteer() -> dict[str, frozenset[str]]:
    kept: dict[str, str] = json.loads((DATA / "name-gazetteer.json").read_text(encoding="utf-8"))["words"]
    return {use: frozenset(words.split("|")) for use, words in kept.items()}


@functools.lru_cache(maxsize=50_000)
def kinds(word: str) -> tuple[str, ...]:
    """Return the lists that contain a word (in lower case)."""
    bare = word.rstrip(".")
    found = [use for use in USES if bare in listed(use)]
    if bare in first_names():
        found.append("first-name")
    known = [f"some-{use}" for use, words in _gazetteer().items() if bare in words]
    if not PLACES.intersection(known):
        if PINYIN.fullmatch(bare):
            known.append("some-first")
        if bare in listed("surname"):
            known.append("some-last")
    return tuple(dict.fromkeys(found + known))


def words_of(tokens: Sequence[Token], name: Entity) -> Words:
    return tuple(t.text.lower() for t in tokens[name.first : name.last])


def is_first_name(word: str) -> bool:
    return not FIRST_NAMES.isdisjoint(kinds(word))


@functools.cache
def common_nouns() -> frozenset[str]:
    """Return words of organisations, places, things and offices, which alone are no name."""
    return frozenset().union(*map(listed, ("body", "place", "thing", "title", "building", "legal", "no_body")))


def mostly_capitals(tokens: Sequence[Token]) -> bool:
    """Tell whether two thirds of the words are in capitals."""
    texts = [t.text for t in tokens]
    capitals, small = sum(map(str.isupper, texts)), sum(map(str.islower, texts))
    if capitals * 3 < (capitals + small) * 2:
        return False
    words = [text for text in texts if LETTERS.search(text)]
    return bool(words) and capitals * 3 >= len(words) * 2
