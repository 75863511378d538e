"""The main job as Prefect flows: ``daily`` is a run, ``scheduled`` is a run as a schedule keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from corpus.sources import Source
from flows.errors import FlowError
from flows.job import choose_sources, run_job
from flows.report import RunReport, SourceReport
from flows.screen import print_line, summary
from flows.settings import read_settings
from flows.stages import Workplace, analyse_batch, by_host, collect_source, publish_copy, real_place
from warehouse.pending import PendingText

# The web's own failures are retried where they happen, in the client. What is retried here is ours (a full disk that is
# cleaned meanwhile), and every stage can be done again with the same result.
STAGE_RETRIES = 1
STAGE_RETRY_SECONDS = 5
HOSTS_AT_ONCE = 4  # they wait for servers, not for the processor

stage = task(
    retries=STAGE_RETRIES, retry_delay_seconds=STAGE_RETRY_SECONDS, cache_policy=NO_CACHE, persist_result=False
)


@stage
def collect_host(place: Workplace, sources: Sequence[Source], run_id: str, limit: int | None) -> list[SourceReport]:
    """Collect the sources of one host, one after another."""
    return [collect_source(place, source, run_id, limit=limit) for source in sources]


@stage
def analyse(place: Workplace, run_id: str, texts: Sequence[PendingText]) -> tuple[int, int]:
    """Read one batch of articles."""
    return analyse_batch(place, run_id, texts)


@stage
def publish(place: Workplace) -> Path | None:
    """Publish a new generation where there is something new."""
    return publish_copy(place)


def collect_hosts(place: Workplace, sources: Sequence[Source], run_id: str, limit: int | None) -> list[SourceReport]:
    """Collect several hosts at once; the reports in the order of ``sources``."""
    futures = [collect_host.submit(place, group, run_id, limit) for group in by_host(sources)]
    reports = {report.source_id: report for future in futures for report in future.result()}
    return [reports[source.id] for source in sources]


@flow(
    name="daily",
    validate_parameters=False,
    persist_result=False,
    task_runner=ThreadPoolTaskRunner(max_workers=HOSTS_AT_ONCE),  # type: ignore[arg-type]  # Prefect's own types differ
)
def daily(place: Workplace, sources: Sequence[Source], limit: int | None = None, ask_all: bool = False) -> RunReport:
    """Collect, read, publish; ``ask_all``: also the sources that failed lately.

    Raises:
        WarehouseError: another run is at work in the data folder, or the warehouse cannot be used.
    """
    return run_job(
        place,
        sources,
        limit=limit,
        collect_all=collect_hosts,
        analyse=analyse,
        publish=publish,
        ask_all=ask_all,
    )


@flow(name="scheduled", persist_result=False)
def scheduled(data: str, sources: list[str]) -> str:
    """``daily`` described by plain values. Returns the run's status.

    Raises:
        FlowError: the run failed, so that Prefect's history says so as well; the schedule goes on.
    """
    settings = read_settings(Path(data))
    with real_place(settings) as place:
        report = daily(place, choose_sources([Path(name) for name in sources]))
    print_line(f"{place.now():%Y-%m-%d %H:%M} UTC {summary(report)}")
    if report.status == "failed":
        raise FlowError(summary(report))
    return report.status
