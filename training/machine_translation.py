"""Make the weights that tell machine translations from what people wrote, and report how well they do.

    python -m training.machine_translation CORPORA [--write]

CORPORA holds mt_chinese_news.jsonl, where each article stands in three machine translations beside a human one,
polnear_train.jsonl, polnear_dev.jsonl and timebank.jsonl, which people wrote in English. The articles are halved: the
weights come from one half, the report from the other. The same corpora give the same weights.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from briefing import lexicon
from briefing.facts import machine_translation as mt
from briefing.model import Analysis
from training.corpora import read_text

RIDGE = 20.0  # weights are kept small: each half has but forty human translations
STEPS = 30  # of Newton's method; ten are enough
FOLDS = 5
HUMAN_TRANSLATION = 3.0  # counts for as much as the three machine translations of the same article
EVERY = 6  # of the articles of PolNeAR; all of them are as many as the rest together, six times
Numbers = npt.NDArray[np.float64]


class Text(NamedTuple):
    kind: str  # machine, human, english
    number: int  # of its article, the same for all translations
    half: int  # 0 to learn from, 1 to report on
    analysis: Analysis


def texts(corpora: Path) -> Iterator[Text]:
    for number, row in _rows(corpora / "mt_chinese_news.jsonl"):
        for kind, words in (("human", row["reference"]), *(("machine", words) for words in row["machine"].values())):
            yield Text(kind, number, number % 2, read_text(words))
    for number, row in _rows(corpora / "polnear_train.jsonl"):
        if number % EVERY == 0:
            yield Text("english", number // EVERY, 0, read_text(row["text"]))
    for number, row in _rows(corpora / "polnear_dev.jsonl"):
        yield Text("english", number, 1, read_text(row["text"]))
    for number, row in _rows(corpora / "timebank.jsonl"):
        yield Text("english", number, number % 2, read_text(row["text"]))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8") as file:
        yield from ((number, json.loads(line)) for number, line in enumerate(file))


def fit(rates: Numbers, machine: Numbers, count: Numbers) -> Numbers:
    """Logistic regression with a ridge; the last number is the bias."""
    rows = np.hstack([rates, np.ones((len(rates), 1))])
    ridge = np.diag([RIDGE] * rates.shape[1] + [1e-6])
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (count * (p - machine)) + ridge @ weights
        bend = (rows * (count * p * (1 - p))[:, None]).T @ rows + ridge
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--write", action="store_true", help="put the weights into briefing/data")
    options = parser.parse_args()
    learn(list(texts(options.corpora)), write=options.write)


def learn(found: list[Text], *, write: bool) -> None:
    found = [text for text in found if len(text.analysis.tokens) >= mt.MODEL.least_words]
    rates = [mt.features(text.analysis) for text in found]
    names = sorted(rates[0])
    table = np.array([[rate[name] for name in names] for rate in rates])
    machine = np.array([text.kind == "machine" for text in found], dtype=float)
    count = np.array([HUMAN_TRANSLATION if text.kind == "human" else 1.0 for text in found])
    first = np.array([text.half == 0 for text in found])
    mean, spread = table[first].mean(0).round(4), (table[first].std(0) + 1e-3).round(4)
    plain = np.clip((table - mean) / spread, -mt.CLIP, mt.CLIP)
    seen = np.array([mt.has_sign(rates_of) for rates_of in rates])

    told = np.zeros(len(found))
    fold = np.array([text.number // 2 % FOLDS for text in found])
    for number in range(FOLDS):
        held = first & (fold == number)
        weights = fit(plain[first & ~held], machine[first & ~held], count[first & ~held])
        told[held] = plain[held] @ weights[:-1] + weights[-1]
    weights = fit(plain[first], machine[first], count[first]).round(3)
    told[~first] = plain[~first] @ weights[:-1] + weights[-1]
    for label, half in (("the half learnt from, each fifth by the others", first), ("the other half", ~first)):
        print(label)
        marked = np.array([mt.is_enough(total, sign) for total, sign in zip(told, seen, strict=True)])
        print(f"  {_report(found, half & marked, half)}")
    if write:
        _write(dict(zip(names, zip(mean, spread, weights[:-1], strict=True), strict=True)), float(weights[-1]))


def _report(found: list[Text], marked: npt.NDArray[np.bool_], half: npt.NDArray[np.bool_]) -> str:
    kinds = np.array([text.kind for text in found])
    right, all_of = int((marked & (kinds == "machine")).sum()), int((half & (kinds == "machine")).sum())
    wrong = {kind: int((marked & (kinds == kind)).sum()) for kind in ("human", "english")}
    of = {kind: int((half & (kinds == kind)).sum()) for kind in wrong}
    precision = 100 * right / max(right + sum(wrong.values()), 1)
    told = ", ".join(f"{kind} {wrong[kind]} of {of[kind]}" for kind in wrong)
    return f"precision {precision:.1f}, recall {100 * right / all_of:.1f} ({right} of {all_of}); marked wrongly: {told}"


def _write(weights: dict[str, tuple[float, float, float]], bias: float) -> None:
    path = lexicon.path("machine-translation")
    kept = path.read_text(encoding="utf-8").partition("bias:")[0]
    lines = [
        f"  {json.dumps(name)}: {{mean: {mean:g}, spread: {spread:g}, weight: {weight:g}}}\n"
        for name, (mean, spread, weight) in weights.items()
    ]
    path.write_text(f"{kept}bias: {bias:g}\nweights:\n{''.join(lines)}", encoding="utf-8")


if __name__ == "__main__":
    main()
