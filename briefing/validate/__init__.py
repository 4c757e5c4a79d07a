"""Find every problem in contributed files: errors, which stop a build, and advice.

Errors come from the same functions that the build uses, so `check` and `build` agree. `PARTS` lists the checks;
each takes a `CheckContext` and yields problems.

    check(config, [])   ->   [Problem("sources/a.md", 2, 1, "unknown-key", ...), ...]
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from briefing import cache, pipeline
from briefing.archive import duplicates
from briefing.config import Config
from briefing.content.field_types import OTHER_WORDS
from briefing.content.problems import ContentError, Problem, in_order
from briefing.content.schema import KEYS
from briefing.content.sources import SUFFIXES, SourceFile, find_sources, gone, moves, read_source
from briefing.content.validation import did_you_mean
from briefing.corrections.files import SUFFIX, beside, read_corrections
from briefing.model import Actor, Meta
from briefing.pipeline.article import briefing_of, problems_of, read_article
from briefing.pipeline.workspace import Workspace, open_workspace, tracked_output
from briefing.site.render import refused_settings
from briefing.validate.deceptive_names import deceptive_names
from briefing.validate.doctor import settings_errors
from briefing.validate.warnings import not_read, ordinary_word, source_warnings, unused_aliases


@dataclass(frozen=True)
class CheckContext:
    """Everything the checks read, and which sources were asked for."""

    workspace: Workspace
    settings: Sequence[Problem]  # in mkdocs.yml
    chosen: Sequence[SourceFile]
    today: date

    @property
    def config(self) -> Config:
        return self.workspace.config

    def body(self, source: SourceFile) -> str | None:
        """Return the text of an article; None if it cannot be read, which another check reports."""
        try:
            return read_article(self.workspace, source).body
        except (ContentError, OSError):
            return None


def check(
    config: Config, paths: list[Path], settings: Iterable[Problem] = (), today: date | None = None
) -> list[Problem]:
    """Return every problem in these files, or in the whole archive; `settings` are the problems in mkdocs.yml."""
    given = {os.path.normpath(path.absolute()): str(path) for path in paths}
    paths = [Path(path) for path in given]
    chosen, _ = find_sources(_of_sources(config, paths), config.sources)
    foreign = any(tracked_output(config))  # perhaps the cache is a link to somebody's folder: write nothing there
    with closing(open_workspace(config, read_only=foreign)) as workspace:
        context = CheckContext(
            workspace, tuple(settings), chosen if paths else workspace.sources, today or date.today()
        )
        told = [problem for part in PARTS for problem in part(context)]
    return in_order(_from_here(_about(config, told, paths) if paths else told, given))


def _of_sources(config: Config, paths: Iterable[Path]) -> list[Path]:
    """Return the folders that hold articles; registry and topic folders are excluded."""
    wider = {p for p in paths if config.sources.is_relative_to(p.resolve())}
    others = (config.mkdocs, config.actors, config.topics)
    asked = [p for p in paths if p not in wider and not any(p.resolve().is_relative_to(o) for o in others)]
    beside = [p for p in asked if p.name.endswith(SUFFIX)]
    stems = [p.with_name(p.name.removesuffix(SUFFIX)) for p in beside]
    corrected = [a for s in stems for ending in SUFFIXES if (a := s.with_name(s.name + ending)).is_file()]
    return [*([config.sources] if wider else []), *(p for p in asked if p not in beside), *corrected]


def _from_here(problems: Iterable[Problem], given: Mapping[str, str]) -> Iterator[Problem]:
    """Show paths outside the archive's folder as they were given, or from the current folder."""
    here = f"{Path.cwd()}/"
    for p in problems:
        found, right = p.found.replace(here, ""), p.right.replace(here, "")
        yield replace(p, path=given.get(p.path, p.path.replace(here, "")), found=found, right=right)


def _about(config: Config, problems: Iterable[Problem], paths: list[Path]) -> list[Problem]:
    """Keep the problems of these files or folders."""
    articles = [path for path in paths if path.suffix.lower() in SUFFIXES]
    asked = [config.label(path.absolute()) for path in (*paths, *map(beside, articles))]
    return [p for p in problems if any(a in (".", p.path) or p.path.startswith(f"{a}/") for a in asked)]


# --- parts -------------------------------------------------------------------------------------


def everything_but_articles(context: CheckContext) -> Iterator[Problem]:
    """Report problems in settings, registry and topics, and in the files of the sources folder as a whole."""
    yield from context.settings
    yield from context.workspace.problems
    for actor in context.workspace.own_actors:
        yield from _backwards(context, actor)


