"""actors/ -> Registry (first, plain form)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from briefing.model import Actor


@dataclass(frozen=True)
class Registry:
    actors: tuple[Actor, ...] = ()
    digest: str = ""


def read_registry(folder: Path) -> Registry:
    return Registry()
