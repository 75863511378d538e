"""Who puts a measure forward, and who is asked: by grammar, by quote, by list, by what came before."""

from __future__ import annotations

import pytest

from nlp.components.proposers import Actors, nominative, voice_of
from tests.nlp.tagged import read, tagged


def actors(text: str, **entities: str) -> list[tuple[str, str, str]]:
    doc = read(text, **entities)
    return [(span.text, span._.proposer, span._.addressee) for span in doc.spans["measures"]]


def test_the_subject_proposes_what_it_will() -> None:
    assert actors("Helse/np Nordvik/np vil/v bygge/vi et/d senter/n ./c", ORG="Helse Nordvik") == [
        ("bygge et senter", "Helse Nordvik", "")
    ]


def test_a_noun_phrase_can_propose() -> None:
    text = "Flere/a i/p bransjen/n etterlyser/v raskere/a svar/n om/p priser/n ./c"
    assert actors(text) == [("raskere svar om priser", "Flere i bransjen", "")]


def test_in_a_quote_we_are_the_speaker() -> None:
    text = "–/- Vi/pr må/v bygge/vi flere/a senger/n ,/, sier/v Liv/np Ask/np ./c"
    assert actors(text, PER="Liv Ask") == [("bygge flere senger", "Liv Ask", "")]


def test_whom_the_speaker_tells_to_act_is_the_addressee() -> None:
    text = "-/- Det/d offentlege/a må/v kjøpa/vi inn/p meir/a ,/, seier/v Liv/np Ask/np ./c"
    assert actors(text, PER="Liv Ask") == [("kjøpa inn meir", "Liv Ask", "Det offentlege")]


def test_indirect_speech_proposes_too() -> None:
    text = "Liv/np Ask/np mener/v at/s kommunene/n bør/v ansette/vi flere/a leger/n ./c"
    assert actors(text, PER="Liv Ask") == [("ansette flere leger", "Liv Ask", "kommunene")]


def test_a_pronoun_in_a_report_is_who_reports() -> None:
    text = "Fylkesrådet/n opplyser/v at/s det/pr vil/v opprette/vi et/d ombud/n ./c"
    assert actors(text) == [("opprette et ombud", "Fylkesrådet", "")]


def test_inverted_clauses() -> None:
    text = "Derfor/av foreslår/v utvalget/n å/inf opprette/vi et/d ombud/n ./c"
    assert actors(text) == [("opprette et ombud", "utvalget", "")]


def test_who_proposed_before_in_the_block_proposes_on() -> None:
    text = "Utvalget/n foreslår/v et/d nytt/a register/n ./c Ordningen/n skal/v evalueres/vi ./c"
    assert [proposer for _, proposer, _ in actors(text)] == ["Utvalget", "Utvalget"]


def test_in_a_debate_it_is_who_has_the_floor() -> None:
    text = "Liv/np Ask/np (/- X/np )/- :/c Takk/n ./c ¶ Me/pr vil/v styrkja/vi skulane/n ./c"
    assert actors(text, PER="Liv Ask") == [("styrkja skulane", "Liv Ask", "")]


def test_nobody_is_invented() -> None:
    assert actors("Tilbudet/n skal/v bedres/vi ./c") == [("Tilbudet skal bedres", "", "")]


def test_the_voice_of_a_document_is_who_puts_forward_most_of_it() -> None:
    assert voice_of(["Utvalget", "utvalget", "Utvalget", "Fylket"]) == "Utvalget"
    assert voice_of(["Utvalget", "Fylket"]) == ""
    assert voice_of([]) == ""


def test_a_short_form_means_the_body_named_before() -> None:
    doc = tagged("Kystdepartementet/np svarte/vp ./c Departementet/n vil/v vente/vi ./c", ORG="Kystdepartementet")
    assert Actors(doc).name_of(3, 4) == "Kystdepartementet"
    assert Actors(doc).name_of(0, 1) == "Kystdepartementet"


def test_somebodys_mother_is_not_that_somebody() -> None:
    doc = tagged("Livs/np mor/n svarte/vp ./c", PER="Livs")
    assert Actors(doc).name_of(0, 2) == "Livs mor"


def test_we_and_i_are_no_names() -> None:
    doc = tagged("Vi/pr svarte/vp ./c")
    assert Actors(doc).name_of(0, 1) == ""


def test_nominative() -> None:
    assert nominative("Flertallets") == "Flertallet"
    assert nominative("utvalget") == "utvalget"


def test_an_abbreviation_or_party_in_brackets_does_not_hide_the_subject() -> None:
    text = "Liv/np Ask/np (/- X/np )/- foreslår/v å/inf bygge/vi flere/a senger/n ./c"
    assert actors(text, PER="Liv Ask") == [("bygge flere senger", "Liv Ask", "")]


def test_who_rejects_a_claim_and_proposes_is_not_the_subject_of_the_claim() -> None:
    text = "Liv/np Ask/np sier/v at/s nettet/n er/v dårlig/a ,/, og/k krever/v flere/a senger/n ./c"
    assert actors(text, PER="Liv Ask") == [("flere senger", "Liv Ask", "")]


