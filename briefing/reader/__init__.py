"""Analysis -> Analysis: names and attributions, read by one small encoder.

    windows -> encoder -> decoder

The weights are in `weights/`, with a card that says what they learned from; `make train` makes them.
"""

from __future__ import annotations

from dataclasses import replace

from briefing.model import Analysis
from briefing.reader.decoder import decode
from briefing.reader.encoder import score, version

__all__ = ["read", "score", "version"]


def read(analysis: Analysis, headings: frozenset[int] = frozenset()) -> Analysis:
    """The analysis with its names and attributions; `headings`: blocks in which nobody says anything."""
    names, attributions = decode(analysis, score(analysis), headings)
    return replace(analysis, entities=names, attributions=attributions)
