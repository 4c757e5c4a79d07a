"""Analysis -> Statement: who said, wrote or believed what, and in which words.

    attributions -> drafts -> rules of form -> filters -> joined pieces -> exact characters

The reader (`briefing/reader`) says which words are somebody's. Rules add what is a matter of form (interviews, signed
quotations, quotations over several paragraphs) and leave out what only looks like a statement. decisions/reader.md says
what each is worth.
"""

from __future__ import annotations

from briefing.facts.statements.drafts import find_drafts, join, keep
from briefing.facts.statements.layout import (
    find_interview,
    find_left_over,
    find_signed,
    outside,
    with_chains,
    without_signed,
)
from briefing.facts.statements.page import read_page
from briefing.facts.statements.quotes import find_quotes, unbalanced_quotes
from briefing.facts.statements.shape import to_statement
from briefing.facts.tokens import Tree
from briefing.model import Analysis, Statement

__all__ = ["find_quotes", "find_statements", "unbalanced_quotes"]


def find_statements(analysis: Analysis, tree: Tree | None = None) -> tuple[Statement, ...]:
    """The statements of an article, in reading order; `actor` and `about` are left to the linker. `tree` is its
    syntax where that is known already."""
    page = read_page(analysis, tree)
    interview, signed = find_interview(page), find_signed(page)
    read = without_signed(signed, outside(interview, find_drafts(page, keep(page, analysis.attributions))))
    told = with_chains(page, [*interview.answers, *signed, *read])
    drafts = join(page, [*told, *find_left_over(page, told)])
    found = [to_statement(page, d) for d in drafts]
    return tuple(dict.fromkeys(s for s in found if s is not None))
