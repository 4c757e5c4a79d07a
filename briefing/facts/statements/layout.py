"""Page -> drafts: statements whose layout or word order says who speaks, so that no weights decide.

"The roof leaks." - Ada Bolt, harbour master        signed; with a dash, or in a paragraph that is a person's name
From the desk of Ada Bolt:  /  "The roof leaks."    introduced in a paragraph without a verb
Said Ms. Bolt of it: "The roof leaks."              a reporting verb before the name opens the sentence
Bolt was angry.  /  "The roof leaks."               left over: a paragraph of its own, after one about a single person

Courier: How bad is it?  /  Reeve: 212 are dry.     an interview: a name before a colon
Q. How bad is it?        /  A. 212 are dry.         with letters: the answers are those of the person introduced
DR: 212 are dry.                                    with the initials of a person introduced
**How bad is it?**       /  I counted 212.          with questions set apart, and answers in the first person
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import itemgetter

from briefing.facts.statements.drafts import Draft
from briefing.facts.statements.page import EDGES, ENDS, Page, Range, trim
from briefing.facts.statements.quotes import Quote
from briefing.facts.statements.words import REPORTING, WORDS, stem
from briefing.facts.tokens import FINITE
from briefing.model import Entity

SURE = 0.95  # confidence of a signed quotation or a labelled answer
LIKELY = 0.8  # of an answer without a label
DOUBTFUL = 0.5  # of a quotation that is left over

COLONS = frozenset({":", "："})
QUOTATION = frozenset({'"', "“", "„", "«", "``", "‘", "'", "「"})
DASHES = frozenset({"-", "–", "—", "―", "--", "~"})
JOINING = frozenset({"and", "also", "then"})  # "And from Ada Bolt:"
LONGEST_SIGNATURE = 16  # tokens of a name with its office
PAUSES = frozenset({",", "?", "!"})  # after which a sentence goes on behind a quotation
LONGEST_TITLE = 6  # tokens from a verb to a name: "countered the harbour master Ada Bolt"
BEFORE_NAME = frozenset({"DT", "JJ", "NN", "NNP", "PRP$"})  # parts of speech between them
SHORTEST_QUOTE = 3  # tokens; a shorter one may be a word in quotation marks before a dash
SENTENCE = 5  # tokens of a quotation that is a sentence


# --- signed quotations ------------------------------------------------------------------------


def find_signed(page: Page, drafts: Iterable[Draft] = ()) -> list[Draft]:
    """Find quotations followed by a signature, or beside a verb and a name that no draft with a cue has read."""
    read: set[int] = set()
    for d in drafts:
        numbers = {page.quoted[i] for part in d.contents for i in range(*part)} - {-1}
        read |= {n for n in numbers if d.cue is not None and _is_next_to(page, d.cue, page.quotes[n])}
    found: list[Draft] = []
    for quote in page.quotes:
        content = trim(page, quote.first, quote.last)
        if content[0] >= content[1]:
            continue
        short = content[1] - content[0] < SHORTEST_QUOTE
        name = None if short else _signature(page, quote) or _introduction(page, quote)
        if name is not None:
            found.append(Draft((content,), name, None, SURE, "name beside a quotation"))
        elif (cue := _opening_verb(page, quote)) is not None:
            name = _called(page, cue + 1, quote.first)
            found += [Draft((content,), name, (cue, cue + 1), SURE, "verb before a name")] if name else []
        elif page.quoted[content[0]] not in read and (behind := _verb_behind(page, quote)) is not None:
            found.append(Draft((content,), *behind, SURE, "verb before a name"))
    return found


def in_signed(signed: Sequence[Draft], draft: Draft) -> str:
    """Return why a draft is no statement of its own: `find_signed` has read its words."""
    taken = [d.contents[0] for d in signed]
    overlaps = any(a < end and start < b for start, end in draft.contents for a, b in taken)
    return "part of a signed quotation" if overlaps else ""


def _signature(page: Page, quote: Quote) -> Range | None:
    number = _block(page, quote)
    low, high = page.blocks[number]
    after = quote.last
    while after < high and page.tokens[after].text in EDGES - DASHES:
        after += 1
    if after < high:
        in_brackets = page.words[after] == "(" and any(e.first == after + 1 for e in _people(page, after, high))
        return _name(page, after + 1, high) if page.words[after] in DASHES or in_brackets else None
    alone = _only_edges(page, range(low, quote.first))
    if not alone or number + 1 == len(page.blocks):
        return None
    first, last = page.blocks[number + 1]
    if page.words[first] in DASHES:
        return _name(page, first + 1, last)
    return _name(page, first, last) if any(e.first == first for e in _people(page, first, last)) else None


def _introduction(page: Page, quote: Quote) -> Range | None:
    """Return the person of a paragraph "From the desk of ..." before a quotation that begins its paragraph."""
    number = _block(page, quote)
    if not number or not _only_edges(page, range(page.blocks[number][0], quote.first)):
        return None
    low, high = page.blocks[number - 1]
    opening = low + (page.words[low] in JOINING)
    name = next((i for i in range(opening + 1, high) if page.tokens[i].tag == "NNP"), high)
    places = any(e.label != "PERSON" and e.first <= name < e.last for e in page.analysis.entities)
    if page.words[opening] != "from" or places or page.finite_before[low] != page.finite_before[high]:
        return None
    return _name(page, name, high) if _people(page, name, high) else None


def _name(page: Page, first: int, last: int) -> Range | None:
    """Return the words of a signature: a capital first, no verb, up to the end or the next quotation."""
    end = next((i for i in range(first, last) if page.quoted[i] >= 0), last)
    first, end = trim(page, first, end)
    named = first < end and page.tokens[first].text[:1].isupper() and page.tokens[first].tag[:2] == "NN"
    if not named or end - first > LONGEST_SIGNATURE or any(page.tokens[i].tag in FINITE for i in range(first, end)):
        return None
    return first, end


def _opening_verb(page: Page, quote: Quote) -> int | None:
    """Return the reporting verb that opens the sentence of a quotation after a colon: "Said Ms. Bolt: ..."."""
    sentence = page.analysis.sentences[page.tokens[quote.first].sentence]
    before = next((i for i in range(quote.first - 1, sentence.first, -1) if page.tokens[i].text not in QUOTATION), None)
    if before is None or page.words[before] not in COLONS or page.quoted[sentence.first] >= 0:
        return None
    return sentence.first if stem(page.words[sentence.first]) in REPORTING else None


def _verb_behind(page: Page, quote: Quote) -> tuple[Range, Range] | None:
    """Return the person and the reporting verb behind a quotation: "It leaks," countered Ada Bolt."""
    _, high = page.blocks[_block(page, quote)]
    at = quote.last
    while at < high and page.tokens[at].text in EDGES:
        at += 1
    goes_on = page.tokens[at - 1].text in EDGES and not PAUSES.isdisjoint(page.words[quote.last - 1 : quote.last + 1])
    verb = at < high and page.tokens[at].tag in FINITE and page.tokens[at].text.islower()
    if not verb or not (goes_on or stem(page.words[at]) in REPORTING):
        return None
    name = next((e for e in _people(page, at, min(at + LONGEST_TITLE, high))), None)
    between = range(at + 1, name.first) if name else ()
    if name is None or any(page.tokens[i].tag not in BEFORE_NAME for i in between):
        return None
    return (name.first, name.last), (at, at + 1)


def _is_next_to(page: Page, cue: Range, quote: Quote) -> bool:
    """Tell whether neither another quotation nor a full stop stands between a cue and a quotation."""
    between = range(cue[1], quote.first) if cue[0] < quote.first else range(quote.last, cue[0])
    return all(page.quoted[i] < 0 and page.words[i] not in ENDS for i in between)


def _called(page: Page, first: int, last: int) -> Range | None:
    """Return the capitalised words after a verb: "Ms. Bolt" of "Ms. Bolt of it"."""
    end = first
    while end < last and (page.tokens[end].text[:1].isupper() or page.words[end] == "."):
        end += 1
    first, end = trim(page, first, end)
    return (first, end) if first < end else None


# --- quotations over several paragraphs -------------------------------------------------------


def with_chains(page: Page, drafts: Sequence[Draft]) -> list[Draft]:
    """Give every paragraph of such a quotation the speaker of the whole, and add paragraphs that were overlooked."""
    chains = _chains(page)
    speakers, found = _chain_speakers(page, chains, drafts)
    settled = [_settled(page, d, chains, speakers) for d in drafts]
    for number, quote in enumerate(page.quotes):
        known = speakers.get(chains[number])
        content = trim(page, quote.first, quote.last)
        if known is not None and number not in found and content[0] < content[1]:
            settled.append(Draft((content,), known.speaker, None, known.confidence, "quotation over paragraphs"))
    return settled


def _chains(page: Page) -> list[int]:
    """Return a number for each quotation, which it shares with those that it continues from paragraph to paragraph."""
    chains: list[int] = []
    for quote in page.quotes:
        chains.append(chains[-1] if quote.resumed and chains else len(chains))
    return chains


def _chain_speakers(
    page: Page, chains: Sequence[int], drafts: Iterable[Draft]
) -> tuple[dict[int, Draft], frozenset[int]]:
    """Return the draft that names the speaker of each chain, and the quotations of chains that have a draft."""
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
    return speakers, frozenset(found)


def _settled(page: Page, draft: Draft, chains: Sequence[int], speakers: dict[int, Draft]) -> Draft:
    number = page.quoted[draft.first]
    known = speakers.get(chains[number]) if number >= 0 else None
    if known is None or draft.speaker == known.speaker or _has_own_cue(page, draft):
        return draft
    return replace(draft, speaker=known.speaker, cue=None)


def _has_own_cue(page: Page, draft: Draft) -> bool:
    """Tell whether a cue stands in a paragraph of the draft's words."""
    block = None if draft.cue is None else page.tokens[draft.cue[0]].block
    return any(page.tokens[first].block == block for first, _ in draft.contents)


