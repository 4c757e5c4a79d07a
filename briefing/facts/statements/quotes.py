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
import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.facts.statements.words import lexicon, stem
from briefing.model import Analysis, Span, Token

# Quotation marks of a paragraph -> pairs. Told apart from apostrophes and inches by their neighbours.
#
# Known forms: "..." “...” „...“ «...» »...« 「...」 『...』 ``...'' ''...'' '...' ‘...’ ‚...‘ ‹...›. Scraped text mixes
# them, so a straight mark may close a curly one where it stands like a closing mark.

MARKS = re.compile(r"``|''|[\"“”„‟«»「」『』'‘’‚‛‹›`´＂]")
OPENS = frozenset("“„‟«「『‚‹") | {"``"}
CLOSES = frozenset("”»」』›")
SINGLE = frozenset("'‘’‚‛‹›`´")
FAMILY = {"「": "corner", "」": "corner", "『": "corner", "』": "corner", "«": "angle", "»": "angle"}
PARTNERS = {"“": "”", "„": "“”", "‟": "”", "«": "»", "»": "«", "「": "」", "『": "』", "``": "''"}
ELISIONS = re.compile(r"(?:em|til|tis|twas|cause|n|round|bout)\b|\d\ds?\b", re.IGNORECASE)  # 'em, '90s
BEFORE_OPENING = frozenset("([{—–-/:;,.?!…=>|*\"“‘'")
AFTER_CLOSING = frozenset(")]}.,;:!?—–-/*<|\"”’'")
STOPS = frozenset(".,?!…")  # said,"he: a closing mark whose space is lost stands like an opening one
LONGEST_SINGLE = 600  # characters: a single mark further away is an apostrophe


@dataclass(frozen=True, slots=True)
class Mark:
    start: int
    end: int
    text: str
    opens: bool  # could open here, to judge by its neighbours
    closes: bool

    @property
    def single(self) -> bool:
        return self.text in SINGLE


def same_kind(a: Mark, b: Mark) -> bool:
    """Could these two marks belong to one quotation?"""
    return a.single == b.single and FAMILY.get(a.text, "") == FAMILY.get(b.text, "")


def find_marks(text: str, low: int, high: int) -> Iterator[Mark]:
    """The quotation marks of text[low:high]."""
    for found in MARKS.finditer(text, low, high):
        start, end = found.span()
        sign = found.group()
        before = text[start - 1] if start > low else " "
        after = text[end] if end < high else " "
        if sign in SINGLE and sign not in "‚‹›" and before.isalnum() and after.isalnum():
            continue  # don't
        if sign == "'" and before.isdigit():
            continue  # 6' tall
        loose_before = before.isspace() or before in BEFORE_OPENING
        loose_after = after.isspace() or after in AFTER_CLOSING
        if sign in CLOSES:
            opens = sign in "»›" and loose_before and not loose_after
            closes = not opens
            turned = sign == "”" and after.isalnum() and (before.isspace() or before.isalnum())
            opens = opens or turned  # ”It leaks,“ he said; a so-called”leak“
        elif sign in OPENS:
            closes = sign in "“«‹" and loose_after and not loose_before
            opens = not closes
        elif before.isspace() != after.isspace():
            opens, closes = before.isspace(), after.isspace()
        elif loose_before != loose_after and before not in STOPS:
            opens, closes = loose_before, loose_after
        else:
            opens = closes = True
        if sign == '"' and before.isdigit() and closes and not opens:
            yield Mark(start, end, "″", False, True)  # 12": inches unless a quotation waits for its end
        elif not (sign in SINGLE and opens and not closes and ELISIONS.match(text, end)):  # the '90s
            yield Mark(start, end, sign, opens, closes)


def pair(marks: list[Mark]) -> tuple[list[tuple[Mark, int]], list[Mark], list[Mark]]:
    """Outermost pairs (opening mark, where the closing one starts), openings never closed, other lonely marks."""
    pairs: list[tuple[Mark, int]] = []
    unclosed: list[Mark] = []
    odd: list[Mark] = []
    opened: Mark | None = None
    inner: Mark | None = None  # a double mark of another form inside the open quotation
    ends = _single_ends(marks)
    single_end = -1
    for mark in marks:
        if mark.start < single_end:
            continue
        if mark.single:
            if opened is None and mark.start in ends:
                single_end = ends[mark.start]
                pairs.append((mark, single_end))
        elif opened is None:
            if mark.opens:
                opened = mark
            elif mark.text != "″":
                odd.append(mark)
        elif inner is not None and mark.closes and _partners(inner, mark):
            inner = None
        elif mark.closes or (opened.text == "”" and mark.text == "“"):
            pairs.append((opened, mark.start))
            odd += [inner] if inner is not None else []
            opened = inner = None
        elif mark.text != opened.text:
            inner = inner or mark
        else:  # a second opening of the same form: the first was never closed
            unclosed.append(opened)
            odd += [inner] if inner is not None else []
            opened, inner = mark, None
    if opened is not None:
        unclosed.append(opened)
        odd += [inner] if inner is not None else []
    return pairs, unclosed, odd


def _partners(opening: Mark, mark: Mark) -> bool:
    return mark.text in PARTNERS.get(opening.text, opening.text)


def _single_ends(marks: list[Mark]) -> dict[int, int]:
    """For each single mark that opens a quotation the start of the one that closes it.

    "the workers' pay" has an apostrophe that could close: the last candidate before the next opening wins
    only where it stands at a pause, else the first does.
    """
    ends: dict[int, int] = {}
    waiting: Mark | None = None
    for mark in marks:
        if not mark.single:
            continue
        if mark.opens and not mark.closes:
            waiting = mark
        elif mark.closes and waiting is not None:
            if 1 < mark.start - waiting.end + 1 <= LONGEST_SINGLE:
                ends[waiting.start] = mark.start
            waiting = None
        elif mark.opens and waiting is None:
            waiting = mark
    return ends


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
