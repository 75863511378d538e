"""What all rooms' tests share: where the reference corpus is, if it is there at all."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the reference corpus; tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside the checkout: the reference corpus may not be republished")
    return SHARED
