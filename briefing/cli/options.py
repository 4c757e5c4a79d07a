"""Options that select the archive, and the output of problems: shared by all verbs."""

from __future__ import annotations

import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urlsplit

import click

from briefing.config import Config, read_config
from briefing.content.problems import Problem, as_text, count, in_order
from briefing.lexicon import SHIPPED

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


NO_CLUSTER = '--cluster needs more packages (distributed is missing). Run: pip install "briefing-archive[cluster]"'


def cluster_address(context: click.Context, option: click.Parameter, value: str) -> str:
    """Return the address of a scheduler as given; refuse one that cannot be right, and any if Dask is not installed."""
    try:
        parts = urlsplit(value)
        right = parts.scheme in ("tcp", "tls") and parts.hostname and parts.port and not parts.path
    except ValueError:  # a port that is no number
        right = False
    if value and not right:
        raise click.BadParameter(f"`{value}` is not an address. Write tcp://HOST:PORT, such as tcp://10.0.0.1:8786")
    if value and not find_spec("distributed"):
        raise click.UsageError(NO_CLUSTER)
    return value


def open_config(mkdocs: Path | None, **folders: Path | None) -> tuple[Config, list[Problem]]:
    """Return the settings and the problems found in them."""
    mkdocs = mkdocs or (Path("mkdocs.yml") if Path("mkdocs.yml").is_file() else SHIPPED / "mkdocs.yml")
    if not mkdocs.is_file() and mkdocs.parent == SHIPPED:
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


BAR = 20  # characters of a full bar


class Progress:
    """Show on a terminal how far long work is, how fast, and how long it will take; print nothing to a log.

    Reading articles: [########------------] 1,840 of 4,500, 31 per second, 1 min 26 s left
    """

    def __init__(self) -> None:
        self._stage = ""
        self._since = 0.0
        self._before = 0  # done when the stage began; an interrupted stage begins again

    def __call__(self, stage: str, done: int, total: int) -> None:
        if not sys.stderr.isatty():
            return
        now = time.monotonic()
        if stage != self._stage or done < self._before:
            self._stage, self._since, self._before = stage, now, done - 1
        filled = BAR * done // max(total, 1)
        bar = "#" * filled + "-" * (BAR - filled)
        end = "\n" if done == total else ""
        told = f"{stage} [{bar}] {done:,} of {total:,}{self._rate(now - self._since, done, total)}"
        click.echo(f"\r\033[K{told}{end}", nl=False, err=True)

    def _rate(self, seconds: float, done: int, total: int) -> str:
        if seconds < 1:
            return ""
        rate = (done - self._before) / seconds
        left = f", {in_words((total - done) / rate)} left" if 0 < done < total else ""
        return f", {rate:,.0f} per second{left}" if rate >= 1 else f", {60 * rate:,.0f} per minute{left}"


def in_words(seconds: float) -> str:
    """Return a duration as people say it: `86.2` -> `1 min 26 s`, `7300` -> `2 h 1 min`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s" if minutes else f"{rest} s"


def silent(stage: str, done: int, total: int) -> None:
    """Show no progress."""


progress = Progress()


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options for scripts: --quiet and --json."""
    for option in (
        click.option("--json", "as_data", is_flag=True, help="Print the result as JSON, and no progress."),
        click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors."),
    ):
        command = option(command)
    return command
