"""Pages in the styles of the systems that Norwegian sites run on become articles, without what stands around them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest

from corpus.article import Article
from corpus.errors import ExtractionError
from corpus.extract import extract_page
from corpus.links import Link
from corpus.sample.server import SITES, file_for

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SAMPLE: dict[str, dict[str, Any]] = json.loads((SITES.parent / "expected.json").read_text(encoding="utf-8"))["articles"]

BODY = """
<p>Prøvestad kommune vil samle all opplæring av nye ansatte ett sted, og ber om penger til det over budsjettet.</p>
<p>– Vi må begynne før jul, sier leder Tuva Eksempelvik i Hjemmelaget. Hun har ventet på et svar siden i fjor høst.</p>
<p>Rådmannen vil legge saken fram for kommunestyret i mars, og regner med flertall for en ordning på tre år.</p>
"""

WORDPRESS = f"""<!DOCTYPE html><html lang="nb-NO"><head><meta charset="utf-8">
<title>Vil samle opplæringen | Prøveklyngen</title><meta property="og:site_name" content="Prøveklyngen">
<link rel="canonical" href="https://klynge.example/2024/04/24/opplaering/?utm_source=feed">
<meta property="article:modified_time" content="2024-04-25T10:00:00+02:00">
<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [
 {{"@type": "WebPage", "datePublished": "2024-04-20"}},
 {{"@type": ["Article", "NewsArticle"], "headline": "Vil samle opplæringen", "author": {{"@id": "#1"}},
   "datePublished": "2024-04-24T06:12:00+00:00", "articleSection": ["Nyheter"]}},
 {{"@type": "Person", "@id": "#1", "name": "Live Skribentsen"}}]}}</script></head>
