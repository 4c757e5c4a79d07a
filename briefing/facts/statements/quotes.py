"""Analysis -> Quote: the passages in quotation marks, whatever marks the source uses.

In:  tokens; a block is a paragraph, and a quotation may continue in the next blocks.
Out: outermost quotations, one for each block they touch.

    He said: "It works, mostly." She called it 'a start'.   ->  It works, mostly. / a start
    "It works, Bolt said, "mostly."                          ->  It works / mostly.

Marks are told apart from apostrophes and inches by their neighbours. Known forms: "..." “...” „...“ «...» »...« 「...」
『...』 ``...'' ''...'' '...' ‘...’ ‚...‘ ‹...›. Scraped text mixes them, so a straight mark may close a curly one where
its neighbours are those of a closing mark.

A paragraph that leaves a quotation open is continued by a next paragraph that opens with the same mark. Where a closing
mark is lost, the quotation ends before the words that attribute it, or with its sentence.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from briefing.facts.statements.words import REPORTING, stem
from briefing.model import Analysis, Token

MARKS = re.compile(r"``|''|[\"“”„‟«»「」『』'‘’‚‛‹›`´＂]")
OPENS = frozenset("“„‟«「『‚‹") | {"``"}
CLOSES = frozenset("”»」』›")
SINGLE = frozenset("'‘’‚‛‹›`´")
FAMILY = {"「": "corner", "」": "corner", "『": "corner", "』": "corner", "«": "angle", "»": "angle"}
PARTNERS = {"“": "”", "„": "“”", "‟": "”", "«": "»", "»": "«", "「": "」", "『": "』", "``": "''"}
ELISIONS = re.compile(r"(?:em|til|tis|twas|cause|n|round|bout)\b|\d\ds?\b", re.IGNORECASE)  # 'em, '90s
BEFORE_OPENING = frozenset("([{—–-/:;,.?!…=>|*\"“‘'")
AFTER_CLOSING = frozenset(")]}.,;:!?—–-/*<|\"”’'")
STOPS = frozenset(".,?!…")  # said,"he: a closing mark without its space has the neighbours of an opening one
LONGEST_SINGLE = 600  # characters: a single mark further away is an apostrophe
NEXT_MARKS = 20  # marks after an unclosed one that are searched for the next opening one
LOST_CUE = 8  # tokens of "Captain Bolt pointed out" between a lost closing mark and the next opening one
PAUSES = frozenset({",", ".", "?", "!", "…", "...", ";"})
SHORTEST_LOST = 5  # tokens of a quotation whose opening mark is lost


# --- marks and pairs --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    start: int
    end: int
    text: str
    opens: bool  # its neighbours allow it to open
    closes: bool

    @property
    def single(self) -> bool:
        return self.text in SINGLE


def same_kind(a: Mark, b: Mark) -> bool:
    """Tell whether two marks may belong to one quotation."""
    return a.single == b.single and FAMILY.get(a.text, "") == FAMILY.get(b.text, "")


def find_marks(text: str, low: int, high: int) -> Iterator[Mark]:
    """Yield the quotation marks of text[low:high]."""
    for found in MARKS.finditer(text, low, high):
        start, end = found.span()
        sign = found.group()
        before = text[start - 1] if start > low else " "
        after = text[end] if end < high else " "
        if _is_apostrophe(sign, before, after):
            continue
        opens, closes = _roles(sign, before, after)
        if sign == '"' and before.isdigit() and closes and not opens:
            yield Mark(start, end, "″", False, True)  # 12": inches unless a quotation waits for its end
        elif not (sign in SINGLE and opens and not closes and ELISIONS.match(text, end)):  # the '90s
            yield Mark(start, end, sign, opens, closes)


def _is_apostrophe(sign: str, before: str, after: str) -> bool:
    """Tell whether it is an apostrophe: "don't", "6' tall"."""
    inside = sign in SINGLE and sign not in "‚‹›" and before.isalnum() and after.isalnum()
    return inside or (sign == "'" and before.isdigit())


def _roles(sign: str, before: str, after: str) -> tuple[bool, bool]:
    """Return whether the mark may open, and whether it may close."""
    loose_before = before.isspace() or before in BEFORE_OPENING
    loose_after = after.isspace() or after in AFTER_CLOSING
    if sign in CLOSES:
        turned = sign == "”" and after.isalnum() and (before.isspace() or before.isalnum())
        opens = sign in "»›" and loose_before and not loose_after
        return opens or turned, not opens  # turned: ”It leaks,“ he said; a so-called”leak“
    if sign in OPENS:
        closes = sign in "“«‹" and loose_after and not loose_before
        return not closes, closes
    if before.isspace() != after.isspace():
        return before.isspace(), after.isspace()
    if loose_before != loose_after and before not in STOPS:
        return loose_before, loose_after
    return True, True


@dataclass(slots=True)
class Pairs:
    """The marks of a paragraph, read in order."""

    closed: list[tuple[Mark, int]] = field(default_factory=list)  # an opening mark, where the closing one starts
    unclosed: list[Mark] = field(default_factory=list)
    odd: list[Mark] = field(default_factory=list)  # other marks without a partner
    opened: Mark | None = None
    inner: Mark | None = None  # a double mark of another form inside the open quotation

    def read(self, mark: Mark) -> None:
        """Read the next double mark."""
        if self.opened is None:
            self._outside(mark)
        elif self.inner is not None and mark.closes and _partners(self.inner, mark):
            self.inner = None
        elif mark.closes or (self.opened.text == "”" and mark.text == "“"):
            self.closed.append((self.opened, mark.start))
            self._open(None)
        elif mark.text != self.opened.text:
            self.inner = self.inner or mark
        else:  # a second opening of the same form: the first was never closed
            self.unclosed.append(self.opened)
            self._open(mark)

    def _outside(self, mark: Mark) -> None:
        if mark.opens:
            self.opened = mark
        elif mark.text != "″":
            self.odd.append(mark)

    def _open(self, mark: Mark | None) -> None:
        self.odd += [self.inner] if self.inner is not None else []
        self.opened, self.inner = mark, None

    def finish(self) -> None:
        if self.opened is not None:
            self.unclosed.append(self.opened)
            self._open(None)


def pair(marks: list[Mark]) -> Pairs:
    """Pair the marks of a paragraph. Single marks count only outside of double ones."""
    pairs = Pairs()
    ends = _single_ends(marks)
    single_end = -1
    for mark in marks:
        if mark.start < single_end:
            continue
        if not mark.single:
            pairs.read(mark)
        elif pairs.opened is None and mark.start in ends:
            single_end = ends[mark.start]
            pairs.closed.append((mark, single_end))
    pairs.finish()
    return pairs


def _partners(opening: Mark, mark: Mark) -> bool:
    return mark.text in PARTNERS.get(opening.text, opening.text)


def _single_ends(marks: list[Mark]) -> dict[int, int]:
    """Map the start of each single mark that opens a quotation to the start of the one that closes it."""
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


# --- quotations -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quote:
    """The text between two marks, inside one block. `start`/`end` exclude the marks."""

    start: int
    end: int
    first: int  # tokens first..last-1, without the marks
    last: int
    block: int
    single: bool
    resumed: bool  # continues the block before
    open: bool  # no closing mark in this block: it continues in the next, or the mark is lost


def find_quotes(analysis: Analysis) -> tuple[Quote, ...]:
    tokens = analysis.tokens
    blocks = list(_blocks(tokens))
    marked = [list(find_marks(analysis.text, tokens[low].start, tokens[high - 1].end)) for low, high in blocks]
    marked.append([])  # after the last block: nothing continues a quotation
    quotes: list[Quote] = []
    pending: Mark | None = None  # opened in the block before and still open
    for number, (low, high) in enumerate(blocks):
        marks = marked[number]
        resumed = pending is not None
        if pending is not None and not _opens_with(marks, tokens[low], pending):
            marks.insert(0, Mark(tokens[low].start, tokens[low].start, pending.text, True, False))
        pairs = pair(marks)
        closed = [*pairs.closed, *_without_opening(analysis, low, high, pairs)]
        following = tokens[blocks[number + 1][0]] if number + 1 < len(blocks) else None
        pending = _continued(pairs.unclosed, marked[number + 1], following)
        for opening in pairs.unclosed:
            if opening is pending:
                closed.append((opening, tokens[high - 1].end))
            else:
                end = _lost_end(analysis, low, *_until_next(analysis, opening, marks, low, high))
                closed += [(opening, end)] if end is not None else []
        lost = {m.start for m in pairs.unclosed}
        for opening, end in sorted(closed, key=lambda p: p[0].start):
            quote = _quote(analysis, low, high, opening, end, resumed, opening.start in lost)
            quotes += [quote] if quote else []
    return tuple(quotes)


def _without_opening(analysis: Analysis, low: int, high: int, pairs: Pairs) -> Iterator[tuple[Mark, int]]:
    """Yield the quotation of a closing mark that is the block's only one without a partner."""
    if len(pairs.odd) == 1 and not pairs.unclosed:
        closing = pairs.odd[0]
        start = _lost_start(analysis, low, high, closing, pairs.closed)
        if start is not None:
            yield Mark(start, start, closing.text, True, False), closing.start


