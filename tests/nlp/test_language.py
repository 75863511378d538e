"""The language of a text."""

from __future__ import annotations

import pytest

from nlp.components.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Kommunen ønsker ikke å legge ned tilbudet før det er klart hva som skal komme i stedet.", "nb"),
        ("Kommunen ynskjer ikkje å leggje ned tilbodet før det er klårt kva som skal kome i staden.", "nn"),
        ("The municipality does not want to close the service before it is clear what comes instead.", "en"),
        ("Kommunen vill inte lägga ned verksamheten förrän det är klart vad som ska komma i stället.", "sv"),
        ("", "und"),
        ("12 34 – 56", "und"),
        ("😀😀😀", "und"),
        ("Kort", "und"),
    ],
)
def test_the_language_is_told(text: str, language: str) -> None:
    assert language_of(text) == language
