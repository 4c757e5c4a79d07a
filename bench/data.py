"""What the files of `data/` cost in a big archive: `python -m bench.data [--briefings N] [--parts facts csv ...]`.

The briefings of our archive are repeated under other ids, with the words of their sentences in another order, so that
the search index grows as it would. Prints CPU seconds, the largest memory of the process, and the size of each file;
exits with 1 if it costs more than 60 CPU seconds or 1 GB for each 10,000 briefings.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import get_args

from briefing.archive import Archive, cross_link
from briefing.archive.summaries import Row, row
from briefing.config import load_config
from briefing.lexicon import SHIPPED
from briefing.model import DataPart
from briefing.pipeline.article import briefing_of
from briefing.pipeline.workspace import open_workspace
from briefing.site import Data, Site, facts_json, load_templates

SECONDS, MEGABYTES = 60, 1000  # for 10,000 briefings


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--briefings", type=int, default=10_000)
    parser.add_argument("--parts", nargs="*", choices=get_args(DataPart), default=get_args(DataPart))
    options = parser.parse_args()
    config = load_config(SHIPPED / "mkdocs.yml")
    with closing(open_workspace(config, read_only=True)) as workspace:
        briefings = [briefing_of(workspace, source) for source in workspace.sources]
        registry, topics = workspace.registry.actors, workspace.topics
    rows, lines = [row(one) for one in briefings], [facts_json.publishable(one) for one in briefings]
    del briefings
    many = list(_repeated(rows, options.briefings))
    begun, before = time.process_time(), _memory()
    archive = cross_link([shown for shown, _ in many], registry, topics, config.actor_pages)
    print(f"{'linking, before':24} {time.process_time() - begun:6.1f} CPU s {_memory():6} MB ({before} MB of rows)")
    with tempfile.TemporaryDirectory() as folder:
        seconds = _write(archive, {shown.id: lines[of] for shown, of in many}, options.parts, Path(folder))
    print(f"{options.briefings:,} briefings: {seconds:.1f} CPU s, {_memory()} MB")
    share = max(options.briefings / 10_000, 0.1)
    return int(seconds > SECONDS * share or _memory() > max(MEGABYTES * share, MEGABYTES))


def _repeated(rows: list[Row], count: int) -> Iterator[tuple[Row, int]]:
    """Yield that many rows with ids of their own, and of which briefing each is a copy."""
    for number in range(count):
        of = number % len(rows)
        yield replace(rows[of], id=f"{rows[of].id}-{number}", signature=()), of


def _write(archive: Archive, lines: dict[str, bytes], parts: list[DataPart], folder: Path) -> float:
    def contract(name: str) -> bytes:
        facts = json.loads(lines[name])
        return json.dumps(facts | {"id": name, "text": _mixed(facts["text"], name)}, ensure_ascii=False).encode()

    site = Site("Bench", "https://archive.example/")
    data = Data(archive, load_templates(SHIPPED / "templates", site), frozenset(parts), contract, folder / "work")
    begun = time.process_time()
    made = data.made
    seconds = time.process_time() - begun
    for name, file in made.items():
        if file.rows is None or name.endswith("sentences.csv"):
            print(f"{name:24} {file.size / 1e6:8.1f} MB")
    begun = time.process_time()
    for name in lines:
        contract(name)
    return seconds - (time.process_time() - begun)


def _mixed(text: str, seed: str) -> str:
    """Return a text of the same length with some letters exchanged, so that its words are others."""
    one, other = random.Random(seed).sample("bcdfghklmnprstvw", 2)
    return text.translate({ord(one): other, ord(other): one})


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    sys.exit(main())
