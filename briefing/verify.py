"""Check a built site against its sources, without trusting the program that built it.

    python verify.py SITE --sources DIR        or        briefing verify SITE --sources DIR

This file needs nothing but Python 3.11 and imports nothing else of the project, so that it can be read, copied and run
by itself. It computes no facts. It re-checks what a site claims about the facts that it publishes:

1. files     every file has the hash in `checksums.txt`; none is missing and none was added
2. sources   the source has the published hash, and its text is the published text
3. facts     the words of each fact stand in that text at the stated place, in no removed passage
4. pages     each fact of facts.json is on its page, and nothing else is: its mark covers exactly these words, its link
             leads to the mark, its speaker is the stated one; every sentence reads as in the source
5. links     each link inside the site leads to a page or file that exists, each #anchor to a place in it
6. quotes    on all other pages, in feeds and in briefing.txt, quoted words stand in the briefing that they link to
7. counts    counts on pages, the data files and the database agree with the facts
8. data      facts.jsonl and archive.sqlite hold the same facts as the pages

Not checked: whether a fact was understood correctly, the wording of headings, drawings, and the search index, of which
only the hash is compared.

Exit status: 0 nothing was found; 1 something does not agree, one line for each; 2 there is no site to check.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import html
import json
import re
import sqlite3
import sys
import tempfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit
from xml.etree import ElementTree

Spans = list[tuple[int, int]]
REMOVED_NAME = "[name removed]"  # what the site has in place of the name of somebody who was taken out of it
LEFT_OUT = "left-out.json"  # in an evidence pack: sources that are not in it, with their hashes and the reason
ROOT = "http://site.invalid/"  # where we pretend that the site is, to resolve its links


# --- words: as the source writes them, and as a page shows them ------------------------------------

TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
TARGET = re.compile(r"\]\((?:[^()\n]|\([^()\n]*\))*\)|\]\[[^\]\n]*\]|\]\([^)\s]*\)")
MARKUP = re.compile(r"[\s*_`#>|~\\\[\]\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|-(?=\n)|!(?=\[)")


def shown(text: str) -> str:
    """Return the characters that a reader sees: without white space, and without the signs of Markdown and HTML.

    shown("see **the [plan](http://x.org)**") == shown("see the plan") == "seetheplan"
    """
    return MARKUP.sub("", TARGET.sub("", TAG.sub("", text)))


def letters(text: str) -> str:
    """Return ASCII letters and digits: what is left of a text whose encoding was repaired."""
    return re.sub(r"[^A-Za-z0-9]", "", html.unescape(text))


# --- pages -----------------------------------------------------------------------------------------

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
NO_TEXT = {"script", "style", "template"}


@dataclass(eq=False)
class Node:
    """An element of a page."""

    tag: str
    attrs: dict[str, str]
    line: int
    parent: Node | None = None
    children: list[Node | str] = field(default_factory=list)

    def classes(self) -> list[str]:
        return self.attrs.get("class", "").split()

    def all(self) -> Iterator[Node]:
        """Yield this element and those in it, in document order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.all()

    def find(self, *classes: str, tag: str = "") -> list[Node]:
        """Return the elements in this one with a class (any, if none is given) and a tag."""
        has = (n for n in self.all() if not classes or set(classes) & set(n.classes()))
        return [n for n in has if n is not self and (not tag or n.tag == tag)]

    def text(self, *without: str) -> str:
        """Return the text, without that of elements with one of these classes."""
        return "".join(
            child if isinstance(child, str) else "" if set(without) & set(child.classes()) else child.text(*without)
            for child in ([] if self.tag in NO_TEXT else self.children)
        )

    def above(self, *names: str) -> Node | None:
        """Return the closest element around this one with one of these classes or tags."""
        node = self.parent
        while node and not set(names) & {node.tag, *node.classes()}:
            node = node.parent
        return node


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.now = Node("", {}, 0)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {key: value or "" for key, value in attrs}, self.getpos()[0], self.now)
        self.now.children.append(node)
        if tag not in VOID:
            self.now = node

    def handle_endtag(self, tag: str) -> None:
        node: Node | None = self.now
        while node and node.tag != tag:
            node = node.parent
        if node and node.parent:
            self.now = node.parent

    def handle_data(self, data: str) -> None:
        self.now.children.append(data)


def read_page(path: Path) -> Node:
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    return reader.root


class SourceOnPage:
    """The source text as a briefing's page shows it: where its sentences, marks and anchors are, in `text`."""

    def __init__(self, page: Node) -> None:
        self.text = ""
        self.marks: defaultdict[str, Spans] = defaultdict(list)  # fact -> places
        self.anchors: dict[str, int] = {}
        self.sentences: defaultdict[str, Spans] = defaultdict(list)
        self.kinds: dict[str, str] = {}  # fact -> kind, as the link back from its sentence says
        self._sentence = ""
        self._parts: list[str] = []
        self._length = 0
        for box in page.find("source"):
            self._read(box)
        self.text = "".join(self._parts)

    def _read(self, node: Node) -> None:
        if "back" in node.classes():
            self.kinds |= {a.attrs.get("href", "")[3:]: a.classes()[-1] for a in node.find("b")}
            return
        if "n" in node.classes() or node.tag == "summary":
            return
        if "id" in node.attrs:
            self.anchors[node.attrs["id"]] = self._length
        if "s" in node.classes():
            self._sentence = node.attrs.get("id", self._sentence)  # in the next cell of a table, it has no id
        begin = self._length
        for child in node.children:
            if isinstance(child, Node):
                self._read(child)
            else:
                self._parts.append(shown(child))
                self._length += len(self._parts[-1])
        if "s" in node.classes():
            self.sentences[self._sentence].append((begin, self._length))
        for fact in node.attrs.get("data-f", "").split():
            self.marks[fact].append((begin, self._length))

    def words(self, spans: Spans) -> str:
        return "".join(self.text[start:end] for start, end in spans)

    def rests_on(self, words: str, fact: str) -> bool:
        """Tell whether these words stand in the text and overlap the mark of a fact."""
        found = re.finditer(re.escape(words), self.text)
        marks = self.marks.get(fact, [])
        return any(m.start() < end and start < m.end() for m in found for start, end in marks)


