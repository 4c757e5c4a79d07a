"""PDF, Word and mail -> an article; by pypdf, python-docx and the standard library."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

from briefing.imports.draft import Draft, ImportFailedError
from briefing.imports.web import from_html
from briefing.model import Meta

MOST_PAGES = 400
LARGEST_UNPACKED = 200_000_000  # bytes; a file of a few kilobytes can be made to unpack to gigabytes
NUMBER_OF_PAGE = re.compile(r"^\s*(?:page\s+)?\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?\s*$", re.IGNORECASE)


def from_pdf(raw: bytes) -> Draft:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(raw))
        pages = [page.extract_text() for page in reader.pages[:MOST_PAGES]]
        about = reader.metadata
        title, author = (about.title, about.author) if about else (None, None)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise ImportFailedError(f"this PDF cannot be read: {error}") from error
    body = "\n\n".join(filter(None, (_page(page) for page in pages)))
    if not body:
        raise ImportFailedError("this PDF holds no text, only pictures of it: it needs text recognition (OCR) first")
    doubts = ["a PDF has lines, not paragraphs: look whether headings and columns came out right", NO_DATE]
    return Draft(Meta(title=_line(title), author=_line(author)), body, tuple(doubts))


NO_DATE = "the date of publication is not in the file: add `published:` if you know it"


def _page(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines() if not NUMBER_OF_PAGE.match(line)).strip()


def _line(value: str | None) -> str | None:
    return " ".join((value or "").split())[:500] or None


def from_docx(raw: bytes) -> Draft:
    import docx
    from docx.opc.exceptions import OpcError
    from docx.table import Table

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise ImportFailedError("this Word document is too large")
        document = docx.Document(io.BytesIO(raw))
        parts = list(document.iter_inner_content())
        about = document.core_properties
        title, author = about.title, about.author
    except (zipfile.BadZipFile, OpcError, ValueError, KeyError, OSError, SyntaxError, NotImplementedError) as error:
        raise ImportFailedError(f"this Word document cannot be read: {error}") from error
    blocks = [_table(p) if isinstance(p, Table) else _paragraph(p) for p in parts]
    body = "\n\n".join(block for block in blocks if block)
    if not body:
        raise ImportFailedError("this document holds no text")
    first = next((p.text for p in parts if not isinstance(p, Table) and _level(p) == 1), None)
    return Draft(Meta(title=_line(title) or _line(first), author=_line(author)), body, (NO_DATE,))


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


def from_mail(raw: bytes) -> Draft:
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    try:
        part = mail.get_body(("plain", "html"))
        content = part.get_content() if part else ""
        subject, sender, sent = mail["subject"], mail["from"], mail["date"]
    except (LookupError, ValueError, AttributeError, TypeError) as error:
        raise ImportFailedError(f"this mail cannot be read: {error}") from error
    if part is not None and part.get_content_type() == "text/html":
        content = from_html(content.encode("utf-8")).body
    if not str(content).strip():
        raise ImportFailedError("this mail holds no text")
    when = sent.datetime if sent is not None else None
    name = next((a.display_name or a.domain for a in sender.addresses), None) if sender is not None else None
    published = when.date().isoformat() if isinstance(when, datetime) else None
    doubts = ["the date is the day on which the mail was sent"] if published else [NO_DATE]
    body = str(content).replace("\r\n", "\n")
    return Draft(Meta(title=_line(subject), published=published, publisher=_line(name)), body, tuple(doubts))
