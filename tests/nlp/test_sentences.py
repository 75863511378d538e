"""Sentence boundaries by rule: headings, lists, quotes, abbreviations, numbers."""

from __future__ import annotations

import pytest
import spacy

from nlp.components import sentences
from nlp.tokenizer import norwegian_tokenizer


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    pipeline = spacy.blank("nb")
    pipeline.tokenizer = norwegian_tokenizer(pipeline)
    pipeline.add_pipe("sentences")
    return pipeline


def cut(nlp: spacy.Language, text: str) -> list[str]:
    return [sentences.without_blanks(sent).text for sent in nlp(text).sents]


@pytest.mark.parametrize(
    "whole",
    [
        "Møtet er 16. april kl. 12.30 i Nordby.",
        "Se Meld. St. 9 (2023–2024) og St.meld. nr. 47.",
        "Det gjelder bl.a. Nordby, f.eks. Storgata og ca. Ti hus.",
        "Ifølge dr. Tuva Sjøvik og Odd B. Moldal er tallet 3,5 pst. av alle.",
        "«Hvorfor det?» spør hun.",
        "– Nei! sier han.",
        "Vi venter på komiteen. sier lederen.",
        "Tuva Sjøvik (Sp): Eg takkar for spørsmålet.",
        "Det gjeld m.a. Nordby og t.d. Sørby.",
    ],
)
def test_is_one_sentence(nlp: spacy.Language, whole: str) -> None:
    assert cut(nlp, whole) == [whole]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hun kom i 2018. Vi gikk.", ["Hun kom i 2018.", "Vi gikk."]),
        ("Han sa: «Nå er det nok.» Så gikk han.", ["Han sa: «Nå er det nok.»", "Så gikk han."]),
        ("Det er slutt. – Jeg er glad, sier hun.", ["Det er slutt.", "– Jeg er glad, sier hun."]),
        ("Det er slutt. -Jeg er glad, sier hun.", ["Det er slutt.", "-Jeg er glad, sier hun."]),
        ("Både A og B. Han gikk.", ["Både A og B.", "Han gikk."]),
        ("Hva nå? Ingen vet.", ["Hva nå?", "Ingen vet."]),
        ("Så kom … Ja! Der er den.", ["Så kom …", "Ja!", "Der er den."]),
        ("1. Innledning\n\nHer er teksten.", ["1. Innledning", "Her er teksten."]),
    ],
)
def test_are_several_sentences(nlp: spacy.Language, text: str, expected: list[str]) -> None:
    assert cut(nlp, text) == expected


def test_no_sentence_crosses_a_block_or_an_item(nlp: spacy.Language) -> None:
    text = "En tittel uten punktum\n\nRegionen vil:\n\n• bygge et hus\n • ansette flere\n\n \n\nSlutt"
    assert cut(nlp, text) == ["En tittel uten punktum", "Regionen vil:", "• bygge et hus", "• ansette flere", "Slutt"]


def test_lines_broken_by_width_are_joined_where_they_go_on_in_lower_case(nlp: spacy.Language) -> None:
    assert cut(nlp, "Dette er en lang\nlinje som går videre.\nNy linje") == [
        "Dette er en lang\nlinje som går videre.",
        "Ny linje",
    ]


def test_sentences_cover_the_text(nlp: spacy.Language) -> None:
    doc = nlp("\n\nEn. To!\n\nTre\n")
    assert "".join(sent.text_with_ws for sent in doc.sents) == doc.text
