"""Repair the edges of names: split and join them, remove words that do not belong, give each name one label.

Example: "Dutchman Jan Vermaat" is "Jan Vermaat"; "Lund - Jan Vermaat" are two people.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from briefing.facts.names.companies import without_noun
from briefing.facts.names.lists import (
    ACTORS,
    JUNIORS,
    LETTERS,
    PLACES,
    Words,
    common_nouns,
    is_first_name,
    kinds,
    listed,
    words_of,
)
from briefing.model import Analysis, Entity, Sentence, Token

# A name that is labelled a person nine times and an organisation once is a person ten times. A name that was overlooked
# elsewhere in the article is added: with "Salem Bitar" and "Bitar" found, "BITAR" in the headline is a person.

SHORTEST = 3  # letters of a single word that is looked for elsewhere


def agree(analysis: Analysis, names: Sequence[Entity]) -> list[Entity]:
    """Return the names with one label each, and those that were overlooked."""
    tokens = analysis.tokens
    people = _plainly_people(analysis)
    names = [replace(n, label="PERSON") if words_of(tokens, n) in people and n.label == "ORG" else n for n in names]
    votes = _votes(tokens, names)
    people = _surnames_alone(tokens, names)
    settled = [_settled(tokens, name, votes, people) for name in names]
    return settled + overlooked(analysis, settled)


def but_for_places(tokens: Sequence[Token], names: Iterable[Entity], places: Iterable[tuple[int, int]]) -> list[Entity]:
    """Remove people that are a place as often, by the tokens of `places`, and have no first name."""
    names = list(names)
    there = Counter(tuple(t.text.lower() for t in tokens[a:b]) for a, b in places)
    times = Counter(words_of(tokens, n) for n in names if n.label == "PERSON")

    def stays(name: Entity) -> bool:
        key = words_of(tokens, name)
        return name.label != "PERSON" or not there[key] or there[key] < times[key] or called_like_a_person(key)

    return [name for name in names if stays(name)]


def called_like_a_person(key: Words) -> bool:
    """Tell whether it is a first name and a surname, without a word of organisations."""
    if len(key) < 2 or any({"body", "legal", "team", "nation"} & set(kinds(word)) for word in key):
        return False
    return is_first_name(key[0]) or key[0] in listed("surname")


def _plainly_people(analysis: Analysis) -> set[Words]:
    """Return the single names that are a person each time, and once stand behind a title."""
    tokens = analysis.tokens
    labels: defaultdict[Words, set[str]] = defaultdict(set)
    titled: set[Words] = set()
    for entity in analysis.entities:
        key = words_of(tokens, entity)
        labels[key[-1:]].add(entity.label)
        before = tokens[entity.first - 1].text.lower().rstrip(".") if entity.first else ""
        if entity.label == "PERSON" and (before in listed("honorific") or before in listed("office")):
            titled.add(key[-1:])
    return {key for key in titled if labels[key] == {"PERSON"}}


def _votes(tokens: Sequence[Token], names: Iterable[Entity]) -> dict[Words, Counter[str]]:
    """Count the labels of each name; a full name also counts for its surname."""
    votes: defaultdict[Words, Counter[str]] = defaultdict(Counter)
    for name in names:
        key = words_of(tokens, name)
        votes[key][name.label] += 1
        if name.label == "PERSON" and len(key) > 1:
            votes[_surname(key)]["PERSON"] += 1
    return votes


def _surnames_alone(tokens: Sequence[Token], names: Sequence[Entity]) -> set[Words]:
    """Return surnames of people with a known first name that are in no organisation's name."""
    keys = [(words_of(tokens, n), n.label) for n in names]
    in_bodies = {word for key, label in keys if label == "ORG" and len(key) > 1 for word in key}
    full = {_surname(key) for key, label in keys if label == "PERSON" and called_like_a_person(key)}
    return {key for key in full if key[0] not in in_bodies}


def _surname(key: Words) -> Words:
    """Return the last word, not counting "Jr."."""
    return key[-2:-1] if len(key) > 2 and key[-1].rstrip(".") in JUNIORS else key[-1:]


