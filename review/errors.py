"""What can go wrong in the room ``review``.

    ReviewError
    ├── BadParameter       a part of the address asks for what there is not; carries its name
    ├── NoSuchThing        no measure, actor, article or question with that id; carries both
    ├── ChartError
    │   ├── UnknownSuffix  a chart cannot be saved in that format; carries the path
    │   └── NothingToDraw  the answer has no rows; carries the question
    └── CannotServe        the port is taken or refused; carries it

Each message is one line that says what to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


class ReviewError(Exception):
    """What the room ``review`` raises. ``retry``: whether the same again may go better."""

    retry = False


class BadParameter(ReviewError):
    """A value in the address that cannot be used.

    ``allowed`` says what can: ``date``, ``number``, ``length`` (at most ``choices[0]``), ``choice`` (of ``choices``).
    """

    def __init__(self, name: str, value: str, allowed: str, choices: tuple[str, ...] = ()) -> None:
        self.name, self.value, self.allowed, self.choices = name, value[:60], allowed, choices
        super().__init__(f"{name}: {self.value!r} cannot be used; give a {allowed} {', '.join(choices)}".rstrip())


class NoSuchThing(ReviewError):
    """Nothing with that id in the published copy."""

    def __init__(self, kind: str, thing_id: str) -> None:
        self.kind, self.thing_id = kind, thing_id
        super().__init__(f"no {kind} with the id {thing_id[:60]!r}")


class ChartError(ReviewError):
    """A chart that cannot be made or saved."""


class UnknownSuffix(ChartError):
    """A file name whose ending is no format of ours."""

    def __init__(self, path: Path, known: Iterable[str]) -> None:
        self.path = path
        super().__init__(
            f"{path}: cannot save a chart as {path.suffix or 'a file without ending'!r}; use {', '.join(known)}"
        )


class NothingToDraw(ChartError):
    """A question whose answer has no rows."""

    def __init__(self, question: str) -> None:
        self.question = question
        super().__init__(f"{question}: no rows to draw; try an earlier --since, or collect more with `helseradar run`")


class CannotServe(ReviewError):
    """The address that the app should listen on cannot be had."""

    retry = True

    def __init__(self, host: str, port: int, reason: str) -> None:
        self.host, self.port = host, port
        super().__init__(f"{host}:{port}: {reason}; choose another with --port")
