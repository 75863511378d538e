"""What a run says of itself: counts for each source, and the status that decides the exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from corpus.article import Fetch
from warehouse.pauses import Pause
from warehouse.rhythm import Silence

Status = Literal["complete", "degraded", "failed"]


@dataclass(slots=True, kw_only=True)
class SourceReport:
    """The outcome of every page found in one source. ``found`` is always the sum of the five outcomes.

    ``stubs`` are those of the articles read that are open in part only, ``left`` the addresses for the next run,
    ``moved_to`` is where its own address has moved for good.
    """

    source_id: str
    address: str
    outcomes: Counter[str] = field(default_factory=Counter)
    why: Counter[str] = field(default_factory=Counter)
    listing_failed: bool = False
    stubs: int = 0
    left: int = 0
    pause: Pause | None = None  # why it was not asked
    moved_to: str | None = None

    def count(self, fetches: Iterable[Fetch]) -> None:
        """Add the outcome of each page."""
        for fetch in fetches:
            self.outcomes[fetch.outcome] += 1
            if fetch.outcome in ("skipped", "failed"):
                self.why[fetch.reason or "no reason given"] += 1
            self.stubs += fetch.article is not None and fetch.article.is_stub
            self.left += fetch.retry
            if fetch.outcome == "failed" and fetch.url == self.address:
                self.listing_failed = True

    def settle(self, settled: Counter[str]) -> None:
        """Take over which of the new articles are saved and which are duplicates, once that is known."""
        for outcome in ("saved", "duplicate"):
            self.outcomes[outcome] = settled[outcome]

    def add(self, other: SourceReport) -> None:
        """Take in the counts of another part of the same source."""
        self.outcomes.update(other.outcomes)
        self.why.update(other.why)
        self.listing_failed |= other.listing_failed
        self.stubs += other.stubs
        self.moved_to = self.moved_to or other.moved_to
        self.left += other.left

    @property
    def status(self) -> Status:
        """``failed`` when nothing of the source could be read, ``degraded`` when a part of it failed."""
        if self.pause is not None:
            return "degraded"
        if self.listing_failed and self.outcomes.total() == self.outcomes["failed"]:
            return "failed"
        return "degraded" if self.outcomes["failed"] else "complete"

    def as_json(self) -> dict[str, Any]:
        """The source's part of ``run --json``."""
        outcomes = {outcome: self.outcomes[outcome] for outcome in OUTCOMES}
        return {
            "id": self.source_id,
            "status": self.status,
            "found": sum(outcomes.values()),
            **outcomes,
            "why": dict(sorted(self.why.items())),
            "stubs": self.stubs,
            **({} if self.moved_to is None else {"moved_to": self.moved_to}),
            **({} if self.pause is None else {"ask_after": self.pause.ask_after.isoformat()}),
        }


OUTCOMES = ("saved", "unchanged", "duplicate", "skipped", "failed")


@dataclass(slots=True, kw_only=True)
class RunReport:
    """One run: its sources, how much was read, and whether something ended it early (``error``).

    ``resting`` are the sources that were not asked, since their time had not come; nothing of them is counted.
    """

    run_id: str
    sources: list[SourceReport] = field(default_factory=list)
    resting: list[str] = field(default_factory=list)
    analysed: int = 0
    unread: int = 0
    measures: int = 0
    published: bool = False
    silent: list[Silence] = field(default_factory=list)
    seconds: float = 0.0
    error: str | None = None

    @property
    def status(self) -> Status:
        """``failed`` when the run ended early or no source could be read; ``degraded`` when anything failed."""
        return run_status([source.status for source in self.sources], unread=self.unread, error=self.error)

    def as_json(self) -> dict[str, Any]:
        """The object that ``run --json`` prints."""
        return {
            "status": self.status,
            "run": self.run_id,
            "sources": [source.as_json() for source in self.sources],
            "resting": self.resting,
            "analysed": self.analysed,
            "measures": self.measures,
            "seconds": round(self.seconds, 1),
        }


def run_status(sources: Sequence[Status], *, unread: int = 0, error: str | None = None) -> Status:
    """The status of a run from those of its sources."""
    if error or (sources and all(status == "failed" for status in sources)):
        return "failed"
    return "degraded" if unread or any(status != "complete" for status in sources) else "complete"
