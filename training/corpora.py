"""Read labelled corpora into examples: articles as our own pipeline reads them, with a label for each token.

    PolNeAR as JSON lines     who said what     `text`, `attributions` [{content, source, cue, source_head}]
    CoNLL-2003 as JSON lines  names             `text`, `entities` [{span, type PER|ORG|LOC|MISC}]
    training/labelled/*.yaml  both

Every text is cleaned and parsed first, so that training sees what the reader sees later: our tokens, sentences and
paragraphs, and nothing that is removed.
"""

from __future__ import annotations

import bisect
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from briefing.clean import clean
from briefing.config import load_config
from briefing.facts.reader.encoder import NAME_TAGS, ROLES
from briefing.lexicon import SHIPPED
from briefing.model import Analysis, Meta, Source, Token
from briefing.text import language_model
from training.labelled import LabelledArticle
from training.places import distance

Range = tuple[int, int]
UNKNOWN = -100  # torch's label for "do not learn from this"
UNSURE = "?"  # kind of a span with uncertain names
KINDS = {"person": "PER", "organisation": "ORG", "place": "LOC", "other": "MISC"}
# Weak labels of assertion for corpora without any: words beside a cue that asserts nothing.
OPENING = frozenset({'"', "“", "„", "«", "``", "‘", "'", "「"})
CLOSING = frozenset({'"', "”", "“", "»", "''", "’", "'", "」"})
IRREALIS = frozenset({"would", "could", "might", "may", "should", "if", "whether", "unless"})
REACH = 6  # tokens before a cue that are searched


@dataclass(frozen=True, slots=True)
class Attribution:
    """A statement as character ranges."""

    content: tuple[Range, ...]
    source: Range | None
    head: Range | None  # head word of the source, if the corpus has it
    cue: Range | None
    asserted: bool | None  # None: unknown


@dataclass(frozen=True, slots=True)
class Document:
    """A labelled text. `names` or `attributions` is None if the corpus does not label them."""

    id: str
    text: str
    names: tuple[tuple[int, int, str], ...] | None  # start, end, PER|ORG|LOC|MISC
    attributions: tuple[Attribution, ...] | None


@dataclass(frozen=True, slots=True)
class Pointer:
    """Points from the first token of a content to tokens; None: to nobody."""

    content: int
    speaker: int | None
    cue: int | None
    asserted: int  # 1, 0 or UNKNOWN


@dataclass(slots=True)
class Example:
    """An article with labels for each token."""

    id: str
    analysis: Analysis
    names: list[int]  # index into NAME_TAGS, or UNKNOWN
    roles: dict[str, list[int]]  # by role: 0, 1, 2 for O, B, I, or UNKNOWN
    pointers: list[Pointer]


def read_polnear(path: Path) -> list[Document]:
    return [
        Document(
            row["doc_id"],
            row["text"],
            None,
            tuple(
                Attribution(
                    content=tuple((s, e) for s, e in a["content"]),
                    source=_first(a["source"]),
                    head=tuple(a["source_head"]) if a.get("source_head") else None,
                    cue=_first(a["cue"]),
                    asserted=None,
                )
                for a in row["attributions"]
            ),
        )
        for row in _rows(path)
    ]


def read_conll(path: Path) -> list[Document]:
    return [
        Document(row["doc_id"], row["text"], tuple((*e["span"], e["type"]) for e in row["entities"]), None)
        for row in _rows(path)
    ]


