"""The app on a real port of this machine, over a published copy made by hand."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn

from review.serve import HOST, listening, settings
from tests.review.newsroom import publish_stories


@contextmanager
def serving(data: Path) -> Iterator[httpx.Client]:
    """A client of the app that serves what is published in ``data``."""
    with listening(0) as sock:
        server = uvicorn.Server(settings(data))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]})
        thread.start()
        try:
            with httpx.Client(base_url=f"http://{HOST}:{sock.getsockname()[1]}", timeout=60, trust_env=False) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published copy of the newsroom's stories."""
    return publish_stories(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def site(copy: Path) -> Iterator[httpx.Client]:
    """The app on that copy."""
    with serving(copy.parent.parent) as client:
        yield client


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[httpx.Client]:
    """The app where nothing is published yet."""
    with serving(tmp_path) as client:
        yield client
