"""The learned weights: tables of feature -> number, made by training/train_statements.py, read once.

{"cue": {"verb=say": 1.93, "has=ccomp": 1.2, ...}, "content": {...}, "speaker": {...}, ...}
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from pathlib import Path

DATA = Path(__file__).parents[2] / "data" / "statements.weights.json"

Table = Mapping[str, float]
Weights = Mapping[str, Table]


@functools.cache
def load_weights() -> Weights:
    loaded: dict[str, dict[str, float]] = json.loads(DATA.read_text(encoding="utf-8"))
    return loaded


def score(table: Table, features: Iterable[str]) -> float:
    return sum(map(table.get, features, repeat(0.0)))


def best(scores: Sequence[float]) -> tuple[int, float]:
    """The place of the highest score and how sure the choice is: its share as a logarithm, 0 for certain."""
    place = max(range(len(scores)), key=scores.__getitem__)
    top = scores[place]
    return place, -math.log(sum([math.exp(s - top) for s in scores]))
