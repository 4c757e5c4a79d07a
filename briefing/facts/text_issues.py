"""Damage in the text itself: words blanked out or doubled, sentences torn or glued, quotation marks without
partner, remains of another language.

In:  the article, its tokens, and the paragraphs that were not set aside.
Out: `Blemish`es: what is wrong (a key of data/notes.yaml) and where. notes.py says it to the reader.

    "the first ** contract"  ->  Blemish("masked-word", span of these words)
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.facts.tokens import CLAUSES
from briefing.lexicon import load
from briefing.model import Analysis, Article, Block, Severity, Token


@dataclass(frozen=True, slots=True)
class Words:
    """One field for each list of the file, of the same name; the file says what each is for."""

    messages: dict[str, tuple[Severity, str]]
    codes: dict[str, str]
    twice: frozenset[str]
    doubled: frozenset[str]
    rhetoric: frozenset[str]
    placeholders: frozenset[str]
    abbreviations: frozenset[str]
    dangling: frozenset[str]
    reasons: frozenset[str]


WORDS = load("notes", Words)
TWICE = WORDS.twice
RHETORIC = WORDS.rhetoric | TWICE
MODIFIES = frozenset({"amod", "compound", "nummod", "poss", "nmod"})
LINKS = frozenset({"and", "or", "&", ","})
NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
PLAIN = frozenset({"NN", "NNS", "VBD", "VBN", "VBZ", "VBG"})  # nobody says one of these twice in a row
ENDING = frozenset({".", ",", ":", "CC", "VBD", "VBZ", "VBP", "MD", "-RRB-"})  # behind a phrase that is over
QUALIFIED = NOUNS | {"JJ"}
# "first ** contract", "f*** it", "the [redacted] report", "the XX company", "______": with a word on each side.
MASK = re.compile(
    r"(?P<stars>\*{2,}|[×□○●■]{2,}|(?<!\w)_{2,}(?!\w)|(?<!\w)[?？]{3,}(?=\s\w))"
    r"|\[(?P<word>[a-z]{4,14}(?: [a-z]{4,14})?)\]"
    r"|(?<![\w.-])(?P<letters>XX|XXXX|xx|xxx|xxxx|X{5,12})(?![\w.])",
)
MASKED = re.compile(r"\*\*|[×□○●■]{2}|__|\?\?\?|？|\[[a-z]|XX|xx")  # quickly told: without one there is no MASK
ROMAN_AFTER = re.compile(
    r"(?:\b(?!The\b|An?\b|This\b|That\b|In\b|Of\b|At\b)[A-Z]\w*|\b(?:article|chapter|part|volume|class|size))\s$"
)
RUN_ON = re.compile(r"(?<![\w.&/@-])(?P<word>[A-Za-z]{2,30})\. (?P<next>[a-z]{2,30})(?![\w.@/:])")
TORN = re.compile(r"[A-Za-z](?:\. [a-z]|[.?!][A-Z])")  # quickly told: without it there is neither RUN_ON nor GLUED
GLUED = re.compile(r"(?<![\w./@:#-])(?P<word>[a-z]{3,30})[.?!](?P<next>[A-Z][a-z]{2,30})(?= [a-z])")
SITES = re.compile(r"^(?:Com|Org|Net|Gov|Edu|Io|Co|Ca|Uk|Tv)$")
SMALL_WORDS = re.compile(r"[a-z]{2,}(?:['’][a-z]+)?(?= )")
SCRIPTS = re.compile(r"[\u0370-\u1fff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uffdc]+")
GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]{1,2}")
QUOTES = re.compile(r"=\"[^\"\n]{0,200}\"|``|''|[\"“”„«»]")  # `id="..."` is markup
OPENING = frozenset({"“", "„", "``", "«"})
ENDS = re.compile(r"[.!?…:;。！？][\"'”’»)\]*_]*$|[\"”»)\]*_]$|https?://\S+$|-{2,}$|—$|–$")
MOST = 9  # tokens from a word to itself, where a phrase is said twice
LONG = 80  # characters of a paragraph that must be running text
CLOSE = 40  # characters around a place that are shown


@dataclass(frozen=True, slots=True)
class Blemish:
    kind: str
    start: int
    end: int


class Page:
    """The article with what is set aside or hidden: nothing found there counts."""

    def __init__(self, article: Article, analysis: Analysis) -> None:
        self.article = article
        self.text = article.text
        self.analysis = analysis
        self.newswire = "``" in article.text  # then '' closes what `` opens; else it does both
        out = sorted([(r.start, r.end) for r in article.removed] + [(h.start, h.end) for h in article.hidden])
        self.starts = [s for s, _ in out]
        self.ends = [e for _, e in out]
        kept = [b for b in article.blocks if b.kind not in {"code", "row"} and not self._set_aside(b)]
        self.blocks = kept
        self.prose = [b for b in kept if b.kind in {"paragraph", "quote"}]

    def out(self, start: int, end: int) -> bool:
        """Does this stretch touch what was set aside or is markup?"""
        at = bisect_left(self.starts, end)
        return at > 0 and self.ends[at - 1] > start

    def _set_aside(self, block: Block) -> bool:
        at = bisect_right(self.starts, block.start)
        return at > 0 and self.ends[at - 1] >= block.end

    def words_at(self, start: int, end: int) -> tuple[int, int]:
        """The stretch with the word before and the word after it, inside its line."""
        text = self.text
        first = start
        while first > 0 and text[first - 1] in " \u00a0":
            first -= 1
        while first > max(0, start - CLOSE) and not text[first - 1].isspace():
            first -= 1
        last = end
        while last < len(text) and text[last] in " \u00a0":
            last += 1
        while last < min(len(text), end + CLOSE) and not text[last].isspace():
            last += 1
        while last > end and text[last - 1] in '.,;:!?"”’)]':
            last -= 1
        while first < start and text[first] in '"“‘([':
            first += 1
        return first, last


def find_blemishes(article: Article, analysis: Analysis) -> list[Blemish]:
    page = Page(article, analysis)
    found = [_trimmed(b, page.text) for finder in FINDERS for b in finder(page)]
    return sorted(found, key=lambda b: (b.start, b.end, b.kind))


def _trimmed(blemish: Blemish, text: str) -> Blemish:
    words = text[blemish.start : blemish.end]
    start = blemish.start + len(words) - len(words.lstrip())
    return Blemish(blemish.kind, start, start + len(words.strip()))


# --- words ----------------------------------------------------------------------------------


def repeated(page: Page) -> Iterator[Blemish]:
    """ "The the"; "helium and helium", "zinc, zinc and tin"; "at the start of the week at the start of the week"."""
    tokens = page.analysis.tokens
    seen: dict[str, int] = {}  # where a word stood last
    done = 0
    for i, token in enumerate(tokens):
        low = token.text.lower()
        size = i - seen.get(low, -MOST - 1)
        seen[low] = i
        if size > MOST or i < done or tokens[i - size].block != token.block:
            continue
        one = tokens[i - size]
        if size == 1 and _is_doubled(one, token) and not page.out(one.start, token.end):
            yield Blemish("doubled-word", one.start, token.end)
        elif size == 2 and tokens[i - 1].text in LINKS and _same_thing(page, i - 2):
            yield Blemish("repeated-term", one.start, token.end)
        elif size > 2 and (said := _phrase(page, i - size, i)):
            if i - size >= done:  # once, however often it is said
                yield Blemish("repeated-phrase", one.start, tokens[i + said - 1].end)
            done = i + said


def _is_doubled(one: Token, two: Token) -> bool:
    """ "The the", "kept kept", "storm storm"; not "very very", "had had", "Duran Duran"."""
    low = two.text
    if low in WORDS.doubled:
        return True
    if one.tag not in PLAIN or two.tag not in PLAIN or one.dep in CLAUSES:
        return False  # "all who came came late" is no slip
    return one.text == low and low.isalpha() and low.islower() and low not in RHETORIC


def _phrase(page: Page, first: int, again: int) -> int:
    """How many words from `first` on stand once more from `again` on, joined by "and" or straight behind."""
    tokens = page.analysis.tokens
    link = tokens[again - 1].text in LINKS
    said = again - first - link
    if again + said > len(tokens):
        return 0
    same = all(tokens[first + k].text.lower() == tokens[again + k].text.lower() for k in range(said))
    return said if same and _is_phrase(page, first, again, said, link) else 0


def _is_phrase(page: Page, first: int, again: int, said: int, link: bool) -> bool:
    """Two words joined by "and", or at least three without it: the rest is rhetoric. All in one sentence."""
    tokens = page.analysis.tokens
    words = tokens[first : first + said]
    one, two = words[0], tokens[again + said - 1]
    if one.sentence != two.sentence or page.out(one.start, two.end):
        return False
    if not all(t.text.isalpha() and t.text.lower() not in LINKS for t in words):
        return False
    if link:
        joined = tokens[again - 1].text != "," and words[-1].tag in NOUNS and words[-1].text.lower() not in TWICE
        return joined and said == 2 and words[0].tag in QUALIFIED
    return said > 2


def _same_thing(page: Page, i: int) -> bool:
    tokens = page.analysis.tokens
    one, link, two = tokens[i : i + 3]
    if one.tag == two.tag == "JJ" and link.text in {"and", "or"}:  # "a quiet and quiet yard"; "more and more" is no JJ
        compound = i + 3 < len(tokens) and tokens[i + 3].text in {"-", "‑"}  # "red and red-haired"
        return not compound and one.text.lower() not in TWICE and not page.out(one.start, two.end)
    if not _names_a_thing(one) or not (_names_a_thing(two) or two.dep == "conj"):
        return False
    if one.text.lower() in TWICE or len(one.text) < 3:
        return False
    if not one.text.isalpha() or page.out(one.start, two.end):
        return False
    if link.text == "&" and one.tag in {"NNP", "NNPS"}:
        return False  # "Lind & Lind" is a firm
    before = tokens[i - 1].text.lower() if i else ""
    after = tokens[i + 3].text.lower() if i + 3 < len(tokens) else ""
    if link.text == ",":
        return after in {"and", "or"} and tokens[min(i + 4, len(tokens) - 1)].text.lower() != one.text.lower()
    if i >= 2 and before in {"and", "or", ","} and tokens[i - 2].text.lower() == one.text.lower():
        return False  # "jobs and jobs and jobs"
    if i + 3 < len(tokens) and tokens[i + 3].tag in NOUNS | {"POS"} and tokens[i + 3].block == two.block:
        return False  # "oil prices and oil stocks", "Lee and Lee's"
    modified = i > 0 and tokens[i - 1].dep in MODIFIES and two.tag in {"NN", "NNS"}
    told_apart = i + 3 < len(tokens) and tokens[i + 3].tag not in ENDING
    return not (modified and told_apart)  # "local jobs and jobs abroad", but "their jobs and jobs."


def _names_a_thing(token: Token) -> bool:
    """By its tag or, for a rare word that the tagger takes for a verb, by its place."""
    return token.tag in NOUNS or token.dep in {"pobj", "dobj"}


def masked_words(page: Page) -> Iterator[Blemish]:
    if not MASKED.search(page.text):
        return
    for block in page.blocks:
        for m in MASK.finditer(page.text, block.start, block.end):
            if page.out(m.start(), m.end()) or not _is_mask(page, block, m):
                continue
            yield Blemish("masked-word", *page.words_at(m.start(), m.end()))


def _is_mask(page: Page, block: Block, m: re.Match[str]) -> bool:
    if m["word"]:
        return m["word"] in WORDS.placeholders
    if m["letters"]:
        return not ROMAN_AFTER.search(page.text, max(block.start, m.start() - 30), m.start())
    line = page.text[block.start : block.end]
    if not any(c.isalpha() for c in line):
        return False  # a row of stars between two parts
    before = page.text[m.start() - 1] if m.start() > block.start else "\n"
    after = page.text[m.end()] if m.end() < block.end else "\n"
    if before == "\n" or after == "\n":
        return False  # a footnote, a bullet, markup
    return before.isspace() == after.isspace() or after in ".,;:!?'’\")”" or before.isalpha()


def untranslated(page: Page) -> Iterator[Blemish]:
    """Letters of another script in an English text, but not a name's own spelling in brackets."""
    for block in page.blocks:
        for m in SCRIPTS.finditer(page.text, block.start, block.end):
            if page.out(m.start(), m.end()) or GREEK.fullmatch(m[0]) or not _letters(m[0]):
                continue
            if page.text[m.start() - 1 : m.start()] in {"(", "（", "[", "《"} or page.text[m.end() : m.end() + 1] in {
                ")",
                "）",
                "]",
            }:
                continue
            yield Blemish("untranslated", m.start(), m.end())


