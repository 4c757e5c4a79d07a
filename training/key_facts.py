"""Fit the weights of key facts on labelled sentences, and measure the lists that come of them.

    python -m training.key_facts          how many lists an editor would leave as they are
    python -m training.key_facts --fit    write briefing/data/key_facts.yaml, then measure

In:  tests/quality/key_facts.yaml, articles with a mark before each sentence that may be on the list:

    {!} must be there; the first key fact is one of these     {+} may be there
    {>} only behind the sentence before it                    {(} only with the sentence behind it

     and the labels of tests/quality/labels. Articles with `held_out: true` are measured and never fitted.

`value` is a logistic regression: would an editor keep the sentence? `news` is a conditional logit: which sentence of
its article is the news? Sentences of our own labels weigh more, since only some of them are labelled.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from briefing.clean import clean
from briefing.config import load_config
from briefing.content.sources import read_source
from briefing.facts import find_facts, reader
from briefing.facts.key_facts.candidates import Candidates
from briefing.facts.tokens import read_tree
from briefing.lexicon import path
from briefing.model import Analysis, Article, KeyFact, Meta, Reading, Source
from tests.quality.labels import HERE, ROOT, label_files, read_gold, source_of

MARKED = HERE / "key_facts.yaml"
MARK = re.compile(r"\{([!+>(]+)\}")
NEWS, KEPT, STRUCK = 2, 1, 0
OWN = 6.0  # weight of a sentence of our own labels
RIDGE = 2.0  # of the logistic regression
RIDGE_NEWS, STEPS, RATE = 0.5, 1500, 0.05


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article with its labels: what an editor would say of sentence n, and how it may be cited."""

    group: str  # "own", "written", "held out", "trial"
    article: Article
    analysis: Analysis
    reading: Reading
    labels: dict[int, int]  # NEWS, KEPT or STRUCK; a sentence that only another explains is in none
    marks: dict[int, str]


@dataclass(slots=True)
class Count:
    """Lists that an editor would leave as they are, of all lists."""

    unchanged: int = 0
    lists: int = 0


def read_marked(model: str) -> Iterator[Labelled]:
    """Yield the marked articles."""
    for number, case in enumerate(yaml.safe_load(MARKED.read_text(encoding="utf-8"))):
        article = clean(_source(MARK.sub("", case["text"]), f"marked-{number}"))
        analysis = reader.analyse(article, model)
        reading = find_facts(article, analysis)
        marks = _marks(article.text, case["text"], reading)
        labels = {n: STRUCK for n in range(len(reading.sentences)) if n not in marks}
        labels |= {n: NEWS if m == "!" else KEPT for n, m in marks.items() if m in ("!", "+", "!>", "(+")}
        group = "held out" if case.get("held_out") else "trial" if case["style"] == "trial" else "written"
        yield Labelled(group, article, analysis, reading, labels, marks)


def _source(text: str, name: str) -> Source:
    return Source(id=name, path=f"{name}.md", sha256="0" * 64, meta=Meta(), body=text, body_line=1, encoding="utf-8")


def _marks(text: str, marked: str, reading: Reading) -> dict[int, str]:
    """Return the mark of each sentence that has one. Cleaning may change white space and leave out lines."""
    places = [i for i, c in enumerate(text) if not c.isspace()]
    bare, at, found = "".join(text[i] for i in places), 0, dict[int, str]()
    for mark in MARK.finditer(marked):
        words = "".join(MARK.sub("", marked[mark.end() : mark.end() + 60]).split())[:25]
        at = bare.index(words, at) + 1
        found[next(n for n, s in enumerate(reading.sentences) if s.end > places[at - 1])] = mark[1]
    return found


def read_own(model: str) -> Iterator[Labelled]:
    """Yield the articles of tests/quality/labels; not all of their sentences are labelled."""
    for file in label_files():
        article = clean(read_source(ROOT / source_of(file), file.stem))
        analysis = reader.analyse(article, model)
        reading, gold = find_facts(article, analysis), read_gold(file, article.text)
        labels = {}
        for label, places in ((STRUCK, gold.dropped), (KEPT, gold.key_facts), (NEWS, gold.news)):
            starts = {place[0] for place in places}
            labels |= {n: label for n, s in enumerate(reading.sentences) if any(s.start <= p < s.end for p in starts)}
        yield Labelled("own", article, analysis, reading, labels, {})


