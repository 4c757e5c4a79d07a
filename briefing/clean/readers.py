"""Mark what readers wrote below an article: `Comments (14)` and the lines under it.

Only with a sign that readers speak there: a name before a colon, the time of a comment, a button to reply. Many pages
have the same counter above or inside the article.
"""

from __future__ import annotations

import re

from briefing.clean.boilerplate import rule_of
from briefing.clean.draft import Draft, Piece
from briefing.content.edtf import find_date

ABOVE = 2  # sentences of the article above its comments
SIGNS_WITHIN = 3  # lines below the counter in which a sign must come
NUMBERED = re.compile(
    r"(?:(?:readers?[’']?s?|user|all|top|latest|recent|view) )?"
    r"(?:comments?|replies|discussion|responses?) ?[:：]? ?\(?\d{1,6}\)?"
    r"|\d{1,6} (?:readers?[’']?s? )?(?:comments?|replies|responses?)",
    re.IGNORECASE,
)
BARE = re.compile(r"(?:(?:readers?[’']?s?|your|latest|recent) )?comments?|have your say|discussion", re.IGNORECASE)
NAME = re.compile(
    r"@?\w[\w.'’-]{1,24}(?: [\w.'’-]{1,20}){0,3}"
    r"(?: (?:says|said|wrote|writes|commented|replied))?(?: ?\([^()]{1,30}\))? ?[:：](?=\s|$)"
)
HANDLE = re.compile(r"(?:@\w|[\w.-]{0,24}[\d_])[\w.-]{0,24} ?[:：]")  # hanoi_joe:, @bo, ada77:
BUTTON = re.compile(
    r"(?:\d{1,3}|an?|one) (?:min(?:ute)?|hour|hr|day|week|month|year)s? ago\b.{0,20}"
    r"|(?:reply|like|report|upvote|flag)(?: ?[|·(].{0,30})?"
    r"|.{2,40} (?:says|wrote|commented) ?:",
    re.IGNORECASE,
)
REASON = "Readers’ comments"


def mark_comments(draft: Draft) -> None:
    prose = [piece.index for piece in draft.pieces if piece.is_prose]
    for piece in draft.pieces:
        if sum(i < piece.index for i in prose[: ABOVE + 1]) < ABOVE or piece.words > 4:
            continue
        numbered = NUMBERED.fullmatch(piece.bare) is not None
        if not numbered and not BARE.fullmatch(piece.bare):
            continue
        below = draft.pieces[piece.index + 1 :]
        if below and _is_by_readers(below[:SIGNS_WITHIN], numbered):
            draft.mark(piece, "comments", "Comment form")
            for line in below:
                if line.block.kind == "heading":
                    break
                if not rule_of(line):  # else it has a reason of its own
                    draft.mark(line, "comments", REASON)
            return


def _is_by_readers(lines: tuple[Piece, ...], numbered: bool) -> bool:
    first = lines[0].shown
    if HANDLE.match(first) or (numbered and NAME.match(first)):
        return True
    return any(BUTTON.fullmatch(line.bare) or (numbered and _is_date(line.shown)) for line in lines)


def _is_date(shown: str) -> bool:
    date = find_date(shown[:60])
    return date is not None and len(shown) - (date.end - date.start) <= MOST_BESIDE


MOST_BESIDE = 14  # characters of a comment's time beside its date: " at 10:14 a.m."
