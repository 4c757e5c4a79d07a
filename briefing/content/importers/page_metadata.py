"""What a web page says about its article, and on what that is based: headline, date, authors, publisher, address.

Machine-readable statements (JSON-LD, meta elements, microdata) and visible lines are collected as candidates. What says
that it is the day of publication wins over a day of change; areas with comments and related articles are not looked at.

    read_page(text).published()   ->   Chosen("2021-05-04", "“Published: 4 May 2021” on the page", ())
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from itertools import islice
from typing import Any

from briefing.content import edtf
from briefing.content.importers import clues
from briefing.content.importers.clues import FoundDate
from briefing.lexicon import load

LARGEST_SCRIPT = 1_000_000  # characters of JSON-LD
MOST_BLOCKS = 3_000  # short lines of a page that are looked at
LONGEST_BLOCK = 160  # characters of a line of dates or a byline


@dataclass(frozen=True, slots=True)
class Chosen:
    value: str | None
    basis: str = ""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    date: FoundDate
    basis: str
    rank: int  # the lowest is the best evidence; CHANGED and above are no dates of publication


CHANGED = 90
MOST_WORDS_OF_SITE = 4
FIRST_LINES = 8
FIRST_PUBLISHED = re.compile(r"first published|originally published|first posted", re.IGNORECASE)

# Areas of a page that speak of other articles or of readers.
NOISE = re.compile(
    r"comment|disqus|respond|related|recommend|sidebar|side-bar|aside|footer|teaser|promo|widget|popular|trending|newsletter|breadcrumb"
    r"|most-?(?:read|viewed|shared)|read-?(?:more|next|also)|more-(?:news|stories|articles|from)|latest|share|social|cookie|banner|advert"
    r"|menu|nav(?:bar|igation)?(?![a-z])|archive|tag-?cloud|up-?next|also-?like|profile-card|author-(?:bio|box|info)",
    re.IGNORECASE,
)
HEADINGS = ("h2", "h3", "h4", "h5", "h6", "p", "div", "strong", "summary")
AFTER = re.compile(
    rf"\W{{0,3}}\d{{0,6}}\s{{0,3}}(?:{clues.any_of(clues.WORDS.after_article)})(?:\W{{0,3}}\(?\d{{0,6}}\)?)\W{{0,3}}$",
    re.IGNORECASE,
)
LONG_PARAGRAPH = 15  # words
MOST_HEADINGS = 50
MOST_LARGE = 200
NOISE_TAGS = frozenset(["nav", "aside", "footer", "script", "style", "noscript", "form", "iframe", "svg", "template"])
MAIN_SHARE = 0.5  # of a page's words: an area with more is not beside the article
UPDATED_CLASS = re.compile(r"updat|modif|edited|changed", re.IGNORECASE)
PUBLISHED_CLASS = re.compile(
    r"publi|posted|created|entry-date|post-date|dateline|issued|article-?date|byline|story-?date", re.IGNORECASE
)
AUTHOR_CLASS = re.compile(
    r"(?:^|[\s_-])(?:author|byline|byl|by-line|writer|reporter)(?:s|name|-name|_name)?(?:$|[\s_-])", re.IGNORECASE
)
SITE_CLASS = re.compile(r"site|logo|brand|masthead|blog-?(?:title|name)|header__|page-?header", re.IGNORECASE)
SEPARATORS = re.compile(r"\s+[|–—»«·•›:]+\s+|\s+-+\s+|\s*[|»]\s*|\s::\s")
URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
DAY_FIRST = re.compile(
    r"^(?:de|fr|es|it|pt|nl|da|sv|nb|nn|no|fi|pl|cs|sk|ru|uk|hu|tr|el|ro|bg|hr|sr|sl|id|vi|en-(?:GB|AU|NZ|IE|IN|ZA))(?:-|_|$)",
    re.IGNORECASE,
)


def read_page(text: str, url: str | None = None) -> PageMetadata:
    from trafilatura.utils import load_html

    return PageMetadata(load_html(text), url)


class PageMetadata:
    """The statements of one page about its article."""

    def __init__(self, tree: Any, url: str | None) -> None:
        self.tree = tree
        self.url = url

    # --- the page

    @cached_property
    def main(self) -> Any:
        """The page without comments, related articles, menus and footers."""
        tree = deepcopy(self.tree)
        total = max(1, sum(len(t) for t in tree.itertext()))
        sizes = _sizes(tree)
        noisy = [
            e for e in tree.iter() if isinstance(e.tag, str) and _is_noise(e) and sizes.get(e, 0) < MAIN_SHARE * total
        ]
        for element in noisy:
            parent = element.getparent()
            if parent is not None:
                _drop(element)
        after = (e for e in list(tree.iter(*HEADINGS)) if AFTER.match((_short_text(e) or "")[:80]))
        for heading in islice(after, MOST_HEADINGS):
            below = list(heading.itersiblings())
            if sum(sizes.get(e, 0) for e in below) < MAIN_SHARE * total:
                for element in (*below, heading):
                    _drop(element)
        return tree

    @cached_property
    def late(self) -> set[Any]:
        """The elements below the third long paragraph, or the last: no byline or dateline without a label is there."""
        order = list(self.main.iter())
        long = [n for n, e in enumerate(order) if e.tag == "p" and len("".join(e.itertext()).split()) >= LONG_PARAGRAPH]
        return set(order[long[:3][-1] :]) if long else set()

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for element in self.tree.iter("meta"):
            name = next((n for key in ("property", "name", "http-equiv", "itemprop") if (n := element.get(key))), "")
            content = clues.one_line(element.get("content"))
            if content and len(found) < MOST_BLOCKS:
                found.setdefault(name.strip().lower(), []).append(content)
        return found

    def meta(self, *names: str) -> str | None:
        return next((self.metas[name][0] for name in names if name in self.metas), None)

    @cached_property
    def article(self) -> dict[str, Any]:
        """What JSON-LD says about the article, or an empty mapping."""
        found = [
            d
            for d in self._json_ld()
            if _types(d) & clues.WORDS.article_types or (_types(d) & PAGES and "datePublished" in d)
        ]
        found.sort(key=lambda d: not _types(d) & clues.WORDS.article_types)
        headings = {_key(h) for h in (*self.headings, self.document_title) if h}
        matching = [d for d in found if _key(str(d.get("headline") or d.get("name") or "")) in headings]
        return (matching or found or [{}])[0]

    def _json_ld(self) -> Iterator[dict[str, Any]]:
        for script in self.tree.iter("script"):
            text = script.text or ""
            if "ld+json" not in (script.get("type") or "") or len(text) > LARGEST_SCRIPT:
                continue
            try:
                waiting = [
                    json.loads(re.sub(r"^\s*(?:<!--|//<!\[CDATA\[)|(?:-->|//\]\]>)\s*$", "", text), strict=False)
                ]
            except (ValueError, RecursionError):
                continue
            while waiting:
                value = waiting.pop(0)
                if isinstance(value, list):
                    waiting += value[:200]
                elif isinstance(value, dict):
                    yield value
                    waiting += [
                        value[key]
                        for key in ("@graph", "mainEntity", "mainEntityOfPage")
                        if isinstance(value.get(key), list | dict)
                    ]

    @cached_property
    def document_title(self) -> str | None:
        found = next(self.tree.iter("title"), None)
        return _line("".join(found.itertext())) if found is not None else None

    @cached_property
    def headings(self) -> list[str]:
        """The large headings of the page, the largest first."""
        return _headings(self.main)

    @cached_property
    def blocks(self) -> list[str]:
        """The short lines of the page, in order: datelines, bylines, labels."""
        found = []
        for element in self.main.iter(
            "p",
            "div",
            "span",
            "li",
            "td",
            "small",
            "em",
            "i",
            "b",
            "strong",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "section",
            "address",
            "dd",
            "dt",
            "a",
        ):
            words = _short_text(element)
            if words:
                found.append(words)
            if len(found) >= MOST_BLOCKS:
                break
        return found

    # --- headline

    @cached_property
    def site_names(self) -> tuple[str, ...]:
        publisher = self.article.get("publisher")
        named = publisher[0] if isinstance(publisher, list) and publisher else publisher
        given = named.get("name") if isinstance(named, dict) else named
        values = (
            self.meta(
                "og:site_name", "application-name", "twitter:site:name", "dc.publisher", "citation_journal_title"
            ),
            given if isinstance(given, str) else None,
        )
        return tuple(
            dict.fromkeys(name for value in values if (name := clues.one_line(value)) and "." not in name[-4:])
        )

    def publisher(self) -> Chosen:
        if self.site_names:
            return Chosen(self.site_names[0], "page metadata")
        parts = SEPARATORS.split(self.document_title or "")
        last = parts[-1].strip()
        named = len(parts) > 1 and any(_key(h) in map(_key, parts[:-1]) for h in self.headings)
        if (
            named
            and last[:1].isupper()
            and len(last.split()) <= MOST_WORDS_OF_SITE + 1
            and last.casefold() not in SECTIONS
        ):
            return Chosen(last, "end of the page's title")
        return Chosen(None)

    def title(self) -> Chosen:
        """Return the headline: a heading that the page's title repeats, which the site's name is not."""
        given = [
            _line(self.meta("og:title", "twitter:title", "dc.title", "citation_title")),
            _text(self.article.get("headline")),
        ]
        titles = [title for title in (*given, self.document_title) if title]
        for heading in sorted({*self.headings, *_headings(self.tree)}, key=lambda h: (-len(h), h)):
            if (
                clues.is_headline(heading)
                and any(_contains(title, heading) for title in titles)
                and not self._is_site(heading)
            ):
                return Chosen(heading, "heading that the page's title repeats")
        large = next((h for h in self.headings if len(h.split()) > MOST_WORDS_OF_SITE and clues.is_headline(h)), None)
        for title in titles:
            stripped = self._without_site(title)
            if large and len(stripped.split()) <= MOST_WORDS_OF_SITE:
                continue  # the name of the site alone
            if clues.is_headline(stripped) and not self._is_site(stripped):
                return Chosen(stripped, "page title" if title == self.document_title else "page metadata")
        for heading in self.headings:
            if clues.is_headline(heading) and not self._is_site(heading):
                doubt = "the headline is the largest heading of the page: check it"
                return Chosen(heading, "heading", (doubt,) if titles else ())
        short = next((self._without_site(title) for title in titles), None)
        return (
            Chosen(short, "page title")
            if short and not self._is_site(short)
            else Chosen(None, "", ("no headline found",))
        )

    def _is_site(self, words: str) -> bool:
        return _key(words) in {_key(name) for name in self.site_names}

    def _without_site(self, title: str) -> str:
        """Remove the site's name and section from a title; a part without evidence that it is one stays."""
        parts = [part for part in SEPARATORS.split(title) if part.strip()]
        if len(parts) < 2:
            return title
        label = [part for part in parts if part.casefold().strip() in clues.WORDS.no_headline]
        if label and len(parts) == 2 and len(title.split()) < 8 and self.headings:
            return label[0]  # `Press release - Harbour Works Ltd.`: the headline is below
        names = {_key(name) for name in (*self.site_names, *label)}
        names |= {_key(h) for h in self.headings if len(h.split()) <= 6}
        host = _key(re.sub(r"^https?://(?:www\.)?|\.[a-z]{2,6}(?:/.*)?$", "", self.url or ""))
        kept = [part for part in parts if _key(part) not in names and not (host and _key(part) == host)]
        if 0 < len(kept) < len(parts):
            return self._rejoined(title, kept)
        longest = max(parts, key=len)
        if len(longest.split()) > MOST_WORDS_OF_SITE and _key(longest) in {_key(block) for block in self.blocks}:
            return longest.strip()
        others = [part for part in parts if part is not longest]
        if (
            "|" in title
            or "»" in title
            or all(
                len(part.split()) <= 4 and part[:1].isupper() and len(longest.split()) >= 2 * len(part.split())
                for part in others
            )
        ):
            return longest.strip()
        return title

    @staticmethod
    def _rejoined(title: str, kept: list[str]) -> str:
        start, end = title.find(kept[0]), title.rfind(kept[-1]) + len(kept[-1])
        return title[start:end].strip()

    # --- date

    def published(self, body: str = "") -> Chosen:
        found = sorted(self._dates(body), key=lambda c: c.rank)
        sure = [c for c in found if c.rank < CHANGED]
        if not sure:
            named = _named(found)
            more = f". The page gives only {named}" if named else ""
            return Chosen(None, "", (f"no date found: if you know it, add `published:`{more}",))
        best = _settled(sure)
        doubts = []
        if not best.date.certain:
            doubts.append(clues.doubt_of(best.date))
        elif best.basis.endswith(READ_AS):
            doubts.append(
                f"the date {best.date.words} can be read in two ways; it was read as {best.date.edtf}: check it"
            )
        if others := [c for c in found if _disagrees(c, best)]:
            doubts.append(
                f"the page gives several dates: {best.date.edtf} ({best.basis}) was used, not {_named(others)}"
            )
        if best.rank >= FIRST_LINES:
            doubts.append(f"the date {best.date.edtf} is from the first lines: check that it is the publication date")
        return Chosen(best.date.edtf, best.basis, tuple(doubts))

    @cached_property
    def day_first(self) -> bool | None:
        """Whether days come before months in dates such as 03/04/2024, by other dates on the page or its language."""
        seen = set()
        for block in self.blocks:
            for match in clues.NUMERIC.finditer(block):
                first, second = int(match[1]), int(match[3])
                if match[2] == "/" and (first > 12) != (second > 12):
                    seen.add(first > 12)
        if len(seen) == 1:
            return seen.pop()
        language = (
            next((e.get("lang") or "" for e in self.tree.iter("html")), "")
            or self.meta("og:locale", "content-language")
            or ""
        )
        return True if not seen and DAY_FIRST.match(language.replace("_", "-")) else None

    def _date(self, value: object, basis: str, rank: int) -> Iterator[Candidate]:
        if _is_unset(value):
            return
        text = (
            re.sub(r"\b((?:19|20)\d\d)(\d\d)(\d\d)T\d{4,6}", r"\1-\2-\3", str(value)) if isinstance(value, str) else ""
        )
        found = clues.date_in(text)
        if found and not found.certain and self.day_first is not None:
            read = clues.date_in(text, self.day_first)
            found, basis = (read, f"{basis}{READ_AS}") if read else (found, basis)
        if found:
            yield Candidate(found, basis, rank)

    def _dates(self, body: str) -> Iterator[Candidate]:
        yield from self._date(self.article.get("datePublished"), "JSON-LD datePublished", 1)
        yield from self._date(self.article.get("dateModified"), "JSON-LD dateModified", CHANGED)
        for rank, label, names in (
            (2, "", clues.WORDS.meta_published),
            (CHANGED, "changed, ", clues.WORDS.meta_changed),
        ):
            for name in names:
                for content in self.metas.get(name, [])[:3]:
                    yield from self._date(content, f"{label}meta {name}", rank)
        yield from self._marked_dates()
        yield from self._visible_dates(body)
        for address in (self.url, self._canonical()):
            if (
                address
                and (match := URL_DATE.search(address))
                and (day := edtf.as_edtf(int(match[1]), int(match[2]), int(match[3])))
            ):
                yield Candidate(FoundDate(day, words=match[0]), "web address", 6)

    def _marked_dates(self) -> Iterator[Candidate]:
        """Yield dates in `time` elements, microdata and elements whose class says what they are."""
        for number, element in enumerate(
            self.main.iter("time", "span", "abbr", "meta", "p", "div", "small", "em", "li")
        ):
            if number > 4 * MOST_BLOCKS:
                return
            property_, classes = (element.get("itemprop") or "").lower(), element.get("class") or ""
            is_time = element.tag == "time"
            if not (is_time or "date" in property_ or (classes and PUBLISHED_CLASS.search(classes))):
                continue
            words = _short_text(element) or ""
            value = next(
                (v for key in ("datetime", "content", "title") if (v := element.get(key)) and re.search(r"\d{4}", v)),
                None,
            )
            around = f"{classes} {property_}" + (
                f" {_before(element)} {element.getparent().get('class') or ''}" if is_time else ""
            )
            if "modif" in property_ or UPDATED_CLASS.search(around):
                yield from self._date(value or words, "updated, on the page", CHANGED + 1)
            elif "datepublished" in property_ or "datecreated" in property_:
                yield from self._date(value or words, "microdata datePublished", 3)
            elif is_time:
                if element in self.late and not PUBLISHED_CLASS.search(around):
                    continue
                clear = element.get("pubdate") is not None or PUBLISHED_CLASS.search(around)
                yield from self._date(value or words, "time element on the page", 4 if clear else 7)
            elif len(words) < 60:
                labelled = clues.dates_of_line(words)
                rank = CHANGED + 1 if labelled and labelled[0].label in ("changed", "event") else 7
                yield from self._date(words, f"“{words}” on the page", rank)

    def _visible_dates(self, body: str) -> Iterator[Candidate]:
        for words in dict.fromkeys(self.blocks):
            dates = clues.dates_of_line(words, self.day_first)
            if not dates or not clues.is_date_line(words, dates[0]):
                continue
            for labelled in dates:
                if labelled.label in ("changed", "event"):
                    yield Candidate(
                        labelled.date,
                        f"{'updated' if labelled.label == 'changed' else 'not of publication'}, on the page",
                        CHANGED + 2,
                    )
                elif labelled.label == "published":
                    first = FIRST_PUBLISHED.search(words) is not None
                    shown = f"“{words[:60]}” on the page"
                    yield from self._date(labelled.date.words, shown, 0 if first else 5)
        chosen, _ = clues.date_at_top(body)
        if chosen:
            yield from self._date(
                chosen.date.words,
                f"“{chosen.date.words}” in the first lines",
                5 if chosen.label == "published" else FIRST_LINES,
            )

    def _canonical(self) -> str | None:
        links = (e.get("href") for e in self.tree.iter("link") if (e.get("rel") or "").lower() == "canonical")
        return next((h for h in links if h), None) or self.meta("og:url")

    def address(self) -> str | None:
        return self._canonical()

    # --- authors

    def author(self, body: str = "") -> Chosen:
        publisher = self.site_names[0] if self.site_names else None
        sources = (
            ("JSON-LD author", self._authors_of_json()),
            (
                "page metadata",
                [v for name in clues.WORDS.meta_author for v in self.metas.get(name, [])[:10] if "://" not in v],
            ),
            ("byline", self._marked_authors()),
            ("byline", [line for line in self.blocks[:60] if clues.BY_LINE.match(line)]),
        )
        for basis, values in sources:
            names = clues.authors_in(*values, publisher=publisher)
            if names:
                return Chosen("; ".join(names), basis)
        names = clues.byline_at_top(body)
        return Chosen("; ".join(names), "byline") if names else Chosen(None)

    def _authors_of_json(self) -> list[str]:
        value = self.article.get("author")
        people = value if isinstance(value, list) else [value]
        names = []
        for person in people[: clues.MOST_AUTHORS]:
            if isinstance(person, dict) and "Organization" in str(person.get("@type", "")):
                continue
            name = person.get("name") if isinstance(person, dict) else person
            names += [n for n in (name if isinstance(name, list) else [name]) if isinstance(n, str) and "://" not in n]
        return names

    def _marked_authors(self) -> list[str]:
        """Return the words of elements that are marked as the article's author; the innermost where they are nested."""
        found: list[str] = []
        for element in self.main.iter(
            "a", "span", "p", "div", "address", "li", "h3", "h4", "h5", "h6", "cite", "em", "strong", "b", "small"
        ):
            rel, property_, classes = (
                element.get("rel") or "",
                element.get("itemprop") or "",
                element.get("class") or "",
            )
            marked = classes and AUTHOR_CLASS.search(classes) and element not in self.late
            if "author" in rel or "author" in property_ or marked:
                words = _short_text(element)
                if words and len(found) < 20:
                    found.append(words)
        return found


ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]\w{1,31});", re.IGNORECASE)
EPOCH = datetime.fromtimestamp(0, UTC)
READ_AS = ", with the order of day and month as elsewhere on the page"
SECTIONS = load("website-words", dict[str, frozenset[str]])["sections"] | clues.WORDS.no_headline
PAGES = frozenset(["WebPage", "ItemPage", "CreativeWork"])


