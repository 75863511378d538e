"""The names of the topics that measures are given."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import duckdb

from warehouse.bulk import insert


class TopicRecord(Protocol):
    """What the warehouse keeps of a topic; ``nlp.topics.Topic`` is one."""

    @property
    def name(self) -> str: ...
    @property
    def nb(self) -> str: ...
    @property
    def nn(self) -> str: ...
    @property
    def en(self) -> str: ...


def save_topics(con: duckdb.DuckDBPyConnection, topics: Iterable[TopicRecord]) -> None:
    """Keep the topics in use, in place of those that were; nothing is written when they are the same."""
    wanted = {topic.name: (topic.name, topic.nb, topic.nn, topic.en) for topic in topics}
    if set(con.execute("select topic, nb, nn, en from topics").fetchall()) != set(wanted.values()):
        con.execute("delete from topics")
        names = ("topic", "nb", "nn", "en")
        insert(con, "topics", [dict(zip(names, row, strict=True)) for row in wanted.values()])
