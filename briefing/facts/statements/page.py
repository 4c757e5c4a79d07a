"""Analysis -> Page: what every step of this folder reads, worked out once per article."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from briefing.facts.statements.quotes import Quote, find_quotes
from briefing.facts.tokens import FINITE, Tree, datelines, read_tree
from briefing.model import Analysis, Token

# Punctuation that a content or a speaker never begins or ends with.
EDGES = frozenset(",.;:!?-–—…\"'“”‘’«»„‟‹›‚「」『』。，；：？！、`´()[]{}|/*") | {"``", "''", "--", "...", "---"}
ENDS = frozenset({".", "?", "!", "…", "...", "。", "？", "！"})
AUXILIARIES = frozenset({"aux", "auxpass"})
RELATIVES = frozenset({"WP", "WDT"})
Range = tuple[int, int]  # of tokens: the first, and one past the last


@dataclass(frozen=True, slots=True)
class Page:
    analysis: Analysis
    tokens: tuple[Token, ...]
    words: tuple[str, ...]  # the tokens in lower case
    tree: Tree
    quotes: tuple[Quote, ...]
    quoted: tuple[int, ...]  # the number of the quotation around each token, or -1
    finite_before: tuple[int, ...]  # the number of finite verbs before each token
    blocks: tuple[tuple[int, int], ...]  # first token and last + 1 of each block with tokens
    dateline: frozenset[int]  # tokens of "GENEVA, March 26 -" before a paragraph's first sentence

    def root(self, first: int, last: int) -> int:
        """Return the first token of a range whose head is outside of the range, or that has none."""
        heads = ((i, self.tokens[i].head) for i in range(first, last))
        return next((i for i, head in heads if head == i or not first <= head < last), first)


def read_page(analysis: Analysis, tree: Tree | None = None) -> Page:
    tree = tree or read_tree(analysis)
    quotes = find_quotes(analysis)
    opened_by_name = _opened_by_name(analysis, tree)
    quoted = [-1] * len(tree.tokens)
    for number, quote in enumerate(quotes):
        for i in range(quote.first, quote.last):
            quoted[i] = number
    return Page(
        analysis=analysis,
        tokens=tree.tokens,
        words=tree.words,
        tree=tree,
        quotes=quotes,
        quoted=tuple(quoted),
        finite_before=tuple(accumulate((t.tag in FINITE for t in tree.tokens), initial=0)),
        blocks=tree.blocks,
        dateline=frozenset(i for i in datelines(tree) if i not in opened_by_name),
    )


def _opened_by_name(analysis: Analysis, tree: Tree) -> frozenset[int]:
    """Return the tokens of paragraphs that open with a person: "Ada Bolt (Ind) – her sister – said" is no dateline."""
    people = {e.first for e in analysis.entities if e.label == "PERSON" and not analysis.tokens[e.first].text.isupper()}
    named = (block for block in tree.blocks if not people.isdisjoint((block[0], block[0] + 1)))
    return frozenset(i for block in named for i in range(*block))


def trim(page: Page, first: int, last: int) -> tuple[int, int]:
    """Return the range without punctuation at its edges, or the dateline before it."""
    tokens = page.tokens
    while first < last and (tokens[first].text in EDGES or first in page.dateline):
        first += 1
    while first < last and tokens[last - 1].text in EDGES:
        last -= 1
    return first, last
