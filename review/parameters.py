"""What a reader asked for in the address, checked: filters, pages, periods. Anything else in it is ignored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from review.errors import BadParameter

MODALITIES = ("proposed", "demanded", "planned", "decided", "rejected")
KINDS = ("person", "organisation")
GRAINS = ("month", "week")
LONGEST_TEXT = 200  # characters; a longer search is a mistake or an attack


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureFilter:
    """Which measures to show; ``None`` means all.

    ``words`` must all be in the sentence or the article's title; ``proposer`` is a part of the name, which between
    quotation marks in the address becomes ``proposer_exactly``, the whole of it. ``topic`` is its name or id.
    """

    modality: str | None = None
    topic: str | None = None
    proposer: str | None = None
    proposer_exactly: str | None = None
    words: tuple[str, ...] | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorFilter:
    """Which actors to show; ``None`` means all. ``name`` is a part of it."""

    kind: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendFilter:
    """How a question is asked."""

    grain: str = "month"
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of a list: its number from 1, how many there are, and how many rows come before it."""

    page: int
    pages: int
    offset: int


def page_of(wanted: int, total: int, size: int) -> Page:
    """The wanted page of ``total`` rows, ``size`` on each; the last one when there are fewer pages."""
    pages = max(1, -(-total // size))
    page = min(wanted, pages)
    return Page(page=page, pages=pages, offset=(page - 1) * size)


def measure_filter(query: Mapping[str, str]) -> MeasureFilter:
    """The filter of the front page. Raises ``BadParameter``."""
    proposer = _text(query, "proposer")
    exactly = proposer[1:-1] if len(proposer) > 2 and proposer[0] == proposer[-1] == '"' else None
    return MeasureFilter(
        modality=_choice(query, "modality", MODALITIES),
        topic=_text(query, "topic") or None,
        proposer=None if exactly else proposer or None,
        proposer_exactly=exactly,
        words=tuple(_text(query, "text").split()) or None,
        since=_date(query, "since"),
        until=_date(query, "until"),
    )


def actor_filter(query: Mapping[str, str]) -> ActorFilter:
    """The filter of the list of actors. Raises ``BadParameter``."""
    return ActorFilter(kind=_choice(query, "kind", KINDS), name=_text(query, "name") or None)


def trend_filter(query: Mapping[str, str]) -> TrendFilter:
    """How the trend pages ask. Raises ``BadParameter``."""
    return TrendFilter(grain=_choice(query, "grain", GRAINS) or "month", since=_date(query, "since"))


def wanted_page(query: Mapping[str, str]) -> int:
    """The page of a list, from 1. Raises ``BadParameter``."""
    value = query.get("page", "").strip() or "1"
    if not (value.isascii() and value.isdigit() and len(value) <= 6 and int(value) >= 1):
        raise BadParameter("page", value, "number")
    return int(value)


def wanted_width(query: Mapping[str, str], widths: Sequence[int]) -> int:
    """The width of a picture in pixels, one of ``widths``; the first if none is asked for. Raises ``BadParameter``."""
    value = _choice(query, "width", [str(width) for width in widths])
    return int(value) if value else widths[0]


def _text(query: Mapping[str, str], name: str) -> str:
    value = " ".join(query.get(name, "").replace("\0", " ").split())
    if len(value) > LONGEST_TEXT:
        raise BadParameter(name, value, "length", (str(LONGEST_TEXT),))
    return value


def _choice(query: Mapping[str, str], name: str, choices: Sequence[str]) -> str | None:
    value = query.get(name, "").strip()
    if value and value not in choices:
        raise BadParameter(name, value, "choice", tuple(choices))
    return value or None


def _date(query: Mapping[str, str], name: str) -> date | None:
    value = query.get(name, "").strip()
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as exc:
        raise BadParameter(name, value, "date") from exc
