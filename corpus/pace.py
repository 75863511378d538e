"""How long a host is left alone between two requests: the slower it answers, the longer. A decision without effects."""

from __future__ import annotations

BUSY = frozenset({429, 503})  # "too many requests" and "service unavailable": the host itself says that it is too much

# A host that works for a second on an answer gets two in which nobody asks: at most a third of its time is ours.
_REST = 2.0


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
