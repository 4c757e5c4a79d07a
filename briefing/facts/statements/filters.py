"""Attributions -> those that a reader would call statements.

Not asserted: "Bolt would say that it leaks", "Did Bolt say that it leaks?"
Not said: "Bolt plans to leave", which the training articles mark like speech.
Nobody says it: no words name a speaker, unless the text itself tells of hearsay ("reportedly", "it is said").
"""

from __future__ import annotations

from collections.abc import Iterable

from briefing.facts.statements.page import Page
from briefing.facts.statements.words import lexicon, stem
from briefing.model import Attribution

ASSERTED = 0.5  # probability from which words count as said


def keep(page: Page, attributions: Iterable[Attribution]) -> list[Attribution]:
    return [
        a
        for a in attributions
        if a.asserted >= ASSERTED and (a.speaker is not None or is_hearsay(page, a)) and not is_intention(page, a)
    ]


def is_intention(page: Page, attribution: Attribution) -> bool:
    """Is it what somebody is about to do, not in quotation marks: "plans to build", "is seeking buyers"?"""
    first, last = attribution.content
    if attribution.cue is None or page.words[first] == "that" or any(page.quoted[i] >= 0 for i in range(first, last)):
        return False
    return any(stem(w) in lexicon().intentions for w in page.words[slice(*attribution.cue)])


def is_hearsay(page: Page, attribution: Attribution) -> bool:
    """Does its cue say that somebody unnamed has said so?"""
    if attribution.cue is None:
        return False
    words = lexicon()
    cue = page.words[slice(*attribution.cue)]
    return any(w in words.hedges or stem(w) in words.passive_hedges for w in cue)
