"""What changed in an article: paragraph by paragraph, between one wording and the next."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.warehouse.newsroom import NOW, article, column, fetch, fill
from warehouse.changes import paragraph_changes, settle_changes
from warehouse.load import save_fetches
from warehouse.publish import publish, published
from warehouse.query import query

FIRST = article("sak", "Styret møtes i dag.", "Saken er viktig.", "Ingen vil si noe nå.")
SECOND = article("sak", "Styret møttes i går.", "Saken er viktig.")
THIRD = article("sak", "Styret møttes i går.", "Saken er viktig.", "Rettet: Møtet var i går.")


def test_the_paragraphs_that_differ_are_shown_through_sql(tmp_path: Path) -> None:
    with fill(tmp_path, FIRST).write() as con:
        assert settle_changes(con) == 0
        save_fetches(con, "r3", [fetch(THIRD, at=NOW + timedelta(days=2))])
        assert settle_changes(con) == 1
        save_fetches(con, "r2", [fetch(SECOND, at=NOW + timedelta(days=1))])  # comes late, and stands between
        assert settle_changes(con) == 1
        assert settle_changes(con) == 0
        assert column(con, "select count(distinct version_id) from changes") == [2]
    publish(tmp_path, NOW, full_text=True)
    shown = query(
        published(tmp_path),
        "select kind, coalesce(before, ''), coalesce(after, '') from article_changes order by changed_at, place",
    )
    assert shown.values.tolist() == [
        ["changed", "Styret møtes i dag.", "Styret møttes i går."],
        ["removed", "Ingen vil si noe nå.", ""],
        ["added", "", "Rettet: Møtet var i går."],
    ]


def test_a_paragraph_that_moved_is_removed_and_added() -> None:
    changes = paragraph_changes(["en", "to", "tre"], ["to", "tre", "en"])
    assert [(change["kind"], change["before"], change["after"]) for change in changes] == [
        ("removed", "en", None),
        ("added", None, "en"),
    ]
