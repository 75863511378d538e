"""The words of the app in Bokmål and English (``texts.toml``), and how dates and numbers are written in each."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Literal, get_args
from zoneinfo import ZoneInfo

Language = Literal["nb", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
NORWAY = ZoneInfo("Europe/Oslo")  # what a reader's clock shows; instants are kept in UTC
NO_BREAK_SPACE = "\u00a0"


@cache
def _texts() -> dict[str, dict[str, dict[str, str]]]:
    with (Path(__file__).parent / "texts.toml").open("rb") as file:
        return tomllib.load(file)


def text(language: Language, key: str, **values: object) -> str:
    """The text with that key (``front.title``), its braces filled in. Raises ``KeyError`` for a key there is not."""
    section, name = key.split(".", 1)
    return _texts()[section][name][language].format(**values)


def has_text(key: str) -> bool:
    """Whether there is a text with that key."""
    section, _, name = key.partition(".")
    return name in _texts().get(section, {})


def chosen_language(asked: str | None, accepted: str) -> Language:
    """A reader's language: that in the address, else of ``Accept-Language`` the first that we speak, else Bokmål."""
    if asked in LANGUAGES:
        return asked
    for tag in _by_preference(accepted):
        if tag.split("-")[0] in {"nb", "no", "nn"}:
            return "nb"
        if tag.split("-")[0] == "en":
            return "en"
    return "nb"


def _by_preference(accepted: str) -> Sequence[str]:
    """The tags of an ``Accept-Language`` header, most wanted first (RFC 9110, 12.5.4); an unreadable weight is 0."""
    weighted: list[tuple[float, int, str]] = []
    for place, part in enumerate(accepted.lower().split(",")[:20]):
        tag, _, weight = part.partition(";")
        try:
            quality = float(weight.partition("=")[2]) if weight.strip() else 1.0
        except ValueError:
            quality = 0.0
        if quality > 0:
            weighted.append((-quality, place, tag.strip()))
    return [tag for _, _, tag in sorted(weighted)]


def written_date(language: Language, day: date) -> str:
    """``3. februar 2026`` or ``3 February 2026``; an instant is first taken to Norwegian time."""
    if isinstance(day, datetime):
        day = _in_norway(day).date()
    month = text(language, "months.long").split()[day.month - 1]
    return f"{day.day}. {month} {day.year}" if language == "nb" else f"{day.day} {month} {day.year}"


def written_instant(language: Language, instant: datetime) -> str:
    """Day and time of day in Norway; an instant without a zone is UTC."""
    local = _in_norway(instant)
    return f"{written_date(language, local.date())} {'kl. ' if language == 'nb' else ''}{local:%H:%M}"


def written_number(language: Language, number: int) -> str:
    """Thousands apart by a no-break space in Bokmål, by a comma in English."""
    return f"{number:,}".replace(",", NO_BREAK_SPACE) if language == "nb" else f"{number:,}"


def written_share(language: Language, share: float) -> str:
    """A share of 0..1 as whole per cent."""
    return f"{share * 100:.0f}{NO_BREAK_SPACE if language == 'nb' else ''}%"


def written_period(language: Language, first_day: date, grain: str) -> str:
    """A month (``jan. 2026``) or an ISO week (``uke 7, 2026``) by its first day."""
    if grain == "week":
        year, week, _ = first_day.isocalendar()
        return text(language, "chart.week", week=week, year=year)
    return f"{text(language, 'months.short').split()[first_day.month - 1]} {first_day.year}"


def _in_norway(instant: datetime) -> datetime:
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(NORWAY)
