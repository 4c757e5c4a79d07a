"""Attribution -> the reason why it is no statement, by its words and syntax.

    A leak is feared.                           no speaker, unless the cue itself is hearsay ("reportedly")
    Bolt plans to leave.                        an intention, which the training articles mark like speech
    Bolt adopted the limits.                    a deed
    Bolt asked whether it leaks.                a question
    Bolt wrote when the roof leaked.            the time of the writing, not what was written
    Had Bolt said that it leaks, ...            conditional by word order
    It is not true that Bolt said it leaks.     called false, or not supported by evidence
    Bolt denied saying that it leaks.           denied, declined or wished
    Bolt left without saying that it leaks.     the same with a preposition
    Bolt was wrongly quoted as saying ...       the same with an adverb
    Neither Bolt nor Orr said that it leaks.    nobody said so
    Nor did Bolt say that it leaks.             the same by word order
    It leaks more than Bolt had said.           compared
    Residents heard that it leaks.              heard, not said
    The news: "It leaks."                       a thing is no speaker

The reader decides the rest (`Attribution.asserted`): it learned what "never", "if" and question marks do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.facts.statements.page import AUXILIARIES, RELATIVES, Page, Range, trim
from briefing.facts.statements.words import (
    ASKING,
    ATTITUDES,
    DEEDS,
    DENIALS,
    HEARING,
    HEDGES,
    INTENTIONS,
    PASSIVE_HEDGES,
    REPORTING,
    SHOWING,
    SILENCES,
    UNREAL,
    WORDS,
    stem,
)
from briefing.facts.tokens import FINITE, SUBJECTS
from briefing.model import Attribution

NOBODY = frozenset({"no", "nobody", "none", "neither", "nothing", "whoever", "whichever", "anybody", "anyone", "nor"})
INVERTED = frozenset({"had", "were", "should"})  # "Had Bolt said so, ..."
# Words before an auxiliary and its subject: "Rarely has Bolt said so". But "Not only did Bolt say so" asserts it.
NEGATIVES = frozenset({"nor", "neither", "never", "rarely", "seldom", "hardly", "scarcely", "barely", "nowhere", "no"})
SILENT = frozenset({"under", "by", "with", "at", ",", ";", "-"})  # parts of a cue without any word that says something
PROVIDING = frozenset({"provided", "providing"})  # before "that", conditions
PLAIN_CONDITIONS = frozenset({"if", "unless"})
CONDITIONS = frozenset({"if", "unless", "whether", "lest"})
COMPLEMENTS = frozenset({"ccomp", "xcomp", "pcomp", "csubj", "csubjpass", "nsubj", "nsubjpass", "acl", "attr", "dobj"})
BE = frozenset({"be", "prov", "sound"})  # stems
NOT_FINITE = frozenset({"VB", "VBG", "VBN"})
WH = frozenset({"how", "why", "what", "where", "when", "who"})
TO_KNOW = (("to", "know"), ("know",))  # "wanted to know if"
# "Questioned whether it leaks" says that it may not.
DOUBTING = frozenset(map(stem, ("question", "doubt", "dispute", "wonder")))
TIMING = frozenset({"when", "after", "before", "while", "since", "until", "once", "as"})
SUPPOSING = frozenset({"imagine", "suppose"})
WILL = frozenset({"will", "'ll", "’ll", "shall"})
ORDERS = frozenset({("of", "order"), ("out", "of", "order")})
MOVING = frozenset(map(stem, ("propose", "move", "second", "table", "withdraw")))
DEMONSTRATIVE = frozenset({"this", "that", "these", "those"})
NOUNS = frozenset({"NN", "NNS", "JJ"})
NAME = stem("call")  # "in what it calls the Pantry"
NAMING = frozenset({"called", "named", "dubbed", "nicknamed", "titled", "entitled"})
ARTICLES = frozenset({"the", "a", "an"})
HAVING = frozenset({"have", "has", "had", "'ve", "’ve"})
LONGEST_ADDRESSEE = 6  # tokens of "the board of the mill"
DEEPEST = 8  # governors of a verb that are looked at: more is a broken parse
ASSERTED = 0.5  # probability from which words count as said
CLAIMS = REPORTING | ATTITUDES | PASSIVE_HEDGES  # stems of what may have a thing as its object
PROMISING = frozenset(map(stem, ("announce", "declare")))
CERTAIN = 0.95  # confidence from which a verb without a list may have a thing as its object
OBJECTS = frozenset({"dobj", "pobj"})
OPINIONS = frozenset({"oprd", "ccomp", "xcomp", "acomp", "prep", "prt"})  # of "call": "it a success", "for a ban"
WORDED = frozenset({"VB", "NN", "JJ"})  # first letters of the parts of speech of a cue that has words
LONGEST_PARTICLE = 3  # letters of words that titles write in lower case: "of", "and"


def reason_against(page: Page, attribution: Attribution) -> str:
    """Return why an attribution is no statement, or "" if it is one."""
    if attribution.asserted < ASSERTED:
        return "not asserted"
    if attribution.speaker is None and not is_hearsay(page, attribution):
        return "no speaker"
    if is_subject(page, attribution):
        return "cue is the subject of the content"
    if is_intention(page, attribution):
        return "intention"
    if is_question(page, attribution):
        return "a question"
    if is_time(page, attribution):
        return "when it was said"
    return "a deed" if is_deed(page, attribution) else _reason_against_assertion(page, attribution)


def is_condition(page: Page, contents: Iterable[Range], cue: Range) -> bool:
    """Tell whether nothing but a condition is said: "If it rains, as Bolt fears, ..."."""
    for first, last in contents:
        root = page.tokens[page.root(first, last)]
        own = page.words[first] in PLAIN_CONDITIONS and root.dep == "advcl" and page.quoted[first] < 0
        if not own or cue[0] <= root.head < cue[1] or page.tokens[last - 1].sentence != root.sentence:
            return False
    return True


def is_question(page: Page, attribution: Attribution) -> bool:
    """Tell whether it is an indirect question: "asked whether it leaks", "wanted to know how", "did not say if"."""
    first, last = trim(page, *attribution.content)
    if first >= last:
        return False
    if page.quoted[first] >= 0:
        asker = attribution.speaker and page.words[page.root(*attribution.speaker)]
        return asker in WORDS.journalists and "?" in page.words[last - 1 : last + 1]
    stems = set() if attribution.cue is None else _stems(page, attribution.cue)
    behind = page.words[first : min(first + 2, last)]
    knowing = next((len(words) for words in TO_KNOW if behind[: len(words)] == words), 0)
    word = first + knowing
    if not DOUBTING.isdisjoint(stems):
        return False
    if word < last and page.words[word] == "whether":
        return True
    asks = not ASKING.isdisjoint(stems)
    if asks:  # "asked the board if it leaks"
        whole = range(first, min(first + LONGEST_ADDRESSEE, last))
        word = next((i for i in whole if page.words[i] in CONDITIONS and page.tokens[i].dep == "mark"), word)
        word = word if page.finite_before[word] == page.finite_before[first] else first
    if word < last and page.words[word] == "if":
        return asks or knowing > 0 or page.tokens[page.tokens[word].head].dep in COMPLEMENTS
    return (asks or knowing > 0) and word < last and page.words[word] in WH


def is_time(page: Page, attribution: Attribution) -> bool:
    """Tell whether it only says when or why somebody spoke: "When the roof leaked, Bolt wrote to Orr"."""
    first, last = trim(page, *attribution.content)
    if attribution.cue is None or first >= last or page.quoted[first] >= 0 or page.words[first] not in TIMING:
        return False
    root = page.tokens[page.root(first, last)]
    return root.dep == "advcl" and attribution.cue[0] <= root.head < attribution.cue[1]


def is_deed(page: Page, attribution: Attribution) -> bool:
    """Tell whether it is something done, not said: "adopted the limits", "agreed on a text", "called off the trip"."""
    first, last = trim(page, *attribution.content)
    if last - first <= 2 and page.words[last - 1] in WORDS.pointers:  # "mentioned the matter"
        return True
    if attribution.cue is None or first >= last:
        return False
    cue = page.words[slice(*attribution.cue)]
    stems = {stem(w) for w in cue}
    done = not DEEDS.isdisjoint(stems) and stems.isdisjoint(CLAIMS - DEEDS) and "with" not in cue
    if any(page.quoted[i] >= 0 for i in range(first, last)):
        titled = all(t.text[:1].isupper() for t in page.tokens[first:last] if len(t.text) > LONGEST_PARTICLE)
        return done and titled
    if stem("require") in stems or _points_back(page, attribution.cue, first, last):
        return True  # a rule, or a word for what is said elsewhere
    announced = page.words[first] == "to" and not PROMISING.isdisjoint(stems)  # "announced to build"
    if announced or not _is_phrase(page, first, last) or not WORDS.texts.isdisjoint(cue):
        return False
    doing = first + (page.words[first] == "by")
    by_doing = page.tree.tag(doing) == "VBG" and page.tree.low(doing - 1) == "by"  # "responded by closing the mill"
    if (
        done
        or by_doing
        or _is_moved(page, attribution, first, stems)
        or _is_called(page, attribution, stems)
        or ("describ" in stems and "as" not in page.words[first:last])
    ):
        return True
    verbal = any(page.tokens[i].tag[:2] in WORDED for i in range(*attribution.cue))
    return verbal and attribution.confidence < CERTAIN and stems.isdisjoint(CLAIMS)


def _points_back(page: Page, cue: Range, first: int, last: int) -> bool:
    """Tell whether it only names what is said elsewhere: "This version was denied by Bolt"."""
    nouns = all(page.tokens[i].tag in NOUNS for i in range(first + 1, last))
    noun = page.tokens[page.root(first, last)]
    own = noun.dep in ("dobj", "nsubjpass") and cue[0] <= noun.head < cue[1]
    return own and nouns and page.words[first] in DEMONSTRATIVE and page.tokens[first].tag == "DT"


def _is_moved(page: Page, a: Attribution, first: int, stems: set[str]) -> bool:
    """Tell whether it was moved, requested or ruled on, or is the writer's doubt.

    "Proposed acceptance", "will propose a dividend", "asked the board for a meeting", "ruled out of order a question",
    "I doubt what it counts"
    """
    if a.cue is None:
        return False
    asked = (page.tokens[i] for i in range(first, a.content[1]) if page.words[i] == "for")
    if not ASKING.isdisjoint(stems) and any(t.dep == "prep" and a.cue[0] <= t.head < a.cue[1] for t in asked):
        return "to" not in page.words[first : a.content[1]]
    moved = page.words[page.root(first, a.content[1])] in WORDS.motions
    later = not WILL.isdisjoint(page.words[a.cue[0] - 1 : a.cue[1]])
    doubted = page.words[first] == "what" and a.speaker is not None and page.words[a.speaker[0]] == "i"
    return doubted or ((moved or later) and not MOVING.isdisjoint(stems)) or page.words[a.cue[1] : first] in ORDERS


def _is_called(page: Page, a: Attribution, stems: set[str]) -> bool:
    """Tell whether "called" names no opinion: "called an election", "called off the trip"; "called it a leak" does."""
    if NAME not in stems or a.cue is None:
        return False
    verb = next(i for i in range(*a.cue) if stem(page.words[i]) == NAME)
    first, last = trim(page, *a.content)
    another = not ARTICLES.isdisjoint(page.words[first + 1 : last])  # "called the leak of the roof a scandal"
    meeting = page.tree.child(verb, ("dobj",)) is not None and page.tree.child(verb, OPINIONS) is None
    return "off" in stems or (meeting and not another and verb + 1 == a.cue[1])


def _is_phrase(page: Page, first: int, last: int) -> bool:
    """Tell whether it is a noun phrase or an infinitive, which cannot be true or false."""
    if page.words[first] == "that":
        return page.tokens[first].tag == "WDT" and page.tree.tag(first + 1) in FINITE  # a relative clause
    bare = page.finite_before[first] == page.finite_before[last]
    return bare or page.words[first] == "what" or page.tokens[page.root(first, last)].dep in OBJECTS


def is_subject(page: Page, attribution: Attribution) -> bool:
    """Tell whether the cue is the subject of what is said: "Member states must act" is not said by members."""
    first, last = attribution.content
    cue = range(*attribution.cue) if attribution.cue else ()
    return any(page.tokens[i].dep in SUBJECTS and first <= page.tokens[i].head < last for i in cue)


def is_intention(page: Page, attribution: Attribution) -> bool:
    """Tell whether it is a plan, outside of quotation marks: "plans to build", "is seeking buyers"."""
    first, last = attribution.content
    if attribution.cue is None or page.words[first] == "that" or any(page.quoted[i] >= 0 for i in range(first, last)):
        return False
    return any(stem(w) in INTENTIONS for w in page.words[slice(*attribution.cue)])


def is_hearsay(page: Page, attribution: Attribution) -> bool:
    """Tell whether the cue says that an unnamed person said so: "reportedly", "is said to", not "have said that"."""
    if attribution.cue is None:
        return False
    cue, before = range(*attribution.cue), attribution.cue[1] <= attribution.content[0]
    if any(page.words[i] in HEDGES for i in cue):
        return True
    return any(stem(page.words[i]) in PASSIVE_HEDGES and not (before and _acts(page, i)) for i in cue)


def _acts(page: Page, verb: int) -> bool:
    """Tell whether a verb is active, so that somebody is its subject whom the reader has not found."""
    passive = page.tree.child(verb, ("auxpass", "nsubjpass")) is not None
    perfect = any(page.words[i] in HAVING and page.tokens[i].dep == "aux" for i in page.tree.children[verb])
    subject = page.tree.child(verb, ("nsubj",))
    return not passive and (perfect or (page.tokens[verb].tag in FINITE and subject is not None))


def _reason_against_assertion(page: Page, a: Attribution) -> str:
    """Return why the sentence does not assert an attribution, or "" if it does."""
    first = a.speaker[0] if a.speaker is not None else None
    if first is not None and page.words[first] in NOBODY and page.words[first + 1] != ".":  # but "No. 10"
        return "nobody said so"
    if _declined(page, a):
        return "declined or denied"
    if a.speaker is not None and (_is_thing(page, a, *a.speaker) or _shows(page, a, *a.speaker)):
        return "speaker is a thing"
    if a.cue is not None and (reason := _reason_against_cue(page, a, a.cue)):
        return reason
    return "not asserted by its sentence" if any(_unsaid(page, verb) for verb in _verbs(page, a)) else ""


def _reason_against_cue(page: Page, a: Attribution, cue: Range) -> str:
    if a.speaker is not None:
        if _is_elsewhere(page, a.speaker, cue):
            return "speaker stands elsewhere"
        if _is_addressee(page, a.speaker, cue):
            return "told to the speaker"
        if _compares(page, a.speaker, cue):
            return "compared"
    if _governs(page, a.content, cue):
        return "content governs the cue"
    stems = _stems(page, cue)
    if HEARING & stems and not REPORTING & stems:
        return "heard, not said"
    return "cue says nothing" if _says_nothing(page, a, cue) else ""


def _governs(page: Page, content: Range, cue: Range) -> bool:
    """Tell whether the cue only says when something was said: "When I reminded him, he said that he knew"."""
    verb = next((i for i in range(*cue) if page.tokens[i].dep == "advcl"), None)
    if verb is None or page.quoted[content[0]] >= 0:
        return False
    head, root = page.tokens[verb].head, page.root(*content)
    inside = content[0] <= head < content[1] or (page.tokens[root].dep == "ccomp" and page.tokens[root].head == head)
    reports = page.tokens[head].tag in FINITE and stem(page.words[head]) in REPORTING
    return inside and reports and page.words[page.tree.left[verb]] in TIMING - {"as"}


def _is_thing(page: Page, a: Attribution, first: int, last: int) -> bool:
    """Tell whether the speaker cannot speak: "case by case:", "according to size", "The mill: how it was sold"."""
    noun = page.root(first, last)
    end = last - 1 if page.tree.tag(last - 1) == "WDT" else last
    in_which = page.tree.low(end - 1) == "in" and page.tree.tag(end) == "WDT"  # "The video in which Bolt says"
    thing = page.words[noun] in WORDS.things and not _is_name(page, noun)
    if thing or _is_number(page, first) or in_which:
        return True
    if a.cue is None:  # a quotation above the name of the agency that carried it
        return not WORDS.carriers.isdisjoint(page.words[first:last])
    cue = page.words[slice(*a.cue)]
    if last - first == 1 and "according" in cue:
        return page.words[noun] in WORDS.criteria
    content = a.content[0]
    return ":" in cue and page.quoted[content] < 0 and page.words[content] in WH and page.words[first] in ARTICLES


def _is_name(page: Page, noun: int) -> bool:
    """Tell whether a noun is a surname: "Mr. Price", "Lena Case"."""
    return page.tokens[noun].tag == "NNP" and page.tree.tag(noun - 1) == "NNP"


def _stems(page: Page, cue: Range) -> set[str]:
    return {stem(w) for w in page.words[slice(*cue)]}


def _shows(page: Page, a: Attribution, first: int, last: int) -> bool:
    """Tell whether an event shows it, in the writer's view: "The sale proves that Bolt is in need"."""
    if a.cue is None or page.words[page.root(first, last)] not in WORDS.events:
        return False
    return not SHOWING.isdisjoint(_stems(page, a.cue))


