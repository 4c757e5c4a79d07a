"""Page -> Draft: the answers of an interview, each a paragraph that begins with a name and a colon.

Courier: How bad is it?                the one whose paragraphs are questions asks
Reeve: Of 640 wells, 212 are dry.      Reeve answers: Of 640 wells, 212 are dry
A: We have three years left.           answers "Q: ..."; who speaks is not said here
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.facts.statements.drafts import Draft
from briefing.facts.statements.page import Page, trim

SURE = 0.95  # confidence of an answer
LONGEST_NAME = 4  # tokens of "Ms Dana Reeve" before the colon
TURNS = 2  # paragraphs from which a name is one of those who talk
UNNAMED = "a"
COLONS = frozenset({":", "："})


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
    return Draft((said,), speaker, (turn.colon, turn.colon + 1), SURE, "interview")


def outside(interview: Interview, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts outside of the interview: a question is nobody's statement, an answer is all the answerer's."""
    return [d for d in drafts if not any(first <= d.first < last for first, last in interview.turns)]
