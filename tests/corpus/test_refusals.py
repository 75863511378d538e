"""Pages that say they are none are told from articles that speak of errors."""

from __future__ import annotations

import pytest

from corpus.refusals import ERROR_PAGE, LOGIN_PAGE, NOT_FOUND_PAGE, refusal, sent_to_login


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("404", NOT_FOUND_PAGE),
        ("Feil 404 – siden finnes ikke", NOT_FOUND_PAGE),
        ("Beklager, vi fant ikke siden du leter etter", NOT_FOUND_PAGE),
        ("Sida finst ikkje lenger", NOT_FOUND_PAGE),
        ("Artikkelen ble ikke funnet", NOT_FOUND_PAGE),
        ("Page not found", NOT_FOUND_PAGE),
        ("The page you requested could not be found.", NOT_FOUND_PAGE),
        ("500 Internal Server Error", ERROR_PAGE),
        ("En teknisk feil har oppstått", ERROR_PAGE),
        ("Noe gikk galt!", ERROR_PAGE),
        ("Access denied", ERROR_PAGE),
        ("Logg inn", LOGIN_PAGE),
        ("404 smittede i Fjordbyen", None),
        ("500 nye sykehjemsplasser i Fjordbyen", None),
        ("Teknisk feil stengte akuttmottaket i Fjordbyen", None),
        ("Siden 2018 er ikke ett sykehjem bygget", None),
        ("Legene fant ikke årsaken", None),
        ("Innholdet er ikke tilpasset pasientene", None),
        ("Logg inn med BankID på alle sykehus, krever forbundet", None),
        ("Vedlikehold av sykehus er utsatt", None),
    ],
)
def test_only_a_whole_title_refuses(title: str, reason: str | None) -> None:
    assert refusal(["Avisa", title]) == reason


@pytest.mark.parametrize(
    ("asked", "got", "is_login"),
    [
        ("http://avisa.example/sak", "http://avisa.example/konto/logg-inn?r=%2Fsak", True),
        ("http://avisa.example/sak", "https://auth.avisa.example/oauth", True),
        ("http://avisa.example/sak", "http://avisa.example/ny-sak", False),
        ("http://avisa.example/login", "http://avisa.example/login/", False),
        ("http://avisa.example/tema/logg-inn-feil", "http://avisa.example/nytt/logg-inn-feil", False),
    ],
)
def test_redirects_to_a_login_are_told(asked: str, got: str, is_login: bool) -> None:
    assert sent_to_login(asked, got) is is_login