def after_another_person(page: Page, draft: Draft) -> str:
    """Return why a quotation has no certain speaker: the words that name one stand in another paragraph."""
    first, speaker = draft.first, draft.speaker
    if speaker is None or _has_own_cue(page, draft):
        return ""
    said, here = page.tokens[speaker[0]].block, page.tokens[first].block
    number = page.quoted[first]
    if draft.cue is not None:
        apart = number >= 0 and not page.quotes[number].resumed and not _fills_paragraph(page, page.quotes[number])
        return "cue stands in another paragraph" if apart else ""
    if speaker[0] > first:
        behind = said > here and number >= 0 and not _fills_paragraph(page, page.quotes[number])
        return "speaker is named later" if behind else ""
    names = set(page.words[slice(*speaker)])
    between = (
        e
        for e in page.analysis.entities
        if e.label == "PERSON" and e.first < first and said < page.tokens[e.first].block and page.quoted[e.first] < 0
    )
    return "another person is named before it" if any(page.words[e.last - 1] not in names for e in between) else ""


def _fills_paragraph(page: Page, quote: Quote) -> bool:
    """Tell whether a paragraph has no words outside of quotation marks."""
    low, high = page.blocks[_block(page, quote)]
    return all(page.quoted[i] >= 0 or page.tokens[i].text in EDGES for i in range(low, high))


