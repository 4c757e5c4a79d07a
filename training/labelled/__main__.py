"""Check the labelled articles and count their labels."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from training.labelled import LabelError, read_labelled


def main() -> int:
    try:
        articles = read_labelled([Path(p) for p in sys.argv[1:]] or None)
    except LabelError as error:
        print(error)
        return 1
    names = Counter(n.kind for a in articles for n in a.names)
    asserted = sum(s.asserted for a in articles for s in a.statements)
    total = sum(len(a.statements) for a in articles)
    print(f"{len(articles)} articles, {sum(len(a.text.split()) for a in articles)} words")
    print("names: " + ", ".join(f"{count} {kind}" for kind, count in sorted(names.items())))
    print(f"statements: {asserted} asserted, {total - asserted} not asserted")
    return 0


sys.exit(main())
