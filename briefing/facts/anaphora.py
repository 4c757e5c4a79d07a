"""What a sentence leaves to the sentences before it: "He said", "announced this", "the company", "Mr. Holm".

anaphora.leans(sentence)   -> whether only the sentence before explains it
anaphora.needs(sentence)   -> words for whom or what a reader must have met: {"holm", "company"}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing.facts.tokens import Tree
from briefing.lexicon import load
from briefing.model import Analysis, Entity, Sentence

GRAMMAR = load("grammar", dict[str, frozenset[str]])
WORD = re.compile(r"[^\W\d_][\w-]*")


def _opening(use: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(GRAMMAR[use]))})\b", re.IGNORECASE)


LEANING = _opening("leaning")  # words that point back: "He said", "This is", "Two days later"
JOINING = _opening("joining")  # words that only join on: the sentence behind them stands by itself
IMPERSONAL = re.compile(  # "It is reported that": this "it" stands for nothing told before
    r"it (?:is|was|has been|seems|appears) (?:\w+ly )?(?:that|(?:\w+ed|said|known|thought|learnt|worth \w+|"
    r"(?:un)?(?:clear|important|likely|possible|necessary))(?: (?:by|in|on|from|at) [\w' ]{1,40}?)?"
    r" (?:that|to|whether|how|why))\b",
    re.IGNORECASE,
)
BACK = re.compile(  # words anywhere in a sentence that only what was told before explains
    r"\b(?:therefore|thus)\b|\bsuch (?!as\b|an?\b)\w+s (?:are|is|were|was|have|has|had)\b"
    r"|\bthe same (?!day|time|year|month|week)\w+(?:[.,;]| (?:are|is|were|was|have|has|had|will)\b)"
    r"|\bhere\b(?! (?:on|in|at)\b)|\bin turn\b|\bat th(?:e|at) time\b(?! of\b)"
    r"|['’]s (?:was|were|is|are|had|has) (?:\w+ed|cut|set|made|put)\b",
    re.IGNORECASE,
)
DEMONSTRATIVE = frozenset({"this", "that", "these", "those"})
PEOPLE = frozenset({"he", "she", "they"})
OBJECT = frozenset({"dobj", "pobj", "dative"})
MEANT = {"it": ("NN", "NNP"), "them": ("NNS", "NNPS", "CC"), "him": ("NN", "NNP"), "her": ("NN", "NNP")}
EXPLAINING = frozenset({"of", "for", "in", "at", "on", "who", "which", "that", "with", "from", "to"})
SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj"})
HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady"})
PARTS, TIMES, UNIQUE = GRAMMAR["parts"], GRAMMAR["times"], GRAMMAR["unique"]
STANDING_FOR = GRAMMAR["standing_for"]


class Anaphora:
    """Asked for each sentence of one article."""

    def __init__(self, analysis: Analysis, tree: Tree, names: Sequence[Entity]) -> None:
        self.analysis = analysis
        self.tree = tree
        self.people = [n for n in names if n.label == "PERSON"]

    def leans(self, sentence: Sentence) -> bool:
        """Begins by pointing back, or has a word for something told before as its subject or object."""
        tokens, tree = self.analysis.tokens, self.tree
        opening = self.analysis.text[sentence.start : sentence.end].lstrip("\"“‘«„'([")
        if IMPERSONAL.match(opening):
            return False
        joined = JOINING.match(opening)
        behind = opening[joined.end() :].lstrip(" ,") if joined else opening
        if LEANING.match(behind) and not (joined and behind.startswith("there ")):
            return True  # also "But those voters ..."
        subjects = [i for i in range(sentence.first, sentence.last) if tokens[i].dep in SUBJECT]
        if BACK.search(opening) or (subjects and self._stands_for(subjects[0])):
            return True
        for i in subjects:
            head = tokens[tokens[i].head].dep
            if tree.low(i) in PEOPLE and head == "ROOT":
                return True
            if tokens[i].tag == "PRP" and head == "parataxis":
                return True  # "The quotas, it said, were too low."
        return any(self._points_back(sentence, i) for i in range(sentence.first, sentence.last))

    def _stands_for(self, i: int) -> bool:
        """ "They", "some" and "the two" as a subject, but not "some of the ore"."""
        low = self.tree.low(i)
        if low in STANDING_FOR:
            return True
        alone = self.tree.low(i + 1) not in {"of", "who", "in"}
        return alone and (low in PARTS or (self.tree.tag(i) == "CD" and self.tree.low(i - 1) == "the"))

    def _points_back(self, sentence: Sentence, i: int) -> bool:
        """ "Some friends called it a slip", "announced this", "that debt": nothing told before it is meant."""
        token, tree = self.analysis.tokens[i], self.tree
        low = tree.low(i)
        if token.tag == "DT" and low in DEMONSTRATIVE:
            if token.dep in OBJECT:  # but "that of Norway" and "those who" are explained by what follows
                return i + 1 >= sentence.last or tree.low(i + 1) not in EXPLAINING
            return token.dep == "det" and self._is_demonstrative(sentence, i)
        if token.tag != "PRP" or low not in MEANT:
            return False
        if not (token.dep in OBJECT or self.analysis.tokens[token.head].tag.startswith("N")):
            return False
        own = self._never_meant(i)
        if low == "it":
            own.update(j for n in self.people for j in range(n.first, n.last))
        before = [j for j in range(sentence.first, i) if j not in own]
        return not any(tree.tag(j) in MEANT[low] and self.analysis.tokens[j].dep != "poss" for j in before)

    def _is_demonstrative(self, sentence: Sentence, i: int) -> bool:
        """ "that debt", "those talks", but not "this year" nor "those plants that"."""
        noun = self.analysis.tokens[i].head
        if self.tree.low(noun) in TIMES or i == sentence.first:
            return i == sentence.first and self.tree.low(noun) not in TIMES
        explained = any(self.analysis.tokens[c].dep in ("relcl", "acl", "prep") for c in self.tree.children[noun])
        return noun > i and not explained

    def _never_meant(self, i: int) -> set[int]:
        """What an object pronoun cannot mean: subject and object of its verb, the noun before it ("pride in it")."""
        at, found = self.analysis.tokens[i].head, set()
        while self.analysis.tokens[at].tag[:2] not in ("VB", "MD") and self.analysis.tokens[at].head != at:
            found.add(at)
            at = self.analysis.tokens[at].head
        for other in self.tree.children[at]:
            if (
                self.analysis.tokens[other].dep in {*SUBJECT, "dobj"}
                and not self.tree.left[other] <= i < self.tree.right[other]
            ):
                found.update(range(self.tree.left[other], self.tree.right[other]))
        return found

    def needs(self, sentence: Sentence) -> frozenset[str]:
        """Return the surnames that stand alone and the nouns of bare definite subjects, in lower case."""
        return frozenset([*self._bare_surnames(sentence), *self._bare_subjects(sentence)])

    def _bare_surnames(self, sentence: Sentence) -> Iterator[str]:
        """ "Holm said", "Mr. Holm said", but not "President Holm said" nor "her brother Jon"."""
        here = [n for n in self.people if sentence.start <= n.start < sentence.end]
        full = {w for n in here if n.last - n.first > 1 for w in words_of(self.analysis.text[n.start : n.end])}
        for name in here:
            token, before = self.analysis.tokens[name.last - 1], self.tree.low(name.first - 1)
            introduced = self.tree.tag(name.first - 1).startswith("N") and before.rstrip(".") not in HONORIFICS
            acts = token.dep in SUBJECT or token.dep == "poss"
            if name.last - name.first == 1 and acts and not introduced:
                yield from (w for w in words_of(token.text) if w not in full)

    def _bare_subjects(self, sentence: Sentence) -> Iterator[str]:
        """ "The company said", not "the company that runs the mine" nor "the government"."""
        for i in range(sentence.first, sentence.last):
            token = self.analysis.tokens[i]
            main = token.dep in SUBJECT and self.analysis.tokens[token.head].dep == "ROOT"
            if not main or token.tag not in ("NN", "NNS") or self.tree.low(i) in UNIQUE:
                continue
            rest = [c for c in self.tree.children[i] if self.tree.low(c) != "the"]
            if len(rest) < len(self.tree.children[i]) and all(self.analysis.tokens[c].dep == "punct" for c in rest):
                yield self.tree.low(i)
                return


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without possessive endings."""
    return [w.lower() for w in WORD.findall(text)]
