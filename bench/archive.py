"""What one more article costs in a big archive, compared with building all of it.

    python -m bench.archive [--articles N]

N articles are made of our own sentences with other names and days, in a temporary folder. The archive is built once,
again without changes, and again with one more article. CPU time is measured, including MkDocs and Pagefind. Prints
seconds per stage; exits with 1 if the one article costs more than its limit.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bench.linking import invented
from briefing import pipeline
from briefing.config import PROGRAM, Config, load_config

MOST = 0.2  # share of the whole, for one more article among 500
SENTENCES = 14  # about 300 words
NAMED = 3  # invented actors in an article
FIRST, YEARS = 2009, 16


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=500)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        ours = load_config(PROGRAM / "mkdocs.yml", sources=home / "sources", site=home / "site")
        config = replace(ours, cache=home / "cache", output=home / "docs")
        more = articles(options.articles + 1)
        for _ in range(options.articles):
            write(home / "sources", *next(more))
        print(f"{options.articles} articles    read  facts   link  pages   site    all   CPU seconds")
        whole = build("all of them", config)
        build("nothing new", config)
        write(home / "sources", *next(more))
        one = build("one more", config)
    print(f"one more is {one / whole:.3f} of the whole (at most {MOST})")
    return int(one / whole > MOST)


def articles(number: int) -> Iterator[tuple[str, str]]:
    """Yield path and text of that many articles, always the same."""
    chance = random.Random(1)
    config = load_config(PROGRAM / "mkdocs.yml")
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


def build(what: str, config: Config) -> float:
    """Return the CPU seconds of a build and its child processes."""
    before = os.times()
    seconds = pipeline.build(config).seconds
    after = os.times()
    total = sum(after[:4]) - sum(before[:4])
    wall = sum(seconds.values())
    print(f"{what:13}" + "".join(f"{total * s / wall:7.1f}" for s in seconds.values()) + f"{total:7.1f}")
    return total


if __name__ == "__main__":
    sys.exit(main())
