"""`make quality`: score what the program finds in our labelled articles, and refuse a drop.

    make quality                                   the table; exit 1 if a score is below its floor
    make quality ARGS="--errors statements"        what was missed and what was found wrongly
    make quality ARGS="--update"                   raise the floors to the scores of today
    make quality ARGS="--update --allow-lower WHY"  lower a floor, with the reason written into scores.yaml
    make quality ARGS="ferry kestrel"              only the articles with these words in their labels' name

Floors count for the labelled set whose digest stands beside them in scores.yaml; after a change of labels or of a
labelled article, `--update` sets them anew.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tests.quality.scores import SCORES, floors_after, measure, problems, read_scores, table, write_scores


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("only", nargs="*", help="words in the names of labels: score these articles, without the gate")
    parser.add_argument("--errors", nargs="?", const="", metavar="KIND", help="list misses and false finds")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the measures, with every miss")
    parser.add_argument("--update", action="store_true", help="raise the floors to these scores")
    parser.add_argument("--allow-lower", metavar="WHY", help="with --update: a floor may fall, for this reason")
    chosen = parser.parse_args(arguments)

    measures = measure(chosen.only)
    kept = read_scores()
    if chosen.json:
        chosen.json.write_text(json.dumps(measures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if chosen.errors is not None:
        for kind, lists in measures["errors"].items():
            if kind.startswith(chosen.errors):
                for what in ("missed", "wrong"):
                    print("".join(f"{kind}, {what}: {line}\n" for line in lists[what]), end="")
    print(table(measures, kept))
    if chosen.only:
        return 0
    if not chosen.update:
        found = problems(measures, kept)
        print("\n".join(found), file=sys.stderr)
        return 1 if found else 0
    floors, lowered = floors_after(measures, kept)
    if lowered and not chosen.allow_lower:
        print("\n".join(lowered) + '\nGive a reason: --update --allow-lower "why"', file=sys.stderr)
        return 1
    write_scores(measures, floors, kept, chosen.allow_lower if lowered else None, lowered)
    print(f"Floors written to {SCORES.name}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
