"""Drafts -> the drafts that a careful reader would call statements: what only looks like one is left out.

Veltria calls them the Lantern Islands.         a name, not a claim (but: "Bolt called the roof a disgrace")
Nobody asked the harbour.                       nobody has said anything
Forty people were dismissed.                    said by nobody, and nothing is said
The firm is expected to announce job cuts.      the firm has announced nothing yet
A plan that it announced on May 2, rents rise.  the plan is what it announced
The so-called "tide tax"                        nobody calls it so here
Orr has read "The Art of Roofs".                the title of a work
Orr informed the residents one by one.          those who were told, not what
A service was held for the drowned.             not held to be so
Some applauded while others wept.               what happened at the same time
The council will act according to the law.      how it will act
We must be aware that time is short.            what all should be, not what anybody is
The Post quoted a guard as saying.              who said it, not what
He said that it leaks and opposed all repairs.  "that it leaks" is not what he opposed
The office issued a statement on the ferry.     not what it says
Most people prefer to walk.                     what they do (but: "would prefer to walk")
Bolt answered no questions.                     neither what was asked nor what was answered
"It leaks," Bolt smiled and said.               Bolt's, by "smiled": not said by nobody once more
Residents are required to boil their water.     by nobody: a duty, not a report
"""

from __future__ import annotations

from collections.abc import Iterable

from briefing.facts.statements.deeds import is_deed
from briefing.facts.statements.drafts import Draft, is_told
from briefing.facts.statements.page import MONTHS, Page
from briefing.facts.statements.speakers import MOST_CHILDREN
from briefing.facts.statements.words import lexicon, stem

OCCASIONS = frozenset({"during", "at", "since", "until", "after", "before", "near", "within", "throughout"})
SHOW = stem("show")
CITE = stem("cite")
HOLD = stem("hold")
QUOTE = stem("quote")
ASK = stem("ask")
ANSWER = stem("answer")
FEEL = stem("feel")
REFER = stem("refer")
LIKING = frozenset(map(stem, ("prefer", "like", "love", "hate")))
QUESTIONS = frozenset({"question", "questions"})
EXHORTING = frozenset({"must", "should"})
LISTENERS = frozenset({"dobj", "dobj+npadvmod", "dobj+advmod"})
MEANWHILE = frozenset({"while", "after", "before", "because", "since", "although", "though", "until", "as"})
LONGEST_NAME = 8  # tokens of "two officials of the ministry"
CHARGES = frozenset({"blame", "praise", "request"})


def sift(page: Page, drafts: Iterable[Draft]) -> list[Draft]:
    doubts = (
        _names, _nobody, _done, _awaited, _labels, _cites, _circumstance, _shows, _relative, _compound, _works,
        _listener, _held, _meanwhile, _by_rule, _exhorts, _source, _of_another, _issued,
        _smiled, _questions, _habits, is_deed,
    )  # fmt: skip
    return [d for d in drafts if not any(doubt(page, d) for doubt in doubts)]


def _names(page: Page, draft: Draft) -> bool:
    """ "calls them the Lantern Islands", "called Orr on Monday": what is unquoted and ends with a name is one."""
    if draft.cue is None:
        return False
    if draft.cue.word == REFER and page.words[draft.cue.last : draft.cue.last + 2] == ("to", "as"):
        return True
    if draft.cue.word not in lexicon().naming:
        return False
    if draft.speaker.head is None and draft.form in ("passive", "VBN"):  # "known as"
        return True
    first, last = draft.content.ranges[0][0], draft.content.ranges[-1][1]
    quoted = page.quoted_before[first] < page.quoted_before[last]
    object_ = not draft.content.kind.startswith("prep")  # not "called for talks by Friday"
    return object_ and draft.cue.last == draft.cue.head + 1 and not quoted and _is_name(page, last - 1)


def _is_name(page: Page, i: int) -> bool:
    return page.tokens[i].tag.startswith("NN") and page.tokens[i].text[:1].isupper()


def _cites(page: Page, draft: Draft) -> bool:
    """ "Citing two officials, the Gazette reported ...", "citing Harbour News": its source, not what it says."""
    if draft.cue is None or draft.cue.word != CITE:
        return False
    first, last = draft.content.ranges[0]
    heads = [i for i in range(first, min(last, first + LONGEST_NAME)) if page.tokens[i].dep == "dobj"]
    people = [i for i in heads if page.names[i] == "PERSON" or page.words[i] in lexicon().sources or _is_name(page, i)]
    return bool(people) and page.quoted_before[first] == page.quoted_before[last]


