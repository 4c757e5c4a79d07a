"""Tables in the text -> rows of cells, each with the head of its column.

In:  the tokens of an article. The bars of a Markdown table stand between tokens, and so do the tabs or the wide gaps
     of a table that was pasted.
Out: for each block that is a row of a table its `Row`; a row that is not understood has no cells to read.

    | Maker | Vehicles sold |         the cell "590,000" has the head "Vehicles sold" and the label "Tidewater Motors"
    |---|---|
    | Tidewater Motors | 590,000 |
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from briefing.facts.figures.quantities import (
    CODES,
    DOLLARS,
    SIGNS,
    Nearby,
    Quantity,
    Unit,
    base_of,
    find_quantities,
    kind_of_unit,
    may_be_year,
    opening_of,
    rated,
    unit_after,
)
from briefing.facts.numbers import ATOM, DASHES, SCALES, VAGUE, tidy
from briefing.facts.numbers import WORDS as NUMBER_WORDS
from briefing.facts.tokens import Line, cut
from briefing.lexicon import load
from briefing.model import Analysis, Span, Token

WORDS = load("tables", dict[str, frozenset[str]])
PRICE_LINE = re.compile(r"\) *\d[^\n()a-zA-Z]*$", re.MULTILINE)
GAP = re.compile(r"\||\t| {2,}|\u3000")
BLANK_LINE = re.compile(r"\n\s*?\n")
RULE = re.compile(r"\|?[\s:|-]*-{3,}[\s:|-]*\|?")
YEAR = re.compile(r"(?:19|20)\d\d")
CAPTION = re.compile(r"(?i:table|figure)\s+\d+[.:]?\s*")
LONGEST_CELL = 60  # characters of a cell of a pasted table: more is prose
LONGEST_CAPTION = 120
LONGEST_MEASURE = 8  # words of a caption that say what is measured


@dataclass(frozen=True, slots=True)
class Cell:
    first: int  # tokens first..last-1
    last: int
    start: int
    end: int
    column: int  # counted in bars, tabs or gaps
    offset: int  # characters from the start of its line


@dataclass(frozen=True, slots=True)
class HeadUnit:
    symbol: str
    factor: float
    kind: str  # as a `Quantity` has it


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a column says."""

    cell: Cell
    words: Span | None  # what is measured
    low: str  # those words in lower case
    unit: HeadUnit | None
    counts: bool  # a plural that a number without unit may count
    unread: bool  # an unknown unit, a year or a rank


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[tuple[Cell, Head], ...]
    label: Cell | None
    caption: Head | None


def read_rows(analysis: Analysis, nearby: Nearby) -> dict[int, Row]:
    """The rows of all tables by the index of their block."""
    found: dict[int, Row] = {}
    for first, last in _blocks(analysis) if PRICE_LINE.search(analysis.text) else ():
        row = _price_line(analysis, nearby, first, last)
        if row is not None:
            found[analysis.tokens[first].block] = row
    for rows, before in _tables(analysis) if GAP.search(analysis.text) else ():
        found.update(_Table(analysis, nearby, rows, before).read())
    return found


def _blocks(analysis: Analysis) -> Iterator[tuple[int, int]]:
    """The tokens of each block."""
    for _, group in groupby(range(len(analysis.tokens)), lambda i: analysis.tokens[i].block):
        tokens = list(group)
        yield tokens[0], tokens[-1] + 1


@dataclass(frozen=True, slots=True)
class _Cells:
    block: int
    kind: str  # "|", "\t" or " "
    cells: tuple[Cell, ...]
    start: int
    end: int


def _tables(analysis: Analysis) -> Iterator[tuple[list[_Cells], tuple[int, int] | None]]:
    """Yield the rows of each table, with the tokens of the block before it."""
    table: list[_Cells] = []
    before: tuple[int, int] | None = None
    last_block: tuple[int, int] | None = None
    for first, last in _blocks(analysis):
        row = _split(analysis, first, last)
        if table and (row is None or not _goes_on(analysis.text, table[-1], row)):
            yield table, before
            table = []
        if row is not None:
            before = before if table else last_block
            table.append(row)
        last_block = (first, last) if row is None else None
    if table:
        yield table, before


def _goes_on(text: str, row: _Cells, following: _Cells) -> bool:
    between = text[row.end : following.start]
    if BLANK_LINE.search(between):
        return False
    between = between.strip().strip("|").strip()
    return row.kind == following.kind and (not between or (row.kind == "|" and RULE.fullmatch(between) is not None))