def _continued(unclosed: list[Mark], following: list[Mark], first: Token | None) -> Mark | None:
    """Return the last unclosed mark, if the next block continues its quotation."""
    return unclosed[-1] if unclosed and _goes_on(unclosed[-1], following, first) else None


def _until_next(analysis: Analysis, opening: Mark, marks: list[Mark], low: int, high: int) -> tuple[int, int]:
    """Return the tokens from an opening mark to the next one, or to the end of the block low..high-1."""
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
    """Yield the first token and the last + 1 of each block that has tokens."""
    low = 0
    for i in range(1, len(tokens) + 1):
        if i == len(tokens) or tokens[i].block != tokens[low].block:
            if tokens:
                yield low, i
            low = i


def _opens_with(marks: list[Mark], first: Token, pending: Mark) -> bool:
    return bool(marks) and marks[0].start <= first.start + 1 and marks[0].opens and same_kind(pending, marks[0])


def _goes_on(opening: Mark, following: list[Mark], first: Token | None) -> bool:
    """Tell whether the next block continues an open quotation, by opening it again or only closing it."""
    if first is None:
        return False
    if _opens_with(following, first, opening):
        return True
    nearest = next((m for m in following if not m.single), None)
    return nearest is not None and nearest.closes and not nearest.opens and same_kind(opening, nearest)


def _lost_end(analysis: Analysis, low: int, first: int, last: int) -> int | None:
    """Return the character where a quotation of tokens first..last-1 ends whose closing mark is lost, or None.

    It ends before a short phrase between two pauses that attributes it ("..., Bolt said, ..."), otherwise with the
    paragraph if it opened it, otherwise with its sentence.
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
    """Return the character where a quotation of the block low..high-1 begins whose opening mark is lost, or None.

    It begins with the paragraph, if the mark ends that and no reporting verb is in it; with the sentence, if a
    reporting verb follows the mark ("It leaks,” said Bolt").
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
    return finite and stem(token.text) in REPORTING
