"""Settings: read once, here, from the environment and the command line. Listed in docs/settings.md."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flows.errors import UsageError

DEFAULT_DATA = Path("data")
# Publishers look for who to write to when a collector misbehaves; set HELSERADAR_CONTACT to your own address.
DEFAULT_CONTACT = "no-contact-set"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where state lives and how we introduce ourselves.

    Attributes:
        data: the folder that holds warehouse, verdicts and published copies.
        contact: an address or page where publishers reach whoever runs this.
        publish_full_text: whether the published copy carries the articles' texts, and not only what was read in them.
        retention_days: how long texts are kept; ``None`` is for ever.
    """

    data: Path
    contact: str
    publish_full_text: bool = False
    retention_days: int | None = None

    @property
    def sources(self) -> Path:
        """The user's own sources, read after the shipped ones."""
        return self.data / "sources.toml"


def read_settings(data: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings of this call: the command line first, then the environment, then the defaults.

    Environment: ``HELSERADAR_DATA`` (folder), ``HELSERADAR_CONTACT`` (address or page),
    ``HELSERADAR_PUBLISH_FULL_TEXT`` (true or false), ``HELSERADAR_RETENTION_DAYS`` (whole days).

    Raises:
        UsageError: a value that is neither true nor false, or no number of days, where it must be.
    """
    folder = data or Path(environ.get("HELSERADAR_DATA") or DEFAULT_DATA)
    return Settings(
        data=folder.absolute(),
        contact=environ.get("HELSERADAR_CONTACT") or DEFAULT_CONTACT,
        publish_full_text=_is_true(environ, "HELSERADAR_PUBLISH_FULL_TEXT"),
        retention_days=_days("HELSERADAR_RETENTION_DAYS", environ),
    )


def _is_true(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "").strip().lower()
    if value not in ("", "true", "1", "false", "0"):
        raise UsageError(f"{name} must be true or false, not '{environ[name]}'")
    return value in ("true", "1")


def _days(name: str, environ: Mapping[str, str]) -> int | None:
    given = environ.get(name, "").strip()
    if not given:
        return None
    if not given.isdecimal() or int(given) == 0:
        raise UsageError(f"{name} must be a number of days, 1 or more, not '{given}'")
    return int(given)
