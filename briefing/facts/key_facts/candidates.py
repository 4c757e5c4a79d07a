"""Article + reading -> what may stand on the list of key facts: sentences, pairs of them, and answers.

Each candidate comes with its news value and with what a reader must have met to understand it.
"""

from __future__ import annotations

import bisect
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from briefing.facts.anaphora import Anaphora, singular, words_of
from briefing.facts.key_facts.features import WEIGHTS, Features, content_words, is_torn
from briefing.facts.key_facts.interview import LABEL, NUMBER, Interview
from briefing.facts.tokens import Tree
from briefing.model import Analysis, Article, KeyFactKind, Reading, Sentence

SHORTEST, LONGEST = 5, 60  # words: shorter is a label, longer hides its point
FEWEST_OF_ITEM = 4  # words of a list item with a figure, and of any sentence with digits
QUOTED_ON = 2  # further sentences of a quotation that may belong to a key fact
ITEMS = 3  # of a list of results; the text has more to tell
BELOW = 0.2  # less for each item above it
REST = 4  # sentences beside the title, without which the title is a key fact too
NEW = 2  # content words that a sentence must have beyond the headline
LEANS = 0.5  # less for two sentences, of which one needs the other
PRESENTED = 2.5  # for the sentence that names somebody of whom the lead speaks without a name
INTERVIEWED = 4  # place of all answers of an interview
OPENING = -0.5  # news value of a sentence that is shown only to explain the next one: no scene

# "Trade note - China has ...", "Bergen, Norway – The ...", "17:20 Power is back": no part of the sentence
KICKER = re.compile(
    r"[A-Z][\w'’]*(?:,? [\w'’]+){0,3} ?(?: [-–—―]|[–—―]) ?(?=[A-Z\"“])"
    r"|[0-2]?\d[:.h][0-5]\d(?: ?[ap]\.?m\.?)?(?: (?:[A-Z]{3,4}))?[ :–—-]+(?=[A-Z\"“])"
)
# "The head of the union said." with its words elsewhere
EMPTY = re.compile(r"[^,“\"‘:]+ (?:said|says|added|noted|stressed|concluded)\.$")
DECIMAL = re.compile(r"\d[.,]\d|\d ?%")
ENDS = (*".!?…", "。")


@dataclass(frozen=True, slots=True)
class Needs:
    """What a sentence names as known and the headline does not tell."""

    people: frozenset[str] = frozenset()  # surnames
    things: frozenset[str] = frozenset()
    follows: bool = False  # names as known what the news explains, so that it cannot be the news itself


@dataclass(frozen=True, slots=True)
class Candidate:
    start: int
    end: int
    order: int
    value: float  # log-odds that an editor keeps it
    news: float  # the higher, the likelier it is the news of the article
    sound: bool  # tells something by itself: no question, no quotation without a speaker
    kind: KeyFactKind  # of the fact that it rests on
    ref: str | None
    words: frozenset[str]
    needs: Needs = Needs()
    numbers: frozenset[str] = frozenset()
    presents: frozenset[str] = frozenset()  # surnames of people whom it names in full
    item: bool = False  # of a list
    leading: bool = True  # may be the first: no item "Revenue of 14 million dollars", no answer by "NH"
    added: float = -math.inf  # the value of the second of two sentences


