"""Edges of names: one name that was taken for two, two that were taken for one, words that belong to none.

Example: "Dutchman Jan Vermaat" is "Jan Vermaat"; "Roth Bank's Anna Lund" is a body and a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.facts.name_agreement import called_like_a_person
from briefing.facts.name_features import LETTERS
from briefing.facts.name_lists import common_nouns, listed
from briefing.model import Entity, Token

POSSESSIVES = frozenset({"'s", "’s", "'", "’", "´s", "`s"})
OPENING = frozenset({"“", "‘", '"', "«", "„", "``"})
CLOSING = frozenset({"”", "’", '"', "»", "“", "''", "'"})
DASHES = frozenset({"-", "–", "—", "--"})
LONGEST = 14  # words; more is a list or a sentence in capitals
PARTICLES = frozenset(
    {
        "von",
        "van",
        "der",
        "den",
        "ter",
        "zu",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "la",
        "le",
        "bin",
        "ibn",
        "ben",
    }
)


def split(tokens: Sequence[Token], first: int, last: int, label: str) -> Iterator[tuple[int, int, str]]:
    """Two names that were taken for one: "Roth Bank's Anna Lund", "Lund - Jan Vermaat"."""
    for i in range(first + 1, last - 1):
        here = tokens[i]
        if label == "ORG" and here.text in POSSESSIVES:
            person = _opens_person(tokens, i + 1, last)
            if person or tokens[i - 1].text.lower().rstrip(".") in listed("legal"):
                yield first, i, "ORG"
                yield i + 1, last, "PERSON" if person else "ORG"
                return
        if label == "ORG" and here.text.lower() in listed("before_name") and _only_a_person(tokens[i + 1 : last]):
            yield i + 1, last, "PERSON"
            return
        apart = tokens[i - 1].end < here.start and here.end < tokens[i + 1].start
        if label == "PERSON" and here.text in DASHES and apart:
            yield first, i, label
            yield i + 1, last, label
            return
    yield first, last, label


def _only_a_person(tokens: Sequence[Token]) -> bool:
    """What may follow a title: "Trade Representative Lund", "Press Secretary Anna Lund"."""
    words = [t.text.lower() for t in tokens]
    return len(words) < 3 and all(w.isalpha() and w not in common_nouns() and w not in listed("inner") for w in words)


def _opens_person(tokens: Sequence[Token], first: int, last: int) -> bool:
    words = [t.text.lower() for t in tokens[first:last]]
    return called_like_a_person(tuple(words))


def joined(tokens: Sequence[Token], names: Sequence[Entity]) -> list[Entity]:
    """Double names whole: "Nick Farr" and "Jones" are "Nick Farr-Jones", "AFL-CIO" is one; but "Lund-Roth" are two."""
    joined: list[Entity] = []
    for name in names:
        before = joined[-1] if joined else None
        legal = all(t.text.lower().rstrip(".") in listed("legal") for t in tokens[name.first : name.last])
        if before is not None and before.label == name.label and _one_name(tokens, before, name):
            joined[-1] = entity(tokens, before.first, name.last, name.label)
        elif before is not None and legal and before.label == "ORG" and _only_a_comma(tokens, before, name):
            joined[-1] = entity(tokens, before.first, name.last, "ORG")
        elif not legal:
            joined.append(_with_legal_form(tokens, name))
    return joined


def listed_apart(tokens: Sequence[Token], names: Sequence[Entity]) -> list[Entity]:
    """ "Halden and Straits Mining" as two, where the article has "Halden Metals Corp." and "Straits Mining Group"."""
    bodies = [_words(tokens, n) for n in names if n.label == "ORG"]
    found: list[Entity] = []
    for name in names:
        middle = next((i for i in range(name.first + 1, name.last - 1) if tokens[i].text == "and"), None)
        if name.label == "ORG" and middle is not None:
            halves = [entity(tokens, name.first, middle, "ORG"), entity(tokens, middle + 1, name.last, "ORG")]
            if all(any(_shortens(_words(tokens, half), body) for body in bodies) for half in halves):
                found += halves
                continue
        found.append(name)
    return found


def _words(tokens: Sequence[Token], name: Entity) -> tuple[str, ...]:
    return tuple(t.text.lower() for t in tokens[name.first : name.last])


def _shortens(short: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Does the longer name, itself without "and", have these words in a row?"""
    size = len(short)
    starts = range(len(whole) - size + 1) if len(whole) > size and "and" not in whole else ()
    return any(whole[i : i + size] == short for i in starts)


