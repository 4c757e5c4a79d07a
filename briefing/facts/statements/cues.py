"""Page -> Cue: the words that may attribute something to somebody. Nothing is decided here.

Bolt said the roof leaks.       verb      said
Bolt's claim that it leaks      noun      claim
Bolt is sure that it leaks.     adjective sure
according to Bolt               according
in the latest poll              poll      in
Bolt: Council will not pay      colon     :
The roof reportedly leaks.      adverb    reportedly
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.facts.statements.page import Page, tail
from briefing.facts.statements.words import lexicon, stem
from briefing.facts.syntax import SUBJECTS

NOUN_TAILS = frozenset({"acl", "ccomp", "relcl", "prep", "poss", "xcomp"})
TAIL_GROUPS = frozenset({"say", "write", "inform", "argue", "show"})
TAIL_STARTS = frozenset({"DT", "PRP$", "NN", "NNS", "NNP", "NNPS", "JJ", "CD"})
COLON_SOURCE = 14  # tokens before a colon that can name a speaker


@dataclass(frozen=True, slots=True)
class Cue:
    head: int
    last: int  # one past the last token of the cue's own words ("pointed out")
    kind: str  # verb, noun, adjective, according, colon, adverb, tail
    word: str  # stem of the head


def find_cues(page: Page) -> Iterator[Cue]:
    words = lexicon()
    tree = page.tree
    ends = {i for s in page.analysis.sentences for i in range(max(s.first, s.last - 2), s.last)}
    for i, token in enumerate(page.tokens):
        first = token.tag[:1]
        if i in page.dateline:  # "(reported by Ada Bolt)"
            continue
        if i in ends and first in "VN" and _is_tail(page, i):
            yield Cue(i, i + 1, "tail", stem(token.text))
            continue
        if first == "V":
            if is_impersonal(page, i):  # "it is worth noting that ...": nobody notes it
                continue
            if page.words[i] == "according" and i + 1 < len(page.tokens) and page.words[i + 1] == "to":
                if not any(page.words[c] in words.measures for c in tree.children[i + 1]):
                    yield Cue(i, i + 2, "according", "according")
            elif token.dep not in ("aux", "auxpass"):
                yield Cue(i, _particle(page, i), "verb", _verb(token.text))
        elif first == "N":
            word = stem(token.text)
            if word in words.nouns and any(page.tokens[c].dep in NOUN_TAILS for c in tree.children[i]):
                yield Cue(i, i + 1, "noun", word)
            elif word in words.groups and token.dep in ("ROOT", "ccomp", "conj", "parataxis", "advcl"):
                yield Cue(i, _particle(page, i), "verb", word)
        elif first == "J":
            if page.words[i] in words.adjectives and tree.children[i] and token.dep != "amod":
                yield Cue(i, i + 1, "adjective", page.words[i])
        elif first == "I" and (noun := _view(page, i)) is not None:
            polled = page.words[noun] in words.polls
            yield Cue(i, i + 1, "poll", page.words[i]) if polled else Cue(i, noun + 1, "according", "according")
        elif token.text in (":", "：") and not _reports(page, i):
            yield Cue(i, i + 1, "colon", ":")
        elif page.words[i] in words.adverbs:
            yield Cue(i, i + 1, "adverb", page.words[i])


def is_impersonal(page: Page, verb: int) -> bool:
    """ "It is worth noting that ...": nobody notes it, and what follows is as good as a sentence of its own."""
    return page.words[page.tokens[verb].head] == "worth"


def _view(page: Page, preposition: int) -> int | None:
    """The noun of "in Bolt's view", "in the words of Bolt"."""
    if page.words[preposition] not in ("in", "by"):
        return None
    noun = page.tree.child(preposition, ("pobj",))
    if noun is not None and page.words[noun] in lexicon().polls:
        return noun  # in the latest poll
    if noun is None or page.words[noun] not in lexicon().views:
        return None
    owned = any(page.tokens[c].dep == "poss" or page.words[c] == "of" for c in page.tree.children[noun])
    return noun if owned else None


def _is_tail(page: Page, i: int) -> bool:
    """A reporting verb without a subject that ends its sentence after a comma and a name: the parser, or the
    tagger ("..., the customs data show."), got lost over what plainly attributes all that stands before."""
    if page.quoted[i] >= 0:
        return False
    if TAIL_GROUPS.isdisjoint(lexicon().groups.get(stem(page.tokens[i].text), ())):
        return False
    comma = tail(page, i)
    if (
        comma is None
        or (page.tokens[i].tag[:1] == "N" and not _for_a_verb(page, i, comma))
        or _has_subject(page, i, comma)
    ):
        return False
    return any(page.tokens[k].tag[:1] == "N" for k in range(comma + 1, i)) and (
        page.tokens[comma + 1].tag in TAIL_STARTS
    )


def _for_a_verb(page: Page, i: int, comma: int) -> bool:
    """Was a verb taken for a noun: "..., the fact sheet states.", not "..., Ferland and Sull states."?"""
    words = lexicon()
    if page.words[i - 1] in words.records | words.polls | words.sources:  # "..., customs data show."
        return True
    owned = page.tokens[comma + 1].tag in ("DT", "PRP$") and page.tokens[i - 1].tag[:1] == "N"
    return owned and not page.names[i] and page.tokens[i].text[:1].islower()


def _has_subject(page: Page, verb: int, comma: int) -> bool:
    """Has the verb a subject of its own: not one behind whose whole clause the comma stands?"""
    subject = page.tree.child(verb, SUBJECTS)
    low = page.analysis.sentences[page.tokens[verb].sentence].first
    return subject is not None and (subject > comma or page.finite_before[low] == page.finite_before[comma])


def _verb(word: str) -> str:
    """The verb's stem; a capitalised word that is no known verb may be a name, which no weight may know."""
    found = stem(word)
    return found if word[:1].islower() or found in lexicon().groups else "other"


def _reports(page: Page, colon: int) -> bool:
    """Does a reporting verb lead up to the colon? Then the verb is the cue: "The report stated bluntly: ..."."""
    groups, run_on = lexicon().groups, lexicon().run_on
    low = max(page.analysis.sentences[page.tokens[colon].sentence].first, colon - COLON_SOURCE)
    return any(
        page.tokens[i].tag in ("VBD", "VBZ", "VBP", "VBN", "VBG")
        and page.quoted[i] < 0
        and ((word := stem(page.words[i])) in groups or word in run_on)
        for i in range(low, colon)
    )


def _particle(page: Page, i: int) -> int:
    """One past the verb and its particle: "pointed out"."""
    if i + 1 < len(page.tokens) and page.tokens[i + 1].dep == "prt" and page.tokens[i + 1].head == i:
        return i + 2
    return i + 1
