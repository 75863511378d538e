"""What figures were measured on."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path


def machine() -> str:
    """This machine and the versions that matter, in one line."""
    name = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [
            line.split(":")[1].strip() for line in cpuinfo.read_text().splitlines() if line.startswith("model name")
        ]
        name = names[0] if names else name
    libraries = ", ".join(f"{library} {version(library)}" for library in ("spacy", "trafilatura", "duckdb", "prefect"))
    return f"{name}, {os.cpu_count()} cores; Python {platform.python_version()}, {libraries}"
