"""Mark text in two columns side by side: read across, its lines would give sentences that nobody wrote."""

from __future__ import annotations

import re

from briefing.clean.draft import Draft, Piece

GAP = re.compile(r"(?<=\S)(?: {3,}|\t+)(?=\S)")
LEAST_LINES = 6  # lines of a text in columns
LEAST_WORDS = 2.5  # words on each side, on average; tables have fewer
LEAST_RUNNING = 0.35  # share of lines of each column that start in lower case, as running text does
NEAR = 2  # characters by which the right column may move
REASON = "Text in columns"


def mark_columns(draft: Draft) -> None:
    found: list[tuple[Piece, int, str, str]] = []
    for piece in draft.pieces:
        line = draft.text[piece.block.start : piece.block.end]
        gaps = list(GAP.finditer(line)) if len(line) < 200 else []
        if len(gaps) == 1 and piece.block.kind in ("paragraph", "code"):
            found.append((piece, gaps[0].end(), line[: gaps[0].start()], line[gaps[0].end() :]))
    if len(found) < LEAST_LINES:
        return
    columns = sorted(found, key=lambda one: one[1])
    middle = columns[len(columns) // 2][1]
    same = [one for one in found if abs(one[1] - middle) <= NEAR]
    if len(same) < LEAST_LINES or not (_is_running([one[2] for one in same]) and _is_running([one[3] for one in same])):
        return
    first, last = same[0][0].index, same[-1][0].index
    for piece in draft.pieces[first : last + 1]:
        draft.mark(piece, "columns", REASON)


def _is_running(parts: list[str]) -> bool:
    words = sum(len(part.split()) for part in parts)
    running = sum(part[:1].islower() for part in parts)
    return words >= LEAST_WORDS * len(parts) and running >= LEAST_RUNNING * len(parts)
