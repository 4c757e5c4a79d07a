"""The command line: `python build.py VERB`. Every message for people is written here."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from briefing import actor_verbs, contract, diff, forms, pipeline, report, review, serve
from briefing.config import PROGRAM, Config, read_config
from briefing.errors import ContentError, Problem, in_order
from briefing.git import GitError
from briefing.model import Meta
from briefing.publish import NotOursError
from briefing.revision import archive_at
from briefing.site import SiteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from briefing.registry import Registry

FOLDER = click.Path(file_okay=False, path_type=Path)


class Verbs(click.Group):
    """`build` is meant where no verb is given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in ("--help", "-h")):
            args = ["build", *args]
        return super().parse_args(ctx, args)


def archive_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which archive is meant."""
    for option in reversed(
        (
            click.option(
                "--config",
                "mkdocs",
                type=click.Path(dir_okay=False, path_type=Path),
                help="The archive's mkdocs.yml; its folder is where the other folders are looked for.  "
                "[default: mkdocs.yml here, or else the one beside build.py]",
            ),
            click.option("--sources", type=FOLDER, help="Folder of articles.  [default: sources/]"),
            click.option("--actors", type=FOLDER, help="Folder of the registry.  [default: actors/]"),
            click.option("--topics", type=FOLDER, help="Folder of topics.  [default: topics/]"),
            click.option("--site", type=FOLDER, help="Folder for the built site.  [default: site/]"),
        )
    ):
        command = option(command)
    return command


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Build an archive of briefings from a folder of articles.

    Without a verb, the site is built. Add an article: put a .md or .txt file into sources/ and build again.
    """


@main.command()
@archive_options
def build(**where: Any) -> None:
    """Read the articles, find their facts, write the site.  (the default)

    Nothing is published while a source has a mistake: all mistakes are listed, and the old site stays as it is.
    """
    config = _config(**where)
    try:
        report = pipeline.build(config, _progress)
    except ContentError as error:
        _refuse(error.problems, "nothing was published")
    except SiteError as error:
        raise click.ClickException(f"the pages were written, but the site could not be rendered:\n{error}") from error
    except NotOursError as error:
        raise click.ClickException(str(error)) from error
    click.echo(_closing_line(report, config))


@main.command("serve")
@archive_options
@click.option("--port", default=8000, show_default=True, help="Of the address http://127.0.0.1:PORT/")
@click.option("--open/--no-open", "open_browser", default=False, help="Open it in the browser.")
def serve_site(port: int, open_browser: bool, **where: Any) -> None:
    """Show the site in the browser and renew it at every saved source, actor, topic, template or page."""

    def rebuild() -> None:
        config = _config(**where)
        try:
            click.echo(_closing_line(pipeline.build(config, _progress), config))
        except ContentError as error:
            _print_problems(error.problems)
            click.echo("The site is shown as it was before.", err=True)
        except (SiteError, NotOursError) as error:
            click.echo(f"The site could not be rendered and is shown as it was before:\n{error}", err=True)

    serve.run(_config(**where), rebuild, port, open_browser)


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@archive_options
def facts(paths: tuple[Path, ...], **where: Any) -> None:
    """Print what is found in each of PATHS (files or folders), one JSON object a line. Nothing is written.

    \b
    Exit status: 0 all read; 1 some source could not be read (the others are printed); 2 wrong call.
    """
    problems: list[Problem] = []
    for briefing in pipeline.facts(_config(**where), list(paths), problems.append):
        click.echo(contract.to_json(briefing))
    if problems:
        _refuse(problems)


@main.command("new")
@archive_options
@click.option("--title", help="The headline.  [asked for if left out]")
@click.option("--date", "published", help="When it was published: 2023-09-25, 2023-09 or 2023.")
@click.option("--url", help="Where the original stands.")
@click.option("--publisher", help="Who published it.")
def new_file(title: str | None, published: str | None, url: str | None, publisher: str | None, **where: Any) -> None:
    """Begin an article: a file with the right name and front matter, into which its text is put.

    Asks for what is not given; everything but the title may be left empty.
    """
    from briefing.new import new_article

    config = _config(**where)
    if title is None:
        title = click.prompt("Title")
        published = published or click.prompt(
            "Date (2023-09-25, 2023-09, 2023 or nothing)", default="", show_default=False
        )
        publisher = publisher or click.prompt("Publisher (or nothing)", default="", show_default=False)
        url = url or click.prompt("Address of the original (or nothing)", default="", show_default=False)
    try:
        path = new_article(config.sources, Meta(title=title, published=published, url=url, publisher=publisher))
    except ContentError as error:
        _refuse(error.problems)
    else:
        click.echo(
            f"Written: {pipeline.label(config, path)}\nPut the article's text into it, then: {_check(config, path)}"
        )