def _settled(tokens: Sequence[Token], name: Entity, votes: dict[Words, Counter[str]], people: set[Words]) -> Entity:
    if name.label not in ACTORS:
        return name
    if words_of(tokens, name) in people:
        return replace(name, label="PERSON")
    before = tokens[name.first - 1].text.lower().rstrip(".") if name.first else ""
    if before in {"mr", "mrs", "ms", "messrs"}:
        return replace(name, label="PERSON")
    cast = votes[words_of(tokens, name)]
    other = "ORG" if name.label == "PERSON" else "PERSON"
    return replace(name, label=other) if cast[other] >= 2 * cast[name.label] and cast[other] > 1 else name


def overlooked(analysis: Analysis, names: Sequence[Entity]) -> list[Entity]:
    """Return the places where the words of a name stand again and the reader found none."""
    tokens = analysis.tokens
    taken = {i for name in names for i in range(name.first, name.last)}
    small = {t.text for t in tokens if t.text.islower()}
    known: defaultdict[str, dict[Words, str]] = defaultdict(dict)
    full = _full_names(tokens, names)
    for key, cast in _votes(tokens, names).items():
        label, times = max(cast.items(), key=lambda item: (item[1], item[0]))
        if label in ACTORS and times == sum(cast.values()) and _tells(key, times + (key in full), small):
            known[key[0]][key] = label
    found: list[Entity] = []
    for i, token in enumerate(tokens):
        if i in taken or not token.text[0].isupper():
            continue
        for key, label in sorted(known.get(token.text.lower(), {}).items(), key=lambda item: -len(item[0])):
            last = i + len(key)
            here = tokens[i:last]
            if tuple(t.text.lower() for t in here) != key or not taken.isdisjoint(range(i, last)):
                continue
            if here[-1].sentence == token.sentence and _apart(tokens, i, last, taken, len(key) > 1):
                found.append(Entity(token.start, here[-1].end, label, i, last))
                taken.update(range(i, last))
            break
    return found


def _full_names(tokens: Sequence[Token], names: Iterable[Entity]) -> set[Words]:
    """Return surnames of people whom the article names in full, except towns."""
    keys = (words_of(tokens, n) for n in names if n.label == "PERSON")
    return {_surname(key) for key in keys if len(key) > 1 and PLACES.isdisjoint(kinds(_surname(key)[0]))}


def _tells(key: Words, times: int, small: set[str]) -> bool:
    """Tell whether the words are a name everywhere: not "May", nor a word that the article also writes small."""
    if len(key) > 1:
        return True
    word = key[0]
    return len(word) >= SHORTEST and times > 1 and word not in small and word not in listed("day")


def _apart(tokens: Sequence[Token], first: int, last: int, taken: set[int], sure: bool) -> bool:
    """Tell whether a single word is not followed by another capitalised one, with which it would be another name."""
    if sure or last >= len(tokens) or last in taken:
        return True
    after = tokens[last]
    other = after.sentence == tokens[first].sentence and after.text[0].isupper() and not after.text.isupper()
    return not other


AMPERSANDS = frozenset({"&", "amp", "&amp;"})
INITIALS = re.compile(r"(?:[A-Z]\.)+$")
POSSESSIVES = frozenset({"'s", "’s", "'", "’", "´s", "`s"})
OPENING = frozenset({"“", "‘", '"', "«", "„", "``"})
CLOSING = frozenset({"”", "’", '"', "»", "“", "''", "'"})
DASHES = frozenset({"-", "–", "—", "--"})
NICKNAME_OPENS = (OPENING - {"«"}) | {"'", "("}
NICKNAME_CLOSES = (CLOSING - {"»"}) | {")"}
OF_FIELDS = frozenset({"ministry", "department", "bureau", "secretariat", "directorate", "committee", "office"})
RANKS = frozenset({"Secretary", "Minister", "Representative", "Commissioner", "Undersecretary"})
SHORT_COUNTRIES = frozenset({"EU", "UK", "UN", "US", "USA"})
# Behind a person's name: decorations, degrees, memberships
HONOURS = frozenset({"KC", "QC", "SC", "MP", "MSP", "MEP", "TD", "JP", "MBE", "OBE", "CBE", "FRS", "PhD", "MD", "Esq"})
OFFICES = frozenset({"minister", "ministers", "secretary", "undersecretary", "commissioner", "director", "head"})
FIELDS = listed("subject") | {"external", "human", "natural", "public", "rural", "social", "treasury", "urban", "water"}
PLAIN = frozenset({"speech", "first-name", "some-first", "some-last"})  # lists that do not keep a word out of a name
LONGEST = 14  # words; more is a list or a sentence in capitals


