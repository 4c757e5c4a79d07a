"""Parse an article with the language model: Article -> Analysis with tokens, syntax, sentences and, on request,
names.

No other module uses spaCy. Each block is a document of its own: joined, a headline would run into the lead and closing
quotes would move to the next sentence. Sentences are split first, and the parser keeps these boundaries. Batches hold
blocks of one article only, so a result never depends on other articles.
"""

from __future__ import annotations

import functools
import gc
import itertools
import re
import sys
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy
import nupunkt
from nupunkt.core.constants import ORTHO_MID_LC

from briefing import cache, lexicon
from briefing.model import Analysis, Article, Block, Entity, Sentence, Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spacy.language import Language
    from spacy.tokens import Doc

BATCH_SIZE = 16  # blocks per batch; more needs more memory and is not faster
BATCH_LENGTH = 20_000  # characters per batch, and so of the longest stretch of a block: memory grows with them
# spaCy's tokenizer takes time squared for a word: 24 s for 20,000 quotation marks. In some scripts, words are long.
LONG_WORD = re.compile(r"[^\s\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]{300}(?=\S)|\S{1000}(?=\S)")
HIDDEN, REMOVED = 1, 2  # a character of markup; a character that was removed
COLUMNS = ("IDX", "LENGTH", "TAG", "DEP", "HEAD", "SENT_START", "IS_SPACE")
# Number of new objects before garbage collection looks for cycles. An article is 100,000 small objects without any;
# with Python's default of 700 the collector runs again and again.
GC_THRESHOLDS = (50_000, 20, 20)
DASH = " \xa0-–—―_*),:：|"  # between a dateline and its sentence
# Where translated and scraped text has lost a space: `said:“We`, `“harbour”is`, `late,but`, `the pier.Ada`, `today(May
# 3)at`; and where the model would see an emoticon: `(Oslo): `.
# Each pattern starts with a punctuation mark, so that only those are searched for.
LOST_SPACE = re.compile(
    r"(?P<before>“(?<=[^\s(\[{\"“‘—–-]“)(?=\w)|\((?<=[a-z]{3}\()(?=[A-Z][a-z]))"
    r"|”(?<=\S”)(?=\w)|[,;](?<=[a-z].)(?=[A-Za-z]{2})"
    r"|[.?!](?<=[a-z%\d]{2}.)(?=\[\d{1,3}\])"
    r"|[.?!](?<=[a-z]{2}.)(?=[A-Z][a-z])(?!(?:Com|Net|Org)\b)|\)(?<=\w\w\))(?=[a-z]{2}|: )"
)
UNUSED = ("attribute_ruler", "lemmatizer", "ner")


@functools.cache  # each article's key has it, and looking for it takes milliseconds
def model_version(name: str) -> str:
    """Return the versions of the installed model and of spaCy, for cache keys, without loading the model (0.3 s)."""
    from importlib.metadata import PackageNotFoundError, version

    runs = f"spacy {version('spacy')}"
    try:
        return f"{name} {version(name.replace('_', '-'))} {runs}"
    except PackageNotFoundError:
        return f"{name} {runs}"


@contextmanager
def _without_torch() -> Iterator[None]:
    """Hide PyTorch, which only training uses: spaCy would import it wherever it is installed, in two seconds."""
    hidden = "torch" not in sys.modules
    if hidden:
        sys.modules["torch"] = None  # type: ignore[assignment]  # an import fails, as if it were not installed
    try:
        yield
    finally:
        if hidden:
            del sys.modules["torch"]


@functools.lru_cache(maxsize=2)
def load_model(name: str, names: bool = False) -> Language:
    """Load the model; `names` keeps its own entity recogniser, which training compares with."""
    with _without_torch():
        import spacy
    from spacy.language import Language as Pipeline

    if not Pipeline.has_factory("given_sentences"):
        Pipeline.component("given_sentences", func=_given_sentences)
    nlp = spacy.load(name, exclude=[part for part in UNUSED if part != "ner" or not names])
    nlp.add_pipe("given_sentences", before="parser")
    gc.freeze()  # the model is never garbage: keep it out of every collection
    gc.set_threshold(*GC_THRESHOLDS)
    return nlp


