"""Where the sentences of a paragraph begin, as nupunkt tells it once it knows the abbreviations of news.

    sentence_starts("Lt. Gen. Verne came to the U.S. The council knew it.")  ->  [0, 32]

nupunkt's own model was learnt from law: to it "week", "bank" and "win" are abbreviations, behind which only some words
begin a sentence, while "Lt." and "Reps." end one. So it is given our list, and of its own only what has a point inside.
"""

from __future__ import annotations

import functools
import re
from importlib import metadata
from pathlib import Path

import nupunkt
import yaml
from nupunkt.core.constants import ORTHO_MID_LC

from briefing import cache

DATA = Path(__file__).parent / "data" / "abbreviations.yaml"
# How often a capital was seen behind an abbreviation, and how often it began a sentence.
ALWAYS, NEVER = (1_000, 1_000), (1_000, 0)
POINTED = re.compile(r"[a-z]{1,3}(?:\.[a-z]{1,3})+")  # u.s, ph.d, w.va
# nupunkt takes these for a part of the word that they stand at: `“Mr.`, `D-Fla.`
OPENING = str.maketrans({"“": "`", "‘": "`", "„": "`"})
DASH_INSIDE = re.compile(r"-(?<=\w-)(?=[A-Z])")
# What no sentence begins with, but the one before may end on.
CLOSING = re.compile(r"(?:[\s)\]},;:”»]|[’\"'“](?=[\s,;:.)]|$))+")
COMMA = frozenset(",;:")
WORD = re.compile(r"\w")


def version() -> str:
    """What decides where sentences begin, for cache keys."""
    return cache.digest(metadata.version("nupunkt"), Path(__file__).read_bytes(), DATA.read_bytes())


def sentence_starts(text: str) -> list[int]:
    """The place at which each sentence begins."""
    plain = DASH_INSIDE.sub(" ", text.translate(OPENING))
    starts = [0]
    for start, end in _cutter().span_tokenize(plain):
        begin = _beginning(text, start)
        if start and begin is not None and WORD.search(text, begin, end):
            starts.append(begin)
    return starts


def _beginning(text: str, start: int) -> int | None:
    """Where the sentence begins that was cut off at `start`; None if it goes on: "(D-Va. | ), who"."""
    closing = CLOSING.match(text, start)
    if not closing:
        return start
    begin = closing.end()
    goes_on = begin == len(text) or text[begin].islower() or not COMMA.isdisjoint(closing[0])
    return None if goes_on else begin


@functools.cache
def _cutter() -> nupunkt.PunktSentenceTokenizer:
    words: dict[str, list[str]] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    openers = {form for word in words.pop("openers") for form in (word, word.replace("'", "’"))}
    pointed = {known for known in nupunkt.load("default").abbreviations if POINTED.fullmatch(known)}
    cutter = nupunkt.PunktSentenceTokenizer(
        nupunkt.PunktParameters(
            abbrev_types={*pointed, *(word for group in words.values() for word in group)},
            collocations={(place, f"{title}.") for place in words["places"] for title in words["titles"]},
            sent_starters=openers,
            ortho_context=dict.fromkeys(openers, ORTHO_MID_LC),
            abbrev_break_rates={
                **dict.fromkeys(words["titles"], NEVER),
                **dict.fromkeys([*words["places"], *words["numbered"]], ALWAYS),
            },
        )
    )
    cutter.BREAK_RATE_LOW = 0.0
    return cutter
