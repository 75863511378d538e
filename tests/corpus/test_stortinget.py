"""Stortinget's open data: each export, and what the service does not say of itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from corpus.article import Article, Fetch
from tests.corpus.collecting import outcomes
from tests.corpus.loopback import Reply, Web, html
from tests.corpus.stored import STORED, Case

FOLDER = STORED / "stortinget"
CASES = "kilde.example/eksport/saker?sesjonid=2025-2026&format=json"


def articles(case: Case) -> list[Article]:
    return [item.article for item in case.run() if isinstance(item, Fetch) and item.article]


def test_an_answer_that_differs_only_in_when_it_was_made_is_nothing_new(web: Web) -> None:
    case = Case("stortinget", web)
    case.run()
    before = web.pages[CASES]
    assert isinstance(before, Reply)
    web.pages[CASES] = Reply(body=before.body.replace(b"/Date(176", b"/Date(177", 1), headers=before.headers)
    assert before.body != web.pages[CASES].body
    assert case.run() == []
    assert web.asked == [CASES]


def test_questions_are_asked_for_with_and_without_answer_and_filtered_here(web: Web) -> None:
    case = Case("stortinget", web, export="skriftligesporsmal", ministers=["helse"])
    listed = "/eksport/skriftligesporsmal?sesjonid=2025-2026&format=json&status=alle"
    case.answer(listed, FOLDER / "sporsmal.json")
    case.answer("/eksport/enkeltsporsmal?NSporsmalId=71&format=json", FOLDER / "sporsmal-71.json")
    (article,) = articles(case)
    assert (article.title, article.byline) == ("Om jordmødre i distriktene", ("Turid Vassnes",))
    assert article.canonical_url.endswith("/Skriftlig-sporsmal/?qid=71")
    assert str(article.published_on) == "2026-01-07"
    assert article.text.split("\n\n")[1:] == [
        "Spørsmål fra Turid Vassnes",
        "Vil statsråden sørge for at kommunene får dekket to nye jordmorstillinger?",
        "Begrunnelse",
        "Fjordby kommune har stått uten jordmor siden i høst.",
    ]


def test_letters_to_hearings_are_asked_for_once_a_day_while_more_may_come(web: Web) -> None:
    case = Case("stortinget", web, export="horinger")
    letters = "/eksport/horingsinnspill?horingid={}&format=json"
    hearings = "/eksport/horinger?sesjonid=2025-2026&format=json"
    case.answer(hearings, FOLDER / "horinger.json")
    case.answer(letters.format(501), FOLDER / "innspill-501.json")
    web.pages["kilde.example" + letters.format(502)] = Reply(status=500)  # the service's way to say that there is none
    items = case.run()
    assert outcomes(items) == {
        letters.format(501) + "&id=11": "saved",
        letters.format(502): "skipped: nothing there yet",
    }
    article = next(item.article for item in items if isinstance(item, Fetch) and item.article)
    assert (article.byline, str(article.published_on)) == (("Fjordby pasientforening",), "2026-01-04")
    assert article.text.endswith("Vi ber komiteen sikre penger til fast mannskap.\n\n• To båter i nord")
    assert case.run() == []
    assert web.asked == ["kilde.example" + hearings]
    tomorrow = (FOLDER / "horinger.json").read_bytes().replace(b"/Date(1768024800000+0100)/", b"2026-01-11T07:00:00Z")
    web.pages["kilde.example" + hearings] = Reply(body=tomorrow, headers={"Content-Type": "application/json"})
    assert outcomes(case.run()) == {letters.format(502): "skipped: nothing there yet"}


def test_decisions(web: Web) -> None:
    case = Case("stortinget", web, export="stortingsvedtak")
    case.answer("/eksport/stortingsvedtak?sesjonid=2025-2026&format=json", FOLDER / "vedtak.json")
    (article,) = articles(case)
    assert (article.title, article.section) == ("Fast mannskap på ambulansebåter", "Stortingsvedtak")
    assert str(article.published_at) == "2026-01-08 15:20:00+00:00"


def test_an_error_that_comes_as_a_web_page_is_tried_again(web: Web) -> None:
    case = Case("stortinget", web)
    detail = "kilde.example/eksport/sak?sakid=901&format=json"
    good, web.pages[detail] = web.pages[detail], html("<h1>Feil</h1>")
    assert list(outcomes(case.run()).values()) == ["failed: a web page instead of the answer"]
    web.pages[detail] = good
    assert list(outcomes(case.run()).values()) == ["saved"]


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(status=500), "HTTP 500"),
        (html("<h1>Feil</h1>"), "not an export of Stortinget"),
        (Reply(body=b"<saker_oversikt/>", headers={"Content-Type": "text/xml"}), "not JSON"),
        (Reply(body=b'{"sporsmal_liste": []}', headers={"Content-Type": "application/json"}), "not an export"),
    ],
)
def test_an_export_that_fails_is_a_failure(web: Web, reply: Reply, reason: str) -> None:
    case = Case("stortinget", web)
    web.pages[CASES] = reply
    (result,) = outcomes(case.run()).values()
    assert result.startswith(f"failed: {reason}")


def test_a_case_that_was_updated_is_read_again(web: Web) -> None:
    case = Case("stortinget", web)
    case.run()
    case.clock.time += timedelta(days=2)
    web.pages[CASES] = Reply(
        body=(FOLDER / "saker.json").read_bytes().replace(b"/Date(1767956400000+0100)/", b"2026-01-11T10:00:00"),
        headers={"Content-Type": "application/json"},
    )
    assert list(outcomes(case.run()).values()) == ["unchanged"]
    assert web.asked[1:] == ["kilde.example/eksport/sak?sakid=901&format=json"]


def test_the_parliamentary_year_begins_in_october(web: Web) -> None:
    case = Case("stortinget", web, session="2023-2024")
    case.run()
    assert web.asked == ["kilde.example/eksport/saker?sesjonid=2023-2024&format=json"] * 1


def test_what_no_database_takes_is_left_out(web: Web) -> None:
    case = Case("stortinget", web)
    body = b'{"id": 901, "tittel": "Om\\u0000 helse\\ud83d\\nog omsorg", "vedtakstekst": "Vedtatt.\\udc00"}'
    web.pages["kilde.example/eksport/sak?sakid=901&format=json"] = Reply(
        body=body, headers={"Content-Type": "application/json"}
    )
    (article,) = articles(case)
    assert article.text == "Om helse? og omsorg\n\nVedtak\n\nVedtatt.?"


@pytest.mark.parametrize("value", ["[]", "{}", "7", "true", '""', "[[]]", '{"a": [1]}', "1e999"])
def test_values_of_any_kind_anywhere_crash_nothing(web: Web, value: str) -> None:
    case = Case("stortinget", web, topics=["Helse"])
    keys = ("tittel", "komite", "emne_liste", "sist_oppdatert_dato", "sak_opphav", "saksgang", "vedtakstekst")
    others = ", ".join(f'"{key}": {value}' for key in keys)
    as_json = {"Content-Type": "application/json"}
    topics = '[{"navn": "Helse"}]'
    web.pages[CASES] = Reply(
        body=f'{{"saker_liste": [{value}, {{"id": {value}, {others}}}, {{{others}, "id": 901, "emne_liste": {topics}, '
        '"komite": {"id": "HELSEOMSORG"}}]}'.encode(),
        headers=as_json,
    )
    web.pages["kilde.example/eksport/sak?sakid=901&format=json"] = Reply(
        body=f'{{"id": 901, {others}}}'.encode(), headers=as_json
    )
    assert "/eksport/sak?sakid=901&format=json" in outcomes(case.run())
