"""Render the source text as HTML with its structure, sentences and evidence.

    <span class="s" id="s6"><a class="n" href="#s6" ...></a>... <span class="e" data-f="ab12">7,976 tonnes</span></span>

Links, emphasis, evidence and sentences overlap, but HTML must nest. So the text is cut at every boundary, each piece is
wrapped in the elements that hold there, outermost first, and elements that continue in the next piece stay open. This
is the only module that writes HTML without a template.
"""

from __future__ import annotations

import bisect
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from markupsafe import Markup

from briefing import escape
from briefing.clean.draft import list_labels
from briefing.model import Article, Block, Briefing, Removed, Sentence, Span
from briefing.site.templates import other_scripts


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of a fact in the text."""

    fact: str  # id
    kind: str
    label: str  # accessible name of the link back
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Wrapper:
    """An element around a span; of two at the same place the lower rank is outside."""

    rank: int
    start: int
    end: int
    open: Markup
    close: Markup


SENTENCE, LINK, MARK, FACT = range(4)
TAGS = {"emphasis": "em", "strong": "strong", "code": "code"}


def source_text(briefing: Briefing, evidence: Sequence[Evidence], actor_links: Mapping[str, tuple[str, str]]) -> Markup:
    """Render the source text. `actor_links` maps an actor's id to the class and address of its links."""
    return _Text(briefing, evidence, actor_links).render()


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


T = TypeVar("T", bound=_Spanned)


class _Sweep(Generic[T]):
    """Returns the spans at a position; positions must be asked for in ascending order, so that time is linear."""

    def __init__(self, spans: Iterable[T]) -> None:
        self.waiting = sorted(spans, key=lambda s: s.start, reverse=True)
        self.active: list[T] = []

    def at(self, place: int) -> list[T]:
        while self.waiting and self.waiting[-1].start <= place:
            self.active.append(self.waiting.pop())
        self.active = [s for s in self.active if s.end > place]
        return self.active


def _by_block(blocks: Sequence[Block], spans: Iterable[T]) -> list[list[T]]:
    """Return the spans that overlap each block."""
    found: list[list[T]] = [[] for _ in blocks]
    ends = [b.end for b in blocks]
    for span in spans:
        for i in range(bisect.bisect_right(ends, span.start), len(blocks)):
            if blocks[i].start >= span.end:
                break
            found[i].append(span)
    return found


@dataclass(frozen=True, slots=True)
class _FactSpan:
    start: int
    end: int
    fact: str


