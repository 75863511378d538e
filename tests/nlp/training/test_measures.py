"""The annotated measures fit the corpus they point into."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.errors import AnnotationError
from nlp.labelling import MODALITIES
from nlp.training.augment import entities
from nlp.training.measures import APART, MORE, labelled, read_annotations

NORNE = Path(__file__).parents[4] / "shared" / "norne"


def test_documents_stand_in_one_file_and_modalities_are_known() -> None:
    documents = [*read_annotations(), *read_annotations(MORE), *read_annotations(APART)]
    assert len({document.doc for document in documents}) == len(documents)
    for document in documents:
        assert all(0 <= start < end for start, end, _ in document.measures), document.doc
        assert {modality for _, _, modality in document.measures} <= set(MODALITIES)


@pytest.mark.skipif(not NORNE.is_dir(), reason="NorNE is not beside this checkout")
def test_every_measure_lies_within_the_sentences_that_were_read() -> None:
    read = marked = 0
    for document in (*read_annotations(), *read_annotations(MORE), *read_annotations(APART)):
        sentences = labelled(document, NORNE)
        assert len(sentences) == document.sentences
        words = sum(len(sentence) for sentence in sentences)
        assert all(end <= words for _, end, _ in document.measures)
        read += len(document.measures)
        marked += sum(kind in MODALITIES for sentence in sentences for _, _, kind in entities(sentence))
    assert marked > 0.99 * read, "few lie within another"


def test_a_corpus_without_the_document_is_named(tmp_path: Path) -> None:
    with pytest.raises(AnnotationError, match="train/ and dev/"):
        labelled(next(read_annotations()), tmp_path)