def split(tokens: Sequence[Token], first: int, last: int, label: str) -> Iterator[tuple[int, int, str]]:
    """Split two names that were read as one: "Roth Mining Ltd's Halden Works", "Lund - Jan Vermaat"."""
    for i in range(first + 1, last - 1):
        here = tokens[i]
        legal = tokens[i - 1].text.lower().rstrip(".") in listed("legal")
        if label == "ORG" and here.text in POSSESSIVES and legal:
            yield first, i, "ORG"
            yield i + 1, last, "ORG"
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
    """Tell whether only a person follows a title: "Trade Representative Lund", "Press Secretary Anna Lund"."""
    words = [t.text.lower() for t in tokens]
    return len(words) < 3 and all(w.isalpha() and w not in common_nouns() and w not in listed("inner") for w in words)


def joined(tokens: Sequence[Token], names: Sequence[Entity]) -> list[Entity]:
    """Join double names: "Nick Farr" and "Jones" are "Nick Farr-Jones", "AFL-CIO" is one; but "Lund-Roth" are two."""
    joined: list[Entity] = []
    for name in names:
        before = joined[-1] if joined else None
        legal = all(t.text.lower().rstrip(".") in listed("legal") for t in tokens[name.first : name.last])
        if before is not None and before.label == name.label and _one_name(tokens, before, name):
            joined[-1] = entity(tokens, before.first, name.last, name.label)
        elif before is not None and (_ends_body(tokens, before, name, legal) or _is_partnership(tokens, before, name)):
            joined[-1] = entity(tokens, before.first, name.last, "ORG")
        elif not legal:
            joined.append(_with_partners(tokens, name))
    return [n for i, n in enumerate(joined) if i == 0 or n.first >= joined[i - 1].last]


def _with_partners(tokens: Sequence[Token], name: Entity) -> Entity:
    """Extend "Brook" to the partnership "Brook, Allen & Hale"."""
    after = tokens[name.last : name.last + 4]
    if (
        len(after) < 4
        or name.last - name.first > 1
        or after[0].text not in {",", "-"}
        or after[2].text not in AMPERSANDS
    ):
        return name
    capitals = all(t.tag.startswith("NNP") and t.text[0].isupper() for t in (after[1], after[3]))
    partners = entity(tokens, name.last + 1, name.last + 4, "ORG")
    return (
        entity(tokens, name.first, partners.last, "ORG")
        if capitals and _is_partnership(tokens, name, partners)
        else name
    )


def _is_partnership(tokens: Sequence[Token], before: Entity, name: Entity) -> bool:
    """Tell whether two names are one partnership: "Brook, Allen & Hale", not "Brook, Allen & Hale and Lund"."""
    words = {t.text for t in tokens[name.first : name.last]}
    if name.first != before.last + 1 or words.isdisjoint(AMPERSANDS) or before.last - before.first > 1:
        return False
    if tokens[before.last].text == "-":
        return tokens[before.last].end == name.start
    around = (
        tokens[before.first - 1].text if before.first else "",
        *(t.text for t in tokens[name.last : name.last + 1]),
    )
    return tokens[before.last].text == "," and {",", "and", *AMPERSANDS}.isdisjoint(around)


