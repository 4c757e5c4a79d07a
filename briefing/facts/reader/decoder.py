"""Scores -> names and attributions: the most likely labels, and who said what with how much confidence.

    best path per head      a new segment costs a penalty; none crosses the end of a paragraph or a removed passage
    pairing                 a content's speaker is the source segment that collects most of its pointer's probability,
                            its cue likewise; nobody, if nobody collects most
    confidence              of content, speaker and cue together; below a threshold it is no attribution

`every_name` and `every_attribution` also give what `decode` rejects. All thresholds are here; decisions/reader.md says
what each is worth.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

import numpy as np

from briefing.facts.reader.encoder import (
    ASSERTED,
    CONTENT,
    CUE,
    NAME_TAGS,
    NAMES,
    SOURCE,
    TO_CUE,
    TO_SPEAKER,
    Floats,
    Pointers,
    Scores,
)
from briefing.facts.tokens import FINITE
from briefing.model import Analysis, Attribution, Entity, Token

# Log-odds that a new segment must add: where there was none, and directly behind another. Without the second, contents
# fall into pieces. Cues and sources need none.
CONTENT_PENALTIES = 2.6, 2.75
# Of a content whose cue has no other, since a cue says that something is said. In quotation marks it would be a title.
ORPHAN_PENALTIES = 0.85, 2.75
OTHER_PENALTIES = 0.0, 0.0
SURE = 0.57  # confidence from which words without quotation marks are an attribution
SURE_QUOTED = 0.3  # and words in quotation marks, whose bounds are certain
MAY_BE_NAME = 0.99  # probability of "no name" from which a word is none, whatever its neighbours are
SURE_NAME = 0.8  # probability from which a single word or an organisation is an actor's name
SURE_PERSON = 0.5  # and a person's name of several words; other kinds of names have no threshold
ACTORS = frozenset({"PER", "ORG"})
TELLING = frozenset({"NN", "VB", "JJ", "CD", "UH"})  # parts of speech of a single word that says something
UNTAGGED = 0.65, 1.0  # share of a pointer's probability that a word outside of all speakers, of all cues keeps
HALF = 0.5  # stands for a missing speaker or cue in the confidence
OPENING = frozenset({'"', "“", "”", "„", "«", "»", "「", "『", "‘", "'", "``", "''", "＂"})

LABELS = {"PER": "PERSON", "ORG": "ORG", "LOC": "GPE", "MISC": "MISC"}
NATIONAL = frozenset({"JJ", "NNPS"})  # parts of speech of "Danish" and "Danes"
Segment = tuple[int, int]
START, END = itemgetter(0), itemgetter(1)


def decode(
    analysis: Analysis, scores: Scores, headings: frozenset[int] = frozenset()
) -> tuple[tuple[Entity, ...], tuple[Attribution, ...]]:
    """Return names and attributions in reading order. `headings` are blocks without statements or speakers."""
    if not analysis.tokens:
        return (), ()
    names = tuple(entity for entity, _, reason in every_name(analysis, scores) if not reason)
    attributions = tuple(a for a, reason in every_attribution(analysis, scores, headings) if not reason)
    return names, attributions


def _cuts(analysis: Analysis) -> list[bool]:
    """Return for each token whether no segment may continue from the token before. Markup inside a sentence does not
    cut; a removed passage does, because a new sentence begins after it."""
    tokens, text = analysis.tokens, analysis.text
    return [
        i == 0
        or tokens[i - 1].block != t.block
        or (tokens[i - 1].sentence != t.sentence and bool(text[tokens[i - 1].end : t.start].strip()))
        for i, t in enumerate(tokens)
    ]


# --- segments -------------------------------------------------------------------------------


def segments(logs: Sequence[Sequence[float]], penalties: tuple[float, float], cuts: Sequence[bool]) -> list[Segment]:
    """Return the most likely segments by the log-probabilities of O, B and I (Viterbi). The penalties are those of a
    segment behind words without one, and of one directly behind another."""
    first, again = penalties
    back: list[tuple[int, int, int]] = []
    outside, begin, inside = logs[0][0], logs[0][1] - first, -1e9
    for i in range(1, len(logs)):
        o, b, n = logs[i]
        going, came = (begin, 1) if begin >= inside else (inside, 2)
        anew, split = outside - first, going - again
        back.append((0 if outside >= going else came, 0 if anew >= split else came, came))
        outside, begin, inside = max(outside, going) + o, max(anew, split) + b, -1e9 if cuts[i] else going + n
    state = max(range(3), key=(outside, begin, inside).__getitem__)
    path = [state]
    for step in reversed(back):
        state = step[state]
        path.append(state)
    path.reverse()
    return _runs(path)


def _runs(path: Sequence[int]) -> list[Segment]:
    found: list[Segment] = []
    start: int | None = None
    for i, state in enumerate((*path, 0)):
        if start is not None and state != 2:
            found.append((start, i))
            start = None
        if state == 1:
            start = i
    return found


# --- names ----------------------------------------------------------------------------------


def every_name(analysis: Analysis, scores: Scores) -> Iterator[tuple[Entity, float, str]]:
    """Yield all names in order, each with its probability and the reason to reject it, or "". The most likely
    occurrence in the article decides for all others."""
    tokens, logs = analysis.tokens, scores.logs[:, NAMES]
    found = [(*n, _probability(logs, *n)) for n in _candidates(logs, _cuts(analysis))]
    best: dict[tuple[str, str], float] = {}
    for first, last, kind, probability in found:
        key = (kind, _words(tokens, first, last))
        best[key] = max(best.get(key, 0.0), probability)
    for first, last, kind, probability in found:
        least = 0.0 if kind not in ACTORS else SURE_PERSON if kind == "PER" and last - first > 1 else SURE_NAME
        reason = "" if best[kind, _words(tokens, first, last)] >= least else f"probability below {least}"
        entity = Entity(tokens[first].start, tokens[last - 1].end, _label(tokens, first, last, kind), first, last)
        yield entity, probability, reason


def _words(tokens: Sequence[Token], first: int, last: int) -> str:
    return " ".join(t.text for t in tokens[first:last]).lower()


def _candidates(logs: Floats, cuts: Sequence[bool]) -> Iterator[tuple[int, int, str]]:
    """Yield the names on the best path through each run of tokens that may be one."""
    may = (logs[:, 0] < np.log(MAY_BE_NAME)).tolist()
    i = 0
    while i < len(may):
        end = i + 1
        if may[i]:
            while end < len(may) and may[end] and not cuts[end]:
                end += 1
            yield from _tagged(logs[i:end].tolist(), i)
        i = end


def _tagged(logs: Sequence[Sequence[float]], offset: int) -> Iterator[tuple[int, int, str]]:
    """Yield the names in a run: an I- follows a B- or I- of its kind only."""
    now = [s if not NAME_TAGS[t].startswith("I") else -1e9 for t, s in enumerate(logs[0])]
    back = []
    for row in logs[1:]:
        top = max(range(len(now)), key=now.__getitem__)
        came, after = [], []
        for t, own in enumerate(row):
            source = top
            if NAME_TAGS[t][0] == "I":  # its B- stands right before it
                source = t - 1 if now[t - 1] >= now[t] else t
            came.append(source)
            after.append(now[source] + own)
        back.append(came)
        now = after
    tag = max(range(len(now)), key=now.__getitem__)
    path = [tag]
    for came in reversed(back):
        tag = came[tag]
        path.append(tag)
    path.reverse()
    start = 0
    for i, (here, after_) in enumerate(pairwise((*path, 0))):
        if NAME_TAGS[here][0] == "B":
            start = i
        if here and NAME_TAGS[after_][0] != "I":
            yield offset + start, offset + i + 1, NAME_TAGS[here][2:]


def _probability(logs: Floats, first: int, last: int, kind: str) -> float:
    """Return the mean probability of the words as a name of this kind."""
    columns = [NAME_TAGS.index(f"B-{kind}"), NAME_TAGS.index(f"I-{kind}")]
    return float(np.exp(logs[first:last, columns]).sum(axis=1).mean())


def _label(tokens: Sequence[Token], first: int, last: int, kind: str) -> str:
    """Return OntoNotes' label. A miscellaneous name that is an adjective or a plural is a nationality."""
    if kind == "MISC" and tokens[last - 1].tag in NATIONAL and last - first <= 2:
        return "NORP"
    return LABELS[kind]


