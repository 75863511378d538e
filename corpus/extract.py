"""A page becomes an ``Article``: trafilatura finds the text; what it misses is added, what it lets through removed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from lxml.etree import LxmlError
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura import bare_extraction
from trafilatura.settings import Document, Extractor

from corpus.addresses import canonical_address
from corpus.article import Article, Block
from corpus.dates import Dates, Moment, at_instant, date_in_url, read_moment, settle
from corpus.declared import Declared, read_declared
from corpus.encoding import decode, one_line, repair
from corpus.errors import ExtractionError
from corpus.furniture import is_furniture, read_byline, read_dateline
from corpus.layout import Piece, read_layout, read_region, set_aside
from corpus.links import Link
from corpus.pasted import shortened
from corpus.paywalls import take_walls
from corpus.pruning import find_headline, prune, region_of, take_label, without_site_name
from corpus.refusals import ERROR_PAGE, refusal
from corpus.visible import Seen, look

NO_ARTICLE = "no article on the page"
PAYWALLED = "behind a paywall"
TOO_LARGE = "too large"
TOO_COMPLEX = "too complex"

# Text and markup of the longest reports published as one page stay far below. Extraction is linear in most of a page
# and quadratic in some of it (thousands of links in one element), so its cost is bounded by these.
LARGEST = 10_000_000  # bytes or characters
MOST_ELEMENTS = 30_000

# trafilatura reports each page that it cannot use; here that is an ExtractionError, counted with its reason.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

# trafilatura's dates are guesses and its metadata cost more than its text, so neither is asked for. Its comparison with
# two other extractors triples the cost and helps pages whose markup shows no article: there it is tried if need be.
_FAST = Extractor(output_format="python", fast=True, comments=False)
_THOROUGH = Extractor(output_format="python", fast=False, comments=False)
_LITTLE = 400  # characters of text

_LEAST = 40  # characters that one block of running text must have for a page to count as an article
_TOP = 6  # blocks after the title among which bylines and lines with dates are looked for


def extract_page(
    html: bytes | str,
    *,
    source_id: str,
    url: str,
    fetched_at: datetime,
    content_type: str | None = None,
    link: Link | None = None,
) -> Article:
    """The article on a page.

    Args:
        html: the page as it came.
        source_id: the source that led to it.
        url: where it came from after redirects, in normal form.
        fetched_at: when it was read, with time zone; no date of the article is later.
        content_type: what the server declared, for the encoding.
        link: what the feed or sitemap said of it, for a title or date that the page does not give.

    Raises:
        ExtractionError: ``empty page``, ``not a web page``, ``no article on the page``, ``behind a paywall``,
            ``too large``, ``too complex``, or what the page says of itself where its title is that of an error page
            (``corpus.refusals``).
    """
    tree = _parse(html, content_type, url)
    declared = read_declared(tree)
    is_stub = take_walls(tree, declared)
    titles = _titles(declared)
    headline = find_headline(tree, titles)
    if reason := refusal([*titles, *([] if headline is None else [str(headline.text_content())])]):
        raise ExtractionError(url, reason, retry=reason == ERROR_PAGE)
    prune(tree, headline)
    region = region_of(tree, headline)
    seen = look(region, headline)
    label = None
    if headline is not None:
        titles.insert(0, one_line(headline.text_content()))
        label = take_label(headline)
        headline.drop_tree()
    title = next(iter(titles), link.title if link else None)
    blocks = _blocks(region, url)
    blocks = clean(blocks, title, label or declared.section)
    if not is_article(blocks):
        raise ExtractionError(url, PAYWALLED if is_stub else NO_ARTICLE)
    if title:
        blocks.insert(0, Block(kind="heading", text=title))
    dates = _dates(declared, seen, link, url, fetched_at)
    return Article(
        source_id=source_id,
        url=url,
        canonical_url=canonical_address(declared.canonical, url),
        title=title or shortened(blocks[0].text),
        blocks=tuple(blocks),
        byline=declared.authors or seen.byline,
        published_on=dates.published_on,
        published_at=dates.published_at,
        published_from=dates.published_from,
        modified_at=dates.modified_at,
        language=declared.language,
        section=declared.section or label,
        is_stub=is_stub,
    )


def clean(blocks: Sequence[Block], title: str | None, section: str | None = None) -> list[Block]:
    """The blocks without the title, without lines that are furniture, and without headings that head nothing."""
    kept: list[Block] = []
    for block in blocks:
        if is_furniture(block.text) or read_dateline(block.text) is not None:
            continue
        if len(kept) < _TOP and block.kind != "caption" and (block.text in (title, section) or read_byline(block.text)):
            continue
        if kept and kept[-1] == block and len(block.text) > _LEAST:
            continue
        kept.append(block)
    while kept and kept[-1].kind == "heading":
        kept.pop()
    return kept


def is_article(blocks: Sequence[Block]) -> bool:
    """Whether there is running text among the blocks: at least one that is long enough and ends like a sentence."""
    running = (block.text for block in blocks if block.kind not in ("heading", "caption"))
    return any(len(text) >= _LEAST and text.rstrip("\"'”»)]")[-1:] in ".!?:…" for text in running)


def _parse(html: bytes | str, content_type: str | None, url: str) -> HtmlElement:
    if len(html) > LARGEST:
        raise ExtractionError(url, TOO_LARGE)
    text = decode(html, content_type) if isinstance(html, bytes) else repair(html)
    if not text.strip():
        raise ExtractionError(url, "empty page")
    if "<" not in text or text.startswith(("%PDF", "PK\x03\x04")) or text.count("\x00") > len(text) / 100:
        raise ExtractionError(url, "not a web page")
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        tree = document_fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ValueError) as exc:  # lxml calls a document without any element a ParserError
        raise ExtractionError(url, NO_ARTICLE) from exc
    if next(islice(tree.iter(), MOST_ELEMENTS, None), None) is not None:
        raise ExtractionError(url, TOO_COMPLEX)
    return tree


def _titles(declared: Declared) -> list[str]:
    return [without_site_name(title, declared.site_name) for title in declared.titles]


def _blocks(region: HtmlElement, url: str) -> list[Block]:
    pieces = set_aside(region)
    if region.tag in ("html", "body"):
        blocks = _found(region, _FAST, pieces, url)
        return blocks if _size(blocks) >= _LITTLE else max(blocks, _found(region, _THOROUGH, pieces, url), key=_size)
    alone = document_fromstring("<html><body></body></html>")
    alone.body.append(region)  # trafilatura shall not look for the article elsewhere on the page
    blocks = _found(alone, _FAST, pieces, url)
    return blocks if _size(blocks) >= _LITTLE else read_region(region, pieces)


def _found(tree: HtmlElement, options: Extractor, pieces: list[Piece], url: str) -> list[Block]:
    try:
        document = bare_extraction(tree, url=url, options=options)
    except Exception as exc:  # whatever a strange page brings up in trafilatura, it concerns this page alone
        raise ExtractionError(url, NO_ARTICLE) from exc
    return read_layout(document.body, pieces) if isinstance(document, Document) else []


def _size(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _dates(declared: Declared, seen: Seen, link: Link | None, url: str, fetched_at: datetime) -> Dates:
    fed: Moment | None = None
    if link is not None:
        fed = at_instant(link.published_at) if link.published_at else read_moment(link.published_text or "")
    return settle(
        [
            *(("json-ld" if place == "json-ld" else "meta", read_moment(text)) for place, text in declared.published),
            *(("time", moment) for moment in seen.times),
            ("feed", fed),
            *(("text", moment) for moment in seen.lines),
            ("url", date_in_url(url)),
        ],
        [
            *(read_moment(text) for text in declared.modified),
            *seen.changed,
            at_instant(link.modified_at) if link and link.modified_at else None,
        ],
        fetched_at=fetched_at,
    )
