"""Find title, publication date and language of an article, each with the basis it rests on.

Nothing is invented: a title is in the source's own words; a date is given in the front matter, a label, a dateline, the
file name or the address, or is unknown ("yesterday" is not a date).
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

import py3langid

from briefing.content.edtf import as_edtf, find_date
from briefing.lexicon import load
from briefing.model import Block, Hint, Meta, Published, Title, TitleBasis

HEADLINE_WORDS = 25  # words in a headline; longer first lines are leads
LONGEST_SENTENCE = 200  # characters of a first sentence that is a title as a whole
TITLE_CHARACTERS = 120  # characters in a title cut from a longer one; search engines cut there
MIN_TITLE = 25  # characters left when a lead is cut
LANGUAGE_TEXT = 1_000  # characters used to detect the language; of 761 articles none changed with 2,500
MIN_WORDS = 6  # words needed to detect a language
# No other language has many of these words. If there are enough, the detector, which costs half as much as cleaning a
# short article, is not asked.
ENGLISH = frozenset(
    {"the", "and", "of", "to", "that", "with", "from", "was", "were", "which", "has", "have", "this", "been"}
    | {"would", "said", "their", "they", "his", "who", "its", "by", "he", "she", "as", "are", "after", "about"}
)
MIN_ENGLISH = 0.15  # of the words; in English news 0.2
MIN_ENGLISH_OF_QUOTING = 0.1  # of all words, where the article opens with a quotation in another language
MIN_ENGLISH_OF_MIXED = 0.05  # of all words, where the opening is English: less if only a quotation in it is
# The detector takes "China bans exports to US" for Occitan: of a short text, only these are believed.
SHORT = 25  # words
OFTEN = frozenset({"en", "es", "fr", "de", "it", "pt", "nl", "sv", "da", "id", "pl", "tr"})


@dataclass(frozen=True, slots=True)
class VisibleBlock:
    """An unmarked block as a reader sees it."""

    block: Block
    words: str


# --- title -----------------------------------------------------------------------------------

SENTENCE_END = re.compile(r"[.!?…。！？]+[\"'”’»)\]]*$")
ABBREVIATION_END = re.compile(r"\b(?:[A-Z]\.){1,4}$|\b(?:Inc|Corp|Ltd|Co|Jr|Sr|No|St|etc|al)\.$")
OPENING = "\"“”'‘’«»„‹›「『"


def find_title(meta: Meta, visible: Sequence[VisibleBlock], hints: Sequence[Hint] = ()) -> Title:
    """Return the given title, else a heading at the top, else a headline on the first line, else words of the lead."""
    if meta.title:
        at = next((s.block for s in visible[:3] if s.words == meta.title), None)
        return Title(meta.title, "given", at.start if at else None, at.end if at else None)
    datelines = [(h.start, h.end) for h in hints if h.kind == "dateline"]
    visible = [s for s in visible if not any(a <= s.block.start and s.block.end - b <= 1 for a, b in datelines)]
    if not visible:
        return Title("Untitled", "derived")
    heading = next((s for s in visible[:3] if s.block.kind == "heading" and s.block.level <= 2), None)
    if heading and heading.words:
        return _headline(heading, meta, "given")
    first = visible[0]
    if _has_deck(visible):  # "Ferry fares fall again;" and below it "Islanders say it is too late."
        deck = visible[1]
        return Title(f"{first.words} {deck.words}".rstrip("."), "first-line", first.block.start, deck.block.end)
    if is_headline(first, max(visible[1:4], key=lambda s: len(s.words), default=None)):
        return _headline(first, meta, "first-line")
    if glued := _headline_below(visible, meta, datelines):
        return glued
    lead = next((s for s in visible if s.block.kind in ("paragraph", "quote")), first)
    return _from_lead(_without_dateline(lead, hints))


def _headline(block: VisibleBlock, meta: Meta, basis: TitleBasis) -> Title:
    return Title(without_site(block.words, meta.publisher or ""), basis, block.block.start, block.block.end)


def _headline_below(visible: Sequence[VisibleBlock], meta: Meta, datelines: Sequence[tuple[int, int]]) -> Title | None:
    """Return a headline with the name of a website that stands below the end of another report, above a dateline."""
    for line, below in itertools.pairwise(visible[1:]):
        dated = any(0 <= start - below.block.start <= 2 for start, _ in datelines)
        if dated and line.block.kind in ("paragraph", "heading") and is_headline(line, below):
            return _headline(line, meta, "first-line")
    return None


# Between a headline and the name of the website: `A quay is built | Oldby Post`, `A quay is built - Oldby.example`
SITE = re.compile(r" ?(?P<bar>[|｜»·]|(?<= )[–—_-]+(?= )) ?(?P<site>[^|｜»·]{2,40})$")
NAMED = re.compile(r"[A-ZÀ-Þ0-9&][\w.'’&-]*|of|the|and|for|&")
DOMAIN = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)?\.(?:com|net|org|info|example|[a-z]{2})", re.IGNORECASE)
HEADLINE_LEAST = 3  # words left of a headline


def without_site(words: str, publisher: str = "") -> str:
    """Return a headline without the website's name at its end.

    >>> without_site("A quay is built in Oldby | News | Oldby Post")
    'A quay is built in Oldby'
    """
    for _ in range(3):
        cut = SITE.search(words, max(0, len(words) - 45))
        if not cut or len(words[: cut.start()].split()) < HEADLINE_LEAST or not _is_site(cut, publisher):
            break
        words = words[: cut.start()].rstrip()
    return words


def _is_site(cut: re.Match[str], publisher: str) -> bool:
    parts = cut["site"].split()
    if cut["site"].casefold() == publisher.casefold() or DOMAIN.fullmatch(cut["site"]):
        return True
    if not all(map(NAMED.fullmatch, parts)) or len(parts) > 5:
        return False
    known = website_words()
    return cut["bar"] in "|｜" or (len(parts) > 1 and parts[-1].lower() in known["mastheads"])


@functools.cache
def website_words() -> dict[str, frozenset[str]]:
    lists = load("website-words", dict[str, frozenset[str]])
    return {kind: frozenset(word.lower() for word in words) for kind, words in lists.items()}


def _has_deck(visible: Sequence[VisibleBlock]) -> bool:
    """Tell whether the headline ends with a semicolon and continues in a short second line above a longer text."""
    lines = [len(s.words.split()) for s in visible[:5] if s.block.kind == "paragraph"]
    short = len(lines) > 2 and max(lines[:2]) <= HEADLINE_WORDS and visible[1].block.kind == "paragraph"
    return short and visible[0].words.endswith((";", "；")) and max(lines[2:]) > lines[1]


def _without_dateline(lead: VisibleBlock, hints: Sequence[Hint]) -> str:
    """`OLDBY, May 3 - The mine ...` -> `The mine ...`"""
    place = next((h.value for h in hints if h.kind == "dateline" and _opens(h, lead)), "")
    rest = lead.words[len(place) :].lstrip(" -–—―_*:/.") if place and lead.words.startswith(place) else lead.words
    return rest or lead.words


def _opens(hint: Hint, lead: VisibleBlock) -> bool:
    """Tell whether the hint is at the very start of this block, apart from markup."""
    return 0 <= hint.start - lead.block.start <= 2


def is_headline(first: VisibleBlock, following: VisibleBlock | None) -> bool:
    """Tell whether a first line is a headline: short, not a sentence of the text, and followed by something longer."""
    words = first.words
    count = len(words.split())
    dense = any("\u3040" <= c <= "\u9fff" for c in words)
    if first.block.kind not in ("paragraph", "heading") or following is None or not words:
        return False
    if (
        count > HEADLINE_WORDS
        or len(words) > (60 if dense else 200)
        or words.endswith((",", ";", ":", "，", "；", "："))
    ):
        return False
    if words[0] in OPENING and words[-1] in OPENING + "." and count > 12:
        return False  # a quotation used as a lead
    ended = (
        SENTENCE_END.search(words) and not ABBREVIATION_END.search(words) and not words.endswith(("?", "!", "？", "！"))
    )
    longer = len(following.words) > 1.2 * len(words) or count <= 12
    if not longer or not ended or _is_title_case(words):
        return longer
    # Some archives end headlines with a full stop: accept a short line with few function words.
    return count <= 14 and len(SMALL_WORDS.findall(words)) <= 1 and len(following.words) > 1.5 * len(words)


SMALL_WORDS = re.compile(r"\b(?:the|a|an|is|are|was|were|has|have|had|been|be|that|it|he|she|they)\b")


def _is_title_case(words: str) -> bool:
    """Tell whether nearly all long words have a capital: `What the Mayor Said About the Dam`."""
    long_words = re.findall(r"[^\W\d_]{4,}", words)
    return len(long_words) >= 4 and sum(w[0].isupper() for w in long_words) >= 0.8 * len(long_words)


# A lead is cut after a sentence, else before a clause, else between words. A lower-case letter or a number after a full
# stop continues the sentence: "Norrland Inc. said", "ended Oct. 1".
SENTENCE = re.compile(
    r"(?<![A-Z]\.)(?<!\b[A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bNo)(?<!\bGov)(?<!\bSen)(?<!\bRep)"
    r"(?<!\bGen)(?<!\bLt)(?<!\bCol)(?<!\bProf)(?<!\bRev)(?<!\.[a-z])"
    r"[.!?。！？][\"'”’»)]*(?=\s+[^a-z\d\s]|\s*$|[\u4e00-\u9fff])"
    r"|(?<=[ap]\.m)\.(?= (?:The|An?|It|He|She|They|We|In|At|But|And|This|That|There|If|When|No) )"
)
# Each with the fewest characters before the cut: "X and Y said" needs more than X.
CLAUSES = (
    (re.compile(r"[,;:，；：](?=\s|[\u4e00-\u9fff])| [–—-]{1,2} "), MIN_TITLE),
    (re.compile(r"(?= (?:but|while|which|who|because|although|after|when) )"), MIN_TITLE),
    (re.compile(r"(?= (?:and|or|before|as) )"), TITLE_CHARACTERS // 2),
)


HOUR_END = re.compile(r"\b[ap]\.m$")
END_MARKS = ".,;:，；：。 –—-"


def _from_lead(lead: str) -> Title:
    words = lead[:600]
    sentence = SENTENCE.search(words)
    if sentence and sentence.end() >= MIN_TITLE:
        words = words[: sentence.end()]
    if len(words) > (LONGEST_CONDITION if CONDITION.search(words, MIN_TITLE) else LONGEST_SENTENCE):
        words = _cut(words)
    words = words.strip().rstrip(END_MARKS) or lead[:TITLE_CHARACTERS]
    return Title(words + "." if HOUR_END.search(words) else words, "derived")


# What a title must not lose: "-- if the alternative is ruin"
CONDITION = re.compile(r"\b(?:if|unless|provided that|except|as long as|only when)\b")
LONGEST_CONDITION = 300  # characters of a first sentence with a condition that is a title as a whole


def _cut(words: str) -> str:
    if not CONDITION.search(words, MIN_TITLE):
        for longest in (TITLE_CHARACTERS, LONGEST_SENTENCE):
            for clause, least in CLAUSES:
                ends = [m.start() for m in clause.finditer(words, least, longest + 1)]
                if ends:
                    return words[: ends[-1]]
    space = words.rfind(" ", MIN_TITLE, TITLE_CHARACTERS)
    return words[: space if space > 0 else TITLE_CHARACTERS].rstrip(END_MARKS) + " …"


# --- publication date ------------------------------------------------------------------------

# /2023/09/25/, 2023-09-25-a-mine.md, t20230925_123.html
URL_DATE = re.compile(r"/(?P<year>20\d\d|19\d\d)[/-](?P<month>\d\d?)(?:[/-](?P<day>\d\d?))?(?=[/_.?#-]|$)")
COMPACT_DATE = re.compile(r"(?<!\d)(?P<year>20\d\d|19[89]\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)")
YEARLY_DATELINE = re.compile(r"\d{4}")


def find_published(meta: Meta, hints: Sequence[Hint], name: str) -> Published:
    """Return the given date, else that of a label, a dateline with a year, the file name or the address."""
    if meta.published:
        return Published(meta.published, "given")
    labels = [h for h in hints if h.kind == "dated"]
    for hint in sorted(labels, key=lambda h: h.start)[:1]:
        return Published(hint.value, "inferred", hint.start, hint.end, "label")
    for hint in hints:
        if hint.kind == "dateline" and YEARLY_DATELINE.search(hint.value) and (found := find_date(hint.value)):
            return Published(found.edtf, "inferred", hint.start + found.start, hint.start + found.end, "dateline")
    if edtf := _from_file_name(name):
        return Published(edtf, "inferred", found_in="file name")
    if meta.url and (edtf := _from_address(meta.url)):
        return Published(edtf, "inferred", found_in="address")
    for hint in hints:
        if hint.kind == "changed":  # last resort: it may have been published earlier
            return Published(hint.value, "inferred", hint.start, hint.end, "label")
    return Published(None, "unknown")


def _from_file_name(name: str) -> str | None:
    last = name.rpartition("/")[2]
    found = find_date(last)
    if found and found.start == 0:
        return found.edtf
    compact = COMPACT_DATE.match(last)
    return _edtf(compact) if compact else None


def _from_address(url: str) -> str | None:
    path = url.partition("://")[2].partition("?")[0]
    for form in (URL_DATE, COMPACT_DATE):
        match = form.search(path)
        if match and (edtf := _edtf(match)):
            return edtf
    return None


def _edtf(match: re.Match[str]) -> str | None:
    return as_edtf(int(match["year"]), int(match["month"]), int(match["day"]) if match["day"] else None)


# --- language --------------------------------------------------------------------------------


LETTER = re.compile(r"[^\W\d_]")


def find_language(meta: Meta, text: str, fallback: str = "en") -> str:
    """Return the given language, else the detected one; with too few words, the fallback."""
    if meta.language:
        return meta.language
    if not LETTER.search(text) or (text.isascii() and len(text.split()) < MIN_WORDS):
        return fallback
    opening = text[:LANGUAGE_TEXT]
    words = text.split()
    first = words if len(opening) == len(text) else opening.split()
    if _is_english(first, MIN_ENGLISH) and (first is words or _is_english(words, MIN_ENGLISH_OF_MIXED)):
        return "en"
    if first is not words and _is_english(words, MIN_ENGLISH_OF_QUOTING):
        return "en"
    if len(words) < SHORT and text.isascii():
        return next((str(tag) for tag, _ in py3langid.rank(text) if tag in OFTEN), fallback)
    sample = opening if first is words else text[-LANGUAGE_TEXT:] if _is_english(first, MIN_ENGLISH) else opening
    return str(py3langid.classify(sample)[0])


def _is_english(words: Sequence[str], least: float) -> bool:
    return len(words) >= MIN_WORDS and "the" in words and sum(w in ENGLISH for w in words) >= least * len(words)
