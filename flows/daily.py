"""The main job as a Prefect flow: collect, read, publish."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from corpus.client import Client
from corpus.sources import SHIPPED, Source, read_sources
from flows.errors import FlowError, UsageError
from flows.report import RunReport, SourceReport
from flows.screen import print_line, summary
from flows.settings import read_settings
from flows.stages import Workplace, analyse_batch, by_host, collect_source, next_texts, publish_copy
from warehouse.load import save_sources, settle_duplicates
from warehouse.publish import NotPublished, published
from warehouse.runs import end_run, start_run
from warehouse.store import run_lock

# The web's own failures are retried where they happen, in the client; what is retried here is ours (a full disk that is
# cleaned, a lock that is released), and every stage can be run again with the same result.
STAGE_RETRIES = 1
STAGE_RETRY_SECONDS = 5
HOSTS_AT_ONCE = 4  # waiting for servers, not for the processor


@task(retries=STAGE_RETRIES, retry_delay_seconds=STAGE_RETRY_SECONDS, cache_policy=NO_CACHE, persist_result=False)
def collect_host(place: Workplace, sources: Sequence[Source], run_id: str, limit: int | None) -> list[SourceReport]:
    """Collect the sources of one host, one after another."""
    return [collect_source(place, source, run_id, limit=limit) for source in sources]


@task(retries=STAGE_RETRIES, retry_delay_seconds=STAGE_RETRY_SECONDS, cache_policy=NO_CACHE, persist_result=False)
def analyse(place: Workplace, run_id: str, texts: Sequence[Any]) -> tuple[int, int]:
    """Read one batch of articles."""
    return analyse_batch(place, run_id, texts)


@task(retries=STAGE_RETRIES, retry_delay_seconds=STAGE_RETRY_SECONDS, cache_policy=NO_CACHE, persist_result=False)
def publish_new(place: Workplace) -> Path | None:
    """Publish a new generation where there is something new."""
    return publish_copy(place)


@flow(
    name="daily",
    validate_parameters=False,
    persist_result=False,
    task_runner=ThreadPoolTaskRunner(max_workers=HOSTS_AT_ONCE),  # type: ignore[arg-type]
)
def daily(place: Workplace, sources: Sequence[Source], limit: int | None = None) -> RunReport:
    """Collect ``sources``, read what is unread, publish what is new; one run at a time in a data folder.

    Raises:
        WarehouseError: another run is at work there, or the warehouse cannot be used.
    """
    started = time.monotonic()
    report = RunReport(run_id=uuid4().hex)
    with run_lock(place.data):
        with place.warehouse.write() as connection:
            start_run(connection, report.run_id, place.now())
            save_sources(connection, sources)
        try:
            work(place, sources, limit, report)
        except Exception as error:
            report.error = f"{type(error).__name__}: {error}"
            raise
        finally:
            report.seconds = time.monotonic() - started
            with place.warehouse.write() as connection:
                end_run(connection, report.run_id, report.status, report.as_json(), place.now())
    return report


def work(place: Workplace, sources: Sequence[Source], limit: int | None, report: RunReport) -> None:
    """The stages in their order, counted into ``report``."""
    try:
        published(place.data)
    except NotPublished:
        publish_copy(place)  # so that SQL, trends and review answer while the first run is at work
    collecting = [collect_host.submit(place, group, report.run_id, limit) for group in by_host(sources)]
    found = {one.source_id: one for future in collecting for one in future.result()}
    report.sources = [found[source.id] for source in sources]
    with place.warehouse.write() as connection:
        settle_duplicates(connection)
    place.tell("reading")
    while texts := next_texts(place, skip=report.unread):
        read, measures = analyse(place, report.run_id, texts)
        report.analysed += read
        report.measures += measures
        report.unread += len(texts) - read
        place.tell(f"{report.analysed} articles read")
    place.tell("publishing")
    report.published = publish_new(place) is not None


def choose_sources(files: Sequence[Path], only: Sequence[str] = ()) -> tuple[Source, ...]:
    """The enabled sources of the files, or those named in ``only``.

    Raises:
        SourcesError: a file cannot be read or has an unknown key.
        UsageError: ``only`` names a source that no file has.
    """
    sources = {source.id: source for source in read_sources(*files)}
    unknown = [name for name in only if name not in sources]
    if unknown:
        raise UsageError(f"no source '{unknown[0]}' in {', '.join(map(str, files))}; it has {', '.join(sources)}")
    return tuple(s for s in sources.values() if (s.id in only if only else s.enabled))


@flow(name="scheduled", persist_result=False)
def scheduled(data: str, sources: list[str]) -> str:
    """The daily job described by plain values, as a schedule keeps it. Returns the run's status.

    Raises:
        FlowError: the run failed, so that Prefect's history says so as well; the schedule goes on.
    """
    settings = read_settings(Path(data))
    place = Workplace(data=settings.data, client=Client(settings.user_agent))
    report = daily(place, choose_sources([Path(name) for name in sources]))
    print_line(summary(report))
    if report.status == "failed":
        raise FlowError(summary(report))
    return report.status


def shipped_and_own(own: Path) -> list[Path]:
    """The shipped register, then the user's own file where there is one."""
    return [SHIPPED, own] if own.is_file() else [SHIPPED]
