"""Find the country that a contributor means by a name or code: `Estland`, `EE`, `Eesti` and `Estonian` are `estonia`.

Names come from the registry first, then from Unicode's lists in all languages (Babel). A name that means two countries
gives none, and likeness counts only for an obvious slip: `Estland` is never Iceland.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import TYPE_CHECKING

from babel import Locale, localedata
from rapidfuzz import fuzz, process

from briefing.registry.name_variants import NEVER, key

if TYPE_CHECKING:
    from briefing.model import Actor
    from briefing.registry import Registry

SLIP = 90  # of 100, Levenshtein ratio: `germny` and `cananda` reach it; `niger` and `nigeria` (83) do not


def country_meant(written: str, registry: Registry) -> Actor | None:
    """Return the country that this name or code means, if that is certain."""
    name = key(written.replace("-", " "))
    found = {t.actor for t in registry.spelled.get(name, ()) if t.type != NEVER and _is_country(t.actor, registry)}
    if not found:
        found = {a.id for a in registry.actors if name.upper() in (a.iso2, a.iso3) and name}
    if not found:
        codes = _codes().get(name, frozenset())
        found = {a.id for a in registry.actors if a.iso2 in codes} if len(codes) == 1 else set()
        near = _near(name, registry)
        found = (found or near) if not near - (found or near) else set()  # a name in another language wins no contest
    return registry.by_id[found.pop()] if len(found) == 1 else None


def _is_country(actor: str, registry: Registry) -> bool:
    return registry.by_id[actor].kind == "country"


def _near(name: str, registry: Registry) -> set[str]:
    """Return the countries whose names are a slip of the pen away."""
    known = {key(a.name): a.id for a in registry.actors if a.kind == "country"}
    return {known[found] for found, _, _ in process.extract(name, list(known), scorer=fuzz.ratio, score_cutoff=SLIP)}


@functools.cache
def _codes() -> dict[str, frozenset[str]]:
    """Map folded names of countries in all languages to ISO codes. Takes half a second, so only for a mistake."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for language in localedata.locale_identifiers():
        if "_" not in language:
            for code, name in Locale.parse(language).territories.items():
                if len(code) == 2:
                    found[key(name.replace("-", " "))].add(code)
    return {name: frozenset(codes) for name, codes in found.items()}
