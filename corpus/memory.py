"""What collecting asks of earlier runs; the warehouse answers, or a test's dictionary."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from corpus.article import Known, Listing


class Memory(Protocol):
    """What earlier runs left behind."""

    def listing(self, url: str) -> Listing | None:
        """The state in which a feed or sitemap was last dealt with in full."""

    def known(self, urls: Sequence[str]) -> dict[str, Known]:
        """What is remembered of addresses, fetched ones and canonical ones; without those never met."""

    def article_with(self, fingerprint: str) -> str | None:
        """The id of an article that has these words."""

    def due(self, source_id: str, now: datetime) -> dict[str, Known]:
        """Pages of recent articles of a source that are to be looked at again, the longest unseen first."""
