"""Figures."""

from __future__ import annotations

from briefing.model import Analysis, DateRef, Figure


def find_figures(analysis: Analysis, dates: tuple[DateRef, ...]) -> tuple[Figure, ...]:
    return ()
