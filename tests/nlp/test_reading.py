"""A document becomes data."""

from __future__ import annotations

from nlp.analysis import Measure, Mention, Quote
from nlp.reading import analysis_of
from tests.nlp.tagged import RULES, tagged


def test_labels_become_the_words_of_the_warehouse() -> None:
    names = {
        "PER": "Tuva", "ORG": "Fjordsyn", "GPE_ORG": "Nordby", "GPE_LOC": "Sørby",
        "LOC": "Måfjell", "PROD": "Måleren", "EVT": "Måledagen", "DRV": "nordbysk", "MISC": "Måling",
    }  # fmt: skip
    doc = RULES(tagged(" ".join(f"{name}/np" for name in names.values()), **names))
    found = analysis_of(doc, text_id="t", model="m-1")
    assert {mention.text: mention.label for mention in found.mentions} == {
        "Tuva": "person",
        "Fjordsyn": "organisation",
        "Nordby": "organisation",
        "Sørby": "place",
        "Måfjell": "place",
        "Måleren": "product",
        "Måledagen": "event",
        "nordbysk": "other",
        "Måling": "other",
    }
    assert found.mentions[0] == Mention(text="Tuva", label="person", start=0, end=4, name="Tuva")


def test_quotes_and_measures_carry_what_their_components_wrote() -> None:
    doc = RULES(tagged("Ett/d ¶ Vi/pr må/v måle/vi mer/a ./c ¶ Sist/av"))
    quote, measure = doc[2:6], doc[4:6]
    quote._.kind, quote._.speaker = "direct", "Tuva Sjøvik"
    measure._.modality, measure._.cue, measure._.confidence = "demanded", "må", 0.5
    measure._.proposer, measure._.addressee, measure._.topics = "Tuva Sjøvik", "Nordby kommune", ("måling",)
    doc.spans["quotes"], doc.spans["measures"] = [quote], [measure]
    found = analysis_of(doc, text_id="t", model="m-1")
    start = doc.text.index("Vi")
    assert found.quotes == (
        Quote(text=quote.text, start=quote.start_char, end=quote.end_char, kind="direct", speaker="Tuva Sjøvik"),
    )
    assert found.measures == (
        Measure(
            text=measure.text,
            start=measure.start_char,
            end=measure.end_char,
            sentence=(start, doc.text.index("\n\nSist")),
            modality="demanded",
            cue="må",
            proposer="Tuva Sjøvik",
            addressee="Nordby kommune",
            topics=("måling",),
            confidence=0.5,
        ),
    )
