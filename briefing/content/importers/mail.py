"""Import an article from an email, including a forwarded one, with the standard library.

Subject: Fwd: A quay is built, and below it From: The Tidal Post, Date: Wed, 13 Jan 2021
    ->   Meta(title="A quay is built", published="2021-01-13", publisher="The Tidal Post")

Headers are decoded here, with limits: the standard library's structured headers take quadratic time and more on
hostile ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from briefing.content import edtf
from briefing.content.importers import clues
from briefing.content.importers.charsets import as_text
from briefing.content.importers.html_text import html_lines
from briefing.content.scaffold import Draft, ImportFailedError
from briefing.model import Meta

WORDS = clues.WORDS
SENT_ON = re.compile(
    rf"^(?:(?:{clues.any_of(WORDS.sent_on)})(?:\[\d{{1,3}}\])?\s{{0,3}}[:：]\s{{0,3}})+", re.IGNORECASE
)
FIELD = re.compile(
    r"^[>*\s]{0,20}(?:"
    + "|".join(f"(?P<{name}>{clues.any_of(words)})" for name, words in WORDS.fields.items())
    + r")\s{0,3}\*{0,2}\s{0,3}[:：]\*{0,2}\s{0,3}(?P<said>.{0,2000})$",
    re.IGNORECASE,
)
MARK = re.compile(rf"^[>\s*_=-]{{0,60}}(?:{clues.any_of(WORDS.forward_marks)})[\s*_=:：-]{{0,60}}$", re.IGNORECASE)
WROTE = re.compile(rf"(?:{clues.any_of(WORDS.wrote)})(?![^\W\d_])|<[^<>\s]{{3,100}}@[^<>\s]{{3,100}}>", re.IGNORECASE)
MOST_FIELDS = 20  # header lines of a forwarded email; a longer list is not a header
MOST_LEVELS = 20  # of forwarding
MOST_PARTS = 200  # of one email
LONGEST_HEADER = 4_000  # characters that are decoded
LONGEST_LINE = 2_000
ADDRESS = re.compile(r"https?://[^\s<>|]{1,500}")
SIGNATURE = re.compile(r"\n-- ?\n")
STUB = 4  # times as many words in the HTML part: the plain part is only a notice


@dataclass(frozen=True, slots=True)
class Letter:
    """An email's headers and text."""

    subject: str
    sender: str
    day: str | None
    text: str
    certain: bool = True  # whether `day` is
    above: str = ""  # what the person who forwarded it wrote


def from_mail(raw: bytes) -> Draft:
    """Return the article in an email; raise ImportFailedError if there is none."""
    if raw.lower().count(b"boundary=") > MOST_PARTS:
        raise ImportFailedError(f"this email has more than {MOST_PARTS} parts inside each other. Copy the text by hand")
    try:
        mail = _innermost(message_from_bytes(raw))
        letter, dropped = _letter(mail)
    except (LookupError, ValueError, AttributeError, TypeError, HeaderParseError) as error:
        raise ImportFailedError(f"cannot read this email: {' '.join(str(error).split())[:200]}") from error
    except (RecursionError, MemoryError) as error:
        raise ImportFailedError("this email is nested too deeply to be read. Copy the text by hand") from error
    return _draft(letter, dropped)


def _draft(letter: Letter, dropped: list[str]) -> Draft:
    sent = letter.day
    levels = 0
    while levels < MOST_LEVELS and (inner := _forwarded(letter)):
        if inner.above.strip():
            dropped.append(f"the words above the forwarded email: {_sample(inner.above)}")
        letter, levels = inner, levels + 1
    body, signature = _without_signature(letter.text)
    if signature:
        dropped.append(f"signature: {_sample(signature)}")
    body, links = _without_service_lines(body)
    if links:
        dropped.append(f"lines of the mailing list: {_sample(' '.join(links))}")
    if not body:
        raise ImportFailedError(
            "this email contains no text. If the article is attached, save and import the attachment"
        )
    doubts = [_date_doubt(letter, sent if levels else None)]
    title, publisher = (clues.one_line(said) for said in (_plain(letter.subject), letter.sender))
    basis = "forwarded email" if levels else "email"
    found = (
        ("title", f"subject of the {basis}"),
        ("published", f"date of the {basis}"),
        ("publisher", f"sender of the {basis}"),
    )
    meta = Meta(title=title, published=letter.day, publisher=publisher)
    return Draft(meta, f"{body}\n", tuple(doubts), tuple(dropped), found)


def _date_doubt(letter: Letter, sent: str | None) -> str:
    if letter.day and not letter.certain:
        return "the forwarded email's date can be read in two ways: check it, and write it as YYYY-MM-DD"
    if letter.day:
        return "the date is that of the email: check that it is the publication date"
    return clues.NO_DATE + (f" The email was forwarded on {sent}" if sent else "")


