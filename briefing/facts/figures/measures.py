"""What a figure counts and whose it is, from the syntax around it.

In:  the tokens a figure covers.
Out: the span of the words that say what is counted ("global refining production"), and of those that say
     whose it is ("China"); None where the sentence does not say.

    "China is the largest producer, accounting for 90% of global refining production."
    read_context(...).measure -> "global refining production"; .subject -> "China"
"""

from __future__ import annotations

from dataclasses import dataclass

from briefing.facts.figures.owners import PEOPLE, SUBJECTS, WORDS, Owners
from briefing.facts.figures.quantities import CHANGES, SHORT, TIME, UNIT_NOUNS
from briefing.facts.figures.quantities import WORDS as FIGURE_WORDS
from briefing.facts.numbers import DASHES, FRACTIONS
from briefing.facts.tokens import Tree
from briefing.model import Analysis, Span

BEFORE_NOUN = frozenset(
    {"nummod", "amod", "compound", "nmod", "quantmod", "det", "poss", "npadvmod", "advmod", "predet"}
)
PURPOSES = frozenset({"on", "for", "in", "of"})
OF = frozenset({"of", "per"})
OF_IN = frozenset({"of", "in", "on", "for", "per"})
ARGUMENTS = frozenset({"pobj", "dobj", "nsubj", "nsubjpass"})  # nouns, even where the tagger saw a verb
CASUALTIES = FIGURE_WORDS.casualties
NO_PART = frozenset({"DT", "PRP$", "POS", "CD", "PDT", "WDT", "WP$", "IN", "TO"})
PERCENTS = frozenset({"percent", "%", "pct", "cent"})
LOSES = frozenset({"lose", "loses", "lost", "losing"})  # "lost the valley 60 percent to 38"
COMPARES = frozenset({"compare", "compares", "comparing"})
MOVES = frozenset({"up", "down", "higher", "lower"})
LONGEST = 14  # tokens of a measure: more is a clause, and hostile text nests without end


@dataclass(frozen=True, slots=True)
class Context:
    measure: Span | None
    subject: Span | None


