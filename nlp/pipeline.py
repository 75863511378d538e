"""The pipeline: a text goes in, a ``Doc`` with names, people, quotes and measures comes out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

# Importing a component registers its factory.
from nlp.components import bodies, language, measures, names, quotes, roles, sentences, topics, trained  # noqa: F401
from nlp.tokenizer import norwegian_tokenizer

SHIPPED = Path(__file__).parent / "models" / "nb_helse_fast"


def load_pipeline(model: str | None = None, *, topics_file: Path | None = None) -> Language:
    """The pipeline that reads Norwegian health news; takes texts, and ``Doc``s that are already cut into words.

    Args:
        model: where the entities come from: ``None`` for the model shipped in the project, or an installed spaCy
            package (``nb_core_news_sm``), or a pipeline directory. All else keeps the shipped model.
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
    nlp.add_pipe("trained", name="tagger", config={"model": str(SHIPPED), "annotation": "tagger"})
    nlp.add_pipe("trained", name="ner", config={"model": model or str(SHIPPED), "annotation": "ner"})
    for component in ("bodies", "names", "roles", "quotes", "measures"):
        nlp.add_pipe(component)
    nlp.add_pipe("topics", config={"path": str(topics_file or "")})
    return nlp


def model_name(nlp: Language) -> str:
    """Name and version of the model whose entities ``nlp`` takes: ``nb_helse_fast-0.1.0``.

    With topics of one's own, their version too, so that changing them has everything read again.
    """
    ner: Any = nlp.get_pipe("ner")
    finder: Any = nlp.get_pipe("topics")
    return f"{ner.model_name}+topics-{finder.topics.version}" if finder.own else str(ner.model_name)
