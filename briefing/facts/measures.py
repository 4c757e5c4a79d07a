"""What a figure counts and whose it is, from the syntax around it.

In:  the tokens a figure covers.
Out: the span of the words that say what is counted ("global refining production"), and of those that say
     whose it is ("China"); None where the sentence does not say.

    "China is the largest producer, accounting for 90% of global refining production."
    read_context(...).measure -> "global refining production"; .subject -> "China"
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from briefing.facts.lexicon import load
from briefing.facts.numbers import DASHES
from briefing.facts.quantities import CHANGES, TIME
from briefing.facts.syntax import Tree
from briefing.model import Analysis, Entity, Span

_WORDS = load("measures")
COLLECTS = frozenset(_WORDS["collects"])
LEVELS = frozenset(_WORDS["levels"])
NOUNS = frozenset(_WORDS["nouns"])
FRAMES = frozenset(_WORDS["frames"])
EMPTY = frozenset(_WORDS["empty"])
BESIDES = frozenset(_WORDS["besides"])
CONTESTS = frozenset(_WORDS["contests"])
OWNERS = frozenset({"GPE", "ORG", "PERSON", "NORP", "LOC", "FAC"})
BEFORE_NOUN = frozenset({"nummod", "amod", "compound", "nmod", "quantmod", "det", "poss", "npadvmod", "advmod"})
IDIOMS = frozenset(_WORDS["idioms"])
PURPOSES = frozenset({"on", "for", "in", "of"})
OF = frozenset({"of"})
OF_IN = frozenset({"of", "in", "on", "for"})
ARGUMENTS = frozenset({"pobj", "dobj", "nsubj", "nsubjpass"})  # nouns, even where the tagger saw a verb
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
NO_PART = frozenset({"DT", "PRP$", "POS", "CD", "PDT", "WDT", "WP$", "IN", "TO"})
RELATIVES = frozenset({"which", "that", "who"})
LIGHT = frozenset(_WORDS["light"])
FIGURES = frozenset(_WORDS["figures"])
LONGEST = 14  # tokens of a measure: more is a clause, and hostile text nests without end
STEPS = 10  # up from the figure to the verb whose subject is meant


@dataclass(frozen=True, slots=True)
class Context:
    measure: Span | None
    subject: Span | None


class Contexts:
    """Reads the context of one figure after another; what it learns of a verb it keeps."""

    def __init__(self, analysis: Analysis, tree: Tree) -> None:
        self.tokens = analysis.tokens
        self.tree = tree
        self.inside = {i for e in analysis.entities for i in _places(e)}
        self.owner: dict[int, Entity] = {i: e for e in analysis.entities if e.label in OWNERS for i in _places(e)}
        self.owner_names = {i for i, e in self.owner.items() if e.label != "LOC"}
        self.subjects: dict[int, int | None] = {}

    def read(self, first: int, last: int, kind: str) -> Context:
        """The context of the figure of this kind on tokens first..last-1."""
        top = self._top(first, last)
        noun = self._measured(first, last, top, kind)
        outside = noun is not None and not first <= noun < last
        measure = self._phrase(noun, first, last, kind) if noun is not None and outside else None
        whose = self._whose(top, noun, first, last, share=kind in {"percent", "share"}, thing=kind == "count")
        return Context(measure, whose)

    # --- what is counted

    def _top(self, first: int, last: int) -> int:
        """The token of the figure through which it hangs in its sentence."""
        for i in range(last - 1, first - 1, -1):
            head = self.tokens[i].head
            if not first <= head < last or head == i:
                return i
        return last - 1

    def _measured(self, first: int, last: int, top: int, kind: str) -> int | None:
        """The head of the phrase that names what is counted."""
        complement = self._complement(last)
        if complement is not None:
            return complement
        noun = self._modified(top, last)
        if noun is not None:
            return noun
        head, label = self.tokens[top].head, self.tokens[top].dep
        if head == top:
            return None
        if label == "pobj" or (self.tokens[head].tag == "IN" and first > head):
            return self._through_preposition(head)
        if label == "relcl":
            return None
        if label == "appos" and head < first and self._low(first - 1) != "," and self._tag(head).startswith("NN"):
            return head  # "thin margins (around 3 percent)"
        return self._through_verb(head, top, PURPOSES if kind == "money" else PURPOSES - {"in"})

    def _complement(self, last: int) -> int | None:
        """The X of "90% of X", "$5 billion in X", "40 tonnes worth of X"."""
        at = last
        if self._low(at) == "worth":
            at += 1
        if self._low(at) not in {"of", "in", "more", "less"}:
            return None
        if self._low(at) in {"more", "less"}:
            at += 1
            return at if self._tag(at).startswith("NN") else None
        found = self.tree.child(at, {"pobj", "pcomp"})
        if found is None or found <= at or self.tokens[found].sentence != self.tokens[last - 1].sentence:
            return None
        if self._low(at) == "in" and (found in self.inside or not self._is_purpose(found)):
            return None
        return found

    def _modified(self, top: int, last: int) -> int | None:
        """The plant of "a 500 MW plant": a noun to the right that the figure qualifies."""
        at = top
        for _ in range(4):
            if self.tokens[at].dep not in BEFORE_NOUN:
                return None
            head = self.tokens[at].head
            if head == at:
                return None
            if head >= last and self._tag(head).startswith("NN"):
                return head
            at = head
        return None

    def _through_preposition(self, at: int) -> int | None:
        """The capacity of "a capacity of 500 MW"; the output of "output rose to 500 t"."""
        head = self.tokens[at].head
        for _ in range(3):  # "from 3 to 5", "up to 5"
            if self.tokens[head].tag not in {"IN", "TO", "RB", "RP"} or self.tokens[head].head == head:
                break
            head = self.tokens[head].head
        if head == at:
            return None
        if self._tag(head).startswith("NN"):
            return self._unframed(head, at)
        if self._tag(head).startswith("V"):
            obj = self.tree.child(head, {"dobj"})
            return obj if obj is not None and obj < at and self._tag(obj).startswith("NN") else self._subject_of(head)
        return None

    def _unframed(self, noun: int, before: int) -> int | None:
        """ "A total of 500 MW of turbines" counts turbines, not totals."""
        if self._low(noun) not in FRAMES:
            return noun
        for i in self.tree.children[noun]:
            if self.tokens[i].dep == "prep" and i < before and self._low(i) in {"of", "for"}:
                return self.tree.child(i, {"pobj"})
        head = self.tokens[noun].head
        subject = self._subject_of(head) if self._low(head) in LEVELS | CHANGES else None
        return subject if subject is not None else None if self._low(noun) in EMPTY else noun

    def _through_verb(self, verb: int, top: int, purposes: frozenset[str]) -> int | None:
        """Levels and changes measure their subject; what is spent or made measures its purpose."""
        if not self._tag(verb).startswith(("V", "MD")) and self._low(verb) not in {"up", "down", "worth"}:
            return None
        if self._low(verb) == "worth":
            head = self.tokens[verb].head
            return head if self._tag(head).startswith("NN") else self._subject_of(head)
        named = self.tree.child(verb, {"attr"}) if self.tokens[top].dep == "nsubj" else None
        if named is not None and self._tag(named) == "NNS":
            return named  # "10 are employees of the firm"
        if self._low(verb) in COLLECTS and self.tokens[top].dep == "dobj":
            return verb
        if self._low(verb) in LEVELS or self._low(verb) in CHANGES:
            return self._subject_of(verb)
        for i in self.tree.children[verb][:12]:
            if i > top and self.tokens[i].dep == "prep" and self._low(i) in purposes:
                found = self.tree.child(i, {"pobj"})
                if found is not None and found not in self.inside and self._is_purpose(found):
                    return found
        return verb if self.tokens[top].dep in {"dobj", "nsubjpass", "nsubj"} else None

    def _is_purpose(self, noun: int) -> bool:
        return self._tag(noun).startswith("NN") and self._low(noun) not in IDIOMS

    def _phrase(self, noun: int, before: int, after: int, kind: str) -> Span | None:
        """The noun with what stands before it, and its "of": "kinds of elements", "rise in exports"."""
        if self._tag(noun).startswith("V") and self.tokens[noun].dep not in ARGUMENTS:
            heavy = kind in {"money", "count"} and self._low(noun) not in LIGHT
            return self.tree.span(noun, noun + 1) if heavy else None
        if self._low(noun) in FIGURES and noun <= after:  # but "12 collection points"
            return None
        if noun in self.owner and self.owner[noun].label != "NORP" and noun < before:
            return None
        if not self._names_something(noun):
            return None
        first = max(self.tree.left[noun], noun - LONGEST)
        if noun >= after > first:
            first = after
        first = self._inner(first, noun)
        while first < noun and self._low(first) in DASHES:
            first = (
                min(first + 2, noun) if self._glued(first) else first + 1
            )  # the "a-year" of a "$1 million-a-year job"
        last = self._outer(noun, before if noun < before else len(self.tokens))
        if noun < before:
            first = self._of_left(first, noun)
        return self.tree.span(first, last) if first < last <= noun + LONGEST + 1 else self.tree.span(noun, noun + 1)

    def _names_something(self, noun: int) -> bool:
        """No pronoun, number, length of time or adverb: "of those", "100 percent wrong", "a year", "40 - a father"."""
        token = self.tokens[noun]
        if self._low(noun) in TIME or not any(c.isalpha() for c in token.text):
            return False
        return token.tag.startswith(("N", "F")) or (token.dep in ARGUMENTS and token.tag.startswith(("J", "V")))

    def _inner(self, first: int, noun: int) -> int:
        """Leaves out articles, named owners, figures and punctuation before the noun."""
        joined = 0  # behind the "and" nearest to a figure
        for i in range(noun - 1, first - 1, -1):
            tag = self.tokens[i].tag
            if tag == "CD" or self._low(i) in FIGURES:
                if self._low(i + 1) in DASHES:
                    return min(i + 3, noun)  # the "three-year" of a "three-year loan"
                return joined or i + 1  # "8 million crowns and time deposits" are deposits
            if tag == "POS" and i - 1 >= first and i - 1 not in self.owner_names:
                continue  # "the world's reserves"
            if tag == "CC":
                joined = i + 1
                continue
            if self._low(i) in DASHES or (tag == "," and self._tag(i - 1) == "JJ"):
                continue
            if tag in NO_PART or not tag[0].isalpha() or (i in self.owner_names and self._tag(i + 1) == "POS"):
                return i + 1
        return max(first, 0)

    def _of_left(self, first: int, noun: int) -> int:
        """The margin of "a margin of error of 3 points"."""
        of = self.tokens[noun].head
        head = self.tokens[of].head
        if self._low(of) == "of" and of == first - 1 and head == of - 1 and self._tag(head).startswith("N"):
            return head
        return first

    def _outer(self, noun: int, limit: int) -> int:
        """Where the phrase ends: after "of ...", and after "in ..." of a word that asks for it."""
        last = noun + 1
        words = OF_IN if self._low(noun) in NOUNS else OF
        while self._low(last) in words and last < noun + LONGEST:
            found = self.tree.child(last, {"pobj"})
            if (
                found is None
                or not last < found < min(limit, noun + LONGEST)
                or self._tag(found) in NO_PART
                or self._low(found) in FIGURES
            ):
                break
            if self._low(last) != "of" and found in self.inside:
                break
            last, words = found + 1, OF
        return last

    # --- whose it is

    def _whose(self, top: int, noun: int | None, first: int, last: int, *, share: bool, thing: bool) -> Span | None:
        if share and self._low(last) == "of":
            holder = self._clause_subject(top)
            if holder is not None and not first <= holder < last and self._tag(holder).startswith(("NNP", "PRP")):
                return self._owner_of(holder) or self._short_phrase(holder)
        if share and self._low(last) == "for":
            holder = self.tree.child(last, {"pobj"})
            if holder is not None and holder in self.owner:
                return self._name(holder)  # "to 40 percent for Marlow"
        beaten = self._beaten(top, first) if share else None
        if beaten is not None:
            return self._name(beaten)
        if noun is not None and self._tag(noun).startswith("N") and not (noun >= last and noun in self.owner):
            owner = self._owner_of(noun)  # not of "29 New Yorkers": they are what is counted
            if owner is not None:
                return owner
        if thing and self._aside(top):
            return None
        subject = self._clause_subject(top)
        if subject is None or first <= subject < last:
            return None
        if (subject == noun or self._frames(subject, noun)) and not self._tag(subject).startswith("PRP"):
            return self._place_of(self.tokens[subject].head)
        owner = self._owner_of(subject)
        if owner is not None and not self._is_adjective(owner, subject):
            return owner
        return self._short_phrase(subject)

    def _aside(self, top: int) -> bool:
        """ "Told tales of thousands of guests", "spoke before 40 men": what is counted is not the subject's."""
        at, nouns = top, 0
        for _ in range(STEPS):
            token = self.tokens[at]
            if token.head == at or self._tag(token.head).startswith(("V", "MD")):
                return nouns > 2 or (token.dep == "prep" and self._low(at) in BESIDES)
            at = token.head
            nouns += self._tag(at).startswith("N")
        return True

    def _beaten(self, top: int, first: int) -> int | None:
        """The Marlow of "Lind leads Marlow, 50 percent to 40 percent": the second figure is hers."""
        before = self._low(first - 1)
        if before not in DASHES and before != "to":
            return None
        at = top
        for _ in range(STEPS):
            if self._low(at) in CONTESTS:
                found = self.tree.child(at, {"dobj"})
                return found if found is not None and found in self.owner and found < first else None
            if self.tokens[at].head == at:
                return None
            at = self.tokens[at].head
        return None

    def _frames(self, subject: int, noun: int | None) -> bool:
        """ "A total of 17 people fell ill": nobody's total."""
        if self._low(subject) not in FRAMES or noun is None:
            return False
        of = [i for i in self.tree.children[subject] if self._low(i) == "of"]
        return any(self.tree.left[i] <= noun < self.tree.right[i] for i in of)

    def _is_adjective(self, owner: Span, noun: int) -> bool:
        """The "Veltrian" of "Veltrian surgeons treated 30 men": whose it is are the surgeons."""
        return owner.end < self.tokens[noun].start and any(
            self.tokens[i].start == owner.start and self.tokens[i].dep in {"amod", "compound"}
            for i in self.tree.children[noun][:12]
        )

    def _owner_of(self, noun: int) -> Span | None:
        """The name in "China's output", "Chinese exports", "output of China", "the ministry" itself."""
        if noun in self.owner:
            return self._name(noun)
        for i in self.tree.children[noun][:12]:
            label = self.tokens[i].dep
            if label in {"poss", "amod", "compound", "nmod"} and i in self.owner:
                return self._name(i)
            if label == "poss" and self._tag(i) == "PRP$":
                return self.tree.span(i, i + 1)
            if label == "poss" and self._tag(i).startswith("N"):
                return self._short_phrase(i)
            if label in {"prep", "agent"} and self._low(i) in {"of", "in", "by", "from"}:
                found = self.tree.child(i, {"pobj"})
                if found is not None and found in self.owner:
                    return self._name(found)
        return None

    def _place_of(self, verb: int) -> Span | None:
        """The country of "output fell 5% in Peru"."""
        for i in self.tree.children[verb][:12]:
            if self.tokens[i].dep == "prep" and self._low(i) in {"in", "at"}:
                found = self.tree.child(i, {"pobj"})
                if found is not None and found in self.owner:
                    return self._name(found)
        return None

    def _clause_subject(self, at: int) -> int | None:
        """The subject of the clause a token stands in, or of the clause above that lends it."""
        for _ in range(STEPS):
            token = self.tokens[at]
            if at in self.subjects:
                return self.subjects[at]
            if self._tag(at).startswith(("V", "MD")) or token.dep in {"ROOT", "relcl", "acl", "advcl"}:
                found = self._subject_of(at)
                if found is not None:
                    return found
                if token.dep in {"acl", "relcl"} and self._tag(token.head).startswith("N"):
                    return token.head
                if token.dep in {"ccomp"}:
                    return None
            if token.head == at:
                return None
            at = token.head
        return None

    def _subject_of(self, verb: int) -> int | None:
        """The subject of a verb; of a relative clause, the noun it belongs to. Kept: a verb has many figures."""
        if verb not in self.subjects:
            found = self.tree.child(verb, SUBJECTS)
            if found is not None and self._low(found) in RELATIVES and self.tokens[verb].dep == "relcl":
                found = self.tokens[verb].head
            if found is None and self.tokens[verb].dep in {"conj", "xcomp"} and self.tokens[verb].head < verb:
                head = self.tokens[verb].head
                found = self.subjects.get(head) or self.tree.child(head, SUBJECTS)
            if found is None and self.tokens[verb].dep == "acl":
                found = self.tokens[verb].head
            self.subjects[verb] = found
        return self.subjects[verb]

    def _short_phrase(self, noun: int) -> Span | None:
        """The noun and what stands before it; a pronoun as it is; nothing for "it" of weather, "there", numbers."""
        tag = self._tag(noun)
        if not tag.startswith(("N", "PRP")) or self.tokens[noun].dep == "expl" or self._low(noun) in FIGURES:
            return None
        first = max(self.tree.left[noun], noun - LONGEST)
        for i in range(noun - 1, first - 1, -1):
            if self.tokens[i].dep not in {"det", "amod", "compound", "nmod", "poss", "nummod", "case"}:
                first = i + 1
                break
        while first < noun and self._low(first - 1) in DASHES and self._glued(first):
            first += 1  # not "scale market" of "large-scale market"
        return self.tree.span(first, noun + 1)

    def _glued(self, i: int) -> bool:
        return self.tokens[i].start == self.tokens[i - 1].end

    def _name(self, i: int) -> Span:
        entity = self.owner[i]
        return Span(entity.start, entity.end)

    def _low(self, i: int) -> str:
        return self.tokens[i].text.lower() if 0 <= i < len(self.tokens) else ""

    def _tag(self, i: int) -> str:
        return self.tokens[i].tag if 0 <= i < len(self.tokens) else ""


def _places(entity: Entity) -> Iterable[int]:
    return range(entity.first, entity.last)