def _is_elsewhere(page: Page, speaker: Range, cue: Range) -> bool:
    """Tell whether "according to" stands in another sentence than the speaker, so that it names somebody else."""
    return "according" in page.words[slice(*cue)] and (page.tokens[speaker[0]].sentence != page.tokens[cue[0]].sentence)


def _is_addressee(page: Page, speaker: Range, cue: Range) -> bool:
    """Tell whether "to" stands before the speaker and a verb of saying after it: "To reporters said Bolt that ..."."""
    noun = page.root(*speaker)
    told = (
        speaker[1] <= cue[0]
        and page.tree.low(speaker[0] - 2) != "according"
        and not REPORTING.isdisjoint(_stems(page, cue))
    )
    return (
        told
        and page.tokens[noun].dep == "pobj"
        and page.tree.low(speaker[0] - 1) == "to"
        and (page.tree.child(cue[1] - 1, SUBJECTS) is None)
    )


def _compares(page: Page, speaker: Range, cue: Range) -> bool:
    """Tell whether "than" opens the clause of speaker and cue: "more than Bolt had said"."""
    relative = any(page.tree.tag(i) in RELATIVES for i in range(speaker[1] - 1, cue[0]))
    return speaker[1] <= cue[0] and page.tree.low(speaker[0] - 1) == "than" and not relative


