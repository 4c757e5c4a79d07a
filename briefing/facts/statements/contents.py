"""A cue -> the stretches that may be what was said: a short list, for the weights to choose from.

In:  a cue's head token, the parse, the quotations.
Out: `Content`: a name for the way it was reached and one or more token ranges, without edge punctuation.

    "The roof leaks," said Bolt.        ->  before, left:ccomp, quote-before: The roof leaks
    Bolt called the roof a disgrace.    ->  dobj: the roof / oprd: a disgrace / dobj+oprd: the roof a disgrace
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.facts.statements.page import Page, tail, trim
from briefing.facts.syntax import Tree

MOST_CHILDREN = 5  # dependants to the right of a cue that can take part in a run
LONGEST_ASIDE = 15  # tokens of "Bolt told the committee on Monday" in the middle of what she said
LONGEST = 250  # tokens of a paraphrase: a longer one is a parse gone wrong
FARTHEST_QUOTE = 12  # tokens between a cue clause and a quotation of another sentence
CONNECTING = frozenset({"RB", "CC", "IN", "UH", "WRB"})
SKIPPED = frozenset({"punct", "aux", "auxpass", "neg", "prt", "agent", "nsubj", "nsubjpass", "cc", "expl", "intj"})


@dataclass(frozen=True, slots=True)
class Content:
    kind: str
    ranges: tuple[tuple[int, int], ...]


def find_contents(page: Page, cue: int, cue_last: int) -> list[Content]:
    """Everything near the cue at token `cue` that could be its content; no range twice."""
    found: list[Content] = []
    seen: set[tuple[tuple[int, int], ...]] = set()
    tidied: dict[tuple[int, int], tuple[int, int] | None] = {}  # several ways lead to the same words
    for kind, ranges in _reach(page, cue, cue_last):
        for words in ranges:
            if words not in tidied:
                tidied[words] = _tidy(page, cue, words)
        key = tuple([tidy for words in ranges if (tidy := tidied[words]) is not None])
        if key and key[-1][1] - key[0][0] > LONGEST and not kind.startswith(("quote", "colon")):
            continue
        if key and key not in seen:
            seen.add(key)
            found.append(Content(kind, key))
    return found


def _tidy(page: Page, cue: int, words: tuple[int, int]) -> tuple[int, int] | None:
    """A range with its quotations whole and without edge punctuation; None where nothing is left to be said."""
    first, last = trim(page, *_whole_quotes(page, *words, page.quoted[cue]))
    said = first < last and not first <= cue < last and not _connects(page, first, last)
    return (first, last) if said else None


def _connects(page: Page, first: int, last: int) -> bool:
    """Only "Therefore", "But then", or "according to ...": words that tie the sentence to something else."""
    if page.words[first] == "according":
        return True
    return last - first < 3 and all(page.tokens[i].tag in CONNECTING for i in range(first, last))


def _whole_quotes(page: Page, first: int, last: int, around: int) -> tuple[int, int]:
    """A range that ends inside a quotation takes all of it; one of a quoted cue stays in its quotation."""
    if first >= last:
        return first, last
    if around >= 0:
        quote = page.quotes[around]
        return max(first, quote.first), min(last, quote.last)
    number = page.quoted[last - 1]
    if number >= 0:
        last = max(last, page.quotes[number].last)
    number = page.quoted[first]
    if number >= 0:
        first = min(first, page.quotes[number].first)
    return first, last


def _reach(page: Page, cue: int, cue_last: int) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    tree, tokens = page.tree, page.tokens
    sentence = page.analysis.sentences[tokens[cue].sentence]
    low, high = sentence.first, sentence.last
    subject = tree.child(cue, ("nsubj", "nsubjpass", "csubj"))
    if tokens[cue].tag != "IN":  # not "in Bolt's view": that has its content around it
        yield from _right(tree, cue, cue_last, high)
        yield from _left(tree, cue)
    head = tokens[cue].head
    start = cue
    if subject is not None and subject < cue:
        start = tree.left[subject]
    if head != cue:
        a, b = max(low, tree.left[cue]), min(high, tree.right[cue])
        yield "around-head", [(max(low, tree.left[head]), a), (b, min(high, tree.right[head]))]
        yield "around", [(low, a), (b, high)]
        yield "before-clause", [(low, a)]
        yield "after-clause", [(b, high)]
        if tokens[cue].dep in ("relcl", "acl"):
            yield "noun", [(tree.left[head], a)]
        if tokens[head].dep == "prep" and tokens[cue].dep == "pobj":  # in Bolt's view, ...
            above = tokens[head].head
            a, b = max(low, tree.left[head]), min(high, tree.right[head])
            yield "around-prep", [(max(low, tree.left[above]), a), (b, min(high, tree.right[above]))]
        if head > cue:
            yield "head-after", [(b, min(high, tree.right[head]))]
        else:
            yield "head-before", [(max(low, tree.left[head]), a)]
    yield "before", [(low, start)]
    comma = tail(page, cue) if subject is None else None
    if comma is not None:
        yield "before-tail", [(low, comma)]
    stop = max(cue_last, tree.right[subject] if subject is not None and subject > cue else 0)
    yield "after", [(stop, high)]
    comma = next((i for i in range(stop, min(high, stop + LONGEST_ASIDE)) if tokens[i].text == ","), None)
    if comma is not None:
        yield "split", [(low, start), (comma + 1, high)]
    yield from _passive(tree, cue, cue_last)
    yield from _colon(page, cue, high)
    if page.quoted[cue] < 0:
        yield from _quotes(page, cue, start, stop, low, high)


def _right(tree: Tree, cue: int, cue_last: int, high: int) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    run = _run(tree, cue, cue_last)
    for a, first in enumerate(run):
        dep = tree.tokens[first].dep
        start = max(tree.left[first], cue_last)
        if dep in ("prep", "dative") and tree.tokens[first].tag in ("IN", "TO") and first + 1 < tree.right[first]:
            start = max(first + 1, cue_last)
            dep = "prep"
        names = dep
        for last in run[a:]:
            if last != first:
                names += "+" + tree.tokens[last].dep
            yield names, [(start, tree.right[last])]
        yield dep + "..", [(start, high)]


def _run(tree: Tree, cue: int, cue_last: int) -> list[int]:
    run: list[int] = []
    for child in tree.children[cue]:
        if child < cue or tree.right[child] <= cue_last:
            continue
        dep = tree.tokens[child].dep
        if dep == "conj":
            break
        if dep in SKIPPED:
            continue
        run.append(child)
        if len(run) == MOST_CHILDREN:
            break
    return run


def _left(tree: Tree, cue: int) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    for child in tree.children[cue]:
        if child > cue:
            break
        dep = tree.tokens[child].dep
        if dep in ("ccomp", "dobj", "advcl", "parataxis", "dep", "pobj", "csubj", "attr", "amod", "nsubj"):
            yield "left:" + dep, [(tree.left[child], tree.right[child])]


def _passive(tree: Tree, cue: int, cue_last: int) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    subject = tree.child(cue, ("nsubjpass", "nsubj"))
    if subject is None or subject > cue:
        return
    own = (tree.left[subject], tree.right[subject])
    reported = any(tree.tokens[c].text == "as" for c in _run(tree, cue, cue_last))  # was quoted as saying
    if tree.tokens[subject].dep == "nsubjpass" and not reported:
        yield "passive", [own]
    for child in _run(tree, cue, cue_last):
        if tree.tokens[child].dep in ("xcomp", "prep", "oprd", "advcl", "ccomp", "acomp", "attr"):
            yield tree.tokens[subject].dep + "&" + tree.tokens[child].dep, [own, (tree.left[child], tree.right[child])]
    for child in tree.children[cue]:
        if tree.tokens[child].dep != "agent":
            continue
        for agent in tree.children[child]:  # was accused by the council "of hiding it"
            for below in tree.children[agent][-MOST_CHILDREN:]:
                if below > agent and tree.child(below, ("pcomp",)) is not None:
                    yield "nsubjpass&prep", [own, (tree.left[below], tree.right[below])]


def _colon(page: Page, cue: int, high: int) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    tokens = page.tokens
    place = page.block_of[tokens[cue].block]
    end = page.blocks[place][1]
    for i in range(cue, min(high, cue + 40)):
        if tokens[i].text == ":":
            if i + 1 < high:
                yield "colon", [(i + 1, high)]
            if i + 1 < end:
                yield "colon-block", [(i + 1, end)]
            elif place + 1 < len(page.blocks):
                yield "colon-next", [page.blocks[place + 1]]
            return


def _quotes(
    page: Page, cue: int, start: int, stop: int, low: int, high: int
) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """The quotations next to the cue: in its sentence, or touching it from the same paragraph."""
    number = bisect.bisect_left(page.quotes, cue, key=lambda q: q.first)
    before = page.quotes[number - 1] if number else None
    if before and (before.block != page.tokens[cue].block or before.last < low - 2):
        before = None
    after = page.quotes[number] if number < len(page.quotes) else None
    if after and (after.block != page.tokens[cue].block or after.first > high + FARTHEST_QUOTE):
        after = None
    touches = False
    if before:
        touches = before.last >= start - 2
        yield "quote<" if touches else "quote<~", [(before.first, before.last)]
    if after:
        near = "" if after.first <= stop + 3 else "~" if after.first < high else "^"
        yield "quote>" + near, [(after.first, after.last)]
    if before and after:
        name = "quote<>" if touches and after.first < high else "quote<>^" if touches else "quote<>~"
        yield name, [(before.first, before.last), (after.first, after.last)]
