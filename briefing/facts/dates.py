"""Dates."""

from __future__ import annotations

from briefing.model import Analysis, Article, DateRef


def find_dates(analysis: Analysis, article: Article) -> tuple[DateRef, ...]:
    return ()