def _letters(words: str) -> bool:
    return any(unicodedata.category(c)[0] == "L" and not unicodedata.name(c, "").startswith("LATIN") for c in words)


# --- sentences ------------------------------------------------------------------------------


def broken_sentences(page: Page) -> Iterator[Blemish]:
    for block in page.prose:
        if not TORN.search(page.text, block.start, block.end):
            continue
        for m in RUN_ON.finditer(page.text, block.start, block.end):
            word = m["word"]
            if (
                word.lower() in WORDS.abbreviations
                or page.out(m.start(), m.end())
                or (word[0].isupper() and len(word) < 3)
            ):
                continue
            if word[0].isupper() and not word.isupper() and len(word) < 6 and not _common(word):
                continue  # an abbreviation that the list does not know: "Wisc. voters"
            yield Blemish("run-on", *page.words_at(m.start(), m.end()))
        for m in GLUED.finditer(page.text, block.start, block.end):
            if not SITES.match(m["next"]) and not page.out(m.start(), m.end()):
                yield Blemish("glued", m.start(), m.end())


def _common(word: str) -> bool:
    return word.lower() in {"him", "her", "them", "it", "this", "that", "there", "here", "now", "then", "today"}


def torn_paragraphs(page: Page) -> Iterator[Blemish]:
    """Paragraphs that begin or end in the middle of a sentence."""
    before: Block | None = None
    for block in page.prose:
        text = page.text[block.start : block.end].rstrip()
        if len(text) >= LONG:
            small = SMALL_WORDS.match(text)
            if small and before is not None and not _leads_on(page, before):
                yield Blemish("small-start", block.start, _word_end(page.text, block.start + CLOSE, block.end))
            if _breaks_off(text, last=block is page.prose[-1]):
                start = _word_start(page.text, block.start + len(text) - CLOSE, block.start)
                yield Blemish("cut-off", start, block.start + len(text))
        before = block