# --- facts -----------------------------------------------------------------------------------------

IN_PLAIN_TEXT = {"Key facts": "key_facts", "Who said what": "statements", "Figures": "figures", "Events": "events"}
NO_FACTS = {"corrections", "title", "published", "removed", "sentences", "actors", "topics", "notes"}


def facts_of(briefing: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each fact of facts.json with its kind (`statements`, `figures`, ...)."""
    for kind, found in briefing.items():
        if isinstance(found, list) and kind not in NO_FACTS:
            yield from ((kind, fact) for fact in found)


def spans_of(fact: dict[str, Any]) -> Spans:
    """Return every place that a fact names, in order, joined where they overlap."""
    places: Spans = [(fact["start"], fact["end"])] if "start" in fact else []
    for value in fact.values():
        for one in value if isinstance(value, list) else [value]:
            places += spans_of(one) if isinstance(one, dict) else []
    joined: Spans = []
    for start, end in sorted(places):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def parts_of(fact: dict[str, Any]) -> Spans:
    """Return the places whose words its entry on the page quotes."""
    inside = fact.get("content") or [fact if "start" in fact else fact.get("cue") or {}]
    return [(one["start"], one["end"]) for one in inside if "start" in one]


@dataclass
class Briefing:
    """A briefing of the site: facts.json (none where only excerpts may be shown) and its page."""

    place: str  # briefings/2024/quay
    facts: dict[str, Any] | None
    page: Node
    source: SourceOnPage

    @property
    def id(self) -> str:
        return self.place.removeprefix("briefings/")

    @property
    def dated(self) -> bool:
        head = self.page.find("head")
        return bool(self.facts["published"]["edtf"] if self.facts else head and head[0].find(tag="time"))

    @cached_property
    def mentions(self) -> dict[str, int]:
        """How often each actor is mentioned; the keys are written as in addresses."""
        if self.facts:
            return {_slug(a["id"]): len(a["mentions"]) for a in self.facts["actors"]}
        entries = [n for n in self.page.find(tag="li") if n.attrs.get("id", "").startswith("actor-")]
        return {n.attrs["id"].removeprefix("actor-"): _number(n.find("count")) or 0 for n in entries}

    def words(self, spans: Spans) -> str:
        text = self.facts["text"] if self.facts else ""
        return shown("".join(text[start:end] for start, end in spans))


# --- the checks ------------------------------------------------------------------------------------


class Verifier:
    """Checks a site. `problems` are lines of a report: a place, and what is wrong there."""

    def __init__(self, site: Path, sources: Path | None) -> None:
        self.site, self.sources = site, sources
        self.problems: list[str] = []
        self.files = sorted(
            p.relative_to(site).as_posix()
            for p in site.rglob("*")
            if p.is_file() and not any(part.startswith(".") for part in p.relative_to(site).parts)
        )
        self.known = set(self.files)
        self.briefings: dict[str, Briefing] = {}  # by place
        self.ids: dict[str, set[str] | None] = {}  # of pages; None: a redirect, which keeps every anchor
        self.removed: set[str] = set()  # notes in the place of people who were taken out
        self.links: list[tuple[str, str]] = []  # where, and the whole address
        left_out = sources / LEFT_OUT if sources else None
        self.left_out: dict[str, Any] = json.loads(left_out.read_text()) if left_out and left_out.is_file() else {}

    def say(self, place: str, what: str) -> None:
        self.problems.append(f"{place}: {what}")

    def run(self) -> list[str]:
        self.guard("checksums.txt", self.check_files)
        for name in self.files:
            if name.startswith("briefings/") and name.endswith("/index.html"):
                self.guard(name, self.read_briefing, name)
        for place, briefing in self.briefings.items():
            self.guard(place, self.check_briefing, briefing)
        self.guard("sources", self.check_sources_are_published)
        for name in self.files:
            if name.endswith(".html") and name.removesuffix("/index.html") not in self.briefings:
                self.guard(name, self.check_page, name)
        self.guard("links", self.check_links)
        for name in self.files:
            if name.endswith(("feed.xml", "feed.json")):
                self.guard(name, self.check_feed, name)
        for name in self.files:
            if name in DATA:
                self.guard(name, DATA[name], self, name)
        return self.problems

    def guard(self, place: str, check: Callable[..., None], *about: Any) -> None:
        """Run a check; a file that cannot be read is a finding, not a crash."""
        try:
            check(*about)
        except (ValueError, KeyError, TypeError, IndexError, AttributeError, OSError, RecursionError) as error:
            self.say(place, f"cannot be read: {type(error).__name__}: {error}")

    # 1. files

    def check_files(self) -> None:
        listed: dict[str, str] = {}
        if "checksums.txt" not in self.known:
            self.say("checksums.txt", "is missing")
        else:
            for line in (self.site / "checksums.txt").read_text(encoding="utf-8").splitlines():
                hash_, _, name = line.partition("  ")
                listed[name] = hash_
        for name in sorted(listed.keys() - self.known):
            self.say(name, "is missing; checksums.txt lists it")
        for name in self.files:
            if name == "checksums.txt" or not listed:
                continue
            if name not in listed:
                self.say(name, "was added; checksums.txt does not list it")
            elif hashlib.sha256((self.site / name).read_bytes()).hexdigest() != listed[name]:
                self.say(name, "was changed; its hash is not the one in checksums.txt")

    # 2. sources

    def check_source(self, briefing: Briefing, facts: dict[str, Any]) -> None:
        place = f"{briefing.place}/facts.json"
        path = self.source_file(facts["source"])
        if path is None and self.left_out.get(facts["source"], {}).get("sha256") == facts["sha256"]:
            return
        if path is None:
            self.say(place, f"its source {facts['source']} is not in {self.sources}")
            return
        raw = path.read_bytes()
        if hashlib.sha256(raw).hexdigest() != facts["sha256"]:
            self.say(place, f"sha256 is not the hash of {path}")
        if not self.is_text_of(facts["text"], raw):
            self.say(place, f"text is not the text of {path}")

    def source_file(self, name: str) -> Path | None:
        """Find a source by its path, which may begin with the name of the folder of sources."""
        parts = PurePosixPath(name).parts
        if self.sources and ".." not in parts:
            for first in range(len(parts)):
                path = self.sources.joinpath(*parts[first:]) if parts[first] != "/" else self.sources
                if path.is_file():
                    return path
        return None

    ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "cp1252", "cp1250", "cp1251")

    def is_text_of(self, text: str, raw: bytes) -> bool:
        """Tell whether a text is what a file holds below its front matter.

        Where the file is in a broken encoding, only the ASCII letters and digits are compared.
        """
        read: list[str] = []
        for encoding in self.ENCODINGS:
            try:
                read.append(re.sub(r"\r\n|[\r\x85\u2028\u2029]", "\n", raw.decode(encoding)))
            except UnicodeError:
                continue
            head, found, tail = read[-1].rpartition(text)
            if found and not tail.strip() and (not head.strip() or head.lstrip()[:1] in "-+{"):
                return True
            if REMOVED_NAME in text and _without_names(text).search(read[-1]):
                return True
        for whole in [*read, raw.decode("utf-8", "replace"), raw.decode("latin-1")]:
            if len(letters(text)) > len(shown(text)) / 2 and letters(whole).endswith(letters(text)):
                return True
        return False

    def check_sources_are_published(self) -> None:
        """Report a source without a page, and a page without a source."""
        if not self.sources:
            return
        pages = {_slug(place.removeprefix("briefings/")): place for place in self.briefings}
        names = {_slug(name.with_suffix("").as_posix()): name for name in self.source_paths()}
        names |= {_slug(one["briefing"]): Path(name) for name, one in self.left_out.items()}
        for slug in sorted(names.keys() - pages.keys()):
            self.say(str(names[slug]), "this source has no page in the site")
        for slug in sorted(pages.keys() - names.keys()):
            self.say(pages[slug], "this page has no source")

    def source_paths(self) -> list[Path]:
        """Return the paths of the articles, below the folder of sources."""
        found = [p.relative_to(self.sources) for p in sorted(self.sources.rglob("*"))] if self.sources else []
        other = {"readme", "contributing", "license", "licence", "changelog"}
        articles = (p for p in found if p.suffix.lower() in {".md", ".txt"} and p.stem.lower() not in other)
        return [p for p in articles if not any(part.startswith(".") for part in p.parts)]

    # 3. facts and 4. pages

    def read_briefing(self, name: str) -> None:
        page = read_page(self.site / name)
        place = name.removesuffix("/index.html")
        if not page.find("source"):
            return
        data = f"{place}/facts.json"
        facts = json.loads((self.site / data).read_text(encoding="utf-8")) if data in self.known else None
        self.briefings[place] = Briefing(place, facts, page, SourceOnPage(page))

    def check_briefing(self, briefing: Briefing) -> None:
        self.check_page(f"{briefing.place}/index.html", briefing.page)
        self.check_mark_places(briefing)
        if briefing.facts is None:
            self.check_excerpts(briefing)
            return
        if briefing.facts["id"] != briefing.id:
            self.say(f"{briefing.place}/facts.json", f"id is {briefing.facts['id']}, but its place is another")
        if self.sources:
            self.check_source(briefing, briefing.facts)
        self.check_facts(briefing, briefing.facts)
        self.check_sentences(briefing, briefing.facts)
        self.check_entries(briefing, briefing.facts)
        self.check_sections(briefing, briefing.facts)
        self.check_plain_text(briefing, briefing.facts)

    def check_facts(self, briefing: Briefing, facts: dict[str, Any]) -> None:
        text, actors = facts["text"], {a["id"] for a in facts["actors"]}
        seen: Counter[str] = Counter()
        for kind, fact in facts_of(facts):
            place = f"{briefing.place}/facts.json {kind} {fact.get('id', '')}".rstrip()
            seen[fact.get("id", "")] += 1
            spans = spans_of(fact)
            if not spans or not all(0 <= start < end <= len(text) for start, end in spans):
                self.say(place, "has no place in the text")
            removed = [r for r in facts["removed"] for s, e in spans if r["start"] < e and s < r["end"]]
            if removed:
                self.say(place, f"lies in a removed passage ({removed[0]['reason']})")
            if kind == "figures" and not _figure_agrees(fact, text[spans[0][0] : spans[0][1]]):
                self.say(place, f"value {fact['value']} is not in its words “{text[spans[0][0] : spans[0][1]]}”")
            named = [(fact.get("speaker") or {}).get("actor"), fact.get("subject"), fact.get("actor")]
            for actor in [*named, *fact.get("about", ()), *(fact.get("actors") or ())]:
                if actor and actor not in actors:
                    self.say(place, f"names the actor {actor}, whom this briefing does not mention")
        for name, count in seen.items():
            if name and count > 1:
                self.say(f"{briefing.place}/facts.json {name}", "two facts have this id")

    def check_sentences(self, briefing: Briefing, facts: dict[str, Any]) -> None:
        """Compare every sentence of the page with the published text."""
        page = f"{briefing.place}/index.html"
        stated = {s["id"]: [(s["start"], s["end"])] for s in facts["sentences"]}
        for name in sorted(stated.keys() ^ briefing.source.sentences.keys()):
            self.say(f"{page}#{name}", "sentence on the page, but not in facts.json, or the reverse")
        for name in stated.keys() & briefing.source.sentences.keys():
            here, there = briefing.source.words(briefing.source.sentences[name]), briefing.words(stated[name])
            if here != there:
                self.say(f"{page}#{name}", f"reads “{_first_difference(here, there)}” instead of "
                                           f"“{_first_difference(there, here)}”")  # fmt: skip

    def check_mark_places(self, briefing: Briefing) -> None:
        """Each anchor of evidence stands where the words begin, and each mark has an anchor."""
        source, page = briefing.source, f"{briefing.place}/index.html"
        for fact, spans in source.marks.items():
            if source.anchors.get(f"e-{fact}") != spans[0][0]:
                self.say(f"{page}#e-{fact}", "the anchor is missing or does not stand where the marked words begin")
        for anchor in source.anchors:
            if anchor.startswith("e-") and anchor[2:] not in source.marks:
                self.say(f"{page}#{anchor}", "marks no words")

    def check_entries(self, briefing: Briefing, facts: dict[str, Any]) -> None:
        """Compare the entry and the mark of each fact with facts.json."""
        page, source = f"{briefing.place}/index.html", briefing.source
        listed = (n for n in briefing.page.all() if n.attrs.get("id", "").startswith("f-"))
        entries = {n.attrs["id"][2:]: n for n in listed if not n.above("retracted")}
        nameless: defaultdict[str, list[str]] = defaultdict(list)  # words of dates and roles: they have no id
        for kind, fact in facts_of(facts):
            if "id" not in fact:
                nameless[kind].append(briefing.words(spans_of(fact)))
                continue
            place = f"{page}#f-{fact['id']}"
            if source.words(source.marks.get(fact["id"], [])) != briefing.words(spans_of(fact)):
                self.say(f"{page}#e-{fact['id']}", f"does not mark the words of this fact of facts.json ({kind})")
            entry = entries.pop(fact["id"], None)
            if entry is None:
                self.say(place, f"is missing; facts.json has this fact ({kind})")
            else:
                self.check_entry(place, entry, fact, briefing)
        for kind, words in nameless.items():
            here = [n for n in entries if source.kinds.get(n) == f"b-{kind.removesuffix('s')}"]
            self.check_nameless(page, kind, words, [source.words(source.marks[n]) for n in here])
            for n in here:
                del entries[n]
        for name in entries:
            self.say(f"{page}#f-{name}", "is not in facts.json")

    def check_nameless(self, page: str, kind: str, words: list[str], marked: list[str]) -> None:
        """Compare the words of facts without an id, roles and dates, with those that the page marks."""
        for one in sorted(words, key=len, reverse=True):
            found = one if one in marked else next((m for m in marked if one in m), None)
            if found is None:
                self.say(page, f"marks no words of this fact of facts.json ({kind}: “{one}”)")
            else:
                marked.remove(found)
        for more in marked:
            self.say(page, f"“{more}” is not in facts.json ({kind})")

    def check_entry(self, place: str, entry: Node, fact: dict[str, Any], briefing: Briefing) -> None:
        if f"#e-{fact['id']}" not in [a.attrs.get("href") for a in entry.find(tag="a")]:
            self.say(place, "does not link to its words")
        words = shown(entry.text())
        quotes = [shown(fact["title"])] if "title" in fact else [briefing.words([part]) for part in parts_of(fact)]
        for one in quotes:
            if one not in words:
                self.say(place, f"does not quote “{one}”")
        for who in entry.find("who"):
            self.check_speaker(place, who, fact, briefing)

    def check_speaker(self, place: str, who: Node, fact: dict[str, Any], briefing: Briefing) -> None:
        """Compare who a page says has spoken (an element with the name, perhaps linked) with facts.json."""
        links = [a for a in who.find(tag="a") if "ref" not in a.classes()]
        named = (who.find("chip") or links or who.find(tag="bdi") or [who])[0]
        given, speaker = shown(named.text()), fact["speaker"]
        if speaker and speaker["actor"]:
            actors = (briefing.facts or {"actors": []})["actors"]
            name = next((a["name"] for a in actors if a["id"] == speaker["actor"]), speaker["actor"])
            href = named.attrs.get("href", "")
            whole = urljoin(urljoin(ROOT, re.split("[:#]", place)[0]), href).removesuffix("index.html")
            leads = re.split(r"/|#name-|#actor-", whole.rstrip("/"))[-1]
            agrees = shown(name) in given and (not href or _slug(leads) == _slug(speaker["actor"]))
        else:
            name = briefing.words([(speaker["start"], speaker["end"])]) if speaker else "Unattributed"
            agrees = given in name
        if not agrees:
            self.say(place, f"says that “{named.text().strip()}” spoke; facts.json: {name}")

    def check_excerpts(self, briefing: Briefing) -> None:
        """Check a page without facts.json, as only excerpts of its source may be shown: what it quotes must stand among
        its sentences, and these in the source."""
        page = f"{briefing.place}/index.html"
        for link in briefing.page.find(tag="a"):
            if link.attrs.get("href", "").startswith("#e-"):
                self.check_quote(f"{page}:{link.line}", link, urljoin(urljoin(ROOT, page), link.attrs["href"]))
        path = next((p for p in self.source_paths() if _slug(p.with_suffix("").as_posix()) == _slug(briefing.id)), None)
        if self.sources and path:
            raw = (self.sources / path).read_bytes().decode("utf-8", "replace")
            whole, plain = shown(html.unescape(raw)), letters(raw)
            for name, spans in briefing.source.sentences.items():
                pieces = briefing.source.words(spans).strip("…").split(shown(REMOVED_NAME))
                words = next((piece for piece in pieces if piece not in whole), "")
                if words and (letters(words) not in plain or len(letters(words)) < len(words) / 2):
                    self.say(f"{page}#{name}", f"“{words}” does not stand in {path}")

    # 7. counts

    def check_sections(self, briefing: Briefing, facts: dict[str, Any]) -> None:
        """Compare the numbers beside the headings of a briefing with facts.json and with the lists."""
        page = f"{briefing.place}/index.html"
        ids = {n.attrs["id"]: n for n in briefing.page.all() if "id" in n.attrs}
        links = [a for nav in briefing.page.find("sections") for a in nav.find(tag="a") if a.find("count")]
        for link in links:
            key, count = link.attrs["href"][1:], _number(link.find("count"))
            place, fold = f"{page}#{key}", key in ids and ids[key].above("fold")
            if key in facts and key != "dates" and count != len(facts[key]):
                self.say(place, f"says {count}; facts.json has {len(facts[key])}")
            if key == "dates" and key in ids and count != len(ids[key].find("day")):
                self.say(place, f"says {count}; the list has {len(ids[key].find('day'))}")
            if fold and _number(fold.find("count")) != count:
                self.say(place, f"says {_number(fold.find('count'))} above the list and {count} at the top of the page")
        for key in ("statements", "figures", "events", "roles", "votes"):
            if facts.get(key) and key not in ids:
                self.say(f"{page}#{key}", f"is missing; facts.json has {len(facts[key])}")

    def check_totals(self, place: str, page: Node) -> None:
        """Compare the totals of the home page with all briefings. Those of excerpts are counted on their pages."""
        totals = {"briefings/": len(self.briefings)}
        for key, css in (("statements", "statement"), ("figures", "figure")):
            totals[f"{key}/"] = sum(
                len(b.facts[key]) if b.facts else list(b.source.kinds.values()).count(f"b-{css}")
                for b in self.briefings.values()
            )
        for box in page.find("size"):
            for link in box.find(tag="a"):
                stated, count = totals.get(link.attrs.get("href", "")), _number(link.find(tag="b"))
                if stated is not None and stated != count:
                    self.say(place, f"says {link.text()}; there are {stated:,}")

    def check_actor(self, place: str, page: Node) -> None:
        """Compare the numbers at the top of an actor's page with the facts of all briefings."""
        name = place.split("/")[1]
        named = [b for b in self.briefings.values() if name in b.mentions]
        mentions = [b.mentions[name] for b in named if self.original(b) is b or name not in self.original(b).mentions]
        for meta in page.find("head")[:1]:
            said = meta.text()
            for word, count in (("briefing", len(mentions)), ("mention", sum(mentions))):
                stated = re.search(rf"([\d,]+) {word}s?\b", said)
                if stated and int(stated[1].replace(",", "")) != count:
                    self.say(place, f"says {stated[0]}; all briefings together have {count:,}")

    def original(self, briefing: Briefing) -> Briefing:
        """Return the briefing that counts for a text and its reprints, which its page names: one with a date, then the
        first by id."""
        links = [a for box in briefing.page.find("twins") for a in box.find(tag="a")]
        there = (urljoin(urljoin(ROOT, f"{briefing.place}/"), a.attrs["href"]) for a in links)
        others = (self.briefings.get(unquote(urlsplit(address).path).strip("/")) for address in there)
        return min((briefing, *filter(None, others)), key=lambda b: (not b.dated, b.id))

    # 5. links

    def check_page(self, name: str, page: Node | None = None) -> None:
        """Note where a page's links lead, and check what other pages quote from briefings."""
        page = page or read_page(self.site / name)
        redirect = any("data-to" in n.attrs for n in page.find(tag="script"))
        self.ids[name] = None if redirect else {n.attrs["id"] for n in page.all() if "id" in n.attrs}
        quotes: dict[Node, None] = {}
        for node in page.all():
            address = node.attrs.get("href") or node.attrs.get("src") or node.attrs.get("action")
            if not address or name == "404.html":  # its links depend on where it is shown
                continue
            whole = urljoin(urljoin(ROOT, name), address)
            self.links.append((f"{name}:{node.line}", whole))
            if "#e-" in whole and not node.above("agreeing", "against"):
                quotes[node] = None
        if name.removesuffix("/index.html") not in self.briefings:
            for node in quotes:
                self.check_quote(f"{name}:{node.line}", node, urljoin(urljoin(ROOT, name), node.attrs["href"]))
        if [n.text().strip("¶ \n") for n in page.find(tag="h1")] == ["Page removed"]:
            self.removed.add(name)
        if name == "index.html":
            self.check_totals(name, page)
        if re.fullmatch(r"actors/[^/]+/index\.html", name):
            self.check_actor(name, page)

    def check_links(self) -> None:
        reached = {"index.html", "404.html", *self.removed, *self.in_sitemap()}
        reached |= {name for name, ids in self.ids.items() if ids is None}
        for place, whole in sorted(set(self.links)):
            if not whole.startswith(ROOT):
                continue
            path, anchor = unquote(urlsplit(whole).path).lstrip("/"), unquote(urlsplit(whole).fragment)
            names = [f"{path}index.html"] if not path or path.endswith("/") else [path, f"{path}/index.html"]
            target = next((n for n in names if n in self.known), None)
            if target is None:
                self.say(place, f"links to {path}, which does not exist")
            elif anchor and (ids := self.ids.get(target)) is not None and anchor not in ids:
                self.say(place, f"links to {path}#{anchor}; that page has no such place")
            if target and target != place.split(":")[0]:
                reached.add(target)
        for name in sorted(self.ids.keys() - reached):
            self.say(name, "no page links to it")

    def in_sitemap(self) -> set[str]:
        """Return the pages that the sitemap lists: those written by hand need no link."""
        texts = [(self.site / n).read_text(encoding="utf-8") for n in self.known if re.fullmatch(r"sitemap.*\.xml", n)]
        places = [
            unquote(urlsplit(html.unescape(a)).path) for text in texts for a in re.findall("<loc>(.*?)</loc>", text)
        ]
        home = min(places, key=len, default="/")
        return {f"{place.removeprefix(home)}index.html" for place in places}

    # 6. quotes

    def check_quote(self, place: str, link: Node, whole: str) -> None:
        """Check the words beside a link to a fact of a briefing, and their speaker."""
        path, fact = urlsplit(whole).path.strip("/").removesuffix("/index.html"), urlsplit(whole).fragment[2:]
        briefing = self.briefings.get(unquote(path))
        block = link.above("statement", "told", "report", "li", "tr") or link.above("p")
        if briefing is None or block is None:
            return  # a dead link is reported with the links
        for words in _quoted(link, block):
            parts = [words] if shown(words) in briefing.source.text else re.split(" … |…", words)
            for part in filter(None, map(shown, parts)):
                marked = briefing.source.words(briefing.source.marks.get(fact, []))
                figure = marked and part.startswith(marked)  # followed by the unit that the source has elsewhere
                if not figure and not briefing.source.rests_on(part, fact):
                    self.say(place, f"quotes “{part}”, which is not at {path}/#e-{fact}")
        stated = next((f for _, f in facts_of(briefing.facts or {}) if f.get("id") == fact and "speaker" in f), None)
        told = [block] if "told" in block.classes() and "," in block.text("context", "ref") else []
        for who in told or block.find("who", "speaker")[:1]:
            if stated:
                self.check_speaker(place, who, stated, briefing)

    def check_feed(self, name: str) -> None:
        """Check the titles and words of a feed against the briefings that its entries link to."""
        for address, title, words in _entries(self.site / name):
            whole = urljoin(urljoin(ROOT, name), address)
            at = next((i for i in [unquote(urlsplit(whole).path).find("briefings/")] if i >= 0), 0)
            briefing = self.briefings.get(unquote(urlsplit(whole).path)[at:].strip("/"))
            if briefing is None:
                self.say(name, f"has an entry for {address}, which is no briefing here")
                continue
            heading = "".join(n.text() for n in briefing.page.find(tag="h1"))
            if shown(title) != shown(heading):
                self.say(name, f"title “{title}” instead of “{heading.strip()}”")
            for line in words.split("\n"):
                part = shown(line.removesuffix("…"))
                if part not in briefing.source.text and part not in shown(heading):
                    self.say(name, f"quotes “{line}”, which does not stand in {briefing.place}")

    def check_plain_text(self, briefing: Briefing, facts: dict[str, Any]) -> None:
        """Compare briefing.txt with facts.json: the same facts in the same order, the same sentences."""
        place = f"{briefing.place}/briefing.txt"
        heading, lines = "", defaultdict[str, list[str]](list)
        written = re.sub(r"\\(?=[^\w\s])", "", (self.site / place).read_text(encoding="utf-8"))
        for line in html.unescape(written).split("\n"):
            heading = line[3:] if line.startswith("## ") else heading
            lines[heading] += [line] if line and not line.startswith("## ") else []
        for heading, kind in IN_PLAIN_TEXT.items():
            if len(lines[heading]) != len(facts[kind]):
                self.say(place, f"{heading}: {len(lines[heading])} lines; facts.json has {len(facts[kind])}")
            for line, fact in zip(lines[heading], facts[kind], strict=False):
                self.check_line(f"{place} {heading}", line, fact, briefing)
        sentences = {f"[{s['id']}]": briefing.words([(s["start"], s["end"])]) for s in facts["sentences"]}
        for line in lines["Source text"]:
            _, number, words = [*line.split(" ", 2), "", ""][:3]
            if number and sentences.get(number) != shown(words):
                self.say(place, f"sentence {number} is not that of facts.json")

    def check_line(self, place: str, line: str, fact: dict[str, Any], briefing: Briefing) -> None:
        speaker, actors = fact.get("speaker") or {}, (briefing.facts or {})["actors"]
        name = next((a["name"] for a in actors if a["id"] == speaker.get("actor")), "")
        if any(briefing.words([part]) not in shown(line) for part in parts_of(fact)):
            self.say(place, f"“{line}” is not fact {fact['id']}")
        elif not shown(line).removeprefix("-").startswith(shown(name)):
            self.say(place, f"“{line}” is by {name}")

    # 8. data

    def check_lines(self, name: str) -> None:
        """Compare facts.jsonl, one briefing a line, with the facts.json of each page."""
        known = {b.id: b for b in self.briefings.values()}
        seen: Counter[str] = Counter()
        for number, line in enumerate((self.site / name).read_text(encoding="utf-8").splitlines(), 1):
            stated = json.loads(line)
            place, briefing = f"{name}:{number}", known.get(stated["id"])
            seen[stated["id"]] += 1
            if briefing is None:
                self.say(place, f"{stated['id']} has no page")
            elif briefing.facts:
                for key, value in briefing.facts.items():
                    if stated.get(key) != value:
                        self.say(place, f"{key} of {stated['id']} differs from {briefing.place}/facts.json")
            else:
                self.check_withheld(place, stated, briefing)
        for one in sorted(known.keys() - seen.keys()):
            self.say(name, f"has no line for {one}")
        for one, count in seen.items():
            if count > 1:
                self.say(name, f"has {count} lines for {one}")

    def check_withheld(self, place: str, stated: dict[str, Any], briefing: Briefing) -> None:
        """Check a line of which the page shows only excerpts: the marked words are those of the stated places."""
        path = self.source_file(stated["source"])
        if path and hashlib.sha256(path.read_bytes()).hexdigest() != stated["sha256"]:
            self.say(place, f"sha256 is not the hash of {path}")
        for _, fact in facts_of(stated):
            words = shown("".join(stated["text"][start:end] for start, end in spans_of(fact)))
            if "id" in fact and words != briefing.source.words(briefing.source.marks.get(fact["id"], [])):
                self.say(place, f"{fact['id']} rests on “{words}”; {briefing.place}/ marks other words")

    def check_database(self, name: str) -> None:
        """Compare the tables of facts with facts.jsonl: as many rows, and in each column the value of the fact."""
        lines = (self.site / name).with_name("facts.jsonl").read_text(encoding="utf-8").splitlines()
        stated = {one["id"]: one for one in map(json.loads, lines)}
        with closing(sqlite3.connect(f"{(self.site / name).resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as base:
            base.row_factory = sqlite3.Row
            for (table,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                columns = [row["name"] for row in base.execute(f'PRAGMA table_info("{table}")')]
                rows = [dict(row) for row in base.execute(f'SELECT * FROM "{table}"')] if "briefing" in columns else []
                if rows or any(facts.get(table) for facts in stated.values()):
                    self.check_table(f"{name} {table}", table, rows, stated)
                self.check_csv(f"{PurePosixPath(name).parent}/csv/{table}.csv", base, table)

    def check_table(self, place: str, table: str, rows: list[dict[str, Any]], stated: dict[str, Any]) -> None:
        facts = {
            (one["id"], fact["id"]): fact
            for one in stated.values()
            for k, fact in facts_of(one)
            if k == table and "id" in fact
        }
        for row in rows:
            briefing = stated.get(row["briefing"])
            where = f"{place} {row['briefing']} {row.get('id', '')}".rstrip()
            if briefing is None:
                self.say(where, "its briefing is not in facts.jsonl")
                continue
            if row.get("source_sha256", briefing["sha256"]) != briefing["sha256"]:
                self.say(where, "has another hash of the source than facts.jsonl")
            words = row.get("words", row.get("text"))
            if (
                words is not None
                and row.get("start") is not None
                and words != briefing["text"][row["start"] : row["end"]]
            ):
                self.say(where, f"“{words}” does not stand at {row['start']} to {row['end']}")
            if "id" in row and not str(row["page"]).endswith(f"briefings/{quote(row['briefing'])}/#e-{row['id']}"):
                self.say(where, f"leads to {row['page']}")
            fact = facts.pop((row["briefing"], row.get("id")), None)
            if fact is None and "id" in row:
                self.say(where, "is not in facts.jsonl")
            for column, value in _columns(fact or {}).items():
                if column in row and row[column] != value:
                    self.say(where, f"{column} is {row[column]!r}; facts.jsonl: {value!r}")
        for missing in facts:
            self.say(f"{place} {' '.join(missing)}", "is missing; facts.jsonl has this fact")

    def check_csv(self, name: str, base: sqlite3.Connection, table: str) -> None:
        """Compare a table's CSV file, if there is one, with the database."""
        if name not in self.known:
            return
        types = [row["type"] for row in base.execute(f'PRAGMA table_info("{table}")')]
        with (self.site / name).open(encoding="utf-8-sig", newline="") as file:
            written = Counter(tuple(map(_cell, row, types)) for row in list(csv.reader(file))[1:])
        rows = Counter(tuple(map(_cell, row, types)) for row in base.execute(f'SELECT * FROM "{table}"'))
        for row in [*(written - rows), *(rows - written)][:5]:
            self.say(name, f"differs from the database: {', '.join(row)[:120]}")

    def check_annotations(self, name: str) -> None:
        """Compare the Web Annotations with facts.jsonl: one for each fact, quoting the words at its places."""
        lines = (self.site / name).with_name("facts.jsonl").read_text(encoding="utf-8").splitlines()
        stated = {quote(one["id"]): one for one in map(json.loads, lines)}
        facts = {(key, fact["id"]) for key, one in stated.items() for _, fact in facts_of(one) if "id" in fact}
        for item in json.loads((self.site / name).read_text(encoding="utf-8"))["items"]:
            place, _, fact = item["id"].rpartition("briefings/")[2].partition("/#e-")
            where = f"{name} {place} {fact}"
            if (place, fact) not in facts:
                self.say(where, "is not in facts.jsonl, or is here twice")
                continue
            facts.remove((place, fact))
            target = item["target"] if isinstance(item["target"], list) else [item["target"]]
            for one in target:
                said, at = (
                    {s["type"]: s for s in one["selector"]}[f"Text{kind}Selector"] for kind in ("Quote", "Position")
                )
                if said["exact"] != stated[place]["text"][at["start"] : at["end"]]:
                    self.say(where, f"“{said['exact']}” does not stand at {at['start']} to {at['end']}")
            if any(one["source"]["sha256"] != stated[place]["sha256"] for one in target):
                self.say(where, "has another hash of the source than facts.jsonl")
        for missing in sorted(facts):
            self.say(f"{name} {' '.join(missing)}", "is missing; facts.jsonl has this fact")

    def check_log(self, name: str) -> None:
        """Check that the words of logged facts are those of facts that stand, and that the counts are right."""
        facts = {
            (b.id, kind, fact["id"]): " … ".join(b.words([part]) for part in parts_of(fact))
            for b in self.briefings.values()
            for kind, fact in facts_of(b.facts or {})
            if "id" in fact
        }
        withheld = {b.id for b in self.briefings.values() if b.facts is None}
        for build in json.loads((self.site / name).read_text(encoding="utf-8"))["builds"]:
            counts = Counter(change["action"] for change in build["changes"])
            if build["changes"] and any(counts[action] != count for action, count in build["facts"].items()):
                self.say(f"{name} build {build['number']}", f"says {build['facts']}; it lists {dict(counts)}")
            for change in build["changes"]:
                key = (change["briefing"], change["kind"], change["fact"])
                words = shown(change.get("words", "")).removesuffix("…")
                if words not in shown(facts.get(key, "")) and key[0] not in withheld:
                    self.say(f"{name} {' '.join(key)}", f"“{change['words']}” is not of a fact that stands")

    def check_log_feed(self, name: str) -> None:
        """Check that the feed of changes has words of the log alone."""
        log = json.loads((self.site / name).with_suffix(".json").read_text(encoding="utf-8"))
        known = {f"{c['action']}: {c['words']}" for b in log["builds"] for c in b["changes"] if "words" in c}
        for _, title, words in _entries(self.site / name):
            if not set(filter(None, words.split("\n"))) <= known:
                self.say(name, f"“{title}” differs from data/changes.json")

    def check_package(self, name: str) -> None:
        """Compare sizes and hashes that the data package and the data page state with the files."""
        page = self.site / "data" / "index.html"
        shown_here = set(re.findall(r"[0-9a-f]{64}", page.read_text(encoding="utf-8"))) if page.is_file() else None
        for one in json.loads((self.site / name).read_text(encoding="utf-8"))["resources"]:
            path = (self.site / name).parent / one["path"]
            if not path.is_file():
                self.say(name, f"lists {one['path']}, which does not exist")
                continue
            hash_ = hashlib.sha256(path.read_bytes()).hexdigest()
            if (one["bytes"], one["hash"]) != (path.stat().st_size, f"sha256:{hash_}"):
                self.say(name, f"size or hash of {one['path']} is wrong")
            if shown_here is not None and hash_ not in shown_here:
                self.say("data/index.html", f"does not state the hash of {one['path']}")


def _columns(fact: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a fact that a table has as columns."""
    plain = {key: value for key, value in fact.items() if not isinstance(value, (dict, list))}
    return plain | ({"speaker": (fact["speaker"] or {}).get("actor")} if "speaker" in fact else {})


def _cell(value: object, kind: str) -> str:
    """Return a value as CSV has it; a leading apostrophe keeps a spreadsheet from reading a formula."""
    text = "" if value is None else str(value)
    if kind == "BOOLEAN":
        return {"0": "false", "1": "true"}.get(text, text)
    return re.sub(r"^'(?=[=+@\t\r-])", "", text)


DATA = {
    "data/changes.json": Verifier.check_log,
    "data/changes.xml": Verifier.check_log_feed,
    "data/annotations.jsonld": Verifier.check_annotations,
    "data/archive.sqlite": Verifier.check_database,
    "data/datapackage.json": Verifier.check_package,
    "data/facts.jsonl": Verifier.check_lines,
}


def _quoted(link: Node, block: Node) -> Iterator[str]:
    """Yield the words that a block quotes: of a statement, an event, a figure or a key fact."""
    for name in ("words", "said", "text", "number", "context"):
        for found in block.find(name)[:1] or ([link] if name in link.classes() else []):
            yield re.sub("^\\s*“|”\\s*$", "", found.text("qualifier"))
            return
    for bold in block.find(tag="b")[:1]:
        yield bold.text("qualifier")
        return
    if "ref" in link.classes():
        yield block.text("ref", "from", "meta", "origin")


def _entries(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield address, title and words of the entries of an Atom or JSON feed."""
    if path.suffix == ".json":
        for item in json.loads(path.read_text(encoding="utf-8"))["items"]:
            yield item["url"], item["title"], item["content_text"]
        return
    atom = "{http://www.w3.org/2005/Atom}"
    for entry in ElementTree.parse(path).iter(f"{atom}entry"):
        links = [n.get("href", "") for n in entry.iter(f"{atom}link") if n.get("rel") == "alternate"]
        yield links[0], entry.findtext(f"{atom}title", ""), entry.findtext(f"{atom}summary", "")


def _figure_agrees(fact: dict[str, Any], words: str) -> bool:
    """Tell whether the digits of a value are among those of its words, if these have any: 8500000000, "8.5 billion"."""
    numbers = {re.sub(r"\D", "", n).strip("0") for n in re.findall(r"\d[\d.,\u00a0\u202f' ]*", words)}
    value = re.sub(r"\D", "", repr(fact["value"]).removesuffix(".0")).strip("0")
    return not numbers or value in numbers


def _without_names(text: str) -> re.Pattern[str]:
    """Return a pattern for a text from which the names of a person were removed."""
    return re.compile(r"[^\n]{2,80}?".join(map(re.escape, text.split(REMOVED_NAME))) + r"\s*\Z")


def _number(nodes: Sequence[Node]) -> int | None:
    digits = re.sub(r"\D", "", nodes[0].text()) if nodes else ""
    return int(digits) if digits else None


def _slug(name: str, keep: str = "") -> str:
    return re.sub(rf"[^a-z0-9{re.escape(keep)}]+", "-", name.lower()).strip("-")


def _first_difference(one: str, other: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[max(0, at - 10) : at + 20]


def verify(site: Path, sources: Path | None = None) -> tuple[list[str], str]:
    """Return the findings, one line each, and a line that says what was checked. `site` is a folder or a .zip file."""
    with tempfile.TemporaryDirectory(prefix="verify-") as place:
        if site.suffix == ".zip":
            with zipfile.ZipFile(site) as packed:
                packed.extractall(place)
            inside = list(Path(place).iterdir())
            site = inside[0] if len(inside) == 1 and inside[0].is_dir() else Path(place)
        checker = Verifier(site, sources or (site / "sources" if (site / "sources").is_dir() else None))
        problems = checker.run()
        facts = sum(sum(1 for _ in facts_of(b.facts or {})) for b in checker.briefings.values())
        told = f"{len(checker.briefings):,} briefings, {facts:,} facts, {len(checker.links):,} links"
        if checker.left_out:
            told += f". {len(checker.left_out):,} sources are not in the pack; their pages were not compared with them"
        without = "" if checker.sources else ". Without --sources, the sources were not compared"
        return problems, told + without


def main() -> int:
    options = argparse.ArgumentParser(description="Check a built site against its sources.")
    options.add_argument("site", type=Path, help="folder of the site, or a .zip file of it")
    options.add_argument("--sources", type=Path, help="folder of the articles from which the site was built")
    given = options.parse_args()
    problems, checked = verify(given.site, given.sources)
    print("\n".join([*problems, f"{len(problems)} problems" if problems else "No problems", checked]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