@main.command("import")
@click.argument("places", metavar="FILE|URL", nargs=-1, required=True)
@archive_options
@click.option("--title", help="The headline, where it is not found or wrong.")
@click.option("--date", "published", help="When it was published, where that is not found or wrong.")
def import_article(places: tuple[str, ...], title: str | None, published: str | None, **where: Any) -> None:
    """Make articles of saved web pages (.html), .pdf, .docx and .eml files, or of addresses.

    The network is asked for a URL and for nothing else. What the program is not sure of is listed.
    """
    from briefing.imports import ImportFailedError, read_address, read_document
    from briefing.new import new_article

    config = _config(**where)
    failed = False
    for place in places:
        try:
            web = place.startswith(("http://", "https://"))
            draft = read_address(place) if web else read_document(Path(place))
            meta = replace(draft.meta, title=title or draft.meta.title, published=published or draft.meta.published)
            path = new_article(config.sources, meta, draft.body)
        except (ImportFailedError, OSError) as error:
            click.echo(f"{place}: {error}", err=True)
            failed = True
        except ContentError as error:
            click.echo(report.as_text(error.problems), err=True)
            failed = True
        else:
            doubts = "".join(f"\n  not sure: {doubt}" for doubt in draft.unsure)
            click.echo(f"Written: {pipeline.label(config, path)}{doubts}\nRead it, then: {_check(config, path)}")
    if failed:
        sys.exit(1)


def _check(config: Config, path: Path) -> str:
    return f"python build.py check {pipeline.label(config, path)}"


@main.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@archive_options
@click.option("--fix", "mend", is_flag=True, help="Mend what a machine can mend, and show the difference.")
@click.option("--format", "form", type=click.Choice(["human", "json", "github"]), default="human", show_default=True)
@click.option("--changed-since", "revision", metavar="REV", help="Only problems that git revision REV had not fail.")
@click.option("--advice/--no-advice", default=None, help="Show advice.  [default: if PATHS or REV are given]")
def check_content(
    paths: tuple[Path, ...], mend: bool, form: str, revision: str | None, advice: bool | None, **where: Any
) -> None:
    """List every mistake in PATHS, or in the whole archive; build refuses what check refuses.

    Each comes with its place, what would be right, words to paste and where to read more.

    \b
    Exit status: 0 no mistakes (there may be advice); 1 mistakes; 2 wrong call.
    """
    from briefing import check, fix, git
    from briefing import revision as revisions

    config, settings = _open_config(**where)
    if mend:
        for change in fix.fix(config, paths):
            renamed = f" -> {change.new_path}" if change.new_path != change.path else ""
            click.echo(f"mended: {change.path}{renamed}\n{change.difference}".rstrip(), err=form != "human")
            paths = tuple(
                config.root / change.new_path if label == change.path else p
                for p, label in ((p, pipeline.label(config, p.absolute())) for p in paths)
            )
        config, settings = _open_config(**where)
    found = check.check(config, list(paths), settings)
    if revision:
        try:
            with revisions.archive_at(config, revision) as before:
                earlier = read_config(before.mkdocs)[1] if before.mkdocs.is_file() else []
                found = check.only_new(found, check.check(before, [], earlier)) + check.gone_addresses(config, before)
        except git.GitError as error:
            raise click.UsageError(f"--changed-since {revision}: {error}") from error
    _tell(found, form, advice if advice is not None else bool(paths or revision or form != "human"))


def _tell(found: list[Problem], form: str, advice: bool) -> None:
    errors = any(p.severity == "error" for p in found)
    shown = [p for p in found if advice or p.severity == "error"]
    if form == "json":
        click.echo(report.as_json(shown))
    elif form == "github":
        click.echo(report.as_github(shown))
        if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
            with Path(summary).open("a", encoding="utf-8") as out:
                out.write(report.as_summary(shown))
    else:
        if shown:
            click.echo(report.as_text(shown), err=errors)
        hidden = "" if advice or len(shown) == len(found) else "; --advice shows it"
        click.echo(f"{report.count(found).capitalize()} found{hidden}.", err=errors)
    if errors:
        sys.exit(1)


