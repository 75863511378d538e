"""Train the measures' own upper layers on annotated documents; what lies below stays as the entities left it.

The annotations are offsets into NorNE's train files (``measures.jsonl``: read sentence by sentence after
``docs/measures.md``), so they hold no text of the corpus.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from nlp.errors import AnnotationError
from nlp.labelling import bio_labels
from nlp.norne import read_sentences
from nlp.training.augment import Sentence
from nlp.training.encoder import LAYERS, SEED, SHARED, THREADS, TRIED, Trained
from nlp.training.fit import fit
from nlp.training.graph import head_graph
from nlp.training.network import Tagger
from nlp.training.quantise import inputs_of_maps, quantise
from nlp.training.stretches import Stretches

ANNOTATIONS = Path(__file__).parent / "measures.jsonl"
MODALITIES = ("proposed", "demanded", "planned", "decided", "rejected")  # in the order of the head's columns
EPOCHS = 8.0


@dataclass(frozen=True, slots=True)
class Annotated:
    """One document (``nob.st003_0001``), how many of its sentences were read, its measures as (start, end, modality).

    Places are words of the corpus file, counted from its beginning.
    """

    doc: str
    sentences: int
    measures: list[tuple[int, int, str]]


def read_annotations(path: Path = ANNOTATIONS) -> Iterator[Annotated]:
    """The annotated documents."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        measures = [(m["start"], m["end"], m["modality"]) for m in row["measures"]]
        yield Annotated(row["doc"], row["sentences"], measures)


def labelled(annotated: Annotated, corpus: Path) -> list[Sentence]:
    """The sentences that were read, each word's label being that of its measure. Of two that overlap the first counts.

    Raises:
        AnnotationError: the corpus has no such document.
    """
    written, name = annotated.doc.split(".", 1)
    path = corpus / "train" / written / f"{name}.conll"
    if not path.is_file():
        raise AnnotationError(f"{path}: not there; name the folder that holds NorNE's train/ and dev/")
    sentences = list(islice(read_sentences(path), annotated.sentences))
    words = [replace(word, entity="O") for sentence in sentences for word in sentence]
    for start, end, modality in annotated.measures:
        if all(word.entity == "O" for word in words[start:end]):
            for place in range(start, end):
                words[place] = replace(words[place], entity=("B-" if place == start else "I-") + modality)
    remaining = iter(words)
    return [list(islice(remaining, len(sentence))) for sentence in sentences]


def fit_measures(trained: Trained, corpus: Path, documents: list[Annotated], *, epochs: float = EPOCHS) -> Tagger:
    """Fit upper layers, begun as the entities' own, to the measures of ``documents``."""
    torch.manual_seed(SEED)
    torch.set_num_threads(THREADS)
    labels = bio_labels(MODALITIES)
    model = Tagger(copy.deepcopy(trained.model.enc), len(labels))
    model.enc.freeze(SHARED)
    told = [labelled(document, corpus) for document in documents]
    fit(model, Stretches(told, Tokenizer.from_str(json.dumps(trained.tokenizer)), labels, SEED), epochs=epochs)
    return model


def write_head(model: Tagger, trained: Trained, corpus: Path, documents: list[Annotated], output: Path) -> None:
    """Write ``measures.onnx`` beside the lower layers of a pipeline directory."""
    told = [labelled(document, corpus) for document in documents]
    tokenizer = Tokenizer.from_str(json.dumps(trained.tokenizer))
    batches = Stretches(told, tokenizer, bio_labels(MODALITIES), SEED).epoch()
    rows = inputs_of_maps(model, islice((stretch for batch in batches for stretch in batch), TRIED))
    maps = {}
    for name, given in rows.items():
        if int(name.split(".")[0]) >= SHARED:
            module = model.enc.layers.get_submodule(name)
            weight, bias = (np.asarray(p.detach().numpy()) for p in (module.weight, module.bias))
            maps[name] = quantise(weight, bias, given, SEED)
    graph = head_graph(model.enc, model.head, maps, range(SHARED, LAYERS), trained.sizes)
    (output / "encoder" / "measures.onnx").write_bytes(graph)
