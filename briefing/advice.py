"""A source that can be published -> what its contributor may still want to mend.

Nothing here stops a build. Each piece of advice says what was found, what would be better and, where that is
plain, the words to paste.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from briefing.absolute_dates import find_date
from briefing.clean import clean
from briefing.errors import ContentError, Problem
from briefing.identify import find_language
from briefing.ids import slug
from briefing.mend import misplaced_head
from briefing.model import Article, Meta, Source
from briefing.read import PLACEHOLDER, SUFFIXES, split_front_matter
from briefing.yaml_text import quote

SHORTEST = 40  # words; a text of fewer is often a teaser above a paywall
SURE_OF_LANGUAGE = 60  # words from which a language is told with certainty
FIRST_YEAR = 1800  # before which no article in an archive of news was published
TAGS = 8  # HTML tags that make a text a web page that was saved as it is
TAG = re.compile(r"</?(?:p|div|span|br|a|table|tr|td|ul|li|h[1-6]|script|style|img)\b[^<>]{0,300}>", re.IGNORECASE)
WORD = re.compile(r"\w+")
WHOLE_PAGE = re.compile(r"\s*<(?:!doctype|html|head|body)\b", re.IGNORECASE)
ONLY_A_LINK = re.compile(r"<?(https?://[^\s<>]+)>?")
PARAGRAPH = 60  # characters of a line that stands in a text once only
TWICE = 0.35  # of a text in lines that stand there before: half of it was pasted twice

# Endings of files that hold an article which is passed over, and what helps.
OTHER_TEXTS = {".markdown", ".mdown", ".mkd", ".text"}
IMPORTABLE = {".html", ".htm", ".pdf", ".docx", ".eml"}
OTHER_DOCUMENTS = {".doc", ".rtf", ".odt", ".pages", ".epub", ".mht"}
NO_TEXTS = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".mp3", ".mp4", ".csv", ".xls", ".xlsx", ".zip"}


@dataclass(frozen=True, slots=True)
class Look:
    """A source as it lies on the disk and as it was understood."""

    path: Path
    raw: bytes
    source: Source
    article: Article
    today: date

    def advise(self, line: int, column: int, code: str, found: str, right: str, fix: str = "") -> Problem:
        return Problem(self.source.path, line, column, code, found, right, fix, "advice")


def advise(path: Path, source: Source, today: date) -> list[Problem]:
    look = Look(path, path.read_bytes(), source, clean(source), today)
    found = [problem for rule in RULES for problem in rule(look)]
    codes = {p.code for p in found}
    if "front-matter-form" in codes:
        return [p for p in found if p.code not in ("no-title", "no-date", "several-articles")]  # they may stand there
    if "only-a-link" in codes:
        return [p for p in found if p.code not in ("no-title", "no-date")]  # the article will bring them
    return found


# --- the file ----------------------------------------------------------------------------------


def form_of_the_file(look: Look) -> Iterator[Problem]:
    if look.source.encoding == "utf-8":
        if look.raw.startswith(b"\xef\xbb\xbf"):
            found = "this file begins with a byte order mark, which no reader sees"
            yield look.advise(1, 1, "line-ends", found, "Save it as UTF-8 without one.")
        if b"\r" in look.raw:
            found, right = "this file has the line ends of another system", "Save it with the line ends of Unix (LF)."
            yield look.advise(look.raw.split(b"\r")[0].count(b"\n") + 1, 1, "line-ends", found, right)
    else:
        found = f"this file was read as {look.source.encoding}"
        yield look.advise(1, 1, "encoding", found, "If a letter looks wrong on the page, save the file as UTF-8.")
    if problem := file_name(look.path, look.source.path):
        yield problem


def file_name(path: Path, label: str) -> Problem | None:
    if twice := ends_twice(path):
        found = f"`{path.name}` ends twice, as some editors make it"
        advice = f"Rename it to {twice}, unless its page is published already: the name is its address."
        return Problem(label, 0, 0, "file-name", found, advice, "", "advice")
    right = slug(path.stem) + path.suffix.lower()
    if path.name == right:
        return None
    found = f"`{path.name}` is awkward as a file's name"
    return Problem(label, 0, 0, "file-name", found, f"Rename it to {right}; its address stays the same.", "", "advice")


def ends_twice(path: Path) -> str:
    """`quay.md` of `quay.md.txt`; empty for other names."""
    return path.stem if Path(path.stem).suffix.lower() in SUFFIXES and slug(Path(path.stem).stem) else ""


def not_read(path: Path, label: str) -> Problem | None:
    """Advice about a file of the folder that looks like an article and is passed over."""
    ending = path.suffix.lower()
    if ending in SUFFIXES or path.name.startswith("~$"):  # Word's own, while a document is open
        return None
    if ending in OTHER_TEXTS:
        right = f"Rename it to {path.stem}.md."
    elif ending in IMPORTABLE:
        right = f'Make an article of it: python build.py import "{label}"'
    elif ending in OTHER_DOCUMENTS:
        right = "Save it as .docx or as plain text, then import it: python build.py import FILE"
    elif ending in NO_TEXTS:
        right = "Only the words of an article are kept: take this file out of the folder."
    else:
        return None
    return Problem(label, 0, 0, "not-read", f"`{ending}` files are passed over", right, "", "advice")


# --- front matter ------------------------------------------------------------------------------


def front_matter(look: Look) -> Iterator[Problem]:
    if look.source.meta != Meta():
        return
    misplaced = misplaced_head(look.source.body)
    if misplaced:
        found = "these lines look like front matter, but are read as a part of the text"
        right = "Front matter stands at the very top, between two lines of three hyphens."
        yield look.advise(look.source.body_line, 1, "front-matter-form", found, right, misplaced.head)


def dates(look: Look) -> Iterator[Problem]:
    given, line = look.source.meta.published, _line_of(look, "published")
    named = find_date(slug(look.path.stem))
    if given is None:
        if look.article.published.edtf is None:
            right = "Add a line `published: ...` if the date is known: 2023-09-25, 2023-09 or 2023."
            yield look.advise(1, 1, "no-date", "no date of publication is given or found", right)
        return
    year = re.match(r"\d{4}", given)
    if year and int(year[0]) < FIRST_YEAR:
        yield look.advise(line, 1, "unlikely-date", f"`{given}` is very long ago", "Is the year right?")
    elif re.fullmatch(r"\d{4}-\d\d-\d\d", given) and given > look.today.isoformat():
        yield look.advise(line, 1, "unlikely-date", f"`{given}` is still to come", "Is the date right?")
    if named and named.start == 0 and not (named.edtf.startswith(given) or given.startswith(named.edtf)):
        found = f"the file's name says {named.edtf}, `published` says {given}"
        yield look.advise(line, 1, "dates-disagree", found, "The front matter counts. Is it right?")


def title(look: Look) -> Iterator[Problem]:
    if look.article.title.basis == "derived":
        found = f"no headline is given or found; the page will be called “{look.article.title.value}”"
        fix = f"title: {quote(look.article.title.value)}"
        yield look.advise(1, 1, "no-title", found, "Add a line `title: ...` with the article's own headline.", fix)


def language(look: Look) -> Iterator[Problem]:
    given = look.source.meta.language
    if given is None or len(WORD.findall(look.article.text[:5000])) < SURE_OF_LANGUAGE:
        return
    found = find_language(Meta(), look.article.text)
    if found.split("-")[0] != given.split("-")[0]:
        what = f"`language` says {given}, but the text reads like {found}"
        yield look.advise(
            _line_of(look, "language"), 1, "language-disagrees", what, "Correct the line or leave it out."
        )


def _line_of(look: Look, key: str) -> int:
    lines = look.raw.decode("utf-8", "replace").splitlines()[: look.source.body_line]
    return next((n for n, line in enumerate(lines, 1) if line.lstrip().startswith(f"{key}:")), 1)


# --- the text ----------------------------------------------------------------------------------


def text(look: Look) -> Iterator[Problem]:
    line, body = look.source.body_line, look.article.text
    if PLACEHOLDER in body:
        at = line + body[: body.index(PLACEHOLDER)].count("\n")
        yield look.advise(
            at, 1, "placeholder", "the article's text is still missing", "Put it in the place of this line."
        )
        return
    if link := ONLY_A_LINK.fullmatch(body.strip()):
        right = f"Fetch the article that stands there: python build.py import {link[1]}"
        yield look.advise(line, 1, "only-a-link", "there is nothing here but an address", right)
        return
    tags = [m.start() for m in TAG.finditer(body)]
    if len(tags) >= TAGS or (tags and WHOLE_PAGE.match(body)):
        at = line + body[: tags[0]].count("\n")
        right = "Save the page as .html and make an article of it: python build.py import FILE.html"
        yield look.advise(at, 1, "html-text", f"this text has {len(tags)} HTML tags in it", right)
    removed = sum(r.end - r.start for r in look.article.removed)
    words = len(WORD.findall(body))
    if removed and removed >= 0.95 * len(body.strip()):
        found = "nearly all of this text is taken for advertisements or navigation and set aside"
        yield look.advise(line, 1, "nothing-left", found, "Put the article's own text here.")
    elif words < SHORTEST and body.isascii():
        right = "Is the rest behind a paywall or on another page? Nothing has to be done if this is all."
        yield look.advise(line, 1, "short-text", f"this article has {words} words", right)


def text_once(look: Look) -> Iterator[Problem]:
    """An article pasted twice, and two articles in one file."""
    lines = look.source.body.split("\n")
    first: dict[str, int] = {}
    again: list[int] = []
    for number, written in enumerate(lines):
        words = " ".join(written.split())
        if len(words) >= PARAGRAPH and first.setdefault(words, number) != number:
            again.append(number)
    whole = sum(len(" ".join(written.split())) for written in lines)
    if again and sum(len(lines[n]) for n in again) >= TWICE * whole:
        at, before = look.source.body_line + again[0], look.source.body_line + first[" ".join(lines[again[0]].split())]
        found = f"from here on the text of line {before} and below stands a second time"
        yield look.advise(at, 1, "text-twice", found, "Was it pasted twice? Take out the second.")
    for number, written in enumerate(lines):
        if number and written.rstrip() == "---" and _is_head(lines[number:]):
            found = "another front matter begins here, as if a second article did"
            right = "Put the second article into a file of its own; of this file one page is made."
            yield look.advise(look.source.body_line + number, 1, "several-articles", found, right)
            return


def _is_head(lines: list[str]) -> bool:
    try:
        return split_front_matter("\n".join(lines), Path()).head is not None
    except ContentError:
        return False


RULES = (form_of_the_file, front_matter, dates, title, language, text, text_once)
