"""The contributed content as it was at a git revision, laid out in a folder of its own.

with archive_at(config, "main") as before:
    check(before, [])
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from briefing import git
from briefing.config import Config


@contextmanager
def archive_at(config: Config, revision: str) -> Iterator[Config]:
    """The same archive with the sources, actors, topics and settings of a revision; raises git.GitError."""
    commit = git.commit(config.root, revision)
    top = git.top(config.root).resolve()
    with tempfile.TemporaryDirectory() as place:
        before = Path(place).resolve()
        moved: dict[str, Any] = {"root": before / config.root.relative_to(top)}
        for name in ("sources", "actors", "topics", "mkdocs"):
            path: Path = getattr(config, name)
            if not path.is_relative_to(top):
                raise git.GitError(f"{path} is outside the repository")
            moved[name] = before / path.relative_to(top)
            for inner, content in git.files_at(top, commit, path.relative_to(top).as_posix()):
                file = before / inner
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
        yield replace(config, **moved)
