"""Score people and organisations, found by the whole program, on articles that nothing was learned from.

    python -m training.name_folds WORK --names CORPUS.jsonl [--seed 1]

WORK is that of training.train, with its weights from before the names corpus is added. Four fifths of the corpus are
learned on top of them, and the last fifth is read with the result: names, roles and linking, as `build.py facts` does.
This is done five times, so that each article is scored once. A mention is correct if it has the same words and kind;
"the" before it and "'s" after it are ignored.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

import torch

from briefing.clean import clean
from briefing.config import load_config
from briefing.facts import find_facts
from briefing.facts.reader.decoder import decode
from briefing.facts.reader.encoder import score
from briefing.lexicon import SHIPPED
from briefing.link import link
from briefing.model import Meta, Source
from briefing.registry import Registry, read_registry
from briefing.text import language_model
from training.corpora import Document, read_conll
from training.development import KINDS, NO_NAMES, trimmed
from training.export import export
from training.fit import fit
from training.network import pretrained
from training.train import Material, names_only

FOLDS = 5
WORKERS = 1
NEWSPAPERS = 0.1  # share of newspapers whose silver names are learned again with each fold
COPIES = 4  # copies of the names corpus, as many as in the last two passes of training
RATE = 2e-4

Spans = set[tuple[int, int, str]]


class Count(NamedTuple):
    gold: int
    found: int
    right: int

    def __str__(self) -> str:
        parts = (
            self.right / (self.found or 1),
            self.right / (self.gold or 1),
            2 * self.right / (self.gold + self.found),
        )
        return "P {:.1f}  R {:.1f}  F1 {:.1f}".format(*(100 * p for p in parts))


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("work", type=Path)
    ask.add_argument("--names", type=Path, required=True)
    ask.add_argument("--seed", type=int, default=1)
    asked = ask.parse_args()
    with ProcessPoolExecutor(WORKERS) as pool:
        paths = list(pool.map(partial(_learn, asked.work, pretrained(), asked.seed), range(FOLDS)))
    documents = read_conll(asked.names)
    registry = read_registry(load_config(SHIPPED / "mkdocs.yml").actors)
    scored = [(_right(d), set(_found(d, registry, path))) for n, path in enumerate(paths) for d in documents[n::FOLDS]]
    for kinds in ({"PER"}, {"ORG"}, {"PER", "ORG"}):
        pairs = [({s for s in gold if s[2] in kinds}, {s for s in found if s[2] in kinds}) for gold, found in scored]
        count = Count(sum(len(g) for g, _ in pairs), sum(len(f) for _, f in pairs), sum(len(g & f) for g, f in pairs))
        print(json.dumps({"kinds": sorted(kinds), "score": str(count)}))
    return 0


def _learn(work: Path, base: Path, seed: int, fold: int) -> Path:
    path = work / f"fold-{fold}.onnx"
    if not path.exists():
        material = Material.read(work)
        held_out = frozenset(range(fold, len(material.names), FOLDS))
        learned = [c for n, a in enumerate(material.names) if n not in held_out for c in a * COPIES]
        others = [*material.own[-1], *material.newspapers[-1][: int(NEWSPAPERS * len(material.newspapers[-1]))]]
        cases = [names_only(c) for c in (*learned, *(c for a in others for c in a))]
        start = torch.load(work / f"seed-{seed}.middle.pt")
        network = fit([cases], base, seed, start=start, rate=RATE)
        export(network, path)
    return path


def _found(document: Document, registry: Registry, weights: Path) -> Iterator[tuple[int, int, str]]:
    article = clean(Source("text", "text.md", "", Meta(), document.text, 1, "utf-8"))
    parsed = language_model.parse(article, load_config(SHIPPED / "mkdocs.yml").model)
    names, attributions = decode(parsed, score(parsed, weights))
    read = replace(parsed, entities=names, attributions=attributions)
    for actor in link(article, find_facts(article, read), registry).actors:
        for mention in actor.mentions:
            if actor.kind in KINDS and mention.how not in NO_NAMES:
                yield (*trimmed(document.text, mention.start, mention.end), KINDS[actor.kind])


def _right(document: Document) -> Spans:
    return {(*trimmed(document.text, s, e), kind) for s, e, kind in document.names or () if kind in KINDS.values()}


if __name__ == "__main__":
    sys.exit(main())
