"""Analysis -> votes that were counted: "by 52 votes to 31", "voted 7-2", "52 in favour, 31 against, 4 abstentions".

    find_votes(analysis)   ->   (Vote(120, 140, in_favour=52, against=31, abstentions=None, rule="votes to"),)

Two numbers with "to" or a dash between them may be a score, odds, ages, years or the number of a law. They are a vote
only beside "votes", "voted" or a verb of deciding ("passed", "rejected"). Conditions and opinion polls are no votes.

This file holds the whole kind: how it is read, published, corrected and compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import pydantic

from briefing.facts.dates.words import WORDS as DATE_WORDS
from briefing.facts.kinds import CORRECTION, FactKind, Field, Shown, Stated, span
from briefing.facts.numbers import ATOM, DASHES, read_number
from briefing.facts.tokens import FINITE, Line, cut
from briefing.lexicon import load
from briefing.model import Analysis, RowVote, Vote


@dataclass(frozen=True, slots=True)
class Words:
    """One field for each list of the file, of the same name; the file says what each is for."""

    decided: frozenset[str]
    rejected: frozenset[str]
    failed: frozenset[str]
    threshold: frozenset[str]
    leading: frozenset[str]
    opening: frozenset[str]
    unreal: frozenset[str]
    moved: frozenset[str]
    otherwise_counted: frozenset[str]
    bodies: frozenset[str]
    voters: frozenset[str]
    numbered: frozenset[str]
    abstained: frozenset[str]
    joining: frozenset[str]
    shares: frozenset[str]


WORDS = load("votes", Words)
LONGEST = 200  # tokens of a sentence that is read: longer ones are lists
FAR = 25  # atoms between a verb of deciding and its numbers
NEAR = 12  # atoms before the numbers in which "would" or "not" concerns them
MOST = 1e9  # votes; more are no votes
CUE = re.compile(r"\bvot(?:e|es|ed)\b|against|opposed|majority|" + "|".join(sorted(WORDS.decided - {"voted"})))
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
BEFORE_NUMBERS = frozenset({"NN", "NNS", "RB", "RP", "PRP", ",", "-LRB-"})
COUNTED = frozenset({"NN", "NNS", "CD", "JJ", "$"})


def find_votes(analysis: Analysis) -> tuple[Vote, ...]:
    found: list[Vote] = []
    for sentence in analysis.sentences:
        words = analysis.text[sentence.start : sentence.end]
        if sentence.last - sentence.first <= LONGEST and CUE.search(words) and not words.rstrip('"”’ ').endswith("?"):
            line = cut(analysis.tokens, sentence.first, sentence.last, ATOM)
            if WORDS.otherwise_counted.isdisjoint(line.lows(0, line.size)):
                found += _votes(line)
    return tuple(found)


def _votes(line: Line) -> Iterator[Vote]:
    at = 0
    while at < line.size:
        read = _in_favour(line, at) or _compared(line, at)
        if read and WORDS.unreal.isdisjoint(line.lows(at - NEAR, at)):
            yield read[0]
            at = read[1]
        else:
            at += 1


def _count(line: Line, at: int) -> tuple[int, int] | None:
    """Read a number of votes that begins here; return it and the atom after it."""
    number = read_number(line, at)
    whole = number.whole if number and number.value <= MOST else None
    if number is None or whole is None or line.low(at) in {"a", "an"} or re.match(r"0\d", line[at].text):
        return None
    return whole, number.end


def _begins(line: Line, at: int) -> bool:
    """Tell whether the number that begins here is not part of a longer number or word."""
    return at == 0 or not line[at].glued or line[at - 1].text in '(“"'


# --- in favour and against --------------------------------------------------------------------


def _in_favour(line: Line, at: int) -> tuple[Vote, int] | None:
    """ "52 in favour, 31 against and 4 abstentions", "141 countries voted for and five against"."""
    one = _side(line, at, ("for",), ("in", "favour"), ("in", "favor"))
    i = _past_joins(line, one[1]) if one else 0
    other = _side(line, i, ("against",), ("opposed",)) if one and i > one[1] else None
    if one is None or other is None:
        return None
    abstentions, end = _abstentions(line, other[1])
    return Vote(line[at].start, line[end - 1].end, one[0], other[0], abstentions, "in favour"), end


def _side(line: Line, at: int, *sides: tuple[str, ...]) -> tuple[int, int] | None:
    number = _count(line, at) if _begins(line, at) else None
    if number is None:
        return None
    i = line.skip(line.skip(number[1], *WORDS.voters), "voted")
    return next(((number[0], i + len(side)) for side in sides if line.says(i, *side)), None)


def _abstentions(line: Line, at: int) -> tuple[int | None, int]:
    """Read the abstentions that follow; return them and the atom after them."""
    number = _count(line, _past_joins(line, at))
    end = line.skip(number[1], *WORDS.voters) if number else at
    return (number[0], end + 1) if number and line.low(end) in WORDS.abstained else (None, at)


def _past_joins(line: Line, at: int) -> int:
    while line.low(at) in WORDS.joining:
        at += 1
    return at


# --- two numbers ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pair:
    """Two counts next to each other, as atoms first..end-1."""

    first: int
    end: int
    one: int
    other: int
    votes: bool  # "votes" stands with them
    dash: bool


def _compared(line: Line, at: int) -> tuple[Vote, int] | None:
    """ "52 votes to 31", "a vote of 52 to 31", "a 7-2 vote", "voted 7-2", "passed the bill 218 to 210"."""
    pair = _pair(line, at)
    rule = _rule(line, pair) if pair and _stands_alone(line, pair) else None
    sides = _sides(line, pair) if pair and rule else None
    if pair is None or rule is None or sides is None:
        return None
    abstentions, end = _abstentions(line, line.skip(pair.end, "vote", "votes"))
    first = at
    while first and line[first - 1].low in WORDS.leading:
        first -= 1
    while line[first].low in {"a", "an", "of"}:
        first += 1
    return Vote(line[first].start, line[end - 1].end, *sides, abstentions, rule), end


def _pair(line: Line, at: int) -> Pair | None:
    one = _count(line, at)
    if one is None:
        return None
    i = line.skip(one[1], "vote", "votes")
    votes = i > one[1]
    dash = line.low(i) in DASHES and line[i].glued
    i += dash
    to = line.low(i) == "to"
    i = line.skip(i + to, *DASHES) if to and dash else i + to  # "7-to-2"
    other = _count(line, i) if dash or to else None
    if other is None or (YEAR.fullmatch(line[at].text) and YEAR.fullmatch(line[i].text)):
        return None
    behind = line.low(other[1]) == "votes"
    return None if behind and dash else Pair(at, other[1], one[0], other[0], votes or behind, dash)  # "5-to-4 votes"


def _stands_alone(line: Line, pair: Pair) -> bool:
    """Tell whether the numbers count or measure nothing, and are not part of a longer one."""
    after = line[pair.end]
    if not _begins(line, pair.first):
        return False
    if after.low in {"vote", "votes"}:
        return line[pair.end + 1].tag not in {"NN", "NNS"}
    if after.glued and (after.text in DASHES or after.text in "/:" or after.text[0].isalnum()):
        return False
    # Of a people, 52 to 48 are shares of a hundred; of a senate, they are senators
    whole = not pair.votes and 95 <= pair.one + pair.other <= 101 and WORDS.bodies.isdisjoint(line.lows(0, line.size))
    return not whole and after.low not in WORDS.shares and after.tag not in COUNTED


def _rule(line: Line, pair: Pair) -> str | None:
    before = line.lows(pair.first - 3, pair.first)
    if pair.votes:
        still = WORDS.moved.isdisjoint(line.lows(0, pair.first))
        return "votes to" if before and before[-1] in WORDS.opening and still else None
    if pair.dash and line.low(pair.end) == "vote":
        return "vote"
    if before[-2:] in (("vote", "of"), ("vote", "was"), ("majority", "of")):
        return "vote of"
    if before[-1:] == ("voted",) or before[-2:] == ("voted", "by"):
        return "voted"
    return "decided" if _decided(line, pair) else None


def _decided(line: Line, pair: Pair) -> bool:
    """Tell whether a verb of deciding stands before the numbers, alone or with its object."""
    places = range(pair.first - 1, max(-1, pair.first - FAR), -1)
    verb = next((i for i in places if line[i].low in WORDS.decided), None)
    if verb is None or any(line[i].tag in FINITE for i in range(verb + 1, pair.first)):
        return False
    if (pair.one, pair.other) == (24, 7):
        return False  # at all hours
    if pair.one <= pair.other and not (pair.dash and line[verb].low == "rejected"):
        return False  # a range
    last = line[pair.first - 1]
    if last.low == "by" or last.low in DATE_WORDS.weekdays or last.low in WORDS.decided:
        return True
    numbered = last.low in WORDS.numbered and line[pair.first - 2].tag not in {"DT", "PRP$", "JJ", "NN"}
    return not numbered and last.tag in BEFORE_NUMBERS  # not "approved ordinance 12-3"


def _sides(line: Line, pair: Pair) -> tuple[int, int] | None:
    """Return the votes for and against; None if the words leave it open."""
    before = set(line.lows(0, pair.first))
    fewer, more = sorted((pair.one, pair.other))
    if before & WORDS.rejected:
        return (fewer, more) if WORDS.threshold.isdisjoint(line.lows(0, line.size)) else None
    if before & WORDS.failed:
        return (pair.one, pair.other) if pair.one < pair.other else None
    if "against" in line.lows(pair.end, pair.end + 3):
        return pair.other, pair.one
    return pair.one, pair.other


# --- the kind ---------------------------------------------------------------------------------


def _row(vote: Vote, shown: Shown) -> RowVote:
    return RowVote(
        id=vote.id,
        sentence=shown.sentence(vote.start),
        words=shown.words(vote.start, vote.end),
        in_favour=vote.in_favour,
        against=vote.against,
        abstentions=vote.abstentions,
        context=shown.context(vote.start),
        rule=vote.rule,
    )


def _new(stated: Stated) -> Vote:
    return Vote(stated.start, stated.end, 0, 0, None, CORRECTION)


Count = Annotated[int, pydantic.Field(ge=0)]
VOTE = FactKind(
    "vote",
    Vote,
    "vote",
    "votes",
    "✓",
    json=lambda v: (
        {"id": v.id, "in_favour": v.in_favour, "against": v.against, "abstentions": v.abstentions}
        | span(v)
        | {"rule": v.rule}
    ),
    row=_row,
    fields=(
        Field("in_favour", Count, "For a vote: how many were in favour", also=("in_favor", "for")),
        Field("against", Count, "For a vote: how many were against"),
        Field("abstentions", Count, "For a vote: how many abstained", also=("abstained",)),
    ),
    needs=("in_favour", "against"),
    new=_new,
)