def _split(analysis: Analysis, first: int, last: int) -> _Cells | None:
    """The cells of a block, if it is a row."""
    text, tokens = analysis.text, analysis.tokens
    start, end = tokens[first].start, tokens[last - 1].end
    line = text.rfind("\n", 0, start) + 1
    gaps = [text[tokens[i - 1].end : tokens[i].start] for i in range(first + 1, last)]
    lead = text[line:start].strip()
    kind = next((mark for mark in ("|", "\t", "  ", "\u3000") if any(mark in gap for gap in gaps)), None)
    if kind is None and not lead.startswith("|"):
        return None
    if kind != "|" and not lead.startswith("|") and "\n" in text[start:end]:
        return None
    bars = kind == "|" or lead.startswith("|")
    column = lead.count("|") - 1 if lead.startswith("|") else lead.count("|")
    cells: list[Cell] = []
    opens = first
    for i, gap in enumerate((*gaps, None), first + 1):
        steps = (
            1
            if gap is None
            else gap.count("|")
            if bars
            else gap.count("\t")
            if kind == "\t"
            else int("  " in gap or "\u3000" in gap)
        )
        if steps:
            a, b = tokens[opens].start, tokens[i - 1].end
            cells.append(Cell(opens, i, a, b, column, a - line))
            column, opens = column + steps, i
    if not bars and (len(cells) < 2 or any(c.end - c.start > LONGEST_CELL for c in cells) or _is_prose(tokens, cells)):
        return None
    return _Cells(
        analysis.tokens[first].block, "|" if bars else "\t" if kind == "\t" else " ", tuple(cells), start, end
    )


def _is_prose(tokens: Sequence[Token], cells: Sequence[Cell]) -> bool:
    """Two spaces behind a full stop, or a tab behind a list's bullet, make no table."""
    ends = any(tokens[c.last - 1].text in {".", "?", "!", ";"} for c in cells)
    bullet = len(cells) == 2 and not any(ch.isalnum() for ch in tokens[cells[0].first].text)
    return ends or bullet


