"""Reads the published copy with the queries of ``review/sql``, each a file with a sentence on top."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from starlette.requests import Request

from review.errors import NoSuchThing
from warehouse.query import reading

SQL = Path(__file__).parent / "sql"
Row = dict[str, Any]


class Connection(Protocol):
    """What reading needs of a connection; DuckDB's own is one."""

    def execute(self, query: str, parameters: object = None, /) -> Any: ...


class Copy:
    """An open generation of the published copy. A parameter that is not given is null, which asks for all."""

    def __init__(self, con: Connection, path: Path) -> None:
        self._con, self.path = con, path

    def rows(self, name: str, /, **parameters: object) -> list[Row]:
        """The answer of ``sql/<name>.sql``: dates, instants with their zone, lists, and ``None`` for null."""
        return self._answer(statement(name), parameters)

    def total(self, name: str, /, **parameters: object) -> int:
        """How many rows that answer has when nothing limits it."""
        counting = f"select count(*) as total from ({statement(name)}\n)"  # noqa: S608 (a file of ours)
        return int(self._answer(counting, parameters)[0]["total"])

    def thing(self, kind: str, thing_id: str) -> Row:
        """The row of the actor or article (``kind``) with that id. Raises ``NoSuchThing``."""
        found = self.rows(kind, **{f"{kind}_id": thing_id})
        if not found:
            raise NoSuchThing(kind, thing_id)
        return found[0]

    def _answer(self, sql: str, given: Row) -> list[Row]:
        answer = self._con.execute(sql, {name: given.get(name) for name in parameters_of(sql)})
        columns = [column[0] for column in answer.description]
        return [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]


@contextmanager
def published_copy(request: Request) -> Iterator[Copy]:
    """The generation that is published right now, open for one page: it never blocks a run, nor waits for one.

    Raises ``warehouse.errors.NotPublished``.
    """
    path: Path = request.app.state.published()
    with reading(path) as con:
        yield Copy(con, path)


@cache
def statement(name: str) -> str:
    """The text of ``sql/<name>.sql``."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


@cache
def parameters_of(sql: str) -> frozenset[str]:
    """The names of the parameters that stand in a statement, comments aside."""
    return frozenset(re.findall(r"\$(\w+)", re.sub(r"--.*", "", sql)))
