"""All traps. The catalogue is the test list: a trap added here is tested alone, and in the run over all of them."""

from __future__ import annotations

from tests.corpus.hostile import answers, listings, pages
from tests.corpus.hostile.traps import Trap

TRAPS: tuple[Trap, ...] = (
    *answers.traps(),
    *pages.traps(),
    *listings.robots_traps(),
    *listings.feed_traps(),
    *listings.sitemap_traps(),
    *listings.page_traps(),
)
