"""Fit the measures' head: a layer of its own on the shipped shared layers, which stay as they are.

The shared layers are read as they are used, in integers, so no other head changes. What was annotated since, or a head
for another task, costs minutes in place of hours (docs/model.md).
"""

from __future__ import annotations

import itertools
import time
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from nlp.components.encoder import BEGIN, END, LOWER_FILE, SUBWORDS_FILE, open_session
from nlp.labelling import MODALITIES, bio_labels
from nlp.training.e5 import WEIGHTS, Floats, Sizes, package_file, read_weights
from nlp.training.encoder import SEED, SHARED, THREADS
from nlp.training.fit import BETAS, SMOOTHING, parameter_groups, warm_then_falling
from nlp.training.graph import head_graph
from nlp.training.invented import read_invented
from nlp.training.measures import MORE, labelled, read_annotations
from nlp.training.network import Upper
from nlp.training.quantise import TRIED, integer_maps
from nlp.training.stretches import UNLABELLED, Stretch, Stretches

LAYERS = 1
EPOCHS = 5.0
RATE, MAP_RATE = 3e-4, 1e-3
WARM, LAST = 0.06, 0.02
REPORT = 50  # steps


class Shared:
    """The shared layers as they are used, for fitting what stands on them."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(folder / SUBWORDS_FILE))
        self._session = open_session((folder / LOWER_FILE).read_bytes())

    def read(self, stretch: Stretch) -> Floats:
        """Vectors (subwords and one more at either end, width)."""
        ids = np.array([[BEGIN, *stretch.ids, END]], dtype=np.int64)
        hidden: Floats = self._session.run(None, {"ids": ids})[0][0]
        return hidden

    def batch(self, stretches: list[Stretch]) -> tuple[Tensor, Tensor, Tensor]:
        """Vectors, labels and mask, all (stretches, subwords, …), filled up to the longest."""
        rows = [torch.from_numpy(self.read(stretch)) for stretch in stretches]
        hidden = nn.utils.rnn.pad_sequence(rows, batch_first=True)
        labels = torch.full(hidden.shape[:2], UNLABELLED)
        mask = torch.zeros(hidden.shape[:2], dtype=torch.bool)
        for row, stretch in enumerate(stretches):
            labels[row, 1 : 1 + len(stretch.labels)] = torch.tensor(stretch.labels)
            mask[row, : len(rows[row])] = True
        return hidden, labels, mask


def fit_measures(folder: Path, corpus: Path, *, most: int = 0) -> bytes:
    """The head as a graph for onnxruntime, fitted on the annotated documents of ``corpus`` and the invented ones.

    Args:
        folder: with the shared layers and their subwords.
        most: stop after so many steps of the same schedule (0: none).

    Raises:
        AnnotationError: an annotated document is not in the corpus, or the package with e5 is missing.
    """
    torch.manual_seed(SEED)
    torch.set_num_threads(THREADS)
    shared = Shared(folder)
    sizes, head = _begin()
    read_in_corpus = sorted([*read_annotations(), *read_annotations(MORE)], key=lambda document: document.doc)
    documents = [labelled(document, corpus) for document in read_in_corpus] + list(read_invented())
    stretches = Stretches(documents, shared.tokenizer, bio_labels(MODALITIES), SEED)
    _fit(head, shared, stretches, most)
    tried = list(itertools.islice(itertools.chain.from_iterable(stretches.epoch()), TRIED))

    def read() -> None:
        for stretch in tried:
            head(shared.batch([stretch])[0])

    maps = integer_maps(head.layers, read, SEED)
    return head_graph(dict(enumerate(head.layers)), head.head, maps, sizes)


def _begin() -> tuple[Sizes, Upper]:
    """A head whose layers begin as those of e5 that follow the shared ones."""
    sizes, weights = read_weights(package_file(*WEIGHTS))
    head = Upper(sizes, LAYERS, len(bio_labels(MODALITIES)))
    for number, layer in enumerate(head.layers, start=SHARED):
        layer.take(weights, number)
    return sizes, head


def _fit(head: Upper, shared: Shared, stretches: Stretches, most: int) -> None:
    total = int(stretches.steps() * EPOCHS)
    layers = list(head.layers.parameters())
    optimizer = torch.optim.AdamW(parameter_groups(layers, RATE, {head.head: MAP_RATE}), betas=BETAS)
    schedule = warm_then_falling(optimizer, total, WARM, LAST)
    begun, running = time.monotonic(), 0.0
    head.train()
    for step, batch in enumerate(itertools.islice(stretches.forever(), most or total), start=1):
        hidden, labels, mask = shared.batch(batch)
        scores = head(hidden, mask).flatten(0, 1)
        loss = functional.cross_entropy(scores, labels.flatten(), ignore_index=UNLABELLED, label_smoothing=SMOOTHING)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(head.parameters(), 1.0)
        optimizer.step()
        schedule()
        running += loss.item()
        if step % REPORT == 0:
            print(f"step {step} of {total}: loss {running / REPORT:.6f}, {time.monotonic() - begun:.0f} s", flush=True)
            running = 0.0
    head.eval()
