"""Analysis -> Page: what every step of this folder reads, worked out once per article."""

from __future__ import annotations

from calendar import month_abbr, month_name
from dataclasses import dataclass
from itertools import accumulate

from briefing.facts.statements.quotes import Quote, find_blocks, find_quotes
from briefing.facts.tokens import Tree, read_tree
from briefing.model import Analysis, Token

# Punctuation that a content or a speaker never begins or ends with.
EDGES = frozenset(",.;:!?-–—…\"'“”‘’«»„‟‹›‚「」『』。，；：？！、`´()[]{}|/*") | {"``", "''", "--", "...", "---"}
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
DASHES = frozenset({"-", "–", "—", "--"})
LONGEST_BYLINE = 20  # tokens of "(reporters Ada Bolt and Bo Orr)"
MONTHS = frozenset(m.lower() for m in (*month_name[1:], *month_abbr[1:])) | {"sept"}
LONGEST_DATELINE = 12  # tokens: "SAN FERRO, Calif., Sept. 24 (Coast News) --"


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


def read_page(analysis: Analysis, tree: Tree | None = None) -> Page:
    tokens = analysis.tokens
    quotes = find_quotes(analysis)
    quoted = [-1] * len(tokens)
    for number, quote in enumerate(quotes):
        for i in range(quote.first, quote.last):
            quoted[i] = number
    blocks = tuple(find_blocks(tokens))
    return Page(
        analysis=analysis,
        tokens=tokens,
        words=tuple(t.text.lower() for t in tokens),
        tree=tree or read_tree(analysis),
        quotes=quotes,
        quoted=tuple(quoted),
        finite_before=tuple(accumulate((t.tag in FINITE for t in tokens), initial=0)),
        blocks=blocks,
        dateline=frozenset(i for a, b in blocks for i in range(a, _dateline_end(tokens, a, b))),
    )


def _dateline_end(tokens: tuple[Token, ...], first: int, last: int) -> int:
    """Return the token after the dash of a dateline, or `first` if there is none."""
    place = tokens[first].text
    if len(place) < 3 or not (place.isupper() or tokens[first].tag.startswith("NNP")):
        return first
    dated = False
    for i in range(first + 1, min(last - 1, first + LONGEST_DATELINE)):
        token = tokens[i]
        dated = dated or token.text.rstrip(".").lower() in MONTHS
        if token.text == "(" and dated and tokens[i - 1].text[0].isdigit():
            return _byline_end(tokens, i, last)
        after_day = dated and tokens[i - 1].text[0].isdigit()
        if token.text in DASHES and (place.isupper() or after_day or tokens[i - 1].text == ")"):
            spaced = tokens[i - 1].end < token.start and token.end < tokens[i + 1].start
            return i + 1 if spaced else first
        if token.text == "," and after_day and tokens[i + 1].text.lower() == "according":
            return i + 1
        if token.tag[:1] in ("V", "M"):
            return first
    return first


def _byline_end(tokens: tuple[Token, ...], opening: int, last: int) -> int:
    """Return the token after "(reported by Ada Bolt)" and its dash; the opening bracket if it never closes."""
    for i in range(opening + 1, min(last, opening + LONGEST_BYLINE)):
        if tokens[i].text == ")":
            marked = i + 1 < last and tokens[i + 1].text in (*DASHES, ":")
            return i + 2 if marked else i + 1
    return opening


def trim(page: Page, first: int, last: int) -> tuple[int, int]:
    """Return the range without punctuation at its edges, or the dateline before it."""
    tokens = page.tokens
    while first < last and (tokens[first].text in EDGES or first in page.dateline):
        first += 1
    while first < last and tokens[last - 1].text in EDGES:
        last -= 1
    return first, last