def parse(article: Article, model: str, names: bool = False) -> Analysis:
    """Parse an article: tokens, sentences and, with `names`, the model's own names."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    entities: list[Entity] = []
    nlp = load_model(model, names)
    for batch in _batches(_pieces(article)):
        with nlp.memory_zone():  # otherwise the model remembers every word that it ever read
            for piece, doc in zip(batch, nlp.pipe((piece.text for piece in batch), batch_size=len(batch)), strict=True):
                _add_block(piece, doc, tokens, sentences, entities)
    return Analysis(article.text, tuple(tokens), tuple(sentences), tuple(entities))


def _batches(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Yield what the model reads at once: some blocks, or one that is long."""
    batch: list[_Piece] = []
    length = 0
    for piece in pieces:
        if batch and (len(batch) == BATCH_SIZE or length + len(piece.text) > BATCH_LENGTH):
            yield batch
            batch, length = [], 0
        batch.append(piece)
        length += len(piece.text)
    if batch:
        yield batch


class _Piece(NamedTuple):
    """What the model reads at once: the visible text, and the position of each character in `Article.text`."""

    block: int
    text: str
    places: list[int]


def _pieces(article: Article) -> Iterator[_Piece]:
    """Yield every block without markup, split where something was removed and after a dateline.

    The parser would take a dateline as part of the subject of the first sentence. Line ends become spaces.
    """
    status = bytearray(len(article.text))
    for span in article.hidden:
        status[span.start : span.end] = bytes([HIDDEN]) * (span.end - span.start)
    for removed in article.removed:
        status[removed.start : removed.end] = bytes([REMOVED]) * (removed.end - removed.start)
    datelines = frozenset(_after_dateline(article.text, h.end) for h in article.hints if h.kind == "dateline")
    for index, block in enumerate(article.blocks):
        if block.kind == "code":
            continue
        for places in _visible_runs(status, block, datelines):
            text = "".join(article.text[i] for i in places).replace("\n", " ").replace("\t", " ")
            if text.strip():
                yield _Piece(index, *_restore_spaces(text, places))


def _restore_spaces(text: str, places: list[int]) -> tuple[str, list[int]]:
    """Return the text with its lost spaces added, which helps the model to split it; no token contains them."""
    gaps = [lost.start() if lost["before"] else lost.end() for lost in LOST_SPACE.finditer(text)]
    if long := [word.end() for word in LONG_WORD.finditer(text)]:
        gaps = sorted({*gaps, *long})
    if not gaps:
        return text, places
    cuts = list(itertools.pairwise((0, *gaps, len(text))))
    return (
        " ".join(text[a:b] for a, b in cuts),
        [place for a, b in cuts for place in (*places[a:b], places[b - 1])][:-1],
    )


def _after_dateline(text: str, dateline: int) -> int:
    """Return where the sentence after a dateline begins."""
    dash = text[dateline : dateline + 9]
    return dateline + len(dash) - len(dash.lstrip(DASH))


def _visible_runs(status: bytearray, block: Block, cuts: frozenset[int]) -> Iterator[list[int]]:
    """Yield the visible positions of a block in runs without removed text, none longer than the model can read."""
    run: list[int] = []
    for place in range(block.start, block.end):
        if status[place] == REMOVED or len(run) == BATCH_LENGTH or place in cuts:
            yield run
            run = []
        if not status[place]:
            run.append(place)
    yield run


def _given_sentences(doc: Doc) -> Doc:
    starts = iter([*sentence_starts(doc.text), len(doc.text)])
    next_start = next(starts)
    fresh = True  # spaces before a sentence, and closing quotes, belong to the previous one
    opens: list[int] = []
    for token in doc:
        while next_start < token.idx + len(token):
            fresh, next_start = True, next(starts)
        opens.append(1 if not token.i or (fresh and not token.is_space) else -1)
        if opens[-1] == 1:
            fresh = False
    # All at once: setting it token by token looks through the whole document each time.
    values: Any = numpy.array(opens, dtype="int64").reshape(-1, 1).astype("uint64")
    return doc.from_array(["SENT_START"], values)


_label_names: dict[int, str] = {}  # names of the model's numeric labels


