"""Diagnose an archive's settings and installation in plain words: what is wrong, where, and what to write instead.

diagnose(Path("mkdocs.yml"), "0.2.0")   ->   [Problem(...)]; errors stop a build or break pages, advice does not
replaced(Path("mkdocs.yml"))            ->   ["Replaced here: templates/home.md.j2 (template)", ...]
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from briefing.config import THEME, Config, read_config, read_settings
from briefing.content.problems import Problem, ProblemSeverity
from briefing.content.schema import Settings
from briefing.content.sources import SUFFIXES
from briefing.content.validation import read_text
from briefing.lexicon import COMMAND, SHIPPED, load
from briefing.site import STANDARD
from briefing.site.publish import kept_by_hand

TEMPLATES = SHIPPED / "templates"
GENERATED = ("briefings/", "actors/", "topics/", "timeline/", "statements/", "figures/", "years/", "care/", "network/")
ALWAYS = {"index.md", "moved.md", "quality.md", *STANDARD}
FIRST = "0.1.0"  # had no setting that names the version
IMPORTERS = {"trafilatura": "web pages", "pypdf": "PDF", "docx": "Word documents"}


@dataclass(frozen=True)
class Archive:
    """What the checks look at."""

    path: Path  # of mkdocs.yml
    general: dict[str, Any]  # all of mkdocs.yml
    ours: Settings
    config: Config
    version: str  # of the program

    @cached_property
    def lines(self) -> list[str]:
        return read_text(self.path).splitlines()

    @property
    def root(self) -> Path:
        return self.config.root

    @property
    def theme(self) -> dict[str, Any]:
        told = self.general.get("theme")
        return {"name": told} if isinstance(told, str) else told if isinstance(told, dict) else {}

    def problem(
        self, code: str, word: str, found: str, right: str, severity: ProblemSeverity = "error", fix: str = ""
    ) -> Problem:
        """Return a problem at the first line with this word."""
        line = next((n for n, row in enumerate(self.lines, 1) if word and word in row.partition("#")[0]), 1)
        return Problem(self.path.name, line, 1, code, found, right, fix, severity)


def diagnose(path: Path, version: str, **folders: Path | None) -> list[Problem]:
    """Return what is wrong with the archive of this mkdocs.yml, and advice; `version` is that of the program."""
    if not path.is_file():
        found = f"there is no {path.name} in this folder"
        right = f"Change to an archive's folder, give its settings with --config, or run: {COMMAND} new-archive DIR"
        return [Problem(str(path), 0, 0, "no-settings", found, right)]
    config, problems = read_config(path, **folders)
    if any(problem.code in ("yaml-syntax", "wrong-shape") for problem in problems):
        return problems
    general, ours, _ = read_settings(read_text(path), path.name)
    archive = Archive(path, general, ours, config, version)
    return [*problems, *(problem for look in LOOKS for problem in look(archive))]


def settings_errors(config: Config) -> Iterator[Problem]:
    """Yield the errors that stand in mkdocs.yml itself, for `check`; the build does not stop for them."""
    general, ours, _ = read_settings(read_text(config.mkdocs), config.mkdocs.name)
    archive = Archive(config.mkdocs, general, ours, config, "")
    for look in (name_missing, settings_elsewhere, other_theme, theme_folder):
        yield from (replace(problem, severity="advice") for problem in look(archive) if problem.severity == "error")


# --- looks: each reports one kind of mistake ---------------------------------------------------


def name_missing(archive: Archive) -> Iterator[Problem]:
    if not archive.general.get("site_name"):
        found = "the archive has no name: `site_name` is missing"
        yield archive.problem("no-name", "", found, "Add a line with the name.", fix="site_name: My archive")


def settings_elsewhere(archive: Archive) -> Iterator[Problem]:
    """Report settings of the archive that do not stand below `extra.briefing`: MkDocs rejects or ignores them."""
    extra = archive.general.get("extra")
    names = Settings.model_fields.keys() - {"templates", "pages", "model", "version"}
    for where, told in (("at the top level", archive.general), ("directly below `extra`", extra)):
        for key in sorted((names | {"briefing"}) & set(told if isinstance(told, dict) else ())):
            if key == "briefing" and told is extra:
                continue
            right = "Move it below `extra:` and `briefing:`, two spaces further in at each step."
            fix = "extra:\n  briefing:\n    ..." if key == "briefing" else f"extra:\n  briefing:\n    {key}: ..."
            found = f"`{key}` is {where}, where it has no effect"
            yield archive.problem("misplaced-setting", f"{key}:", found, right, fix=fix)


def other_theme(archive: Archive) -> Iterator[Problem]:
    name = archive.theme.get("name", "material")
    if name != "material":
        found = f"the theme is `{name}`, but the pages of an archive are made for Material and would be unstyled"
        right = (
            "Delete `name` below `theme`. To change colours or layout, put files into a folder and name it: custom_dir."
        )
        yield archive.problem("other-theme", str(name), found, right)


def theme_folder(archive: Archive) -> Iterator[Problem]:
    """Report a `custom_dir` that is not there, or whose files replace nothing."""
    folder = archive.theme.get("custom_dir")
    if not folder:
        return
    place = archive.root / str(folder)
    if not place.is_dir():
        found = f"`custom_dir: {folder}` names a folder that does not exist, so nothing of the theme is replaced"
        yield archive.problem("no-folder", "custom_dir", found, f"Create the folder {folder}/, or delete this line.")


def template_names(archive: Archive) -> Iterator[Problem]:
    """Report files of the archive's templates folder that have the name of no shipped template."""
    shipped = _names(TEMPLATES, "*.j2")
    own = archive.root / archive.ours.templates
    if own.resolve() == TEMPLATES.resolve():
        return
    for name in _names(own, "*") if own.is_dir() else ():
        if name in shipped or name.startswith("theme/") or not name.endswith((".j2", ".md", ".html", ".jinja")):
            continue
        near = difflib.get_close_matches(name, shipped, 1)
        hint = f" Did you mean {near[0]}?" if near else ""
        found = f"{archive.ours.templates}/{name} replaces nothing: no shipped template has this name.{hint}"
        right = "Give it the name of the template to replace, or delete it if no other template of yours includes it."
        yield archive.problem("unknown-template", "", found, right, "advice")


