"""Names of companies, recognised by the words around them.

A company may be named like a person ("Johnson Matthey") or with one common word ("Peak"), so the name alone does not
decide. These do: a noun before the name ("magnet maker Neorem"), what only companies have ("shares of Johnson
Matthey"), and a last word that names its trade ("Blackwood Lithium"). A single sign of a person wins.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from briefing.facts.names.lists import Words, first_names, is_first_name, kinds, listed, words_of
from briefing.model import Analysis, Entity, Token

HE_OR_SHE = frozenset({"he", "she", "his", "her", "him", "himself", "herself"})
NOT_BEFORE_A_NAME = frozenset({"PRP", "PRP$", "DT", "IN", "CC", "MD", "WP", "WRB", "WDT", "CD", "TO", "EX", "RB"})
LONGEST = 5  # words of a name that only its noun shows
NEAR = 4  # tokens after a comma in which a noun says what the name is
# Behind a noun that says what a name is: not "a company director".
ENDS_NOUN = frozenset({",", ".", "that", "which", "based", "in", "with", "of", "from", ")"})
INITIALS_OF_PEOPLE = frozenset({"AOC", "FDR", "JFK", "LBJ", "MBS", "RBG", "RFK"})
LONGEST_ACRONYM = 6  # letters
ENDS_NAME = frozenset({",", ".", ";", ")", "?", "!"})
OF_ITSELF = frozenset({"was", "is", "had", "has", "would", "will", "expects", "expected", "planned", "plans"})
LONE_PAIR = 3  # tokens, with the hyphen
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


def with_companies(analysis: Analysis, names: Sequence[Entity]) -> list[Entity]:
    """Label companies as organisations, and add those that only a noun before them shows."""
    tokens = analysis.tokens
    named_so = (_trades, _has_legal_form, _is_acronym, _is_abbreviated)
    names = [
        replace(n, label="ORG") if n.label == "PERSON" and any(sign(tokens, n) for sign in named_so) else n
        for n in names
    ]
    against = set(_people(tokens, names))
    named = {n.first: n for n in names}
    taken = {i for n in names for i in range(n.first, n.last)}
    bodies = {words_of(tokens, n) for n in names if n.label == "PERSON" and _is_company(tokens, n)} - against
    found: list[Entity] = []
    for last, sure in _nouns(analysis):
        name = named.get(last)
        if name is None and last not in taken:
            found += _only_by_noun(analysis, last, taken)
        elif name is not None and name.label == "PERSON":
            key = words_of(tokens, name)
            if (sure and _is_apposed(tokens, name)) or not _is_called_as_a_person(key, sure):
                bodies.add(key)
    legal = {_without_form(words_of(tokens, n)) for n in names if n.label == "ORG" and _has_legal_form(tokens, n)}
    bodies |= {words_of(tokens, n) for n in names if n.label == "PERSON" and n.last - n.first > 1} & legal
    bodies -= against
    found += _only_by_trade(tokens, taken | {i for n in found for i in range(n.first, n.last)})
    return [replace(n, label="ORG") if words_of(tokens, n) in bodies else n for n in names] + found


def without_noun(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return where the name begins in "Magnet maker Neorem" and, opening a sentence, "Steelmaker Karl Brenner AG"."""
    opens = first in (0, last) or tokens[first - 1].sentence != tokens[first].sentence
    for i in range(first, last - 1):
        word = tokens[i].text
        noun = word.lower() in listed("company") | listed("company_or_person")
        if noun and tokens[i + 1].text[0].isupper() and (word.islower() or (i == first and opens and _is_trade(word))):
            return i + 1
    return first


def _is_trade(word: str) -> bool:
    """Tell whether a noun names a trade, as "Steelmaker", and does not begin names, as "Bank" and "Group"."""
    return word.lower() in (listed("company") | listed("company_or_person")) - listed("body") - listed("noun_in_names")


def _trades(tokens: Sequence[Token], name: Entity) -> bool:
    """Tell whether the last word is what a company trades in, behind a word of its own: not "Australian Lithium"."""
    first, last = tokens[name.first].text.lower(), tokens[name.last - 1].text
    if name.last - name.first < 2 or last.lower() not in listed("industry") or not last[0].isupper():
        return False
    own = {"nation", "some-country", "day", "honorific", "region"}.isdisjoint(kinds(first))
    return (
        own and tokens[name.first].tag.startswith("NNP") and not first.endswith("ed") and first not in {"new", "spot"}
    )


def _has_legal_form(tokens: Sequence[Token], name: Entity) -> bool:
    """Tell whether it ends with a legal form: "Emil Brandt AG", not the headline "MARIA SA" or the surnames Co, As."""
    last = tokens[name.last - 1].text.rstrip(".")
    if name.last - name.first < 2 or last.lower() not in listed("legal"):
        return False
    return (len(last) > 2 and not last.isupper()) or (last.isupper() and not tokens[name.first].text.isupper())


def _without_form(key: Words) -> Words:
    """Return "karl brenner" of "karl brenner ag"."""
    while key and key[-1].rstrip(".,") in listed("legal") | {"", ","}:
        key = key[:-1]
    return key


