"""A host that labours is given longer; none is asked faster than what is set."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.client import Client
from corpus.pace import Politeness, next_delay
from tests.corpus.loopback import Reply, Web, html


def delays(answers: Sequence[tuple[float, int | None]], least: float = 1.0, most: float = 30.0) -> list[float]:
    pauses, before = [], 0.0
    for took, status_code in answers:
        before = next_delay(before, least=least, most=most, took=took, status_code=status_code)
        pauses.append(before)
    return pauses


def test_a_swift_host_is_given_the_pause_that_is_set() -> None:
    assert delays([(0.1, 200), (0.2, 200), (0.0, 404)]) == [1, 1, 1]


def test_a_slow_host_is_given_more_and_less_again_when_it_recovers() -> None:
    assert delays([(4.0, 200), (0.0, 200), (0.0, 200), (0.0, 200), (0.0, 200)]) == [8, 4, 2, 1, 1]


def test_a_host_that_says_it_is_too_much_is_given_twice_as_much_each_time() -> None:
    assert delays([(0.1, 429), (0.1, 503), (0.1, 429)], least=2) == [4, 8, 16]


def test_no_pause_is_longer_than_the_longest() -> None:
    assert delays([(20.0, None), (20.0, 503), (20.0, 429)], most=30) == [30, 30, 30]
    assert delays([(0.1, 200)], least=60, most=30) == [60], "never below what is set"


def test_where_no_pause_is_set_there_is_none() -> None:
    assert delays([(5.0, 503), (5.0, None)], least=0) == [0, 0]


class Clock:
    """Time that passes in sleep, and by two seconds with each answer."""

    def __init__(self) -> None:
        self.time, self.slept = 0.0, [0.0]

    def __call__(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


def test_the_client_waits_longer_for_a_host_that_labours(web: Web) -> None:
    clock = Clock()

    def slowly(request: object) -> Reply:
        clock.time += 3
        return html("ja")

    web.pages["avisa.example/treg"] = slowly
    web.pages["avisa.example/rask"] = html("ja")
    web.pages["avisa.example/travel"] = [Reply(status=503), html("ja")]
    politeness = Politeness(delay_seconds=1, retry_seconds=0)
    with Client("Helseradar/0.1", politeness, resolve=web.resolve, clock=clock, sleep=clock.sleep) as client:
        for path in ("treg", "rask", "rask", "travel", "rask"):
            client.get(f"http://avisa.example/{path}", allow_private=True)
    waits = [seconds for seconds in clock.slept if seconds]
    assert waits == [1, 6, 3, 1.5, 3, 1.5], (
        "after robots.txt, the slow one, two swift ones, the busy one, and its answer"
    )
