"""Dense maps in 8-bit integers with scales fixed beforehand, chosen map by map so that as little as possible is lost.

A few channels of a BERT's vectors are many times larger than all others and would take the whole range of a common
scale. So the channels are first divided by factors between the spread of the vectors and that of the weights, which
take them on (Xiao et al. 2023, "SmoothQuant"); how far to go, and what of the extremes to cut off, is tried out on
training text. Weights get one scale a column and 7 bits, since sums of 8 bits overflow on processors with AVX2 alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from nlp.training.e5 import Floats

WEIGHT_MOST, INPUT_STEPS = 63, 255
SMOOTHINGS = (None, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
RANGES = (1.0, 0.8, 0.6, 0.4)  # shares of the range that was seen
TRIED = 60  # stretches of training text on which scales are chosen
ROWS_TRIED = 1500
SMALLEST = 1e-4


@dataclass(frozen=True, slots=True)
class Quantised:
    """A dense map of ``inputs`` to ``outputs`` channels.

    Attributes:
        divisor: what each input channel is divided by first, (inputs,); ``None`` for nothing.
        scale, zero: an input x is stored as round(x / scale) + zero, 0 to 255.
        weight: (inputs, outputs), int8.
        weight_scale: (outputs,).
        bias: (outputs,).
        error: mean squared error on the rows tried, as a share of the outputs' mean square.
    """

    divisor: Floats | None
    scale: float
    zero: int
    weight: npt.NDArray[np.int8]
    weight_scale: Floats
    bias: Floats
    error: float


@torch.no_grad()
def inputs_of_maps(layers: nn.ModuleList, read: Callable[[], None]) -> dict[str, Floats]:
    """What comes into each dense map of the layers, (rows, channels), by the map's name (``0.qkv``).

    Args:
        read: has the network read some text, a stretch at a time.
    """
    seen: dict[str, list[Floats]] = {}
    hooks = []
    for name, module in layers.named_modules():
        if isinstance(module, nn.Linear):
            rows = seen.setdefault(name, [])
            hooks.append(module.register_forward_hook(lambda _, given, __, rows=rows: rows.append(given[0][0].numpy())))
    read()
    for hook in hooks:
        hook.remove()
    return {name: np.concatenate(rows) for name, rows in seen.items()}


def integer_maps(layers: nn.ModuleList, read: Callable[[], None], seed: int) -> dict[str, Quantised]:
    """The dense maps of the layers in integers, their scales chosen on the text that ``read`` has the network read."""
    maps: dict[str, Quantised] = {}
    for name, given in inputs_of_maps(layers, read).items():
        module = layers.get_submodule(name)
        weight, bias = (np.asarray(p.detach().numpy()) for p in (module.weight, module.bias))
        maps[name] = quantise(weight, bias, given, seed)
    return maps


def quantise(weight: Floats, bias: Floats, rows: Floats, seed: int) -> Quantised:
    """The best of the settings for a map (outputs, inputs) that is given ``rows`` (rows, inputs)."""
    some = rows[np.random.default_rng(seed).permutation(len(rows))[:ROWS_TRIED]]
    wanted = some @ weight.T
    size = float((wanted**2).mean())
    most, most_weight = np.abs(rows).max(axis=0), np.abs(weight).max(axis=0)
    tried: list[Quantised] = []
    for smoothing in SMOOTHINGS:
        divisor = np.ones_like(most)
        if smoothing is not None:
            divisor = np.maximum(most, SMALLEST) ** smoothing / np.maximum(most_weight, SMALLEST) ** (1 - smoothing)
        scaled = weight * divisor
        weight_scale = np.abs(scaled).max(axis=1) / WEIGHT_MOST
        rounded = np.clip(np.rint(scaled / weight_scale[:, None]), -WEIGHT_MOST, WEIGHT_MOST)
        given = some / divisor
        low, high = float((rows / divisor).min()), float((rows / divisor).max())
        for share in RANGES:
            scale = (high - low) * share / INPUT_STEPS
            zero = int(np.clip(np.rint(-low * share / scale), 0, INPUT_STEPS))
            stored = np.clip(np.rint(given / scale) + zero, 0, INPUT_STEPS)
            found = ((stored - zero) * scale) @ (rounded * weight_scale[:, None]).T
            error = float(((found - wanted) ** 2).mean()) / size
            tried.append(
                Quantised(
                    divisor=None if smoothing is None else divisor.astype(np.float32),
                    scale=scale,
                    zero=zero,
                    weight=rounded.T.astype(np.int8),
                    weight_scale=weight_scale.astype(np.float32),
                    bias=bias,
                    error=error,
                )
            )
    return min(tried, key=lambda one: one.error)
