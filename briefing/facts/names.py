"""Names."""

from __future__ import annotations

from briefing.model import Analysis, Entity


def find_names(analysis: Analysis) -> tuple[Entity, ...]:
    return tuple(e for e in analysis.entities if e.label in {"PERSON", "ORG", "GPE", "NORP", "LOC"})


def find_pronouns(analysis: Analysis) -> tuple[Entity, ...]:
    return ()
