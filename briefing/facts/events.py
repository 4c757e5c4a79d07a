"""Analysis + dates + names -> events: what happened, or is fixed to happen, on a date, for timelines.

"The two ministers signed the pact on 3 May 2011." is an event of 2011-05-03. A date makes an event only
where it dates a verb that tells of a happening: not a state ("the firm owned a mine in 2002"), not speech
(that is a statement), not a plan or a supposition, not a noun ("the 1996 election was close"). The words
of an event are its sentence, or its clause where the sentence is long or tells several. Few and sure.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from briefing.facts.tokens import Tree
from briefing.lexicon import load
from briefing.model import Analysis, DateRef, Entity, Event, Sentence, Token

ACTING = frozenset({"PERSON", "ORG", "GPE", "NORP"})
SHORT = 40  # tokens of a sentence that is shown whole; longer ones hide the happening
LONGEST = 200  # tokens of a sentence read at all: beyond it is a list, and reading it takes time squared
HOPS = 3  # from a date's words over its prepositions to the verb
LINKS = ("IN", "TO", "RB", "RBR", "RP", "JJ", "VBG")
MAIN = ("ROOT", "conj", "parataxis")
CLAUSES = (*MAIN, "ccomp", "advcl")  # what stands in a relative clause is told by the way
LEFT_OUT = frozenset({"conj", "cc", "punct", "mark"})
DAYS = re.compile(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
LONG_TIME = re.compile(r"\d{4}(?:-[2-4]\d)?")  # a year, a season, a quarter, a half
YEAR = re.compile(r"(?:1[89]|20)\d\d")
NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
WEEK = 7  # days; a longer stretch does not date a happening
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


@dataclass(frozen=True, slots=True)
class Words:
    """One field for each list of the data file, of the same name; the file says what each is for."""

    no_happening: frozenset[str]
    fixed: frozenset[str]
    at: frozenset[str]
    never: frozenset[str]
    supposing: frozenset[str]
    pronouns: frozenset[str]
    counted: frozenset[str]
    talk: frozenset[str]
    days_own: frozenset[str]
    from_another: frozenset[str]


WORDS = load("events", Words)


class Happening(NamedTuple):
    """A verb that tells of a happening, the date it is dated by, and the tokens of its clause."""

    verb: int
    date: DateRef
    first: int
    last: int
    stands: bool  # the clause can be understood without the rest of its sentence
    rule: str


def find_events(
    analysis: Analysis, dates: tuple[DateRef, ...], names: tuple[Entity, ...], tree: Tree
) -> tuple[Event, ...]:
    return tuple(event for _, event in read_events(analysis, dates, names, tree) if isinstance(event, Event))


def read_events(
    analysis: Analysis, dates: tuple[DateRef, ...], names: tuple[Entity, ...], tree: Tree
) -> Iterator[tuple[DateRef, Event | str]]:
    """Yield each date of a calendar with its event, or why it dates none."""
    actors = [n for n in names if n.label in ACTING]
    for sentence, here in _by_sentence(analysis, dates):
        clauses = Clauses(tree, sentence)
        found = [(date, _happening(clauses, date)) for date in here]
        yield from ((date, h) for date, h in found if isinstance(h, str))
        yield from _told(clauses, [h for _, h in found if isinstance(h, Happening)], actors)


def _by_sentence(analysis: Analysis, dates: tuple[DateRef, ...]) -> Iterator[tuple[Sentence, list[DateRef]]]:
    """Each sentence with the dates in it that a calendar could hold."""
    at = 0
    for sentence in analysis.sentences:
        here = []
        while at < len(dates) and dates[at].start < sentence.end:
            if _placeable(dates[at]):
                here.append(dates[at])
            at += 1
        if here and sentence.last - sentence.first <= LONGEST and analysis.tokens[sentence.last - 1].text != "?":
            yield sentence, here


def _placeable(date: DateRef) -> bool:
    """A day, week, month or year, or so far from an unknown day; no stretch of years, no century."""
    if date.edtf is None:
        return date.relative is not None
    if "/" in date.edtf:
        days = DAYS.fullmatch(date.edtf)
        return days is not None and (datetime.fromisoformat(days[2]) - datetime.fromisoformat(days[1])).days < WEEK
    return date.edtf[3:4] != "X" or date.edtf.startswith("XXXX")


class Clauses:
    """One sentence of the tree; places are those of the whole article's tokens."""

    def __init__(self, tree: Tree, sentence: Sentence) -> None:
        self.tree = tree
        self.tokens = tree.tokens
        self.low = tree.low
        self.first, self.last = sentence.first, sentence.last
        self.here = tree.tokens[self.first : self.last]

    def under(self, top: int, leave: frozenset[str] = frozenset()) -> list[int]:
        """The tokens that hang on `top`, itself included, without children of the kinds to leave out."""
        found = []
        waiting = [top]
        while waiting:
            at = waiting.pop()
            found.append(at)
            waiting += [c for c in self.tree.children[at] if at != top or self.tokens[c].dep not in leave]
        return found


