"""An archive at one point in time: its facts, its pages and the fact addresses on them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from briefing.archive import Archive
from briefing.errors import Problem
from briefing.model import Actor, Later, Page

FACT = re.compile(r'\bid="f-([0-9a-f]{10})"')


@dataclass(frozen=True, slots=True)
class Snapshot:
    archive: Archive
    pages: Mapping[str, str]  # path -> hash
    facts: Mapping[str, frozenset[str]]  # of each page that has any: the ids of facts with an address there
    registry: Mapping[str, Actor]
    problems: tuple[Problem, ...]  # of what could not be read


def take(
    archive: Archive, pages: Iterable[Page | Later], registry: Iterable[Actor], problems: Iterable[Problem]
) -> Snapshot:
    hashes: dict[str, str] = {}
    facts: dict[str, frozenset[str]] = {}
    for page in pages:
        hashes[page.path] = hashlib.sha256(page.text.encode()).hexdigest()
        if page.path.startswith("briefings/") and (found := FACT.findall(page.text)):
            facts[page.path] = frozenset(found)
    return Snapshot(archive, hashes, facts, {a.id: a for a in registry}, tuple(problems))