class Candidates:
    """Reads the candidates of one article."""

    def __init__(self, article: Article, analysis: Analysis, reading: Reading, tree: Tree) -> None:
        self.article = article
        self.text = article.text
        self.reading = reading
        self.features = Features(article, analysis, reading, tree)
        self.anaphora = Anaphora(analysis, tree, reading.names)
        self.context = self.anaphora.context(reading.sentences)
        self.presented = self.anaphora.presented(reading.sentences)
        self.interview = Interview(article, reading, self.anaphora)
        self.starts = [b.start for b in article.blocks]
        title = article.title.value if article.title.basis != "derived" else ""
        self.titled = frozenset(map(singular, words_of(title))) | frozenset(words_of(title))
        people = (n.start for n in reading.names if n.label == "PERSON")
        self.people = sorted(p for p in people if article.blocks[self._block(p)].kind != "heading" and self._block(p))

    def read(self) -> list[Candidate]:
        """Return the candidates in order; those that tell little only where no other is left."""
        found: list[Candidate] = []
        repeated: list[Candidate] = []  # the headline again
        before: Candidate | None = None
        last = -1
        for number, sentence, order in self._standing():
            before = before if number == last + 1 else None
            last = number
            one = self._read_one(number, order)
            here = [one] if one and not self._leans(sentence, order) else []
            if one and not here and before and before.news >= OPENING:
                here = [self._pair(before, one)]
            if one and self.interview.is_answer(sentence):
                here = list(self._answer(sentence, one))
            for candidate in here:
                (repeated if self._is_title(sentence, candidate) else found).append(candidate)
            before = next((c for c in here if c.start >= sentence.start), None)
        found = _without_summaries(found)
        if len(found) < REST:
            found = sorted((*repeated, *found), key=lambda c: c.order)
        return [c for c in found if c.sound] or found

    def features_of_sentences(self) -> Iterator[tuple[int, dict[str, float]]]:
        """Yield the features of each sentence that may stand alone, with its number: what the weights are fitted on."""
        for number, sentence, order in self._standing():
            if self.interview.is_answer(sentence) or not self._leans(sentence, order):
                yield number, self.features.of(sentence, order, self.interview.is_answer(sentence))

    def _standing(self) -> Iterator[tuple[int, Sentence, int]]:
        """Yield the sentences that may stand, with their number and their place among these."""
        order = 0
        for number, sentence in enumerate(self.reading.sentences):
            if self._may_stand(sentence):
                order = INTERVIEWED if self.interview.has_begun(sentence.start) else order + 1
                yield number, sentence, order

    def _leans(self, sentence: Sentence, order: int) -> bool:
        """Before a lead there is nothing on which it could lean, unless it opens with a pronoun."""
        pronoun = self.features.analysis.tokens[sentence.first].tag.startswith("PRP")
        return (order > 1 or pronoun) and self.anaphora.leans(sentence)

    def _block(self, place: int) -> int:
        return bisect.bisect_right(self.starts, place) - 1

    def _may_stand(self, sentence: Sentence) -> bool:
        """A whole sentence of running text, or a measured item of a list: no headline, label, question or monster."""
        title, block = self.article.title, self.article.blocks[sentence.block]
        text = self.text[sentence.start : sentence.end]
        words = text.split()
        if block.kind in ("heading", "row", "code") or sentence.block in self.interview.questions:
            return False
        if title.start is not None and title.basis != "derived" and sentence.start < (title.end or 0):
            return False  # the headline stands above the key facts already
        if block.kind == "item" and self._is_result(sentence, words):
            return True
        label = LABEL.match(text)
        if label and (text[label.end()].islower() or self._is_line_of_talk(sentence, label.end())):
            return False  # "Tram company: strike costs us dear", as pages put above what they link to
        aside = text[0] == "(" and (text[-1] == ")" or text[1:2].islower())  # "(Some 40 fall under it.)" only explains
        whole = (text[0].isupper() or text[0].isdigit() or text[0] in "\"“‘«„'([$€£¥") and (
            text.rstrip("\"”’»)]'")[-1:] in ENDS
        )
        shortest = FEWEST_OF_ITEM if NUMBER.search(text) else SHORTEST
        return shortest <= len(words) <= LONGEST and whole and not aside and not EMPTY.match(text)

    def _is_result(self, sentence: Sentence, words: Sequence[str]) -> bool:
        """ "Revenue of 14 million dollars, up 23 percent"; in "Opened a plant" nobody acts."""
        stands = len(words) >= FEWEST_OF_ITEM and (words[0][0].isupper() or words[0][0].isdigit())
        measured = self.features.held[sentence.id].measured or DECIMAL.search(" ".join(words))
        return stands and bool(measured) and not words[0].endswith("ed")

    def _is_line_of_talk(self, sentence: Sentence, label: int) -> bool:
        """ "Ms Walsh: There are two wardens." in a report: an exchange that is no interview."""
        return not self.interview.answers and self._names_person(sentence.start, sentence.start + label)

    def _names_person(self, start: int, end: int) -> bool:
        at = bisect.bisect_left(self.people, start)
        return at < len(self.people) and self.people[at] < end

    def _is_title(self, sentence: Sentence, candidate: Candidate) -> bool:
        """Does the sentence say what the headline says? A headline made from the news repeats nothing."""
        if self.article.title.basis == "derived":
            return False
        words = " ".join(self.text[sentence.start : sentence.end].split())
        told = content_words(self.article.title.value)
        adds = len(candidate.words - told)
        return words.rstrip(".") in self.article.title.value or (adds < NEW and len(told & candidate.words) >= NEW)

    # --- one sentence ---------------------------------------------------------------------------

    def _read_one(self, number: int, order: int) -> Candidate | None:
        """Return the sentence as a candidate; None if it is the middle of a quotation or has no words of its own."""
        sentence = self.reading.sentences[number]
        end = self._end_of_quotation(self.reading.sentences[number : number + QUOTED_ON + 1])
        words = self.features.words[sentence.id]
        if end is None or not words:
            return None
        features = self.features.of(sentence, order, self.interview.is_answer(sentence))
        value, news = (
            math.fsum(weights.get(name, 0.0) * size for name, size in features.items())
            for weights in (WEIGHTS.value, WEIGHTS.news)
        )
        presented = self._presents(sentence)
        kind, ref = self.features.held[sentence.id].best()
        one = Candidate(
            self._begins(sentence),
            end,
            order,
            value + PRESENTED * presented,
            news + (presented and bool(self.interview.answers)),
            presented or not WEIGHTS.unsound & set(features),
            kind,
            ref,
            words,
            leading="I, we or you" not in features,
        )
        return self._complete(one, self._needs(sentence, order))

    def _complete(self, one: Candidate, needs: Needs) -> Candidate:
        """Return the candidate with what depends on its span and its place in the article."""
        block = self._block(one.start)
        item = self.article.blocks[block].kind == "item"
        above = (
            sum(1 for _ in takewhile(lambda b: b.kind == "item", reversed(self.article.blocks[:block]))) if item else 0
        )
        leading = one.leading and not item and not needs.follows
        if self.interview.has_begun(one.start):
            leading &= self.interview.is_named(one.start)
        elif self.interview.answers:
            leading &= one.kind != "sentence" or self.interview.initials
        text = self.text[one.start : one.end]
        return replace(
            one,
            value=one.value - BELOW * min(above, ITEMS),
            needs=needs,
            numbers=frozenset(NUMBER.findall(text)),
            presents=frozenset(words_of(text)) & self.anaphora.introduced - needs.people,
            item=item,
            leading=leading,
        )

    def _begins(self, sentence: Sentence) -> int:
        """Where the sentence begins, without a dateline or what newsletters put before it: "Trade note -"."""
        for hint in self.article.hints:
            if hint.kind == "dateline" and hint.start <= sentence.start < hint.end < sentence.end:
                behind = self.text[hint.end : sentence.end]
                return hint.end + len(behind) - len(behind.lstrip(" -–—:)\n"))
        kicker = KICKER.match(self.text, sentence.start, sentence.end)
        return kicker.end() if kicker else sentence.start

    def _end_of_quotation(self, sentences: Sequence[Sentence]) -> int | None:
        """Where the first of these ends, with the rest of a quotation that it opens; None if that is not near."""
        first = sentences[0]
        opened = self.text[first.start] not in '"“' or not is_torn(self.text[first.start : first.end])
        for sentence in sentences if opened else ():
            if sentence.block == first.block and not is_torn(self.text[first.start : sentence.end]):
                return sentence.end
        return None

    def _presents(self, sentence: Sentence) -> bool:
        """Does the sentence name somebody of whom the lead speaks without a name, or who is interviewed?"""
        answers = self.interview.answers
        if answers and sentence.start < answers[0].start:
            first = self.people[0] if self.people else -1
            return sentence.start <= first < sentence.end
        return self.presented is not None and sentence.first <= self.presented < sentence.last

    def _needs(self, sentence: Sentence, order: int) -> Needs:
        """Whom and what a reader must have met; what the headline names is known."""
        people = self.anaphora.people(sentence) - self.titled
        if order == 1:
            return Needs(people)  # a lead has nothing before it that could explain "the flood"
        things = self.anaphora.things(sentence) - self.titled
        meant = frozenset().union(*(self.context.meant(t, sentence) for t in things))
        return Needs(people, meant, bool(things))

    # --- two sentences, and answers ------------------------------------------------------------

    def _pair(self, before: Candidate, behind: Candidate) -> Candidate:
        """A sentence with the one before it, which explains it."""
        named = names_in(self.text[before.start : before.end])
        needs = Needs(
            before.needs.people | (behind.needs.people - named),
            before.needs.things | (behind.needs.things - named),
            before.needs.follows,
        )
        better = max(before, behind, key=lambda c: c.value)
        pair = replace(
            better,
            start=before.start,
            end=behind.end,
            order=behind.order,
            value=(before.value + behind.value) / 2 - LEANS,
            news=max(before.news, behind.news) - LEANS,
            words=before.words | behind.words,
            sound=before.sound and behind.sound,
            added=behind.value,
        )
        return self._complete(pair, needs)

    def _answer(self, sentence: Sentence, one: Candidate) -> Iterator[Candidate]:
        """An answer with its speaker's label."""
        begin = self.interview.begins(sentence)
        if begin is not None and one.sound:
            yield self._complete(replace(one, start=begin), Needs())


def names_in(text: str) -> frozenset[str]:
    """Return the words by which a fact explains what others name as known."""
    words = words_of(text)
    return frozenset(words) | frozenset(map(singular, words))


def _without_summaries(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates without items of a list whose numbers a sentence gives as well."""
    told = [c.numbers for c in candidates if not c.item]
    return [c for c in candidates if not (c.item and c.numbers and any(c.numbers <= t for t in told))]
