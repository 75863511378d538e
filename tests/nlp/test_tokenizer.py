"""Words and marks: dashes of speech, and texts that no tokenizer expects."""

from __future__ import annotations

import pytest
import spacy

from nlp.tokenizer import CuttingTokenizer, norwegian_tokenizer


@pytest.fixture(scope="module")
def tokenizer() -> CuttingTokenizer:
    return norwegian_tokenizer(spacy.blank("nb"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("-Det går", ["-", "Det", "går"]),
        ("–«Nei», sier", ["–", "«", "Nei", "»", ",", "sier"]),
        ("e-helse og -10", ["e-helse", "og", "-10"]),
        ("innen 2027. Den 16. april", ["innen", "2027", ".", "Den", "16.", "april"]),
        ("Sjøvik (Sp): Eg", ["Sjøvik", "(", "Sp", ")", ":", "Eg"]),
    ],
)
def test_words(tokenizer: CuttingTokenizer, text: str, words: list[str]) -> None:
    assert [token.text for token in tokenizer(text)] == words


@pytest.mark.parametrize("text", ["a" * 100_000, "(" * 50_000, "a" * 500 + " " + "b" * 500, "\n\n" + "«" * 1000 + " x"])
def test_a_long_word_is_cut_and_nothing_is_lost(tokenizer: CuttingTokenizer, text: str) -> None:
    doc = tokenizer(text)
    assert doc.text == text
    assert max(map(len, doc)) <= 120


def test_half_characters_keep_their_place(tokenizer: CuttingTokenizer) -> None:
    assert tokenizer("a\ud800b c").text == "a\N{REPLACEMENT CHARACTER}b c"
