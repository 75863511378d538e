"""What the head's scores and the rules make of a sentence together, on scores made by hand."""

from __future__ import annotations

import numpy as np

from nlp.components.learnt_measures import LearntMeasures, confidence
from nlp.labelling import MODALITIES, bio_labels
from nlp.rules.found import Found
from nlp.rules.sentence import Sentence
from tests.nlp.tagged import sentence

COLUMNS = {label: number for number, label in enumerate(bio_labels(MODALITIES))}
PLAIN = "Kari/np Li/np krever/v fri/a tannlege/n for/p alle/pr ./c"


def read(s: Sentence, labels: str, ruled: tuple[Found, ...] = (), sure: float = 6.0) -> list[Found]:
    """The measures where the head gives each word the label in ``labels``, ``sure`` log odds better than any other."""
    scores = np.zeros((len(s), len(COLUMNS)), dtype=np.float32)
    for word, label in enumerate(labels.split()):
        if label != "-":  # a word that was not read
            scores[word, COLUMNS[label]] = sure
    return LearntMeasures(scores).read(s, ruled)


def test_a_measure_that_no_rule_found_comes_with_its_modality_and_the_cue_before_it() -> None:
    s = sentence(PLAIN)
    (measure,) = read(s, "O O O B-demanded I-demanded I-demanded I-demanded O")
    assert (s.text(measure.span), measure.modality, measure.cue) == ("fri tannlege for alle", "demanded", "krever")
    assert measure.proposer == (0, 2)
    assert measure.sure is not None
    assert confidence(measure.sure, ruled=True) > confidence(measure.sure, ruled=False) > 0.3


def test_what_both_find_stays_as_the_rule_found_it() -> None:
    s = sentence(PLAIN)
    rule = Found(span=(3, 5), cue="krever", modality="demanded", rule="noun", proposer=(0, 2))
    (measure,) = read(s, "O O O B-planned I-planned I-planned I-planned O", (rule,))
    assert (s.text(measure.span), measure.modality, measure.proposer) == ("fri tannlege", "demanded", (0, 2))


def test_a_rules_measure_that_the_head_finds_most_unlikely_goes() -> None:
    s = sentence(PLAIN)
    rule = Found(span=(3, 7), cue="krever", modality="demanded", rule="noun")
    assert read(s, "O O O O O O O O", (rule,), sure=12.0) == []
    assert read(s, "O O O O O O O O", (rule,), sure=2.0) != []


def test_words_that_were_not_read_part_no_measure_and_make_none() -> None:
    s = sentence(PLAIN)
    assert read(s, "O O O - - O O O") == []
    (measure,) = read(s, "O O O B-demanded - I-demanded I-demanded O")
    assert s.text(measure.span) == "fri tannlege for alle"


def test_we_who_will_are_whoever_speaks() -> None:
    s = sentence("Vi/pr vil/v ha/vi fri/a tannlege/n ./c")
    (measure,) = read(s, "O O B-planned I-planned I-planned O")
    assert measure.proposer == (0, 1)


def test_a_name_or_a_pronoun_alone_is_no_measure() -> None:
    s = sentence("Kari/np vil/v bygge/vi ./c")
    assert read(s, "B-planned O O O") == []
