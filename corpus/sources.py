"""The register of sources: where articles come from, read from TOML files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

from corpus.addresses import normal_form
from corpus.errors import SourcesError
from corpus.options import OPTIONS, Options, keys, missing, options_of
from corpus.options import problem as problem_with

SHIPPED = Path(__file__).parent / "sources.toml"

KINDS = ("feed", "sitemap", "wordpress", "api", "stortinget", "listing", "folder", "warc")
ON_DISK = ("folder", "warc")  # the kinds that have a path; all others have a url

_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where articles come from; a ``[[source]]`` table of a sources file, key by key.

    Attributes:
        id: short name of small letters, digits, ``-`` and ``_``; what ``--only`` takes.
        name: as people call it.
        kind: ``feed`` (RSS, Atom, JSON Feed), ``sitemap`` (also of news, or an index of them), ``wordpress``, ``api``,
            ``stortinget``, ``listing``, ``folder`` (of files) or ``warc`` (archives of pages).
        url: address of the list to begin with, in normal form.
        path: the folder, or one file; in a sources file relative to that file.
        group: what it is counted with in trends (``press``, ``government`` …).
        verified: whether somebody has seen it answer as described.
        enabled: whether it is collected when nobody names it.
        allow_private_addresses: whether its pages may be on a private or loopback network.
        options: what only sources of its kind are told; in a sources file its keys stand beside the others.
    """

    id: str
    name: str
    kind: str
    url: str | None = None
    path: Path | None = None
    group: str | None = None
    verified: bool = False
    enabled: bool = True
    allow_private_addresses: bool = False
    options: Options | None = None

    @property
    def address(self) -> str:
        """Its ``url``, or its ``path`` as a ``file:`` address."""
        return self.url or (self.path or Path()).resolve().as_uri()


_TYPES: Mapping[str, type] = {
    field.name: bool if isinstance(field.default, bool) else str for field in fields(Source) if field.name != "options"
}
_OF_SOME_KIND = frozenset(key for kind in OPTIONS for key in keys(kind))
_REQUIRED = tuple(field.name for field in fields(Source) if field.default is MISSING)


def read_sources(*paths: Path) -> tuple[Source, ...]:
    """The sources of the files, in order of first mention. A later file changes, by id, the keys that it gives.

    Raises:
        SourcesError: a file cannot be read, or a source in it cannot be used; names file, source and key.
    """
    tables: dict[str, dict[str, Any]] = {}
    written_in: dict[str, Path] = {}
    for path in paths:
        for source_id, table in _tables(path).items():
            tables.setdefault(source_id, {}).update(table)
            written_in[source_id] = path
    return tuple(_source(table, written_in[source_id]) for source_id, table in tables.items())


def _tables(path: Path) -> dict[str, dict[str, Any]]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as exc:
        raise SourcesError(path, f"cannot be read ({exc.strerror})") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise SourcesError(path, f"is no TOML ({exc})") from exc
    unknown = sorted(set(content) - {"source"})
    if unknown:
        raise SourcesError(
            path, f"unknown key {unknown[0]!r}; a sources file has [[source]] tables only", key=unknown[0]
        )
    listed = content.get("source", [])
    if not isinstance(listed, list):
        raise SourcesError(path, "write [[source]], with two brackets", key="source")
    tables: dict[str, dict[str, Any]] = {}
    for number, table in enumerate(listed, start=1):
        source_id = table.get("id")
        if not isinstance(source_id, str) or not _ID.fullmatch(source_id):
            problem = f"source number {number} needs an id of small letters, digits, - and _ (it has {source_id!r})"
            raise SourcesError(path, problem, key="id")
        if source_id in tables:
            raise SourcesError(path, "is there twice; give one of them another id", source_id=source_id, key="id")
        kind = str(table.get("kind", ""))
        tables[source_id] = {key: _value(path, source_id, kind, key, value) for key, value in table.items()}
    return tables


def _value(path: Path, source_id: str, kind: str, key: str, value: object) -> object:
    if key in _OF_SOME_KIND:
        return value  # looked at when all files are read, for an earlier one may say the kind
    wanted = _TYPES.get(key)
    if wanted is None:
        of_kind = f" for kind {kind!r}" if kind in KINDS else ""
        problem = f"unknown key {key!r}{of_kind} (known: {', '.join((*_TYPES, *keys(kind)))})"
        raise SourcesError(path, problem, source_id=source_id, key=key)
    if not isinstance(value, wanted):
        kind = "true or false" if wanted is bool else "a text in quotes"
        raise SourcesError(path, f"{key} must be {kind}, not {value!r}", source_id=source_id, key=key)
    if key == "path":
        return path.parent / Path(str(value)).expanduser()
    if key == "url":
        address = normal_form(str(value))
        if address is None:
            raise SourcesError(path, f"url is no web address: {value!r}", source_id=source_id, key=key)
        return address
    return value


def _source(table: Mapping[str, Any], path: Path) -> Source:
    source_id = table["id"]
    for key in _REQUIRED:
        if key not in table:
            raise SourcesError(path, f"{key} is missing", source_id=source_id, key=key)
    kind = table["kind"]
    if kind not in KINDS:
        raise SourcesError(path, f"unknown kind {kind!r} (known: {', '.join(KINDS)})", source_id=source_id, key="kind")
    needed, other = ("path", "url") if kind in ON_DISK else ("url", "path")
    if needed not in table:
        raise SourcesError(path, f"{needed} is missing; a {kind} has one", source_id=source_id, key=needed)
    if other in table:
        raise SourcesError(path, f"{other} does not belong to a {kind}", source_id=source_id, key=other)
    own = {key: value for key, value in table.items() if key in _OF_SOME_KIND}
    for key, value in own.items():
        if key not in keys(kind):
            raise SourcesError(path, f"unknown key {key!r} for kind {kind!r}", source_id=source_id, key=key)
        if found := problem_with(kind, key, value):
            raise SourcesError(path, f"{key} {found}", source_id=source_id, key=key)
    if lacking := missing(kind, own):
        raise SourcesError(path, f"{lacking} is missing; kind {kind!r} needs it", source_id=source_id, key=lacking)
    common = {key: value for key, value in table.items() if key not in own}
    return Source(**common, options=options_of(kind, own))
