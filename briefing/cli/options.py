"""Options that select the archive, and the output of problems: shared by all verbs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from briefing.config import PROGRAM, Config, read_config
from briefing.content.problems import Problem, as_text, count, in_order

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = click.Path(file_okay=False, path_type=Path)


def archive_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that select the archive."""
    for option in reversed(
        (
            click.option(
                "--config",
                "mkdocs",
                type=click.Path(dir_okay=False, path_type=Path),
                help="The archive's mkdocs.yml; the other folders are relative to its folder.  "
                "[default: mkdocs.yml in the current folder, otherwise next to build.py]",
            ),
            click.option("--sources", type=FOLDER, help="Folder of articles.  [default: sources/]"),
            click.option("--actors", type=FOLDER, help="Folder of actors.  [default: actors/]"),
            click.option("--topics", type=FOLDER, help="Folder of topics.  [default: topics/]"),
            click.option("--site", type=FOLDER, help="Folder for the built site.  [default: site/]"),
        )
    ):
        command = option(command)
    return command


def config(**where: Any) -> Config:
    """Return the archive's settings; exit if they contain errors."""
    found, problems = open_config(**where)
    if problems:
        refuse(problems)
    return found


def open_config(mkdocs: Path | None, **folders: Path | None) -> tuple[Config, list[Problem]]:
    """Return the settings and the problems found in them."""
    mkdocs = mkdocs or (Path("mkdocs.yml") if Path("mkdocs.yml").is_file() else PROGRAM / "mkdocs.yml")
    if not mkdocs.is_file() and mkdocs.parent == PROGRAM:
        raise click.UsageError(
            "no mkdocs.yml in this folder. Change to the folder of an archive, give --config, or start an archive: "
            "briefing new-archive DIR"
        )
    try:
        found = read_config(mkdocs, **folders)
    except FileNotFoundError as error:
        raise click.UsageError(str(error)) from error
    for name in ("sources", "actors", "topics"):
        if (folder := folders[name]) is not None and not folder.is_dir():
            raise click.UsageError(f"--{name} {folder}: folder not found")
    config = found[0]
    for folder in (config.sources, config.actors, config.topics, config.docs, config.templates, config.cache):
        if config.site.is_relative_to(folder) or folder.is_relative_to(config.site):
            raise click.UsageError(f"--site {config.site}: overlaps {folder}. Choose another folder")
    return found


def refuse(problems: tuple[Problem, ...] | list[Problem], outcome: str = "") -> NoReturn:
    print_problems(problems, outcome)
    sys.exit(1)


def print_problems(problems: tuple[Problem, ...] | list[Problem], outcome: str = "") -> None:
    shown = in_order(problems)
    click.echo(as_text(shown), err=True)
    click.echo(f"{count(shown)} found{outcome and f'; {outcome}'}.", err=True)


def progress(stage: str, done: int, total: int) -> None:
    """Show a progress line on a terminal; print nothing to a log."""
    if sys.stderr.isatty():
        click.echo(f"\r{stage} {done} of {total}" + ("\n" if done == total else ""), nl=False, err=True)
