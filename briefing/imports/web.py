"""A web page -> its article, without navigation, advertisements and comments; by trafilatura and htmldate."""

from __future__ import annotations

import re

from briefing.decode import decode
from briefing.imports.draft import Draft, ImportFailedError
from briefing.model import Meta
from briefing.schema import FrontMatter

FEW = 60  # words; a page with fewer is often the beginning of an article that has to be paid for
CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:-]{2,40})", re.IGNORECASE
)
DATES = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b")


def from_html(raw: bytes, url: str | None = None) -> Draft:
    """The article of a page; raises ImportFailedError if there is none."""
    import trafilatura

    text = _decoded(raw)
    body = _body(text, url)
    if not body:
        raise ImportFailedError("no article was found on this page. Copy its text into a .txt file in sources/.")
    about = trafilatura.extract_metadata(text, default_url=url)
    published, doubts = _date(text, url)
    meta = Meta(
        title=_line(about.title if about else None),
        published=published,
        publisher=_line(about.sitename if about else None),
        url=_url((about.url if about else None) or url),
        author=_line(about.author if about else None),
    )
    if not meta.title:
        doubts.append("no headline was found")
    if len(body.split()) < FEW:
        doubts.append(f"the text has only {len(body.split())} words: is the rest behind a paywall?")
    return Draft(meta, body, tuple(doubts))


def _body(text: str, url: str | None) -> str:
    """The article's text; of a page that hardly has one, what can be had."""
    import trafilatura

    for generous in (False, True):
        found = trafilatura.extract(
            text, url=url, output_format="markdown", include_comments=False, favor_recall=generous
        )
        if found and found.strip():
            return found.strip()
    return ""


def _decoded(raw: bytes) -> str:
    """By what the page says of itself; else by its bytes."""
    said = CHARSET.search(raw[:4096])
    if said and not raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode(said[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass  # it does not know itself
    found = decode(raw)
    if found is None:
        raise ImportFailedError("this is no web page that can be read")
    return found.text


def _date(text: str, url: str | None) -> tuple[str | None, list[str]]:
    """The date of publication, and what speaks against it."""
    from htmldate import find_date

    sure = find_date(text, original_date=True, extensive_search=False, url=url)
    date = sure or find_date(text, original_date=True, extensive_search=True, url=url)
    if not date:
        return None, ["no date was found: add `published:` if you know it"]
    if not sure:
        return date, [f"the date {date} was only guessed from the page's text"]
    others = sorted(set(DATES.findall(text)) - {date})
    if others:
        return date, [f"the page gives several dates; {date} was taken, not {', '.join(others[:3])}"]
    return date, []


def _line(value: str | None) -> str | None:
    line = " ".join((value or "").split())
    return line[:500] or None


def _url(value: str | None) -> str | None:
    try:
        return FrontMatter(url=value).url if value else None  # type: ignore[call-arg]
    except ValueError:
        return None
