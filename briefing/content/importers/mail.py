"""Import an article from an email, including a forwarded one, with the standard library.

Subject: Fwd: A quay is built, and below it From: The Tidal Post, Date: Wed, 13 Jan 2021
    ->   Meta(title="A quay is built", published="2021-01-13", publisher="The Tidal Post")
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from briefing.content import edtf
from briefing.content.importers.documents import NO_DATE
from briefing.content.importers.web import from_html
from briefing.content.scaffold import Draft, ImportFailedError
from briefing.model import Meta

# Fwd: and its equivalents in other languages
SENT_ON = re.compile(r"^(?:(?:fwd?|wg|tr|i|rv|re|aw)\s*:\s*)+", re.IGNORECASE)
# Header lines of a forwarded email, in English, German, French, Spanish and Italian.
FIELDS = {
    "from": "from|von|de|da|expéditeur",
    "date": "date|sent|datum|gesendet|envoyé|fecha|enviado|data|inviato",
    "subject": "subject|betreff|objet|asunto|oggetto",
    "to": "to|an|à|para|a|cc|reply-to",
}
FIELD = re.compile(
    r"^[>*\s]*(?:" + "|".join(f"(?P<{name}>{words})" for name, words in FIELDS.items()) + r")\s*:\*?\s*(?P<said>.*)$",
    re.IGNORECASE,
)
MOST_FIELDS = 20  # header lines of a forwarded email; a longer list is not a header
SIGNATURE = re.compile(r"\n-- ?\n")


@dataclass(frozen=True, slots=True)
class Letter:
    """An email's headers and text."""

    subject: str
    sender: str
    day: str | None
    text: str


def from_mail(raw: bytes) -> Draft:
    """Return the article in an email; raise ImportFailedError if there is none."""
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    try:
        letter = _letter(_attached(mail) or mail)
    except (LookupError, ValueError, AttributeError, TypeError) as error:
        raise ImportFailedError(f"cannot read this email: {error}") from error
    letter = _forwarded(letter) or letter
    body = SIGNATURE.split(letter.text, maxsplit=1)[0].strip()
    if not body:
        raise ImportFailedError("this email contains no text")
    doubts = ["the date is that of the email: check that it is the publication date"] if letter.day else [NO_DATE]
    title, publisher = (" ".join(said.split())[:500] or None for said in (_plain(letter.subject), letter.sender))
    return Draft(Meta(title=title, published=letter.day, publisher=publisher), f"{body}\n", tuple(doubts))


def _attached(mail: EmailMessage) -> EmailMessage | None:
    """Return the email attached to this one, if any."""
    found = (part.get_content() for part in mail.walk() if part.get_content_type() == "message/rfc822")
    return next((inner for inner in found if isinstance(inner, EmailMessage)), None)


def _letter(mail: EmailMessage) -> Letter:
    part = mail.get_body(("plain", "html"))
    text = str(part.get_content()) if part else ""
    if part is not None and part.get_content_type() == "text/html":
        text = from_html(text.encode("utf-8")).body
    sender, sent = mail["from"], mail["date"]
    when = sent.datetime if sent is not None else None
    return Letter(
        subject=str(mail["subject"] or ""),
        sender=next((a.display_name or a.domain for a in sender.addresses), "") if sender is not None else "",
        day=when.date().isoformat() if isinstance(when, datetime) else None,
        text=text.replace("\r\n", "\n"),
    )


def _forwarded(letter: Letter) -> Letter | None:
    """Return the forwarded email below a From, Date and Subject header in the text, if any."""
    lines = letter.text.split("\n")
    for number in range(len(lines)):
        said = _fields(lines[number : number + MOST_FIELDS])
        if said and {"from", "subject"} <= said.keys():
            below = lines[number + len(said["lines"].split("\n")) :]
            found = edtf.find_date(said.get("date", ""))
            name, address = parseaddr(said["from"])
            return Letter(
                subject=said["subject"],
                sender=name or address.partition("@")[2] or said["from"],
                day=found.edtf if found else None,
                text=_unquoted(below),
            )
    return None


def _fields(lines: list[str]) -> dict[str, str]:
    """Return the header fields on consecutive lines, and under `lines` the lines themselves."""
    said: dict[str, str] = {}
    taken: list[str] = []
    for line in lines:
        match = FIELD.match(line)
        if not match or not match.lastgroup:
            break
        name = next(name for name in FIELDS if match[name])
        said.setdefault(name, match["said"].strip())
        taken.append(line)
    return {**said, "lines": "\n".join(taken)} if taken else {}


def _unquoted(lines: list[str]) -> str:
    """Remove the quotation mark > if every line has it."""
    written = [line for line in lines if line.strip()]
    if written and all(line.startswith(">") for line in written):
        lines = [re.sub(r"^>+ ?", "", line) for line in lines]
    return "\n".join(lines)


def _plain(subject: str) -> str:
    return SENT_ON.sub("", subject)
