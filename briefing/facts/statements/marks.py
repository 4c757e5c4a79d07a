"""Quotation marks of a paragraph -> pairs. Told apart from apostrophes and inches by their neighbours.

Known forms: "..." “...” „...“ «...» »...« 「...」 『...』 ``...'' ''...'' '...' ‘...’ ‚...‘ ‹...›. Scraped
text mixes them, so a straight mark may close a curly one where it stands like a closing mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MARKS = re.compile(r"``|''|[\"“”„‟«»「」『』'‘’‚‛‹›`´＂]")
OPENS = frozenset("“„‟«「『‚‹") | {"``"}
CLOSES = frozenset("”»」』›")
SINGLE = frozenset("'‘’‚‛‹›`´")
FAMILY = {"「": "corner", "」": "corner", "『": "corner", "』": "corner", "«": "angle", "»": "angle"}
PARTNERS = {"“": "”", "„": "“”", "‟": "”", "«": "»", "»": "«", "「": "」", "『": "』", "``": "''"}
ELISIONS = re.compile(r"(?:em|til|tis|twas|cause|n|round|bout)\b|\d\ds?\b", re.IGNORECASE)  # 'em, '90s
BEFORE_OPENING = frozenset("([{—–-/:;,.?!…=>|*\"“‘'")
AFTER_CLOSING = frozenset(")]}.,;:!?—–-/*<|\"”’'")
PAUSES = frozenset(".,?!…")  # said,"he: a closing mark whose space is lost stands like an opening one
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
        elif loose_before != loose_after and before not in PAUSES:
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
