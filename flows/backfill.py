"""``helseradar backfill``: the main job, but on the sources' archives, back to a given day."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from itertools import islice, takewhile
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from flows.register import data_option
from flows.settings import read_settings

if TYPE_CHECKING:
    from corpus.sources import Source
    from flows.report import RunReport, SourceReport
    from flows.stages import Workplace

HOSTS_AT_ONCE = 4  # as in a run


@click.command()
@click.option(
    "--since", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="How far back (2020-01-31)."
)
@click.option("--only", metavar="SOURCE", multiple=True, help="This source alone (may be repeated).")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many new articles a source; go on another day.")
@click.option("--json", "as_json", is_flag=True, help="End with one JSON object on stdout.")
@data_option
def backfill(since: datetime, only: tuple[str, ...], limit: int | None, as_json: bool, data: Path | None) -> int:
    """Walk archives and sitemaps back in time; go on where the last walk was stopped."""
    from flows.job import choose_sources, shipped_and_own
    from flows.screen import print_line, progress, tell_report
    from flows.stages import real_place

    settings = read_settings(data)
    chosen = choose_sources(shipped_and_own(settings.sources), only)
    with progress("walking back …") as tell, real_place(settings, tell) as place:
        report = walk_back(place, chosen, since.date(), limit)
        lines = [line for source in chosen if (line := how_far(place, source)) is not None]
    code = tell_report(report, as_json=as_json)
    for line in lines:
        print_line(line)
    return code


def walk_back(place: Workplace, sources: Sequence[Source], since: date, limit: int | None = None) -> RunReport:
    """The main job with the archives of ``sources`` in place of their newest items; raises as ``run_job`` does."""
    from flows.job import run_job
    from flows.stages import by_host

    stop = Event()

    def collect_all(place: Workplace, sources: Sequence[Source], run_id: str, limit: int | None) -> list[SourceReport]:
        def walk_host(group: Sequence[Source]) -> list[SourceReport]:
            return [walk_source(place, source, run_id, since, limit, stop) for source in group]

        with ThreadPoolExecutor(max_workers=HOSTS_AT_ONCE) as pool:
            try:
                reports = {one.source_id: one for group in pool.map(walk_host, by_host(sources)) for one in group}
            except BaseException:  # Ctrl-C too: an archive may take hours, and the pool waits for its threads
                stop.set()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return [reports[source.id] for source in sources]

    return run_job(place, sources, limit=limit, collect_all=collect_all)


def walk_source(
    place: Workplace, source: Source, run_id: str, since: date, limit: int | None, stop: Event
) -> SourceReport:
    """Walk one source back into the warehouse, a batch a transaction, its progress with the articles it rests on.

    Ends before the next page when ``stop`` is set.
    """
    from corpus.archives import walk
    from corpus.article import Fetch, Walked
    from flows.report import SourceReport
    from flows.stages import PAGES_A_BATCH
    from warehouse.backfills import save_walked, walked_of
    from warehouse.load import save_fetches
    from warehouse.memory import WarehouseMemory

    report = SourceReport(source_id=source.id, address=source.address)
    memory = WarehouseMemory(place.warehouse)
    place.tell(f"{source.id}: walking back")
    with place.warehouse.held():
        with place.warehouse.read() as connection:
            walked = walked_of(connection, source.id)
        items = walk(source, place.client, memory, walked, since=since, now=place.now, limit=limit)
        going = takewhile(lambda _: not stop.is_set(), items)
        while batch := list(islice(going, PAGES_A_BATCH)):
            fetches = [item for item in batch if isinstance(item, Fetch)]
            with place.warehouse.write() as connection:
                fetches = save_fetches(connection, run_id, fetches)  # as kept: what is forgotten is not named
                save_walked(connection, [item for item in batch if isinstance(item, Walked)])
            report.count(fetches)
            place.tell(f"{source.id}: {report.outcomes.total()} pages")
    return report


def how_far(place: Workplace, source: Source) -> str | None:
    """How far back the walks of a source have come, in one line; ``None`` where nothing is known of it."""
    from warehouse.backfills import walked_of

    with place.warehouse.read() as connection:
        walked = walked_of(connection, source.id)
    days = [one.newest_on for one in walked if one.newest_on]
    if not days:
        return None
    if any(one.is_last for one in walked):
        hint = "; its site may have a sitemap: 'helseradar sources add'" if len(days) == 1 else ""
        return f"{source.id}: the feed's archive ends at items of {min(days)}{hint}"
    return f"{source.id}: walked back to items of {min(days)}"
