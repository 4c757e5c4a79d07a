"""The word lists of statements (data/cues.yaml), and stems, so that "claims", "claimed" and "claiming" are one word.

A lemmatizer would cost a third of the analysis, and only equality matters, so a stem need not be a word:
"argues", "arguing" -> "argu"; "told" -> "tel".
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from briefing.lexicon import load


@dataclass(frozen=True, slots=True)
class Words:
    """One field for each list of the file, of the same name; the file says what each is for."""

    reporting: tuple[str, ...]
    intentions: tuple[str, ...]
    attitudes: tuple[str, ...]
    deeds: tuple[str, ...]
    asking: tuple[str, ...]
    journalists: frozenset[str]
    texts: frozenset[str]
    pointers: frozenset[str]
    motions: frozenset[str]
    interviewing: frozenset[str]
    things: frozenset[str]
    criteria: frozenset[str]
    carriers: frozenset[str]
    times: frozenset[str]
    also: frozenset[str]
    rumours: frozenset[str]
    denials: tuple[str, ...]
    silences: tuple[str, ...]
    unreal: tuple[str, ...]
    withholding: tuple[str, ...]
    hearing: tuple[str, ...]
    showing: tuple[str, ...]
    events: frozenset[str]
    falsely: frozenset[str]
    untrue: frozenset[str]
    confirmed: frozenset[str]
    evidence: frozenset[str]
    reports: frozenset[str]
    hedges: tuple[str, ...]
    passive_hedges: tuple[str, ...]
    irregular: dict[str, str]


WORDS = load("cues", Words)


@functools.lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return what "claims", "claimed" and "claiming" have in common."""
    word = word.lower()
    word = WORDS.irregular.get(word, word)
    if len(word) > 4 and word.endswith(("ies", "ied")):
        word = word[:-3] + "y"
    elif len(word) > 5 and word.endswith("ing"):
        word = word[:-3]
    elif len(word) > 4 and word.endswith(("ed", "es")):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    while len(word) > 3 and word.endswith("e"):  # agree, agreed
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word


# Stems of verbs; hedges are words in lower case.
(
    REPORTING,
    ATTITUDES,
    INTENTIONS,
    DEEDS,
    ASKING,
    DENIALS,
    SILENCES,
    UNREAL,
    WITHHOLDING,
    HEARING,
    SHOWING,
    PASSIVE_HEDGES,
) = (
    frozenset(map(stem, verbs))
    for verbs in (
        WORDS.reporting,
        WORDS.attitudes,
        WORDS.intentions,
        WORDS.deeds,
        WORDS.asking,
        WORDS.denials,
        WORDS.silences,
        WORDS.unreal,
        WORDS.withholding,
        WORDS.hearing,
        WORDS.showing,
        WORDS.passive_hedges,
    )
)
HEDGES = frozenset(WORDS.hedges)
