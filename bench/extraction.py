"""``python -m bench.extraction``: what comes out of the sample's pages, against what a person says stands on them.

Beside trafilatura as it is, and newspaper4k where it is installed (it is no dependency: ``pip install newspaper4k``).
The truth of a page (``corpus/sample/expected.json``) names pieces of its text, captions and fact boxes that must come,
and pieces of its furniture that must not. Recall is the share of the former that came; precision the share of the
former in everything named that came. Title, day and byline are right only when they are just what is expected.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from tabulate import tabulate
from trafilatura import bare_extraction

from bench.machine import machine
from corpus.extract import extract_page
from corpus.sample.server import SITES, file_for

EXPECTED = SITES.parent / "expected.json"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What one of them made of a page."""

    text: str = ""
    title: str | None = None
    day: str | None = None
    byline: tuple[str, ...] = ()


def helseradar(html: str, url: str) -> Found:
    """This house."""
    article = extract_page(html, source_id="bench", url=url, fetched_at=NOW)
    day = None if article.published_on is None else article.published_on.isoformat()
    return Found(text=article.text, title=article.title, day=day, byline=article.byline)


def trafilatura(html: str, url: str) -> Found:
    """trafilatura as it comes, with its metadata."""
    document = bare_extraction(html, url=url, with_metadata=True)
    if document is None:
        return Found()
    authors = tuple(name.strip() for name in (document.author or "").split(";") if name.strip())
    return Found(text=document.text or "", title=document.title, day=document.date, byline=authors)


def newspaper(html: str, url: str) -> Found:
    """newspaper4k as it comes, told the language."""
    from newspaper import Article  # type: ignore[import-not-found,unused-ignore]

    article = Article(url, language="no")
    article.download(input_html=html)
    article.parse()
    published = article.publish_date
    return Found(
        text=article.text,
        title=article.title,
        day=None if published is None else published.date().isoformat(),
        byline=tuple(article.authors),
    )


def truth() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Pages of the sample: their HTML, address, and what is expected."""
    for url, expected in json.loads(EXPECTED.read_text(encoding="utf-8"))["articles"].items():
        parts = urlsplit(url)
        file = file_for(SITES / (parts.hostname or ""), parts.path)
        assert file is not None, url
        yield file.read_text(encoding="utf-8"), url, expected


def folded(text: str) -> str:
    """Text with its blanks folded, as pieces are looked for in it."""
    return " ".join(text.split())


def measured(extract: Callable[[str, str], Found]) -> list[str]:
    """A row of the table."""
    wanted = came = unwanted = titles = days = bylines = pages = 0
    for html, url, expected in truth():
        found = extract(html, url)
        text = folded(found.text)
        pieces = [*expected["contains"], *expected["captions"], *expected["facts"]]
        pages += 1
        wanted += len(pieces)
        came += sum(folded(piece) in text for piece in pieces)
        unwanted += sum(folded(piece) in text for piece in expected["lacks"])
        titles += found.title == expected["title"]
        days += found.day == expected["published_on"]
        bylines += set(found.byline) == set(expected["byline"])
    shares = (came / (came + unwanted), came / wanted, titles / pages, days / pages, bylines / pages)
    return [f"{share:.1%}" for share in shares]


def main() -> None:
    """Measure and print."""
    rows = [["helseradar", *measured(helseradar)], ["trafilatura", *measured(trafilatura)]]
    if find_spec("newspaper"):
        rows.append(["newspaper4k", *measured(newspaper)])
    print(f"{machine()}\n{sum(1 for _ in truth())} pages of the sample\n")
    headers = ["what", "precision", "recall", "title", "day", "byline"]
    print(tabulate(rows, headers=headers, tablefmt="github", disable_numparse=True))
    if not find_spec("newspaper"):
        print("\nnewspaper4k is not installed, and was left out")


if __name__ == "__main__":
    main()