class Contexts:
    """Reads the context of one figure after another; what it learns of a verb it keeps."""

    def __init__(self, analysis: Analysis, tree: Tree) -> None:
        self.tokens = analysis.tokens
        self.tree = tree
        self._low, self._tag = tree.low, tree.tag
        self.inside = {i for e in analysis.entities for i in range(e.first, e.last)}
        self.owners = Owners(analysis, tree)
        self.owner = self.owners.named
        self.owner_names = {i for i, e in self.owner.items() if e.label != "LOC"}

    def read(self, first: int, last: int, kind: str) -> Context:
        """The context of the figure of this kind on tokens first..last-1."""
        top = self._top(first, last)
        aside = self._beside(first, last)
        if aside is not None:
            return Context(self._phrase(aside, first, last, kind), self.owners.of_noun(aside))
        noun = self._measured(first, last, top, kind)
        outside = noun is not None and not first <= noun < last
        measure = self._phrase(noun, first, last, kind) if noun is not None and outside else None
        if measure is None and noun is not None and outside and not self._owns(noun, first):
            noun = None  # "leads Lind by 9 points": she is not what is counted
        gapped = self.owners.gapped(first, share=kind in {"percent", "share"})
        if gapped is not None:  # what the clause before counts may be its own: "China's quota", not Japan's
            return Context(measure if noun is not None and noun >= last else None, gapped)
        extends = kind == "measure" and self._low(last) in WORDS.extents and self._tag(last)[:2] in {"JJ", "RB"}
        if measure is None and extends and self._tag(last + 1)[:1] not in {"N", "H"}:
            measure = self.tree.span(last, last + 1)  # "4 metres high"
        return Context(measure, self.owners.read(top, noun, first, last, kind))

    def _beside(self, first: int, last: int) -> int | None:
        """Return the noun of a level that follows it: the duties of "duties on cars, today 30 percent, will be cut"."""
        start = first
        while start and self._low(start - 1) in WORDS.at_present and start > first - 3:
            start -= 1
        set_off = self._low(first - 1) == "," and self._low(last) == "," and self._is_set_off(first, last)
        opens = (start < first or set_off) and self._low(start - 1) in {",", "(", *DASHES}
        if not opens or self._low(last) not in {",", ")", ".", *DASHES} or self._tag(start - 2)[:1] != "N":
            return None
        noun = start - 2
        for _ in range(4):
            above = self.tokens[noun].head
            if self.tokens[noun].dep not in {"pobj", "prep"} or above >= noun or self._tag(above)[:1] not in {"N", "I"}:
                break
            noun = above
        return noun if self._tag(noun)[:1] == "N" else None

    def _is_set_off(self, first: int, last: int) -> bool:
        """Does an amount stand between commas behind the subject of a clause: "Canada's share, 85 million, is"?"""
        noun = first - 2
        top = self._top(first, last)
        return (
            self.tokens[noun].dep in SUBJECTS
            and self.tokens[top].head == noun
            and self._tag(last + 1)[:1] in {"V", "M"}
        )

    def _owns(self, noun: int, first: int) -> bool:
        """The firm of "the firm closed at 9 euros", "with the firm at 9 euros": no measure, but whose."""
        near = self.tokens[noun].dep in SUBJECTS or self.tree.left[noun] <= first < self.tree.right[noun]
        return near and self._low(noun) not in PEOPLE

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
        top = self._past_level(top, last) if kind == "percent" else top
        costs = self._has_cost(first, last, kind)
        if costs is not None:
            return costs
        complement = self._complement(last, kind, level=kind in {"percent", "share"} or self._low(first - 1) == "from")
        if complement is not None:
            return complement
        noun = self._modified(top, last, kind)
        if noun is not None:
            return noun
        if kind in {"money", "percent", "measure"}:
            top = self._restated(top)
        head, label = self.tokens[top].head, self.tokens[top].dep
        if head == top or self._low(first - 1) in WORDS.classes:
            return None
        if label == "pobj" or (self.tokens[head].tag == "IN" and first > head):
            return self._through_preposition(head, kind)
        if label == "prep":
            return self._through_preposition(top, kind)  # "incomes above 9,000 euros": the qualifier is a preposition
        if label == "relcl":
            return None
        if label == "appos" and head < first and self._low(first - 1) != "," and self._tag(head).startswith("NN"):
            return self._past_name(head)  # "thin margins (around 3 percent)"
        return self._through_verb(head, top, PURPOSES if kind == "money" else PURPOSES - {"in"})

    def _past_level(self, top: int, last: int) -> int:
        """The sacks of "fell by 7% to 52,000 sacks", where the parser has the change qualify the level behind it."""
        head = self.tokens[top].head
        if self.tokens[top].dep != "quantmod" or head < last or self._tag(head) != "CD":
            return top
        noun = self.tokens[head].head
        return noun if self._tag(noun).startswith("NN") else head

    def _has_cost(self, first: int, last: int, kind: str) -> int | None:
        """The costs of "costs of $2 per pound of copper", the deficit of "a deficit of 3 percent of GDP"; but
        of "a share of 3 percent of trade", it is trade."""
        of = first - 1
        if self._low(of) != "of" or self._low(last) != "of" or self._tag(last - 1) == "CD":
            return None
        noun = self.tokens[of].head
        if not self._tag(noun).startswith("NN") or not of - 3 <= noun < of or self._low(noun) in WORDS.frames:
            return None
        measured = self._is_rate(last - 1) if kind == "money" else self._low(noun) in WORDS.national | WORDS.nouns
        return noun if measured and kind in {"money", "percent"} else None

    def _restated(self, top: int) -> int:
        """The figure that this one says again: "to 5 million euros, or 18 cents a share" measures one thing twice."""
        for _ in range(3):
            token = self.tokens[top]
            if token.dep not in {"appos", "conj"} or token.head > top or not self._has_number(token.head):
                break
            top = token.head
        return top

    def _has_number(self, i: int) -> bool:
        return self._tag(i) == "CD" or any(self.tokens[j].dep == "nummod" for j in self.tree.children[i][:12])

    def _past_name(self, noun: int) -> int:
        """The level of "the water level of Lake Torvia 7.2 meters", as translations leave the verb out."""
        of = self.tokens[noun].head
        head = self.tokens[of].head
        return head if noun in self.owner and self._low(of) == "of" and self._tag(head).startswith("N") else noun

    def _complement(self, last: int, kind: str, *, level: bool) -> int | None:
        """The X of "90% of X", "$5 billion in X", "40 tonnes worth of X"."""
        at = last
        if self._low(at) == "worth":
            at += 1
        if kind == "count" and self._low(at) == "in":
            return None  # "14,000 in the ground", "kills 31 in the highlands": where, not what
        priced = self._low(at) == "for" and self._is_rate(last - 1)  # "$45 a kilo for oxide"
        if not priced and (self._low(at) not in {"of", "in", "more", "less"} or (level and self._low(at) == "in")):
            return None
        if self._low(at) in {"more", "less"}:
            at += 1
            return at if self._tag(at).startswith("NN") else None
        found = self.tree.child(at, {"pobj", "pcomp"})
        if found is None or found <= at or self.tokens[found].sentence != self.tokens[last - 1].sentence:
            return None
        around = (found, *self.tree.children[found][:6])  # "in Bern shops", but "in American exports"
        placed = self._low(found) not in WORDS.national and any(i in self.inside for i in around if i <= found)
        # "In the last harvest" is when, "in the capital" where; but "in aid", "in grants"
        timed = any(
            self._low(i) in WORDS.which or (kind == "money" and self._low(i) == "the") for i in range(at, found)
        )
        if self._low(at) == "in" and (placed or timed or not self._is_purpose(found)):
            return None
        return found

    def _is_rate(self, at: int) -> bool:
        return self._low(at - 1) in {"a", "an", "per", "/"} or "/" in self._low(at)

    def _modified(self, top: int, last: int, kind: str) -> int | None:
        """The plant of "a 500 MW plant": a noun to the right that the figure qualifies."""
        at = top
        for _ in range(4):
            if self.tokens[at].dep not in BEFORE_NOUN:
                return None
            head = self.tokens[at].head
            if head == at:
                return None
            if head >= last and self._tag(head) == "CD" and kind == "percent":
                return None  # "by 7% to 52,000 sacks": the sacks are those of the other number
            if head >= last and self._tag(head).startswith("NN"):
                return self._second_half(head)
            at = head
        return None

    def _second_half(self, noun: int) -> int:
        """The times of "3 million person-times", which the number does not hang on."""
        whole = self._low(noun + 1) in DASHES and self.tree.glued(noun + 1) and self.tree.glued(noun + 2)
        return noun + 2 if whole and self._tag(noun + 2).startswith("NN") else noun

    def _through_preposition(self, at: int, kind: str) -> int | None:
        """The capacity of "a capacity of 500 MW"; the output of "output rose to 500 t"."""
        head = self.tokens[at].head
        for _ in range(4):  # "from 3 to 5", "up to 5", "was 3, up from 5"
            if self.tokens[head].tag not in {"IN", "TO", "RB", "RP", "CD", "$"} or self.tokens[head].head == head:
                break
            head = self.tokens[head].head
        if head == at or self._low(head) == "worth":
            return None  # "raised tariffs on goods worth 200 billion dollars from 10 percent"
        if kind == "count" and self._low(at) in {"for", "with", "in", "on"}:
            return None  # "wafers for about 200 million": the number is no number of wafers
        if self._tag(head).startswith("NN"):
            robbed = self.tokens[head].dep == "dobj" and self._low(self.tokens[head].head) in WORDS.robs
            return None if robbed and self._low(at) == "of" else self._unframed(head, at)
        if self._tag(head).startswith("V"):
            return self._taken_to(head, at, kind)
        return None

    def _taken_to(self, verb: int, at: int, kind: str) -> int | None:
        """The rate of "raised the rate to 5 percent"; of "the rate rose to 5 percent"; nothing was beaten to a level
        in "robbed the bank of 5 million", "topped the list with 30 percent", "was beaten by 4 percent"."""
        moves = self._low(verb) in WORDS.levels | CHANGES
        if (
            self._low(at) == "by"
            and not moves
            and (self.tokens[at].dep == "agent" or self._low(verb) in WORDS.contests)
        ):
            return None
        if self._low(verb) in COMPARES:
            return None  # "the new price compares with 1,800 francs", which was the old one
        if kind == "measure" and self._low(at) == "for":
            return None  # "flowed for four kilometres": how far, and not how much
        if kind == "count" and not moves:
            return None  # "gave the meeting twelve out of ten", "passed it by 26 votes to 24"
        obj = self.tree.child(verb, {"dobj"})
        other = self._tag(at - 1).startswith("NN") and self.tokens[at - 1].dep == "conj" and self._tag(at - 2) == "PRP$"
        if other and (obj or at) < at - 1:
            return at - 1  # "cut its estimate by 5 percent and its debt by 3 million"
        if obj is None or obj > at or not self._tag(obj).startswith("NN"):
            beside = self._low(at) in {"for", "in", "on"} and self._low(verb) not in WORDS.selling
            inserted = self.tokens[verb].dep == "parataxis" or self.tree.child(verb, {"ccomp"}) is not None
            if self._low(verb) in WORDS.heard and inserted:
                return None  # "Peru has 5 tonnes, the survey says, against 4 tonnes in Chile": no measure
            priced = moves or not beside or self._is_passive(verb)
            return self._risen(verb) if priced and not self._is_expecting(verb) else None
        partial = {"of"} if kind == "money" else {"of", "with"}  # "backed the mill with 5 million" is on the mill
        return None if self._low(at) in partial else obj

    def _is_expecting(self, verb: int) -> bool:
        """Is it "expected" of somebody who expects: "analysts had expected 45 percent"; not "output is expected at"?"""
        hopes = self._low(verb) in WORDS.estimates | WORDS.hopes
        return hopes and self.tokens[verb].dep not in {"acl", "amod"} and not self._is_passive(verb)

    def _is_passive(self, verb: int) -> bool:
        return self.tree.child(verb, {"auxpass", "nsubjpass"}) is not None

    def _unframed(self, noun: int, before: int) -> int | None:
        """ "A total of 500 MW of turbines" counts turbines, not totals."""
        if self._low(noun) not in WORDS.frames:
            return noun
        for i in self.tree.children[noun]:
            if self.tokens[i].dep == "prep" and i < before and self._low(i) in {"of", "for"}:
                return self.tree.child(i, {"pobj"})
        head = self.tokens[noun].head
        subject = self._risen(head) if self._low(head) in WORDS.levels | CHANGES else None
        return subject if subject is not None else None if self._low(noun) in WORDS.empty else noun

    def _through_verb(self, verb: int, top: int, purposes: frozenset[str]) -> int | None:
        """Levels and changes measure their subject; what is spent or made measures its purpose."""
        low, label = self._low(verb), self.tokens[top].dep
        if low == "worth" or low in MOVES:
            return self._through_adjective(verb)
        if not self._tag(verb).startswith(("V", "MD")):
            return None
        named = self.tree.child(verb, {"attr"}) if label == "nsubj" else None
        if named is not None and self._tag(named) == "NNS":
            return named  # "10 are employees of the firm"
        if low in WORDS.collects and label == "dobj":
            return verb
        if self._is_expecting(verb):
            return None
        if low in WORDS.levels or low in CHANGES:
            obj = self.tree.child(verb, {"dobj"})
            if obj is None or obj >= top or low in WORDS.costs:
                return self._risen(verb)  # "the strike costs the airline 5 million"
            raised = low in CHANGES - LOSES and self._is_purpose(obj)
            return obj if raised else None  # "raised benefits 10 percent"; "hit a post 50 metres away"
        if label == "nsubj":
            return verb  # "12 voted for change": nobody counts change
        purpose = None if low in WORDS.robs else self._purpose(verb, top, purposes)
        return verb if purpose is None and label in {"dobj", "nsubjpass"} else purpose

    def _through_adjective(self, word: int) -> int | None:
        """The house of "a house worth 5 euros"; "copper was up 31 cents", "output was 5 tons, up 3 percent"."""
        head = self.tokens[word].head
        if self._low(word) == "worth" and self._tag(word - 1).startswith("NN"):
            return word - 1  # "ordered 12 jets worth 5 million"
        if self._low(word) == "worth":
            return head if self._tag(head).startswith("NN") else self.owners.subject_of(head)
        for _ in range(2):
            head = self.tokens[head].head if self._tag(head).startswith(("N", "CD", "$")) else head
        return self._risen(head) if self._low(head) in WORDS.levels | CHANGES else None

    def _purpose(self, verb: int, top: int, purposes: frozenset[str]) -> int | None:
        """The roads of "spent 5 million on roads"."""
        for i in self.tree.children[verb][:12]:
            if i > top and self.tokens[i].dep == "prep" and self._low(i) in purposes:
                found = self.tree.child(i, {"pobj"})
                if found is not None and found not in self.inside and self._is_purpose(found):
                    return found
        return None

    def _risen(self, verb: int) -> int | None:
        """The subject of a level or change; the deaths of "the number of deaths rose to 12"."""
        subject = self.owners.subject_of(verb)
        if subject is not None and self._low(subject) in WORDS.empty:
            of = next((i for i in self.tree.children[subject] if self._low(i) == "of"), None)
            return subject if of is None else self.tree.child(of, {"pobj"})
        return subject

    def _is_purpose(self, noun: int) -> bool:
        if self._low(noun + 1) == "of" and self._tag(noun + 2) in {"CD", "$"}:
            return False  # "earned 5 million on sales of 90 million"
        return self._tag(noun).startswith("NN") and self._low(noun) not in WORDS.idioms | TIME

    def _phrase(self, noun: int, before: int, after: int, kind: str) -> Span | None:
        """The noun with what stands before it, and its "of": "kinds of elements", "rise in exports"."""
        if self._tag(noun).startswith("V") and self.tokens[noun].dep not in ARGUMENTS:
            hurt = kind == "count" and self._low(noun) in CASUALTIES
            return self.tree.span(noun, noun + 1) if hurt else None  # what was paid is not "paid"
        if self._says_nothing(noun, before, after, kind):
            return None
        first = max(self.tree.left[noun], noun - LONGEST)
        if noun >= after > first:
            first = after
        first = self._inner(first, noun)
        while first < noun and self._low(first) in DASHES:
            first = (
                min(first + 2, noun) if self.tree.glued(first) else first + 1
            )  # the "a-year" of a "$1 million-a-year job"
        if self._low(first) == "/":
            return None  # a unit we do not read: "28 mg / 100ml"
        last = self._outer(noun, before if noun < before else len(self.tokens), kind)
        if noun < before:
            first = self._of_left(first, noun)
        first, last = self._with_conjuncts(first, noun, last, counted=kind == "count" and noun >= after)
        if any(i in self.owner and self.owner[i].label == "PERSON" for i in range(first, last)):
            return None  # a headline whose verb was taken for a noun
        return self.tree.span(first, last) if first < last <= noun + LONGEST + 1 else self.tree.span(noun, noun + 1)

    def _says_nothing(self, noun: int, before: int, after: int, kind: str) -> bool:
        """Is it no word for what is measured, but part of a figure, somebody, or a title?"""
        if kind != "count" and noun < before and self._low(noun) in UNIT_NOUNS and self._tag(noun - 1) == "CD":
            return True  # the tonnes of "from an earlier 96,000 tonnes"
        if self._low(noun) in WORDS.figures and (noun <= after or self._low(noun) in PERCENTS):
            return True  # but "12 collection points"
        if noun in self.owner and self.owner[noun].label != "NORP" and noun < before:
            return True
        if self._tag(noun - 1) == "CD" and self.tokens[noun].text in SHORT:
            return True  # the "t" of "to 6,000 t"
        if kind == "count" and noun >= after and self._tag(noun) == "NNP" and self.tokens[noun].text[0].isupper():
            return True  # one thing with a capital letter: the minister of "8.5 billion Prime Minister"
        person = self._low(noun) in PEOPLE and self.tokens[noun].dep in SUBJECTS
        return person or not self._names_something(noun)  # "the senator sits at 11 percent": his, and not of him

    def _names_something(self, noun: int) -> bool:
        """No pronoun, number, length of time or adverb: "of those", "100 percent wrong", "a year", "40 - a father"."""
        token = self.tokens[noun]
        time = self._low(noun) in TIME and self._low(noun) not in WORDS.national  # but the generation of power
        if (
            time
            or self._low(noun) in WORDS.nobody
            or self._low(noun) in FRACTIONS
            or not any(c.isalpha() for c in token.text)
        ):
            return False
        return token.tag.startswith(("N", "F")) or (token.dep in ARGUMENTS and token.tag.startswith(("J", "V")))

    def _inner(self, first: int, noun: int) -> int:
        """Leaves out articles, named owners, figures and punctuation before the noun."""
        joined = 0  # behind the "and" nearest to a figure
        for i in range(noun - 1, first - 1, -1):
            tag = self.tokens[i].tag
            if tag == "CD" or self._low(i) in WORDS.figures:
                if self._low(i + 1) in DASHES:
                    return min(i + 3, noun)  # the "three-year" of a "three-year loan"
                return joined or i + 1  # "8 million crowns and time deposits" are deposits
            if tag == "POS" and i - 1 >= first and i - 1 not in self.owner_names:
                continue  # "the world's reserves"
            if tag == "CC":
                joined = i + 1
                continue
            if self._low(i) in DASHES or (tag == "," and self._tag(i - 1) == "JJ" and self._tag(i - 2) != "RB"):
                continue  # but "also not expensive, second class seat" is two clauses
            if tag in NO_PART or not tag[0].isalpha() or (i in self.owner_names and self._tag(i + 1) == "POS"):
                return i + 1
        return max(first, 0)

    def _with_conjuncts(self, first: int, noun: int, last: int, *, counted: bool) -> tuple[int, int]:
        """The whole "cash and equivalents", "cranes and forklifts": nouns without article or number of their own."""
        head = self.tokens[noun].head
        joined = self.tokens[noun].dep == "conj" and self._low(first - 1) in {"and", "or"} and head == first - 2 < noun
        if joined and self._is_plain(head) and self._tag(head - 1) not in {"CD", "IN", ","}:
            first = self._inner(max(self.tree.left[head], head - LONGEST), head)
        if counted and last == noun + 1 and self._low(last) in {"and", "or"} and self._is_plain(noun):
            other = next((i for i in (last + 1, last + 2) if self._tag(i) == "NNS"), None)
            whole = other is not None and self.tokens[other].dep == "conj" and self.tokens[other].head == noun
            if other is not None and whole and self._tag(other - 1) in {"CC", "NN"} and self._is_plain(other):
                last = other + 1
        return first, last

    def _is_plain(self, noun: int) -> bool:
        """A common noun that is no unit and no part of a figure."""
        common = self._tag(noun) in {"NN", "NNS"} and noun not in self.inside
        return common and self._low(noun) not in UNIT_NOUNS | WORDS.figures | TIME

    def _of_left(self, first: int, noun: int) -> int:
        """The margin of "a margin of error of 3 points"."""
        of = self.tokens[noun].head
        head = self.tokens[of].head
        if self._low(of) == "of" and of == first - 1 and head == of - 1 and self._tag(head).startswith("N"):
            return head
        return first

    def _outer(self, noun: int, limit: int, kind: str) -> int:
        """Where the phrase ends: after "of ...", and after "in ..." of a word that asks for it."""
        last = noun + 1
        words = OF_IN if self._low(noun) in WORDS.nouns else OF
        if kind == "count" or (kind == "measure" and limit == len(self.tokens)):
            words = words - {"per"}  # "600 people per square kilometre", "300-mm wafers per month"
        while self._low(last) in words and last < noun + LONGEST:
            found = self.tree.child(last, {"pobj"})
            if (
                found is None
                or not last < found < min(limit, noun + LONGEST)
                or self._tag(found) in NO_PART
                or self._low(found) in WORDS.figures
                or (self._low(found) in UNIT_NOUNS and self._has_number(found))
            ):
                break
            if self._low(last) != "of" and found in self.inside:
                break
            last, words = found + 1, OF
        return last
