"""The command line: `python build.py VERB`. Messages for users are in this folder."""

from __future__ import annotations

import errno
import json
import sys
import traceback
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing import pipeline, verify
from briefing.cli import actor_verbs, archives, contribute, explain, options, verify_build
from briefing.cli.options import archive_options
from briefing.cli.serve import run
from briefing.config import previous_facts
from briefing.content.problems import ContentError, Problem, as_json, plural
from briefing.pipeline.cluster import ClusterError
from briefing.pipeline.lock import BusyError
from briefing.pipeline.workspace import Memory, open_workspace
from briefing.site import facts_json
from briefing.site.publish import NotOursError
from briefing.site.render import SiteError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.config import Config
    from briefing.model import Publisher
    from briefing.registry import Registry


ADVICE = {
    errno.ENOSPC: "Free some disk space, then build again",
    errno.EDQUOT: "Free some disk space, then build again",
    errno.EFBIG: "Raise the limit for the size of files (ulimit -f), then build again",
    errno.EMFILE: "Raise the limit for open files (ulimit -n), then build again",
    errno.ENAMETOOLONG: "Give the article or its folder a shorter name",
    errno.EIO: "Check the disk, then build again",
}


def refusal(error: OSError) -> str:
    """Return what the system refused, with the path, and what to do."""
    where = error.filename2 or error.filename or "a file"
    advice = ADVICE.get(error.errno or 0, "Check that it can be read and written, then build again")
    return f"{where}: {error.strerror or error}. {advice}. The published site was not changed"


class ClusterFailure(click.ClickException):
    exit_code = 3


class Verbs(click.Group):
    """Run `build` when no command is given. What the system refuses is a message, not a crash."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BusyError as error:
            raise click.ClickException(str(error)) from error
        except ClusterError as error:
            raise ClusterFailure(str(error)) from error
        except BrokenPipeError:
            raise  # whoever reads our output has ended; click knows what to do
        except OSError as error:
            raise click.ClickException(refusal(error)) from error

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in ("--help", "-h")):
            args = ["build", *args]
        return super().parse_args(ctx, args)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Build an archive of briefings from a folder of articles.

    Without a command, builds the site. To add an article, put a .md or .txt file in sources/ and build again.
    """


@main.command()
@archive_options
@options.output_options
@click.option(
    "--publisher",
    type=click.Choice(["express", "mkdocs"]),
    help="What renders generated pages: `mkdocs` gives the same pages and takes longer.  [default: express]",
)
@click.option(
    "--previous",
    metavar="PATH",
    type=click.Path(exists=True, path_type=Path),
    help="Folder of the site as published last, or its facts.jsonl: log which facts were added, changed or retracted.",
)
@click.option(
    "--explain",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="Say what was reused for this article or page, and why the rest was made again.",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    default="",
    callback=options.cluster_address,
    help="Read the articles with the workers of a Dask scheduler: tcp://HOST:PORT or tls://HOST:PORT.  "
    "[default: with the processes of this machine]",
)
def build(
    publisher: Publisher | None,
    previous: Path | None,
    explain: Path | None,
    cluster: str,
    quiet: bool,
    as_data: bool,
    **where: Any,
) -> None:
    """Read the articles, extract their facts and write the site.  (the default)

    Nothing is published while a source has an error: all errors are listed and the existing site stays unchanged.

    \b
    Exit status: 0 built; 1 an error in the files, or the site could not be written; 2 usage error; 3 the cluster cannot
    be reached, has no workers left or runs another version: what was read is kept, build again to continue.
    """
    config = replace(options.config(**where), cluster=cluster)
    if publisher:
        config = replace(config, publisher=publisher)
    if previous:
        if not previous_facts(previous):
            raise click.UsageError(f"--previous {previous}: no data/facts.jsonl of a published site there")
        config = replace(config, previous=previous.resolve())
    try:
        report = pipeline.build(config, options.silent if quiet or as_data else options.progress, explain)
    except ContentError as error:
        if as_data:
            click.echo(as_json(config.labelled(error.problems)))
            sys.exit(1)
        options.refuse(error.problems, "nothing was published")
    except SiteError as error:
        raise click.ClickException(f"could not render the site; the pages were written:\n{error}") from error
    except NotOursError as error:
        raise click.ClickException(str(error)) from error
    if as_data:
        told = {key: value for key, value in asdict(report).items() if not key.startswith("_")}
        click.echo(json.dumps(told, indent=2))
    elif not quiet:
        _print([*report.explained, _closing_line(report, config)])


