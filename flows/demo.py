"""``demo``: the main job on the shipped sample, served on loopback and fetched by the real client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from corpus.client import Client, Politeness
from corpus.sample.server import serve_sample
from corpus.sources import Source, read_sources
from flows.screen import frame_text
from flows.stages import Workplace, no_telling
from warehouse.publish import published
from warehouse.questions import ask, questions

SAMPLE_SOURCES = Path(__file__).parent.parent / "corpus" / "sample" / "sources.toml"
DEMO_DATA = Path("demo-data")


@contextmanager
def sample_place(
    data: Path, tell: Callable[[str], None] = no_telling
) -> Iterator[tuple[Workplace, tuple[Source, ...]]]:
    """A workplace whose client finds the sample's hosts on loopback, and the sample's sources."""
    with serve_sample() as sample:
        # Nobody is to be spared on loopback: no pause between pages.
        client = Client("helseradar-demo", politeness=Politeness(delay_seconds=0), resolve=sample.resolve)
        yield Workplace(data=data, client=client, tell=tell), read_sources(SAMPLE_SOURCES)


def show_trends(data: Path) -> None:
    """Print a few of the shipped questions' answers and what to try next."""
    copy = published(data)
    console = Console()
    for name, rows in (("measures", None), ("proposers", 8), ("organisations", 10)):
        frame = ask(copy, name, grain="month")
        console.print(f"\n[bold]{questions()[name].title}[/bold]  [dim](helseradar trends {name})[/dim]")
        console.print(frame_text(frame.head(rows) if rows else frame.tail(12), "table"), highlight=False, markup=False)
    console.print(f"\nNext: helseradar review --data {data.name}   (the measures with their evidence, in the browser)")
