"""The command line."""

from __future__ import annotations

from pathlib import Path

import click

from briefing import contract, pipeline
from briefing.config import load_config


@click.group(invoke_without_command=True)
def main() -> None:
    """Build the archive."""


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
def facts(paths: tuple[Path, ...]) -> None:
    """Print what was found in each source, one JSON object a line."""
    for briefing in pipeline.facts(load_config(Path("mkdocs.yml")), list(paths)):
        click.echo(contract.to_json(briefing))
