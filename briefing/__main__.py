"""Start the program: `python build.py --help`, or `python -m briefing`.

A build that finds nothing new ends here, in a fraction of a second: what reads articles is imported only when needed.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

FOLDERS = ("--sources", "--actors", "--topics", "--site")


def main() -> None:
    if not _nothing_new(sys.argv[1:]):
        from briefing.cli import main as verbs

        verbs()


def _nothing_new(arguments: list[str]) -> bool:
    """Tell whether this is a build that would change nothing, and say so."""
    begun = time.perf_counter()
    words = arguments[1:] if arguments[:1] == ["build"] else arguments
    given = dict(zip(words[::2], words[1::2], strict=False))
    if len(words) != 2 * len(given) or not {*given} <= {"--config", *FOLDERS}:
        return False
    from briefing.config import read_config
    from briefing.lexicon import SHIPPED
    from briefing.unchanged import look

    mkdocs = Path(given.pop("--config", "mkdocs.yml" if Path("mkdocs.yml").is_file() else SHIPPED / "mkdocs.yml"))
    try:
        config, problems = read_config(mkdocs, **{name[2:]: Path(path) for name, path in given.items()})
    except OSError:
        return False
    last = None if problems else look(config).last
    if last:
        print(last.line(time.perf_counter() - begun))
    return last is not None


if __name__ == "__main__":
    main()
