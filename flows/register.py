"""``helseradar sources``: look after the register of sources."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.settings import read_settings

if TYPE_CHECKING:
    from corpus.check import Check
    from corpus.sources import Source
    from flows.stages import Workplace

HOSTS_AT_ONCE = 8  # each of them is asked once or twice, and they wait for servers

data_option = click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), help="Folder of the state [./data, or HELSERADAR_DATA]."
)


@click.group()
def sources() -> None:
    """Check the register of sources, or add to it."""


@sources.command()
@click.option("--only", metavar="SOURCE", multiple=True, help="Check this source alone (may be repeated).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@data_option
def check(only: tuple[str, ...], as_json: bool, data: Path | None) -> int:
    """Whether each source answers, what its newest item is, and whether robots.txt allows it."""
    from flows.job import chosen_or_all, shipped_and_own
    from flows.screen import progress
    from flows.stages import real_place

    settings = read_settings(data)
    chosen = chosen_or_all(shipped_and_own(settings.sources), only)
    checks: list[Check] = []
    with progress("asking …") as tell, real_place(settings, tell) as place:
        for one in check_all(place, chosen):
            checks.append(one)
            if not as_json:
                click.echo(check_line(one))
    if as_json:
        click.echo(json.dumps({"sources": [check_json(one) for one in checks]}, ensure_ascii=False))
    else:
        click.echo(check_summary(checks))
    return 1 if any(one.source.enabled and one.status != "ok" for one in checks) else 0


def check_all(place: Workplace, chosen: Sequence[Source]) -> Iterator[Check]:
    """Each source's check in the order given; several hosts are asked at once, none by two."""
    from corpus.check import check_source
    from flows.stages import by_host

    def ask(group: Sequence[Source]) -> dict[str, Check]:
        return {source.id: check_source(source, place.client, now=place.now) for source in group}

    groups = by_host(chosen)
    pool = ThreadPoolExecutor(max_workers=HOSTS_AT_ONCE)
    try:
        asked = {source.id: future for group in groups for future in [pool.submit(ask, group)] for source in group}
        for source in chosen:
            place.tell(f"{source.id}: asking")
            yield asked[source.id].result()[source.id]
    finally:
        pool.shutdown(cancel_futures=True)


def check_line(check: Check) -> str:
    """A check as a line for the terminal."""
    parts = []
    if check.items is not None:
        parts.append(f"{check.items} items")
    if check.newest is not None:
        dated = f"{check.newest_at:%Y-%m-%d} " if check.newest_at else ""
        parts.append(f"newest {dated}{' '.join(check.newest.split())[:80]}")
    if check.reason is not None:
        parts.append(check.reason)
    if check.moved_to is not None:
        parts.append(f"moved to {check.moved_to}")
    if not check.source.enabled:
        parts.append("turned off")
    return f"{check.status:6} {check.source.id:24} {check.source.kind:8} {'; '.join(parts)}"


def check_json(check: Check) -> dict[str, Any]:
    """A check as ``sources check --json`` prints it."""
    return {
        "id": check.source.id,
        "kind": check.source.kind,
        "address": check.source.address,
        "enabled": check.source.enabled,
        "status": check.status,
        "reason": check.reason,
        "robots_allow": check.allowed,
        "items": check.items,
        "newest": check.newest,
        "newest_at": check.newest_at.isoformat() if check.newest_at else None,
        "moved_to": check.moved_to,
    }


def check_summary(checks: Sequence[Check]) -> str:
    """How many answer, in one line."""
    well = sum(one.status == "ok" for one in checks)
    off = sum(not one.source.enabled for one in checks)
    return f"{well} of {len(checks)} sources answer as they should; {off} are turned off"


@sources.command()
@click.argument("url")
@click.option("--id", "source_id", metavar="ID", help="Short name; what --only takes [made of the address].")
@click.option("--group", metavar="GROUP", help="What it is counted with in trends (press, government …).")
@click.option("--allow-private-addresses", is_flag=True, help="The site is on your own network.")
@data_option
def add(url: str, source_id: str | None, group: str | None, allow_private_addresses: bool, data: Path | None) -> int:
    """Find out what the site at URL has, and write the best of it to DATA/sources.toml."""
    from flows.screen import progress
    from flows.stages import real_place

    settings = read_settings(data)
    with progress("looking …") as tell, real_place(settings, tell) as place:
        lines = add_source(place, settings.sources, url, source_id, group, private=allow_private_addresses)
    for line in lines:
        click.echo(line)
    return 0


def add_source(
    place: Workplace, own: Path, url: str, source_id: str | None, group: str | None, *, private: bool = False
) -> list[str]:
    """Discover a site and write its entry to the user's own file ``own``; what to tell of it, a line each.

    Raises:
        UsageError: there is nothing to collect, or it is there already.
        FetchError: the address gives nothing.
        SourcesError: a sources file cannot be used.
    """
    from corpus.addresses import normal_form
    from corpus.discovery import discover
    from corpus.register import append_source, double_of, entry_waiting_for, proposed_id
    from corpus.sources import KINDS, SHIPPED, Source, read_sources
    from flows.errors import UsageError
    from flows.job import shipped_and_own

    address = normal_form(url if "://" in url else f"https://{url}")
    if address is None:
        raise UsageError(f"{url} is no web address; give one like https://avisa.example/")
    known = read_sources(*shipped_and_own(own))
    waiting = entry_waiting_for(address, known)
    wanted = source_id or (waiting.id if waiting else proposed_id(address))
    refuse_double(double_of(wanted, address, known))
    site = discover(address, place.client, allow_private=private, now=place.now())
    usable = [found for found in site.found if found.kind in KINDS]
    if not usable:
        also = "; it has a WordPress API" if any(found.kind == "wordpress" for found in site.found) else ""
        raise UsageError(f"{address} has no feed and no sitemap where sites have them{also}")
    best, *others = [*usable, *(found for found in site.found if found not in usable)]
    refuse_double(double_of(wanted, best.url, known))
    taken = next((source for source in known if source.id == wanted), None)
    source = Source(
        id=wanted,
        name=taken.name if taken else site.name,
        kind=best.kind,
        url=best.url,
        group=group or (taken.group if taken else None),
        verified=True,
        allow_private_addresses=private,
    )
    remarks = [f"Answered on {place.now():%Y-%m-%d}: {best.how}, {best.glance.items} items."]
    remarks += [f"Also there: {other.kind} {other.url}" for other in others]
    append_source(own, source, remarks, before=[SHIPPED])
    newest = best.glance.newest_at
    dated = f", newest {newest:%Y-%m-%d}" if newest else ""
    return [
        f"{source.id}: {best.kind} {best.url} ({remarks[0].partition(': ')[2].rstrip('.')}{dated}); written to {own}",
        *(f"  also there: {other.kind} {other.url} ({other.how})" for other in others),
    ]


def refuse_double(double: Source | None) -> None:
    """Raises UsageError where there is one."""
    from flows.errors import UsageError

    if double is not None:
        raise UsageError(f"'{double.id}' is there already ({double.address}); give another address, or --id")
