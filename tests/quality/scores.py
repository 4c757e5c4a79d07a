"""The labelled set -> measures; measures and scores.yaml -> what fell below its floor.

    measure()["kinds"]["figures"]   # {"precision": 94.1, "recall": 90.2, "f1": 92.1, "right": 83, "asked": 92, ...}

A kind with no precision (was the title's basis right, which must-have sentences are among the key facts) has its
recall for a score. `scores.yaml` is committed and is what the archive's quality page shows.

Machine translations are read where their corpus lies beside the project; elsewhere their floor is not asked for.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import yaml

from briefing import pipeline
from briefing.config import Config, load_config
from briefing.pipeline.workspace import open_workspace
from briefing.site import facts_json
from tests.quality.labels import HERE, ROOT, digest, label_files, read_gold, source_of
from tests.quality.match import Tally, compare
from training.translations import count_all, reached

TRANSLATED = ROOT.parent / "shared" / "corpora" / "mt_chinese_news.jsonl"
TRANSLATIONS = "translations"  # with as many statements as the human translation beside them
SCORES = HERE / "scores.yaml"
PUBLIC = HERE / "public.yaml"
SLACK = 0.5  # points below a score at which its floor is pinned: one borderline find should not stop everybody


def measure(only: Sequence[str] = (), *, config: Path = ROOT / "mkdocs.yml") -> dict[str, Any]:
    """Run the pipeline over the labelled articles and compare: measures by kind, with every miss and false find."""
    labels = [p for p in label_files() if not only or any(word in p.name for word in only)]
    paths = [ROOT / source_of(p) for p in labels]
    kinds: dict[str, Tally] = {}
    articles: dict[str, dict[str, Any]] = {}
    for label, briefing in zip(labels, pipeline.facts(load_config(config), paths), strict=True):
        facts = facts_json.to_object(briefing)
        tallies = compare(read_gold(label, facts["text"]), facts)
        articles[label.stem] = {kind: _numbers(tally) for kind, tally in tallies.items()}
        for kind, tally in tallies.items():
            tally.missed = [f"[{label.stem}] {line}" for line in tally.missed]
            tally.wrong = [f"[{label.stem}] {line}" for line in tally.wrong]
            kinds.setdefault(kind, Tally()).add(tally)
    if TRANSLATED.is_file() and not only:
        kinds[TRANSLATIONS] = _translations(load_config(config))
    return {
        "digest": digest(),
        "articles": len(labels),
        "kinds": {kind: _numbers(tally) for kind, tally in kinds.items()},
        "by_article": articles,
        "errors": {
            kind: {"missed": list(dict.fromkeys(tally.missed)), "wrong": list(dict.fromkeys(tally.wrong))}
            for kind, tally in kinds.items()
        },
    }


def _translations(config: Config) -> Tally:
    tally = Tally(recall_only=True)
    with closing(open_workspace(config, [])) as workspace:
        for name, (reference, *machine) in count_all(TRANSLATED, workspace).items():
            for found in machine:
                if reached(reference, found):
                    tally.right += 1
                else:
                    tally.missed.append(f"[{name}] {found} statements, not {reference}")
    return tally


def _numbers(tally: Tally) -> dict[str, Any]:
    asked, given = tally.right + len(tally.missed), tally.right + len(tally.wrong)
    recall = _percent(tally.right, asked)
    precision = None if tally.recall_only else _percent(tally.right, given)
    f1 = recall if tally.recall_only else _percent(2 * tally.right, asked + given)
    return {"precision": precision, "recall": recall, "f1": f1, "right": tally.right, "asked": asked, "given": given}


def _percent(part: int, whole: int) -> float | None:
    """None where there was nothing to find and nothing was found."""
    return round(100 * part / whole, 1) if whole else None


# --- floors -----------------------------------------------------------------------------------


def read_scores(path: Path = SCORES) -> dict[str, Any]:
    return (yaml.safe_load(path.read_text(encoding="utf-8")) or {}) if path.is_file() else {}


def write_scores(
    measures: dict[str, Any],
    floors: dict[str, float],
    kept: dict[str, Any],
    reason: str | None,
    lowered: list[str],
    path: Path = SCORES,
) -> None:
    history = kept.get("lowered", []) + ([{"why": reason, "what": lowered}] if reason else [])
    data = {
        "digest": measures["digest"],
        "articles": measures["articles"],
        "scores": {k: n for k, n in kept.get("scores", {}).items() if k == TRANSLATIONS} | measures["kinds"],
        "floors": floors,
        "lowered": history,
    }
    head = '# Written by `make quality ARGS="--update"`; the quality page shows it. Do not edit by hand.\n'
    path.write_text(head + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110), encoding="utf-8")


def floors_after(measures: dict[str, Any], kept: dict[str, Any]) -> tuple[dict[str, float], list[str]]:
    """The floors that an update would write, and those that would fall by it."""
    old: dict[str, float] = kept.get("floors", {})
    unread = {TRANSLATIONS: old[TRANSLATIONS]} if TRANSLATIONS in old and TRANSLATIONS not in measures["kinds"] else {}
    new = unread | {
        kind: max(0.0, math.floor(10 * (n["f1"] - SLACK)) / 10)
        for kind, n in measures["kinds"].items()
        if n["f1"] is not None
    }
    for kind, floor in old.items():
        if kind not in unread and kind in new and new[kind] < floor <= measures["kinds"][kind]["f1"]:
            new[kind] = floor  # within the slack: the floor stays where it is
    lowered = [
        f"{kind}: floor {floor} -> {new.get(kind, 'none')}" for kind, floor in old.items() if new.get(kind, -1) < floor
    ]
    return new, lowered


def problems(measures: dict[str, Any], kept: dict[str, Any]) -> list[str]:
    """Why the gate is shut; empty when all is well."""
    if not kept:
        return ["No floors yet: make quality ARGS=--update"]
    if kept["digest"] != measures["digest"]:
        return ["The labelled set has changed since the floors were pinned: make quality ARGS=--update"]
    return [
        f"{kind}: {measures['kinds'].get(kind, {}).get('f1')} is below its floor of {floor}"
        for kind, floor in kept["floors"].items()
        if (kind in measures["kinds"] or kind != TRANSLATIONS)
        and (measures["kinds"].get(kind, {}).get("f1") or 0.0) < floor
    ]


def table(measures: dict[str, Any], kept: dict[str, Any]) -> str:
    """The measures for people: a line a kind."""
    lines = [f"{measures['articles']} articles, set {measures['digest']}"]
    lines.append(f"{'':22}{'precision':>10}{'recall':>10}{'F1':>8}{'floor':>8}{'right':>8}{'asked':>8}{'given':>8}")
    for kind, n in measures["kinds"].items():
        cells = [n["precision"], n["recall"], n["f1"], kept.get("floors", {}).get(kind)]
        shown = [f"{'-' if c is None else c:>{width}}" for c, width in zip(cells, (10, 10, 8, 8), strict=True)]
        given = "-" if n["precision"] is None else n["given"]
        lines.append(f"{kind:22}{''.join(shown)}{n['right']:>8}{n['asked']:>8}{given:>8}")
    return "\n".join(lines)