def with_particles(tokens: Sequence[Token], names: Sequence[Entity]) -> list[Entity]:
    """ "Petra van" and "Von", where "der Hof" follows: people are called so as a whole."""
    found: list[Entity] = []
    for name in names:
        if found and name.first < found[-1].last:  # taken in by the one before
            continue
        last = name.last
        while last < len(tokens) and tokens[last].text in PARTICLES:
            last += 1
        open_end = last > name.last or tokens[last - 1].text.lower() in PARTICLES
        if name.label == "PERSON" and open_end and last < len(tokens) and _goes_on(tokens[last - 1], tokens[last]):
            name = entity(tokens, name.first, last + 1, "PERSON")
        found.append(name)
    return found


def _goes_on(one: Token, two: Token) -> bool:
    return one.sentence == two.sentence and two.text[0].isupper()


def _with_legal_form(tokens: Sequence[Token], name: Entity) -> Entity:
    """ "Baikal Ores Co." with the ", Ltd." that nobody took for a part of it."""
    after = [t.text for t in tokens[name.last : name.last + 2]]
    if name.label != "ORG" or len(after) < 2 or after[0] != "," or after[1].lower().rstrip(".") not in listed("legal"):
        return name
    return entity(tokens, name.first, name.last + 2, "ORG") if after[1][0].isupper() else name


def _only_a_comma(tokens: Sequence[Token], before: Entity, name: Entity) -> bool:
    """ "Baikal Ores Co." and "Ltd." """
    return name.first == before.last or (name.first == before.last + 1 and tokens[before.last].text == ",")


def _one_name(tokens: Sequence[Token], before: Entity, name: Entity) -> bool:
    hyphened = name.first - before.last == 1 and tokens[before.last].text == "-"
    touching = tokens[before.last - 1].end == tokens[before.last].start and tokens[before.last].end == name.start
    if name.label == "ORG":
        return hyphened and touching and all(t.text.isupper() for t in (tokens[before.last - 1], tokens[name.first]))
    return hyphened and touching and name.last - name.first + before.last - before.first > 2


def repaired(tokens: Sequence[Token], first: int, last: int, label: str) -> list[Entity]:
    """The name without what does not belong to it; nothing if nothing is left."""
    while first < last and _not_first(tokens[first], label):
        first += 1
    while first < last and not _may_be_last(tokens[last - 1], label):
        last -= 1
    if (
        label == "ORG"
        and last - first > 3
        and tokens[last - 2].text == "of"
        and tokens[last - 1].text.lower() in listed("day")
    ):
        last -= 2  # "the Trade Organization of August"
    if label == "PERSON" and last - first > 2 and tokens[first].text.lower() in listed("nation"):
        first += 1  # "Dutchman Jan Vermaat"
    if first == last or last - first > LONGEST or not any(LETTERS.search(t.text) for t in tokens[first:last]):
        return []
    if label == "ORG" and _is_quoted_title(tokens, first, last):
        return []
    if label == "PERSON" and last - first == 1 and tokens[first].text.lower().rstrip(".") in listed("honorific"):
        return []
    return [entity(tokens, first, last, label)]


def _not_first(token: Token, label: str) -> bool:
    word = token.text.lower()
    if word in {"the", "a", "an"} or not any(c.isalnum() for c in word):
        return True
    return label == "PERSON" and word.rstrip(".") in listed("honorific") and word not in {"st.", "st"}


def _may_be_last(token: Token, label: str) -> bool:
    if token.text in POSSESSIVES or not any(c.isalnum() for c in token.text):
        return False
    return label != "ORG" or not token.text.islower()  # "Interfax news agency"


def _is_quoted_title(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Is it the title of a document: alone between quotation marks, and neither end of it names a body?"""
    if first == 0 or last == len(tokens):
        return False
    quoted = tokens[first - 1].text in OPENING and tokens[last].text in CLOSING
    words = {tokens[first].text.lower(), tokens[last - 1].text.lower()}
    return quoted and last - first > 1 and not words & (listed("body") | listed("legal"))


def entity(tokens: Sequence[Token], first: int, last: int, label: str) -> Entity:
    return Entity(tokens[first].start, tokens[last - 1].end, label, first, last)
