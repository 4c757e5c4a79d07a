"""Tell from its English whether an article was translated by a machine.

Two things come together: a style, with few relative clauses and pronouns and many bare nouns, and a sign that can be
seen: a word left in another script, "spain" in lower case, a lost space, a phrase that only word-for-word translation
makes. Without a sign, the style must be much stronger. It is a linear model of rates of words and structures, with
weights from `training/machine_translation.py`.

    "The new crown epidemic in spain ... In addition, need to carry out prevention,control work."   ->   True
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from briefing.facts.tokens import FINITE
from briefing.lexicon import load
from briefing.model import Analysis, Token


@dataclass(frozen=True, slots=True)
class Weight:
    """The mean and the spread of a rate, and what a rate of one spread above the mean adds."""

    mean: float
    spread: float
    weight: float


@dataclass(frozen=True, slots=True)
class Model:
    """One field for each key of the file, of the same name; the file says what each is for."""

    phrases: tuple[str, ...]
    names: tuple[str, ...]
    words: tuple[str, ...]
    expressions: tuple[str, ...]
    least_words: int
    least_score: float
    least_alone: float
    bias: float
    weights: dict[str, Weight]


MODEL = load("machine-translation", Model)
CLIP = 4.0  # spreads from the mean beyond which a rate counts no more
TAGS = ("MD", "NN", "PRP$", "VBG")
LABELS = ("mark", "relcl")
BARE = frozenset({"nsubj", "dobj", "pobj"})  # where a singular noun without an article catches the eye
DETERMINED = frozenset({"det", "poss", "nummod"})
LONG = 5  # words of a sentence that should have a verb
# Visible signs. Good English puts names in their own script in brackets.
SIGNS = {
    "foreign script": re.compile(
        r"(?<![(（\[《\u3400-\u9fff])[\u3400-\u9fff]+(?![)）\]\u3400-\u9fff])|(?<=[A-Za-z])[，。、！？：；]"
    ),
    "torn quotation mark": re.compile(r"(?<=[a-z,])“|”(?=[A-Za-z])|\s”(?=\s)|“(?=\s)|(?<=[a-z])\"(?=[a-z])| \" "),
    "lost space": re.compile(
        r"(?<=[a-z])[,;:!?](?=[A-Za-z]{2})|(?<=[a-z])\((?=[A-Za-z]{3})|\)(?=[a-z]{2})|\s[,.;](?=\s)"
    ),
}
SIGN_NAMES = (*SIGNS, "name in lower case", "phrase")


def is_machine_translated(analysis: Analysis) -> bool:
    """Tell whether it is certain enough for a note."""
    if len(analysis.tokens) < MODEL.least_words:
        return False
    rates = features(analysis)
    return is_enough(score(rates), has_sign(rates))


def is_enough(total: float, sign: bool) -> bool:
    return total >= (MODEL.least_score if sign else MODEL.least_alone)


def has_sign(rates: dict[str, float]) -> bool:
    return any(rates[name] for name in SIGN_NAMES)


def score(rates: dict[str, float]) -> float:
    """Return the weighted sum of the rates' distances from their means; above 0, a machine is more likely."""
    found = MODEL.bias
    for name, weight in MODEL.weights.items():
        distance = (rates[name] - weight.mean) / weight.spread
        found += weight.weight * max(-CLIP, min(CLIP, distance))
    return found


def features(analysis: Analysis) -> dict[str, float]:
    """Return rates per hundred words; sentences without a verb are counted per sentence."""
    tokens = analysis.tokens
    text = "\n".join(analysis.text[s.start : s.end] for s in analysis.sentences)  # without what was removed
    low = text.lower()
    forms = Counter([token.text for token in tokens])
    tags = Counter([token.tag for token in tokens])
    labels = Counter([token.dep for token in tokens])
    bare = _bare_nouns(tokens)
    share = 100 / max(sum(count for form, count in forms.items() if form[:1].isalpha()), 1)
    rates = {f"word {word}": (forms[word] + forms[word.capitalize()]) * share for word in MODEL.words}
    rates |= {f"words {words}": low.count(words) * share for words in MODEL.expressions}
    rates |= {f"tag {tag}": tags[tag] * share for tag in TAGS}
    rates |= {f"label {label}": labels[label] * share for label in LABELS}
    rates |= {f"bare {label}": bare[label] * share for label in sorted(BARE)}
    rates |= {name: len(sign.findall(text)) * share for name, sign in SIGNS.items()}
    rates["name in lower case"] = sum(forms[name] for name in MODEL.names) * share
    rates["phrase"] = sum(low.count(phrase) for phrase in MODEL.phrases) * share
    rates["no verb"] = _without_verb(analysis) / max(len(analysis.sentences), 1)
    return rates


def _bare_nouns(tokens: tuple[Token, ...]) -> Counter[str]:
    """Count singular nouns without an article by their dependency label."""
    determined = {token.head for token in tokens if token.dep in DETERMINED}
    return Counter([t.dep for i, t in enumerate(tokens) if t.tag == "NN" and t.dep in BARE and i not in determined])


def _without_verb(analysis: Analysis) -> int:
    """Sentences with a full stop and no verb."""
    count = 0
    finite = [i for i, token in enumerate(analysis.tokens) if token.tag in FINITE]
    for sentence in analysis.sentences:
        at = bisect_left(finite, sentence.first)
        verb = at < len(finite) and finite[at] < sentence.last
        long = sentence.last - sentence.first > LONG
        count += not verb and long and analysis.tokens[sentence.last - 1].text == "."
    return count