def _breaks_off(text: str, *, last: bool) -> bool:
    """Ends in "the", in a comma, or (at the very end of the source) in a plain word without a full stop."""
    word = text.rsplit(None, 1)[-1]
    if word.lower() in WORDS.dangling or (word.endswith(",") and len(text) > 2 * LONG):
        return True
    return last and not ENDS.search(text[-200:]) and ". " in text and word.isalpha() and word.islower()


def _leads_on(page: Page, before: Block) -> bool:
    """Does the paragraph before end so that a small letter may follow, or in mid-sentence, which goes on here?"""
    text = page.text[before.start : before.end].rstrip()
    title = page.article.title
    headline = title.start is not None and title.start < before.end and before.start < (title.end or 0)
    return text.endswith((":", ",", ";", "…", "...", "-", "—")) or (not headline and not ENDS.search(text[-200:]))


def _word_end(text: str, at: int, high: int) -> int:
    """The end of the word that stands here, at most a line further on."""
    at = min(at, high)
    for _ in range(CLOSE):
        if at >= high or text[at].isspace():
            break
        at += 1
    return at


def _word_start(text: str, at: int, low: int) -> int:
    at = max(at, low)
    for _ in range(CLOSE):
        if at <= low or text[at - 1].isspace():
            break
        at -= 1
    return at


