"""The marks inside a paragraph -> what is hidden and what the author set apart.

In comes the text and the range of one block; nothing in the text changes. Emphasis, links, images, code,
HTML tags and escapes follow Markdown where that is plain, and stay text where it is not: a lone `*`, a
masked word ("the first ** contract"), `snake_case` and newswire's ``quotes'' are text.

    "see **the [plan](http://x.org)**"  ->  hidden `**`, `[`, `](http://x.org)`, `**`; strong, link
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from briefing.model import Inline, InlineKind, Span

TAGS = Path(__file__).parents[1] / "data" / "html-tags.yaml"


@functools.cache
def html_tags() -> dict[str, list[str]]:
    """HTML's elements: those inside a paragraph and those that end one."""
    tags: dict[str, list[str]] = yaml.safe_load(TAGS.read_text(encoding="utf-8"))
    return tags


LONGEST_LINK = 400  # characters of a link's words, and 2,000 of its target: keeps hostile brackets linear

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
# What every token begins with: looking for one sign is many times as fast as trying all tokens everywhere.
SIGN = re.compile(r"[\\`!\[<*_~\u00ad\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff]|https?://")
# HTML's own inline elements; those that stand between paragraphs are in text/blocks.py.
INLINE_TAGS = frozenset(html_tags()["inline"])
NAMES: dict[tuple[str, int], InlineKind] = {
    ("*", 1): "emphasis",
    ("_", 1): "emphasis",
    ("*", 2): "strong",
    ("_", 2): "strong",
    ("~", 2): "deleted",
}


@dataclass(slots=True)
class Marks:
    """What a block's marks amount to, in the order found."""

    hidden: list[Span] = field(default_factory=list)
    inlines: list[Inline] = field(default_factory=list)

    def hide(self, start: int, end: int) -> None:
        if start < end:
            self.hidden.append(Span(start, end))


def find_marks(text: str, start: int, end: int, labels: dict[str, str], into: Marks, in_link: bool = False) -> None:
    """Add the marks of `text[start:end]`; `labels` are the targets of reference links."""
    ticks = _paired_ticks(text, start, end)
    opened: dict[tuple[str, int], int] = {}
    at = start
    while sign := SIGN.search(text, at, end):
        match = TOKEN.match(text, sign.start(), end)
        if match is None:
            at = sign.start() + 1
            continue
        kind = match.lastgroup or ""
        at = match.end()
        if kind == "escape":
            into.hide(match.start(), match.start() + 1)
        elif kind == "ticks":
            at = _code(match, ticks, into)
        elif kind == "run":
            _delimiter(match, text, start, end, opened, into)
        elif kind == "unseen":
            into.hide(match.start(), match.end())
        elif kind == "tag":
            if is_tag(match[0], match["name"]):
                into.hide(match.start(), match.end())
            else:
                at = match.start() + 1
        elif kind == "url":
            shown = len(match[0].rstrip(".,;:!?)"))
            if not in_link:
                into.inlines.append(Inline("link", match.start(), match.start() + shown, match[0][:shown]))
        elif kind == "autolink":
            _framed(match, "link", match.start() + 1, match.end() - 1, _href(match["address"]), into)
        elif in_link:
            at = match.start() + 1
        else:
            at = _link(match, kind, text, labels, into)


def is_tag(tag: str, name: str) -> bool:
    """HTML's own, or another's that is evidently markup: it closes or has an attribute. `<url>` may be a word."""
    return name.lower() in INLINE_TAGS or tag.startswith("</") or tag.endswith("/>") or '="' in tag or "='" in tag


def _href(address: str) -> str:
    return address if address.startswith("http") else f"mailto:{address}"


def _framed(match: re.Match[str], kind: InlineKind, start: int, end: int, href: str | None, into: Marks) -> None:
    """Hide what stands in a match before and after its visible words."""
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
    _framed(match, "image" if "image" in kind else "link", *words, href, into)
    inside = Marks()
    find_marks(text, *words, labels, inside, in_link=True)
    into.hidden += inside.hidden
    into.inlines += inside.inlines
    return match.end()


# --- code ------------------------------------------------------------------------------------

TICKS = re.compile(r"`+")


def _paired_ticks(text: str, start: int, end: int) -> dict[int, int]:
    """Start of each run of backticks that opens code -> start of the run that closes it.

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
) -> None:
    """A run of `*`, `_` or `~`: it opens where words begin after it, and closes what was opened."""
    length = len(match[0])
    before = text[match.start() - 1] if match.start() > start else " "
    after = text[match.end()] if match.end() < end else " "
    sizes = (1, 2) if length == 3 and match[0][0] != "~" else (length,)
    for size in sizes:
        key = (match[0][0], size)
        if key not in NAMES:
            return
        closes = not before.isspace() and not after.isalnum() and key in opened
        if closes:
            begin = opened.pop(key)
            into.hide(begin, begin + size)
            into.hide(
                match.end() - size if size == 1 else match.start(), match.end() if size == 1 else match.start() + size
            )
            into.inlines.append(Inline(NAMES[key], begin + size, match.start()))
        elif not after.isspace() and not before.isalnum() and (after.isalnum() or after in "\"'“‘([<`$€£#*_¡¿@"):
            opened[key] = match.start() if size == 1 else match.end() - size
