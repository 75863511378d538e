"""Dates are read as Norwegians and their machines write them; what is not written is not guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from corpus.dates import Moment, at_instant, date_in_url, read_moment, settle

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = date(2024, 4, 24)


def instant(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("written", "day", "at"),
    [
        ("Publisert 24.04.2024 08:12", DAY, instant(2024, 4, 24, 6, 12)),
        ("24.04.2024 - 08:12", DAY, instant(2024, 4, 24, 6, 12)),
        ("Publisert 24. april 2024", DAY, None),
        ("onsdag 24. april 2024 kl. 08.12", DAY, instant(2024, 4, 24, 6, 12)),
        ("24.april 2024, klokka 08:12", DAY, instant(2024, 4, 24, 6, 12)),
        ("Sist endra 1. mars 2024 klokka 23.30", date(2024, 3, 1), instant(2024, 3, 1, 22, 30)),
        ("3. okt. 2023", date(2023, 10, 3), None),
        ("9. DESEMBER 2023", date(2023, 12, 9), None),
        ("24.4.24", DAY, None),
        ("24/4-2024", DAY, None),
        ("April 24, 2024", DAY, None),
        ("24 May 2024 at 10:05", date(2024, 5, 24), instant(2024, 5, 24, 8, 5)),
        ("2024-04-24", DAY, None),
        ("2024-04-24T08:12:30+02:00", DAY, instant(2024, 4, 24, 6, 12, 30)),
        ("2024-04-24T06:12:00.000Z", DAY, instant(2024, 4, 24, 6, 12)),
        ("2024-04-24 08:12", DAY, instant(2024, 4, 24, 6, 12)),
        ("2024-01-24T08:12:00", date(2024, 1, 24), instant(2024, 1, 24, 7, 12)),
        ("Wed, 24 Apr 2024 08:12:00 +0200", DAY, instant(2024, 4, 24, 6, 12)),
        ("Wed, 24 Apr 2024 06:12:00 GMT", DAY, instant(2024, 4, 24, 6, 12)),
        ("2024-04-23T23:30:00Z", DAY, instant(2024, 4, 23, 23, 30)),
    ],
)
def test_a_written_date_is_read(written: str, day: date, at: datetime | None) -> None:
    assert read_moment(written) == Moment(day, at)


@pytest.mark.parametrize("midnight", ["2024-04-24T00:00:00+02:00", "2024-04-24T00:00:00Z", "2024-04-23T22:00:00Z"])
def test_midnight_is_a_day_without_a_time(midnight: str) -> None:
    assert read_moment(midnight) == Moment(DAY)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "i dag",
        "april 2024",
        "24. april",
        "Publisert",
        "31.02.2024",
        "2024-13-40",
        "04/24/2024",
        "versjon 1.2.3.4",
        "kl. 08:12",
    ],
)
def test_what_is_no_day_gives_nothing(written: str) -> None:
    assert read_moment(written) is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://avisa.example/2024/04/24/sak/", DAY),
        ("https://avisa.example/nyheter/2024/4/24/sak", DAY),
        ("https://avisa.example/2024-04-24-sak", DAY),
        ("https://avisa.example/2024/04/sak", None),
        ("https://avisa.example/2024/13/44/sak", None),
        ("https://avisa.example/sak/20240424", None),
    ],
)
def test_an_address_may_name_the_day(url: str, day: date | None) -> None:
    assert date_in_url(url) == (Moment(day) if day else None)


def test_the_first_possible_place_wins_and_is_named() -> None:
    dates = settle(
        [("json-ld", Moment(date(1970, 1, 1))), ("meta", Moment(date(2031, 1, 1))), ("time", Moment(DAY))],
        [],
        fetched_at=NOW,
    )
    assert (dates.published_on, dates.published_at, dates.published_from) == (DAY, None, "time")


def test_a_later_place_adds_the_time_of_day_of_the_same_day_only() -> None:
    exact = instant(2024, 4, 24, 6, 12)
    same = settle([("json-ld", Moment(DAY)), ("text", at_instant(exact))], [], fetched_at=NOW)
    assert (same.published_at, same.published_from) == (exact, "json-ld")
    other = settle([("json-ld", Moment(DAY)), ("text", at_instant(exact + timedelta(days=1)))], [], fetched_at=NOW)
    assert (other.published_on, other.published_at) == (DAY, None)


def test_nothing_is_published_after_it_was_read_or_at_that_very_moment() -> None:
    later_today = settle([("meta", at_instant(NOW + timedelta(hours=2)))], [], fetched_at=NOW)
    assert later_today.published_on is None
    stamped_by_the_server = settle([("json-ld", at_instant(NOW - timedelta(seconds=1)))], [], fetched_at=NOW)
    assert stamped_by_the_server.published_on is None
    this_morning = settle([("json-ld", at_instant(NOW - timedelta(hours=5)))], [], fetched_at=NOW)
    assert this_morning.published_on == date(2026, 11, 22)


def test_a_change_has_a_time_and_does_not_precede_publication() -> None:
    changes = [Moment(date(2024, 4, 25)), at_instant(instant(2024, 4, 1, 9)), at_instant(instant(2024, 4, 26, 9))]
    dates = settle([("meta", Moment(DAY))], changes, fetched_at=NOW)
    assert dates.modified_at == instant(2024, 4, 26, 9)


def test_no_date_is_no_date() -> None:
    dates = settle([("feed", None), ("url", None)], [None], fetched_at=NOW)
    assert (dates.published_on, dates.published_at, dates.published_from, dates.modified_at) == (None, None, None, None)