# --- quotations that are left over ------------------------------------------------------------


def find_left_over(page: Page, drafts: Sequence[Draft]) -> list[Draft]:
    """Attribute quotations that no other rule does.

    The speaker is the only one of the paragraph or, if quotations fill it, the only person in the paragraph before.
    """
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
    """Return the speaker of the paragraph's other quotations, if this one is a sentence of its own.

    The same for the sentence beside it: "Bolt denied that it leaks. “It never has.”"
    """
    low, high = page.blocks[_block(page, quote)]
    first, last = trim(page, quote.first, quote.last)
    sentence = page.tokens[first].text[:1].isupper() and page.finite_before[last] > page.finite_before[first]
    ends = not ENDS.isdisjoint(page.words[quote.last - 1 : quote.last + 2]) and last - first >= SENTENCE
    if not sentence or not ends or page.words[quote.last - 1] == "?":
        return None
    here = [d for d in drafts if low <= d.first < high and page.quoted[d.first] >= 0]
    here = here or [d for d in drafts if low <= d.first < high and _is_beside(page, d, quote)]
    speakers = {page.words[slice(*d.speaker)] for d in here if d.speaker}
    return here[0].speaker if len(speakers) == 1 and all(d.speaker for d in here) else None


def _is_beside(page: Page, draft: Draft, quote: Quote) -> bool:
    """Tell whether a draft's verb of saying stands in the sentence before a quotation that fills its own.

    If the quotation opens its paragraph, the sentence behind it counts: "“It never has.” Bolt said that it is new."
    """
    if draft.cue is None:
        return False
    sentence = page.tokens[draft.cue[0]].sentence
    before = max(0, quote.first - 2)
    if page.words[before] in ENDS and page.tokens[before].sentence == sentence:
        return True
    opens = page.blocks[_block(page, quote)][0] >= quote.first - 1
    behind = min(quote.last + 1, len(page.tokens) - 1)
    return opens and page.tokens[behind].sentence == sentence and ":" not in page.words[slice(*draft.cue)]