def _sample(words: str) -> str:
    line = " ".join(words[:400].split())
    return f"“{line}”" if len(line) <= 80 else f"“{line[:79].rstrip()}…”"


def _without_signature(text: str) -> tuple[str, str]:
    body, _, signature = text.strip().partition("\n-- \n")
    if not signature:
        body, *rest = SIGNATURE.split(text.strip(), maxsplit=1)
        signature = rest[0] if rest else ""
    if len(signature.split()) > len(body.split()):
        return text.strip(), ""  # a newsletter that uses the same mark between its articles
    return body.strip(), signature.strip()


def _without_service_lines(body: str) -> tuple[str, list[str]]:
    """Remove the first and last lines that only offer a service of the mailing list; return text and lines."""
    lines = body.split("\n")
    said = [number for number, line in enumerate(lines) if line.strip() and not _is_service(line)]
    start, end = (said[0], said[-1] + 1) if said else (len(lines), len(lines))
    removed = [line.strip() for line in (*lines[:start], *lines[end:]) if line.strip()]
    return "\n".join(lines[start:end]), removed


def _is_service(line: str) -> bool:
    """Tell whether a line consists of labels such as `Unsubscribe | View in browser`, and perhaps addresses."""
    parts = re.split(r"[|·•]", ADDRESS.sub(" ", line[:LONGEST_LINE]))
    words = [plain for part in parts if (plain := part.strip(" \t\r.:*_-[]()<>").casefold())]
    return bool(words) and all(word in WORDS.mail_services for word in words)


# --- parts -------------------------------------------------------------------------------------


def _parts(mail: Message) -> Iterator[Message]:
    """Yield the leaves of an email in order, without entering attached emails."""
    waiting = [mail]
    while waiting:
        part = waiting.pop()
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            waiting += reversed([inner for inner in part.get_payload() if isinstance(inner, Message)])
        else:
            yield part


def _innermost(mail: Message) -> Message:
    """Return the email attached to the email attached to this one, and so on."""
    for _ in range(MOST_LEVELS):
        inner = next(
            (p.get_payload(0) for p in _parts(mail) if p.get_content_type() == "message/rfc822" and p.is_multipart()),
            None,
        )
        if not isinstance(inner, Message):
            break
        mail = inner
    return mail


def _letter(mail: Message) -> tuple[Letter, list[str]]:
    plain: list[str] = []
    marked: list[str] = []
    dropped: list[str] = []
    for part in _parts(mail):
        kind = part.get_content_type()
        if kind in ("text/plain", "text/html") and not _is_attached(part):
            text = _content(part)
            (plain if kind == "text/plain" else marked).append(text if kind == "text/plain" else html_lines(text))
        elif part.get_content_maintype() != "multipart" and kind != "message/rfc822":
            name = clues.one_line(_decoded(part.get_filename() or "")) or kind
            picture = part.get_content_maintype() == "image"
            dropped.append(
                f"picture {name}" if picture else f"attachment {name}: if the article is there, save and import it"
            )
    sender = _address(_header(mail, "from"))
    text = _richest("\n\n".join(plain), "\n\n".join(marked))
    return Letter(_header(mail, "subject"), sender, _day(_header(mail, "date")), text), dropped


def _is_attached(part: Message) -> bool:
    return str(part.get("content-disposition", "")).lstrip()[:10].lower() == "attachment"


def _richest(plain: str, marked: str) -> str:
    """Return the text of the plain part, or of the HTML part if the plain one is only a notice or is cut short."""
    few, many = len(plain.split()), len(marked.split())
    return marked if many > STUB * few or (many > 1.5 * few and few < SHORT) or not plain.strip() else plain


SHORT = 120  # words of a plain part that may be a summary of the HTML part


