"""Annotated measures: offsets into NorNE's train files, so no text of the corpus is kept here.

They were read sentence by sentence by the rules in ``docs/measures.md``: ``measures.jsonl`` to train on,
``measures_more.jsonl`` for the head alone, read when the shared layers stood; ``measures_apart.jsonl`` to measure with.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from nlp.errors import AnnotationError
from nlp.norne import read_sentences
from nlp.training.augment import Sentence

HERE = Path(__file__).parent
ANNOTATIONS, MORE, APART = HERE / "measures.jsonl", HERE / "measures_more.jsonl", HERE / "measures_apart.jsonl"


@dataclass(frozen=True, slots=True)
class Annotated:
    """One document (``nob.st003_0001``), how many of its sentences were read, its measures as (start, end, modality).

    Places are words of the corpus file, counted from its beginning.
    """

    doc: str
    sentences: int
    measures: list[tuple[int, int, str]]


def read_annotations(path: Path = ANNOTATIONS) -> Iterator[Annotated]:
    """The annotated documents, in the order of the file."""
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