# --- quotation marks ------------------------------------------------------------------------


def unbalanced_quotes(page: Page) -> Iterator[Blemish]:
    """A double quotation mark without partner; a quote of several paragraphs opens each and closes the last."""
    balanced = {b.start for group in _groups(page) for b in group}
    carried = False  # the paragraph before left a quote open
    for index, block in enumerate(page.prose):
        if block.start in balanced:
            carried = False
            continue
        alone, still_open = _unpaired(page, block.start, block.end, carried=carried)
        following = page.prose[index + 1] if index + 1 < len(page.prose) else None
        carried = still_open is not None and following is not None and _opens(page.text, following)
        if alone is not None:
            yield _quote_blemish(page, block, alone)
        elif still_open is not None and not carried:
            yield _quote_blemish(page, block, still_open)


def _groups(page: Page) -> Iterator[list[Block]]:
    """Lines with no blank line between them whose marks balance together: they may be broken anywhere."""
    group: list[Block] = []
    for block in [*page.prose, None]:
        if block is None or (group and page.text.count("\n", group[-1].end, block.start) > 1):
            if len(group) > 1 and _unpaired(page, group[0].start, group[-1].end) == (None, None):
                yield group
            group = []
        if block is not None:
            group.append(block)


class _Marks:
    """The marks that are open at a place of a stretch of text."""

    def __init__(self, text: str, start: int, end: int, *, carried: bool) -> None:
        self.text, self.start, self.end = text, start, end
        self.carried = carried  # a quote of the paragraph before goes on
        self.stack: list[tuple[str, int]] = []
        self.doubtful: int | None = None  # a straight mark that was open when another opened
        self.straight = 0  # straight marks that look opening, less those that look closing

    def opens(self, mark: str, at: int, after: int) -> bool:
        top = self.stack[-1][0] if self.stack else ""
        if mark != '"':
            return mark in OPENING and not (mark == "“" and top == "„")
        shape = _shape(self.text, at, after, self.start, self.end)
        self.straight += (shape == "open") - (shape == "close")
        if top == mark and shape == "open" and self.doubtful is None:
            self.doubtful = self.stack[-1][1]
        return top != mark and shape != "close" if self.stack else shape != "close" or not self.carried


