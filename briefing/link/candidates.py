"""Name and describe actors that are not in the registry: ids and similar registered actors.

An id depends on name and kind alone, so an unregistered person has one page in the whole archive. It never equals the
id of a registered actor. The person "Katharina Roth" is `katharina-roth`, an organisation of that name is
`katharina-roth-organisation`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from rapidfuzz import fuzz, process

from briefing.content.identifiers import RESERVED, as_id
from briefing.model import Actor
from briefing.registry import Registry
from briefing.registry.name_variants import key, words_for

PERSON_SIMILARITY = 86  # of 100: allows a letter or two to differ; lower values also return relatives and colleagues
ORGANISATION_SIMILARITY = 90
MAX_SUGGESTIONS = 3


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
