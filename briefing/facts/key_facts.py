"""Key facts."""

from __future__ import annotations

from briefing.model import Analysis, Article, Reading


def find_key_facts(article: Article, analysis: Analysis, reading: Reading) -> Reading:
    return reading
