"""``forget``: a person, an address or a source leaves the house; or what is kept about a person is told."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click
from tabulate import tabulate

from corpus.addresses import normal_form
from corpus.sources import read_sources
from flows.errors import UsageError
from flows.forgetting import Forget, carry_out, what_would_go
from flows.screen import print_line, progress
from flows.settings import Settings, read_settings
from flows.stages import Workplace, real_place
from warehouse.about import about
from warehouse.forgetting import forget_person, forget_source, forget_urls, similar_names
from warehouse.names import words_of
from warehouse.store import Warehouse, run_lock
from warehouse.traces import files_with

OUT_OF_REACH = (
    "backups of the data folder, and copies that somebody made of the warehouse or of a published copy",
    "files already exported, charts and tables already saved or sent",
    "the publisher's own page: ask the publisher, and then search engines",
    "readers that have an older published copy open, until they close it (start 'helseradar review' anew)",
    "what Prefect, a terminal or a service manager logged outside the data folder",
    "blocks of deleted files that the disk still holds",
)
"""What no command of ours can change, told after every request."""


@click.command()
@click.argument("what", required=False, metavar="PERSON|URL|SOURCE")
@click.option("--about", "name", metavar="NAME", help="Change nothing: tell what is kept about this person.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--dry-run", is_flag=True, help="Show what would go, and stop.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), help="Folder of the state [./data, or HELSERADAR_DATA]."
)
def forget(what: str | None, name: str | None, form: str, dry_run: bool, yes: bool, data: Path | None) -> int:
    """Forget a person, an article (by its address) or a source, wherever we can reach; see docs/people.md."""
    settings = read_settings(data)
    if (what is None) == (name is None):
        raise UsageError("name a person, an address or a source to forget, or ask with --about NAME")
    if not (settings.data / "warehouse.duckdb").exists():
        raise UsageError(f"there is no warehouse in {settings.data}; name its folder with --data")
    if name is not None:
        return tell_about(settings, person(name), form)
    with real_place(settings) as place:
        return carry_out_request(place, settings, str(what), dry_run=dry_run, yes=yes)


def carry_out_request(place: Workplace, settings: Settings, what: str, *, dry_run: bool, yes: bool) -> int:
    """Show what would go, ask, and do it; the exit code."""
    kind, request = understood(place.warehouse, settings, what)
    show(kind, what, what_would_go(place, request))
    hint(place.warehouse, kind, what)
    if dry_run:
        return 0
    if not yes and not click.confirm("Forget this for good?", err=True):
        print_line("nothing was changed")
        return 0
    if kind == "source":
        with run_lock(place.data):
            disable(settings.sources, known_sources(settings), what)
    with progress("forgetting …") as tell:
        place.tell = tell
        carry_out(place, request)
    print_line(f"forgotten: {what}. Out of our reach, and yours to see to:")
    for line in OUT_OF_REACH:
        print_line(f"  - {line}")
    left = files_with(place.data, spellings(kind, what))
    for path in left:
        print_line(f"helseradar: {path} still has it; look into the file")
    return 1 if left else 0


def understood(warehouse: Warehouse, settings: Settings, what: str) -> tuple[str, Forget]:
    """What somebody wants forgotten: ``url``, ``source`` or ``person``, and how that is done.

    Raises:
        UsageError: it is none of them.
    """
    if "://" in what or what.startswith("file:"):
        url = what if what.startswith("file:") else normal_form(what)
        if url is None:
            raise UsageError(f"'{what}' is no web address")
        return "url", lambda connection, now: forget_urls(connection, list(dict.fromkeys([url, what])), now)
    with warehouse.read() as connection:
        collected = connection.execute("select count(*) from sources where source_id = ?", [what]).fetchone()
    if (collected and collected[0]) or what in known_sources(settings):
        return "source", lambda connection, now: forget_source(connection, what, now)
    return "person", partial(forget_named, person(what))


def forget_named(name: str, connection: Any, now: Any) -> Counter[str]:
    """``forget_person`` with the name first."""
    return forget_person(connection, name, now)


def person(name: str) -> str:
    """A name that may mean one person.

    Raises:
        UsageError: it is a single word, which would take everybody of that name (and is no source either).
    """
    if len(words_of(name)) < 2:
        raise UsageError(f"'{name}' is no source, and a person needs given name and surname")
    return " ".join(name.split())


def known_sources(settings: Settings) -> tuple[str, ...]:
    """The ids in the shipped and the user's own list."""
    from flows.job import shipped_and_own

    return tuple(source.id for source in read_sources(*shipped_and_own(settings.sources)))


