"""Words that stand for a name, and the subjects that they may mean.

In: an Analysis. Out: pronouns and nouns like "the minister" as `Entity`s (label he, she, it, they or the noun),
and `Subject`s. Who is meant is the linker's to say.
Example: "The ministry said it would pay." gives "The ministry" (ministry), "it" (it), and the subject "ministry".
"""

from __future__ import annotations

from briefing.facts.names.lists import listed
from briefing.facts.tokens import Tree
from briefing.model import Analysis, Entity, Subject, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
SINGULAR = {"he": "he", "she": "she"}
SPEAKING = {"it": "it", "they": "they"}  # these mean too much else where nobody speaks


def find_pronouns(analysis: Analysis, tree: Tree) -> tuple[Entity, ...]:
    found = []
    for i, (token, word) in enumerate(zip(analysis.tokens, tree.words, strict=True)):
        if word in SINGULAR:
            found.append(Entity(token.start, token.end, word, i, i + 1))
        elif token.dep not in SUBJECTS:
            continue
        elif word in SPEAKING:
            if tree.words[token.head] in listed("speech"):
                found.append(Entity(token.start, token.end, word, i, i + 1))
        elif word in listed("standin") and _is_the(analysis.tokens, i):
            found.append(Entity(analysis.tokens[i - 1].start, token.end, word, i - 1, i + 1))
    return tuple(found)


def find_subjects(analysis: Analysis) -> tuple[Subject, ...]:
    tokens = analysis.tokens
    return tuple(
        Subject(t.start, t.end, tokens[t.head].text.lower())
        for t in tokens
        if t.dep in SUBJECTS and t.tag != "PRP" and tokens[t.head].tag[:1] in "VM"
    )


def _is_the(tokens: tuple[Token, ...], i: int) -> bool:
    """ "the minister" and no more: not "the foreign minister", not "the minister of ..."."""
    before, after = tokens[i - 1] if i else None, tokens[i + 1] if i + 1 < len(tokens) else None
    same = before is not None and before.text.lower() == "the" and before.sentence == tokens[i].sentence
    return same and not (after is not None and after.text.lower() in {"of", "for", "in", "at", "'s", "’s", "who"})
