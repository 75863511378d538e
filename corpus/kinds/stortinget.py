"""``stortinget``: Stortinget's open data (data.stortinget.no/eksport): cases, questions, hearings' input, decisions.

What the service does not say of itself: a filter by committee is ignored, so it is applied here; questions without an
answer come only with ``status=alle``; each answer carries the instant it was made; a hearing without written input
answers 500; an error may come as a web page with status 200. Licence NLOD: the source is to be named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx

from corpus.article import Article
from corpus.connection import Limits
from corpus.errors import ExtractionError, ListingError
from corpus.kinds.answers import at, load, text_at, with_parameter
from corpus.kinds.kind import Entry, Kind
from corpus.kinds.stortinget_articles import case, decision, hearing_input, moment, question
from corpus.links import Link, Ready
from corpus.options import StortingetOptions, own
from corpus.page import Page
from corpus.sitemaps import Sitemap
from corpus.sources import Source

NOT_AN_EXPORT = "not an export of Stortinget"
NONE_YET = 500

_LISTS = {
    "saker": "saker_liste",
    "skriftligesporsmal": "sporsmal_liste",
    "horinger": "horinger_liste",
    "horingsinnspill": "horingsinnspill_liste",
    "stortingsvedtak": "stortingsvedtak_liste",
}
_MADE_AT = re.compile(rb'"respons_dato_tid"\s*:\s*"[^"]*"')
_STILL_COMING = timedelta(days=30)  # input is published for some weeks after the time allowed for it


def start(source: Source, now: datetime) -> str:
    """The export of a parliamentary year, which begins in October."""
    options = own(source.options, StortingetOptions)
    first = now.year if now.month >= 10 else now.year - 1
    address = f"{source.address.rstrip('/')}/{options.export}"
    asked = with_parameter(address, sesjonid=options.session or f"{first}-{first + 1}", format="json")
    return with_parameter(asked, status="alle") if options.export == "skriftligesporsmal" else asked


def entries(page: Page, source: Source, limits: Limits) -> Iterator[Entry]:
    """The items of an export that are the source's concern."""
    export = _export(page.url)
    if page.is_web_page:
        raise ListingError(page.url, NOT_AN_EXPORT)
    answer = load(page.content, page.url)
    items = at(answer, _LISTS.get(export, ""))
    if not isinstance(items, list):
        raise ListingError(page.url, NOT_AN_EXPORT)
    answered_at = moment(answer, "respons_dato_tid") or datetime.now(UTC)
    options = own(source.options, StortingetOptions)
    for item in items:
        if text_at(item, "id") is not None and _concerns(item, export, options):
            entry = _entry(item, export, page.url, answered_at)
            if entry is not None:
                yield entry


def _entry(item: object, export: str, url: str, now: datetime) -> Entry | None:
    number = text_at(item, "id") or ""
    title = text_at(item, "tittel")
    if export == "saker":
        address = _beside(url, "sak", sakid=number)
        return Link(url=address, title=title, modified_at=moment(item, "sist_oppdatert_dato"))
    if export == "skriftligesporsmal":
        address = _beside(url, "enkeltsporsmal", NSporsmalId=number)
        return Link(url=address, title=title, modified_at=_end_of_day(moment(item, "besvart_dato")))
    if export == "horinger":
        # Also hearings that are not called written may have got letters.
        return Sitemap(url=_beside(url, "horingsinnspill", horingid=number), modified_at=_may_have_grown(item, now))
    address = with_parameter(url, id=number)
    article = hearing_input(item, address) if export == "horingsinnspill" else decision(item, address)
    link = Link(url=address, title=title)
    return None if article is None else Ready(link=link, article=article)


def _may_have_grown(hearing: object, now: datetime) -> datetime:
    """Since when there may be new input: today, or when the last came in, so that old hearings are left alone."""
    allowed_until = moment(hearing, "innspillsfrist") or moment(hearing, "start_dato")
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return today if allowed_until is None else min(today, allowed_until + _STILL_COMING)


def _end_of_day(day: datetime | None) -> datetime | None:
    """Answers are dated with a day; the question may have been read without its answer earlier on that day."""
    return None if day is None else day + timedelta(days=1)


def _concerns(item: object, export: str, options: StortingetOptions) -> bool:
    if options.committee and export in ("saker", "horinger") and text_at(item, "komite.id") != options.committee:
        return False
    if options.topics and export in ("saker", "skriftligesporsmal") and not _topics(item) & set(options.topics):
        return False
    if options.ministers and export == "skriftligesporsmal":
        asked = {text_at(item, "sporsmal_til_minister_tittel"), text_at(item, "rette_vedkommende_minister_tittel")}
        return any(title.startswith(options.ministers) for title in asked if title)
    return True


def _topics(item: object) -> set[str]:
    listed = at(item, "emne_liste")
    topics = listed if isinstance(listed, list) else []
    named = (text_at(topic, key) for topic in topics for key in ("id", "navn", "hovedemne_id"))
    return {name for name in named if name}


def detail(page: Page) -> Article:
    """A case or question as an article.

    Raises:
        ExtractionError: the answer is none, or says nothing.
    """
    try:
        answer = load(page.content, page.url)
    except ListingError as exc:
        raise ExtractionError(page.url, exc.reason) from exc
    make = case if _export(page.url) == "sak" else question
    article = make(answer, page.url)
    if article is None:
        raise ExtractionError(page.url, NOT_AN_EXPORT)
    return article


def essence(content: bytes) -> bytes:
    """An answer without the instant at which it was made."""
    return _MADE_AT.sub(b"", content)


def _export(url: str) -> str:
    return httpx.URL(url).path.rpartition("/")[2]


def _beside(url: str, export: str, **parameters: str) -> str:
    return with_parameter(str(httpx.URL(url).copy_with(query=None).join(export)), **parameters, format="json")


KIND = Kind(entries=entries, start=start, essence=essence, detail=detail, none_yet=NONE_YET)
