"""What sites ask of robots is kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from corpus.client import Client
from corpus.connection import Limits
from corpus.errors import FetchError
from corpus.robots import ENOUGH
from tests.corpus.loopback import Reply, Web, html, redirect, serve_web

SITE = "http://avisa.example"


@pytest.fixture
def web() -> Iterator[Web]:
    with serve_web() as web:
        web.pages["avisa.example/sak"] = html("ja")
        yield web


def fetched(client: Client, url: str = f"{SITE}/sak") -> str:
    """``ja``, or the reason why not."""
    try:
        return client.get(url, allow_private=True).content.decode()
    except FetchError as exc:
        return f"{exc.reason} ({'again' if exc.retry else 'final'})"


def robots(text: str | bytes, **headers: str) -> Reply:
    return Reply(body=text.encode() if isinstance(text, str) else text, headers=headers)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("User-agent: *\nDisallow: /sak", "robots.txt (final)"),
        ("User-agent: *\nDisallow: /\nAllow: /sak", "ja"),
        ("User-agent: helseradar\nDisallow: /\n\nUser-agent: *\nAllow: /", "opted out (robots.txt) (final)"),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Helseradar\nAllow: /", "ja"),
        ("User-agent: annenbot\nDisallow: /", "ja"),
        ("\ufeffUser-agent: *\r\nDisallow: /", "robots.txt (final)"),
        ("", "ja"),
        ("<!doctype html><title>Fant ikke siden</title>\nUser-agent: *\nDisallow: /", "ja"),
        (b"\xff\xfe\x00garbage", "ja"),
    ],
)
def test_rules_are_kept(web: Web, text: str | bytes, result: str) -> None:
    web.pages["avisa.example/robots.txt"] = robots(text)
    with web.client() as client:
        assert fetched(client) == result
    assert len(web.asked) == (result == "ja")


def test_rules_reach_addresses_with_norwegian_letters(web: Web) -> None:
    web.pages["avisa.example/robots.txt"] = robots("User-agent: *\nDisallow: /søk")
    with web.client() as client:
        assert fetched(client, f"{SITE}/s%C3%B8k?q=1") == "robots.txt (final)"


@pytest.mark.parametrize(
    ("reply", "result"),
    [
        (Reply(status=404), "ja"),
        (Reply(status=403), "ja"),
        (Reply(status=204), "ja"),
        (redirect("/robots.txt"), "ja"),
        (redirect("javascript:0"), "ja"),
        (Reply(status=500), "robots.txt: HTTP 500 (again)"),
        (Reply(status=429), "robots.txt: HTTP 429 (again)"),
        (Reply(body=b"x" * 2_000_000), "robots.txt: too large (final)"),
    ],
)
def test_a_site_whose_rules_cannot_be_had(web: Web, reply: Reply, result: str) -> None:
    web.pages["avisa.example/robots.txt"] = reply
    with web.client(Limits(bytes=1_000_000)) as client:
        assert fetched(client) == result


def test_rules_after_more_than_enough_are_not_read(web: Web) -> None:
    web.pages["avisa.example/robots.txt"] = robots("#" * ENOUGH + "\nUser-agent: *\nDisallow: /")
    with web.client() as client:
        assert fetched(client) == "ja"


def test_rules_that_never_come_are_hands_off(web: Web) -> None:
    web.pages["avisa.example/robots.txt"] = Reply(send=lambda write: web.stop.wait(30))
    with web.client(Limits(seconds=0.3)) as client:
        assert [fetched(client) for _ in range(3)] == ["robots.txt: timed out (again)"] * 3
    assert len(web.asked_robots) == 1


def test_rules_are_asked_for_once_and_for_each_host(web: Web) -> None:
    web.pages["annen.example/sak"] = html("ja")
    with web.client() as client:
        for url in (f"{SITE}/sak", f"{SITE}/sak", "http://annen.example/sak"):
            assert fetched(client, url) == "ja"
    assert web.asked_robots == ["avisa.example/robots.txt", "annen.example/robots.txt"]


def test_rules_may_stand_behind_a_redirect(web: Web) -> None:
    web.pages["avisa.example/robots.txt"] = redirect("http://www.avisa.example/robots.txt")
    web.pages["www.avisa.example/robots.txt"] = robots("User-agent: *\nDisallow: /sak")
    with web.client() as client:
        assert fetched(client) == "robots.txt (final)"


def test_the_host_that_a_redirect_leads_to_has_its_own_rules(web: Web) -> None:
    web.pages["avisa.example/sak"] = redirect("http://lukket.example/sak")
    web.pages["lukket.example/robots.txt"] = robots("User-agent: *\nDisallow: /")
    with web.client() as client:
        assert fetched(client) == "robots.txt (final)"
    assert web.asked == ["avisa.example/sak"]