def _is_unset(value: object) -> bool:
    """Tell whether a time is the zero of computers' clocks, which programs write where no time was given.

    >>> _is_unset("1969-12-31T16:00:00-08:00"), _is_unset("1970-01-01T09:30:00Z"), _is_unset("1 January 1970")
    (True, False, False)
    """
    try:
        time = datetime.fromisoformat(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return False
    return time is not None and (time if time.tzinfo else time.replace(tzinfo=UTC)) == EPOCH


def _types(value: dict[str, Any]) -> frozenset[str]:
    kind = value.get("@type")
    return frozenset(str(k) for k in (kind if isinstance(kind, list) else [kind]))


def _text(value: object) -> str | None:
    return _line(value) if isinstance(value, str) else None


def _line(value: str | None) -> str | None:
    """Return a headline as a reader should see it: without what was encoded twice and without places to divide words.

    >>> _line("Tin &amp; copper &#8217;24 in Har\u00adbour")
    'Tin & copper ’24 in Harbour'
    """
    return clues.one_line(ENTITY.sub(lambda entity: html.unescape(entity[0]), value or "").replace("\u00ad", ""))


def _shown(heading: Any) -> str:
    """Return the words of a heading; a line break divides words as a space does."""
    return "".join(
        text
        for element in heading.iter()
        for text in (
            " " if element.tag == "br" else (element.text or "") * isinstance(element.tag, str),
            (element.tail or "") if element is not heading else "",
        )
    )


def _headings(tree: Any) -> list[str]:
    found = (_shown(element) for tag in ("h1", "h2") for element in tree.iter(tag))
    return [words for words in map(_line, islice(found, MOST_LARGE)) if words]


def _key(words: str) -> str:
    return re.sub(r"[\W_]+", "", words.casefold())


def _contains(title: str, heading: str) -> bool:
    """Tell whether a page's title consists of this heading and perhaps the names of site and section."""
    whole, part = _key(title), _key(heading)
    if whole == part:
        return bool(part)
    shown = re.split(rf"{SEPARATORS.pattern}|:\s", title)
    if any(
        p.strip().endswith(("...", "…")) and part.startswith(_key(p)) and len(p.split()) > MOST_WORDS_OF_SITE
        for p in shown
    ):
        return True  # cut short
    parts = [_key(p) for p in shown]
    return (
        any("".join(parts[a:b]) == part for a in range(len(parts)) for b in range(a + 1, len(parts) + 1))
        and 2 * len(part) > len(whole) - 1
    )


def _drop(element: Any) -> None:
    """Remove an element, but not the words behind it."""
    if element.getparent() is not None:
        element.drop_tree()


def _is_noise(element: Any) -> bool:
    if element.tag in ("html", "body", "main", "article", "h1", "time"):
        return False
    if element.tag in NOISE_TAGS:
        return True
    return bool(NOISE.search(f"{element.get('class') or ''} {element.get('id') or ''}"[:500]))


def _sizes(tree: Any) -> dict[Any, int]:
    """Return the number of characters below each element."""
    sizes: dict[Any, int] = {}
    order = list(tree.iter())
    for element in reversed(order):
        own = len(element.text or "") if isinstance(element.tag, str) else 0
        sizes[element] = own + sum(sizes.get(child, 0) + len(child.tail or "") for child in element)
    return sizes


def _short_text(element: Any) -> str | None:
    """Return the words of an element if they are a short line."""
    pieces: list[str] = []
    length = 0
    for text in element.itertext():
        pieces.append(text)
        length += len(text.strip())
        if length > LONGEST_BLOCK:
            return None
    return clues.one_line(" ".join(pieces))


def _before(element: Any) -> str:
    """Return the words just before an element, such as `Updated`."""
    previous = element.getprevious()
    words = (previous.tail if previous is not None else element.getparent().text) or ""
    if not words.strip() and previous is not None:
        words = _short_text(previous) or ""
    return str(words)[-40:]


def _named(candidates: list[Candidate]) -> str:
    return ", ".join(list(dict.fromkeys(f"{c.date.edtf} ({c.basis})" for c in candidates))[:3])


def _disagrees(candidate: Candidate, best: Candidate) -> bool:
    """Tell whether a reader should know of a second date: of publication, or of a change that the page shows."""
    counts = candidate.date.certain and (candidate.rank < CHANGED or "on the page" in candidate.basis)
    return counts and not _same(candidate.date, best.date)


def _same(one: FoundDate, other: FoundDate) -> bool:
    return one.edtf.startswith(other.edtf) or other.edtf.startswith(one.edtf)


def _settled(sure: list[Candidate]) -> Candidate:
    """Return the best candidate; a date that can be read in two ways is settled by another that agrees with one."""
    best = sure[0]
    if not best.date.certain and (numeric := clues.NUMERIC.search(best.date.words)):
        year, first, second = numeric[4], int(numeric[1]), int(numeric[3])
        readings = {f"{year}-{a:02}-{b:02}" for a, b in ((first, second), (second, first))}
        agreeing = next((c for c in sure if c.date.certain and c.date.edtf in readings), None)
        if agreeing:
            return replace(agreeing, basis=f"{agreeing.basis}, which agrees with {best.date.words}")
    if len(best.date.edtf) < 10 and best.date.certain:
        fuller = next(
            (c for c in sure if c.date.certain and len(c.date.edtf) == 10 and c.date.edtf.startswith(best.date.edtf)),
            None,
        )
        return fuller or best
    return best
