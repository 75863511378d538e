"""The sample is whole: every page is listed, described, marked as made up and served as a web server would."""

from __future__ import annotations

import http.client
import json
import re
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.etree
import lxml.html
import pytest

from corpus.sample.server import SITES, SOURCES, Sample, file_for, serve_sample

FOLDER = SITES.parent
EXPECTED: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
ARTICLES: dict[str, dict[str, Any]] = EXPECTED["articles"]
OTHERS: dict[str, dict[str, str]] = EXPECTED["others"]
GOLD: list[dict[str, Any]] = [
    json.loads(line) for line in (FOLDER / "gold.jsonl").read_text(encoding="utf-8").splitlines()
]
PAGES = sorted(SITES.rglob("*.html"))
NOTICES = (
    "Denne siden er oppdiktet og hører til eksempelet i Helseradar.",
    "Denne sida er oppdikta og høyrer til dømet i Helseradar.",
)
MODALITIES = {"proposed", "demanded", "planned", "decided", "rejected"}
# Real offices, bodies, parties and unions: nobody in a made-up story may speak for them.
REAL_ACTORS = re.compile(
    r"(?i:\b(regjering(en|a|as|ens)?|storting(et|ets)?|(helse|nærings|stats)minister\w*|omsorgsdepartement\w*|"
    r"helsedirektorat\w*|folkehelseinstitutt\w*|legemiddelverk\w*|statsforvalter\w*|datatilsyn\w*|"
    r"sykepleierforbund\w*|legeforening\w*|fagforbundet|arbeiderpartiet|arbeidarpartiet|fremskrittspartiet|"
    r"senterpartiet|venstre|kristelig folkeparti|miljøpartiet|helsepartiet|sykehusinnkjøp|norsk helsenett)\b)|"
    r"\b(FHI|DMP|KS|LMI|NAV|Høyre|Høgre|Rødt|Raudt|Frp|KrF|MDG|NSF|Helsetilsynet|"
    r"Helse (Vest|Nord|Sør-Øst|Midt-Norge))\b"
)


@pytest.fixture
def sample() -> Iterator[Sample]:
    with serve_sample() as running:
        yield running


def ask(sample: Sample, url: str, **headers: str) -> http.client.HTTPResponse:
    """Ask the sample's server for an address; the body is read and the connection closed."""
    parts = urlsplit(url)
    [(address, port)] = sample.resolve(parts.hostname or "", 80)
    connection = http.client.HTTPConnection(address, port, timeout=10)
    try:
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", target, headers={"Host": parts.netloc, **names})
        response = connection.getresponse()
        response.body = response.read()  # type: ignore[attr-defined]
        return response
    finally:
        connection.close()


def page_text(page: Path) -> str:
    """All text of a stored page, furniture included, with blanks folded."""
    tree = lxml.html.fromstring(page.read_text(encoding="utf-8").encode())
    for script in tree.xpath("//script|//style"):
        script.drop_tree()
    return " ".join(tree.text_content().split())


def stored(url: str) -> Path:
    parts = urlsplit(url)
    file = file_for(SITES / (parts.hostname or ""), parts.path)
    assert file is not None, f"{url} has no stored page"
    return file


def listed() -> list[str]:
    """Every address that the feeds and sitemaps of the sample give, as they give it."""
    found: list[str] = []
    for listing in SITES.rglob("*.xml"):
        tree = lxml.etree.parse(listing)
        found += tree.xpath("//item/link/text()")
        found += tree.xpath("//*[local-name()='url']/*[local-name()='loc']/text()")
    return found


def without_campaign(url: str) -> str:
    return url.partition("?utm_")[0]


def test_every_page_stands_in_a_listing_and_every_listed_page_is_described() -> None:
    links = listed()
    assert len(links) == len(set(links))
    assert {without_campaign(link) for link in links} == ARTICLES.keys() | OTHERS.keys()
    furniture = {"index.html", "404.html", "tema/arbeidsliv.html"}  # front pages, "not found", a page of menus
    front = {SITES / site.name / name for site in SITES.iterdir() for name in furniture}
    described = {stored(url) for url in ARTICLES.keys() | OTHERS.keys()}
    assert set(PAGES) - front == described


def test_the_collection_has_the_size_the_languages_and_the_years_it_promises() -> None:
    languages = [article["language"] for article in ARTICLES.values()]
    assert len(ARTICLES) >= 40
    assert languages.count("nn") * 5 >= len(languages)
    assert languages.count("en") == 1
    days = sorted(date.fromisoformat(a["published_on"]) for a in ARTICLES.values() if a["published_on"])
    assert {day.year for day in days} == {2023, 2024, 2025, 2026}
    assert days[-1] < date(2026, 11, 1)


@pytest.mark.parametrize("url", ARTICLES)
def test_what_is_expected_of_an_article_stands_on_its_page(url: str) -> None:
    article, text = ARTICLES[url], page_text(stored(url))
    assert article["canonical_url"] == url
    for words in [article["title"], *article["byline"], *article["contains"], *article["captions"], *article["facts"]]:
        assert words in text
    for words in article["lacks"]:
        assert words in text, "furniture that is not on the page proves nothing"
    assert article["contains"]


