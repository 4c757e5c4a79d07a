"""What linking costs with a big registry.

    python -m bench.linking [--actors N] [--articles N] [--varied N] [--rounds N]

The archive's own articles are read once; the registry is filled up to N actors with invented people and companies, some
of which share surnames and short names with those in the articles. Only linking is timed, in CPU time. `--varied 10000`
then links that many articles, each one of ours with eight other invented actors added, and reports the growth of
memory. Prints milliseconds per article; exits with 1 above the limit.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.clean import clean
from briefing.config import load_config
from briefing.content.sources import find_sources, read_source
from briefing.facts import find_facts, reader
from briefing.facts.names.lists import first_names
from briefing.lexicon import SHIPPED
from briefing.link import link
from briefing.model import Actor, Alias, Article, Entity, Reading
from briefing.registry import Registry, make_registry, read_registry

MOST = 5.0  # milliseconds per article
NAMED = 8  # invented actors in a varied article
Read = tuple[Article, Reading]
SYLLABLES = ("bar", "den", "fel", "gor", "hal", "jen", "kir", "lom", "mar", "nov", "pel", "ros", "tan", "vel", "wen")


def invented(number: int) -> list[Actor]:
    """Return that many people and companies, each with aliases."""
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


def varied(read: Sequence[Read], actors: Sequence[Actor], number: int) -> Iterator[Read]:
    """Yield that many articles: ours in turn, each mentioning other actors of the registry."""
    for n in range(number):
        article, reading = read[n % len(read)]
        chosen = [actors[(n * 31 + k * 977) % len(actors)] for k in range(NAMED)]
        added = "".join(f"\n\n{actor.name} met {actor.aliases[0].name} on day {n}." for actor in chosen)
        names = list(reading.names)
        at = len(article.text)
        for actor in chosen:
            label = "PERSON" if actor.kind == "person" else "ORG"
            names.append(Entity(at + 2, at + 2 + len(actor.name), label, 0, 0))
            at += len(f"\n\n{actor.name} met {actor.aliases[0].name} on day {n}.")
        source = replace(article.source, id=f"varied-{n}")
        yield replace(article, source=source, text=article.text + added), replace(reading, names=tuple(names))


def link_varied(read: Sequence[Read], registry: Registry, number: int) -> float:
    """Return milliseconds per article; print memory at half and at the end."""
    actors = [a for a in registry.actors if a.id.startswith("invented-")]
    spent = 0.0
    for n, (article, reading) in enumerate(varied(read, actors, number), start=1):
        begun = time.process_time()
        link(article, reading, registry)
        spent += time.process_time() - begun
        if n in {max(1, number // 2), number}:
            print(f"after {n:6} articles {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:6} MB at most")
    return 1000 * spent / number


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--actors", type=int, default=5_000)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--varied", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    config = load_config(SHIPPED / "mkdocs.yml")
    known = read_registry(config.actors).actors
    registry = make_registry([*known, *invented(max(0, options.actors - len(known)))])
    begun = time.process_time()
    names = len(registry.automaton)
    print(f"{len(registry.actors)} actors, {names} spellings, made ready in {time.process_time() - begun:.2f} s")
    read = []
    paths, _ = find_sources([config.sources])
    for path, name in paths[: options.articles]:
        article = clean(read_source(path, name))
        read.append((article, find_facts(article, reader.analyse(article, config.model))))
    words = sum(len(article.text.split()) for article, _ in read)
    times = []
    for _ in range(options.rounds):
        begun = time.process_time()
        for article, reading in read:
            link(article, reading, registry)
        times.append(1000 * (time.process_time() - begun) / len(read))
    cost = statistics.median(times)
    print(f"linking            {cost:8.2f} ms an article of {words // len(read)} words (at most {MOST})")
    if options.varied:
        cost = max(cost, each := link_varied(read, registry, options.varied))
        print(f"varied articles    {each:8.2f} ms each (at most {MOST})")
    return int(cost > MOST)


if __name__ == "__main__":
    sys.exit(main())
