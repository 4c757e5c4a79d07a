"""Render generated pages without a site generator: fill the body of each page into a shell of the theme.

    express = Express(Shells(), theme)
    html = express.page("actors/china.md", "---\\ntitle: ...")

A shell is the page of the theme around a body: MkDocs renders it once for each kind of page, with tokens in the places
of title, description, address, table of contents and body. The kind of a page is its depth, its first folder (or its
place in the navigation), and which values its front matter has. The bodies of generated pages are HTML blocks with
Markdown headings between them; the headings are converted with the Markdown configuration of the site, and HTML blocks
are copied.

The result is what MkDocs makes of the same page, byte for byte. The first page of each kind is rendered both ways, and
the first body of each folder is converted both ways.
Where they differ, or where a theme changes values in a way that tokens do not survive, `NotExpressError` is raised, and
MkDocs must render the site. A page whose body is not of this form is rendered by MkDocs alone.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from urllib.parse import quote

from markupsafe import Markup, escape

from briefing.config import load_mkdocs

if TYPE_CHECKING:
    import jinja2
    from markdown import Markdown
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page as MkDocsPage
    from mkdocs.structure.toc import AnchorLink

Meta = dict[str, Any]
# A piece of a shell: text; the name of a value; or a list as its name, the pieces of an item, and the text between.
Piece = Any
Heading = tuple[int, str, str]  # level, id, words


class NotExpressError(Exception):
    """This theme or this configuration needs MkDocs; the message says why."""


# --- pages: front matter, blocks, headings ------------------------------------------------------

LITERAL = ("hide",)  # lists that choose what a theme shows, and are not shown


def front_matter(page: bytes) -> tuple[Meta, bytes] | None:
    """Split a generated page, whose front matter has one JSON value a line; None if it has another form."""
    end = page.find(b"\n---\n", 3)
    if not page.startswith(b"---\n") or end < 0:
        return None
    lines = [line.partition(": ") for line in page[4:end].decode().split("\n")]
    try:
        values = json.loads(f"[{','.join([value for _, _, value in lines])}]")
    except ValueError:
        return None
    if len(values) != len(lines):
        return None
    return dict(zip([name for name, _, _ in lines], values, strict=True)), page[end + 5 :]


# A start tag that begins an HTML block, as Python-Markdown has it.
START = re.compile(
    rb"""<(
    address|article|aside|blockquote|body|canvas|center|colgroup|dd|details|div|dl|dt|fieldset|figcaption|figure|footer
    |form|group|h[1-6]|header|hgroup|html|iframe|legend|li|main|map|math|menu|nav|noscript|object|ol|option|output|p
    |pre|progress|script|section|style|summary|table|tbody|td|textarea|tfoot|th|thead|tr|ul|video
    )(?=[\s>])""",
    re.VERBOSE,
)
# What Python-Markdown would change, or what this scanner does not know.
UNKNOWN = (b"\t", b"\r", b"\x02", b"\x03", b"<!", b"<?")
SPACE = re.compile(rb"[ \n]*")
BLANK_LINE = re.compile(b"(?: *\n){2}")
ONLY_SPACES = re.compile(b"(?<=\n) +\n")


def blocks(body: bytes) -> list[tuple[bool, bytes]] | None:
    """Split a body into HTML blocks (True) and headings; None if there is anything else.

    >>> blocks(b"<p>a</p>\\n\\n## Said {: #said }\\n\\n<p>b</p>\\n")
    [(True, b'<p>a</p>\\n'), (False, b'## Said {: #said }'), (True, b'<p>b</p>\\n')]
    """
    if any(one in body for one in UNKNOWN):
        return None
    if b"\n \n" in body or b"  \n" in body:
        body = ONLY_SPACES.sub(b"\n", body)
    found: list[tuple[bool, bytes]] = []
    at, length = 0, len(body)
    body += b"\n\n"
    while at < length:
        before, at = at, SPACE.match(body, at).end()  # type: ignore[union-attr]
        first = body[at : at + 1]
        if at >= length:
            break
        if first == b"<":
            end = _block_end(body, at)
            if not end:
                return None
            blank = body.startswith(b"\n\n", end) or BLANK_LINE.match(body, end)
            found.append((True, body[at:end] + b"\n" if blank else body[at:end]))
            at = end
        elif first == b"#" and (b"\n" in body[before:at] or not before) and body[at - 1 : at] in (b"", b"\n"):
            end = body.index(b"\n", at)
            found.append((False, body[at:end]))
            at = end
        else:
            return None
    return found


def _block_end(body: bytes, at: int) -> int:
    """Return where the element that starts here ends; 0 if it is no block, or does not end."""
    start = START.match(body, at)
    depth = 0
    for tag in _tags(start[1]).finditer(body, at) if start else ():
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end()
    return 0


@cache
def _tags(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<(/?)%s(?=[\s>])[^>]*>" % name)


# A heading with an anchor, whose words mean nothing to Markdown.
PLAIN_HEADING = re.compile(r"(#{1,6}) ((?:[^\W_]|[ ,.\-–—’“”]|&#\d+;)*[^\W_]) \{: #([a-z][a-z0-9-]*) \}")


class Kind(NamedTuple):
    """What a theme may distinguish of pages."""

    path: str  # of the page, or of one for which the theme writes the same links
    meta: dict[str, str]  # the kind of each value; see `kind_of`
    h1: bool  # the body has a heading of level 1; otherwise the theme adds one
    headings: bool
    top: bool  # the first heading has level 1, and the table of contents shows those below it
    entries: int  # of the table of contents; 2 for more


class Body(NamedTuple):
    html: bytes
    headings: list[Heading]


# --- shells -------------------------------------------------------------------------------------

OPEN, CLOSE = "\ue000", "\ue001"
TOKEN = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")


def token(number: int, more: str = "") -> str:
    """Return a token that any filter of a template would change: then it is not found again."""
    return f"{OPEN}{number}aZ&#38;&#95;&#34;{more}{CLOSE}"


CONTENT = ["v", "content"]
Slot = tuple[str, int, int]  # name of a value, item of a list (-1: no list), part of an item


@dataclass
class Tokens:
    """Tokens that stand for values, while a shell is made."""

    slots: dict[str, Slot] = field(default_factory=dict)

    def new(self, name: str, item: int = -1, part: int = 0, more: str = "") -> str:
        found = token(len(self.slots), more)
        self.slots[found] = (name, item, part)
        return found

    def value(self, name: str, kind: Any) -> Any:
        """Return a value of this kind made of tokens; see `kind_of`."""
        if kind == "s":
            return self.new(name)
        if isinstance(kind, str) and kind[0] == "l":
            return [self.new(name, n) for n in range(int(kind[1:]))]
        if isinstance(kind, str) and kind[0] == "p":
            return [[self.new(name, n, part) for part in (0, 1)] for n in range(int(kind[1:]))]
        return json.loads(kind[1:])

    def pieces(self, html: str) -> list[Piece]:
        """Split what was made with tokens into text and values; raise NotExpressError if a token was changed."""
        texts, found = TOKEN.split(html), TOKEN.findall(html)
        if any(OPEN in text or CLOSE in text for text in texts) or not self.slots.keys() >= set(found):
            raise NotExpressError("the theme changes values of the front matter before it shows them")
        slots = [self.slots[one] for one in found]
        return _grouped(texts, slots)


def kind_of(name: str, value: Any) -> str:
    """Return what a template may distinguish of a value: a text, a list of texts or pairs, or the value itself."""
    if value and name not in LITERAL:
        if isinstance(value, str):
            return "s"
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return f"l{min(len(value), 2)}"
        if isinstance(value, list) and all(isinstance(one, list) and len(one) == 2 for one in value):
            return f"p{min(len(value), 2)}"
    return f"={json.dumps(value)}"


def _grouped(texts: Sequence[str], slots: Sequence[Slot]) -> list[Piece]:
    """Join the two items of each list into one pattern with the text between them.

    "[", a0, "], [", a1, "]" -> "[", (list a: item, "], ["), "]"
    """
    found: list[Piece] = [texts[0]]
    at = 0
    while at < len(slots):
        name, item, _ = slots[at]
        if item < 0:
            found += [["v", name], texts[at + 1]]
            at += 1
            continue
        ends = [n for n in range(at, len(slots)) if slots[n][0] != name or slots[n][1] != 0]
        size = (ends[0] if ends else len(slots)) - at
        pattern = _pattern(texts, slots, at, size)
        following = slots[at + size : at + 2 * size]
        between = ""
        if item == 0 and following and all(slot[:2] == (name, 1) for slot in following):
            if pattern != _pattern(texts, slots, at + size, size):
                raise NotExpressError(f"the theme shows the items of {name!r} in different ways")
            between = texts[at + size]
            size *= 2
        elif item != 0:
            raise NotExpressError(f"the theme shows only some items of {name!r}")
        found += [["l", name, pattern, between], texts[at + size]]
        at += size
    return found


def _pattern(texts: Sequence[str], slots: Sequence[Slot], at: int, size: int) -> list[Piece]:
    """Return the pieces of an item of a list: texts, and the number of each part."""
    pattern: list[Piece] = []
    for n in range(at, at + size):
        pattern += [slots[n][2], texts[n + 1]]
    return pattern[:-1]


def fill(pieces: Iterable[Piece], values: Mapping[str, Any]) -> str:
    return "".join(
        [
            piece if type(piece) is str else values[piece[1]] if piece[0] == "v" else _items(piece, values[piece[1]])
            for piece in pieces
        ]
    )


def _items(piece: Piece, items: Iterable[Any]) -> str:
    """Return a list as the theme shows it. An item is a text, or a pair of texts."""
    _, _, pattern, between = piece
    if pattern == [0]:
        return cast(str, between.join(items))
    if all(part == 0 for part in pattern if type(part) is int):
        items = ([item] for item in items)
    return cast(
        str, between.join(["".join([part if type(part) is str else item[part] for part in pattern]) for item in items])
    )


def _around(pieces: Sequence[Piece], values: Mapping[str, Any], content: bytes) -> bytes:
    """Fill a shell. The content, most of the page, is not decoded."""
    at = next(n for n, piece in enumerate(pieces) if piece == CONTENT)
    return b"".join((fill(pieces[:at], values).encode(), content, fill(pieces[at + 1 :], values).encode()))


@dataclass
class Shells:
    """What was learned of a theme; JSON, so that later builds need not load MkDocs."""

    site: str | None = None  # address with a final slash; "" if not set, None if nothing was learned yet
    shells: dict[str, list[Piece]] = field(default_factory=dict)
    entry: list[Piece] = field(default_factory=list)  # of the table of contents
    branch: list[Piece] = field(default_factory=list)  # of it, with entries below
    headings: dict[str, list[Piece]] = field(default_factory=dict)  # by "##"; empty if they cannot be filled
    lines: dict[str, tuple[str, list[Heading]]] = field(default_factory=dict)  # headings as Markdown made them


MAX_LINES = 2_000  # headings that are kept; those of templates are few


class Express:
    """Renders generated pages. `theme` is called when MkDocs is needed for something that was not seen before."""

    def __init__(self, shells: Shells, theme: Callable[[], Theme]) -> None:
        self.shells = shells
        self._theme = theme
        self._checked: set[str] = set()  # folders of which a body was converted both ways

    @cached_property
    def theme(self) -> Theme:
        return self._theme()

    @cached_property
    def places(self) -> frozenset[str]:
        """Paths in the navigation: their pages have shells of their own."""
        return frozenset(json.loads(self.shells.lines["nav"][0])) if "nav" in self.shells.lines else self._learn_site()

    def _learn_site(self) -> frozenset[str]:
        places = self.theme.places
        self.shells.lines["nav"] = (json.dumps(sorted(places)), [])
        self.shells.site = self.theme.site
        return places

    def page(self, path: str, text: bytes) -> bytes:
        """Return the page of `docs/path`; `text` is its Markdown with front matter."""
        places = self.places
        split = front_matter(text)
        body = self.body(split[1]) if split else None
        if split is None or body is None or not split[0].get("title"):
            return self.by_mkdocs(path, text)
        meta, (html, headings) = split[0], body
        address = url_of(path)
        first = headings[0] if headings else None
        tree = nested(headings)
        if first and first[0] == 1:
            tree = tree[0][1]
        where = path if path in places else self._probe(address) or path
        kinds = {name: kind_of(name, value) for name, value in meta.items()}
        kind = Kind(where, kinds, b"<h1" in html, bool(first), bool(first and first[0] == 1), min(len(tree), 2))
        key = json.dumps(kind)
        values = {
            **meta,
            "canonical url": f"{self.shells.site}{address}",
            "first heading": first[1] if first else "",
            "contents": [self._entry(*one) for one in tree],
        }
        pieces = self.shells.shells.get(key)
        if pieces is None:
            pieces = self.theme.shell(kind)
            folder = path.partition("/")[0]
            right = self.by_mkdocs(path, text, None if folder not in self._checked else body)
            self._checked.add(folder)
            if _around(pieces, values, html) != right:
                raise NotExpressError(f"the theme shows more of {path} than its title, head, contents and body")
            self.shells.shells[key] = pieces
        return _around(pieces, values, html)

    def by_mkdocs(self, path: str, text: bytes, body: Body | None = None) -> bytes:
        return self.theme.page(path, text.decode(), body).encode("utf-8", errors="xmlcharrefreplace")

    def _probe(self, address: str) -> str:
        """Return the path of a page for which the theme writes the same links; "" if only the page itself is one."""
        parts = address.split("/")[:-1]
        same = max((n for n in range(len(parts) + 1) if "/".join(parts[:n]) in self.folders), default=0)
        same = max(same, 1)  # a theme may link to any page at the top
        if same >= len(parts):
            return ""
        return "/".join([*parts[:same], *["of"] * (len(parts) - same - 1), "probe.md"])

    @cached_property
    def folders(self) -> frozenset[str]:
        """Addresses in the navigation, and all folders above them."""
        parts = [url_of(place).split("/")[:-1] for place in self.places]
        return frozenset("/".join(one[:n]) for one in parts for n in range(len(one) + 1))

    # --- bodies

    def body(self, text: bytes) -> Body | None:
        """Return a body as HTML, with its headings; None if Markdown has to see all of it."""
        found = blocks(text)
        if found is None:
            return None
        parts: list[bytes] = []
        headings: list[Heading] = []
        made: set[str] = set()  # anchors that Markdown made of words: it would number them if there were two
        for is_html, part in found:
            if is_html:
                parts.append(part)
                continue
            html, heading, own = self._heading(part.decode())
            parts.append(html.encode())
            headings += heading
            made.update(() if own else (one[1] for one in heading))
        ids = [heading[1] for heading in headings]
        if made and len(set(ids)) != len(ids):
            return None
        return Body(b"\n".join(parts).strip(), headings)

    def _heading(self, line: str) -> tuple[str, list[Heading], bool]:
        """Return a heading as HTML, the heading itself, and whether its anchor is its own."""
        plain = PLAIN_HEADING.fullmatch(line)
        if plain:
            level, words, anchor = plain.groups()
            pieces = self.shells.headings.get(level)
            if pieces is None:
                pieces = self.shells.headings[level] = self.theme.heading(level)
            if pieces:
                return fill(pieces, {"words": words, "anchor": anchor}), [(len(level), anchor, words)], True
        known = self.shells.lines.get(line)
        if known is None:
            known = self.theme.converted(line)
            if len(self.shells.lines) < MAX_LINES:
                self.shells.lines[line] = known
        return known[0], [cast(Heading, tuple(one)) for one in known[1]], "{:" in line

    # --- table of contents

    def _entry(self, heading: Heading, below: Sequence[Tree]) -> str:
        shells = self.shells
        if not shells.entry:
            shells.entry, shells.branch = self.theme.contents_entries()
        values: dict[str, Any] = {"words": heading[2], "anchor": heading[1]}
        if not below:
            return fill(shells.entry, values)
        values["label"] = str(escape(Markup(heading[2]).striptags()))
        values["below"] = [self._entry(*one) for one in below]
        return fill(shells.branch, values)


Tree = tuple[Heading, list[Any]]  # a heading with those below it


def nested(headings: Sequence[Heading]) -> list[Tree]:
    """Nest headings by level as Python-Markdown does: one is below the last that has a smaller level."""
    if len({level for level, _, _ in headings}) < 2:
        return [(heading, []) for heading in headings]
    from markdown.extensions.toc import nest_toc_tokens

    def read(found: Iterable[Mapping[str, Any]]) -> list[Tree]:
        return [((one["level"], one["id"], one["name"]), read(one["children"])) for one in found]

    return read(nest_toc_tokens([{"level": level, "id": id_, "name": name} for level, id_, name in headings]))


def _tokens(tree: Iterable[Tree]) -> Any:
    return [{"level": h[0], "id": h[1], "name": h[2], "children": _tokens(below)} for h, below in tree]


def file_of(path: str) -> str:
    """Return the file of a page: `a/b.md` -> `a/b/index.html`. Other files keep their paths."""
    if not path.endswith(".md"):
        return path
    folder, _, name = path[:-3].rpartition("/")
    folder += "/" if folder else ""
    return f"{folder}index.html" if name in ("index", "README") else f"{folder}{name}/index.html"


def url_of(path: str) -> str:
    """Return the address of a page, relative to the site's: `a/b.md` -> `a/b/`."""
    return quote(file_of(path).removesuffix("index.html"))


