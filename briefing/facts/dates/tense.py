"""What the sentence around a date says about it: does it look back or ahead, or name no day at all?

"Met on Friday" is last Friday, "will meet" the next; "is shut on Saturday" and "today's engineers" mean no day. The
date's words depend on a verb, whose tense and auxiliaries answer. `Tenses` is made once per article; how far it climbs
is bounded, so the time stays linear in the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.facts.dates.scan import Expression
from briefing.facts.dates.words import WORDS, Moved, Weekday
from briefing.facts.tokens import Line
from briefing.model import Analysis, Token

PAST, FUTURE, PRESENT, UNKNOWN = "past", "future", "present", ""
OPEN = "open"  # before or after, the words do not say: "moved from Tuesday to Friday"
NEAREST = "nearest"  # a day on which something is held: tomorrow rather than six days ago
OVER = "over"  # and by less than a year: "the quarter ended Oct. 31"
PERHAPS_PAST = "perhaps past"  # a month beside a noun: "spoke of a cut in September"
DEFERRED_STEPS = 4  # from a day up to "postponed": through a preposition and "next week"
SUBJECT_REACH = 6  # words from a verb back to its subject
CONJUNCT_REACH = 12  # words from a verb to one joined by "but"
STEPS = 10  # most steps up the tree to a date's verb
MODALS = frozenset(
    {"will", "'ll", "’ll", "shall", "would", "could", "should", "may", "might", "must", "can", "to", "wo"}
)
SURE = frozenset({"will", "'ll", "’ll", "shall", "wo"})
PERFECT = frozenset({"has", "have", "had", "'ve", "’ve", "was", "were", "'d", "’d", "did", "been"})
PROGRESSIVE = frozenset({"is", "are", "am", "'s", "’s", "'re", "’re", "'m", "be"})


class Tenses:
    def __init__(self, analysis: Analysis) -> None:
        self.tokens = analysis.tokens
        self.helpers: dict[int, list[str]] = {}
        self.marks: dict[int, int] = {}  # the "that" of a verb's clause
        self.happened: set[int] = set()  # nouns with a clause in the past: "a meeting that lasted five hours"
        for number, token in enumerate(analysis.tokens):
            if token.dep in ("aux", "auxpass", "neg"):
                self.helpers.setdefault(token.head, []).append(token.text.lower())
            elif token.dep == "mark":
                self.marks[token.head] = number
            elif token.dep == "relcl" and token.tag == "VBD":
                self.happened.add(token.head)

    def around(self, token: int, near: bool = False) -> str:
        """Return the direction of the words above a token.

        For a `near` date, the present looks ahead: "they meet Friday".
        """
        if token >= 0 and self.tokens[token].dep in ("compound", "poss"):
            return self._of_event(token)
        at = token
        subject = held = ended = False  # whether the climb passed a subject, something held on a day, an outcome
        for _ in range(STEPS):
            if at < 0 or self.marks.get(at, -1) > token:
                return UNKNOWN  # "glossed over warnings on Thursday that it could do harm": outside the clause of "do"
            here = self.tokens[at]
            answer = self._of(at) if at != token else UNKNOWN
            if answer == FUTURE and subject and self.tokens[at].tag == "VB":
                return UNKNOWN  # "pictures of the fire Tuesday will haunt": the verb does not date the fire
            if near and (subject or ended) and answer == PRESENT:
                return PAST  # "the fire on Sunday leaves 40 families without work"
            if near and at != token and at in self.happened and here.tag.startswith("NN"):
                return PAST
            if answer:
                ahead = here.text.lower() not in WORDS.telling or self._is_scheduled(at)
                return FUTURE if near and answer == PRESENT and ahead else answer
            if here.head == at:
                return UNKNOWN
            if here.dep in ("nsubj", "nsubjpass") and here.tag.startswith("NN") and at != token:
                subject = not held and here.text.lower() not in WORDS.scheduled
                ended = here.text.lower() in WORDS.outcomes
            held = held or here.text.lower() in WORDS.scheduled
            at = here.head
        return UNKNOWN

    def is_sure(self, token: int) -> bool:
        """Tell whether a verb above the date has "will"."""
        for _ in range(STEPS):
            if token < 0 or any(h in SURE for h in self.helpers.get(token, ())):
                return token >= 0
            token = self.tokens[token].head if self.tokens[token].head != token else -1
        return False

    def _is_scheduled(self, verb: int) -> bool:
        """ "The talks are on Monday"."""
        before = self.tokens[max(0, verb - SUBJECT_REACH) : verb]
        return any(t.head == verb and t.dep == "nsubj" and t.text.lower() in WORDS.scheduled for t in before)

    def _of_event(self, token: int) -> str:
        """ "A June agreement": the verb says nothing about June. "Will speak at Friday's summit": what is held on a
        day lies ahead with it; "spoke before Friday's summit" leaves open on which side."""
        event = self.tokens[token].head
        if self.tokens[event].text.lower() not in WORDS.scheduled:
            return UNKNOWN
        at = event
        for _ in range(STEPS):
            if self.tokens[at].head == at:
                break
            at = self.tokens[at].head
            if self.tokens[at].tag.startswith(("VB", "MD")):
                return FUTURE if self._surely_ahead(at) else NEAREST
        return NEAREST

    def _surely_ahead(self, at: int) -> bool:
        """ "Will win", "expect her to win"; not "might win", "is raising"."""
        token, helpers = self.tokens[at], self.helpers.get(at, ())
        if any(h in SURE for h in helpers):
            return True
        if token.tag == "VB" and "to" in helpers:
            at = token.head
        return self._of(at) == FUTURE and self.tokens[at].text.lower() in WORDS.ahead

    def _of(self, at: int) -> str:
        token = self.tokens[at]
        helpers = self.helpers.get(at, ())
        infinitive = token.tag == "VB" and "to" in helpers
        if infinitive and (self._had_been(token.head) or self._served_what_was_done(at)):
            return PAST
        if token.text.lower() in WORDS.ahead and token.tag[:2] in ("VB", "JJ"):
            above = self.helpers.get(token.head, ()) if token.tag == "JJ" else ()
            return PAST if "had" in helpers or "had" in above else FUTURE
        governed = self._of_governor(token) if infinitive else None
        return self._of_form(token, helpers) if governed is None else governed

    def _of_governor(self, token: Token) -> str | None:
        """Return the time that the word above an infinitive gives it; None if the infinitive itself decides."""
        governor = self.tokens[token.head]
        if token.dep == "pcomp":
            return UNKNOWN  # "clashed over how to say it Friday": the verb above decides
        if governor.text.lower() in WORDS.implied:
            return PAST  # "failed to meet Friday"
        if governor.tag == "JJ" and governor.text.lower() not in WORDS.ahead:
            return UNKNOWN  # "found it hard to ship ore": the verb above decides
        return None

    def _of_form(self, token: Token, helpers: Sequence[str]) -> str:
        """Return the time of a verb's form and its auxiliaries."""
        low = token.text.lower()
        modal = not MODALS.isdisjoint(helpers)
        denied = "could" in helpers and ("not" in helpers or "n't" in helpers)  # "could not be reached Friday"
        if denied or (modal and low == "have"):  # "he did not win as he could have Tuesday"
            return PAST
        if modal:
            return PAST if "have" in helpers or "'ve" in helpers else FUTURE
        if token.tag == "VBD" or not PERFECT.isdisjoint(helpers):
            return PAST
        if token.tag == "VBN":
            return PAST if not helpers or token.dep != "ROOT" else PRESENT
        if token.tag == "VBG":
            return FUTURE if not PROGRESSIVE.isdisjoint(helpers) else UNKNOWN
        return PRESENT if token.tag in ("VBZ", "VBP") and low not in WORDS.unchanged else UNKNOWN

    def _had_been(self, governor: int) -> bool:
        """ "Had been scheduled to sail Friday", "had been due to sail Friday"."""
        above = self.tokens[governor].head if self.tokens[governor].tag == "JJ" else governor
        return "had" in self.helpers.get(governor, ()) or "had" in self.helpers.get(above, ())

    def _served_what_was_done(self, at: int) -> bool:
        """ "Flew to Rome to see him Friday": the purpose of a past act is past."""
        governor = self.tokens[self.tokens[at].head]
        return self.tokens[at].dep == "advcl" and governor.tag == "VBD" and governor.text.lower() not in WORDS.ahead

    def deferred(self, token: int) -> str:
        """ "Was postponed until Monday" looks ahead, whatever its tense; "was moved from Tuesday to Friday" leaves
        the Tuesday open, "had been postponed until Monday" everything."""
        by = self.tokens[token].head
        word = self.tokens[by].text.lower()
        if token < 0 or by == token or not (word in WORDS.deferred_to or word == "from"):
            return UNKNOWN
        at = by
        for _ in range(DEFERRED_STEPS):
            if self.tokens[at].dep in ("nsubj", "nsubjpass"):
                return UNKNOWN
            at = self.tokens[at].head
            here = self.tokens[at]
            if here.text.lower() in WORDS.deferring and here.tag.startswith(("VB", "JJ", "NN")):
                return OPEN if word == "from" or "had" in self.helpers.get(at, ()) else FUTURE
            if here.tag.startswith(("VB", "MD")):
                return UNKNOWN
        return UNKNOWN

    def is_bare_participle(self, verb: int) -> bool:
        """Tell whether it is a bare participle: the "set" of "a summit set for Thursday"."""
        return self.tokens[verb].tag == "VBN" and self.tokens[verb].dep == "acl" and verb not in self.helpers

    def went_on(self, verb: int) -> bool:
        """ "Was planned for Monday but drew nobody": what follows has happened."""
        after = self.tokens[verb + 1 : verb + CONJUNCT_REACH]
        return any(t.dep == "conj" and t.head == verb and t.tag == "VBD" for t in after)

    def hangs_on_noun(self, token: int) -> bool:
        """Tell whether a date belongs to a noun, so that the verb says little: "the vote on fees in September"."""
        at = token
        for _ in range(3):
            if at < 0 or self.tokens[at].head == at:
                return False
            at = self.tokens[at].head
            if self.tokens[at].tag.startswith("NN"):
                return True
            if self.tokens[at].tag.startswith(("VB", "MD")):
                return False
        return False