# --- attributions ---------------------------------------------------------------------------


def every_attribution(
    analysis: Analysis, scores: Scores, headings: frozenset[int] = frozenset()
) -> Iterator[tuple[Attribution, str]]:
    """Yield every content that the encoder sees outside of headings, in order, each with the reason to reject it, or
    ""."""
    logs, tokens, cuts = scores.logs, analysis.tokens, _cuts(analysis)
    barred = frozenset(i for i, t in enumerate(tokens) if t.block in headings) if headings else headings

    def found(columns: slice, penalties: tuple[float, float]) -> list[Segment]:
        return [s for s in segments(logs[:, columns].tolist(), penalties, cuts) if s[0] not in barred]

    sources, cues = found(SOURCE, OTHER_PENALTIES), found(CUE, OTHER_PENALTIES)

    def paired(contents: Sequence[Segment]) -> list[Attribution]:
        return [_pair(scores, c, sources, cues, barred) for c in contents if c[0] in scores.pointers]

    contents = found(CONTENT, CONTENT_PENALTIES)
    attributions = paired(contents)
    parts = (*contents, *(s for a in attributions for s in (a.speaker, a.cue) if s))
    taken = {i for first, last in parts for i in range(first, last)}
    orphans = set(cues) - {a.cue for a in attributions}
    more = paired([c for c in found(CONTENT, ORPHAN_PENALTIES) if taken.isdisjoint(range(*c))]) if orphans else []
    attributions += [a for a in more if a.cue in orphans and not _is_quoted(tokens, a.content[0])]
    for attribution in sorted(attributions, key=lambda a: a.content):
        yield attribution, _reason_against(tokens, attribution)


