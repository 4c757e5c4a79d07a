"""A saved page, PDF, Word document or mail, or an address -> an article's text and what is known of it.

Nothing is asked of the network but the one address that is given. What could not be told for sure is listed
for the person who imports, and where the text came from is kept in its front matter.

    read_document(Path("quay.html"))   ->   Draft(Meta(title="A quay is built", ...), "The harbour board ...", ())
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from briefing.imports.documents import from_docx, from_pdf
from briefing.imports.draft import Draft, ImportFailedError
from briefing.imports.fetch import fetch
from briefing.imports.mail import from_mail
from briefing.imports.web import from_html

LARGEST = 30_000_000  # bytes
ADDRESS = re.compile(r"[a-z]{2,10}:/", re.IGNORECASE)  # a path of Windows has one letter before its colon
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
    """The article in a file; raises ImportFailedError."""
    read = KINDS.get(path.suffix.lower())
    if ADDRESS.match(str(path)):
        raise ImportFailedError("only addresses that begin with https:// or http:// can be fetched")
    if path.is_dir():
        raise ImportFailedError("this is a folder. Name the files in it")
    if not path.exists():
        raise ImportFailedError("there is no such file. Look at its name and its folder")
    if path.suffix.lower() in (".md", ".txt"):
        raise ImportFailedError("this needs no import. Copy it into sources/ as it is")
    if read is None:
        raise ImportFailedError(f"only {', '.join(KINDS)} can be imported. Save it as one of these, or as text")
    try:
        if path.stat().st_size > LARGEST:
            raise ImportFailedError(f"this file has more than {LARGEST:,} bytes: too large for an article")
        raw = path.read_bytes()
    except OSError as error:
        raise ImportFailedError(f"this file cannot be opened: {error.strerror or error}") from error
    return read(raw).came_from(f"Imported from the file {path.name}.")


def read_address(url: str) -> Draft:
    """The article at an address; raises ImportFailedError."""
    found = fetch(url)
    if found.kind == "application/pdf" or found.content.startswith(b"%PDF-"):
        return from_pdf(found.content).at(found.url)
    return from_html(found.content, found.url).at(found.url)
