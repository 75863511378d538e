"""Whatever a site does, its source ends counted, with its reason, and at no more than its limits cost."""

from __future__ import annotations

from collections import Counter

import pytest

from corpus.article import Fetch
from corpus.collect import collect
from corpus.extract import extract_page
from tests.corpus.collecting import Clock, Remembering, outcomes
from tests.corpus.hostile.catalogue import TRAPS
from tests.corpus.hostile.traps import AT_MOST_PAGES, Trap, hostile_client
from tests.corpus.loopback import serve_web


def test_the_catalogue_is_long_and_names_each_kind_once() -> None:
    assert len(TRAPS) == len({trap.name for trap in TRAPS}) >= 40


@pytest.mark.timeout(30)
@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_a_trap_ends_as_the_catalogue_says(trap: Trap) -> None:
    with serve_web() as web:
        trap.set_up(web)
        memory = Remembering()
        with hostile_client(web) as client:
            found = list(collect(trap.source, client, memory, now=Clock(), limit=AT_MOST_PAGES, extract=extract_page))
        fetches = [item for item in found if isinstance(item, Fetch)]
        results = outcomes(found)
        if not trap.counts:
            assert results == dict(trap.ends)
        assert Counter(results.values()) == trap.expected
        assert len(web.asked) <= trap.requests
        assert sum(web.sent.values()) <= trap.sent
        assert not [address for address in web.asked if not address.startswith(trap.host)]
        if trap.article is not None:
            article = next(fetch.article for fetch in fetches if fetch.article and fetch.url.endswith("/sak"))
            assert trap.article(article), article
