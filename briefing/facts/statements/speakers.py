"""A cue -> the words that may name its source: a short list, for the weights to choose from.

Bolt, who left in May, wants to say that ...    say -> xcomp>nsubj: Bolt
the claim, made by Orr, that ...                claim -> acl>agent: Orr
according to Ada Bolt                           according -> pobj: Ada Bolt
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.facts.statements.cues import Cue
from briefing.facts.statements.page import Page, tail, trim
from briefing.facts.statements.words import is_word, lexicon

STEPS = 5  # heads climbed from the cue in search of a subject
MOST_CHILDREN = 40  # of one head: a list may have thousands
NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "WP", "DT", "CD", "WDT", "VBG"})
NEAR_DEPS = frozenset({"nsubj", "nsubjpass", "pobj", "dobj", "conj", "appos", "attr", "ROOT", "dep", "npadvmod"})
NEAR = 25  # tokens either side in which a name next to the cue is looked for


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may name the source; `head` is None for "nobody is named"."""

    kind: str
    head: int | None
    first: int
    last: int


def find_speakers(page: Page, cue: Cue) -> list[Candidate]:
    found: list[Candidate] = []
    seen: set[int] = set()
    quoted = _quoted_as(page, cue)
    for kind, head in _reach(page, cue) if quoted is None else [("quoted-as", quoted)]:
        if head in seen or head in page.dateline or not nominal(page, head):
            continue
        seen.add(head)
        first, last = noun_phrase(page, head, cue.head)
        if first < last:
            found.append(Candidate(kind, head, first, last))
    found.append(Candidate("nobody", None, cue.head, cue.head))
    return found


def _quoted_as(page: Page, cue: Cue) -> int | None:
    """Who is quoted in "The Gazette quoted Bolt as saying that ...": not the Gazette."""
    preposition = page.tokens[cue.head].head
    if page.words[preposition] != "as" or page.tokens[cue.head].dep != "pcomp":
        return None
    return page.tree.child(page.tokens[preposition].head, ("dobj",))


def nominal(page: Page, i: int) -> bool:
    """Can this word name a source: a noun, a pronoun, "many"?"""
    if page.words[i] in lexicon().quantifiers:
        return True
    return page.tokens[i].tag in NOMINAL and is_word(page.words[i])


def noun_phrase(page: Page, head: int, cue: int) -> tuple[int, int]:
    """The name with its titles and determiners, without the clauses that follow it or the cue itself."""
    tree, tokens = page.tree, page.tokens
    first, last = tree.left[head], tree.right[head]
    for child in tree.children[head]:
        if child > head and tokens[child].dep in ("relcl", "acl", "ccomp", "parataxis", "advcl"):
            last = min(last, tree.left[child])
            break
        named = tokens[head].tag.startswith("NNP") or not tokens[child].tag.startswith("NNP")
        if child > head and tokens[child].dep == "appos" and named:  # not "the mayor, Ada Bolt"
            last = min(last, tree.left[child])
            break
        if child > head and any(tokens[below].dep == "pcomp" for below in tree.children[child][:MOST_CHILDREN]):
            last = min(last, tree.left[child])  # accused "by the council of hiding it"
            break
    label = page.names[head]
    while label and first and page.names[first - 1] == label and tokens[first - 1].sentence == tokens[head].sentence:
        first -= 1  # "The Harbour" of "The Harbour Gazette", which the parser tears apart
    if last - 1 > head and tokens[last - 1].tag == "POS":  # Bolt's
        last -= 1
    if first <= cue < head:
        first = cue + 1
    elif head < cue < last:
        last = cue
    return trim(page, first, last)


def _reach(page: Page, cue: Cue) -> Iterator[tuple[str, int]]:
    if cue.kind == "according" and page.words[cue.head] == "according":
        yield from _objects(page, cue.head + 1, "pobj")
    elif cue.kind == "according":
        yield from _holders(page, cue.head)
    elif cue.kind == "poll":
        yield from _objects(page, cue.head, "pobj")
    elif cue.kind == "colon":
        yield from _before_colon(page, cue.head)
    else:
        yield from _own(page, cue)
        yield from _tail(page, cue.head)
        yield from _climb(page, cue.head)
    yield from _near(page, cue)


def _objects(page: Page, preposition: int, kind: str) -> Iterator[tuple[str, int]]:
    for child in page.tree.children[preposition]:
        if page.tokens[child].dep in ("pobj", "pcomp"):
            yield kind, child


