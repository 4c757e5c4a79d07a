"""Neighbouring lines -> paragraphs: scraped texts have a paragraph a line, others were wrapped at a certain width.

"The quay was opened on Monday by its oldest\\nfisherman, who had built it."  ->  one paragraph of two lines
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

# Wrapped text: no line is longer than a page is wide, and a new line starts only where the next word did not
# fit, so often in the middle of a sentence. Verse, tables of results and lists of names fail on the last.
NARROWEST, WIDEST = 40, 110
MIDSENTENCE = 0.4  # of the lines after the first begin with a small letter; in wrapped English three of four do
ENOUGH = 5  # full lines that show that a whole text was wrapped, so that no paragraph needs to show it by itself
SLACK = 3  # columns by which a line may be shorter than it had to be


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or a piece of one between HTML's paragraph tags, without blanks around it."""

    start: int
    end: int
    indent: int  # columns of blanks before it
    tag: str = ""  # the HTML tag that opened it

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def paragraphs(text: str, group: list[Line], width: int) -> Iterator[tuple[int, int]]:
    """First and last line of each paragraph among neighbouring lines."""
    joined = _wrapped_breaks(text, group, width)
    first = 0
    for i in range(len(group)):
        if i + 1 == len(group) or not joined[i]:
            yield first, i
            first = i + 1


def _wrapped_breaks(text: str, group: list[Line], width: int) -> list[bool]:
    """For each line: was it broken off only because the next word did not fit? `width` is the text's, 0 if unknown."""
    no = [False] * len(group)
    own = max((_used(line) for line in group), default=0)
    if len(group) < 2 or not NARROWEST <= own <= (width or WIDEST):
        return no
    fits, small = _breaks(text, group, width or own)
    return [*fits, False] if width or (any(fits) and small >= MIDSENTENCE * sum(fits)) else no


def _breaks(text: str, group: list[Line], width: int) -> tuple[list[bool], int]:
    """Which lines are full, and how many of the lines after those go on in the middle of a sentence."""
    fits = []
    small = 0
    for line, following in itertools.pairwise(group):
        word = text[following.start : following.end].split(None, 1)[0]
        full = _used(line) + 1 + len(word) > width - SLACK and _used(line) >= NARROWEST and "://" not in word
        fits.append(full)
        small += full and (word[0].islower() or text[line.end - 1] in ",-–—")
    return fits, small


def _used(line: Line) -> int:
    return line.end - line.start + line.indent


def text_width(text: str, lines: list[Line]) -> int:
    """The width at which a whole text was wrapped; 0 if it was not."""
    plain = [line for line in lines if line.start < line.end]
    width = max((_used(line) for line in plain), default=0)
    if not NARROWEST <= width <= WIDEST:
        return 0
    breaks = small = 0
    group: list[Line] = []
    for line in [*lines, Line(0, 0, 0)]:
        if line.start < line.end:
            group.append(line)
            continue
        fits, these = _breaks(text, group, width)
        breaks, small, group = breaks + sum(fits), small + these, []
    return width if breaks >= ENOUGH and small >= MIDSENTENCE * breaks else 0
