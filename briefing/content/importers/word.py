"""Import an article from a Word document: everything that a reader of the document sees, in its order.

python-docx opens the package and knows its styles; the text is read from the XML, because python-docx leaves out
tracked insertions, content controls, text boxes and notes. An element that is not known here is looked into, so that
text is lost only where this file says so.

    from_docx(raw).dropped   ->   ("tracked deletions: 4,000", "1 comment")
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from briefing.content.importers import clues
from briefing.content.problems import plural
from briefing.content.scaffold import Draft, ImportFailedError
from briefing.model import Meta

LARGEST_UNPACKED = 200_000_000  # bytes; a few kilobytes can unpack to gigabytes
MOST_PARTS = 5_000
OLD_WORD = b"\xd0\xcf\x11\xe0"  # also the container of a document with a password
MOST_COLUMNS = 63  # of a table, as in Word
MOST_CELLS = 200_000
# Strict Office Open XML (ISO/IEC 29500) has other namespaces for the same elements; python-docx knows the usual ones.
STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w{1,40})/")
USUAL = rb"http://schemas.openxmlformats.org/\1/2006/"
NOTE_NUMBER = "[{}]"


def from_docx(raw: bytes) -> Draft:
    """Return the article in a Word document; raise ImportFailedError if there is none."""
    try:
        return _draft(_opened(raw))
    except ImportFailedError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise ImportFailedError(
            "this Word document is damaged. Open it in Word, save it again and import the new file"
        ) from error
    except SyntaxError as error:
        raise ImportFailedError(
            "cannot read this Word document: its text is damaged or nested too deeply. Save it again in Word"
        ) from error
    except (ValueError, OSError, TypeError, LookupError, AttributeError) as error:
        raise ImportFailedError(f"cannot read this Word document: {_short(error)}") from error
    except (RecursionError, MemoryError, OverflowError) as error:
        raise ImportFailedError("this Word document is nested too deeply to be read") from error


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def _opened(raw: bytes) -> Any:
    import docx
    from docx.opc.exceptions import OpcError

    if raw.startswith(OLD_WORD):
        raise ImportFailedError(
            "this document is protected by a password or is an old Word document (.doc). Save it as .docx without one"
        )
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        parts = packed.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise ImportFailedError("this Word document is too large when unpacked")
        if any(part.flag_bits & 1 for part in parts):
            raise ImportFailedError("this Word document is protected by a password. Save it without one")
        if any(STRICT.search(packed.read(part)) for part in parts if part.filename == "_rels/.rels"):
            raw = _transitional(packed)
    try:
        return docx.Document(io.BytesIO(raw))
    except (OpcError, NotImplementedError, RuntimeError) as error:
        raise ImportFailedError(f"cannot read this Word document: {_short(error)}") from error


def _transitional(packed: zipfile.ZipFile) -> bytes:
    """Return a package of strict Office Open XML with the namespaces that usual documents have.

    >>> STRICT.sub(USUAL, b"http://purl.oclc.org/ooxml/wordprocessingml/main")
    b'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as after:
        for part in packed.infolist():
            content = packed.read(part)
            is_xml = part.filename.endswith((".xml", ".rels"))
            after.writestr(part.filename, STRICT.sub(USUAL, content) if is_xml else content)
    return out.getvalue()


def _draft(document: Any) -> Draft:
    reader = _Reader(document)
    blocks = list(reader.blocks(document.element.body))
    body = "\n\n".join(text for text in (block.text() for block in _merged(blocks)) if text)
    notes = reader.notes()
    if notes:
        body = f"{body}\n\n{notes}".strip()
    if not body:
        raise ImportFailedError(
            "this document contains no text. If it is a picture of text, run text recognition on it"
        )
    dropped = (*reader.dropped(), *_furniture(document))
    return _described(document, blocks, body, tuple(reader.doubts()), dropped)