def _is_acronym(tokens: Sequence[Token], name: Entity) -> bool:
    """Tell whether it is an acronym in a normal sentence: "RBV", not "RFK", "President LUND", "LUND: We will pay."."""
    word = tokens[name.first].text
    if name.last - name.first > 1 or not (word.isupper() and word.isalpha() and 2 < len(word) < LONGEST_ACRONYM):
        return False
    before = tokens[name.first - 1].text.lower().rstrip(".") if name.first else ""
    titled = before in listed("honorific") | listed("title") | listed("office")
    speaks = tokens[name.last : name.last + 1] and tokens[name.last].text == ":"
    if titled or speaks or word in INITIALS_OF_PEOPLE:
        return False
    sentence = tokens[name.first].sentence
    near = (t for t in tokens[max(0, name.first - 6) : name.last + 6] if t.sentence == sentence)
    return sum(1 for t in near if t.text.islower()) > 1


def _is_abbreviated(tokens: Sequence[Token], name: Entity) -> bool:
    """Tell whether its acronym follows: "Rakan Bumi Veltria, or RBV", "Rakan Bumi (RB)"."""
    after = [t.text for t in tokens[name.last : name.last + 3]]
    short = (
        after[2]
        if after[:2] == [",", "or"] and len(after) > 2
        else after[1]
        if after[:1] == ["("] and after[1:]
        else ""
    )
    initials = "".join(t.text[0] for t in tokens[name.first : name.last])
    if len(short) < 2 or not short.isupper() or short != initials:
        return False
    return not any(t.text == short and after.text == ":" for t, after in itertools.pairwise(tokens))  # of an interview


def _speaks_of_itself(tokens: Sequence[Token], name: Entity) -> bool:
    """Tell whether it speaks of itself as "it": "Falk-Brenner said it was covered"."""
    after = [t.text.lower() for t in tokens[name.last : name.last + 3]]
    if len(after) < 3 or tokens[name.last].tag not in {"VBD", "VBZ"} or after[0] not in listed("speech"):
        return False
    return after[1] == "it" and after[2] in OF_ITSELF


def _only_by_trade(tokens: Sequence[Token], taken: set[int]) -> Iterator[Entity]:
    """Yield companies that only their trade shows: "Blackwood Lithium fell 3 percent"."""
    trades = listed("industry")
    for i, token in enumerate(tokens[1:-1], start=1):
        after = tokens[i + 1]
        if token.text.lower() not in trades or not token.text[0].isupper() or i in taken:
            continue
        if not after.tag.startswith(("VBD", "VBZ", "MD", "POS")) or after.text[0].isupper():
            continue
        first = i
        while first and first - 1 not in taken and i - first < LONGEST and _is_capital(tokens, first - 1, i):
            first -= 1
        name = Entity(tokens[first].start, token.end, "ORG", first, i + 1)
        if _trades(tokens, name):
            yield name


def _is_capital(tokens: Sequence[Token], i: int, last: int) -> bool:
    token = tokens[i]
    return token.tag == "NNP" and token.text[0].isupper() and token.sentence == tokens[last].sentence


# --- signs of a person ------------------------------------------------------------------------


def _people(tokens: Sequence[Token], names: Sequence[Entity]) -> Iterator[Words]:
    """Yield the names that have a sign of a person; a full name counts for its surname too."""
    titled: set[Words] = set()
    by_surname: defaultdict[Words, set[Words]] = defaultdict(set)
    for name in names:
        if name.label != "PERSON":
            continue
        key = words_of(tokens, name)
        if len(key) > 1 and is_first_name(key[0]):
            by_surname[key[-1:]].add(key)
        if _is_person(tokens, name):
            titled.add(key)
            yield key
    for surname, full in by_surname.items():
        yield surname
        if surname in titled:
            yield from full


def _is_person(tokens: Sequence[Token], name: Entity) -> bool:
    before = tokens[name.first - 1].text.lower().rstrip(".") if name.first else ""
    if before in listed("honorific") or before in listed("title") - listed("company_or_person"):
        return True
    after = [t.text.lower() for t in tokens[name.last : name.last + 6]]
    if after[:1] == ["who"] or (after[:1] == [","] and (after[1:2] == ["who"] or "".join(after[1:2]).isdigit())):
        return True
    if after[:1] not in ([","], ["."]) and not HE_OR_SHE.isdisjoint(
        after[1:4]
    ):  # "said he", "said that she", "and his"
        return True
    return after[:1] == [","] and _says(after[1:], listed("title") - listed("company") - listed("company_or_person"))


def _says(words: Sequence[str], nouns: frozenset[str]) -> bool:
    """Tell whether one of these nouns is among the words behind a comma: "a former chairman"."""
    for word in words[:NEAR]:
        if word in nouns:
            return True
        if not word.isalpha():
            return False
    return False


# --- signs of a company -----------------------------------------------------------------------