def points_ahead(line: Line, i: int) -> bool:
    """ "ahead of Tuesday's vote", "by Friday", "starting Monday"."""
    before = line.low(i - 1)
    return before in WORDS.leading or (before == "of" and line.low(i - 2) == "ahead")


# --- words that mean no day -------------------------------------------------------------------


NOW = frozenset({"is", "are", "'s", "’s", "does", "do", "never", "not", "n't"})
# A reason behind the day of a closure makes it a single day.
REASONS = frozenset({"because", "for", "due", "as", "while", "owing", "after", "to", "following", "amid"})
INDEFINITE = frozenset({"a", "an", "any", "no", "every"})
OPENING = frozenset({"“", '"', "‘", "'", "but", "and", "yet", "so", "(", "—", "-"})


def means_no_day(line: Line, here: Expression, tenses: Tenses) -> bool:
    """Tell whether words that look like a day mean none: a habit, these times, the time to come."""
    token = line[here.last - 1].token
    if token < 0:
        return False
    if isinstance(here.meaning, Weekday):
        return here.meaning.turn is None and not here.meaning.weeks and _is_habit(line, here, tenses)
    if not isinstance(here.meaning, Moved) or here.last != here.first + 1:
        return False
    if line.low(here.first) == "tomorrow":
        return _is_time_to_come(line, here.first, tenses)
    return line.low(here.first) == "today" and _is_our_time(line, here.first, tenses)


