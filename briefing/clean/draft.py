"""An article on its way through cleaning: its blocks as a reader sees them, and what was marked so far."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from briefing.model import Block, Hint, HintKind, Removed
from briefing.text.blocks import Structure

DATA = Path(__file__).parents[1] / "data"
PROSE_WORDS = 8  # a shorter line may be a sentence, but not one that shows where the article stands
PROSE_CHARACTERS = 20  # the same for scripts without spaces

CLOSING = 20  # characters at the end of a paragraph that are looked at: a full stop and all that closes behind it
SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$|[.!?]?[\"”»]$")
WORD = re.compile(r"\w[\w'’.-]*")
# Decoration around a line: arrows, bullets, brackets that hold the whole line.
FRAME = " \t\u00a0»›>«‹<|•·●▪*=~—–-→←↑↓▶◀►◄▸"


@dataclass(frozen=True, slots=True)
class Piece:
    """A block as a reader sees it: `shown` without markup and with single blanks."""

    index: int
    block: Block
    shown: str
    words: int

    @property
    def bare(self) -> str:
        """Without decoration, brackets around the whole, and a full stop after a few words."""
        text = self.shown.strip(FRAME)
        for opening, closing in ("[]", "()", "（）", "【】", "(）", "（)"):
            if text.startswith(opening) and text.endswith(closing) and text.count(opening) == 1:
                text = text[1:-1].strip()
        return text[:-1] if text.endswith(".") and not text.endswith("..") and self.words <= 6 else text

    @property
    def is_prose(self) -> bool:
        """A sentence that is long enough to belong to the article."""
        if self.block.kind in ("heading", "row", "code"):
            return False
        return (self.words >= PROSE_WORDS or _is_dense(self.shown)) and ends_sentence(self.shown)


def ends_sentence(shown: str) -> bool:
    return SENTENCE_END.search(shown[-CLOSING:]) is not None


@dataclass(slots=True)
class Draft:
    """`marks` grows as the steps go over the pieces; a piece that is marked once is not looked at again."""

    text: str
    pieces: tuple[Piece, ...]
    marks: dict[int, Removed] = field(default_factory=dict)  # by index of the piece
    parts: list[Removed] = field(default_factory=list)  # marks of a part of a piece
    hints: list[Hint] = field(default_factory=list)
    first: int = -1  # the first piece that is not a website's: the headline or the lead, never marked

    def mark(self, piece: Piece, rule: str, reason: str) -> None:
        self.marks.setdefault(piece.index, Removed(piece.block.start, piece.block.end, rule, reason))

    def hint(self, kind: HintKind, start: int, end: int, value: str) -> None:
        self.hints.append(Hint(kind, start, end, value))

    def open(self) -> list[Piece]:
        """Pieces that may still be marked."""
        return [p for p in self.pieces if p.index not in self.marks and p.index != self.first]

    def standing(self) -> list[Piece]:
        """Pieces that are not marked."""
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
    """List the reasons of removed passages after a colon or in brackets: "share buttons, site menu"."""
    return ", ".join(dict.fromkeys(reason[:1].lower() + reason[1:] for reason in reasons))


@functools.cache
def read_words(name: str) -> Any:
    """A word list of briefing/data/."""
    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
