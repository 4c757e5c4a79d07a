"""Page + drafts -> Draft: quotations that no cue introduces, and whose they are.

"The roof leaks," said Bolt. "It always has."      the second one is Bolt's: carried over
Orr rose at last. "Nobody will pay for that."      Orr's: the subject of the sentence before
Bolt read "The Art of Roofs" in a "hotel".         a title and a scare quote: nobody's
"""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from briefing.facts.statements.contents import Content
from briefing.facts.statements.drafts import Draft
from briefing.facts.statements.features import bucket, sign
from briefing.facts.statements.page import Page, trim
from briefing.facts.statements.quotes import Quote
from briefing.facts.statements.speakers import Candidate, nominal, noun_phrase
from briefing.facts.statements.weights import Weights, best
from briefing.facts.statements.words import lexicon

FARTHEST = 4  # blocks over which a speaker is carried on
NEAR = 12  # statements before a quotation, and as many after, that are looked at
PLACE = attrgetter("first")
ACCEPTED = 0.0  # log-odds; higher is stricter
ACCEPTED_SENTENCE = -4.0  # for a whole sentence or more: neither a title nor a scare quote
SENTENCE_WORDS = 4
SENTENCE_ENDS = frozenset({".", "?", "!", "…", "..."})


@dataclass(frozen=True, slots=True)
class Said:
    """An accepted statement as free quotations near it see it."""

    first: int
    last: int
    block: int  # place in Page.blocks
    speaker: Candidate
    quoted: bool


def find_free(page: Page, drafts: Sequence[Draft], weights: Weights) -> list[Draft]:
    said = sorted((as_said(page, d) for d in drafts), key=PLACE)
    covered = cover(page, drafts)
    found: list[Draft] = []
    chains = _chains(page)
    speakers = _chain_speakers(page, chains, drafts)
    for number, quote in enumerate(page.quotes):
        first, last = trim(page, quote.first, quote.last)
        if first >= last or is_covered(covered, first, last):
            continue
        known = speakers.get(chains[number])
        if known is not None:  # another paragraph of a quotation whose speaker is known
            found.append(Draft(None, Content("resumed", ((first, last),)), known, "free", 0.0))
            bisect.insort(said, as_said(page, found[-1]), key=PLACE)
            continue
        candidates = free_speakers(page, quote, said)
        scores = [weights["free speaker"].score_of(speaker_features(page, quote, c)) for c in candidates]
        place, sure = best(scores)
        total = weights["free accept"].score_of(quote_features(page, quote, candidates[place], said, sure))
        if total > (ACCEPTED_SENTENCE if is_sentence(page, quote) else ACCEPTED):
            draft = Draft(None, Content("free", ((first, last),)), candidates[place], "free", total)
            found.append(draft)
            bisect.insort(said, as_said(page, draft), key=PLACE)
    return found


def _chains(page: Page) -> list[int]:
    """For each quotation a number that it shares with those it goes on from, paragraph by paragraph."""
    chains: list[int] = []
    for quote in page.quotes:
        chains.append(chains[-1] if quote.resumed and chains else len(chains))
    return chains


def _chain_speakers(page: Page, chains: list[int], drafts: Sequence[Draft]) -> dict[int, Candidate]:
    """The speaker of each quotation that runs over paragraphs, from whichever paragraph names him."""
    sizes = Counter(chains)
    speakers: dict[int, Candidate] = {}
    for draft in drafts:
        number = page.quoted[draft.content.ranges[0][0]]
        around = page.quoted[draft.cue.head] if draft.cue else -1
        if number >= 0 and number != around and sizes[chains[number]] > 1 and draft.speaker.head is not None:
            speakers.setdefault(chains[number], draft.speaker)
    return speakers


def is_sentence(page: Page, quote: Quote) -> bool:
    first, last = trim(page, quote.first, quote.last)
    after = page.words[quote.last + 1] if quote.last + 1 < len(page.words) else ""
    ends = page.words[quote.last - 1] in SENTENCE_ENDS or after in SENTENCE_ENDS
    return (
        last - first >= SENTENCE_WORDS
        and ends
        and page.tokens[first].text[:1].isupper()
        and page.finite_before[last] > page.finite_before[first]
    )


def as_said(page: Page, draft: Draft) -> Said:
    first, last = draft.content.ranges[0][0], draft.content.ranges[-1][1]
    quoted = any(page.quoted[a] >= 0 or page.quoted[b - 1] >= 0 for a, b in draft.content.ranges)
    return Said(first, last, page.block_of[page.tokens[first].block], draft.speaker, quoted)


def cover(page: Page, drafts: Sequence[Draft]) -> list[int]:
    """How many tokens up to each one stand in the content of a statement: for sums over ranges."""
    inside = [0] * len(page.tokens)
    for draft in drafts:
        for a, b in draft.content.ranges:
            inside[a:b] = [1] * (b - a)
    sums = [0]
    for one in inside:
        sums.append(sums[-1] + one)
    return sums


def is_covered(sums: list[int], first: int, last: int) -> bool:
    return 2 * (sums[last] - sums[first]) > last - first


