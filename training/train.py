"""`make train`: train the reader's weights on labelled corpora and report their scores.

    python -m training.train WORK --polnear FILE --names FILE [--seeds 1 2 3]

WORK keeps what can be made again: prepared examples, weights of each seed. The steps:

    1. train a first reader on our own articles; it and spaCy give silver names (silver.py)
    2. clean and parse every text as a build does; make noisy copies (augment.py)
    3. train for PASSES passes, each with other noisy copies; the names corpus is added for the last two, so that its
       five-fold score needs only these again
    4. export; training.report scores the development data
"""

from __future__ import annotations

import argparse
import pickle
import random
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from training.augment import augmented
from training.corpora import (
    Document,
    from_labelled,
    read_conll,
    read_polnear,
    read_sentences,
    to_example,
)
from training.export import export
from training.fit import Case, fit, to_cases
from training.labelled import HERE as LABELLED
from training.labelled import read_labelled
from training.network import pretrained
from training.silver import with_silver

PASSES = 4
NAMES_FROM = 2  # first pass with the names corpus
NAMES_COPIES = 2  # copies of it in each such pass
NOISY_SHARE = 0.25  # share of newspaper articles read as noisy copies in each pass
NOISY_OWN = 0.5  # share of our own articles, likewise
SENTENCE_COPIES = 2
FIRST_PASSES = 3  # of the first reader
WORKERS = 2
MATERIAL = "material.pickle"


@dataclass(frozen=True, slots=True)
class Material:
    """Everything learned from, as cases; by pass where copies differ."""

    newspapers: list[list[list[Case]]]  # by pass, by article
    own: list[list[list[Case]]]  # by pass, by article
    sentences: list[list[Case]]
    names: list[list[Case]]

    @staticmethod
    def read(work: Path) -> Material:
        found: Material = pickle.loads((work / MATERIAL).read_bytes())
        return found

    def passes(self, skip_names: frozenset[int] = frozenset(), share: float = 1.0) -> list[list[Case]]:
        """Return the cases of each pass, with a `share` of the newspapers and without `skip_names` of the names
        corpus."""
        some = len(self.newspapers[0]) * share
        return [
            [
                *(c for n, article in enumerate(self.newspapers[p]) if n < some for c in article),
                *(c for article in self.own[p] for c in article),
                *(c for article in self.sentences for c in article * SENTENCE_COPIES),
                *(
                    c
                    for n, article in enumerate(self.names)
                    if p >= NAMES_FROM and n not in skip_names
                    for c in article * NAMES_COPIES
                ),
            ]
            for p in range(PASSES)
        ]


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("work", type=Path)
    ask.add_argument("--polnear", type=Path, required=True)
    ask.add_argument("--names", type=Path, required=True)
    ask.add_argument("--seeds", type=int, nargs="+", default=[1])
    ask.add_argument("--share", type=float, default=1.0, help="of the newspaper articles, for the learning curve")
    asked = ask.parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    prepared(asked.work, asked.polnear, asked.names, pretrained())
    with ProcessPoolExecutor(WORKERS) as pool:
        list(pool.map(partial(_seed, asked.work, pretrained(), asked.share), asked.seeds))
    return 0


def _seed(work: Path, base: Path, share: float, seed: int) -> None:
    """Train with one seed; also keep the weights after NAMES_FROM passes."""
    name = f"seed-{seed}" if share == 1.0 else f"share-{share:g}"
    middle = {NAMES_FROM - 1: work / f"{name}.middle.pt"} if share == 1.0 else None
    network = fit(Material.read(work).passes(share=share), base, seed, checkpoints=middle)
    export(network, work / f"{name}.onnx")
    export(network, work / f"{name}.exact.onnx", exact=True)


def prepared(work: Path, polnear: Path, names: Path, base: Path) -> Material:
    if (work / MATERIAL).exists():
        return Material.read(work)
    chance = random.Random(1)
    own = [from_labelled(a) for a in read_labelled()]
    noisy_own = [[augmented(d, chance) for d in own] for _ in range(PASSES)]
    with ProcessPoolExecutor(WORKERS) as pool:
        own_cases = list(pool.map(cases_of, own, chunksize=8))
        own_passes = [
            [noisy if chance.random() < NOISY_OWN else plain for plain, noisy in zip(own_cases, copies, strict=True)]
            for copies in (pool.map(cases_of, noisy, chunksize=8) for noisy in noisy_own)
        ]
        sentences = [d for path in sorted((LABELLED / "sentences").glob("*.yaml")) for d in read_sentences(path)]
        sentence_cases = list(pool.map(cases_of, sentences, chunksize=8))
        name_cases = list(pool.map(cases_of, read_conll(names), chunksize=8))
        if not (work / "first.onnx").exists():
            export(
                fit([[names_only(c) for a in p for c in a] for p in own_passes[:FIRST_PASSES]], base, 1),
                work / "first.onnx",
            )
        articles = list(pool.map(partial(with_silver, weights=work / "first.onnx"), read_polnear(polnear), chunksize=8))
        plain = list(pool.map(cases_of, articles, chunksize=8))
        newspapers = []
        for _ in range(PASSES):
            chosen = {n for n in range(len(articles)) if chance.random() < NOISY_SHARE}
            noisy = {n: augmented(articles[n], chance) for n in sorted(chosen)}
            read = dict(zip(noisy, pool.map(cases_of, noisy.values(), chunksize=8), strict=True))
            newspapers.append([read.get(n, plain[n]) for n in range(len(articles))])
    material = Material(newspapers, own_passes, sentence_cases, name_cases)
    (work / MATERIAL).write_bytes(pickle.dumps(material))
    return material


def cases_of(document: Document) -> list[Case]:
    return to_cases(to_example(document))


def names_only(case: Case) -> Case:
    unknown = tuple((-100,) * len(case.ids) for _ in case.roles)
    return replace(case, roles=unknown, pointers=())


if __name__ == "__main__":
    sys.exit(main())
