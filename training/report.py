"""Score weights on development data: one line of JSON per weights file.

    python -m training.report WEIGHTS... --polnear DEV.jsonl --score FOLDER

FOLDER contains `score_quotes.py`, the scorer of the corpus. The own labelled articles are those of tests/quality, which
are not used for training; the whole pipeline reads them.
"""

from __future__ import annotations

import argparse
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from briefing.facts.reader import encoder
from briefing.facts.reader.decoder import decode
from briefing.facts.statements import find_statements
from briefing.model import Statement
from tests.quality.scores import measure
from training.corpora import read_text

SUBSETS = ("all", "speech", "direct", "mixed", "indirect")
OWN = ("statements", "statements: actor", "actors", "mentions", "no actor", "roles", "figures", "dates", "key facts")


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("weights", type=Path, nargs="+")
    ask.add_argument("--polnear", type=Path, required=True)
    ask.add_argument("--score", type=Path, required=True)
    asked = ask.parse_args()
    sys.path.insert(0, str(asked.score.resolve()))
    with ProcessPoolExecutor(2, max_tasks_per_child=1) as pool:
        for line in pool.map(partial(_report, polnear=asked.polnear), asked.weights):
            print(json.dumps(line), flush=True)
    return 0


def _report(weights: Path, polnear: Path) -> dict[str, Any]:
    encoder.WEIGHTS = weights  # the whole pipeline uses these
    return {"weights": weights.name, **_polnear(polnear), **_own()}


def _own() -> dict[str, Any]:
    kinds = measure()["kinds"]
    return {kind: {k: kinds[kind][k] for k in ("precision", "recall", "f1")} for kind in OWN}


def _polnear(path: Path) -> dict[str, float]:
    import score_quotes  # type: ignore[import-not-found]

    gold = score_quotes.read(path)
    found = {}
    for document in gold:
        parsed = read_text(document["text"])
        names, attributions = decode(parsed, encoder.score(parsed))
        read = replace(parsed, entities=names, attributions=attributions)
        found[document["doc_id"]] = [_quote(s) for s in find_statements(read)]
    scores, _ = score_quotes.score(gold, found)
    return {f"joint {subset}": scores[subset]["joint"]["F1"] for subset in SUBSETS}


def _quote(statement: Statement) -> dict[str, Any]:
    speaker, cue = statement.speaker, statement.cue
    return {
        "content": [[c.start, c.end] for c in statement.content],
        "source": [[speaker.start, speaker.end]] if speaker else None,
        "cue": [[cue.start, cue.end]] if cue else None,
    }


if __name__ == "__main__":
    sys.exit(main())
