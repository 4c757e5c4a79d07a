"""The tokens of an article as every reader of facts sees them: their syntax, their parts, and the datelines among them.

tree = read_tree(analysis)
tree.low(i), tree.tag(i)    # word in lower case and part of speech; "" outside the text
tree.children[i]            # the tokens that depend on token i, in reading order
tree.left[i], tree.right[i] # its subtree reaches from token left[i] to token right[i] - 1
tree.child(i, SUBJECTS)     # the first child with one of these labels, or None
tree.span(a, b)             # the characters of tokens a..b-1, or None where they are no stretch of text

line = cut(tokens, 0, 12, PIECE)
line.low(3), line[3].glued  # the same for the parts of tokens: "mid-1980s" is "mid", "-", "1980", "s"
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from calendar import month_abbr, month_name
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from briefing.model import Analysis, Article, Span, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
NOUN_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})  # tags of finite verbs
CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "relcl", "acl", "csubj", "csubjpass", "pcomp", "parataxis"})

# --- the parts of tokens ----------------------------------------------------------------------


class Piece(NamedTuple):
    """A part of a token: a run of digits or letters, or one sign."""

    low: str  # lower case, a lone apostrophe or dash made plain
    text: str
    start: int
    end: int
    glued: bool  # nothing stands between it and the piece before
    tag: str = ""  # of its token; "" outside an analysis
    token: int = -1  # index in Analysis.tokens; -1 outside an analysis
    label: str = ""  # of the name it stands in, or ""

    @property
    def digit(self) -> bool:
        return self.text[-1:].isdigit()


NOTHING = Piece("", "", 0, 0, False)
PLAIN = dict.fromkeys("’‘`´", "'") | dict.fromkeys("‐‑‒–—−", "-")


class Line:
    """A sequence of pieces that can be asked for any index, also outside."""

    __slots__ = ("pieces", "size")

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces
        self.size = len(pieces)

    def __getitem__(self, i: int) -> Piece:
        return self.pieces[i] if 0 <= i < self.size else NOTHING

    def low(self, i: int) -> str:
        return self.pieces[i].low if 0 <= i < self.size else ""

    def lows(self, first: int, last: int) -> tuple[str, ...]:
        return tuple(piece.low for piece in self.pieces[max(first, 0) : last])

    def says(self, i: int, *lows: str) -> bool:
        """Tell whether these words stand at i."""
        for low in lows:
            if self.low(i) != low:
                return False
            i += 1
        return True

    def skip(self, i: int, *lows: str) -> int:
        """Return the place after an optional word."""
        return i + 1 if 0 <= i < self.size and self.pieces[i].low in lows else i


def plain(text: str) -> str:
    return PLAIN.get(text) or text.lower()


def cut(
    tokens: Sequence[Token], first: int, last: int, pattern: re.Pattern[str], labels: Mapping[int, str] | None = None
) -> Line:
    """Cut tokens first..last-1 by a pattern. A piece of a token with markup inside has the offsets of the token."""
    pieces: list[Piece] = []
    known = labels or {}
    before = -1
    for i in range(first, last):
        token = tokens[i]
        text, start, end, label = token.text, token.start, token.end, known.get(i, "")
        if text.isalpha() or len(text) == 1:
            low = PLAIN.get(text) or text.lower()
            pieces.append(Piece(low, text, start, end, start == before, token.tag, i, label))
        else:
            exact = end - start == len(text)
            for m in pattern.finditer(text):
                a, b = (start + m.start(), start + m.end()) if exact else (start, end)
                glued = m.start() > 0 or start == before
                pieces.append(Piece(plain(m[0]), m[0], a, b, glued, token.tag, i, label))
        before = end
    return Line(pieces)


def cut_text(text: str, pattern: re.Pattern[str]) -> Line:
    """Cut a text that has no tokens, such as a date written in front matter."""
    before, pieces = -1, []
    for m in pattern.finditer(text):
        pieces.append(Piece(plain(m[0]), m[0], m.start(), m.end(), m.start() == before))
        before = m.end()
    return Line(pieces)


# --- where tokens stand on the page -----------------------------------------------------------


class Place(NamedTuple):
    """The place of a token in the layout."""

    line: int  # number of the line, from 0
    cell: int | None  # number of the table's cell, counted through the article; None outside a table
    item: int | None  # number of the block that is the list item; None outside a list


def read_places(article: Article, tokens: Sequence[Token]) -> tuple[Place, ...]:
    """Return the place of each token: words in different cells or items are no phrase."""
    lines = [m.start() for m in re.finditer("\n", article.text)]
    cells = [inline for inline in article.inlines if inline.kind == "cell"]
    starts = [cell.start for cell in cells]
    found = []
    for token in tokens:
        cell = bisect_right(starts, token.start) - 1
        in_cell = cell >= 0 and token.end <= cells[cell].end
        in_item = article.blocks[token.block].kind == "item"
        line = bisect_left(lines, token.start)
        found.append(Place(line, cell if in_cell else None, token.block if in_item else None))
    return tuple(found)


# --- syntax -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tree:
    tokens: tuple[Token, ...]
    children: tuple[tuple[int, ...], ...]
    left: tuple[int, ...]  # first token of the subtree
    right: tuple[int, ...]  # one past the last token of the subtree

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The tokens in lower case."""
        return tuple(t.text.lower() for t in self.tokens)

    @cached_property
    def blocks(self) -> tuple[tuple[int, int], ...]:
        """The first token and the last + 1 of each block with tokens."""
        groups = (list(group) for _, group in groupby(range(len(self.tokens)), lambda i: self.tokens[i].block))
        return tuple((group[0], group[-1] + 1) for group in groups)

    def low(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.tokens) else ""

    def tag(self, i: int) -> str:
        return self.tokens[i].tag if 0 <= i < len(self.tokens) else ""

    def child(self, i: int, labels: Collection[str]) -> int | None:
        """Return the first child of token i with one of these labels."""
        for j in self.children[i]:
            if self.tokens[j].dep in labels:
                return j
        return None

    def glued(self, i: int) -> bool:
        """Tell whether nothing stands between token i and the one before."""
        return self.tokens[i].start == self.tokens[i - 1].end

    def span(self, first: int, last: int) -> Span | None:
        """Return the characters of tokens first..last-1; None if there are none or they cross a block."""
        if not 0 <= first < last <= len(self.tokens):
            return None
        a, b = self.tokens[first], self.tokens[last - 1]
        return Span(a.start, b.end) if a.block == b.block else None


