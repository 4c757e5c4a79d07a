"""Damage in the text: words blanked out or doubled, sentences run together, unpaired quotation marks, remains of
another language.

In:  the article, its tokens, and the paragraphs that were not removed.
Out: `TextIssue`s: what is wrong (a key of data/notes.yaml) and where. notes.py words it for the reader.

    "the first ** contract"  ->  TextIssue("masked-word", span of these words)
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.content.lookalikes import find_deceptive
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
    reasons: frozenset[str]


WORDS = load("notes", Words)
TWICE = WORDS.twice
RHETORIC = WORDS.rhetoric | TWICE
MODIFIES = frozenset({"amod", "compound", "nummod", "poss", "nmod"})
LINKS = frozenset({"and", "or", "&", ","})
NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
PLAIN = frozenset({"NN", "NNS", "VBD", "VBN", "VBZ", "VBG"})  # nobody says one of these twice in a row
ENDING = frozenset({".", ",", ":", "CC", "VBD", "VBZ", "VBP", "MD", "-RRB-"})  # behind a phrase that is over
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
SCRIPTS = re.compile(
    r"[\u0370-\u1fff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uffdc]+"
    r"(?: [\u0370-\u1fff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uffdc]+)*"
)
# "the Korean word is 희토류": the sentence is about the word
CITING = re.compile(
    r"\b(?:words?|terms?|title|original|character|spel(?:t|led|ling)|written|called|named|script|"
    r"(?:in )?(?:Arabic|Chinese|Greek|Hebrew|Hindi|Japanese|Korean|Persian|Russian|Thai|Ukrainian))\b"
)
TORN = re.compile(r"[A-Za-z]\. [a-z]")  # a quick test: without it there is no RUN_ON
GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]{1,2}")
QUOTES = re.compile(r"=\"[^\"\n]{0,200}\"|``|''|[\"“”„«»]")  # `id="..."` is markup
OPENING = frozenset({"“", "„", "``", "«"})
WORD_BEFORE, WORD_AFTER = re.compile(r"\S*[ \u00a0]*\Z"), re.compile(r"\A[ \u00a0]*\S*")
BEGUN, REST = re.compile(r"\S*\Z"), re.compile(r"\A\S*")  # of a word that a place is in
CITED = 100  # characters before a word in another script in which it may be announced
CLOSE = 40  # characters around a place that are shown


@dataclass(frozen=True, slots=True)
class TextIssue:
    kind: str
    start: int
    end: int


class Page:
    """The article without what was removed or hidden."""

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
        """Tell whether a span overlaps removed text or markup."""
        at = bisect_left(self.starts, end)
        return at > 0 and self.ends[at - 1] > start

    def _set_aside(self, block: Block) -> bool:
        at = bisect_right(self.starts, block.start)
        return at > 0 and self.ends[at - 1] >= block.end

    def words_at(self, start: int, end: int) -> tuple[int, int]:
        """Extend a span by the word before and the word after it, inside its line."""
        before = WORD_BEFORE.findall(self.text[max(0, start - CLOSE) : start])[0].lstrip('"“‘([')
        after = WORD_AFTER.findall(self.text[end : end + CLOSE])[0].rstrip('.,;:!?"”’)]')
        return start - len(before), end + len(after)


def find_text_issues(article: Article, analysis: Analysis) -> list[TextIssue]:
    page = Page(article, analysis)
    found = [_trimmed(b, page.text) for finder in FINDERS for b in finder(page)]
    if deceptive := [b for b in found if b.kind == "look-alike"]:  # not also as words of another script
        found = [b for b in found if b.kind != "untranslated" or not any(d.start <= b.start < d.end for d in deceptive)]
    return sorted(found, key=lambda b: (b.start, b.end, b.kind))


def _trimmed(issue: TextIssue, text: str) -> TextIssue:
    words = text[issue.start : issue.end]
    start = issue.start + len(words) - len(words.lstrip())
    return TextIssue(issue.kind, start, start + len(words.strip()))


# --- words ----------------------------------------------------------------------------------


def repeated(page: Page) -> Iterator[TextIssue]:
    """ "The the"; "helium and helium", "zinc, zinc and tin"."""
    tokens = page.analysis.tokens
    for i, token in enumerate(tokens):
        one, two = tokens[max(i - 1, 0)], tokens[max(i - 2, 0)]
        if i and _is_same_word(one, token):
            if _is_doubled(one, token) and not page.out(one.start, token.end):
                yield TextIssue("doubled-word", one.start, token.end)
        elif i > 1 and _is_same_word(two, token) and one.text in LINKS and _same_thing(page, i - 2):
            yield TextIssue("repeated-term", two.start, token.end)


def _is_same_word(one: Token, two: Token) -> bool:
    return one.block == two.block and one.text.lower() == two.text.lower()


def _is_doubled(one: Token, two: Token) -> bool:
    """ "The the", "kept kept", "storm storm"; not "very very", "had had", "Duran Duran"."""
    low = two.text
    if low in WORDS.doubled:
        return True
    if one.tag not in PLAIN or two.tag not in PLAIN or one.dep in CLAUSES:
        return False  # "all who came came late" is no slip
    return one.text == low and low.isalpha() and low.islower() and low not in RHETORIC


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
    """Tell whether it is a noun, by its tag or, for a rare word tagged as a verb, by its place in the sentence."""
    return token.tag in NOUNS or token.dep in {"pobj", "dobj"}


def masked_words(page: Page) -> Iterator[TextIssue]:
    if not MASKED.search(page.text):
        return
    for block in page.blocks:
        for m in MASK.finditer(page.text, block.start, block.end):
            if page.out(m.start(), m.end()) or not _is_mask(page, block, m):
                continue
            yield TextIssue("masked-word", *page.words_at(m.start(), m.end()))


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


def untranslated(page: Page) -> Iterator[TextIssue]:
    """Find letters of another script in an English text, except a name's own spelling in brackets."""
    for block in page.blocks:
        for m in SCRIPTS.finditer(page.text, block.start, block.end):
            if page.out(m.start(), m.end()) or GREEK.fullmatch(m[0]) or not _letters(m[0]):
                continue
            before, after = page.text[m.start() - 1 : m.start()], page.text[m.end() : m.end() + 1]
            cited = CITING.search(page.text, max(block.start, m.start() - CITED), m.start())
            if before not in {"(", "（", "[", "《"} and after not in {")", "）", "]"} and not cited:
                yield TextIssue("untranslated", m.start(), m.end())


