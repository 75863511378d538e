"""Of an article for subscribers the open part is kept, without what asks for money, and marked as a stub."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from corpus.article import Article
from corpus.errors import ExtractionError
from corpus.extract import extract_page

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OPEN = """<p>Prøvestad kommune vil samle all opplæring av nye ansatte ett sted, og ber om penger til det.</p>
<p>– Vi må begynne før jul, sier leder Tuva Eksempelvik i Hjemmelaget. Hun har ventet på svar siden i fjor høst.</p>"""
CLOSED = "<p>Rådmannen vil legge saken fram for kommunestyret i mars, og regner med flertall for ordningen.</p>"


def read(inside: str, head: str = "", data: object = None) -> Article:
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>' if data is not None else ""
    page = (
        f'<html lang="nb"><head><title>Vil samle opplæringen</title>{head}{script}</head><body><main><article>'
        f"<h1>Vil samle opplæringen</h1>{inside}</article></main></body></html>"
    )
    return extract_page(page, source_id="avisa", url="http://avisa.example/sak", fetched_at=NOW)


def news(**said: object) -> dict[str, object]:
    return {"@type": "NewsArticle", "headline": "Vil samle opplæringen", **said}


@pytest.mark.parametrize("value", [False, "False", "false", "https://schema.org/False"])
def test_a_page_that_calls_itself_not_free_is_a_stub(value: object) -> None:
    article = read(OPEN, data=news(isAccessibleForFree=value))
    assert article.is_stub
    assert "Tuva Eksempelvik" in article.text


def test_the_closed_part_that_a_page_names_is_not_kept() -> None:
    part = {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".lukket, #mer"}
    inside = f'{OPEN}<div class="tekst lukket">{CLOSED}</div><div id="mer">{CLOSED}</div>'
    article = read(inside, data=news(isAccessibleForFree=False, hasPart=part))
    assert article.is_stub
    assert "Rådmannen" not in article.text
    assert "Tuva Eksempelvik" in article.text


@pytest.mark.parametrize(
    "head",
    ['<meta property="article:content_tier" content="locked">', '<meta name="cXenseParse:abc-paywall" content="hard">'],
)
def test_meta_elements_that_say_so(head: str) -> None:
    assert read(OPEN, head).is_stub


@pytest.mark.parametrize(
    "notice",
    [
        "<p>For å lese hele saken må du være abonnent.</p>",
        "<div><h3>Vil du lese resten?</h3><p>Logg inn for å lese videre</p></div>",
        "<p>Bli abonnent og les videre i dag</p>",
        "<p>Denne artikkelen er forbeholdt abonnenter.</p>",
        "<p>Denne saka er berre for våre abonnentar</p>",
        "<p>Subscribe now to continue reading.</p>",
        '<div class="article-paywall"><p>Allerede abonnent?</p><a href="/inn">Logg inn her</a></div>',
        "<p>For å lesa heile saka må du <a href='/inn'>logge inn</a> eller kjøpe tilgang.</p>",
    ],
)
def test_a_notice_makes_a_stub_and_is_no_part_of_the_text(notice: str) -> None:
    article = read(OPEN + notice)
    assert article.is_stub
    assert [word for word in ("abonn", "ogg inn", "Subscribe", "tilgang") if word in article.text] == []
    assert "Tuva Eksempelvik" in article.text


@pytest.mark.parametrize(
    ("inside", "data"),
    [
        (OPEN + CLOSED, None),
        (OPEN + CLOSED, news(isAccessibleForFree=True)),
        (OPEN + "<p>Logg inn for å lese videre</p>", news(isAccessibleForFree="True")),
        (OPEN + '<div class="paywall" hidden><p>Logg inn for å lese videre</p></div>', None),
        (OPEN + '<div class="modal" style="display: none"><p>Bli abonnent for å lese</p></div>', None),
        (OPEN + '<div id="paywall"></div>', None),
        (
            OPEN
            + "<p>Stadig flere pasienter abonnerer på tjenesten, og de må logge inn for hver time de bestiller.</p>",
            None,
        ),
        (OPEN + "<p>Foreningen ber medlemmene lese hele rapporten før årsmøtet.</p>", None),
        (f'<div class="paywall-open">{OPEN}{CLOSED}</div>', None),
    ],
)
def test_what_is_open_is_no_stub(inside: str, data: object) -> None:
    article = read(inside, data=data)
    assert not article.is_stub
    assert "Tuva Eksempelvik" in article.text


def test_a_paywall_around_the_whole_article_does_not_take_it_away() -> None:
    article = read(f'<div class="has-paywall">{OPEN * 5}<p>Logg inn for å lese videre</p></div>')
    assert article.is_stub
    assert "Tuva Eksempelvik" in article.text
    assert "Logg inn" not in article.text


def test_a_page_of_which_nothing_is_open_says_so() -> None:
    with pytest.raises(ExtractionError) as caught:
        read("<p>Logg inn for å lese videre</p>", data=news(isAccessibleForFree=False))
    assert caught.value.reason == "behind a paywall"
