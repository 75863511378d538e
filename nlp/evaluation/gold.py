"""Documents that a reader marked: the format of ``gold.jsonl``, ``actors.jsonl`` and ``texts/``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language

from nlp.errors import AnnotationError
from nlp.evaluation.reading import ReadingScore
from nlp.reading import read


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text with what was marked in it; ``None`` for what nobody looked for."""

    doc: str
    text: str
    measures: Sequence[Mapping[str, Any]] = ()
    actors: Mapping[str, Any] | None = None


def read_marked(folder: Path) -> list[MarkedText]:
    """The documents of a folder with ``gold.jsonl`` (measures), ``texts/*.txt`` and, perhaps, ``actors.jsonl``.

    Raises:
        AnnotationError: the folder holds no such thing, or a line cannot be read.
    """
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted((folder / "texts").glob("*.txt"))}
    if not texts or not (folder / "gold.jsonl").is_file():
        raise AnnotationError(f"{folder}: no gold.jsonl with texts/*.txt; name the folder that holds both")
    measures: dict[str, list[Mapping[str, Any]]] = {doc: [] for doc in texts}
    for row in _rows(folder / "gold.jsonl"):
        if row["doc"] in measures:
            measures[row["doc"]].append(row)
    actors_file = folder / "actors.jsonl"
    actors = {row["doc"]: row for row in _rows(actors_file)} if actors_file.is_file() else {}
    return [MarkedText(doc, text, measures[doc], actors.get(doc)) for doc, text in texts.items()]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            if line.strip():
                yield json.loads(line)
        except ValueError as error:
            raise AnnotationError(f"{path}:{number}: not a line of JSON") from error


def score(nlp: Language, marked: Iterable[MarkedText]) -> ReadingScore:
    """Read every text and count what was right."""
    total = ReadingScore()
    for one in marked:
        (found,) = read(nlp, [(one.doc, one.text)])
        total.add_measures(one.measures, found)
        if one.actors is not None:
            total.add_quotes(one.text, one.actors.get("quotes", []), found)
            total.add_actors(one.actors["people"], one.actors["organisations"], found)
    return total
