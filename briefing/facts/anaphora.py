"""What a sentence leaves to the sentences before it: "He said", "announced this", "the company", "Mr. Holm".

anaphora.leans(sentence)   -> whether only the sentence before explains it
anaphora.people(sentence)  -> surnames of people whom a reader must have met: {"holm"}
anaphora.things(sentence)  -> nouns for things that a reader must have met: {"company"}
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.facts.tokens import Tree
from briefing.lexicon import load
from briefing.model import Analysis, Entity, Sentence

GRAMMAR = load("grammar", dict[str, frozenset[str]])
HEADS = load("titles", dict[str, frozenset[str]])["heads"]
WORD = re.compile(r"[^\W\d_][\w-]*")


def _opening(use: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(GRAMMAR[use]))})\b", re.IGNORECASE)


LEANING = _opening("leaning")  # words that point back: "He said", "This is", "Two days later"
JOINING = _opening("joining")  # words that only join on: the sentence behind them stands by itself
IMPERSONAL = re.compile(  # "It is reported that": this "it" stands for nothing told before
    r"it (?:is|was|has been|seems|appears) (?:\w+ly )?(?:that|(?:\w+ed|said|known|thought|learnt|understood|worth \w+|"
    r"(?:un)?(?:clear|important|likely|possible|necessary))(?: (?:by|in|on|from|at) [\w' ]{1,40}?)?"
    r" (?:that|to|whether|how|why))\b",
    re.IGNORECASE,
)
EXPLETIVE = re.compile(
    r"it (?:is|was|has|will|would|takes?|took|seems|appears|may|might|could)(?: \w+){0,4}?"
    r" (?:to|that|for|whether|when|how)\b",
    re.IGNORECASE,
)
BACK = re.compile(  # words anywhere in a sentence that only what was told before explains
    r"\b(?:therefore|thus)\b|\bsuch (?!as\b|an?\b)\w+s\b(?! as\b)"
    r"|\bthe same (?!time|year|month|week)\w+(?:[.,;]| (?:are|is|were|was|have|has|had|will)\b)"
    r"|\bthe (?:next|following|previous|same) (?:day|night|morning|week|month)\b(?! (?:of|in|last|a year)\b)"
    r"|\beven (?:more|less|\w+er)\b(?! than\b)(?=[ ,.]*(?:$|[,.]))"
    r"|\bof the (?:two|three|four|five)\b(?=[,.])"
    r"|\b(?:that|those) (?:day|night|morning|afternoon|evening|week|month|year)s?\b(?! (?:when|that|of)\b)"
    r"|\b(?:did|does|do|would|could|will|can|has|have|is|was|were) not(?=[,.;])"
    r"|\bhere\b(?! (?:on|in|at)\b)|\bin turn\b|\bat th(?:e|at) time\b(?! of\b)"
    r"|['’]s (?:was|were|is|are|had|has) (?:\w+ed|cut|set|made|put)\b",
    re.IGNORECASE,
)
SAME_DAY = re.compile(r"the same (?:day|night|morning|week|month)", re.IGNORECASE)
DATED = re.compile(
    r"\b(?:on|in) (?:the )?(?:\d|(?:jan|feb|mar|apr|may|ju[nl]|aug|sep|oct|nov|dec|\w+day)\w*)", re.IGNORECASE
)
DEMONSTRATIVE = frozenset({"this", "that", "these", "those"})
PEOPLE = frozenset({"he", "she", "they"})
PLURALS = frozenset({"NNS", "NNPS"})
OBJECT = frozenset({"dobj", "pobj", "dative"})
MEANT = {"it": ("NN", "NNP"), "them": ("NNS", "NNPS", "CC"), "him": ("NN", "NNP"), "her": ("NN", "NNP")}
EXPLAINING = frozenset({"of", "for", "in", "at", "on", "who", "which", "that", "with", "from", "to"})
SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj"})
ONE, MORE = frozenset({"he", "him", "his", "she", "her"}), frozenset({"they", "them", "their"})
PERSON_ENDING = re.compile(r"(?:man|woman|er|or|ist|ian|ant|ee|boy|girl|mother|father)$")
IRREGULAR = {"men": "man", "women": "woman", "children": "child"}
NOT_A_PERSON = frozenset({"ORG", "GPE", "NORP", "LOC", "FAC", "DATE", "TIME", "EVENT", "PRODUCT", "LAW"})
PLACES = frozenset({"GPE", "LOC", "FAC"})
HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady"})
PARTS, TIMES, UNIQUE = GRAMMAR["parts"], GRAMMAR["times"], GRAMMAR["unique"]
STANDING_FOR, POINTING, STOOD_IN = GRAMMAR["standing_for"], GRAMMAR["pointing"], GRAMMAR["stood_in"]
SOMEBODY, FIRMS = GRAMMAR["somebody"], GRAMMAR["firms"]
ANSWERING = GRAMMAR["answering"]
STUDYING = frozenset({"study", "research", "researcher", "scientist", "author", "paper", "team", "experiment", "trial"})
SUMMING = POINTING - STOOD_IN - GRAMMAR["persons"] - GRAMMAR["vague"]
PUBLIC = STOOD_IN - FIRMS  # words of bodies that nobody calls a company
PRESENTING = 4  # sentences of the text, headline and dateline included, in which somebody of the lead is named
NEAR_NEWS = 16  # sentences of the text in which "the deal" means the one that the article is about


class Anaphora:
    """Asked for each sentence of one article."""

    def __init__(self, analysis: Analysis, tree: Tree, names: Sequence[Entity]) -> None:
        self.analysis = analysis
        self.tree = tree
        self.names = names
        self.persons = [n for n in names if n.label == "PERSON"]
        self.label = {i: n.label for n in (*analysis.entities, *names) for i in range(n.first, n.last)}
        self.name_end = {i: n.last for n in (*analysis.entities, *names) for i in range(n.first, n.last)}
        self.introduced = {w for n in self.persons if n.last - n.first > 1 for w in words_of(self._text(n))}
        self.first_told: dict[str, int] = {}
        for i, token in enumerate(analysis.tokens):
            if token.tag.startswith("N"):
                self.first_told.setdefault(singular(token.text.lower()), i)

    def _text(self, name: Entity) -> str:
        return self.analysis.text[name.start : name.end]

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
        if self._opens_without_object(sentence):
            return True
        subjects = [i for i in range(sentence.first, sentence.last) if tokens[i].dep in SUBJECT]
        back = BACK.search(opening)
        told = back is not None and SAME_DAY.match(back[0]) and DATED.search(opening[: back.start()])
        if (back and not told) or (subjects and self._stands_for(subjects[0])):
            return True
        for i in subjects:
            head = tokens[tokens[i].head].dep
            doubled = tree.tag(i - 1) in PLURALS  # "The flames they have burnt", as a translation may put it
            if tree.low(i) in PEOPLE and head == "ROOT" and not doubled and not self._names_speaker(subjects, i):
                return True
            if tokens[i].tag == "PRP" and head == "parataxis":
                return True  # "The quotas, it said, were too low."
        return any(
            self._points_back(sentence, i) or self._is_without_antecedent(sentence, i)
            for i in range(sentence.first, sentence.last)
        )

    def _names_speaker(self, subjects: Sequence[int], pronoun: int) -> bool:
        """Tell whether the words said name who says them: "Physicists have kept it cold, they report"."""
        several = self.tree.low(pronoun) == "they"
        before = [i for i in subjects if i < pronoun]
        if not before or self.analysis.tokens[self.analysis.tokens[before[0]].head].dep != "ccomp":
            return False
        return self.tree.tag(before[0]) in PLURALS if several else self.label.get(before[0]) == "PERSON"

    def _opens_without_object(self, sentence: Sentence) -> bool:
        """ "Seconding, Bo Lind said": what is seconded stands before. "Officers replied that": so does the question."""
        tokens = self.analysis.tokens
        first = tokens[sentence.first]
        if first.text.endswith("ing") and sentence.first + 1 < sentence.last and tokens[sentence.first + 1].text == ",":
            return True
        return any(
            tokens[i].dep == "ROOT" and self.tree.low(i) in ANSWERING for i in range(sentence.first, sentence.last)
        )

    def _is_without_antecedent(self, sentence: Sentence, i: int) -> bool:
        """ "citing her work" of nobody in the sentence, "people there" without a place."""
        token, low = self.analysis.tokens[i], self.tree.low(i)
        if low == "there" and token.tag == "RB" and token.dep == "advmod":
            return not any(self.label.get(j) in PLACES for j in range(sentence.first, i))
        before = range(sentence.first, i)
        if low == "it" and token.dep in SUBJECT:
            speaking = self._speaking(token.head)
            return not self._means_nothing(i) and not any(
                self.tree.tag(j) in ("NN", "NNP", "VBG") for j in before if j not in speaking
            )
        if token.tag not in ("PRP", "PRP$") or low not in ONE | MORE | {"its"}:
            return False
        if low == "its":
            fits = any(self.tree.tag(j).startswith("N") for j in before)
        elif low in MORE:
            fits = any(self.tree.tag(j) in ("NNS", "NNPS", "CC", "NN", "NNP") for j in before)
        else:
            speaking = self._speaking(token.head) if low in ("him", "her") and token.dep in OBJECT else range(0)
            if token.tag == "PRP$" and self.analysis.tokens[token.head].dep == "appos":
                named = self.analysis.tokens[token.head].head  # "Ada Bolt, his former wife"
                speaking = range(self.tree.left[named], i)
            fits = any(self._is_person(j) for j in before if j not in speaking)  # "Wen demanded that Japan release him"
        return not fits and not self._is_told_behind(sentence, i)

    def _means_nothing(self, it: int) -> bool:
        """ "It was too early to say", "it is raining"."""
        return EXPLETIVE.match(self.analysis.text, self.analysis.tokens[it].start) is not None

    def _speaking(self, clause: int) -> range:
        """The words of the person who says the clause with this verb: "Opposition leader Paul Rudge"."""
        verb = self.analysis.tokens[clause]
        said = self.tree.child(verb.head, SUBJECT) if verb.dep == "ccomp" else None
        if said is None or not self._is_person(said):
            return range(0)
        return range(self.tree.left[said], self.tree.right[said])

    def _is_person(self, i: int) -> bool:
        low, tag, label = self.tree.low(i), self.tree.tag(i), self.label.get(i)
        if label == "PERSON":
            return True
        if tag == "NNS":
            low, tag = singular(low), "NN"
        if tag == "NN":
            return low in HEADS or low in SOMEBODY or PERSON_ENDING.search(low) is not None
        acts = self.analysis.tokens[i].dep in SUBJECT and low not in STOOD_IN
        return tag == "WP" or (tag == "NNP" and acts and label not in NOT_A_PERSON)

    def _is_told_behind(self, sentence: Sentence, i: int) -> bool:
        """ "In his speech, Berit Holm said": a name as the subject behind an opening phrase."""
        for j in range(i + 1, sentence.last):
            token = self.analysis.tokens[j]
            if token.dep in SUBJECT and self.analysis.tokens[token.head].dep == "ROOT":
                return token.tag.startswith("NNP")
        return False

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
            if token.dep in SUBJECT:  # "He said that this was cheaper", "You can't call that a budget"
                return "ccomp" in (self.analysis.tokens[token.head].dep, token.dep)
            return token.dep == "det" and self._is_demonstrative(sentence, i)
        if token.tag != "PRP" or low not in MEANT:
            return False
        if not (token.dep in OBJECT or self.analysis.tokens[token.head].tag.startswith("N")):
            return False
        own = self._never_meant(i) if tree.low(i - 1) != "among" else set()
        if low == "it":
            own.update(j for n in self.persons for j in range(n.first, n.last))
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
        verbs = [at]
        while self.analysis.tokens[verbs[-1]].dep == "xcomp":
            verbs.append(self.analysis.tokens[verbs[-1]].head)  # "The company wants to put it there"
        for other in (c for verb in verbs for c in self.tree.children[verb]):
            if (
                self.analysis.tokens[other].dep in {*SUBJECT, "dobj"}
                and not self.tree.left[other] <= i < self.tree.right[other]
            ):
                # but not what hangs on it: "A man who evicted tenants was told to pay them"
                found.update(range(self.tree.left[other], other + 1))
        return found

    def needs(self, sentence: Sentence) -> frozenset[str]:
        """Return the people and things that a reader must have met, in lower case."""
        return self.people(sentence) | self.things(sentence)

    def people(self, sentence: Sentence) -> frozenset[str]:
        """ "Holm said", "Mr. Holm said", but not "President Holm said" nor "her brother Jon"."""
        here = [n for n in self.persons if sentence.start <= n.start < sentence.end]
        full = {w for n in here if n.last - n.first > 1 for w in words_of(self._text(n))}
        found = []
        for name in here:
            token, before = self.analysis.tokens[name.last - 1], self.tree.low(name.first - 1)
            titled = self.tree.tag(name.first - 1).startswith("N") and before.rstrip(".") not in HONORIFICS
            told = token.dep in SUBJECT or token.dep == "poss" or token.text.lower() in self.introduced
            if name.last - name.first == 1 and told and not titled:
                found += [w for w in words_of(token.text) if w not in full]
        return frozenset(found)

    def things(self, sentence: Sentence) -> frozenset[str]:
        """ "The company said", "the two men", "called the deal a success", but not "the company that runs the mine" nor
        "the government"."""
        found = set()
        for i in range(sentence.first, sentence.last):
            token, low = self.analysis.tokens[i], self.tree.low(i)
            mens = token.dep == "poss" and token.tag == "NNS" and self._is_person(i)  # "the men's race": any men
            noun = (token.tag in ("NN", "NNS") and not mens) or (token.tag == "NNP" and low in STOOD_IN)
            if not noun or low in UNIQUE or low in TIMES or not self.is_bare_definite(i):
                continue
            if low == "others" and self.tree.low(i - 2) == "than":
                continue  # "later than the others": all but those of whom the sentence tells
            told = self.first_told[singular(low)] < sentence.first or singular(low) in POINTING
            if told and not self._is_told_before(sentence, i):
                found.add(singular(low))
        return frozenset(found)

    def presented(self, sentences: Sequence[Sentence]) -> int | None:
        """Return the first token of the name by which one of the next sentences presents somebody of the lead: "A baker
        was jailed. Colin Marsh, 61, had ..."; None if the lead has a name, or nobody's surname is used again."""
        begun = [n for n in self.persons if n.first >= sentences[0].first] if sentences else []
        if not begun:
            return None
        name, surname = begun[0], words_of(self._text(begun[0]))[-1:]
        again = sum(surname == words_of(self._text(n))[-1:] for n in begun)
        place = next((i for i, s in enumerate(sentences) if s.first <= name.first < s.last), 0)
        here = 0 < place <= PRESENTING and name.last - name.first > 1 and again > 2
        here = here and self._acts(name)
        return name.first if here else None

    def _acts(self, name: Entity) -> bool:
        """ "Colin Marsh was found guilty", but not "Maud Ferrer walks to the weir", which sets a scene."""
        heads = {t.head for t in self.analysis.tokens[name.first : name.last] if t.dep in SUBJECT}
        return any(self.tree.tag(head) in ("VBD", "VBN") for head in heads)

    def context(self, sentences: Sequence[Sentence]) -> Context:
        """Return what "the company" and "the ruling" mean in this article, the first of `sentences` being its news."""
        return Context(self, sentences)

    def is_bare_definite(self, noun: int) -> bool:
        """ "The company", "the two men", "the latest deal": nothing but what went before says which."""
        rest = [c for c in self.tree.children[noun] if self.tree.low(c) not in ("the", "both")]
        if len(rest) == len(self.tree.children[noun]):
            return False
        return all(
            self.analysis.tokens[c].dep in ("punct", "case", "cc", "conj")
            or (c < noun and (self.tree.tag(c) == "CD" or self.tree.low(c) in POINTING))
            or (self.analysis.tokens[c].dep == "relcl" and self.tree.low(self.tree.left[c] - 1) == ",")
            or (self.analysis.tokens[c].dep == "acl" and self.analysis.tokens[noun].dep == "ROOT")  # a verb misread
            for c in rest
        )

    def _is_told_before(self, sentence: Sentence, noun: int) -> bool:
        """The same word, or for "the company" and "the man" a name that it stands for, earlier in the sentence."""
        low = singular(self.tree.low(noun))
        for j in range(sentence.first, noun):
            if self.tree.tag(j).startswith("N") and singular(self.tree.low(j)) == low:
                return True
            if low in STOOD_IN and self.label.get(j) in ("ORG", "GPE", "NORP") and self.name_end[j] <= noun:
                return True
            if self.label.get(j) == "PERSON" and (low in HEADS or PERSON_ENDING.search(low)):
                return True
        return False


