"""Words that look like a day and mean none: "shut on Saturday", "today" for these times, "tomorrow's engineers"."""

from __future__ import annotations

from briefing.facts.dates.scan import Expression
from briefing.facts.dates.tense import MODALS, PERFECT, PROGRESSIVE, Tenses
from briefing.facts.dates.words import WORDS, Moved, Weekday
from briefing.facts.tokens import Line
from briefing.model import Token

NOW = frozenset({"is", "are", "'s", "’s", "does", "do", "never", "not", "n't"})
# Behind the day of a closure, these give its reason: it is one day's.
REASONS = frozenset({"because", "for", "due", "as", "while", "owing", "after", "to", "following", "amid"})
INDEFINITE = frozenset({"a", "an", "any", "no", "every"})
OPENING = frozenset({"“", '"', "‘", "'", "but", "and", "yet", "so", "(", "—", "-"})


def means_no_day(line: Line, here: Expression, tenses: Tenses) -> bool:
    token = line[here.last - 1].token
    if token < 0:
        return False
    if isinstance(here.meaning, Weekday):
        return here.meaning.turn is None and not here.meaning.weeks and _is_habit(line, here, tenses)
    if not isinstance(here.meaning, Moved) or here.last != here.first + 1:
        return False
    if line.low(here.first) == "tomorrow":
        return _is_time_to_come(line, here.first, tenses)
    return line.low(here.first) == "today" and _is_our_time(line, here.first, tenses)


# --- habits ----------------------------------------------------------------------------------


def _is_habit(line: Line, here: Expression, tenses: Tenses) -> bool:
    """ "A library that is shut on Saturday is no use", "is open on Sunday"; one day's closure has a reason."""
    tokens = tenses.tokens
    at = _verb_above(tokens, line[here.last - 1].token)
    verb = tokens[at]
    helpers = tenses.helpers.get(at, ())
    if verb.tag in ("VBD", "VBG", "MD") or not NOW.issuperset(helpers):
        return False
    present = verb.tag in ("VBZ", "VBP") or "is" in helpers or "are" in helpers or "does" in helpers or "do" in helpers
    if not present:
        return False
    if verb.dep == "relcl":
        return _is_of_any(tokens, verb.head)
    if line.low(here.last) in REASONS:
        return False
    state = any(t.head == at and t.dep == "acomp" and t.text.lower() in WORDS.shut for t in tokens[at + 1 : at + 4])
    return state or (verb.tag == "VBN" and verb.text.lower() in WORDS.shut)


def _verb_above(tokens: tuple[Token, ...], token: int) -> int:
    """The verb on which a day hangs, through "night" and "on"."""
    for _ in range(4):
        if tokens[token].tag.startswith(("VB", "MD")) or tokens[token].head == token:
            break
        token = tokens[token].head
    return token


def _is_of_any(tokens: tuple[Token, ...], noun: int) -> bool:
    """Is it "a library", of which the sentence says what is always so?"""
    if tokens[noun].text.lower() in WORDS.scheduled:
        return False
    if not any(t.head == noun and t.text.lower() in INDEFINITE for t in tokens[max(0, noun - 4) : noun]):
        return False
    above = tokens[tokens[noun].head]
    return tokens[noun].dep in ("nsubj", "attr") and above.tag in ("VBZ", "VBP")


# --- "tomorrow" and "today" ------------------------------------------------------------------


def _is_time_to_come(line: Line, i: int, tenses: Tenses) -> bool:
    """ "Tomorrow's engineers", "the leaders of tomorrow", "We would not build one tomorrow"."""
    token = line[i].token
    above = tenses.tokens[tenses.tokens[token].head]
    if line.low(i + 1) in ("'", "’") and line.low(i + 2) == "s":
        return above.text.lower() in WORDS.eras
    if line.low(i - 1) == "of" and line[i - 2].tag.startswith("NN"):
        return line.low(i - 2) not in ("middle", "end", "start", "beginning", "morning", "evening", "afternoon")
    at = _verb_above(tenses.tokens, token)
    helpers = tenses.helpers.get(at, ())
    if "would" not in helpers and "could" not in helpers and "'d" not in helpers:
        return False
    conditional = any(word.low == "if" or (word.low == "would" and "could" in helpers) for word in line.pieces)
    return ("could" not in helpers and _is_quoted(line, i)) or conditional


def _is_quoted(line: Line, i: int) -> bool:
    """Is the word between quotation marks of its sentence, or inside some that stay open?"""
    marks = [word.low for word in line.pieces[:i] if word.low in ("“", "”", '"')]
    return bool(marks) and (marks[-1] == "“" or (marks[-1] == '"' and len(marks) % 2 == 1))


def _is_our_time(line: Line, i: int, tenses: Tenses) -> bool:
    """ "Today's children", "what is today Norland", "Today the town appears on every map"."""
    here = tenses.tokens[line[i].token]
    above = tenses.tokens[here.head]
    if line.low(i + 1) in ("'", "’") and line.low(i + 2) == "s":
        return above.text.lower() in WORDS.eras
    if line.low(i - 1) in ("is", "are") and line[i + 1].tag.startswith(("NNP", "DT", "JJ", "CD")):
        return True
    if i > 1 or (i == 1 and line.low(0) not in OPENING) or here.dep.startswith(("nsubj", "poss")):
        return False
    helpers = tenses.helpers.get(here.head, ())
    plain = above.tag in ("VBZ", "VBP") and not any(h in MODALS | PERFECT | PROGRESSIVE for h in helpers)
    return plain and above.text.lower() not in WORDS.happening | WORDS.ahead
