"""The docs hold: commands, settings, tables and links that they name are there, and none is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flows.cli import cli
from warehouse.query import query
from warehouse.store import Warehouse

ROOT = Path(__file__).parent.parent
DOCS = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
ROOMS = ("corpus", "nlp", "warehouse", "review", "flows")


def test_the_readme_tells_of_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in cli.commands if f"`{name}" not in readme] == []


def test_every_setting_is_documented() -> None:
    settings = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    sources = [path.read_text(encoding="utf-8") for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    named = {name for source in sources for name in re.findall(r"HELSERADAR_[A-Z_]+", source)}
    assert named
    assert [name for name in sorted(named) if name not in settings] == []


def test_every_table_and_view_is_documented(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from warehouse.publish import publish

    with Warehouse(tmp_path).write():
        pass
    copy = publish(tmp_path, datetime(2026, 3, 2, tzinfo=UTC))
    assert copy is not None
    tables = query(copy, "select table_name from information_schema.tables order by 1")["table_name"]
    documented = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    assert [name for name in tables if f"`{name}`" not in documented] == []


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_and_files_that_a_document_names_are_there(doc: Path) -> None:
    text = doc.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    files = re.findall(r"`((?:docs|nlp|corpus|warehouse|review|flows|bench)/[\w./-]+\.\w+)`", text)
    assert [name for name in links if not (doc.parent / name).exists()] == []
    assert [name for name in files if not (ROOT / name).exists()] == []