def _says_nothing(page: Page, a: Attribution, cue: Range) -> bool:
    """Tell whether no word of a cue attributes: a comma, an adjective before a noun, "called" before a name."""
    words = set(page.words[slice(*cue)])
    if words <= PROVIDING and page.words[cue[1] : cue[1] + 1] == ("that",):
        return True
    what = a.speaker is not None and page.tree.low(a.speaker[0] - 1) in ("what", "which")
    if words <= SILENT or (what and NAME in _stems(page, cue)):
        return True
    first, last = cue
    if last - first > 1:
        return False
    named = page.words[first] in NAMING and page.tree.child(first, SUBJECTS) is None
    return page.tokens[first].dep == "amod" or (named and page.tree.child(first, ("oprd",)) is not None)


def _is_number(page: Page, first: int) -> bool:
    """Tell whether it is the rest of "Announcement No. 61"."""
    return page.words[first] == "no" and first > 0 and page.tokens[first - 1].tag[:2] == "NN"


def _declined(page: Page, a: Attribution) -> bool:
    """Tell whether the content itself was denied or declined: "declined to comment", "denied having said so"."""
    first, last = a.content
    cue = page.words[slice(*a.cue)] if a.cue else ()
    verb = next((i for i in range(first, last) if page.tokens[i].tag[:2] == "VB" and page.words[i] != "having"), None)
    if verb is None or page.quoted[first] >= 0 or page.tokens[verb].tag not in NOT_FINITE or verb > first + 2:
        return False
    return any(_denies(w, page.words[verb]) for w in cue)


