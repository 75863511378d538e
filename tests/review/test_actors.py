from __future__ import annotations

import httpx

from tests.review.newsroom import FORENINGEN, KLYNGEN, SYKEHUSET, SØLVI
from tests.review.pages import link, page, text_of, texts


def rows(site: httpx.Client, address: str) -> list[list[str]]:
    return [texts(row, "./*") for row in page(site, address).xpath("//tbody/tr")]


def test_actors_stand_with_their_numbers_the_most_mentioned_first(site: httpx.Client) -> None:
    assert rows(site, "/actors")[:2] == [
        [SYKEHUSET.name, "31", "0", "1", "organisasjon"],
        [KLYNGEN.name, "31", "30", "0", "organisasjon"],
    ]


def test_actors_are_found_by_kind_name_and_other_name(site: httpx.Client) -> None:
    assert len(rows(site, "/actors?kind=person")) == 3
    assert [row[0] for row in rows(site, "/actors?name=ådnebø")] == [SØLVI.name]
    assert [row[0] for row in rows(site, "/actors?name=poå")] == [FORENINGEN.name]
    assert rows(site, "/actors?name=ingen&kind=person") == []


def test_a_person_has_roles_other_names_and_quotes(site: httpx.Client) -> None:
    person = page(site, link(page(site, "/actors"), SØLVI.name))
    told = dict(zip(texts(person, "//dl/dt"), texts(person, "//dl/dd"), strict=True))
    assert told == {
        "Omtales også som": "Ådnebø",
        "Roller": "daglig leder, Pasientforeningen Øst og Ås",
        "Artikler": "1",
    }
    assert texts(person, "//figure[@class='quote']/blockquote") == ["Folk må slippe å vente til morgenen"]
    assert "Ber sykehuset åpne på natten Avisa for Ås, 27. februar 2026" in text_of(person)


def test_an_organisation_has_its_people_and_the_measures_asked_of_it(site: httpx.Client) -> None:
    organisation = page(site, link(page(site, "/actors"), FORENINGEN.name))
    assert "Sølvi Ådnebø, daglig leder" in text_of(organisation)
    assert "Tiltak fra Pasientforeningen Øst og Ås 1" in texts(organisation, "//h2")
    asked = page(site, link(page(site, "/actors"), SYKEHUSET.name))
    assert "Tiltak rettet til Fjellbygd sykehus 1" in texts(asked, "//h2")


def test_who_proposes_much_is_shown_with_the_newest_and_the_way_to_all(site: httpx.Client) -> None:
    busy = page(site, link(page(site, "/actors"), KLYNGEN.name))
    assert len(busy.xpath("//article[@class='measure']")) == 20
    everything = page(site, link(busy, "Alle tiltak fra"))
    assert texts(everything, "//h2[@id='measures']") == ["30 tiltak passer"]


def test_articles_over_time_are_a_picture_with_the_same_figures_beside_it(site: httpx.Client) -> None:
    actor = page(site, link(page(site, "/actors"), SYKEHUSET.name))
    image = actor.xpath("//picture//img")[0]
    assert "Artikler over tid" in image.get("alt")
    assert texts(actor.xpath("//details//tbody/tr")[0], "./*") == ["jan. 2025", "3"]
    picture = site.get(image.get("src"))
    assert picture.headers["content-type"] == "image/svg+xml"
    assert "artikler per måned" in picture.text
    narrow = site.get(actor.xpath("//picture//source/@srcset")[0])
    assert 'width="360"' in narrow.text
