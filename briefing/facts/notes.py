"""Notes."""

from __future__ import annotations

from briefing.model import Analysis, Article, Reading


def find_notes(article: Article, analysis: Analysis, reading: Reading) -> Reading:
    return reading
