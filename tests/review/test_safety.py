"""What the app does with hostile articles, hostile pages elsewhere, and addresses that make no sense."""

from __future__ import annotations

import httpx
import pytest

from review.headers import SAFE_HEADERS
from tests.review.newsroom import HOSTILE_NAME, HOSTILE_TITLE
from tests.review.pages import link, page, text_of, texts


def every_page(site: httpx.Client) -> list[str]:
    front, actors = page(site, "/"), page(site, "/actors")
    return [
        "/",
        "/actors",
        "/trends/proposers",
        "/trends/people",
        link(front, "<script>"),
        link(actors, HOSTILE_NAME),
        front.xpath("//article[.//mark/text()='<b>stenge</b> & rive']//a[contains(@href, '/measures/')]/@href")[0],
    ]


def test_markup_in_articles_stays_text(site: httpx.Client) -> None:
    for address in every_page(site):
        root = page(site, address)
        assert not root.xpath("//script | //i | //b | //main//img[not(starts-with(@src, '/'))]"), address
        assert not root.xpath("//@*[starts-with(name(), 'on')]"), address
    assert HOSTILE_TITLE in texts(page(site, "/"), "//article//a")
    assert HOSTILE_TITLE in texts(page(site, every_page(site)[4]), "//h1")


def test_only_web_addresses_can_be_followed(site: httpx.Client) -> None:
    for address in every_page(site):
        for target in page(site, address).xpath("//@href"):
            assert target.startswith(("/", "#", "http://", "https://")), (address, target)


def test_nothing_is_loaded_from_elsewhere(site: httpx.Client) -> None:
    for address in every_page(site):
        root = page(site, address)
        assert all(str(source).startswith("/") for source in root.xpath("//@src | //@srcset | //link/@href")), address
        assert not root.xpath("//@style | //style"), address  # the policy would refuse them


@pytest.mark.parametrize("address", ["/", "/nothing-here", "/?page=0", "/static/review.css", "/trends/people.csv"])
def test_every_answer_carries_the_policy(site: httpx.Client, address: str) -> None:
    answer = site.get(address)
    assert {name: answer.headers[name] for name in SAFE_HEADERS} == SAFE_HEADERS
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "server" not in answer.headers


def test_another_name_for_this_machine_is_turned_away(site: httpx.Client) -> None:
    port = site.base_url.port
    assert site.get("/", headers={"Host": f"helse.example:{port}"}).status_code == 400
    assert site.get("/", headers={"Host": f"localhost:{port}"}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_sent(site: httpx.Client, method: str) -> None:
    answer = site.request(method, "/")
    assert answer.status_code == 405
    assert "Her kan du bare lese" in answer.text


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("/?page=x", "Side: «x» kan ikke brukes. Bruk et helt tall fra 1."),
        ("/?page=-1", "Side: «-1» kan ikke brukes. Bruk et helt tall fra 1."),
        ("/?page=99999999999999999999", "Bruk et helt tall fra 1."),
        ("/?since=igår", "Fra og med: «igår» kan ikke brukes. Bruk en dato som 2026-03-31."),
        ("/?modality=<b>", "Type: «<b>» kan ikke brukes. Bruk en av disse: proposed, demanded"),
        ("/actors?kind=robot", "Bruk en av disse: person, organisation."),
        ("/trends/people?grain=day", "Tidsenhet: «day» kan ikke brukes. Bruk en av disse: month, week."),
        ("/trends/people.svg?width=9000", "Bredde: «9000» kan ikke brukes."),
        ("/?text=" + "x" * 201, "Bruk høyst 200 tegn."),
    ],
)
def test_a_parameter_that_cannot_be_used_gets_one_line(site: httpx.Client, address: str, line: str) -> None:
    told = page(site, address, status=400)
    assert texts(told, "//h1") == ["Kan ikke bruke adressen"]
    assert line in texts(told, "//p[@class='lead']")[0]


@pytest.mark.parametrize(
    "address",
    [
        "/nope",
        "/measures/0000000000000000",
        "/measures/' or 1=1 --",
        "/articles/x",
        "/actors/x",
        "/actors/x.svg",
        "/trends/everything",
        "/trends/everything.csv",
        "/static/../app.py",
        "/static/nothing.css",
    ],
)
def test_what_is_not_there_is_said_in_one_line(site: httpx.Client, address: str) -> None:
    assert texts(page(site, address, status=404), "//h1") == ["Fant ikke siden"]


@pytest.mark.parametrize("address", ["/", "/actors", "/trends/people", "/measures/x", "/trends/people.svg"])
def test_before_anything_is_published_the_page_names_the_command(empty_site: httpx.Client, address: str) -> None:
    told = page(empty_site, address, status=503)
    assert texts(told, "//h1") == ["Ingenting er publisert ennå"]
    assert texts(told, "//main//code") == [
        "helseradar run",
        "helseradar demo",
        "helseradar review --data demo-data",
    ]
    assert empty_site.get("/static/review.css").status_code == 200


def test_a_nul_or_a_quote_in_a_search_is_only_a_search(site: httpx.Client) -> None:
    for asked in ("\0", "'; drop table measures; --", "%", "_", "\\", "🚤"):
        assert "tiltak passer" in text_of(page(site, str(httpx.URL("/", params={"text": asked + " natt"}))))
