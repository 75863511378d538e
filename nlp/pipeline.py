"""The pipeline: a text goes in, a ``Doc`` with names, people, quotes and measures comes out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

# Importing a component registers its factory.
from nlp.components import (  # noqa: F401
    bodies,
    encoder,
    entity_decoder,
    language,
    measures,
    names,
    quotes,
    roles,
    sentences,
    topics,
    trained,
)
from nlp.components.learnt_measures import HEAD
from nlp.tokenizer import norwegian_tokenizer

MODELS = Path(__file__).parent / "models"
BEST, FAST = "nb_helse", "nb_helse_fast"  # the shipped ones


def load_pipeline(model: str | None = None, *, topics_file: Path | None = None) -> Language:
    """The pipeline that reads Norwegian health news; takes texts, and ``Doc``s that are already cut into words.

    Args:
        model: where the entities come from: ``None`` for the best model shipped, ``nb_helse_fast`` for the quick one,
            or an installed spaCy package (``nb_core_news_sm``), or a pipeline directory. All else stays as it is.
        topics_file: a file of topics in place of the shipped one.

    Raises:
        ModelError: that model is not installed or has no entities.
        TopicsError: that file cannot be used.
    """
    nlp = spacy.blank("nb")
    nlp.tokenizer = norwegian_tokenizer(nlp)
    nlp.max_length = (
        1_000_000_000  # characters; the networks read in pieces, so nothing here grows faster than the text
    )
    nlp.add_pipe("sentences")
    nlp.add_pipe("language")
    nlp.add_pipe("trained", name="tagger", config={"model": str(MODELS / FAST), "annotation": "tagger"})
    _add_entities(nlp, model or BEST)
    for component in ("bodies", "names", "roles", "quotes", "measures"):
        nlp.add_pipe(component)
    nlp.add_pipe("topics", config={"path": str(topics_file or "")})
    return nlp


def _add_entities(nlp: Language, model: str) -> None:
    if model == BEST:
        encoder: Any = nlp.add_pipe("subword_encoder", name="encoder", config={"heads": ["entities", HEAD]})
        encoder.from_disk(MODELS / BEST / "encoder")
        nlp.add_pipe("entity_decoder", name="ner")
        meta = spacy.util.load_meta(MODELS / BEST / "meta.json")
    else:
        entities: Any = nlp.add_pipe("trained", name="ner", config={"model": model_path(model), "annotation": "ner"})
        meta = entities.meta
    nlp.meta.update({key: meta[key] for key in ("lang", "name", "version")})


def model_path(model: str) -> str:
    """The directory of a shipped model; any other name as it is."""
    return str(MODELS / model) if model in (BEST, FAST) else model


def model_name(nlp: Language) -> str:
    """Name and version of the model whose entities ``nlp`` takes: ``nb_helse-0.2.0``.

    With topics of one's own, their version too, so that changing them has everything read again.
    """
    name = f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"
    finder: Any = nlp.get_pipe("topics")
    return f"{name}+topics-{finder.topics.version}" if finder.own else name
