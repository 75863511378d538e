"""The main job: collect, settle, read, publish, in that order, and a report of it.

It knows the order and nothing else. How a stage is carried out is an argument: plainly (an import, a test) or as
tasks of a Prefect flow (a run).
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from corpus.kinds.warc import is_archive, walk_archives
from corpus.sources import SHIPPED, Source, read_sources
from flows.errors import UsageError
from flows.forgetting import tidy
from flows.report import RunReport, SourceReport
from flows.stages import Workplace, analyse_batch, collect_source, due_sources, next_texts, publish_copy
from warehouse.errors import NotPublished
from warehouse.load import save_sources, settle_outcomes
from warehouse.pauses import Pause, pauses, save_pauses
from warehouse.pending import PendingText
from warehouse.publish import published
from warehouse.register import read_register
from warehouse.rhythm import silent_sources
from warehouse.runs import end_run, start_run
from warehouse.store import run_lock
from warehouse.stories import settle_stories

CollectAll = Callable[[Workplace, Sequence[Source], str, int | None], list[SourceReport]]
AnalyseBatch = Callable[[Workplace, str, Sequence[PendingText]], tuple[int, int]]
Publish = Callable[[Workplace], Path | None]


def collect_in_turn(place: Workplace, sources: Sequence[Source], run_id: str, limit: int | None) -> list[SourceReport]:
    """Collect the sources one after another."""
    return [collect_source(place, source, run_id, limit=limit) for source in sources]


def run_job(
    place: Workplace,
    sources: Sequence[Source],
    *,
    limit: int | None = None,
    collect_all: CollectAll = collect_in_turn,
    analyse: AnalyseBatch = analyse_batch,
    publish: Publish = publish_copy,
    only_due: bool = False,
) -> RunReport:
    """Collect ``sources``, read what is unread, publish what is new; one job at a time in a data folder.

    With ``only_due``, sources that failed lately and sources that had nothing new for a while are left out until their
    time comes.

    Raises:
        WarehouseError: another job is at work there, or the warehouse cannot be used.
    """
    started = time.monotonic()
    report = RunReport(run_id=uuid4().hex)
    with run_lock(place.data):
        read_register(place.data)  # told now if it is wrong, and not when everything is collected
        with place.warehouse.write() as connection:
            start_run(connection, report.run_id, place.now())
            save_sources(connection, sources)
            paused = pauses(connection) if only_due else {}
        awake = [source for source in sources if not is_paused(paused.get(source.id), place.now())]
        asked = due_sources(place, awake) if only_due else awake
        report.resting = [source.id for source in awake if source not in asked]
        try:
            if not is_published(place.data):
                publish(place)  # so that SQL, trends and review answer while the first job is at work
            tidy(place)
            report.sources = merged(collect_all(place, asked, report.run_id, limit))
            settle(place, report)
            note_pauses(place, asked, report)
            report.sources += [
                SourceReport(source_id=source.id, address=source.address, pause=paused[source.id])
                for source in sources
                if source not in awake
            ]
            read_pending(place, report, analyse)
            place.tell("publishing")
            report.published = publish(place) is not None
            report.silent = silent_sources(published(place.data), place.now().date())
        except BaseException as error:
            report.error = f"{type(error).__name__}: {error}"
            raise
        finally:
            report.seconds = time.monotonic() - started
            with place.warehouse.write() as connection:
                end_run(connection, report.run_id, report.status, report.as_json(), place.now())
    return report


def settle(place: Workplace, report: RunReport) -> None:
    """Decide which of the articles with the same words stands for all, and count them accordingly."""
    with place.warehouse.write() as connection:
        settle_stories(connection)
        settled = settle_outcomes(connection, report.run_id)
    for source in report.sources:
        source.settle(settled.get(source.source_id, Counter()))


def is_paused(pause: Pause | None, now: datetime) -> bool:
    """Whether a source is not to be asked yet."""
    return pause is not None and now < pause.ask_after


def note_pauses(place: Workplace, asked: Sequence[Source], report: RunReport) -> None:
    """Remember which sources on the web failed, to ask them later; those that answered are forgotten."""
    on_the_web = {source.id for source in asked if source.url is not None}
    asked_now = [source for source in report.sources if source.source_id in on_the_web]
    failed = {source.source_id: next(iter(source.why), None) for source in asked_now if source.status == "failed"}
    answered = [source.source_id for source in asked_now if source.source_id not in failed]
    with place.warehouse.write() as connection:
        save_pauses(connection, failed, answered, place.now())


def read_pending(place: Workplace, report: RunReport, analyse: AnalyseBatch) -> None:
    """Read what is unread, batch by batch, until there is nothing but what cannot be read."""
    place.tell("reading")
    while texts := next_texts(place, skip=report.unread):
        read, measures = analyse(place, report.run_id, texts)
        report.analysed += read
        report.measures += measures
        report.unread += len(texts) - read
        place.tell(f"{report.analysed} articles read")


def is_published(data: Path) -> bool:
    """Whether readers have a copy already."""
    try:
        published(data)
    except NotPublished:
        return False
    return True


def merged(reports: Sequence[SourceReport]) -> list[SourceReport]:
    """One report a source: an import names several paths of one."""
    by_id: dict[str, SourceReport] = {}
    for report in reports:
        if report.source_id in by_id:
            by_id[report.source_id].add(report)
        else:
            by_id[report.source_id] = report
    return list(by_id.values())


def choose_sources(files: Sequence[Path], only: Sequence[str] = ()) -> tuple[Source, ...]:
    """The enabled sources of the files, or those named in ``only``; raises as ``chosen_or_all`` does."""
    return tuple(source for source in chosen_or_all(files, only) if only or source.enabled)


def chosen_or_all(files: Sequence[Path], only: Sequence[str] = ()) -> tuple[Source, ...]:
    """All sources of the files, also those that are turned off, or those named in ``only``.

    Raises:
        SourcesError: a file cannot be read or has an unknown key.
        UsageError: ``only`` names a source that no file has.
    """
    sources = {source.id: source for source in read_sources(*files)}
    unknown = [name for name in only if name not in sources]
    if unknown:
        known = ", ".join(sources) or "none"
        raise UsageError(f"no source '{unknown[0]}' in {', '.join(map(str, files))}; there: {known}")
    return tuple(source for source in sources.values() if not only or source.id in only)


def shipped_and_own(own: Path) -> list[Path]:
    """The shipped register, then the user's own file where there is one."""
    return [SHIPPED, own] if own.is_file() else [SHIPPED]


def folder_sources(source_id: str, paths: Sequence[Path]) -> list[Source]:
    """An import as sources: each path a folder (or file) of the same source, and one more for web archives in it.

    Raises:
        UsageError: ``source_id`` is none.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", source_id):
        raise UsageError(f"'{source_id}' is no id of a source: small letters, digits, '-' and '_'")
    archives = [path for path in paths if is_archive(path) or (path.is_dir() and next(walk_archives(path), None))]
    kinds = [("folder", path) for path in paths if not is_archive(path)] + [("warc", path) for path in archives]
    return [Source(id=source_id, name=source_id, kind=kind, path=path, group="import") for kind, path in kinds]
