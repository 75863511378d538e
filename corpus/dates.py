"""Publication and change dates as pages write them; what is not written is not guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")

Place = Literal["json-ld", "meta", "time", "feed", "text", "url", "related list"]

# Older than any article on the web; earlier dates are the zero of some clock (1970, 1900, year 1).
EARLIEST_YEAR = 1990

# Some pages and feeds stamp the moment of serving. Nobody publishes within seconds of being read.
SERVED_JUST_NOW = timedelta(seconds=10)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jan january",
            "februar feb february",
            "mars mar march",
            "april apr",
            "mai may",
            "juni jun june",
            "juli jul july",
            "august aug",
            "september sep sept",
            "oktober okt october oct",
            "november nov",
            "desember des december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))

_DATE = re.compile(
    rf"""
    (?<![\d.,/-])(?:
        (?P<iso>\d{{4}})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d) (?!\d)
      | (?P<day>\d{{1,2}})\.?\s*(?P<name>{_MONTH})\b\.?,?\s+(?P<year>\d{{4}}) (?!\d)           # 24. april 2024
      | (?P<name_en>{_MONTH})\b\.?\s+(?P<day_en>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year_en>\d{{4}}) (?!\d)
      | (?P<d>\d{{1,2}})\.\s?(?P<m>\d{{1,2}})\.\s?(?P<y>\d{{4}}|\d{{2}}) (?![\d.]\d)           # 24.04.2024
      | (?P<d2>\d{{1,2}})/(?P<m2>\d{{1,2}})[ -](?P<y2>\d{{4}}) (?!\d)                         # 24/4-2024
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TIME = re.compile(
    r"""
    (?: T | ,?\s*(?:[-–|·]|kl\.?|klokka|klokken|at)?\s* )
    (?P<hour>[01]?\d|2[0-3]) [:.] (?P<minute>[0-5]\d) (?: :(?P<second>[0-5]\d)(?:[.,]\d+)? )? (?![\d:])
    \s* (?P<zone> Z\b | UTC\b | GMT\b | CEST\b | CET\b | [+-]\d\d:?\d\d(?!\d) | (?<=\d)[+-]\d\d(?!\d) )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ZONES: dict[str, tzinfo] = {
    "Z": UTC,
    "UTC": UTC,
    "GMT": UTC,
    "CET": timezone(timedelta(hours=1)),
    "CEST": timezone(timedelta(hours=2)),
}
_IN_URL = re.compile(r"/(\d{4})(?:/(\d{1,2})/(\d{1,2})|-(\d\d)-(\d\d))(?:[/-]|$)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day in Norway, and the instant in UTC where a time of day is given."""

    on: date
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """What is known of an article's dates: as the attributes of the same names of ``Article``."""

    published_on: date | None = None
    published_at: datetime | None = None
    published_from: Place | None = None
    modified_at: datetime | None = None


def read_moment(text: str) -> Moment | None:
    """The first date in a piece of text: ISO 8601, RFC 2822, or as Norwegians and the English write it.

    A time without a zone is Norwegian time. Midnight is how systems that know only the day write it, so it counts as no
    time of day. Numbers with strokes are read only as day/month-year, never as month/day/year.
    """
    for found in _DATE.finditer(text):
        day = _day(found)
        if day is None:
            continue
        time = _TIME.match(text, found.end())
        return _moment(day, time) if time else Moment(day)
    return None


def at_instant(instant: datetime) -> Moment:
    """The moment of an instant with a time zone."""
    local = instant.astimezone(OSLO)
    midnight = any((t.hour, t.minute, t.second) == (0, 0, 0) for t in (instant, local))
    return Moment(local.date(), None if midnight else instant.astimezone(UTC))


def date_in_url(url: str) -> Moment | None:
    """The day that an address names: ``/2024/04/24/`` or ``/2024-04-24-``."""
    found = _IN_URL.search(url)
    if found is None:
        return None
    year, *numbers = (int(number) for number in found.groups() if number)
    try:
        return Moment(date(year, *numbers))
    except ValueError:
        return None


def settle(
    published: Iterable[tuple[Place, Moment | None]], modified: Iterable[Moment | None], *, fetched_at: datetime
) -> Dates:
    """Choose among what the places of a page say, the most trusted first.

    The first possible day wins. Where it comes without a time of day, a later place that gives the same day may add it.
    A change is kept only with its time of day, and only if it is not before the publication.
    """
    possible = [(place, moment) for place, moment in published if moment and is_possible(moment, fetched_at)]
    place, first = possible[0] if possible else (None, None)
    at = next((moment.at for _, moment in possible if moment.at and first and moment.on == first.on), None)
    changed = (m for m in modified if m and m.at and m.at <= fetched_at and m.on.year >= EARLIEST_YEAR)
    return Dates(
        published_on=first.on if first else None,
        published_at=at,
        published_from=place,
        modified_at=next((m.at for m in changed if not first or m.on >= first.on), None),
    )


def is_possible(moment: Moment, fetched_at: datetime) -> bool:
    """Whether something read at ``fetched_at`` can have been published then."""
    if moment.on.year < EARLIEST_YEAR or moment.on > fetched_at.astimezone(OSLO).date():
        return False
    return moment.at is None or moment.at <= fetched_at - SERVED_JUST_NOW


def _day(found: re.Match[str]) -> date | None:
    parts = found.groupdict()
    year = parts["iso"] or parts["year"] or parts["year_en"] or parts["y"] or parts["y2"]
    name = parts["name"] or parts["name_en"]
    month = _MONTHS[name.lower()] if name else int(parts["iso_month"] or parts["m"] or parts["m2"])
    day = parts["iso_day"] or parts["day"] or parts["day_en"] or parts["d"] or parts["d2"]
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, int(day))
    except ValueError:
        return None


def _moment(day: date, time: re.Match[str]) -> Moment:
    hour, minute, second = int(time["hour"]), int(time["minute"]), int(time["second"] or 0)
    zone = time["zone"]
    if (hour, minute, second) == (0, 0, 0):
        return Moment(day)
    try:
        return at_instant(datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=_zone(zone)))
    except (OverflowError, ValueError):  # year 1 or 9999 in another zone
        return Moment(day)


def _zone(written: str | None) -> tzinfo:
    if written is None:
        return OSLO
    if named := _ZONES.get(written.upper()):
        return named
    offset = timedelta(hours=int(written[1:3]), minutes=int(written[3:].lstrip(":") or 0))
    return timezone(-offset if written[0] == "-" else offset)
