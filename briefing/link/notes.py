"""Notes on doubtful names and roles.

Example: an article with both "Deputy Secretary Roth" and "Undersecretary Roth"; one of the two is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from briefing.link.context import STOPWORDS
from briefing.model import Actor, ActorHere, Mention, Note, Role
from briefing.registry import Registry
from briefing.registry.name_variants import key, words_for

if TYPE_CHECKING:
    from briefing.link.clusters import Cluster

PREFIX = re.compile(r"^(under|vice)-?(?=secretary|minister|president|chairman|premier)")
MIN_TYPO_LENGTH = 4  # shorter words are too similar to other names
MIN_SIMILARITY = 80  # of 100: "Odran" and "Odhran" have 91, "Sandlow" and "Sandalow" 93
APPOINTED = frozenset({"verb", "named by"})  # "was named chairman": the earlier title is also right


def ambiguous(words: str, names: Sequence[str]) -> str:
    """Return the message of a name that is not linked: "Ambiguous: “Roth” could be A, B or C. Not linked."."""
    choice = f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else "".join(names)
    return f"Ambiguous: “{words}” could be {choice}. Not linked."


def unsure(words: str, name: str) -> str:
    """Return the message of a name that may be one actor's or may mean something else."""
    return f"Not certain that “{words}” means {name}. Not linked."


def merge_repeated(notes: Iterable[Note]) -> Iterator[Note]:
    """Return each message once, at its first position, with the number of repetitions."""
    places: dict[tuple[str, str], list[Note]] = {}
    for note in notes:
        places.setdefault((note.code, note.message), []).append(note)
    for found in places.values():
        more = len(found) - 1
        again = f" Also in {more} more place{'s' if more > 1 else ''}." if more else ""
        yield replace(found[0], message=found[0].message + again)


def role_conflicts(roles: Iterable[Role], actors: Sequence[ActorHere]) -> Iterator[Note]:
    """Report two titles of one person that cannot both be right."""
    names = {a.id: a.name for a in actors}
    first: dict[tuple[str, str], Role] = {}
    reported: set[str] = set()
    for role in sorted(roles, key=lambda r: r.start):
        head = _head(role.title)
        if role.actor is None or head is None or role.actor in reported:
            continue
        other = first.setdefault((role.actor, head), role)
        if {other.rule, role.rule} & APPOINTED or _at_two_organisations(other, role):
            continue
        if other.holder == role.holder:  # two posts at once: "deputy prime minister and minister of trade"
            continue
        if _conflict(other.title, role.title):
            reported.add(role.actor)
            message = f"{names[role.actor]} is called both “{other.title}” and “{role.title}”; one is probably wrong."
            yield Note("role-conflict", "warning", message, other.holder.start, other.holder.end)


def _at_two_organisations(one: Role, other: Role) -> bool:
    """Tell whether the titles are held at two organisations: vice president of the group, president of its bank."""
    return bool(one.organisation and other.organisation and one.organisation != other.organisation)


def _words(title: str) -> list[str]:
    return [w for word in title.lower().split() for w in re.findall(r"[a-z]+", PREFIX.sub(r"\1 ", word))]


def _head(title: str) -> str | None:
    words = _words(title)
    past = words_for("title_past") & set(words)
    return None if past else next((w for w in words if w in words_for("title_heads")), None)


def _conflict(one: str, other: str) -> bool:
    """Tell whether two titles are the same office at another rank, or unrelated."""
    ignored = STOPWORDS | words_for("title_general")
    first, second = set(_words(one)) - ignored, set(_words(other)) - ignored
    if (first ^ second) & words_for("title_ranks"):
        return True
    return not (first <= second or second <= first) and len(first & second) < min(len(first), len(second))


def name_variants(clusters: Iterable[tuple[Cluster, ActorHere]], registry: Registry) -> Iterator[Note]:
    """Report one actor with two spellings, or with a transliterated name."""
    for cluster, actor in clusters:
        if actor.kind not in {"person", "organisation"}:
            continue
        foreign = _transliterations(actor, registry)
        forms = sorted(cluster.first, key=lambda f: cluster.first[f])
        for number, form in enumerate(forms):
            if key(form) in foreign:
                message = f"“{form}” is another spelling of {actor.name}."
            elif other := next((f for f in forms[:number] if _same_name(f, form)), None):
                message = f"{actor.name} is spelled both “{other}” and “{form}”."
            else:
                continue
            yield Note("name-variant", "info", message, *cluster.first[form])


