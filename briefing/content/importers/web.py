"""Extract an article from a web page, without navigation, ads and comments, with trafilatura and htmldate."""

from __future__ import annotations

import ipaddress
import re
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from briefing.content.importers.charsets import as_text
from briefing.content.importers.page_metadata import PageMetadata, read_page
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
    charset: str | None = None  # of the server's header


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
            found = Fetched(answer.url, kind, content, answer.headers.get_content_charset())
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
RULE = re.compile(r"\|[ :|-]+$")
MENU = re.compile(r"nav|menu")
FEWEST_PARAGRAPHS = 2  # longer ones in one cell, which make it running text
LONG = 11  # spaces in a paragraph that is worth naming if it is lost
MOST_PARAGRAPHS = 20_000
MOST_NAMED = 100
MOST_INLINE = 10  # children of a `div` that is a paragraph with links


def from_html(raw: bytes, url: str | None = None, charset: str | None = None) -> Draft:
    """Return the article on a page; raise ImportFailedError if there is none."""
    text = _decoded(raw, charset)
    page = read_page(text, url)
    body = _body(text, url, page) if page.tree is not None else ""
    if not body:
        raise ImportFailedError("no article found on this page. Copy its text into a .txt file in sources/")
    title, published, author, publisher = page.title(), page.published(body), page.author(body), page.publisher()
    meta = Meta(
        title=title.value,
        published=published.value,
        publisher=publisher.value,
        url=_url(page.address()) or _url(url),
        author=author.value,
    )
    doubts = [*title.doubts, *published.doubts, *author.doubts]
    words = len(body.split()) + len(UNSPACED.findall(body)) // 2
    if words < FEW:
        doubts.append(f"the text has only {plural(words, 'word')}: check whether the rest is behind a paywall")
    found = (
        ("title", title.basis),
        ("published", published.basis),
        ("author", author.basis),
        ("publisher", publisher.basis),
    )
    return Draft(meta, body, tuple(doubts), tuple(_missing(page, body)), found)


def _missing(page: PageMetadata, body: str) -> Iterator[str]:
    """Name the paragraphs of the page that are not in the text."""
    whole = _plain_words(body)
    kept = {_plain_words(line) for line in body.split("\n")}
    lost = [words for words in _paragraphs(page.main) if _plain_words(words) not in kept]
    # A search in the whole text is slow, so it is made only for the first ones.
    lost = [words for words in lost[:MOST_NAMED] if _plain_words(words)[:200] not in whole] + lost[MOST_NAMED:]
    if lost:
        shown = "; ".join(f"“{words[:60].rstrip()}…”" for words in dict.fromkeys(lost[:3]))
        yield f"{plural(len(lost), 'paragraph')} on the page, but not in the text: {shown}"


def _paragraphs(tree: Any) -> Iterator[str]:
    """Yield the longer paragraphs, and words that stand in another element as if it were one."""
    for element in islice(
        tree.iter("p", "blockquote", "li", "figcaption", "dd", "td", "div", "section"), MOST_PARAGRAPHS
    ):
        loose = element.tag in ("div", "section", "td", "dd", "li", "blockquote")
        pieces = [element.text, *(child.tail for child in element)] if loose else element.itertext()
        words = " ".join("".join(filter(None, pieces)).split())
        if words.count(" ") >= LONG:
            yield " ".join("".join(element.itertext()).split()) if loose and len(element) < MOST_INLINE else words


def _plain_words(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _body(text: str, url: str | None, page: PageMetadata) -> str:
    """Return the article text; fall back to more permissive extraction."""
    import trafilatura

    source = _without_layout_tables(text, page)
    for generous in (False, True):
        found = trafilatura.extract(
            source, url=url, output_format="markdown", include_comments=False, favor_recall=generous
        )
        if found and found.strip():
            return _with_table_heads(_without_menus(found.strip(), page))
    return ""


def _without_layout_tables(text: str, page: PageMetadata) -> str:
    """Return a page on which tables that only arrange the page are blocks; a table with data stays a table."""
    from lxml import html

    tree = deepcopy(page.tree)
    layout = [table for table in tree.iter("table") if _is_layout(table)]
    for table in layout:
        for part in [table, *_own_parts(table)]:
            part.tag = "div"
    return str(html.tostring(tree, encoding="unicode")) if layout else text


def _is_layout(table: Any) -> bool:
    """Tell whether a table holds what the cell of a table with data does not: a headline, or running text."""
    if next(table.iterdescendants("h1"), None) is not None:
        return True
    return any(
        sum(_is_long(paragraph) for paragraph in cell.iterdescendants("p")) >= FEWEST_PARAGRAPHS
        for cell in table.iterdescendants("td")
    )


def _is_long(paragraph: Any) -> bool:
    return "".join(paragraph.itertext()).count(" ") > LONG


def _own_parts(table: Any) -> Iterator[Any]:
    """Yield the rows and cells of a table, not those of tables inside it."""
    waiting = list(table)
    while waiting:
        part = waiting.pop()
        if part.tag in ("thead", "tbody", "tfoot", "tr"):
            waiting += part
            yield part
        elif part.tag in ("td", "th"):
            yield part


def _with_table_heads(body: str) -> str:
    """Add the line that makes rows a table where the page marks no head."""
    lines = body.split("\n")
    out: list[str] = []
    for number, line in enumerate(lines):
        out.append(line)
        is_first = line.startswith("|") and not (number and lines[number - 1].startswith("|"))
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if is_first and following.startswith("|") and not RULE.match(following):
            out.append("|" + " --- |" * (line.count("|") - 1))
    return "\n".join(out)


def _without_menus(body: str, page: PageMetadata) -> str:
    """Remove lines that are menu links: a short page is sometimes extracted whole."""
    links: set[str] = set()
    in_menu: set[Any] = set()
    for element in page.tree.iter():
        if element.getparent() in in_menu or _is_menu(element):
            in_menu.add(element)
            if element.tag == "a":
                links.add(" ".join("".join(element.itertext()).split()))
    return "\n".join(line for line in body.split("\n") if line.strip(" -*") not in links or not line.strip()).strip()


def _is_menu(element: Any) -> bool:
    if element.tag == "nav":
        return True
    return isinstance(element.tag, str) and bool(MENU.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


def _decoded(raw: bytes, charset: str | None) -> str:
    """Decode by the encoding that the server or the page declares, or else by detection."""
    said = CHARSET.search(raw[:4096])
    text = as_text(raw, charset or (said[1].decode("ascii") if said else None))
    if text is None:
        raise ImportFailedError("cannot read this web page: it is not text, or its encoding is not known")
    return text


def _url(value: str | None) -> str | None:
    try:
        return FrontMatter(url=value).url if value else None  # type: ignore[call-arg]
    except ValueError:
        return None
