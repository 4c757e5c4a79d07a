"""Actors and roles of one article -> what a reader should distrust about them.

Example: "Deputy Secretary Roth" and "Undersecretary Roth" in one article: one of the two is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from briefing.link.context import IDLE
from briefing.model import Actor, ActorHere, Mention, Note, Role
from briefing.registry import Registry
from briefing.registry.name_variants import key

if TYPE_CHECKING:
    from briefing.link.groups import Group

RANKS = frozenset({"deputy", "vice", "under", "assistant", "associate", "junior", "senior", "first", "second", "chief"})
PREFIX = re.compile(r"^(under|vice)-?(?=secretary|minister|president|chairman|premier)")
HEADS = frozenset({
    "secretary", "minister", "president", "chairman", "chairwoman", "chair", "director", "commissioner", "governor",
    "premier", "representative", "ambassador", "spokesman", "spokeswoman", "researcher", "analyst", "professor",
})  # fmt: skip
SHORTEST_SLIP = 4  # letters of a word in which a slip can be told from another name
LIKE = 80  # of 100: "Odran" and "Odhran" 91, "Sandlow" and "Sandalow" 93, "Jansen" and "Hansen" begin differently
APPOINTED = frozenset({"verb", "named by"})  # "was named chairman": he was something else before
GENERAL = frozenset({"cabinet", "government", "senior", "junior"})  # "Cabinet minister": of what is not said
PAST = frozenset({"former", "ex", "late", "then", "previous", "outgoing", "incoming", "designate", "elect"})


def ambiguous(words: str, names: Sequence[str]) -> str:
    """Return the message of a name that is not linked: "Ambiguous: “Roth” could be A, B or C. Not linked."."""
    choice = f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else "".join(names)
    return f"Ambiguous: “{words}” could be {choice}. Not linked."


def once_each(notes: Iterable[Note]) -> Iterator[Note]:
    """Each message once, at its first place, and how often more it holds: one open name is one note, not forty."""
    places: dict[tuple[str, str], list[Note]] = {}
    for note in notes:
        places.setdefault((note.code, note.message), []).append(note)
    for found in places.values():
        more = len(found) - 1
        again = f" Also in {more} more place{'s' if more > 1 else ''}." if more else ""
        yield replace(found[0], message=found[0].message + again)


def role_conflicts(roles: Iterable[Role], actors: Sequence[ActorHere]) -> Iterator[Note]:
    """One person, two titles of which only one can be right."""
    names = {a.id: a.name for a in actors}
    first: dict[tuple[str, str], Role] = {}
    told: set[str] = set()
    for role in sorted(roles, key=lambda r: r.start):
        head = _head(role.title)
        if role.actor is None or head is None or role.actor in told:
            continue
        other = first.setdefault((role.actor, head), role)
        if {other.rule, role.rule} & APPOINTED or _of_two_bodies(other, role):
            continue
        if other.holder == role.holder:  # two posts named in one breath: "deputy prime minister and minister of trade"
            continue
        if _conflict(other.title, role.title):
            told.add(role.actor)
            message = f"{names[role.actor]} is called both “{other.title}” and “{role.title}”; one is probably wrong."
            yield Note("role-conflict", "warning", message, other.holder.start, other.holder.end)


def _of_two_bodies(one: Role, other: Role) -> bool:
    """Vice president of the group and president of its bank: both may be right."""
    return bool(one.organisation and other.organisation and one.organisation != other.organisation)


def _words(title: str) -> list[str]:
    return [w for word in title.lower().split() for w in re.findall(r"[a-z]+", PREFIX.sub(r"\1 ", word))]


def _head(title: str) -> str | None:
    words = _words(title)
    return None if PAST & set(words) else next((w for w in words if w in HEADS), None)


def _conflict(one: str, other: str) -> bool:
    """The same kind of office at another rank, or for something else altogether."""
    first, second = set(_words(one)) - IDLE - GENERAL, set(_words(other)) - IDLE - GENERAL
    if first & RANKS != second & RANKS:
        return True
    return not (first <= second or second <= first) and len(first & second) < min(len(first), len(second))


def name_variants(groups: Iterable[tuple[Group, ActorHere]], registry: Registry) -> Iterator[Note]:
    """One actor, spelled in two ways, or under a name from another script."""
    for group, actor in groups:
        if actor.kind not in {"person", "organisation"}:
            continue
        foreign = _transliterations(actor, registry)
        forms = sorted(group.first, key=lambda f: group.first[f])
        for number, form in enumerate(forms):
            if key(form) in foreign:
                message = f"“{form}” is another spelling of {actor.name}."
            elif other := next((f for f in forms[:number] if _same_name(f, form)), None):
                message = f"{actor.name} is spelled both “{other}” and “{form}”."
            else:
                continue
            yield Note("name-variant", "info", message, *group.first[form])


def near_names(actors: Iterable[ActorHere], text: str, registry: Registry) -> Iterator[Note]:
    """Two people whose names differ by a slip of the pen: perhaps one, so the reader is told and nobody is merged."""
    actors = tuple(actors)
    told: set[str] = set()
    for note, one in _near_in_article(actors, text):
        told.add(one)
        yield note
    for actor in actors:
        if actor.kind != "person" or actor.status != "candidate" or actor.id in told:
            continue
        known = registered_like(tuple(key(actor.name).split()), registry)
        if known is not None:
            mention = actor.mentions[0]
            written = text[mention.start : mention.end]
            message = f"“{written}” may be another spelling of {known.name}; not linked."
            yield Note("name-variant", "info", message, mention.start, mention.end)


def registered_like(words: tuple[str, ...], registry: Registry) -> Actor | None:
    """The one registered person whose name differs by a slip from a full name that nobody bears."""
    if len(words) < 2:
        return None
    maybe = (*registry.by_first_name.get(words[0], ()), *registry.by_surname.get(words[-1], ()))
    like = {a.id: a for a in maybe if _slip(tuple(key(a.name).split()), words)}
    return next(iter(like.values())) if len(like) == 1 else None


def _near_in_article(actors: Iterable[ActorHere], text: str) -> Iterator[tuple[Note, str]]:
    seen: dict[tuple[str, ...], tuple[str, str, Mention]] = {}  # words -> actor, as written, where first
    for actor in actors:
        if actor.kind == "person":
            for mention in actor.mentions:
                written = text[mention.start : mention.end]
                if mention.how in {"name", "alias", "surname"}:
                    seen.setdefault(tuple(key(written).split()), (actor.id, written, mention))
    names = sorted(seen, key=lambda words: seen[words][2].start)
    for number, words in enumerate(names):
        one, written, mention = seen[words]
        like = next((n for n in names[:number] if seen[n][0] != one and _slip(n, words)), None)
        if like is not None:
            message = f"“{written}” may be another spelling of “{seen[like][1]}”; treated as two people."
            yield Note("name-variant", "info", message, mention.start, mention.end), one


def _slip(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Are two names the same but for a slip in one long word? A surname alone is held against a whole name's last."""
    if min(len(one), len(other)) == 1:
        one, other = one[-1:], other[-1:]
    differ = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    if len(one) != len(other) or len(differ) != 1:
        return False
    a, b = differ[0]
    return min(len(a), len(b)) >= SHORTEST_SLIP and a[0] == b[0] and fuzz.ratio(a, b) >= LIKE


def _transliterations(actor: ActorHere, registry: Registry) -> frozenset[str]:
    known = registry.by_id.get(actor.id)
    if known is None:
        return frozenset()
    return frozenset(
        key(a.name) for a in known.aliases if a.type == "transliteration" and key(a.name) != key(known.name)
    )


def _same_name(one: str, other: str) -> bool:
    """The same words but for accents, hyphens and spaces; capitals alone are no variant."""
    same = key(one).replace(" ", "") == key(other).replace(" ", "")
    return same and one.casefold() != other.casefold() and one.isupper() == other.isupper()
