"""Analysis -> Figures: how much, how many, of what, and whose.

In:  the tokens with their syntax, and the dates (a number in a date is no figure).
Out: `Figure`s in order, each with its value, unit, the words that say what is counted and whose it is.

    "China is the largest producer, accounting for about 90% of global refining production."
    Figure: 90, percent, measure "global refining production", subject "China", qualifier "about"

Left out: dates, times, durations and ages, ordinals, numbers that name ("Article 5", "F-16", "Route 66"),
scores, telephone numbers, list numbers, and "one". Units: `percent`, `pp` (percentage points), `bp` (basis
points), ISO 4217 codes (`XXX`: a currency that several countries have), unit symbols from data/units.yaml,
`count` for things counted, `1` for shares and multiples ("a third", "one in five", "three times as much").
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace

from briefing.facts.dates.words import WORDS as DATE_WORDS
from briefing.facts.figures.measures import Context, Contexts
from briefing.facts.figures.owners import OWNERS
from briefing.facts.figures.owners import WORDS as MEASURE_WORDS
from briefing.facts.figures.quantities import (
    CHANGES,
    FOLDS,
    LEVEL_JOINS,
    MONEY,
    SHORT,
    STOPPED,
    TIME,
    UNIT_NOUNS,
    WORDS,
    Quantity,
    find_quantities,
    opening_of,
    read_nearby,
)
from briefing.facts.figures.rates import RATES, rate_after
from briefing.facts.figures.tables import YEAR, Cell, Head, Row, cell_quantity, in_unit_of, read_rows
from briefing.facts.numbers import ATOM, CARDINALS, DASHES, FRACTIONS, SCALES, VAGUE
from briefing.facts.numbers import ORDINALS as NUMBER_ORDINALS
from briefing.facts.tokens import FINITE, Line, Piece, Tree, cut, read_tree
from briefing.model import Analysis, DateRef, Entity, Figure, Sentence, Span

CASUALTIES = WORDS.casualties
BARE = CASUALTIES | {"points", "times"}  # all that some figures have behind them
MONTHS = DATE_WORDS.months.keys() | {form for m in DATE_WORDS.month_abbreviations for form in (m, f"{m}.")}
TRIGGERS = frozenset(["percentage"]).union(CARDINALS, SCALES, VAGUE, FRACTIONS, FOLDS) - {"one"}
DIGIT = re.compile(r"\d")
NOTED_UNIT = re.compile(r"([^\W\d_]+)\.\[")
NAMES = frozenset({"DATE", "TIME", "ORDINAL", "LAW", "PRODUCT", "FAC", "EVENT", "WORK_OF_ART"})
YEARS = (1500, 2100)
WHEN = frozenset({"DATE", "TIME"})
QUALIFIES = frozenset({"nummod", "amod", "compound", "quantmod", "nmod"})
BESIDE_NAME = frozenset({"nummod", "npadvmod", "appos", "compound", "punct", "nmod"})
COUNTED = frozenset({"NNS", "NNPS"})
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr"})
LEVEL_WORDS = frozenset(
    {"of", "to", "from", "by", "than", "at", "against", "versus", "reached", "hit", "totaled", "totalled"}
)
PAIRED = frozenset({"the", "these", "those", "other", "both", "all", "its", "their", "his", "her", "our", "your"})
ORDINALS = frozenset({"first", "second", "third", "fourth", "last", "final", "other", "latter", "next", "opening"})
SHARED = frozenset({"of", "the", "its", "their", "his", "her", "our", "that", "those", "these", "what", "as", "all"})
ABBREVIATED = frozenset({"Rs", "RS", "No", "no", "Nos", "approx", "est", *STOPPED})
MANY = 100  # with a qualifier more are no number of a thing
OLDEST = 120  # years of a person
FARTHEST = 4  # words between a verb of change and its figure: "rose sharply by another"
LONGEST_LABEL = 12  # tokens
SHORT_LABEL = 5  # before a colon, whatever the tagger saw: "Funds flow:"
HEARD = MEASURE_WORDS.heard
LABEL_TAGS = ("N", "J", "IN", "CC", "HYPH", "VBN", "VBG", "POS", "DT", "RB", "FW")
LABEL_ENDS = frozenset({"IN", "TO", ":", ",", "-LRB-", "CC", "SYM"})
LABEL_MARKS = frozenset({":", "–", "—", "-", "=", "(", "|"})
BETWEEN = 3  # and between what changes and that verb: "Exports to Peru also fell"
OPEN_COMPARATIVES = frozenset({"more", "less", "fewer", "up", "down", "off"})  # may belong to a noun: "more wheat"
PLACED_COMPARATIVES = frozenset({"above", "below"})  # of a distance they say where: "20 km below the dam"
BEHIND_COMPARATIVE = frozenset({"than", "on", "from", "at", "in", "for", "and", "but", "a", ",", ".", ")", ";", ""})
FURTHER = WORDS.further - {"a", "an"}
PLURALS = {
    "hundreds": 1e2,
    "thousands": 1e3,
    "millions": 1e6,
    "billions": 1e9,
    "trillions": 1e12,
    "dozens": 12,
    "tens": 10,
}
PAST = frozenset({"rose", "fell", "lost", "grew", "slid", "sank"})
MOVES = frozenset({"up", "down", "off"})
HELPS = frozenset({"aux", "auxpass"})
PRONOUNS = frozenset({"i", "we", "you", "he", "she", "it", "they", "who", "which", "that", "this", "these", "those"})
AGAIN = ((",", "or"), ("(",))  # between a sum and the same sum in another form
PLACES = (("in", "and"), ("at", "and"))
PLACED = 5  # words of "in Bern shops, and"
REACH = 6  # tokens from a verb back to its subject
SAME_THING = LEVEL_JOINS | {("to",), ("to", "a", "record"), (",", "to")}
LEVEL_FROM = frozenset(" ".join(words) for words in LEVEL_JOINS)
LEVEL_QUALIFIERS = frozenset({"above", "below", "over", "beyond"})
LARGE = 100_000  # "cost 2.4 million"
CLOCK = re.compile(r"[0-2]\d\.[0-5]\d")
CLOCK_BEFORE = frozenset({"at", "by", "until", "till", "before", "after", "since", "around", "about"})
MINUTES = 60
HOURS = frozenset(word for word, value in CARDINALS.items() if 1 <= value <= 12) | {str(h) for h in range(1, 13)}
CLOCK_REACH = 8  # atoms in which a price or an index shows that "at 21.47" is no time
COMMA = re.compile(r"(?<![\d.,])\d{1,3},\d{1,2}(?![\d,]) ?(?:%|[a-z])")
GROUPED = re.compile(r"\d,\d{3}(?!\d)")
THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
RANKS = NUMBER_ORDINALS.keys() | {"st", "nd", "rd", "th"}
LONGEST_LINK = 30  # characters: ", with an "
APPOSED = re.compile(r".*[,(–—-] *(?:with )?(?:an?|the)? *(?:[\w-]+ )?", re.DOTALL)  # before "increase of 5 percent"
OPENINGS = frozenset({'"', "“", "‘", "'", "``", "''", "(", ":", "-", "–", "—", "*"})


def find_figures(analysis: Analysis, dates: tuple[DateRef, ...], tree: Tree | None = None) -> tuple[Figure, ...]:
    """The figures of an article; its `tree` where that is known already."""
    reader = _Reader(_with_dates(analysis, dates), dates, tree)
    rows = read_rows(analysis, reader.nearby)
    found: list[Figure] = []
    for first, last in _stretches(analysis):
        block = analysis.tokens[first].block
        if block not in rows:
            found += reader.read(first, last)
        elif first == 0 or analysis.tokens[first - 1].block != block:
            found += reader.read_row(rows[block])
    return tuple(found)


def rejected_figures(analysis: Analysis, dates: tuple[DateRef, ...]) -> Iterator[tuple[Span, str, str]]:
    """Yield the quantities that are no figures, each with its kind and the reason."""
    reader = _Reader(_with_dates(analysis, dates), dates, None)
    for first, last in _stretches(analysis):
        for atoms, quantity in reader.quantities(first, last):
            if reason := reader.reason_against(atoms, quantity):
                yield Span(atoms[quantity.first].start, atoms[quantity.last - 1].end), quantity.kind, reason


def _with_dates(analysis: Analysis, dates: tuple[DateRef, ...]) -> Analysis:
    """The analysis with the dates among its names: no figure measures "May"."""
    starts = [t.start for t in analysis.tokens]
    days = tuple(
        Entity(d.start, d.end, "DATE", bisect_left(starts, d.start), bisect_left(starts, d.end)) for d in dates
    )
    return replace(analysis, entities=(*analysis.entities, *days))


def _stretches(analysis: Analysis) -> Iterator[tuple[int, int]]:
    """The tokens of each sentence; of two where a full stop behind "Rs" or "No" was taken for the end of the first."""
    first = last = 0
    for sentence in analysis.sentences:
        if last > first and not _cut_off(analysis, sentence):
            yield first, last
            first = sentence.first
        last = sentence.last
    if last > first:
        yield first, last


def _cut_off(analysis: Analysis, sentence: Sentence) -> bool:
    tokens, at = analysis.tokens, sentence.first
    if at < 2 or tokens[at - 1].block != sentence.block:
        return False
    if tokens[at - 1].tag == "CD" and (mark := NOTED_UNIT.match(tokens[at].text)):
        return mark[1] in SHORT  # "180 MW.[11]"
    if not tokens[at].text[0].isdigit():
        return False
    last = tokens[at - 1].text
    return (tokens[at - 2].text if last == "." else last.rstrip(".") if last.endswith(".") else "") in ABBREVIATED


def _worth_reading(analysis: Analysis, first: int, last: int) -> bool:
    tokens = analysis.tokens[first:last]
    if DIGIT.search(analysis.text, tokens[0].start, tokens[-1].end):
        return True
    return any(t.tag == "CD" or t.text.lower() in TRIGGERS for t in tokens)


def _start(figure: Figure) -> int:
    return figure.start


def _within(figure: Figure, cell: Cell) -> Figure:
    """The figure without the words of other cells."""

    def inside(span: Span | None) -> bool:
        return span is not None and cell.start <= span.start < span.end <= cell.end

    if not inside(figure.measure_span):
        figure = replace(figure, measure=None, measure_span=None)
    return figure if inside(figure.subject_span) else replace(figure, subject_span=None)


class _Reader:
    """Reads one sentence after another; the tree is built only when a figure stands somewhere."""

    def __init__(self, analysis: Analysis, dates: tuple[DateRef, ...], tree: Tree | None) -> None:
        self.analysis = analysis
        self.tree = tree
        self.nearby = read_nearby(analysis.text)
        # "2,6 %" beside "1.100 hectares", as translations keep it
        self.commas = COMMA.search(analysis.text) is not None and GROUPED.search(analysis.text) is None
        self.changes: dict[
            int, tuple[Span, Span | None]
        ] = {}  # where a figure begins -> its verb, and what has changed
        self.compared: dict[int, tuple[Span, Span | None]] = {}  # the same of "lower", "below plan" behind a figure
        self.contexts: Contexts | None = None
        ordered = sorted(dates, key=lambda d: d.start)
        self.date_starts = [d.start for d in ordered]
        self.dates = ordered
        self.people = {i for e in analysis.entities if e.label == "PERSON" for i in range(e.first, e.last)}
        self.named = {i: e.label for e in analysis.entities if e.label in NAMES for i in range(e.first, e.last)}

    def read(self, first: int, last: int) -> list[Figure]:
        found = [(atoms, q) for atoms, q in self.quantities(first, last) if not self.reason_against(atoms, q)]
        read = self._with_bases([self._figure(atoms, q) for atoms, q in found], last)
        figures = map(self._without_itself, self._with_currency(self._with_shared_measures(read)))
        return [f for f in figures if f.measure is not None or f.unit != "count"]

    def _with_bases(self, figures: list[Figure], last: int) -> list[Figure]:
        """ "38 cases per 100,000 people": what it is a number of, and out of how many; and so for the next level."""
        text = self.analysis.text
        answer: list[Figure] = []
        base: Span | None = None
        for figure in figures:
            between = text[base.end : figure.start].replace(",", " ,").lower().strip() if base else ""
            own = self._base(figure, last) if figure.unit == "count" else None
            if own is not None:
                figure = self._out_of(figure, own)
            elif base and figure.unit == "count" and figure.measure and between in LEVEL_FROM:
                figure = replace(figure, measure=f"{figure.measure} … {text[base.start : base.end]}")
            base = own
            answer.append(figure)
        return answer

    def _out_of(self, figure: Figure, base: Span) -> Figure:
        """The figure with the "per 100,000 people" behind it as part of its measure."""
        text, what, whose = self.analysis.text, figure.measure_span, figure.subject_span
        if what and figure.end <= what.start < base.start:
            whole = Span(what.start, base.end)
            return replace(figure, measure=text[whole.start : whole.end], measure_span=whole)
        if what is None or what.start >= base.start:  # "the murder rate rose to 12 per 100,000 people"
            what = whose if whose and not self._owns(whose) else None
            whose = None if what else whose
        words = text[base.start : base.end]
        if what is None:
            return replace(figure, measure=words, measure_span=base, subject_span=whose)
        return replace(
            figure, measure=f"{text[what.start : what.end]} … {words}", measure_span=what, subject_span=whose
        )

    def _base(self, figure: Figure, last: int) -> Span | None:
        """The "per 100,000 people" behind a count and the noun of what it counts."""
        tokens = self.analysis.tokens
        at = bisect_left(tokens, figure.end, key=lambda t: t.start)
        while at < last and tokens[at].tag[:1] in {"N", "J"}:
            at += 1
        end = at + 2
        if end >= last or tokens[at].text.lower() != "per" or tokens[at + 1].tag != "CD":
            return None
        while end < last and tokens[end].tag[:1] in {"N", "J"}:
            end += 1
        return Span(tokens[at].start, tokens[end - 1].end) if end > at + 2 else None

    def _with_shared_measures(self, figures: list[Figure]) -> Iterator[Figure]:
        """ "Profit rose 18 percent to 96 million euros": two levels, or a change and its level, measure one thing."""
        for i, figure in enumerate(figures):
            others = [figures[j] for j in (i - 1, i + 1) if 0 <= j < len(figures)]
            known = next((o for o in others if o.measure and self._is_same(*sorted((figure, o), key=_start))), None)
            if i and (restated := self._restated(figure, figures[i - 1])):
                figure = restated
            elif figure.measure is None and known is not None:
                change = known.unit != figure.unit and figure.subject_span is None
                whose = known.subject_span if change else figure.subject_span
                figure = replace(self._with_measure_of(figure, known), subject_span=whose)
            yield figure

    def _without_itself(self, figure: Figure) -> Figure:
        """The figure without a subject that is the thing measured: "The budget" of the "budget"."""
        if figure.subject_span is None or figure.measure is None:
            return figure
        whose = self.analysis.text[figure.subject_span.start : figure.subject_span.end].lower()
        first, _, rest = whose.partition(" ")
        what = rest if first in {"the", "a", "an"} else whose
        measure = figure.measure.lower()
        same = what and (measure == what or measure.startswith((f"{what} of ", f"{what} … ")))
        return replace(figure, subject_span=None) if same and not self._has_name(figure.subject_span) else figure

    def _with_currency(self, figures: Iterator[Figure]) -> Iterator[Figure]:
        """ "A loss of 95 million", "cost 2.4 million": money of the currency that the sentence names, or no figure."""
        known: str | None = None
        text = self.analysis.text
        for figure in figures:
            if figure.rule == "money" and not text[: figure.start].rstrip().endswith("("):
                known = figure.unit.partition("/")[0]
            if figure.unit == "count" and (self._is_sum(figure) if figure.value >= LARGE else self._is_price(figure)):
                if known is None:
                    continue
                figure = replace(figure, unit=known, rule="money")
            yield figure

    def _is_price(self, figure: Figure) -> bool:
        """Is a price or wage measured, whose number says nothing without a currency?"""
        behind = figure.measure_span is not None and figure.measure_span.start >= figure.end
        words = (figure.measure or "").lower().partition(" … ")[0].partition(" of ")[0].split()
        return bool(words) and words[-1] in MEASURE_WORDS.priced and not behind

    def _is_sum(self, figure: Figure) -> bool:
        """Is what it measures, or what is done with it, a matter of money?"""
        tokens = self.analysis.tokens
        at = bisect_left(tokens, figure.start, key=lambda t: t.start)
        if figure.measure_span is not None and figure.measure_span.start >= figure.end:
            return False  # "2.4 million people"
        if at > 1 and "worth" in {tokens[at - 1].text.lower(), tokens[at - 2].text.lower()}:
            return True  # "metal worth 3 million dollars and wafers worth about 200 million"
        measured = set((figure.measure or "").lower().split())
        before = next((t.text.lower() for t in reversed(tokens[max(0, at - REACH) : at]) if t.tag.startswith("V")), "")
        return not measured.isdisjoint(MONEY.sums) or before in MONEY.costing

    def _restated(self, figure: Figure, before: Figure) -> Figure | None:
        """ "61 GWh of cells, 23 percent more", "8.6 billion yuan, an increase of 5 percent", "90 tonnes, up 4 percent":
        how far the level before is from another one."""
        text = self.analysis.text
        changed = self.changes.get(figure.start) or self.compared.get(figure.start)
        how = text[changed[0].start : changed[0].end] if changed and changed[1] is None else None
        last = min(figure.start, changed[0].start if changed else figure.start)
        if figure.measure and figure.measure_span and figure.measure.lower().split()[-1] in WORDS.change_nouns:
            how, last = figure.measure, min(last, figure.measure_span.start)
            how = how if re.fullmatch(APPOSED, text[before.end : last][-LONGEST_LINK:]) else None
        if how is None or not self._is_noun_phrase(before.end, last) or before.measure is None:
            return None
        changed_before = self.changes.get(before.start) or self.compared.get(before.start)
        span = changed_before[1] if changed_before else before.measure_span
        if span is None:
            return None
        whose = figure.subject_span if figure.subject_span != span else before.subject_span
        return replace(figure, measure=f"{text[span.start : span.end]} … {how}", measure_span=span, subject_span=whose)

    def _is_noun_phrase(self, start: int, end: int) -> bool:
        """Stand no verb and no other clause between two places, and a comma or bracket last?"""
        tokens = self.analysis.tokens
        first = bisect_left(tokens, start, key=lambda t: t.start)
        last = bisect_left(tokens, end, key=lambda t: t.start)
        between = tokens[first:last]
        while (
            last > first and tokens[last - 1].tag in {"DT", "JJ", "IN", "HYPH", "NN"} and tokens[last - 1].text != ","
        ):
            last -= 1  # "with a year-on-year" before "decrease"
        marked = last > first and tokens[last - 1].text in {",", "(", "-", "–", "—"}
        return marked and not any(t.tag[:2] in {"VB", "MD", "WD", "WP"} or t.text in {";", ":", "."} for t in between)

    def _with_measure_of(self, figure: Figure, known: Figure) -> Figure:
        """The figure with what another of the same thing measures; each says for itself whether it is a change."""
        span, words = known.measure_span, known.measure
        if known.start in self.changes:
            span = self.changes[known.start][1]
            words = self.analysis.text[span.start : span.end] if span else None
        if known.start in self.compared:
            span = self.compared[known.start][1]
            words = self.analysis.text[span.start : span.end] if span else None
        if figure.start in self.compared and span is not None:
            span, words = self._than(self.compared[figure.start][0], span, figure.rule)
        if figure.start in self.changes and span is not None:
            span, words = self._moved(span, self.changes[figure.start][0], figure.start, figure.rule)
        return replace(figure, measure=words, measure_span=span)

    def _is_same(self, one: Figure, two: Figure) -> bool:
        """ "26 votes to 24", "of 640 wells, 212 are dry": do the figures count one thing?"""
        text = self.analysis.text
        between = " ".join(text[one.end : two.start].lower().replace(",", " , ").split())
        for date in self._dates_in(one.end, two.start):
            when = re.escape(text[date.start : date.end].lower())
            between = re.sub(rf"(?:(?:in|during|on) )?{when} ?", "", between)
        for known in (two.qualifier, one.measure):
            between = between.replace(known.lower(), "").strip() if known else between
        whole = text[: one.start].endswith("Of ") and one.unit == two.unit == "count"
        if between in {"and", "or"} and one.unit == two.unit != "count":
            return True  # "$2 and $4 a dose"
        people = "and" in between.split() and (one.measure or "").lower() in MEASURE_WORDS.people
        if people and one.unit == two.unit == "count" and one.end < two.start:
            return True  # "killed two people and drove 1,340 from their homes"
        words = tuple(between.split())
        if one.unit.partition("/")[0] == two.unit.partition("/")[0] != "count" and words in AGAIN:
            return True  # "$8 million, or $2 a share", "$98 million ($0.61 per share)"
        if one.rule == two.rule == "money" and 2 < len(words) <= PLACED and (words[0], words[-1]) in PLACES:
            return True  # "4,500 shillings in Kampala and 6,100 shillings in Dodoma"
        return words in SAME_THING or (whole and between.endswith(","))

    def read_row(self, row: Row) -> list[Figure]:
        """The figures of a row of a table: each cell by itself."""
        found = []
        for cell, head in row.cells:
            atoms = cut(self.analysis.tokens, cell.first, cell.last, ATOM)
            quantity = cell_quantity(atoms, self.nearby)
            if quantity is None:  # words: read as a sentence, but nothing reaches into another cell
                found += [_within(f, cell) for f in self.read(cell.first, cell.last)]
            elif (quantity := in_unit_of(head, atoms, quantity)) is not None:
                found.append(self._cell_figure(atoms, quantity, head, row))
        return found

    def _cell_figure(self, atoms: Line, quantity: Quantity, head: Head, row: Row) -> Figure:
        text, label = self.analysis.text, row.label
        words = head.words or (row.caption.words if row.caption else None)
        what = text[words.start : words.end] if words else None
        days = [d for d in (self._only_date(cell) for cell in (label, head.cell) if cell) if d]
        whose = None
        if label is not None and not self._is_period(label):
            whose = Span(label.start, label.end)
            if not self._is_name(label):
                what = f"{text[label.start : label.end]}: {what}" if what else text[label.start : label.end]
        qualifier = (
            text[atoms[quantity.qualifier[0]].start : atoms[quantity.qualifier[1] - 1].end]
            if quantity.qualifier
            else None
        )
        return Figure(
            start=atoms[quantity.first].start,
            end=atoms[quantity.last - 1].end,
            value=quantity.value,
            high=quantity.high,
            unit=quantity.unit,
            measure=" ".join(what.split()) if what else None,
            rule="table",
            qualifier=qualifier,
            subject_span=whose,
            measure_span=words,
            rate_start=None if quantity.rate_at is None else atoms[quantity.rate_at - 1].end,
            as_of=days[0] if len(set(days)) == 1 else None,
        )

    def _dates_in(self, start: int, end: int) -> list[DateRef]:
        at = bisect_left(self.date_starts, start)
        return self.dates[at : bisect_left(self.date_starts, end)]

    def _only_date(self, cell: Cell) -> str | None:
        """The date that a label or a head gives for its numbers."""
        words = self.analysis.text[cell.start : cell.end].strip()
        found = {d.edtf for d in self._dates_in(cell.start, cell.end)}
        return found.pop() if len(found) == 1 else words if YEAR.fullmatch(words) else None

    def _is_period(self, cell: Cell) -> bool:
        found = self._dates_in(cell.start, cell.end)
        whole = any(d.start <= cell.start and cell.end <= d.end for d in found)
        return whole or not any(ch.isalpha() for ch in self.analysis.text[cell.start : cell.end])

    def _is_name(self, cell: Cell) -> bool:
        """Is the label a name and nothing else, so that it says whose the numbers are?"""
        return any(e.label in OWNERS and e.first <= cell.first and cell.last <= e.last for e in self.analysis.entities)

    def quantities(self, first: int, last: int) -> Iterator[tuple[Line, Quantity]]:
        """Yield everything in a sentence that could be a figure."""
        if _worth_reading(self.analysis, first, last):
            atoms = cut(self.analysis.tokens, first, last, ATOM)
            dated = {i for i in range(atoms.size) if self._is_dated(atoms[i].start)}
            yield from ((atoms, q) for q in find_quantities(atoms, self.nearby, dated))

    def _is_dated(self, place: int) -> bool:
        at = bisect_right(self.date_starts, place) - 1
        return at >= 0 and place < self.dates[at].end

    def _figure(self, atoms: Line, quantity: Quantity) -> Figure:
        if self.contexts is None:
            self.contexts = Contexts(self.analysis, self.tree or read_tree(self.analysis))
        first, last = atoms[quantity.first], atoms[quantity.last - 1]
        opening = atoms[opening_of(quantity)]
        end = last.token + 1
        apart = self.analysis.tokens[first.token].sentence != self.analysis.tokens[last.token].sentence
        if quantity.kind == "measure" and apart:
            end = first.token + 1  # "180 MW.[11]"
        of = atoms.low(opening_of(quantity) - 1) == "of"  # "a dividend of 1.50 kroner per share for the half-year"
        divided = quantity.kind == "measure" and quantity.unit.rpartition("/")[2] not in RATES.times
        if quantity.rate_at is not None and (
            divided or self._follower(last.token) not in ({"of"} if of else {"of", "for"})  # "litres per ton of steel"
        ):
            end = atoms[quantity.rate_at - 1].token + 1  # the "kilogram" of "dollars a kilogram" hangs elsewhere
        context = self.contexts.read(opening.token, end, kind=quantity.kind)
        text = self.analysis.text
        measure, subject = self._of_context(context, quantity, opening.token, last)
        change = self._change(opening.token, quantity, measure)
        if measure is None and subject is None and quantity.kind in {"money", "percent", "measure"}:
            measure = self._label(change.start if change else opening.start)
        if change is not None:
            kind = "percent" if quantity.kind == "share" else quantity.kind
            measure, subject, words = self._changed(first.start, kind, change, measure, subject)
        else:
            measure, subject, words = self._held_against(atoms, quantity, measure, subject)
        qualifier = None
        if quantity.qualifier and not self._is_topic(atoms[quantity.qualifier[0]].token):
            qualifier = text[atoms[quantity.qualifier[0]].start : atoms[quantity.qualifier[1] - 1].end]
        return Figure(
            start=first.start,
            end=last.end,
            value=quantity.value,
            high=quantity.high,
            unit="1" if quantity.kind in {"share", "multiple"} else quantity.unit,
            measure=words,
            rule="vague number" if quantity.number.vague else quantity.kind,
            qualifier=" ".join(qualifier.split()) if qualifier else None,
            subject_span=subject,
            measure_span=measure,
            rate_start=None if quantity.rate_at is None else atoms[quantity.rate_at - 1].end,
        )

    def _of_context(
        self, context: Context, quantity: Quantity, opening: int, last: Piece
    ) -> tuple[Span | None, Span | None]:
        """The words for what is measured and whose it is, without those that a distance or a unit lends."""
        after = self._follower(last.token)
        # The "dead" of "11 dead"; the "points" of "leads by seven points", where the syntax names nothing else
        bare = after in CASUALTIES or (after in BARE and context.measure is None)
        measure = self._span(last.token + 1) if bare else context.measure
        far = quantity.unit in MEASURE_WORDS.distances
        if measure is not None and (
            self._is_no_measure(measure, last.end, quantity.kind)
            or (far and (self._is_depth(opening, measure) or self._is_within(opening, last, measure)))
        ):
            return None, None
        subject = context.subject
        if subject and far:  # "400 tonnes drifted for 12 km": amounts own nothing
            where = self._is_where(opening, last.token) or self.analysis.text[subject.start].isdigit()
            subject = None if where else subject
        return measure, subject

    def _changed(
        self, start: int, kind: str, change: Span, measure: Span | None, subject: Span | None
    ) -> tuple[Span | None, Span | None, str | None]:
        """What has changed, whose it is, and the words for both the thing and its change."""
        if measure is not None and self._is_pronoun(measure):
            measure, subject = None, subject or measure  # "It had gained 11 percent"
        thing = subject is not None and not self._owns(subject)
        if kind == "percent" and measure is None and thing and not self._is_aside(change):
            measure, subject = subject, None  # "Sales grew 18%": sales own nothing
        self.changes[start] = change, measure
        measure, words = self._moved(measure, change, start, kind)
        return measure, subject, words

    def _held_against(
        self, atoms: Line, quantity: Quantity, measure: Span | None, subject: Span | None
    ) -> tuple[Span | None, Span | None, str | None]:
        """The same of a figure with "lower than" behind it; of any other the words for its measure."""
        text = self.analysis.text
        opening, last = atoms[opening_of(quantity)].token, atoms[quantity.last - 1].token
        first = atoms[quantity.first].start
        compared = self._compared(last, quantity) if measure is None or measure.end <= first else None
        if compared is None:
            return measure, subject, text[measure.start : measure.end] if measure else None
        verb = opening > 0 and self.analysis.tokens[opening - 1].tag.startswith("V")
        if quantity.kind == "percent" and measure is None and verb and subject and not self._owns(subject):
            measure, subject = subject, None  # "Sales were 18% higher"
        self.compared[first] = compared, measure
        measure, words = self._than(compared, measure, quantity.kind)
        return measure, subject, words

    def _is_pronoun(self, span: Span) -> bool:
        return self.analysis.text[span.start : span.end].lower() in PRONOUNS

    def _is_depth(self, first: int, measure: Span) -> bool:
        """The 62 metres of "14 metres at 1.8% of zinc from 62 metres": they measure nothing of the zinc."""
        tokens = self.analysis.tokens
        return first > 1 and tokens[first - 1].text.lower() == "from" and tokens[first - 2].end == measure.end

    def _is_within(self, first: int, last: Piece, measure: Span) -> bool:
        """The 60 km of "within 60 km of the wreck" measure nothing of the wreck."""
        return first > 0 and self.analysis.tokens[first - 1].text.lower() == "within" and measure.start >= last.end

    def _is_where(self, first: int, last: int) -> bool:
        """Does a distance say where something is: "900 metres from the pit", "within 60 km"?"""
        before = self.analysis.tokens[first - 1].text.lower() if first else ""
        return self._follower(last) in MEASURE_WORDS.away or before == "within"

    def _is_no_measure(self, measure: Span, end: int, kind: str) -> bool:
        """The "euros" of "5 and 8 euros"; the "rose" of "Tin rose 2 percent", where the parser saw a flower."""
        words = self.analysis.text[measure.start : measure.end].lower()
        verb = words in WORDS.comparatives or (words in CHANGES and (words.endswith("ed") or words in PAST))
        return verb or (kind in {"money", "measure"} and measure.start >= end and words in UNIT_NOUNS)

    def _change(self, at: int, quantity: Quantity, measure: Span | None) -> Span | None:
        """The "rose" of "rose by 3 percent", the "was down" of "was down $5": the figure is by how much."""
        tokens = self.analysis.tokens
        by_share = quantity.kind == "share" and at > 0 and tokens[at - 1].text.lower() == "by"  # "fell by a tenth"
        if quantity.kind not in {"percent", "money", "measure"} and not by_share:
            return None
        if tokens[at].text.lower() in LEVEL_QUALIFIERS:
            return None  # "rose above 40 degrees"
        place = at - 1
        if (
            measure is not None
            and (quantity.kind == "percent" or tokens[place].text == "by")
            and tokens[place - (tokens[place].text == "by")].end == measure.end
        ):
            place = bisect_left(tokens, measure.start, key=lambda t: t.start) - 1  # "raised its dividend 10 percent"
            while place >= max(0, at - 2 * FARTHEST) and tokens[place].tag in ("PRP$", "DT", "JJ", "NN"):
                place -= 1
        while place >= max(0, at - FARTHEST) and (
            tokens[place].text.lower() in FURTHER or tokens[place].text.lower() == "by" or tokens[place].tag == "RB"
        ):
            if tokens[place].text.lower() in MOVES:
                break
            place -= 1
        word = tokens[place].text.lower() if place >= 0 else ""
        if word not in CHANGES - {"by", "from"} or tokens[place].sentence != tokens[at].sentence:
            return None
        if word in MEASURE_WORDS.classes and tokens[place].tag.startswith("J"):
            return None  # "the lower 95 percent"
        helps = (
            tokens[place - 1].tag[:2] in ("VB", "MD")
            and place > 0
            and tokens[place - 1].dep in (*HELPS, "ROOT", "ccomp")
        )
        first = place - 1 if helps and tokens[place - 1].sentence == tokens[at].sentence else place
        return Span(tokens[first].start, tokens[place].end)

    def _label(self, end: int) -> Span | None:
        """The words before a figure in a line without a verb: "Production: 41,250 boe", "Shares down 7%"."""
        tokens = self.analysis.tokens
        last = bisect_left(tokens, end, key=lambda t: t.start)
        first = last
        while first and tokens[first - 1].sentence == tokens[last - 1].sentence and last - first < LONGEST_LABEL:
            first -= 1
        opens = first == 0 or tokens[first - 1].sentence != tokens[first].sentence
        while last > first and (tokens[last - 1].tag in LABEL_ENDS or tokens[last - 1].text in LABEL_MARKS):
            last -= 1
        while first < last and not tokens[first].text[0].isalnum():
            first += 1
        words = tokens[first:last]
        colon = (
            tokens[last].text == ":" and len(words) <= SHORT_LABEL and not any(t.text.lower() in HEARD for t in words)
        )
        if (
            not opens
            or not words
            or any(t.tag == "CD" for t in words)
            or (not colon and any(not t.tag.startswith(LABEL_TAGS) for t in words))
        ):
            return None
        if self._runs_on(last, tokens[last - 1].sentence) or not any(t.tag.startswith("N") for t in words):
            return None
        if any(i in self.people for i in range(first, last)) or (len(words) == 1 and words[0].tag == "NNP"):
            return None  # a speaker
        timed = any(t.text.lower() in TIME for t in words) or self.named.get(last - 1) in WHEN
        return None if timed or words[0].tag.startswith("IN") else Span(words[0].start, words[-1].end)

    def _runs_on(self, at: int, sentence: int) -> bool:
        """Has what follows a label a verb of its own, so that it is a clause? Behind a colon it may."""
        tokens = self.analysis.tokens
        if tokens[at].text == ":":
            return False
        while at < len(tokens) and tokens[at].sentence == sentence:
            if tokens[at].tag in FINITE:
                return True
            at += 1
        return False

    def _compared(self, at: int, quantity: Quantity) -> Span | None:
        """The "lower" of "5 percent lower than in 2020", the "below plan" of "3 percent below plan"."""
        if quantity.kind not in {"percent", "money", "measure", "share"}:
            return None
        tokens, word, after = self.analysis.tokens, self._follower(at), self._follower(at + 1)
        if word not in WORDS.comparatives or (word in OPEN_COMPARATIVES and after not in BEHIND_COMPARATIVE):
            return None
        if word == "short" and after != "of":
            return None
        if word in PLACED_COMPARATIVES:
            if quantity.unit in MEASURE_WORDS.distances:
                return None
            noun = next((i for i in range(at + 2, min(at + 6, len(tokens))) if tokens[i].head == at + 1), at + 1)
            named = tokens[noun].dep == "pobj" and tokens[noun].text.lower() not in TIME  # not "below the year before"
            return Span(tokens[at + 1].start, tokens[noun if named else at + 1].end)
        named = (
            len(tokens) > at + 2 and tokens[at + 2].tag.startswith("NN") and tokens[at + 2].block == tokens[at].block
        )
        return None if named else self._span(at + 1)

    def _than(self, compared: Span, measure: Span | None, kind: str) -> tuple[Span | None, str | None]:
        """The words for what is compared, with the word that says how: "Food prices … lower"."""
        text = self.analysis.text
        how = text[compared.start : compared.end]
        if measure is not None:
            return measure, f"{text[measure.start : measure.end]} … {how}"
        return (compared, how) if kind == "percent" and " " in how else (None, None)

    def _owns(self, subject: Span) -> bool:
        """Is the subject a name or a pronoun, which may have something, or a thing that is itself measured?"""
        return self._has_name(subject) or self._is_pronoun(subject)

    def _is_aside(self, change: Span) -> bool:
        """The "up" of "handled 40 tonnes of grain, up 6 percent", which is not said of who handled it."""
        before = self.analysis.text[: change.start].rstrip()[-1:]
        return before in {",", "(", "–", "—"}

    def _moved(self, measure: Span | None, change: Span, figure: int, kind: str) -> tuple[Span | None, str | None]:
        """The words for what has changed, with the verb that says so: "Retail sales rose", "raised benefits"."""
        text = self.analysis.text
        if measure is None:
            bare = text[change.start : change.end].lower() in MOVES
            return (change, text[change.start : change.end]) if kind == "percent" and not bare else (None, None)
        if measure.start >= change.end:  # "cut the price 3 percent", "gained 2 percent of the vote"
            if measure.start > figure or (kind != "percent" and text[measure.end : figure].strip() != "by"):
                return measure, text[measure.start : measure.end]
            verb = change.start + len(text[change.start : change.end].rpartition(" ")[0])
            verb += text[verb] == " "
            return Span(verb, measure.end), text[verb : measure.end]
        between = text[measure.end : change.start]
        if len(between.split()) <= BETWEEN and not set(between) & set(",;:()"):
            return Span(measure.start, change.end), text[measure.start : change.end]
        if not self._is_of(measure, change):
            return None, None  # "Zinc gained 2 percent and tin lost 3": it is not zinc that lost
        return measure, f"{text[measure.start : measure.end]} … {text[change.start : change.end]}"

    def _is_of(self, measure: Span, change: Span) -> bool:
        """Is what is measured the subject of the verb of change, or stands "up", "down" behind its own verb?"""
        tokens = self.analysis.tokens
        at = bisect_left(tokens, change.start, key=lambda t: t.start)
        last = bisect_left(tokens, change.end, key=lambda t: t.start) - 1
        if tokens[last].text.lower() in MOVES:
            return True
        inside = range(bisect_left(tokens, measure.start, key=lambda t: t.start), at)
        return any(at <= tokens[i].head <= last for i in inside if tokens[i].start < measure.end)

    def _has_name(self, span: Span) -> bool:
        return any(e.label in OWNERS and e.start < span.end and span.start < e.end for e in self.analysis.entities)

    def _follower(self, at: int) -> str:
        """The word behind a token in its sentence."""
        tokens = self.analysis.tokens[at : at + 2]
        return tokens[1].text.lower() if len(tokens) == 2 and tokens[0].sentence == tokens[1].sentence else ""

    def _span(self, at: int) -> Span:
        return Span(self.analysis.tokens[at].start, self.analysis.tokens[at].end)

    def _is_topic(self, at: int) -> bool:
        """The "about" of "they worry about two things" is no "roughly", nor the "over" of "handed over" a "more"."""
        token = self.analysis.tokens[at]
        head = self.analysis.tokens[token.head]
        about = token.dep == "prep" and token.text.lower() == "about" and head.text.lower() in WORDS.topical
        particle = token.tag == "RP" and at > 0 and self.analysis.tokens[at - 1].tag.startswith("V")
        return about or particle

    # --- what is no figure

    def reason_against(self, atoms: Line, quantity: Quantity) -> str:
        """Return why a quantity is no figure, or "" if it is one."""
        if self._is_torn(atoms[quantity.last - 1].token):
            return "its scale stands in the next line"
        low = atoms[quantity.first].low
        vague = low in PLURALS and quantity.kind in {"money", "measure"}
        if vague and (quantity.value == PLURALS[low] or quantity.unit == "lb"):
            return "no number"  # "millions of pounds"
        if "=" in (atoms.low(quantity.last), atoms.low(opening_of(quantity) - 1)):
            return "exchange rate or formula"
        if self.commas and THOUSANDS.fullmatch(atoms[quantity.number.end - 1].text):
            return "point of a decimal or of thousands"
        if quantity.kind in {"money", "percent"}:
            return ""
        if atoms.low(quantity.first - 1) == "per":
            return "base of a rate"  # "38 cases per 100,000 people"
        if atoms.low(quantity.first - 1) == "/":
            return "part of a longer number"
        return "" if quantity.kind == "measure" else self._reason_against_number(atoms, quantity)

    def _is_torn(self, at: int) -> bool:
        """The 170.2 of "170.2" and "million" in two lines that were not joined."""
        tokens = self.analysis.tokens[at : at + 2]
        apart = len(tokens) == 2 and tokens[0].block != tokens[1].block
        if not apart or tokens[1].text.lower() not in SCALES or not tokens[0].text[-1:].isdigit():
            return False
        return self.analysis.text.count("\n", tokens[0].end, tokens[1].start) == 1

    def _reason_against_number(self, atoms: Line, quantity: Quantity) -> str:
        after = atoms.low(quantity.last)
        if self._is_spoken_clock(atoms, quantity):
            return "time of day"
        if after in TIME or (after in DASHES and atoms.low(quantity.last + 1) in TIME):
            return "duration or age"
        ranked = atoms.low(quantity.first - 2)
        if atoms.low(quantity.first - 1) == "of" and ranked in RANKS:
            return "rank"  # "eleventh of 36"
        if quantity.kind == "share" and quantity.value >= 1 and quantity.unit == "count":
            return "no share"  # "a game of two halves"
        if quantity.kind == "share":
            return "" if quantity.unit == "1" or self._is_share(atoms, quantity) else "no share of something"
        if self._in_date(atoms, quantity):
            return "part of a date"
        if self._names(atoms, quantity):
            return "year, time or number in a name"
        return "" if quantity.kind == "multiple" or self._counts(atoms, quantity) else "counts nothing"

    def _is_spoken_clock(self, atoms: Line, quantity: Quantity) -> bool:
        """ "Half past five", "at a quarter to six", "twenty past", "by half six"."""
        after, hour = atoms.low(quantity.last), atoms.low(quantity.last + 1)
        named = atoms[quantity.last - 1].low in {"half", "quarter"}
        small = not quantity.number.scaled and quantity.value < MINUTES
        if after == "past":
            return small and (hour in HOURS or not hour[:1].isalnum())
        timed = atoms.low(quantity.first - 1) in CLOCK_BEFORE - {"by"} or atoms.low(opening_of(quantity) - 1) == "at"
        return named and (
            (after == "to" and hour in HOURS and timed) or (after in HOURS and CARDINALS.get(after, 0) != 1)
        )

    def _is_share(self, atoms: Line, quantity: Quantity) -> bool:
        """ "A third of the output", "nearly half"; not "the second half", "a third party", "half a day"."""
        before, after = atoms.low(quantity.first - 1), atoms.low(quantity.last)
        if before in ORDINALS or before == "the":
            return False
        of = after in SHARED if atoms[quantity.first].low == "half" else after == "of"
        plural = quantity.number.value != 0.5 and atoms[quantity.last - 1].low.endswith("s")
        return of or plural or quantity.qualifier is not None or before in {"by", "to"}

    def _in_date(self, atoms: Line, quantity: Quantity) -> bool:
        start, end = atoms[quantity.first].start, atoms[quantity.last - 1].end
        at = bisect_right(self.date_starts, end - 1) - 1
        if at >= 0 and self.dates[at].end > start:
            return True
        before, after = atoms.low(quantity.first - 1), atoms.low(quantity.last)
        short = before in {"'", "’"} and quantity.number.digits
        return before in MONTHS or after in MONTHS or short

    def _names(self, atoms: Line, quantity: Quantity) -> bool:
        """Does the number name a thing (Article 5, Apollo 13, Resolution 1441) or a year?"""
        number = quantity.number
        before = atoms.low(quantity.first - 1)
        if before == ".":
            before = atoms.low(quantity.first - 2) if atoms[quantity.first - 1].glued else before  # "No. 62"
        label = self.named.get(atoms[quantity.first].token)
        counted = self._head_tag(atoms, quantity) in COUNTED
        if (before == "of" and atoms.low(quantity.first - 2) == "age") or self._is_clock(atoms, quantity):
            return True  # "under the age of 50", "22: 30"
        if before in WORDS.labels or (label is not None and not number.scaled and not (label in WHEN and counted)):
            return True
        if not number.digits:
            named = self._follows_name(atoms, quantity) or self._in_a_name(atoms, quantity)
            return number.value < 10_000 and not number.vague and named
        if number.scaled:
            return False
        text = atoms[quantity.last - 1].text
        if text in WORDS.names:
            return True
        if len(text) == 4 and text.isdigit() and YEARS[0] <= quantity.value <= YEARS[1]:
            # "2016 protests", "the 2000 protests"; without the article a round number counts: "2000 protests"
            dated = quantity.value % 100 != 0 or before == "the"
            return not counted or (dated and self._head_word(atoms, quantity) in WORDS.dated)
        if text[0] == "0" and text[:2] != "0." and len(text) > 1:
            return True
        return self._follows_name(atoms, quantity)

    def _is_clock(self, atoms: Line, quantity: Quantity) -> bool:
        """ "22: 30", as translations write the time, and "at 21.47", where nothing is traded."""
        if CLOCK.fullmatch(atoms[quantity.first].text) and atoms.low(quantity.first - 1) in CLOCK_BEFORE:
            lows = atoms.lows(quantity.first - CLOCK_REACH, quantity.first)
            return CHANGES.isdisjoint(lows[:-1]) and (MEASURE_WORDS.traded | WORDS.quoted).isdisjoint(lows)
        minutes = atoms.low(quantity.last + 1)
        colon = atoms.low(quantity.last) == ":" and atoms[quantity.last].glued
        return colon and len(minutes) == 2 and minutes.isdigit() and quantity.number.digits and quantity.value <= 24

    def _follows_name(self, atoms: Line, quantity: Quantity) -> bool:
        """ "Apollo 13", "Flight Zeta eight hundred": a name to the left, nothing counted to the right."""
        first, last = atoms[quantity.first].token, atoms[quantity.last - 1].token
        tokens = self.analysis.tokens
        left = tokens[first - 1] if first else None
        if left is None or left.sentence != tokens[first].sentence or left.tag not in {"NNP", "NNPS", "#"}:
            return False
        if tokens[last].head > last and tokens[last].dep == "nummod":
            return False
        apart = tokens[last].dep in {"nsubj", "dobj", "pobj", "conj"}
        return tokens[last].dep in BESIDE_NAME or (apart and tokens[first - 1].head == last)

    def _in_a_name(self, atoms: Line, quantity: Quantity) -> bool:
        """The "Three" of "the Three Gorges": a capital, though no sentence begins, and a name goes on."""
        tokens, first, last = self.analysis.tokens, atoms[quantity.first].token, atoms[quantity.last - 1].token
        if not tokens[first].text[0].isupper() or last + 1 >= len(tokens) or first == 0:
            return False
        inside = tokens[first - 1].sentence == tokens[first].sentence == tokens[last + 1].sentence
        opens = tokens[first - 1].text in OPENINGS
        return inside and not opens and tokens[last + 1].tag.startswith("NNP")

    def _of_a_person(self, verb: int) -> bool:
        return any(
            t.head == verb and t.dep == "nsubj" and i in self.people
            for i, t in enumerate(self.analysis.tokens[max(0, verb - REACH) : verb], max(0, verb - REACH))
        )

    def _head_tag(self, atoms: Line, quantity: Quantity) -> str:
        """The tag of the noun to the right that the number qualifies, if it qualifies one."""
        head = self._head(atoms, quantity)
        return self.analysis.tokens[head].tag if head is not None else ""

    def _head(self, atoms: Line, quantity: Quantity) -> int | None:
        last = atoms[quantity.last - 1].token
        for i in range(last, atoms[quantity.first].token - 1, -1):
            token = self.analysis.tokens[i]
            if token.head > last and token.dep in QUALIFIES and self.analysis.tokens[token.head].text[0].isalnum():
                return token.head
        return None

    def _counts(self, atoms: Line, quantity: Quantity) -> bool:
        """Does a number without a unit count something?"""
        number = quantity.number
        hurt = atoms.low(quantity.last) in CASUALTIES  # "11 dead, 40 hurt"
        if atoms.low(quantity.last) == "times" and rate_after(atoms, quantity.last + 1):
            return False  # how often: "trains four times a week"
        if number.value == 1 and not number.scaled and quantity.high is None and not hurt:
            return False  # "one" is mostly a pronoun
        if atoms[quantity.last - 2].text == "/":
            return True  # "closed at 56 5/8"
        if atoms.low(quantity.last) in DASHES and atoms[quantity.last].glued and not number.scaled:
            return False  # "a 10-member panel", "5-4"
        opening = quantity.qualifier[0] if quantity.qualifier else quantity.first
        before, after = atoms.low(min(opening, quantity.first) - 1), atoms.low(quantity.last)
        if before == "of" and atoms.low(min(opening, quantity.first) - 2) == "instead":
            return self._head_tag(atoms, quantity) in COUNTED  # "open 21 hours a week instead of 35"
        if before in PAIRED and number.value == 2 and not number.scaled:
            return False  # "the two sides": known already, nothing is counted
        moved = number.digits and number.value % 1 != 0 and before in CHANGES  # "the index lost 4.21"
        per = after == "per" and atoms[quantity.last + 1].digit
        if hurt or moved or per or (number.scaled and number.value >= 100):
            return True
        if self._head_tag(atoms, quantity) in COUNTED or (after == "of" and before not in {"this", "the"}):
            return not self._time_head(atoms, quantity)
        if number.scaled:
            return self._head_tag(atoms, quantity) != "" or after == "of"
        return self._lost_plural(atoms, quantity) or self._counts_by_place(atoms, quantity, before)

    def _counts_by_place(self, atoms: Line, quantity: Quantity, before: str) -> bool:
        """Does its place in the sentence make it a count: "12 were hurt", "rose to 40"?"""
        token = self.analysis.tokens[atoms[quantity.last - 1].token]
        if token.dep == "attr" and quantity.value < OLDEST and self._of_a_person(token.head):
            return False  # "Justice Lind will be 78"
        if token.dep in ARGUMENTS and self.analysis.tokens[token.head].tag.startswith(("V", "MD")):
            return quantity.value >= 10 or not quantity.number.digits
        if quantity.number.digits and quantity.value >= MANY and token.dep == "nummod":
            # "More than 9,000 useful hint": a plural lost in translation; "lost 1,300 reindeer": nouns that have none
            return quantity.qualifier is not None or self._is_bare_noun(atoms, quantity)
        return token.dep == "pobj" and before in LEVEL_WORDS and quantity.value >= 20

    def _is_bare_noun(self, atoms: Line, quantity: Quantity) -> bool:
        """Does a noun that nothing else describes stand straight behind the number, and no article before it?"""
        at = quantity.last
        alone = atoms[at].tag == "NN" and atoms.low(at + 1) not in DASHES and not atoms[at + 1].tag.startswith("N")
        free = atoms[quantity.first - 1].tag not in {"DT", "NNP", "NN", "POS", "CD"}  # nor "1 843 person"
        return (
            alone and free and self._head(atoms, quantity) == atoms[at].token and not self._time_head(atoms, quantity)
        )

    def _lost_plural(self, atoms: Line, quantity: Quantity) -> bool:
        """ "Five heavy rare earth": translations drop the plural, but keep the adjective between."""
        head = self._head(atoms, quantity)
        apart = head is not None and head - atoms[quantity.last - 1].token > 1
        return apart and not quantity.number.digits and not self._time_head(atoms, quantity)

    def _time_head(self, atoms: Line, quantity: Quantity) -> bool:
        return self._head_word(atoms, quantity) in TIME

    def _head_word(self, atoms: Line, quantity: Quantity) -> str:
        head = self._head(atoms, quantity)
        return "" if head is None else self.analysis.tokens[head].text.lower()
