"""Train a network on examples: windows in batches of similar length, AdamW, warm-up and linear decay.

The same examples, options and seed give the same weights on one machine: one thread, no clock, one random generator.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from briefing.facts.reader.encoder import ASSERTED, NAMES, NOBODY, ROLE_COLUMNS, ROLES, TO_CUE, TO_SPEAKER, WIDTH
from briefing.facts.reader.windows import encode
from training.corpora import UNKNOWN, Example
from training.network import Network, pointer_logits

RATE = 3e-4  # of the encoder; heads learn five times as fast
HEADS_RATE = 5 * RATE
WARM_UP = 0.06
BATCH = 1760  # word pieces
LIKE_LENGTH = 16  # batches from which windows of similar length are combined
POINTER_WEIGHT = 0.3
ASSERTED_WEIGHT = 0.3
CLIP = 1.0
REPORT = 100  # steps


@dataclass(frozen=True, slots=True)
class Case:
    """A window with a label for each word piece. `pointers`: content, speaker, cue (or UNKNOWN), asserted."""

    ids: tuple[int, ...]
    features: tuple[int, ...]
    names: tuple[int, ...]
    roles: tuple[tuple[int, ...], ...]
    pointers: tuple[tuple[int, int, int, int], ...]


def to_cases(example: Example) -> list[Case]:
    """Return one case per window; only the first piece of each core token has a label."""
    cases = []
    for encoded in encode(example.analysis):
        window, starts = encoded.window, encoded.starts
        blank = [UNKNOWN] * len(encoded.ids)
        names, roles = list(blank), [list(blank) for _ in ROLES]
        for i in range(window.core_first, window.core_last):
            at = starts[i - window.first]
            names[at] = example.names[i]
            for labels, role in zip(roles, ROLES, strict=True):
                labels[at] = example.roles[role][i]
        pointers = []
        for p in example.pointers:
            if window.core_first <= p.content < window.core_last:
                ends = [
                    NOBODY if i is None else starts[i - window.first] if window.first <= i < window.last else UNKNOWN
                    for i in (p.speaker, p.cue)
                ]
                pointers.append((starts[p.content - window.first], ends[0], ends[1], p.asserted))
        if any(label != UNKNOWN for labels in (names, *roles) for label in labels):
            cases.append(Case(encoded.ids, encoded.features, tuple(names), tuple(map(tuple, roles)), tuple(pointers)))
    return cases


def fit(
    passes: Sequence[Sequence[Case]],
    base: Path,
    seed: int,
    start: dict[str, Tensor] | None = None,
    checkpoints: dict[int, Path] | None = None,
    rate: float = RATE,
) -> Network:
    """Train on the passes in order; `checkpoints` says where to save the weights after which pass."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    chance = random.Random(seed)
    network = Network(base)
    if start is not None:
        network.load_state_dict(start)
    encoder = list(network.encoder.parameters())
    others = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "lr": rate}, {"params": others, "lr": rate * HEADS_RATE / RATE}],
        weight_decay=0.01,
        fused=True,
    )
    batches = [_batches(cases, chance) for cases in passes]
    total = sum(map(len, batches))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, total))
    network.train()
    step, running, begun = 0, 0.0, time.process_time()
    for number, one_pass in enumerate(batches):
        for batch in one_pass:
            loss = loss_of(network, batch)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), CLIP)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad(set_to_none=True)
            running += loss.item()
            step += 1
            if step % REPORT == 0:
                spent = time.process_time() - begun
                print(
                    f"step {step} of {total}: loss {running / REPORT:.3f}, {spent:.0f} CPU s",
                    file=sys.stderr,
                    flush=True,
                )
                running = 0.0
        if checkpoints and number in checkpoints:
            torch.save(network.state_dict(), checkpoints[number])
    return network.eval()


def _rate(step: int, total: int) -> float:
    warm = max(1.0, total * WARM_UP)
    return min((step + 1) / warm, max(0.02, (total - step) / max(1.0, total - warm)))


def _batches(cases: Sequence[Case], chance: random.Random) -> list[list[Case]]:
    """Shuffle the cases into batches of BATCH word pieces of similar length, so that there is little padding."""
    shuffled = list(cases)
    chance.shuffle(shuffled)
    found: list[list[Case]] = []
    chunk = LIKE_LENGTH * BATCH // 150
    for at in range(0, len(shuffled), chunk):
        batch: list[Case] = []
        for case in sorted(shuffled[at : at + chunk], key=lambda c: len(c.ids)):
            if batch and len(case.ids) * (len(batch) + 1) > BATCH:
                found.append(batch)
                batch = []
            batch.append(case)
        if batch:
            found.append(batch)
    chance.shuffle(found)
    return found


def loss_of(network: Network, batch: Sequence[Case]) -> Tensor:
    mask = _padded([(1,) * len(c.ids) for c in batch], 0)
    with torch.autocast("cpu", torch.bfloat16):
        logits, queries, keys = network(
            _padded([c.ids for c in batch], 0), _padded([c.features for c in batch], 0), mask
        )
    logits = logits.float().flatten(0, 1)
    assert logits.shape[-1] == WIDTH
    loss = _tag_loss(logits[:, NAMES], [c.names for c in batch])
    for n, columns in enumerate(ROLE_COLUMNS):
        loss = loss + _tag_loss(logits[:, columns], [c.roles[n] for c in batch])
    places = [(n, *p) for n, case in enumerate(batch) for p in case.pointers]
    if places:
        row, content, speaker, cue, asserted = (torch.tensor(column) for column in zip(*places, strict=True))
        scores = pointer_logits(queries.float(), keys.float(), mask)
        for pointer, target in ((TO_SPEAKER, speaker), (TO_CUE, cue)):
            if (target != UNKNOWN).any():
                loss = loss + POINTER_WEIGHT * nn.functional.cross_entropy(
                    scores[row, pointer, content], target, ignore_index=UNKNOWN
                )
        if (asserted != UNKNOWN).any():
            at = row * mask.shape[1] + content
            loss = loss + ASSERTED_WEIGHT * nn.functional.cross_entropy(
                logits[at][:, ASSERTED], asserted, ignore_index=UNKNOWN
            )
    return loss


def _tag_loss(logits: Tensor, labels: Sequence[Sequence[int]]) -> Tensor:
    target = _padded(labels, UNKNOWN).flatten()
    if not (target != UNKNOWN).any():
        return logits.sum() * 0
    return nn.functional.cross_entropy(logits, target, ignore_index=UNKNOWN)


def _padded(rows: Sequence[Sequence[int]], value: int) -> Tensor:
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[value] * (longest - len(row))] for row in rows])