def complaints(one: Labelled) -> list[str]:
    """Return what an editor would change on the list of a marked article."""
    sentences, found = one.reading.sentences, list[str]()
    cited = [[n for n, s in enumerate(sentences) if s.start < f.end and f.start < s.end] for f in one.reading.key_facts]
    for fact, here in zip(one.reading.key_facts, cited, strict=True):
        mark = one.marks.get(here[0], "")
        alone = mark in ("!", "+", "(+") or ("(" in mark and len(here) > 1)
        if not alone or not all(n in one.marks for n in here):
            found.append(f"strike: {_words(one.article, fact)}")
    wanted = {n for n, mark in one.marks.items() if "!" in mark}
    missing = wanted - {n for here in cited for n in here}
    found += [f"add: {one.article.text[sentences[n].start : sentences[n].end][:80]}" for n in missing]
    if cited and wanted and not wanted & set(cited[0]):
        found.append(f"not the news: {_words(one.article, one.reading.key_facts[0])}")
    return found if cited else [*found, "no list"]


def _words(article: Article, fact: KeyFact) -> str:
    return " ".join(article.text[fact.start : fact.end].split())[:80]


def measure(model: str) -> tuple[dict[str, Count], list[str]]:
    """Return the counts of lists by group of marked articles, and every complaint."""
    counts, told = dict[str, Count](), list[str]()
    for one in read_marked(model):
        found = complaints(one)
        count = counts.setdefault(one.group, Count())
        count.lists += 1
        count.unchanged += not found
        told += [f"[{one.group}] {one.article.title.value[:40]}: {line}" for line in found]
    return counts, told


# --- the fit ----------------------------------------------------------------------------------

Rows = list[tuple[dict[str, float], int]]


def _rows(one: Labelled) -> Rows:
    """Return the features and labels of the sentences that may stand alone."""
    candidates = Candidates(one.article, one.analysis, one.reading, read_tree(one.analysis))
    return [(f, one.labels[n]) for n, f in candidates.features_of_sentences() if n in one.labels]


def fit(articles: list[tuple[str, Rows]]) -> dict[str, dict[str, float]]:
    """Return the two tables of weights, to one decimal."""
    names = ["all", *sorted({name for _, rows in articles for f, _ in rows for name in f} - {"all"})]
    tables = [np.array([[f.get(name, 0.0) for name in names] for f, _ in rows]) for _, rows in articles]
    labels = [np.array([label for _, label in rows]) for _, rows in articles]
    weights = np.concatenate([np.full(len(r), OWN if group == "own" else 1.0) for group, r in articles])
    value = _logistic(np.vstack(tables), np.concatenate(labels) > STRUCK, weights)
    news = _choice([(x, y == NEWS) for x, y in zip(tables, labels, strict=True) if NEWS in y])
    rounded = ({n: round(float(w), 1) for n, w in zip(names, found, strict=True)} for found in (value, news))
    return dict(zip(("value", "news"), ({n: w for n, w in t.items() if w} for t in rounded), strict=True))


def _logistic(x: np.ndarray, y: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Newton's method; the first column is the intercept, which is not held small."""
    ridge = np.full(x.shape[1], RIDGE)
    ridge[0] = 1e-3
    found = np.zeros(x.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ found))
        slope = x.T @ (weights * (y - p)) - ridge * found
        found += np.linalg.solve((x * (weights * p * (1 - p))[:, None]).T @ x + np.diag(ridge), slope)
    return found


def _choice(articles: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """The likeliest weights by which one of the news sentences is taken from each article (Adam's method)."""
    found = mean = square = np.zeros(articles[0][0].shape[1])
    for step in range(1, STEPS + 1):
        slope = -RIDGE_NEWS * found
        for x, y in articles:
            p = np.exp(x @ found - (x @ found).max())
            slope = slope + x.T @ (p * y / (p * y).sum() - p / p.sum())
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        found = found + RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return found


def write(weights: dict[str, dict[str, float]], file: Path) -> None:
    """Put the fitted tables into the data file; its head and the list of what is unsound stay."""
    old = file.read_text(encoding="utf-8")
    head, rest = old.split("\nvalue:", 1)
    dumped = (yaml.safe_dump({n: t}, sort_keys=False, width=110, default_flow_style=None) for n, t in weights.items())
    text = "".join(dumped)
    file.write_text(f"{head}\n{text}# Of a sentence" + rest.split("# Of a sentence", 1)[1], encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.key_facts", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--fit", action="store_true", help="fit the weights and write them; measure with a second run")
    model = load_config(ROOT / "mkdocs.yml").model
    if parser.parse_args().fit:
        articles = [(a.group, _rows(a)) for a in (*read_own(model), *read_marked(model)) if a.group != "held out"]
        write(fit([(group, rows) for group, rows in articles if rows]), path("key_facts"))
        return
    counts, told = measure(model)
    print("\n".join(told))
    for group, count in counts.items():
        print(f"{group}: {count.unchanged} of {count.lists} lists unchanged")


if __name__ == "__main__":
    main()
