"""Judge, name and describe actors that are not in the registry: evidence, ids and similar registered actors.

An id depends on name and kind alone, so an unregistered person has one page in the whole archive. It never equals the
id of a registered actor. The person "Katharina Roth" is `katharina-roth`, an organisation of that name is
`katharina-roth-organisation`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from briefing.content.identifiers import RESERVED, as_id
from briefing.model import Actor
from briefing.registry import Registry
from briefing.registry.name_variants import LEGAL, key, words_for

if TYPE_CHECKING:
    from briefing.link.clusters import Cluster
    from briefing.link.context import ArticleContext

PERSON_SIMILARITY = 86  # of 100: allows a letter or two to differ; lower values also return relatives and colleagues
ORGANISATION_SIMILARITY = 90
MAX_SUGGESTIONS = 3
NEEDED = 2  # pieces of evidence
MIN_LETTERS = 2
SYMBOLS = words_for("symbols")  # of the elements, in lower case
DESCRIBED = re.compile(
    r"\b(?:[a-z]+(?:er|or)|bank|firm|company|group|agency|giant|"
    r"start-?up|broker|newspaper|website|"
    r"(?:shares?|stakes?|stock|bonds|shareholders?|subsidiary)\s(?:of|in))\s+$"
)


def has_evidence(context: ArticleContext, cluster: Cluster) -> bool:
    """Tell whether an article shows in two ways that an unregistered name is an actor's.

    A person's full name or "Mr.", a legal form or a word like "Bank" in a longer name, or a statement is enough;
    otherwise two of: several words, a second mention, a role, a subject, a descriptor before it.
    """
    if cluster.of is not None:
        return True
    if not_an_actor(cluster.name):
        return False
    words = cluster.name.split()
    if len(words) > 1 and (
        cluster.kind == "person" or LEGAL.search(cluster.name) or _is_body(key(cluster.name).split())
    ):
        return True
    named = [m for m in cluster.mentions if m.how in {"name", "alias", "surname"}]
    if any(_speaks(context, m.start, m.end) or context.has_honorific(m.start) for m in cluster.mentions):
        return True
    facts = context.reading
    return (
        (len(words) > 1)
        + (len(named) > 1)
        + any(r.holder.start < m.end and m.start < r.holder.end for r in facts.roles for m in named)
        + any(r.body.start < m.end and m.start < r.body.end for r in facts.roles for m in named if r.body)
        + any(context.subject_ends(m.start, m.end) for m in named)
        + any(DESCRIBED.search(context.before(m.start, 24)) is not None for m in named)
    ) >= NEEDED


def not_an_actor(name: str) -> bool:
    """Tell whether a name is an element, a formula, a month, a function or small word: "Nd", "NdPr", "Gallium"."""
    if name.islower():
        return True
    folded = key(name).rstrip(".")
    if len(folded) < MIN_LETTERS or folded in words_for("no_actors"):
        return True
    symbols = re.findall(r"[A-Z][a-z]?", name)
    formula = re.fullmatch(r"(?:[A-Z][a-z]?\d{0,2}){1,8}", name) is not None and {s.lower() for s in symbols} <= SYMBOLS
    return formula and not (name.isalpha() and name.isupper())


def _is_body(words: Sequence[str]) -> bool:
    return bool(words_for("only_bodies").intersection(words))


def _speaks(context: ArticleContext, start: int, end: int) -> bool:
    said = context.reading.statements
    return any(s.speaker and s.speaker.start <= start and end <= s.speaker.end for s in said)


def candidate_id(name: str, kind: str, registry: Registry) -> str:
    plain = unicodedata.normalize("NFKD", key(name)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.replace("'s", "s").replace("'", "")).strip("-")[:100].rstrip("-")
    if not words:  # no Latin letters
        words = "name-" + hashlib.sha256(key(name).encode("utf-8", "surrogatepass")).hexdigest()[:10]
    if kind == "group" or (kind == "organisation" and not _is_clearly_organisation(name, words)):
        words += f"-{kind}"
    while words in registry.by_id or words == RESERVED:
        words += "-unreviewed"
    return words


def _is_clearly_organisation(name: str, slug: str) -> bool:
    """Tell whether a name cannot be a person's: an acronym, or a name with a word that only organisations have."""
    return bool(set(slug.split("-")) & words_for("only_bodies")) or (name.isupper() and " " not in name)


def nearest(name: str, kind: str, registry: Registry) -> tuple[Actor, ...]:
    """Return registered actors that a candidate may be, for a person to confirm.

    Countries are never suggested: North and South Korea, Niger and Nigeria are too similar.
    """
    if kind not in {"person", "organisation"}:
        return ()
    spellings = registry.by_kind.get(kind, ())
    found = process.extract(
        key(name),
        spellings,
        scorer=fuzz.token_sort_ratio,
        score_cutoff=PERSON_SIMILARITY if kind == "person" else ORGANISATION_SIMILARITY,
        limit=MAX_SUGGESTIONS * 4,
    )
    ids = (term.actor for spelling, _, _ in found for term in registry.spelled[spelling])
    alike = (registry.by_id[i] for i in ids if registry.by_id[i].kind == kind)
    return tuple(dict.fromkeys((*alike, *_namesakes(name, registry))))[:MAX_SUGGESTIONS]


def _namesakes(name: str, registry: Registry) -> list[Actor]:
    """Return people with this surname, or whose first name this name shortens: "Jon Barrow"."""
    *given, surname = key(name).split() or [""]
    people = registry.by_surname.get(surname, ())
    found = [a for a in people if is_short_for(" ".join(given), key(a.name).removesuffix(surname).strip())]
    return found if len(found) <= MAX_SUGGESTIONS else []


def is_short_for(one: str, other: str) -> bool:
    """Tell whether one given name may be short for the other: none at all, "J.", "Jon" for "Jonathan"."""
    one, other = (name.split()[0].rstrip(".") if name else "" for name in (one, other))
    return one.startswith(other) or other.startswith(one)


def registered_id(name: str, candidate: str, registry: Registry) -> str:
    """Return the id under which to register a candidate: the plain form of its name if that is free."""
    plain = as_id(name)
    return plain if plain and plain != RESERVED and plain not in registry.by_id else candidate
