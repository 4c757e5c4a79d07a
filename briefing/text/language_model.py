"""Article -> Analysis: tokens with their syntax, sentences, names. The only file that knows the language model.

One block is one model document: glued together, a headline runs into the lead and closing quotes move
to the next sentence. Sentences are cut (text/language_model.py) before the parser runs, which then respects them.
An article is analysed in batches of its own blocks, so its answer never depends on other articles.
"""

from __future__ import annotations

import functools
import gc
import itertools
import re
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import nupunkt
from nupunkt.core.constants import ORTHO_MID_LC

from briefing import cache, lexicon
from briefing.model import Analysis, Article, Block, Entity, Sentence, Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spacy.language import Language
    from spacy.tokens import Doc


# Where the sentences of a paragraph begin, as nupunkt tells it once it knows the abbreviations of news.
#
#     sentence_starts("Lt. Gen. Verne came to the U.S. The council knew it.")  ->  [0, 32]
#
# nupunkt's own model was learnt from law: to it "week", "bank" and "win" are abbreviations, behind which only some
# words begin a sentence, while "Lt." and "Reps." end one. So it is given our list, and of its own only what has a
# point inside.

# How often a capital was seen behind an abbreviation, and how often it began a sentence.
ALWAYS, NEVER = (1_000, 1_000), (1_000, 0)
POINTED = re.compile(r"[a-z]{1,3}(?:\.[a-z]{1,3})+")  # u.s, ph.d, w.va
# nupunkt takes these for a part of the word that they stand at: `“Mr.`, `D-Fla.`
OPENING = str.maketrans({"“": "`", "‘": "`", "„": "`"})
DASH_INSIDE = re.compile(r"-(?<=\w-)(?=[A-Z])")
# What no sentence begins with, but the one before may end on.
CLOSING = re.compile(r"(?:[\s)\]},;:”»]|[’\"'“](?=[\s,;:.)]|$))+")
COMMA = frozenset(",;:")
WORD = re.compile(r"\w")


def version() -> str:
    """What decides where sentences begin, for cache keys."""
    return cache.digest(
        metadata.version("nupunkt"), Path(__file__).read_bytes(), lexicon.path("abbreviations").read_bytes()
    )


def sentence_starts(text: str) -> list[int]:
    """The place at which each sentence begins."""
    plain = DASH_INSIDE.sub(" ", text.translate(OPENING))
    starts = [0]
    for start, end in _cutter().span_tokenize(plain):
        begin = _beginning(text, start)
        if start and begin is not None and WORD.search(text, begin, end):
            starts.append(begin)
    return starts


def _beginning(text: str, start: int) -> int | None:
    """Where the sentence begins that was cut off at `start`; None if it goes on: "(D-Va. | ), who"."""
    closing = CLOSING.match(text, start)
    if not closing:
        return start
    begin = closing.end()
    goes_on = begin == len(text) or text[begin].islower() or not COMMA.isdisjoint(closing[0])
    return None if goes_on else begin


@functools.cache
def _cutter() -> nupunkt.PunktSentenceTokenizer:
    words = lexicon.load("abbreviations", dict[str, tuple[str, ...]])
    openers = {form for word in words.pop("openers") for form in (word, word.replace("'", "’"))}
    pointed = {known for known in nupunkt.load("default").abbreviations if POINTED.fullmatch(known)}
    cutter = nupunkt.PunktSentenceTokenizer(
        nupunkt.PunktParameters(
            abbrev_types={*pointed, *(word for group in words.values() for word in group)},
            collocations={(place, f"{title}.") for place in words["places"] for title in words["titles"]},
            sent_starters=openers,
            ortho_context=dict.fromkeys(openers, ORTHO_MID_LC),
            abbrev_break_rates={
                **dict.fromkeys(words["titles"], NEVER),
                **dict.fromkeys([*words["places"], *words["numbered"]], ALWAYS),
            },
        )
    )
    cutter.BREAK_RATE_LOW = 0.0
    return cutter