def test_a_headline_without_a_subject_says_what_the_first_proposer_below_wants() -> None:
    text = "Vil/v bygge/vi flere/a senger/n ¶ Liv/np Ask/np vil/v bygge/vi flere/a senger/n ./c"
    assert [proposer for _, proposer, _ in actors(text, PER="Liv Ask")] == ["Liv Ask", "Liv Ask"]


def test_who_asks_may_stand_after_the_verb() -> None:
    text = "Derfor/av ber/v klyngen/n Fjordrådet/np om/p å/inf bygge/vi et/d senter/n ./c"
    assert actors(text, ORG="Fjordrådet") == [("bygge et senter", "klyngen", "Fjordrådet")]
    text = "No/av bed/v leiar/n Liv/np Ask/np fylket/n om/p å/inf bygge/vi eit/d senter/n ./c"
    assert actors(text, PER="Liv Ask") == [("bygge eit senter", "Liv Ask", "fylket")]


@pytest.mark.parametrize(
    ("text", "proposer"),
    [
        (
            "Der/av går/v administrerende/a direktør/n Liv/np Ask/np inn/p for/p å/inf bygge/vi et/d senter/n ./c",
            "Liv Ask",
        ),
        ("Derfor/av sa/vp Fjordrådet/np torsdag/n kveld/n nei/n til/p å/inf bygge/vi et/d senter/n ./c", "Fjordrådet"),
        ("Der/av foreslår/v utvalget/n også/av å/inf bygge/vi et/d senter/n ./c", "utvalget"),
        ("I/p dag/n tok/vp Liv/np Ask/np til/p orde/n for/p et/d nytt/a senter/n ./c", "Liv Ask"),
    ],
)
def test_who_wants_may_stand_inside_what_says_so(text: str, proposer: str) -> None:
    assert [name for _, name, _ in actors(text, PER="Liv Ask", ORG="Fjordrådet")] == [proposer]


def test_the_cue_is_told_without_what_stands_inside_it() -> None:
    doc = read("Nå/av går/v Liv/np Ask/np inn/p for/p å/inf bygge/vi et/d senter/n ./c", PER="Liv Ask")
    assert [span._.cue for span in doc.spans["measures"]] == ["går inn for"]


def test_who_asks_in_a_second_clause_is_the_subject_of_the_first() -> None:
    text = "Fjordrådet/np avslo/vp søknaden/n og/k ber/v Helse/np Nordvik/np legge/vi fram/p en/d plan/n ./c"
    assert actors(text, ORG="Fjordrådet|Helse Nordvik") == [("legge fram en plan", "Fjordrådet", "Helse Nordvik")]


def test_the_majority_is_the_one_named_before() -> None:
    text = (
        "Et/d flertall/n av/p disse/d ,/, 14/d medlemmer/n ,/, vil/v avvente/vi ./c "
        "Flertallet/n foreslår/v et/d senter/n ./c"
    )
    assert actors(text)[-1][1] == "Et flertall av disse , 14 medlemmer"
    assert actors("Flertallet/n foreslår/v et/d senter/n ./c") == [("et senter", "Flertallet", "")]


def test_the_company_is_the_body_named_last_whose_name_tells_nothing_else() -> None:
    doc = tagged(
        "Fjordverk/np tapte/vp mot/p Målingstilsynet/np ./c Selskapet/n vil/v anke/vi ./c",
        ORG="Fjordverk|Målingstilsynet",
    )
    assert Actors(doc).name_of(5, 6) == "Fjordverk"


def test_whose_proposal_it_is() -> None:
    text = "I/p dag/n behandler/v styret/n Målingstilsynets/np forslag/n om/p å/inf bygge/vi et/d senter/n ./c"
    assert actors(text, ORG="Målingstilsynets")[0][1] == "Målingstilsynet"


def test_above_a_list_the_subject_before_the_verb_proposes() -> None:
    text = "Styret/n i/p Nordlaget/np ber/v direktøren/n om/p å/inf :/c ¶ •/- bygge/vi et/d senter/n ¶ •/- kutte/vi B/n"
    assert {proposer for _, proposer, _ in actors(text, ORG="Nordlaget")} == {"Styret i Nordlaget"}


def test_who_has_asked() -> None:
    text = "Nordlaget/np har/v derfor/av bedt/vpp regjeringen/n om/p å/inf bygge/vi et/d senter/n ./c"
    assert actors(text, ORG="Nordlaget") == [("bygge et senter", "Nordlaget", "regjeringen")]


def test_who_wants_a_thing_may_stand_between_the_verb_and_the_thing() -> None:
    text = "Derfor/av foreslår/v klubben/n en/d ny/a plan/n ./c"
    assert actors(text) == [("en ny plan", "klubben", "")]
    text = "Derfor/av foreslår/v Liv/np Ask/np flere/a senger/n ./c"
    assert actors(text, PER="Liv Ask") == [("flere senger", "Liv Ask", "")]
