"""Statements."""

from __future__ import annotations

from briefing.model import Analysis, Statement


def find_statements(analysis: Analysis) -> tuple[Statement, ...]:
    return ()
