"""The shipped questions: files of SQL, with the question on the first line and its parameters on the second."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd

from warehouse.errors import QuestionError
from warehouse.migrations import SQL
from warehouse.query import frame, reading

GRAINS = ("week", "month")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that can be asked by name; ``parameters`` are the names it takes."""

    name: str
    title: str
    parameters: tuple[str, ...]
    sql: str


@cache
def questions() -> dict[str, Question]:
    """The shipped questions by name."""
    return {path.stem: _read(path) for path in sorted((SQL / "trends").glob("*.sql"))}


def ask(path: Path, name: str, *, grain: str = "month", since: date | None = None) -> pd.DataFrame:
    """The answer of a shipped question, from a published copy; a ``period`` is the first ``date`` of a week or month.

    Args:
        path: of the published copy (``warehouse.publish.published``).
        name: of the question.
        grain: ``week`` (from Monday) or ``month``.
        since: leave out the periods that ended before this day.

    Raises:
        QuestionError: no such question, or no such grain.
    """
    if name not in questions():
        raise QuestionError(name, f"there is no question {name!r}; there are: {', '.join(questions())}")
    if grain not in GRAINS:
        raise QuestionError(name, f"there is no grain {grain!r}; there are: {', '.join(GRAINS)}")
    question = questions()[name]
    given = {"grain": grain, "since": since}
    with reading(path) as con:
        return frame(con.execute(question.sql, {key: given[key] for key in question.parameters}))


def _read(path: Path) -> Question:
    sql = path.read_text(encoding="utf-8")
    title, parameters = sql.splitlines()[:2]
    return Question(
        name=path.stem,
        title=title.removeprefix("--").strip(),
        parameters=tuple(re.findall(r"\$(\w+)", parameters)),
        sql=sql,
    )
