"""What can go wrong in the warehouse.

WarehouseError
├── WarehouseBusy        another process has the file open; a retry helps
├── WarehouseUnreadable  the file is no warehouse of ours, or of a later release
├── RunInProgress        another run is at work on the same data; a retry helps
├── NotPublished         no run has published anything yet
├── KeyMissing           somebody is forgotten, but the key of the hashes is gone
├── RegisterError        a line of a register of actors is none
├── QuestionError        no such question, or a parameter that it does not know
└── QueryError           SQL that is wrong, or that is not a question
"""

from __future__ import annotations

from pathlib import Path


class WarehouseError(Exception):
    """Anything that goes wrong in the warehouse, told in one line. ``retry``: whether trying later may help."""

    retry = False


class WarehouseBusy(WarehouseError):
    """Another process has the warehouse's file open."""

    retry = True

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is in use by another process; wait until it is done, and try again")
        self.path = path


class WarehouseUnreadable(WarehouseError):
    """The file of a warehouse, or of its published copy, cannot be read."""

    def __init__(self, path: Path, why: str, remedy: str = "move it away, or choose another --data") -> None:
        super().__init__(f"{path} cannot be read as a warehouse: {why}; {remedy}")
        self.path = path


class RunInProgress(WarehouseError):
    """Another run is at work on the same data."""

    retry = True

    def __init__(self, data: Path) -> None:
        super().__init__(f"another run is at work in {data}; wait until it has ended, and try again")
        self.data = data


class NotPublished(WarehouseError):
    """There is no published copy."""

    def __init__(self, data: Path) -> None:
        super().__init__(f"nothing is published in {data} yet; `helseradar run` or `helseradar demo` does it")
        self.data = data


class KeyMissing(WarehouseError):
    """Names are suppressed by keyed hashes, and the key is not there: nothing may be loaded without it."""

    def __init__(self) -> None:
        super().__init__(
            "forgotten.key is missing in the data folder; put it back, or 'helseradar forget' the same again"
        )


class RegisterError(WarehouseError):
    """A line of a register of actors that is none."""

    def __init__(self, path: Path, line: int, why: str) -> None:
        super().__init__(f"{path}, line {line}: {why}; see docs/actors.md")
        self.path = path


class QuestionError(WarehouseError):
    """A question that is not shipped, or a parameter that it does not know."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


class QueryError(WarehouseError):
    """SQL that DuckDB refuses, or that does more than ask."""
