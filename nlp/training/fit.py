"""Fitting the network: AdamW, a warm start, then ever smaller steps down to nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from nlp.components.encoder import BEGIN, END
from nlp.training.network import Tagger
from nlp.training.stretches import UNLABELLED, Stretch, Stretches

FILL = 1
RATE, HEAD_RATE = 2.5e-4, 1e-3
WARM, LAST = 0.08, 0.02  # share of the steps in which the rate rises; share of the rate that is always left
SMOOTHING = 0.03
BETAS = (0.9, 0.98)
REPORT = 10  # steps


def fit(model: Tagger, stretches: Stretches, *, epochs: float, most: int = 0) -> list[float]:
    """Fit ``model`` and return its loss, averaged over every ten steps.

    Args:
        most: stop after so many steps of the same schedule (0: none), to see whether two runs agree.
    """
    total = int(stretches.steps() * epochs)
    optimizer, schedule = _optimizer(model, total)
    losses: list[float] = []
    running, step, begun = 0.0, 0, time.monotonic()
    while step < total:
        for batch in stretches.epoch():
            model.train()
            loss = loss_of(model, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule()
            running += loss.item()
            step += 1
            if step % REPORT == 0:
                losses.append(round(running / REPORT, 6))
                running = 0.0
                print(f"step {step} of {total}: loss {losses[-1]:.6f}, {time.monotonic() - begun:.0f} s", flush=True)
            if step in (total, most):
                return losses
    return losses


def _optimizer(model: Tagger, total: int) -> tuple[torch.optim.Optimizer, Callable[[], None]]:
    groups = parameter_groups(model.enc.parameters(), RATE, {model.head: HEAD_RATE})
    optimizer = torch.optim.AdamW(groups, betas=BETAS, fused=True)
    return optimizer, warm_then_falling(optimizer, total, WARM, LAST)


def parameter_groups(layers: Iterable[nn.Parameter], rate: float, heads: Mapping[nn.Module, float]) -> list[Any]:
    """What AdamW is to fit: layers, of which only the matrices decay, and maps to labels with rates of their own."""
    parameters = list(layers)
    return [
        {"params": [p for p in parameters if p.ndim >= 2], "lr": rate, "weight_decay": 0.01},
        {"params": [p for p in parameters if p.ndim < 2], "lr": rate, "weight_decay": 0},
        *({"params": list(head.parameters()), "lr": own, "weight_decay": 0} for head, own in heads.items()),
    ]


def warm_then_falling(optimizer: torch.optim.Optimizer, total: int, warm: float, last: float) -> Callable[[], None]:
    """The rate rises for the share ``warm`` of ``total`` steps, then falls to the share ``last``; call it each step."""
    rising = int(warm * total)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: step / rising if step < rising else max(last, (total - step) / (total - rising))
    )
    step: Callable[[], None] = schedule.step
    return step


def loss_of(model: Tagger, batch: list[Stretch]) -> Tensor:
    """Cross entropy over the labelled subwords of a batch."""
    ids, labels, mask = tensors(batch)
    return functional.cross_entropy(
        model(ids, mask).flatten(0, 1), labels.flatten(), ignore_index=UNLABELLED, label_smoothing=SMOOTHING
    )


def tensors(batch: list[Stretch]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, labels and mask, all (stretches, subwords), filled up to the longest."""
    length = max(len(stretch.ids) for stretch in batch) + 2
    ids = torch.full((len(batch), length), FILL)
    labels = torch.full((len(batch), length), UNLABELLED)
    mask = torch.zeros(len(batch), length, dtype=torch.bool)
    for row, stretch in enumerate(batch):
        size = len(stretch.ids)
        ids[row, 0], ids[row, 1 + size] = BEGIN, END
        ids[row, 1 : 1 + size] = torch.tensor(stretch.ids)
        labels[row, 1 : 1 + size] = torch.tensor(stretch.labels)
        mask[row, : size + 2] = True
    return ids, labels, mask
