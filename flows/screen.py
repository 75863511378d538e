"""What a person sees on the terminal: progress on stderr, tables and summaries on stdout."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from tabulate import tabulate

from flows.report import OUTCOMES, RunReport

if TYPE_CHECKING:
    from pandas import DataFrame

DATA_FORMATS = ("csv", "json")  # for programs: dates stay dates
FORMATS = ("table", *DATA_FORMATS, "markdown")


def print_line(line: str) -> None:
    """One plain line on stderr."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def print_out(line: str) -> None:
    """One line of the answer on stdout."""
    sys.stdout.write(line + "\n")


@contextmanager
def progress(what: str) -> Iterator[Callable[[str], None]]:
    """A spinner on stderr with the latest line; nothing where stderr is no terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status(what) as status:
        yield lambda line: status.update(escape(line))


def summary(report: RunReport) -> str:
    """A run in one line."""
    saved = sum(source.outcomes["saved"] for source in report.sources)
    line = (
        f"run {report.status}: {len(report.sources)} sources, {saved} new articles, {report.analysed} read, "
        f"{report.measures} measures, {report.seconds:.1f} s"
    )
    if report.resting:
        line = f"{line}; {len(report.resting)} not asked, having had nothing new ('--only' asks them)"
    return f"{line}; {report.unread} could not be read" if report.unread else line


def complaints(report: RunReport) -> Iterator[str]:
    """One line for each source that is not complete."""
    for source in report.sources:
        if source.pause is not None:
            pause = source.pause
            yield (
                f"helseradar: {source.source_id} not asked before {pause.ask_after:%Y-%m-%d %H:%M} UTC, for it failed "
                f"{pause.failures} times ({pause.reason}); '--only {source.source_id}' asks at once"
            )
        elif source.status != "complete":
            why = ", ".join(f"{reason} ({count})" for reason, count in source.why.most_common(4))
            yield f"helseradar: {source.source_id} {source.status}: {why}; try 'helseradar doctor'"
        if source.moved_to is not None:
            yield f"helseradar: {source.source_id} moved to {source.moved_to} for good; put that into its entry"
    for silence in report.silent:
        yield f"helseradar: {silence.source_id}: {silence}; see whether it moved"


def run_table(report: RunReport) -> Table:
    """The sources of a run with the outcome of every page."""
    table = Table(title="What was collected", title_justify="left", box=None, pad_edge=False)
    table.add_column("source")
    for outcome in ("found", *OUTCOMES):
        table.add_column(outcome, justify="right")
    table.add_column("why")
    for source in report.sources:
        row = source.as_json()
        why = ", ".join(f"{reason} ({count})" for reason, count in row["why"].items())
        counts = [str(row[outcome]) for outcome in ("found", *OUTCOMES)]
        table.add_row(escape(source.source_id), *counts, escape(why))
    return table


def by_period(frame: DataFrame, grain: str) -> DataFrame:
    """The frame with its column ``period`` as people write it: ``2026-03`` for a month, ``2026-W10`` for a week."""
    if "period" not in frame:
        return frame
    written = "%G-W%V" if grain == "week" else "%Y-%m"
    return frame.assign(period=[day.strftime(written) for day in frame["period"]])


def frame_text(frame: DataFrame, form: str) -> str:
    """A result as text in one of ``FORMATS``; dates as ISO, missing values empty (``null`` in JSON)."""
    if form == "csv":
        return str(frame.to_csv(index=False)).rstrip("\n")
    if form == "json":
        for column in frame.columns:  # pandas writes a day as an instant at midnight
            frame = frame.assign(**{column: [v.isoformat() if type(v) is date else v for v in frame[column]]})
        return str(frame.to_json(orient="records", date_format="iso", force_ascii=False))
    cells = frame.astype(object).where(frame.notna(), "")
    style = "github" if form == "markdown" else "simple"
    return tabulate(
        cells.values.tolist(), headers=[str(c) for c in frame.columns], tablefmt=style, disable_numparse=True
    )


def tell_report(report: RunReport, *, as_json: bool) -> int:
    """Print a run's report; the exit code."""
    for line in complaints(report):
        print_line(line)
    if as_json:
        print_out(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        Console(soft_wrap=True).print(run_table(report))
        print_out(summary(report))
    return 0 if report.status == "complete" else 1
