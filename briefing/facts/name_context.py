"""What kind of article it is, where that decides what a name may be."""

from __future__ import annotations

from briefing.facts.name_lists import listed
from briefing.model import Analysis

SPORTY = 0.02  # of all words are of sport: in such an article tables of teams look like headlines


def is_sport(analysis: Analysis) -> bool:
    """Is the article about matches and players?"""
    sporty = listed("sport")
    of_sport = sum(t.text.lower() in sporty for t in analysis.tokens)
    return of_sport > SPORTY * len(analysis.tokens)