BATCH = 16  # blocks at once; memory grows with it, speed does not
LONGEST = 20_000  # characters of one block given to the model at once: its memory grows with length
HIDDEN, AWAY = 1, 2  # what becomes of a character: markup; part of what was set aside
COLUMNS = ("IDX", "LENGTH", "TAG", "DEP", "HEAD", "SENT_START", "IS_SPACE")
# Objects made before the collector looks for circles among them. An article is a hundred thousand small objects
# without circles; by Python's own 700 it looks for some again and again.
COLLECTED = (50_000, 20, 20)
DASH = " \xa0-–—―_*),:："  # between a dateline and its sentence
# Where translated and scraped text has lost a space: `said:“We`, `“harbour”is`, `late,but`, `the pier.Ada`,
# `today(May 3)at`; and where the model would read a face: `(Oslo): `.
# Each begins with its mark, so that the text is looked through for marks only.
LOST_SPACE = re.compile(
    r"(?P<before>“(?<=[^\s(\[{\"“‘—–-]“)(?=\w)|\((?<=[a-z]{3}\()(?=[A-Z][a-z]))"
    r"|”(?<=\S”)(?=\w)|[,;](?<=[a-z].)(?=[A-Za-z]{2})"
    r"|[.?!](?<=[a-z]{2}.)(?=[A-Z][a-z])(?!(?:Com|Net|Org)\b)|\)(?<=\w\w\))(?=[a-z]{2}|: )"
)
UNUSED = ("attribute_ruler", "lemmatizer", "ner")


def model_version(name: str) -> str:
    """Name and version of the installed model and of what runs it, for cache keys, without loading it (0.3 s)."""
    from importlib.metadata import PackageNotFoundError, version

    runs = f"spacy {version('spacy')}"
    try:
        return f"{name} {version(name.replace('_', '-'))} {runs}"
    except PackageNotFoundError:
        return f"{name} {runs}"


@functools.lru_cache(maxsize=2)
def load_model(name: str, names: bool = False) -> Language:
    """`names`: with its own recogniser of names, which training compares with."""
    import spacy
    from spacy.language import Language as Pipeline

    if not Pipeline.has_factory("given_sentences"):
        Pipeline.component("given_sentences", func=_given_sentences)
    nlp = spacy.load(name, exclude=[part for part in UNUSED if part != "ner" or not names])
    nlp.add_pipe("given_sentences", before="parser")
    gc.freeze()  # the model stays until the end: no need to look through it for garbage again and again
    gc.set_threshold(*COLLECTED)
    return nlp


def parse(article: Article, model: str, names: bool = False) -> Analysis:
    """What the language model says: tokens, sentences and, with `names`, its own names."""
    pieces = list(_pieces(article))
    docs = _ask(model, pieces, names)
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    entities: list[Entity] = []
    for piece, doc in zip(pieces, docs, strict=True):
        _add_block(piece, doc, tokens, sentences, entities)
    return Analysis(article.text, tuple(tokens), tuple(sentences), tuple(entities))


def _ask(model: str, pieces: Iterable[_Piece], names: bool = False) -> Iterator[Doc]:
    return load_model(model, names).pipe((piece.text for piece in pieces), batch_size=BATCH)


class _Piece(NamedTuple):
    """What the model reads at once: words as a reader sees them, and each character's place in `Article.text`."""

    block: int
    text: str
    places: list[int]


def _pieces(article: Article) -> Iterator[_Piece]:
    """Every block without its markup, cut where something was set aside, and behind a dateline, which would glue
    itself to the subject of the first sentence. Line ends are spaces there."""
    fate = bytearray(len(article.text))
    for span in article.hidden:
        fate[span.start : span.end] = bytes([HIDDEN]) * (span.end - span.start)
    for away in article.removed:
        fate[away.start : away.end] = bytes([AWAY]) * (away.end - away.start)
    datelines = frozenset(_behind(article.text, h.end) for h in article.hints if h.kind == "dateline")
    for index, block in enumerate(article.blocks):
        if block.kind == "code":
            continue
        for places in _runs(fate, block, datelines):
            text = "".join(article.text[i] for i in places).replace("\n", " ").replace("\t", " ")
            if text.strip():
                yield _Piece(index, *_spaced(text, places))


def _spaced(text: str, places: list[int]) -> tuple[str, list[int]]:
    """The text as it would be with its lost spaces: they help the model to tell words and sentences apart, and no word
    of it takes them in."""
    gaps = [lost.start() if lost["before"] else lost.end() for lost in LOST_SPACE.finditer(text)]
    if not gaps:
        return text, places
    cuts = list(itertools.pairwise((0, *gaps, len(text))))
    return (
        " ".join(text[a:b] for a, b in cuts),
        [place for a, b in cuts for place in (*places[a:b], places[b - 1])][:-1],
    )


