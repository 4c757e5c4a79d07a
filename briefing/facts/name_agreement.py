"""Names of one article -> the same names, each called the same thing throughout.

A name found nine times as a person and once as a body is a person ten times. One that was overlooked where it
stands again is found there too.
Example: with "Salem Bitar" and "Bitar" found, an overlooked "BITAR" in the headline is a person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from briefing.facts.name_lists import PLACES, is_first_name, kinds, listed
from briefing.model import Analysis, Entity, Token

ACTORS = frozenset({"PERSON", "ORG"})
SHORTEST = 3  # letters of a single word that is looked for elsewhere
JUNIORS = frozenset({"jr", "sr", "ii", "iii", "iv"})
Key = tuple[str, ...]


def agree(analysis: Analysis, names: Sequence[Entity]) -> list[Entity]:
    """The names with one label each, and those that were overlooked."""
    tokens = analysis.tokens
    people = _plainly_people(analysis)
    seen = {(e.first, e.last) for e in analysis.entities if e.label == "PERSON"}
    names = [
        replace(n, label="PERSON")
        if n.label == "ORG" and (n.first, n.last) in seen and called_like_a_person(_key(tokens, n))
        else n
        for n in names
    ]
    names = [replace(n, label="PERSON") if _key(tokens, n) in people and n.label == "ORG" else n for n in names]
    votes = _votes(tokens, names)
    people = _surnames_alone(tokens, names)
    settled = [_settled(tokens, name, votes, people) for name in names]
    return settled + _overlooked(analysis, settled)


def but_for_places(tokens: Sequence[Token], names: Iterable[Entity], places: Iterable[tuple[int, int]]) -> list[Entity]:
    """The names without people who are as often a place, by the tokens of `places`, and not called as people are."""
    names = list(names)
    there = Counter(tuple(t.text.lower() for t in tokens[a:b]) for a, b in places)
    times = Counter(_key(tokens, n) for n in names if n.label == "PERSON")

    def stays(name: Entity) -> bool:
        key = _key(tokens, name)
        return name.label != "PERSON" or not there[key] or there[key] < times[key] or called_like_a_person(key)

    return [name for name in names if stays(name)]


def called_like_a_person(key: Key) -> bool:
    """A first name and a surname without a word that bodies have."""
    if len(key) < 2 or any({"body", "legal", "team", "nation"} & set(kinds(word)) for word in key):
        return False
    return is_first_name(key[0]) or key[0] in listed("surname")


def _plainly_people(analysis: Analysis) -> set[Key]:
    """Single names that the model takes for a person each time, and that once stand behind a title."""
    tokens = analysis.tokens
    labels: defaultdict[Key, set[str]] = defaultdict(set)
    titled: set[Key] = set()
    for entity in analysis.entities:
        key = _key(tokens, entity)
        labels[key[-1:]].add(entity.label)
        before = tokens[entity.first - 1].text.lower().rstrip(".") if entity.first else ""
        if entity.label == "PERSON" and (before in listed("honorific") or before in listed("office")):
            titled.add(key[-1:])
    return {key for key in titled if labels[key] == {"PERSON"}}


def _key(tokens: Sequence[Token], name: Entity) -> Key:
    return tuple(t.text.lower() for t in tokens[name.first : name.last])


def _votes(tokens: Sequence[Token], names: Iterable[Entity]) -> dict[Key, Counter[str]]:
    """What each name is taken for; a full name also votes for its surname."""
    votes: defaultdict[Key, Counter[str]] = defaultdict(Counter)
    for name in names:
        key = _key(tokens, name)
        votes[key][name.label] += 1
        if name.label == "PERSON" and len(key) > 1:
            votes[_surname(key)]["PERSON"] += 1
    return votes


def _surnames_alone(tokens: Sequence[Token], names: Sequence[Entity]) -> set[Key]:
    """Surnames of people with a known first name that no longer name of a body has in it."""
    keys = [(_key(tokens, n), n.label) for n in names]
    in_bodies = {word for key, label in keys if label == "ORG" and len(key) > 1 for word in key}
    full = {_surname(key) for key, label in keys if label == "PERSON" and called_like_a_person(key)}
    return {key for key in full if key[0] not in in_bodies}


def _surname(key: Key) -> Key:
    """The last word, but for "Jr."."""
    return key[-2:-1] if len(key) > 2 and key[-1].rstrip(".") in JUNIORS else key[-1:]


def _settled(tokens: Sequence[Token], name: Entity, votes: dict[Key, Counter[str]], people: set[Key]) -> Entity:
    if name.label not in ACTORS:
        return name
    if _key(tokens, name) in people:
        return replace(name, label="PERSON")
    before = tokens[name.first - 1].text.lower().rstrip(".") if name.first else ""
    if before in {"mr", "mrs", "ms", "messrs"}:
        return replace(name, label="PERSON")
    cast = votes[_key(tokens, name)]
    other = "ORG" if name.label == "PERSON" else "PERSON"
    return replace(name, label=other) if cast[other] >= 2 * cast[name.label] and cast[other] > 1 else name


def _overlooked(analysis: Analysis, names: Sequence[Entity]) -> list[Entity]:
    """The same words where nobody saw a name."""
    tokens = analysis.tokens
    taken = {i for name in names for i in range(name.first, name.last)}
    small = {t.text for t in tokens if t.text.islower()}
    known: defaultdict[str, dict[Key, str]] = defaultdict(dict)
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


def _full_names(tokens: Sequence[Token], names: Iterable[Entity]) -> set[Key]:
    """Surnames of people whom the article names in full; towns are none."""
    keys = (_key(tokens, n) for n in names if n.label == "PERSON")
    return {_surname(key) for key in keys if len(key) > 1 and PLACES.isdisjoint(kinds(_surname(key)[0]))}


def _tells(key: Key, times: int, small: set[str]) -> bool:
    """Is it a name wherever it stands? Not "May", nor a word that the article also writes small."""
    if len(key) > 1:
        return True
    word = key[0]
    return len(word) >= SHORTEST and times > 1 and word not in small and word not in listed("day")


def _apart(tokens: Sequence[Token], first: int, last: int, taken: set[int], sure: bool) -> bool:
    """A single word is not looked for inside a longer run of capitals, which is another name."""
    if sure:
        return True
    for i in (first - 1, last):
        if 0 <= i < len(tokens) and tokens[i].sentence == tokens[first].sentence and i not in taken:
            text = tokens[i].text
            if text[0].isupper() and not text.isupper() and i != first - 1:
                return False
    return True
