"""The register of the bodies of Norwegian health: under which names each is known, with a source for it.

Helseradar ships one (``warehouse/actors.tsv``); a data folder may have another one, ``actors.tsv``, whose word counts
where both speak of the same name.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import RegisterError

SHIPPED = Path(__file__).parent / "actors.tsv"
OWN_FILE = "actors.tsv"
COLUMNS = ("name", "kind", "aliases", "parent", "source")
KINDS = (
    "parliament",
    "government",
    "ministry",
    "agency",
    "regional health authority",
    "health trust",
    "hospital",
    "party",
    "cluster",
    "patient organisation",
    "union",
    "trade association",
    "supplier",
    "research",
    "municipal",
    "other",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One line of a register.

    Attributes:
        kind: one of ``KINDS``.
        aliases: abbreviations, names in the other Norwegian, former names.
        parent: the name of the body that it belongs to; "" where that is not plain.
        source: an address where the names stand.
        own: whether the user wrote it, and not we.
    """

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    parent: str = ""
    source: str = ""
    own: bool = False


def read_register(data: Path | None = None) -> tuple[Body, ...]:
    """The shipped register, and after it the data folder's own one where there is one.

    A body that the own file names too is taken from there alone.

    Raises:
        RegisterError: a line is none of a register; tells file, line and what is wrong.
    """
    own = () if data is None or not (data / OWN_FILE).is_file() else tuple(_bodies(data / OWN_FILE, own=True))
    named = {body.name for body in own}
    return tuple(body for body in _bodies(SHIPPED, own=False) if body.name not in named) + own


def _bodies(path: Path, *, own: bool) -> Iterator[Body]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = [(number, line) for number, line in enumerate(file, 1) if line.strip() and not line.startswith("#")]
    rows = csv.reader((line for _, line in lines), delimiter="\t", quoting=csv.QUOTE_NONE)
    seen: set[str] = set()
    for (number, _), row in zip(lines, rows, strict=True):
        values = [value.strip() for value in row]
        if values == list(COLUMNS):
            continue
        if len(values) > len(COLUMNS):
            raise RegisterError(path, number, f"more columns than {', '.join(COLUMNS)}")
        name, kind, aliases, parent, source = values + [""] * (len(COLUMNS) - len(values))
        if not name or name in seen:
            raise RegisterError(path, number, f"'{name}' is there twice" if name else "no name")
        if kind not in KINDS:
            raise RegisterError(path, number, f"no kind '{kind}'; there are: {', '.join(KINDS)}")
        seen.add(name)
        also = tuple(alias.strip() for alias in aliases.split("|") if alias.strip())
        yield Body(name=name, kind=kind, aliases=also, parent=parent, source=source, own=own)
