"""The shipped encoder: what a text's scores depend on, and what it finds."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language

from nlp.components.encoder import WINDOW, scores_key
from nlp.errors import ModelError
from nlp.evaluation.health import score_health_names
from nlp.pipeline import BEST, MODELS, load_pipeline

NEWS = (
    "Sjefen flytter\n\n"
    "Tuva Sjøvik slutter i Helse Sør-Øst RHF og begynner ved Haukeland universitetssjukehus i Bergen.\n"
    "Etterfølgjaren til Sjøvik blir Odd Røe Moldal, seier Helsedirektoratet."
)


@pytest.fixture(scope="module")
def model() -> Language:
    return spacy.load(MODELS / BEST)


def scores(model: Language, text: str) -> np.ndarray:
    doc = model.make_doc(text)
    values: np.ndarray = model.get_pipe("encoder")(doc).user_data[scores_key("entities")]  # type: ignore[operator]
    return values


def names(model: Language, text: str) -> list[tuple[str, str]]:
    return [(ent.text, ent.label_) for ent in model(text).ents]


def test_spacy_loads_it_by_itself_and_it_finds_names_in_both_written_standards(model: Language) -> None:
    assert names(model, NEWS) == [
        ("Tuva Sjøvik", "PER"),
        ("Helse Sør-Øst RHF", "ORG"),
        ("Haukeland universitetssjukehus", "ORG"),
        ("Bergen", "GPE_LOC"),
        ("Sjøvik", "PER"),
        ("Odd Røe Moldal", "PER"),
        ("Helsedirektoratet", "ORG"),
    ]


def test_a_text_gets_the_same_scores_alone_and_among_others(model: Language) -> None:
    texts = [NEWS, "Kort.", NEWS * 40, "", "TUVA SJØVIK SLUTTER"]
    alone = [scores(model, text) for text in texts]
    nlp = spacy.load(MODELS / BEST, exclude=["ner"])
    together = [doc.user_data[scores_key("entities")] for doc in nlp.pipe(texts, batch_size=3)]
    for one, other in zip(alone, together, strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_name_is_found_wherever_it_stands_in_a_long_text(model: Language) -> None:
    filling = "Det regnet hele dagen, og ingen gikk ut. "
    for before in (0, 10, 23, 24, 25, 26, 60):
        text = filling * before + "Da kom Tuva Sjøvik. " + filling * 30
        assert names(model, text) == [("Tuva Sjøvik", "PER")], f"after {before} sentences ({WINDOW} subwords a window)"


def test_a_name_ends_where_its_line_ends(model: Language) -> None:
    assert ("Tuva Sjøvik", "PER") in names(model, "Leder: Tuva Sjøvik\nOdd Moldal er nestleder.")


def test_blanks_of_any_width_change_nothing(model: Language) -> None:
    assert names(model, NEWS.replace(" ", "   ").replace("\n\n", "\n\n\n\n"))[2:4] == [
        ("Haukeland   universitetssjukehus", "ORG"),
        ("Bergen", "GPE_LOC"),
    ]


def test_a_model_that_lost_a_file_is_one_clear_error(tmp_path: Path) -> None:
    shutil.copytree(MODELS / BEST, tmp_path / "model")
    (tmp_path / "model" / "encoder" / "lower.onnx").unlink()
    with pytest.raises(ModelError, match=r"has no lower\.onnx"):
        spacy.load(tmp_path / "model")


def test_what_is_written_reads_the_same_again(model: Language, tmp_path: Path) -> None:
    model.to_disk(tmp_path / "model")
    assert names(spacy.load(tmp_path / "model"), NEWS) == names(model, NEWS)


def test_it_knows_the_sectors_names_better_than_the_fast_model(model: Language) -> None:
    f, spans = score_health_names(model)
    assert f > 0.8
    assert spans > 0.9
    assert f > score_health_names(spacy.load(MODELS / "nb_helse_fast"))[0]


def test_the_whole_pipeline_takes_its_names() -> None:
    assert ("Haukeland universitetssjukehus", "ORG") in names(load_pipeline(), NEWS)
