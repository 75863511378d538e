from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.review.conftest import serving
from tests.review.newsroom import FORENINGEN, HOSTILE_NAME, KLYNGEN, SAME_STORY, SYKEHUSET, publish_stories
from tests.review.pages import link, page, text_of, texts

MEASURES = "//article[@class='measure']"


def test_the_front_page_counts_what_is_there_and_says_when_it_was_published(site: httpx.Client) -> None:
    front = page(site, "/")
    names, figures = texts(front, "//dl[@class='counts']//dt"), texts(front, "//dl[@class='counts']//dd")
    assert dict(zip(names, figures, strict=True)) == {
        "tiltak": "34",
        "artikler": "34",
        "personer": "3",
        "organisasjoner": "3",
        "kilder": "2",
    }
    assert "Artikler fra 1. januar 2025 til 27. februar 2026" in text_of(front)
    assert "Publisert 2. mars 2026 kl. 06:30" in text_of(front)  # Norwegian time


def test_the_newest_measure_stands_first_with_proposer_modality_and_marked_evidence(site: httpx.Client) -> None:
    newest = page(site, "/").xpath(MEASURES)[0]
    assert texts(newest, ".//h3/a") == [FORENINGEN.name]
    assert texts(newest, ".//*[contains(@class, 'modality')]") == ["krevd"]
    assert texts(newest, ".//mark") == ["åpner akuttmottaket om natten"]
    assert texts(newest, ".//blockquote") == [
        "Pasientforeningen Øst og Ås krever at Fjellbygd sykehus åpner akuttmottaket om natten."
    ]
    original = newest.xpath(".//a[@class='out']")[0]
    assert original.get("href") == "http://avisa.example/nattvakt"
    assert "noopener" in original.get("rel")


def test_an_undated_measure_comes_last_and_is_given_no_date(site: httpx.Client) -> None:
    last = page(site, "/?page=2").xpath(MEASURES)[-1]
    assert texts(last, ".//mark") == ["pusse opp ventesonen"]
    assert "uten dato" in text_of(last)
    assert "ukjent avsender" in text_of(last)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("modality=demanded", 1),
        ("modality=planned", 31),
        ("proposer=lysning", 30),
        ("proposer=ØST OG ÅS", 1),
        ('proposer="Lysning"', 0),
        (f'proposer="{KLYNGEN.name}"', 30),
        ("topic=akutthjelp", 34),
        ("topic=psykisk helse", 0),
        ("text=fastlegar", 1),
        ("text=natten sykehuset", 1),  # one word in the sentence, one in the title
        ("text=natten båt", 0),
        ("since=2026-01-01", 3),
        ("since=2026-01-01&until=2026-01-31", 1),
        ("until=2024-12-31", 0),
        ("modality=planned&text=nummer 27", 1),
        ("modality=&proposer=&text=&since=&until=&page=", 34),
        ("utm_source=somewhere", 34),
    ],
)
def test_filters(site: httpx.Client, asked: str, found: int) -> None:
    first, second = page(site, f"/?{asked}"), page(site, f"/?{asked}&page=2") if found > 25 else None
    shown = len(first.xpath(MEASURES)) + (len(second.xpath(MEASURES)) if second is not None else 0)
    assert shown == found
    assert found or "Ingen tiltak passer" in text_of(first)


def test_a_sent_filter_stands_in_the_form_again(site: httpx.Client) -> None:
    form = page(site, '/?text=natt "&modality=demanded&since=2026-01-01').xpath("//form")[0]
    assert form.xpath(".//input[@name='text']/@value") == ['natt "']
    assert form.xpath(".//option[@selected]/@value") == ["demanded"]
    assert form.xpath(".//input[@name='since']/@value") == ["2026-01-01"]


def test_every_field_has_a_label(site: httpx.Client) -> None:
    for address in ("/", "/actors", "/trends/people"):
        for field in page(site, address).xpath("//form//input[not(@type='hidden')] | //form//select"):
            assert text_of(field.getparent().xpath("./span")[0]), (address, field.get("name"))


def test_pages_lead_to_each_other_and_keep_the_filter(site: httpx.Client) -> None:
    first = page(site, "/?modality=planned")
    following = first.xpath("//a[@rel='next']/@href")[0]
    second = page(site, following)
    assert "modality=planned" in following
    assert "Side 2 av 2" in text_of(second)
    assert not second.xpath("//a[@rel='next']")
    shown = texts(first, "//mark") + texts(second, "//mark")
    assert len(shown) == len(set(shown)) == 31


def test_a_page_past_the_last_is_the_last(site: httpx.Client) -> None:
    assert "Side 2 av 2" in text_of(page(site, "/?page=999999"))


def test_a_measure_tells_where_it_comes_from(site: httpx.Client) -> None:
    front = page(site, "/")
    measure = page(site, front.xpath(MEASURES + "//a[contains(@href, '/measures/')]/@href")[0])
    told = dict(zip(texts(measure, "//dl/dt"), texts(measure, "//dl/dd"), strict=True))
    assert told["Foreslått av"] == FORENINGEN.name
    assert told["Rettet til"] == SYKEHUSET.name
    assert told["Sikkerhet"] == "80 %"
    assert told["Lest av"] == "prøve-1.0"
    assert told["Dato"] == "27. februar 2026"
    assert len(told["Tiltakets id"]) == 16
    assert texts(measure, "//mark") == ["åpner akuttmottaket om natten"]


def test_an_article_shows_its_measures_actors_and_quotes_but_not_its_text(site: httpx.Client) -> None:
    article = page(site, link(page(site, "/"), "Ber sykehuset"))
    assert texts(article, "//h1") == ["Ber sykehuset åpne på natten"]
    assert texts(article, "//mark") == ["åpner akuttmottaket om natten"]
    assert texts(article, "//ul[@class='names']/li") == [
        FORENINGEN.name,
        SYKEHUSET.name,
        "Sølvi Ådnebø daglig leder, Pasientforeningen Øst og Ås",
        "Tore Myrvang forsker",
    ]
    assert texts(article, "//figure[@class='quote']/blockquote") == ["Folk må slippe å vente til morgenen"]
    assert "http://bladet.example/natt" in text_of(article)
    assert "Avdelingen er stengt nå" not in text_of(article)


def test_the_other_address_of_a_story_leads_to_the_same_page(site: httpx.Client) -> None:
    assert texts(page(site, f"/articles/{SAME_STORY.article_id}"), "//h1") == ["Ber sykehuset åpne på natten"]


def test_nynorsk_is_marked_as_such(site: httpx.Client) -> None:
    quoted = page(site, "/?text=fastlegar").xpath("//blockquote")[0]
    assert quoted.get("lang") == "nn"


def test_a_run_that_found_nothing_says_how_to_go_on(tmp_path: Path) -> None:
    publish_stories(tmp_path, ())
    with serving(tmp_path) as site:
        assert "Ingen tiltak er funnet ennå. Samle nyheter med helseradar run" in text_of(page(site, "/"))
        assert "Ingen aktører passer" in text_of(page(site, "/actors"))
        assert "Ingen tall i dette tidsrommet" in text_of(page(site, "/trends/people"))


def test_hostile_names_are_found_like_any_other(site: httpx.Client) -> None:
    found = page(site, str(httpx.URL("/", params={"proposer": HOSTILE_NAME})))
    assert texts(found, MEASURES + "//h3/a") == [HOSTILE_NAME]