def disable(own: Path, known: Sequence[str], source_id: str) -> None:
    """Write ``enabled = false`` for a source into the user's own list; a source of imports stands in no list."""
    if source_id not in known:
        return
    written = disabled(own.read_text(encoding="utf-8") if own.is_file() else "", source_id)
    new = own.with_name(f".{own.name}")
    new.write_text(written, encoding="utf-8")
    new.replace(own)


def disabled(written: str, source_id: str) -> str:
    """A sources file with ``enabled = false`` for a source; everything else in it stays as somebody wrote it."""
    tables = re.split(r"(?m)^(?=[ \t]*\[\[)", written)
    own_id = re.compile(rf"(?m)^[ \t]*id[ \t]*=[ \t]*([\"']){re.escape(source_id)}\1")
    for at, table in enumerate(tables):
        if own_id.search(table):
            rest = re.sub(r"(?m)^[ \t]*enabled[ \t]*=.*\n?", "", table)
            tables[at] = re.sub(r"(?m)\A([ \t]*\[\[.*)$", r"\1\nenabled = false", rest, count=1)
            return "".join(tables)
    return f'{written.rstrip()}\n\n[[source]]\nid = "{source_id}"\nenabled = false\n'.lstrip()


def show(kind: str, what: str, gone: Counter[str]) -> None:
    """What will go, with counts."""
    counts = ", ".join(f"{count} {thing}" for thing, count in gone.items() if count)
    click.echo(f"{kind} {what}: {counts or 'nothing kept'}; suppressed from now on")


def hint(warehouse: Warehouse, kind: str, what: str) -> None:
    """What somebody should know before saying yes to a person: other spellings, and addresses that spell the name."""
    if kind != "person":
        return
    with warehouse.read() as connection:
        for name in similar_names(connection, what):
            click.echo(f"not included: {name}; if that is the same person, forget that name too")
        for url in addresses_that_spell(connection, what):
            click.echo(f"the address spells the name: {url}; forget it too if the link must go")


# How publishers write æ, ø and å in addresses.
ADDRESS_LETTERS = (("ae", "o", "a"), ("ae", "oe", "aa"), ("a", "o", "a"), ("ae", "oe", "a"), ("e", "o", "a"))


def addresses_that_spell(connection: Any, name: str) -> list[str]:
    """Addresses of articles about the person in which the name itself stands."""
    written = "-".join(words_of(name))
    slugs = {written.translate(dict(zip(map(ord, "æøå"), letters, strict=True))) for letters in ADDRESS_LETTERS}
    urls = {article["url"] for article in about(connection, name)["articles"]}
    return sorted(url for url in urls if any(slug in url.casefold() for slug in slugs))


def spellings(kind: str, what: str) -> list[str]:
    """What to look for in the bytes of the data folder afterwards."""
    return [what, what.upper(), what.casefold()] if kind == "person" else [what] if kind == "url" else []


def tell_about(settings: Settings, name: str, form: str) -> int:
    """Print the extract."""
    with Warehouse(settings.data).read() as connection:
        extract = about(connection, name)
    if form == "json":
        click.echo(json.dumps(extract, ensure_ascii=False, indent=2, default=str))
        return 0
    click.echo(f"{name}: {'suppressed, to be forgotten whenever met' if extract['suppressed'] else 'not suppressed'}")
    for part, rows in extract.items():
        if not isinstance(rows, list):
            continue
        click.echo(f"\n{part}: {len(rows) or 'none'}")
        if rows and isinstance(rows[0], dict):
            click.echo(tabulate([list(row.values()) for row in rows], headers=list(rows[0]), disable_numparse=True))
        elif rows:
            click.echo("\n".join(rows))
    return 0
