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
from contextlib import closing
from pathlib import Path

from briefing.clean import clean
from briefing.config import load_config
from briefing.facts.statements import find_statements
from briefing.lexicon import SHIPPED
from briefing.model import Meta, Source
from briefing.pipeline.article import analyse
from briefing.pipeline.workspace import Workspace, open_workspace

SHARE = 0.85


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("corpus", type=Path)
    ask.add_argument("--each", action="store_true", help="print the counts of each article")
    asked = ask.parse_args()
    config = load_config(SHIPPED / "mkdocs.yml")
    with closing(open_workspace(config, [])) as workspace:
        counts = count_all(asked.corpus, workspace)
    if asked.each:
        for name, (reference, *machine) in counts.items():
            print(f"{name}\t{reference}\t{machine}")
    print(summary(list(counts.values())))
    return 0


def count_all(corpus: Path, workspace: Workspace) -> dict[str, list[int]]:
    """Count the statements of each article's translations, the human one first; the cache keeps the analyses."""
    counts = {}
    with corpus.open(encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            texts = [article["reference"], *article["machine"].values()]
            counts[article["doc_id"]] = [_statements(text, workspace) for text in texts]
    return counts


def _statements(text: str, workspace: Workspace) -> int:
    article = clean(Source("text", "", "", Meta(language="en"), text, 1, "utf-8"))
    return len(find_statements(analyse(workspace, article)[0]))


def reached(reference: int, found: int) -> bool:
    """Tell whether a machine translation has nearly as many statements as the human one."""
    return found >= SHARE * reference


def summary(counts: list[list[int]]) -> str:
    """The counts of each article, the reference first, as four lines."""
    passed = [[reached(reference, m) for m in machine] for reference, *machine in counts]
    mean = sum(sum(machine) / len(machine) >= SHARE * reference for reference, *machine in counts)
    total = sum(reference for reference, *_ in counts)
    found = sum(sum(machine) / len(machine) for _, *machine in counts)
    return "\n".join(
        (
            f"articles: {len(counts)}; statements: reference {total}, machine translations {found:.0f} on average",
            f"reached in all translations: {sum(map(all, passed))} articles",
            f"reached by their mean: {mean} articles",
            f"reached, translation by translation: {sum(map(sum, passed))} of {sum(map(len, passed))}",
        )
    )


if __name__ == "__main__":
    sys.exit(main())