def _only_person_before(page: Page, quote: Quote, taken: set[int]) -> Range | None:
    number = _block(page, quote)
    low, high = page.blocks[number]
    if not number or not _only_edges(page, (*range(low, quote.first), *range(quote.last, high))):
        return None
    before = page.blocks[number - 1]
    people = _people(page, before[0], low)
    return (people[0].first, people[0].last) if len(people) == 1 and taken.isdisjoint(range(*before)) else None


# --- interviews -------------------------------------------------------------------------------


LONGEST_LABEL = 4  # tokens of "Ms Dana Reeve" before the colon
TURNS = 2  # paragraphs that begin with a name, from which on its bearer takes part
ANSWERER, ASKER = "a", "q"  # the labels "A:", "A.", "Answer:" and "Q:", "Q.", "Question:"
LETTERS = {"q": ASKER, "a": ANSWERER, "question": ASKER, "answer": ANSWERER}
LONGEST_INITIALS = 3
FIRST_PERSON = frozenset({"i", "my", "me", "myself"})
FIRST_PERSONS = FIRST_PERSON | {
    "we",
    "our",
    "us",
    "ourselves",
}  # also in advice of an office: "We will send you a form"
MARKUP = frozenset("*_#")


@dataclass(frozen=True, slots=True)
class Turn:
    """A paragraph of an interview."""

    name: str  # the last word of its label, in lower case; "" without a label
    first: int
    begin: int  # the first token after the label
    last: int  # one past the paragraph

    @property
    def label(self) -> Range:
        return self.first, self.begin - 1


@dataclass(frozen=True, slots=True)
class Interview:
    answers: tuple[Draft, ...] = ()
    turns: tuple[Range, ...] = ()  # the paragraphs of those who take part, questions included


def find_interview(page: Page) -> Interview:
    """Find the answers of an interview. A question is nobody's statement."""
    turns = [turn for first, last in page.blocks if (turn := _turn(page, first, last))]
    counts = Counter(t.name for t in turns)
    talking = {name for name, count in counts.items() if count >= TURNS or name in LETTERS.values()}
    asking = Counter(t.name for t in turns if _asks(page, t))
    if not talking:
        return _without_labels(page)
    asker = max(sorted(talking), key=lambda name: asking[name] / counts[name])
    if 2 * asking[asker] < counts[asker]:
        asker = ""  # the questions have no label
        asked = [last for first, last in page.blocks if page.words[last - 1] == "?"]
        if sum(t.first in asked for t in turns if t.name in talking) < TURNS:
            return Interview()
    elif len(talking) < 2:
        return Interview()
    introduced = _introduced(page, turns[0].first)
    answers, taken = [], []
    for turn in turns:
        if turn.name == asker or (not asker and _asks(page, turn)):
            taken.append(turn)
        elif turn.name in talking:
            draft = _answer(page, turn, turns, introduced)
            answers += [draft] if draft else []
            taken += [turn] if draft or _is_known(page, turn, turns, introduced) else []
    return Interview(tuple(answers), tuple((t.first, t.last) for t in taken))