def _described(
    document: Any, blocks: list[Block], body: str, doubts: tuple[str, ...], dropped: tuple[str, ...]
) -> Draft:
    about = document.core_properties
    title, title_basis = _title(blocks, clues.one_line(about.title), body)
    published, basis, date_doubts = clues.publication_at_top(body)
    named = clues.byline_at_top(body)
    given = clues.authors_in(about.author)
    author = "; ".join(named or given) or None
    more = [*doubts, *date_doubts]
    if author and not named:
        more.append(f"the author {author} is from the file's properties: check that this is who wrote the article")
    if title_basis == "file properties":
        more.append("the headline is from the file's properties: check it")
    found = (
        ("title", title_basis),
        ("published", basis),
        ("author", "byline" if named else "file properties"),
    )
    return Draft(Meta(title=title, published=published, author=author), body, tuple(more), dropped, found)


def _title(blocks: list[Block], property_title: str | None, body: str) -> tuple[str | None, str]:
    """Return the headline and where it is from; what stands large in the document wins over its properties."""
    headings = [block for block in blocks if block.level and block.words]
    for level in (1, 9):
        chosen = next((b for b in headings if b.level <= level and clues.is_headline(b.words)), None)
        if chosen:
            return clues.one_line(chosen.words), "heading"
    first = [block for block in blocks if block.words and not block.rows][:4]
    large = next((b for b in first if b.stands_out and len(b.words.split()) <= 30 and clues.is_headline(b.words)), None)
    if large:
        return clues.one_line(large.words), "first lines"
    if property_title and clues.is_headline(property_title) and clues.is_about(property_title, body):
        return property_title, "file properties"
    return None, ""


def _furniture(document: Any) -> Iterator[str]:
    """Name the headers and footers, which are no part of the article."""
    for kind in ("header", "footer"):
        parts = [
            r.target_part for r in document.part.rels.values() if r.reltype.endswith(f"/{kind}") and not r.is_external
        ]
        texts = {" ".join("".join(t.text or "" for t in _elements(part)).split()) for part in parts}
        said = "; ".join(sorted(text for text in texts if re.search(r"[^\W\d_]{2}", text)))
        if said:
            yield f"page {kind}: {_sample(said)}"


def _elements(part: Any) -> list[Any]:
    from lxml import etree

    root = getattr(part, "element", None)
    if root is None:
        root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
    return [found for found in root.iter() if _name(found) == "t"]


def _sample(words: str) -> str:
    return words if len(words) <= 80 else f"{words[:79].rstrip()}…"


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""  # comments and instructions have no name


# --- what a document consists of ---------------------------------------------------------------


@dataclass(slots=True)
class Block:
    """A paragraph or a table."""

    words: str = ""
    level: int = 0  # of a heading
    marker: str = ""  # of a list item
    rows: list[list[str]] = field(default_factory=list)
    runs_on: bool = False  # the mark at its end was deleted
    stands_out: bool = False

    def text(self) -> str:
        if self.rows:
            return _table(self.rows)
        if self.level and self.words:
            return f"{'#' * min(self.level, 6)} {' '.join(self.words.split())}"
        return f"{self.marker}{self.words}" if self.words else ""


def _merged(blocks: list[Block]) -> list[Block]:
    """Join paragraphs between which the mark was deleted."""
    merged: list[Block] = []
    for block in blocks:
        if merged and merged[-1].runs_on and not block.rows and not merged[-1].rows:
            last = merged[-1]
            last.words, last.runs_on = f"{last.words}{block.words}", block.runs_on
        else:
            merged.append(block)
    return merged


def _table(rows: list[list[str]]) -> str:
    rows = [row for row in rows if any(row)]
    if not rows:
        return ""
    width = max(n for row in rows for n, cell in enumerate(row, 1) if cell)
    if width == 1:  # a frame around text
        return "\n\n".join(row[0] for row in rows)
    full = [[cell.replace("|", "\\|").replace("\n", " ") for cell in [*row, *[""] * width][:width]] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in full]
    return "\n".join([lines[0], f"| {' | '.join(['---'] * width)} |", *lines[1:]])


