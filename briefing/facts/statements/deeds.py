"""Draft -> is it a deed, although its verb can also tell? Nothing that anybody said is left in these.

Bolt pointed to the boiler, "It leaks."            she pointed; she said "It leaks."
We should start by discussing the main issues.     the writer's own "we", about what should be done
With the pipes stressed and the wells dry, ...     how the pipes are
Bolt tweeted a photo of the pier.                  a photo, no words
A book allowed visitors to express their thanks.   what they could do
A crack crossed the roof, showing that it is old.  what the writer takes from it
Residents responded to the call of the council.    they did what was asked
As the income of the port declines, rents rise.    it becomes less
It is necessary to discuss how to pay.             nobody has yet
The king carried out a plan to build a fleet.      he built it
They discussed several topics.                     not what they said about them
The port is seeking buyers for its cranes.         what it does
Orr was dismissed for hiding the leak.             he lost his post
The sailors dared to sail.                         they sailed
"""

from __future__ import annotations

from briefing.facts.statements.drafts import FINITE, SPEECH, Draft, is_told
from briefing.facts.statements.page import Page
from briefing.facts.statements.speakers import MOST_CHILDREN
from briefing.facts.statements.words import lexicon, stem

POINT = stem("point")
NEAR = 3  # tokens between a gesture and the quotation that it goes with
POSTING = frozenset(map(stem, ("tweet", "retweet", "post", "repost", "share", "forward")))
PASSING_ON = frozenset(map(stem, ("retweet", "repost", "forward")))
POSTED = frozenset({"photo", "photos", "photograph", "photographs", "picture", "pictures", "image", "images", "video",
                    "videos", "clip", "clips", "selfie", "link", "tweet", "tweets", "post", "posts"})  # fmt: skip
ENABLING = frozenset(map(stem, ("allow", "enable", "permit", "let", "help")))
NEEDED = frozenset({"necessary", "essential", "important", "needed", "need"})
SHOWING = frozenset(map(stem, ("show", "indicate", "prove", "demonstrate", "reflect", "mean")))
ANSWERING = frozenset(map(stem, ("respond", "react")))
CALLS = frozenset({"call", "calls", "appeal", "appeals", "request", "requests", "initiative", "invitation", "demand"})
REFUSING = frozenset(map(stem, ("decline", "refuse")))
REFUSED = ("xcomp", "dobj", "prep")
CARRYING_OUT = frozenset(
    map(stem, ("implement", "execute", "fulfil", "fulfill", "carry", "realize", "realise", "follow"))
)
SEEK = stem("seek")
DARE = stem("dare")
DISMISS = stem("dismiss")
ASKED_FOR = frozenset(
    {"apology", "approval", "answer", "answers", "comment", "help", "permission", "asylum", "damages", "clarification"}
    | {"clarity", "assurance", "assurances", "guarantee", "guarantees", "compensation", "pardon", "forgiveness", "ban"}
    | {
        "extension",
        "extradition",
        "injunction",
        "ruling",
        "review",
        "recount",
        "ceasefire",
        "truce",
        "talks",
        "meeting",
    }
    | {
        "explanation",
        "explanations",
        "details",
        "advice",
        "consent",
        "support",
        "waiver",
        "exemption",
        "delay",
        "probe",
    }
    | {"inquiry", "investigation", "resignation", "release", "return", "repeal", "end", "changes", "concessions"}
)
TOPICS = frozenset({"topics", "issues", "matters", "questions", "problems", "details", "things", "subjects"})
SPEAKS = frozenset({"PERSON", "ORG", "GPE"})


def is_deed(page: Page, draft: Draft) -> bool:
    doubts = (
        _gesture, _ours, _absolute, _posted, _enabled, _inferred, _complied, _becomes_less, _needed,
        _carried_out, _topics, _sought, _sacked, _dared,
    )  # fmt: skip
    return draft.cue is not None and not _told(page, draft) and any(doubt(page, draft) for doubt in doubts)


def _told(page: Page, draft: Draft) -> bool:
    """Are there quotation marks in what is said? Then it was said."""
    first, last = draft.content.ranges[0][0], draft.content.ranges[-1][1]
    return page.quoted_before[first] + (last - first) // 2 < page.quoted_before[last]


def _gesture(page: Page, draft: Draft) -> bool:
    """ "pointed to the boiler" before a quotation of the same sentence, which is what was said."""
    if draft.cue is None or draft.cue.word != POINT or not draft.content.kind.startswith("prep"):
        return False
    last = draft.content.ranges[-1][1]
    end = min(last + NEAR, page.analysis.sentences[page.tokens[draft.cue.head].sentence].last)
    return draft.cue.last == draft.cue.head + 1 and any(page.quoted[i] >= 0 for i in range(last, end))


def _ours(page: Page, draft: Draft) -> bool:
    """ "Looking back, we find that ...": an editorial's "we" says only what it says or believes outright."""
    if draft.cue is None or draft.speaker.head is None or page.words[draft.speaker.head] != "we":
        return False
    if page.quoted[draft.speaker.head] >= 0 or page.quoted[draft.cue.head] >= 0:
        return False
    groups = lexicon().groups.get(draft.cue.word, ())
    outright = draft.form in FINITE and not SPEECH.isdisjoint(groups) and "show" not in groups
    return not outright or draft.cue.word in lexicon().actions


