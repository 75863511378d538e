"""A folder of files as a source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.article import Fetch, Listing
from corpus.sources import Source
from tests.corpus.collecting import Collector, outcomes


@pytest.fixture
def folder(tmp_path: Path) -> Source:
    return Source(id="arkiv", name="Arkiv", kind="folder", path=tmp_path / "arkiv på disk")


def names(items: Sequence[Fetch | Listing]) -> dict[str, str]:
    return {url.rpartition("/")[2]: outcome for url, outcome in outcomes(items).items()}


ARTICLE = """Foreningen vil ha flere tannpleiere

Fjordby tannpleierlag foreslår å ansette flere tannpleiere i kommunen. Forslaget skal behandles til våren.

– Vi ber om at kommunen setter av midler til dette allerede neste år, sier lederen.
"""


def test_files_are_articles_once(collector: Collector, folder: Source) -> None:
    assert folder.path is not None
    folder.path.mkdir()
    (folder.path / "sak.txt").write_text(ARTICLE, encoding="utf-8")
    (folder.path / "kopi.txt").write_text(ARTICLE, encoding="utf-8")
    (folder.path / "tom.txt").write_text("", encoding="utf-8")
    (folder.path / "lenke.txt").symlink_to("sak.txt")
    assert names(collector.run(folder)) == {
        "kopi.txt": "saved",
        "sak.txt": "duplicate",
        "tom.txt": "failed: empty file",
    }
    (folder.path / "tom.txt").write_text(ARTICLE.replace("tannpleiere", "helsesykepleiere"), encoding="utf-8")
    again = names(collector.run(folder))
    assert (again["kopi.txt"], again["sak.txt"], again["tom.txt"]) == ("unchanged", "unchanged", "saved")


def test_a_changed_file_is_read_as_changed(collector: Collector, folder: Source) -> None:
    assert folder.path is not None
    folder.path.mkdir()
    path = folder.path / "sak.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    collector.run(folder)
    path.write_text(ARTICLE + "\nSaken ble oppdatert med flere tall fra kommunen.\n", encoding="utf-8")
    assert names(collector.run(folder)) == {"sak.txt": "saved"}
    assert names(collector.run(replace(folder, path=path))) == {"sak.txt": "unchanged"}


def test_a_file_of_a_kind_that_cannot_be_read_is_skipped(collector: Collector, folder: Source, tmp_path: Path) -> None:
    picture = tmp_path / "bilde.jpg"
    picture.write_bytes(b"\xff\xd8\xff")
    assert names(collector.run(replace(folder, path=picture))) == {"bilde.jpg": "skipped: unknown ending"}


def test_a_missing_folder_fails(collector: Collector, folder: Source) -> None:
    (item,) = collector.run(folder)
    assert isinstance(item, Fetch)
    assert (item.url, item.outcome, item.reason) == (folder.address, "failed", "no such folder")