def topics_without_terms(context: CheckContext) -> Iterator[Problem]:
    """Report topics that no article can get by its words. A topic of topics needs none."""
    parents = {topic.parent for topic in context.workspace.topics}
    broken = {p.path for p in context.workspace.problems if p.severity == "error"}
    for topic in context.workspace.topics:
        path = context.config.label(context.config.topics / f"{topic.id}.yaml")
        if not topic.terms and topic.id not in parents and path not in broken:
            found = "no terms: no article gets this topic unless its front matter names it"
            right = "Add a line `terms: [...]` with words that articles on this topic use."
            yield Problem(path, 1, 1, "no-terms", found, right, f"terms: [{topic.name.lower()}]", "advice")


COMMON = OTHER_WORDS.function_words | OTHER_WORDS.ordinary_words


def common_words(context: CheckContext) -> Iterator[Problem]:
    """Report names and aliases that are ordinary words, since articles use those without meaning the actor."""
    for actor in context.workspace.own_actors:
        if actor.kind == "country":
            continue
        names = [("name", actor.name), *(("alias", alias.name) for alias in actor.aliases)]
        for what, name in names:
            types = [alias.type for alias in actor.aliases if alias.name == name]
            if name.isupper() and name.lower() in COMMON and name not in actor.careful and types == ["name"]:
                found = f"the {what} `{name}` is also the word `{name.lower()}` in capitals, as in a headline"
                right = "List it under `careful` too, say `type: acronym` if it is one, or delete it."
                path = context.config.label(Path(actor.path))
                yield Problem(path, _line(actor, name), 1, "common-word", found, right, "", "advice")
            elif (word := ordinary_word(name)) and name not in actor.careful:
                found = f"the {what} `{name}` has no capital: every `{word}` in an article may be taken for this actor"
                right = "Write it with its capitals or remove it. If it has none, also list it under `careful`."
                path = context.config.label(Path(actor.path))
                yield Problem(path, _line(actor, name), 1, "common-word", found, right, "", "advice")


def aliases_given_twice(context: CheckContext) -> Iterator[Problem]:
    """Report names that one actor has twice."""
    for actor in context.workspace.own_actors:
        names = [actor.name]
        for alias in actor.aliases:
            if alias.name in names and actor.kind != "country":
                path = Path(actor.path)
                written = path.read_text(encoding="utf-8-sig").splitlines()
                line = max((n for n, text in enumerate(written, 1) if alias.name in text), default=1)
                found = f"`{alias.name}` is a name of this actor twice"
                yield Problem(
                    context.config.label(path), line, 1, "duplicate-key", found, "Delete it here.", "", "advice"
                )
            names.append(alias.name)


def _backwards(context: CheckContext, actor: Actor) -> Iterator[Problem]:
    for what, name, since, until in (
        *((f"the role `{r.title}`", r.title, r.since, r.until) for r in actor.roles),
        *((f"the name `{a.name}`", a.name, a.since, a.until) for a in actor.aliases),
    ):
        if since and until and until < since and until[:4].isdigit() and since[:4].isdigit() and until[:4] < since[:4]:
            found = f"{what} ends in {until}, before it starts in {since}"
            path = context.config.label(Path(actor.path))
            yield Problem(path, _line(actor, name), 1, "unlikely-date", found, "Are the two swapped?", "", "advice")


def unused_names(context: CheckContext) -> Iterator[Problem]:
    """Report unused aliases when the whole archive or the registry is checked; one article is not enough."""
    sources, registry = context.workspace.sources, context.workspace.registry
    if context.chosen and context.chosen != sources:
        return
    texts = (text for source in sources if (text := context.body(source)) is not None)
    for name, aliases in unused_aliases(registry, texts).items():
        actor = registry.by_id[name]
        names = ", ".join(f"`{alias.name}`" for alias in aliases)
        found = f"no article uses {names} for `{name}`, which many articles mention"
        right = "If these names are right, keep them. Remove names that are misspelt or invented."
        path = context.config.label(Path(actor.path))
        yield Problem(path, _line(actor, aliases[0].name), 1, "unused-alias", found, right, "", "advice")


def _line(actor: Actor, alias: str) -> int:
    """Return the line of an alias in a registry file; 1 if it is spelt differently there."""
    lines = Path(actor.path).read_text(encoding="utf-8-sig").splitlines()
    start = next((n for n, line in enumerate(lines) if re.search(rf"\bid: {re.escape(actor.id)}\b", line)), 0)
    return next((n + 1 for n, line in enumerate(lines) if n >= start and alias in line), 1)


