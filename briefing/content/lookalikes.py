"""Find what a reader cannot see in a word: invisible characters, and letters of another alphabet that look the same.

deceptive("P\u0435tra Quill")   ->   Deceptive(0, 5, "look-alike")         # its second letter is Cyrillic
deceptive("Pe\u200btra Quill")  ->   Deceptive(0, 6, "hidden-characters")
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# Letters of other alphabets that look like Latin ones in most fonts; from the Unicode Consortium's confusables.txt.
CYRILLIC = "аеԁһіјорѕсуѵхԛԝАВЕІЈКМНОРСТУХЅԌԚԜѴ"
GREEK = "αικνορυχϲΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϳ"
ARMENIAN = "աօոսցհԼՍՕ"
CHEROKEE = "ᎪᎬᎳᎷᎻᎽᎾᏀᏂᏃᏏᏒᏔᏙᏚᏞᏢᏦᏴᎠᎡᎢᎥᎩᎫ"
LOOKALIKES = frozenset(CYRILLIC + GREEK + ARMENIAN + CHEROKEE)
# Bold, script and other letters for formulas, and letters in circles, are read as the plain ones.
STYLED = "\U0001d400-\U0001d7ff\u24b6-\u24e9\U0001f130-\U0001f189"
UNSEEN = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0"
TURNING = "\u202a-\u202e\u2066-\u2069"  # these show letters in another order
OTHERS = f"{re.escape(''.join(sorted(LOOKALIKES)))}{STYLED}{UNSEEN}{TURNING}"
CANDIDATE = re.compile(f"[{OTHERS}]")
WORD = re.compile(rf"[^\W\d_](?:[{UNSEEN}{TURNING}]*[^\W\d_])*")
LATIN_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
HIDING = re.compile(f"[{UNSEEN.replace(chr(0xAD), '')}{TURNING}]")  # a soft hyphen only says where a word may be broken
TURN = re.compile(f"[{TURNING}]")
RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


class Deceptive(NamedTuple):
    start: int
    end: int
    kind: str  # "look-alike" or "hidden-characters", also the code of the note


def find_deceptive(text: str) -> Iterator[Deceptive]:
    """Yield each word that is not what it seems."""
    if text.isascii() or not CANDIDATE.search(text):
        return
    at = 0
    while candidate := CANDIDATE.search(text, at):
        start = candidate.start()
        while start > at and not text[start - 1].isspace():
            start -= 1
        end = candidate.end()
        while end < len(text) and not text[end].isspace():
            end += 1
        yield from _in_word(text, start, end)
        at = end


def deceptive(name: str) -> Deceptive | None:
    """Return the first such word of a name; here also a word of look-alikes beside Latin ones, as in `Petra Сорро`."""
    if found := next(find_deceptive(name), None):
        return found
    words = list(re.finditer(r"[^\W\d_]+", name)) if not name.isascii() else []
    latin = any(LATIN_LETTER.match(m[0]) for m in words)
    return next((Deceptive(*m.span(), "look-alike") for m in words if latin and LOOKALIKES.issuperset(m[0])), None)


def _in_word(text: str, start: int, end: int) -> Iterator[Deceptive]:
    """Look at what stands between two spaces."""
    words = text[start:end]
    if TURN.search(words) and not any(unicodedata.bidirectional(c) in RIGHT_TO_LEFT for c in words):
        yield Deceptive(start, end, "hidden-characters")
        return
    for m in WORD.finditer(words):
        letters = m[0]
        if not LATIN_LETTER.search(letters):
            if re.fullmatch(f"[{STYLED}]+", letters):
                yield Deceptive(start + m.start(), start + m.end(), "look-alike")
            continue
        if HIDING.search(letters):
            yield Deceptive(start + m.start(), start + m.end(), "hidden-characters")
        elif not LOOKALIKES.isdisjoint(letters) and not _is_unit(letters):
            yield Deceptive(start + m.start(), start + m.end(), "look-alike")


def _is_unit(letters: str) -> bool:
    """Tell whether a short word has one Greek letter, as signs in science do: `νe`, `αS`."""
    return len(letters) <= 3 and sum(c in GREEK and c.islower() for c in letters) == 1
