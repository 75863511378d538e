"""Results on the terminal: the same rows in every format, and periods as people write them."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
import pytest

from flows.screen import FORMATS, by_period, frame_text

FRAME = pd.DataFrame({"period": [date(2026, 1, 1), date(2026, 12, 28)], "navn": ["Åse | Bø", None], "saker": [3, 1]})


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_every_row(form: str) -> None:
    text = frame_text(FRAME, form)
    assert "Åse" in text
    assert "3" in text


def test_json_gives_days_as_days_and_gaps_as_null() -> None:
    assert json.loads(frame_text(FRAME, "json")) == [
        {"period": "2026-01-01", "navn": "Åse | Bø", "saker": 3},
        {"period": "2026-12-28", "navn": None, "saker": 1},
    ]


@pytest.mark.parametrize(("grain", "written"), [("month", ["2026-01", "2026-12"]), ("week", ["2026-W01", "2026-W53"])])
def test_periods_are_written_as_people_do(grain: str, written: list[str]) -> None:
    assert list(by_period(FRAME, grain)["period"]) == written
