"""Logistic regression and ranking over named binary features: numpy, no chance, no order of a set.

The same cases give the same weights: fixed order, full-batch steps, a fixed number of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

STEPS = 120
RATE = 0.1
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


class Table:
    """Rows of named features as columns of numbers; rare features are left out."""

    def __init__(self, rows: Sequence[Sequence[str]], least: int) -> None:
        counts = Counter(f for row in rows for f in row)
        self.names = sorted(f for f, n in counts.items() if n >= least)
        number = {f: i for i, f in enumerate(self.names)}
        kept = [[number[f] for f in row if f in number] for row in rows]
        self.row: Whole = np.repeat(np.arange(len(kept)), [len(k) for k in kept])
        self.column: Whole = np.array([c for k in kept for c in k], dtype=np.int64)
        self.size = len(kept)

    def scores(self, weights: Floats) -> Floats:
        return np.bincount(self.row, weights[self.column], minlength=self.size)

    def gradient(self, errors: Floats) -> Floats:
        return np.bincount(self.column, errors[self.row], minlength=len(self.names))

    def named(self, weights: Floats, digits: int = 3) -> dict[str, float]:
        return {n: round(float(w), digits) for n, w in zip(self.names, weights, strict=True) if round(float(w), digits)}


def adam(table: Table, error: object, penalty: float, steps: int = STEPS) -> Floats:
    weights = np.zeros(len(table.names))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        gradient = table.gradient(error(table.scores(weights))) + penalty * weights  # type: ignore[operator]
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        rate = RATE * (1 - step / (steps + 1))
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def fit_yes_no(
    rows: Sequence[Sequence[str]], labels: Sequence[bool], least: int = 5, penalty: float = 1.0
) -> dict[str, float]:
    table = Table(rows, least)
    truth = np.array(labels, dtype=float)
    weights = adam(table, lambda s: 1 / (1 + np.exp(-s)) - truth, penalty)
    return table.named(weights)


def fit_choice(
    groups: Sequence[Sequence[Sequence[str]]], right: Sequence[Sequence[float]], least: int = 5, penalty: float = 1.0
) -> dict[str, float]:
    """Weights by which the right row of each group scores highest; `right` shares one unit among a group's rows."""
    rows = [row for group in groups for row in group]
    table = Table(rows, least)
    truth = np.array([share for group in right for share in group])
    group_of = np.repeat(np.arange(len(groups)), [len(g) for g in groups])
    starts = np.cumsum([0, *(len(g) for g in groups)])[:-1]

    def error(scores: Floats) -> Floats:
        power = np.exp(scores - np.maximum.reduceat(scores, starts)[group_of])
        return power / np.add.reduceat(power, starts)[group_of] - truth

    return table.named(adam(table, error, penalty))