@main.command("verify-build", short_help="Build again and compare with the published site.")
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Compare with this list of checksums, such as checksums.txt of a published site.  [default: the site's files]",
)
@archive_options
def verify_built(against: Path | None, **where: Any) -> None:
    """Build the site again from its sources, in a temporary folder and without a cache, and compare every file.

    \b
    Exit status: 0 every file is the same; 1 a file differs, is missing or was added; 2 usage error.
    """
    config = options.config(**where)
    try:
        found = verify_build.verify(config, against)
    except ContentError as error:
        options.refuse(error.problems, "nothing was compared")
    except SiteError as error:
        raise click.ClickException(f"could not render the site:\n{error}") from error
    if found:
        click.echo(verify_build.report(found), err=True)
        sys.exit(1)
    click.echo("Every file of the site matches a build from the sources.")


@main.command("verify", short_help="Check a published site against its sources.")
@click.argument("site", type=click.Path(exists=True, path_type=Path))
@click.option("--sources", type=options.FOLDER, help="Folder of articles.  [default: sources/ in SITE, if it is there]")
def verify_site(site: Path, sources: Path | None) -> None:
    """Check every published fact of SITE (a folder or a .zip file) without building it again.

    The words of each fact must stand in its source at the stated place, hashes must be right, links must lead to the
    marked words, and pages, feeds and data files must agree. `verify-build` compares with a new build instead.

    \b
    Exit status: 0 no problems; 1 problems found, one line each; 2 usage error.
    """
    if sources is not None and not sources.is_dir():
        raise click.UsageError(f"--sources {sources}: folder not found")
    if site.suffix != ".zip" and not (site / "index.html").is_file():
        raise click.UsageError(f"{site}: no site here, as it has no index.html")
    found, checked = verify.verify(site, sources)
    if found:
        click.echo("\n".join([*found, f"{plural(len(found), 'problem')} found. {checked}"]), err=True)
        sys.exit(1)
    click.echo(f"No problems found. {checked}")


@main.command("serve", short_help="Serve the site locally and rebuild it on save.")
@archive_options
@click.option("--port", default=8000, show_default=True, help="Port of the local server, http://127.0.0.1:PORT/")
@click.option("--open/--no-open", "open_browser", default=False, help="Open the site in your browser.")
def serve_site(port: int, open_browser: bool, **where: Any) -> None:
    """Serve the site locally and rebuild it when you save a source, actor, topic, template or page."""

    memory = Memory()

    def rebuild() -> bool:
        try:
            config = options.config(**where)
            report = pipeline.build(config, options.progress, memory=memory)
            click.echo(_closing_line(report, config))
            return report.unchanged is None
        except ContentError as error:
            options.print_problems(error.problems)
            click.echo("Still serving the previous build.", err=True)
        except (SiteError, NotOursError, BusyError) as error:
            click.echo(f"Could not build the site; still serving the previous build:\n{error}", err=True)
        except OSError as error:
            click.echo(refusal(error), err=True)
        except click.ClickException as error:
            click.echo(f"{error.format_message()}\nStill serving the previous build.", err=True)
        except SystemExit:  # the problems of mkdocs.yml were printed
            click.echo("Still serving the previous build.", err=True)
        except Exception:  # a template is being edited
            traceback.print_exc()
            click.echo("Still serving the previous build.", err=True)
        return False

    run(options.config(**where), rebuild, port, open_browser)


@main.command(short_help="Print the facts in sources as JSON.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--explain", "explained", is_flag=True, help="Print how the facts of one sentence were found.")
@click.option("--sentence", metavar="NUMBER", help="The sentence to explain, 7 or s7.  [default: list the sentences]")
@archive_options
def facts(paths: tuple[Path, ...], explained: bool, sentence: str | None, **where: Any) -> None:
    """Print the facts in each of PATHS (files or folders) as JSON, one object per line. Writes no files.

    \b
    briefing facts --explain sources/quay.md                 its sentences with their numbers
    briefing facts --explain sources/quay.md --sentence 7    tokens, syntax and candidates of one sentence

    \b
    Exit status: 0 all sources read; 1 some source could not be read (the others are printed); 2 usage error.
    """
    if explained:
        _print(_explanation(options.config(**where), paths, sentence))
        return
    if sentence is not None:
        raise click.UsageError("--sentence: needs --explain")
    problems: list[Problem] = []
    for briefing in pipeline.facts(options.config(**where), list(paths), problems.append):
        click.echo(facts_json.to_json(briefing))
    if problems:
        options.refuse(problems)


def _explanation(config: Config, paths: tuple[Path, ...], number: str | None) -> Iterable[str]:
    if len(paths) != 1 or not paths[0].is_file():
        raise click.UsageError("--explain: give one file")
    try:
        (briefing,) = pipeline.facts(config, list(paths))
    except ContentError as error:
        options.refuse(error.problems)
    if number is None:
        return explain.sentences(briefing)
    sentence = next((s for s in briefing.sentences if s.id.removeprefix("s") == number.removeprefix("s")), None)
    if sentence is None:
        raise click.UsageError(f"--sentence {number}: not found. The article has 1 to {len(briefing.sentences)}")
    return explain.explain(briefing, sentence, config.model)