def _add_block(piece: _Piece, doc: Doc, tokens: list[Token], sentences: list[Sentence], entities: list[Entity]) -> None:
    # Read whole columns: asking each token for its values costs a twentieth of the parsing time.
    columns: list[list[int]] = doc.to_array(list(COLUMNS)).astype("int64").T.tolist()
    kept: Mapping[int, int] | range = range(len(doc))
    if 1 in columns[-1]:
        columns, kept = _without_spaces(columns)
    starts, lengths, tags, labels, heads, opens, _ = columns
    for label in {*tags, *labels}.difference(_label_names):  # the model has about fifty of each
        _label_names[label] = doc.vocab.strings[label % 2**64]
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
                _label_names[tag],
                _label_names[label],
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
    """Return the columns without white-space tokens, and the new index of each word.

    What depended on a space depends on its head instead; a sentence that starts with a space starts with its first
    word.
    """
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
    """Return the sentence of the tokens from `first` on."""
    return Sentence(f"s{number + 1}", tokens[first].start, tokens[-1].end, first, len(tokens), block)


# --- sentences, split by nupunkt --------------------------------------------------------------
# nupunkt's own model was trained on law: it takes "week", "bank" and "win" for abbreviations, and lets "Lt." and
# "Reps." end a sentence. So it gets our list, and keeps only those of its own with a full stop inside.

# How often a capital followed an abbreviation, and how often it started a sentence.
ALWAYS, NEVER = (1_000, 1_000), (1_000, 0)
DOTTED = re.compile(r"[a-z]{1,3}(?:\.[a-z]{1,3})+")  # u.s, ph.d, w.va
# nupunkt takes these as part of the word: `“Mr.`, `D-Fla.`
OPENING = str.maketrans({"“": "`", "‘": "`", "„": "`"})
DASH_INSIDE = re.compile(r"-(?<=\w-)(?=[A-Z])")
# No sentence starts with these, but the previous one may end with them.
CLOSING = re.compile(r"(?:[\s)\]},;:”»]|[’\"'“](?=[\s,;:.)]|$))+")
COMMA = frozenset(",;:")
WORD = re.compile(r"\w")


@functools.cache
def version() -> str:
    """Return what sentence splitting depends on, for cache keys."""
    words = lexicon.path("abbreviations").read_bytes()
    return cache.digest(metadata.version("nupunkt"), Path(__file__).read_bytes(), words)


def sentence_starts(text: str) -> list[int]:
    """Return the start of each sentence: "Lt. Gen. Verne came to the U.S. The council knew it." -> [0, 32]."""
    plain = DASH_INSIDE.sub(" ", text.translate(OPENING))
    starts = [0]
    for start, end in _tokenizer().span_tokenize(plain):
        begin = _true_start(text, start)
        if start and begin is not None and WORD.search(text, begin, end):
            starts.append(begin)
    return starts


def _true_start(text: str, start: int) -> int | None:
    """Return where the sentence split at `start` really begins; None if the last one continues: "(D-Va. | ), who"."""
    closing = CLOSING.match(text, start)
    if not closing:
        return start
    begin = closing.end()
    goes_on = begin == len(text) or text[begin].islower() or not COMMA.isdisjoint(closing[0])
    return None if goes_on else begin


@functools.cache
def _tokenizer() -> nupunkt.PunktSentenceTokenizer:
    words = lexicon.load("abbreviations", dict[str, tuple[str, ...]])
    openers = {form for word in words.pop("openers") for form in (word, word.replace("'", "’"))}
    dotted = {known for known in nupunkt.load("default").abbreviations if DOTTED.fullmatch(known)}
    tokenizer = nupunkt.PunktSentenceTokenizer(
        nupunkt.PunktParameters(
            abbrev_types={*dotted, *(word for group in words.values() for word in group)},
            collocations={(place, f"{title}.") for place in words["places"] for title in words["titles"]},
            sent_starters=openers,
            ortho_context=dict.fromkeys(openers, ORTHO_MID_LC),
            abbrev_break_rates={
                **dict.fromkeys(words["titles"], NEVER),
                **dict.fromkeys([*words["places"], *words["numbered"]], ALWAYS),
            },
        )
    )
    tokenizer.BREAK_RATE_LOW = 0.0
    return tokenizer
