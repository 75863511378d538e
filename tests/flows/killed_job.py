"""The job on the sample, in a process that kills itself (SIGKILL) when it is told a line that begins with WORD.

Run as ``-m tests.flows.killed_job DATA WORD``.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from flows.demo import sample_place
from flows.job import run_job


def kill_at(word: str, line: str) -> None:
    if line.startswith(word):
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    with sample_place(Path(sys.argv[1]), lambda line: kill_at(sys.argv[2], line)) as (place, sources):
        run_job(place, sources)
