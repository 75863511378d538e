from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest

import review
from review.texts import (
    LANGUAGES,
    chosen_language,
    has_text,
    written_date,
    written_instant,
    written_number,
    written_period,
    written_share,
)
from tests.review.pages import page, texts

ROOM = Path(next(iter(review.__path__)))


def test_every_text_is_there_in_both_languages_with_the_same_gaps() -> None:
    for section, entries in tomllib.loads((ROOM / "texts.toml").read_text(encoding="utf-8")).items():
        for name, said in entries.items():
            assert set(said) == set(LANGUAGES), f"{section}.{name}"
            assert len({tuple(sorted(re.findall(r"\{\w+\}", words))) for words in said.values()}) == 1, (
                f"{section}.{name}"
            )


def test_every_text_that_a_template_asks_for_is_there() -> None:
    for template in (ROOM / "templates").glob("*.html"):
        for key in re.findall(r'\bt\(\s*["\'](\w+\.\w+)["\'](?!\s*~)', template.read_text(encoding="utf-8")):
            assert has_text(key), f"{template.name}: {key}"


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        (None, "", "nb"),
        (None, "nb-NO,nb;q=0.9,en;q=0.8", "nb"),
        (None, "nn", "nb"),
        (None, "en-GB,en;q=0.9", "en"),
        (None, "en;q=0.4, no;q=0.8", "nb"),
        (None, "de, fr", "nb"),
        (None, "de, en;q=0.5", "en"),
        (None, "en;q=0, nb;q=0.1", "nb"),
        (None, "en;q=lots", "nb"),
        ("en", "nb", "en"),
        ("nb", "en", "nb"),
        ("tlh", "en", "en"),
    ],
)
def test_the_language_is_the_one_asked_for_else_one_that_the_reader_knows(
    asked: str | None, accepted: str, language: str
) -> None:
    assert chosen_language(asked, accepted) == language


def test_dates_and_numbers_are_written_as_the_language_does() -> None:
    assert written_date("nb", date(2026, 2, 3)) == "3. februar 2026"
    assert written_date("en", date(2026, 2, 3)) == "3 February 2026"
    assert written_instant("nb", datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "2. juli 2026 kl. 00:30"
    assert written_number("nb", 1234567) == "1\u00a0234\u00a0567"
    assert written_number("en", 1234567) == "1,234,567"
    assert (written_share("nb", 0.8), written_share("en", 0.805)) == ("80\u00a0%", "80%")
    assert written_period("nb", date(2026, 5, 1), "month") == "mai 2026"
    assert written_period("nb", date(2024, 12, 30), "week") == "uke 1, 2025"  # the ISO year


def test_english_goes_along_from_page_to_page(site: httpx.Client) -> None:
    front = page(site, "/?lang=en")
    assert front.xpath("/html/@lang") == ["en"]
    assert texts(front, "//nav//a")[:3] == ["Measures", "Actors", "Trends"]
    assert all("lang=en" in target for target in front.xpath("//header//nav//a/@href | //main//h3/a/@href"))
    assert front.xpath("//form//input[@name='lang']/@value") == ["en"]
    assert front.xpath("//a[@class='language']/@href") == ["/?lang=nb"]


def test_a_browser_that_speaks_english_gets_english_and_one_without_a_wish_bokmål(site: httpx.Client) -> None:
    assert page(site, "/", **{"Accept-Language": "en-US"}).xpath("/html/@lang") == ["en"]
    assert page(site, "/").xpath("/html/@lang") == ["nb"]
    assert "Accept-Language" in site.get("/").headers["vary"]
