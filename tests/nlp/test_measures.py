"""Measures by rule, on hand-tagged sentences: what counts, how far it reaches, how firm it is."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span

from nlp.components.measures import MeasureFinder
from nlp.rules.actions import find_measures
from nlp.rules.lists import governor_of, item_parts
from tests.nlp.tagged import read, sentence


def found(text: str, *, quoted: bool = False, **entities: str) -> list[tuple[str, str]]:
    s = sentence(text, **entities)
    return [(s.text(measure.span), measure.modality) for measure in find_measures(s, quoted=quoted)]


def texts(doc: Doc) -> list[str]:
    return [span.text for span in doc.spans["measures"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kommunen/n vil/v bygge/vi et/d helsehus/n ./c", [("bygge et helsehus", "planned")]),
        ("Fylket/n bør/v styrke/vi ambulansen/n ./c", [("styrke ambulansen", "proposed")]),
        ("Staten/n må/v betale/vi regningen/n ./c", [("betale regningen", "demanded")]),
        ("Kommunen/n vil/v ikkje/av leggje/vi ned/p legevakta/n ./c", [("leggje ned legevakta", "rejected")]),
        ("Styret/n skal/v styrkja/vi tilbodet/n ./c", [("styrkja tilbodet", "planned")]),
    ],
)
def test_a_modal_and_what_it_says_is_to_be_done(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Tilbodet/n til/p barn/n skal/v betrast/vi ./c",
        "Ordningen/n må/v videreføres/vi ./c",
        "Ordningen/n vil/v bli/vi avviklet/vpp ./c",
        "Pasientane/n skal/v få/vi betre/a hjelp/n ./c",
    ],
)
def test_where_the_subject_is_acted_on_the_clause_is_the_measure(text: str) -> None:
    s = sentence(text)
    assert [s.text(m.span) for m in find_measures(s)] == [s.text((0, len(s) - 1))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Foreningen/n foreslår/v et/d forbud/n mot/p salg/n av/p vape/n ./c",
            [("et forbud mot salg av vape", "proposed")],
        ),
        (
            "Partiet/n går/v imot/p en/d sammenslåing/n av/p sykehusene/n ./c",
            [("en sammenslåing av sykehusene", "rejected")],
        ),
        ("Forbundet/n krev/v fleire/a stillingar/n ./c", [("fleire stillingar", "demanded")]),
        ("Utvalet/n tilrår/v å/inf opprette/vi eit/d register/n ./c", [("opprette eit register", "proposed")]),
        ("Kommunestyret/n har/v vedtatt/vpp å/inf innføre/vi egenandel/n ./c", [("innføre egenandel", "decided")]),
        ("Vi/pr treng/v fleire/a hender/n i/p omsorga/n ./c", [("fleire hender i omsorga", "demanded")]),
        ("Det/pr er/v behov/n for/p en/d nasjonal/a plan/n ./c", [("en nasjonal plan", "demanded")]),
    ],
)
def test_verbs_and_nouns_of_wanting(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_clauses_with_at_are_one_measure_each() -> None:
    text = "Utvalget/n foreslår/v at/s loven/n endres/v ,/, og/k at/s et/d tilsyn/n opprettes/v ./c"
    assert found(text) == [("loven endres", "proposed"), ("et tilsyn opprettes", "proposed")]


@pytest.mark.parametrize("link", ["", "om/p å/inf ", "å/inf "])
def test_asking_somebody_to_act(link: str) -> None:
    s = sentence(f"Landsstyret/n ber/v fylkesrådet/n {link}utrede/vi en/d ny/a ordning/n ./c")
    (measure,) = find_measures(s)
    assert (s.text(measure.span), measure.modality) == ("utrede en ny ordning", "demanded")
    assert measure.proposer is not None
    assert measure.addressee is not None
    assert (s.text(measure.proposer), s.text(measure.addressee)) == ("Landsstyret", "fylkesrådet")


def test_a_formula_inside_a_proposal_belongs_to_the_outer_one() -> None:
    doc = read(
        "Legene/n mener/v at/s Landsstyret/n bør/v vedta/vi følgende/a forslag/n :/c "
        "Landsstyret/n ber/v fylkesrådet/n innføre/vi et/d register/n ./c"
    )
    (measure,) = doc.spans["measures"]
    assert measure.text == "innføre et register"
    assert (measure._.proposer, measure._.addressee, measure._.modality) == ("Legene", "fylkesrådet", "proposed")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kommunen/n vil/v bygge/vi ut/p hjemmetjenesten/n og/k kutte/vi ventelistene/n ./c",
            ["bygge ut hjemmetjenesten", "kutte ventelistene"],
        ),
        ("Ordninga/n skal/v fornyast/vi og/k styrkast/vi ./c", ["Ordninga skal fornyast og styrkast"]),
        (
            "Kommunen/n vil/v arbeide/vi for/p å/inf redusere/vi sykefraværet/n og/k øke/vi bemanningen/n ./c",
            ["arbeide for å redusere sykefraværet og øke bemanningen"],
        ),
        (
            "Kommunen/n bør/v innføra/vi eit/d system/n og/k på/p sikt/n bruka/vi det/pr ./c",
            ["innføra eit system", "på sikt bruka det"],
        ),
    ],
)
def test_what_could_stand_alone_is_two(text: str, expected: list[str]) -> None:
    s = sentence(text)
    assert [s.text(m.span) for m in find_measures(s)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Prisene/n vil/v stige/vi ./c",
        "Kommunen/n bygde/vp et/d sykehjem/n i/p fjor/n ./c",
        "Hun/pr skal/v løpe/vi maraton/n ./c",
        "Du/pr bør/v drikke/vi vann/n ./c",
        "Vi/pr skal/v komme/vi tilbake/av til/p dette/pr ./c",
        "Vil/v kommunen/n bygge/vi et/d sykehjem/n ?/c",
        "Hvis/s kommunen/n vil/v bygge/vi et/d sykehjem/n ,/, er/v det/pr bra/a ./c",
        "Kanskje/av vil/v det/pr opprettes/vi et/d senter/n ./c",
        "De/pr sparer/v for/p at/s skolen/n skal/v få/vi utstyr/n ./c",
        "Direktøren/n skal/v ha/vi sagt/vpp nei/n ./c",
        "Kommunen/n har/v tiltak/n som/s skal/v styrke/vi helsa/n ./c",
        "Dersom/s renta/n stig/v ,/, vil/v vi/pr få/vi eit/d problem/n ./c",
    ],
)
def test_facts_predictions_daily_life_and_conditions_are_none(text: str) -> None:
    assert found(text) == []


def test_what_follows_is_cut_at_a_reason_and_at_a_new_clause() -> None:
    assert found("Kommunen/n vil/v stenge/vi avdelingen/n fordi/s den/pr er/v dyr/a ./c") == [
        ("stenge avdelingen", "planned")
    ]
    assert found("Kommunen/n vil/v stenge/vi avdelingen/n ,/, og/k legene/n er/v sinte/a ./c") == [
        ("stenge avdelingen", "planned")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kommunen/n vil/v bygge/vi et/d helsehus/n ,/, ikke/av et/d sykehus/n ./c", "bygge et helsehus"),
        ("Kommunen/n vil/v bygge/vi et/d helsehus/n ,/, men/k ikke/av et/d sykehus/n ./c", "bygge et helsehus"),
        ("Kommunen/n vil/v bygge/vi et/d helsehus/n ,/, men/k først/av neste/a år/n ./c", "bygge et helsehus"),
        (
            "Klubben/n etterlyser/v en/d ny/a plan/n ,/, og/k like/av lenge/av har/v den/pr ventet/vpp ./c",
            "en ny plan",
        ),
    ],
)
def test_what_is_set_against_a_measure_or_follows_it_is_no_part_of_it(text: str, expected: str) -> None:
    assert [measure for measure, _ in found(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nei/n til/p flere/a vindmøller/n", ("flere vindmøller", "rejected")),
        ("Rådet/n advarer/v mot/p å/inf bygge/vi et/d senter/n ./c", ("bygge et senter", "rejected")),
        ("Rådet/n argumenterer/v for/p et/d nytt/a senter/n ./c", ("et nytt senter", "proposed")),
    ],
)
def test_for_and_against(text: str, expected: tuple[str, str]) -> None:
    assert found(text) == [expected]


def test_acts_that_each_have_their_marker_are_two() -> None:
    text = "Rådet/n foreslår/v å/inf samle/vi sentralene/n i/p én/d ,/, og/k å/inf gi/vi legene/n en/d takst/n ./c"
    assert [measure for measure, _ in found(text)] == ["samle sentralene i én", "gi legene en takst"]


def test_a_list_belongs_to_the_sentence_above_it() -> None:
    doc = read(
        "Fylkesrådet/n varsler/v at/s det/pr vil/v :/c ¶ •/- styrke/vi tannhelsa/n ·"
        " •/- innføre/vi et/d varsel/n og/k vurdere/vi å/inf bruke/vi det/pr fast/a ./c"
    )
    assert texts(doc) == ["styrke tannhelsa", "innføre et varsel", "vurdere å bruke det fast"]
    assert {span._.proposer for span in doc.spans["measures"]} == {"Fylkesrådet"}
    assert {span._.modality for span in doc.spans["measures"]} == {"planned"}


def test_a_list_of_what_others_are_to_do_belongs_to_who_wills_it() -> None:
    doc = read(
        "Laget/n vil/v at/s kommunene/n skal/v :/c ¶ •/- styrke/vi tannhelsa/n · •/- innføre/vi et/d varsel/n ./c"
    )
    assert [(span._.proposer, span._.addressee) for span in doc.spans["measures"]] == [("Laget", "kommunene")] * 2
    assert {span._.modality for span in doc.spans["measures"]} == {"proposed"}


def test_a_list_under_a_heading_that_governs_nothing_is_none() -> None:
    doc = read("Dette/pr er/v næringen/n ¶ •/- Selskap/n som/s lager/v utstyr/n ·  •/- Kunder/n i/p hele/a landet/n")
    assert texts(doc) == []


def test_a_governing_sentence_ends_in_a_colon() -> None:
    governor = governor_of(sentence("Partiet/n vil/v :/c"))
    assert governor is not None
    assert governor.modality == "planned"
    assert governor_of(sentence("Partiet/n vil/v ./c")) is None
    assert governor_of(sentence("Her/av er/v tallene/n :/c")) is None


def test_an_item_that_begins_with_a_noun_is_not_cut() -> None:
    s = sentence("•/- lavere/a pris/n og/k bedre/a tilgang/n ./c")
    assert [s.text(part) for part in item_parts(s)] == ["lavere pris og bedre tilgang"]


def test_a_measure_tells_where_it_stands_and_how_sure_it_is() -> None:
    doc = read("Det/pr regnet/vp ./c Kommunen/n vil/v bygge/vi et/d helsehus/n ./c")
    (measure,) = doc.spans["measures"]
    assert isinstance(measure, Span)
    assert doc.text[measure.start_char : measure.end_char] == "bygge et helsehus"
    assert measure.sent.text == "Kommunen vil bygge et helsehus ."
    assert measure._.cue == "vil"
    assert measure._.topics == ()
    assert 0 < measure._.confidence < 1


def test_english_is_left_alone() -> None:
    doc = read("Kommunen/n vil/v bygge/vi et/d helsehus/n ./c")
    assert texts(doc)
    spacy.blank("nb").add_pipe("language")
    doc._.language = "en"
    assert texts(MeasureFinder()(doc)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Rådet/n vil/v ikke/av kutte/vi støtten/n ./c",
        "Rådet/n sier/v at/s det/pr ikke/av vil/v kutte/vi støtten/n ./c",
        "–/- Vi/pr skal/v ikke/av kutte/vi støtten/n ,/, sier/v Liv/np Ask/np ./c",
    ],
)
def test_what_somebody_will_not_do_is_rejected(text: str) -> None:
    doc = read(text, PER="Liv Ask")
    (span,) = doc.spans["measures"]
    assert (span.text, span._.modality) == ("kutte støtten", "rejected")
