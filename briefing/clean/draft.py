"""An article during cleaning: its blocks as a reader sees them, and what has been marked so far."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from briefing.model import Block, Hint, HintKind, Removed
from briefing.text.markup import Structure

PROSE_WORDS = 8  # shorter sentences do not show where the article is
PROSE_CHARACTERS = 20  # the same for scripts without spaces

MAX_CLOSING = 20  # characters at the end of a paragraph that may hold a full stop and closing quotes
SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$|[.!?]?[\"”»]$")
WORD = re.compile(r"\w[\w'’.-]*")
# Decoration around a line: arrows, bullets, bars.
DECORATION = " \t\u00a0»›>«‹<|•·●▪*=~—–-→←↑↓▶◀►◄▸"


@dataclass(frozen=True, slots=True)
class Piece:
    """A block as a reader sees it: `shown` has no markup and single spaces."""

    index: int
    block: Block
    shown: str
    words: int

    @property
    def bare(self) -> str:
        """The line without decoration, brackets around it, and a full stop after a few words."""
        text = self.shown.strip(DECORATION)
        for opening, closing in ("[]", "()", "（）", "【】", "(）", "（)"):
            if text.startswith(opening) and text.endswith(closing) and text.count(opening) == 1:
                text = text[1:-1].strip()
        return text[:-1] if text.endswith(".") and not text.endswith("..") and self.words <= 6 else text

    @property
    def is_prose(self) -> bool:
        """Tell whether it is a sentence that is long enough to belong to the article."""
        if self.block.kind in ("heading", "row", "code"):
            return False
        return (self.words >= PROSE_WORDS or _is_dense(self.shown)) and ends_sentence(self.shown)


def ends_sentence(shown: str) -> bool:
    return SENTENCE_END.search(shown[-MAX_CLOSING:]) is not None


@dataclass(slots=True)
class Draft:
    """The blocks of an article and the marks on them. A marked block is not looked at again."""

    text: str
    pieces: tuple[Piece, ...]
    marks: dict[int, Removed] = field(default_factory=dict)  # by index of the piece
    parts: list[Removed] = field(default_factory=list)  # marks of parts of pieces
    hints: list[Hint] = field(default_factory=list)
    first: int = -1  # index of the headline or lead, which is never marked

    def mark(self, piece: Piece, rule: str, reason: str) -> None:
        self.marks.setdefault(piece.index, Removed(piece.block.start, piece.block.end, rule, reason))

    def hint(self, kind: HintKind, start: int, end: int, value: str) -> None:
        self.hints.append(Hint(kind, start, end, value))

    def markable(self) -> list[Piece]:
        """Return the pieces that may still be marked."""
        return [p for p in self.pieces if p.index not in self.marks and p.index != self.first]

    def unmarked(self) -> list[Piece]:
        """Return the pieces that are not marked."""
        return [p for p in self.pieces if p.index not in self.marks]


def start_draft(text: str, structure: Structure) -> Draft:
    starts = [span.start for span in structure.hidden]
    pieces = []
    for index, block in enumerate(structure.blocks):
        parts, at = [], block.start
        number = max(0, bisect_right(starts, block.start) - 1)
        while at < block.end:
            known = number < len(structure.hidden)
            start = structure.hidden[number].start if known else block.end
            parts.append(text[at : max(at, min(start, block.end))])
            at = max(at, structure.hidden[number].end) if known else block.end
            number += 1
        shown = " ".join("".join(parts).split())
        pieces.append(Piece(index, block, shown, len(WORD.findall(shown[:5000]))))
    return Draft(text, tuple(pieces))


def _is_dense(shown: str) -> bool:
    return len(shown) >= PROSE_CHARACTERS and any("\u3040" <= c <= "\u9fff" for c in shown[:PROSE_CHARACTERS])


def list_labels(reasons: Iterable[str]) -> str:
    """List the reasons of removed passages in a sentence: "share buttons, site menu"."""
    return ", ".join(dict.fromkeys(reason[:1].lower() + reason[1:] for reason in reasons))
