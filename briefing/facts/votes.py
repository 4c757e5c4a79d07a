"""Analysis -> votes that were counted: "by 52 votes to 31", "voted 7-2", "52 in favour, 31 against, 4 abstentions".

    find_votes(analysis)   ->   (Vote(120, 140, in_favour=52, against=31, abstentions=None, rule="votes to"),)

Two numbers with "to" or a dash between them may be a score, odds, ages, years or the number of a law. They are a vote
only where words say so: "votes", "voted", or a verb of deciding ("passed", "rejected"). What would be, or what people
told a pollster, is no vote. Of a proposal that was rejected, the larger number was against it.

This file holds all there is of the kind: how it is read, published, corrected and compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import pydantic

from briefing.facts.kinds import CORRECTION, FactKind, Field, Shown, Stated, span
from briefing.facts.numbers import ATOM, DASHES, read_number
from briefing.facts.tokens import Line, cut
from briefing.model import Analysis, RowVote, Vote

LONGEST = 200  # tokens of a sentence that is read: longer ones are lists
FAR = 25  # atoms between a verb of deciding and its numbers
NEAR = 12  # atoms before the numbers in which "would" or "not" concerns them
MOST = 1e9  # votes; more are no votes
CUE = re.compile(
    r"\bvot(?:e|es|ed)\b|against|opposed|majority|passed|approved|adopted|ratified|confirmed|endorsed|rejected"
)
DECIDED = frozenset({"passed", "approved", "adopted", "ratified", "confirmed", "endorsed", "rejected", "voted"})
REJECTED = frozenset({"rejected", "defeated", "down"})
FAILED = frozenset({"failed", "lost", "fell"})
THRESHOLD = frozenset({"short", "threshold", "two-thirds", "thirds", "supermajority", "needed", "required"})
LEADING = DECIDED | {"by", "a", "an", "vote", "votes", "majority", "of", "won", "carried", "lost", "defeated", "failed"}
OPENING = frozenset({"by", ",", "(", ":", "-", "won", "carried", "lost", "failed", "defeated"}) | DECIDED
UNREAL = frozenset(
    {"would", "could", "may", "might", "should", "will", "wo", "must", "can", "if", "unless", "whether", "expected",
     "likely", "projected", "predicted", "forecast", "needs", "need", "requires", "require", "not", "n't", "n’t",
     "never", "nearly", "almost"}
)  # fmt: skip
# "The lead grew by 10 votes to 15"
MOVED = frozenset(
    {
        "rose",
        "grew",
        "increased",
        "widened",
        "narrowed",
        "lead",
        "margin",
        "shrank",
        "raised",
        "gained",
        "dropped",
        "climbed",
    }
)
OTHERWISE_COUNTED = frozenset(
    {"poll", "polls", "polling", "pollster", "survey", "surveys", "surveyed", "respondents", "odds", "bookmakers",
     "goal", "goals", "match", "matches", "game", "games", "league", "cup", "playoffs", "season", "score", "scored",
     "innings", "penalties"}
)  # fmt: skip
BODIES = frozenset(
    {"senate", "house", "congress", "parliament", "council", "committee", "commission", "assembly", "court", "board",
     "panel", "lawmakers", "senators", "deputies", "mps", "members", "legislators", "councillors", "judges",
     "justices", "delegates", "commons", "lords", "bundestag", "duma", "knesset", "chamber"}
)  # fmt: skip
VOTERS = BODIES | {"votes", "vote", "countries", "states", "nations", "people", "members", "ballots"}
NUMBERED = frozenset(
    {"resolution", "ordinance", "bill", "measure", "section", "article", "no", "number", "rule", "proposition",
     "amendment", "act", "law", "motion", "order", "chapter", "item", "page", "case", "agenda", "title", "plan"}
)  # fmt: skip
WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
ABSTAINED = frozenset({"abstention", "abstentions", "abstaining", "abstained"})
JOINING = frozenset({"and", "with", "while", "to", ",", ";", "versus"})
SHARES = frozenset({"%", "percent", "per", "pc", "percentage"})
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
BEFORE_NUMBERS = frozenset({"NN", "NNS", "RB", "RP", "PRP", ",", "-LRB-"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


@dataclass(frozen=True, slots=True)
class Pair:
    """Two counts next to each other, as atoms first..end-1."""

    first: int
    end: int
    one: int
    other: int
    votes: bool  # "votes" stands with them
    dash: bool


def find_votes(analysis: Analysis) -> tuple[Vote, ...]:
    found: list[Vote] = []
    for sentence in analysis.sentences:
        words = analysis.text[sentence.start : sentence.end]
        if sentence.last - sentence.first <= LONGEST and CUE.search(words) and not words.rstrip('"”’ ').endswith("?"):
            atoms = cut(analysis.tokens, sentence.first, sentence.last, ATOM)
            if OTHERWISE_COUNTED.isdisjoint(atoms.lows(0, atoms.size)):
                found += _votes(atoms)
    return tuple(found)


def _votes(atoms: Line) -> Iterator[Vote]:
    at = 0
    while at < atoms.size:
        read = _in_favour(atoms, at) or _compared(atoms, at)
        if read is None:
            at += 1
            continue
        vote, at = read
        yield vote


# --- two numbers ------------------------------------------------------------------------------


def _compared(atoms: Line, at: int) -> tuple[Vote, int] | None:
    """ "52 votes to 31", "a vote of 52 to 31", "a 7-2 vote", "voted 7-2", "passed the bill 218 to 210"."""
    pair = _pair(atoms, at)
    if pair is None or not _stands_alone(atoms, pair) or _unreal(atoms, at) or _a_share(atoms, pair):
        return None
    rule = _rule(atoms, pair)
    sides = _sides(atoms, pair) if rule else None
    if rule is None or sides is None:
        return None
    end = pair.end + (atoms.low(pair.end) in {"vote", "votes"})
    abstentions, end = _abstentions(atoms, end)
    first = at
    while first and atoms[first - 1].low in LEADING:
        first -= 1
    while atoms[first].low in {"a", "an", "of"}:
        first += 1
    return Vote(atoms[first].start, atoms[end - 1].end, *sides, abstentions, rule), end


def _pair(atoms: Line, at: int) -> Pair | None:
    one = _count(atoms, at)
    if one is None:
        return None
    value, i = one
    votes = atoms.low(i) in {"vote", "votes"}
    i += votes
    dash = atoms.low(i) in DASHES and atoms[i].glued
    i += dash
    to = atoms.low(i) == "to"
    i += to
    if dash and to:  # "7-to-2"
        i += atoms.low(i) in DASHES
    other = _count(atoms, i) if dash or to else None
    if other is None or (YEAR.fullmatch(atoms[at].text) and YEAR.fullmatch(atoms[i].text)):
        return None
    end = other[1]
    if atoms.low(end) == "votes":
        if dash:  # "5-to-4 votes" are several
            return None
        votes = True
    return Pair(at, end, value, other[0], votes, dash)


def _count(atoms: Line, at: int) -> tuple[int, int] | None:
    """A whole number that begins here, and the atom after it."""
    number = read_number(atoms, at)
    if number is None or number.fraction or number.vague or number.comma or number.value != int(number.value):
        return None
    if number.value > MOST or atoms[at].low in {"a", "an"} or re.match(r"0\d", atoms[at].text):
        return None
    return int(number.value), number.end


def _stands_alone(atoms: Line, pair: Pair) -> bool:
    """Nothing is counted or measured by the numbers, and they are no part of a longer one."""
    if pair.first and atoms[pair.first].glued and atoms[pair.first - 1].text not in '(“"':
        return False
    after = atoms[pair.end]
    if after.low in {"vote", "votes"}:
        return atoms[pair.end + 1].tag not in {"NN", "NNS"}
    longer = after.glued and (after.text in DASHES or after.text in "/:" or after.text[0].isalnum())
    return not longer and after.low not in SHARES and after.tag not in {"NN", "NNS", "CD", "JJ", "$"}


def _unreal(atoms: Line, at: int) -> bool:
    return not UNREAL.isdisjoint(atoms.lows(at - NEAR, at))


def _a_share(atoms: Line, pair: Pair) -> bool:
    """Of a people, 52 to 48 are shares of a hundred; of a senate, they are senators."""
    return not pair.votes and 95 <= pair.one + pair.other <= 101 and BODIES.isdisjoint(atoms.lows(0, atoms.size))


def _rule(atoms: Line, pair: Pair) -> str | None:
    before = atoms.lows(pair.first - 3, pair.first)
    if pair.votes:
        still = MOVED.isdisjoint(atoms.lows(0, pair.first))
        return "votes to" if before and before[-1] in OPENING and still else None
    if pair.dash and atoms.low(pair.end) == "vote":
        return "vote"
    if before[-2:] in (("vote", "of"), ("vote", "was"), ("majority", "of")):
        return "vote of"
    if before[-1:] == ("voted",) or before[-2:] == ("voted", "by"):
        return "voted"
    return "decided" if _decided(atoms, pair) else None


def _decided(atoms: Line, pair: Pair) -> bool:
    """Does a verb of deciding stand before the numbers, alone or with its object?"""
    verb = next((i for i in range(pair.first - 1, max(-1, pair.first - FAR), -1) if atoms[i].low in DECIDED), None)
    if verb is None or any(atoms[i].tag in FINITE for i in range(verb + 1, pair.first)):
        return False
    if (pair.one, pair.other) == (24, 7):
        return False  # at all hours
    if pair.one <= pair.other and not (pair.dash and atoms[verb].low == "rejected"):
        return False  # a range
    last = atoms[pair.first - 1]
    if last.low == "by" or last.low in WEEKDAYS or last.low in DECIDED:
        return True
    if last.low in NUMBERED and atoms[pair.first - 2].tag not in {"DT", "PRP$", "JJ", "NN"}:
        return False  # "approved ordinance 12-3"
    return last.tag in BEFORE_NUMBERS


def _sides(atoms: Line, pair: Pair) -> tuple[int, int] | None:
    """How many were for it and how many against; None where that cannot be told."""
    before = set(atoms.lows(0, pair.first))
    if before & REJECTED:
        if not THRESHOLD.isdisjoint(atoms.lows(0, atoms.size)):
            return None  # most were for it, and not enough
        return min(pair.one, pair.other), max(pair.one, pair.other)
    if before & FAILED:
        return (pair.one, pair.other) if pair.one < pair.other else None
    if "against" in atoms.lows(pair.end, pair.end + 3):
        return pair.other, pair.one
    return pair.one, pair.other


# --- in favour and against --------------------------------------------------------------------


def _in_favour(atoms: Line, at: int) -> tuple[Vote, int] | None:
    """ "52 in favour, 31 against and 4 abstentions", "141 countries voted for and five against"."""
    one = _side(atoms, at, "for")
    if one is None or _unreal(atoms, at):
        return None
    i = _joined(atoms, one[1])
    other = _side(atoms, i, "against") if i > one[1] else None
    if other is None:
        return None
    abstentions, end = _abstentions(atoms, other[1])
    return Vote(atoms[at].start, atoms[end - 1].end, one[0], other[0], abstentions, "in favour"), end


def _side(atoms: Line, at: int, side: str) -> tuple[int, int] | None:
    number = _count(atoms, at)
    if number is None or (at and atoms[at].glued and atoms[at - 1].text not in '(“"'):
        return None
    value, i = number
    i += atoms.low(i) in VOTERS
    i += atoms.low(i) == "voted"
    if side == "for" and atoms.low(i) == "in" and atoms.low(i + 1) in {"favour", "favor"}:
        return value, i + 2
    return (value, i + 1) if atoms.low(i) in {side, "opposed" if side == "against" else side} else None


def _abstentions(atoms: Line, at: int) -> tuple[int | None, int]:
    """The abstentions told next, and the atom after what was read."""
    i = _joined(atoms, at)
    number = _count(atoms, i)
    if number is None:
        return None, at
    value, end = number
    end += atoms.low(end) in VOTERS
    return (value, end + 1) if atoms.low(end) in ABSTAINED else (None, at)


def _joined(atoms: Line, at: int) -> int:
    while atoms.low(at) in JOINING:
        at += 1
    return at


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
