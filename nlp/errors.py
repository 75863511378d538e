"""What can go wrong in reading.

ReadingError
├── AnnotationError  a file of annotated text is missing or malformed
├── ModelError       a spaCy pipeline is not installed, or cannot be used for what it was named for
└── TopicsError      a file of topics cannot be read
"""

from __future__ import annotations

from pathlib import Path


class ReadingError(Exception):
    """Base of this room's errors: a message of one line that says what to do. ``retry``: whether trying again helps."""

    retry = False


class ModelError(ReadingError):
    """A model cannot be used. ``model`` is its name or path as given."""

    def __init__(self, model: str, message: str) -> None:
        super().__init__(f"model {model!r}: {message}")
        self.model, self.message = model, message

    def __reduce__(self) -> tuple[type[ModelError], tuple[str, str]]:
        """How it comes back from another process."""
        return type(self), (self.model, self.message)


class AnnotationError(ReadingError):
    """Annotated text is missing or not in its format. The message names the file and, where there is one, the line."""


class TopicsError(ReadingError):
    """A file of topics cannot be read. ``path`` is that file."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
