"""Quotes by rule, on hand-tagged blocks: dashes, marks, tags, reports, and who speaks."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from tests.nlp.tagged import RULES, read


def quotes(doc: Doc) -> list[tuple[str, str, str]]:
    return [(span._.kind, span.text, span._.speaker) for span in doc.spans["quotes"]]


@pytest.mark.parametrize("dash", ["-", "–", "—"])
def test_a_dash_opens_a_quote_that_ends_at_its_tag(dash: str) -> None:
    doc = read(
        f"{dash}/- Dette/pr er/v bra/a ./c Vi/pr er/v glade/a ,/, sier/v Liv/np Ask/np ./c Det/pr regnet/vp ./c",
        PER="Liv Ask",
    )
    assert quotes(doc) == [("direct", "Dette er bra . Vi er glade", "Liv Ask")]


def test_nynorsk_tags_and_roles() -> None:
    doc = read(
        "-/- Vi/pr ventar/v ,/, seier/v dagleg/a leiar/n Odd/np Vik/np i/p Fjordhelse/np ./c",
        PER="Odd Vik",
        ORG="Fjordhelse",
    )
    assert quotes(doc) == [("direct", "Vi ventar", "Odd Vik")]


def test_a_tag_in_the_middle_cuts_a_quote_in_two() -> None:
    doc = read("–/- Vi/pr er/v klare/a ,/, sier/v Liv/np Ask/np ,/, og/k vi/pr har/v god/a tid/n ./c", PER="Liv Ask")
    assert quotes(doc) == [("direct", "Vi er klare", "Liv Ask"), ("direct", "og vi har god tid .", "Liv Ask")]


def test_after_a_tag_the_narrator_goes_on_unless_somebody_says_we() -> None:
    text = "–/- Det/pr er/v bra/a ,/, sier/v Liv/np Ask/np ./c {}/pr er/v klare/a nå/av ./c"
    assert len(quotes(read(text.format("Vi"), PER="Liv Ask"))) == 2
    assert len(quotes(read(text.format("De"), PER="Liv Ask"))) == 1


def test_the_next_dash_block_is_still_the_same_speaker() -> None:
    doc = read(
        "–/- Vi/pr er/v klare/a ,/, sier/v Liv/np Ask/np ./c ¶ –/- Dette/pr har/v tatt/vpp tid/n ./c", PER="Liv Ask"
    )
    assert [speaker for _, _, speaker in quotes(doc)] == ["Liv Ask", "Liv Ask"]


def test_a_question_in_an_interview_is_nobodys_and_the_answer_is_theirs() -> None:
    doc = read(
        "–/- Vi/pr er/v klare/a ,/, sier/v Liv/np Ask/np ./c ¶ –/- Når/s åpner/v dere/pr ?/c"
        " ¶ –/- Det/pr blir/v i/p mai/n ./c",
        PER="Liv Ask",
    )
    assert [speaker for _, _, speaker in quotes(doc)] == ["Liv Ask", "", "Liv Ask"]


def test_a_headline_in_quotes_is_who_speaks_next() -> None:
    doc = read("–/- For/av dårlig/a ¶ –/- Dette/pr er/v for/av dårlig/a ,/, mener/v Liv/np Ask/np ./c", PER="Liv Ask")
    assert quotes(doc)[0] == ("direct", "For dårlig", "Liv Ask")


def test_the_block_before_announces_who_speaks() -> None:
    doc = read(
        "Lederen/n i/p Fjordhelse/np understreker/v dette/pr :/c ¶ –/- Vi/pr er/v klare/a ,/, sier/v hun/pr ./c",
        ORG="Fjordhelse",
    )
    assert quotes(doc)[-1][2] == "Lederen i Fjordhelse"


@pytest.mark.parametrize(("opening", "closing"), [("«", "»"), ("“", "”"), ('"', '"')])
def test_quotation_marks_with_somebody_who_says_it(opening: str, closing: str) -> None:
    doc = read(f"Liv/np Ask/np sier/v :/c {opening}/q Vi/pr er/v klare/a nå/av {closing}/q ./c", PER="Liv Ask")
    assert ("direct", "Vi er klare nå", "Liv Ask") in quotes(doc)


def test_titles_and_scare_quotes_are_none() -> None:
    assert quotes(read("Rapporten/n «/q Helse/n nå/av »/q kom/vp i/p mai/n ./c")) == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Liv/np Ask/np mener/v at/s planen/n er/v god/a ./c", "planen er god"),
        ("Liv/np Ask/np meiner/v planen/n er/v god/a ./c", "planen er god"),
        ("Ifølge/p Liv/np Ask/np er/v planen/n god/a ./c", "er planen god"),
        ("Derfor/av opplyser/v Liv/np Ask/np at/s planen/n er/v god/a ./c", "planen er god"),
        (
            "Liv/np Ask/np seier/v at/s planen/n er/v god/a ,/, og/k at/s alle/d er/v glade/a ./c",
            "planen er god , og at alle er glade",
        ),
    ],
)
def test_indirect_speech(text: str, content: str) -> None:
    assert quotes(read(text, PER="Liv Ask")) == [("indirect", content, "Liv Ask")]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Planen/n er/v god/a ,/, mener/v Liv/np Ask/np ./c", "Planen er god"),
        ("Planen/n er/v god/a ,/, opplyser/v Liv/np Ask/np til/p Måleposten/np ./c", "Planen er god"),
        ("Nytt/a :/c Planen/n er/v god/a ,/, skriv/v Liv/np Ask/np ./c", "Planen er god"),
        ("Planen/n er/v god/a ,/, ifølge/p Liv/np Ask/np ./c", "Planen er god"),
        ("I/p følgje/n Liv/np Ask/np er/v planen/n god/a ./c", "er planen god"),
        ("Liv/np Ask/np ,/, som/s mener/v at/s planen/n er/v god/a ,/, gikk/vp ./c", "planen er god"),
        ("Liv/np Ask/np har/v sagt/vpp at/s planen/n er/v god/a ./c", "planen er god"),
        ("Liv/np Ask/np vil/v understreke/vi at/s planen/n er/v god/a ./c", "planen er god"),
        ("Liv/np Ask/np går/v ut/p fra/p at/s planen/n er/v god/a ./c", "planen er god"),
        ("Liv/np Ask/np gjev/v uttrykk/n for/p at/s planen/n er/v god/a ./c", "planen er god"),
    ],
)
def test_the_content_stands_first_or_the_report_has_several_verbs(text: str, content: str) -> None:
    assert quotes(read(text, PER="Liv Ask")) == [("indirect", content, "Liv Ask")]


@pytest.mark.parametrize("text", ["I/p rapporten/n står/v det/pr at/s planen/n er/v god/a ./c"])
def test_what_a_document_says(text: str) -> None:
    assert quotes(read(text)) == [("indirect", "planen er god", "rapporten")]


SAYS = "–/- Vi/pr er/v klare/a ,/, sier/v Liv/np Ask/np ./c ¶ "


def test_a_name_inside_the_quote_is_not_who_says_it() -> None:
    doc = read(
        SAYS + "Planen/n er/v ny/a ./c ¶ –/- Eli/np Vik/np har/v laget/vpp den/pr ,/, sier/v hun/pr ./c",
        PER="Liv Ask|Eli Vik",
    )
    assert quotes(doc)[-1] == ("direct", "Eli Vik har laget den", "Liv Ask")


def test_hun_is_whom_the_narrator_tells_of_since() -> None:
    doc = read(
        SAYS + "Eli/np Vik/np leder/v arbeidet/n med/p Liv/np Ask/np ./c ¶ –/- Det/pr haster/v ,/, sier/v hun/pr ./c",
        PER="Liv Ask|Eli Vik",
    )
    assert quotes(doc)[-1] == ("direct", "Det haster", "Eli Vik")


def test_a_quote_without_a_tag_is_whom_the_narrator_tells_of_since() -> None:
    doc = read(SAYS + "Eli/np Vik/np er/v uenig/a ./c ¶ –/- Det/pr haster/v nå/av ./c", PER="Liv Ask|Eli Vik")
    assert quotes(doc)[-1] == ("direct", "Det haster nå .", "Eli Vik")


@pytest.mark.parametrize("noun", ["avdelingslederen", "seksjonsleiaren", "31-åringen"])
def test_an_office_that_the_text_gives_nobody_is_the_person_spoken_of(noun: str) -> None:
    doc = read(SAYS + f"–/- Det/pr haster/v nå/av ,/, sier/v {noun}/n ./c", PER="Liv Ask")
    assert quotes(doc)[-1] == ("direct", "Det haster nå", "Liv Ask")


def test_an_office_that_is_not_theirs_is_somebody_else() -> None:
    text = "Overlege/n " + SAYS + "–/- Det/pr haster/v nå/av ,/, sier/v rektoren/n ./c"
    doc = read(text.replace("sier/v Liv", "sier/v overlege/n Liv"), PER="Liv Ask")
    assert quotes(doc)[-1][2] == "rektoren"


def test_who_asks_and_says_i_is_no_interviewer() -> None:
    doc = read(SAYS + "–/- Hvem/pr skulle/vp jeg/pr ringe/vi ?/c", PER="Liv Ask")
    assert quotes(doc)[-1][2] == "Liv Ask"


def test_the_sentence_before_that_somebody_opplyser() -> None:
    doc = read("Planen/n er/v god/a ./c Det/pr opplyser/v Liv/np Ask/np til/p Måleposten/np ./c", PER="Liv Ask")
    assert quotes(doc) == [("indirect", "Planen er god", "Liv Ask")]


def test_de_is_the_body_named_last() -> None:
    doc = read("Fjordhelse/np har/v en/d plan/n ./c De/pr sier/v at/s planen/n er/v god/a ./c", ORG="Fjordhelse")
    assert quotes(doc) == [("indirect", "planen er god", "Fjordhelse")]


def test_who_is_told_is_not_who_says_it() -> None:
    doc = read("I/p går/av fortalte/vp naboen/n til/p Liv/np Ask/np at/s planen/n er/v god/a ./c", PER="Liv Ask")
    assert quotes(doc) == [("indirect", "planen er god", "naboen")]


def test_what_the_narrator_sets_against_a_report_is_not_reported() -> None:
    doc = read(
        "Liv/np Ask/np mener/v at/s planen/n er/v god/a ,/, selv/av om/s hun/pr ser/v problemer/n ./c", PER="Liv Ask"
    )
    assert quotes(doc) == [("indirect", "planen er god", "Liv Ask")]


def test_a_subject_with_an_apposition() -> None:
    doc = read("Liv/np Ask/np ,/, leder/n i/p Fjordhelse/np ,/, sier/v planen/n er/v god/a ./c", PER="Liv Ask")
    assert quotes(doc) == [("indirect", "planen er god", "Liv Ask")]


def test_a_second_report_of_one_subject() -> None:
    doc = read("Liv/np Ask/np kritiserer/v planen/n ,/, og/k mener/v at/s tida/n er/v inne/av ./c", PER="Liv Ask")
    assert quotes(doc) == [("indirect", "tida er inne", "Liv Ask")]


def test_what_the_narrator_thinks_is_no_quote() -> None:
    assert quotes(read("Jeg/pr mener/v at/s planen/n er/v god/a ./c")) == []


def test_who_answers_is_the_person_interviewed_not_a_body_that_the_question_tells_of() -> None:
    text = SAYS + "Landsmøtet/n krever/v at/s planen/n er/v god/a ./c ¶ –/- Det/pr er/v den/pr ikke/av ./c"
    assert quotes(read(text, PER="Liv Ask"))[-1] == ("direct", "Det er den ikke .", "Liv Ask")


def test_a_place_may_stand_between_a_report_and_its_at() -> None:
    doc = read("Liv/np Ask/np sa/vp i/p Stortinget/np at/s planen/n er/v god/a ./c", PER="Liv Ask", ORG="Stortinget")
    assert quotes(doc) == [("indirect", "planen er god", "Liv Ask")]


def test_many_dashes_in_a_row_without_a_speaker_are_a_list() -> None:
    assert quotes(read(" ¶ ".join(["–/- Vi/pr vil/v styrke/vi skolen/n ./c"] * 5))) == []


def test_odd_texts_are_read_and_offsets_hold() -> None:
    for text in ("", "-", "–\n\n–\n\n-", "«" * 50, "• \n• \n•", "\u0000 \u200b 😀", "sier hun", "- ,"):
        doc = RULES(text)
        for span in doc.spans["quotes"]:
            assert doc.text[span.start_char : span.end_char] == span.text
