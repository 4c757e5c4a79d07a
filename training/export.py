"""Export a trained network to ONNX: one window at a time, weights as integers.

The graph is written here rather than traced through transformers: attention becomes the runtime's own operator, which
takes a fifth less time than its parts, and a single window has no padding, so no mask is needed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import onnx
import torch
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional

from briefing.facts.reader.encoder import POINTER_SIZE, POINTERS
from training.network import Network

OPSET = 17


class _Attention(torch.autograd.Function):
    """Multi-head attention as torch computes it and as the runtime's operator."""

    @staticmethod
    def forward(ctx: Any, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
        parts = [x.view(*x.shape[:2], heads, -1).transpose(1, 2) for x in (query, key, value)]
        return functional.scaled_dot_product_attention(*parts).transpose(1, 2).reshape(query.shape)

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any, heads: int) -> Any:
        found = graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads)
        found.setType(query.type())
        return found


class _OneWindow(nn.Module):
    """The network without a mask; with `small`, word embeddings are integers with a scale for each word.

    One scale for all words cost as much accuracy as all other rounding together.
    """

    def __init__(self, network: Network, small: bool) -> None:
        super().__init__()
        self.network = network
        self.attention_heads = network.encoder.config.num_attention_heads
        self.small = small
        words = network.encoder.embeddings.word_embeddings.weight.detach()
        scale = words.abs().amax(dim=1, keepdim=True).clamp(min=1e-9) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("rounded", torch.round(words / scale).to(torch.int8))

    def words(self, ids: Tensor) -> Tensor:
        if not self.small:
            found: Tensor = self.network.encoder.embeddings.word_embeddings(ids)
            return found
        return self.rounded[ids].float() * self.scale[ids]

    def forward(self, ids: Tensor, features: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        network, embeddings = self.network, self.network.encoder.embeddings
        hidden = self.words(ids) + network.features(features)
        hidden = (
            hidden + embeddings.position_embeddings.weight[: ids.shape[1]] + embeddings.token_type_embeddings.weight[0]
        )
        hidden = embeddings.LayerNorm(hidden)
        for layer in network.encoder.encoder.layer:
            own, out = layer.attention.self, layer.attention.output
            seen = _Attention.apply(own.query(hidden), own.key(hidden), own.value(hidden), self.attention_heads)
            hidden = out.LayerNorm(out.dense(seen) + hidden)
            inner = functional.gelu(layer.intermediate.dense(hidden))
            hidden = layer.output.LayerNorm(layer.output.dense(inner) + hidden)
        shape = (1, -1, POINTERS, POINTER_SIZE)
        return network.heads(hidden), network.query(hidden).view(shape), network.key(hidden).view(shape)


def export(network: Network, path: Path, exact: bool = False) -> None:
    """Write the network to `path` with 8-bit weights, or with `exact` 32-bit ones for comparison."""
    network.eval()
    ids = torch.ones((1, 12), dtype=torch.int64)
    with tempfile.TemporaryDirectory() as folder:
        whole = path if exact else Path(folder) / "exact.onnx"
        torch.onnx.export(
            _OneWindow(network, small=not exact),
            (ids, ids.clone()),
            str(whole),
            input_names=["ids", "features"],
            output_names=["logits", "queries", "keys"],
            dynamic_axes={name: {1: "length"} for name in ("ids", "features", "logits", "queries", "keys")},
            opset_version=OPSET,
            custom_opsets={"com.microsoft": 1},
            dynamo=False,
        )
        if not exact:
            # Seven of the eight bits are used: without VNNI a processor adds pairs of products in sixteen bits, and
            # with eight bits a weight the same article would be read differently there.
            quantize_dynamic(
                str(whole),
                str(path),
                weight_type=QuantType.QInt8,
                per_channel=True,
                reduce_range=True,
                op_types_to_quantize=["MatMul"],
                extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
            )


def restored(path: Path, base: Path) -> Network:
    """Return the network of weights that `export` rounded, to go on training from; `base` gives its shape."""
    stored = {i.name: numpy_helper.to_array(i) for i in onnx.load(str(path)).graph.initializer}
    network = Network(base)
    own = network.encoder.embeddings
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if f"network.{name}" in stored:
                parameter.copy_(torch.tensor(stored[f"network.{name}"]))
        own.word_embeddings.weight.copy_(torch.tensor(stored["rounded"] * stored["scale"]))
        own.token_type_embeddings.weight[0] = torch.tensor(
            next(a for n, a in stored.items() if n.startswith("onnx::Add"))
        )
        # Matrices lose their names on export; numbers in the new ones rise in the order of computation.
        rounded = sorted((n for n in stored if n.endswith("_quantized")), key=lambda n: int(n.split("_")[1]))
        for linear, name in zip(_matrices(network), rounded, strict=True):
            scale = stored[name.replace("_quantized", "_scale")]
            linear.weight.copy_(torch.tensor((stored[name] * scale).T))
    return network


def _matrices(network: Network) -> Iterator[nn.Linear]:
    """Yield the linear maps in the order in which a window passes them."""
    for layer in network.encoder.encoder.layer:
        own = layer.attention.self
        yield from (own.query, own.key, own.value, layer.attention.output.dense)
        yield from (layer.intermediate.dense, layer.output.dense)
    yield from (network.heads, network.query, network.key)
