"""Refine weights with the present labelled articles, for a fifth of the time of `make train`.

    python -m training.refine WORK --weights OLD.onnx --polnear FILE --names FILE [--seeds 1 2]

Starts from exported weights instead of MiniLM: one pass at a third of the rate over half of the newspaper articles, all
articles of our own twice (once clean, once noisy), the sentences and the names corpus. Without the old material in the
mix, the reader forgets it. Names are not learned from newspapers here, so no silver labels are needed.
"""

from __future__ import annotations

import argparse
import random
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from training.augment import augmented
from training.corpora import from_labelled, read_conll, read_polnear, read_sentences
from training.export import export, restored
from training.fit import RATE, Case, fit
from training.labelled import HERE as LABELLED
from training.labelled import read_labelled
from training.network import pretrained
from training.train import NOISY_SHARE, WORKERS, cases_of

REFINING_RATE = RATE / 3


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("work", type=Path)
    ask.add_argument("--weights", type=Path, required=True, help="exported weights to start from")
    ask.add_argument("--polnear", type=Path, required=True)
    ask.add_argument("--names", type=Path, required=True)
    ask.add_argument("--seeds", type=int, nargs="+", default=[1])
    asked = ask.parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(WORKERS) as pool:
        seeds = {seed: _cases(pool, asked.polnear, asked.names, seed) for seed in asked.seeds}
        list(pool.map(partial(_seed, asked.work, asked.weights), seeds, seeds.values()))
    return 0


def _cases(pool: ProcessPoolExecutor, polnear: Path, names: Path, seed: int) -> list[Case]:
    chance = random.Random(seed)
    own = [from_labelled(a) for a in read_labelled()]
    articles = read_polnear(polnear)[seed % 2 :: 2]
    documents = [
        *own,
        *(augmented(d, chance) for d in own),
        *(augmented(d, chance) if chance.random() < NOISY_SHARE else d for d in articles),
        *(d for path in sorted((LABELLED / "sentences").glob("*.yaml")) for d in read_sentences(path)),
        *read_conll(names),
    ]
    return [case for cases in pool.map(cases_of, documents, chunksize=8) for case in cases]


def _seed(work: Path, weights: Path, seed: int, cases: list[Case]) -> None:
    network = fit([cases], pretrained(), seed, start=restored(weights, pretrained()).state_dict(), rate=REFINING_RATE)
    export(network, work / f"refined-{seed}.onnx")


if __name__ == "__main__":
    sys.exit(main())