def _is_company(tokens: Sequence[Token], name: Entity) -> bool:
    after = [t.text.lower() for t in tokens[name.last : name.last + 7]]
    before = [t.text.lower() for t in tokens[max(0, name.first - 2) : name.first]]
    owned = len(before) > 1 and before[1] in {"of", "in"} and before[0] in listed("traded")
    if owned and POSSESSIVE.isdisjoint(after[:1]):
        return True  # "shares of X"
    if after[:1] == ["shares"] and tokens[name.last].tag == "NNS":
        return True
    if after[:2] == [",", "which"] and (_opens(tokens, name) or not listed("company_verb").isdisjoint(after[2:3])):
        return True
    if after[:1] == [","] and _calls_itself(after[1:], listed("never_a_person")):
        return True  # "X, an accounting firm"
    perhaps = _perhaps(tokens, name, after) or _speaks_of_itself(tokens, name)
    return perhaps and not _is_called_as_a_person(words_of(tokens, name), True)


def _opens(tokens: Sequence[Token], name: Entity) -> bool:
    """Tell whether it opens its sentence, so that a "which" behind it can mean nothing else."""
    return name.first == 0 or tokens[name.first - 1].sentence != tokens[name.first].sentence


def _perhaps(tokens: Sequence[Token], name: Entity, after: Sequence[str]) -> bool:
    """Tell whether it has or does what mostly companies do; a person may own a mill too."""
    if not POSSESSIVE.isdisjoint(after[:1]):
        return not listed("company_has").isdisjoint(after[1:3])
    if after[1:2] == ["its"] or after[1:3] == ["that", "its"]:
        return tokens[name.last].tag in {"VBD", "VBZ"}
    return after[:1] == [","] and _calls_itself(after[1:], listed("company") | listed("company_or_person"))


def _calls_itself(words: Sequence[str], nouns: frozenset[str]) -> bool:
    """Tell whether "a" and one of these nouns, as a head noun, stand behind the comma."""
    if words[:1] not in (["a"], ["an"], ["the"]):
        return False
    for word, after in itertools.pairwise(words[1:]):
        if word in nouns:
            return after in ENDS_NOUN
        if not word.isalpha():
            return False
    return False


def _is_called_as_a_person(key: Words, sure: bool) -> bool:
    """Tell whether it begins with a first name, a common one if `sure`."""
    if len(key) == 1:
        return key[0] in first_names() or key[0] in listed("surname")
    if len(key) == LONE_PAIR and key[1] == "-" and is_first_name(key[0]) and not is_first_name(key[2]):
        return False  # "Mercedes-Roth", which is no double surname either
    return key[0] in first_names() or key[0] in listed("surname") or (not sure and is_first_name(key[0]))


# --- nouns before a name ----------------------------------------------------------------------


def _nouns(analysis: Analysis) -> Iterator[tuple[int, bool]]:
    """Yield where a name may begin behind a noun such as "steelmaker", and whether only companies have that noun."""
    tokens = analysis.tokens
    opens = {s.first for s in analysis.sentences}
    nouns = listed("company") | listed("company_or_person")
    for i in range(len(tokens) - 1):
        word = tokens[i].text.lower()
        if word not in nouns or not (tokens[i].text.islower() or (i in opens and _is_trade(word))):
            continue
        here = tokens[i + 1]
        if here.sentence != tokens[i].sentence or not here.text[0].isupper():
            continue
        bought = any(t.dep == "relcl" and t.head == i for t in _heads(tokens, i + 1))  # "the bank Lund bought"
        if not bought and here.tag not in NOT_BEFORE_A_NAME:
            yield i + 1, word in listed("company")


def _is_apposed(tokens: Sequence[Token], name: Entity) -> bool:
    """Tell whether a noun is only followed by a name of two words: "the brewery Jacob Roth, which"."""
    ship = tokens[name.first - 1].text.lower() == "carrier"
    ends = tokens[name.last : name.last + 1] and tokens[name.last].text in ENDS_NAME
    return name.last - name.first == 2 and bool(ends) and not ship


def _heads(tokens: Sequence[Token], i: int) -> Iterable[Token]:
    return (tokens[tokens[i].head],) if tokens[i].dep.startswith("nsubj") else ()


def _only_by_noun(analysis: Analysis, first: int, taken: set[int]) -> Iterator[Entity]:
    """Yield the capitalised words behind a noun, if the reader found no name there."""
    tokens = analysis.tokens
    last = first
    while last < min(len(tokens), first + LONGEST) and last not in taken and _goes_on(tokens, first, last):
        last += 1
    if last > first and not _is_no_name(tokens[first].text.lower()) and tokens[first].text[1:2].isalpha():
        yield Entity(tokens[first].start, tokens[last - 1].end, "ORG", first, last)


def _goes_on(tokens: Sequence[Token], first: int, last: int) -> bool:
    token = tokens[last]
    return token.sentence == tokens[first].sentence and token.text[0].isupper() and token.tag.startswith(("NN", "JJ"))


def _is_no_name(word: str) -> bool:
    """Tell whether a word is a day, a country, its adjective or a title: "the company President Ann Lee"."""
    used = {"day", "nation", "honorific", "title", "region", "compass", "some-country", "some-city"}
    return not used.isdisjoint(kinds(word))
