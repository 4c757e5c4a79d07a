"""Page -> Draft: notices without a verb, as translated news writes them.

News from the port office, the ferry is late today.     the port office: the ferry is late today
Port office news: on May 3, the ferry was late.         Port office: on May 3, the ferry was late
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.facts.name_lists import listed
from briefing.facts.statements.contents import Content
from briefing.facts.statements.cues import Cue
from briefing.facts.statements.drafts import Draft
from briefing.facts.statements.page import Page, trim
from briefing.facts.statements.speakers import Candidate

SURE = 2.0
NEWS = frozenset({"news", "information", "reports", "data", "statistics"})
LONGEST_NAME = 14  # tokens of "the Water Board of the county of Salt" before its comma
SHORTEST = 4  # tokens of a clause
SHORTEST_TERSE = 8  # tokens of one without a verb
LONGEST_LABEL = 10
COLONS = frozenset({":", "："})
PAUSES = frozenset({",", ":", "，", "："})


def find_notices(page: Page) -> Iterator[Draft]:
    for sentence in page.analysis.sentences:
        first = _behind_label(page, sentence.first, sentence.last)
        if page.words[first] in NEWS and first + 2 < sentence.last and page.words[first + 1] == "from":
            pause = _pause(page, first + 2, sentence.last)
            draft = _notice(page, (first + 2, pause), (first, first + 2), sentence.last) if pause else None
        elif "news" in page.words[first + 1 : min(first + LONGEST_NAME, sentence.last)]:
            news = page.words.index("news", first + 1)
            told = _body(page, first, news) and page.words[min(news + 1, sentence.last - 1)] in PAUSES
            draft = _notice(page, (first, news), (news, news + 1), sentence.last) if told else None
        else:
            continue
        if draft is not None:
            yield draft


def _behind_label(page: Page, first: int, last: int) -> int:
    """Where the sentence goes on behind "Salt Radio (evening programme):"."""
    colon = next((i for i in range(first, min(last - 1, first + LONGEST_LABEL)) if page.words[i] in COLONS), None)
    return first if colon is None or page.words[colon + 1] not in NEWS else colon + 1


def _pause(page: Page, first: int, last: int) -> int | None:
    """The comma or colon behind a name, if nothing but a name stands before it."""
    for i in range(first, min(last, first + LONGEST_NAME)):
        if page.words[i] in PAUSES:
            return i if i > first else None
        if page.tokens[i].tag[:1] in "VM":
            return None
    return None


def _body(page: Page, first: int, news: int) -> bool:
    """Is it a body's news, not the name of a paper or a desk ("Salt City news: ...")?"""
    head = page.words[news - 1]
    named = all(page.tokens[i].tag[:1] in "NJDI" or page.words[i] in ("and", "'s") for i in range(first, news))
    return named and head in listed("standin") and page.quoted[news] < 0


def _notice(page: Page, name: tuple[int, int], cue: tuple[int, int], last: int) -> Draft | None:
    who = trim(page, *name)
    said = trim(page, max(name[1], cue[1]) + 1, last)
    head = next((i for i in range(who[1] - 1, who[0] - 1, -1) if page.tokens[i].tag[:1] == "N"), None)
    finite = page.finite_before[said[0]] < page.finite_before[said[1]]
    told = said[1] - said[0] >= (SHORTEST if finite else SHORTEST_TERSE)
    if head is None or not told or page.quoted[cue[0]] >= 0:
        return None
    found = Cue(cue[0], cue[1], "notice", "news")
    return Draft(found, Content("notice", (said,)), Candidate("notice", head, *who), "notice", SURE)
