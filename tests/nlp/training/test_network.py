"""What is written for onnxruntime computes what was trained. Needs what training needs."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is needed for training alone: nlp/training/requirements.txt")
pytest.importorskip("onnx", reason="onnx is needed for training alone: nlp/training/requirements.txt")

import onnxruntime
import torch

from nlp.training.e5 import Sizes
from nlp.training.fit import tensors
from nlp.training.graph import head_graph, lower_graph
from nlp.training.network import Encoder, Tagger
from nlp.training.quantise import integer_maps
from nlp.training.stretches import Stretch

SIZES = Sizes(width=48, layers=3, heads=4, inner=96, vocabulary=200, positions=64, epsilon=1e-12)


def test_the_graphs_score_as_the_network_does() -> None:
    torch.manual_seed(1)
    model = Tagger(Encoder(SIZES, 3, 200), 5).eval()
    chance = np.random.default_rng(1)
    stretches = [Stretch(chance.integers(4, 200, 30).tolist(), [0] * 30) for _ in range(20)]

    def read() -> None:
        for stretch in stretches:
            model(tensors([stretch])[0])

    maps = integer_maps(model.enc.layers, read, 1)
    assert all(quantised.error < 0.001 for quantised in maps.values())
    ids = np.array([[0, *stretches[0].ids, 2]])
    lower = onnxruntime.InferenceSession(lower_graph(model.enc, maps, range(2), SIZES))
    upper = onnxruntime.InferenceSession(head_graph({2: model.enc.layers[2]}, model.head, maps, SIZES))
    found = upper.run(None, {"hidden": lower.run(None, {"ids": ids})[0]})[0]
    with torch.no_grad():
        wanted = model(torch.from_numpy(ids)).numpy()
    assert np.abs(found - wanted).max() < 0.05 * np.abs(wanted).max()
