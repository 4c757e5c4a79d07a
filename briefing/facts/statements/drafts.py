"""Page + weights -> Draft: for each likely cue its best content, its best speaker and how good they are together.

Four tables of weights decide, one after the other: `cue` (worth a closer look?), `content` (which of the
stretches near it?), `speaker` (which of the names?), `accept` (is all of it a statement?).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefing.facts.feature_parts import Part
from briefing.facts.statements.contents import Content, find_contents
from briefing.facts.statements.cues import Cue
from briefing.facts.statements.features import (
    accept_features,
    content_features,
    cue_features,
    speaker_features,
    voice,
)
from briefing.facts.statements.page import Page
from briefing.facts.statements.speakers import Candidate, find_speakers
from briefing.facts.statements.weights import Table, Weights, best
from briefing.facts.statements.words import lexicon, stem

UNLIKELY = -1.5  # a cue that scores less is left alone: what it would give is refused in the end as good as always
# Log-odds from which a draft is a statement. The training articles mark what people do about something
# ("seeks", "backs") as often as what they say; a reader of briefings asks for what was said or believed.
ACCEPTED = {
    "report": -1.5,
    "according": -1.0,
    "claim": -1.5,
    "promise": -1.0,
    "speech": -0.3,
    "thing": 0.3,  # speech about a thing: no clause, no quotation
    "noun": 0.6,
    "adjective": 0.6,
    "other": 0.3,
    "unlisted": 1.0,
    "action": 1.2,
}
PLEDGES = frozenset(map(stem, ("promise", "pledge", "vow", "commit", "guarantee")))
ASKING = frozenset({"request", "argue"})  # "urged the town to pay", "denied having paid"
OPPOSING = frozenset(map(stem, ("oppose", "condemn", "denounce", "criticize", "criticise", "deplore")))
POINTING = frozenset({"this", "that", "so"})
REPORTING = frozenset({"say", "write", "inform", "argue", "request", "believe"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN", "VBG", "perfect", "passive"})
SPEECH = frozenset({"say", "write", "inform", "argue", "believe", "blame", "request", "promise"})


@dataclass(frozen=True, slots=True)
class Draft:
    cue: Cue | None  # None: a free-standing quotation
    content: Content
    speaker: Candidate
    form: str  # the cue's grammatical form, see features.voice
    score: float


@dataclass(frozen=True, slots=True)
class Likely:
    """A cue worth a closer look, with what was worked out about it."""

    cue: Cue
    form: str
    features: list[Part]
    score: float


def find_drafts(page: Page, cues: Iterable[Cue], weights: Weights) -> list[Draft]:
    found: list[Draft] = []
    for likely in likely_cues(page, cues, weights["cue"]):
        contents = find_contents(page, likely.cue.head, likely.cue.last)
        if not contents:
            continue
        content, sure_content = choose_content(page, likely, contents, weights["content"])
        speaker, sure_speaker = choose_speaker(page, likely, content, weights["speaker"])
        features = draft_features(page, likely, content, speaker, sure_content, sure_speaker)
        total = weights["accept"].score(features)
        kind = nature(page, likely, content, speaker)
        if kind == "speech" and is_thing(page, likely.cue, content):
            kind = "thing"
        if total > ACCEPTED[kind]:
            found.append(Draft(likely.cue, content, speaker, likely.form, total))
    return found


def nature(page: Page, likely: Likely, content: Content, speaker: Candidate) -> str:
    """Does the cue tell of speech or belief, of a deed, or of something between? A report is the plainest case:
    somebody says, writes or claims that ..."""
    words, cue = lexicon(), likely.cue
    if cue.kind != "verb":
        if cue.kind == "noun" and speaker.kind == "poss" and page.words[content.ranges[0][0]] == "that":
            return "claim"  # "Bolt's claim that ..."
        return cue.kind if cue.kind in ACCEPTED else "speech"
    if page.tokens[cue.head].dep == "pcomp" and page.words[page.tokens[cue.head].head] == "as":
        return "report" if speaker.head is not None else "speech"  # "was quoted as saying"
    if cue.word in words.actions:
        return "action"
    if cue.word == "put" and page.words[cue.last : cue.last + 1] == ("it",):  # as Bolt put it, ...
        return "speech"
    groups = words.groups.get(cue.word, ())
    plain = (likely.form in FINITE or _came_to(page, likely)) and page.quoted[cue.head] < 0
    that = page.words[content.ranges[0][0]] == "that" or that_clause(page, cue.head) is not None
    named = speaker.head is not None
    if plain and that and named and "show" in groups and page.words[speaker.head or 0] in words.records:
        return "report"  # "the data show that ..."
    if plain and named and content.kind == "xcomp" and "promise" in groups:
        return "promise"  # "pledged to ..."
    if plain and that and cue.word in words.run_on:
        return "report"
    if SPEECH.isdisjoint(groups):
        return "speech" if that and "show" in groups else "other" if groups else "unlisted"
    return "report" if plain and that and not REPORTING.isdisjoint(groups) else "speech"


def _came_to(page: Page, likely: Likely) -> bool:
    """ "called to say that ...", "went there to confirm that ...": it was said, too."""
    token = page.tokens[likely.cue.head]
    return likely.form == "to" and token.dep == "advcl" and page.tokens[token.head].tag == "VBD"


def is_thing(page: Page, cue: Cue, content: Content) -> bool:
    """Is what follows the verb no clause and no quotation, nor "this", which means a whole sentence, nor what somebody
    announces, is accused of or asked to do?"""
    first, last = content.ranges[0][0], content.ranges[-1][1]
    groups = lexicon().groups.get(cue.word, ())
    if (
        "say" in groups
        or cue.word in PLEDGES
        or ("prep" in content.kind and "blame" in groups)
        or cue.word in OPPOSING
        or ("xcomp" in content.kind and not ASKING.isdisjoint(groups))
    ):
        return False
    return cue.kind == "verb" and page.words[first] not in POINTING and not is_told(page, first, last)


def is_told(page: Page, first: int, last: int) -> bool:
    """Is it a clause, or in quotation marks?"""
    return page.finite_before[first] < page.finite_before[last] or page.quoted_before[first] < page.quoted_before[last]


def that_clause(page: Page, verb: int) -> int | None:
    """Where the clause with "that" begins which the parser hangs on a verb."""
    for child in page.tree.children[verb]:
        if child > verb and page.tokens[child].dep == "ccomp" and page.words[page.tree.left[child]] == "that":
            return page.tree.left[child]
    return None


def likely_cues(page: Page, cues: Iterable[Cue], table: Table) -> Iterator[Likely]:
    for cue in cues:
        if cue.kind == "tail":
            continue
        form = voice(page, cue)
        features = cue_features(page, cue, form)
        total = table.score(features)
        if total > UNLIKELY:
            yield Likely(cue, form, features, total)


def choose_content(page: Page, likely: Likely, contents: list[Content], table: Table) -> tuple[Content, float]:
    scores = [table.score(content_features(page, likely.cue, c, likely.form)) for c in contents]
    place, sure = best(scores)
    return contents[place], sure


def choose_speaker(page: Page, likely: Likely, content: Content, table: Table) -> tuple[Candidate, float]:
    candidates = outside(find_speakers(page, likely.cue), content)
    scores = [table.score(speaker_features(page, likely.cue, content, c, likely.form)) for c in candidates]
    place, sure = best(scores)
    return candidates[place], sure


def outside(candidates: list[Candidate], content: Content) -> list[Candidate]:
    """Nobody is named by the words that he says; "nobody" always remains."""
    return [c for c in candidates if c.head is None or not any(a <= c.head < b for a, b in content.ranges)]


def draft_features(
    page: Page, likely: Likely, content: Content, speaker: Candidate, sure_content: float, sure_speaker: float
) -> list[Part]:
    """What `accept` looks at: the cue, the choices made, and how sure they were (in steps of a half)."""
    return [
        *likely.features,
        *accept_features(page, likely.cue, content, speaker, likely.form),
        (_step, "sure-content", round(2 * max(sure_content, -4))),
        (_step, "sure-speaker", round(2 * max(sure_speaker, -4))),
        (_step, "cue-score", round(2 * max(-3.0, min(4.0, likely.score)))),
    ]


def _step(name: str, halves: int) -> list[str]:
    return [f"{name}={halves / 2}"]