def from_labelled(article: LabelledArticle) -> Document:
    return Document(
        article.id,
        article.text,
        tuple((n.start, n.end, KINDS[n.kind]) for n in article.names),
        tuple(Attribution(s.content, s.source, None, s.cue, s.asserted) for s in article.statements),
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _first(ranges: Sequence[Sequence[int]]) -> Range | None:
    return (ranges[0][0], ranges[0][1]) if ranges else None


def read_text(text: str) -> Analysis:
    """Return the tokens and sentences of a text as a build reads them."""
    model = load_config(SHIPPED / "mkdocs.yml").model
    source = Source("text", "text.md", "", Meta(language="en"), text, 1, "utf-8")
    return language_model.parse(clean(source), model)


def to_example(document: Document) -> Example:
    analysis = read_text(document.text)
    assert analysis.text == document.text  # cleaning marks passages but never changes the text
    tokens = analysis.tokens
    find = _Finder(tokens)
    count = len(tokens)
    names = [UNKNOWN] * count
    if document.names is not None:
        names = [0] * count
        for start, end, kind in document.names:
            for n, i in enumerate(find.tokens((start, end))):
                names[i] = UNKNOWN if kind == UNSURE else NAME_TAGS.index(f"{'I' if n else 'B'}-{kind}")
    roles = {role: [UNKNOWN if document.attributions is None else 0] * count for role in ROLES}
    pointers: list[Pointer] = []
    for role in ROLES if document.attributions else ():
        _label(roles[role], find, [r for a in document.attributions or () for r in _ranges(a, role)], role)
    for a in document.attributions or ():
        head = _head(tokens, find.tokens(a.head or a.source)) if a.source else None
        cues = find.tokens(a.cue)
        cue = cues[0] if cues else None
        asserted = int(a.asserted) if a.asserted is not None else _weakly_asserted(tokens, cues)
        for piece in _ranges(a, "content"):
            inside = _with_marks(tokens, find.tokens(piece))
            for n, i in enumerate(inside):  # each paragraph separately, as its labels start again
                if n == 0 or tokens[i].block != tokens[inside[n - 1]].block:
                    pointers.append(Pointer(i, head, cue, asserted))
    return Example(document.id, analysis, names, roles, pointers)


def _ranges(attribution: Attribution, role: str) -> Iterable[Range]:
    if role == "content":
        return attribution.content
    found = attribution.cue if role == "cue" else attribution.source
    return (found,) if found else ()


def _with_marks(tokens: Sequence[Token], inside: list[int]) -> list[int]:
    """Return a content's tokens with the quotation marks around it; corpora differ in whether these belong to it."""
    if not inside:
        return inside
    first, last = inside[0], inside[-1]
    if first and tokens[first - 1].text in OPENING and _belongs(tokens, first - 1, first, first - 2):
        first -= 1
    if last + 1 < len(tokens) and tokens[last + 1].text in CLOSING and _belongs(tokens, last + 1, last, last + 2):
        last += 1
    return list(range(first, last + 1))


def _belongs(tokens: Sequence[Token], mark: int, word: int, beyond: int) -> bool:
    """Does the mark stand at the word rather than at the token beyond it, in the same paragraph?"""
    if tokens[mark].block != tokens[word].block:
        return False
    return _touch(tokens, mark, word) or not _touch(tokens, mark, beyond)


def _touch(tokens: Sequence[Token], one: int, other: int) -> bool:
    """Is there no space between two neighbours?"""
    first, last = sorted((one, other))
    return first >= 0 and last < len(tokens) and tokens[first].end == tokens[last].start


def _plain(tokens: Sequence[Token], inside: list[int]) -> list[int]:
    return inside


def _label(labels: list[int], find: _Finder, ranges: Iterable[Range], role: str) -> None:
    """Label the tokens of the ranges B and I; of nested ranges the outer one counts, and paragraph ends split them."""
    tokens = find.token_list
    marks = _with_marks if role == "content" else _plain
    end = -1
    for start, stop in sorted(ranges, key=lambda r: (r[0], -r[1])):
        if start < end:
            continue
        end = stop
        before: int | None = None
        for i in marks(tokens, find.tokens((start, stop))):
            goes_on = before is not None and tokens[before].block == tokens[i].block
            labels[i] = 2 if goes_on else 1
            before = i


class _Finder:
    """Maps character ranges to token indexes."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.token_list = tokens
        self.starts = [t.start for t in tokens]
        self.ends = [t.end for t in tokens]

    def tokens(self, span: Range | None) -> list[int]:
        """Return the tokens that share a character with the span."""
        if span is None:
            return []
        first = bisect.bisect_right(self.ends, span[0])
        last = bisect.bisect_left(self.starts, span[1])
        return list(range(first, last))


def _head(tokens: Sequence[Token], inside: Sequence[int]) -> int | None:
    """Return the head of a phrase."""
    members = set(inside)
    return next((i for i in inside if tokens[i].head not in members or tokens[i].head == i), None)


def _weakly_asserted(tokens: Sequence[Token], cue: Sequence[int]) -> int:
    """Tell whether the cue and the words before its verb have no negation, condition or modal."""
    own = set(cue)
    near = range(max(0, cue[0] - REACH), cue[-1] + 1) if cue else ()
    for i in near:
        token = tokens[i]
        at_cue = i in own or token.head in own
        if at_cue and (token.dep == "neg" or token.text.lower() in IRREALIS):
            return 0
    return 1


def read_sentences(path: Path) -> list[Document]:
    """Read cases of single sentences: `label`, `input`, `expect` [{speaker, cue, content}]."""
    return [_sentence(path.stem, case) for case in yaml.safe_load(path.read_text(encoding="utf-8"))]


def _sentence(stem: str, case: dict[str, Any]) -> Document:
    text = case["input"]
    attributions = []
    for row in case["expect"]:
        content: list[Range] = []
        for words in row["content"]:
            at = text.index(words, content[-1][1] if content else 0)
            content.append((at, at + len(words)))
        cue = _nearest(text, row["cue"], content) if row["cue"] else None
        speaker = _nearest(text, row["speaker"], content, cue) if row["speaker"] else None
        attributions.append(Attribution(tuple(content), speaker, None, cue, True))
    return Document(f"{stem}/{case['label']}", text, None, tuple(attributions))


def _nearest(text: str, words: str, content: list[Range], cue: Range | None = None) -> Range | None:
    """Return the occurrence outside of the content that is nearest to it and its cue."""
    before, after = (r"\b" if c.isalnum() else "" for c in (words[0], words[-1]))
    places = [m.span() for m in re.finditer(before + re.escape(words) + after, text)]
    outside = [p for p in places if not any(p[0] < end and start < p[1] for start, end in content)] or places
    return min(
        outside,
        key=lambda p: min(distance(p, c) for c in content) + (distance(p, cue) if cue else 0),
        default=None,
    )