def _nobody(page: Page, draft: Draft) -> bool:
    """ "Nobody asked", "no one said": unless it is said of them in a quotation."""
    if draft.cue is None or draft.speaker.head is None:
        return False
    return page.words[draft.speaker.head] in lexicon().nobody or page.words[draft.speaker.first] == "no"


def _done(page: Page, draft: Draft) -> bool:
    """A passive without anybody who speaks and without anything said but its own subject; "Asked about the roof"."""
    if draft.cue is None or draft.speaker.head is not None:
        return False
    if draft.form == "VBN" and draft.cue.word == "ask":
        return True
    if draft.form != "passive" or draft.cue.word in lexicon().passive_hedges:
        return False
    if draft.content.kind == "passive" or (draft.cue.word != ASK and "xcomp" in draft.content.kind):
        return True
    first, last = draft.content.ranges[-1]
    charged = not CHARGES.isdisjoint(lexicon().groups.get(draft.cue.word, ()))
    return not charged and not is_told(page, first, last)


def _awaited(page: Page, draft: Draft) -> bool:
    """ "is expected to announce ...": what hangs on an expectation that nobody is named for."""
    if draft.cue is None or draft.form != "to":
        return False
    above = page.tokens[draft.cue.head].head
    passive = page.tree.child(above, ("auxpass",)) is not None
    return passive and stem(page.words[above]) in lexicon().passive_hedges


def _labels(page: Page, draft: Draft) -> bool:
    """ "Source: Harbour News", "Harbour News reported July 26": lines about the article itself."""
    if draft.cue is None:
        return False
    if draft.cue.kind == "colon":
        return draft.cue.head > 0 and page.words[draft.cue.head - 1] in lexicon().labels
    return draft.cue.word == "report" and page.words[draft.content.ranges[0][0]] in MONTHS


def _circumstance(page: Page, draft: Draft) -> bool:
    """ "protested during the war", "his remarks at the conference": when and where, not what."""
    first, last = draft.content.ranges[0]
    if draft.cue is None or draft.cue.head > first or not draft.content.kind.startswith("prep"):
        return False
    return page.words[first - 1] in OCCASIONS and not is_told(page, first, last)


def _shows(page: Page, draft: Draft) -> bool:
    """ "The drug shows good results", "Orr showed his medicine": nothing is told unless data or a report tell it."""
    if draft.cue is None or draft.cue.word != SHOW or draft.speaker.head is None:
        return False
    first, last = draft.content.ranges[0][0], draft.content.ranges[-1][1]
    tells = page.words[draft.speaker.head] in lexicon().records | lexicon().polls | lexicon().sources
    return not tells and not is_told(page, first, last)


def _relative(page: Page, draft: Draft) -> bool:
    """ "Under a plan that the firm announced on May 2, rents rise": what it announced stands before it already."""
    if draft.cue is None or page.tokens[draft.cue.head].dep not in {"relcl", "acl"}:
        return False
    head, first = draft.cue.head, draft.content.ranges[0][0]
    before = [c for c in page.tree.children[head] if c < head and page.tokens[c].tag in {"WDT", "WP"}]
    taken = any(page.tokens[c].dep == "dobj" for c in before)
    return taken and first > head and page.quoted_before[first] == page.quoted_before[draft.content.ranges[-1][1]]


def _compound(page: Page, draft: Draft) -> bool:
    """ "The so-called tide tax", "a self-declared king": an adjective."""
    return draft.cue is not None and draft.cue.kind == "verb" and page.tokens[draft.cue.head - 1].tag == "HYPH"


def _works(page: Page, draft: Draft) -> bool:
    """What somebody reads, signs or celebrates in quotation marks, without a verb in it, is the title of a work."""
    if draft.cue is None or draft.cue.word not in lexicon().actions:
        return False
    first, last = draft.content.ranges[0][0], draft.content.ranges[-1][1]
    quoted = page.quoted_before[last] - page.quoted_before[first] == last - first
    return quoted and page.finite_before[first] == page.finite_before[last]


def _listener(page: Page, draft: Draft) -> bool:
    """ "informed the residents", "told the Gazette": nothing of what they were told."""
    if draft.cue is None or draft.cue.word not in lexicon().told:
        return False
    first, last = draft.content.ranges[0][0], draft.content.ranges[-1][1]
    return draft.content.kind in LISTENERS and not is_told(page, first, last)


