"""Analysis + dates + names -> events: what happened, or is fixed to happen, on a date, for timelines.

"The two ministers signed the pact on 3 May 2011." is an event of 2011-05-03. A date makes an event only
where it dates a verb that tells of a happening: not a state ("the firm owned a mine in 2002"), not speech
(that is a statement), not a plan or a supposition, not a noun ("the 1996 election was close"). The words
of an event are its sentence, or its clause where the sentence is long or tells several. Few and sure.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
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
CLAUSES = (*MAIN, "ccomp", "advcl")
NOUN_CLAUSES = ("relcl", "acl")  # behind a noun: "the pact that Chile signed", "the rules issued on Friday"
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
    talking: frozenset[str]
    announcing: frozenset[str]
    happenings: frozenset[str]
    put_off: frozenset[str]
    days_own: frozenset[str]
    from_another: frozenset[str]
    periods: frozenset[str]


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


def news(
    tree: Tree, sentence: Sentence, published: str | None, dates: Sequence[DateRef], names: tuple[Entity, ...]
) -> Event | None:
    """Return the event that the news of an article is, where its sentence dates no happening.

    "Norway has bought two ships": it happened up to the day of publication. "Norsk Tin said on Friday that it has found
    ore": what happened on that day is the announcement. "A baker was jailed on Friday" names no actor yet.
    """
    clauses = Clauses(tree, sentence)
    root = next((i for i in range(sentence.first, sentence.last) if tree.tokens[i].dep == "ROOT"), sentence.first)
    here = [d for d in dates if sentence.start <= d.start < sentence.end and _placeable(d) and _to_the_day(d)]
    on = next((d for d in here if _dated_verb(clauses, d) == root), None)
    told = _tells(clauses, root) == "past" and not _may_date_object(clauses, root, on) if on else False
    rule = "announced" if on and clauses.low(root) in WORDS.announcing else "past" if told else _perfect(clauses, root)
    date = on.edtf if on else f"/{published}" if published else None
    if on and date and published and DAY.fullmatch(date) and DAY.fullmatch(published) and date > published:
        return None  # no news tells what is past on a later day
    acting = any(n.label in ACTING for n in _near(list(names), sentence.start, sentence.end))
    subject = tree.child(root, SUBJECTS)
    # who the news is about may be named later: "A baker was jailed on Friday"
    acting = acting or (subject is not None and (told or tree.tokens[subject].tag.startswith("NNP")))
    torn = _broken_quote(tree.tokens[sentence.first : sentence.last])
    if not rule or not acting or torn or _starts_blind(clauses):
        return None
    return Event(sentence.start, sentence.end, date, rule)


def _perfect(clauses: Clauses, verb: int) -> str:
    helpers = {clauses.low(c) for c in clauses.tree.children[verb] if clauses.tokens[c].dep in ("aux", "auxpass")}
    done = clauses.tokens[verb].tag == "VBN" and helpers & {"has", "have"} and _tells(clauses, verb) == "past"
    return "reported" if done else ""


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
    exact = _to_the_day(date)
    noun = _happening_noun(clauses, date) if exact else None
    if noun is not None:
        return noun
    verb = _dated_verb(clauses, date)
    if exact and (verb is None or not _is_clause(clauses, verb)):
        verb = _only_verb(clauses, date) or verb
    if verb is None:
        return "dates no verb"
    dep = clauses.tokens[verb].dep
    headless = _is_headless(clauses, verb)
    if dep in NOUN_CLAUSES and not headless:
        return _noun_phrase(clauses, verb, date)
    if dep not in CLAUSES and not headless:
        return "in a subordinate clause"
    if other := _dates_something_else(clauses, verb, date):
        return other
    rule = _tells(clauses, verb)
    if not rule:
        return f"no happening: {clauses.low(verb)}"
    if headless:
        return Happening(verb, date, clauses.first, clauses.last - 1, False, rule)
    return _clause(clauses, verb, date, rule)


def _clause(clauses: Clauses, verb: int, date: DateRef, rule: str) -> Happening | str:
    """Return the happening with the words of its clause, or why the clause does not say who acts."""
    subject = clauses.tree.child(verb, SUBJECTS)
    if subject is None and not _shared_subject(clauses, verb):
        return "verb without a subject"
    dep = clauses.tokens[verb].dep
    named = subject is not None and clauses.low(subject) not in WORDS.pronouns
    if dep not in MAIN and not named:
        return "clause about a pronoun"
    clause = [i for i in clauses.under(verb, LEFT_OUT) if clauses.tokens[i].tag != "WRB"]
    return Happening(verb, date, min(clause), max(clause), named and dep != "ccomp", rule)


def _noun_phrase(clauses: Clauses, verb: int, date: DateRef) -> Happening | str:
    """Return the happening that a clause behind a noun tells: "the pact that Chile signed on 3 May", "the rules issued
    on Friday". Its words are the noun with all that depends on it, or the sentence if
    the noun names nobody."""
    noun = clauses.tokens[verb].head
    if not _to_the_day(date) or clauses.tokens[noun].tag not in NOUNS:
        return "in a subordinate clause"
    done = clauses.tokens[verb].dep == "acl" and _is_done(clauses, verb)
    ended = clauses.low(verb) == "ended" and clauses.low(noun) in WORDS.periods  # "the year ended 31 May" is a time
    rule = "aside" if not ended and (done or _tells(clauses, verb) == "past") else ""
    subject = clauses.tree.child(verb, SUBJECTS)
    pronoun = subject is not None and clauses.low(subject) in WORDS.pronouns and clauses.tokens[subject].tag == "PRP"
    owner = clauses.tree.child(noun, {"poss"})
    if not rule or pronoun or (owner is not None and clauses.low(owner) in WORDS.pronouns):
        return "in a subordinate clause that cannot be understood alone, or tells no happening"
    inside = clauses.under(noun, LEFT_OUT)
    last = max(i for i in inside if clauses.tokens[i].dep != "punct")
    dated = {i for i in inside if clauses.tokens[i].start < date.end and clauses.tokens[i].end > date.start}
    if any(clauses.tokens[i].tag.startswith("NNP") for i in inside if i not in dated):
        return Happening(verb, date, min(inside), last, True, rule)
    return Happening(verb, date, clauses.first, clauses.last - 1, False, rule)


def _is_clause(clauses: Clauses, verb: int) -> bool:
    """False also for a noun of a list that the parser takes for a participle: "limits for tin, tungsten and lead"."""
    joined = {clauses.tokens[c].tag for c in clauses.tree.children[verb] if clauses.tokens[c].dep == "conj"}
    dep = clauses.tokens[verb].dep
    return dep in CLAUSES or (dep in NOUN_CLAUSES and not joined & NOUNS)


def _happening_noun(clauses: Clauses, date: DateRef) -> Happening | str | None:
    """Return what a noun with a day of its own tells: "a meeting of Norway and Chile in Oslo on Friday"."""
    inside = [i for i, t in enumerate(clauses.here, clauses.first) if t.start < date.end and t.end > date.start]
    at = inside[0] if inside else clauses.first
    while clauses.tokens[at].head != at and clauses.tokens[at].tag[:2] != "VB":
        at = clauses.tokens[at].head
        if at not in range(clauses.first, inside[0]) or clauses.low(at) not in WORDS.happenings:
            continue
        if clauses.tokens[at].tag not in NOUNS:
            continue
        named = any(clauses.tokens[i].tag.startswith("NNP") for i in clauses.under(at) if i not in inside)
        named = named or clauses.low(inside[0] - 1) == "of"  # "the flood of 3 May 2011"
        verb = next((c for c in _upwards(clauses, at) if clauses.tokens[c].tag[:2] == "VB"), at)
        whole = {clauses.low(verb), *map(clauses.low, clauses.tree.children[verb])}
        owner = clauses.tree.child(at, {"poss"})
        if whole & (WORDS.never | WORDS.put_off):
            return "put off, or not certain to take place"
        if not named or (owner and clauses.low(owner) in WORDS.pronouns):
            return None
        last = max(inside)
        first = min(i for i in clauses.under(at) if i <= at)
        return Happening(at, date, first, last, True, "noun") if clauses.tokens[first].tag != "IN" else None
    return None


def _upwards(clauses: Clauses, at: int) -> Iterator[int]:
    while clauses.tokens[at].head != at:
        at = clauses.tokens[at].head
        yield at


def _is_done(clauses: Clauses, verb: int) -> bool:
    """ "the licences introduced on 4 April": a participle that tells of a happening."""
    children = {clauses.low(c) for c in clauses.tree.children[verb]}
    tag, word = clauses.tokens[verb].tag, clauses.low(verb)
    return tag in ("VBN", "VBD") and word not in WORDS.no_happening and not children & WORDS.never


def _to_the_day(date: DateRef) -> bool:
    if date.edtf is None:
        return date.relative is not None and date.relative.endswith("D")
    return DAY.fullmatch(date.edtf.replace("X", "0")) is not None


def _is_headless(clauses: Clauses, verb: int) -> bool:
    """The parser takes the only verb for a participle: "Molton, a firm in Lund, filed a claim on Monday"."""
    head = clauses.tokens[verb].head
    root = clauses.tokens[head].dep == "ROOT" and clauses.tokens[head].tag in NOUNS
    return root and clauses.tokens[verb].dep == "acl" and _finite(clauses) == []


def _only_verb(clauses: Clauses, date: DateRef) -> int | None:
    """The root, if it is the only finite verb and the day stands behind "on": the parser may hang the day anywhere."""
    inside = [i for i, t in enumerate(clauses.here, clauses.first) if t.start < date.end and t.end > date.start]
    finite = _finite(clauses)
    if len(finite) != 1 or not inside or inside[0] <= clauses.first or clauses.low(inside[0] - 1) != "on":
        return None
    beside = clauses.low(inside[0] - 2) if inside[0] - 2 >= clauses.first else ""
    return finite[0] if clauses.tokens[finite[0]].dep == "ROOT" and beside not in WORDS.days_own else None


def _finite(clauses: Clauses) -> list[int]:
    return [i for i, t in enumerate(clauses.here, clauses.first) if t.tag in ("VBD", "VBZ", "VBP", "MD")]


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
    said = min(inside, default=clauses.first) - 2
    if said >= clauses.first and clauses.low(said) in WORDS.announcing and clauses.low(said + 1) == "on":
        return said  # "said on Friday it would close the mine", wherever the parser hangs the day
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
        if clauses.low(at) == "from" and through and _will(clauses, clauses.tokens[at].head):
            return clauses.tokens[at].head  # "from 1 June exporters will need a licence"
        if (
            tag not in LINKS
            or (tag in ("IN", "TO") and clauses.low(at) not in WORDS.at)
            or clauses.tokens[at].head == at
        ):
            return None
        at = clauses.tokens[at].head
    return None


def _dates_something_else(clauses: Clauses, verb: int, date: DateRef) -> str:
    """Return what the date dates instead of the verb's happening, or ""."""
    if _counts(clauses, verb, date):
        return "dates a figure, or depends on another event"
    return "may be the day of what is announced" if _may_date_object(clauses, verb, date) else ""


