"""Train the fast pipeline and write its directory with what a user must know of it (data, scores, licence)."""

from __future__ import annotations

import hashlib
import sys
import tempfile
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config

from nlp.training.corpus import read_corpus

CONFIG = Path(__file__).parent / "nb_helse_fast.cfg"
# Pieces of this many sentences: long enough for context, short enough that a batch of words mixes documents.
SENTENCES_A_DOC = 8
TYPOGRAPHY_SEEDS = (1, 2)  # the train split twice, each time with other quotation marks and dashes


def train_fast(corpus: Path, output: Path, *, max_steps: int = 0) -> dict[str, float]:
    """Train on ``corpus/train`` (nob and nno), choose the step by ``corpus/dev``, write ``output``.

    Returns:
        Entity F (exact spans, nine labels, gold words) on whole documents of dev: ``{"nob": 0..1, "nno": 0..1}``.

    Raises:
        CorpusError: the corpus is missing or malformed.
    """
    vocab = spacy.blank("nb").vocab
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        pieces = [
            doc
            for seed in TYPOGRAPHY_SEEDS
            for doc in read_corpus(vocab, corpus / "train", sentences_a_doc=SENTENCES_A_DOC, seed=seed)
        ]
        DocBin(docs=pieces).to_disk(work / "train.spacy")
        DocBin(docs=read_corpus(vocab, corpus / "dev")).to_disk(work / "dev.spacy")
        overrides: dict[str, Any] = {"paths.train": str(work / "train.spacy"), "paths.dev": str(work / "dev.spacy")}
        if max_steps:
            overrides["training.max_steps"] = max_steps
        nlp = init_nlp(load_config(CONFIG, overrides=overrides))
        (work / "out").mkdir()
        train(nlp, work / "out", stdout=sys.stdout, stderr=sys.stderr)
        best = spacy.load(work / "out" / "model-best")
    scores = {written: score_entities(best, corpus / "dev" / written) for written in ("nob", "nno")}
    describe(best, corpus, scores)
    best.to_disk(output)
    return {written: float(score["ents_f"]) for written, score in scores.items()}


def score_entities(nlp: Language, folder: Path) -> dict[str, Any]:
    """Exact-span precision, recall and F (all labels, and by label) on whole documents with gold words."""
    examples = []
    for gold in read_corpus(nlp.vocab, folder):
        bare = Doc(nlp.vocab, words=[t.text for t in gold], spaces=[bool(t.whitespace_) for t in gold])
        examples.append(Example(nlp(bare), gold))
    return Scorer.score_spans(examples, "ents", getter=lambda doc, _: doc.ents)


def describe(nlp: Language, corpus: Path, scores: dict[str, dict[str, Any]]) -> None:
    """Write data, scores and licence into ``nlp.meta``, which becomes ``meta.json``."""
    nlp.config["paths"]["train"] = nlp.config["paths"]["dev"] = None
    nlp.meta.update(
        {
            "name": "helse_fast",
            "version": "0.1.0",
            "description": "Entities (NorNE's nine labels) and parts of speech (NDT's) for Bokmål and Nynorsk.",
            "author": "Helseradar",
            "license": "MIT",
            "sources": [
                {
                    "name": "NorNE on the Norwegian Dependency Treebank, train split, nob and nno",
                    "license": "annotations CC0; the texts are not part of this model's directory",
                    "sha256": corpus_hash(corpus / "train"),
                }
            ],
            "performance": {
                f"{written}_dev": {
                    "ents_p": round(score["ents_p"], 4),
                    "ents_r": round(score["ents_r"], 4),
                    "ents_f": round(score["ents_f"], 4),
                    "ents_per_type": {
                        label: {k: round(v, 4) for k, v in values.items()}
                        for label, values in sorted(score["ents_per_type"].items())
                    },
                }
                for written, score in scores.items()
            },
            "notes": "The step was chosen on dev, so dev figures flatter. Gold words, exact spans, whole documents.",
        }
    )


def corpus_hash(folder: Path) -> str:
    """SHA-256 over the names and bytes of the corpus files, in the order of their paths."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.conll")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
