"""Extract an article from a web page, without navigation, ads and comments, with trafilatura and htmldate."""

from __future__ import annotations

import ipaddress
import re
import socket
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from briefing.content import edtf
from briefing.content.decoding import decode
from briefing.content.problems import plural
from briefing.content.scaffold import Draft, ImportFailedError
from briefing.content.schema import FrontMatter
from briefing.model import Meta

# Fetch one web address. Allows only http and https, also after redirects, and limits size and time.
#
# Refuses a web page that redirects to the local network.

LARGEST = 30_000_000  # bytes
PATIENCE = 30  # seconds without a response
AGENT = "briefing-archive (a person imports one article)"


@dataclass(frozen=True, slots=True)
class Fetched:
    url: str  # after redirects
    kind: str
    content: bytes


class _OnlyTheWeb(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        _refuse_others(newurl)
        if _is_inside(newurl) and not _is_inside(req.full_url):
            raise ImportFailedError(f"{req.full_url} redirects to {newurl}, which is not on the public web")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _refuse_others(url: str) -> None:
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        scheme = ""
    if scheme not in ("http", "https"):
        raise ImportFailedError(f"{url} is not a web address")


def _is_inside(url: str) -> bool:
    """Tell whether a host is on this machine or the local network; a host without an address will not respond."""
    try:
        found = socket.getaddrinfo(urlsplit(url).hostname, None)
    except (OSError, ValueError):
        return False
    return any(not ipaddress.ip_address(str(place[0]).partition("%")[0]).is_global for *_, place in found)


def fetch(url: str) -> Fetched:
    _refuse_others(url)
    opener = urllib.request.build_opener(_OnlyTheWeb)
    request = urllib.request.Request(url, headers={"User-Agent": AGENT})
    try:
        with opener.open(request, timeout=PATIENCE) as answer:
            content = answer.read(LARGEST + 1)
            kind = answer.headers.get_content_type()
            found = Fetched(answer.url, kind, content)
    except (urllib.error.URLError, OSError, ValueError) as error:
        why = getattr(error, "reason", error)
        why = getattr(why, "strerror", None) or why
        raise ImportFailedError(
            f"the address did not respond ({why}). Save the page in your browser and import the file."
        ) from error
    if len(content) > LARGEST:
        raise ImportFailedError(f"{url} is too large. The limit is {LARGEST:,} bytes")
    return found


FEW = 60  # words; a shorter page is often the start of an article behind a paywall
CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:-]{2,40})", re.IGNORECASE
)
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")  # scripts without spaces between words
EASTERN_DATE = re.compile(r"((?:19|20)\d\d)\s*[年년]\s*(1[0-2]|0?[1-9])\s*[月월]\s*(3[01]|[12]\d|0?[1-9])\s*[日일]")
TOP = 400  # characters at the top in which a date is the publication date
MENU = "(contains(@class, 'nav') or contains(@class, 'menu') or contains(@id, 'nav') or contains(@id, 'menu'))"
MENU_LINKS = f"(//nav | //*[{MENU}])//a//text()"
DATES = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b")


def from_html(raw: bytes, url: str | None = None) -> Draft:
    """Return the article on a page; raise ImportFailedError if there is none."""
    import trafilatura

    text = _decoded(raw)
    body = _body(text, url)
    if not body:
        raise ImportFailedError("no article found on this page. Copy its text into a .txt file in sources/")
    about = trafilatura.extract_metadata(text, default_url=url)
    published, doubts = _date(text, body, url)
    meta = Meta(
        title=_title(_line(about.title if about else None), text),
        published=published,
        publisher=_line(about.sitename if about else None),
        url=_url((about.url if about else None) or url),
        author=_line(about.author if about else None),
    )
    if not meta.title:
        doubts.append("no headline found")
    words = len(body.split()) + len(UNSPACED.findall(body)) // 2
    if words < FEW:
        doubts.append(f"the text has only {plural(words, 'word')}: check whether the rest is behind a paywall")
    return Draft(meta, body, tuple(doubts))


def _body(text: str, url: str | None) -> str:
    """Return the article text; fall back to more permissive extraction."""
    import trafilatura

    for generous in (False, True):
        found = trafilatura.extract(
            text, url=url, output_format="markdown", include_comments=False, favor_recall=generous
        )
        if found and found.strip():
            return _without_menus(found.strip(), text)
    return ""


def _without_menus(body: str, text: str) -> str:
    """Remove lines that are menu links: a short page is sometimes extracted whole."""
    links = {" ".join(str(words).split()) for words in _found(MENU_LINKS, text)}
    return "\n".join(line for line in body.split("\n") if line.strip(" -*") not in links or not line.strip()).strip()


def _title(title: str | None, text: str) -> str | None:
    """Return the headline; if the title is only `Press release` or `News`, use a large heading."""
    if title and len(title.split()) > 2:
        return title
    large = (_line("".join(found.itertext())) for found in _found("//h1 | //h2", text))
    return next((words for words in large if words and len(words.split()) > 3), title)


def _found(path: str, text: str) -> list[Any]:
    """Return the nodes that match an XPath on a page."""
    from trafilatura.utils import load_html

    tree = load_html(text)
    return list(tree.xpath(path)) if tree is not None else []


def _decoded(raw: bytes) -> str:
    """Decode by the declared encoding, or else by detection."""
    said = CHARSET.search(raw[:4096])
    if said and not raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode(said[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass  # the declaration is wrong
    found = decode(raw)
    if found is None:
        raise ImportFailedError("cannot read this web page")
    return found.text


def _date(text: str, body: str, url: str | None) -> tuple[str | None, list[str]]:
    """Return the publication date and warnings about it."""
    from htmldate import find_date

    sure = find_date(text, original_date=True, extensive_search=False, url=url)
    if sure:
        others = sorted(set(DATES.findall(text)) - {sure})
        doubt = f"the page gives several dates: {sure} was used, not {', '.join(others[:3])}"
        return sure, [doubt] if others else []
    above = _written_date(body[:TOP])
    if above:
        return above, [f"the date {above} is from the first lines: check that it is the publication date"]
    guess = find_date(text, original_date=True, extensive_search=True, url=url)
    # 1 January usually comes from a year alone, most often in a copyright notice
    if guess and not guess.endswith("-01-01"):
        return guess, [f"the date {guess} is a guess from the page text: check it"]
    return None, ["no date found: if you know it, add `published:`"]


def _written_date(text: str) -> str | None:
    """Return the first full written date: `April 12, 2016`, `2012年3月6日`."""
    eastern = EASTERN_DATE.search(text)
    if eastern:
        return f"{eastern[1]}-{int(eastern[2]):02}-{int(eastern[3]):02}"
    found = edtf.find_date(text)
    return found.edtf if found and re.fullmatch(r"\d{4}-\d\d-\d\d", found.edtf) else None


def _line(value: str | None) -> str | None:
    line = " ".join((value or "").split())
    return line[:500] or None


def _url(value: str | None) -> str | None:
    try:
        return FrontMatter(url=value).url if value else None  # type: ignore[call-arg]
    except ValueError:
        return None