def mkdocs_settings(context: CheckContext) -> Iterator[Problem]:
    """Report settings that MkDocs would reject only while it renders the site."""
    mkdocs = context.config.mkdocs
    if any(p.path == mkdocs.name for p in context.settings):
        return  # unreadable, or our settings are wrong: MkDocs would only repeat it
    yield from settings_errors(context.config)
    lines = mkdocs.read_text(encoding="utf-8-sig").splitlines()
    for name, words in refused_settings(mkdocs):
        line = next((n for n, text in enumerate(lines, 1) if re.match(rf"{re.escape(name)}\s*:", text)), 1)
        found = f"MkDocs rejects `{name}`: {words}" if name else f"MkDocs rejects this file: {words}"
        yield Problem(
            mkdocs.name, line, 1, "mkdocs-setting", found, "See https://www.mkdocs.org/user-guide/configuration/"
        )


def articles(context: CheckContext) -> Iterator[Problem]:
    """Report errors in articles and their corrections, and advice."""
    workspace = context.workspace
    if not workspace.sources and not context.chosen:
        yield pipeline.no_sources(context.config)
    for source in context.chosen:
        errors = problems_of(workspace, source)
        yield from errors
        if not errors:
            yield from _rejected_nothing(workspace, source)
            yield from _outside(context, source.path)
            yield from source_warnings(source.path, read_article(workspace, source), context.today)


def _rejected_nothing(workspace: Workspace, source: SourceFile) -> Iterator[Problem]:
    """Report rejections of facts that are not there: perhaps the id is misspelt."""
    said = read_corrections(source.path, workspace.label(source.path)) if beside(source.path).exists() else None
    if said is None or not said.file.reject:
        return
    made = {c.fact for c in briefing_of(workspace, source).corrections if c.action == "retracted" and not c.words}
    for number, entry in enumerate(said.file.reject):
        if entry.fact in made and not entry.words:
            found = f"no fact in this article has the id `{entry.fact}`, so nothing is rejected"
            right = (
                "Copy the ten characters after #f- in the fact's address, or give its words. If it is gone, keep this."
            )
            yield replace(said.problem(("reject", number, "fact"), "no-such-fact", found, right), severity="advice")


def _outside(context: CheckContext, path: Path) -> Iterator[Problem]:
    """Report an article of the archive that is not in the folder of articles, and so has no page."""
    config = context.config
    if path.absolute().is_relative_to(config.root) and not path.absolute().is_relative_to(config.sources):
        found = f"this article is not read: it is not in {config.label(config.sources)}/"
        year = re.match(r"(?:1[89]|20)\d\d(?=-)", path.name)
        right = f"Move it to {config.label(config.sources)}/{f'{year[0]}/' if year else ''}{path.name}."
        yield Problem(config.label(path), 0, 0, "wrong-folder", found, right, "", "advice")


def stray_articles(context: CheckContext) -> Iterator[Problem]:
    """Report articles beside the folder of articles."""
    chosen = {source.path.absolute() for source in context.chosen}
    for path in sorted(context.config.root.iterdir()):
        if path.suffix.lower() not in SUFFIXES or path in chosen or not path.is_file():
            continue
        try:
            if not path.name.startswith(".") and read_source(path, "x").meta != Meta():
                yield from _outside(context, path)
        except ContentError:
            continue  # a README and the like, or no article


def unread_files(context: CheckContext) -> Iterator[Problem]:
    """Report files in the sources folder that look like articles but are not read."""
    for where, folders, files in os.walk(context.config.sources):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(where, name)
            read = any(path == source.path.absolute() for source in context.chosen)  # named by whoever asked
            if not read and not name.startswith(".") and (problem := not_read(path, context.config.label(path))):
                yield problem


ARTICLES = {"sources": "articles"}  # what a folder holds, if not what its name says


def misnamed_folders(context: CheckContext) -> Iterator[Problem]:
    """Report files that are not read because their folder has another name: `source/`, `topic/`."""
    config, names = context.config, {"sources": SUFFIXES, "actors": {".yaml"}, "topics": {".yaml"}}
    read = {config.sources: "sources", config.actors: "actors", config.topics: "topics"}
    for folder in sorted(path for path in config.root.iterdir() if path.is_dir() and path not in read):
        lower = folder.name.lower()
        meant = KEYS["settings"].get(lower) or (lower if lower in names else did_you_mean(lower, list(names)))
        right = next((path for path, name in read.items() if name == meant), None)
        if right is None or not any(f.suffix.lower() in names[meant or ""] for f in folder.rglob("*")):
            continue
        found = f"`{folder.name}/` is not read: {ARTICLES.get(meant or '', meant)} go in {config.label(right)}/"
        advice = f"Move its files to {config.label(right)}/."
        yield Problem(config.label(folder), 0, 0, "wrong-folder", found, advice, "", "advice")