class _Table:
    """Reads one table after its rows are known."""

    def __init__(self, analysis: Analysis, nearby: Nearby, rows: list[_Cells], before: tuple[int, int] | None) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.text = analysis.text
        self.nearby = nearby
        self.rows = rows
        self.caption = self._caption(*before) if before else None

    def read(self) -> dict[int, Row]:
        first, *others = self.rows
        headed = first.kind == "|" or (bool(others) and not any(self._is_number(c) for c in first.cells[1:]))
        if not headed:
            return {row.block: self._labelled(row) for row in self.rows}
        heads = [self.head(cell) for cell in first.cells]
        found = {first.block: Row((), None, None)}
        for row in others:
            columns = self._aligned(first, row)
            label = row.cells[0] if row.cells[0].column == 0 else None
            named = self.head(label) if label else None
            cells = tuple(
                (
                    cell,
                    self._shared(heads, heads[at])
                    if named is None or named.unit is None
                    else _of_label(heads[at], named),
                )
                for cell, at in zip(row.cells, columns, strict=True)
                if at is not None and cell is not label
            )
            found[row.block] = Row(cells, None if named and named.unit else label, self.caption)
        return found

    def _labelled(self, row: _Cells) -> Row:
        """A row without heads: "Capacity    500 MW" says itself what it is, more cells do not."""
        label, *rest = row.cells
        alone = len(rest) == 1 and not self._is_number(label)
        return Row(((rest[0], self.head(label)),) if alone else (), None, None)

    def _is_number(self, cell: Cell) -> bool:
        return any(ch.isdigit() for ch in self.text[cell.start : cell.end]) and not YEAR.fullmatch(
            self.text[cell.start : cell.end].strip()
        )

    def _aligned(self, heads: _Cells, row: _Cells) -> list[int | None]:
        """For each cell the index of its head; None where that is not certain."""
        if row.kind != " " or len(row.cells) == len(heads.cells):
            if len(row.cells) == len(heads.cells) and row.kind != "|":
                return list(range(len(row.cells)))
            at = {head.column: i for i, head in enumerate(heads.cells)}
            return [at.get(cell.column) for cell in row.cells]
        found: list[int | None] = []
        for cell in row.cells:
            end = cell.offset + cell.end - cell.start
            over = [i for i, h in enumerate(heads.cells) if h.offset < end and cell.offset < h.offset + h.end - h.start]
            found.append(over[0] if len(over) == 1 else None)
        return found if len(set(found)) == len(found) else [None] * len(found)

    def _shared(self, heads: list[Head], head: Head) -> Head:
        """The head with the unit of the first one, "Metal (yuan/t)", or of the caption, where it has none itself."""
        if head.unit is not None or head.unread or head.low in WORDS["changes"]:
            return head
        first, others = heads[0], [h for h in heads[1:] if h.low not in WORDS["changes"]]
        fits = head.low in WORDS["shared"] or YEAR.fullmatch(head.low) is not None or len(others) == 1
        unit = first.unit if first.unit is not None else self.caption.unit if self.caption else None
        if unit is None or not fits:
            return head
        return Head(head.cell, head.words, head.low, unit, False, False)

    # --- heads

    def head(self, cell: Cell) -> Head:
        line = cut(self.tokens, cell.first, cell.last, ATOM)
        words, unit, unknown = self._unit_in(line)
        last = words - 1
        while last >= 0 and not line[last].text.isalnum():
            last -= 1
        span = Span(line[0].start, line[last].end) if last >= 0 else None
        low = " ".join(line.lows(0, last + 1))
        year = YEAR.fullmatch(low) is not None
        counts = any(self.tokens[i].tag in {"NNS", "NNPS"} for i in range(cell.first, cell.last)) and WORDS[
            "uncounted"
        ].isdisjoint(line.lows(0, last + 1))
        unread = (unknown and unit is None) or low in WORDS["unread"] or (low == "" and unit is None)
        return Head(cell, None if year else span, low, unit, counts and unit is None, unread and not year)

    def _unit_in(self, line: Line) -> tuple[int, HeadUnit | None, bool]:
        """How many atoms stand before the unit of a head, the unit, and whether a bracket holds what is not known."""
        for opening, closing in (("(", ")"), ("[", "]")):
            lows = line.lows(0, line.size)
            if opening in lows and line.low(line.size - 1) == closing:
                at = len(lows) - 1 - lows[::-1].index(opening)
                return at, self.unit(line, at + 1, line.size - 1), True
        if line.low(0) in {"%", "percent"}:
            return line.size, HeadUnit("percent", 1.0, "percent"), False
        for at in range(line.size):
            alone = at == 0 or line.low(at - 1) in {",", ":", "in", "-"}
            if (alone or len(line[at].text) > 1 or line[at].text == "%") and (unit := self.unit(line, at, line.size)):
                return at - (line.low(at - 1) == "in"), unit, False
        return line.size, None, False

    def unit(self, line: Line, at: int, end: int) -> HeadUnit | None:
        """The unit that these atoms are, all of them: "t", "'000 tonnes", "US$ million", "yuan/t"."""
        unit: Unit | None = None
        factor = 1.0
        while at < end:
            scale, after = self._scale(line, at, money=unit is not None and unit.money)
            if scale:
                factor, at = factor * scale, after
            elif line.low(at) in WORDS["before-unit"]:
                at += 1
            elif unit is None and (unit := self._currency(line, at) or unit_after(line, at, self.nearby)):
                factor, at = factor * unit.factor, unit.end
            else:
                return None
        if at != end or (unit is None and factor == 1):
            return None
        return HeadUnit("count", factor, "count") if unit is None else HeadUnit(unit.symbol, factor, kind_of_unit(unit))

    def _scale(self, line: Line, at: int, *, money: bool) -> tuple[float, int]:
        low = line.low(at)
        if low == "'" and line.low(at + 1) == "000":
            return 1000, at + 2
        if low in {"000", "000s"}:
            return 1000, at + 1
        short = NUMBER_WORDS.short_scales.get(low, 0) if money else 0
        return float(SCALES.get(low, 0) or VAGUE.get(low, 0) or short), at + 1

    def _currency(self, line: Line, at: int) -> Unit | None:
        text = line[at].text
        if text in DOLLARS and line.low(at + 1) == "$":
            return rated(line, Unit(DOLLARS[text], 1.0, at + 2, money=True))
        if text in SIGNS:
            code = self.nearby.dollar if text == "$" else SIGNS[text]
            return rated(line, Unit(code, 1.0, at + 1, money=True))
        return rated(line, Unit(CODES[text], 1.0, at + 1, money=True)) if text in CODES else None

    def _caption(self, first: int, last: int) -> Head | None:
        """What a short block above the table says: "Mine output (t)"."""
        text = self.text[self.tokens[first].start : self.tokens[last - 1].end]
        if len(text) > LONGEST_CAPTION or text.endswith("."):
            return None
        line = cut(self.tokens, first, last, ATOM)
        line = Line(line.pieces[:-1]) if line.low(line.size - 1) == ":" else line
        words, unit, _ = self._unit_in(line)
        if unit is None or unit.kind == "count":
            return None
        named = CAPTION.match(text)
        start = self.tokens[first].start + (named.end() if named else 0)
        end = line[words - 1].end if words else start
        span = Span(start, end) if end > start and len(self.text[start:end].split()) <= LONGEST_MEASURE else None
        return Head(Cell(first, last, start, end, 0, 0), span, "", unit, False, False)


