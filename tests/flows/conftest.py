"""What the tests of the flows share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from spacy.language import Language

from nlp import pipeline


@pytest.fixture(scope="session", autouse=True)
def pipelines_are_loaded_once() -> Iterator[None]:
    """Runs of one test are processes of their own in life, and load the models each: here that would be most of it."""
    load = pipeline.load_pipeline

    @lru_cache
    def loaded(model: str | None, topics: str | None) -> Language:
        return load(model, topics_file=file_of.get(topics))

    file_of: dict[str | None, Path] = {}

    def load_once(model: str | None = None, *, topics_file: Path | None = None) -> Language:
        topics = topics_file and topics_file.read_text(encoding="utf-8", errors="replace")
        if topics_file is not None and topics is not None:
            file_of[topics] = topics_file
        return loaded(model, topics)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "load_pipeline", load_once)
        yield
