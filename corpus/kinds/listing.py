"""``listing``: a web page that lists articles, and those that follow it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import LxmlError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from corpus.addresses import normal_form, same_site
from corpus.connection import Limits
from corpus.encoding import decode, one_line
from corpus.errors import ListingError
from corpus.feeds import instant
from corpus.kinds.kind import NO_ITEMS, Entry, Kind
from corpus.links import Link, Next
from corpus.options import ListingOptions, own
from corpus.page import Page
from corpus.sources import Source

NOT_A_PAGE = "not a web page"
NO_LINKS = "no links in the listing"


def entries(page: Page, source: Source, limits: Limits) -> Iterator[Entry]:
    """The entries of a page, and the next page if it links to one on the same site."""
    options = own(source.options, ListingOptions)
    tree = _parse(page)
    base = normal_form(next(iter(tree.xpath("//base/@href")), ""), page.url) or page.url
    items = tree.cssselect(options.item_selector)
    if not items:  # a redesigned page; after the first page, the end
        raise ListingError(page.url, NO_ITEMS)
    links = [link for item in items if (link := _link(item, base, options)) is not None]
    if not links:
        raise ListingError(page.url, NO_LINKS)
    yield from links
    for element in tree.cssselect(options.next_selector) if options.next_selector else ():
        following = normal_form(_href(element) or "", base)
        if following is not None and following != page.url and same_site(following, page.url):
            yield Next(url=following, may_be_missing=True)
            return


def _parse(page: Page) -> HtmlElement:
    if not page.is_web_page:
        raise ListingError(page.url, NOT_A_PAGE)
    text = decode(page.content, page.content_type).replace("\x00", "")
    try:
        return document_fromstring(
            text.encode("utf-8", "replace"),
            parser=HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False),
        )
    except (LxmlError, ValueError) as exc:
        raise ListingError(page.url, NOT_A_PAGE) from exc


def _link(item: HtmlElement, base: str, options: ListingOptions) -> Link | None:
    address = normal_form(_href(item) or "", base)
    if address is None:
        return None
    headings = item.xpath(".//h1|.//h2|.//h3|.//h4")
    title = one_line((headings[0] if headings else item).text_content())
    date = _date(item, options)
    return Link(url=address, title=title or None, published_at=instant(date), published_text=date)


def _href(element: HtmlElement) -> str | None:
    """The address of a link, or of the first one in an element."""
    for link in element.iter("a", "link"):
        if href := (link.get("href") or "").strip():
            return str(href)
    return None


def _date(item: HtmlElement, options: ListingOptions) -> str | None:
    found = item.cssselect(options.date_selector) if options.date_selector else item.xpath(".//time")
    if not found:
        return None
    return (found[0].get("datetime") or one_line(found[0].text_content())).strip() or None


def pages(source: Source) -> int:
    """As the source says."""
    return own(source.options, ListingOptions).pages


KIND = Kind(entries=entries, pages=pages, looks_after=True)
