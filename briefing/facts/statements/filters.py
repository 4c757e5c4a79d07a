"""Attributions -> those that a reader would call statements.

Not asserted: "Bolt would say that it leaks", "Did Bolt say that it leaks?"
Nobody says it: no words name a speaker, unless the text itself tells of hearsay ("reportedly", "it is said").
"""

from __future__ import annotations

from collections.abc import Iterable

from briefing.facts.statements.page import Page
from briefing.facts.statements.words import lexicon, stem
from briefing.model import Attribution

ASSERTED = 0.5  # probability from which words count as said


def keep(page: Page, attributions: Iterable[Attribution]) -> list[Attribution]:
    return [a for a in attributions if a.asserted >= ASSERTED and (a.speaker is not None or is_hearsay(page, a))]


def is_hearsay(page: Page, attribution: Attribution) -> bool:
    """Does its cue say that somebody unnamed has said so?"""
    if attribution.cue is None:
        return False
    words = lexicon()
    cue = page.words[slice(*attribution.cue)]
    return any(w in words.hedges or stem(w) in words.passive_hedges for w in cue)
