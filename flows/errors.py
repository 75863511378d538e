"""What can go wrong at the front door.

FlowError                 one line for the user, with the way out; exit code 1
├── UsageError            the command was called wrongly; exit code 2
└── ServerNotStarted      Prefect's embedded server did not answer in time
"""

from __future__ import annotations


class FlowError(Exception):
    """A run or command cannot go on. The message is one line that names the thing and what to do."""

    exit_code = 1


class UsageError(FlowError):
    """The command's words are off: a file that is not there, a source nobody knows."""

    exit_code = 2


class ServerNotStarted(FlowError):
    """Prefect's embedded server ended, or did not answer in time. The message names its log."""
