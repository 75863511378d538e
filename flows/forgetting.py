"""The way of a request to forget, and the retention period: the tables, the file, the readings, the published copies.

Everything after the first transaction can be done again by whoever comes next, without knowing the name: a run that
finds a request unfinished finishes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime

import duckdb

from flows.stages import Workplace, analyse_batch, next_texts, publish_copy
from warehouse.forgetting import note_finished, unfinished
from warehouse.names import make_key
from warehouse.publish import remove_other_generations
from warehouse.retention import empty_texts
from warehouse.store import run_lock
from warehouse.stories import settle_stories
from warehouse.suppression import redactor
from warehouse.traces import redact_files

Forget = Callable[[duckdb.DuckDBPyConnection, datetime], Counter[str]]
"""Takes something out of the tables, within a transaction; returns what went."""

FORGET_RUN = "forget"
"""Stands as run id where a text was read again because a name went out of it."""


def what_would_go(place: Workplace, forget: Forget) -> Counter[str]:
    """What a request would take: it is carried out and taken back."""
    make_key(place.data)
    with place.warehouse.read() as connection:
        connection.begin()
        try:
            return forget(connection, place.now())
        finally:
            connection.rollback()


def carry_out(place: Workplace, forget: Forget) -> Counter[str]:
    """Forget, to the last copy that we can reach.

    Raises:
        RunInProgress: a run is at work in the data folder.
    """
    with run_lock(place.data):
        make_key(place.data)
        with place.warehouse.write() as connection:
            gone = forget(connection, place.now())
            settle_stories(connection)
        finish(place)
    return gone


def finish(place: Workplace) -> bool:
    """Finish what was asked for, now or before a crash; returns whether there was anything. Under the run lock."""
    with place.warehouse.read() as connection:
        if not unfinished(connection):
            return False
    place.tell("forgetting: rewriting the warehouse")
    place.warehouse.rewrite()
    place.tell("forgetting: reading again what is left")
    unread = 0
    while texts := next_texts(place, skip=unread):
        read, _ = analyse_batch(place, FORGET_RUN, texts)
        unread += len(texts) - read
    place.tell("forgetting: publishing")
    publish_copy(place)
    remove_other_generations(place.data)
    with place.warehouse.read() as connection:
        forgets = redactor(connection)
    if forgets is not None:
        redact_files(place.data, forgets)
    with place.warehouse.write() as connection:
        note_finished(connection, place.now())
    return True


def tidy(place: Workplace) -> None:
    """What a run does first: finish what was to be forgotten, empty texts that are past the retention period."""
    finish(place)
    if place.retention_days is None:
        return
    with place.warehouse.write() as connection:
        emptied = empty_texts(connection, place.retention_days, place.now())
    if emptied:
        place.tell(f"{emptied} texts are past the retention period and were emptied")
        place.warehouse.rewrite()
