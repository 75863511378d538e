"""``demo``: the main job on the shipped sample, served on loopback and fetched by the real client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from corpus.client import Client
from corpus.pace import Politeness
from corpus.sample.server import serve_sample
from corpus.sources import Source, read_sources
from flows.screen import by_period, frame_text
from flows.stages import Workplace, no_telling
from warehouse.publish import published
from warehouse.questions import ask

SAMPLE_SOURCES = Path(__file__).parent.parent / "corpus" / "sample" / "sources.toml"
DEMO_DATA = Path("demo-data")


@contextmanager
def sample_place(
    data: Path, tell: Callable[[str], None] = no_telling
) -> Iterator[tuple[Workplace, tuple[Source, ...]]]:
    """A workplace whose client finds the sample's hosts on loopback, and the sample's sources."""
    # Nobody is to be spared on loopback: no pause between pages.
    politeness = Politeness(delay_seconds=0)
    with serve_sample() as sample, Client("helseradar-demo", politeness, resolve=sample.resolve) as client:
        yield Workplace(data=data, client=client, tell=tell), read_sources(SAMPLE_SOURCES)


def show_trends(data: Path) -> None:
    """Print a few answers of the shipped questions, and what to try next."""
    copy = published(data)
    measures = ask(copy, "measures", grain="month")
    by_month = measures.pivot_table(index="period", columns="modality", values="measures", fill_value=0, aggfunc="sum")
    answers = {
        "measures": (
            "Measures by month and modality (the latest months that have any)",
            by_month.astype(int).reset_index().tail(12),
        ),
        "proposers": ("Who proposes most", ask(copy, "proposers").head(8)),
        "together": ("Which organisations appear together", ask(copy, "together").head(6)),
    }
    for name, (title, frame) in answers.items():
        click.echo(f"\n{title} - helseradar trends {name}\n\n{frame_text(by_period(frame, 'month'), 'table')}")
    where = "" if data.name == "data" else f" --data {data.name}"
    click.echo(f"\nNext: helseradar review{where}   the measures with their evidence, in the browser")
