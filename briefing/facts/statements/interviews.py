"""Page -> drafts: the answers of an interview, whose layout says who speaks. A question is nobody's statement.

Courier: How bad is it?  /  Reeve: 212 are dry.    a name before a colon, in the text or its introduction
Q. How bad is it?        /  A. 212 are dry.        letters: the answers are those of the person introduced
DR: 212 are dry.                                   initials of a person introduced
**How bad is it?**       /  I counted 212.         questions set apart, answers in the first person
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefing.facts.statements.drafts import Draft, Range
from briefing.facts.statements.page import Page, trim
from briefing.facts.statements.words import WORDS
from briefing.model import Entity

SURE = 0.95  # confidence of an answer
LIKELY = 0.8  # and of one without a label

COLONS = frozenset({":", "："})
LONGEST_LABEL = 4  # tokens of "Ms Dana Reeve" before the colon
TURNS = 2  # paragraphs that begin with a name, from which on its bearer takes part
ANSWERER, ASKER = "a", "q"  # the labels "A:", "A.", "Answer:" and "Q:", "Q.", "Question:"
LETTERS = {"q": ASKER, "a": ANSWERER, "question": ASKER, "answer": ANSWERER}
LONGEST_INITIALS = 3
FIRST_PERSON = frozenset({"i", "my", "me", "myself"})
MARKUP = ("*", "_", "#")


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
        author = e.first and page.words[e.first - 1] == "by"
        if e.label == "PERSON" and e.first < before and page.quoted[e.first] < 0 and not author:
            surname = page.words[e.last - 1]
            if surname not in people or e.last - e.first > people[surname].last - people[surname].first:
                people[surname] = e
    return list(people.values())


def _is_known(page: Page, turn: Turn, turns: Sequence[Turn], introduced: Sequence[Entity]) -> bool:
    named = turn.name in page.words[: turns[0].first]
    return named or turn.name == ANSWERER or _of_initials(page, turn, introduced) is not None


def _answer(page: Page, turn: Turn, turns: Sequence[Turn], introduced: Sequence[Entity]) -> Draft | None:
    said = trim(page, turn.begin, turn.last)
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


def _is_first_person(page: Page, first: int, last: int) -> bool:
    return any(page.words[i] in FIRST_PERSON and page.quoted[i] < 0 for i in range(first, last))


# --- questions without a label ----------------------------------------------------------------


def _without_labels(page: Page) -> Interview:
    """Find answers below questions in bold, italics or headings, if most are in the first person and the introduction
    names a single person who is asked."""
    questions = [n for n, block in enumerate(page.blocks) if _is_set_apart(page, *block)]
    if len(questions) < TURNS:
        return Interview()
    first = page.blocks[questions[0]][0]
    answers = [tuple(_paragraphs(page, a + 1, b)) for a, b in pairwise(questions)]
    answers.append(tuple(_paragraphs(page, questions[-1] + 1, questions[-1] + 2)))
    personal = sum(any(_is_first_person(page, *p) for p in answer) for answer in answers)
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


def _is_set_apart(page: Page, first: int, last: int) -> bool:
    """Is a paragraph a question with markup before its first word?"""
    start = page.tokens[first].start
    before = page.analysis.text[max(0, start - 2) : start].strip()
    return page.words[last - 1] == "?" and before[-1:] in MARKUP
