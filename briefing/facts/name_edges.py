"""Edges of names: one name that was taken for two, two that were taken for one, words that belong to none.

Example: "Dutchman Jan Vermaat" is "Jan Vermaat"; "Roth Bank's Anna Lund" is a body and a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.facts.name_agreement import called_like_a_person
from briefing.facts.name_lists import LETTERS, common_nouns, kinds, listed
from briefing.model import Analysis, Entity, Sentence, Token

POSSESSIVES = frozenset({"'s", "’s", "'", "’", "´s", "`s"})
OPENING = frozenset({"“", "‘", '"', "«", "„", "``"})
CLOSING = frozenset({"”", "’", '"', "»", "“", "''", "'"})
DASHES = frozenset({"-", "–", "—", "--"})
PLAIN = frozenset({"speech", "first-name", "some-first", "some-last"})  # lists that do not keep a word out of a name
LONGEST = 14  # words; more is a list or a sentence in capitals


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


def with_first_words(analysis: Analysis, names: Sequence[Entity]) -> list[Entity]:
    """ "Aziz" of "Replied Said Aziz" as "Said Aziz": a capital inside a sentence that nothing else explains."""
    tokens = analysis.tokens
    taken = {i for n in (*names, *analysis.entities) for i in range(n.first, n.last)}
    return [
        entity(tokens, n.first - 1, n.last, "PERSON") if _lacks_first_word(analysis, n, taken) else n for n in names
    ]


def _lacks_first_word(analysis: Analysis, name: Entity, taken: set[int]) -> bool:
    before = name.first - 1
    if name.label != "PERSON" or name.last - name.first > 1 or before < 0 or before in taken:
        return False
    token, sentence = analysis.tokens[before], analysis.sentences[analysis.tokens[name.first].sentence]
    text = token.text
    if before <= sentence.first or not (text.isalpha() and text[0].isupper() and text[1:].islower()):
        return False
    return (
        PLAIN.issuperset(kinds(text.lower()))
        and text.lower() not in common_nouns()
        and token.tag != "IN"
        and (_has_small_words(analysis, sentence))
    )


def _has_small_words(analysis: Analysis, sentence: Sentence) -> bool:
    """Is the sentence written with small letters, so that a capital says something?"""
    words = [t.text for t in analysis.tokens[sentence.first : sentence.last] if t.text.isalpha()]
    return sum(w.islower() for w in words) * 2 >= len(words) - 2


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