# --- the theme, as MkDocs renders it --------------------------------------------------------------


class Theme:
    """MkDocs with the configuration of a site, for its hand-written pages and for shells.

    Only hand-written files and pages of the navigation are read; other generated pages exist as targets of links.
    """

    def __init__(self, mkdocs_yml: Path, docs: Path, hand_written: Iterable[str], generated: Mapping[str, Any]) -> None:
        from mkdocs.structure.files import set_exclusions
        from mkdocs.structure.nav import get_navigation

        os.environ.setdefault("SOURCE_DATE_EPOCH", "0")  # reproducible builds: no page contains the time of its build
        self.config: MkDocsConfig = load_mkdocs(mkdocs_yml, docs)
        self.docs = docs
        self.site = self.config.site_url or ""
        names = [*hand_written]
        taken = {*names, *generated}
        names = [n for n in names if not (n.endswith("README.md") and f"{n[:-9]}index.md" in taken)]
        self.own = frozenset(names)
        in_nav = [name for name in in_navigation(self.config.nav) if name in generated]
        self.files: Files = _files_class()(
            (self._file(name) for name in dict.fromkeys((*names, *in_nav))), lambda name: name in generated
        )
        self.env: jinja2.Environment = self.config.theme.get_env()
        set_exclusions(self.files, self.config)
        self.nav: Navigation = get_navigation(self.files, self.config)
        self.places = frozenset(page.file.src_uri for page in self.nav.pages)
        for page in self.nav.pages:
            page.read_source(self.config)  # the navigation shows titles, and may show icons

    def _file(self, name: str) -> File:
        from mkdocs.structure.files import File

        return File(name, str(self.docs), self.config.site_dir, self.config.use_directory_urls)

    def _page_of(self, path: str) -> MkDocsPage:
        from mkdocs.structure.pages import Page

        file = self.files.get_file_from_path(path) if path in self.places else None
        return file.page if file and file.page else Page(None, self._file(path), self.config)

    def _render(self, page: MkDocsPage) -> str:
        from mkdocs.commands.build import get_context

        page.active = True
        try:
            template = self.env.get_template(page.meta.get("template", "main.html"))
            return template.render(get_context(self.nav, self.files, self.config, page))
        finally:
            page.active = False

    def page(self, path: str, text: str, body: Body | None = None) -> str:
        """Render a page as MkDocs does; `body` if it was converted already."""
        from mkdocs.structure.toc import get_toc
        from mkdocs.utils import meta

        page = self._page_of(path)
        page.markdown, page.meta = meta.get_data(text)
        if body is None:
            page.render(self.config, self.files)
        else:
            page.content, page.toc = body.html.decode(), get_toc(_tokens(nested(body.headings)))
        return self._render(page)

    # --- hand-written pages

    def own_pages(self) -> Iterator[tuple[str, str]]:
        """Yield the file and the content of each hand-written page."""
        from mkdocs.structure.pages import Page

        found = [file for file in self.files.documentation_pages() if file.src_uri in self.own]
        for file in found:
            page = file.page or Page(None, file, self.config)
            page.read_source(self.config)
            page.render(self.config, self.files)
        for file in found:
            if file.page:
                file.page.validate_anchor_links(files=self.files, log_level=self.config.validation.links.anchors)
                yield file.dest_uri, self._render(file.page)

    def anchors(self) -> Iterator[tuple[str, str, str]]:
        """Yield links of hand-written pages to anchors of generated ones: page, target, anchor. After `own_pages`."""
        for file in self.files.documentation_pages():
            for target, links in ((file.page and file.page.links_to_anchors) or {}).items():
                if file.src_uri in self.own and target.src_uri not in self.own:
                    yield from ((file.src_uri, target.src_uri, anchor) for anchor in links)

    def templates(self) -> Iterator[tuple[str, str]]:
        """Yield the files that the theme makes without a page, such as 404.html."""
        from urllib.parse import urlsplit

        import jinja2
        from mkdocs import utils
        from mkdocs.commands.build import get_context

        def made(name: str, template: jinja2.Template) -> str:
            base = (
                urlsplit(self.site or "/").path if utils.is_error_template(name) else utils.get_relative_url(".", name)
            )
            return template.render(get_context(self.nav, self.files, self.config, base_url=base))

        for name in sorted(self.config.theme.static_templates):
            try:
                yield name, made(name, self.env.get_template(name))
            except jinja2.TemplateNotFound:
                continue
        for name in self.config.extra_templates:
            yield name, made(name, jinja2.Template((self.docs / name).read_text(encoding="utf-8")))

    def assets(self) -> Iterator[tuple[str, Path]]:
        """Yield the files of the theme, and the hand-written ones that are no pages; each with its source."""
        self.files.add_files_from_theme(self.env, self.config)
        yield from self.own_assets()

    def own_assets(self) -> Iterator[tuple[str, Path]]:
        from mkdocs.structure.files import InclusionLevel

        for file in self.files:
            excluded = file.inclusion in (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT)
            if not file.is_documentation_page() and not excluded and file.abs_src_path:
                yield file.dest_uri, Path(file.abs_src_path)

    # --- shells

    def shell(self, kind: Kind) -> list[Piece]:
        """Return the shell of a kind of page."""
        from mkdocs.structure.toc import AnchorLink, TableOfContents

        tokens = Tokens()
        page = self._page_of(kind.path)
        kept = page.meta, page.content, page.toc, page.canonical_url, page.edit_url, page.markdown
        page.markdown = ""
        page.meta = {name: tokens.value(name, one) for name, one in kind.meta.items()}
        page.content = tokens.new("content", more="<h1" if kind.h1 else "")
        first = tokens.new("first heading")
        anchors = [first if n == 0 and not kind.top else f"entry-{n}" for n in range(kind.entries)]
        items = [AnchorLink(f"entry {n}", anchor, 2) for n, anchor in enumerate(anchors)]
        shown = {self._contents_entry(item): tokens.new("contents", n) for n, item in enumerate(items)}
        if kind.top:
            head = AnchorLink("top", first, 1)
            head.children = items
            items = [head]
        elif kind.headings and not items:
            items = [AnchorLink("top", first, 2)]
        page.toc = TableOfContents(items)
        page.canonical_url = tokens.new("canonical url") if page.canonical_url else None
        page.edit_url = tokens.new("edit url") if page.edit_url else None
        try:
            html = self._render(page)
        finally:
            page.meta, page.content, page.toc, page.canonical_url, page.edit_url, page.markdown = kept
        for entry, one in shown.items():
            html = html.replace(entry, one)
        pieces = tokens.pieces(html)
        if ["v", "edit url"] in pieces:
            raise NotExpressError("the theme shows where a page can be edited")
        if pieces.count(CONTENT) != 1:
            raise NotExpressError("the theme does not show the content of a page once")
        return pieces

    def _contents_entry(self, item: AnchorLink) -> str:
        import jinja2

        try:
            template = self.env.get_template("partials/toc-item.html")
        except jinja2.TemplateNotFound:
            raise NotExpressError("the theme has no partials/toc-item.html") from None
        return template.render(toc_item=item, config=self.config)

    def contents_entries(self) -> tuple[list[Piece], list[Piece]]:
        """Return an entry of the table of contents, and one with entries below it."""
        from mkdocs.structure.toc import AnchorLink

        tokens = Tokens()
        words, anchor = tokens.new("words"), tokens.new("anchor")
        label = str(escape(Markup(words).striptags()))
        labelled = tokens.new("label")
        branch = AnchorLink(words, anchor, 2)
        entry = self._contents_entry(branch)
        branch.children = [AnchorLink(f"entry {n}", f"entry-{n}", 3) for n in range(2)]
        whole = self._contents_entry(branch).replace(label, labelled)
        for n, item in enumerate(branch.children):
            whole = whole.replace(self._contents_entry(item), tokens.new("below", n))
        return tokens.pieces(entry), tokens.pieces(whole)

    @cached_property
    def markdown(self) -> Markdown:
        from markdown import Markdown

        return Markdown(extensions=self.config.markdown_extensions, extension_configs=self.config.mdx_configs or {})

    def converted(self, line: str) -> tuple[str, list[Heading]]:
        """Convert a line as Markdown; return HTML and its headings."""
        self.markdown.reset()
        html = self.markdown.convert(line)
        found: list[Heading] = []

        def add(tokens: Iterable[Mapping[str, Any]]) -> None:
            for one in tokens:
                found.append((one["level"], one["id"], one["name"]))
                add(one["children"])

        add(getattr(self.markdown, "toc_tokens", ()))
        return html, found

    def heading(self, level: str) -> list[Piece]:
        """Return how a plain heading with an anchor becomes HTML; empty if its words are changed."""
        words, anchor = f"Words{OPEN}&#38; of{CLOSE}, plain", "anchor-of-a-heading"
        html, found = self.converted(f"{level} {words} {{: #{anchor} }}")
        if found != [(len(level), anchor, words)] or html.count(words) != 1:
            return []
        tokens = Tokens()
        html = html.replace(words, tokens.new("words")).replace(anchor, tokens.new("anchor"))
        return tokens.pieces(html)


def in_navigation(nav: Any) -> Iterator[str]:
    """Yield the paths in the navigation of mkdocs.yml."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, dict):
        for value in nav.values():
            yield from in_navigation(value)
    elif isinstance(nav, list):
        for value in nav:
            yield from in_navigation(value)


def _files_class() -> Any:
    """Return a collection of files in which files that are not read exist as targets of links."""
    from mkdocs.structure.files import File, Files, InclusionLevel

    class Known(Files):
        def __init__(self, files: Iterable[File], exists: Callable[[str], bool]) -> None:
            super().__init__(files)
            self.exists = exists

        def get_file_from_path(self, path: str) -> File | None:
            found = super().get_file_from_path(path)
            if found is None and self.exists(path):
                one = next(iter(self))
                return File(path, one.src_dir, one.dest_dir, one.use_directory_urls, inclusion=InclusionLevel.INCLUDED)
            return found

    return Known