def with_inner_marks(tokens: Sequence[Token], names: Sequence[Entity]) -> list[Entity]:
    """Find names with marks inside: 'Maria "Mimi" Costa', "Robert (Bob) Lane", "Ministry of Trade, Ores and Work"."""
    at = {i: n for n in names for i in range(n.first, n.last)}
    whole: list[Entity] = []
    for i in range(1, len(tokens) - 2):
        text = tokens[i].text
        if text == "of":
            span = _of_fields(tokens, at, i)
        elif text in NICKNAME_OPENS:
            span = _nicknamed(tokens, at, i)
        else:
            continue
        if span is not None and not (whole and span[0] < whole[-1].last):
            whole.append(entity(tokens, *span))
    inside = {i for n in whole for i in range(n.first, n.last)}
    kept = [n for n in names if inside.isdisjoint(range(n.first, n.last)) and not _only_a_nickname(tokens, at, n)]
    return sorted([*kept, *whole], key=lambda n: n.start)


def _only_a_nickname(tokens: Sequence[Token], at: dict[int, Entity], name: Entity) -> bool:
    """Tell whether it is only a nickname before a name: '"Big" Tom Carter'."""
    quoted = name.first > 0 and tokens[name.first - 1].text in OPENING and tokens[name.last : name.last + 1]
    return bool(quoted) and tokens[name.last].text in CLOSING and _is_person(name) and _is_person(at.get(name.last + 1))


def _nicknamed(tokens: Sequence[Token], at: dict[int, Entity], i: int) -> tuple[int, int, str] | None:
    """Return the name around a nickname that opens at token i: a first name before it, a surname behind it."""
    opens = i
    if tokens[i + 1].text in NICKNAME_OPENS and i + 3 < len(tokens):
        i += 1  # '("Bob")'
    close = i + 2
    if close < len(tokens) and tokens[close].text not in NICKNAME_CLOSES:
        close += 1
    end = close + 1
    while end < len(tokens) and tokens[end].text in NICKNAME_CLOSES and end - close <= i - opens:
        end += 1
    nickname = tokens[i + 1 : close]
    if end >= len(tokens) or tokens[close].text not in NICKNAME_CLOSES:
        return None
    if tokens[end].sentence != tokens[opens - 1].sentence:
        return None
    tight = tokens[opens].end == tokens[opens + 1].start and tokens[close - 1].end == tokens[close].start
    apart = tokens[opens - 1].end < tokens[opens].start and tokens[end - 1].end < tokens[end].start
    if not (tight and apart and all(t.text[0].isupper() and t.text.isalpha() for t in nickname)):
        return None
    before, last = at.get(opens - 1), _surname_end(tokens, at, end)
    if last is None or not (_is_person(before) or _is_lone_first_name(tokens[opens - 1])):
        return None
    first = opens - 1 if before is None else before.first
    if tokens[opens].text == "(" and not _may_be_short_for(tokens, at, (first, opens), nickname, i + 1):
        return None
    return first, last, "PERSON"


def _may_be_short_for(
    tokens: Sequence[Token], at: dict[int, Entity], before: tuple[int, int], nickname: Sequence[Token], i: int
) -> bool:
    """Tell a nickname in brackets from a country, party or office: "Ruth Lang (Norway) Mara Dell (Chile)"."""
    word = nickname[0].text.lower()
    one = before[1] - before[0] == 1 and len(nickname) == 1 and not nickname[0].text.isupper()
    short = word[:SHORTEST] == tokens[before[0]].text.lower()[:SHORTEST]  # "Svetlana (Sveta) Orlova"
    named = short or is_first_name(word) or _is_person(at.get(i))
    return one and named and {"some-country", "nation", "title"}.isdisjoint(kinds(word)) and tokens[i].tag != "NNS"


def _surname_end(tokens: Sequence[Token], at: dict[int, Entity], i: int) -> int | None:
    """Return the end of a surname that goes on at token i: "Costa", "de Vries"."""
    while i + 1 < len(tokens) and tokens[i].text in listed("particle") and i not in at:
        i += 1
    name = at.get(i)
    if name is not None:
        return name.last if name.label == "PERSON" else None
    token = tokens[i]
    named = token.tag.startswith("NNP") and token.text[0].isupper() and token.text.lower() not in common_nouns()
    return i + 1 if named else None


def _is_person(name: Entity | None) -> bool:
    return name is not None and name.label == "PERSON"


