"""Does the sentence around a date look back or ahead? "met on Friday" is last Friday, "will meet" the next.

The date's words hang on a verb; that verb's tense and its auxiliaries answer. Built once an article:
climbing is bounded, so the time stays linear in the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.facts.dates.words import WORDS
from briefing.facts.tokens import Line
from briefing.model import Analysis, Token

PAST, FUTURE, PRESENT, UNKNOWN = "past", "future", "present", ""
OPEN = "open"  # on which side it lies, the words do not say: "moved from Tuesday to Friday"
NEAREST = "nearest"  # a day on which something is held: tomorrow rather than six days ago
PERHAPS_PAST = "perhaps past"  # a month beside a noun: "spoke of a cut in September"
DEFERRED_STEPS = 4  # from a day up to "postponed": through a preposition and "next week"
SUBJECT_REACH = 6  # words from a verb back to its subject
CONJUNCT_REACH = 12  # words from a verb to one joined by "but"
STEPS = 10  # how far up the tree a date's verb may be
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
        self.happened: set[int] = set()  # nouns with a clause in the past: "a meeting that lasted five hours"
        for token in analysis.tokens:
            if token.dep in ("aux", "auxpass", "neg"):
                self.helpers.setdefault(token.head, []).append(token.text.lower())
            elif token.dep == "relcl" and token.tag == "VBD":
                self.happened.add(token.head)

    def around(self, token: int, near: bool = False) -> str:
        """The direction of the words on which the token at this index hangs. For a `near` date the
        present is ahead: "they meet Friday"."""
        if token >= 0 and self.tokens[token].dep in ("compound", "poss"):
            return self._of_event(token)
        at = token
        subject = held = ended = False  # did the climb go through a subject, what is held on a day, an outcome?
        for _ in range(STEPS):
            if at < 0:
                return UNKNOWN
            here = self.tokens[at]
            answer = self._of(at) if at != token else UNKNOWN
            if answer == FUTURE and subject and self.tokens[at].tag == "VB":
                return UNKNOWN  # "pictures of the fire Tuesday will haunt": the verb says little of what was
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
        """Does a verb above the date say "will"?"""
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
        """What the word above an infinitive says of its time; None where the infinitive itself does."""
        governor = self.tokens[token.head]
        if token.dep == "pcomp":
            return UNKNOWN  # "clashed over how to tell it Friday": the verb above tells
        if governor.text.lower() in WORDS.implied:
            return PAST  # "failed to meet Friday"
        if governor.tag == "JJ" and governor.text.lower() not in WORDS.ahead:
            return UNKNOWN  # "found it hard to ship ore": the verb above tells
        return None

    def _of_form(self, token: Token, helpers: Sequence[str]) -> str:
        """The time that the form of a verb and its helpers tell."""
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
        """ "Flew to Rome to see him Friday": the purpose of what is past was pursued then."""
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
        """The "set" of "a summit set for Thursday"."""
        return self.tokens[verb].tag == "VBN" and self.tokens[verb].dep == "acl" and verb not in self.helpers

    def went_on(self, verb: int) -> bool:
        """ "Was planned for Monday but drew nobody": what follows has happened."""
        after = self.tokens[verb + 1 : verb + CONJUNCT_REACH]
        return any(t.dep == "conj" and t.head == verb and t.tag == "VBD" for t in after)

    def hangs_on_noun(self, token: int) -> bool:
        """The September of "the vote on fees in September", of which the verb says little."""
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
