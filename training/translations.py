"""Compare the number of statements found in machine translations and in a human translation of the same article.

    python -m training.translations CORPUS.jsonl [--each]

CORPUS has one JSON object per line: {"doc_id", "reference": text, "machine": {system: text, ...}}. Statements are
counted, not matched, because these texts are not labelled. A translation reaches the reference with 85 % of its
statements; with five or fewer, all are needed.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent)]

from briefing.clean import clean  # noqa: E402
from briefing.config import load_config  # noqa: E402
from briefing.facts.reader import analyse  # noqa: E402
from briefing.facts.statements import find_statements  # noqa: E402
from briefing.model import Meta, Source  # noqa: E402

SHARE = 0.85


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("corpus", type=Path)
    ask.add_argument("--each", action="store_true", help="print the counts of each article")
    asked = ask.parse_args()
    counts = {}
    with asked.corpus.open(encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            texts = [article["reference"], *article["machine"].values()]
            counts[article["doc_id"]] = [statements(text) for text in texts]
    if asked.each:
        for name, (reference, *machine) in counts.items():
            print(f"{name}\t{reference}\t{machine}")
    print(summary(list(counts.values())))


def statements(text: str) -> int:
    model = load_config(HERE.parent / "mkdocs.yml").model
    return len(find_statements(analyse(clean(Source("text", "", "", Meta(language="en"), text, 1, "utf-8")), model)))


def summary(counts: list[list[int]]) -> str:
    """Summarise the counts of each article, the reference first, in four lines."""
    reached = [[m >= SHARE * reference for m in machine] for reference, *machine in counts]
    mean = sum(sum(machine) / len(machine) >= SHARE * reference for reference, *machine in counts)
    total = sum(reference for reference, *_ in counts)
    found = sum(sum(machine) / len(machine) for _, *machine in counts)
    return "\n".join(
        (
            f"articles: {len(counts)}; statements: reference {total}, machine translations {found:.0f} on average",
            f"reached in all translations: {sum(map(all, reached))} articles",
            f"reached by their mean: {mean} articles",
            f"reached, translation by translation: {sum(map(sum, reached))} of {sum(map(len, reached))}",
        )
    )


if __name__ == "__main__":
    main()
