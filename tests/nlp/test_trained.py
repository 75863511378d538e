"""Entities and tags from a pipeline of its own, on the words of the document."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from nlp.components.trained import PIECE_WORDS, Trained, make_trained, pieces
from nlp.errors import ModelError


@pytest.fixture
def model(tmp_path: Path) -> str:
    """A pipeline directory with a component ``ner`` that knows two names, one under a label of its own."""
    nlp = spacy.blank("nb", meta={"name": "prøve", "version": "1.2.3"})
    ruler = nlp.add_pipe("entity_ruler", name="ner")
    ruler.add_patterns(  # type: ignore[attr-defined]
        [
            {"label": "PER", "pattern": "Tuva Sjøvik"},
            {"label": "FABEL", "pattern": "Odd"},
            {"label": "PER", "pattern": "i \n Nordby"},
        ]
    )
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "model")
    return str(tmp_path / "model")


def load(model: str) -> Trained:
    return make_trained(spacy.blank("nb"), "ner", model=model, annotation="ner")


def test_only_the_nine_labels_are_taken(model: str) -> None:
    doc = load(model)(spacy.blank("nb")("Her møtte Tuva Sjøvik Odd."))
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Tuva Sjøvik", "PER")]


def test_the_model_has_a_name_and_its_other_components_are_left_out(model: str) -> None:
    trained = load(model)
    assert (trained.meta["name"], trained.meta["version"]) == ("prøve", "1.2.3")
    assert trained.source.pipe_names == ["ner"]


def test_words_are_the_documents_own(model: str) -> None:
    nlp = spacy.blank("nb")
    doc = load(model)(Doc(nlp.vocab, words=["Tuva", "Sjøvik", "\n\n", "kom"], spaces=[True, False, False, False]))
    assert [(ent.start, ent.end) for ent in doc.ents] == [(0, 2)]


def test_a_model_that_is_not_there_names_the_way_out() -> None:
    with pytest.raises(ModelError, match=r"model 'nb_fabel_sm': not installed; install that spaCy package, .*shipped"):
        load("nb_fabel_sm")


def test_a_model_without_entities_is_refused(tmp_path: Path) -> None:
    spacy.blank("nb").to_disk(tmp_path / "bare")
    with pytest.raises(ModelError, match="has no component 'ner'"):
        load(str(tmp_path / "bare"))


def test_a_long_document_is_read_in_pieces_that_end_at_a_block() -> None:
    nlp = spacy.blank("nb")
    words = (["ord"] * 99 + ["\n\n"]) * (PIECE_WORDS // 20)
    cut = list(pieces(Doc(nlp.vocab, words=words)))
    assert [i for piece in cut for i in piece] == list(range(len(words)))
    assert len(cut) == 5
    assert all(words[piece[-1]] == "\n\n" for piece in cut)


def test_a_document_without_blocks_is_cut_all_the_same() -> None:
    doc = Doc(spacy.blank("nb").vocab, words=["ord"] * (5 * PIECE_WORDS))
    assert [len(piece) for piece in pieces(doc)] == [2 * PIECE_WORDS, 2 * PIECE_WORDS, PIECE_WORDS]