def _is_lone_first_name(token: Token) -> bool:
    return token.text[0].isupper() and token.tag.startswith("NNP") and is_first_name(token.text.lower())


def _of_fields(tokens: Sequence[Token], at: dict[int, Entity], i: int) -> tuple[int, int, str] | None:
    """Return the whole "Ministry of Economy, Trade and Industry", by its "of" at token i."""
    name = at.get(i - 1)
    if tokens[i - 1].text.lower() not in OF_FIELDS or name is None or name.label != "ORG":
        return None
    end = i + 1
    while _is_field(tokens, end) and end - i < LONGEST:
        end += 1
        if tokens[end : end + 1] and tokens[end].text in {"and", "&"} and _is_field(tokens, end + 1):
            end += 1
            while _is_field(tokens, end):
                end += 1
            return (name.first, end, "ORG") if end > name.last else None
        if tokens[end : end + 1] and tokens[end].text == ",":
            end += 1
            if tokens[end : end + 1] and tokens[end].text == "and":
                end += 1
    return None


def _is_field(tokens: Sequence[Token], i: int) -> bool:
    return i < len(tokens) and tokens[i].text[0].isupper() and tokens[i].text.lower() in FIELDS


def with_first_words(analysis: Analysis, names: Sequence[Entity]) -> list[Entity]:
    """Extend "Aziz" to "Said Aziz" in "Replied Said Aziz": a capital that nothing else explains."""
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
    """Tell whether a sentence is mostly in lower case, so that a capital means something."""
    words = [t.text for t in analysis.tokens[sentence.first : sentence.last] if t.text.isalpha()]
    return sum(w.islower() for w in words) * 2 >= len(words) - 2


def _ends_body(tokens: Sequence[Token], before: Entity, name: Entity, legal: bool) -> bool:
    """Tell whether a name ends the one before: "Baikal Ores Co." and "Ltd.", "Aluminum Corporation" and "China",
    "Baikal Ores" and "China) Ltd."."""
    if before.label != "ORG":
        return False
    bracketed = tokens[before.last].text == "(" and any(t.text == ")" for t in tokens[name.first : name.last])
    if (
        bracketed
        and name.first == before.last + 1
        and tokens[name.last - 1].text.lower().rstrip(".") in listed("legal")
    ):
        return True
    if legal and _only_a_comma(tokens, before, name):
        return True
    both = name.label == "ORG" and name.first == before.last + 1
    if not both or tokens[before.last].text != "of" or name.last - name.first > 1:
        return False
    body = tokens[before.last - 1].text.lower()
    return body in listed("body") | listed("legal") and "some-country" in kinds(tokens[name.first].text.lower())


def _only_a_comma(tokens: Sequence[Token], before: Entity, name: Entity) -> bool:
    """Tell whether at most a comma stands between two names."""
    return name.first == before.last or (name.first == before.last + 1 and tokens[before.last].text == ",")


def _one_name(tokens: Sequence[Token], before: Entity, name: Entity) -> bool:
    hyphened = name.first - before.last == 1 and tokens[before.last].text == "-"
    touching = tokens[before.last - 1].end == tokens[before.last].start and tokens[before.last].end == name.start
    if name.label == "ORG":
        return hyphened and touching and all(t.text.isupper() for t in (tokens[before.last - 1], tokens[name.first]))
    if name.first == before.last and tokens[before.last - 1].text in listed("particle"):
        return True  # "Ursula van der" and "Hoven"
    if name.first == before.last and name.last - before.first == 2 and not tokens[before.first].text.isupper():
        return tokens[before.first].sentence == tokens[name.first].sentence  # "Line" and "Damgaard"
    if name.first == before.last and before.last - before.first == 1 and INITIALS.match(tokens[before.first].text):
        return True  # "K.D." and "Lund"
    junior = name.last - name.first == 1 and tokens[name.first].text.lower().rstrip(".") in JUNIORS
    if junior and _only_a_comma(tokens, before, name):
        return True  # "John Doe, Jr."
    return hyphened and touching and name.last - name.first + before.last - before.first > 2


