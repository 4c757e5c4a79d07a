"""What a build costs in a big archive: all of it, nothing new, and one thing new.

    python -m bench.archive [--articles N] [--table FILE] [--generated]

N articles are made of our own sentences with other names and days, in a temporary folder with our registry, topics,
templates and hand-written pages. Each build is a process of its own; its CPU time and that of its workers and of
Pagefind are measured, the largest memory of one process, and what it wrote. Prints a table; exits with 1 if a build
costs more than its share of the first. With `--generated`, the analyses of the language model are put together from
those of paragraphs (`bench/analyses.py`): "all of it" then leaves out the model.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.analyses import keep_analyses
from bench.linking import invented
from briefing import pipeline
from briefing.config import load_config
from briefing.lexicon import SHIPPED

SENTENCES = 14  # about 300 words
NAMED = 3  # invented actors in an article
FIRST, YEARS = 2009, 16
WROTE = re.compile(r"Pages: ([\d,]+) written.*?: ([\d,]+) files? written")
LATEST = f"{FIRST + YEARS - 1}-12-31"  # later than all others
PUBLISHED = re.compile(r"published: \S+")
ALIASED = "actors/organisations/mp-materials.yaml"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one build cost."""

    cpu: float  # seconds, child processes included
    wall: float  # seconds
    memory: int  # MB, of the largest process
    pages: int  # written to docs/
    files: int  # written to the site


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--table", type=Path, help="also write the table to this file")
    parser.add_argument("--generated", action="store_true", help="put analyses together from those of paragraphs")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "archive"
        more = articles(options.articles + 1)
        make_archive(home)
        for _ in range(options.articles):
            write(home / "sources", *next(more))
        if options.generated:
            keep_analyses(load_config(home / "mkdocs.yml"))
        lines = [f"{options.articles:,} articles:", "", HEAD, RULE]
        print("\n".join(lines), flush=True)
        first: Cost | None = None
        slow = 0
        for name, change, most in changes(next(more)):
            change(home)
            cost = build(home)
            first = first or cost
            lines.append(row(name, cost, first))
            slow += cost.cpu > most * first.cpu
            print(lines[-1], flush=True)
    if options.table:
        options.table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return int(slow > 0)


HEAD = "| build | CPU of the first | CPU s | wall s | peak MB | pages | files of the site |"
RULE = "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"


def row(name: str, cost: Cost, first: Cost) -> str:
    share = f"{cost.cpu / first.cpu:.3f}"
    return f"| {name} | {share} | {cost.cpu:.1f} | {cost.wall:.1f} | {cost.memory} | {cost.pages:,} | {cost.files:,} |"


def changes(more: tuple[str, str]) -> list[tuple[str, Callable[[Path], object], float]]:
    """Return what is built after which change, and the most it may cost, as a share of the first."""

    def edit(name: str, old: str, new: str) -> Callable[[Path], object]:
        return lambda home: (home / name).write_text((home / name).read_text().replace(old, new, 1))

    latest = f"{LATEST[:4]}/latest.md", PUBLISHED.sub(f"published: {LATEST}", more[1].replace("number", "no."))
    return [
        ("all of it", lambda home: None, 1.0),
        ("nothing new", lambda home: None, 0.05),
        ("one more, the latest", lambda home: write(home / "sources", *latest), 0.3),
        ("one more, of an earlier year", lambda home: write(home / "sources", *more), 0.3),
        ("the same, nothing new", lambda home: None, 0.05),
        ("one alias", edit(ALIASED, "aliases:\n", "aliases:\n  - M.P. Materials\n"), 0.3),
        ("one template", edit("templates/topic.md.j2", "Topic</a>", "Topics</a>"), 0.3),
        ("the theme", edit("templates/theme/assets/stylesheets/archive.css", "\n", "\n/* changed */\n"), 0.9),
        ("one removed", lambda home: (home / "sources" / more[0]).unlink(), 0.3),
    ]


def make_archive(home: Path) -> None:
    """Copy all of our archive but its articles."""
    home.mkdir()
    for name in ("actors", "topics", "templates", "docs"):
        shutil.copytree(SHIPPED / name, home / name)
    for name in ("mkdocs.yml", "docs/.generated.json"):
        (home / name).unlink(missing_ok=True)
    shutil.copy(SHIPPED / "mkdocs.yml", home)


def articles(number: int) -> Iterator[tuple[str, str]]:
    """Yield path and text of that many articles, always the same."""
    chance = random.Random(1)
    config = load_config(SHIPPED / "mkdocs.yml")
    pool = [s for article in pipeline.articles(config) for s in article.text.split("\n\n") if 60 < len(s) < 600]
    actors = invented(4 * number)
    for n in range(number):
        day = f"{FIRST + n % YEARS}-{1 + n * 7 % 12:02d}-{1 + n * 11 % 28:02d}"
        named = [actors[(n * 31 + k * 977) % len(actors)].name for k in range(NAMED)]
        said = [f"{name} said that delivery number {n} would take {k + 2} weeks." for k, name in enumerate(named)]
        body = "\n\n".join([*said, *chance.sample(pool, min(SENTENCES // 2, len(pool)))])
        head = f"---\ntitle: Delivery {n} of {named[0]}\npublished: {day}\npublisher: Wire {n % 9}\n---\n\n"
        yield f"{day[:4]}/delivery-{n}.md", head + body + "\n"


def write(sources: Path, path: str, text: str) -> None:
    (sources / path).parent.mkdir(parents=True, exist_ok=True)
    (sources / path).write_text(text, encoding="utf-8")


def build(home: Path) -> Cost:
    """Build an archive in a process of its own. Raises CalledProcessError if that fails."""
    command = [sys.executable, str(SHIPPED / "build.py"), "build", "--config", str(home / "mkdocs.yml")]
    begun = time.perf_counter()
    with tempfile.TemporaryFile("w+") as told:
        process = subprocess.Popen(command, stdout=told, env=os.environ | {"PYTHONDONTWRITEBYTECODE": ""})
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        told.seek(0)
        wrote = WROTE.search(told.read())
    pages, files = (int(number.replace(",", "")) for number in wrote.groups()) if wrote else (0, 0)
    cpu = used.ru_utime + used.ru_stime
    return Cost(cpu, time.perf_counter() - begun, used.ru_maxrss // 1024, pages, files)


if __name__ == "__main__":
    sys.exit(main())
