"""Writing into a sources file: what stands there stays as it is, comments too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from corpus.addresses import same_site
from corpus.errors import SourcesError
from corpus.sources import Source, read_sources

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_NOT_FOR_AN_ID = re.compile(r"[^a-z0-9]+")


def proposed_id(url: str) -> str:
    """A short name for the source at an address: its host without ``www`` and ending, and the section if it has one."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    section = parts.path.strip("/").partition("/")[0]
    name = host.rpartition(".")[0] or host
    words = f"{name} {section}" if section and "." not in section and section not in ("feed", "rss") else name
    return _NOT_FOR_AN_ID.sub("-", words.lower()).strip("-")


def double_of(source_id: str, url: str, sources: Iterable[Source]) -> Source | None:
    """The source that has this id or this address already, unless it is turned off."""
    return next((s for s in sources if s.enabled and (s.id == source_id or s.url == url)), None)


def entry_waiting_for(url: str, sources: Iterable[Source]) -> Source | None:
    """The one entry that is turned off and stands for this address or, as a whole site, for the one it is on."""
    waiting = [source for source in sources if not source.enabled and source.url and same_site(source.url, url)]
    exact = [source for source in waiting if source.url == url]
    if exact or len(waiting) != 1:
        return exact[0] if exact else None
    return waiting[0] if urlsplit(url).path in ("", "/") else None


def append_source(path: Path, source: Source, remarks: Sequence[str], *, before: Sequence[Path] = ()) -> None:
    """Add an entry at the end of a sources file, made if it is not there.

    Args:
        path: the file.
        source: what to write; keys at their defaults are left out, ``verified`` and ``enabled`` never.
        remarks: lines for comments above it.
        before: the files read before this one, whose keys it changes; together they must be good.

    Raises:
        SourcesError: the file cannot be used, has this id already, or could not be read with the new entry in it.
    """
    there = path.read_text(encoding="utf-8") if path.exists() else ""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = path.with_name(f".{path.name}.new")
    written.write_text(f"{there.rstrip()}\n\n{entry(source, remarks)}".lstrip(), encoding="utf-8")
    try:
        read_sources(*before, written)
        written.replace(path)
    except SourcesError as exc:
        raise SourcesError(path, str(exc).partition(": ")[2], source_id=exc.source_id, key=exc.key) from exc
    finally:
        written.unlink(missing_ok=True)


def entry(source: Source, remarks: Sequence[str]) -> str:
    """A source as a ``[[source]]`` table."""
    values: dict[str, str | bool | None] = {
        "id": source.id,
        "name": source.name,
        "kind": source.kind,
        "url": source.url,
        "group": source.group,
        "verified": source.verified,
        "enabled": source.enabled,
    }
    if source.allow_private_addresses:
        values["allow_private_addresses"] = True
    lines = [f"{key} = {_toml(value)}" for key, value in values.items() if value is not None]
    return "\n".join(["[[source]]", *(f"# {_CONTROL.sub(' ', remark)}" for remark in remarks), *lines]) + "\n"


def _toml(value: str | bool) -> str:
    """JSON's texts and truth values are TOML's too, but for control characters."""
    return json.dumps(_CONTROL.sub(" ", value) if isinstance(value, str) else value, ensure_ascii=False)