class Context:
    """Tells what a definite noun means where its sentence does not."""

    def __init__(self, anaphora: Anaphora, sentences: Sequence[Sentence]) -> None:
        self.anaphora = anaphora
        self.sentences = sentences
        # elsewhere the model may take the same name for a person
        bodies = {self._words(n) for n in anaphora.names if n.label == "ORG" or self._is_called_firm(n)}
        acting = (n for n in anaphora.names if is_subject(anaphora.analysis, n) and self._words(n) in bodies)
        told = (t.text.lower() for t in anaphora.analysis.tokens)
        self.studied = frozenset(next(([singular(w)] for w in told if singular(w) in STUDYING), []))
        self.acting = [n for n in acting if not self._words(n) & PUBLIC]
        self.firms = [n for n in anaphora.names if n.label == "ORG" and not self._words(n) & PUBLIC]

    def _is_called_firm(self, name: Entity) -> bool:
        """ "Arvik, a maker of paper", "the airline Norvik"."""
        tree, head = self.anaphora.tree, name.last - 1
        beside = (c for c in tree.children[head] if self.anaphora.analysis.tokens[c].dep == "appos")
        return tree.low(name.first - 1) in FIRMS or any(tree.low(c) in FIRMS for c in beside)

    def _words(self, name: Entity) -> frozenset[str]:
        return frozenset(words_of(self.anaphora.analysis.text[name.start : name.end]))

    def meant(self, noun: str, sentence: Sentence) -> frozenset[str]:
        """Return the words that a reader must have met to understand the noun: none if the news explains it."""
        if noun in STUDYING:
            return self.studied or frozenset({noun})
        if noun in FIRMS:
            return self._firm(sentence) or frozenset({noun})
        if noun in STOOD_IN and (body := self._body(noun, sentence)):
            return body
        return frozenset() if self._is_of_news(noun, sentence) else frozenset({noun})

    def _body(self, noun: str, sentence: Sentence) -> frozenset[str]:
        """Return the words of the body that "the ministry" stands for: the last one named with that word."""
        bodies = (n for n in self.anaphora.names if n.label == "ORG" and n.start < sentence.start)
        return next((words for n in reversed(list(bodies)) if noun in (words := self._words(n))), frozenset())

    def _firm(self, sentence: Sentence) -> frozenset[str]:
        """Return the words of the only company that has acted up to the sentence, or else that was named."""
        for firms in (self.acting, self.firms):
            found = [self._words(n) for n in firms if n.start < sentence.end]
            if found:
                return frozenset.intersection(*found)
        return frozenset()

    def _is_of_news(self, noun: str, sentence: Sentence) -> bool:
        """ "The ruling", "the deal": sums up the news, if nothing before was called so."""
        first = self.anaphora.first_told[noun]
        told = next((i for i, s in enumerate(self.sentences) if s.first <= first < s.last), len(self.sentences))
        return noun in SUMMING and told < NEAR_NEWS and self.anaphora.is_bare_definite(first)


def is_subject(analysis: Analysis, name: Entity) -> bool:
    """Return whether a name, such as "the Department of Energy", has the subject of a clause in it."""
    return any(token.dep in SUBJECT for token in analysis.tokens[name.first : name.last])


def singular(word: str) -> str:
    """Return the word without the ending of its plural, for comparison only."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without possessive endings."""
    return [w.lower() for w in WORD.findall(text)]
