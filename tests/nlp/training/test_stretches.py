"""The corpus as the encoder is given it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tokenizers import Tokenizer

from nlp.errors import AnnotationError
from nlp.labelling import ENTITIES, bio_labels
from nlp.norne import Word
from nlp.pipeline import BEST, MODELS
from nlp.training.stretches import BATCH, UNLABELLED, Stretches, read_split, render

LABELS = bio_labels(ENTITIES)
SENTENCE = [
    *(Word(text=text, tag="", entity="O") for text in ('"', "Ja", '"', ",", "sier")),
    Word(text="Tuva", tag="", entity="B-PER"),
    Word(text="Sjøvik", tag="", entity="I-PER"),
    Word(text="|", tag="", entity="O"),
]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(MODELS / BEST / "encoder" / "subwords.json"))


def test_words_become_a_text_as_a_newspaper_sets_it() -> None:
    text, starts, labels = render([SENTENCE, SENTENCE], ("«", "»"), "–")
    assert text == "«Ja», sier Tuva Sjøvik \n" * 2
    assert [text[start : start + 2] for start in starts[4:7]] == ["si", "Tu", "Sj"]
    assert labels[:8] == ["O", "O", "O", "O", "O", "B-PER", "I-PER", "O"]


def test_every_epoch_tells_the_documents_anew_but_the_same_seed_tells_the_same(tokenizer: Tokenizer) -> None:
    documents = [[SENTENCE] * 30, [SENTENCE] * 5]
    one, other = (Stretches(documents, tokenizer, LABELS, 7) for _ in range(2))
    first = list(one.epoch())
    assert first == list(other.epoch())
    assert first != list(one.epoch())
    assert other.steps() == len(first)


def test_a_batch_has_one_label_a_word_and_no_more_subwords_than_fit(tokenizer: Tokenizer) -> None:
    batches = list(Stretches([[SENTENCE] * 200], tokenizer, LABELS, 7).epoch())
    words = 0
    for batch in batches:
        assert len(batch) * (max(len(stretch.ids) for stretch in batch) + 2) <= BATCH
        for stretch in batch:
            assert len(stretch.ids) == len(stretch.labels)
            words += sum(label != UNLABELLED for label in stretch.labels)
    assert words >= 200 * 5  # marks that share their subword with a neighbour have no label of their own


def test_a_folder_without_a_corpus_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(AnnotationError, match="name the folder that holds NorNE's split"):
        read_split(tmp_path)
