"""``api``: a JSON API that the source itself describes, by paths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import httpx

from corpus.addresses import normal_form
from corpus.connection import Limits
from corpus.errors import ListingError
from corpus.feeds import instant, plain
from corpus.kinds.answers import as_page, at, load, text_at, with_parameter
from corpus.kinds.kind import NO_ITEMS, Entry, Kind
from corpus.links import Link, Next, Ready
from corpus.options import ApiOptions, own
from corpus.page import Page
from corpus.sources import Source

NO_LINKS = "no links in the answer"
_PATH = re.compile(r"\{([^{}]+)\}")


def entries(page: Page, source: Source, limits: Limits) -> Iterator[Entry]:
    """The items of an answer, and the next one."""
    options = own(source.options, ApiOptions)
    answer = load(page.content, page.url)
    items = at(answer, options.items)
    if not isinstance(items, list):
        raise ListingError(page.url, NO_ITEMS)
    found = [entry for item in items if (entry := _entry(item, page.url, options)) is not None]
    if items and not found:
        raise ListingError(page.url, NO_LINKS)
    yield from found
    following = _next(answer, page.url, options)
    if following is not None and items:
        yield following


def _entry(item: object, url: str, options: ApiOptions) -> Link | Ready | None:
    address = _address(item, url, options.link)
    if address is None:
        return None
    published = text_at(item, options.date)
    link = Link(
        url=address,
        title=plain(text_at(item, options.title)),
        published_at=instant(published),
        published_text=published,
        modified_at=instant(text_at(item, options.modified)),
    )
    text = text_at(item, options.text)
    return link if text is None else Ready(link=link, html=as_page(link.title, text))


def _address(item: object, url: str, link: str) -> str | None:
    if "{" not in link:
        return normal_form(text_at(item, link) or "", url)
    values = {path: text_at(item, path) for path in _PATH.findall(link)}
    if None in values.values():
        return None
    return normal_form(_PATH.sub(lambda found: quote(values[found[1]] or "", safe=""), link), url)


def _next(answer: object, url: str, options: ApiOptions) -> Next | None:
    if options.next is not None:
        following = text_at(answer, options.next)
        if following is None:
            return None
        if options.next_parameter is not None:
            return Next(url=with_parameter(url, **{options.next_parameter: following}))
        address = normal_form(following, url)
        return None if address is None else Next(url=address)
    if options.page_parameter is None:
        return None
    number = httpx.URL(url).params.get(options.page_parameter, "1")
    if not number.isdecimal():
        return None
    return Next(url=with_parameter(url, **{options.page_parameter: int(number) + 1}), may_be_missing=True)


def pages(source: Source) -> int:
    """As the source says."""
    return own(source.options, ApiOptions).pages


KIND = Kind(entries=entries, pages=pages)
