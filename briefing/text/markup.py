"""Split a text into blocks, and find the markup characters that a reader does not see.

A block is a heading, paragraph, list item, quotation, table row or piece of code. Scraped texts have one paragraph per
line; hard-wrapped lines are joined. The text does not change: markers are `hidden` or stay outside of every block.
Scripts, styles and comments are `removed`.

    "# Quay\n\nIt *opened*\ntoday."  ->  heading "Quay"; paragraph "It *opened*\ntoday." with both `*` hidden

Emphasis, links, images, code, HTML tags and escapes follow Markdown where the meaning is clear. A lone `*`, a masked
word ("the first ** contract"), `snake_case` and the ``quotes'' of old newswire stay text.

    "see **the [plan](http://x.org)**"  ->  hidden `**`, `[`, `](http://x.org)`, `**`; strong, link
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from briefing.lexicon import load
from briefing.model import Block, BlockKind, Inline, InlineKind, Removed, Span

HTML_TAGS = load("html-tags", dict[str, frozenset[str]])  # inside a paragraph, and ending one
COMMENT_CONTEXT = 500  # characters around a comment searched for the words of its line
BLOCK_TAGS = HTML_TAGS["paragraph"]
BLOCK_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]{0,12})(?:\s[^<>]{0,1000})?/?>|\n")
INVISIBLE_HTML = re.compile(r"<!--|<(script|style|noscript|template)\b[^<>]{0,1000}>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Structure:
    blocks: tuple[Block, ...]
    hidden: tuple[Span, ...]
    inlines: tuple[Inline, ...]
    removed: tuple[Removed, ...]


class _Reader:
    """Reads the lines from top to bottom; each method reads one kind of block."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.marks = Marks()
        self.blocks: list[Block] = []
        self.removed = _invisible_html(text, self.marks)
        self.lines = _single_spaced(text, list(_lines(text, self.removed, self.marks)))
        self.labels = _labels(text, self.lines)
        self.width = text_width(text, self.lines)
        self.at = 0
        self.unclosed: set[str] = set()  # fences without an end
        self.known: frozenset[str] | None = None  # the words of the text, where lines end with a hyphen

    def read(self) -> Structure:
        readers = (self.blank, self.fence, self.table, self.heading, self.hidden_line, self.item, self.quote)
        while self.at < len(self.lines):
            if not any(read() for read in readers) and not self.code():
                self.paragraph()
        return self._finished()

    def _finished(self) -> Structure:
        hidden = _merged(self.marks.hidden)
        blocks = [b for b in self.blocks if b.kind == "code" or _is_visible(self.text, b, hidden)]
        inlines = sorted(self.marks.inlines, key=lambda i: (i.start, -i.end, i.kind))
        return Structure(tuple(blocks), tuple(hidden), tuple(inlines), tuple(self.removed))

    # --- used by all readers ---------------------------------------------------------------------

    def now(self) -> Line:
        return self.lines[self.at]

    def words(self, ahead: int = 0) -> str:
        index = self.at + ahead
        return self.lines[index].of(self.text) if index < len(self.lines) else ""

    def add(self, kind: BlockKind, start: int, end: int, level: int = 0) -> None:
        """Add a block, without surrounding white space."""
        piece = self.text[start:end]
        start, end = start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
        if start >= end:
            return
        self.blocks.append(Block(kind, start, end, level))
        if kind != "code":
            find_marks(self.text, start, end, self.labels, self.marks)

    # --- readers: each returns whether it read the lines from here on -----------------------------

    def blank(self) -> bool:
        if self.now().start < self.now().end:
            return False
        self.at += 1
        return True

    def fence(self) -> bool:
        match = FENCE.match(self.words())
        if not match or match[1][:3] in self.unclosed:
            return False
        for last in range(self.at + 1, len(self.lines)):
            closing = self.lines[last].of(self.text)
            if closing.startswith(match[1]) and not closing.strip(match[1][0]):
                break
        else:
            self.unclosed.add(match[1][:3])
            return False
        self.marks.hide(self.now().start, self.now().end)
        self.marks.hide(self.lines[last].start, self.lines[last].end)
        if last > self.at + 1:
            self.add("code", self.lines[self.at + 1].start, self.lines[last - 1].end)
        self.at = last + 1
        return True

    def table(self) -> bool:
        if "|" not in self.words() or not _is_table_rule(self.words(1)):
            return False
        self.marks.hide(self.lines[self.at + 1].start, self.lines[self.at + 1].end)
        self._row(level=1)
        self.at += 1
        while self.at < len(self.lines) and "|" in self.words():
            self._row(level=0)
        return True

    def _row(self, level: int) -> None:
        line = self.now()
        begin = line.start
        bars = [match.span() for match in CELL_END.finditer(self.text, line.start, line.end)]
        for bar, after in (*bars, (line.end, line.end)):
            cell = self.text[begin:bar]
            if cell.strip():
                start = begin + len(cell) - len(cell.lstrip())
                self.marks.inlines.append(Inline("cell", start, start + len(cell.strip())))
            self.marks.hide(bar, after)
            begin = after
        self.add("row", line.start, line.end, level)
        self.at += 1

    def heading(self) -> bool:
        line = self.now()
        if line.tag[:1] == "h" and line.tag[1:].isdigit():
            self.add("heading", line.start, line.end, int(line.tag[1:]))
        elif match := ATX.match(self.words()):
            self._atx_heading(line, match)
        elif self._is_underlined():
            self.marks.hide(self.lines[self.at + 1].start, self.lines[self.at + 1].end)
            self.add("heading", line.start, line.end, 1 if self.words(1)[0] == "=" else 2)
            self.at += 1
        else:
            return False
        self.at += 1
        return True

    def _atx_heading(self, line: Line, match: re.Match[str]) -> None:
        words = line.of(self.text)[match.end() :]
        bare = words.rstrip("#")
        if bare != words and bare.endswith((" ", "\t")):
            words = bare.rstrip()
        start = line.start + match.end()
        self.marks.hide(line.start, start)
        self.marks.hide(start + len(words), line.end)
        self.add("heading", start, start + len(words), len(match[1]))

    def _is_underlined(self) -> bool:
        """Tell whether it is a short separate line with `===` or `---` directly below."""
        line = self.now()
        alone = self.at == 0 or not self.words(-1)
        short = line.end - line.start <= MAX_WIDTH and any(c.isalnum() for c in self.words())
        return alone and short and bool(UNDERLINE.fullmatch(self.words(1)))

    def hidden_line(self) -> bool:
        """Read a line that shows nothing: `* * *`, or the target of a reference link (`[1]: https://example.org`)."""
        if not RULE.fullmatch(self.words()) and not LABEL.fullmatch(self.words()):
            return False
        self.marks.hide(self.now().start, self.now().end)
        self.at += 1
        return True

    def item(self) -> bool:
        line = self.now()
        match = ITEM.match(self.words())
        if not match and line.tag != "li":
            return False
        start = line.start + (match.end() if match else 0)
        self.marks.hide(line.start, start)
        group = [self.at]
        while self._continues_item(group[-1] + 1, line.indent):
            group.append(group[-1] + 1)
        self.add("item", start, self.lines[group[-1]].end, line.indent // 2 + 1)
        self.at = group[-1] + 1
        return True

    def _continues_item(self, index: int, indent: int) -> bool:
        if index >= len(self.lines):
            return False
        line = self.lines[index]
        words, above = line.of(self.text), self.lines[index - 1]
        if not words or line.tag or ITEM.match(words) or line.indent < indent:
            return False
        if line.indent > indent + 1 and (words[0].islower() or not _ends_sentence(self.text, above)):
            return True
        return bool(self.width) and _breaks(self.text, [above, line], self.width)[0][0]

    def quote(self) -> bool:
        if not QUOTE.match(self.words()):
            return False
        group: list[Line] = []
        depth = 0
        while self.at < len(self.lines) and (match := QUOTE.match(self.words())):
            line = self.now()
            deep = match[0].count(">")
            if group and deep != depth:
                self._quoted(group, depth)
                group = []
            depth = deep
            self.marks.hide(line.start, line.start + match.end())
            inner = Line(line.start + match.end(), line.end, 0)
            if inner.start < inner.end:
                group.append(inner)
            else:
                self._quoted(group, depth)
                group = []
            self.at += 1
        self._quoted(group, depth)
        return True

    def _quoted(self, group: list[Line], depth: int) -> None:
        for first, last in paragraphs(self.text, group, self.width):
            self.add("quote", group[first].start, group[last].end, min(depth, 9))

    def code(self) -> bool:
        """Read indented lines after a blank one if they look like code; scraped prose is often indented."""
        if self.now().indent < 4 or (self.at and self.words(-1)):
            return False
        last = self.at
        while last + 1 < len(self.lines) and self.lines[last + 1].indent >= 4 and self.words(last + 1 - self.at):
            last += 1
        lines = [self.lines[i].of(self.text) for i in range(self.at, last + 1)]
        if 2 * sum(bool(CODE_LINE.search(words[:300])) for words in lines) <= len(lines):
            return False
        self.add("code", self.now().start, self.lines[last].end)
        self.at = last + 1
        return True

    def paragraph(self) -> None:
        """Read lines up to a blank one or another kind of block."""
        first = self.at
        self.at += 1
        while self.at < len(self.lines) and not self._starts_other():
            self.at += 1
        group = self.lines[first : self.at]
        for one, other in paragraphs(self.text, group, self.width):
            for above, line in itertools.pairwise(group[one : other + 1]):
                self.marks.hide(line.start - line.indent, line.start)
                self._join_divided(above, line)
            self.add("paragraph", group[one].start, group[other].end)

    def _join_divided(self, line: Line, following: Line) -> None:
        """Hide the line end inside `govern-/ment`, and the hyphen too unless the word may be written with it."""
        head, tail = (
            DIVIDED.search(self.text, max(line.start, line.end - 30), line.end),
            WORD_REST.match(self.text, following.start, following.end),
        )
        if not head or not tail:
            return
        whole = f"{head[1]}{tail[0]}".lower()
        certain = SUFFIX.fullmatch(tail[0].lower()) or whole in self.words_of_text()
        self.marks.hide(line.end - 1 if certain else line.end, following.start)

    def words_of_text(self) -> frozenset[str]:
        if self.known is None:
            self.known = frozenset(re.findall(r"[a-z]{4,}", self.text.lower()))
        return self.known

    def _starts_other(self) -> bool:
        line = self.now()
        words = self.words()
        if not words or line.tag or QUOTE.match(words) or RULE.fullmatch(words) or ATX.match(words):
            return True
        if FENCE.match(words) or LABEL.fullmatch(words) or ("|" in words and _is_table_rule(self.words(1))):
            return True
        match = ITEM.match(words)
        if not match:
            return False
        return not match["number"] or int(match["number"]) < 2 or not _ends_mid_sentence(self.words(-1))


DIVIDED = re.compile(r"(?<![\w-])([^\W\d_]{2,20})[-‐]$")
WORD_REST = re.compile(r"[a-zß-ÿ]{2,20}(?![\w-])")
# No word by itself: `ment`, `tional`, `ernment`
SUFFIX = re.compile(
    r"[a-z]{0,2}(?:ments?|mental|tions?|tional|sions?|ness|ities|ity|ically|tially|tial|ously|tive|sive|ture|tures|tory|cies|cy|ence|ance"
    r"|ings?|ers|ors|ians?|isms?|ists?|ized|ised|izing|ising)|bers?|ly|al|ed|tant|dent|dents|cial|cially|tary|mentary"
)
FENCE = re.compile(r"(`{3,}|~{3,})[^`]*$")
CELL_END = re.compile(r"(?<!\\)\|")
ATX = re.compile(r"(#{1,6})[ \t]+(?=\S)")
UNDERLINE = re.compile(r"={3,}|-{3,}")
# `* * *`, `-----`, `___.`
RULE = re.compile(r"[ \t.]*(?:[*_=~•·#–—+-][ \t.]*){3,}")
LABEL = re.compile(
    r"\[(?!\^)([^\[\]\n]{1,100})\]:\s+<?(https?://\S{1,2000}?|mailto:\S{1,200}?|[/#.]\S{0,500}?)>?(?:\s+[\"'(].{0,300}[\"')])?"
)
ITEM = re.compile(r"(?:[-*+•·●▪◦‣■□◆►➢]|(?P<number>\d{1,3})[.)])[ \t\u00a0\u3000]+(?=\S)")
QUOTE = re.compile(r"(?:>[ \t]?)+")
CODE_LINE = re.compile(
    r"[{};]\s*$|=>|[=!]=|^\w+\(.*\)\s*$|^[\w.]+ = "
    r"|^(?:#!|//|/\*|\$ |>>> |def |class |import |from \w+ import|return\b|let |var |const )"
)
CLOSED = '.!?:;。！？”"’)'


def read_structure(text: str) -> Structure:
    """Return the blocks, hidden characters, inline elements and removed spans of a text, each in text order."""
    return _Reader(text).read()


def _is_table_rule(words: str) -> bool:
    """Tell whether it is the line below a table's header: `|---|:--:|`."""
    return "|" in words and "-" in words and not words.strip("|:- \t")


def _ends_mid_sentence(words: str) -> bool:
    """Tell whether a line ends in mid-sentence."""
    return bool(words) and words[-1] not in CLOSED


def _lines(text: str, removed: list[Removed], marks: Marks) -> Iterator[Line]:
    """Yield the lines, cut at HTML paragraph tags (which are hidden) and around what is removed."""
    begin, tag = 0, ""
    cuts = [(m.start(), m.end(), m[1]) for m in BLOCK_TAG.finditer(text) if m[1] is None or m[1].lower() in BLOCK_TAGS]
    cuts += [(r.start, r.end, "/removed") for r in removed]
    for start, end, name in sorted(cuts, key=lambda cut: cut[:2]):
        if start < begin:
            begin = max(begin, end)  # inside a removed span
            continue
        line = _line(text, begin, start, tag)
        if name is None or line.start < line.end:
            yield line
        if name and name != "/removed":
            marks.hide(start, end)
            tag = "" if text[start + 1] == "/" else name.lower()
            if not tag:
                tag = "/"  # text after a closing tag starts a new block
        elif name is None and tag in ("br", "/"):
            tag = ""
        begin = end
    yield _line(text, begin, len(text), tag)


def _line(text: str, start: int, end: int, tag: str) -> Line:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    columns = sum(4 if c == "\t" else 1 for c in piece[:lead])
    return Line(start + lead, max(start + lead, start + len(piece.rstrip())), columns, tag)


def _invisible_html(text: str, marks: Marks) -> list[Removed]:
    """Return scripts, styles and comments; one without an end is text."""
    found: list[Removed] = []
    endless: set[str] = set()
    lower = text.lower() if "<" in text else ""
    if len(lower) != len(text):
        lower = text
    at = 0
    while "<" in text and (match := INVISIBLE_HTML.search(text, at)):
        name = (match[1] or "").lower()
        closer = f"</{name}>" if name else "-->"
        end = -1 if closer in endless else lower.find(closer, match.end())
        if end < 0:
            endless.add(closer)
            at = match.end()
            continue
        at = end + len(closer)
        if not name and _is_inside_line(text, match.start(), at):
            marks.hide(match.start(), at)
            continue
        rule = "html-script" if name else "html-comment"
        found.append(Removed(match.start(), at, rule, "Web page code"))
    return found


def _is_inside_line(text: str, start: int, end: int) -> bool:
    """Tell whether a comment is inside a line, so that it must not break the sentence."""
    before = text[max(0, start - COMMENT_CONTEXT) : start].rpartition("\n")[2]
    after = text[end : end + COMMENT_CONTEXT].partition("\n")[0]
    return "\n" not in text[start:end] and bool(before.strip()) and bool(after.strip())


def _labels(text: str, lines: list[Line]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        if text.startswith("[", line.start) and (match := LABEL.fullmatch(line.of(text))):
            found.setdefault(match[1].strip().lower(), match[2])
    return found


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _is_visible(text: str, block: Block, hidden: list[Span]) -> bool:
    at = block.start
    index = max(0, bisect_right(hidden, block.start, key=lambda s: s.end))
    while at < block.end:
        start, end = (hidden[index].start, hidden[index].end) if index < len(hidden) else (block.end, block.end)
        if text[at : min(start, block.end)].strip():
            return True
        at, index = max(at, end), index + 1
    return False


# --- hard wraps ------------------------------------------------------------------------------
# "The quay was opened on Monday by its oldest\nfisherman, who had built it."  ->  one paragraph of two lines

# In wrapped text a line ends where the next word did not fit, so often in mid-sentence. Verse, tables of results and
# lists of names do not meet the last condition. The width is that of the lines that end in mid-sentence: a headline
# above them may be longer.
MIN_WIDTH, MAX_WIDTH = 24, 250
NARROW = 40  # narrower lines may be a list of short entries: they must end with a sentence
MIDSENTENCE = 0.4  # share of continuation lines that start in lower case; in wrapped English three of four do
MIN_FULL_LINES = 3  # full lines that prove that a whole text was wrapped
# Columns by which a full line may be shorter than the width: where a sentence or a name may start on the next line, and
# where the sentence certainly continues, as shares of the width. Columns of a printed page are ragged.
MAX_SLACK, RAGGED, CONTINUED = 3, 0.15, 0.4
MIN_DOUBLE = 5  # lines of a text with a blank line after each
TOO_WIDE = 1.3  # times the width: lines that were not wrapped
GAP = re.compile(r"\t|\S {4,}\S")  # between columns
# No sentence, headline or entry of a list ends with one of these.
OPEN_WORD = re.compile(
    r"\b(?:an?|the|of|and|or|to|at|by|in|on|for|from|with|that|its|their|his|her|was|were|has|have|will)$"
)
SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]]{0,3}$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or part of one between HTML paragraph tags, without surrounding white space."""

    start: int
    end: int
    indent: int  # columns of white space before it
    tag: str = ""  # the HTML tag before it

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def paragraphs(text: str, group: list[Line], width: int) -> Iterator[tuple[int, int]]:
    """Yield the first and last line of each paragraph in a run of lines."""
    joined = _wrapped_breaks(text, group, width)
    first = 0
    for i in range(len(group)):
        if i + 1 == len(group) or not joined[i]:
            yield first, i
            first = i + 1


def _wrapped_breaks(text: str, group: list[Line], width: int) -> list[bool]:
    """Tell for each line whether it ends with a hard wrap. `width` is the width of the text, 0 if unknown."""
    no = [False] * len(group)
    if len(group) < 2:
        return no
    own = width or _width(text, [group])
    if not own or any(_used(line) > TOO_WIDE * own for line in group[1:]):
        return no
    fits, small = _breaks(text, group, own)
    if (head := _headline_lines(text, group)) and fits[head - 1]:
        small += _goes_on(text, group[head - 1], group[head])
        fits[head - 1] = False
    proven = any(fits) and small >= MIDSENTENCE * sum(fits)
    if own < NARROW:
        proven = proven and _ends_sentence(text, group[-1])
    return [*fits, False] if width or proven else no


# A sentence hardly goes on with one of these in capitals: the line above is a headline.
STARTER = re.compile(
    r"(?:The(?! Hague)|An?|In|On|At|It|He|She|They|More|Some|Two|Three|After|When|For|This|There|[A-Z]{3,}, )\b"
)
HEADLINE_LINES = 3


def _headline_lines(text: str, group: list[Line]) -> int:
    """Return how many lines at the top of a text are a headline directly above its first sentence."""
    if group[0].start > 0 and text[: group[0].start][-200:].strip():
        return 0
    for number, (line, following) in enumerate(itertools.pairwise(group[: HEADLINE_LINES + 1]), 1):
        last = text[line.end - 1]
        if _ends_sentence(text, line) or last in ",-–—":
            return 0
        if STARTER.match(text, following.start, following.end) and not _goes_on(text, line, following):
            return number
    return 0


def _width(text: str, groups: list[list[Line]]) -> int:
    """Return the width of the lines that end in mid-sentence, 0 if there are none or they are too wide or narrow."""
    used = sorted(_used(a) for group in groups for a, b in itertools.pairwise(group) if _goes_on(text, a, b))
    width = used[-1 - len(used) // 10] if used else 0
    return width if MIN_WIDTH <= width <= MAX_WIDTH else 0


def _goes_on(text: str, line: Line, following: Line) -> bool:
    """Tell whether a sentence certainly continues on the next line."""
    if text[following.start].islower():
        return not _ends_sentence(text, line)
    return OPEN_WORD.search(text[max(line.start, line.end - 5) : line.end]) is not None


def _ends_sentence(text: str, line: Line) -> bool:
    return SENTENCE_END.search(text[max(line.start, line.end - 4) : line.end]) is not None


def _breaks(text: str, group: list[Line], width: int) -> tuple[list[bool], int]:
    """Tell which lines are full, and count those of them that end in mid-sentence."""
    fits = []
    small = 0
    for number, (line, following) in enumerate(itertools.pairwise(group)):
        word = text[following.start : following.end].split(None, 1)[0]
        goes_on = _goes_on(text, line, following)
        slack: float = MAX_SLACK
        if goes_on:
            slack = max(slack, CONTINUED * width)
        elif (number or "," in text[line.start : line.end]) and not _ends_sentence(text, line):
            slack = max(slack, RAGGED * width)
        full = width - slack < _used(line) + 1 + len(word) and 2 * _used(line) >= width and "://" not in word
        full = full and _used(line) <= TOO_WIDE * width and not GAP.search(text, line.start, line.end)
        fits.append(full)
        small += full and goes_on
    return fits, small


def _single_spaced(text: str, lines: list[Line]) -> list[Line]:
    """Return the lines without the blank ones between them if every line is followed by one, also in mid-sentence."""
    full = [line for line in lines if line.start < line.end]
    if len(full) < MIN_DOUBLE or len(lines) < 2 * len(full) - 1:
        return lines
    blank = [True, *(line.start == line.end for line in lines), True]
    pairs = [
        (lines[i - 1], lines[i + 1]) for i in range(1, len(lines) - 1) if blank[i + 1] and not blank[i] | blank[i + 2]
    ]
    if len(pairs) < len(full) // 2 or sum(_goes_on(text, a, b) for a, b in pairs) < MIDSENTENCE * len(pairs):
        return lines
    return [line for i, line in enumerate(lines, 1) if not blank[i] or blank[i - 1] or blank[i + 1]]


def _used(line: Line) -> int:
    return line.end - line.start + line.indent


def text_width(text: str, lines: list[Line]) -> int:
    """Return the width at which a text was wrapped, 0 if it was not."""
    groups: list[list[Line]] = [[]]
    for line in lines:
        if line.start == line.end:
            groups.append([])
        else:
            groups[-1].append(line)
    width = _width(text, groups)
    if not width:
        return 0
    breaks = small = wide = 0
    for group in groups:
        fits, these = _breaks(text, group, width)
        breaks, small = breaks + sum(fits), small + these
        wide += sum(_used(line) > TOO_WIDE * width for line in group[1:])
    return width if breaks >= MIN_FULL_LINES and small >= MIDSENTENCE * breaks and wide <= breaks // 5 else 0


# --- inline marks -----------------------------------------------------------------------------


LONGEST_LINK = 400  # characters; limits on words and target keep hostile brackets from taking quadratic time
TARGET = (
    r"\(\s{0,3}<?(?P<%s>[^\s()<>]{0,2000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,200})?)>?"
    r"(?:\s{1,3}[\"'(][^\"\n]{0,300}[\"')])?\s{0,3}\)"
)
LINK_WORDS = rf"[^\[\]\n]{{0,{LONGEST_LINK}}}"
INLINE = re.compile(
    rf"""
      (?P<escape>\\[\\`*_{{}}\[\]()\#+.!|<>~-])
    | (?P<ticks>`{{1,3}})
    | (?P<linked_image>\[!\[(?P<linked_alt>{LINK_WORDS})\]{TARGET % "inner"}\]{TARGET % "outer"})
    | (?P<image>!\[(?P<alt>{LINK_WORDS})\]{TARGET % "picture"})
    | (?P<link>\[(?P<words>{LINK_WORDS})\]{TARGET % "target"})
    | (?P<reference>\[(?P<named>{LINK_WORDS})\](?:\[(?P<label>[^\[\]\n]{{0,100}})\])?)
    | (?P<autolink><(?P<address>https?://[^\s<>]{{1,2000}}|[\w.+-]{{1,64}}@[\w-]{{1,64}}(?:\.[\w-]{{1,64}}){{1,5}})>)
    | (?P<tag></?(?P<name>[A-Za-z][A-Za-z0-9-]{{0,20}})(?=[\s/>])[^<>]{{0,1000}}>)
    | (?P<url>https?://[^\s<>"'`|\[\]{{}}]{{1,2000}})
    | (?P<run>\*+|_+|~+)
    | (?P<unseen>[\u00ad\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff]+)
    """,
    re.VERBOSE,
)
# The first character of every token: searching for it is much faster than trying INLINE at every character.
INLINE_START = re.compile(r"[\\`!\[<*_~\u00ad\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff]|https?://")
INLINE_TAGS = HTML_TAGS["inline"]
LINKS = frozenset({"linked_image", "image", "link", "reference"})  # groups of INLINE
EMPHASIS: dict[tuple[str, int], InlineKind] = {
    ("*", 1): "emphasis",
    ("_", 1): "emphasis",
    ("*", 2): "strong",
    ("_", 2): "strong",
    ("~", 2): "deleted",
}


@dataclass(slots=True)
class Marks:
    """The hidden characters and the inline elements of a block, in the order found."""

    hidden: list[Span] = field(default_factory=list)
    inlines: list[Inline] = field(default_factory=list)

    def hide(self, start: int, end: int) -> None:
        if start < end:
            self.hidden.append(Span(start, end))


def find_marks(text: str, start: int, end: int, labels: dict[str, str], into: Marks, in_link: bool = False) -> None:
    """Add the marks of `text[start:end]`; `labels` maps reference labels to link targets."""
    ticks = _paired_ticks(text, start, end)
    opened: dict[tuple[str, int], int] = {}
    at = start
    while sign := INLINE_START.search(text, at, end):
        match = INLINE.match(text, sign.start(), end)
        if match is None:
            at = sign.start() + 1
        elif match.lastgroup == "ticks":
            at = _code(match, ticks, into)
        elif match.lastgroup == "run":
            at = _delimiter(match, text, start, end, opened, into)
        elif match.lastgroup in LINKS:
            at = match.start() + 1 if in_link else _link(match, match.lastgroup, text, labels, into)
        else:
            at = _plain_mark(match, into, in_link)


def _plain_mark(match: re.Match[str], into: Marks, in_link: bool) -> int:
    """Add a mark that needs no context (escape, tag, address, invisible character); return where to continue."""
    start, end = match.span()
    if match.lastgroup == "tag" and not is_tag(match[0], match["name"]):
        return start + 1
    if match.lastgroup == "autolink":
        address = match["address"]
        href = address if address.startswith("http") else f"mailto:{address}"
        _add_link("link", match, (start + 1, end - 1), href, into)
    elif match.lastgroup != "url":
        into.hide(start, start + 1 if match.lastgroup == "escape" else end)
    elif not in_link:
        address = match[0].rstrip(".,;:!?)")
        into.inlines.append(Inline("link", start, start + len(address), address))
    return end


def is_tag(tag: str, name: str) -> bool:
    """Tell markup from words in angle brackets such as `<url>`.

    Markup is an HTML tag, or any tag that closes or has an attribute.
    """
    return name.lower() in INLINE_TAGS or tag.startswith("</") or tag.endswith("/>") or '="' in tag or "='" in tag


def _add_link(kind: InlineKind, match: re.Match[str], words: tuple[int, int], href: str | None, into: Marks) -> None:
    """Add a link or image; hide everything in the match except its visible words."""
    start, end = words
    into.hide(match.start(), start)
    into.hide(end, match.end())
    if start < end:
        into.inlines.append(Inline(kind, start, end, href))


def _link(match: re.Match[str], kind: str, text: str, labels: dict[str, str], into: Marks) -> int:
    if kind == "reference":
        href = labels.get((match["label"] or match["named"]).strip().lower())
        if href is None:
            return match.start() + 1  # `[sic]`, `[from 2012]`
        words = match.span("named")
    else:
        group = {"linked_image": "linked_alt", "image": "alt", "link": "words"}[kind]
        words = match.span(group)
        href = match[{"linked_image": "outer", "image": "picture", "link": "target"}[kind]]
    _add_link("image" if "image" in kind else "link", match, words, href, into)
    inside = Marks()
    find_marks(text, *words, labels, inside, in_link=True)
    into.hidden += inside.hidden
    into.inlines += inside.inlines
    return match.end()


# --- inline code -----------------------------------------------------------------------------

TICKS = re.compile(r"`+")


def _paired_ticks(text: str, start: int, end: int) -> dict[int, int]:
    """Return the start of the closing run of backticks for each opening one.

    The words between must touch both runs, which the ``quotes'' of old newswire never do.
    """
    pairs: dict[int, int] = {}
    opened: dict[int, int] = {}
    for match in TICKS.finditer(text, start, end):
        length = match.end() - match.start()
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        if length in opened and not before.isspace() and not after.isalnum():
            pairs[opened.pop(length)] = match.start()
        elif not before.isalnum() and not after.isspace():
            opened[length] = match.start()
    return pairs


def _code(match: re.Match[str], pairs: dict[int, int], into: Marks) -> int:
    close = pairs.get(match.start())
    if close is None:
        return match.end()
    into.hide(match.start(), match.end())
    into.hide(close, close + len(match[0]))
    into.inlines.append(Inline("code", match.end(), close))
    return close + len(match[0])


# --- emphasis --------------------------------------------------------------------------------


def _delimiter(
    match: re.Match[str], text: str, start: int, end: int, opened: dict[tuple[str, int], int], into: Marks
) -> int:
    """Read a run of `*`, `_` or `~`: it opens emphasis before a word and closes open emphasis after one."""
    length = len(match[0])
    before = text[match.start() - 1] if match.start() > start else " "
    after = text[match.end()] if match.end() < end else " "
    sizes = (1, 2) if length == 3 and match[0][0] != "~" else (length,)
    for size in sizes:
        key = (match[0][0], size)
        if key not in EMPHASIS:
            break
        if not before.isspace() and not after.isalnum() and key in opened:
            begin = opened.pop(key)
            closing = match.end() - size if size == 1 else match.start()
            into.hide(begin, begin + size)
            into.hide(closing, closing + size)
            into.inlines.append(Inline(EMPHASIS[key], begin + size, match.start()))
        elif not after.isspace() and not before.isalnum() and (after.isalnum() or after in "\"'“‘([<`$€£#*_¡¿@"):
            opened[key] = match.start() if size == 1 else match.end() - size
    return match.end()