def _pair(
    scores: Scores, content: Segment, sources: Sequence[Segment], cues: Sequence[Segment], barred: frozenset[int]
) -> Attribution:
    """Find the speaker and the cue of a content."""
    first, last = content
    pointers = scores.pointers[first]
    speaker, speaker_share = _pointed(pointers, TO_SPEAKER, sources, barred)
    cue, cue_share = _pointed(pointers, TO_CUE, cues, barred)
    said = float((1 - np.exp(scores.logs[first:last, CONTENT.start])).mean())
    confidence = said * ((speaker_share if speaker else HALF) * (cue_share if cue else HALF)) ** 0.5
    asserted = float(np.exp(scores.logs[first, ASSERTED.start + 1]))
    return Attribution(content, speaker, cue, asserted, confidence)


def _reason_against(tokens: Sequence[Token], attribution: Attribution) -> str:
    first, last = attribution.content
    quoted = _is_quoted(tokens, first)
    least = SURE_QUOTED if quoted else SURE
    if attribution.confidence < least:
        return f"confidence below {least}"
    opens = first == 0 or tokens[first - 1].sentence != tokens[first].sentence
    if opens and not quoted and tokens[first].tag in FINITE:
        return "begins with a verb"  # an item "heard that the bridge is closed": the verb of saying is inside
    words = [t.tag[:2] for t in tokens[first:last] if t.text[0].isalnum()]
    return "" if words and (quoted or len(words) > 1 or words[0] in TELLING) else "too few words"


def _pointed(
    pointers: Pointers, which: int, candidates: Sequence[Segment], barred: frozenset[int] = frozenset()
) -> tuple[Segment | None, float]:
    """Return the segment that collects most of a pointer's probability, with its share; None if nobody does. No pointer
    leads to the tokens of `barred`. `candidates` are in text order."""
    shares = pointers.probabilities[which]
    low, high = pointers.first, pointers.first + len(shares) - 1
    if not barred.isdisjoint(range(low, high)):
        shares = np.array([0.0 if low + n - 1 in barred and n else share for n, share in enumerate(shares)])
        shares = shares / max(shares.sum(), np.finfo(float).tiny)
    begin = bisect_right(candidates, low, key=END)  # candidates are in order and do not overlap
    end = bisect_left(candidates, high, begin, key=START)
    mass = {
        (a, b): float(shares[1 + max(a, low) - low : 1 + min(b, high) - low].sum()) for a, b in candidates[begin:end]
    }
    top = low + int(shares[1:].argmax())
    if not any(a <= top < b for a, b in mass):
        mass[top, top + 1] = UNTAGGED[which] * float(shares[1 + top - low])
    best = max(mass, key=mass.__getitem__)
    return (best, mass[best]) if mass[best] > shares[0] else (None, float(shares[0]))


def _is_quoted(tokens: Sequence[Token], first: int) -> bool:
    """Does a content begin with a quotation mark, or directly after one that opens?"""
    if tokens[first].text in OPENING:
        return True
    before = tokens[first - 1] if first else None
    if before is None or before.text not in OPENING:
        return False
    return before.end == tokens[first].start or first < 2 or tokens[first - 2].end < before.start
