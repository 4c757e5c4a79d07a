"""Analysis -> Statement: who said, wrote or believed what, and in which words.

    attributions -> drafts -> rules of form -> joined pieces -> exact characters

The reader (`facts/reader`) decides which words are somebody's. Rules add what is a matter of form (interviews, signed
quotations) and reject what only looks like a statement. decisions/reader.md says what each is worth.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from briefing.facts.statements.drafts import Rejected, find_drafts, join, sift
from briefing.facts.statements.interviews import find_interview, in_interview
from briefing.facts.statements.layout import (
    after_another_person,
    find_left_over,
    find_signed,
    in_signed,
    with_chains,
)
from briefing.facts.statements.page import read_page
from briefing.facts.statements.quotes import find_quotes
from briefing.facts.statements.shape import to_statement
from briefing.facts.tokens import Tree
from briefing.model import Analysis, Statement

__all__ = ["find_quotes", "find_statements", "read_statements"]


class Found(NamedTuple):
    statements: tuple[Statement, ...]
    rejected: tuple[Rejected, ...]


def find_statements(analysis: Analysis, tree: Tree | None = None) -> tuple[Statement, ...]:
    """Return the statements of an article, in reading order; the linker fills in `actor` and `about`. Pass the syntax
    `tree` if it is known already."""
    return read_statements(analysis, tree).statements


def read_statements(analysis: Analysis, tree: Tree | None = None) -> Found:
    """Return the statements, and what each step rejected and why."""
    page = read_page(analysis, tree)
    interview = find_interview(page)
    read, unsaid = find_drafts(page, analysis.attributions)
    signed = find_signed(page, read)
    read, in_turns = sift(read, partial(in_interview, interview))
    read, claimed = sift(read, partial(in_signed, signed))
    read, doubtful = sift(read, partial(after_another_person, page))
    told = with_chains(page, [*interview.answers, *signed, *read])
    drafts = join([*told, *find_left_over(page, told)])
    statements = dict.fromkeys(to_statement(page, d) for d in drafts)  # none twice
    return Found(tuple(statements), (*unsaid, *in_turns, *claimed, *doubtful))