def _absolute(page: Page, draft: Draft) -> bool:
    """ "with all wells stressed and ..." is no clause with a verb of its own, unless a participle tells: "with Bolt
    saying that ..."."""
    if draft.cue is None or page.tokens[draft.cue.head].tag not in ("VBD", "VBN") or draft.speaker.head is None:
        return False
    first = draft.speaker.first
    return 0 < first < draft.cue.head and page.words[first - 1] == "with"


def _posted(page: Page, draft: Draft) -> bool:
    """ "tweeted a photo", "her tweet was retweeted by ..."."""
    if draft.cue is None or draft.cue.word not in POSTING:
        return False
    first, last = draft.content.ranges[0][0], draft.content.ranges[-1][1]
    if draft.cue.word in PASSING_ON and not is_told(page, first, last):
        return True
    thing = page.tree.child(draft.cue.head, ("dobj",))
    return thing is not None and first <= thing < last and page.words[thing] in POSTED


def _enabled(page: Page, draft: Draft) -> bool:
    """ "allowed visitors to express their thanks"."""
    if draft.cue is None or draft.form != "to":
        return False
    above = page.tokens[draft.cue.head].head
    return page.tokens[draft.cue.head].dep in ("ccomp", "xcomp") and stem(page.words[above]) in ENABLING


def _inferred(page: Page, draft: Draft) -> bool:
    """ "..., showing that ...", of what neither speaks nor records anything."""
    if draft.cue is None or draft.form != "VBG" or page.tokens[draft.cue.head].dep != "advcl":
        return False
    head, words = draft.speaker.head, lexicon()
    if head is None or draft.cue.word not in SHOWING or page.tokens[head].tag == "PRP":
        return False
    tells = page.words[head] in words.records | words.polls | words.sources or page.names[head] in SPEAKS
    return not tells and page.tokens[head].tag[:3] != "NNP"


def _complied(page: Page, draft: Draft) -> bool:
    """ "responded to the call of the council"; not "did not respond to requests"."""
    if draft.cue is None or draft.cue.word not in ANSWERING or not draft.content.kind.startswith("prep"):
        return False
    if any(page.tokens[c].dep == "neg" for c in page.tree.children[draft.cue.head]):
        return False
    first = draft.content.ranges[0][0]
    return any(page.words[i] in CALLS for i in range(first, min(first + NEAR, len(page.words))))


def _becomes_less(page: Page, draft: Draft) -> bool:
    """ "As income declines, ...": who declines or refuses something names it, or says to do what."""
    return draft.cue is not None and draft.cue.word in REFUSING and not draft.content.kind.startswith(REFUSED)


def _needed(page: Page, draft: Draft) -> bool:
    """ "It is necessary to discuss how ..."."""
    if draft.cue is None or draft.form != "to":
        return False
    before = page.words[max(0, draft.cue.head - 2)]
    return page.words[page.tokens[draft.cue.head].head] in NEEDED or before in NEEDED


def _carried_out(page: Page, draft: Draft) -> bool:
    """ "implemented a plan to build a fleet"."""
    if draft.cue is None or draft.cue.kind != "noun" or page.tokens[draft.cue.head].dep != "dobj":
        return False
    return stem(page.words[page.tokens[draft.cue.head].head]) in CARRYING_OUT


def _topics(page: Page, draft: Draft) -> bool:
    """ "discussed several topics" names none of them."""
    if draft.cue is None or "discuss" not in lexicon().groups.get(draft.cue.word, ()):
        return False
    thing = page.tree.child(draft.cue.head, ("dobj",))
    if thing is None or page.words[thing] not in TOPICS:
        return False
    below = page.tree.children[thing][:MOST_CHILDREN]
    return not any(c > thing and page.words[c] in ("of", "about", "that", "whether", "such", "like") for c in below)


def _sought(page: Page, draft: Draft) -> bool:
    """ "seeking buyers", not "seeking an apology": who asks for it in words."""
    if draft.cue is None or draft.cue.word != SEEK or not draft.content.kind.startswith("dobj"):
        return False
    thing = page.tree.child(draft.cue.head, ("dobj",))
    return thing is not None and page.words[thing] not in ASKED_FOR


def _sacked(page: Page, draft: Draft) -> bool:
    """ "was dismissed for hiding the leak", "from her post"; not "was dismissed as a joke"."""
    if draft.cue is None or draft.cue.word != DISMISS or draft.form != "passive":
        return False
    return page.words[draft.cue.last : draft.cue.last + 1] in (("for",), ("from",))


def _dared(page: Page, draft: Draft) -> bool:
    """ "dared to sail", but not "dared Orr to sail"."""
    first = draft.content.ranges[0][0]
    return draft.cue is not None and draft.cue.word == DARE and first == draft.cue.last and page.words[first] == "to"