<body class="single-post cookies-not-set">
<div id="cookie-notice"><p>Vi bruker informasjonskapsler for at siden skal virke best mulig.</p>
<button>Godta</button></div>
<header class="site-header"><nav><ul><li><a href="/">Hjem</a></li><li><a href="/om">Om oss</a></li></ul></nav></header>
<main><article class="post"><header><h1 class="entry-title">Vil samle opp&shy;læringen</h1>
<p class="entry-meta">Av <a rel="author" href="/live">Live Skribentsen</a> ·
<time datetime="2024-04-24">24. april 2024</time></p>
<p class="sample-notice">Denne siden er oppdiktet: ingen som er nevnt, finnes.</p></header>
<figure class="wp-block-image"><img src="a.jpg"><figcaption>Tuva Eksempelvik (t.v.) og Arn Dømesen. Foto: Per Bilde
</figcaption></figure>
<div class="entry-content">{BODY}
<h2>Krever mer</h2><p>Dette skal inn i planen:</p>
<ul><li>ansette to veiledere <ul><li>én på dagtid</li><li>én på kveldstid</li></ul></li>
<li>styrke&nbsp;opplæringen</li></ul>
<blockquote><p>Det haster mer enn noen tror.</p></blockquote>
<p>Første linje<br>andre linje<br><br>Et nytt avsnitt.</p>
<table><tr><th>År</th><th>Kurs</th></tr><tr><td>2023</td><td>14</td></tr></table>
<aside class="factbox"><h3>Fakta om laget</h3><ul><li>Startet i 2019</li></ul><p>Kilde: Hjemmelaget</p></aside>
<p><strong>Les også:</strong> <a href="/x">Helt andre ting skjer et annet sted</a></p></div></article>
<section><h2>Relaterte saker</h2><ul><li><a href="/a">Klyngen har fått ny adresse</a>
<time>1.1.2024</time></li></ul></section>
</main><footer>© Prøveklyngen. Powered by WordPress</footer></body></html>"""

LABRADOR = f"""<!DOCTYPE html><html lang="no"><head><title>Rådet stanser anbudet</title>
<meta property="og:title" content="Dette mener rådet om anbudet"></head><body class="l4 article">
<header><h1 class="logo"><a href="/">Prøveavisa</a></h1><span class="date">Søndag 22. november 2026</span></header>
<section class="main article"><div class="articleHeader"><span class="kicker">Anskaffelser</span>
<h1 class="headline mainTitle">Rådet stanser anbudet</h1>
<h2 class="subtitle">Leverandørene får for dårlig tid, mener Rådet for prøver.</h2>
<figure><div class="img"><img src="x"></div><div class="caption"><figcaption><span>Leder Anne Prøve i rådet.</span>
<span class="credit">(Foto: Bjarne Bilde)</span></figcaption></div></figure></div>
<div class="meta"><div class="byline"><a rel="author" href="/l"><span>Lise</span> Testesen</a>
<span>Journalist</span></div>
<span class="dateGroup datePublished"><span class="dateLabel">Publisert</span>
<time datetime="2025-03-03T07:30:00.000Z">03.03.2025 - 08:30</time></span>
<span class="dateGroup dateModified"><span class="dateLabel">Sist oppdatert</span>
<time datetime="2025-03-04T09:00:00.000Z">04.03.2025 - 10:00</time></span></div>
<div class="bodytext">{BODY}
<div class="factbox expandable"><h2>Fakta om anbudet</h2><ul><li>Omfatter 40 kommuner</li></ul>
<button>Vis mer</button></div>
<div class="column articleList related"><h3>Les også</h3><a href="/z">Anbud vekker strid blant kommunene</a></div>
</div><div class="tags"><a>anbud</a></div></section>
<div class="front"><article><h2><a href="/q">En annen sak på fronten</a></h2><time datetime="2026-11-21">i går</time>
<p>Ingressen til den andre saken er ganske lang og hører slett ikke hjemme i denne artikkelen.</p></article></div>
<footer><p>Powered by Labrador CMS</p></footer></body></html>"""

DRUPAL = """<!DOCTYPE html><html lang="nn"><head><title>Krev fleire stillingar | Prøvebladet</title></head><body>
<a href="#main">Hopp til hovudinnhald</a><div role="main"><article class="node"><h1>
<span>Krev fleire stillingar</span></h1>
<footer><div class="node__submitted">Skriven av <span>Åse Døme</span> tysdag 4. mars 2025 - 09:15</div></footer>
<div class="field--name-field-lead"><p>Kommunen må lyse ut ti stillingar før sommaren, meiner Prøveforbundet.</p></div>
<div><img src="x"><div class="field--name-field-caption">Leiar Odd Prøve i Prøveforbundet. (Foto: privat)</div></div>
<div class="field--name-body">
<p>Det er for få på vakt om natta, seier leiar Odd Prøve. Tre av ti vakter stod tomme i fjor.</p>
<p>– Vi krev at kommunen tilset fleire, seier han, og viser til tal frå SSB om dei neste åra.</p>
<p>Rådmannen vil greie ut saka og leggje fram eit forslag for kommunestyret i mai.</p></div>
<div class="field--name-field-faktaboks"><h3>Dette er saka</h3><p>Prøveforbundet organiserer dei tilsette.</p></div>
</article></div><aside><h2>Mest lese</h2><ol><li>
<a href="/1">Ei anna sak om noko anna</a></li></ol></aside></body></html>"""

PORTAL = f"""<!DOCTYPE html><html lang="nb"><head><title>Ny plan for opplæring - prove.example</title>
<meta name="DC.Date" content="1970-01-01"></head><body><header><a href="/">Prøvedirektoratet</a></header>
<div class="breadcrumb"><a href="/">Forside</a> / <a href="/n">Nyheter</a></div>
<div id="content"><p class="notice">Oppdiktet eksempelside laget for en prøve. Ingen av navnene finnes.</p>
<h1>Ny plan for opplæring</h1><div class="info">Pressemelding | Publisert: 02.05.2024 | Nr: 12/24</div>
<p class="article-ingress">Prøvedirektoratet foreslår en ny plan.</p><div class="article-body">{BODY}
<p>Forslaget innebærer å:</p><ul><li>opprette et nasjonalt register</li></ul></div>
<div class="related-content"><h2>Relatert innhold</h2><ul><li><a href="/h">Høring om planen</a></li></ul></div></div>
<footer>Kontakt oss</footer></body></html>"""


def extract(html: str | bytes, url: str = "https://prove.example/sak", **more: Any) -> Article:
    return extract_page(html, source_id="prove", url=url, fetched_at=NOW, **more)


def page(inside: str, head: str = "", lang: str = "nb") -> str:
    return f"<html lang={lang}><head>{head}</head><body><main><article>{inside}</article></main></body></html>"


def kinds(article: Article, kind: str) -> list[str]:
    return [block.text for block in article.blocks if block.kind == kind]


def test_wordpress() -> None:
    article = extract(WORDPRESS, "https://klynge.example/opplaering")
    assert article.title == "Vil samle opplæringen"
    assert article.text.startswith("Vil samle opplæringen\n\n")
    assert article.canonical_url == "https://klynge.example/2024/04/24/opplaering/"
    assert (article.byline, article.section, article.language) == (("Live Skribentsen",), "Nyheter", "nb")
    assert article.published_on == date(2024, 4, 24)
    assert (article.published_at, article.published_from) == (datetime(2024, 4, 24, 6, 12, tzinfo=UTC), "json-ld")
    assert article.modified_at == datetime(2024, 4, 25, 8, tzinfo=UTC)
    assert kinds(article, "caption") == ["Tuva Eksempelvik (t.v.) og Arn Dømesen. Foto: Per Bilde"]
    assert kinds(article, "quote") == ["Det haster mer enn noen tror."]
    assert kinds(article, "fact") == ["Kilde: Hjemmelaget"]
    steps = ["ansette to veiledere", "én på dagtid", "én på kveldstid", "styrke opplæringen"]
    assert kinds(article, "item") == [*steps, "Startet i 2019"]
    assert "• ansette to veiledere\n• én på dagtid\n• én på kveldstid\n• styrke opplæringen" in article.text
    assert "Første linje andre linje\n\nEt nytt avsnitt." in article.text
    assert "2023 | 14" in article.text
    for gone in (
        "oppdiktet",
        "informasjonskapsler",
        "Les også",
        "andre ting",
        "Relaterte",
        "ny adresse",
        "Powered",
        "Hjem\n",
    ):
        assert gone not in article.text
    assert article.text.count("Vil samle opplæringen") == 1


def test_labrador() -> None:
    article = extract(LABRADOR)
    assert (article.title, article.section, article.language) == ("Rådet stanser anbudet", "Anskaffelser", "no")
    assert article.byline == ("Lise Testesen",)
    assert (article.published_at, article.published_from) == (datetime(2025, 3, 3, 7, 30, tzinfo=UTC), "time")
    assert article.modified_at == datetime(2025, 3, 4, 9, tzinfo=UTC)
    assert kinds(article, "caption") == ["Leder Anne Prøve i rådet. (Foto: Bjarne Bilde)"]
    assert "Leverandørene får for dårlig tid, mener Rådet for prøver." in article.text
    assert "Fakta om anbudet\n\n• Omfatter 40 kommuner" in article.text
    for gone in (
        "Les også",
        "vekker strid",
        "annen sak",
        "andre saken",
        "Powered",
        "Vis mer",
        "Publisert",
        "Testesen",
        "Prøveavisa",
    ):
        assert gone not in article.text


def test_drupal_in_nynorsk() -> None:
    article = extract(DRUPAL)
    assert (article.title, article.language, article.byline) == ("Krev fleire stillingar", "nn", ("Åse Døme",))
    assert (article.published_at, article.published_from) == (datetime(2025, 3, 4, 8, 15, tzinfo=UTC), "text")
    assert [block.kind for block in article.blocks[:4]] == ["heading", "paragraph", "caption", "paragraph"]
    assert kinds(article, "fact") == ["Prøveforbundet organiserer dei tilsette."]
    for gone in ("Mest lese", "anna sak", "Skriven av", "hovudinnhald"):
        assert gone not in article.text


def test_portal() -> None:
    article = extract(PORTAL)
    assert article.title == "Ny plan for opplæring"
    assert (article.published_on, article.published_at, article.published_from) == (date(2024, 5, 2), None, "text")
    assert article.text.startswith(
        "Ny plan for opplæring\n\nPrøvedirektoratet foreslår en ny plan.\n\nPrøvestad kommune"
    )
    assert article.text.endswith("• opprette et nasjonalt register")


@pytest.mark.parametrize("url", SAMPLE, ids=lambda url: urlsplit(url).path.strip("/").split("/")[-1][:40])
def test_every_page_of_the_sample(url: str) -> None:
    expected, address = SAMPLE[url], urlsplit(url)
    file = file_for(SITES / str(address.hostname), address.path)
    assert file is not None
    article = extract(file.read_bytes(), url)
    found_at = article.published_at.strftime("%Y-%m-%dT%H:%M:%SZ") if article.published_at else None
    assert article.title == expected["title"]
    assert (article.published_on and article.published_on.isoformat()) == expected["published_on"]
    assert found_at == expected["published_at"]
    assert list(article.byline) == expected["byline"]
    assert (article.canonical_url, article.language) == (expected["canonical_url"], expected["declared_language"])
    assert [words for words in expected["contains"] if words not in article.text] == []
    assert [words for words in expected["lacks"] if words in article.text] == []
    captions, facts = " ".join(kinds(article, "caption")), article.text
    assert [words for words in expected["captions"] if words not in captions] == []
    assert [words for words in expected["facts"] if words not in facts] == []


def test_the_day_at_the_top_of_a_site_is_not_the_day_of_publication() -> None:
    html = (
        f"<html><body><div class='date'>Søndag 22. november 2026</div><h1>Vil ha flere vakter</h1>{BODY}</body></html>"
    )
    assert extract(html).published_on is None


@pytest.mark.parametrize(
    ("head", "inside", "link", "found"),
    [
        ('<meta property="article:published_time" content="2024-04-24T08:12:00+02:00">', "", None, "meta"),
        ("", '<time itemprop="datePublished" datetime="2024-04-24T08:12+02:00">i fjor</time>', None, "time"),
        ("", "", Link(url="x", published_at=datetime(2024, 4, 24, 6, 12, tzinfo=UTC)), "feed"),
        ("", "", Link(url="x", published_text="24.04.2024 08:12"), "feed"),
        ("", "<div><b>Publisert:</b> 24.04.2024 08:12</div>", None, "text"),
        ("", "<p>Lagt ut 24. april 2024 kl. 08.12</p>", None, "text"),
    ],
)
def test_where_a_date_may_stand(head: str, inside: str, link: Link | None, found: str) -> None:
    article = extract(page(f"<h1>Vil ha flere vakter</h1>{inside}{BODY}", head), link=link)
    assert (article.published_at, article.published_from) == (datetime(2024, 4, 24, 6, 12, tzinfo=UTC), found)
    assert "2024" not in article.text


def test_a_date_in_the_address_and_none_at_all() -> None:
    html = page(f"<h1>Vil ha flere vakter</h1>{BODY}<p>Planen ble publisert 3. mars 2019 og gjelder i ti år.</p>")
    dated = extract(html, "https://prove.example/2024/04/24/vakter")
    assert (dated.published_on, dated.published_from) == (date(2024, 4, 24), "url")
    assert extract(html).published_on is None


def test_what_the_page_declares_wrongly_is_not_believed() -> None:
    head = """<link rel="canonical" href="https://annen.example/stjaalet">
    <script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2042-01-01", "author": [</script>
    <meta name="date" content="0001-01-01">"""
    article = extract(page(f"<h1>Vil ha flere vakter</h1>{BODY}", head))
    assert article.canonical_url == "https://prove.example/sak"
    assert article.published_on is None


def test_a_title_without_heading_comes_from_the_head_without_the_sites_name_or_from_the_feed() -> None:
    assert extract(page(BODY, "<title>Vil ha flere vakter | Prøvebladet</title>")).title == "Vil ha flere vakter"
    assert extract(page(BODY), link=Link(url="x", title="Vil ha flere vakter")).title == "Vil ha flere vakter"


def test_an_article_of_one_paragraph() -> None:
    article = extract(
        page("<h1>Stenger en dag</h1><p>Prøvestad legesenter holder stengt på fredag, og åpner igjen mandag.</p>")
    )
    assert article.text == "Stenger en dag\n\nPrøvestad legesenter holder stengt på fredag, og åpner igjen mandag."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "cp1252"])
def test_encodings_are_read_whatever_is_declared(encoding: str) -> None:
    html = page(
        "<h1>Får ærlig svar på øya</h1><p>Prøvestad må få på plass en løsning før året er omme, sier de på øya.</p>"
    )
    for declared in (None, "text/html; charset=utf-8", "text/html; charset=iso-8859-1"):
        assert extract(html.encode(encoding), content_type=declared).title == "Får ærlig svar på øya"


def test_mojibake_is_repaired() -> None:
    html = page("<h1>«Får ærlig svar» – på øya</h1><p>Prøvestad må få på plass en løsning før året er omme.</p>")
    assert extract(html.encode().decode("cp1252").encode()).title == "«Får ærlig svar» – på øya"


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("", "empty page"),
        ("  \n", "empty page"),
        (b"%PDF-1.7 <obj>", "not a web page"),
        ("just words", "not a web page"),
        ("<html><body></body></html>", "no article on the page"),
        (
            "<nav><ul><li><a href='/'>Hjem</a></li><li><a href='/o'>Om oss og kontakt med oss</a></li></ul></nav>",
            "no article on the page",
        ),
        (
            "<div><a href='/'>Hjem</a> <a href='/o'>Om oss</a> <a href='/k'>Kontakt oss i dag</a></div>",
            "no article on the page",
        ),
        ("<p>Vi bruker informasjonskapsler for at siden skal virke best mulig for deg.</p>", "no article on the page"),
        ("<html><body>" + "<div>" * 5000 + "</body></html>", "no article on the page"),
    ],
)
def test_a_page_without_article_is_one_clear_error(html: str | bytes, reason: str) -> None:
    with pytest.raises(ExtractionError) as met:
        extract(html)
    assert (met.value.url, met.value.reason) == ("https://prove.example/sak", reason)
