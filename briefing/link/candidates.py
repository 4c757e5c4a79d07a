"""Give actors that are not in the registry an id, and find the registered actors they may be.

An id depends only on name and kind, so an unregistered person has one page in the whole archive. It is never the id of
a registered actor. "Katharina Roth" is `katharina-roth`; an organisation of that name `katharina-roth-organisation`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from rapidfuzz import fuzz, process

from briefing.content.identifiers import as_id
from briefing.model import Actor
from briefing.registry import Registry
from briefing.registry.name_variants import key, words_for

PEOPLE_LIKE = 86  # of 100: a letter or two in a name; below it, relatives and colleagues match
BODIES_LIKE = 90
SHOWN = 3


def candidate_id(name: str, kind: str, registry: Registry) -> str:
    plain = unicodedata.normalize("NFKD", key(name)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.replace("'s", "s").replace("'", "")).strip("-")[:100].rstrip("-")
    if not words:  # no Latin letters
        words = "name-" + hashlib.sha256(key(name).encode("utf-8", "surrogatepass")).hexdigest()[:10]
    if kind == "group" or (kind == "organisation" and not _is_plainly_a_body(name, words)):
        words += f"-{kind}"
    while words in registry.by_id:
        words += "-unreviewed"
    return words


def _is_plainly_a_body(name: str, slug: str) -> bool:
    """Tell whether a name cannot be a person's: an acronym, or a name with a word that only organisations have."""
    return bool(set(slug.split("-")) & words_for("only_bodies")) or (name.isupper() and " " not in name)


def nearest(name: str, kind: str, registry: Registry) -> tuple[Actor, ...]:
    """Return registered actors that a candidate may be, for a person to decide. Never countries: North and South Korea,
    Niger and Nigeria are too similar."""
    if kind not in {"person", "organisation"}:
        return ()
    spellings = registry.by_kind.get(kind, ())
    found = process.extract(
        key(name),
        spellings,
        scorer=fuzz.token_sort_ratio,
        score_cutoff=PEOPLE_LIKE if kind == "person" else BODIES_LIKE,
        limit=SHOWN * 4,
    )
    ids = (term.actor for spelling, _, _ in found for term in registry.spelled[spelling])
    alike = (registry.by_id[i] for i in ids if registry.by_id[i].kind == kind)
    return tuple(dict.fromkeys((*alike, *_namesakes(name, registry))))[:SHOWN]


def _namesakes(name: str, registry: Registry) -> list[Actor]:
    """Return people with this surname alone, or with a longer form of this first name: "Jon Barrow"."""
    *given, surname = key(name).split() or [""]
    people = registry.by_surname.get(surname, ())
    found = [a for a in people if is_short_for(" ".join(given), key(a.name).removesuffix(surname).strip())]
    return found if len(found) <= SHOWN else []


def is_short_for(one: str, other: str) -> bool:
    """Tell whether one of two first names may be short for the other: none at all, "J.", "Jon" for "Jonathan"."""
    one, other = (name.split()[0].rstrip(".") if name else "" for name in (one, other))
    return one.startswith(other) or other.startswith(one)


def registered_id(name: str, candidate: str, registry: Registry) -> str:
    """Return the id under which to register a candidate: a plainer one than its own, if that is free."""
    plain = as_id(name)
    return plain if plain and plain not in registry.by_id else candidate
