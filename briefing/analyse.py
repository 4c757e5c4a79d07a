"""Article -> Analysis: tokens with their syntax, sentences, names. The only file that knows the language model.

One block is one model document: glued together, a headline runs into the lead and closing quotes move
to the next sentence. Sentences are cut by nupunkt before the parser runs, which then respects them.
An article is analysed in batches of its own blocks, so its answer never depends on other articles.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NamedTuple

import nupunkt

from briefing.model import Analysis, Article, Block, Entity, Sentence, Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

BATCH = 16  # blocks at once; memory grows with it, speed does not
LONGEST = 20_000  # characters of one block given to the model at once: its memory grows with length
HIDDEN, AWAY = 1, 2  # what becomes of a character: markup; part of what was set aside
UNUSED = ("attribute_ruler", "lemmatizer")


def model_version(name: str) -> str:
    """The installed model's name and version, for cache keys, without loading it (0.3 s)."""
    import importlib.metadata

    try:
        return f"{name} {importlib.metadata.version(name.replace('_', '-'))}"
    except importlib.metadata.PackageNotFoundError:
        return name


@functools.lru_cache(maxsize=1)
def load_model(name: str) -> Language:
    import spacy
    from spacy.language import Language as Pipeline

    if not Pipeline.has_factory("given_sentences"):
        Pipeline.component("given_sentences", func=_given_sentences)
    nlp = spacy.load(name, exclude=list(UNUSED))
    nlp.add_pipe("given_sentences", before="parser")
    return nlp


def analyse(article: Article, model: str) -> Analysis:
    """Tokens, sentences and names of every block that is not set aside."""
    pieces = list(_pieces(article))
    docs = _ask(model, pieces)
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    entities: list[Entity] = []
    for piece, doc in zip(pieces, docs, strict=True):
        _add_block(piece.block, piece.places, doc, tokens, sentences, entities)
    return Analysis(article.text, tuple(tokens), tuple(sentences), tuple(entities))


def run_model(article: Article, model: str) -> int:
    """The model's part of `analyse`, to compare the cost of the rest with; the number of its tokens."""
    return sum(len(doc) for doc in _ask(model, _pieces(article)))


def _ask(model: str, pieces: Iterable[_Piece]) -> Iterator[Doc]:
    return load_model(model).pipe((piece.text for piece in pieces), batch_size=BATCH)


class _Piece(NamedTuple):
    """What the model reads at once: words as a reader sees them, and each character's place in `Article.text`."""

    block: int
    text: str
    places: list[int]


def _pieces(article: Article) -> Iterator[_Piece]:
    """Every block without its markup, cut where something was set aside. Line ends are spaces there."""
    fate = bytearray(len(article.text))
    for span in article.hidden:
        fate[span.start : span.end] = bytes([HIDDEN]) * (span.end - span.start)
    for away in article.removed:
        fate[away.start : away.end] = bytes([AWAY]) * (away.end - away.start)
    for index, block in enumerate(article.blocks):
        if block.kind == "code":
            continue
        for places in _runs(fate, block):
            text = "".join(article.text[i] for i in places).replace("\n", " ").replace("\t", " ")
            if text.strip():
                yield _Piece(index, text, places)


def _runs(fate: bytearray, block: Block) -> Iterator[list[int]]:
    """The visible places of a block, in runs that nothing set aside interrupts and none longer than the model bears."""
    run: list[int] = []
    for place in range(block.start, block.end):
        if fate[place] == AWAY or len(run) == LONGEST:
            yield run
            run = []
        if not fate[place]:
            run.append(place)
    yield run


def _given_sentences(doc: Doc) -> Doc:
    starts = {start for start, _ in nupunkt.sent_spans(doc.text)}
    fresh = True  # spaces before a sentence belong to the one before; quotes that close stay there too
    for token in doc:
        if token.idx in starts:
            fresh = True
        token.is_sent_start = fresh and not token.is_space if token.i else True
        if token.is_sent_start:
            fresh = False
    return doc


def _add_block(
    block: int,
    places: list[int],
    doc: Doc,
    tokens: list[Token],
    sentences: list[Sentence],
    entities: list[Entity],
) -> None:
    index: dict[int, int] = {}  # spaCy's token number -> ours: white space is no token of ours
    words: list[Any] = []
    for word in doc:
        if not word.is_space:
            index[word.i] = len(tokens) + len(words)
            words.append(word)
    number = len(sentences) - 1
    opened = -1
    for word in words:
        if word.sent.start != opened:
            opened = word.sent.start
            number += 1
        head = word.head.i
        while head not in index and doc[head].head.i != head:
            head = doc[head].head.i
        tokens.append(
            Token(
                start=places[word.idx],
                end=places[word.idx + len(word) - 1] + 1,
                text=word.text,
                tag=word.tag_,
                dep=word.dep_,
                head=index.get(head, index[word.i]),
                sentence=number,
                block=block,
            )
        )
    base = len(tokens) - len(words)
    first = base
    for i in range(base, len(tokens)):
        if i + 1 == len(tokens) or tokens[i + 1].sentence != tokens[i].sentence:
            sentences.append(
                Sentence(
                    id=f"s{len(sentences) + 1}",
                    start=tokens[first].start,
                    end=tokens[i].end,
                    first=first,
                    last=i + 1,
                    block=block,
                )
            )
            first = i + 1
    for name in doc.ents:
        inside = [index[i] for i in range(name.start, name.end) if i in index]
        if inside:
            entities.append(
                Entity(
                    start=tokens[inside[0]].start,
                    end=tokens[inside[-1]].end,
                    label=name.label_,
                    first=inside[0],
                    last=inside[-1] + 1,
                )
            )