SPACES = {"tab": " ", "ptab": " ", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
SYMBOLS = dict(zip("\xb0\xb1\xa3\xb3\xb4\xb9\xbb\xa0\x6d\x61\x62\x67\x44\xb7\xa5", "°±≤≥×≠≈€μαβγΔ•∞", strict=True))


class _Reader:
    """Reads the body of one document, and counts what it leaves out or cannot be sure of."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.counts: Counter[str] = Counter()
        self.deleted: list[str] = []
        self.cited: list[tuple[str, str]] = []  # notes in the order of their marks: kind and id
        self.boxes: list[Any] = []
        self.lists = _Lists(document)
        self.styles = _Styles(document)
        self.cells = 0

    def blocks(self, parent: Any) -> Iterator[Block]:
        """Yield the paragraphs and tables below an element; text boxes follow the paragraph they are in."""
        for child in parent:
            name = _name(child)
            if name == "p":
                yield self._paragraph(child)
                boxes, self.boxes = self.boxes, []
                for box in boxes:
                    yield from self.blocks(box)
            elif name == "tbl":
                yield Block(rows=self._rows(child))
            elif name == "AlternateContent":
                yield from self.blocks(_alternative(child))
            elif name in ("del", "moveFrom"):
                self._delete(child)
            elif name == "sdt" and self._is_placeholder(child):
                self.counts["placeholder"] += 1
            elif name == "altChunk":
                self.counts["embedded document"] += 1
            elif name and name not in clues.WORDS.word_skipped:
                self._count_change(name)
                yield from self.blocks(child)

    def _paragraph(self, paragraph: Any) -> Block:
        words = re.sub(r" *\n *", "\n", re.sub(r"[^\S\n]+", " ", self._inline(paragraph))).strip()
        properties = _child(paragraph, "pPr")
        mark = _child(properties, "rPr")
        if _child(mark, "ins") is not None:
            self.counts["insertion"] += 1
        level = self.styles.level(properties)
        marker = "" if level else self.lists.marker(properties, self.styles, bool(words))
        runs_on = _child(mark, "del") is not None
        if runs_on:
            words += " " if words else ""
        return Block(
            words, level, marker, runs_on=runs_on, stands_out=bool(words) and self.styles.stands_out(paragraph)
        )

    def _inline(self, element: Any) -> str:
        return "".join(self._piece(child) for child in element)

    def _piece(self, element: Any) -> str:
        name = _name(element)
        if name == "t":
            return element.text or ""
        if name in SPACES:
            return SPACES[name]
        if name == "br":
            return "\n" if _attribute(element, "type") in (None, "textWrapping") else " "
        reader = getattr(self, f"_on_{name.lower()}", None)
        if reader is not None:
            return str(reader(element))
        if not name or name in clues.WORDS.word_skipped:
            return ""
        self._count_change(name)
        return self._inline(element)

    def _on_r(self, run: Any) -> str:
        properties = _child(run, "rPr")
        vanish = _child(properties, "vanish")
        if vanish is not None and _attribute(vanish, "val") not in ("0", "false", "off"):
            hidden = "".join(t.text or "" for t in run if _name(t) == "t")
            self.counts["hidden text"] += bool(hidden.strip())
            return ""
        return self._inline(run)

    def _on_del(self, element: Any) -> str:
        self._delete(element)
        return ""

    _on_movefrom = _on_del

    def _on_deltext(self, element: Any) -> str:
        self._delete([element])
        return ""

    def _on_sdt(self, control: Any) -> str:
        if self._is_placeholder(control):
            self.counts["placeholder"] += 1
            return ""
        return self._inline(control)

    def _on_alternatecontent(self, element: Any) -> str:
        return self._inline(_alternative(element))

    def _on_txbxcontent(self, box: Any) -> str:
        self.boxes.append(box)
        return ""

    def _on_sym(self, symbol: Any) -> str:
        code = int(_attribute(symbol, "char") or "0", 16)
        if (_attribute(symbol, "font") or "").lower() == "symbol" and chr(code & 0xFF) in SYMBOLS:
            return SYMBOLS[chr(code & 0xFF)]
        self.counts["symbol"] += 1
        return ""

    def _on_blip(self, _: Any) -> str:
        self.counts["picture"] += 1
        return ""

    _on_imagedata = _on_blip

    def _on_chart(self, _: Any) -> str:
        self.counts["chart or diagram"] += 1
        return ""

    _on_relids = _on_chart

    def _on_footnotereference(self, mark: Any) -> str:
        self.cited.append(("footnotes", _attribute(mark, "id") or ""))
        return ""

    def _on_endnotereference(self, mark: Any) -> str:
        self.cited.append(("endnotes", _attribute(mark, "id") or ""))
        return ""

    def _on_commentreference(self, _: Any) -> str:
        self.counts["comment"] += 1
        return ""

    def _delete(self, element: Any) -> None:
        parts = (t.text or "" for e in element for t in e.iter() if _name(t) in ("delText", "t"))
        words = "".join(parts) or "".join(getattr(e, "text", None) or "" for e in element)
        self.counts["deletion"] += 1
        if words.strip():
            self.deleted.append(" ".join(words.split()))

    def _count_change(self, name: str) -> None:
        if name in ("ins", "moveTo"):
            self.counts["insertion"] += 1

    @staticmethod
    def _is_placeholder(control: Any) -> bool:
        """Tell whether a content control still shows its prompt, such as `Click here to enter text`."""
        return _child(_child(control, "sdtPr"), "showingPlcHdr") is not None

    # --- tables

    def _rows(self, table: Any) -> list[list[str]]:
        """Return the cells of a table. A merged cell gives its words once, and empty cells beside or below them."""
        rows = []
        for row in _descendants(table, "tr", ("tbl", "tc")):
            properties = _child(row, "trPr")
            if _child(properties, "del") is not None:
                self._delete(row)
                continue
            if _child(properties, "ins") is not None:
                self.counts["insertion"] += 1
            rows.append(self._cells(row, properties))
        return rows

    def _cells(self, row: Any, properties: Any) -> list[str]:
        cells = [""] * _number(_child(properties, "gridBefore"), 0)
        for cell in _descendants(row, "tc", ("tbl", "tc")):
            about = _child(cell, "tcPr")
            if _child(about, "cellDel") is not None:
                self._delete(cell)
                continue
            merged = _child(about, "vMerge")
            below = merged is not None and _attribute(merged, "val") != "restart"
            words = "; ".join(filter(None, (_flat(block) for block in _merged(list(self.blocks(cell))))))
            cells += [words if not below or words else ""]
            cells += [""] * (_number(_child(about, "gridSpan"), 1) - 1)
            self.cells += 1
            if self.cells > MOST_CELLS:
                raise ImportFailedError(f"a table of this document has more than {MOST_CELLS:,} cells")
        return cells[:MOST_COLUMNS]

    # --- notes, comments and the report

    def notes(self) -> str:
        """Return the footnotes and endnotes in the order of their marks."""
        texts: list[str] = []
        done: set[tuple[str, str]] = set()
        notes = {kind: self._notes_of(kind) for kind in ("footnotes", "endnotes")}
        for kind, key in list(self.cited):
            note = notes[kind].get(key)
            if note is None or (kind, key) in done:
                continue
            done.add((kind, key))
            words = "\n\n".join(filter(None, (block.text() for block in _merged(list(self.blocks(note))))))
            if words:
                texts.append(f"{NOTE_NUMBER.format(len(texts) + 1)} {words}")
        self.counts["note"] = len(texts)
        return "\n\n".join(texts)

    def _notes_of(self, kind: str) -> dict[str, Any]:
        from lxml import etree

        found: dict[str, Any] = {}
        for relation in self.document.part.rels.values():
            if relation.is_external or not relation.reltype.endswith(f"/{kind}"):
                continue
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            for note in etree.fromstring(relation.target_part.blob, parser):
                if _attribute(note, "type") in (None, "normal"):
                    found.setdefault(_attribute(note, "id") or "", note)
        return found

    def dropped(self) -> Iterator[str]:
        if self.deleted:
            yield f"tracked deletions: {_sample('; '.join(self.deleted))}"
        for name in (
            "comment",
            "picture",
            "chart or diagram",
            "embedded document",
            "placeholder",
            "hidden text",
            "symbol",
        ):
            count = self.counts[name]
            if count:
                several = {"chart or diagram": "charts or diagrams", "hidden text": "pieces of hidden text"}
                yield plural(count, name, several.get(name, f"{name}s"))

    def doubts(self) -> Iterator[str]:
        if self.counts["insertion"] or self.counts["deletion"]:
            yield (
                "the document has tracked changes that nobody has accepted: "
                "insertions were kept and deletions left out. Check that this is the final text"
            )
        if self.counts["note"]:
            yield f"{plural(self.counts['note'], 'footnote')} moved to the end of the text"
        if self.counts["chart or diagram"] or self.counts["embedded document"]:
            yield "the words in charts, diagrams and embedded documents were not read"


def _flat(block: Block) -> str:
    """Return the words of a block inside a cell, on one line."""
    if block.rows:
        return "; ".join(", ".join(filter(None, row)) for row in block.rows if any(row))
    return " ".join(f"{block.marker if block.marker != '- ' else ''}{block.words}".split())


def _alternative(element: Any) -> Any:
    """Return one of the forms in which the same content is written for old and new programs."""
    forms = [child for child in element if _name(child) in ("Choice", "Fallback")]
    with_text = (form for form in forms if any(_name(e) == "t" for e in form.iter()))
    return next(with_text, forms[0] if forms else ())


def _child(element: Any, name: str) -> Any:
    return None if element is None else next((child for child in element if _name(child) == name), None)


def _attribute(element: Any, name: str) -> str | None:
    found = next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)
    return None if found is None else str(found)


def _number(element: Any, otherwise: int) -> int:
    value = _attribute(element, "val") if element is not None else None
    return min(int(value), MOST_COLUMNS) if value and value.isdecimal() and len(value) < 9 else otherwise


def _descendants(element: Any, name: str, borders: tuple[str, ...]) -> Iterator[Any]:
    """Yield elements of this name, also inside content controls, but not inside `borders`."""
    for child in element:
        if _name(child) == name:
            yield child
        elif _name(child) and _name(child) not in borders and _name(child) not in clues.WORDS.word_skipped:
            yield from _descendants(child, name, borders)


class _Styles:
    """Levels of headings, numbering and size, by paragraph style."""

    def __init__(self, document: Any) -> None:
        self.by_id = {s: e for e in document.styles.element if _name(e) == "style" and (s := _attribute(e, "styleId"))}

    def chain(self, properties: Any) -> Iterator[Any]:
        """Yield a paragraph's own properties, then its style and the styles it is based on."""
        if properties is not None:
            yield properties
        style = _child(properties, "pStyle")
        key, seen = (_attribute(style, "val") if style is not None else None), set[str]()
        while key and key in self.by_id and key not in seen:
            seen.add(key)
            yield self.by_id[key]
            base = _child(self.by_id[key], "basedOn")
            key = _attribute(base, "val") if base is not None else None

    def level(self, properties: Any) -> int:
        for place in self.chain(properties):
            named = _child(place, "name")
            name = (_attribute(named, "val") or "").casefold() if named is not None else ""
            if name == "title":
                return 1
            heading = re.fullmatch(r"heading ([1-9])", name)
            if heading:
                return int(heading[1])
            outline = _child(place if _name(place) == "pPr" else _child(place, "pPr"), "outlineLvl")
            value = _attribute(outline, "val") if outline is not None else None
            if value and value in "012345678":
                return int(value) + 1
        return 0

    def stands_out(self, paragraph: Any) -> bool:
        """Tell whether a paragraph is written bold or large throughout."""
        runs = [e for e in paragraph.iter() if _name(e) == "r" and any(_name(t) == "t" and t.text for t in e)]
        return bool(runs) and all(_is_large(_child(run, "rPr")) for run in runs)


LARGE = 28  # half points


def _is_large(properties: Any) -> bool:
    bold, size = _child(properties, "b"), _child(properties, "sz")
    value = _attribute(size, "val") if size is not None else None
    is_bold = bold is not None and _attribute(bold, "val") not in ("0", "false", "off")
    return is_bold or bool(value and value.isdecimal() and int(value[:4]) >= LARGE)


class _Lists:
    """The marks before list items, counted as Word counts them."""

    def __init__(self, document: Any) -> None:
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, ValueError):
            root = ()
        abstract = {_attribute(e, "abstractNumId"): e for e in root if _name(e) == "abstractNum"}
        self.levels: dict[tuple[str, int], Any] = {}
        self.origin: dict[str, str] = {}
        for number in (e for e in root if _name(e) == "num"):
            key, pointed = _attribute(number, "numId") or "", _child(number, "abstractNumId")
            origin = _attribute(pointed, "val") if pointed is not None else None
            self.origin[key] = origin or key
            for level in abstract.get(origin, ()):
                if _name(level) == "lvl":
                    self.levels[key, _digit(_attribute(level, "ilvl"))] = level
        self.counters: Counter[tuple[str, int]] = Counter()

    def marker(self, properties: Any, styles: _Styles, has_words: bool) -> str:
        number = level = None
        for place in styles.chain(properties):
            settings = _child(place if _name(place) == "pPr" else _child(place, "pPr"), "numPr")
            if settings is not None:
                pointed, depth = _child(settings, "numId"), _child(settings, "ilvl")
                number = number or (_attribute(pointed, "val") if pointed is not None else None)
                level = level or (_attribute(depth, "val") if depth is not None else None)
        if not number or number == "0" or not has_words:
            return ""
        return self._next(number, _digit(level))

    def _next(self, number: str, level: int) -> str:
        found = self.levels.get((number, level))
        kind = _attribute(_child(found, "numFmt"), "val") if _child(found, "numFmt") is not None else "bullet"
        if kind in ("bullet", "none"):
            return "- "
        origin = self.origin.get(number, number)
        start = _child(found, "start")
        self.counters[origin, level] += 1
        for deeper in range(level + 1, 9):
            self.counters.pop((origin, deeper), None)
        first = _number_of(start)
        value = self.counters[origin, level] + first - 1
        pattern = _child(found, "lvlText")
        shape = (_attribute(pattern, "val") if pattern is not None else None) or f"%{level + 1}."
        words = shape.replace(f"%{level + 1}", _counted(value, kind or ""))
        return re.sub(r"%(\d)", lambda m: str(max(1, self.counters[origin, int(m[1]) - 1])), words)[:20] + " "


def _digit(value: str | None) -> int:
    return int(value) if value and value in "012345678" else 0


def _number_of(start: Any) -> int:
    value = _attribute(start, "val") if start is not None else None
    return int(value) if value and value.isdecimal() and len(value) < 6 else 1


ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def _counted(value: int, kind: str) -> str:
    """Return a number as Word writes it: 2, b, B, ii or II."""
    words = str(value)
    if "Letter" in kind and 0 < value <= 780:
        words = chr(97 + (value - 1) % 26) * ((value - 1) // 26 + 1)
    elif "Roman" in kind and 0 < value < 4000:
        words, rest = "", value
        for size, letters in ROMAN:
            words, rest = words + letters * (rest // size), rest % size
    return words.upper() if kind.startswith("upper") else words