# --- habits ----------------------------------------------------------------------------------


def _is_habit(line: Line, here: Expression, tenses: Tenses) -> bool:
    """ "A library that is shut on Saturday is no use", "is open on Sunday"; a single day's closure has a reason."""
    tokens = tenses.tokens
    at = _verb_above(tokens, line[here.last - 1].token)
    verb = tokens[at]
    helpers = tenses.helpers.get(at, ())
    if verb.tag in ("VBD", "VBG", "MD") or not NOW.issuperset(helpers):
        return False
    present = verb.tag in ("VBZ", "VBP") or "is" in helpers or "are" in helpers or "does" in helpers or "do" in helpers
    if not present:
        return False
    if verb.dep == "relcl":
        return _is_of_any(tokens, verb.head)
    if line.low(here.last) in REASONS:
        return False
    state = any(t.head == at and t.dep == "acomp" and t.text.lower() in WORDS.shut for t in tokens[at + 1 : at + 4])
    return state or (verb.tag == "VBN" and verb.text.lower() in WORDS.shut)


def _verb_above(tokens: tuple[Token, ...], token: int) -> int:
    """Return the verb that governs a day, through "night" and "on"."""
    for _ in range(4):
        if tokens[token].tag.startswith(("VB", "MD")) or tokens[token].head == token:
            break
        token = tokens[token].head
    return token


