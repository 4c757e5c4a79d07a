"""The verbs that people contribute with: new, import, check, review, diff, and the one for forms on GitHub."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from briefing import diff, forms, pipeline, report, review
from briefing.config import Config, read_config
from briefing.errors import ContentError, Problem
from briefing.git import GitError
from briefing.model import Meta
from briefing.revision import archive_at
from briefing.verbs import archive
from briefing.verbs.archive import FOLDER, archive_options


@click.command("new")
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

    config = archive.config(**where)
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
        archive.refuse(pipeline.labelled(config, error.problems))
    else:
        click.echo(
            f"Written: {pipeline.label(config, path)}\nPut the article's text into it, then: {_check(config, path)}"
        )


@click.command("import")
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

    config = archive.config(**where)
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
            click.echo(report.as_text(pipeline.labelled(config, error.problems)), err=True)
            failed = True
        else:
            doubts = "".join(f"\n  not sure: {doubt}" for doubt in draft.unsure)
            click.echo(f"Written: {pipeline.label(config, path)}{doubts}\nRead it, then: {_check(config, path)}")
    if failed:
        sys.exit(1)


def _check(config: Config, path: Path) -> str:
    return f"python build.py check {pipeline.label(config, path)}"


@click.command("check")
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

    config, settings = archive.open_config(**where)
    if mend:
        for change in fix.fix(config, paths):
            renamed = f" -> {change.new_path}" if change.new_path != change.path else ""
            click.echo(f"mended: {change.path}{renamed}\n{change.difference}".rstrip(), err=form != "human")
            paths = tuple(
                config.root / change.new_path if label == change.path else p
                for p, label in ((p, pipeline.label(config, p.absolute())) for p in paths)
            )
        config, settings = archive.open_config(**where)
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


@click.command("review")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", help="Your name, for the page; left out, git knows who changed the file.")
@click.option("--all", "whole", is_flag=True, help="Also show facts that have been reviewed already.")
@archive_options
def review_facts(path: Path, by: str | None, whole: bool, **where: Any) -> None:
    """Walk through the facts of the article in PATH: accept, edit or reject each.

    What you say is written to PATH's corrections, <article>.facts.yaml, and wins over the program from then on.
    """
    try:
        briefing, check = pipeline.to_review(archive.config(**where), path)
        click.echo(review.review(path, briefing, by, whole, check))
    except ContentError as error:
        archive.refuse(error.problems)


@click.command("from-issue")
@click.argument("event", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--output", type=FOLDER, required=True, help="Folder into which the file is laid, with its path.")
@archive_options
def from_issue(event: Path, output: Path, **where: Any) -> None:
    """Make the file that a form on GitHub means. EVENT is the event as GitHub tells it to a workflow."""
    config = archive.config(**where)
    try:
        name, text = forms.from_issue(json.loads(event.read_text(encoding="utf-8")), config)
    except forms.FormError as error:
        raise click.ClickException(str(error)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise click.UsageError(f"{event} is no event of an issue, as GitHub writes it to $GITHUB_EVENT_PATH") from error
    path = output / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    click.echo(f"Wrote {path}.")


@click.command("diff")
@click.argument("rev")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write it there instead.")
@click.option("--preview", type=FOLDER, help="Lay out the changed pages of the built site there.")
@archive_options
def show_difference(rev: str, output: Path | None, preview: Path | None, **where: Any) -> None:
    """Tell, in Markdown, what the files as they are change in what the archive knew at the commit REV.

    \b
    Exit status: 0; 1 an address that worked leads nowhere now, or something has a mistake; 2 wrong call.
    """
    config = archive.config(**where)
    try:
        with archive_at(config, rev) as before:
            found = diff.compare(
                pipeline.snapshot(before, archive.progress), pipeline.snapshot(config, archive.progress)
            )
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


VERBS = (new_file, import_article, check_content, review_facts, show_difference, from_issue)
