"""Advice on a source that can be published: problems its contributor may want to fix.

Nothing here stops a build. Each piece of advice says what was found, what to write instead and, where that is
clear, the text to paste.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from briefing.clean import clean
from briefing.content.decoding import decode
from briefing.content.edtf import find_date
from briefing.content.field_types import OTHER_WORDS
from briefing.content.identifiers import NO_ENTRIES, slug
from briefing.content.problems import ContentError, Problem, plural
from briefing.content.sources import NO_SOURCES, PLACEHOLDER, SUFFIXES, split_front_matter
from briefing.content.yaml_source import quote
from briefing.corrections.files import SUFFIX
from briefing.lexicon import COMMAND
from briefing.link.match import find_occurrences
from briefing.model import Actor, Alias, Article, Meta, Source
from briefing.registry import Registry
from briefing.registry.name_variants import key, spellings
from briefing.text.metadata import find_language
from briefing.validate.fixes import OTHER_TEXTS, ends_twice, misplaced_head

MIN_TEXTS = 10  # that name an actor; fewer say nothing about its other names


def unused_aliases(registry: Registry, texts: Iterable[str]) -> dict[str, tuple[Alias, ...]]:
    """Return the aliases that no text contains, of actors that many texts name: {"china": ("Cathay",)}.

    An alias in a script that the texts are not written in is never reported.
    """
    used: defaultdict[str, set[str]] = defaultdict(set)
    texts_with: Counter[str] = Counter()
    for text in texts:
        here: set[str] = set()
        for found in find_occurrences(text, registry):
            for term in found.terms:
                used[term.actor].add(key(text[found.start : found.end]))
                here.add(term.actor)
        texts_with.update(here)
    often = sorted(actor for actor, count in texts_with.items() if count >= MIN_TEXTS)
    missed = {actor: tuple(_unused(registry.by_id[actor], used[actor])) for actor in often}
    return {actor: aliases for actor, aliases in missed.items() if aliases}


def _unused(actor: Actor, used: set[str]) -> Iterable[Alias]:
    latin = all(_is_latin(words) for words in used)
    for alias in actor.aliases:
        forms = {key(form) for form in spellings(alias.name, alias.type, actor)}
        forms |= {f"{form}s" for form in forms} if alias.type == "demonym" else set()
        if not forms & used and (_is_latin(alias.name) or not latin):
            yield alias


def _is_latin(words: str) -> bool:
    return all(letter < "\u0250" for letter in key(words) if letter.isalpha())


def ordinary_word(name: str) -> str:
    """Return the word of a name that has no capital and is one word, as in "plant" and "the company"; else nothing."""
    words = name.split()
    if len(words) == 2 and words[0].lower() in OTHER_WORDS.function_words:
        words = words[1:]
    return words[0] if len(words) == 1 and words[0].islower() and words[0].isalpha() else ""


SHORT_ARTICLE = 40  # words; a shorter text is often a teaser above a paywall
MIN_WORDS_FOR_LANGUAGE = 40  # words needed to identify a language reliably
FIRST_YEAR = 1800  # no article in a news archive is older
MAX_TAGS = 8  # HTML tags; more suggest that a whole web page was pasted
TAG = re.compile(r"</?(?:p|div|span|br|a|table|tr|td|ul|li|h[1-6]|script|style|img)\b[^<>]{0,300}>", re.IGNORECASE)
WORD = re.compile(r"\w+")
WHOLE_PAGE = re.compile(r"\s*<(?:!doctype|html|head|body)\b", re.IGNORECASE)
ONLY_A_LINK = re.compile(r"<?(https?://[^\s<>]+)>?")
DATA_ADDRESS = re.compile(r"data:[\w.+-]+/[\w.+-]+;base64,|[A-Za-z0-9+/]{400}")
LONG_LINE = 60  # characters; a line of this length should appear only once
REPEATED_SHARE = 0.35  # share of the text in repeated lines that suggests it was pasted twice

# `quay.facts.yml`, `quay.facts.yaml.txt`, `quay.fact.yaml`
CORRECTIONS = re.compile(r"(.+)\.(?!facts\.yaml$)(?i:facts?\.ya?ml.*)")

# Extensions of files that may hold an article but are not read, by what to do about them.
IMPORTABLE = {".html", ".htm", ".pdf", ".docx", ".eml"}
OTHER_DOCUMENTS = {".doc", ".rtf", ".odt", ".pages", ".epub", ".mht"}
NO_TEXTS = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".mp3", ".mp4", ".csv", ".xls", ".xlsx", ".zip"}


@dataclass(frozen=True, slots=True)
class CheckedSource:
    """A source to warn about: its bytes, and what was read from them."""

    path: Path
    raw: bytes
    source: Source
    article: Article
    today: date

    def warn(self, line: int, column: int, code: str, found: str, right: str, fix: str = "") -> Problem:
        return Problem(self.source.path, line, column, code, found, right, fix, "advice")


def source_warnings(path: Path, source: Source, today: date) -> list[Problem]:
    checked = CheckedSource(path, path.read_bytes(), source, clean(source), today)
    found = [problem for rule in RULES for problem in rule(checked)]
    codes = {p.code for p in found}
    if "front-matter-form" in codes:
        # The misplaced front matter may give these.
        return [p for p in found if p.code not in ("no-title", "no-date", "several-articles")]
    if "only-a-link" in codes:
        # Importing the article adds these.
        return [p for p in found if p.code not in ("no-title", "no-date")]
    return found


# --- the file ----------------------------------------------------------------------------------


def form_of_the_file(checked: CheckedSource) -> Iterator[Problem]:
    if checked.source.encoding == "utf-8":
        if checked.raw.startswith(b"\xef\xbb\xbf"):
            found = "the file starts with an invisible byte order mark"
            yield checked.warn(1, 1, "line-ends", found, "Save it as UTF-8 without a byte order mark.")
        if b"\r" in checked.raw:
            found, right = "the file has Windows or old Mac line endings", "Save it with Unix line endings (LF)."
            yield checked.warn(checked.raw.split(b"\r")[0].count(b"\n") + 1, 1, "line-ends", found, right)
    else:
        lines = checked.source.body.split("\n")
        number, words = next(((n, t) for n, t in enumerate(lines) if not t.isascii()), (0, ""))
        found = f"the file is not UTF-8; it was read as {checked.source.encoding}"
        right = "Save the file as UTF-8."
        if words:
            around = re.search(r"(?:\S*\s){0,3}\S*[^\x00-\x7f]\S*(?:\s\S*){0,3}", words)
            right = f"If a character looks wrong in `{around[0] if around else words[:60]}`, save the file as UTF-8."
        yield checked.warn(checked.source.body_line + number if words else 1, 1, "encoding", found, right)
    if problem := file_name(checked.path, checked.source.path):
        yield problem


def file_name(path: Path, label: str) -> Problem | None:
    if twice := ends_twice(path):
        found = f"`{path.name}` has two extensions"
        advice = f"Rename it to {twice}, unless its page is already published: the name determines the address."
        return Problem(label, 0, 0, "file-name", found, advice, "", "advice")
    right = slug(path.stem) + path.suffix.lower()
    if path.name == right:
        return None
    found = f"`{path.name}` is not a standard file name"
    advice = f"Rename it to {right}. Its page address stays the same."
    return Problem(label, 0, 0, "file-name", found, advice, "", "advice")


def not_read(path: Path, label: str) -> Problem | None:
    """Return advice on a file that looks like an article but is not read."""
    ending = path.suffix.lower()
    if ending not in SUFFIXES and (corrections := CORRECTIONS.fullmatch(path.name)):
        found = f"`{path.name}` is not read as corrections: their names end in {SUFFIX}"
        return Problem(label, 0, 0, "not-read", found, f"Rename it to {corrections[1]}{SUFFIX}.", "", "advice")
    if ending in SUFFIXES or path.name.startswith("~$"):  # Word's own, while a document is open
        return None
    if ending in OTHER_TEXTS:
        right = f"Rename it to {path.stem}.md."
    elif ending in IMPORTABLE:
        right = f'Import it: {COMMAND} import "{label}"'
    elif ending in OTHER_DOCUMENTS:
        right = f"Save it as .docx or as plain text, then import it: {COMMAND} import FILE"
    elif ending in NO_TEXTS:
        right = "The archive holds text only. Remove this file from the folder."
    elif ending in (".yaml", ".yml") and not path.name.endswith(SUFFIX):
        right = "Move it: files of actors go in actors/ and those of topics in topics/."
    elif not path.name.endswith(SUFFIX) and path.stem.lower() not in {*NO_SOURCES, *NO_ENTRIES} and _is_text(path):
        found = f"`{path.name}` is not read: names of articles end in .md or .txt"
        right = f"If it is an article, rename it to {slug(path.stem)}.md."
        return Problem(label, 0, 0, "not-read", found, right, "", "advice")
    else:
        return None
    return Problem(label, 0, 0, "not-read", f"`{ending}` files are not read", right, "", "advice")


def _is_text(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return decode(file.read(2000)) is not None
    except OSError:
        return False


# --- front matter ------------------------------------------------------------------------------


def front_matter(checked: CheckedSource) -> Iterator[Problem]:
    if checked.source.meta != Meta():
        return
    misplaced = misplaced_head(checked.source.body)
    if misplaced:
        found = f"this front matter is read as article text, because {misplaced.why}"
        right = "Write a line of three hyphens above it and one below it."
        if "`" in checked.source.body.lstrip()[:3]:
            right = "Delete the lines that start with ```, also at the end: the file must start with three hyphens."
        yield checked.warn(checked.source.body_line, 1, "front-matter-form", found, right, misplaced.head)


def dates(checked: CheckedSource) -> Iterator[Problem]:
    given, line = checked.source.meta.published, _line_of(checked, "published")
    named = find_date(slug(checked.path.stem))
    if given is None:
        if checked.article.published.edtf is None:
            right = "If you know the date, add a line `published: ...`: 2023-09-25, 2023-09 or 2023."
            yield checked.warn(1, 1, "no-date", "no publication date given or found", right)
        return
    year = re.match(r"\d{4}", given)
    if year and int(year[0]) < FIRST_YEAR:
        yield checked.warn(line, 1, "unlikely-date", f"`{given}` is before {FIRST_YEAR}", "Check the year.")
    elif re.fullmatch(r"\d{4}(?:-\d\d){0,2}", given) and given > checked.today.isoformat()[: len(given)]:
        near = _swapped(given, checked.today.year)
        right = f"Is it {near}? Check the digits." if near else "Check the date."
        fix = f"published: {near}" if near else ""
        yield checked.warn(line, 1, "unlikely-date", f"`{given}` is in the future", right, fix)
    if named and named.start == 0 and not (named.edtf.startswith(given) or given.startswith(named.edtf)):
        found = f"the file name says {named.edtf} but `published` says {given}"
        yield checked.warn(line, 1, "dates-disagree", found, "The front matter is used. Check that it is right.")


def _swapped(given: str, year: int) -> str:
    """Return a date with two digits of its year swapped, if only one such year is in the last decades."""
    digits = given[:4]
    swapped = {digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :] for n in range(3)}
    near = [found for found in swapped if year - MEMORY < int(found) <= year]
    return near[0] + given[4:] if len(near) == 1 else ""


MEMORY = 40  # years; an older article is given with a date in the future by no mistake of this kind


def unknown_values(checked: CheckedSource) -> Iterator[Problem]:
    """Report a word in place of a value that is not known, which the page would show as a name."""
    for name in ("author", "publisher"):
        value = getattr(checked.source.meta, name)
        if value and value.strip(" .?").lower() in OTHER_WORDS.unknown:
            found = f"the page will give `{value}` as {name}"
            yield checked.warn(
                _line_of(checked, name), 1, "empty-value", found, "If you don't know it, delete the line."
            )


def title(checked: CheckedSource) -> Iterator[Problem]:
    if checked.article.title.basis == "derived":
        found = f"no headline given or found; the page will be titled “{checked.article.title.value}”"
        fix = f"title: {quote(checked.article.title.value)}"
        yield checked.warn(1, 1, "no-title", found, "Add a line `title: ...` with the original headline.", fix)


def language(checked: CheckedSource) -> Iterator[Problem]:
    given = checked.source.meta.language
    if given is None or len(WORD.findall(checked.article.text[:5000])) < MIN_WORDS_FOR_LANGUAGE:
        return
    found = find_language(Meta(), checked.article.text)
    if found.split("-")[0] != given.split("-")[0]:
        what, right = f"`language` says {given}, but the text looks like {found}", "Correct the line or delete it."
        yield checked.warn(_line_of(checked, "language"), 1, "language-disagrees", what, right)


def _line_of(checked: CheckedSource, key: str) -> int:
    lines = checked.raw.decode("utf-8", "replace").splitlines()[: checked.source.body_line]
    return next((n for n, line in enumerate(lines, 1) if line.lstrip().startswith(f"{key}:")), 1)


# --- the text ----------------------------------------------------------------------------------


def text(checked: CheckedSource) -> Iterator[Problem]:
    line, body = checked.source.body_line, checked.article.text
    if PLACEHOLDER in body:
        at = line + body[: body.index(PLACEHOLDER)].count("\n")
        right = "Replace this line with the article text."
        yield checked.warn(at, 1, "placeholder", "the article text is missing", right)
        return
    if link := ONLY_A_LINK.fullmatch(body.strip()):
        right = f"Import the article: {COMMAND} import {link[1]}"
        yield checked.warn(line, 1, "only-a-link", "the file contains only a web address", right)
        return
    tags = [m.start() for m in TAG.finditer(body)]
    if WHOLE_PAGE.match(checked.source.body):
        right = f'Import it, then delete this file: {COMMAND} import "{checked.source.path}"'
        yield checked.warn(line, 1, "html-text", "this is a whole web page, saved as plain text", right)
    elif len(tags) >= MAX_TAGS:
        at = line + body[: tags[0]].count("\n")
        right = f"Save the page as .html and import it: {COMMAND} import FILE.html"
        yield checked.warn(at, 1, "html-text", f"the text contains {plural(len(tags), 'HTML tag')}", right)
    removed = sum(r.end - r.start for r in checked.article.removed)
    words = len(WORD.findall(body))
    if removed and removed >= 0.95 * len(body.strip()):
        found = "nearly all of the text was removed as advertising or navigation"
        yield checked.warn(line, 1, "nothing-left", found, "Check that the article text is here.")
    elif words < SHORT_ARTICLE and body.isascii():
        right = "If the rest is behind a paywall or on another page, add it. If this is the whole article, ignore this."
        yield checked.warn(line, 1, "short-text", f"the article has only {plural(words, 'word')}", right)


def pasted_data(checked: CheckedSource) -> Iterator[Problem]:
    """Report a picture that an editor pasted as one long line of letters and digits."""
    for number, line in enumerate(checked.source.body.split("\n"), checked.source.body_line):
        if DATA_ADDRESS.search(line):
            found = "a picture was pasted here, as a long line of letters and digits"
            right = "Delete it: the archive holds text only."
            yield checked.warn(number, 1, "html-text", found, right)
            return


def text_once(checked: CheckedSource) -> Iterator[Problem]:
    """Report an article pasted twice."""
    lines, top = checked.source.body.split("\n"), checked.source.body_line
    first: dict[str, int] = {}
    again: list[int] = []
    for number, written in enumerate(lines):
        words = " ".join(written.split())
        if len(words) >= LONG_LINE and first.setdefault(words, number) != number:
            again.append(number)
    whole = sum(len(" ".join(written.split())) for written in lines)
    if again and sum(len(lines[n]) for n in again) >= REPEATED_SHARE * whole:
        at, before = top + again[0], top + first[" ".join(lines[again[0]].split())]
        found = f"the text from line {before} on is repeated here"
        yield checked.warn(at, 1, "text-twice", found, "If it was pasted twice, delete the second copy.")


def mail(checked: CheckedSource) -> Iterator[Problem]:
    """Report a mail saved with its headers."""
    if len(MAIL_HEADER.findall("\n".join(checked.source.body.split("\n", MAIL_LINES)[:MAIL_LINES]))) >= MAIL_HEADERS:
        right = f"Rename it to {checked.path.stem}.eml and import it: {COMMAND} import {checked.path.stem}.eml"
        yield checked.warn(checked.source.body_line, 1, "not-text", "this is a mail with its headers", right)


def one_article(checked: CheckedSource) -> Iterator[Problem]:
    """Report front matter below the start of the text: that of a second article, or the article's own."""
    lines, top = checked.source.body.split("\n"), checked.source.body_line
    form, form_right = "front-matter-form", "Move it to the top of the file."
    right = "Put the second article in its own file: each file becomes one page."
    before = itertools.accumulate((len(line.split()) for line in lines), initial=0)
    for number, (written, words) in enumerate(zip(lines, before, strict=False)):
        short = words < SHORT_LEAD
        if number and written.rstrip() == "---" and _is_head(lines[number:]):
            if short and checked.source.meta == Meta():
                found = "the front matter is read as article text, because it has lines above it"
                if not misplaced_head(checked.source.body):  # reported already
                    yield checked.warn(top + number, 1, form, found, form_right)
            elif not split_front_matter("\n".join(lines[number:]), Path()).body.strip():
                found = "the front matter is below the article and read as a part of it"
                yield checked.warn(top + number, 1, form, found, form_right)
            else:
                found = "a second front matter block starts here"
                yield checked.warn(top + number, 1, "several-articles", found, right)
            return
        unfenced = HEADLINE_KEY.match(written) and number and not lines[number - 1].strip() and not short
        if unfenced and (head := misplaced_head("\n".join(lines[number:]))):
            found = "these lines look like the front matter of a second article"
            yield checked.warn(top + number, 1, "several-articles", found, right, head.head)
            return


# Lines of a mail as a program saves it. Memos have From, To and Subject, but none of these.
MAIL_HEADER = re.compile(
    r"^(?:Return-Path|Delivered-To|Received|Message-ID|MIME-Version|Content-Type|X-[\w-]+): \S",
    re.IGNORECASE | re.MULTILINE,
)
MAIL_LINES, MAIL_HEADERS = 40, 2
HEADLINE_KEY = re.compile(r"[*_]{0,2}(?:title|headline)[*_]{0,2} ?:", re.IGNORECASE)


def _is_head(lines: list[str]) -> bool:
    try:
        return split_front_matter("\n".join(lines), Path()).head is not None
    except ContentError:
        return False


SHORT_LEAD = 30  # words: a heading and a byline, and no article
RULES = (
    form_of_the_file, front_matter, unknown_values, dates, title, language, text, pasted_data, text_once, mail,
    one_article,
)  # fmt: skip
