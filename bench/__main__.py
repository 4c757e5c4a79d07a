"""`make bench`: what our rules cost compared with the models, on the archive's own articles.

    python -m bench [--corpus FILE.jsonl] [--limit N] [--rounds N]

A corpus is a file of JSON objects, one per line, each with a `text`. Prints a table; exits with 1 if a ratio exceeds
its limit. CPU time of this process is measured, which other work on the machine affects less than wall time.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from briefing.clean import clean
from briefing.config import load_config
from briefing.facts import find_facts, reader
from briefing.lexicon import SHIPPED
from briefing.link import link
from briefing.model import Article, Meta, Source
from briefing.pipeline import BATCH_SIZE, articles
from briefing.registry import read_registry
from briefing.text import language_model

MOST = 1.3  # times the cost of the models alone


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--limit", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    config = load_config(SHIPPED / "mkdocs.yml")
    texts = _corpus(options.corpus) if options.corpus else list(articles(config))
    texts = texts[: options.limit]
    registry = read_registry(config.actors)
    language_model.load_model(config.model)

    def models_alone() -> None:
        for article in texts:
            reader.run_models(article, config.model)

    def everything(these: list[Article]) -> None:
        """Read articles as a build does: the model reads some, then the rules do."""
        for i in range(0, len(these), BATCH_SIZE):
            again = [clean(article.source) for article in these[i : i + BATCH_SIZE]]
            analyses = [reader.analyse(article, config.model) for article in again]
            for article, analysis in zip(again, analyses, strict=True):
                link(article, find_facts(article, analysis), registry)

    everything(texts[:1])  # loading and compiling once are not part of an article's cost
    words = sum(len(article.text.split()) for article in texts)
    times: dict[str, list[float]] = {"model": [], "all": []}
    for _ in range(options.rounds):
        times["model"].append(_cpu(models_alone))
        times["all"].append(_cpu(lambda: everything(texts)))
    model, whole = (statistics.median(times[k]) for k in ("model", "all"))
    ratio = statistics.median(b / a for a, b in zip(times["model"], times["all"], strict=True))
    print(f"{len(texts)} articles, {words} words, median of {options.rounds} rounds")
    print(f"models alone       {words / model:8.0f} words a CPU-second")
    print(f"article to briefing{words / whole:8.0f} words a CPU-second   {ratio:.2f} x the models (at most {MOST})")
    return int(ratio > MOST)


def _cpu(work: Callable[[], None]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _corpus(path: Path) -> list[Article]:
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    dated = Meta(published="2016-05-04")
    return [clean(Source(f"d{i}", f"d{i}.md", "", dated, text, 1, "utf-8")) for i, text in enumerate(texts)]


if __name__ == "__main__":
    sys.exit(main())
