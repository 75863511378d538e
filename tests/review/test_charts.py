from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from lxml import html

from review.charts import FORMS, MODALITY_COLOURS, SUFFIXES, chart, save, svg
from review.errors import NothingToDraw, UnknownSuffix
from warehouse.questions import ask, questions

MONTHS = [date(2023 + month // 12, month % 12 + 1, 1) for month in range(46)]


def organisations(names: int, periods: list[date]) -> pd.DataFrame:
    rows = [(day, f"Øvre Ås lag {name}", name + 1, 1) for day in periods for name in range(names)]
    return pd.DataFrame(rows, columns=["period", "organisation", "articles", "mentions"])


def words(picture: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]+)</text>", picture)


def test_every_shipped_question_has_a_form() -> None:
    assert set(questions()) <= set(FORMS)


@pytest.mark.parametrize("question", list(questions()))
@pytest.mark.parametrize("grain", ["week", "month"])
def test_every_shipped_question_can_be_drawn(copy: Path, question: str, grain: str) -> None:
    drawn = svg(chart(question, ask(copy, question, grain=grain)))
    assert drawn.startswith("<svg")
    assert "NaN" not in drawn


@pytest.mark.parametrize("periods", [MONTHS[:1], MONTHS[:12], MONTHS], ids=["1", "12", "46"])
@pytest.mark.parametrize("names", [1, 10, 40])
def test_ten_names_are_drawn_and_the_title_says_of_how_many(names: int, periods: list[date]) -> None:
    written = words(svg(chart("organisations", organisations(names, periods))))
    assert sum(word.startswith("Øvre Ås lag") for word in written) == min(names, 10)
    assert any("de 10 øverste av 40" in word for word in written) == (names == 40)
    assert f"Øvre Ås lag {names - 1}" in written  # the one with most


def test_labels_are_norwegian_and_english_where_asked() -> None:
    frame = pd.DataFrame(
        {"period": MONTHS[3:5] * 2, "modality": ["demanded"] * 2 + ["rejected"] * 2, "measures": [3, 1, 2, 5]}
    )
    assert {"Tiltak etter type", "tiltak per måned", "krevd", "avvist", "mai 2023"} <= set(
        words(svg(chart("measures", frame)))
    )
    english = words(svg(chart("measures", frame, language="en")))
    assert {"Measures by kind", "measures per month", "demanded", "rejected", "May 2023"} <= set(english)


def test_months_without_rows_keep_their_place() -> None:
    frame = organisations(1, [MONTHS[0], MONTHS[3]])
    assert {"jan. 2023", "feb. 2023", "mars 2023", "april 2023"} <= set(words(svg(chart("organisations", frame))))


def test_weeks_are_known_by_themselves() -> None:
    frame = organisations(2, [date(2024, 12, 30), date(2025, 1, 13)])
    assert {"uke 1, 2025", "uke 2, 2025", "uke 3, 2025"} <= set(words(svg(chart("organisations", frame))))


def test_each_modality_has_a_colour_of_its_own() -> None:
    assert len(set(MODALITY_COLOURS.values())) == len(MODALITY_COLOURS)


def test_an_axis_of_counts_has_whole_numbers_once_each() -> None:
    drawn = words(svg(chart("actor", pd.DataFrame({"period": MONTHS[:2], "articles": [1, 1]}))))
    assert sorted(word for word in drawn if word.isdigit()) == ["0", "1"]


def test_an_answer_without_rows_is_a_clear_error() -> None:
    with pytest.raises(NothingToDraw, match="organisations: no rows to draw"):
        chart("organisations", organisations(0, []))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_chart_is_saved_in_the_format_of_its_name(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"bilde{suffix.upper()}"
    save(chart("organisations", organisations(3, MONTHS[:3])), path)
    saved = path.read_bytes()
    if suffix == ".png":
        assert saved.startswith(b"\x89PNG\r\n\x1a\n")
        assert int.from_bytes(saved[16:20]) == 1600  # pixels, two for one
    elif suffix == ".svg":
        assert "Øvre Ås lag 2" in words(saved.decode())
    elif suffix == ".json":
        assert json.loads(saved)["title"]["text"] == ["Organisasjoner i flest artikler"]
    else:
        assert "Øvre Ås lag 2".encode() in saved or rb"\u00d8vre \u00c5s lag 2" in saved


def test_html_loads_nothing_and_names_cannot_end_the_script(tmp_path: Path) -> None:
    path = tmp_path / "bilde.html"
    save(chart("proposers", pd.DataFrame({"proposer": ["</script><script>alert(1)</script>"], "measures": [1]})), path)
    page = html.fromstring(path.read_text(encoding="utf-8"))
    assert len(page.xpath("//script")) == 2
    assert not page.xpath("//@src | //@href")


def test_hostile_names_stay_text_in_a_picture() -> None:
    drawn = svg(chart("proposers", pd.DataFrame({"proposer": ["<script>alert('&')</script>"], "measures": [1]})))
    assert "<script" not in drawn
    assert "&lt;script" in drawn


@pytest.mark.parametrize("name", ["bilde.gif", "bilde", "bilde.svg.zip"])
def test_another_format_is_a_clear_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownSuffix, match=r"use \.svg, \.png, \.html, \.json"):
        save(chart("organisations", organisations(1, MONTHS[:1])), tmp_path / name)
    assert not (tmp_path / name).exists()