def _happening(clauses: Clauses, date: DateRef) -> Happening | str:
    """Return the happening that a date dates, or why it dates none."""
    verb = _dated_verb(clauses, date)
    if verb is None:
        return "dates no verb"
    dep = clauses.tokens[verb].dep
    if dep not in CLAUSES:
        return "in a subordinate clause"
    if _counts(clauses, verb, date):
        return "dates a figure, or depends on another event"
    rule = _tells(clauses, verb)
    if not rule:
        return f"no happening: {clauses.low(verb)}"
    subject = clauses.tree.child(verb, SUBJECTS)
    if subject is None and not _shared_subject(clauses, verb):
        return "verb without a subject"
    named = subject is not None and clauses.low(subject) not in WORDS.pronouns
    if dep not in MAIN and not named:
        return "clause about a pronoun"
    clause = [i for i in clauses.under(verb, LEFT_OUT) if clauses.tokens[i].tag != "WRB"]
    return Happening(verb, date, min(clause), max(clause), named and dep != "ccomp", rule)


def _counts(clauses: Clauses, verb: int, date: DateRef) -> bool:
    """A figure of a whole year or quarter, or a date that hangs on another happening: nothing for a calendar."""
    if date.edtf is None:
        words = {t.text.lower() for t in clauses.here if t.start < date.end and t.end > date.start}
        return bool(words & WORDS.from_another)
    if clauses.low(verb) not in WORDS.counted or not LONG_TIME.fullmatch(date.edtf):
        return False
    return any(
        clauses.tokens[i].tag == "CD" and not YEAR.fullmatch(clauses.tokens[i].text) for i in clauses.under(verb)
    )


def _dated_verb(clauses: Clauses, date: DateRef) -> int | None:
    """The verb that the date dates, or None where it dates a noun or stands behind "since", "until", "by"."""
    inside = {i for i, t in enumerate(clauses.here, clauses.first) if t.start < date.end and t.end > date.start}
    top = next((i for i in sorted(inside, reverse=True) if clauses.tokens[i].head not in inside), None)
    if top is None or clauses.tokens[top].dep in SUBJECTS:
        return None
    at = clauses.tokens[top].head
    through = date.edtf is not None and DAY.fullmatch(date.edtf) is not None
    for _ in range(HOPS + 2 * through):
        tag = clauses.tokens[at].tag
        if tag in ("VBD", "VBN", "VB", "VBZ", "VBP"):
            return at
        if tag in NOUNS and through and _by_mistake(clauses, at):
            at = clauses.tokens[at].head
            continue
        if (
            tag not in LINKS
            or (tag in ("IN", "TO") and clauses.low(at) not in WORDS.at)
            or clauses.tokens[at].head == at
        ):
            return None
        at = clauses.tokens[at].head
    return None


def _by_mistake(clauses: Clauses, noun: int) -> bool:
    """The parser hangs a day on the nearest noun ("filed for protection in Delaware on Thursday"); few have one."""
    return clauses.tokens[noun].dep in ("dobj", "pobj") and clauses.low(noun) not in WORDS.days_own


