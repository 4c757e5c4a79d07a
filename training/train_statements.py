"""Learn the weights of briefing/facts/statements from articles in which people marked who said what.

usage: python training/train_statements.py CORPUS.jsonl [--without PUBLISHER,...] [--out FILE]

CORPUS is PolNeAR as JSON lines (see gold.py). The same corpus gives the same file, byte for byte. What is
kept are feature names and numbers, no sentence of the corpus. Needs numpy; the program itself does not.

The tables are learned one after the other, each from the choices that those before it make. `accept` judges
those choices, so it must see them as unsure as they are on new text: each half of the corpus is judged with
tables learned from the other half.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from fit import fit_choice, fit_yes_no  # noqa: E402
from gold import Gold, letters, likeness, read_gold  # noqa: E402

from briefing.analyse import analyse  # noqa: E402
from briefing.clean import clean  # noqa: E402
from briefing.config import load_config  # noqa: E402
from briefing.facts.feature_parts import Part, spelled  # noqa: E402
from briefing.facts.statements import drafts as making  # noqa: E402
from briefing.facts.statements import free  # noqa: E402
from briefing.facts.statements.contents import Content, find_contents  # noqa: E402
from briefing.facts.statements.cues import Cue, find_cues  # noqa: E402
from briefing.facts.statements.features import (  # noqa: E402
    content_features,
    cue_features,
    speaker_features,
    voice,
)
from briefing.facts.statements.page import Page, read_page  # noqa: E402
from briefing.facts.statements.speakers import Candidate, find_speakers  # noqa: E402
from briefing.facts.statements.standing import settle  # noqa: E402
from briefing.facts.statements.weights import DATA, Table, Weights  # noqa: E402
from briefing.model import Meta, Source  # noqa: E402

LEAST = 8  # a feature seen more rarely is left out: it would fit the corpus, not the language
PENALTIES = {"cue": 2.0, "content": 2.0, "speaker": 2.0, "accept": 4.0, "free speaker": 2.0, "free accept": 2.0}
COMMON = 150  # cue words marked more often speak for themselves; rarer ones also lend their cases to their group
WORD = re.compile(r"\b(?:verb|noun|adjective)=")
NEARLY = 0.02  # contents whose reward is this near to the best are as good
HALF = 0.5  # share of letters from which two contents count as one
MARGIN = 0.5  # learned from too: cues a little less likely than those that are looked at
SMALL = 0.08  # weights nearer to nothing are left out


@dataclass(slots=True)
class Case:
    """A cue of the corpus with what people marked for it."""

    cue: Cue
    form: str
    features: list[Part]
    golds: list[Gold]
    contents: list[Content] = field(default_factory=list)
    rewards: list[float] = field(default_factory=list)
    marked: bool = False
    rows: list[list[str]] = field(default_factory=list)  # names of the features of each content


@dataclass(slots=True)
class Marked:
    """An article of the corpus."""

    publisher: str
    page: Page
    golds: list[Gold]
    cases: list[Case]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("corpus", type=Path)
    ask.add_argument("--without", default="", help="publishers to leave out, to test on them")
    ask.add_argument("--out", type=Path, default=DATA)
    asked = ask.parse_args()
    left_out = set(asked.without.split(","))
    articles = [a for a in read_corpus(asked.corpus) if a.publisher not in left_out]
    write(learn(articles), asked.out)


def write(weights: Weights, path: Path) -> None:
    tables = {name: {f: n / 100 for f, n in sorted(table.items())} for name, table in weights.items()}
    path.write_text(json.dumps(tables, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def read_corpus(path: Path) -> list[Marked]:
    model = load_config(HERE.parent / "mkdocs.yml").model
    found = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            article = clean(Source(document["doc_id"], "", "", Meta(language="en"), document["text"], 1, "utf-8"))
            if article.text == document["text"]:  # else the places that people marked would not fit
                found.append(mark(document, read_page(analyse(article, model))))
    return found


def mark(document: dict[str, Any], page: Page) -> Marked:
    golds = read_gold(document, page.analysis)
    owners: dict[int, list[Gold]] = {}
    for gold in golds:
        for token in gold.cue:
            owners.setdefault(token, []).append(gold)
    cases = []
    best: dict[int, tuple[float, Case]] = {}
    for cue in find_cues(page):
        if cue.kind == "tail":  # decided without weights
            continue
        form = voice(page, cue)
        case = Case(cue, form, cue_features(page, cue, form), owners.get(cue.head, []))
        cases.append(case)
        if not case.golds:
            continue
        case.contents = find_contents(page, cue.head, cue.last)
        pieces = [p for g in case.golds for p in g.pieces]
        case.rewards = [reward(page, c, pieces) for c in case.contents]
        top = max(case.rewards, default=0.0)
        for gold in case.golds:
            if top > 0 and (id(gold) not in best or top > best[id(gold)][0]):
                best[id(gold)] = (top, case)
    for _, case in best.values():
        case.marked = True
    return Marked(document.get("publisher", ""), page, golds, cases)


def reward(page: Page, content: Content, pieces: Iterable[frozenset[int]]) -> float:
    """How much of what people marked a content finds: each piece that hits counts its likeness, others cost."""
    pieces = list(pieces)
    total = 0.0
    for mine in content_letters(page, content):
        near = max((likeness(mine, p) for p in pieces), default=0.0)
        total += near if near >= HALF else -HALF
    return total


def content_letters(page: Page, content: Content) -> list[frozenset[int]]:
    text, tokens = page.analysis.text, page.tokens
    return [letters(text, [(tokens[a].start, tokens[b - 1].end)]) for a, b in content.ranges]


def learn(articles: list[Marked]) -> dict[str, Table]:
    weights = choices(articles)
    halves = (articles[0::2], articles[1::2])
    common = common_words(articles)
    rows: list[list[str]] = []
    labels: list[bool] = []
    others = [choices(halves[1]), choices(halves[0])]
    for half, other in zip(halves, others, strict=True):
        for article in half:
            for cue, features, label in judged(article, other):
                for row in with_and_without_word(features, cue, common):
                    rows.append(row)
                    labels.append(label)
    weights["accept"] = fit("accept", rows, labels)
    free_rows: list[list[list[str]]] = []
    free_right: list[list[float]] = []
    for half, other in zip(halves, others, strict=True):
        other["accept"] = weights["accept"]
        for article in half:
            for group, right in free_choices(article, other):
                free_rows.append(group)
                free_right.append(right)
    weights["free speaker"] = small(fit_choice(free_rows, free_right, LEAST, PENALTIES["free speaker"]))
    rows, labels = [], []
    for half, other in zip(halves, others, strict=True):
        other["free speaker"] = weights["free speaker"]
        for article in half:
            for features, label in free_judged(article, other):
                rows.append(features)
                labels.append(label)
    weights["free accept"] = fit("free accept", rows, labels)
    return weights


def common_words(articles: list[Marked]) -> frozenset[str]:
    counts = Counter(c.cue.word for a in articles for c in a.cases if c.marked)
    return frozenset(w for w, n in counts.items() if n > COMMON)


def with_and_without_word(features: list[str], cue: Cue, common: frozenset[str]) -> list[list[str]]:
    """A case as it is and, for a rare cue, as if its word were new: so that groups learn to stand in for words."""
    if cue.word in common:
        return [features]
    return [features, [f for f in features if not WORD.search(f)]]


def fit(name: str, rows: list[list[str]], labels: list[bool]) -> Table:
    return small(fit_yes_no(rows, labels, LEAST, PENALTIES[name]))


def small(table: dict[str, float]) -> Table:
    return Table({k: v for k, v in table.items() if abs(v) >= SMALL})


def choices(articles: list[Marked]) -> dict[str, Table]:
    """The tables that propose: cue, content, speaker."""
    cases = [(a, c) for a in articles for c in a.cases]
    common = common_words(articles)
    pairs = [(row, c.marked) for _, c in cases for row in with_and_without_word(spelled(c.features), c.cue, common)]
    weights = {"cue": fit("cue", [row for row, _ in pairs], [label for _, label in pairs])}
    groups: list[list[list[str]]] = []
    right: list[list[float]] = []
    marked = [(a, c) for a, c in cases if c.marked]
    for article, case in marked:
        case.rows = case.rows or [
            spelled(content_features(article.page, case.cue, x, case.form)) for x in case.contents
        ]
        groups_of(
            case.rows, shares([r >= max(case.rewards) - 0.02 for r in case.rewards]), case.cue, common, groups, right
        )
    weights["content"] = small(fit_choice(groups, right, LEAST, PENALTIES["content"]))
    groups, right = [], []
    for article, case in marked:
        content, _ = making.choose_content(article.page, _likely(case), case.contents, weights["content"])
        candidates = making.outside(find_speakers(article.page, case.cue), content)
        hits = [any(names(s, g) for g in case.golds) for s in candidates]
        if any(hits):
            rows = [spelled(speaker_features(article.page, case.cue, content, s, case.form)) for s in candidates]
            groups_of(rows, shares(hits), case.cue, common, groups, right)
    weights["speaker"] = small(fit_choice(groups, right, LEAST, PENALTIES["speaker"]))
    return weights


def groups_of(
    rows: Sequence[list[str]],
    share: list[float],
    cue: Cue,
    common: frozenset[str],
    groups: list[list[list[str]]],
    right: list[list[float]],
) -> None:
    """Add the alternatives of one case, and once more without its word where that is rare."""
    forms = [with_and_without_word(row, cue, common) for row in rows]
    for k in range(len(forms[0])):
        groups.append([f[k] for f in forms])
        right.append(share)


def _likely(case: Case, total: float = 0.0) -> making.Likely:
    return making.Likely(case.cue, case.form, case.features, total)


def shares(hits: list[bool]) -> list[float]:
    return [hit / sum(hits) for hit in hits]


def names(speaker: Candidate, gold: Gold) -> bool:
    """Does the speaker cover the head of the gold one, or are both nobody?"""
    if speaker.head is None:
        return not gold.source
    return any(speaker.first <= i < speaker.last for i in gold.source)


def judged(article: Marked, weights: Weights) -> Iterable[tuple[Cue, list[str], bool]]:
    for case in article.cases:
        total = weights["cue"].score(case.features)
        if total <= making.UNLIKELY - MARGIN:
            continue
        contents = case.contents or find_contents(article.page, case.cue.head, case.cue.last)
        if not contents:
            continue
        likely = _likely(case, total)
        content, sure_content = making.choose_content(article.page, likely, contents, weights["content"])
        speaker, sure_speaker = making.choose_speaker(article.page, likely, content, weights["speaker"])
        features = making.draft_features(article.page, likely, content, speaker, sure_content, sure_speaker)
        yield case.cue, spelled(features), is_right(article, content, speaker)


def is_right(article: Marked, content: Content, speaker: Candidate) -> bool:
    for mine in content_letters(article.page, content):
        for gold in article.golds:
            if (not gold.source or names(speaker, gold)) and any(likeness(mine, p) >= HALF for p in gold.pieces):
                return True
    return False


def free_cases(article: Marked, weights: Weights) -> Iterable[tuple[Any, Content, list[Candidate], list[free.Said]]]:
    cued = settle(article.page, making.find_drafts(article.page, find_cues(article.page), weights))
    said = sorted((free.as_said(article.page, d) for d in cued), key=free.PLACE)
    covered = free.cover(article.page, cued)
    for quote in article.page.quotes:
        first, last = free.trim(article.page, quote.first, quote.last)
        if first < last and not free.is_covered(covered, first, last):
            content = Content("free", ((first, last),))
            candidates = free.free_speakers(article.page, quote, said)
            yield quote, content, candidates, said
            for candidate in candidates:  # later quotations are carried on from the right speaker
                if candidate.head is not None and is_right(article, content, candidate):
                    draft = making.Draft(None, content, candidate, "free", 0.0)
                    said = sorted([*said, free.as_said(article.page, draft)], key=free.PLACE)
                    break


def free_choices(article: Marked, weights: Weights) -> Iterable[tuple[list[list[str]], list[float]]]:
    for quote, content, candidates, _ in free_cases(article, weights):
        hits = [is_right(article, content, c) for c in candidates]
        if any(hits) and not all(hits):
            yield [free.speaker_features(article.page, quote, c) for c in candidates], shares(hits)


def free_judged(article: Marked, weights: Weights) -> Iterable[tuple[list[str], bool]]:
    for quote, content, candidates, said in free_cases(article, weights):
        place, sure = free.best(
            [weights["free speaker"].score_of(free.speaker_features(article.page, quote, c)) for c in candidates]
        )
        features = free.quote_features(article.page, quote, candidates[place], said, sure)
        yield features, is_right(article, content, candidates[place])


if __name__ == "__main__":
    main()
