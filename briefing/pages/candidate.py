"""An actor that nobody has reviewed -> what its page asks: whom it may be, and the file that would register it.

candidate(actor, registry, site).file   ->   "name: Jon Barrow\\nkind: person\\n"
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from urllib.parse import quote

import yaml

from briefing import escape
from briefing.archive import ActorInArchive
from briefing.link.candidates import nearest, registered_id, registry_file
from briefing.model import Actor
from briefing.pages.templates import Site
from briefing.registry import Registry
from briefing.terms import key

ALIASES = 5  # other names worth proposing


@dataclass(frozen=True, slots=True)
class Candidate:
    id: str  # under which it would be registered
    nearest: tuple[Actor, ...]
    file: str  # the registry file, ready to be saved
    merging: str  # what to add to the file of somebody known, if it is the same
    propose: str | None  # where the file can be proposed


def candidate(actor: ActorInArchive, registry: Registry, site: Site) -> Candidate | None:
    """None for registered actors, and for names of groups."""
    if actor.status == "registered" or actor.kind not in {"person", "organisation"}:
        return None
    own_id = registered_id(actor.name, actor.id, registry)
    written = file_for(actor, registry)
    merging = {"aliases": [actor.name, *other_names(actor)], "replaces": [actor.id]}
    return Candidate(
        id=own_id,
        nearest=nearest(actor.name, actor.kind, registry),
        file=written,
        merging=yaml.safe_dump(merging, allow_unicode=True, sort_keys=False),
        propose=_address(own_id, written, site),
    )


def file_for(actor: ActorInArchive, registry: Registry) -> str:
    """The registry file of a candidate, with the names that the archive calls it."""
    own_id = registered_id(actor.name, actor.id, registry)
    replaces = (actor.id,) if actor.id != own_id else ()
    return registry_file(actor.name, actor.kind, other_names(actor), replaces)


def other_names(actor: ActorInArchive) -> tuple[str, ...]:
    """Names used in the archive that need an alias: not its own name, nor a surname alone."""
    own = key(actor.name)
    counts = Counter(name for _, here in actor.rows for name in here.names if key(name) != own)
    fit = [n for n in counts if actor.kind != "person" or (" " in n and key(n) not in own)]
    return tuple(sorted(fit, key=lambda n: (-counts[n], n))[:ALIASES])


def _address(own_id: str, written: str, site: Site) -> str | None:
    if not escape.link(site.repository) or "gitlab" in site.repository or site.actors.startswith("/"):
        return None
    repository, folder = site.repository.rstrip("/"), quote(f"{site.branch}/{site.actors}", safe="/")
    return f"{repository}/new/{folder}?filename={quote(own_id)}.yaml&value={quote(escape.plain(written))}"
