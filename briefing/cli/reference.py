"""Write the reference of every setting and verb from the code: `python -m briefing.cli.reference`."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click

from briefing.cli import main
from briefing.content.schema import Settings
from briefing.lexicon import SHIPPED

PAGE = SHIPPED / "manual" / "docs" / "reference.md"
HEAD = """# Reference

This page is generated from the code.

## Settings {: #settings }

They stand in `mkdocs.yml` below `extra.briefing`. All are optional.

```yaml
extra:
  briefing:
    registries: [world]
    rights: excerpts
```

| setting | default | meaning |
| --- | --- | --- |
"""
EXIT = """
## Exit status {: #exit-status }

| status | meaning |
| --- | --- |
| 0 | done; there may be advice |
| 1 | something in the files must be fixed, or the system refused (disk full, no permission); the message says what |
| 2 | the command was not understood: unknown option, missing folder |

Any other status is a fault of the software. Please report it with the lines it printed.

## Commands {: #commands }

`briefing` without a command is `briefing build`. In a checkout of the repository, write `python build.py` instead.
"""


def reference() -> str:
    """Return the page in Markdown."""
    rows = "".join(f"| `{name}` | {default} | {words} |\n" for name, default, words in settings())
    return HEAD + rows + EXIT + "".join(verbs(main, "briefing"))


def settings() -> Iterator[tuple[str, str, str]]:
    """Yield name, default and description of each setting."""
    for name, field in Settings.model_fields.items():
        default = field.default
        shown = "[" + ", ".join(default) + "]" if isinstance(default, tuple) else "none" if default is None else default
        choices = Settings.model_json_schema()["properties"][name].get("enum")
        words = (field.description or "").replace("|", "\\|")
        allowed = f" (one of {', '.join(f'`{c}`' for c in choices)})" if choices else ""
        yield name, f"`{shown}`", f"{words}{allowed}"


def verbs(command: click.Command, name: str) -> Iterator[str]:
    """Yield a section for each command below this one."""
    if not isinstance(command, click.Group):
        return
    for verb in sorted(command.commands):
        inner = command.commands[verb]
        whole = f"{name} {verb}"
        context = click.Context(inner, info_name=whole)
        usage = " ".join(inner.collect_usage_pieces(context))
        anchor = whole.removeprefix("briefing ").replace(" ", "-")
        yield f"\n### {whole} {{: #{anchor} }}\n\n```\n{whole} {usage}\n```\n\n{_help(inner)}\n"
        rows = [param.get_help_record(context) for param in inner.params if isinstance(param, click.Option)]
        if found := [row for row in rows if row]:
            yield "\n| option | meaning |\n| --- | --- |\n"
            yield "".join(f"| `{_cell(option)}` | {_cell(words)} |\n" for option, words in found)
        yield from verbs(inner, whole)


def _help(command: click.Command) -> str:
    """Return a command's help as Markdown: what click keeps as it stands becomes a block."""
    parts = inspect.cleandoc(command.help or "").split("\n\n")
    return "\n\n".join(f"```\n{part[2:].lstrip()}\n```" if part.startswith("\b\n") else part for part in parts)


def _cell(words: str) -> str:
    return re.sub(r"\s+", " ", words).replace("|", "\\|").strip()


def write_reference(path: Path = PAGE) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(reference(), encoding="utf-8")


if __name__ == "__main__":
    write_reference()
