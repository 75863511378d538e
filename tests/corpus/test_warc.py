"""Web archives: written by other tools, cut off, large, and beside what was fetched."""

from __future__ import annotations

import gzip
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from corpus.article import Known
from corpus.connection import Limits
from corpus.kinds.warc import read_archive
from tests.corpus.collecting import outcomes
from tests.corpus.loopback import Web
from tests.corpus.stored import STORED, Case

STORY = "<h1>Sak {0}</h1><article><p>Fjordby kommune vil ansette {0} jordmødre til våren.</p></article>"


def archive(path: Path, **pages: str) -> Path:
    """An archive of pages by name, packed or not as its name says."""
    records = [
        (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://arkiv.example/{name}\r\n"
            "WARC-Date: 2026-01-05T08:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        ).encode()
        + answer
        + b"\r\n\r\n"
        for name, text in pages.items()
        for answer in [b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + text.encode()]
    ]
    path.write_bytes(b"".join(gzip.compress(record) if path.suffix == ".gz" else record for record in records))
    return path


def test_a_folder_of_archives_and_only_those_that_are_new(web: Web, tmp_path: Path) -> None:
    case = Case("warc", web, path=str(tmp_path))
    archive(tmp_path / "en.warc.gz", a=STORY.format(1))
    (tmp_path / "notat.txt").write_text("ikke et arkiv")
    assert outcomes(case.run()) == {"/a": "saved"}
    archive(tmp_path / "to.warc", b=STORY.format(2), a=STORY.format(1))
    assert outcomes(case.run()) == {"/b": "saved", "/a": "unchanged"}
    assert case.run() == []


def test_an_archive_that_is_cut_off_keeps_what_came_before(web: Web, tmp_path: Path) -> None:
    pages = {"a": STORY.format(1), "b": STORY.format(2)}
    for name, lost in (("a.warc", 30), ("b.warc", 150), ("c.warc.gz", 30)):
        folder = tmp_path / name
        folder.mkdir()
        path = archive(folder / name, **pages)
        path.write_bytes(path.read_bytes()[:-lost])
        results = list(outcomes(Case("warc", web, path=str(folder)).run()).values())
        assert results == ["saved", "failed: broken archive"], name


def test_what_is_no_archive_is_a_failure(web: Web, tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"PK\x03\x04 no archive at all")
    (tmp_path / "b.warc.gz").write_bytes(b"\x1f\x8bno")
    results = outcomes(Case("warc", web, path=str(tmp_path)).run())
    assert set(results.values()) <= {"failed: broken archive"}
    assert len(results) == 2


def test_a_page_larger_than_the_limit_is_not_held(web: Web, tmp_path: Path) -> None:
    path = archive(tmp_path / "stor.warc.gz", a="x" * 100_000, b=STORY.format(2))
    large, good = read_archive(path, Limits(bytes=50_000))
    assert (large.reason, good.reason) == ("too large", None)


def test_an_old_copy_does_not_replace_what_was_fetched_later(web: Web, tmp_path: Path) -> None:
    case = Case("warc", web, path=str(tmp_path))
    archive(tmp_path / "en.warc", a=STORY.format(1))
    case.run()
    known = case.memory.addresses["http://arkiv.example/a"]
    case.memory.addresses["http://arkiv.example/a"] = replace(known, fetched_at=datetime(2026, 1, 9, tzinfo=UTC))
    archive(tmp_path / "to.warc", a=STORY.format(7))
    assert outcomes(case.run()) == {"/a": "unchanged"}


def test_a_page_that_is_gone_today_is_read_from_the_archive(web: Web, tmp_path: Path) -> None:
    case = Case("warc", web, path=str(tmp_path))
    case.memory.addresses["http://arkiv.example/a"] = Known(
        fetched_at=datetime(2026, 1, 9, tzinfo=UTC), reason="HTTP 404"
    )
    archive(tmp_path / "en.warc", a=STORY.format(1))
    assert outcomes(case.run()) == {"/a": "saved"}


def test_links_out_of_the_folder_are_not_followed(web: Web, tmp_path: Path) -> None:
    inside = tmp_path / "inne"
    inside.mkdir()
    archive(tmp_path / "ute.warc", a=STORY.format(1))
    (inside / "lenke.warc").symlink_to(tmp_path / "ute.warc")
    assert Case("warc", web, path=str(inside)).run() == []


def test_a_missing_archive_is_a_failure(web: Web, tmp_path: Path) -> None:
    assert list(outcomes(Case("warc", web, path=str(tmp_path / "borte")).run()).values()) == ["failed: no such folder"]


def test_the_archive_of_another_tool_may_be_copied(web: Web, tmp_path: Path) -> None:
    shutil.copy(STORED / "warc" / "wget.warc.gz", tmp_path)
    assert sorted(outcomes(Case("warc", web, path=str(tmp_path)).run()).values()) == [
        "saved",
        "saved",
        "skipped: HTTP 404",
    ]