def test_a_reprint_has_the_same_words_at_two_addresses() -> None:
    pairs = {url: a["same_text_as"] for url, a in ARTICLES.items() if "same_text_as" in a}
    assert len(pairs) == 2
    for url, other in pairs.items():
        assert pairs[other] == url
        assert urlsplit(url).hostname != urlsplit(other).hostname
        assert ARTICLES[url]["title"] == ARTICLES[other]["title"]
        assert ARTICLES[url]["contains"] == ARTICLES[other]["contains"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(SITES)))
def test_every_page_says_that_it_is_made_up_and_nobody_real_speaks_on_it(page: Path) -> None:
    notice = lxml.html.fromstring(page.read_text(encoding="utf-8").encode()).find_class("sample-notice")
    assert [element.text for element in notice] in ([NOTICES[0]], [NOTICES[1]])
    text = page_text(page)
    assert not (match := REAL_ACTORS.search(text)), f"{match} is real"
    assert text.count("SSB") == len(re.findall(r"(?i)tall fra SSB", text)), "SSB may be background only"


@pytest.mark.parametrize("entry", GOLD, ids=lambda entry: urlsplit(entry["doc"]).path)
def test_gold_measures_are_words_of_the_article(entry: dict[str, Any]) -> None:
    tree = lxml.html.fromstring(stored(entry["doc"]).read_text(encoding="utf-8").encode())
    blocks = [" ".join(block.text_content().split()) for block in tree.xpath("//p|//li|//h1|//h2|//h3")]
    text = page_text(stored(entry["doc"]))
    for measure in entry["measures"]:
        assert any(measure["measure"] in block for block in blocks)
        assert measure["modality"] in MODALITIES
        assert measure["cue"] in text
        assert measure["proposer"]
    assert all(person["name"] in text for person in entry["people"])
    assert all(organisation in text for organisation in entry["organisations"])


def test_gold_covers_ten_articles_and_every_modality() -> None:
    assert len({entry["doc"] for entry in GOLD}) == len(GOLD) == 10
    assert {measure["modality"] for entry in GOLD for measure in entry["measures"]} == MODALITIES


def test_the_server_answers_every_listed_address(sample: Sample) -> None:
    answers = {without_campaign(url): ask(sample, url).status for url in listed()}
    assert set(answers.values()) == {200}
    assert len(sample.requests) == len(answers)


@pytest.mark.parametrize(
    ("url", "media_type"),
    [
        ("http://fjordhelse.example/feed/", "application/rss+xml"),
        ("http://helseavisa.example/?lab_viewport=rss", "application/rss+xml"),
        ("http://helseavisa.example/", "text/html"),
        ("http://vaktbladet.example/rss.xml", "application/rss+xml"),
        ("http://snt.example/sitemap.xml", "application/xml"),
        ("http://snt.example/robots.txt", "text/plain"),
    ],
)
def test_listings_and_robots_come_with_their_media_type(sample: Sample, url: str, media_type: str) -> None:
    response = ask(sample, url)
    assert response.status == 200
    assert (response.getheader("Content-Type") or "").split(";")[0] == media_type


def test_a_copy_that_is_still_good_is_not_sent_again(sample: Sample) -> None:
    url = "http://fjordhelse.example/feed/"
    first = ask(sample, url)
    etag, modified = first.getheader("ETag"), first.getheader("Last-Modified")
    assert etag
    assert modified
    for again in (ask(sample, url, If_None_Match=etag), ask(sample, url, If_Modified_Since=modified)):
        assert again.status == 304
        assert again.body == b""  # type: ignore[attr-defined]
    assert ask(sample, url, If_None_Match='"another"', If_Modified_Since=modified).status == 200


@pytest.mark.parametrize("target", ["/no/such/page", "/../snt.example/robots.txt", "/%2e%2e/snt.example/robots.txt"])
def test_what_is_not_on_a_site_is_not_found_there(sample: Sample, target: str) -> None:
    response = ask(sample, f"http://fjordhelse.example{target}")
    assert response.status == 404
    assert NOTICES[0].encode() in response.body  # type: ignore[attr-defined]


def test_only_the_hosts_of_the_sample_are_resolved(sample: Sample) -> None:
    assert sample.hosts == {"fjordhelse.example", "helseavisa.example", "vaktbladet.example", "snt.example"}
    assert sample.resolve("snt.example", 80) == [("127.0.0.1", sample.port)]
    with pytest.raises(socket.gaierror, match=r"example\.org"):
        sample.resolve("example.org", 80)


def test_sources_name_the_four_sites(sample: Sample) -> None:
    text = SOURCES.read_text(encoding="utf-8")
    urls = re.findall(r'^url = "(.+)"$', text, flags=re.MULTILINE)
    assert {urlsplit(url).hostname for url in urls} == sample.hosts
    assert all(ask(sample, url).status == 200 for url in urls)
    assert {a["source"] for a in ARTICLES.values()} == set(re.findall(r'^id = "(.+)"$', text, flags=re.MULTILINE))