class _Text:
    """The state of one rendering: open elements and anchors already written."""

    def __init__(
        self, briefing: Briefing, evidence: Sequence[Evidence], actor_links: Mapping[str, tuple[str, str]]
    ) -> None:
        self.article: Article = briefing.article
        self.sentences = briefing.sentences
        self.sentence_starts = [s.start for s in self.sentences]
        self.evidence = evidence
        self.starts: defaultdict[int, list[str]] = defaultdict(list)  # position -> facts that start there
        self.backlinks: defaultdict[str, list[Evidence]] = defaultdict(list)  # sentence -> facts found in it
        facts = [span for fact in evidence for span in self._place(fact)]
        wrappers = [*self._sentence_wrappers(), *self._links(briefing, actor_links), *self._scripts()]
        blocks = self.article.blocks
        self.facts = _by_block(blocks, facts)
        self.wrappers = _by_block(blocks, wrappers)
        self.hidden = _by_block(blocks, self.article.hidden)
        self.removed = _by_block(blocks, self.article.removed)
        self.number = {r: i for i, r in enumerate(self.article.removed, 1)}
        inside = {r for many in self.removed for r in many}
        self.outside_blocks = [r for r in reversed(self.article.removed) if r not in inside]
        self.shown: set[int] = set()  # numbers of removed passages whose anchor is written
        self.excerpts = self.article.source.meta.rights == "excerpts"

    def _place(self, fact: Evidence) -> list[_FactSpan]:
        spans = [s for s in fact.spans if s.start < s.end]
        if not spans:
            return []
        self.starts[min(s.start for s in spans)].append(fact.fact)
        at = bisect.bisect_right(self.sentence_starts, spans[0].start) - 1
        if at >= 0:
            self.backlinks[self.sentences[at].id].append(fact)
        return [_FactSpan(s.start, s.end, fact.fact) for s in spans]

    def _sentence_wrappers(self) -> Iterator[Wrapper]:
        for s in self.sentences:
            number = s.id.removeprefix("s")
            opening = Markup(
                '<span class="s" id="{0}"><a class="n" href="#{0}" data-n="{1}" data-pagefind-ignore '
                'aria-label="Sentence {1}"></a>'
            ).format(s.id, number)
            yield Wrapper(SENTENCE, s.start, s.end, opening, self._backlinks(s) + Markup("</span>"))

    def _backlinks(self, sentence: Sentence) -> Markup:
        links = Markup("").join(
            Markup('<a class="b b-{}" href="#f-{}" aria-label="{}"></a>').format(f.kind, f.fact, escape.html(f.label))
            for f in self.backlinks[sentence.id]
        )
        return Markup('<span class="back" data-pagefind-ignore>{}</span>').format(links) if links else links

    def _scripts(self) -> Iterator[Wrapper]:
        """Mark words in another script with their language and isolate their direction."""
        for start, end, language in other_scripts(self.article.text, self.article.language):
            opening = Markup('<bdi lang="{}">').format(language) if language else Markup("<bdi>")
            yield Wrapper(MARK, start, end, opening, Markup("</bdi>"))

    def _links(self, briefing: Briefing, actor_links: Mapping[str, tuple[str, str]]) -> Iterator[Wrapper]:
        """Yield the author's links and emphasis, then links to actors outside of other links: links do not nest."""
        taken: list[Span] = []
        for inline in sorted(self.article.inlines, key=lambda i: i.start):
            if inline.kind == "link":
                address = escape.link(inline.href)
                if address and (not taken or inline.start >= taken[-1].end):
                    taken.append(Span(inline.start, inline.end))
                    opening = Markup('<a class="out" href="{}" rel="nofollow ugc noopener">').format(
                        escape.html(address)
                    )
                    yield Wrapper(LINK, inline.start, inline.end, opening, Markup("</a>"))
            elif inline.kind in TAGS:
                tag = TAGS[inline.kind]
                yield Wrapper(MARK, inline.start, inline.end, Markup(f"<{tag}>"), Markup(f"</{tag}>"))
        ends = [span.end for span in taken]
        last = 0
        for start, end, actor in sorted((m.start, m.end, a.id) for a in briefing.actors for m in a.mentions):
            after = bisect.bisect_right(ends, start)
            free = after == len(taken) or taken[after].start >= end
            if free and actor in actor_links and last <= start < end:
                kind, address = actor_links[actor]
                opening = Markup('<a class="a {}" href="{}">').format(escape.html(kind), escape.html(address))
                yield Wrapper(LINK, start, end, opening, Markup("</a>"))
                last = end

    # --- blocks -----------------------------------------------------------------------------

    def render(self) -> Markup:
        parts: list[Markup] = []
        blocks = self.article.blocks
        removed = [self._removed_whole(i) for i in range(len(blocks))]

        def run_of(i: int) -> tuple[str, int]:
            """Removed blocks, list items, quotations and table rows are rendered in runs, others one by one."""
            kind = "removed" if removed[i] else blocks[i].kind
            return kind, 0 if kind in {"removed", "item", "quote", "row"} else i

        for (kind, _), run in itertools.groupby(range(len(blocks)), key=run_of):
            numbers = list(run)
            parts.append(self._between(blocks[numbers[0]].start))
            parts.append(self._folded(numbers, removed) if kind == "removed" else self._group(numbers))
        parts.append(self._between(len(self.article.text)))
        return Markup("\n").join(p for p in parts if p)

    def _between(self, place: int) -> Markup:
        """Render what was removed before a position outside of all blocks, such as a web page's scripts."""
        marks = []
        while self.outside_blocks and self.outside_blocks[-1].start < place:
            marks.append(self.outside_blocks.pop())
        if self.excerpts or not marks:
            return Markup("")
        text = self.article.text
        return self._details([(mark, escape.html(text[mark.start : mark.end].strip())) for mark in marks])

    def _removed_whole(self, i: int) -> Removed | None:
        """Return the mark that covers everything visible in a block."""
        block, text = self.article.blocks[i], self.article.text
        for r in self.removed[i]:
            outside = text[block.start : max(block.start, r.start)] + text[min(r.end, block.end) : block.end]
            if not outside.strip():
                return r
        return None

    def _folded(self, numbers: Sequence[int], removed: Sequence[Removed | None]) -> Markup:
        if self.excerpts:
            return Markup("")
        return self._details([(mark, self._plain(self.article.blocks[i])) for i in numbers if (mark := removed[i])])

    def _details(self, passages: Sequence[tuple[Removed, Markup]]) -> Markup:
        inside = Markup("\n").join(
            Markup('<p dir="auto">{}{}</p>').format(self._address(mark), words) for mark, words in passages
        )
        reasons = escape.html(list_labels(mark.reason for mark, _ in passages))
        return Markup(
            '<details class="set-aside" data-pagefind-ignore="all"><summary>Removed: {}</summary>\n{}\n</details>'
        ).format(reasons, inside)

    def _address(self, mark: Removed | None) -> Markup:
        number = self.number[mark] if mark else 0
        if not number or number in self.shown:
            return Markup("")
        self.shown.add(number)
        return Markup(f'<span class="at" id="x{number}"></span>')

    def _plain(self, block: Block) -> Markup:
        return escape.html(self.article.text[block.start : block.end])

    def _group(self, numbers: Sequence[int]) -> Markup:
        first = self.article.blocks[numbers[0]]
        if first.kind == "item":
            return self._list(numbers)
        if first.kind == "quote":
            inside = Markup("\n").join(self._element("p", i) for i in numbers)
            return Markup("<blockquote>\n{}\n</blockquote>").format(inside) if inside else Markup("")
        if first.kind == "row":
            rows = Markup("\n").join(self._row(i) for i in numbers)
            return Markup(
                '<div class="scroll" tabindex="0"><table class="rows">\n<tbody>\n{}\n</tbody>\n</table></div>'
            ).format(rows)
        if first.kind == "heading":
            return self._element(f"h{min(6, max(3, first.level + 1))}", numbers[0])
        if first.kind == "code":
            return Markup("<pre><code>{}</code></pre>").format(self._inside(numbers[0]))
        return self._element("p", numbers[0])

    def _element(self, tag: str, i: int) -> Markup:
        inside = self._inside(i)
        return Markup(f'<{tag} dir="auto">{{}}</{tag}>').format(inside) if inside.strip() else Markup("")

    def _list(self, numbers: Sequence[int]) -> Markup:
        parts: list[str] = []
        levels: list[int] = []
        for i in numbers:
            level = self.article.blocks[i].level
            if not levels or level > levels[-1]:
                parts.append("<ul>")
                levels.append(level)
            else:
                while len(levels) > 1 and level < levels[-1]:
                    parts.append("</li></ul>")
                    levels.pop()
                parts.append("</li>")
            parts.append(f'<li dir="auto">{self._inside(i)}')
        parts.append("</li></ul>" * len(levels))
        return Markup("".join(parts))

    def _row(self, i: int) -> Markup:
        """Render a table row; its cells lie between hidden spans that contain a bar."""
        block, text = self.article.blocks[i], self.article.text
        cells: list[Span] = []
        at = block.start
        for cut in self.hidden[i]:
            if "|" in text[cut.start : cut.end]:
                cells.append(Span(at, max(at, cut.start)))
                at = min(cut.end, block.end)
        cells.append(Span(at, block.end))
        shown = [c for n, c in enumerate(cells) if 0 < n < len(cells) - 1 or text[c.start : c.end].strip()]
        inside = Markup("").join(Markup('<td dir="auto">{}</td>').format(self._inside(i, c)) for c in shown)
        return Markup("<tr>{}</tr>").format(inside)

    # --- inside a block -------------------------------------------------------------------------

    def _inside(self, i: int, part: Span | None = None) -> Markup:
        span = part or Span(self.article.blocks[i].start, self.article.blocks[i].end)
        spans = (self.wrappers[i], self.facts[i], self.hidden[i], self.removed[i])
        borders = {span.start, span.end} | {p for many in spans for s in many for p in (s.start, s.end)}
        places = sorted(p for p in borders if span.start <= p <= span.end)
        wrappers, facts = _Sweep(self.wrappers[i]), _Sweep(self.facts[i])
        hidden, removed = _Sweep(self.hidden[i]), _Sweep(self.removed[i])
        out: list[str] = []
        stack: list[Wrapper] = []
        for a, b in itertools.pairwise(places):
            holding = facts.at(a)
            mark = next(iter(removed.at(a)), None)
            wanted = sorted(wrappers.at(a), key=lambda w: (w.rank, w.start, -w.end))
            self._switch(stack, wanted, out, a)
            out += [f'<span id="e-{fact}" class="at"></span>' for fact in self.starts.pop(a, ())]
            if hidden.at(a):
                out.append("" if self.excerpts else str(self._address(mark)))  # links to a removed passage lead here
                continue
            if self.excerpts and not self._kept(wanted):
                out.append("" if out and out[-1] in {"", " … "} else " … ")
            else:
                out.append(self._piece(a, b, holding, mark))
        self._switch(stack, [], out, span.end)
        return Markup("".join(out))

    def _switch(self, stack: list[Wrapper], wanted: list[Wrapper], out: list[str], place: int) -> None:
        """Close elements that end here and open those that start.

        A sentence that continues in the next table cell keeps its anchor and its links back for its true start and end.
        """
        same = 0
        while same < len(stack) and same < len(wanted) and stack[same] is wanted[same]:
            same += 1
        while len(stack) > same:
            wrapper = stack.pop()
            out.append("</span>" if wrapper.rank == SENTENCE and wrapper.end > place else str(wrapper.close))
        for wrapper in wanted[same:]:
            stack.append(wrapper)
            again = wrapper.rank == SENTENCE and wrapper.start < place
            out.append('<span class="s">' if again else str(wrapper.open))

    def _kept(self, wanted: Sequence[Wrapper]) -> bool:
        """Tell whether a sentence carries facts; with `rights: excerpts` only those are published."""
        sentence = next((w for w in wanted if w.rank == SENTENCE), None)
        if sentence is None:
            return False
        at = bisect.bisect_right(self.sentence_starts, sentence.start) - 1
        return bool(self.backlinks[self.sentences[at].id])

    def _piece(self, a: int, b: int, facts: Sequence[_FactSpan], mark: Removed | None) -> str:
        text = escape.html(self.article.text[a:b])
        if mark:
            reason = escape.html(list_labels([mark.reason]))
            address = self._address(mark)
            return f'{address}<del class="set-aside" title="Removed: {reason}" data-pagefind-ignore>{text}</del>'
        holding = " ".join(dict.fromkeys(f.fact for f in facts))
        return f'<span class="e" data-f="{holding}">{text}</span>' if holding else str(text)
