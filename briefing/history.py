"""Archive -> when each of its pages last changed, as far as git knows.

    last_changes(config, sources, archive)   ->   {"briefings/2012/quay.md": 1795337925, "actors/china.md": ...}

A page changes with the files that it shows: a source, its corrections, an actor's or a topic's file, a hand-written
page.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from briefing import corrections, escape, git, publish
from briefing.archive import Archive
from briefing.config import Config

WHOLE = (
    "",
    "briefings/",
    "actors/",
    "topics/",
    "timeline/",
    "statements/",
    "figures/",
    "care/",
    "network/",
)  # all rows


def last_changes(config: Config, sources: Iterable[tuple[Path, str]], archive: Archive) -> dict[str, int]:
    """`sources` are files and the ids of their briefings. Times are seconds since 1970."""
    root = config.root
    files = git.last_changes(root, config.sources, config.actors, config.topics, config.docs)

    def when(path: Path) -> int:
        return files.get(path.relative_to(root).as_posix(), 0) if path.is_relative_to(root) else 0

    briefings = {name: max(when(path), when(corrections.beside(path))) for path, name in sources}
    found = {name: when(config.docs / name) for name in publish.by_hand(config.docs) if name.endswith(".md")}
    for place, folder in (("actors", config.actors), ("topics", config.topics)):
        found |= {f"{place}/{PurePosixPath(n).stem}.md": when(root / n) for n in files if (root / n).parent == folder}
    for page, ids in _shown(archive):
        found[page] = max(found.get(page, 0), *(briefings.get(name, 0) for name in ids), 0)
    return {page: time for page, time in found.items() if time}


def _shown(archive: Archive) -> Iterable[tuple[str, list[str]]]:
    """Pages with the briefings that they show."""
    everything = [row.id for row in archive.rows]
    for row in archive.rows:
        yield f"briefings/{row.id}.md", [row.id]
    for actor in archive.actors.values():
        yield f"actors/{escape.file_name(actor.id)}.md", [row.id for row, _ in actor.rows]
    for topic in archive.topics.values():
        yield f"topics/{escape.file_name(topic.id)}.md", [row.id for row in topic.rows]
    for year, rows in archive.years.items():
        for place in ("years", "timeline", "statements"):
            yield f"{place}/{year or 'undated'}.md", [row.id for row in rows]
    for place in WHOLE:
        yield f"{place}index.md", everything
