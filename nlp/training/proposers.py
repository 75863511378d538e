"""Learning who proposes: from documents whose measures somebody read to ``nlp/models/proposers.json``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.measures import find_proposals
from nlp.errors import AnnotationError
from nlp.norne import Word, blanks, read_sentences
from nlp.proposing.choice import Choice
from nlp.proposing.resolve import asked_of
from nlp.proposing.scene import Scene
from nlp.proposing.signs import Signs
from nlp.training.choice import Case, learn, sharpness

MEASURES = Path(__file__).parent / "measures.jsonl"
FOLDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A measure as a reader found it: tokens ``start`` to ``end``, and the proposer's name ("A | B": either)."""

    start: int
    end: int
    modality: str
    proposer: str


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """An analysed document with its measures in reading order."""

    doc: Doc
    measures: Sequence[Read]


def learn_proposers(documents: Sequence[ReadDocument]) -> Choice:
    """The weights, with the sharpness that makes them honest on documents that they were not learnt on.

    The same documents in the same order give the same weights.
    """
    cases = [cases_of(document) for document in documents]
    unseen = []
    for fold, rest in _folds(len(cases)):
        choice = learn([case for i in rest for case in cases[i]])
        unseen.append((choice, [case for i in fold for case in cases[i]]))
    choice = learn([case for found in cases for case in found])
    return Choice(choice.weights, sharpness(unseen))


def cases_of(document: ReadDocument) -> list[Case]:
    """The candidates for each measure of a document, and which are right."""
    ruled = find_proposals(document.doc)
    signs = Signs(Scene(document.doc), asked_of(document.measures, ruled), (found.proposer for found in ruled))
    cases = []
    for number, measure in enumerate(document.measures):
        candidates = signs.of(number)
        cases.append(Case(candidates, [same_name(measure.proposer, candidate.name) for candidate in candidates]))
    return cases


def _folds(documents: int) -> Iterator[tuple[list[int], list[int]]]:
    """Which documents are left out, and which are learnt from."""
    for number in range(FOLDS):
        out = [i for i in range(documents) if i % FOLDS == number]
        yield out, [i for i in range(documents) if i % FOLDS != number]


def same_name(gold: str, name: str) -> bool:
    """Whether one name's words contain the other's, whatever the case; gold may give alternatives ("A | B")."""
    told = set(re.findall(r"\w+", name.casefold()))
    for alternative in gold.split(" | "):
        meant = set(re.findall(r"\w+", alternative.casefold()))
        if (not meant and not told) or (meant and told and (meant <= told or told <= meant)):
            return True
    return False


# ---------------------------------------------------------------- from the corpus


def read_documents(nlp: Language, corpus: Path, measures: Path = MEASURES) -> Iterator[ReadDocument]:
    """The documents of NorNE's train split whose measures were read, analysed by ``nlp``.

    Args:
        nlp: the pipeline.
        corpus: folder with ``train/``.
        measures: one document a line, with offsets in words of the corpus' file.

    Raises:
        AnnotationError: the measures or a file of the corpus are not there.
    """
    if not measures.exists():
        raise AnnotationError(f"{measures}: not there; the measures that were read belong in it")
    for line in measures.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        written, _, stem = document["doc"].partition(".")
        path = corpus / "train" / written / f"{stem}.conll"
        if not path.exists():
            raise AnnotationError(f"{path}: not there; --corpus names the folder that holds NorNE's train/")
        text, words = in_paragraphs(list(read_sentences(path))[: document["sentences"]])
        doc = nlp(text)
        found = []
        for row in document["measures"]:
            span = doc.char_span(*_characters(words, (row["start"], row["end"])), alignment_mode="expand")
            proposer = row["proposer"]
            named = text[slice(*_characters(words, proposer))] if isinstance(proposer, list) else ""
            if span is None:
                raise AnnotationError(f"{path}: no words {row['start']} to {row['end']}, as {measures} says")
            found.append(Read(start=span.start, end=span.end, modality=str(row["modality"]), proposer=named))
        yield ReadDocument(doc, sorted(found, key=lambda read: (read.start, read.end)))


def _characters(words: Sequence[tuple[int, int]], span: Sequence[object]) -> tuple[int, int]:
    first, end = int(str(span[0])), int(str(span[1]))
    return words[first][0], words[end - 1][1]


def in_paragraphs(sentences: Sequence[list[Word]]) -> tuple[str, list[tuple[int, int]]]:
    """The text of a corpus file as a newspaper would part it, and where each of its words stands in it.

    The corpus does not tell paragraphs: one begins at a dash of speech and after a headline, which has no mark.
    """
    text, places = "", []
    for number, sentence in enumerate(sentences):
        if number:
            last = sentences[number - 1][-1].text
            parted = sentence[0].text in ("-", "–", "—") or last == "|" or last not in '.!?":»”'
            text = text.rstrip(" ") + ("\n\n" if parted else " ")
        for word, blank in zip(sentence, blanks(sentence, [w.text for w in sentence]), strict=True):
            places.append((len(text), len(text) + len(word.text)))
            text += word.text + (" " if blank else "")
    return text, places