def in_interview(interview: Interview, draft: Draft) -> str:
    """Return why a draft is no statement of its own: `find_interview` has read its paragraph."""
    return "part of an interview" if any(first <= draft.first < last for first, last in interview.turns) else ""


def _turn(page: Page, first: int, last: int) -> Turn | None:
    """Read the label of a paragraph: "Ms Dana Reeve:", "Q1:", "A."."""
    word = page.words[first]
    if word in ("q.", "a.") and last - first > 1:
        return Turn(LETTERS[word[0]], first, first + 1, last)
    for i in range(first + 1, min(last - 1, first + LONGEST_LABEL + 1)):
        name = LETTERS.get(word.rstrip("0123456789"), "") if i == first + 1 or page.words[i - 1].isdigit() else ""
        if page.words[i] in COLONS or (page.words[i] == "." and word in ("q", "a") and i == first + 1):
            return Turn(name or page.words[i - 1], first, i + 1, last)
        if not (page.tokens[i - 1].text[:1].isupper() or page.words[i - 1] == "." or page.words[i].isdigit()):
            return None
    return None


def _asks(page: Page, turn: Turn) -> bool:
    return page.words[turn.last - 1] == "?"


# --- who answers ------------------------------------------------------------------------------


def _introduced(page: Page, before: int) -> list[Entity]:
    """Return the people named before the interview begins, each once by the longest name; authors are left out."""
    people: dict[str, Entity] = {}
    for e in page.analysis.entities:
        if e.label == "PERSON" and e.first < before and page.quoted[e.first] < 0 and not _is_credited(page, e.first):
            surname = page.words[e.last - 1]
            if surname not in people or e.last - e.first > people[surname].last - people[surname].first:
                people[surname] = e
    return list(people.values())


def _is_credited(page: Page, first: int) -> bool:
    """Tell whether a name is a credit: "by Dana Reeve", or "Interview: Dana Reeve" at the beginning of a paragraph."""
    labelled = page.words[max(0, first - 1)] in COLONS and any(block[0] == first - 2 for block in page.blocks)
    return labelled or page.words[max(0, first - 1)] == "by"


def _is_known(page: Page, turn: Turn, turns: Sequence[Turn], introduced: Sequence[Entity]) -> bool:
    named = turn.name in page.words[: turns[0].first]
    return named or turn.name == ANSWERER or _of_initials(page, turn, introduced) is not None


def _answer(page: Page, turn: Turn, turns: Sequence[Turn], introduced: Sequence[Entity]) -> Draft | None:
    said = trim(page, _after_direction(page, turn), turn.last)
    clause = page.finite_before[said[0]] != page.finite_before[said[1]]  # not "Reeve: 41 votes"
    if not clause or not _is_known(page, turn, turns, introduced):
        return None
    if turn.name == ANSWERER:
        rest = [(t.begin, t.last) for t in turns if t.name == ANSWERER]
        speaker = _only_person(page, introduced, turns[0].first, rest)
    else:
        speaker = _of_initials(page, turn, introduced) or turn.label
    cue = (turn.begin - 1, turn.begin) if page.words[turn.begin - 1] in COLONS else None
    return Draft((said,), speaker, cue, SURE, "interview")


def _after_direction(page: Page, turn: Turn) -> int:
    """Return the first token of an answer behind a remark in brackets: "(laughs) It leaks."."""
    if page.words[turn.begin : turn.begin + 1] != ("(",):
        return turn.begin
    return next((i + 1 for i in range(turn.begin, turn.last) if page.words[i] == ")"), turn.begin)


