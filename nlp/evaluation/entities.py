"""Entities against a corpus: exact spans on gold words; speed from text, loading, memory. Each model by itself."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import is_package

from nlp.errors import ModelError
from nlp.evaluation.health import score_health_names
from nlp.labelling import ENTITIES
from nlp.norne import read_corpus
from nlp.pipeline import BEST, FAST, model_path

SPACY_MODELS = ("nb_core_news_sm", "nb_core_news_md", "nb_core_news_lg")
# What the makers' own cards say of the same dev split (huggingface.co/spacy, revisions b3bc7ea and 940f852).
CARDS = {"nb_core_news_sm": 0.752, "nb_core_news_md": 0.808}
MEGABYTE = 1024 * 1024
NOT_FOR_ENTITIES = ("tagger", "morphologizer", "parser", "senter", "lemmatizer", "attribute_ruler")


@dataclass(frozen=True, slots=True)
class Figures:
    """What one model reaches.

    Attributes:
        f: F of exact spans by part of the corpus and label ("" for all): ``{("nob", "PER"): 0..1}``.
        health: F on the sector's names, and the share of them whose span is right.
        words_per_second: whole documents from text, with the entity model alone.
        load_seconds: from nothing to the loaded model, libraries not counted.
        memory_mb: the most that its process held, libraries and corpus counted.
        size_mb: of its directory.
    """

    model: str
    f: dict[tuple[str, str], float]
    health: tuple[float, float]
    words_per_second: float
    load_seconds: float
    memory_mb: float
    size_mb: float


def models_to_compare(model: str | None) -> list[str]:
    """The model named, or the shipped ones and those of spaCy that are installed."""
    return [model] if model else [BEST, FAST, *(name for name in SPACY_MODELS if is_package(name))]


def compare(models: list[str], folder: Path) -> Iterator[Figures]:
    """The figures of each model, in a process of its own so that its memory is its own.

    Raises:
        AnnotationError: ``folder`` holds no corpus.
        ModelError: a model is not installed or finds no entities.
    """
    for model in models:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            yield process.submit(measure, model, folder).result()


def measure(model: str, folder: Path) -> Figures:
    """The figures of one model, in this process."""
    begun = time.perf_counter()
    nlp = load_entity_model(model)
    loaded = time.perf_counter() - begun
    parts = [part for part in sorted(folder.iterdir()) if part.is_dir() and any(part.rglob("*.conll"))]
    f: dict[tuple[str, str], float] = {}
    texts: list[str] = []
    for part in parts or [folder]:
        scores, read = score_entities(nlp, part)
        texts += read
        f[part.name, ""] = float(scores["ents_f"] or 0)
        for label in ENTITIES:
            f[part.name, label] = float((scores["ents_per_type"] or {}).get(label, {}).get("f", 0))
    words = sum(len(text.split()) for text in texts)
    begun = time.perf_counter()
    for _ in nlp.pipe(texts):
        pass
    seconds = time.perf_counter() - begun
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (MEGABYTE if sys.platform == "darwin" else 1024)
    size = sum(file.stat().st_size for file in Path(nlp.path or ".").rglob("*") if file.is_file()) / MEGABYTE
    return Figures(model, f, score_health_names(nlp), words / seconds, loaded, held, size)


def load_entity_model(model: str) -> Language:
    """A spaCy pipeline with nothing in it that entities do not need.

    Raises:
        ModelError: it is not installed or finds no entities.
    """
    try:
        nlp = spacy.load(model_path(model), exclude=list(NOT_FOR_ENTITIES))
    except OSError as error:
        raise ModelError(model, "not installed; install that spaCy package or give a directory") from error
    if "ner" not in nlp.pipe_names:
        raise ModelError(model, f"has no component 'ner', only: {', '.join(nlp.pipe_names) or 'none'}")
    return nlp


def score_entities(nlp: Language, folder: Path) -> tuple[dict[str, Any], list[str]]:
    """spaCy's scores of exact spans on whole documents with gold words, and the texts of these.

    Raises:
        AnnotationError: ``folder`` holds no corpus.
    """
    examples, texts = [], []
    for gold in read_corpus(nlp.vocab, folder):
        bare = Doc(nlp.vocab, words=[t.text for t in gold], spaces=[bool(t.whitespace_) for t in gold])
        examples.append(Example(nlp(bare), gold))
        texts.append(gold.text)
    return Scorer.score_spans(examples, "ents", getter=_norne_entities), texts


def _norne_entities(doc: Doc, _: str) -> list[Span]:
    return [ent for ent in doc.ents if ent.label_ in ENTITIES]
