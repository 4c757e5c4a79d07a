"""Verbs for contributors: new, import, check, review, diff, and from-issue for GitHub forms."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from briefing import diff, git, pipeline, validate
from briefing.cli import issue_forms, options, review
from briefing.cli.options import FOLDER, archive_options
from briefing.config import Config, read_config
from briefing.content import problems
from briefing.content.problems import ContentError, Problem
from briefing.content.scaffold import Draft, new_article
from briefing.lexicon import COMMAND
from briefing.model import Meta
from briefing.validate import fixes

NO_IMPORTERS = 'imports need more packages ({} is missing). Run: pip install "briefing-archive[import]"'


@click.command("new", short_help="Create an article file.")
@archive_options
@click.option("--title", help="Headline.  [prompted for if omitted]")
@click.option("--date", "published", help="Publication date: 2023-09-25, 2023-09, 2023 or 25 September 2023.")
@click.option("--url", help="Web address of the original.")
@click.option("--publisher", help="Publisher.")
def new_file(title: str | None, published: str | None, url: str | None, publisher: str | None, **where: Any) -> None:
    """Create an article file with the right name and front matter, ready for its text.

    Prompts for missing values; only the title is required.
    """
    config = options.config(**where)
    if title is None:
        title = click.prompt("Title")
        published = published or click.prompt(
            "Date, such as 2023-09-25, September 2023 or 2023 (optional)", default="", show_default=False
        )
        publisher = publisher or click.prompt("Publisher (optional)", default="", show_default=False)
        url = url or click.prompt("Web address of the original (optional)", default="", show_default=False)
    try:
        path = new_article(config.sources, Meta(title=title, published=published, url=url, publisher=publisher))
    except ContentError as error:
        options.refuse(config.labelled(error.problems))
    else:
        click.echo(f"Written: {config.label(path)}\nAdd the article text, then run: {_check(config, path)}")


@click.command("import", short_help="Create articles from files or web addresses.")
@click.argument("places", metavar="FILE|URL", nargs=-1, required=True)
@archive_options
@click.option("--title", help="Headline, if none is found or it is wrong.")
@click.option("--date", "published", help="Publication date, if none is found or it is wrong.")
def import_article(places: tuple[str, ...], title: str | None, published: str | None, **where: Any) -> None:
    """Create articles from saved web pages (.html), .pdf, .docx and .eml files, or from web addresses.

    Uses the network only to fetch a URL you give. Lists what it found and where, what it is unsure of and what it
    left out; doubts also go into the article's notes.
    """
    try:
        from briefing.content.importers import ImportFailedError, read_address, read_document
    except ModuleNotFoundError as error:
        raise click.ClickException(NO_IMPORTERS.format(error.name)) from error
    config = options.config(**where)
    failed = False
    for place in places:
        try:
            web = place.startswith(("http://", "https://"))
            draft = read_address(place) if web else read_document(Path(place))
            meta = replace(draft.meta, title=title or draft.meta.title, published=published or draft.meta.published)
            path = new_article(config.sources, meta, draft.body)
        except ModuleNotFoundError as error:
            raise click.ClickException(NO_IMPORTERS.format(error.name)) from error
        except (ImportFailedError, OSError) as error:
            click.echo(f"{place}: {error}", err=True)
            failed = True
        except ContentError as error:
            click.echo(problems.as_text(config.labelled(error.problems)), err=True)
            failed = True
        else:
            given = [(key, "given") for key, value in (("title", title), ("published", published)) if value]
            table = _import_table(replace(draft, meta=meta, basis=(*draft.basis, *given)))
            click.echo(f"Written: {config.label(path)}\n{table}\nRead it, then run: {_check(config, path)}")
    if failed:
        sys.exit(1)


def _import_table(draft: Draft) -> str:
    """Return one row for each value with its basis, each doubt and each thing left out."""
    values = asdict(draft.meta)
    basis = dict(draft.basis)
    found = {key: str(values[key] or "not found") for key in ("title", "published", "author", "publisher")}
    rows = [
        (key, f"{value} ({basis[key]})" if values[key] and basis.get(key) else value) for key, value in found.items()
    ]
    rows += [("warning", doubt) for doubt in draft.unsure] + [("left out", words) for words in draft.dropped]
    return "\n".join(f"  {name:9}  {words}" for name, words in rows)


def _check(config: Config, path: Path) -> str:
    return f"{COMMAND} check {config.label(path)}"


@click.command("check", short_help="List every problem in contributed files.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@archive_options
@click.option("--fix", "fix", is_flag=True, help="Fix what can be fixed automatically and show the changes.")
@click.option("--format", "form", type=click.Choice(["human", "json", "github"]), default="human", show_default=True)
@click.option(
    "--changed-since", "revision", metavar="REV", help="Fail only on problems that are new since Git revision REV."
)
@click.option("--advice/--no-advice", default=None, help="Show advice.  [default: only if PATHS or REV is given]")
def check_content(
    paths: tuple[Path, ...], fix: bool, form: str, revision: str | None, advice: bool | None, **where: Any
) -> None:
    """List every problem in PATHS, or in the whole archive. Errors found here also stop a build.

    Each problem comes with its location, what to write instead, text to paste and a link to help.

    \b
    Exit status: 0 no errors (there may be advice); 1 errors; 2 usage error.
    """
    config, settings = options.open_config(**where)
    if fix:
        paths = _fix(config, paths, to_stderr=form != "human")
        config, settings = options.open_config(**where)
    found = validate.check(config, list(paths), settings)
    if revision:
        try:
            found = _since(config, found, revision)
        except git.GitError as error:
            raise click.UsageError(f"--changed-since {revision}: {error}") from error
    _tell(found, form, advice if advice is not None else bool(paths or revision or form != "human"))


def _fix(config: Config, paths: tuple[Path, ...], to_stderr: bool) -> tuple[Path, ...]:
    """Fix these files and print the changes; return their paths, as some may be renamed."""
    for change in fixes.fix(config, paths):
        renamed = f" -> {change.new_path}" if change.new_path != change.path else ""
        click.echo(f"fixed: {change.path}{renamed}\n{change.difference}".rstrip(), err=to_stderr)
        new = config.root / change.new_path
        paths = tuple(new if config.label(path.absolute()) == change.path else path for path in paths)
    return paths


def _since(config: Config, found: list[Problem], revision: str) -> list[Problem]:
    """Keep the problems that are new since a revision, and add page addresses that stopped working."""
    with git.archive_at(config, revision) as before:
        earlier = read_config(before.mkdocs)[1] if before.mkdocs.is_file() else []
        new = validate.only_new(found, validate.check(before, [], earlier))
        return new + validate.gone_addresses(config, before)


def _tell(found: list[Problem], form: str, advice: bool) -> None:
    errors = any(p.severity == "error" for p in found)
    shown = [p for p in found if advice or p.severity == "error"]
    if form == "json":
        click.echo(problems.as_json(shown))
    elif form == "github":
        click.echo(problems.as_github(shown))
        if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
            with Path(summary).open("a", encoding="utf-8") as out:
                out.write(problems.as_summary(shown))
    else:
        if shown:
            click.echo(problems.as_text(shown), err=errors)
        hidden = "" if advice or len(shown) == len(found) else "; use --advice to show it"
        click.echo(f"{problems.count(found).capitalize()} found{hidden}.", err=errors)
    if errors:
        sys.exit(1)


@click.command("review", short_help="Accept, edit or reject an article's facts.")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", help="Your name, shown on the page.  [default: the author in Git]")
@click.option("--all", "whole", is_flag=True, help="Include facts that have already been reviewed.")
@archive_options
def review_facts(path: Path, by: str | None, whole: bool, **where: Any) -> None:
    """Review the facts of the article in PATH: accept, edit or reject each one.

    Your answers are saved next to PATH in <article>.facts.yaml and always override the software.
    """
    try:
        with pipeline.to_review(options.config(**where), path) as (briefing, check):
            click.echo(review.review(path, briefing, by, whole, check))
    except ContentError as error:
        options.refuse(error.problems)


@click.command("from-issue", short_help="Create a file from a GitHub issue form.")
@click.argument("event", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--output", type=FOLDER, required=True, help="Folder to write the file to, keeping its path in the archive."
)
@archive_options
def from_issue(event: Path, output: Path, **where: Any) -> None:
    """Create the file that a GitHub issue form describes. EVENT is the workflow's event file."""
    config = options.config(**where)
    try:
        name, text = issue_forms.from_issue(json.loads(event.read_text(encoding="utf-8")), config)
    except issue_forms.FormError as error:
        raise click.ClickException(str(error)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise click.UsageError(f"{event} is not a GitHub issue event. Give the file in $GITHUB_EVENT_PATH") from error
    path = output / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    click.echo(f"Wrote {path}.")


@click.command("diff", short_help="Report changes to facts and pages since a commit.")
@click.argument("rev")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the report to this file, short enough for a comment; what does not fit goes beside it.",
)
@click.option("--preview", type=FOLDER, help="Copy the changed pages of the built site to this folder.")
@archive_options
def show_difference(rev: str, output: Path | None, preview: Path | None, **where: Any) -> None:
    """Report, in Markdown, how the archive's facts and pages differ from those at commit REV.

    \b
    Exit status: 0 no errors; 1 a link no longer works or a file has errors; 2 usage error.
    """
    config = options.config(**where)
    try:
        with git.archive_at(config, rev) as before:
            found = diff.compare(
                pipeline.snapshot(before, options.progress), pipeline.snapshot(config, options.progress)
            )
    except git.GitError as error:
        raise click.UsageError(str(error)) from error
    if output:
        diff.write_report(found, output)
    else:
        click.echo(diff.markdown(found, None))
    if preview:
        diff.write_preview(found, config.site, preview)
    if found.broken or any(p.severity == "error" for p in found.after.problems):
        sys.exit(1)


VERBS = (new_file, import_article, check_content, review_facts, show_difference, from_issue)