def _content(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charset = part.get_param("charset")
    label = charset[2] if isinstance(charset, tuple) else charset
    return (as_text(payload, str(label) if label else None) or "").replace("\r\n", "\n").replace("\r", "\n")


def _header(mail: Message, name: str) -> str:
    return _decoded(str(mail.get(name, "") or ""))


def _decoded(value: str) -> str:
    """Decode the encoded words of a header."""
    value = " ".join(value[:LONGEST_HEADER].split())
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        return value
    words = (p if isinstance(p, str) else as_text(p, label or "utf-8") or "" for p, label in pieces)
    return " ".join("".join(words).encode("utf-8", "replace").decode("utf-8").split())


def _address(value: str) -> str:
    """Return the name of a sender, or the domain of the address."""
    value = re.sub(r"\((?=[^)]{0,200}\()|\([^()]{0,200}\)", " ", value[:500])
    value = re.sub(r"[()]+", " ", value)
    try:
        name, address = parseaddr(value)
    except (RecursionError, ValueError, IndexError):
        return ""
    name = re.sub(r"\s+(?:via|on behalf of)\s.{1,100}$", "", name).strip(" '\"")
    bare = re.sub(r"[<\[].*$", "", value).strip(" '\"*")
    return name or (bare if "@" not in bare else "") or (address or value).partition("@")[2].strip(" >]")


def _day(value: str) -> str | None:
    try:
        when = parsedate_to_datetime(value[:200])
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return edtf.as_edtf(when.year, when.month, when.day)


# --- forwarded emails --------------------------------------------------------------------------


def _forwarded(letter: Letter) -> Letter | None:
    """Return the forwarded email below a From, Date and Subject header in the text, if any."""
    lines = letter.text.split("\n")
    for number, line in enumerate(lines):
        said, length = _fields(lines[number : number + MOST_FIELDS])
        if length and "from" in said and ("subject" in said or "date" in said):
            above, below = lines[:number], lines[number + length :]
            inner = _inner(letter, said, below)
        elif WROTE.search(line[:LONGEST_LINE]) and line.rstrip().endswith((":", "：")):
            found = _quoted(letter, lines, number)
            if found is None:
                continue
            above, inner = found
        else:
            continue
        words = "\n".join(row for row in above if not MARK.match(row[:LONGEST_LINE]))
        if len(words.split()) > 2 * len(inner.text.split()):
            continue  # the article stands above an older email
        return replace(inner, above=_without_signature(words)[0] or words.strip())
    return None


def _inner(letter: Letter, said: dict[str, str], below: list[str]) -> Letter:
    latest = letter.day if letter.certain else None
    found = clues.date_in(said.get("date", ""), latest=latest)
    subject = said.get("subject") or letter.subject
    return Letter(
        subject, _address(said["from"]), found.edtf if found else None, _unquoted(below), not found or found.certain
    )


def _quoted(letter: Letter, lines: list[str], number: int) -> tuple[list[str], Letter] | None:
    """Return the email quoted below `On Wed, 13 Jan 2021, The Tidal Post <news@tidal.example> wrote:`."""
    below = next((n for n in range(number + 1, min(number + 4, len(lines))) if lines[n].strip()), None)
    if below is None or not lines[below].lstrip().startswith(">"):
        return None
    start = number - 1 if number and not clues.date_in(lines[number]) and clues.date_in(lines[number - 1]) else number
    head = " ".join(lines[start : number + 1])[:LONGEST_LINE]
    found = clues.date_in(head, latest=letter.day)
    sender = re.search(
        r"(?:,|\d:\d\d(?: ?[AP]M)?,?|\b(?:schrieb|a écrit))\s{1,3}(?P<name>[^,<>:]{2,80}?)\s{0,3}<[^<>\s]{1,200}>",
        head,
    )
    if found is None or sender is None:
        return None
    name = re.sub(r"^(?:schrieb|skrev|schreef|at|um|à|kl\.?)\s", "", sender["name"].strip())
    inner = Letter(letter.subject, name.strip(" '\""), found.edtf, _unquoted(lines[below:]), found.certain)
    return lines[:start], inner


def _fields(lines: list[str]) -> tuple[dict[str, str], int]:
    """Return the header fields on the first lines, and how many lines they take."""
    said: dict[str, str] = {}
    last = ""
    taken = 0
    for number, line in enumerate(lines):
        match = FIELD.match(line[:LONGEST_LINE])
        if match and match.lastgroup:
            last = next(name for name in WORDS.fields if match[name])
            said.setdefault(last, match["said"].strip(" *"))
        elif not line.strip("> \t") and _goes_on(lines[number + 1 : number + 2], said):
            continue  # each label is a paragraph
        elif not said or not _belongs(line, said.get(last, "")):
            break
        elif line.strip("> \t") and not said[last]:
            said[last] = line.strip("> \t*")
        taken = number + 1
    return said, taken


def _goes_on(following: list[str], said: dict[str, str]) -> bool:
    """Tell whether the line below a blank one is a further label of the same head."""
    match = FIELD.match(following[0][:LONGEST_LINE]) if said and following else None
    return match is not None and not any(match[name] for name in said)


def _belongs(line: str, value: str) -> bool:
    """Tell whether a line goes on with a header: its value on a line of its own, or more addresses."""
    words = line.strip("> \t")
    return (bool(words) and not value) or (line[:1] in " \t" and "@" in words and len(words) < 300)


def _unquoted(lines: list[str]) -> str:
    """Remove the quotation marks > if every line has them, except those of a signature below."""
    end = next((number for number, line in enumerate(lines) if line.rstrip() == "--"), len(lines))
    lines, signature = lines[:end], lines[end:]
    while True:
        written = [line for line in lines if line.strip()]
        if not written or not all(line.lstrip().startswith(">") for line in written):
            return "\n".join([*lines, *signature])
        lines = [re.sub(r"^\s*> ?", "", line) for line in lines]


def _plain(subject: str) -> str:
    return SENT_ON.sub("", subject.strip())
