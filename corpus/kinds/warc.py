"""``warc``: web archives (ISO 28500), whose recorded answers become pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from corpus.addresses import normal_form
from corpus.connection import Limits
from corpus.errors import ListingError
from corpus.feeds import instant
from corpus.files import walk
from corpus.links import Link, Ready

BROKEN = "broken archive"
TOO_LARGE = "too large"
UNREADABLE = "unreadable"
NO_ANSWER = "not an HTTP answer"

_WEB_PAGES = ("text/html", "application/xhtml+xml")
_NAME = re.compile(r"\.warc(\.gz)?$", re.IGNORECASE)


def is_archive(path: Path) -> bool:
    """Whether a file is called as web archives are."""
    return _NAME.search(path.name) is not None


def walk_archives(path: Path) -> Iterator[Path]:
    """The archives under a folder in a stable order, none by a link that leads out of it; a file as it is."""
    if path.is_dir():
        yield from walk(path, is_archive)
    else:
        yield path


def read_archive(path: Path, limits: Limits) -> Iterator[Ready]:
    """The web pages that an archive recorded, one at a time; what else was recorded (pictures, requests) is left out.

    An answer other than 200 comes with its status as the reason, one that is too large likewise.

    Raises:
        ListingError: while reading: no archive, or one that breaks off; what came before is good.
    """
    url = path.resolve().as_uri()
    records = 0
    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                records += 1
                if not _is_whole(record):
                    raise ListingError(url, BROKEN)
                if record.rec_type == "response" and record.http_headers is not None:
                    ready = _page(record, limits)
                    if ready is not None:
                        yield ready
    except OSError as exc:
        raise ListingError(url, UNREADABLE) from exc
    except ListingError:
        raise
    except Exception as exc:  # what is cut off or no archive brings up errors of many kinds in warcio
        raise ListingError(url, BROKEN) from exc
    if not records:
        raise ListingError(url, BROKEN)


def _is_whole(record: ArcWarcRecord) -> bool:
    """Whether the head of a record is there; warcio takes what it finds of it, and any line at all for a beginning."""
    head = record.rec_headers
    return (head.protocol or "").startswith("WARC/") and head.get_header("Content-Length") is not None


def _page(record: ArcWarcRecord, limits: Limits) -> Ready | None:
    # wget writes the address in angle brackets, as the first version of the standard seemed to ask for.
    address = normal_form((record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> "))
    content_type = record.http_headers.get_header("Content-Type")
    if address is None or (content_type or "text/html").partition(";")[0].strip().lower() not in _WEB_PAGES:
        return None
    link = Link(url=address)
    status = record.http_headers.get_statuscode()
    if status != "200":
        _refuse_cut_off(record)
        return Ready(link=link, reason=f"HTTP {status}" if status.isdecimal() else NO_ANSWER)
    content = _content(record, limits.bytes)
    if content is None:
        return Ready(link=link, reason=TOO_LARGE)
    return Ready(link=link, html=content, content_type=content_type, read_at=_read_at(record))


def _content(record: ArcWarcRecord, limit: int) -> bytes | None:
    """The unpacked content; ``None`` if it is larger."""
    stream, pieces, size = record.content_stream(), [], 0
    while piece := stream.read(65_536):
        size += len(piece)
        if size > limit:
            return None
        pieces.append(piece)
    _refuse_cut_off(record)
    return b"".join(pieces)


def _refuse_cut_off(record: ArcWarcRecord) -> None:
    """Read to the end of a record, which warcio believes to be there when the file ends."""
    while record.raw_stream.read(65_536):
        pass
    if record.raw_stream.limit > 0:
        raise EOFError


def _read_at(record: ArcWarcRecord) -> datetime | None:
    return instant(record.rec_headers.get_header("WARC-Date"))