def _denies(denial: str, verb: str) -> bool:
    """Tell whether one verb negates another: "refused to say" does, "refused to disclose" says what is refused."""
    denial, verb = stem(denial), stem(verb)
    return denial in DENIALS and verb in (REPORTING if denial == "deny" else SILENCES)


def _verbs(page: Page, a: Attribution) -> Iterator[int]:
    """Yield the last verb of the cue, and the word that governs the content in the same sentence."""
    if a.cue is not None:
        verbs = [i for i in range(*a.cue) if page.tokens[i].tag[:2] == "VB"]
        yield from verbs[-1:] or (i for i in range(*a.cue) if page.tree.child(i, SUBJECTS) is not None)
    root = page.root(*a.content)
    governor = page.tokens[root].head
    if page.tokens[root].dep in COMPLEMENTS and page.tokens[governor].tag[:2] == "VB":
        yield governor


def _unsaid(page: Page, verb: int) -> bool:
    if _is_inverted(page, verb) or _is_checked(page, verb):
        return True
    child = verb
    for _ in range(DEEPEST):
        if any(page.words[i] in CONDITIONS and page.tokens[i].dep == "mark" for i in page.tree.children[child]):
            return True
        head = page.tokens[child].head
        if head == child:
            return False
        if page.tokens[child].dep not in COMPLEMENTS and page.words[child] != "as":
            return False
        if _negates(page, head, child):
            return True
        child = head
    return False


