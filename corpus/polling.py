"""How often a source is asked: less often the longer it has had nothing new. Decisions without effects."""

from __future__ import annotations

from datetime import datetime, timedelta

from corpus.article import Poll

PATIENCE = 3  # polls without anything new before a source is asked less often
FIRST_REST = timedelta(hours=1)  # doubled with each further poll that finds nothing new
LONGEST_REST = timedelta(hours=23)  # a day, but for the hour by which one daily run may be earlier than the last


def next_poll(before: Poll | None, source_id: str, now: datetime, *, found: int, new: int) -> Poll:
    """When a source that was just asked is due again.

    A source of which a good part was new is due at once; where little was new, half of its empty polls are forgotten.

    Args:
        before: its last poll, if there was one.
        source_id: its id.
        now: in UTC.
        found: addresses that it led to; 0 where its listing had not changed.
        new: those among them that were new, or are left for the next run.
    """
    so_far = 0 if before is None else before.nothing_new
    a_good_part = 2 * new >= found
    nothing_new = so_far + 1 if new == 0 else 0 if a_good_part else so_far // 2
    return Poll(source_id=source_id, polled_at=now, nothing_new=nothing_new, due_at=now + rest(nothing_new))


def rest(nothing_new: int) -> timedelta:
    """How long a source is left alone that had nothing new so many times in a row."""
    beyond = nothing_new - PATIENCE
    return timedelta(0) if beyond < 0 else min(LONGEST_REST, FIRST_REST * 2 ** min(beyond, 10))


def is_due(poll: Poll | None, now: datetime) -> bool:
    """Whether a source's time has come; one that was never asked is due."""
    return poll is None or now >= poll.due_at
