"""Tagged names -> those that a careful reader would call people and organisations.

The learned weights also tag a dateline's town, a prize, a palace, or a headline in capitals. Each check looks for
evidence against a name; evidence for it wins.
Example: "talks at Brennock House" names a place, "Brennock House said" a body.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from briefing.facts.names.edges import AMPERSANDS, CLOSING, DASHES, FIELDS, OPENING
from briefing.facts.names.lists import (
    LETTERS,
    Words,
    common_nouns,
    first_names,
    is_first_name,
    kinds,
    listed,
    mostly_capitals,
    words_of,
)
from briefing.facts.tokens import opens_dateline
from briefing.model import Analysis, Entity, Sentence, Token

PARTY = re.compile(r"[DRI]-[A-Z]")  # "R-Wis.": a party and a state
SHORTEST_TOWN = 4  # letters: shorter capitals are acronyms
TITLED = 5  # words of a headline that is written With Capitals
RANKS = frozenset({"secretary", "secretaries", "minister", "ministers", "undersecretary"})
CASE_NUMBER = 3  # digits: "DS431" is a dispute, "G20" a body
WHERE = frozenset({"some-city", "some-country", "region", "nation"})
TICKER = re.compile(r"\b[A-Z][A-Za-z]{1,7}(?:-[A-Z]{1,2})?: ?[A-Z\d]{1,5}(?:\.[A-Z]{1,2})?(?=[);,/])")  # "(NYSE: MPX)"
QUALIFIERS = frozenset({"shadow", "home", "deputy", "acting", "interim", "former"})
FIRST_OF_PLACES = frozenset({"camp", "cape", "fort", "port", "mount", "lake", "hurricane", "typhoon", "cyclone"})
SINGLE_SYMBOLS = frozenset("BCFHIKNOPSUVWY")
LONGEST_FORMULA = 6  # symbols
OFFICIALS = frozenset({"negotiator", "official", "investor", "diplomat", "regulator", "expert", "worker", "supporter"})
NO_OFFICE = (FIELDS - {"treasury"}) | QUALIFIERS  # "Shadow Home Secretary"


class Sifted(NamedTuple):
    kept: list[Entity]  # of a headline only the part that is a name
    rejected: list[tuple[Entity, str]]  # with the reason


def sift(analysis: Analysis, names: Sequence[Entity], sport: bool) -> Sifted:
    doubts = _Doubts(analysis, names, sport)
    sifted = Sifted([], [])
    for name in names:
        settled = doubts.settled(name)
        if isinstance(settled, str):
            sifted.rejected.append((name, settled))
        else:
            sifted.kept.append(settled)
    return sifted


class _Doubts:
    def __init__(self, analysis: Analysis, names: Sequence[Entity], sport: bool) -> None:
        self.tokens = analysis.tokens
        self.sentences = analysis.sentences
        titled = () if sport else analysis.sentences  # tables of teams look like headlines
        self.headlines = {s.id for s in titled if _is_headline(self.tokens[s.first : s.last])}
        self.groups = {self._words(e) for e in analysis.entities if e.label == "NORP" and e.last - e.first == 1}
        self.running = {self._words(n): n.label for n in names if self._sentence(n).id not in self.headlines}
        self.surnames = {w for n in names if n.label == "PERSON" for w in self._words(n)[1:]}
        self.small = {t.text for t in self.tokens if t.text.islower()}
        opens = {s.first for s in analysis.sentences}
        self.capital = {t.text.lower() for i, t in enumerate(self.tokens) if i not in opens and t.text[0].isupper()}
        self.documents = set(self._in_quoted_titles())
        self.places = self._only_places(names)
        self.tickers = [m.span() for m in TICKER.finditer(analysis.text)] if ":" in analysis.text else []
        self.people_end = {n.last for n in names if n.label == "PERSON"}
        self.bodies_end = {n.last for n in names if n.label == "ORG"}
        self.things = self._things([n for n in names if n.label == "PERSON"])

    def _words(self, name: Entity) -> Words:
        return words_of(self.tokens, name)

    def _sentence(self, name: Entity) -> Sentence:
        return self.sentences[self.tokens[name.first].sentence]

    def settled(self, name: Entity) -> Entity | str:
        """Return the part of a name that is one, or the reason to reject it."""
        words = self._words(name)
        if PARTY.match("".join(t.text for t in self.tokens[name.first : name.last])) or len("".join(words)) == 1:
            return "party and state, or a single letter"
        if self._is_common_word(name, words):
            return "common word"
        if name.label == "PERSON" and not AMPERSANDS.isdisjoint(words):
            name = replace(name, label="ORG")
        if name.label not in {"PERSON", "ORG"}:
            return name
        if self._is_symbol(name, words):
            return "symbol of an element or a share"
        if name.label == "PERSON" and (self._is_no_person(words) or self._is_thing(name, words)):
            return "no person"
        if name.label == "PERSON" and self._is_beside_another(name, words):
            return "part or affiliation of another name"
        if name.label == "ORG" and (self._is_no_body(name, words) or self._is_place_beside(name, words)):
            return "no organisation"
        if self._opens_dateline(name):
            return "place of a dateline"
        return self._in_headline(name, words) or "words of a headline"

    def _is_common_word(self, name: Entity, words: Words) -> bool:
        """Tell whether it is a common word: "graphite", or "Graphite" at the start of a sentence only."""
        if all(t.text.islower() for t in self.tokens[name.first : name.last] if LETTERS.search(t.text)):
            return True
        if len(words) == 1:
            return words[0] in self.small and words[0] not in self.capital
        shouted = all(t.text.isupper() for t in self.tokens[name.first : name.last])  # "LEISURE CENTRE REPAIRS"
        return shouted and self._is_written_small(words)

    def _is_written_small(self, words: Words) -> bool:
        """Tell whether these words stand somewhere in lower case."""
        if not self.small.issuperset(words):
            return False
        return any(tuple(t.text for t in self.tokens[i : i + len(words)]) == words for i in range(len(self.tokens)))

    def _is_no_person(self, words: Words) -> bool:
        """Tell whether it is no person: "COVID-19", "Democrats", the noun of a body, place or office."""
        if any(c.isdigit() for word in words for c in word):
            return True
        if words[0] in listed("day") and "some-country" in kinds(words[-1]):  # "In April China's exports"
            return True
        if len(words) > 1:  # "Mountain Pass", but not "Anna Hill"
            return words[-1] in listed("place") and not (is_first_name(words[0]) or words[0] in listed("honorific"))
        if self._is_plural_noun(words):
            return True
        a_group = words in self.groups and words[0].endswith("s")
        return a_group or (words[0] in common_nouns() and words[0] not in self.surnames)

    def _is_beside_another(self, name: Entity, words: Words) -> bool:
        """Tell whether it is a person's party or place, "Ann Lee (Lib Dem)", or the end of a name, "Oldby–Lincoln"."""
        before = self._word(name.first - 1, name)
        after = self._word(name.last, name)
        if before == "(" and name.first - 1 in self.people_end:
            return after in {")", ",", ";"} and len(words) < 3 and words[0] not in first_names()
        if self._is_ward(name):
            return True
        glued = before in DASHES and self.tokens[name.first - 1].end == name.start
        glued = glued and self.tokens[name.first - 2].end == self.tokens[name.first - 1].start
        return glued and len(words) == 1 and name.first - 1 in self.bodies_end

    def _is_ward(self, name: Entity) -> bool:
        """Tell whether it is the second word in brackets behind a person: "Ann Lee (Lab, Halden)"."""
        opened = name.first - 3
        if self._word(name.first - 1, name) != "," or self._word(opened, name) != "(":
            return False
        return opened in self.people_end and self._word(name.last, name) == ")"

    def _is_place_beside(self, name: Entity, words: Words) -> bool:
        """Tell whether it says where something is: "the Halden library", "the Halden bank Roth", "(Lab, Halden)"."""
        before, after = self._word(name.first - 1, name), self._word(name.last, name)
        if len(words) > 1 or words[0].isupper():
            return False
        if self._is_ward(name):
            return True
        if before != "the" or not self.tokens[name.last : name.last + 2][1:]:
            return False
        behind = self.tokens[name.last + 1]
        seat = after in listed("company") - listed("relation") and behind.text[0].isupper() and behind.tag == "NNP"
        return seat or after in listed("civic")

    def _is_plural_noun(self, words: Words) -> bool:
        """Tell whether it is a plural noun that opens a sentence: "Negotiators"."""
        return words[0][-1] == "s" and words[0][:-1] in common_nouns() | OFFICIALS and words[0] not in self.surnames

    def _is_symbol(self, name: Entity, words: Words) -> bool:
        """Tell whether it is a symbol: "Dy and Tb", "B. Ga", or the "MPX" of "(NYSE: MPX)"."""
        if any(start <= name.start and name.end <= end for start, end in self.tickers):
            return True
        if len(words) == 1 and _is_formula(self.tokens[name.first].text):
            return True
        texts = [t.text.rstrip(".") for t in self.tokens[name.first : name.last]]
        if not all(len(t) < 3 and t[0].isupper() and not t[1:].isupper() for t in texts):
            return False
        symbols = all(len(w) == 1 or w in listed("element") for w in (t.lower() for t in texts))
        last = words[-1].rstrip(".")
        surname = last in listed("surname") or (len(words) == 1 and last in self.surnames)
        return symbols and len(last) == 2 and not surname

    def _is_thing(self, name: Entity, words: Words) -> bool:
        """Tell whether a thing bears the name: "the Per Geijer deposit", "the ship Nansen", "the Nansen left port"."""
        return words in self.things or self._is_of_thing(name)

    def _things(self, names: Sequence[Entity]) -> set[Words]:
        """Return the names that belong to things in half of the places or more, and to a person in none."""
        things = Counter(self._words(n) for n in names if self._is_of_thing(n))
        if not things:
            return set()
        times = Counter(map(self._words, names))
        people = {self._words(n) for n in names if self._acts(n)}
        return {words for words in things if 2 * things[words] >= times[words] and words not in people}

    def _is_of_thing(self, name: Entity) -> bool:
        """Tell whether a noun beside the name says that it is a thing's."""
        before, after = self._word(name.first - 1, name), self._word(name.last, name)
        if before in {"née", "nee"} or before in listed("vessel") or self._word(name.first, name) in FIRST_OF_PLACES:
            return True
        of_name = self._word(name.last + 1, name) if after in {"'s", "’s"} else ""  # "Megan's Law"
        if of_name in listed("named_after") and self.tokens[name.last + 1].text[0].isupper():
            return True
        if after in listed("named_after") and self.tokens[name.last].tag.startswith("NN"):
            return True
        if before != "the" or name.last == len(self.tokens):
            return False
        return self.tokens[name.last].tag in {"VBD", "VBZ", "MD"} and self.tokens[name.last - 1].tag != "NNPS"

    def _acts(self, name: Entity) -> bool:
        """Tell whether the name is used as a person's: with a title, or as the subject of a verb of speech."""
        before, after = self._word(name.first - 1, name), self._word(name.last, name)
        titled = before.rstrip(".") in listed("honorific") or before in listed("title")
        return titled or after == "who" or (after in listed("speech") and before != "the")

    def _word(self, i: int, name: Entity) -> str:
        """Return the word at a token, or "" outside the name's sentence."""
        inside = 0 <= i < len(self.tokens) and self.tokens[i].sentence == self.tokens[name.first].sentence
        return self.tokens[i].text.lower() if inside else ""

    def _is_no_body(self, name: Entity, words: Words) -> bool:
        if self._is_of_title(name, words):
            return True
        if len(words) == 1:
            thing = words[0] in listed("thing") | listed("no_body") | NO_OFFICE or self._is_only_a_noun(name)
            return thing or sum(c.isdigit() for c in words[0]) >= CASE_NUMBER
        if words in self.places or NO_OFFICE.issuperset(words):
            return True
        if name.first in self.documents and name.last - 1 in self.documents:
            return True
        if listed("body").intersection(words):
            return False
        return words[-1] in listed("no_body") or self._reads_like_a_title(words)

    def _is_only_a_noun(self, name: Entity) -> bool:
        """Tell whether it only modifies ("Treasury Secretary Ann Lee", "the Smith Report") or is a trade."""
        word, after = self._word(name.first, name), self._word(name.last, name)
        if word in listed("company") - listed("body") or (word in FIELDS and after in RANKS):
            return True
        if (
            word in listed("scope")
            and self.tokens[name.last : name.last + 1]
            and self.tokens[name.last].tag[:2] == "NN"
        ):
            return True  # "The Federal agency for fishery"
        capital = name.last < len(self.tokens) and self.tokens[name.last].text[0].isupper()
        return capital and after in listed("thing") and "some-last" in kinds(word)

    def _reads_like_a_title(self, words: Words) -> bool:
        """Tell whether it reads like a title: "Securing of Supply", not "Voice of Norway"."""
        small = [i for i, word in enumerate(words[1:-1], start=1) if word in listed("linking")]
        return bool(small) and not (words[-1] in listed("continent") or WHERE.intersection(kinds(words[-1])))

    def _is_of_title(self, name: Entity, words: Words) -> bool:
        """Tell whether it is part of a title: "Secretary of State", "Member of Parliament", "State of the Union"."""
        after = self.tokens[name.last].text if name.last < len(self.tokens) else ""
        if words == ("state",) and after == "of":
            return True
        before = [t.text.lower() for t in self.tokens[max(0, name.first - 3) : name.first] if t.text != "the"]
        if len(before) < 2 or before[-1] != "of":
            return False
        of_member = before[-2].startswith("member") and words == ("parliament",)
        return of_member or (before[-2] in RANKS and listed("seat").isdisjoint(words))

    def _in_quoted_titles(self) -> Iterator[int]:
        """Yield the tokens of titles in quotation marks: "Securing the Supply of Ores from Abroad"."""
        opened = None
        for i, token in enumerate(self.tokens):
            if opened is not None and token.sentence != self.tokens[opened].sentence:
                opened = None
            if opened is not None and token.text in CLOSING:
                if _is_headline(self.tokens[opened + 1 : i]):
                    yield from range(opened + 1, i)
                opened = None
            elif opened is None and token.text in OPENING:
                opened = i

    def _only_places(self, names: Iterable[Entity]) -> set[Words]:
        """Return the names of buildings that are used only as places."""
        seen: defaultdict[Words, Counter[bool]] = defaultdict(Counter)
        for name in names:
            words = self._words(name)
            if name.label == "ORG" and len(words) > 1 and words[-1] in listed("building"):
                seen[words][self._is_where(name)] += 1
        return {words for words, where in seen.items() if not where[False]}

    def _is_where(self, name: Entity) -> bool:
        """Tell whether "in", "at" or the like stands before it: "aboard the presidential Sky Lord One"."""
        at = name.first - 1
        while at > 0 and (self.tokens[at].tag in {"JJ", "PRP$", "POS"} or self.tokens[at].text.lower() == "the"):
            at -= 1
        said = at > 0 and self.tokens[at - 1].text.lower() == "according"
        return at >= 0 and self.tokens[at].text.lower() in listed("where") and not said

    def _opens_dateline(self, name: Entity) -> bool:
        """Tell whether it is the town of a dateline: "HALDEN, Norway (News) -"."""
        sentence = self._sentence(name)
        here = self.tokens[name.first : name.last]
        if name.first != sentence.first or not self._opens_paragraph(sentence):
            return False
        if not all(t.text.isupper() for t in here) or sum(len(t.text) for t in here) < SHORTEST_TOWN:
            return False
        return opens_dateline(self.tokens, name.first) and not listed("body").issuperset(self._words(name))

    def _opens_paragraph(self, sentence: Sentence) -> bool:
        before = self.tokens[sentence.first - 1] if sentence.first else None
        return before is None or before.block != sentence.block

    def _in_headline(self, name: Entity, words: Words) -> Entity | None:
        """Return the part of a name in a headline in capitals that is a name elsewhere too, or looks like a body's."""
        if self._sentence(name).id not in self.headlines or words in self.running:
            return name
        for size in range(len(words) - 1, 0, -1):
            for at in range(len(words) - size + 1):
                label = self.running.get(words[at : at + size])
                if label is not None and not (at and is_first_name(words[at - 1])):
                    first, last = name.first + at, name.first + at + size
                    return Entity(self.tokens[first].start, self.tokens[last - 1].end, label, first, last)
        if name.label == "PERSON" or (listed("body") | listed("legal")) & {words[0], words[-1]}:
            return name
        return name if len(words) == 1 and self.tokens[name.first].text.isupper() else None


def _is_formula(word: str) -> bool:
    """Tell whether it is made of symbols of elements: "NdPr", "NdFeB"."""
    symbols = re.findall(r"[A-Z][a-z]?", word)
    if len(symbols) < 2 or len(symbols) > LONGEST_FORMULA or "".join(symbols) != word or word.isupper():
        return False
    return all(s.lower() in listed("element") or s in SINGLE_SYMBOLS for s in symbols)


def _is_headline(tokens: Sequence[Token]) -> bool:
    """Tell whether every longer word begins with a capital, though not all are in capitals."""
    words = 0
    for token in tokens:
        if token.text[0].isalpha() and token.text.lower() not in listed("headline"):
            if not token.text[0].isupper():  # in most sentences the second word says so
                return False
            words += 1
    return words >= TITLED and len(tokens) < 2 * words and not mostly_capitals(tuple(tokens))
