"""Page -> Draft: quotations whose layout or order of words says who speaks.

"The roof leaks." - Ada Bolt, harbour master       Ada Bolt: The roof leaks.
"The roof leaks."  /  — Ada Bolt                    the same, as two paragraphs
"The roof leaks." /  Ada Bolt                       the same without a dash, if the next paragraph is a person's name
Said Ms. Bolt of it: "The roof leaks."              a verb of saying before the name opens the sentence
Bolt was angry.  /  "The roof leaks."               a paragraph of its own, left over, after one about a single person
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.facts.statements.drafts import Draft, Range
from briefing.facts.statements.page import EDGES, FINITE, Page, trim
from briefing.facts.statements.quotes import Quote
from briefing.facts.statements.words import lexicon, stem

# Quotations that run over several paragraphs have one speaker, named in whichever paragraph names him.


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


# Page -> Draft: the answers of an interview, each a paragraph that begins with a name and a colon.
#
# Courier: How bad is it?                the one whose paragraphs are questions asks Reeve: Of 640 wells, 212 are dry.
# Reeve answers: Of 640 wells, 212 are dry A: We have three years left.           answers "Q: ..."; who speaks is not
# said here

COLONS = frozenset({":", "："})
SURE_ANSWER = 0.95  # confidence of an answer
LONGEST_NAME = 4  # tokens of "Ms Dana Reeve" before the colon
TURNS = 2  # paragraphs from which a name is one of those who talk
UNNAMED = "a"


@dataclass(frozen=True, slots=True)
class Turn:
    """What one of those who talk says in a paragraph."""

    name: str  # the last word of it, in lower case
    first: int
    colon: int
    last: int  # one past the paragraph


@dataclass(frozen=True, slots=True)
class Interview:
    answers: tuple[Draft, ...]
    turns: tuple[tuple[int, int], ...]  # tokens of every paragraph of those who talk, questions included


def find_interview(page: Page) -> Interview:
    turns = [turn for first, last in page.blocks if (turn := _turn(page, first, last))]
    counts = Counter(t.name for t in turns)
    talking = {name for name, count in counts.items() if count >= TURNS}
    asking = Counter(t.name for t in turns if page.words[t.last - 1] == "?")
    if len(talking) < 2:
        return Interview((), ())
    asker = max(sorted(talking), key=lambda name: asking[name] / counts[name])
    if 2 * asking[asker] < counts[asker]:
        return Interview((), ())
    known = talking & {*page.words[: turns[0].first], UNNAMED}  # who is introduced before the talk begins
    answers = [draft for t in turns if t.name in known and t.name != asker and (draft := _answer(page, t))]
    return Interview(tuple(answers), tuple((t.first, t.last) for t in turns if t.name in {asker, *known}))


def _turn(page: Page, first: int, last: int) -> Turn | None:
    """The paragraph as a turn, if it begins with a name and a colon and goes on."""
    for i in range(first + 1, min(last - 1, first + LONGEST_NAME + 1)):
        if page.words[i] in COLONS:
            return Turn(page.words[i - 1], first, i, last)
        if not page.tokens[i - 1].text[:1].isupper():
            return None
    return None


def _answer(page: Page, turn: Turn) -> Draft | None:
    said = trim(page, turn.colon + 1, turn.last)
    if page.finite_before[said[0]] == page.finite_before[said[1]]:  # "Reeve: 41 votes"
        return None
    speaker = None if turn.name == UNNAMED else (turn.first, turn.colon)
    return Draft((said,), speaker, (turn.colon, turn.colon + 1), SURE_ANSWER, "interview")


def outside(interview: Interview, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts outside of the interview: a question is nobody's statement, an answer is all the answerer's."""
    return [d for d in drafts if not any(first <= d.first < last for first, last in interview.turns)]


SURE = 0.95  # confidence of a signed quotation
DOUBTFUL = 0.5  # and of one that is left over
SENTENCE = 5  # tokens of a quotation that is a sentence
ENDS = frozenset({".", "?", "!", "…", "...", "。", "？", "！"})
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
