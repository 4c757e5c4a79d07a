"""A saved page, PDF, Word document or mail, or an address -> an article's text and what is known of it.

Nothing is asked of the network but the one address that is given. What could not be told for sure is listed
for the person who imports, and where the text came from is kept in its front matter.

    read_document(Path("quay.html"))   ->   Draft(Meta(title="A quay is built", ...), "The harbour board ...", ())
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from briefing.imports.documents import from_docx, from_pdf
from briefing.imports.draft import Draft, ImportFailedError
from briefing.imports.fetch import fetch
from briefing.imports.mail import from_mail
from briefing.imports.web import from_html

LARGEST = 30_000_000  # bytes
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
    if read is None:
        raise ImportFailedError(f"{path.name}: only {', '.join(KINDS)} can be imported; .md and .txt need no import")
    if path.stat().st_size > LARGEST:
        raise ImportFailedError(f"{path.name} has more than {LARGEST:,} bytes")
    return read(path.read_bytes()).came_from(f"Imported from the file {path.name}.")


def read_address(url: str) -> Draft:
    """The article at an address; raises ImportFailedError."""
    found = fetch(url)
    if found.kind == "application/pdf" or found.content.startswith(b"%PDF-"):
        return from_pdf(found.content).at(found.url)
    return from_html(found.content, found.url).at(found.url)
