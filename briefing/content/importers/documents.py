"""Import articles from PDF and Word files, with pypdf and python-docx."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections import Counter

from briefing.content.scaffold import Draft, ImportFailedError
from briefing.model import Meta

MOST_PAGES = 400
LARGEST_UNPACKED = 200_000_000  # bytes; a few kilobytes can unpack to gigabytes
NUMBER_OF_PAGE = re.compile(r"^\s*(?:page\s+)?\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?\s*$", re.IGNORECASE)


def from_pdf(raw: bytes) -> Draft:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # errors are reported once, below
    try:
        reader = PdfReader(io.BytesIO(raw))
        pages = [page.extract_text() for page in reader.pages[:MOST_PAGES]]
        about = reader.metadata
        title, author = (about.title, about.author) if about else (None, None)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise ImportFailedError(f"cannot read this PDF: {error}") from error
    body = _unbroken("\n\n".join(filter(None, _without_running_heads([_page(page) for page in pages]))))
    if not body:
        raise ImportFailedError("this PDF contains only images of text. Run text recognition (OCR) on it first")
    doubts = ["a PDF does not mark paragraphs: check headings and columns", NO_DATE]
    return Draft(Meta(title=_line(title), author=_line(author)), body, tuple(doubts))


NO_DATE = "no date of publication in the file: if you know it, add `published:`"


LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})  # font glyphs, not letters


def _page(text: str) -> str:
    text = text.translate(LIGATURES)
    return "\n".join(line.rstrip() for line in text.splitlines() if not NUMBER_OF_PAGE.match(line)).strip()


EDGE = 2  # lines at the top and bottom of a page that may hold running heads
HYPHENED = re.compile(r"\b[^\W\d_]{2,}-[a-z\u00df-\u00ff]{2,}")
BROKEN = re.compile(r"\b([^\W\d_]{2,})(?:-|\u00ad)[ \t]*\n[ \t]*([a-z\u00df-\u00ff]{2,})")


def _without_running_heads(pages: list[str]) -> list[str]:
    """Remove lines that recur at the top or bottom of most pages, ignoring numbers."""
    edges = [[*lines[:EDGE], *lines[EDGE:][-EDGE:]] for lines in (page.split("\n") for page in pages)]
    counts = Counter(key for edge in edges for key in {_running(line) for line in edge} - {""})
    heads = {key for key, count in counts.items() if count >= max(2, 0.6 * len(pages))}
    kept = []
    for page in pages:
        lines = page.split("\n")
        last = len(lines) - EDGE
        kept.append("\n".join(x for n, x in enumerate(lines) if EDGE <= n < last or _running(x) not in heads).strip())
    return kept


def _running(line: str) -> str:
    return re.sub(r"\d+", "0", " ".join(line.split()))


def _unbroken(text: str) -> str:
    """Join words hyphenated at line ends, unless the text has them with a hyphen elsewhere."""

    elsewhere = set(HYPHENED.findall(text))

    def join(match: re.Match[str]) -> str:
        hyphened = f"{match[1]}-{match[2]}"
        return f"{hyphened}\n" if hyphened in elsewhere else f"{match[1]}{match[2]}\n"

    return re.sub(r"\n[ \t]+(?=\S)", "\n", BROKEN.sub(join, text)).replace("\u00ad", "")


def _line(value: str | None) -> str | None:
    return " ".join((value or "").split())[:500] or None


def from_docx(raw: bytes) -> Draft:
    import docx
    from docx.opc.exceptions import OpcError
    from docx.table import Table

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise ImportFailedError("this Word document is too large when unpacked")
        document = docx.Document(io.BytesIO(raw))
        parts = list(document.iter_inner_content())
        about = document.core_properties
        title, author = about.title, about.author
    except (zipfile.BadZipFile, OpcError, ValueError, KeyError, OSError, SyntaxError, NotImplementedError) as error:
        raise ImportFailedError(f"cannot read this Word document: {error}") from error
    blocks = [_table(p) if isinstance(p, Table) else _paragraph(p) for p in parts]
    body = "\n\n".join(block for block in blocks if block)
    if not body:
        raise ImportFailedError("this document contains no text")
    first = next((p.text for p in parts if not isinstance(p, Table) and _level(p) == 1), None)
    writer = _line(author) if author != "python-docx" else None  # the library's default author
    return Draft(Meta(title=_line(title) or _line(first), author=writer), body, (NO_DATE,))


def _level(paragraph: object) -> int:
    style = getattr(getattr(paragraph, "style", None), "name", "") or ""
    if style == "Title":
        return 1
    return int(style[-1]) if style.startswith("Heading ") and style[-1].isdigit() else 0


def _paragraph(paragraph: object) -> str:
    words = " ".join(str(getattr(paragraph, "text", "")).split())
    return f"{'#' * _level(paragraph)} {words}" if words and _level(paragraph) else words


def _table(table: object) -> str:
    rows = [[" ".join(cell.text.split()) for cell in row.cells] for row in getattr(table, "rows", ())]
    if not rows:
        return ""
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "| " + " | ".join("---" for _ in rows[0]) + " |", *lines[1:]])
