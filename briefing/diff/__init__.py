"""What a change does to the archive's knowledge: an earlier commit and the files as they are -> Markdown.

    with earlier(config, "main") as before:
        difference = compare(pipeline.snapshot(before), pipeline.snapshot(config))
    markdown(difference)

Both are read by this same program and with the same cache, so that only what differs is read anew, and what is
told comes from the content alone. The earlier files are taken out of git into a folder that is removed again.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from briefing import git
from briefing.config import Config
from briefing.diff.compare import Difference, compare
from briefing.diff.markdown import LONGEST, markdown
from briefing.diff.snapshot import Snapshot

__all__ = ["LONGEST", "Difference", "Snapshot", "compare", "earlier", "markdown"]


@contextmanager
def earlier(config: Config, rev: str) -> Iterator[Config]:
    """The archive as it was at a commit, in a folder that is there as long as it is needed."""
    top = git.top(config.root).resolve()
    commit = git.commit(config.root, rev)
    with tempfile.TemporaryDirectory(prefix="earlier-") as name:
        root = Path(name).resolve()
        for folder in (config.sources, config.actors, config.topics):
            for path, data in git.files_at(top, commit, _below(folder, top)):
                _write(root, path, data)
        yield replace(
            config,
            root=root / _below(config.root, top),
            sources=root / _below(config.sources, top),
            actors=root / _below(config.actors, top),
            topics=root / _below(config.topics, top),
        )


def _below(folder: Path, top: Path) -> str:
    if not folder.resolve().is_relative_to(top):
        raise git.GitError(f"{folder} lies outside of the repository {top}")
    return folder.resolve().relative_to(top).as_posix()


def _write(root: Path, name: str, data: bytes) -> None:
    """A file of the repository, unless its path leads elsewhere."""
    path = Path(os.path.normpath(root / name))
    if path.is_relative_to(root) and path != root:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
