"""The annotated measures fit the corpus they point into."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.errors import AnnotationError
from nlp.labelling import MODALITIES
from nlp.training.augment import entities
from nlp.training.measures import labelled, read_annotations

NORNE = Path(__file__).parents[4] / "shared" / "norne"


def test_places_lie_in_what_was_read_and_modalities_are_known() -> None:
    documents = list(read_annotations())
    assert len({document.doc for document in documents}) == len(documents)
    for document in documents:
        for measure in document.measures:
            assert measure.modality in MODALITIES
            for place in (measure.place, *measure.cue, measure.proposer, measure.addressee):
                assert place is None or 0 <= place[0] < place[1], document.doc


@pytest.mark.skipif(not NORNE.is_dir(), reason="NorNE is not beside this checkout")
def test_every_measure_lies_within_the_sentences_that_were_read() -> None:
    read = marked = 0
    for document in read_annotations():
        sentences = labelled(document, NORNE)
        assert len(sentences) == document.sentences
        words = sum(len(sentence) for sentence in sentences)
        assert all(measure.place[1] <= words for measure in document.measures)
        read += len(document.measures)
        marked += sum(kind in MODALITIES for sentence in sentences for _, _, kind in entities(sentence))
    assert marked > 0.99 * read, "few lie within another"


def test_a_corpus_without_the_document_is_named(tmp_path: Path) -> None:
    with pytest.raises(AnnotationError, match="train/ and dev/"):
        labelled(next(read_annotations()), tmp_path)