def folders(archive: Archive) -> Iterator[Problem]:
    """Report folders that are missing or empty."""
    sources = archive.config.sources
    label = archive.config.label(sources)
    if not sources.is_dir():
        found = f"the folder of articles, {label}/, does not exist"
        right = f"Create {label}/ and put an article into it, or name another folder: sources below extra.briefing."
        yield archive.problem("no-folder", "sources:", found, right)
    elif not any(p.suffix.lower() in SUFFIXES for p in sources.rglob("*")):
        found, right = f"no articles in {label}/", f"Add at least one .md or .txt file, for example with: {COMMAND} new"
        yield archive.problem("no-sources", "sources:", found, right)
    for key in ("actors", "topics"):
        place: Path = getattr(archive.config, key)
        if not place.is_dir() and getattr(archive.ours, key) != key:
            found = f"`{key}: {getattr(archive.ours, key)}` names a folder that does not exist"
            yield archive.problem("no-folder", f"{key}:", found, "Create it, or correct its name.")
    docs = archive.general.get("docs_dir")
    if docs and not archive.config.docs.is_dir():
        found = f"`docs_dir: {docs}` names a folder that does not exist"
        right = "Create it, or delete this line: your own pages are then looked for in docs/."
        yield archive.problem("no-folder", "docs_dir", found, right, "advice")


def nested_folders(archive: Archive) -> Iterator[Problem]:
    """Report a site folder that lies inside what is read, or around it: a build would publish or remove the archive."""
    config = archive.config
    for key in ("sources", "actors", "topics", "docs", "templates"):
        place: Path = getattr(config, key)
        if config.site.is_relative_to(place) or place.is_relative_to(config.site):
            found = f"the site is written to {config.label(config.site)}/, which overlaps {config.label(place)}/"
            right = "Give the site a folder of its own, as in `site_dir: site`."
            yield archive.problem("overlapping-folders", "site_dir", found, right)


def home_page(archive: Archive) -> Iterator[Problem]:
    path = archive.config.docs / "index.md"
    if path.is_file() and "index.md" in kept_by_hand(archive.config.docs, ["index.md"]):
        label = archive.config.label(path)
        found = f"{label} takes the place of the home page, which is generated"
        right = f"Move your text to {archive.ours.home} next to {archive.path.name}: it appears on the home page."
        yield archive.problem("home-page", "", found, right)


def nav(archive: Archive) -> Iterator[Problem]:
    """Report pages in the navigation that do not exist, and a navigation without the pages that readers look for."""
    told = archive.general.get("nav")
    if told is None:
        return
    pages = list(_pages(told))
    for page in pages:
        clean = page.removeprefix("./")
        if re.match(r"[a-z]+:", page) or clean in ALWAYS or clean.startswith(GENERATED):
            continue
        if not (archive.config.docs / clean).is_file():
            found = f"the navigation lists {page}, which does not exist"
            right = f"Create {archive.config.label(archive.config.docs)}/{clean}, or delete the line."
            yield archive.problem("no-page", page, found, right)
    missing = [page for page in ("index.md", "search.md") if page not in pages]
    if pages and missing:
        found = f"the navigation leaves out {' and '.join(missing)}"
        right = "Add it, or delete `nav` from the settings: the shipped navigation then applies."
        yield archive.problem("no-page", "nav", found, right, "advice")


def _pages(entries: Any) -> Iterator[str]:
    if isinstance(entries, str):
        yield entries
    for entry in entries.values() if isinstance(entries, dict) else entries if isinstance(entries, list) else ():
        yield from _pages(entry)


