"""Page -> Draft: quotations whose layout or order of words says who speaks.

"The roof leaks." - Ada Bolt, harbour master       Ada Bolt: The roof leaks.
"The roof leaks."  /  — Ada Bolt                    the same, as two paragraphs
"The roof leaks." /  Ada Bolt                       the same without a dash, if the next paragraph is a person's name
Said Ms. Bolt of it: "The roof leaks."              a verb of saying before the name opens the sentence
Bolt was angry.  /  "The roof leaks."               a paragraph of its own, left over, after one about a single person
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.facts.statements.drafts import Draft, Range
from briefing.facts.statements.page import EDGES, FINITE, Page, trim
from briefing.facts.statements.quotes import Quote
from briefing.facts.statements.words import lexicon, stem

SURE = 0.95  # confidence of a signed quotation
DOUBTFUL = 0.5  # and of one that is left over
SENTENCE = 5  # tokens of a quotation that is a sentence
ENDS = frozenset({".", "?", "!", "…", "...", "。", "？", "！"})
COLONS = frozenset({":", "："})
QUOTATION = frozenset({'"', "“", "„", "«", "``", "‘", "'", "「"})
DASHES = frozenset({"-", "–", "—", "―", "--", "~"})
LONGEST = 16  # tokens of a name with its office
SHORTEST_QUOTE = 3  # tokens; what is shorter may be a word in quotation marks before a dash


def find_signed(page: Page) -> list[Draft]:
    """The signed quotations, each with the name as its speaker."""
    found: list[Draft] = []
    for quote in page.quotes:
        content = trim(page, quote.first, quote.last)
        if content[1] - content[0] < SHORTEST_QUOTE:
            continue
        name = _signature(page, quote)
        if name is not None:
            found.append(Draft((content,), name, None, SURE, "name behind a quotation"))
        elif (cue := _opening_verb(page, quote)) is not None:
            name = _called(page, cue + 1, quote.first)
            found += [Draft((content,), name, (cue, cue + 1), SURE, "verb before a name")] if name else []
    return found


def find_left_over(page: Page, drafts: Sequence[Draft]) -> list[Draft]:
    """Quotations that nothing else attributes: the only speaker's of their paragraph, or, where they fill it, the only
    person's of the paragraph before."""
    taken = {i for d in drafts for first, last in d.contents for i in range(first, last)}
    found = []
    for quote in page.quotes:
        content = trim(page, quote.first, quote.last)
        if content[1] - content[0] < SHORTEST_QUOTE or not taken.isdisjoint(range(*content)):
            continue
        speaker = _only_speaker(page, quote, drafts) or _only_person_before(page, quote, taken)
        if speaker is not None:
            found.append(Draft((content,), speaker, None, DOUBTFUL, "quotation left over"))
    return found


def _only_speaker(page: Page, quote: Quote, drafts: Sequence[Draft]) -> Range | None:
    """Whose words the other quotations of the paragraph are, if this one is a sentence of its own."""
    low, high = page.blocks[_block(page, quote)]
    first, last = trim(page, quote.first, quote.last)
    sentence = page.tokens[first].text[:1].isupper() and page.finite_before[last] > page.finite_before[first]
    ends = page.words[quote.last - 1] in ENDS and last - first >= SENTENCE
    here = [d for d in drafts if low <= d.first < high and page.quoted[d.first] >= 0]
    speakers = {page.words[slice(*d.speaker)] for d in here if d.speaker}
    return here[0].speaker if sentence and ends and len(speakers) == 1 and all(d.speaker for d in here) else None


def _only_person_before(page: Page, quote: Quote, taken: set[int]) -> Range | None:
    number = _block(page, quote)
    low, high = page.blocks[number]
    fills = all(page.tokens[i].text in EDGES for i in (*range(low, quote.first), *range(quote.last, high)))
    if not fills or not number:
        return None
    before = page.blocks[number - 1]
    people = [e for e in page.analysis.entities if e.label == "PERSON" and before[0] <= e.first < low]
    return (people[0].first, people[0].last) if len(people) == 1 and taken.isdisjoint(range(*before)) else None


def _opening_verb(page: Page, quote: Quote) -> int | None:
    """The verb of saying that opens the sentence of a quotation behind a colon: "Said Ms. Bolt: ..."."""
    sentence = page.analysis.sentences[page.tokens[quote.first].sentence]
    before = next((i for i in range(quote.first - 1, sentence.first, -1) if page.tokens[i].text not in QUOTATION), None)
    if before is None or page.words[before] not in COLONS or page.quoted[sentence.first] >= 0:
        return None
    return sentence.first if stem(page.words[sentence.first]) in lexicon().reporting else None


def _called(page: Page, first: int, last: int) -> Range | None:
    """The capitalised words that follow a verb: "Ms. Bolt" of "Ms. Bolt of it"."""
    end = first
    while end < last and (page.tokens[end].text[:1].isupper() or page.words[end] == "."):
        end += 1
    first, end = trim(page, first, end)
    return (first, end) if first < end else None


def _block(page: Page, quote: Quote) -> int:
    return next(n for n, (low, high) in enumerate(page.blocks) if low <= quote.first < high)


def without_signed(signed: Sequence[Draft], drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts that claim no signed quotation."""
    taken = [d.contents[0] for d in signed]
    return [d for d in drafts if not any(a < end and start < b for start, end in d.contents for a, b in taken)]


def _signature(page: Page, quote: Quote) -> Range | None:
    number = _block(page, quote)
    low, high = page.blocks[number]
    after = quote.last
    while after < high and page.tokens[after].text in EDGES - DASHES:
        after += 1
    if after < high:
        return _name(page, after + 1, high) if page.words[after] in DASHES else None
    alone = all(page.tokens[i].text in EDGES for i in range(low, quote.first))
    if not alone or number + 1 == len(page.blocks):
        return None
    first, last = page.blocks[number + 1]
    if page.words[first] in DASHES:
        return _name(page, first + 1, last)
    return _name(page, first, last) if first in _people(page) else None


def _people(page: Page) -> set[int]:
    return {e.first for e in page.analysis.entities if e.label == "PERSON"}


def _name(page: Page, first: int, last: int) -> Range | None:
    """The words of a signature: capitals at its beginning, no verb, up to the end or the next quotation."""
    end = next((i for i in range(first, last) if page.quoted[i] >= 0), last)
    first, end = trim(page, first, end)
    named = first < end and page.tokens[first].text[:1].isupper() and page.tokens[first].tag[:2] == "NN"
    if not named or end - first > LONGEST or any(page.tokens[i].tag in FINITE for i in range(first, end)):
        return None
    return first, end