for verb in (*contribute.VERBS, *archives.VERBS):
    main.add_command(verb)


@main.group()
def actors() -> None:
    """List, look up, suggest and register actors.

    \b
    briefing actors show "Dai Qi"            who this name refers to
    briefing actors suggest                  unregistered names in the archive
    briefing actors add "Jon Barrow"         register one: write actors/jon-barrow.yaml
    """


@actors.command("list", short_help="List registered actors.")
@click.option(
    "--kind", type=click.Choice(["person", "organisation", "country", "group"]), help="List only actors of this kind."
)
@archive_options
def list_actors(kind: str | None, **where: Any) -> None:
    """List registered actors, one per line, sorted by id: id, kind and name, separated by tabs."""
    _print(actor_verbs.listed(_registry(options.config(**where)), kind))


@actors.command("show", short_help="Show who a name refers to, and why.")
@click.argument("name")
@click.option("--in", "text", metavar="TEXT", help="Link the name in this article text and show which rule applied.")
@archive_options
def show_actor(name: str, text: str | None, **where: Any) -> None:
    """Show who NAME (or an actor id) refers to, and what an article must say for it to be linked.

    \b
    briefing actors show Georgia
    briefing actors show Tai --in "Katherine Tai spoke. Tai said that ..."

    \b
    Exit status: 0 an actor has this name; 1 no actor has it; 2 usage error.
    """
    config = options.config(**where)
    if not name.strip():
        raise click.UsageError("NAME is empty: give a name or an actor id")
    found, lines = actor_verbs.show(name, _registry(config))
    _print(lines)
    if text:
        _print(actor_verbs.linked(name, pipeline.read_text(config, text)))
    if not found:
        sys.exit(1)


@actors.command("suggest", short_help="List unregistered names in the archive.")
@click.option("--count", default=20, show_default=True, type=click.IntRange(1), help="Number of names to list.")
@archive_options
def suggest_actors(count: int, **where: Any) -> None:
    """List unregistered names in the archive, those in most briefings first.

    Each line has id, kind, briefings, mentions and name, separated by tabs; probable variants of the name are
    indented below. To register a name, run `briefing actors add ID`. If it belongs to a registered actor, add it
    to that actor's aliases instead.
    """
    try:
        _print(actor_verbs.suggest(*pipeline.archive(options.config(**where), options.progress), count))
    except ContentError as error:
        options.refuse(error.problems)


@actors.command("add", short_help="Register a name: write its file.")
@click.argument("name")
@archive_options
def add_actor(name: str, **where: Any) -> None:
    """Register NAME (a name or id that `suggest` lists): write its file to the registry for you to review.

    If the id changes, the old address still works. A name that is already registered is refused.

    \b
    Exit status: 0 file written; 1 refused, with the reason; 2 usage error.
    """
    config = options.config(**where)
    try:
        found = pipeline.archive(config, options.progress)
        path = actor_verbs.add(name, *found, config.actors, config.registries)
    except ContentError as error:
        options.refuse(config.labelled(error.problems), "nothing was written")
    click.echo(f"Wrote {config.label(path)}:\n{path.read_text(encoding='utf-8')}".rstrip())


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _registry(config: Config) -> Registry:
    with closing(open_workspace(config, [], read_only=True)) as workspace:
        if workspace.errors:
            options.refuse(config.labelled(workspace.errors), "fix the registry first")
        return workspace.registry


@main.command()
@archive_options
def clean(**where: Any) -> None:
    """Remove generated files: pages, site and cache. Keeps sources, actors, topics and hand-written pages."""
    pipeline.clean_up(options.config(**where))
    click.echo("Removed the generated pages, the site and the cache.")


def _closing_line(report: pipeline.Report, config: Config) -> str:
    if report.unchanged:
        return report.unchanged.line(sum(report.seconds.values()))
    seconds = ", ".join(f"{stage} {spent:.1f}" for stage, spent in report.seconds.items())
    pages, site = report.pages, report.site
    return (
        f"Read {plural(report.sources, 'source')} ({report.analysed:,} new or changed), "
        f"found {plural(report.facts, 'fact')} and {plural(report.actors, 'actor')}. "
        f"Pages: {len(pages.written)} written, {pages.unchanged} unchanged, {len(pages.removed)} removed. "
        f"Site {_short(config.site)}: {plural(len(site.written), 'file')} written, {site.unchanged:,} unchanged, "
        f"{len(site.removed)} removed. Seconds: {seconds}."
    )


def _short(path: Path) -> str:
    return f"{path.relative_to(Path.cwd())}/" if path.is_relative_to(Path.cwd()) else str(path)