def _behind(text: str, dateline: int) -> int:
    """Where the sentence begins that a dateline's dash leads in."""
    dash = text[dateline : dateline + 9]
    return dateline + len(dash) - len(dash.lstrip(DASH))


def _runs(fate: bytearray, block: Block, cuts: frozenset[int]) -> Iterator[list[int]]:
    """The visible places of a block, in runs that nothing set aside interrupts and none longer than the model bears."""
    run: list[int] = []
    for place in range(block.start, block.end):
        if fate[place] == AWAY or len(run) == LONGEST or place in cuts:
            yield run
            run = []
        if not fate[place]:
            run.append(place)
    yield run


def _given_sentences(doc: Doc) -> Doc:
    starts = iter([*sentence_starts(doc.text), len(doc.text)])
    next_start = next(starts)
    fresh = True  # spaces before a sentence belong to the one before; quotes that close stay there too
    for token in doc:
        while next_start < token.idx + len(token):
            fresh, next_start = True, next(starts)
        token.is_sent_start = fresh and not token.is_space if token.i else True
        if token.is_sent_start:
            fresh = False
    return doc


_called: dict[int, str] = {}  # the model's numbers for its labels, which depend on nothing but their names


def _add_block(piece: _Piece, doc: Doc, tokens: list[Token], sentences: list[Sentence], entities: list[Entity]) -> None:
    # Columns at once: asking every token for its values costs a twentieth of the model itself.
    columns: list[list[int]] = doc.to_array(list(COLUMNS)).astype("int64").T.tolist()
    kept: Mapping[int, int] | range = range(len(doc))
    if 1 in columns[-1]:
        columns, kept = _without_spaces(columns)
    starts, lengths, tags, labels, heads, opens, _ = columns
    for label in {*tags, *labels}.difference(_called):  # the model has some fifty of each
        _called[label] = doc.vocab.strings[label % 2**64]
    text, places, block = piece.text, piece.places, piece.block
    base = first = len(tokens)
    number = len(sentences)
    words = zip(starts, lengths, tags, labels, heads, opens, strict=True)
    for i, (start, length, tag, label, head, opened) in enumerate(words, base):
        if opened == 1 and i > first:
            sentences.append(_sentence(number, tokens, first, block))
            number, first = number + 1, i
        end = start + length
        tokens.append(
            Token(
                places[start],
                places[end - 1] + 1,
                text[start:end],
                _called[tag],
                _called[label],
                i + head,
                number,
                block,
            )
        )
    if len(tokens) > first:
        sentences.append(_sentence(number, tokens, first, block))
    for name in doc.ents:
        inside = [base + kept[i] for i in range(name.start, name.end) if i in kept]
        if inside:
            begin, last = inside[0], inside[-1]
            entities.append(Entity(tokens[begin].start, tokens[last].end, name.label_, begin, last + 1))


def _without_spaces(columns: list[list[int]]) -> tuple[list[list[int]], dict[int, int]]:
    """The columns without white space, which is no token of ours, and the new places of the words. Who depended on a
    space depends on its head; a sentence that a space opened opens with its first word."""
    heads, opens, spaces = columns[4:]
    words = [i for i, space in enumerate(spaces) if not space]
    place = {i: n for n, i in enumerate(words)}
    sentence_of = list(itertools.accumulate(map((1).__eq__, opens)))
    moved, opened = [], []
    for n, i in enumerate(words):
        head = i + heads[i]
        while head not in place and heads[head]:
            head += heads[head]
        moved.append(place.get(head, n) - n)
        opened.append(int(n == 0 or sentence_of[i] != sentence_of[words[n - 1]]))
    return [*([column[i] for i in words] for column in columns[:4]), moved, opened, [0] * len(words)], place


def _sentence(number: int, tokens: list[Token], first: int, block: int) -> Sentence:
    """The sentence of the tokens from `first` on."""
    return Sentence(f"s{number + 1}", tokens[first].start, tokens[-1].end, first, len(tokens), block)
