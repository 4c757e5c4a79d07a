"""Quotations that run over several paragraphs have one speaker, named in whichever paragraph names him."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from briefing.facts.statements.drafts import Draft
from briefing.facts.statements.page import Page, trim


def with_chains(page: Page, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, each paragraph of such a quotation with the speaker of the whole; overlooked paragraphs are added."""
    chains = _chains(page)
    sizes = Counter(chains)
    speakers: dict[int, Draft] = {}
    found: set[int] = set()
    for draft in sorted(drafts, key=lambda d: (d.cue is None, d.contents)):  # a cue is the better evidence
        for first, _ in draft.contents:
            number = page.quoted[first]
            if number >= 0 and sizes[chains[number]] > 1:
                found.add(number)
                inside = draft.cue is not None and page.quoted[draft.cue[0]] == number
                if draft.speaker is not None and not inside:
                    speakers.setdefault(chains[number], draft)
    settled = [_settled(page, d, chains, speakers) for d in drafts]
    for number, quote in enumerate(page.quotes):
        known = speakers.get(chains[number])
        content = trim(page, quote.first, quote.last)
        if known is not None and number not in found and content[0] < content[1]:
            settled.append(Draft((content,), known.speaker, None, known.confidence, "quotation over paragraphs"))
    return settled


def _settled(page: Page, draft: Draft, chains: Sequence[int], speakers: dict[int, Draft]) -> Draft:
    number = page.quoted[draft.first]
    known = speakers.get(chains[number]) if number >= 0 else None
    if known is None or draft.cue is not None or draft.speaker == known.speaker:
        return draft
    return replace(draft, speaker=known.speaker)


def _chains(page: Page) -> list[int]:
    """For each quotation a number that it shares with those it goes on from, paragraph by paragraph."""
    chains: list[int] = []
    for quote in page.quotes:
        chains.append(chains[-1] if quote.resumed and chains else len(chains))
    return chains
