"""Events."""

from __future__ import annotations

from briefing.model import Analysis, DateRef, Entity, Event


def find_events(analysis: Analysis, dates: tuple[DateRef, ...], names: tuple[Entity, ...]) -> tuple[Event, ...]:
    return ()