def read_tree(analysis: Analysis) -> Tree:
    """Build the tree in one pass over the tokens."""
    tokens = analysis.tokens
    below: list[list[int]] = [[] for _ in tokens]
    waiting = [0] * len(tokens)  # children whose own subtree is not yet known
    for i, token in enumerate(tokens):
        if token.head != i:
            below[token.head].append(i)
            waiting[token.head] += 1
    left = list(range(len(tokens)))
    right = list(range(1, len(tokens) + 1))
    ready = [i for i, count in enumerate(waiting) if not count]
    while ready:  # from the leaves up, without recursion: a parse may be as deep as the text is long
        i = ready.pop()
        head = tokens[i].head
        if head == i:
            continue
        left[head] = min(left[head], left[i])
        right[head] = max(right[head], right[i])
        waiting[head] -= 1
        if not waiting[head]:
            ready.append(head)
    return Tree(tokens, tuple(map(tuple, below)), tuple(left), tuple(right))


# --- datelines --------------------------------------------------------------------------------

LONGEST_DATELINE = 12  # tokens: "SAN FERRO, Calif., Sept. 24 (Coast News) --"
LONGEST_BYLINE = 20  # tokens of "(reporters Ada Bolt and Bo Orr)"
MONTHS = frozenset(m.lower() for m in (*month_name[1:], *month_abbr[1:])) | {"sept"}
DIVIDES = frozenset({"-", "–", "—", "--"})  # a dateline from its sentence


def datelines(tree: Tree) -> Iterator[int]:
    """Yield the tokens of "GENEVA, March 26 -" before a paragraph's first sentence."""
    for first, last in tree.blocks:
        yield from range(first, _dateline_end(tree.tokens, first, last))


def opens_dateline(tokens: Sequence[Token], first: int) -> bool:
    """Tell whether the paragraph that this token opens begins with a dateline."""
    last = first + 1
    while (
        last < min(len(tokens), first + LONGEST_DATELINE + LONGEST_BYLINE) and tokens[last].block == tokens[first].block
    ):
        last += 1
    return _dateline_end(tokens, first, last) > first


def _dateline_end(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return the token after the dash of a dateline, or `first` if there is none."""
    place = tokens[first].text
    if len(place) < 3 or not (place.isupper() or tokens[first].tag.startswith("NNP")):
        return first
    dated = False
    for i in range(first + 1, min(last - 1, first + LONGEST_DATELINE)):
        token = tokens[i]
        dated = dated or token.text.rstrip(".").lower() in MONTHS
        after_day = dated and tokens[i - 1].text[0].isdigit()
        if token.text == "(" and after_day:
            return _byline_end(tokens, i, last)
        if token.text in DIVIDES and (place.isupper() or after_day or tokens[i - 1].text == ")"):
            spaced = tokens[i - 1].end < token.start and token.end < tokens[i + 1].start
            return i + 1 if spaced else first
        if token.text == "," and after_day and tokens[i + 1].text.lower() == "according":
            return i + 1
        if token.tag[:1] in ("V", "M"):
            return first
    return first


def _byline_end(tokens: Sequence[Token], opening: int, last: int) -> int:
    """Return the token after "(reported by Ada Bolt)" and its mark; the opening bracket if it never closes."""
    for i in range(opening + 1, min(last, opening + LONGEST_BYLINE)):
        if tokens[i].text == ")":
            marked = i + 1 < last and tokens[i + 1].text in (*DIVIDES, ":")
            return i + 2 if marked else i + 1
    return opening