@main.command("review")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", help="Your name, for the page; left out, git knows who changed the file.")
@click.option("--all", "whole", is_flag=True, help="Show the facts again that somebody has answered for.")
@archive_options
def review_facts(path: Path, by: str | None, whole: bool, **where: Any) -> None:
    """Walk through the facts of the article in PATH: accept, edit or reject each.

    What you say is written to PATH's corrections, <article>.facts.yaml, and wins over the program from then on.
    """
    try:
        briefing, check = pipeline.to_review(_config(**where), path)
        click.echo(review.review(path, briefing, by, whole, check))
    except ContentError as error:
        _refuse(error.problems)


@main.command("from-issue")
@click.argument("event", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--output", type=FOLDER, required=True, help="Folder into which the file is laid, with its path.")
@archive_options
def from_issue(event: Path, output: Path, **where: Any) -> None:
    """Make the file that a form on GitHub means. EVENT is the event as GitHub tells it to a workflow."""
    config = _config(**where)
    try:
        name, text = forms.from_issue(json.loads(event.read_text(encoding="utf-8")), config)
    except forms.FormError as error:
        raise click.ClickException(str(error)) from error
    path = output / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    click.echo(f"Wrote {path}.")


@main.command("diff")
@click.argument("rev")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write it there instead.")
@click.option("--preview", type=FOLDER, help="Lay out the changed pages of the built site there.")
@archive_options
def show_difference(rev: str, output: Path | None, preview: Path | None, **where: Any) -> None:
    """Tell, in Markdown, what the files as they are change in what the archive knew at the commit REV.

    \b
    Exit status: 0; 1 an address that worked leads nowhere now, or something has a mistake; 2 wrong call.
    """
    config = _config(**where)
    try:
        with archive_at(config, rev) as before:
            found = diff.compare(pipeline.snapshot(before, _progress), pipeline.snapshot(config, _progress))
    except GitError as error:
        raise click.UsageError(str(error)) from error
    told = diff.markdown(found)
    if output:
        output.write_text(told, encoding="utf-8")
    else:
        click.echo(told)
    if preview:
        diff.write_preview(found, config.site, preview)
    if found.broken or any(p.severity == "error" for p in found.after.problems):
        sys.exit(1)


@main.group()
def actors() -> None:
    """Who is registered, whom a name means, who is missing.

    \b
    build.py actors show "Dai Qi"            whom that name means
    build.py actors suggest                  names of the archive that nobody has registered
    build.py actors add "Jon Barrow"         write actors/jon-barrow.yaml for one of them
    """


@actors.command("list", short_help="Who is registered: id, kind, name.")
@click.option("--kind", type=click.Choice(["person", "organisation", "country", "group"]), help="Only these.")
@archive_options
def list_actors(kind: str | None, **where: Any) -> None:
    """List the registered actors, one a line: id, kind and name, with tabs between, in the order of ids."""
    _print(actor_verbs.listed(_registry(_config(**where)), kind))


@actors.command("show", short_help="Whom a name means, and why.")
@click.argument("name")
@click.option("--in", "text", metavar="TEXT", help="Link it in these words of an article, and say by which rule.")
@archive_options
def show_actor(name: str, text: str | None, **where: Any) -> None:
    """Say whom NAME (or an actor's id) means, and what an article must say for that.

    \b
    build.py actors show Georgia
    build.py actors show Tai --in "Katherine Tai spoke. Tai said that ..."

    \b
    Exit status: 0 somebody is called so; 1 nobody; 2 wrong call.
    """
    config = _config(**where)
    if not name.strip():
        raise click.UsageError("NAME is empty: whom shall I look for?")
    found, lines = actor_verbs.show(name, _registry(config))
    _print(lines)
    if text:
        _print(actor_verbs.linked(name, pipeline.read_text(config, text)))
    if not found:
        sys.exit(1)


@actors.command("suggest", short_help="Names of the archive that nobody has registered.")
@click.option("--count", default=20, show_default=True, type=click.IntRange(1), help="How many.")
@archive_options
def suggest_actors(count: int, **where: Any) -> None:
    """List the names of the archive that nobody has registered, those in most briefings first: id, kind, briefings,
    mentions and name, with tabs between; below each, indented, other names that are probably the same.

    `build.py actors add ID` registers one. One that is the same as somebody known belongs among the aliases there.
    """
    try:
        _print(actor_verbs.suggest(*pipeline.archive(_config(**where), _progress), count))
    except ContentError as error:
        _refuse(error.problems)


@actors.command("add", short_help="Register a name of the archive: write its file.")
@click.argument("name")
@archive_options
def add_actor(name: str, **where: Any) -> None:
    """Register NAME (or id), one that `suggest` lists: write its file into the registry, to be read over by you.

    An actor whose id changes by that keeps its old address. A name that is taken is refused.

    \b
    Exit status: 0 written; 1 refused, with the reason; 2 wrong call.
    """
    config = _config(**where)
    try:
        path = actor_verbs.add(name, *pipeline.archive(config, _progress), config.actors)
    except ContentError as error:
        _refuse(pipeline.labelled(config, error.problems), "nothing was written")
    click.echo(f"Wrote {pipeline.label(config, path)}:\n{path.read_text(encoding='utf-8')}".rstrip())


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _registry(config: Config) -> Registry:
    known, problems = pipeline.knowledge(config)
    wrong = [p for p in problems if p.severity == "error"]
    if wrong:
        _refuse(pipeline.labelled(config, wrong), "the registry has to be mended first")
    return known.registry


@main.command()
@archive_options
def clean(**where: Any) -> None:
    """Remove what was generated: pages, site and cache. Sources, actors, topics and your pages stay."""
    pipeline.clean_up(_config(**where))
    click.echo("Removed the generated pages, the site and the cache.")


def _config(**where: Any) -> Config:
    config, problems = _open_config(**where)
    if problems:
        _refuse(problems)
    return config


def _open_config(
    mkdocs: Path | None, sources: Path | None, actors: Path | None, topics: Path | None, site: Path | None
) -> tuple[Config, list[Problem]]:
    """The settings, and what is wrong with them."""
    mkdocs = mkdocs or (Path("mkdocs.yml") if Path("mkdocs.yml").is_file() else PROGRAM / "mkdocs.yml")
    try:
        found = read_config(mkdocs, sources=sources, actors=actors, topics=topics, site=site)
    except FileNotFoundError as error:
        raise click.UsageError(str(error)) from error
    for option, folder in (("--sources", sources), ("--actors", actors), ("--topics", topics)):
        if folder is not None and not folder.is_dir():
            raise click.UsageError(f"{option} {folder}: there is no such folder")
    config = found[0]
    for folder in (config.sources, config.actors, config.topics, config.docs, config.templates, config.cache):
        if config.site.is_relative_to(folder) or folder.is_relative_to(config.site):
            raise click.UsageError(f"the site can't stand at {config.site}: {folder} is kept there")
    return found


def _refuse(problems: tuple[Problem, ...] | list[Problem], outcome: str = "") -> NoReturn:
    _print_problems(problems, outcome)
    sys.exit(1)


def _print_problems(problems: tuple[Problem, ...] | list[Problem], outcome: str = "") -> None:
    shown = in_order(problems)
    click.echo(report.as_text(shown), err=True)
    click.echo(f"{report.count(shown)} found{outcome and f'; {outcome}'}.", err=True)


def _progress(stage: str, done: int, total: int) -> None:
    """A line that counts, for somebody who watches; logs stay free of it."""
    if sys.stderr.isatty():
        click.echo(f"\r{stage} {done} of {total}" + ("\n" if done == total else ""), nl=False, err=True)


def _closing_line(report: pipeline.Report, config: Config) -> str:
    seconds = ", ".join(f"{stage} {spent:.1f}" for stage, spent in report.seconds.items())
    pages, site = report.pages, report.site
    return (
        f"Read {report.sources} sources ({report.analysed} new or changed), "
        f"found {report.facts} facts and {report.actors} actors. "
        f"Pages: {len(pages.written)} written, {pages.unchanged} unchanged, {len(pages.removed)} removed. "
        f"Site {_short(config.site)}: {len(site.written)} files written, {site.unchanged} unchanged, "
        f"{len(site.removed)} removed. Seconds: {seconds}."
    )


def _short(path: Path) -> str:
    return f"{path.relative_to(Path.cwd())}/" if path.is_relative_to(Path.cwd()) else str(path)
