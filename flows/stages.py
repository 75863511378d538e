"""The stages of a run as plain functions: collect, read, publish. They meet in the warehouse only, so each can be run
alone, again, and after a crash, with the same result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from corpus.article import Fetch, Listing
from corpus.client import Client
from corpus.collect import collect
from corpus.polling import is_due, next_poll
from corpus.robots import user_agent
from corpus.sources import Source
from flows.report import SourceReport
from flows.settings import Settings
from warehouse.load import save_analyses, save_fetches, save_listings
from warehouse.memory import WarehouseMemory
from warehouse.pending import PendingText, pending_texts
from warehouse.polls import latest_polls, save_polls
from warehouse.publish import publish
from warehouse.store import Warehouse
from warehouse.topics import save_topics

if TYPE_CHECKING:
    from spacy.language import Language

    from nlp.analysis import Analysis
    from nlp.topics import Topic

# A source may lead to any number of pages; at a page a second this is half an hour. The rest comes with the next runs.
PAGES_A_RUN = 2_000

# Articles kept in one transaction: few enough that a killed run fetches little again, many enough that DuckDB is fast.
PAGES_A_BATCH = 25
ADDRESSES_A_BATCH = 1_000  # where nothing was read there is little to lose
TEXTS_A_BATCH = 64

Tell = Callable[[str], None]


def utc_now() -> datetime:
    """The clock of a real run."""
    return datetime.now(UTC)


def no_telling(_: str) -> None:
    """Tell nobody of the progress."""


@dataclass(slots=False, kw_only=True)
class Workplace:
    """What the stages work with, given as arguments so that a sample or a test can bring its own.

    Attributes:
        data: folder of the state.
        client: how pages are fetched.
        model: name of the entity model; ``None`` is the shipped one.
        now: the clock.
        tell: told one line now and then.
        publish_full_text: whether readers' copies carry the articles' texts.
        retention_days: how long texts are kept; ``None`` is for ever.
    """

    data: Path
    client: Client
    model: str | None = None
    now: Callable[[], datetime] = utc_now
    tell: Tell = no_telling
    publish_full_text: bool = False
    retention_days: int | None = None

    @cached_property
    def warehouse(self) -> Warehouse:
        """The warehouse in the data folder, made when first used."""
        return Warehouse(self.data)

    @cached_property
    def pipeline(self) -> Language:
        """The loaded pipeline; spaCy is imported only where something is read."""
        from nlp.pipeline import load_pipeline

        own_topics = self.data / "topics.toml"
        return load_pipeline(self.model, topics_file=own_topics if own_topics.is_file() else None)

    @property
    def topics(self) -> Sequence[Topic]:
        """The topics that measures are given."""
        found: Any = self.pipeline.get_pipe("topics")
        return tuple(found.topics.topics)

    @property
    def model_name(self) -> str:
        """Name and version of the model, as analyses carry it."""
        from nlp.pipeline import model_name

        return model_name(self.pipeline)


@contextmanager
def real_place(settings: Settings, tell: Tell = no_telling) -> Iterator[Workplace]:
    """The workplace of a real run: the web as it is, under the name that the settings give us."""
    with Client(user_agent(settings.contact)) as client:
        yield Workplace(
            data=settings.data,
            client=client,
            tell=tell,
            publish_full_text=settings.publish_full_text,
            retention_days=settings.retention_days,
        )


def by_host(sources: Sequence[Source]) -> list[list[Source]]:
    """Sources grouped by the host they stand on, so that no host is asked by two at once; folders are a group."""

    def host(source: Source) -> str:
        return urlsplit(source.url or "").netloc.casefold()

    return [list(group) for _, group in groupby(sorted(sources, key=host), key=host)]


def collect_source(place: Workplace, source: Source, run_id: str, *, limit: int | None = None) -> SourceReport:
    """Collect one source into the warehouse, a batch a transaction; at most ``limit`` pages, or those of a run."""
    if limit is None and source.path is None:
        limit = PAGES_A_RUN
    report = SourceReport(source_id=source.id, address=source.address)
    memory = WarehouseMemory(place.warehouse)
    place.tell(f"{source.id}: collecting")
    with place.warehouse.held():  # the memory is asked about every page
        for batch in batched(collect(source, place.client, memory, now=place.now, limit=limit)):
            fetches = [item for item in batch if isinstance(item, Fetch)]
            listings = [item for item in batch if isinstance(item, Listing)]
            with place.warehouse.write() as connection:
                fetches = save_fetches(connection, run_id, fetches)
                save_listings(connection, listings)
            report.count(fetches)
            place.tell(f"{source.id}: {report.outcomes.total()} pages")
        report.moved_to = place.client.moved_to(source.address)
        if source.url is not None and not report.listing_failed:
            note_poll(place, report)
    return report


def note_poll(place: Workplace, report: SourceReport) -> None:
    """Keep how much of a source was new, which decides when it is asked again."""
    new = report.outcomes["saved"] + report.outcomes["duplicate"] + report.left
    with place.warehouse.write() as connection:
        before = latest_polls(connection).get(report.source_id)
        found = report.outcomes.total()
        save_polls(connection, [next_poll(before, report.source_id, place.now(), found=found, new=new)])


def due_sources(place: Workplace, sources: Sequence[Source]) -> list[Source]:
    """Those of the sources whose time has come."""
    with place.warehouse.read() as connection:
        polls = latest_polls(connection)
    return [source for source in sources if is_due(polls.get(source.id), place.now())]


def batched(items: Iterator[Fetch | Listing]) -> Iterator[list[Fetch | Listing]]:
    """Lists of so many articles or addresses as are kept at once, in order, made as the items come."""
    batch: list[Fetch | Listing] = []
    articles = 0
    for item in items:
        batch.append(item)
        articles += isinstance(item, Fetch) and item.article is not None
        if articles == PAGES_A_BATCH or len(batch) == ADDRESSES_A_BATCH:
            yield batch
            batch, articles = [], 0
    if batch:
        yield batch


def next_texts(place: Workplace, skip: int = 0) -> list[PendingText]:
    """The next texts that this model has not read, leaving out the first ``skip`` (those it could not read)."""
    with place.warehouse.read() as connection:
        return pending_texts(connection, place.model_name, TEXTS_A_BATCH + skip)[skip:]


def analyse_batch(place: Workplace, run_id: str, texts: Sequence[PendingText]) -> tuple[int, int]:
    """Read a batch and keep what was read in one transaction.

    Returns:
        How many texts were read, and how many measures stood in them. A text that cannot be read is left for the next
        run: the difference to ``len(texts)``.
    """
    read = list(read_texts(place, texts))
    with place.warehouse.write() as connection:
        save_analyses(connection, run_id, read, place.now())
        save_topics(connection, place.topics)
    return len(read), sum(len(analysis.measures) for _, analysis in read)


def read_texts(place: Workplace, texts: Sequence[PendingText]) -> Iterator[tuple[PendingText, Analysis]]:
    """Each text with its analysis; when the batch breaks, one at a time, so that one bad text costs only itself."""
    from nlp.reading import read

    pairs = [(text.version_id, text.text) for text in texts]
    try:
        yield from zip(texts, list(read(place.pipeline, pairs)), strict=True)
    except Exception:
        for text, pair in zip(texts, pairs, strict=True):
            try:
                yield text, next(iter(read(place.pipeline, [pair])))
            except Exception as error:  # whatever a component did: name the article and go on
                place.tell(
                    f"{text.article_id}: could not be read ({type(error).__name__}: {error}); tried again next run"
                )


def publish_copy(place: Workplace) -> Path | None:
    """Publish what is new; the path of the new copy, or ``None``."""
    return publish(place.data, place.now(), full_text=place.publish_full_text)
