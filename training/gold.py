"""The PolNeAR corpus as JSON lines -> who said what in an article, in tokens of our own analysis.

Each line: {"text", "attributions": [{"content": [[start, end], ...], "source": [...], "cue": [...],
"source_head": [start, end] or null}]}. What counts as found is what the benchmark counts: pieces of
content that share half of their letters, and a speaker that covers the head of the gold one.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from briefing.model import Analysis

Ranges = Sequence[Sequence[int]]
LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Gold:
    pieces: tuple[frozenset[int], ...]  # letters of each piece of content
    cue: tuple[int, ...]  # tokens
    source: frozenset[int]  # tokens of the source's head; empty: none is named


def read_gold(document: dict[str, Any], analysis: Analysis) -> list[Gold]:
    text = document["text"]
    starts = [t.start for t in analysis.tokens]
    found = []
    for a in document["attributions"]:
        pieces = tuple(letters(text, [p]) for p in split(text, a["content"]))
        pieces = tuple(p for p in pieces if p)
        head = [a["source_head"]] if a.get("source_head") else a["source"]
        if pieces:
            found.append(Gold(pieces, tuple(inside(starts, a["cue"])), frozenset(inside(starts, head))))
    return found


def inside(starts: list[int], ranges: Ranges) -> list[int]:
    return [i for s, e in ranges for i in range(bisect.bisect_right(starts, s) - 1, bisect.bisect_left(starts, e))]


def letters(text: str, ranges: Ranges) -> frozenset[int]:
    kept = [i for s, e in ranges for i in range(s, e) if text[i].isalnum()]
    if kept and re.match(r"that\b", text[kept[0] : kept[0] + 5], re.IGNORECASE) and len(kept) > 4:
        kept = kept[4:]
    return frozenset(kept)


def split(text: str, ranges: Ranges) -> list[list[int]]:
    """Ranges cut at line ends; neighbours in a line with no letter between them become one."""
    found: list[list[int]] = []
    for start, end in sorted(list(r) for r in ranges):
        for line in LINE.finditer(text, start, end):
            a, b = line.span()
            if not any(c.isalnum() for c in text[a:b]):
                continue
            if found and not any(c.isalnum() or c == "\n" for c in text[found[-1][1] : a]):
                found[-1][1] = max(b, found[-1][1])
            else:
                found.append([a, b])
    return found


def likeness(a: frozenset[int], b: frozenset[int]) -> float:
    both = len(a & b)
    return both / (len(a) + len(b) - both) if both else 0.0