def _tells(clauses: Clauses, verb: int) -> str:
    """ "past" or "planned" for a verb that tells of a happening, else ""."""
    token = clauses.tokens[verb]
    children = [clauses.low(c) for c in clauses.tree.children[verb]]
    helpers = [clauses.low(c) for c in clauses.tree.children[verb] if clauses.tokens[c].dep in ("aux", "auxpass")]
    if clauses.low(verb) in WORDS.no_happening or any(c in WORDS.never for c in children):
        return ""
    subject, object_ = clauses.tree.child(verb, SUBJECTS), clauses.tree.child(verb, {"dobj"})
    if subject is not None and "no" in {clauses.low(c) for c in clauses.tree.children[subject]}:
        return ""
    if object_ is not None and clauses.low(object_) in WORDS.talk:
        return ""
    if any(clauses.tokens[c].dep == "mark" and clauses.low(c) in WORDS.supposing for c in clauses.tree.children[verb]):
        return ""
    if token.tag == "VBD" or (token.tag == "VBN" and set(helpers) & {"was", "were", "has", "have", "had", "been"}):
        return "past" if not set(helpers) & {"would", "could", "might", "may", "should"} else ""
    if token.tag == "VB" and set(helpers) & {"will", "'ll", "’ll"}:
        return "planned"
    if token.tag == "VBN" and {"will", "be"} <= set(helpers):
        return "planned"
    return "planned" if token.tag in ("VBZ", "VBP") and clauses.low(verb) in WORDS.fixed else ""


def _shared_subject(clauses: Clauses, verb: int) -> bool:
    """ "She closed the mine in 2002 and sold the land in 2005": the second verb's subject is the first's."""
    head = clauses.tokens[verb].head
    return clauses.tokens[verb].dep == "conj" and head != verb and clauses.tree.child(head, SUBJECTS) is not None


def _told(clauses: Clauses, found: list[Happening], actors: list[Entity]) -> Iterator[tuple[DateRef, Event | str]]:
    """Yield the date of each happening of a sentence with its event in the source's words, or why it is none."""
    whole = len(clauses.here) <= SHORT
    dated: set[int] = set()
    for here in found:
        aside = clauses.tokens[here.verb].dep not in (*MAIN, "ccomp")
        alone = here.stands and (aside or not whole or len({h.verb for h in found}) > 1)
        if not alone and (not whole or aside):
            yield here.date, "clause that cannot be understood alone, in a long sentence"
            continue
        first, last = (here.first, here.last) if alone else (clauses.first, clauses.last - 1)
        start, end = clauses.tokens[first].start, clauses.tokens[last].end
        if not any(n.start < end and n.end > start for n in _near(actors, start, end)):
            yield here.date, "names no actor"
        elif here.verb in dated:
            yield here.date, "another date of the same verb"
        elif _broken_quote(clauses.tokens[first : last + 1]) or not start <= here.date.start < here.date.end <= end:
            yield here.date, "quotation or date cut off"
        elif not alone and _starts_blind(clauses):
            yield here.date, "begins with a pronoun"
        else:
            dated.add(here.verb)
            yield here.date, Event(start, end, here.date.edtf, here.rule)


def _broken_quote(tokens: tuple[Token, ...]) -> bool:
    """Does a quotation begin here that ends elsewhere, or the other way round?"""
    texts = [t.text for t in tokens]
    straight = sum(texts.count(mark) for mark in ('"', "''", "``"))
    return straight % 2 == 1 or texts.count("“") != texts.count("”")


def _near(actors: list[Entity], start: int, end: int) -> Iterator[Entity]:
    """The names that may lie between two places; names stand in order of the text."""
    at = bisect.bisect_left(actors, start, key=lambda n: n.end)
    while at < len(actors) and actors[at].start < end:
        yield actors[at]
        at += 1


def _starts_blind(clauses: Clauses) -> bool:
    """Does the sentence's own subject stand for something told before ("He resigned on Friday")?"""
    for i, token in enumerate(clauses.here, clauses.first):
        if clauses.tokens[i].head == i and token.dep == "ROOT":
            subject, object_ = clauses.tree.child(i, SUBJECTS), clauses.tree.child(i, {"dobj"})
            if object_ is not None and clauses.low(object_) in ("this", "that"):
                return True
            owner = clauses.tree.child(subject, {"poss"}) if subject is not None else None
            return any(w is not None and clauses.low(w) in WORDS.pronouns for w in (subject, owner))
    return True