def _unpaired(page: Page, start: int, end: int, *, carried: bool = False) -> tuple[int | None, int | None]:
    """The first closing mark that closes nothing, and the first mark that is open at the end."""
    marks = _Marks(page.text, start, end, carried=carried)
    for m in QUOTES.finditer(page.text, start, end):
        at, mark = m.start(), '"' if m[0] == "''" and not page.newswire else m[0]
        inches = mark == '"' and not marks.stack and _is_inches(page.text, at)
        if inches or mark[0] == "=" or page.out(at, m.end()):
            continue
        if marks.opens(mark, at, m.end()):
            marks.stack.append((mark, at))
        elif marks.stack:
            marks.stack.pop()
        elif marks.carried:
            marks.carried = False
        else:
            return at, None
    if not marks.stack and (marks.doubtful is None or marks.straight < 2):
        return None, None
    return (marks.doubtful, None) if marks.doubtful is not None else (None, marks.stack[0][1])


def _shape(text: str, at: int, after: int, start: int, end: int) -> str:
    """What a straight mark looks like: `"so` opens, `so"` closes, ` " ` may be either."""
    blank_before = at == start or text[at - 1].isspace() or text[at - 1] in "([—–"
    blank_after = after >= end or text[after].isspace() or text[after] in ",.;:!?)]—–"
    if blank_before == blank_after:
        return "either"
    return "open" if blank_before else "close"


def _is_inches(text: str, at: int) -> bool:
    return at > 0 and text[at - 1].isdigit() and text[at + 1 : at + 2] in {"", " ", "-", "x", ",", "."}


def _opens(text: str, block: Block) -> bool:
    return text[block.start : block.end].lstrip(" *_>").startswith(("“", '"', "``", "''", "„", "«"))


def _quote_blemish(page: Page, block: Block, at: int) -> Blemish:
    """The mark with some words: after it where it opens, before it where it closes."""
    closing = at > block.start and not page.text[at - 1].isspace() and page.text[at - 1] not in "([—–"
    if closing:
        return Blemish("unbalanced-quote", _word_start(page.text, at - CLOSE, block.start), at + 1)
    end = _word_end(page.text, at + CLOSE, block.end)
    return Blemish("unbalanced-quote", at, at + len(page.text[at:end].rstrip()))


FINDERS = (repeated, masked_words, untranslated, broken_sentences, torn_paragraphs, unbalanced_quotes)