def _may_date_object(clauses: Clauses, verb: int, date: DateRef) -> bool:
    """ "Announced a protest outside the ministry on Friday": the day may be that of the protest."""
    thing = clauses.tree.child(verb, {"dobj"})
    if thing is None or clauses.low(verb) not in WORDS.announcing:
        return False
    return clauses.low(thing) in WORDS.days_own and clauses.tokens[thing].start < date.start


def _will(clauses: Clauses, verb: int) -> bool:
    return any(clauses.low(c) in ("will", "'ll", "’ll") for c in clauses.tree.children[verb])


def _by_mistake(clauses: Clauses, noun: int) -> bool:
    """The parser hangs a day on the nearest noun ("filed for protection in Delaware on Thursday"); few have one."""
    return clauses.tokens[noun].dep in ("dobj", "pobj") and clauses.low(noun) not in WORDS.days_own


def _tells(clauses: Clauses, verb: int) -> str:
    """ "past" or "planned" for a verb that tells of a happening, else ""."""
    token = clauses.tokens[verb]
    children = [clauses.low(c) for c in clauses.tree.children[verb]]
    helpers = [clauses.low(c) for c in clauses.tree.children[verb] if clauses.tokens[c].dep in ("aux", "auxpass")]
    if clauses.low(verb) in WORDS.no_happening or any(c in WORDS.never for c in children):
        asking = clauses.low(verb) == "asked" and "for" in children
        if not asking or any(c in WORDS.never for c in children):
            return ""  # "asked the court for help" is a deed, "asked whether" speech
    subject, object_ = clauses.tree.child(verb, SUBJECTS), clauses.tree.child(verb, {"dobj"})
    if subject is not None and "no" in {clauses.low(c) for c in clauses.tree.children[subject]}:
        return ""
    thing = clauses.low(object_) if object_ is not None else ""
    if (thing in WORDS.talk and clauses.low(verb) in WORDS.talking) or (
        thing in WORDS.happenings and clauses.low(verb) in WORDS.put_off
    ):
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
        aside = clauses.tokens[here.verb].dep not in (*MAIN, "ccomp") and here.stands
        alone = here.stands and (aside or not whole or len({h.verb for h in found}) > 1)
        if not alone and (not whole or aside):
            yield here.date, "clause that cannot be understood alone, in a long sentence"
            continue
        first, last = (here.first, here.last) if alone else (clauses.first, clauses.last - 1)
        start, end = clauses.tokens[first].start, clauses.tokens[last].end
        if not _says_who(clauses, here, any(n.start < end and n.end > start for n in _near(actors, start, end))):
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


def _says_who(clauses: Clauses, here: Happening, acting: bool) -> bool:
    """Names somebody, or tells to the day what befell a thing that the sentence names or points out: "the trawler"."""
    if acting:
        return True
    tokens, subject = clauses.tokens, clauses.tree.child(here.verb, SUBJECTS)
    in_noun = tokens[here.verb].dep in NOUN_CLAUSES
    things = {tokens[here.verb].head if in_noun else subject, subject} - {None}
    return _to_the_day(here.date) and any(
        tokens[thing].tag.startswith("NNP")
        or (tokens[thing].tag in NOUNS and "the" in {clauses.low(c) for c in clauses.tree.children[thing]})
        for thing in things
        if thing is not None
    )


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
