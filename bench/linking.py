"""What linking costs with a big registry.

    python -m bench.linking [--actors N] [--articles N] [--rounds N]

The archive's own articles are read once; the registry is filled up to N actors with invented people and companies,
some of which share surnames and short names with those in the articles. Linking is timed alone, in CPU time.
Prints milliseconds an article; exit 1 over the bound.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import sys
import time

from briefing import analyse
from briefing.clean import clean
from briefing.config import PROGRAM, load_config
from briefing.facts import find_facts
from briefing.facts.gender import first_names
from briefing.link import link
from briefing.model import Actor, Alias
from briefing.read import find_sources, read_source
from briefing.registry import make_registry, read_registry

MOST = 5.0  # milliseconds an article
SYLLABLES = ("bar", "den", "fel", "gor", "hal", "jen", "kir", "lom", "mar", "nov", "pel", "ros", "tan", "vel", "wen")


def invented(number: int) -> list[Actor]:
    """So many people and companies, every one with aliases."""
    firsts = sorted(first_names())
    surnames = ["".join(p).capitalize() for p in itertools.product(SYLLABLES, repeat=3)]
    found = []
    for n in range(number):
        first, last = firsts[n * 7 % len(firsts)].capitalize(), surnames[n % len(surnames)]
        if n % 2:
            aliases = (Alias(f"{first} {chr(65 + n % 26)}. {last}", "spelling"), Alias(f"Dr. {last} {n}", "name"))
            found.append(Actor(f"invented-{n}", f"{first} {last}", "person", aliases, country="china"))
        else:
            aliases = (Alias(f"{last} Mining", "name"), Alias(f"{last[:3].upper()}{n}", "acronym"))
            found.append(Actor(f"invented-{n}", f"{last} Mining and Metals Corp.", "organisation", aliases))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--actors", type=int, default=5_000)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    config = load_config(PROGRAM / "mkdocs.yml")
    known = read_registry(config.actors).actors
    registry = make_registry([*known, *invented(max(0, options.actors - len(known)))])
    begun = time.process_time()
    names = len(registry.automaton)
    print(f"{len(registry.actors)} actors, {names} spellings, made ready in {time.process_time() - begun:.2f} s")
    read = []
    paths, _ = find_sources([config.sources])
    for path, name in paths[: options.articles]:
        article = clean(read_source(path, name))
        read.append((article, find_facts(article, analyse.analyse(article, config.model))))
    words = sum(len(article.text.split()) for article, _ in read)
    times = []
    for _ in range(options.rounds):
        begun = time.process_time()
        for article, reading in read:
            link(article, reading, registry)
        times.append(1000 * (time.process_time() - begun) / len(read))
    cost = statistics.median(times)
    print(f"linking            {cost:8.2f} ms an article of {words // len(read)} words (at most {MOST})")
    return int(cost > MOST)


if __name__ == "__main__":
    sys.exit(main())
