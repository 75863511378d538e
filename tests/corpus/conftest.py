"""A little web with a feed of two articles, and somebody who collects it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.corpus.collecting import Collector, feed
from tests.corpus.loopback import Web, html, serve_web


@pytest.fixture
def web() -> Iterator[Web]:
    with serve_web() as web:
        web.pages["avisa.example/rss"] = feed("/1", "/2")
        web.pages["avisa.example/1"] = html("Én sak")
        web.pages["avisa.example/2"] = html("En annen sak")
        yield web


@pytest.fixture
def collector(web: Web) -> Collector:
    return Collector(web)
