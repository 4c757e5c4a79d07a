"""`python -m bench.sizes`: what the largest sources that are accepted cost, and that cost grows with length only.

Texts that a hostile contributor might send go through the whole pipeline, the models included, at one length and at
twice that length. Prints seconds of CPU, their ratio and the most memory used; exits with 1 if a ratio exceeds MOST.
With `--limit`, also at the largest size that `check` accepts, which takes some minutes.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

from briefing.config import load_config
from briefing.content.sources import LONGEST, LONGEST_LINE, MOST_LINES, SourceFile
from briefing.lexicon import SHIPPED
from briefing.pipeline.article import briefing_of
from briefing.pipeline.workspace import open_workspace

SMALL = 20_000  # characters
MOST = 3.0  # linear is 2, quadratic 4
LEAST = 0.5  # seconds; for shorter times a ratio means nothing


def _repeat(piece: str, end: str = "") -> Callable[[int], str]:
    return lambda length: piece * (length // len(piece)) + end


TEXTS: dict[str, Callable[[int], str]] = {
    "one line": _repeat("The mayor of Aldermoor said that the ferry costs 12 million euros. "),
    "lines": _repeat("The quay has 40 cranes.\n"),
    "paragraphs": _repeat("The quay has 40 cranes.\n\n"),
    "words": _repeat("word "),
    "one word": _repeat("a"),
    "quotation marks": _repeat('"'),
    "quotations": _repeat("“a ” "),
    "brackets": _repeat("["),
    "names": lambda length: " ".join(f"Tom {_name(n)} said so." for n in range(length // 20)),
    "nested quotes": lambda length: "".join(">" * n + " a\n" for n in range(1, int((2 * length) ** 0.5))),
    "nested lists": lambda length: "".join("  " * n + "- a\n" for n in range(1, int(length**0.5))),
    "a table": _repeat("| 12 tonnes | x |\n", "\n"),
    "emphasis": _repeat("**a "),
    "pictures": _repeat("🚢"),
    "dates": _repeat("on 3 May 2021, "),
    "figures": _repeat("12 million euros, "),
    "invisible": _repeat("a\u200b"),
    "look-alikes": _repeat("P\u0435tra "),
}


def _name(number: int) -> str:
    letters = "".join(chr(97 + number // 26**place % 26) for place in range(4))
    return f"Car{letters}ov"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--limit", action="store_true")
    parser.add_argument("names", nargs="*", default=list(TEXTS))
    options = parser.parse_args()
    slow = 0
    for name in options.names:
        few, _ = _cost(name, SMALL)
        many, memory = _cost(name, 2 * SMALL)
        ratio = many / max(few, LEAST)
        slow += ratio > MOST
        told = f"{name:16} {few:7.2f} s {many:7.2f} s  x {ratio:4.1f} {memory:6} MB"
        if options.limit:
            seconds, memory = _cost(name, LONGEST)
            told += f"   at the limit {seconds:7.1f} s {memory:6} MB"
        print(told, flush=True)
    return int(slow > 0)


def _cost(name: str, length: int) -> tuple[float, int]:
    """Return seconds of CPU and megabytes, measured in a process of its own."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (name, length))


def _measured(name: str, length: int) -> tuple[float, int]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.md")
        path.write_text("A quay opens\n\nIt has 40 cranes.\n", encoding="utf-8")
        workspace = open_workspace(load_config(SHIPPED / "mkdocs.yml"), [path], read_only=True)
        briefing_of(workspace, SourceFile(path, "a"))  # loads the models
        path.write_text(_within_limits(TEXTS[name](length)), encoding="utf-8")
        begun = time.process_time()
        briefing_of(workspace, SourceFile(path, "a"))
        seconds = time.process_time() - begun
        workspace.close()
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _within_limits(text: str) -> str:
    lines = [
        line[at : at + LONGEST_LINE - 1]
        for line in text.split("\n")
        for at in range(0, max(1, len(line)), LONGEST_LINE - 1)
    ]
    return "\n".join(lines[: MOST_LINES - 1])


if __name__ == "__main__":
    sys.exit(main())