def _is_of_any(tokens: tuple[Token, ...], noun: int) -> bool:
    """Tell whether it is "a library" in a sentence about what is always so."""
    if tokens[noun].text.lower() in WORDS.scheduled:
        return False
    if not any(t.head == noun and t.text.lower() in INDEFINITE for t in tokens[max(0, noun - 4) : noun]):
        return False
    above = tokens[tokens[noun].head]
    return tokens[noun].dep in ("nsubj", "attr") and above.tag in ("VBZ", "VBP")


# --- "tomorrow" and "today" ------------------------------------------------------------------


def _is_time_to_come(line: Line, i: int, tenses: Tenses) -> bool:
    """ "Tomorrow's engineers", "the leaders of tomorrow", "We would not build one tomorrow"."""
    token = line[i].token
    above = tenses.tokens[tenses.tokens[token].head]
    if line.low(i + 1) in ("'", "’") and line.low(i + 2) == "s":
        return above.text.lower() in WORDS.eras
    if line.low(i - 1) == "of" and line[i - 2].tag.startswith("NN"):
        return line.low(i - 2) not in ("middle", "end", "start", "beginning", "morning", "evening", "afternoon")
    at = _verb_above(tenses.tokens, token)
    helpers = tenses.helpers.get(at, ())
    if "would" not in helpers and "could" not in helpers and "'d" not in helpers:
        return False
    conditional = any(word.low == "if" or (word.low == "would" and "could" in helpers) for word in line.pieces)
    return ("could" not in helpers and _is_quoted(line, i)) or conditional


def _is_quoted(line: Line, i: int) -> bool:
    """Tell whether a word is in quotation marks of its sentence, also without a closing one."""
    marks = [word.low for word in line.pieces[:i] if word.low in ("“", "”", '"')]
    return bool(marks) and (marks[-1] == "“" or (marks[-1] == '"' and len(marks) % 2 == 1))


def _is_our_time(line: Line, i: int, tenses: Tenses) -> bool:
    """ "Today's children", "what is today Norland", "Today the town appears on every map"."""
    here = tenses.tokens[line[i].token]
    above = tenses.tokens[here.head]
    if line.low(i + 1) in ("'", "’") and line.low(i + 2) == "s":
        return above.text.lower() in WORDS.eras
    if line.low(i - 1) in ("is", "are") and line[i + 1].tag.startswith(("NNP", "DT", "JJ", "CD")):
        return True
    if i > 1 or (i == 1 and line.low(0) not in OPENING) or here.dep.startswith(("nsubj", "poss")):
        return False
    helpers = tenses.helpers.get(here.head, ())
    plain = above.tag in ("VBZ", "VBP") and not any(h in MODALS | PERFECT | PROGRESSIVE for h in helpers)
    return plain and above.text.lower() not in WORDS.happening | WORDS.ahead
