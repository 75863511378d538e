"""Taking names out of texts: every way of writing a name, and nobody else's. Everybody here is invented."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from tests.warehouse.newsroom import article
from warehouse.names import Hashing, forms_of
from warehouse.redaction import ARTICLE, EVERYWHERE, WORD_OF_NAME, Redactor

HASHING = Hashing(b"a key of the tests")


def forgets(*names: str) -> Redactor:
    rows = []
    for name in names:
        forms = forms_of(name)
        rows += [
            (HASHING.words(form.words), name, EVERYWHERE if form.everywhere else ARTICLE, len(form.words))
            for form in forms
        ]
        rows += [(HASHING.words((word,)), name, WORD_OF_NAME, 1) for form in forms for word in form.words]
    return Redactor.of(HASHING, rows)


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("Åse Ødegård-Næss sier nei.", "[…] sier nei."),
        ("ÅSE ØDEGÅRD-NÆSS sier nei.", "[…] sier nei."),
        ("åse  ødegård-næss", "[…]"),
        ("Åse Ødegård Næss", "[…]"),
        ("Åse\u00a0Øde\u00adgård‑Næss", "[…]"),
        ("Ødegård-Næss, Åse", "[…]"),
        ("Åse Ødegård-Næss' forslag", "[…]' forslag"),
        ("Åse Ødegård-Næss og Ødegård-Næss", "[…] og […]"),
        ("Åse Ødegård-Næss. Å. Ødegård-Næss. Åse Næss.", "[…]. […]. […]."),
        ("Åse Ødegård-Næss. Ifølge Næss er det nok. Overlege Ødegård er enig.",
         "[…]. Ifølge […] er det nok. Overlege […] er enig."),
    ],
)  # fmt: skip
def test_every_way_of_writing_a_name_goes(written: str, left: str) -> None:
    one = forgets("Åse Ødegård-Næss")
    assert one.text(written) == left
    assert one.text(unicodedata.normalize("NFD", written)) == unicodedata.normalize("NFD", left)


@pytest.mark.parametrize(
    "written",
    [
        "Næss sier nei.",  # nobody has said which Næss
        "Ola Ødegård-Næss sier nei.",
        "Åse Bjørkli og Ødegård",
        "Et næss og en ødegård.",
        "Anne-Åse Ødegård-Næss sier nei.",
        "Åse Ødegård-Næss-Bø sier nei.",
    ],
)
def test_other_people_and_words_stay(written: str) -> None:
    assert forgets("Åse Ødegård-Næss").text(written) == written


def test_of_two_people_with_one_surname_only_one_goes_and_a_bare_surname_goes() -> None:
    text = "Kari Lundbø foreslår nei. Per Lundbø er uenig. P. Lundbø ler. Lundbøs forslag. Statsråd Lundbø går."
    left = "[…] foreslår nei. Per Lundbø er uenig. P. Lundbø ler. […]s forslag. Statsråd […] går."
    assert forgets("Kari Lundbø").text(text) == left


def test_the_whole_article_is_looked_at_captions_and_byline_too() -> None:
    story = article("sak", "Ødegård-Næss sier nei.", "FOTO: ÅSE ØDEGÅRD-NÆSS", title="Næss vil mer")
    story = replace(story, byline=("Åse Ødegård-Næss", "Ola Bjørkli"), section="Portrett")
    redacted = forgets("Åse Ødegård-Næss").article(story)
    assert redacted.title == "[…] vil mer"
    assert redacted.byline == ("Ola Bjørkli",)
    assert redacted.text.splitlines()[2:] == ["[…] sier nei.", "", "FOTO: […]"]
    assert redacted.article_id == story.article_id


def test_redacting_again_and_in_any_order_gives_the_same() -> None:
    text = "Kari Lundbø og Åse Ødegård-Næss. Lundbø sier nei til Næss. Per Lundbø nikker."
    one, other = forgets("Kari Lundbø"), forgets("Åse Ødegård-Næss")
    both = forgets("Kari Lundbø", "Åse Ødegård-Næss").text(text)
    assert both == one.text(other.text(text)) == other.text(one.text(text)) == one.text(both)
    assert forgets("Kari Lundbø").text(text) == text.replace("Kari Lundbø", "[…]").replace(". Lundbø", ". […]")
