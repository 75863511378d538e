"""Annotated measures: offsets into NorNE's train files (``measures.jsonl``), so no text of the corpus is kept here.

They were read sentence by sentence by the rules for what a measure is, its cue, who proposes it and who is to act
(``docs/measures.md``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from nlp.errors import AnnotationError
from nlp.labelling import ADDRESSEE, CUE, PROPOSER
from nlp.norne import Word, read_sentences
from nlp.training.augment import Sentence

ANNOTATIONS = Path(__file__).parent / "measures.jsonl"

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Measure:
    """Places are words of the corpus file, counted from its beginning, ends exclusive; actors where they are named."""

    place: Place
    modality: str
    cue: list[Place]
    proposer: Place | None
    addressee: Place | None


@dataclass(frozen=True, slots=True)
class Annotated:
    """One document (``nob.st003_0001``), how many of its sentences were read, and the measures in them."""

    doc: str
    sentences: int
    measures: list[Measure]


def read_annotations(path: Path = ANNOTATIONS) -> Iterator[Annotated]:
    """The annotated documents, in the order of the file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        yield Annotated(row["doc"], row["sentences"], [_measure(one) for one in row["measures"]])


def labelled(annotated: Annotated, corpus: Path) -> list[Sentence]:
    """The sentences that were read, each word with the label of its measure, cue or actor.

    Of two that overlap the first counts, measures before all else. Cue and actors count within the measure's sentence.

    Raises:
        AnnotationError: the corpus has no such document.
    """
    written, name = annotated.doc.split(".", 1)
    path = corpus / "train" / written / f"{name}.conll"
    if not path.is_file():
        raise AnnotationError(f"{path}: not there; name the folder that holds NorNE's train/ and dev/")
    sentences = list(islice(read_sentences(path), annotated.sentences))
    words = [replace(word, entity="O") for sentence in sentences for word in sentence]
    sentence_of = [number for number, sentence in enumerate(sentences) for _ in sentence]
    for measure in annotated.measures:
        _label(words, measure.place, measure.modality)
    for measure in annotated.measures:
        for kind, places in ((PROPOSER, [measure.proposer]), (ADDRESSEE, [measure.addressee]), (CUE, measure.cue)):
            for place in places:
                if place is not None and sentence_of[place[0]] == sentence_of[measure.place[0]]:
                    _label(words, place, kind)
    remaining = iter(words)
    return [list(islice(remaining, len(sentence))) for sentence in sentences]


def _label(words: list[Word], place: Place, kind: str) -> None:
    start, end = place
    if all(word.entity == "O" for word in words[start:end]):
        for i in range(start, end):
            words[i] = replace(words[i], entity=("B-" if i == start else "I-") + kind)


def _measure(row: dict[str, Any]) -> Measure:
    def place(value: list[int] | None) -> Place | None:
        return (value[0], value[1]) if value else None

    cue = [(start, end) for start, end in row["cue"]]
    return Measure((row["start"], row["end"]), row["modality"], cue, place(row["proposer"]), place(row["addressee"]))
