"""Names of one article -> the same names, each called the same thing throughout.

A name found nine times as a person and once as a body is a person ten times. One that was overlooked where it
stands again is found there too.
Example: with "Salem Bitar" and "Bitar" found, an overlooked "BITAR" in the headline is a person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from briefing.facts.name_features import listed
from briefing.model import Analysis, Entity, Token

ACTORS = frozenset({"PERSON", "ORG"})
SHORTEST = 3  # letters of a single word that is looked for elsewhere
Key = tuple[str, ...]


def agree(analysis: Analysis, names: Sequence[Entity]) -> list[Entity]:
    """The names with one label each, and those that were overlooked."""
    tokens = analysis.tokens
    people = _plainly_people(analysis)
    names = [replace(n, label="PERSON") if _key(tokens, n) in people and n.label == "ORG" else n for n in names]
    votes = _votes(tokens, names)
    settled = [_settled(tokens, name, votes) for name in names]
    return settled + _overlooked(analysis, settled)


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
            votes[key[-1:]]["PERSON"] += 1
    return votes


def _settled(tokens: Sequence[Token], name: Entity, votes: dict[Key, Counter[str]]) -> Entity:
    if name.label not in ACTORS:
        return name
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
    for key, cast in _votes(tokens, names).items():
        label, times = max(cast.items(), key=lambda item: (item[1], item[0]))
        if label in ACTORS and times == sum(cast.values()) and _tells(key, times, small):
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