def free_speakers(page: Page, quote: Quote, said: Sequence[Said]) -> list[Candidate]:
    place = page.block_of[quote.block]
    found: list[Candidate] = []
    near = around(said, quote)
    before = [s for s in near if s.speaker.head is not None and s.last <= quote.first]
    after = [s for s in near if s.speaker.head is not None and s.first >= quote.last and s.block == place]
    for kind, one in (
        ("carried-quote", _latest([s for s in before if s.quoted and s.block == place])),
        ("carried-other", _latest([s for s in before if not s.quoted and s.block == place])),
        ("ahead", min(after, key=lambda s: s.first, default=None)),
        ("carried-block", _latest([s for s in before if place - FARTHEST <= s.block < place])),
    ):
        if one is not None:
            found.append(Candidate(kind, one.speaker.head, one.speaker.first, one.speaker.last))
    for kind, head in _subjects(page, quote):
        first, last = noun_phrase(page, head, quote.first)
        if first < last:
            found.append(Candidate(kind, head, first, last))
    kept: list[Candidate] = []
    for candidate in found:
        if all(candidate.head != k.head for k in kept):
            kept.append(candidate)
    return [*kept, Candidate("nobody", None, quote.first, quote.first)]


def around(said: Sequence[Said], quote: Quote) -> Sequence[Said]:
    at = bisect.bisect_left(said, quote.first, key=PLACE)
    return said[max(0, at - NEAR) : at + NEAR]


def _latest(these: list[Said]) -> Said | None:
    return max(these, key=lambda s: s.last, default=None)


def _subjects(page: Page, quote: Quote) -> list[tuple[str, int]]:
    """Subjects of the sentences around the quotation, and of its own where it stands inside one."""
    found: list[tuple[str, int]] = []
    low, high = page.blocks[page.block_of[quote.block]]
    own = page.tokens[quote.first].sentence
    next_one = page.tokens[quote.last - 1].sentence + 1
    for kind, number in (("own-subject", own), ("subject-before", own - 1), ("subject-after", next_one)):
        if not 0 <= number < len(page.analysis.sentences):
            continue
        sentence = page.analysis.sentences[number]
        if sentence.first >= high or (sentence.last <= low and kind != "subject-before"):
            continue
        for i in range(sentence.first, min(sentence.last, sentence.first + 60)):
            token = page.tokens[i]
            if token.dep in ("nsubj", "nsubjpass") and page.quoted[i] < 0 and nominal(page, i):
                same = low <= i < high
                found.append((kind if same else kind + "-block", i))
                break
    return found


def speaker_features(page: Page, quote: Quote, candidate: Candidate) -> list[str]:
    found = [f"from={candidate.kind}"]
    found += [f"from={candidate.kind} & {f}" for f in _shape(page, quote)]
    if candidate.head is not None:
        token = page.tokens[candidate.head]
        found += [f"tag={token.tag}", f"name={page.names[candidate.head] or '-'}"]
        distance = page.block_of[quote.block] - page.block_of[token.block]
        found += [f"blocks={max(-1, min(distance, 5))}", f"from={candidate.kind} & tag={token.tag}"]
        if token.tag == "PRP":
            found.append(f"pronoun={page.words[candidate.head]}")
        elif page.words[candidate.head] in lexicon().sources:
            found.append("source-word")
    return found


def _shape(page: Page, quote: Quote) -> list[str]:
    low, high = page.blocks[page.block_of[quote.block]]
    first, last = trim(page, quote.first, quote.last)
    found = [f"size={bucket(last - first)}"]
    opens_block, closes_block = quote.first - low <= 1, high - quote.last <= 1
    found.append(f"place={'start' if opens_block else ''}{'end' if closes_block else ''}")
    if quote.resumed:
        found.append("resumed")
    if quote.open:
        found.append("open")
    if quote.single:
        found.append("single")
    finite = page.finite_before[min(last, first + 60)] > page.finite_before[first]
    capital = page.tokens[first].text[:1].isupper()
    final = page.words[quote.last - 1] if quote.last > quote.first else ""
    end = final if final in (".", ",", "?", "!", "…", "...") else "none"
    before = sign(page, quote.first - 2) if quote.first - 2 >= low else "start"
    found += [
        f"finite={finite}",
        f"capital={capital}",
        f"ends={end}",
        f"sentence={finite and capital and end != 'none'}",
    ]
    found.append(f"before={before}")
    return found


def quote_features(page: Page, quote: Quote, speaker: Candidate, said: Sequence[Said], sure: float) -> list[str]:
    shape = _shape(page, quote)
    found = ["bias", *shape, f"from={speaker.kind}", *(f"from={speaker.kind} & {f}" for f in shape)]
    found += [f"{shape[0]} & {f}" for f in shape[1:]]
    found.append(f"sure={round(2 * max(sure, -4)) / 2}")
    if speaker.head is not None:
        found += [f"tag={page.tokens[speaker.head].tag}", f"name={page.names[speaker.head] or '-'}"]
    place = page.block_of[quote.block]
    found.append(f"statements-here={min(3, sum(s.block == place and s.quoted for s in around(said, quote)))}")
    low, high = page.blocks[place]
    found.append(f"mark={page.tokens[quote.first - 1].tag if quote.first > low else 'start'}")
    after = page.tokens[quote.last + 1].tag if quote.last + 1 < high else "end"
    found += [f"after={after}", f"{shape[0]} & after={after}"]
    if place == 0:
        found.append("first-block")
    return found
