"""Whose a figure is: the words near it, or the subject of its clause, where the syntax says so.

In:  the tokens a figure covers, and the noun that says what is counted.
Out: the span of the words that say whose it is ("China"); None where the sentence does not say, which is
     better than a neighbour's name.

    "China's output fell 5 percent."               -> "China"   (the owner of what is counted)
    "The hospital took in 29 patients."            -> "The hospital" (the subject of its own clause)
    "The paper told tales of a port of 40 cranes." -> None      (too far below the verb)
"""

from __future__ import annotations

from dataclasses import dataclass

from briefing.facts.figures.quantities import CHANGES, CODES, TIME, UNIT_NOUNS
from briefing.facts.numbers import DASHES, FRACTIONS, VAGUE
from briefing.facts.tokens import Tree
from briefing.lexicon import load
from briefing.model import Analysis, Entity, Span


@dataclass(frozen=True, slots=True)
class Words:
    """One field for each list of the file, of the same name; the file says what each is for."""

    levels: frozenset[str]
    collects: frozenset[str]
    nouns: frozenset[str]
    idioms: frozenset[str]
    frames: frozenset[str]
    empty: frozenset[str]
    besides: frozenset[str]
    contests: frozenset[str]
    light: frozenset[str]
    figures: frozenset[str]
    controls: frozenset[str]
    heard: frozenset[str]
    classes: frozenset[str]
    robs: frozenset[str]
    nobody: frozenset[str]
    takes: frozenset[str]
    shares: frozenset[str]
    contrasts: frozenset[str]
    many: frozenset[str]
    accounts: frozenset[str]
    estimates: frozenset[str]
    everywhere: frozenset[str]
    people: frozenset[str]
    firms: frozenset[str]
    terms: frozenset[str]
    traded: frozenset[str]
    estimators: frozenset[str]
    at_present: frozenset[str]
    away: frozenset[str]
    distances: frozenset[str]
    counters: frozenset[str]
    bodies: frozenset[str]
    selling: frozenset[str]
    costs: frozenset[str]
    hopes: frozenset[str]
    outlived: frozenset[str]
    harms: frozenset[str]
    bearing: frozenset[str]
    national: frozenset[str]
    extents: frozenset[str]
    which: frozenset[str]
    priced: frozenset[str]


