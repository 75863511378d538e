"""Fit the encoder to entities: the first and longer stage. Seeded."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from nlp.labelling import ENTITIES, bio_labels
from nlp.training.e5 import WEIGHTS, Sizes, norwegian_subwords, package_file, read_weights
from nlp.training.fit import fit
from nlp.training.network import Encoder, Tagger
from nlp.training.stretches import Stretches, read_split

LAYERS, SHARED = 8, 6  # of e5's twelve; the lower six serve every head, the upper two are the entities' own
EPOCHS = 6.0
SEED = 2026
THREADS = 2  # sums differ in the last bit with their number


@dataclass(frozen=True, slots=True)
class Trained:
    """A fitted network with what is needed to write it."""

    model: Tagger
    tokenizer: dict[str, Any]
    sizes: Sizes
    losses: list[float]


def fit_entities(corpus: Path, *, epochs: float = EPOCHS, steps: int = 0) -> Trained:
    """Fit on ``corpus/train``. ``steps`` stops early, for comparing two runs.

    Raises:
        AnnotationError: the corpus or one of the packages with e5 is missing.
    """
    torch.manual_seed(SEED)
    torch.set_num_threads(THREADS)
    documents = read_split(corpus / "train")
    settings, keep = norwegian_subwords(corpus)
    sizes, weights = read_weights(package_file(*WEIGHTS))
    encoder = Encoder(sizes, LAYERS, len(keep))
    encoder.take(weights, keep)
    labels = bio_labels(ENTITIES)
    model = Tagger(encoder, len(labels))
    stretches = Stretches(documents, Tokenizer.from_str(json.dumps(settings)), labels, SEED)
    losses = fit(model, stretches, epochs=epochs, most=steps)
    return Trained(model, settings, sizes, losses)