def reprints(context: CheckContext) -> Iterator[Problem]:
    """Report exact and near duplicates, at the article that was asked about."""
    label = context.workspace.label
    chosen = {label(source.path) for source in context.chosen}
    prints = {
        label(source.path): print_
        for source in dict.fromkeys([*context.workspace.sources, *context.chosen])
        if (print_ := _fingerprint(context, source))
    }
    for pair in duplicates.find_pairs(prints):
        new, old = (pair.other, pair.one) if pair.other in chosen else (pair.one, pair.other)
        if new not in chosen:
            continue
        if pair.exact:
            yield Problem(new, 1, 1, "duplicate", f"same text as {old}", "Remove one of the two.", "", "advice")
        else:
            found = f"{pair.similarity:.0%} of this text is also in {old}"
            right = "Keep both if this is a reprint. If it is a corrected version, update the old file instead."
            yield Problem(new, 1, 1, "near-duplicate", found, right, "", "advice")


def _fingerprint(context: CheckContext, source: SourceFile) -> duplicates.Fingerprint | None:
    try:
        key = cache.digest("1", source.path.read_bytes())
    except OSError:
        return None  # reported elsewhere
    store = context.workspace.cache
    if kept := store.get("fingerprint", key):
        whole, signature = json.loads(kept)
        return whole, tuple(signature)
    body = context.body(source)
    if body is None:
        return None
    found = duplicates.fingerprint(body)
    store.put("fingerprint", key, json.dumps(found).encode())
    return found


Part = Callable[[CheckContext], Iterator[Problem]]
PARTS: tuple[Part, ...] = (
    everything_but_articles,
    topics_without_terms,
    common_words,
    aliases_given_twice,
    unused_names,
    mkdocs_settings,
    articles,
    stray_articles,
    unread_files,
    misnamed_folders,
    reprints,
    deceptive_names,
)


# --- old and new -------------------------------------------------------------------------------


def gone_addresses(now: Config, before: Config) -> list[Problem]:
    """Report article addresses that no longer work, with the line to add to the article that seems to replace it."""
    old, new = (find_sources([c.sources], c.sources)[0] for c in (before, now))
    paths, standing = {name: path for path, name in old}, {name for _, name in new}
    missing = gone([*paths, *moves(old)], standing, moves(new))
    added = [(path, name) for path, name in new if missing and name not in paths]
    fresh = {path: duplicates.signature(_body(path, name)) for path, name in added}
    return [
        _gone(now, name, before.label(paths[name]) if name in paths else "", _successor(paths, name, fresh))
        for name in missing
    ]


def _gone(config: Config, name: str, path: str, heir: Path | None) -> Problem:
    found = f"briefings/{name}/ no longer leads to a page"
    if heir is None:
        right = f"Restore {path or 'the article'}, or add to the article that replaces it: replaces: {name}"
        return Problem(path or config.label(config.sources), 0, 0, "gone-article", found, right)
    right = "This article seems to replace it. If so, add this line to its front matter."
    old = read_source(heir, "").meta.replaces
    ids = ", ".join((*old, name))
    return Problem(
        config.label(heir), 1, 1, "gone-article", found, right, f"replaces: [{ids}]" if old else f"replaces: {name}"
    )


def _successor(paths: Mapping[str, Path], name: str, fresh: Mapping[Path, tuple[int, ...]]) -> Path | None:
    """Return the new file most similar to a missing one, if any."""
    if name not in paths:
        return None
    lost = duplicates.signature(_body(paths[name], name))
    return duplicates.most_similar(lost, ((signature, path) for path, signature in fresh.items()))


def _body(path: Path, name: str) -> str:
    try:
        return read_source(path, name).body
    except ContentError:
        return ""  # reported elsewhere


def only_new(now: Iterable[Problem], before: Iterable[Problem]) -> list[Problem]:
    """Keep what a change introduced: earlier errors become advice, and earlier advice is dropped."""
    old = {_what(p) for p in before}
    kept = (p for p in now if p.severity == "error" or _what(p) not in old)
    return [replace(p, severity="advice") if _what(p) in old else p for p in kept]


def _what(problem: Problem) -> tuple[str, str, str]:
    return problem.path, problem.code, problem.found  # lines move
