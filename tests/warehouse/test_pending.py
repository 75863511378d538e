"""What is not yet read with a model."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.warehouse.newsroom import NOW, STORIES, article, column, fetch, fill, read, read_all
from warehouse.load import save_analyses, save_fetches, settle_duplicates
from warehouse.pending import PendingText, pending_texts
from warehouse.store import Warehouse


def test_the_newest_come_first_the_undated_last_and_what_is_read_not_again(tmp_path: Path) -> None:
    with Warehouse(tmp_path).write() as con:
        save_fetches(con, "r1", [fetch(story) for story in STORIES])
        texts = pending_texts(con, "m", 10)
        assert [text.title for text in texts] == ["Om vår", "Om nyttår", "Om beredskap", "Om udatert"]
        assert pending_texts(con, "m", 2) == texts[:2]
        story = STORIES[2]
        assert texts[0] == PendingText(
            article_id=story.article_id, version_id=story.version_id, title=story.title, text=story.text
        )
        save_analyses(con, "r1", [(texts[1], read(texts[1], model="m"))], NOW)
        assert pending_texts(con, "m", 10) == [texts[0], *texts[2:]]


def test_another_model_has_everything_before_it(tmp_path: Path) -> None:
    with fill(tmp_path, *STORIES).write() as con:
        assert read_all(con) == 0
        assert read_all(con, model="bedre-2.0") == len(STORIES)
        assert column(con, "select count(*) from analyses") == [2 * len(STORIES)]


def test_only_the_latest_wording_and_only_the_main_one_of_duplicates(tmp_path: Path) -> None:
    old, new = article("a", "Slik var det."), article("a", "Slik ble det.")
    same = article("b", "Slik ble det.", title="Om a")
    with Warehouse(tmp_path).write() as con:
        save_fetches(con, "r1", [fetch(old)])
        save_fetches(con, "r2", [fetch(new, at=NOW + timedelta(days=1)), fetch(same)])
        settle_duplicates(con)
        assert [text.version_id for text in pending_texts(con, "m", 10)] == [new.version_id]
