"""Analysis -> Scores: the encoder's log-probabilities for every token.

The encoder reads one window at a time on one thread, so that a score depends on nothing but the window's own words: not
on the number of cores, on other articles or on padding.
"""

from __future__ import annotations

import functools
import hashlib
import math
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from briefing.facts.reader.windows import VOCABULARY, Encoded, encode
from briefing.model import Analysis

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

# The encoder's output columns, which training, export and decoding share.
NAME_TAGS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC")
ROLES = ("cue", "content", "source")
NAMES = slice(0, 9)
CUE, CONTENT, SOURCE = slice(9, 12), slice(12, 15), slice(15, 18)
ROLE_COLUMNS = (CUE, CONTENT, SOURCE)
ASSERTED = slice(18, 20)  # not asserted, asserted: read at the first word of a content
WIDTH = 20
POINTERS = 2  # from the first word of a content to its speaker's head word and to its cue
TO_SPEAKER, TO_CUE = range(POINTERS)
POINTER_SIZE = 128
NOBODY = 0  # a pointer to the window's first piece, which is no word

WEIGHTS = Path(__file__).parent / "weights" / "reader.onnx"
MAY_OPEN = math.log(0.02)  # log-probability of a content's B from which a token's pointers are kept

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Pointers:
    """What a token points to, if a content begins with it. Column 0 is nobody, column n+1 the token first+n."""

    first: int
    probabilities: Floats  # [2, 1 + tokens of the window]: to the speaker, to the cue


@dataclass(frozen=True, slots=True)
class Scores:
    logs: Floats  # [tokens, WIDTH], the columns of each head normalised
    pointers: dict[int, Pointers]  # of tokens that may begin a content


def score(analysis: Analysis, weights: Path | None = None) -> Scores:
    session = load_session(weights or WEIGHTS)
    logs = np.zeros((len(analysis.tokens), WIDTH), dtype=np.float32)
    pointers: dict[int, Pointers] = {}
    for encoded in encode(analysis):
        ids = np.array([encoded.ids], dtype=np.int64)
        features = np.array([encoded.features], dtype=np.int64)
        logits, queries, keys = (out[0] for out in session.run(None, {"ids": ids, "features": features}))
        window, starts = encoded.window, encoded.starts
        core = list(starts[window.core_first - window.first : window.core_last - window.first])
        own = _normalised(logits[core])
        logs[window.core_first : window.core_last] = own
        opens = own[:, CONTENT.start + 1] > MAY_OPEN
        for i in (window.core_first + np.flatnonzero(opens)).tolist():
            pointers[i] = Pointers(window.first, _point(queries[starts[i - window.first]], keys, encoded))
    return Scores(logs, pointers)


def _point(query: Floats, keys: Floats, encoded: Encoded) -> Floats:
    """Return the probabilities of each pointer over nobody and the first pieces of the window's tokens."""
    columns = [0, *encoded.starts]
    scores = np.einsum("pd,jpd->pj", query, keys) / math.sqrt(POINTER_SIZE)
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = (odds / odds.sum(axis=1, keepdims=True))[:, columns]
    return shares


def _normalised(logits: Floats) -> Floats:
    found = logits.astype(np.float32)
    for columns in (NAMES, *ROLE_COLUMNS, ASSERTED):
        part = found[:, columns]
        part -= part.max(axis=1, keepdims=True)
        part -= np.log(np.exp(part).sum(axis=1, keepdims=True))
    return found


@functools.cache
def load_session(weights: Path) -> InferenceSession:
    import onnxruntime  # takes a tenth of a second, which most verbs need not spend

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])


@functools.cache
def version() -> str:
    """Return a hash of all that decides the scores, for cache keys: weights, vocabulary, runtime, our own code."""
    total = hashlib.sha256(metadata.version("onnxruntime").encode())
    here = Path(__file__).parent
    for path in (WEIGHTS, VOCABULARY, *sorted(here.glob("*.py"))):
        total.update(path.read_bytes())
    return total.hexdigest()
