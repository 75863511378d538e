"""How often a host is asked: pauses, what a site asks for, one connection."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from corpus.client import Client
from corpus.errors import FetchError
from corpus.pace import Politeness
from tests.corpus.loopback import Reply, Web, html, serve_web

SITE = "http://avisa.example"


@pytest.fixture
def web() -> Iterator[Web]:
    with serve_web() as web:
        yield web


class Clock:
    """Time that passes only in sleep."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


def polite(web: Web, clock: Clock, politeness: Politeness) -> Client:
    return Client("Helseradar/0.1", politeness, resolve=web.resolve, clock=clock, sleep=clock.sleep)


def test_there_is_a_pause_between_two_requests_to_a_host_only(web: Web) -> None:
    web.pages["avisa.example/1"] = web.pages["annen.example/1"] = html("ja")
    clock = Clock()
    with polite(web, clock, Politeness(delay_seconds=2)) as client:
        client.get(f"{SITE}/1", allow_private=True)
        assert clock.slept == [2], "after robots.txt"
        client.get("http://annen.example/1", allow_private=True)
        client.get(f"{SITE}/1", allow_private=True)
    assert clock.slept == [2, 2], "the other host has had its pause while the first one waited"


def test_the_delay_that_a_site_asks_for_is_kept(web: Web) -> None:
    web.pages["avisa.example/robots.txt"] = Reply(body=b"User-agent: *\nCrawl-delay: 7\n")
    web.pages["avisa.example/1"] = html("ja")
    clock = Clock()
    with polite(web, clock, Politeness(delay_seconds=1)) as client:
        for _ in range(3):
            client.get(f"{SITE}/1", allow_private=True)
    assert clock.slept[1:] == [7, 7]


def test_a_site_that_asks_to_wait_a_little_is_waited_for(web: Web) -> None:
    web.pages["avisa.example/1"] = [Reply(status=503, headers={"Retry-After": "12"}), html("ja")]
    clock = Clock()
    with polite(web, clock, Politeness(delay_seconds=0, retry_seconds=1)) as client:
        assert client.get(f"{SITE}/1", allow_private=True).content == b"ja"
    assert sum(clock.slept) == 12


@pytest.mark.parametrize("asked", ["3600", format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)])
def test_a_site_that_asks_to_wait_long_is_left_alone(web: Web, asked: str) -> None:
    web.pages["avisa.example/1"] = Reply(status=429, headers={"Retry-After": asked})
    clock = Clock()
    with polite(web, clock, Politeness(delay_seconds=0)) as client:
        for _ in range(2):
            with pytest.raises(FetchError) as caught:
                client.get(f"{SITE}/1", allow_private=True)
            assert caught.value.retry
    assert len(web.asked) == 1
    assert caught.value.reason == "asked to wait"


def test_several_threads_share_one_connection_to_a_host(web: Web) -> None:
    web.pages["avisa.example/1"] = html("ja")
    with web.client() as client:
        threads = [threading.Thread(target=lambda: client.get(f"{SITE}/1", allow_private=True)) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (len(web.asked), len(web.asked_robots), len(web.connections)) == (5, 1, 1)
