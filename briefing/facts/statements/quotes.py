"""Analysis -> Quote: the stretches in quotation marks, whatever marks the source uses.

In:  tokens; a block is a paragraph, and a quotation may run on into the next blocks.
Out: outermost quotations, one for each block they touch, and the marks that have no partner.

    He said: "It works, mostly." She called it 'a start'.   ->  It works, mostly. / a start
    "It works, Bolt said, "mostly."                          ->  It works / mostly.   (one lonely mark)

A paragraph that leaves a quotation open is taken up by a next paragraph that opens with the same mark.
Where a closing mark is lost, the quotation ends before the words that attribute it or with its sentence.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.facts.statements.marks import Mark, find_marks, pair, same_kind
from briefing.facts.statements.words import lexicon, stem
from briefing.model import Analysis, Span, Token

NEXT_MARKS = 20  # marks after a lonely one among which the next opening one is looked for
LOST_CUE = 8  # words of "Captain Bolt pointed out" between a lost closing mark and the next opening one
PAUSES = frozenset({",", ".", "?", "!", "…", "...", ";"})
SHORTEST_LOST = 5  # tokens of a quotation whose opening mark is lost


@dataclass(frozen=True, slots=True)
class Quote:
    """What stands between two marks, inside one block. `start`/`end` leave the marks out."""

    start: int
    end: int
    first: int  # tokens first..last-1, without the marks
    last: int
    block: int
    single: bool
    resumed: bool  # goes on from the block before
    open: bool  # no closing mark in this block: goes on in the next, or it is lost


def find_quotes(analysis: Analysis) -> tuple[Quote, ...]:
    return _read(analysis)[0]


def unbalanced_quotes(analysis: Analysis) -> tuple[Span, ...]:
    """The quotation marks without a partner, for a note to the reader."""
    return _read(analysis)[1]


def _read(analysis: Analysis) -> tuple[tuple[Quote, ...], tuple[Span, ...]]:
    tokens = analysis.tokens
    blocks = list(_blocks(tokens))
    marked = [list(find_marks(analysis.text, tokens[low].start, tokens[high - 1].end)) for low, high in blocks]
    marked.append([])  # after the last block: nothing takes a quotation up
    quotes: list[Quote] = []
    lonely: list[Span] = []
    pending: Mark | None = None  # opened in the block before and still open
    for number, (low, high) in enumerate(blocks):
        marks = marked[number]
        resumed = pending is not None
        if pending is not None and not _opens_with(marks, tokens[low], pending):
            marks.insert(0, Mark(tokens[low].start, tokens[low].start, pending.text, True, False))
        pairs, unclosed, odd = pair(marks)
        lonely += [Span(m.start, m.end) for m in odd]
        if len(odd) == 1 and not unclosed:
            start = _lost_start(analysis, low, high, odd[0], pairs)
            pairs += [(Mark(start, start, odd[0].text, True, False), odd[0].start)] if start is not None else []
        pending = None
        for opening in unclosed:
            first = tokens[blocks[number + 1][0]] if number + 1 < len(blocks) else None
            if opening is unclosed[-1] and _goes_on(opening, marked[number + 1], first):
                pending = opening
                pairs.append((opening, tokens[high - 1].end))
            else:
                lonely.append(Span(opening.start, opening.end))
                end = _lost_end(analysis, low, *_until_next(analysis, opening, marks, low, high))
                pairs += [(opening, end)] if end is not None else []
        lost = {m.start for m in unclosed}
        for opening, end in sorted(pairs, key=lambda p: p[0].start):
            quote = _quote(analysis, low, high, opening, end, resumed, opening.start in lost)
            quotes += [quote] if quote else []
    return tuple(quotes), tuple(sorted(lonely, key=lambda s: s.start))


def _until_next(analysis: Analysis, opening: Mark, marks: list[Mark], low: int, high: int) -> tuple[int, int]:
    """The tokens from an opening mark to the next one, or to the end of the block low..high-1."""
    place = bisect.bisect_right(marks, opening.start, key=lambda m: m.start)
    end = next((m.start for m in marks[place : place + NEXT_MARKS] if m.opens), analysis.tokens[high - 1].end)
    return _at(analysis, opening.end, low, high), _at(analysis, end, low, high)


def _at(analysis: Analysis, place: int, low: int, high: int) -> int:
    return bisect.bisect_left(analysis.tokens, place, low, high, key=lambda t: t.start)


def _quote(analysis: Analysis, low: int, high: int, opening: Mark, end: int, resumed: bool, lost: bool) -> Quote | None:
    tokens = analysis.tokens
    a, b = _at(analysis, opening.end, low, high), _at(analysis, end, low, high)
    if a > low and tokens[a - 1].end > opening.end:  # the mark is glued to its word
        a -= 1
    if a >= b:
        return None
    return Quote(
        start=max(tokens[a].start, opening.end),
        end=min(end, tokens[b - 1].end),
        first=a,
        last=b,
        block=tokens[low].block,
        single=opening.single,
        resumed=resumed and a - low <= 1,
        open=lost,
    )


def _blocks(tokens: tuple[Token, ...]) -> Iterator[tuple[int, int]]:
    low = 0
    for i in range(1, len(tokens) + 1):
        if i == len(tokens) or tokens[i].block != tokens[low].block:
            if tokens:
                yield low, i
            low = i


def _opens_with(marks: list[Mark], first: Token, pending: Mark) -> bool:
    return bool(marks) and marks[0].start <= first.start + 1 and marks[0].opens and same_kind(pending, marks[0])


def _goes_on(opening: Mark, following: list[Mark], first: Token | None) -> bool:
    """Is a quotation that stays open taken up by the next block: opened again there, or only closed?"""
    if first is None:
        return False
    if _opens_with(following, first, opening):
        return True
    nearest = next((m for m in following if not m.single), None)
    return nearest is not None and nearest.closes and not nearest.opens and same_kind(opening, nearest)


def _lost_end(analysis: Analysis, low: int, first: int, last: int) -> int | None:
    """Where a quotation of tokens first..last-1 ends whose closing mark is lost: a character, or None.

    It ends before a short stretch between two pauses that attributes it ("..., Bolt said, ..."); else with
    the paragraph if it opened it, else with its sentence.
    """
    tokens = analysis.tokens
    if first >= last:
        return None
    pause = None
    reports = False
    for i in range(first, last):
        if tokens[i].text in PAUSES:
            if pause is not None and reports and i - pause <= LOST_CUE:
                return tokens[pause - 1].end
            pause, reports = i + 1, False
        elif pause is not None and _says(tokens[i]):
            reports = True
    if first - low <= 1:
        return tokens[last - 1].end
    end = analysis.sentences[tokens[first].sentence].last
    return tokens[min(end, last) - 1].end


def _lost_start(analysis: Analysis, low: int, high: int, closing: Mark, pairs: list[tuple[Mark, int]]) -> int | None:
    """Where the quotation began that a mark closes in the block low..high-1 and none opens: a character, or None.

    With the paragraph, if the mark ends it and nothing in it attributes; with the sentence, if a name and a reporting
    verb follow the mark ("It leaks,” said Bolt").
    """
    tokens = analysis.tokens
    end = _at(analysis, closing.start, low, high)
    after = _at(analysis, closing.end, low, high)
    if not closing.closes or closing.single or end - low < SHORTEST_LOST:
        return None
    if after >= high - 1 and not pairs:
        return None if any(_says(tokens[i]) for i in range(low, end)) else tokens[low].start
    if after < high and tokens[end - 1].text in PAUSES and _says(tokens[after]):
        start = tokens[analysis.sentences[tokens[end - 1].sentence].first].start
        return start if all(stop < start for _, stop in pairs) else None
    return None


def _says(token: Token) -> bool:
    finite = token.tag in ("VBD", "VBZ", "VBP")
    return finite and stem(token.text) in lexicon().reporting