def similar_names(actors: Iterable[ActorHere], text: str, registry: Registry) -> Iterator[Note]:
    """Report people whose names differ by a typo; they may be one person, but are not merged."""
    actors = tuple(actors)
    reported: set[str] = set()
    for note, one in _similar_in_article(actors, text):
        reported.add(one)
        yield note
    for actor in actors:
        if actor.kind != "person" or actor.status != "candidate" or actor.id in reported:
            continue
        known = similar_registered(tuple(key(actor.name).split()), registry)
        if known is not None:
            mention = actor.mentions[0]
            written = text[mention.start : mention.end]
            message = f"“{written}” may be another spelling of {known.name}; not linked."
            yield Note("name-variant", "info", message, mention.start, mention.end)


def similar_registered(words: tuple[str, ...], registry: Registry) -> Actor | None:
    """Return the one registered person whose name differs from this full name by a typo."""
    if len(words) < 2:
        return None
    maybe = (*registry.by_first_name.get(words[0], ()), *registry.by_surname.get(words[-1], ()))
    like = {a.id: a for a in maybe if _differ_by_typo(tuple(key(a.name).split()), words)}
    return next(iter(like.values())) if len(like) == 1 else None


def _similar_in_article(actors: Iterable[ActorHere], text: str) -> Iterator[tuple[Note, str]]:
    seen: dict[tuple[str, ...], tuple[str, str, Mention]] = {}  # words -> actor id, spelling, first mention
    given: dict[str, str] = {}  # first names
    for actor in actors:
        if actor.kind == "person":
            first, *more = key(actor.name).split() or [""]
            given[actor.id] = first if more else ""
            for mention in actor.mentions:
                written = text[mention.start : mention.end]
                if mention.how in {"name", "alias", "surname"}:
                    seen.setdefault(tuple(key(written).split()), (actor.id, written, mention))
    names = sorted(seen, key=lambda words: seen[words][2].start)
    for number, words in enumerate(names):
        one, written, mention = seen[words]
        others = (n for n in names[:number] if seen[n][0] != one and _may_be_one(given[seen[n][0]], given[one]))
        like = next((n for n in others if _differ_by_typo(n, words)), None)
        if like is not None:
            message = f"“{written}” may be another spelling of “{seen[like][1]}”; treated as two people."
            yield Note("name-variant", "info", message, mention.start, mention.end), one


def _may_be_one(one: str, other: str) -> bool:
    """Tell whether two first names may be one person's: not "Jelena" and "Anatoli"."""
    return not (one and other) or one[0] == other[0]


def _differ_by_typo(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two names differ by a typo in one long word; a surname alone is compared with a surname."""
    if min(len(one), len(other)) == 1:
        one, other = one[-1:], other[-1:]
    differ = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    if len(one) != len(other) or len(differ) != 1:
        return False
    a, b = differ[0]
    if {a, b} == {a.removesuffix("a"), a.removesuffix("a") + "a"}:
        return False  # "Petrov" and "Petrova": a man and a woman
    return min(len(a), len(b)) >= MIN_TYPO_LENGTH and a[0] == b[0] and fuzz.ratio(a, b) >= MIN_SIMILARITY


def _transliterations(actor: ActorHere, registry: Registry) -> frozenset[str]:
    known = registry.by_id.get(actor.id)
    if known is None:
        return frozenset()
    return frozenset(
        key(a.name) for a in known.aliases if a.type == "transliteration" and key(a.name) != key(known.name)
    )


def _same_name(one: str, other: str) -> bool:
    """Tell whether two names differ only in accents, hyphens and spaces; a difference in capitals is not a variant."""
    same = key(one).replace(" ", "") == key(other).replace(" ", "")
    return same and one.casefold() != other.casefold() and one.isupper() == other.isupper()