def addresses(archive: Archive) -> Iterator[Problem]:
    for key, example in (("site_url", "https://example.org/news/"), ("repo_url", "https://github.com/NAME/ARCHIVE")):
        value = str(archive.general.get(key) or "")
        if value and not re.match(r"https?://[^/\s]+", value):
            found = f"`{key}: {value}` is not a web address, so no page can use it"
            fix = f"{key}: https://{value}" if re.match(r"[\w-]+(\.[\w-]+)+", value) else f"{key}: {example}"
            yield archive.problem("bad-url", key, found, "Start with https://.", fix=fix)
    if not archive.general.get("repo_url"):
        found = "no `repo_url`: pages have no links for adding articles and correcting facts"
        right = "Give the address of the repository, or set REPOSITORY_URL when you build."
        yield archive.problem("no-repository", "repo_url", found, right, "advice")


def plugins(archive: Archive) -> Iterator[Problem]:
    told = archive.general.get("plugins")
    names = [name if isinstance(name, str) else next(iter(name), "") for name in told or ()]
    if "search" in names:
        found = "MkDocs' search plugin is on: every reader would load an index of the whole archive"
        right = "Delete it below `plugins`. The archive has its own search, which needs no plugin."
        yield archive.problem("search-plugin", "search", found, right, "advice")


def extra_files(archive: Archive) -> Iterator[Problem]:
    """Report styles and scripts that are in neither the archive's pages nor a theme."""
    custom = archive.theme.get("custom_dir")
    places = [archive.config.docs, THEME, *([archive.root / str(custom)] if custom else [])]
    for key in ("extra_css", "extra_javascript"):
        for entry in archive.general.get(key) or ():
            name = str(entry.get("path", "") if isinstance(entry, dict) else entry)
            if name and "//" not in name and not any((place / name).is_file() for place in places):
                docs = archive.config.label(archive.config.docs)
                found = f"`{key}` lists {name}, which does not exist"
                yield archive.problem("no-file", name, found, f"Put the file at {docs}/{name}, or delete the line.")


def installation(archive: Archive) -> Iterator[Problem]:
    model = archive.ours.model
    if find_spec(model) is None and not Path(model).exists():
        found = f"the language model `{model}` is not installed"
        default = Settings.model_fields["model"].default
        right = f"Install it with pip, or delete the line `model`: {default} comes with the software."
        yield archive.problem("no-model", "model:", found, right)
    missing = [what for module, what in IMPORTERS.items() if find_spec(module) is None]
    if missing:
        found = f"`{COMMAND} import` cannot read {', '.join(missing)}: the packages for it are not installed"
        right = 'If you need it, run: pip install "briefing-archive[import]"'
        yield archive.problem("no-importers", "", found, right, "advice")


def upgrade(archive: Archive) -> Iterator[Problem]:
    """Say what changed between the version that the settings name and the installed one."""
    known = archive.ours.version or FIRST
    if _parts(known) >= _parts(archive.version):
        return
    notes = load("migrations", dict[str, list[str]])
    for version in sorted(notes, key=_parts):
        if _parts(known) < _parts(version) <= _parts(archive.version):
            for note in notes[version]:
                yield archive.problem("upgraded", "version:", f"since {version}: {note}", "", "advice")
    found = f"these settings were written for version {known}; {archive.version} is installed"
    fix = f'    version: "{archive.version}"'
    yield archive.problem("upgraded", "version:", found, "When you have read the notes, write:", "advice", fix)


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


LOOKS = (
    name_missing, settings_elsewhere, other_theme, theme_folder, template_names, folders, nested_folders, home_page,
    nav, addresses, plugins, extra_files, installation, upgrade,
)  # fmt: skip


# --- what an archive replaces ------------------------------------------------------------------


def replaced(path: Path) -> list[str]:
    """Return a line for each shipped template, theme file or page that the archive replaces by one of its own."""
    config, _ = read_config(path)
    general, ours, _ = read_settings(read_text(path), path.name)
    theme = general.get("theme")
    custom = config.root / str(theme["custom_dir"]) if isinstance(theme, dict) and theme.get("custom_dir") else None
    own = config.root / ours.templates
    found = [(own, name, "template") for name in _both(own, TEMPLATES, "*.j2")]
    if custom and custom.resolve() != THEME.resolve():  # our own archive names it, for plain `mkdocs build`
        found += [(custom, name, "theme") for name in _both(custom, THEME, "*")]
    found += [(config.docs, name, "page") for name in sorted(kept_by_hand(config.docs, STANDARD))]
    return [
        f"Replaced here: {config.label(folder / name)} ({_kind(folder / name, name, kind)})"
        for folder, name, kind in found
    ]


def _kind(path: Path, name: str, kind: str) -> str:
    """Return what a file replaces, and whether that changes anything."""
    shipped = (TEMPLATES if kind == "template" else THEME) / name
    same = shipped.is_file() and shipped.read_bytes() == path.read_bytes()
    return f"{kind}, the same as the shipped one: you can delete it" if same else kind


def _both(own: Path, shipped: Path, pattern: str) -> list[str]:
    if not own.is_dir() or own.resolve() == shipped.resolve():
        return []
    return sorted(set(_names(own, pattern)) & set(_names(shipped, pattern)))


def _names(folder: Path, pattern: str) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob(pattern) if path.is_file())