def _held(page: Page, draft: Draft) -> bool:
    """ "The service was held for ...", "held the door": only what is "held that" is held to be so."""
    return draft.cue is not None and draft.cue.word == HOLD and "ccomp" not in draft.content.kind


def _meanwhile(page: Page, draft: Draft) -> bool:
    """ "applauded while others wept": another event; what comes before the verb is not: "While it rained, he said"."""
    if draft.cue is None or draft.content.kind != "advcl":
        return False
    first = draft.content.ranges[0][0]
    return first > draft.cue.head and page.words[first] in MEANWHILE and page.quoted[first] < 0


def _by_rule(page: Page, draft: Draft) -> bool:
    """ "act according to the law", without a comma: how somebody acts, not who says so; "in view of the storm": why."""
    if draft.cue is None or draft.cue.kind != "according" or draft.speaker.head is None:
        return False
    if page.words[draft.cue.head : draft.cue.head + 3] == ("in", "view", "of"):
        return True
    behind = draft.content.ranges[0][0] < draft.cue.head and page.words[draft.cue.head - 1] != ","
    return behind and page.words[draft.speaker.head] in lexicon().rules


def _exhorts(page: Page, draft: Draft) -> bool:
    """ "We must be fully aware that ...": nobody is said to be."""
    if draft.cue is None or draft.cue.kind != "adjective":
        return False
    above = page.tokens[draft.cue.head].head
    return any(page.words[c] in EXHORTING for c in page.tree.children[above][:MOST_CHILDREN])


def _source(page: Page, draft: Draft) -> bool:
    """ "..., the Post quoted a guard as saying.": what he said stands before."""
    if draft.cue is None or draft.cue.word != QUOTE:
        return False
    last = draft.content.ranges[-1][1]
    return page.words[last - 2 : last] == ("as", "saying")


def _of_another(page: Page, draft: Draft) -> bool:
    """ "He said that it leaks and opposed all repairs": a clause with "that" is said by the verb right before it."""
    if draft.cue is None:
        return False
    first, last = draft.content.ranges[0]
    opened = page.words[first] == "that" and page.tokens[first].tag == "IN" and last <= draft.cue.head
    return opened and first > 0 and page.tokens[first - 1].tag[:1] == "V"


def _issued(page: Page, draft: Draft) -> bool:
    """ "issued a statement", "sent two letters saying ...": that something was said, not what."""
    if draft.cue is None or draft.cue.word not in lexicon().issuing or draft.content.kind[:4] != "dobj":
        return False
    thing = page.tree.child(draft.cue.head, ("dobj",))
    if thing is None or stem(page.words[thing]) not in lexicon().messages:
        return False
    saying = page.tree.child(thing, ("acl",)) or page.tree.child(draft.cue.head, ("advcl",))
    first, last = draft.content.ranges[0][0], draft.content.ranges[-1][1]
    return (saying is not None and page.tokens[saying].tag == "VBG") or not is_told(page, first, last)


def _smiled(page: Page, draft: Draft) -> bool:
    """ "..., Bolt smiled and said.": the parser gives the second verb no subject, and all before it for content."""
    if draft.cue is None or draft.speaker.head is not None or page.tokens[draft.cue.head].dep != "conj":
        return False
    above = page.tokens[draft.cue.head].head
    return any(first <= above < last for first, last in draft.content.ranges)


def _questions(page: Page, draft: Draft) -> bool:
    """ "answered no questions", "asked a question about the leak": neither the question nor an answer."""
    if draft.cue is None or draft.cue.word not in (ANSWER, ASK) or draft.content.kind[:4] != "dobj":
        return False
    thing = page.tree.child(draft.cue.head, ("dobj",))
    first, last = draft.content.ranges[0][0], draft.content.ranges[-1][1]
    return thing is not None and page.words[thing] in QUESTIONS and not is_told(page, first, last)


def _habits(page: Page, draft: Draft) -> bool:
    """ "likes to ring the bell", "prefer to walk", "feels tired": what somebody does, and how somebody is."""
    if draft.cue is None or draft.form.startswith("modal"):
        return False
    feels = draft.cue.word == FEEL and draft.content.kind == "acomp"
    return feels or (draft.cue.word in LIKING and draft.content.kind.startswith("xcomp"))
