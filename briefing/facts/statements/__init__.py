"""Analysis -> Statement: who said, wrote or believed what, and in which words.

    page -> cues -> contents and speakers of each -> drafts -> settle -> free quotations -> statements

Rules list what could be: every verb, noun or colon that may attribute, every stretch that may be its
content, every name that may be its speaker. Learned weights choose among them (`weights.py`), because no
rule knows that "said" nearly always attributes and "raised" seldom does. See decisions/statements.md.
"""

from __future__ import annotations

from briefing.facts.statements.cues import find_cues
from briefing.facts.statements.drafts import find_drafts
from briefing.facts.statements.free import find_free
from briefing.facts.statements.interviews import find_answers
from briefing.facts.statements.notices import find_notices
from briefing.facts.statements.page import read_page
from briefing.facts.statements.plain import find_plain
from briefing.facts.statements.quotes import find_quotes, unbalanced_quotes
from briefing.facts.statements.second_look import look_again
from briefing.facts.statements.shape import to_statement
from briefing.facts.statements.sifting import sift
from briefing.facts.statements.standing import inside, join, meant, part, settle
from briefing.facts.statements.weights import load_weights
from briefing.facts.syntax import Tree
from briefing.model import Analysis, Statement

__all__ = ["find_quotes", "find_statements", "unbalanced_quotes"]


def find_statements(analysis: Analysis, tree: Tree | None = None) -> tuple[Statement, ...]:
    """The statements of an article, in reading order; `actor` and `about` are left to the linker. `tree` is its
    syntax where that is known already."""
    page = read_page(analysis, tree)
    weights = load_weights()
    cues = tuple(find_cues(page))
    plain = [*find_answers(page), *find_notices(page), *find_plain(page, cues)]
    sure = {d.cue.head for d in plain if d.cue is not None}
    chosen = find_drafts(page, [c for c in cues if c.head not in sure], weights)
    sure |= {d.cue.head for d in chosen if d.cue is not None}
    again = look_again(page, [c for c in cues if c.head not in sure])
    cued = settle(page, part(page, inside(page, meant(page, sift(page, [*plain, *chosen, *again])))))
    drafts = join(page, cued, find_free(page, cued, weights))
    found = [to_statement(page, d) for d in drafts]
    return tuple(s for s in found if s is not None)
