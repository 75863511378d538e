"""What Stortinget's open data says of a case, a question, a letter to a hearing or a decision, as articles.

The articles have no source and no fetching day; whoever reads them adds these, and holds the dates against the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from lxml.etree import LxmlError
from lxml.html import document_fromstring

from corpus.article import Article, Block
from corpus.dates import EARLIEST_YEAR, OSLO, at_instant
from corpus.encoding import one_line
from corpus.kinds.answers import as_page, at, text_at
from corpus.layout import read_region

_TICKS = re.compile(r"/Date\((-?\d+)(?:[+-]\d{4})?\)/")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_CASE = "https://www.stortinget.no/no/Saker-og-publikasjoner/Saker/Sak/?p="
_QUESTION = (
    "https://www.stortinget.no/no/Saker-og-publikasjoner/Sporsmal/Skriftlige-sporsmal-og-svar/Skriftlig-sporsmal/?qid="
)


def moment(data: object, *paths: str) -> datetime | None:
    """The first instant given at these paths, in UTC: ``/Date(1335176400000+0200)/`` or ISO 8601.

    Days without a time are midnight in Norway. Year 1 is how the service writes that there is none.
    """
    for path in paths:
        read = _instant(text_at(data, path) or "")
        if read is not None and read.year >= EARLIEST_YEAR:
            return read
    return None


def case(answer: object, url: str) -> Article | None:
    """A case: its title, who proposed it, what the committee advises and what was decided."""
    title = text_at(answer, "tittel")
    if title is None:
        return None
    blocks = [
        *_texts(answer, "parentestekst"),
        *_headed("Innstilling", _texts(answer, "innstillingstekst")),
        *_headed("Vedtak", [*_texts(answer, "kortvedtak"), *_texts(answer, "vedtakstekst")]),
    ]
    proposers = at(answer, "sak_opphav.forslagstiller_liste")
    return _article(
        _CASE + (text_at(answer, "id") or ""),
        url,
        title,
        blocks,
        byline=tuple(name for person in _listed(proposers) if (name := _name(person))),
        section=text_at(answer, "komite.navn"),
        published=min(_steps(answer), default=None),
    )


def question(answer: object, url: str) -> Article | None:
    """A written question, its reasons and, where there is one, the minister's answer."""
    title = text_at(answer, "tittel")
    asked = list(_texts(answer, "sporsmal", "sporsmal_tekst"))
    if title is None and not asked:
        return None
    asker, minister = _name(at(answer, "sporsmal_fra")), text_at(answer, "besvart_av_minister_tittel")
    answerer = _name(at(answer, "besvart_av"))
    who = ", ".join(part for part in (answerer, minister) if part)
    blocks = [
        *_headed(f"Spørsmål fra {asker}" if asker else "Spørsmål", asked),
        *_headed("Begrunnelse", _texts(answer, "begrunnelse")),
        *_headed(f"Svar fra {who}" if who else "Svar", _texts(answer, "svar")),
    ]
    return _article(
        _QUESTION + (text_at(answer, "id") or ""),
        url,
        title or asked[0].text,
        blocks,
        byline=(asker,) if asker else (),
        section="Skriftlig spørsmål",
        published=moment(answer, "sendt_dato", "datert_dato"),
        modified=moment(answer, "besvart_dato"),
    )


def hearing_input(item: object, url: str) -> Article | None:
    """An organisation's letter to a hearing."""
    organisation = text_at(item, "organisasjon")
    title = text_at(item, "tittel") or organisation
    blocks = list(_texts(item, "tekst"))
    if title is None or not blocks:
        return None
    byline = (organisation,) if organisation else ()
    return _article(url, url, title, blocks, byline=byline, section="Høringsinnspill", published=moment(item, "dato"))


def decision(item: object, url: str) -> Article | None:
    """What Stortinget decided."""
    title = text_at(item, "stortingsvedtak_tittel") or text_at(item, "tittel")
    blocks = list(_texts(item, "stortingsvedtak_tekst", "tekst"))
    if not blocks:
        return None
    published = moment(item, "stortingsvedtak_dato_tid", "dato_tid", "dato")
    return _article(url, url, title or blocks[0].text, blocks, section="Stortingsvedtak", published=published)


def _article(
    canonical_url: str,
    url: str,
    title: str,
    blocks: list[Block],
    *,
    byline: tuple[str, ...] = (),
    section: str | None = None,
    published: datetime | None = None,
    modified: datetime | None = None,
) -> Article:
    title = one_line(title)
    day: date | None = None
    at_time: datetime | None = None
    if published is not None:
        read = at_instant(published)
        day, at_time = read.on, read.at
    return Article(
        source_id="",
        url=url,
        canonical_url=canonical_url,
        title=title,
        blocks=(Block(kind="heading", text=title), *(block for block in blocks if block.text != title)),
        byline=byline,
        published_on=day,
        published_at=at_time,
        published_from=None if day is None else "feed",
        modified_at=None if modified is None else at_instant(modified).at,
        section=section,
    )


def _texts(data: object, *paths: str) -> Iterator[Block]:
    """The blocks of the first text given at these paths, which is HTML or plain."""
    text = next((text for path in paths if (text := text_at(data, path))), None)
    if text is None:
        return
    try:
        yield from read_region(document_fromstring(as_page(None, text)).body, [])
    except (LxmlError, ValueError):
        return


def _headed(heading: str, blocks: Iterator[Block] | list[Block]) -> list[Block]:
    found = list(blocks)
    return [Block(kind="heading", text=heading), *found] if found else []


def _steps(answer: object) -> Iterator[datetime]:
    for step in _listed(at(answer, "saksgang.saksgang_steg_liste")):
        for event in _listed(at(step, "saksgang_hendelse_liste")):
            if (happened := moment(event, "dato")) is not None:
                yield happened


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _name(person: object) -> str | None:
    return " ".join(filter(None, (text_at(person, "fornavn"), text_at(person, "etternavn")))) or None


def _instant(text: str) -> datetime | None:
    try:
        if ticks := _TICKS.fullmatch(text):
            return _EPOCH + timedelta(milliseconds=int(ticks[1]))
        read = datetime.fromisoformat(text)
        return (read if read.tzinfo else read.replace(tzinfo=OSLO)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