def _letters(words: str) -> bool:
    return any(unicodedata.category(c)[0] == "L" and not unicodedata.name(c, "").startswith("LATIN") for c in words)


# --- sentences ------------------------------------------------------------------------------


def broken_sentences(page: Page) -> Iterator[TextIssue]:
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
            yield TextIssue("run-on", *page.words_at(m.start(), m.end()))


def _common(word: str) -> bool:
    return word.lower() in {"him", "her", "them", "it", "this", "that", "there", "here", "now", "then", "today"}


# --- quotation marks ------------------------------------------------------------------------


def unbalanced_quotes(page: Page) -> Iterator[TextIssue]:
    """Find double quotation marks without a partner; a quotation over paragraphs opens each and closes the last."""
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
            yield _quote_issue(page, block, alone)
        elif still_open is not None and not carried:
            yield _quote_issue(page, block, still_open)


def _groups(page: Page) -> Iterator[list[Block]]:
    """Yield lines without blank lines between them whose marks balance together, however the lines are broken."""
    group: list[Block] = []
    for block in [*page.prose, None]:
        if block is None or (group and page.text.count("\n", group[-1].end, block.start) > 1):
            if len(group) > 1 and _unpaired(page, group[0].start, group[-1].end) == (None, None):
                yield group
            group = []
        if block is not None:
            group.append(block)


class _Marks:
    """The quotation marks that are open at a place."""

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
    """Return the first closing mark that closes nothing, and the first mark that is open at the end."""
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
    """Return what a straight mark looks like: `"so` opens, `so"` closes, ` " ` may be either."""
    blank_before = at == start or text[at - 1].isspace() or text[at - 1] in "([—–"
    blank_after = after >= end or text[after].isspace() or text[after] in ",.;:!?)]—–"
    if blank_before == blank_after:
        return "either"
    return "open" if blank_before else "close"


def _is_inches(text: str, at: int) -> bool:
    return at > 0 and text[at - 1].isdigit() and text[at + 1 : at + 2] in {"", " ", "-", "x", ",", "."}


def _opens(text: str, block: Block) -> bool:
    return text[block.start : block.end].lstrip(" *_>").startswith(("“", '"', "``", "''", "„", "«"))


def _quote_issue(page: Page, block: Block, at: int) -> TextIssue:
    """Return the mark with some words: after an opening mark, before a closing one."""
    words, place = page.text[block.start : block.end], at - block.start
    if place > 0 and not words[place - 1].isspace() and words[place - 1] not in "([—–":
        start = max(place - CLOSE, 0)
        start -= len(BEGUN.findall(words[max(start - CLOSE, 0) : start])[0])
        return TextIssue("unbalanced-quote", block.start + start, at + 1)
    end = min(place + CLOSE, len(words))
    end += len(REST.findall(words[end : end + CLOSE])[0])
    return TextIssue("unbalanced-quote", at, at + len(words[place:end].rstrip()))


def deceptive_words(page: Page) -> Iterator[TextIssue]:
    """Find words with invisible characters, or with letters of another alphabet that look like Latin ones."""
    for block in page.blocks:
        for found in find_deceptive(page.text[block.start : block.end]):
            start, end = block.start + found.start, block.start + found.end
            if not any(r.start < end and start < r.end for r in page.article.removed):
                yield TextIssue(found.kind, start, end)


FINDERS = (repeated, masked_words, untranslated, broken_sentences, unbalanced_quotes, deceptive_words)
