"""Verbs for whoever runs an archive: new-archive, doctor and completion."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import click
import jinja2
import yaml
from click.shell_completion import get_completion_class

from briefing.cli.options import archive_options, config, refuse
from briefing.config import PACKS
from briefing.content.field_types import language_mistake
from briefing.content.problems import ContentError, as_json, count, in_order, plural
from briefing.lexicon import SHIPPED
from briefing.site import pack
from briefing.validate import doctor

STARTER = SHIPPED / "templates" / "new-archive"
HIDDEN = {
    "gitignore": ".gitignore",
    "gitlab-ci.yml": ".gitlab-ci.yml",
    "github": ".github",
}  # names packages would drop
NAME = "briefing-archive"


@click.command("new-archive", short_help="Start an archive of your own.")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", help="Name of the archive.  [prompted for if omitted]")
@click.option("--subject", help="What its articles are about, as in: the town council.")
@click.option("--language", help="Language of the site's buttons and labels, as a tag.  [default: en]")
@click.option("--publisher", help="Who publishes the archive.")
@click.option(
    "--registry", "registries", multiple=True, help=f"Shipped registry: {' or '.join(PACKS)}.  [default: world]"
)
@click.option("--yes", is_flag=True, help="Ask nothing; take the options and defaults.")
def new_archive(folder: Path, registries: tuple[str, ...], yes: bool, **given: str | None) -> None:
    """Start an archive in DIR, with settings, an example article and workflows for GitHub and GitLab.

    \b
    briefing new-archive council --yes
    cd council && briefing build && briefing serve

    \b
    Exit status: 0 written; 2 usage error, for example if DIR is not empty.
    """
    if folder.is_dir() and any(folder.iterdir()):
        raise click.UsageError(f"{folder} is not empty. Choose a new or empty folder")
    if unknown := [one for one in registries if one not in PACKS]:
        raise click.UsageError(f"--registry {unknown[0]}: not found. Use {' or '.join(PACKS)}")
    own = re.sub(r"[-_]+", " ", folder.resolve().name).strip() or "news"
    asked = {
        "name": ("Name", own[:1].upper() + own[1:] + " archive"),
        "subject": ("Subject, as in: the town council", ""),
        "language": ("Language of the site", "en"),
        "publisher": ("Publisher", "The Example"),
    }
    values = {
        key: " ".join((given[key] or (default if yes else click.prompt(label, default=default))).split())
        for key, (label, default) in asked.items()
    }
    if wrong := language_mistake(values["language"]):
        raise click.UsageError(f"--language: {wrong[0]}" + (f". Use {wrong[1]}" if wrong[1] else ""))
    written = write_archive(folder, values | {"registries": registries or ("world",)})
    click.echo(
        f"Started {values['name']} in {folder}/ with {len(written)} files.\n\n"
        f"    cd {folder}\n    briefing build\n    briefing serve\n\n"
        "Then put articles into sources/, and read README.md."
    )


def write_archive(folder: Path, values: dict[str, Any]) -> list[Path]:
    """Write the files of a new archive and return their paths. `values` are name, subject, language, publisher and
    registries."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(STARTER),
        block_start_string="[%",
        block_end_string="%]",
        variable_start_string="[[",
        variable_end_string="]]",
        comment_start_string="[#",
        comment_end_string="#]",
        trim_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # no page is made of these: names are quoted for YAML where YAML needs it
    )
    environment.filters["quoted"] = lambda words: yaml.safe_dump(words, default_style='"', width=1000).strip()
    about = f"News about {values['subject']}," if values["subject"] else "News briefings"
    description = f"{about} where every fact links to the sentence it came from."
    given = values | {"version": program_version(), "description": description, "messages": _messages()}
    written: list[Path] = []
    for name in environment.list_templates():
        first, _, rest = name.partition("/")
        path = folder / HIDDEN.get(first, first) / rest if rest else folder / HIDDEN.get(first, first)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(environment.get_template(name).render(given), encoding="utf-8")
        written.append(path)
    return written


def program_version() -> str:
    """Return the version of the installed package, or of the checkout."""
    try:
        return version(NAME)
    except PackageNotFoundError:
        import tomllib

        told = tomllib.loads((SHIPPED / "pyproject.toml").read_text(encoding="utf-8"))
        return str(told["project"]["version"])


def _messages() -> str:
    """Return the explanations of error messages, which messages refer to."""
    text = (SHIPPED / "CONTRIBUTING.md").read_text(encoding="utf-8")
    part = text[text.index("## Error messages") :]
    return re.split(r"\n## ", part)[0].replace("python build.py", "briefing").strip()


@click.command("doctor", short_help="Explain problems of the settings and the installation.")
@click.option("--json", "as_data", is_flag=True, help="Print JSON.")
@archive_options
def diagnose(as_data: bool, mkdocs: Path | None, **folders: Path | None) -> None:
    """Look for settings that do not do what they seem to, and say what to write instead.

    Also lists what this archive replaces of the shipped templates, theme and pages, and after an upgrade what changed.
    Problems in articles, actors and topics are reported by `check`.

    \b
    Exit status: 0 nothing needs to be fixed (there may be advice); 1 something does; 2 usage error.
    """
    path = mkdocs or Path("mkdocs.yml")
    found = in_order(doctor.diagnose(path, program_version(), **folders))
    errors = any(problem.severity == "error" for problem in found)
    if as_data:
        click.echo(as_json(found))
    else:
        for problem in found:
            click.echo(str(problem))
        for line in doctor.replaced(path) if path.is_file() else ():
            click.echo(line)
        click.echo(f"Briefing Archive {program_version()}: {count(found)} found.")
    if errors:
        raise SystemExit(1)


@click.command("completion", short_help="Print a script that completes commands in your shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print a script that completes commands and options in SHELL.

    \b
    briefing completion bash >> ~/.bashrc
    briefing completion zsh >> ~/.zshrc
    briefing completion fish > ~/.config/fish/completions/briefing.fish
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"no completion for {shell}")
    click.echo(kind(context.find_root().command, {}, "briefing", "_BRIEFING_COMPLETE").source())


@click.command("pack", short_help="Write an evidence pack: one .zip that reads offline.")
@click.argument("subject", metavar="ACTOR|TOPIC|BRIEFING")
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="File to write.  [default: ID.zip]"
)
@archive_options
def write_evidence_pack(subject: str, output: Path | None, **where: Any) -> None:
    """Write the published pages of an actor, a topic or a briefing with their sources, hashes, facts, citations and
    rows of the database into one .zip file. Build the site first.

    \b
    briefing pack anna-kessowa                  an actor or topic, by its id
    briefing pack briefings/2024/2024-03-05-quay -o quay.zip
    briefing verify quay.zip                    check it; the pack holds the program that does this

    \b
    Exit status: 0 written; 1 refused, with the reason; 2 usage error.
    """
    try:
        path, briefings, left_out = pack.write_pack(config(**where), subject, output)
    except pack.PackError as error:
        raise click.ClickException(str(error)) from error
    except ContentError as error:
        refuse(error.problems)
    without = f", without {plural(left_out, 'source')} that may not be copied" if left_out else ""
    click.echo(f"Wrote {path}: {plural(briefings, 'briefing')}{without}.")


VERBS = (new_archive, diagnose, completion, write_evidence_pack)