def _of_label(head: Head, label: Head) -> Head:
    """The head of a column of "Revenue ($m) | 40 | 35": the row says what is measured, the column perhaps when."""
    if head.unit is not None or head.low in WORDS["changes"] or head.low in WORDS["unread"]:
        return head
    return Head(head.cell, label.words, head.low, label.unit, False, False)


# --- the number of a cell ---------------------------------------------------------------------

TRAILING = frozenset({"*", "†", "‡", "[", "]", "(", ")", "e", "p", "r", "f", "est", "."})


def cell_quantity(atoms: Line, nearby: Nearby) -> Quantity | None:
    """The quantity that a cell consists of; None where it holds words, or more than one."""
    found = find_quantities(atoms, nearby)
    if len(found) != 1:
        found = [q for q in found if not _is_mark(atoms, q)]
    if len(found) != 1:
        return None
    quantity = found[0]
    opening = opening_of(quantity)
    if opening == 1 and atoms.low(0) in DASHES and atoms[1].glued:
        quantity = replace(quantity, first=0, value=-quantity.value) if quantity.high is None else quantity
    elif opening > (atoms.low(0) == "+"):
        return None
    rest = atoms.lows(max(quantity.last, quantity.qualifier[1] if quantity.qualifier else 0), atoms.size)
    return quantity if all(low in TRAILING or (low.isdigit() and len(low) < 3) for low in rest) else None


def _is_mark(atoms: Line, quantity: Quantity) -> bool:
    """The 1 of "1,200[1]"."""
    return quantity.first > 1 and atoms[quantity.first - 1].text in {"[", "("} and quantity.number.digits


def in_unit_of(head: Head, atoms: Line, quantity: Quantity) -> Quantity | None:
    """The quantity in the unit of its column; None where the table does not say what it is."""
    unit = head.unit
    if quantity.kind in {"share", "multiple"}:
        return None
    if quantity.kind == "count":
        if unit is not None:
            return _scaled(quantity, unit.symbol, unit.factor, unit.kind)
        return quantity if head.counts and not head.unread and not may_be_year(atoms, quantity.last - 1) else None
    if unit is not None and base_of(unit.symbol) == quantity.unit and quantity.kind != "percent":
        return _scaled(quantity, unit.symbol, 1.0 if quantity.number.scaled else unit.factor, quantity.kind)
    return quantity


def _scaled(quantity: Quantity, unit: str, factor: float, kind: str) -> Quantity:
    high = None if quantity.high is None else tidy(quantity.high * factor)
    return replace(quantity, value=tidy(quantity.value * factor), high=high, unit=unit, kind=kind)


# --- a line of a price list -------------------------------------------------------------------

NUMERIC = re.compile(r"[\d.,%+−–—~-]+")


def _price_line(analysis: Analysis, nearby: Nearby, first: int, last: int) -> Row | None:
    """The row of "Metal (yuan/t) 100-120 +5": a name, its unit, and numbers alone. Only the first is sure to be in that
    unit."""
    tokens = analysis.tokens
    closing = next((i for i in range(last - 1, first, -1) if tokens[i].text == ")"), last - 1)
    numbers = tokens[closing + 1 : last]
    if not numbers or not all(NUMERIC.fullmatch(t.text) for t in numbers) or not numbers[0].text[0].isdigit():
        return None
    head = _Table(analysis, nearby, [], None).head(
        Cell(first, closing + 1, tokens[first].start, tokens[closing].end, 0, 0)
    )
    if head.unit is None or head.words is None:
        return None
    end = closing + 2
    while end < last and tokens[end].start == tokens[end - 1].end:
        end += 1
    cell = Cell(closing + 1, end, tokens[closing + 1].start, tokens[end - 1].end, 1, 0)
    return Row(((cell, head),), None, None)
