"""``doctor``: looks at everything a run rests on and says what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from corpus.article import OPTED_OUT
from corpus.errors import SourcesError
from corpus.sources import read_sources
from flows.job import shipped_and_own
from flows.settings import DEFAULT_CONTACT, Settings
from nlp.errors import ReadingError
from warehouse.checks import check
from warehouse.errors import NotPublished, RegisterError, RunInProgress, WarehouseError
from warehouse.forgetting import unfinished
from warehouse.pauses import pauses
from warehouse.publish import published
from warehouse.query import reading
from warehouse.register import read_register
from warehouse.reserved import reserved_since
from warehouse.rhythm import silent_sources
from warehouse.runs import Run, recent_runs
from warehouse.store import Warehouse, run_lock


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's: ``ok``, ``note`` (worth knowing) or ``wrong`` (do something)."""

    grade: str
    subject: str
    message: str

    @property
    def is_wrong(self) -> bool:
        """Whether the exit code should tell."""
        return self.grade == "wrong"

    def __str__(self) -> str:
        return f"{self.grade:6} {self.subject:10} {self.message}"


def examine(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Every finding, in the order of an article's way through the house."""
    yield from examine_sources(settings)
    try:
        read_register(settings.data)
    except RegisterError as error:
        yield Finding("wrong", "actors", str(error))
    yield examine_model()
    if not (settings.data / "warehouse.duckdb").exists():
        yield Finding("note", "warehouse", f"none in {settings.data} yet; 'helseradar run' makes one")
        return
    yield from examine_warehouse(settings.data)
    yield from examine_published(settings.data, now.date())


def examine_sources(settings: Settings) -> Iterator[Finding]:
    """The lists of sources, and how we introduce ourselves."""
    files = shipped_and_own(settings.sources)
    try:
        sources = read_sources(*files)
    except SourcesError as error:
        yield Finding("wrong", "sources", str(error))
        return
    untried = sum(not source.verified for source in sources)
    yield Finding("ok", "sources", f"{len(sources)} in {len(files)} file(s), {untried} of them not verified yet")
    if settings.contact == DEFAULT_CONTACT:
        yield Finding("note", "sources", "publishers cannot reach you: set HELSERADAR_CONTACT to your address")


def examine_model() -> Finding:
    """Whether the shipped model loads and reads."""
    from nlp.pipeline import load_pipeline, model_name

    try:
        pipeline = load_pipeline()
        pipeline("Helse Fjordlandet HF vil ansette flere jordmødre.")
    except (ReadingError, OSError, ValueError) as error:
        return Finding("wrong", "model", f"does not load: {error}; install again with 'make demo'")
    return Finding("ok", "model", model_name(pipeline))


def examine_warehouse(data: Path) -> Iterator[Finding]:
    """Whether the loader's promises hold, and how the last runs ended."""
    try:
        with run_lock(data), Warehouse(data).read() as connection:
            broken = check(connection)
            reserved = reserved_since(connection)
            runs = recent_runs(connection, 1)
            requests = unfinished(connection)
            failing = pauses(connection)
    except RunInProgress:
        yield Finding("note", "warehouse", "a run is at work; look again when it has ended")
        return
    except WarehouseError as error:
        yield Finding("wrong", "warehouse", str(error))
        return
    if requests:
        yield Finding("wrong", "forget", f"{requests} request(s) not finished; 'helseradar run' finishes them")
    for finding in broken:
        yield Finding("wrong", "warehouse", f"{finding.table}: {finding.message}")
    if not broken:
        yield Finding("ok", "warehouse", "keys, references, offsets and sums hold")
    if reserved:
        addresses = f"{reserved[0]} and {len(reserved) - 1} more" if len(reserved) > 1 else reserved[0]
        told = f"kept from before its site opted out: {addresses}; 'helseradar forget {reserved[0]}' takes it away"
        yield Finding("note", "warehouse", told)
    if runs:
        yield from examine_run(runs[0])
    for pause in failing.values():
        message = f"{pause.source_id}: failed {pause.failures} times in a row ({pause.reason})"
        yield Finding("note", "pause", f"{message}, asked again after {pause.ask_after:%Y-%m-%d %H:%M} UTC")


def examine_run(run: Run) -> Iterator[Finding]:
    """How the latest run ended, and which source was not complete."""
    grade = "ok" if run.status == "complete" else "note" if run.status == "running" else "wrong"
    yield Finding(grade, "last run", f"{run.status}, started {run.started_at:%Y-%m-%d %H:%M} UTC")
    for source in (run.report or {}).get("sources", []):
        if source["status"] != "complete":
            why = ", ".join(f"{reason} ({count})" for reason, count in source["why"].items())
            yield Finding("wrong", "last run", f"{source['id']} {source['status']}: {why}")
        opted_out = sum(count for reason, count in source["why"].items() if reason.startswith(OPTED_OUT))
        if opted_out:
            yield Finding("note", "last run", f"{source['id']}: {opted_out} pages have opted out of data mining")
        if source.get("stubs"):
            yield Finding("note", "last run", f"{source['id']}: {source['stubs']} articles were open in part only")
        if source["status"] == "complete" and source["found"] == source["skipped"] and source["skipped"]:
            yield Finding("note", "last run", f"{source['id']}: everything found was skipped")


def examine_published(data: Path, today: date) -> Iterator[Finding]:
    """Whether readers have a copy that opens, and which sources are silent by it."""
    try:
        path = published(data)
        with reading(path) as connection:
            row = connection.execute("select count(*) from articles").fetchone()
    except NotPublished as error:
        yield Finding("wrong", "published", str(error))
    except WarehouseError as error:
        yield Finding("wrong", "published", str(error))
    else:
        yield Finding("ok", "published", f"{path.name}: {row[0] if row else 0} articles")
        for silence in silent_sources(path, today):
            yield Finding("wrong", "silence", f"{silence.source_id}: {silence}; see whether it moved")
