"""Rewrite labelled documents the way noisy sources write them, keeping the labels.

Each function takes a document and a random generator, and returns a document whose labels are still at their words.
"""

from __future__ import annotations

import bisect
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from training.corpora import Attribution, Document, Range

Edit = tuple[int, int, str]  # start, end, replacement
MARKS = re.compile(r"[“”\"]|''|``")
STYLES = (("“", "”"), ('"', '"'), ("'", "'"), ("‘", "’"), ("«", "»"), ("``", "''"), ("„", "“"))
PARAGRAPH = re.compile(r"\n\s*\n")
GLUED = re.compile(r"(?<=[a-z][:,]) (?=[“\"])")
AFTER_STOP = re.compile(r"(?<=[a-z][.”]) (?=[A-Z“])")
THAT = re.compile(r"that\s+", re.IGNORECASE)
PLACES = ("HALDEN", "PORT SULL", "BREMVIK", "SAN FERRO", "QUILA", "NEW HARBOUR", "TASHBUL")
AGENCIES = ("Coast News", "Northern Wire", "Press Union", "Tidewater News Agency")
MONTHS = ("Jan.", "February", "March", "Apr.", "May", "June", "July", "Aug.", "Sept.", "October", "Nov.", "December")
WIDTHS = (28, 34, 45, 60, 66, 72, 78)
LOST = 0.4  # share of quotation marks lost, in documents that lose only some


def edited(document: Document, edits: Sequence[Edit]) -> Document:
    """Return the document with non-overlapping replacements; labels move along."""
    edits = sorted(edits)
    pieces: list[str] = []
    at = shift = 0
    ends, shifts, inside = [], [], []
    for start, end, new in edits:
        pieces += [document.text[at:start], new]
        inside.append((start, end, start + shift, len(new)))
        shift += len(new) - (end - start)
        ends.append(end)
        shifts.append(shift)
        at = end
    pieces.append(document.text[at:])

    def move(offset: int, opens: bool) -> int:
        n = bisect.bisect_right(ends, offset)
        if n < len(inside) and inside[n][0] < offset < inside[n][1]:  # inside a replaced span
            return inside[n][2] + (0 if opens else inside[n][3])
        if n and not opens and ends[n - 1] == offset:  # a label that ends where the replaced words end
            return offset + shifts[n - 1]
        return offset + (shifts[n - 1] if n else 0)

    def span(r: Range | None) -> Range | None:
        if r is None:
            return None
        start, end = move(r[0], True), move(r[1], False)
        return (start, end) if start < end else None

    names, attributions = document.names, document.attributions
    return replace(
        document,
        text="".join(pieces),
        names=None if names is None else tuple((*s, k) for a, b, k in names if (s := span((a, b)))),
        attributions=None
        if attributions is None
        else tuple(
            Attribution(content, span(a.source), span(a.head), span(a.cue), a.asserted)
            for a in attributions
            if (content := tuple(c for r in a.content if (c := span(r))))
        ),
    )


def other_marks(document: Document, chance: random.Random) -> Document:
    """Use another style of quotation marks throughout."""
    opening, closing = chance.choice(STYLES)
    return edited(document, [(*m.span(), opening if opens else closing) for m, opens in _marks(document.text)])


def lost_marks(document: Document, chance: random.Random) -> Document:
    """Lose some or all quotation marks."""
    share = chance.choice((LOST, LOST, 1.0))
    return edited(document, [(*m.span(), "") for m, _ in _marks(document.text) if chance.random() < share])


def doubled_marks(document: Document, chance: random.Random) -> Document:
    """Double or reverse some quotation marks."""
    turned = {"“": "”", "”": "“"}
    edits = [(*m.span(), chance.choice((m[0] * 2, turned.get(m[0], m[0] * 2)))) for m, _ in _marks(document.text)]
    return edited(document, [e for e in edits if chance.random() < LOST])


def _marks(text: str) -> list[tuple[re.Match[str], bool]]:
    """Return the quotation marks and whether each opens, judged by the character before it."""
    return [(m, m.start() == 0 or text[m.start() - 1] in " \n\t(—–-:[") for m in MARKS.finditer(text)]


def wrapped(document: Document, chance: random.Random) -> Document:
    """Hard-wrap lines at some width."""
    width = chance.choice(WIDTHS)
    edits: list[Edit] = []
    start = 0
    for end in [*(m.start() for m in PARAGRAPH.finditer(document.text)), len(document.text)]:
        line, space = start, None
        for i in range(start, end):
            if document.text[i] == "\n":
                line, space = i + 1, None
            elif document.text[i] == " ":
                space = i
            if i - line >= width and space is not None and space > line:
                edits.append((space, space + 1, "\n"))
                line, space = space + 1, None
        start = end
    return edited(document, edits)


def lower_case(document: Document, chance: random.Random) -> Document:
    return replace(document, text=_same_length(document.text, str.lower))


def upper_case(document: Document, chance: random.Random) -> Document:
    return replace(document, text=_same_length(document.text, str.upper))


def _same_length(text: str, change: Callable[[str], str]) -> str:
    return "".join(new if len(new := change(c)) == 1 else c for c in text)


def that_to_comma(document: Document, chance: random.Random) -> Document:
    """Change "said that the roof leaks" to "said, the roof leaks", or leave "that" out."""
    edits: list[Edit] = []
    attributions = []
    for a in document.attributions or ():
        first = a.content[0]
        that = THAT.match(document.text, first[0])
        if that and a.cue and a.cue[1] + 1 == first[0] and that.end() < first[1] and chance.random() < 0.7:
            comma = chance.random() < 0.7
            edits.append((a.cue[1], that.end(), ", " if comma else " "))
            a = replace(a, content=((that.end(), first[1]), *a.content[1:]))
        attributions.append(a)
    edits = list({e[:2]: e for e in edits}.values())
    kept = [e for n, e in enumerate(sorted(edits)) if n == 0 or sorted(edits)[n - 1][1] <= e[0]]
    if len(kept) != len(edits):
        return document
    return edited(replace(document, attributions=tuple(attributions)), edits)


def glued(document: Document, chance: random.Random) -> Document:
    """Lose spaces before quotation marks and after full stops."""
    pattern = chance.choice((GLUED, AFTER_STOP))
    return edited(document, [(*m.span(), "") for m in pattern.finditer(document.text) if chance.random() < 0.6])


def with_dateline(document: Document, chance: random.Random) -> Document:
    """Add a dateline before the first words."""
    place, agency = chance.choice(PLACES), chance.choice(AGENCIES)
    day = f"{chance.choice(MONTHS)} {chance.randint(1, 28)}"
    line = chance.choice((f"{place}, {day} ({agency}) - ", f"{place}, {day} /{agency}/ -- ", f"{place} ({agency}) — "))
    moved = edited(document, [(0, 0, line)])
    if moved.names is None:
        return moved
    at = line.index(agency)
    own = ((0, len(place), "LOC"), (at, at + len(agency), "ORG"))
    return replace(moved, names=(*own, *moved.names))


STEPS = (
    other_marks,
    other_marks,
    lost_marks,
    doubled_marks,
    wrapped,
    wrapped,
    lower_case,
    upper_case,
    that_to_comma,
    that_to_comma,
    glued,
    with_dateline,
)


def augmented(document: Document, chance: random.Random) -> Document:
    """Apply one or two random steps."""
    for step in chance.sample(STEPS, chance.choice((1, 1, 2))):
        document = step(document, chance)
    return document
