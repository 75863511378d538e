"""What is written for onnxruntime computes what was trained. Needs what training needs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is needed for training alone: nlp/training/requirements.txt")
pytest.importorskip("onnx", reason="onnx is needed for training alone: nlp/training/requirements.txt")

import onnxruntime
import torch
from tokenizers import Tokenizer
from tokenizers.models import Unigram

from nlp.components.encoder import LOWER_FILE, SUBWORDS_FILE
from nlp.training.e5 import Sizes
from nlp.training.fit import tensors
from nlp.training.graph import head_graph, lower_graph
from nlp.training.head import Shared
from nlp.training.network import Encoder, Tagger, Upper
from nlp.training.quantise import integer_maps
from nlp.training.stretches import UNLABELLED, Stretch

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


def test_a_head_by_itself_scores_a_stretch_alone_as_among_longer_ones(tmp_path: Path) -> None:
    torch.manual_seed(1)
    encoder = Encoder(SIZES, 2, 200).eval()
    chance = np.random.default_rng(1)
    short, long = (Stretch(chance.integers(4, 200, size).tolist(), [1] * size) for size in (5, 20))

    def read() -> None:
        encoder(tensors([long])[0])

    maps = integer_maps(encoder.layers, read, 1)
    (tmp_path / LOWER_FILE).write_bytes(lower_graph(encoder, maps, range(2), SIZES))
    Tokenizer(Unigram([("<unk>", 0.0)], unk_id=0)).save(str(tmp_path / SUBWORDS_FILE))
    shared, head = Shared(tmp_path), Upper(SIZES, 1, 5).eval()
    hidden, labels, mask = shared.batch([short, long])
    assert labels[0, :8].tolist() == [UNLABELLED, 1, 1, 1, 1, 1, UNLABELLED, UNLABELLED]
    with torch.no_grad():
        together, alone = head(hidden, mask)[0, :7], head(shared.batch([short])[0])[0]
    assert torch.allclose(together, alone, atol=1e-4)

    def score() -> None:
        head(hidden[1:])

    quantised = integer_maps(head.layers, score, 1)
    graph = onnxruntime.InferenceSession(head_graph(dict(enumerate(head.layers)), head.head, quantised, SIZES))
    found = graph.run(None, {"hidden": hidden[1:].numpy()})[0]
    with torch.no_grad():
        wanted = head(hidden[1:]).numpy()
    assert np.abs(found - wanted).max() < 0.05 * np.abs(wanted).max()
