"""Words that are a country's name and do not mean the country here.

"Unicorn Canada", "(Japan) Inc.", "ORE-Myanmar"    part of a company's or a body's name
"942 million Canadian dollars", "US$801"           money
"She speaks Russian, Estonian and English"         languages
"a bag of Brazil nuts"                             things
"""

from __future__ import annotations

import re

from briefing.link.context import ArticleContext
from briefing.registry.name_variants import words_for

THING = re.compile(r"\s+([a-z]+)(?:\s+([a-z]+))?")
MONEY = re.compile(r"\s?[$£€¥]|[ \u00a0-]([a-z]+)")
LEGAL_FORM = re.compile(
    r"\),?\s+(?:Inc|Corp|Ltd|LLC|PLC|plc|Co|GmbH|AG|SA|NV|BV|Pty|Sdn|Bhd|Pvt|Limited|Corporation|Company)\b"
)
ACRONYM_BEFORE = re.compile(r"(?<![\w-])([A-Z][A-Z&]+)-$")
MEETING = re.compile(r"[ -](?:[a-z]+\s)?(?:summit|forum|meeting|free|trade|[a-z]+-led)\b")
WORD_BEFORE = re.compile(r"(?<![\w'’.-])([A-Z][a-z]{2,}) $")
LISTED_BEFORE = re.compile(r"\b([A-Z][a-z]+)(?:,|,? and|,? or) $")
SPOKEN = re.compile(
    r"\b(?:sp(?:eaks?|oke|oken|eaking)|learn\w*|taught|teach\w*|kn(?:ows?|ew)|fluent in|written in|said in|into|in|"
    r"In|ha(?:s|ve|d)|understands?|understood|reads?|writes?|wrote)\s+(?:both |only |fluent |good |some |no )?$"
)
LISTED_AFTER = re.compile(r"(?:,|,? and|,? or) ([A-Z][a-z]+)")
NO_NOUN = re.compile(
    r"\s*(?:[.,;:!?)”\"—–]|$|\b(?:and|or|but|nor|about|as|at|to|with|for|by|when|while|because|fluently|well|too)\b)"
    r"(?! (?:other|foreign|many|some|several) )"
)
OPENER = re.compile(r"(?:ly|ing|ed|ous|ful|ern|ish|ist|ic|al)$")  # "Formerly", "Neighbouring", "Landlocked"
LONGEST_LIST = 6  # languages
WORD = re.compile(r"[^\W\d_]{2,}")
THE_NAME = 2  # words
NEAR = 200  # characters of a sentence on each side that show whether it is a headline


def has_other_sense(context: ArticleContext, start: int, end: int) -> bool:
    """Tell whether a country's name or adjective means something else here."""
    return (
        _is_thing(context, end)
        or _is_money(context, end)
        or _is_language(context, start, end)
        or _ends_name(context, start, end)
    )


def _is_thing(context: ArticleContext, end: int) -> bool:
    """Tell whether it is part of a thing's name: "Brazil nuts", but not "Brazil nut exports"."""
    match = THING.match(context.after(end, 40))
    if match is None or match[1] not in words_for("country_things"):
        return False
    return match[2] not in words_for("trade_words")


def _is_money(context: ArticleContext, end: int) -> bool:
    match = MONEY.match(context.after(end, 20))
    return match is not None and (match[1] is None or match[1] in words_for("money"))


def _is_language(context: ArticleContext, start: int, end: int) -> bool:
    """Tell whether it is what somebody speaks or something is written in, with no noun behind it."""
    languages = words_for("languages")
    if context.text[start:end].lower() not in languages:
        return False
    before, after = context.before(start), context.after(end)
    for _ in range(LONGEST_LIST):
        listed = LISTED_BEFORE.search(before)
        if listed is None or listed[1].lower() not in languages:
            break
        before = before[: listed.start()]
    for _ in range(LONGEST_LIST):
        listed = LISTED_AFTER.match(after)
        if listed is None or listed[1].lower() not in languages:
            break
        after = after[listed.end() :]
    return SPOKEN.search(before) is not None and NO_NOUN.match(after) is not None


def _ends_name(context: ArticleContext, start: int, end: int) -> bool:
    """Tell whether it is the end of a name that the language model did not see as one."""
    before, after = context.before(start, 40), context.after(end, 24)
    if before.endswith("(") and LEGAL_FORM.match(after):
        return True
    acronym = ACRONYM_BEFORE.search(before)
    if acronym:
        return not context.registry.named(acronym[1].lower()) and MEETING.match(after) is None
    word = WORD_BEFORE.search(before)
    if word is None or context.text[start:end].lower() in words_for("languages"):
        return False
    return _begins_name(context, start - len(word[1]) - 1, word[1])


def _begins_name(context: ArticleContext, at: int, word: str) -> bool:
    """Tell whether a capitalised word before a country's name is the beginning of one: not "On Monday China said"."""
    sentence = context.sentence(context.sentence_at(at))
    if sentence is None or context.registry.named(word.lower()):
        return False
    low = word.lower()
    if low in words_for("openers") or (at == sentence.start and OPENER.search(low)):
        return False
    if low in words_for("no_actors") | words_for("directions") | words_for("honorifics") | words_for("prepositions"):
        return False
    if any(n.label == "PERSON" for n in context.names_at(at, at + len(word))):
        return False
    first, last = max(sentence.start, at - NEAR), min(sentence.end, at + NEAR)
    words: list[str] = WORD.findall(context.text[first:last])[1:]
    small = sum(1 for word in words if word[0].islower())
    return small > len(words) - small - THE_NAME  # else it is a headline in capitals
