"""How long a host is left alone between two requests: the slower it answers, the longer. A decision without effects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

BUSY = frozenset({429, 503})  # "too many requests" and "service unavailable": the host itself says that it is too much

# A host that works for a second on an answer gets two in which nobody asks: at most a third of its time is ours.
_REST = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Politeness:
    """How sites are treated.

    Attributes:
        delay_seconds: between the end of one request to a host and the start of the next; a longer ``Crawl-delay`` in
            the site's robots.txt wins, and a host that labours is given longer (``next_delay``). 0 is no pause ever.
        longest_wait_seconds: no single wait is longer. A longer ``Crawl-delay`` is cut to it; a host whose
            ``Retry-After`` is longer is left alone for the rest of the run.
        attempts: requests in all for a page whose failure may pass at once (dropped connection, 5xx, 429).
        retry_seconds: before the second attempt; doubled before each further one.
    """

    delay_seconds: float = 1.0
    longest_wait_seconds: float = 30.0
    attempts: int = 3
    retry_seconds: float = 1.0


def next_delay(before: float, *, least: float, most: float, took: float, status_code: int | None) -> float:
    """The pause after a request, in seconds: up at once when a host labours, halfway down with each swift answer.

    Args:
        before: the pause before this request; 0 for the first.
        least: the pause that is set; never less. 0 switches pauses off, whatever the host does.
        most: never longer.
        took: seconds from asking to the last byte, or until it was given up.
        status_code: of the answer; ``None`` when none came.
    """
    if least <= 0:
        return 0.0
    wanted = took * _REST
    if status_code in BUSY:
        wanted = max(wanted, 2 * max(before, least))
    return min(max(least, wanted, (before + wanted) / 2), max(least, most))


def seconds_to_wait(headers: Mapping[str, str]) -> float:
    """What ``Retry-After`` asks for: seconds, or a date, which is measured by the server's own clock."""
    asked = headers.get("retry-after", "").strip()
    if asked.isdecimal():
        return float(asked)
    try:
        until, now = parsedate_to_datetime(asked), parsedate_to_datetime(headers.get("date", ""))
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError):
        return 0.0