def _of_initials(page: Page, turn: Turn, introduced: Sequence[Entity]) -> Range | None:
    """Return the only person introduced whose initials are the label: "DR"."""
    label = page.tokens[turn.first].text
    if turn.begin - turn.first != 2 or not label.isupper() or not 1 < len(label) <= LONGEST_INITIALS:
        return None
    found = [e for e in introduced if "".join(page.words[i][0] for i in range(e.first, e.last)).upper() == label]
    return (found[0].first, found[0].last) if len(found) == 1 else None


def _only_person(page: Page, introduced: Sequence[Entity], before: int, answers: Sequence[Range]) -> Range | None:
    """Return the only person introduced, if the introduction speaks of an interview or the answers say "I"."""
    spoken = not WORDS.interviewing.isdisjoint(page.words[:before])
    if len(introduced) != 1 or not (spoken or any(_is_first_person(page, *a) for a in answers)):
        return None
    return introduced[0].first, introduced[0].last


def _is_first_person(page: Page, first: int, last: int, persons: Set[str] = FIRST_PERSON) -> bool:
    return any(page.words[i] in persons and page.quoted[i] < 0 for i in range(first, last))


# --- questions without a label ----------------------------------------------------------------


def _without_labels(page: Page) -> Interview:
    """Find answers below questions in bold, italics or headings; a remark set apart like them is the interviewer's.

    Most answers must be in the first person, of which "we" counts only if the introduction speaks of an interview. It
    must name a single person.
    """
    asked = [n for n, block in enumerate(page.blocks) if page.words[block[1] - 1] == "?" and _is_marked(page, block[0])]
    if len(asked) < TURNS:
        return Interview()
    remarks = (n for n, block in enumerate(page.blocks) if asked[0] < n and _is_set_apart(page, *block))
    questions = sorted({*asked, *remarks})
    first = page.blocks[questions[0]][0]
    answers = [tuple(_paragraphs(page, a + 1, b)) for a, b in pairwise(questions)]
    answers.append(tuple(_paragraphs(page, questions[-1] + 1, questions[-1] + 2)))
    spoken = not WORDS.interviewing.isdisjoint(page.words[:first])
    persons = FIRST_PERSONS if spoken else FIRST_PERSON
    personal = sum(any(_is_first_person(page, *p, persons) for p in answer) for answer in answers)
    speaker = _only_person(page, _introduced(page, first), first, ())
    if speaker is None or 2 * personal < len(answers):
        return Interview()
    drafts = (Draft(answer, speaker, None, LIKELY, "interview") for answer in answers if answer)
    turns = [page.blocks[n] for n in questions] + [p for answer in answers for p in answer]
    return Interview(tuple(drafts), tuple(turns))


def _paragraphs(page: Page, low: int, high: int) -> Iterator[Range]:
    """Yield the paragraphs low..high-1 that have a clause."""
    for first, last in page.blocks[low:high]:
        a, b = trim(page, first, last)
        if page.finite_before[a] != page.finite_before[b]:
            yield a, b


def _is_marked(page: Page, first: int) -> bool:
    """Tell whether markup stands before a paragraph's first word, apart from a quotation mark."""
    start = page.tokens[first].start
    return page.analysis.text[max(0, start - 3) : start].strip(" \"“‘'")[-1:] in MARKUP


def _is_set_apart(page: Page, first: int, last: int) -> bool:
    """Tell whether a whole paragraph is a heading, or stands in bold or italics."""
    start, end = page.tokens[first].start, page.tokens[last - 1].end
    before = page.analysis.text[max(0, start - 3) : start].strip(" \"“‘'")[-1:]
    after = page.analysis.text[end : end + 3].lstrip(" .!?\"”’'")[:1]
    return before in MARKUP and (before == "#" or after == before or page.analysis.text[end - 1] == before)


# --- shared by the above ----------------------------------------------------------------------


def _block(page: Page, quote: Quote) -> int:
    return bisect_right(page.blocks, quote.first, key=itemgetter(0)) - 1


def _people(page: Page, low: int, high: int) -> list[Entity]:
    return [e for e in page.analysis.entities if e.label == "PERSON" and low <= e.first < high]


def _only_edges(page: Page, tokens: Iterable[int]) -> bool:
    return all(page.tokens[i].text in EDGES for i in tokens)