WORDS = load("measures", Words)
PEOPLE = load("titles", dict[str, frozenset[str]])["heads"]
AHEAD = 4  # tokens from a figure to "worldwide"
GAP = 15  # tokens back to the figure of the clause whose verb a gapped clause shares
OWNERS = frozenset({"GPE", "ORG", "PERSON", "NORP", "LOC", "FAC"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
RELATIVES = frozenset({"which", "that", "who"})
CLAUSES = frozenset({"ROOT", "relcl", "acl", "advcl"})
PARTS = frozenset({"det", "amod", "compound", "nmod", "poss", "nummod", "case", "cc", "conj", "advmod", "npadvmod"})
LEAD_INS = frozenset({"RB", "RBR", "RBS", "IN", "CC", ","})  # "at least 20 men", "only some men"
BEFORE_NOUN = frozenset({"nummod", "amod", "compound", "nmod"})
ANSWERS = frozenset({"VBD", "VBP", "VBZ", "MD", "WP"})  # "12 percent said", "40 who think"
NO_OWNERS = WORDS.nobody | TIME | frozenset(VAGUE) | WORDS.figures | UNIT_NOUNS
SCORED = frozenset({"percent", "%", "points", "votes"})
NAMED_BY = frozenset({"of", "by", "from"})
PLACED = frozenset({"in", "at"})
MONEY_WORDS = frozenset({"dollars", "euros", "pounds", "yuan", "yen", "cents", "francs", "crowns", "pence"})
LONGEST = 14  # tokens of an owner: more is a clause, and hostile text nests without end
STEPS = 10  # up from the figure to the verb whose subject is meant
CARRIED = 4  # sentences back to the firm whose accounts a report goes through
DEEP = 2  # nouns between an amount and its verb: "had a margin of error of 3 points"; none for things counted, since
# "praised the rescue of 14 men" and "the face on $20 bills" are nobody's


@dataclass(frozen=True, slots=True)
class Clause:
    subject: int
    verb: int
    below: int  # below the verb: the token through which the figure hangs on it


class Owners:
    """Reads whose one figure after another is; what it learns of a verb it keeps."""

    def __init__(self, analysis: Analysis, tree: Tree) -> None:
        self.tokens = analysis.tokens
        self.tree = tree
        self._low, self._tag = tree.low, tree.tag
        self.named: dict[int, Entity] = {
            i: e for e in analysis.entities if e.label in OWNERS for i in range(e.first, e.last)
        }
        self.subjects: dict[int, int | None] = {}

    def read(self, top: int, noun: int | None, first: int, last: int, kind: str) -> Span | None:
        """Whose the figure of this kind on tokens first..last-1 is; `noun` is what it counts."""
        share = kind in {"percent", "share"}
        if share and self._low(first - 1) in WORDS.classes:
            return None  # "the top 1 percent" are nobody's percent
        if self._is_everywhere(last):
            return None  # "half of the 83,000 t mined worldwide"
        stated = (self._stated(top, first, last) if share else None) or self._beaten(top, first)
        if stated is not None:
            return stated
        if self._tag(first - 1) == "PRP$":
            return self.tree.span(first - 1, first)  # "48 percent to her 44 percent"
        counts = noun is not None and self._tag(noun).startswith("N")
        if noun is not None and counts and not (noun >= last and noun in self.named):
            # Not of "29 New Yorkers" or "12 Chinese buses": they are what is counted
            owner = self._owner_of(noun, last if kind == "count" else 0)
            if owner is not None:
                return owner
        place = self._place_of(noun) if noun is not None and counts else None
        # "built 30 mills in Peru", "spent 5 million on a mill in Peru"
        done = noun is not None and noun >= first and (self.tokens[noun].dep == "dobj" or self._is_paid_for(noun, kind))
        if self._tag(last) in ANSWERS or (place is not None and not done) or (kind == "count" and self._signs(top)):
            return place
        if kind == "count" and self._low(first - 1) == "the" and place is None:
            return None  # who "climbed the 118 steps" has no steps
        found = self._of_clause(top, noun, kind, place, second=share and self._is_second(first))
        if found is None and noun is not None and self._low(noun) in WORDS.accounts:
            return self._reporter(noun) or self._carried(noun)
        return found

    def _signs(self, top: int) -> bool:
        """Do those counted act themselves: "a letter signed by 2,140 people"?"""
        at = top
        while self.tokens[at].dep in BEFORE_NOUN and self.tokens[at].head != at:
            at = self.tokens[at].head
        by = self.tokens[at].head
        return (
            self.tokens[at].dep == "pobj" and self._low(by) == "by" and self.tokens[self.tokens[by].head].dep == "acl"
        )

    def _is_paid_for(self, noun: int, kind: str) -> bool:
        """The mill of "spent 5 million on a mill"."""
        on = self.tokens[noun].head
        paid = kind == "money" and self.tokens[noun].dep == "pobj" and self._low(on) in {"on", "for"}
        return paid and self._tag(self.tokens[on].head).startswith(("V", "$", "CD", "N"))

    def _is_everywhere(self, last: int) -> bool:
        """Does the figure count what is in all the world?"""
        for i in range(last, min(last + AHEAD, len(self.tokens))):
            if self.tokens[i].sentence != self.tokens[last - 1].sentence or self._tag(i) in {",", "."}:
                return False
            if self._low(i) in WORDS.everywhere:
                return True
        return False

    def gapped(self, first: int, *, share: bool) -> Span | None:
        """The Japan of "China accounts for 40 tonnes, Japan for 9 tonnes": the clause before has the verb, and the
        same preposition before its own figure."""
        preposition, at = first - 1, first - 2
        if first - 1 in self.named and self._low(self.named[first - 1].first - 1) in {"and", ";"}:
            return self._name(first - 1)  # "Germany gave 110 million euros, and Japan 9 billion yen"
        if self._tag(preposition) != "IN" or at not in self.named:
            return None
        before = self.named[at].first - 1
        ahead = self._tag(before) in {"DT", "JJ", "VBG", "CC", ","} or self._low(before) in {"of", "behind"}
        if share and self._low(preposition) == "on" and ahead:
            return self._name(at)  # "ahead of the Union on 29 percent"
        start = self.named[at].first
        start -= self._low(start - 1) == "the"
        if self._low(start - 1) not in {",", ";", "and"}:
            return None
        sentence = self.tokens[first].sentence
        for i in range(start - 2, max(0, start - GAP), -1):
            if self.tokens[i].sentence != sentence:
                return None
            if self._tag(i) == "CD" and self._low(i - 1) == self._low(preposition):
                return self._name(at)
        return None

    # --- what stands beside the figure or its noun

    def _stated(self, top: int, first: int, last: int) -> Span | None:
        """Whose share it is where that is said: "holds 5 percent of", "40 percent for Lind", the beaten's."""
        at = self.tokens[top].head if self.tokens[top].dep == "conj" else top
        held = self.tokens[self.tokens[at].head].head
        if self.tokens[at].dep == "pobj" and self._low(held) in WORDS.shares and held < first:
            return self._owner_of(held)  # "China's share at 60 percent of mining and 90 percent of refining"
        if self._low(last) == "of":
            found = self._clause(top, None, DEEP, thing=True)
            subject = None if found is None else found.subject
            left = None if found is None else self.tree.child(found.verb, {"dobj", "nsubj"})
            if found is not None and self._low(found.below) == "at" and left is not None and found.verb < left < first:
                return (
                    self._name(left) if left in self.named else self._phrase(left)
                )  # "left the lake at 12% of storage"
            if found is not None and self._low(found.verb) in WORDS.estimates:
                return self._estimated(found)  # "puts China's share at 60 percent of mining"
            if subject is not None and not first <= subject < last and self._tag(subject).startswith(("NNP", "PRP")):
                return self._owner_of(subject) or self._phrase(subject)
        if self._low(last) == "for":
            holder = self.tree.child(last, {"pobj"})
            if holder is not None and holder in self.named:
                return self._name(holder)  # "to 40 percent for Marlow"
        return None

    def _beaten(self, top: int, first: int) -> Span | None:
        """The Marlow of "Lind leads Marlow, 50 percent to 40 percent": the second figure is hers."""
        if not self._is_second(first):
            return None
        at = top
        for _ in range(STEPS):
            if self._low(at) in WORDS.contests:
                found = self.tree.child(at, {"dobj"})
                return self._name(found) if found is not None and found in self.named and found < first else None
            if self.tokens[at].head == at:
                return None
            at = self.tokens[at].head
        return None

    def _is_second(self, first: int) -> bool:
        """The 40 of "50 percent to 40 percent", "50-40"."""
        joined = self._low(first - 1) in DASHES or self._low(first - 1) == "to"
        return joined and (self._tag(first - 2) == "CD" or self._low(first - 2) in SCORED)

    def of_noun(self, noun: int) -> Span | None:
        """Whose a noun is, by the words around it alone."""
        return self._owner_of(noun)

    def _owner_of(self, noun: int, described_from: int = 0) -> Span | None:
        """The name in "China's output", "Chinese exports", "output of China", "the ministry" itself; words before
        the noun, from token `described_from` on, only describe it, if that is not 0."""
        if noun in self.named:
            return self._name(noun)
        around = self.tree.children[noun][:12]
        by = [i for i in around if self.tokens[i].dep in {"prep", "agent"} and self._low(i) == "by"]
        for i in (*by, *around):  # "the takeover of Torvik by Orland" is Orland's
            label = self.tokens[i].dep
            if (
                label in {"poss", "amod", "compound", "nmod"}
                and i in self.named
                and self._low(i + 1) not in WORDS.terms
                and (label == "poss" or self._is_of_its_country(i, noun, described_from))
            ):
                return self._name(i)
            if label == "poss" and self._tag(i) == "PRP$":
                return self.tree.span(i, i + 1)
            if label == "poss" and self._tag(i) == "WP$":
                return self._whose(noun)
            if label == "poss" and self._tag(i).startswith("N"):
                return self._phrase(i)
            if label in {"prep", "agent"} and self._low(i) in NAMED_BY and not self._is_unread_name(noun):
                found = self.tree.child(i, {"pobj"})
                if found is not None and self._low(i) == "of" and found not in self.named:
                    found = self._of_its_of(found)  # "output of graphite of China"
                if found is not None and found in self.named:
                    return None if self._is_one_of_several(found) else self._name(found)
        return None

    def _is_of_its_country(self, name: int, noun: int, described_from: int) -> bool:
        """Do the words before a noun say whose it is: "Chinese exports", "Orland shares"; not "Russian wheat", "Chicago
        futures", "12 Airbus jets"?"""
        if self._low(noun) in WORDS.national:
            return True
        described = described_from and described_from <= name < noun
        return not described and self.named[name].label in {"ORG", "PERSON"}

    def _is_one_of_several(self, name: int) -> bool:
        """The Peru of "children of Peru and Chile"."""
        return any(self.tokens[c].dep == "conj" and c in self.named for c in self.tree.children[name][:12])

    def _is_unread_name(self, noun: int) -> bool:
        """The "First" of "First of Torvia", a bank's name that was not read as a name."""
        opens = noun == 0 or self.tokens[noun - 1].sentence != self.tokens[noun].sentence
        return self._tag(noun) == "NNP" or (opens and not self._tag(noun).startswith("N"))

    def _of_its_of(self, noun: int) -> int | None:
        """The China of "graphite of China"."""
        of = next((i for i in self.tree.children[noun][:12] if i > noun and self._low(i) == "of"), None)
        return None if of is None else self.tree.child(of, {"pobj"})

    def _whose(self, noun: int) -> Span | None:
        """The firm of "Orland Mining, whose revenue rose"."""
        verb = self.tokens[noun].head
        firm = self.tokens[verb].head
        if self.tokens[verb].dep != "relcl" or self._tag(firm) == "WP$":
            return None
        return self._name(firm) if firm in self.named else self._phrase(firm)

    def _reporter(self, noun: int) -> Span | None:
        """The firm of "Orland Mining said net income rose": a firm's own accounts, told by itself."""
        verb = self.tokens[noun].head
        said = self.tokens[verb].head
        if (
            self.tokens[noun].dep not in SUBJECTS
            or self.tokens[verb].dep != "ccomp"
            or self._low(said) not in WORDS.heard
        ):
            return None
        firm = self.subject_of(said)
        if firm is None or self._is_org(firm):
            return None if firm is None else self._name(firm)
        return self._phrase(firm) if self._is_the_firm(firm) else None

    def _carried(self, noun: int) -> Span | None:
        """The firm of "Orland Mining raised its forecast. Net profit rose": the subject of the sentence before."""
        if self.tokens[noun].dep not in SUBJECTS or self.tokens[self.tokens[noun].head].dep != "ROOT":
            return None
        end = self._opening(noun)
        if self._has_body(end, noun):
            return None
        for _ in range(CARRIED):
            start = self._opening(end - 1) if end else end
            root = next((i for i in range(start, end) if self.tokens[i].dep == "ROOT"), None)
            firm = None if root is None else self.subject_of(root)
            if firm is None:
                return None
            if self._low(firm) not in WORDS.accounts or self._owner_of(firm) is not None:
                return self._firm(firm, start, end)
            end = start
        return None

    def _opening(self, i: int) -> int:
        """The first token of a sentence."""
        while i and self.tokens[i - 1].sentence == self.tokens[i].sentence:
            i -= 1
        return i

    def _firm(self, subject: int, start: int, end: int) -> Span | None:
        """The words for a firm that alone acts in a sentence; "the company" is one, "sales of the firm" are its own."""
        if self._low(subject) in WORDS.accounts:
            return self._owner_of(subject)
        others = (i for i in range(start, end) if self._is_org(i) and self.named[i] != self.named.get(subject))
        if any(self.tokens[i].dep in {"nsubj", "dobj", "conj"} for i in others):
            return None  # "Orland bought Torvik": either may be meant
        if self._is_org(subject):
            return self._name(subject)
        return self._phrase(subject) if self._is_the_firm(subject) else None

    def _is_the_firm(self, noun: int) -> bool:
        """ "The company", "the Dutch chemical group"."""
        return self._low(self.tree.left[noun]) == "the" and self._low(noun) in WORDS.firms

    def _is_org(self, i: int) -> bool:
        return i in self.named and self.named[i].label == "ORG"

    def _has_body(self, start: int, end: int) -> bool:
        return any(i in self.named for i in range(start, end))

    def _place_of(self, head: int) -> Span | None:
        """The country of "output fell 5% in Peru", "voters in Peru"."""
        for i in self.tree.children[head][:12]:
            if self.tokens[i].dep == "prep" and self._low(i) in PLACED:
                found = self.tree.child(i, {"pobj"})
                if found is not None and found in self.named and not self._is_one_of_several(found):
                    return self._name(found)
        return None

    # --- the subject of its clause

    def _of_clause(self, top: int, noun: int | None, kind: str, place: Span | None, *, second: bool) -> Span | None:
        """Who did it, unless what is counted did it itself: then where."""
        deepest = 0 if kind == "count" or self.tokens[top].dep in BEFORE_NOUN else DEEP
        clause = self._clause(top, noun, deepest, thing=kind in {"count", "measure"})
        if clause is None:
            return place
        ahead = kind == "count" and clause.below < clause.subject and self._low(clause.below) in PLACED
        if ahead or (second and self._low(clause.verb) not in CHANGES):
            return None  # "in 12 states he won"; "is ahead of Lind, 36 percent to 31 percent"
        if self._low(clause.verb) in WORDS.estimates and clause.subject not in {noun, clause.below}:
            return self._estimated(clause) or place
        if self._is_own(clause, noun):
            traded = noun is not None and (self._low(noun) in WORDS.traded or self._is_priced(clause.verb))
            return place or (None if traded or kind == "money" else self._place_of(clause.verb))
        if self._is_anothers(clause, noun, kind):
            return place
        bearer = self._bearer(clause, top) if kind == "money" else None
        fined = kind == "money" and self._low(clause.verb) in WORDS.robs & WORDS.bearing
        if bearer is None and fined and self.tokens[clause.subject].dep == "nsubj":
            return place  # "fined somebody 5 million euros": not who fines
        return bearer or self._doer(clause, noun) or place

    def _is_priced(self, verb: int) -> bool:
        """Does the clause of a change end in a price: "tin rose 1.8 percent to $2,412 in London"?"""
        last = min(self.tree.right[verb], verb + LONGEST)
        money = any(self._tag(i) == "$" or self._low(i) in MONEY_WORDS for i in range(verb + 1, last))
        return self._low(verb) in CHANGES and money

    def _estimated(self, clause: Clause) -> Span | None:
        """The Torvia of "the agency puts Torvia's output at 40 tonnes": the agency says so, and does not own them."""
        put = self.tree.child(clause.verb, {"dobj"}) if self._low(clause.below) in {"at", "as"} else None
        return None if put is None else self._owner_of(put)

    def _is_own(self, clause: Clause, noun: int | None) -> bool:
        """Is what is counted the subject; of "3,000 Poles and 450 Danes", one of two?"""
        if noun is None or self._tag(clause.subject).startswith("PRP"):
            return False
        beside = self.tokens[noun].dep in SUBJECTS and self.tokens[noun].head == clause.verb
        return clause.subject == noun or beside

    def _bearer(self, clause: Clause, top: int) -> Span | None:
        """The firm of "a judge fined the firm 5 million euros"."""
        if self._low(clause.verb) not in WORDS.bearing:
            return None
        for i in self.tree.children[clause.verb][:12]:
            if (
                self.tokens[i].dep in {"dative", "dobj"}
                and clause.verb < i < top
                and self._tag(i).startswith(("N", "PRP"))
            ):
                return self._name(i) if i in self.named else self._phrase(i)
        return None

    def _is_country(self, i: int) -> bool:
        return i in self.named and self.named[i].label == "GPE"

    def _only_counts(self, subject: int, noun: int | None, kind: str) -> bool:
        """Is it an office that counts what is not its own: "the agency recorded 40 cases"? A country's cases are its
        own, and so is what a firm tells of itself ("reported a profit of 5 million")."""
        if self._is_country(subject) or (noun is not None and self._low(noun) in WORDS.accounts):
            return False
        return kind in {"count", "measure"} or self._low(subject) in WORDS.bodies

    def _is_anothers(self, clause: Clause, noun: int | None, kind: str) -> bool:
        """Do subject and verb say that the figure is not the subject's?"""
        subject, verb, below = clause.subject, self._low(clause.verb), self._low(clause.below)
        if subject == clause.below:
            return not self._tag(subject).startswith("PRP")
        if verb in WORDS.harms or (verb in WORDS.counters and self._only_counts(subject, noun, kind)):
            return True
        if self._low(subject) in WORDS.estimators or (kind != "money" and verb in WORDS.heard):
            return True  # "analysts expect sales of 40 euros"; "found 54 percent in favour, 4 points more than in May"
        if self._low(subject) == "it" and verb in WORDS.takes:
            return True
        if kind == "money":
            return self._is_asked(clause)
        beside = below in {"by", "with"} and self.tokens[clause.below].dep in {"agent", "prep"}
        if kind == "count" and beside and verb not in WORDS.outlived:
            return True  # "was stopped by four guards", "flew with three colleagues"
        if kind != "count" or below not in {"for", "on", "to"}:
            return False
        # "was fined for two fires", "won a case on nine materials"
        handed = self.tree.child(clause.verb, {"dobj"}) is not None and verb not in WORDS.light
        if below == "for" and self.tokens[subject].dep == "nsubjpass":
            return True
        return handed and (below != "to" or verb not in WORDS.levels | CHANGES)  # "gave tents to 300 families"

    def _is_asked(self, clause: Clause) -> bool:
        """ "He could leave for 4 million": what is asked for somebody is not his."""
        subject, below = clause.subject, clause.below
        person = self._tag(subject).startswith("PRP") or (
            subject in self.named and self.named[subject].label == "PERSON"
        )
        return person and self._low(below) == "for" and self.tree.child(clause.verb, {"dobj"}) is None

    def _doer(self, clause: Clause, noun: int | None) -> Span | None:
        """The words of a clause's subject, or of its owner where the subject is no owner or its words are torn."""
        subject = clause.subject
        owner, whole = self._owner_of(subject), self._phrase(subject)
        same = noun is not None and noun != subject and self._low(noun) == self._low(subject)
        if same or self._low(subject) in WORDS.shares:
            return owner  # "the share of men reached 85 percent of the sick"
        if owner is None:
            return None if noun is None and self._is_risen(clause) else whole
        if whole is None or subject in self.named or owner.end > whole.end:
            return owner
        torn = self.tree.child(subject, {"poss"}) is not None and owner.start < whole.start
        return owner if torn else whole  # "her son", not "her"

    def _is_risen(self, clause: Clause) -> bool:
        """ "Income fell to 5 euros, or 30 cents a share": income is no owner, it is what fell."""
        moved = self._low(clause.verb) in CHANGES and self.tokens[clause.below].dep != "dobj"
        common = self._tag(clause.subject) in {"NN", "NNS"} and clause.subject not in self.named
        return moved and common and self._low(clause.subject) not in PEOPLE

    def _clause(self, top: int, noun: int | None, deepest: int, *, thing: bool) -> Clause | None:
        """The clause a token stands in, or the one above that lends its subject."""
        at = below = top
        nouns = 0
        for _ in range(STEPS):
            token = self.tokens[at]
            if token.dep in {"prep", "agent"}:
                if self._parts(at, thing=thing):
                    return None
            elif self._tag(at).startswith(("V", "MD")) or token.dep in CLAUSES:
                found = self._lent(at, nouns)
                if found is not None:
                    return None if self._is_heard(found, at, below, thing=thing) else Clause(found, at, below)
                own = token.dep == "conj" and self._has_noun_before(at)
                if own or token.dep in {"ccomp", "relcl"} or self.tree.child(at, {"expl"}) is not None:
                    return None
            if token.head == at or self._is_aside(at, thing=thing):
                return None
            if token.dep == "conj" and self._is_inserted(token.head, at):  # "dug 5 t, the survey says, and 8 t of tin"
                below, at = at, self.tokens[token.head].head
                found = self._lent(at, nouns)
                return None if found is None else Clause(found, at, below)
            nouns += token.dep in {"prep", "pcomp"} and self._is_far(at, noun)
            if nouns > deepest:
                return None
            at, below = token.head, at
        return None

    def _is_inserted(self, verb: int, at: int) -> bool:
        """Does a verb only name the source of a clause, between commas: "the survey estimates"?"""
        above = self.tokens[verb].head
        if self.tokens[verb].dep != "conj" or above >= verb or self._low(verb) not in WORDS.heard | WORDS.estimates:
            return False
        inside = self._tag(self.tree.left[verb] - 1) == "," or self._tag(self.tree.left[verb]) == ","
        return inside and self._tag(verb + 1) == "," and self.tree.child(verb, {"dobj", "ccomp"}) is None

    def _parts(self, preposition: int, *, thing: bool) -> bool:
        """Is what stands behind it somebody else's: "spoke before 40 men", "compared with 5 euros for its rival"?"""
        if self._low(preposition) in WORDS.contrasts:
            return True
        more = self._tag(self.tokens[preposition].head) == "CD"  # "has 40, including 3 girls"
        return thing and not more and self._low(preposition) in WORDS.besides

    def _is_heard(self, subject: int, verb: int, below: int, *, thing: bool) -> bool:
        """ "Told 40 farmers": those who hear are not the speaker's."""
        return (thing or self.tokens[below].dep == "prep") and below != subject and self._low(verb) in WORDS.heard

    def _is_aside(self, at: int, *, thing: bool) -> bool:
        """ "The worries are water (34 percent)"; but "dug 40 tons, half of the total" and "drew less money - roughly 25
        euros" say it of who dug and drew."""
        if self.tokens[at].dep != "appos":
            return False
        above = self.tokens[at].head
        if self._is_number(above) and self._low(self.tree.left[at] - 1) == "(":
            return False  # "nearly half (48%) of the ore"
        restates = self.tokens[above].dep == "dobj" and any(
            self.tokens[i].dep == "nummod" for i in self.tree.children[above][:12]
        )
        return not restates and (thing or self._low(self.tree.left[at] - 1) not in DASHES)

    def _is_number(self, i: int) -> bool:
        counted = any(self.tokens[j].dep == "nummod" for j in self.tree.children[i][:12])
        return self._tag(i) == "CD" or self._low(i) in FRACTIONS or counted

    def _is_far(self, preposition: int, noun: int | None) -> bool:
        """Does it hang on a noun that is neither what is counted, nor a frame, nor what the subject is?"""
        above = self.tokens[preposition].head
        if self._low(above) == "one":
            return True  # "is one of three directors"
        if not self._tag(above).startswith("N") or above == noun or self._low(above) in WORDS.frames | WORDS.many:
            return False
        return self._low(preposition) != "of" or self.tokens[above].dep != "attr"  # "is the founder of two firms"

    def _lent(self, verb: int, nouns: int) -> int | None:
        found = self.subject_of(verb)
        token = self.tokens[verb]
        if found is None and token.dep in {"acl", "relcl"} and self._tag(token.head).startswith("N"):
            found = token.head if token.tag != "VB" else self.tree.child(token.head, {"poss"})  # "her plan to spend"
        return None if found is not None and nouns and found == token.head else found

    def subject_of(self, verb: int) -> int | None:
        """The subject of a verb; of a relative clause, the noun it belongs to. Kept: a verb has many figures."""
        if verb not in self.subjects:
            self.subjects[verb] = self._find_subject(verb)
        return self.subjects[verb]

    def _find_subject(self, verb: int) -> int | None:
        label, head = self.tokens[verb].dep, self.tokens[verb].head
        found = self._own_subject(verb)
        if self.tree.child(verb, {"expl"}) is not None:
            return None  # "there were 8 cases"
        if found is not None:
            return self._antecedent(head, found) if label == "relcl" and self._low(found) in RELATIVES else found
        if label == "acl":
            return head if self._tag(verb) != "VB" else None
        if label not in {"conj", "xcomp"} and not (label == "advcl" and self._tag(verb) in {"VB", "VBG"}):
            return None
        if head > verb or (label == "conj" and self._has_noun_before(verb)):
            return None
        if label == "xcomp" and self._low(head) in WORDS.controls:  # "ordered the firm to pay 5 euros"
            found = self.tree.child(head, {"dobj", "dative"})
        found = found or self.subjects.get(head) or self.tree.child(head, SUBJECTS)
        if label == "xcomp" and found is not None and self._low(found) == "it":
            return None if self.tree.child(head, {"acomp"}) is not None else found  # "it is hard to save 5 euros"
        return found

    def _antecedent(self, noun: int, relative: int) -> int | None:
        """The noun of a relative clause: of "Jean Perrod of the insurer Helvag, which" the one before "which", since a
        person is no "which"."""
        if self._low(relative) != "which" or noun not in self.named or self.named[noun].label != "PERSON":
            return noun
        before = relative - 1 - (self._tag(relative - 1) == ",")
        return before if before > noun and self._tag(before).startswith("N") else None

    def _has_noun_before(self, verb: int) -> bool:
        """Stands a noun between "and" and a verb, so that the clause before does not lend its subject: "herds shrank by
        40 percent and prices doubled"?"""
        at = verb - 1
        while self.tokens[at].dep in {"aux", "auxpass", "advmod", "neg"} and at > 0:
            at -= 1
        start = at
        while (
            at > 0
            and self._tag(at)[:1] in {"N", "J", "I", "D", "P"}
            and self.tokens[at].sentence == self.tokens[verb].sentence
        ):
            at -= 1
        return at < start and self._tag(start).startswith("N") and self._low(at) in {"and", "but", "while"}

    def _own_subject(self, verb: int) -> int | None:
        """Of two, the nearer behind words in front: "In Peru, the top grower of tea, output fell" has an apposition."""
        found = [i for i in self.tree.children[verb][:24] if self.tokens[i].dep in SUBJECTS]
        if not found:
            return None
        before = [i for i in found if i < verb]
        fronted = len(before) > 1 and self.tree.left[before[0]] > self.tree.left[verb]
        return before[-1] if fronted else found[0]

    # --- its words

    def _phrase(self, noun: int) -> Span | None:
        """The noun and what stands before it; a pronoun as it is; nothing for "it" of weather, "there", numbers."""
        tag = self._tag(noun)
        if not tag.startswith(("N", "PRP")) or self.tokens[noun].dep == "expl":
            return None
        text = self.tokens[noun].text
        sum_of_money = text in CODES or (noun not in self.named and any(ch in "$£€¥" for ch in text))  # "A£1,400"
        if not self.tokens[noun].text[0].isalpha() or self._low(noun) in NO_OWNERS or sum_of_money:
            return None  # the "'s" of "let's"
        first = max(self.tree.left[noun], noun - LONGEST)
        for i in range(noun - 1, first - 1, -1):
            comma = self._tag(i) == "," and self._tag(i - 1).startswith("J")
            if self.tokens[i].dep not in PARTS and not comma and self._low(i) not in DASHES:
                first = i + 1
                break
        while first < noun and self._is_lead_in(first):
            first += 1
        while first < noun and self._low(first - 1) in DASHES and self.tree.glued(first):
            first += 1  # not "scale market" of "large-scale market"
        return self.tree.span(first, noun + 1)

    def _is_lead_in(self, i: int) -> bool:
        """Do words before a noun not belong to its name: a dash, "at least", the time of an entry of a live report?"""
        clock = self._tag(i) == "CD" and ":" in self._low(i)
        return clock or self._low(i) in DASHES or self._tag(i) in LEAD_INS or self._low(i) == "least"

    def _name(self, i: int) -> Span:
        """The name a token is in, without the "'s" that the model takes for part of it."""
        entity = self.named[i]
        last = entity.last - 1
        if last > entity.first and self._tag(last) == "POS":
            return Span(entity.start, self.tokens[last - 1].end)
        return Span(entity.start, entity.end)
