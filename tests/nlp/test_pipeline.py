"""The shipped pipeline, whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from nlp.analysis import Analysis
from nlp.errors import ModelError
from nlp.pipeline import BEST, MODELS, load_pipeline, model_name
from nlp.reading import read

TEXT = (
    "Vil måle mer\n\n"
    "– Regionen må kjøpe flere måleapparater, sier daglig leder i Fjordsyn AS, Tuva Sjøvik.\n\n"
    "Sjøvik får støtte av Odd Moldal (Nordmål Cluster). Han foreslår at regjeringen skal:\n\n"
    "• bygge et målehus\n• ansette ti målere"
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def analysis(nlp: Language, text: str) -> Analysis:
    (found,) = read(nlp, [("t", text)])
    return found


def test_the_order_of_its_components(nlp: Language) -> None:
    assert nlp.pipe_names == [
        "sentences",
        "language",
        "tagger",
        "encoder",
        "ner",
        "bodies",
        "names",
        "roles",
        "quotes",
        "measures",
        "topics",
    ]


def test_its_name_says_which_model_read(nlp: Language) -> None:
    meta = json.loads((MODELS / BEST / "meta.json").read_text(encoding="utf-8"))
    assert model_name(nlp) == f"nb_{meta['name']}-{meta['version']}"


def test_topics_of_ones_own_make_it_another_model_so_that_all_is_read_again(nlp: Language, tmp_path: Path) -> None:
    file = tmp_path / "topics.toml"
    file.write_text('[boats]\nwords = "*båt*"\n', encoding="utf-8")
    own = load_pipeline(topics_file=file)
    assert model_name(own).startswith(f"{model_name(nlp)}+topics-")
    assert next(read(own, [("t", "Kari Li foreslår å kjøpe en legebåt.")])).measures[0].topics == ("boats",)


def test_a_text_becomes_an_analysis(nlp: Language) -> None:
    found = analysis(nlp, TEXT)
    assert (found.text_id, found.language, found.model) == ("t", "nb", model_name(nlp))
    assert [(person.name, person.role, person.organisation) for person in found.people] == [
        ("Tuva Sjøvik", "daglig leder", "Fjordsyn AS"),
        ("Odd Moldal", None, "Nordmål Cluster"),
    ]
    assert found.people[0].aliases == ("Sjøvik",)
    assert {organisation.name for organisation in found.organisations} == {
        "Fjordsyn AS",
        "Nordmål Cluster",
        "regjeringen",
    }
    for span in (*found.mentions, *found.quotes, *found.measures):
        assert TEXT[span.start : span.end] == span.text


def test_a_document_cut_into_words_before_is_read_too(nlp: Language) -> None:
    words = [token.text for token in nlp.make_doc(TEXT)]
    spaces = [bool(token.whitespace_) for token in nlp.make_doc(TEXT)]
    doc = nlp(Doc(nlp.vocab, words=words, spaces=spaces))
    assert [ent.text for ent in doc.ents] == [mention.text for mention in analysis(nlp, TEXT).mentions]


def test_a_text_reads_the_same_alone_and_in_a_batch(nlp: Language) -> None:
    texts = [("a", TEXT), ("b", "Kort."), ("c", TEXT * 3), ("d", ""), ("e", TEXT)]
    together = list(read(nlp, texts))
    assert together == [next(read(nlp, [text])) for text in texts]
    assert [found.text_id for found in together] == ["a", "b", "c", "d", "e"]


def test_another_model_gives_its_entities_and_only_them(nlp: Language, tmp_path: Path) -> None:
    other = spacy.blank("nb", meta={"name": "fabel", "version": "2.0.0"})
    other.add_pipe("entity_ruler", name="ner").add_patterns([{"label": "PROD", "pattern": "målehus"}])  # type: ignore[attr-defined]
    other.to_disk(tmp_path / "fabel")
    mixed = load_pipeline(str(tmp_path / "fabel"))
    doc = mixed(TEXT)
    assert model_name(mixed) == "nb_fabel-2.0.0"
    assert "PROD" in {ent.label_ for ent in doc.ents}
    assert [token.tag_ for token in doc] == [token.tag_ for token in nlp(TEXT)]


def test_a_model_that_is_missing_is_one_clear_error() -> None:
    with pytest.raises(ModelError, match="'nb_fabel_md': not installed"):
        load_pipeline("nb_fabel_md")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n\t ",
        "😀👨‍👩‍👧",
        "\x00\x07\x85\u2028x",
        "a" * 100_000,
        "(" * 2_000,
        "tuva sjøvik sier at vi må " * 500,
        "Kari Li (" * 500,
        "• \n" * 500,
        "a\ud800b",
        "STORTINGET MÅ BYGGE FLERE SYKEHUS. " * 50,
        "Sámediggi dáhttu ásahit ođđa buohcciviesu Kárášjogas. " * 50,
        "The hospital must hire more nurses, says Tuva Sjøvik of Fjordsyn AS. " * 50,
    ],
    ids=[
        "empty",
        "blank",
        "emoji",
        "control",
        "long word",
        "brackets",
        "no full stop",
        "open brackets",
        "bullets",
        "surrogate",
        "capitals",
        "Sámi",
        "English",
    ],
)
def test_nonsense_is_read_without_harm(nlp: Language, text: str) -> None:
    found = analysis(nlp, text)
    for span in (*found.mentions, *found.quotes, *found.measures):
        assert text[span.start : span.end] == span.text


PIECES = st.sampled_from(
    [
        "Tuva Sjøvik",
        "Fjordsyn AS",
        "må",
        "sier",
        "foreslår at",
        "regjeringen",
        " ",
        "\n\n",
        "\n• ",
        "– ",
        "«",
        "»",
        ".",
        ",",
        "(",
        ")",
        "leder i",
        "hun",
    ]
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(PIECES | st.text(max_size=8), max_size=40).map(" ".join))
def test_offsets_hold_for_any_text(nlp: Language, text: str) -> None:
    found = analysis(nlp, text)
    for span in (*found.mentions, *found.quotes, *found.measures):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
    for measure in found.measures:
        assert measure.sentence[0] <= measure.start < measure.end <= measure.sentence[1]
