"""A source that has nothing new is asked less often, and often again when it has."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from corpus.article import Poll
from corpus.polling import LONGEST_REST, is_due, next_poll

MORNING = datetime(2026, 1, 10, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)


def after(*new: int, found: int = 10) -> Poll:
    poll = None
    for count in new:
        poll = next_poll(poll, "avisa", MORNING, found=found, new=count)
    assert poll is not None
    return poll


def test_a_source_that_was_never_asked_is_due() -> None:
    assert is_due(None, MORNING)


def test_the_rest_grows_with_each_poll_that_finds_nothing_new() -> None:
    rests = [(after(*[0] * times).due_at - MORNING) / HOUR for times in range(1, 10)]
    assert rests == [0, 0, 1, 2, 4, 8, 16, 23, 23]


def test_it_is_never_longer_than_a_day_so_that_a_daily_run_asks_everybody() -> None:
    poll = after(*[0] * 1000)
    assert poll.due_at - MORNING == LONGEST_REST
    assert is_due(poll, MORNING + timedelta(days=1) - timedelta(minutes=5))
    assert not is_due(poll, MORNING + timedelta(hours=22))


def test_much_that_is_new_brings_it_back_at_once_and_little_by_and_by() -> None:
    assert after(*[0] * 8, 5).due_at == MORNING
    assert after(*[0] * 8, 1).due_at - MORNING == 2 * HOUR
    assert after(*[0] * 8, 1, 1).due_at == MORNING
