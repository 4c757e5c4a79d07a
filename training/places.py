"""Find the words of a label in a text.

"two thirds"                  these words, not inside longer words, with any white space between them
"25 percent @2"               the second occurrence
"that the panel ... rules"    from the first words to the nearest of the last ones
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

Range = tuple[int, int]
NTH = re.compile(r" @(\d+)$")
GAP = " ... "


def find_places(text: str, words: str) -> Iterator[Range]:
    """Return every range of the text with these words; ` @2` is ignored."""
    head, gap, tail = NTH.sub("", words).partition(GAP)
    for match in re.finditer(bounded(head), text):
        if not gap:
            yield match.span()
            continue
        end = re.compile(bounded(tail)).search(text, match.end())
        if end:
            yield match.start(), end.end()


def find_place(text: str, words: str, near: Sequence[Range] = (), beside: Range | None = None) -> Range | None:
    """Return the intended occurrence: the n-th, or the nearest to one of `near` and to `beside`, or the first."""
    nth = NTH.search(words)
    found = list(find_places(text, words))
    if nth:
        found = found[int(nth[1]) - 1 :][:1]
    if not found:
        return None
    if near and not nth:
        return min(found, key=lambda p: min(distance(p, n) for n in near) + (distance(p, beside) if beside else 0))
    return found[0]


def bounded(words: str) -> str:
    """Return a pattern for the words with any white space between them, not inside a longer word."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    return before + pattern + after


def distance(a: Range, b: Range) -> int:
    """Return the number of characters between two ranges; 0 if they touch or overlap."""
    return max(a[0] - b[1], b[0] - a[1], 0)