def _is_inverted(page: Page, verb: int) -> bool:
    """Tell whether an auxiliary stands before the subject, in a question or at the beginning of a condition."""
    subject = page.tree.child(verb, SUBJECTS)
    auxiliary = next((i for i in page.tree.children[verb] if page.tokens[i].dep in AUXILIARIES), verb)
    if subject is None or not auxiliary < subject < verb:
        return False
    last = page.analysis.sentences[page.tokens[verb].sentence].last
    opening = page.words[page.tree.left[verb] : auxiliary]
    first = not opening and page.words[auxiliary] in INVERTED
    negative = not NEGATIVES.isdisjoint(opening) and "," not in opening
    return first or negative or page.words[last - 1] == "?"


def _is_checked(page: Page, verb: int) -> bool:
    """Tell whether the sentence begins with "Claim:", as in a fact check, or with "Suppose"."""
    first = page.analysis.sentences[page.tokens[verb].sentence].first
    checked = page.words[first] in WORDS.reports and page.words[first + 1 : first + 2] == (":",)
    return checked or page.words[first] in SUPPOSING


def _negates(page: Page, head: int, child: int) -> bool:
    """Tell whether a word negates what it governs."""
    word, own = page.words[head], {page.words[i] for i in page.tree.children[head]}
    if stem(word) in UNREAL or _denies(word, page.words[child]):
        return child > head
    if not own.isdisjoint(WORDS.falsely):
        return True
    if word in WORDS.evidence and "no" in own:
        return True
    if word in WORDS.reports:
        return _called_false(page, head)
    if stem(word) not in BE:
        return False
    negated = any(page.tokens[i].dep == "neg" for i in page.tree.children[head])
    return not own.isdisjoint(WORDS.confirmed if negated else WORDS.untrue)


def _called_false(page: Page, noun: int) -> bool:
    """Tell whether "reports that ..." are denied or called false."""
    governor = page.tokens[noun].head
    if governor != noun and stem(page.words[governor]) in DENIALS:
        return True
    last = page.analysis.sentences[page.tokens[noun].sentence].last
    return any(page.words[i] in WORDS.untrue and stem(page.words[i - 1]) in BE for i in range(noun + 1, last))
