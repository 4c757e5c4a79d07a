"""Import an article from a saved page, PDF, Word document, email or web address.

The network is used only to fetch an address that is given. Anything uncertain is reported to the person who
imports, and the origin of the text is kept in its front matter.

    read_document(Path("quay.html"))   ->   Draft(Meta(title="A quay is built", ...), "The harbour board ...", ())
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from briefing.content.decoding import FILE_TYPES
from briefing.content.importers.mail import from_mail
from briefing.content.importers.pdf import from_pdf
from briefing.content.importers.web import fetch, from_html
from briefing.content.importers.word import from_docx
from briefing.content.scaffold import Draft, ImportFailedError

LARGEST = 30_000_000  # bytes
ADDRESS = re.compile(r"[a-z]{2,10}:/", re.IGNORECASE)  # a Windows path has one letter before the colon
WEB_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
KINDS: dict[str, Callable[[bytes], Draft]] = {
    ".html": from_html,
    ".htm": from_html,
    ".xhtml": from_html,
    ".pdf": from_pdf,
    ".docx": from_docx,
    ".eml": from_mail,
}
__all__ = ["Draft", "ImportFailedError", "read_address", "read_document"]


def read_document(path: Path) -> Draft:
    """Return the article in a file; raise ImportFailedError if there is none."""
    if ADDRESS.match(str(path)):
        raise ImportFailedError("cannot fetch this address. Use one that starts with https:// or http://")
    if path.is_dir():
        raise ImportFailedError("this is a folder. Give the files in it")
    if not path.exists():
        raise ImportFailedError("file not found. Check its name and folder")
    try:
        if path.stat().st_size > LARGEST:
            raise ImportFailedError(f"the file is too large for an article. The limit is {LARGEST:,} bytes")
        raw = path.read_bytes()
    except OSError as error:
        raise ImportFailedError(f"cannot open this file: {error.strerror or error}") from error
    return _reader(raw, path.suffix.lower())(raw).came_from(f"Imported from the file {path.name}.")


def _reader(raw: bytes, ending: str) -> Callable[[bytes], Draft]:
    """Return what reads a file, by its first bytes where they tell more than its name: a web page saved as .md."""
    kind, meant = next((found for start, found in FILE_TYPES.items() if raw.startswith(start)), ("", ending))
    if ending not in KINDS and WEB_PAGE.match(raw[:2000]):
        meant = ".html"
    if read := KINDS.get(meant):
        return read
    if kind:
        raise ImportFailedError(f"this is {kind}, which cannot be imported. Save it as .docx or plain text")
    if ending in (".md", ".txt"):
        raise ImportFailedError("this file needs no import. Copy it to sources/ as it is")
    raise ImportFailedError(f"cannot import this type of file. Save it as {', '.join(KINDS)} or plain text")


def read_address(url: str) -> Draft:
    """Return the article at a web address; raise ImportFailedError if there is none."""
    found = fetch(url)
    if found.kind == "application/pdf" or found.content.startswith(b"%PDF-"):
        draft = from_pdf(found.content)
    else:
        draft = from_html(found.content, found.url, found.charset)
    return draft.at(found.url).came_from("Imported from the web.")
