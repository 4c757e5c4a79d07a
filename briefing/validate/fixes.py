"""`check --fix`: fix what can be fixed automatically in files, and report the changes.

A file is rewritten only if it is UTF-8 and the new text has fewer problems (repair.py). A file is renamed only if
no other file has the new name and the article's address stays the same.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from briefing.config import Config, read_settings
from briefing.content.identifiers import as_id, slug
from briefing.content.schema import ActorFile, Countries, TopicFile
from briefing.content.sources import SUFFIXES, find_sources
from briefing.corrections.files import SUFFIX, CorrectionsFile, beside
from briefing.registry import COUNTRIES
from briefing.site.publish import replace_if_changed
from briefing.validate.repair import repair_source, repair_with, repair_yaml
from briefing.validate.warnings import OTHER_TEXTS, ends_twice


@dataclass(frozen=True, slots=True)
class Change:
    """A change made to a file."""

    path: str
    new_path: str
    difference: str  # unified diff; empty where only the name changed


def fix(config: Config, paths: Iterable[Path]) -> list[Change]:
    """Fix these files and folders, or the whole archive, and return the changes."""
    return [change for path in _files(config, list(paths)) if (change := _fix_file(config, path))]


def _files(config: Config, paths: list[Path]) -> Iterator[Path]:
    asked = [p.absolute() for p in paths] or [config.root, config.sources, config.actors, config.topics]
    everything = [
        config.mkdocs,
        *(path for path, _ in find_sources([config.sources], config.sources)[0]),
        *(p for p in _all_below(config.sources) if p.suffix.lower() in OTHER_TEXTS or p.name.endswith(SUFFIX)),
        *(p for f in (config.actors, config.topics) for p in _all_below(f) if p.suffix.lower() in (".yaml", ".yml")),
    ]
    for path in dict.fromkeys([*(p for p in asked if p.is_file()), *everything]):
        if any(path == a or path.is_relative_to(a) for a in asked) and not path.is_symlink():
            yield path


def _all_below(folder: Path) -> list[Path]:
    found = sorted(folder.rglob("*")) if folder.is_dir() else []
    return [p for p in found if p.is_file() and not any(part[0] == "." for part in p.relative_to(folder).parts)]


def _fix_file(config: Config, path: Path) -> Change | None:
    try:
        raw = path.read_bytes()
        before = raw.decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    after = _repaired(config, path, before)
    new = path.with_name(_right_name(config, path))
    if new != path and _taken(new, path):
        new = path
    if after == before and new == path:
        return None
    old_label = config.label(path)
    if after != before:
        replace_if_changed(path, after.encode("utf-8"))
    if new != path:
        said = beside(path)
        path.rename(new)
        if said.is_file() and not beside(new).exists():
            said.rename(beside(new))  # corrections are matched by the article's file name
    return Change(old_label, config.label(new), _difference(before, after, old_label))


def _taken(new: Path, old: Path) -> bool:
    """Tell whether another file has this name. On a case-insensitive disk it may be the same file."""
    return new.exists() and not new.samefile(old)


def _repaired(config: Config, path: Path, text: str) -> str:
    if path == config.mkdocs:
        return repair_with(text, lambda now: read_settings(now, path.name)[2])
    model = _model(config, path)
    return repair_yaml(text, model) if model else repair_source(text)


def _model(config: Config, path: Path) -> type[BaseModel] | None:
    if path.name.endswith(SUFFIX):
        return CorrectionsFile
    if path.is_relative_to(config.topics):
        return TopicFile
    if path.is_relative_to(config.actors):
        return Countries if path.name == COUNTRIES else ActorFile
    return None


def _right_name(config: Config, path: Path) -> str:
    if path == config.mkdocs or path.name.endswith(SUFFIX):
        return path.name
    if _model(config, path):
        return f"{as_id(path.stem)}.yaml" if as_id(path.stem) else path.name
    if ends_twice(path):
        return path.name  # its address would change
    ending = path.suffix.lower()
    return slug(path.stem) + (ending if ending in SUFFIXES else ".md")


def _difference(before: str, after: str, name: str) -> str:
    """Return a unified diff; carriage returns show as ␍ and byte order marks as ␂."""
    old, new = (text.replace("\r", "␍").replace("\ufeff", "␂").split("\n") for text in (before, after))
    return "\n".join(difflib.unified_diff(old, new, f"a/{name}", f"b/{name}", lineterm="", n=1))