def repaired(tokens: Sequence[Token], first: int, last: int, label: str) -> list[Entity]:
    """Return the name without what does not belong to it, or nothing if nothing is left."""
    while first < last and (_not_first(tokens[first], label) or _is_noun_before(tokens[first:last], label)):
        first += 1
    if label == "PERSON":
        first, last = _bare_person(tokens, _without_field(tokens, first, last), _after_particle(tokens, last))
    elif label == "ORG":
        first = without_noun(tokens, first, last)
        last, label = _without_office(tokens, first, last)
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


def _without_office(tokens: Sequence[Token], first: int, last: int) -> tuple[int, str]:
    """Return the end of the name in "US Trade Representative", and its label."""
    after = tokens[last].text if last < len(tokens) else ""
    if after not in RANKS or last - first < 2:
        return last, "ORG"
    if tokens[first].text not in SHORT_COUNTRIES and "some-country" not in kinds(tokens[first].text.lower()):
        return last, "ORG"
    return (first + 1, "GPE") if all(_is_field(tokens, i) for i in range(first + 1, last)) else (last, "ORG")


def _after_particle(tokens: Sequence[Token], last: int) -> int:
    """Return the end of "Ludo van der Meer", read as far as "Ludo van"."""
    end = last
    while 0 < end < len(tokens) and tokens[end - 1].text in listed("particle"):
        end += 1
    whole = end > last and tokens[end - 1].text[0].isupper() and tokens[end - 1].sentence == tokens[last - 1].sentence
    return end if whole else last


def _without_field(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return where the person begins in "Mines Rui Costa", read from "Minister of Mines Rui Costa"."""
    of_office = first > 1 and tokens[first - 1].text in {"of", "for"} and tokens[first - 2].text.lower() in OFFICES
    while of_office and first < last - 1 and (_is_field(tokens, first) or tokens[first].text in {"and", "&", ","}):
        first += 1
    return first


def _bare_person(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """Return a person without honours and place: read from "the minister of Veltria Jan Vermaat KC"."""
    while last - first > 2 and tokens[last - 1].text.rstrip(".") in HONOURS:
        last -= 1
    before = tokens[first - 1].text.lower() if first else ""
    if last - first < 3 or (before not in {"of", "for"} and before not in listed("place")):
        return first, last
    if tokens[first].text.isupper() and 1 < len(tokens[first].text) < 4 and tokens[first + 1].text[1:].islower():
        return first + 1, last  # "of the UK Ann Lee"
    return next((i for i in range(first, last - 1) if is_first_name(tokens[i].text.lower())), first), last


def _not_first(token: Token, label: str) -> bool:
    word = token.text.lower()
    if word in {"the", "a", "an"} or not any(c.isalnum() for c in word):
        return True
    return label == "PERSON" and word.rstrip(".") in listed("honorific") and word not in {"st.", "st"}


def _is_noun_before(tokens: Sequence[Token], label: str) -> bool:
    """Tell whether a person begins with a word that is no part of the name: "artel Gennady Li", not "ter Horst"."""
    if label != "PERSON" or len(tokens) < 2 or len(tokens[0].text) <= SHORTEST:
        return False
    return tokens[0].text.islower() and tokens[1].text[0].isupper() and tokens[0].text not in listed("particle")


def _may_be_last(token: Token, label: str) -> bool:
    if token.text in POSSESSIVES or not any(c.isalnum() for c in token.text):
        return False
    return label != "ORG" or not token.text.islower()  # "Interfax news agency"


def _is_quoted_title(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether it is a document's title: alone in quotation marks, without an organisation's word at either end."""
    if first == 0 or last == len(tokens):
        return False
    end = last + (tokens[last].tag == "CD" and last + 1 < len(tokens))  # "Ore Summaries 2025"
    quoted = tokens[first - 1].text in OPENING and tokens[end].text in CLOSING
    words = {tokens[first].text.lower(), tokens[last - 1].text.lower()}
    return quoted and last - first > 1 and not words & (listed("body") | listed("legal"))


def entity(tokens: Sequence[Token], first: int, last: int, label: str) -> Entity:
    return Entity(tokens[first].start, tokens[last - 1].end, label, first, last)
