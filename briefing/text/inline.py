"""Find the inline markup of one block: which characters are hidden, and what is emphasised or linked.

Emphasis, links, images, code, HTML tags and escapes follow Markdown where the meaning is clear. A lone `*`, a masked
word ("the first ** contract"), `snake_case` and the ``quotes'' of old newswire stay text.

    "see **the [plan](http://x.org)**"  ->  hidden `**`, `[`, `](http://x.org)`, `**`; strong, link
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from briefing.lexicon import load
from briefing.model import Inline, InlineKind, Span

HTML_TAGS = load("html-tags", dict[str, frozenset[str]])  # inside a paragraph, and ending one
LONGEST_LINK = 400  # characters; limits on words and target keep hostile brackets from taking quadratic time
TARGET = (
    r"\(\s{0,3}<?(?P<%s>[^\s()<>]{0,2000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,200})?)>?"
    r"(?:\s{1,3}[\"'(][^\"\n]{0,300}[\"')])?\s{0,3}\)"
)
WORDS = rf"[^\[\]\n]{{0,{LONGEST_LINK}}}"
TOKEN = re.compile(
    rf"""
      (?P<escape>\\[\\`*_{{}}\[\]()\#+.!|<>~-])
    | (?P<ticks>`{{1,3}})
    | (?P<linked_image>\[!\[(?P<linked_alt>{WORDS})\]{TARGET % "inner"}\]{TARGET % "outer"})
    | (?P<image>!\[(?P<alt>{WORDS})\]{TARGET % "picture"})
    | (?P<link>\[(?P<words>{WORDS})\]{TARGET % "target"})
    | (?P<reference>\[(?P<named>{WORDS})\](?:\[(?P<label>[^\[\]\n]{{0,100}})\])?)
    | (?P<autolink><(?P<address>https?://[^\s<>]{{1,2000}}|[\w.+-]{{1,64}}@[\w-]{{1,64}}(?:\.[\w-]{{1,64}}){{1,5}})>)
    | (?P<tag></?(?P<name>[A-Za-z][A-Za-z0-9-]{{0,20}})(?=[\s/>])[^<>]{{0,1000}}>)
    | (?P<url>https?://[^\s<>"'`|\[\]{{}}]{{1,2000}})
    | (?P<run>\*+|_+|~+)
    | (?P<unseen>[\u00ad\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff]+)
    """,
    re.VERBOSE,
)
# The first character of every token: searching for it is much faster than trying TOKEN at every character.
SIGN = re.compile(r"[\\`!\[<*_~\u00ad\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff]|https?://")
INLINE_TAGS = HTML_TAGS["inline"]
LINKS = frozenset({"linked_image", "image", "link", "reference"})  # groups of TOKEN
NAMES: dict[tuple[str, int], InlineKind] = {
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
    while sign := SIGN.search(text, at, end):
        match = TOKEN.match(text, sign.start(), end)
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


# --- code ------------------------------------------------------------------------------------

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
        if key not in NAMES:
            break
        if not before.isspace() and not after.isalnum() and key in opened:
            begin = opened.pop(key)
            closing = match.end() - size if size == 1 else match.start()
            into.hide(begin, begin + size)
            into.hide(closing, closing + size)
            into.inlines.append(Inline(NAMES[key], begin + size, match.start()))
        elif not after.isspace() and not before.isalnum() and (after.isalnum() or after in "\"'“‘([<`$€£#*_¡¿@"):
            opened[key] = match.start() if size == 1 else match.end() - size
    return match.end()
