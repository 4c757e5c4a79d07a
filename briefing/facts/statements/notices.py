"""Page -> Draft: notices without a verb, as translated news writes them.

News from the port office, the ferry is late today.     the port office: the ferry is late today
Port office news: on May 3, the ferry was late.         Port office: on May 3, the ferry was late
From the port office news, the ferry is late today.     the port office: the ferry is late today
Experts tips, visitors should boil their water.         Experts: visitors should boil their water
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.facts.name_lists import listed
from briefing.facts.statements.contents import Content
from briefing.facts.statements.cues import Cue
from briefing.facts.statements.drafts import Draft
from briefing.facts.statements.page import Page, trim
from briefing.facts.statements.speakers import Candidate
from briefing.facts.statements.words import lexicon

SURE = 2.0
HEADED = frozenset({"news", "tips", "tip", "reminder", "reminders"})
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
        if page.words[first] == "from" and (news := _news_of(page, first, sentence.last)) is not None:
            draft = _notice(page, (first + 1, news), (news, news + 1), sentence.last)
        elif page.words[first] in NEWS and first + 2 < sentence.last and page.words[first + 1] == "from":
            pause = _pause(page, first + 2, sentence.last)
            draft = _notice(page, (first + 2, pause), (first, first + 2), sentence.last) if pause else None
        elif (news := _headed(page, first, sentence.last)) is not None:
            first = _name_start(page, first, news)
            told = _body(page, first, news) and page.words[min(news + 1, sentence.last - 1)] in PAUSES
            draft = _notice(page, (first, news), (news, news + 1), sentence.last) if told else None
        else:
            continue
        if draft is not None:
            yield draft


def _headed(page: Page, first: int, last: int) -> int | None:
    """The first "news" or "tips" near the beginning."""
    end = min(first + LONGEST_NAME, last)
    if HEADED.isdisjoint(page.words[first + 1 : end]):  # nearly all sentences
        return None
    return next(i for i in range(first + 1, end) if page.words[i] in HEADED)


def _name_start(page: Page, first: int, news: int) -> int:
    """Behind "At the same time,"."""
    return next((i + 1 for i in range(news - 1, first, -1) if page.words[i] == ","), first)


def _news_of(page: Page, first: int, last: int) -> int | None:
    """The last word of "From the port office news," before a pause."""
    pause = _pause(page, first + 1, last)
    return (
        pause - 1
        if pause is not None and pause > first + 2 and page.words[pause - 1] in ("news", "information")
        else None
    )


def _behind_label(page: Page, first: int, last: int) -> int:
    """Where the sentence goes on behind "Salt Radio (evening programme):"."""
    colon = next((i for i in range(first, min(last - 1, first + LONGEST_LABEL)) if page.words[i] in COLONS), None)
    if colon is None:
        return first
    from_ = page.words[colon + 1] == "from" and _news_of(page, colon + 1, last) is not None
    return colon + 1 if from_ or page.words[colon + 1] in NEWS else first


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
    tells = head in listed("standin") or (page.words[news] != "news" and head in lexicon().sources)
    return named and tells and page.quoted[news] < 0


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
