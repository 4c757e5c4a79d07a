"""The learned weights: tables of feature -> number, made by training/train_statements.py, read once.

{"cue": {"verb=say": 1.93, "has=ccomp": 1.2, ...}, "content": {...}, "speaker": {...}, ...}

Features come in parts (see `feature_parts`); what a part is worth is added up when it is first met.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from pathlib import Path

from briefing.facts.feature_parts import Kept, Part

DATA = Path(__file__).parents[2] / "data" / "statements.weights.json"


class Table(dict[str, int]):
    """What each feature adds to a score, in hundredths: whole numbers, whose sum no order of features changes."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__((feature, round(weight * 100)) for feature, weight in weights.items())
        self._worth = Kept(self.hundredths)

    def score(self, parts: Iterable[Part]) -> float:
        return sum(map(self._worth.__getitem__, parts)) / 100

    def score_of(self, features: Iterable[str]) -> float:
        return self.hundredths(features) / 100

    def hundredths(self, features: Iterable[str]) -> int:
        return sum(map(self.get, features, repeat(0)))


Weights = Mapping[str, Table]


@functools.cache
def load_weights() -> Weights:
    loaded: dict[str, dict[str, float]] = json.loads(DATA.read_text(encoding="utf-8"))
    return {name: Table(weights) for name, weights in loaded.items()}


def best(scores: Sequence[float]) -> tuple[int, float]:
    """The place of the highest score and how sure the choice is: its share as a logarithm, 0 for certain."""
    top = max(scores)
    return scores.index(top), -math.log(sum([math.exp(s - top) for s in scores]))
