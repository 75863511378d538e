"""A walk back through the sample, in a process that kills itself (SIGKILL) when told a line that begins with WORD.

Run as ``-m tests.flows.killed_backfill DATA WORD``.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from flows.backfill import walk_back
from flows.demo import sample_place
from tests.flows.killed_job import kill_at

if __name__ == "__main__":
    with sample_place(Path(sys.argv[1]), lambda line: kill_at(sys.argv[2], line)) as (place, sources):
        walk_back(place, sources, date(2000, 1, 1))
