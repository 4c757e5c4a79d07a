"""The learned weights: tables of feature -> number, made by training/train_statements.py, read once.

{"cue": {"verb=say": 1.93, "has=ccomp": 1.2, ...}, "content": {...}, "speaker": {...}, ...}

Features come in parts: a function and the values that it puts into words (see `features`). What a part is worth is
added up when it is first met and then kept, so a feature seldom has to be spelled.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[2] / "data" / "statements.weights.json"
MOST_KEPT = 50_000  # parts of one table: cues are words of the text, of which there is no end

Part = tuple[Any, ...]  # (write, *values), where write(*values) gives the names of features


class Table(dict[str, int]):
    """What each feature adds to a score, in hundredths: whole numbers, whose sum no order of features changes."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__((feature, round(weight * 100)) for feature, weight in weights.items())
        self._worth = _Worth(self)

    def score(self, parts: Iterable[Part]) -> float:
        return sum(map(self._worth.__getitem__, parts)) / 100

    def score_of(self, features: Iterable[str]) -> float:
        return self.hundredths(features) / 100

    def hundredths(self, features: Iterable[str]) -> int:
        return sum(map(self.get, features, repeat(0)))


class _Worth(dict[Part, int]):
    """What each part adds to a score of its table, added up when it is asked for the first time."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.table = table

    def __missing__(self, part: Part) -> int:
        if len(self) >= MOST_KEPT:
            self.clear()
        write, *values = part
        worth = self[part] = self.table.hundredths(write(*values))
        return worth


Weights = Mapping[str, Table]


@functools.cache
def load_weights() -> Weights:
    loaded: dict[str, dict[str, float]] = json.loads(DATA.read_text(encoding="utf-8"))
    return {name: Table(weights) for name, weights in loaded.items()}


def best(scores: Sequence[float]) -> tuple[int, float]:
    """The place of the highest score and how sure the choice is: its share as a logarithm, 0 for certain."""
    place = max(range(len(scores)), key=scores.__getitem__)
    top = scores[place]
    return place, -math.log(sum([math.exp(s - top) for s in scores]))
