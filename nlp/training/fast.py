"""Train the fast pipeline and write its directory with what a user must know of it (data, scores, licence)."""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc, DocBin
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config
from spacy.vocab import Vocab

from nlp.components import surnames  # noqa: F401 (importing it registers it)
from nlp.evaluation.entities import score_entities
from nlp.norne import DASHES, QUOTES, read_corpus, read_sentences, to_doc
from nlp.training.description import describe

CONFIG = Path(__file__).parent / "nb_helse_fast.cfg"
# Pieces of this many sentences: long enough for context, short enough that a batch of words mixes documents.
SENTENCES_A_DOC = 8
SEEDS = (1, 2)  # the train split twice, each time with other quotation marks and dashes


def train_fast(corpus: Path, output: Path, *, max_steps: int = 0) -> dict[str, float]:
    """Train on ``corpus/train`` (nob and nno), choose the step by ``corpus/dev``, write ``output``.

    Returns:
        Entity F (exact spans, nine labels, gold words) on whole documents of dev: ``{"nob": 0..1, "nno": 0..1}``.

    Raises:
        AnnotationError: the corpus is missing or malformed.
    """
    vocab = spacy.blank("nb").vocab
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        DocBin(docs=training_docs(vocab, corpus)).to_disk(work / "train.spacy")
        DocBin(docs=read_corpus(vocab, corpus / "dev")).to_disk(work / "dev.spacy")
        overrides: dict[str, Any] = {"paths.train": str(work / "train.spacy"), "paths.dev": str(work / "dev.spacy")}
        if max_steps:
            overrides["training.max_steps"] = max_steps
        nlp = init_nlp(load_config(CONFIG, overrides=overrides))
        (work / "out").mkdir()
        train(nlp, work / "out", stdout=sys.stdout, stderr=sys.stderr)
        best = spacy.load(work / "out" / "model-best")
    best.add_pipe("surnames")
    scores = {written: score_entities(best, corpus / "dev" / written)[0] for written in ("nob", "nno")}
    best.config["paths"]["train"] = best.config["paths"]["dev"] = None
    describe(
        best,
        corpus,
        scores,
        name="helse_fast",
        version="0.1.0",
        description="Entities (NorNE's nine labels) and parts of speech (NDT's) for Bokmål and Nynorsk.",
        notes="The step was chosen on dev, so dev figures flatter. Gold words, exact spans, whole documents.",
    )
    best.to_disk(output)
    return {written: float(score["ents_f"]) for written, score in scores.items()}


def training_docs(vocab: Vocab, corpus: Path) -> Iterator[Doc]:
    """The train split in pieces of a few sentences, for each seed with other quotation marks and dashes."""
    for seed in SEEDS:
        chance = random.Random(seed)
        for path in sorted((corpus / "train").rglob("*.conll")):
            document = list(read_sentences(path))
            quotes, dash = chance.choice(QUOTES), chance.choice(DASHES)
            for first in range(0, len(document), SENTENCES_A_DOC):
                yield to_doc(vocab, document[first : first + SENTENCES_A_DOC], quotes=quotes, dash=dash)
