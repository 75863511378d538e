from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import httpx
import pandas as pd
import pytest

from review.trends import _no_formula
from tests.review.conftest import serving
from tests.review.newsroom import HOSTILE_NAME, KLYNGEN, SERIES, SYKEHUSET, Said, publish_stories, story
from tests.review.pages import link, page, text_of, texts
from warehouse.questions import ask, questions


@pytest.mark.parametrize("question", list(questions()))
@pytest.mark.parametrize("grain", ["week", "month"])
def test_every_question_is_a_picture_a_table_and_the_same_as_a_file(
    site: httpx.Client, copy: Path, question: str, grain: str
) -> None:
    trend = page(site, f"/trends/{question}?grain={grain}")
    answer = ask(copy, question, grain=grain)
    assert len(trend.xpath("//tbody/tr")) == len(answer)
    assert "Diagram" in trend.xpath("//picture//img/@alt")[0]
    assert site.get(trend.xpath("//picture//img/@src")[0]).text.startswith("<svg")
    file = pd.read_csv(io.BytesIO(site.get(link(trend, "CSV")).content))
    assert list(file.columns) == list(answer.columns)
    assert len(file) == len(answer)
    assert f"helseradar trends {question} --grain {grain}" in text_of(trend)


def test_titles_and_columns_are_in_the_readers_language(site: httpx.Client) -> None:
    for language, titles in (
        ("nb", ["periode", "organisasjon", "artikler", "omtaler"]),
        ("en", ["period", "organisation", "articles", "mentions"]),
    ):
        assert texts(page(site, f"/trends/organisations?lang={language}"), "//thead//th") == titles
    for question in questions():
        for title in texts(page(site, f"/trends/{question}"), "//thead//th"):
            assert title not in {"mentions", "measures", "other_organisation", "modality", "kind", "proposer"}


def test_the_newest_period_stands_on_top(site: httpx.Client) -> None:
    periods = texts(page(site, "/trends/measures"), "//tbody/tr/td[1]")
    assert (periods[0], periods[-1]) == ("feb. 2026", "jan. 2025")
    assert texts(page(site, "/trends/people?grain=week"), "//tbody/tr/td[1]")[0] == "uke 9, 2026"


def test_since_leaves_out_what_is_older(site: httpx.Client) -> None:
    assert set(texts(page(site, "/trends/measures?since=2026-01-20"), "//tbody/tr/td[1]")) == {"jan. 2026", "feb. 2026"}
    assert "Ingen tall i dette tidsrommet" in text_of(page(site, "/trends/measures?since=2030-01-01"))
    assert site.get("/trends/measures.svg?since=2030-01-01").status_code == 404


def test_a_figure_leads_to_the_measures_that_it_counts(site: httpx.Client) -> None:
    for address in (
        "/trends/proposers",
        "/trends/measures",
        "/trends/measures?grain=week",
        "/trends/topics",
        "/trends/proposers?since=2026-02-15",
    ):
        for row in page(site, address).xpath("//tbody/tr")[:4]:
            figure = row.xpath("./td[@class='number']/a")[0]
            counted = page(site, figure.get("href"))
            assert texts(counted, "//h2[@id='measures']") == [f"{text_of(figure)} tiltak passer"], address


def test_a_name_leads_to_the_actor(site: httpx.Client) -> None:
    found = page(site, link(page(site, "/trends/together"), KLYNGEN.name))
    assert texts(found, "//tbody/tr/th") == [KLYNGEN.name]


def test_the_file_keeps_norwegian_letters_and_runs_no_formula(site: httpx.Client) -> None:
    answer = site.get("/trends/proposers.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    proposers = list(pd.read_csv(io.BytesIO(answer.content))["proposer"])
    assert "Pasientforeningen Øst og Ås" in proposers
    assert HOSTILE_NAME in proposers
    assert _no_formula("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert _no_formula(SYKEHUSET.name) == SYKEHUSET.name


def test_a_picture_comes_as_png_too(site: httpx.Client) -> None:
    answer = site.get("/trends/proposers.png?lang=en")
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")


def test_trends_begin_with_the_first_question(site: httpx.Client) -> None:
    assert site.get("/trends?lang=en").headers["location"] == "/trends/measures?lang=en"


def test_who_is_not_introduced_in_every_article_is_still_one_proposer(tmp_path: Path) -> None:
    said = Said(text="bygge mer", modality="proposed", proposer=KLYNGEN.name)
    stranger = Said(text="rive alt", modality="demanded", proposer="Nabolaget")
    short = story(
        "kort", "Kort", "De vil bygge mer. Andre vil rive alt.", day=date(2026, 1, 1), measures=(said, stranger)
    )
    publish_stories(tmp_path, (SERIES[0], short))
    with serving(tmp_path) as site:
        rows = page(site, "/trends/proposers").xpath("//tbody/tr")
        assert [texts(row, "./td")[:3] for row in rows] == [
            [KLYNGEN.name, "organisasjon", "2"],
            ["Nabolaget", "ukjent", "1"],
        ]
        assert not rows[1].xpath("./td[1]/a")  # there is no page for somebody that no article introduces
