"""The command line: `python build.py VERB`. Every message for people is written here and in briefing/verbs/."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing import actor_verbs, contract, pipeline, serve
from briefing.errors import ContentError, Problem
from briefing.knowledge import knowledge
from briefing.publish import NotOursError
from briefing.site import SiteError
from briefing.verbs import contribute
from briefing.verbs.archive import archive_options
from briefing.verbs.archive import config as _config
from briefing.verbs.archive import print_problems as _print_problems
from briefing.verbs.archive import progress as _progress
from briefing.verbs.archive import refuse as _refuse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.config import Config
    from briefing.registry import Registry


class Verbs(click.Group):
    """`build` is meant where no verb is given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in ("--help", "-h")):
            args = ["build", *args]
        return super().parse_args(ctx, args)


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


for verb in contribute.VERBS:
    main.add_command(verb)


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
    known, problems = knowledge(config)
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
