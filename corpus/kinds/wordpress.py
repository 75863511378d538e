"""``wordpress``: the posts of a site by WordPress' REST API, with their texts.

https://developer.wordpress.org/rest-api/reference/posts/
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx

from corpus.addresses import normal_form
from corpus.connection import Limits
from corpus.errors import ListingError
from corpus.feeds import instant, plain
from corpus.kinds.answers import as_page, load, text_at, with_parameter
from corpus.kinds.kind import Entry, Kind
from corpus.links import Link, Next, Ready
from corpus.options import WordPressOptions, own
from corpus.page import Page
from corpus.sources import Source

NOT_WORDPRESS = "not a list of WordPress posts"
LOCKED = "needs a password"

_ENDPOINT = "/wp-json/wp/v2/posts"
_FIELDS = "id,link,date_gmt,modified_gmt,title,content"  # without these, each post brings its whole history of links


def start(source: Source, now: datetime) -> str:
    """The newest posts first. A site's own address will do as ``url``."""
    url = source.address
    if "/wp/v2/" not in url and "rest_route" not in url:
        url = str(httpx.URL(url).join(_ENDPOINT))
    return with_parameter(url, per_page=own(source.options, WordPressOptions).per_page, _fields=_FIELDS)


def since(url: str, changed_after: datetime) -> str:
    """The posts changed after an instant."""
    return with_parameter(url, modified_after=changed_after.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def entries(page: Page, source: Source, limits: Limits) -> Iterator[Entry]:
    """The posts of an answer, and the next one, if its header promises more or it is full."""
    posts = load(page.content, page.url)
    if not isinstance(posts, list):
        raise ListingError(page.url, NOT_WORDPRESS)
    found = [entry for post in posts if (entry := _post(post)) is not None]
    if posts and not found:
        raise ListingError(page.url, NOT_WORDPRESS)
    yield from found
    number = int(httpx.URL(page.url).params.get("page", "1"))
    promised = page.headers.get("x-wp-totalpages", "")
    following = with_parameter(page.url, page=number + 1)
    if promised.isdecimal():
        if number < int(promised):
            yield Next(url=following)
    elif len(posts) >= own(source.options, WordPressOptions).per_page:  # a header that some proxies drop
        yield Next(url=following, may_be_missing=True)


def _post(post: object) -> Link | Ready | None:
    address = normal_form(text_at(post, "link") or "")
    if address is None:
        return None
    link = Link(
        url=address,
        title=plain(text_at(post, "title.rendered")),
        published_at=instant(_utc(text_at(post, "date_gmt"))),
        modified_at=instant(_utc(text_at(post, "modified_gmt"))),
    )
    text = text_at(post, "content.rendered")
    if isinstance(post, dict) and isinstance(content := post.get("content"), dict) and content.get("protected") is True:
        return Ready(link=link, reason=LOCKED)
    if text is None:  # some page builders keep the text elsewhere
        return link
    return Ready(link=link, html=as_page(link.title, text))


def _utc(text: str | None) -> str | None:
    """These times are in UTC and do not say so."""
    return None if text is None else text.removesuffix("Z") + "Z"


def pages(source: Source) -> int:
    """As the source says."""
    return own(source.options, WordPressOptions).pages


KIND = Kind(entries=entries, start=start, since=since, pages=pages)
