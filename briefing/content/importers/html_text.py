"""The words of an HTML document, line by line: for emails, where every word counts and nothing is a menu.

html_lines("<p>From: <b>A</b><br>Subject: B</p><ul><li>one</ul>")   ->   "From: A\\nSubject: B\\n\\n- one"
"""

from __future__ import annotations

import re
from typing import Any

from briefing.content.importers import clues

TAG = re.compile(r"<[^<>]{1,2000}>")
HIDDEN = re.compile(
    r"display\s{0,3}:\s{0,3}none|mso-hide\s{0,3}:\s{0,3}all|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE
)
PARAGRAPHS = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre", "hr", "section", "article"]
)


def html_lines(text: str) -> str:
    """Return the visible words of a document: one line a block, a blank line between paragraphs."""
    from lxml import etree

    try:
        parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True)
        tree = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        tree = None
    if tree is None:
        return ""
    out: list[str] = []
    _walk(tree, out)
    if not "".join(out).strip():
        out = [TAG.sub("\n", text)]  # nested deeper than the parser goes
    lines = [" ".join(line.split()) for line in "".join(out).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join("" if line in ("-", "#") else line for line in lines)).strip()


def _walk(tree: Any, out: list[str]) -> None:
    """Collect words and line breaks, without recursion: hostile documents are deep."""
    waiting: list[tuple[Any, str]] = [(tree, "start")]
    while waiting:
        element, step = waiting.pop()
        if step == "start":
            _open(element, out, waiting)
        elif step == "end":
            out.append(_break(str(element.tag)))
        elif element.tail:
            out.append(re.sub(r"\s+", " ", element.tail))


def _open(element: Any, out: list[str], waiting: list[tuple[Any, str]]) -> None:
    name = element.tag if isinstance(element.tag, str) else ""
    if not name or name in clues.WORDS.html_silent or HIDDEN.search(element.get("style", "")[:2000]):
        return
    if name == "br":
        out.append("\n")
    if name in clues.WORDS.html_blocks:
        out.append(_break(name))
        waiting.append((element, "end"))
    if name == "table" and (rows := _data_table(element)):
        out.append("\n".join(rows))
        return
    if name == "li":
        out.append("- ")
    elif name in ("h1", "h2", "h3"):
        out.append("#" * int(name[1]) + " ")
    if element.text:
        out.append(element.text if name == "pre" else re.sub(r"\s+", " ", element.text))
    for child in reversed(element):
        waiting += [(child, "tail"), (child, "start")]


def _break(name: str) -> str:
    return "\n\n" if name in PARAGRAPHS else "\n"


FEWEST = 2  # rows and columns of a table with data; others only lay out the page
MOST_ROWS = 2_000


def _data_table(table: Any) -> list[str]:
    """Return the rows of a table with data in Markdown; nothing for a table that only lays out the page."""
    from itertools import islice

    if next(table.iterdescendants("table", "p", "div", "h1", "h2", "ul", "img"), None) is not None:
        return []
    rows = [
        [_cell(cell) for cell in row.iterchildren("td", "th")]
        for row in islice(table.iterdescendants("tr"), MOST_ROWS + 1)
    ]
    width = max(map(len, rows), default=0)
    if not FEWEST <= len(rows) <= MOST_ROWS or width < FEWEST or any(len(cell) > 200 for row in rows for cell in row):
        return []
    if all(row and row[0].endswith(":") for row in rows):
        return [" ".join(row) for row in rows]  # the head of a forwarded email
    lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
    return [lines[0], f"| {' | '.join(['---'] * width)} |", *lines[1:]]


def _cell(cell: Any) -> str:
    return " ".join("".join(cell.itertext()).split()).replace("|", "\\|")