def _tail(page: Page, cue: int) -> Iterator[tuple[str, int]]:
    """ "..., a spokesperson for the ministry said" where the parser hangs the spokesperson on something else."""
    comma = tail(page, cue)
    if comma is None:
        return
    for i in range(comma + 1, cue):
        token = page.tokens[i]
        if token.tag[:1] == "N" and not comma < token.head < cue:
            yield "tail", i
            return


def _holders(page: Page, preposition: int) -> Iterator[tuple[str, int]]:
    """Whose view or words: "in Bolt's view", "in the words of Bolt"."""
    noun = page.tree.child(preposition, ("pobj",))
    for child in page.tree.children[noun] if noun is not None else ():
        if page.tokens[child].dep == "poss":
            yield "pobj", child
        elif page.words[child] == "of":
            yield from _objects(page, child, "pobj")


def _own(page: Page, cue: Cue) -> Iterator[tuple[str, int]]:
    """Sources among the cue's own dependants: subject, agent, "by", possessor, "from"."""
    for child in page.tree.children[cue.head]:
        dep = page.tokens[child].dep
        if dep in ("nsubj", "nsubjpass", "csubj"):
            yield ("" if child < cue.head else "late-") + dep, child
        elif dep == "agent":
            yield from _objects(page, child, "agent")
        elif dep == "poss":
            yield "poss", child
        elif dep in ("ccomp", "advcl", "parataxis") and child < cue.head:  # "Bolt issued a notice, said that ..."
            for below in page.tree.children[child][:MOST_CHILDREN]:
                if page.tokens[below].dep in ("nsubj", "nsubjpass") and below < child:
                    yield f"left:{dep}>nsubj", below
        elif dep == "prep" and page.words[child] in ("by", "from", "of", "among", "in", "between"):
            yield from _objects(page, child, page.words[child])
        elif cue.kind == "noun" and dep in ("compound", "amod"):
            yield dep, child


def _climb(page: Page, i: int) -> Iterator[tuple[str, int]]:
    """Subjects of the verbs above: "wants to say", "said ..., adding that", "the man who said"."""
    tree, tokens = page.tree, page.tokens
    path = ""
    for _ in range(STEPS):
        dep, head = tokens[i].dep, tokens[i].head
        if head == i:
            return
        path = f"{path}{dep}>" if path.count(">") < 2 else "...>"
        if dep in ("acl", "relcl"):
            yield path + "noun", head
        elif dep in ("dobj", "pobj", "attr", "xcomp", "oprd", "appos") and tokens[head].tag.startswith("N"):
            yield path + "of", head
        found = False
        for child in tree.children[head][:MOST_CHILDREN]:
            if child == i:
                continue
            label = tokens[child].dep
            if label in ("nsubj", "nsubjpass"):
                yield path + label, child
                found = True
            elif label == "agent":
                yield from _objects(page, child, path + "agent")
            elif label == "poss" or (label == "dobj" and dep in ("xcomp", "ccomp", "advcl", "prep")):
                yield path + label, child
        if found and tokens[head].dep in ("ROOT", "ccomp", "parataxis", "relcl"):
            return
        i = head


def _near(page: Page, cue: Cue) -> Iterator[tuple[str, int]]:
    """The nearest noun on either side, for where the parse went wrong."""
    tokens = page.tokens
    sentence = page.analysis.sentences[tokens[cue.head].sentence]
    for i in range(cue.head - 1, max(sentence.first, cue.head - NEAR) - 1, -1):
        if tokens[i].dep in NEAR_DEPS and nominal(page, i) and i not in page.dateline:
            yield "near-before", i
            break
    for i in range(cue.last, min(sentence.last, cue.last + NEAR)):
        if tokens[i].dep in NEAR_DEPS and nominal(page, i) and i not in page.dateline:
            yield "near-after", i
            break


def _before_colon(page: Page, colon: int) -> Iterator[tuple[str, int]]:
    sentence = page.analysis.sentences[page.tokens[colon].sentence]
    subject: int | None = None
    for i in range(colon - 1, max(sentence.first, colon - NEAR) - 1, -1):
        if page.tokens[i].dep in ("nsubj", "nsubjpass"):
            subject = i
    if subject is not None:
        yield "colon-subject", subject
    for i in range(colon - 1, max(sentence.first, colon - NEAR) - 1, -1):
        if nominal(page, i):
            yield "colon", i
            break
