"""A fact -> the address where somebody who thinks it wrong can say so: a prefilled change of the corrections file.

    https://github.com/o/archive/new/main/sources?filename=quay.facts.yaml&value=edit%3A%0A...

Where the article has corrections already, the way is the form for corrections, prefilled too: a new file would
take the old one's place. Without a repository there is no way, and pages show none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from briefing import escape
from briefing.corrections.facts import Fact, extent, kind_of
from briefing.corrections.words import Places
from briefing.corrections.write import record
from briefing.model import Briefing
from briefing.pages.templates import Site

LONGEST = 240  # characters of words that an address carries: enough to find them by, and pages stay light
HIDDEN = {"fact", "kind", "words", "occurrence", "content"}


def suggestions(briefing: Briefing, site: Site) -> dict[str, str]:
    """Of each fact's id, the address."""
    path = PurePosixPath(briefing.article.source.path)
    if not escape.link(site.repository) or path.is_absolute() or ".." in path.parts:
        return {}
    places = Places(briefing.article)
    return {fact.id: _address(fact, briefing, site, path, places) for fact in _facts(briefing) if fact.id}


def _facts(briefing: Briefing) -> Iterator[Fact]:
    yield from briefing.key_facts
    yield from briefing.statements
    yield from briefing.figures
    yield from briefing.dates
    yield from briefing.events
    yield from briefing.roles


def _address(fact: Fact, briefing: Briefing, site: Site, path: PurePosixPath, places: Places) -> str:
    repository = site.repository.rstrip("/")
    words = " ".join(places.words(extent(fact)[0]).split())[:LONGEST]
    if "gitlab" in (urlsplit(repository).hostname or ""):
        told = f"{path}\nfact {fact.id} ({kind_of(fact)}): {words}\n\nWhat is wrong, and what should it say?\n"
        return f"{repository}/-/issues/new?issue[title]={_q('Correction: ' + path.stem)}&issue[description]={_q(told)}"
    if briefing.corrected:
        return (
            f"{repository}/issues/new?template=correction.yml&title={_q('Correction: ' + path.stem)}"
            f"&article={_q(str(path))}&fact={fact.id}&words={_q(words)}"
        )
    folder = _q(path.parent.as_posix(), safe="/")
    name = _q(f"{path.stem}.facts.yaml")
    value = _q(_prefilled(fact, places, words))
    return f"{repository}/new/{_q(site.branch, safe='/')}/{folder}?filename={name}&value={value}"


def _prefilled(fact: Fact, places: Places, words: str) -> str:
    """An entry to change: what the program found stands as comments, ready to be put right."""
    told = record(fact, places, ())
    found = "".join(f"    # {key}: {value}\n" for key, value in told.items() if key not in HIDDEN and value)
    return (
        f"edit:  # or reject:\n  - fact: {fact.id}\n    kind: {kind_of(fact)}\n"
        f"    words: {json.dumps(words, ensure_ascii=False)}\n{found}    why: \n"
    )


def _q(text: str, safe: str = "") -> str:
    return quote(escape.plain(text), safe=safe)
