"""The shipped questions: a picture, the figures behind it, and the same as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from review.charts import FORMS, NARROW, WIDTH, chart, heading, png, svg
from review.drawing import Picture
from review.errors import NoSuchThing
from review.parameters import TrendFilter, trend_filter, wanted_width
from review.rendering import address, language_of, render
from review.texts import Language, has_text, text, written_date, written_number, written_period
from warehouse.questions import ask, questions

MOST_ROWS = 200  # on a page; the file has them all
NAMES = {"organisation", "other_organisation", "person", "proposer"}
WORDS = {"story", "carried_by"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure or a name as it is written, and where it leads."""

    text: str
    href: str | None = None


def trends(request: Request) -> Response:
    """The first question."""
    return RedirectResponse(address(request, f"/trends/{next(iter(questions()))}"), status_code=307)


def trend(request: Request) -> Response:
    """The answer of a question as a picture and a table, the newest period on top."""
    question, wanted = _question(request), trend_filter(request.query_params)
    frame = _answer(request, question, wanted)
    language = language_of(request)
    shown = frame.sort_values("period", ascending=False, kind="stable") if "period" in frame else frame
    rows = [_cells(request, row, wanted, language) for row in shown.head(MOST_ROWS).to_dict("records")]
    return render(
        request,
        "trends.html",
        question=question,
        questions=list(questions()),
        wanted=wanted,
        columns=[(_title(str(name), language), pd.api.types.is_numeric_dtype(frame[name])) for name in frame],
        rows=rows,
        total=len(frame),
        heading=heading(question, len(frame[list(FORMS[question].names)].drop_duplicates()), language),
    )


def trend_csv(request: Request) -> Response:
    """The same answer as CSV, as spreadsheets take it: UTF-8 with a mark, and no cell that is run as a formula."""
    question, wanted = _question(request), trend_filter(request.query_params)
    frame = _answer(request, question, wanted)
    for name in (NAMES | WORDS) & set(frame):
        frame[name] = frame[name].map(_no_formula)
    return Response(
        frame.to_csv(index=False).encode("utf-8-sig"),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="helseradar-{question}-{wanted.grain}.csv"'},
    )


def trend_svg(request: Request) -> Response:
    """The same answer as an SVG picture. Raises ``NothingToDraw`` when it has no rows."""
    return Response(svg(_picture(request)), media_type="image/svg+xml")


def trend_png(request: Request) -> Response:
    """The same answer as a PNG picture. Raises ``NothingToDraw`` when it has no rows."""
    return Response(png(_picture(request)), media_type="image/png")


def _picture(request: Request) -> Picture:
    question, wanted = _question(request), trend_filter(request.query_params)
    width = wanted_width(request.query_params, (WIDTH, NARROW))
    frame = _answer(request, question, wanted)
    return chart(question, frame, language=language_of(request), grain=wanted.grain, width=width)


def _question(request: Request) -> str:
    question: str = request.path_params["question"]
    if question not in questions():
        raise NoSuchThing("question", question)
    return question


def _answer(request: Request, question: str, wanted: TrendFilter) -> pd.DataFrame:
    return ask(request.app.state.published(), question, grain=wanted.grain, since=wanted.since)


def _title(column: str, language: Language) -> str:
    for key in (f"column.{column}", f"modality.{column}"):
        if has_text(key):
            return text(language, key)
    return column


def _cells(request: Request, row: dict[Any, Any], wanted: TrendFilter, language: Language) -> list[Cell]:
    """A row as it is written; names lead to the actor, numbers of measures to the measures that were counted."""
    period: date | None = row.get("period")
    counted = {
        "modality": row.get("modality"),
        "topic": row.get("topic"),
        "proposer": f'"{row["proposer"]}"' if "proposer" in row else None,
        "since": period or _first_day(wanted),
        "until": None if period is None else _last_day(period, wanted.grain),
    }
    cells = []
    for name, value in row.items():
        if pd.isna(value):
            cells.append(Cell(""))
        elif name == "period":
            cells.append(Cell(written_period(language, value, wanted.grain)))
        elif name in NAMES and row.get("kind") != "unknown":
            cells.append(Cell(str(value), address(request, "/actors", name=value)))
        elif name in {"modality", "kind"}:
            cells.append(Cell(text(language, f"{name}.{value}")))
        elif name == "course":
            steps = str(value).split(" → ")
            cells.append(Cell(" → ".join(text(language, f"modality.{step}") for step in steps)))
        elif isinstance(value, date):
            cells.append(Cell(written_date(language, value)))
        elif name in NAMES | WORDS or isinstance(value, str):
            cells.append(Cell(str(value)))
        elif name == "measures":
            cells.append(Cell(written_number(language, int(value)), address(request, "/", **counted)))
        else:
            cells.append(Cell(written_number(language, int(value))))
    return cells


def _first_day(wanted: TrendFilter) -> date | None:
    """The first day of the period that ``since`` is in, from which the question counts."""
    if wanted.since is None:
        return None
    if wanted.grain == "week":
        return wanted.since - timedelta(days=wanted.since.weekday())
    return wanted.since.replace(day=1)


def _last_day(first: date, grain: str) -> date:
    if grain == "week":
        return first + timedelta(days=6)
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _no_formula(name: str) -> str:
    """A name that a spreadsheet will not run: one that begins like a formula gets an apostrophe in front."""
    return f"'{name}" if name.startswith(("=", "+", "-", "@", "\t", "\r")) else name
