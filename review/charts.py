"""Charts of the shipped questions' answers, and how they are saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd
import vl_convert

from review.drawing import Picture, bars, columns, heat_map
from review.errors import NothingToDraw, UnknownSuffix
from review.texts import Language, text, written_period

TOP = 10  # more names than this cannot be told apart in one picture; the table has them all
WIDTH, NARROW = 800, 360  # px, on a screen and on a telephone
VEGALITE = ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
# Okabe and Ito's colours, which people who are colour-blind can tell apart; https://jfly.uni-koeln.de/color/
MODALITY_COLOURS = {
    "demanded": "#d55e00",
    "proposed": "#0072b2",
    "planned": "#56b4e9",
    "decided": "#009e73",
    "rejected": "#6b6b6b",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How an answer is drawn: the columns that name a thing, the one that counts, and what the count is called."""

    names: tuple[str, ...]
    count: str
    counted: str = "articles"


FORMS = {
    "organisations": Form(names=("organisation",), count="articles"),
    "people": Form(names=("person",), count="articles"),
    "measures": Form(names=("modality",), count="measures", counted="measures_count"),
    "proposers": Form(names=("proposer",), count="measures", counted="measures_count"),
    "topics": Form(names=("topic",), count="measures", counted="measures_count"),
    "threads": Form(names=("measure",), count="articles"),
    "together": Form(names=("organisation", "other_organisation"), count="articles"),
    "reprints": Form(names=("story",), count="sources", counted="sources"),
    "actor": Form(names=(), count="articles"),  # no shipped question: one actor's articles over time
}


def chart(
    question: str, frame: pd.DataFrame, *, language: Language = "nb", grain: str | None = None, width: int = WIDTH
) -> Picture:
    """The picture of a question's answer.

    Names by period become a heat map, measures stacked columns, everything else (and a single period) bars.
    At most ``TOP`` names are drawn; the title says of how many. ``width`` is in pixels, labels included.
    ``grain`` is ``week`` or ``month``; without it, periods that all begin on the first of a month are months.
    Raises ``NothingToDraw`` for an answer without rows, ``KeyError`` for an unknown question.
    """
    form = FORMS[question]
    rows = _countable(frame, form)
    if rows.empty:
        raise NothingToDraw(question)
    totals = rows.groupby("name", as_index=False).agg({"n": "sum"}).sort_values(["n", "name"], ascending=[False, True])
    names = [str(name) for name in totals["name"]][:TOP]
    rows = rows.loc[rows["name"].isin(names)]
    timed = "start" in rows and (rows["start"].nunique() > 1 or question == "actor")
    if grain is None:
        grain = "month" if not timed or (rows["start"].dt.day == 1).all() else "week"
    periods = _periods(rows["start"], grain, language) if timed else {}
    if timed:
        rows = rows.assign(period=rows["start"].map(periods))
    rows = rows.groupby(["name", "period"] if timed else ["name"], as_index=False).agg({"n": "sum"})
    modalities = {name: text(language, f"modality.{name}") for name in MODALITY_COLOURS}
    if question == "measures":
        rows["name"] = rows["name"].map(modalities)
    if timed and question == "measures":
        colours = {modalities[name]: colour for name, colour in MODALITY_COLOURS.items()}
        picture = columns(rows, list(periods.values()), width, colours)
    elif timed and question == "actor":
        picture = columns(rows, list(periods.values()), width)
    elif timed:
        picture = heat_map(rows, names, list(periods.values()), width)
    else:
        picture = bars(rows, width)
    counted = text(language, f"chart.{form.counted}")
    counted = text(language, f"chart.per_{grain}", what=counted) if timed else counted
    title = alt.TitleParams(wrap(heading(question, len(totals), language), width // 9), subtitle=counted)
    return picture.properties(title=title)


def heading(question: str, names: int, language: Language) -> str:
    """The title of a question's picture, which tells when some of its ``names`` were left out."""
    title = text(language, f"chart.{question}")
    return title if names <= TOP else f"{title} ({text(language, 'chart.top', shown=TOP, total=names)})"


def svg(picture: Picture) -> str:
    """The picture as an SVG document."""
    return vl_convert.vegalite_to_svg(picture.to_dict(), vl_version=VEGALITE, allowed_base_urls=[])


def png(picture: Picture) -> bytes:
    """The picture as a PNG, two pixels for one."""
    return vl_convert.vegalite_to_png(picture.to_dict(), vl_version=VEGALITE, scale=2, allowed_base_urls=[])


def save(picture: Picture, path: Path) -> None:
    """Write the picture in the format that the ending of ``path`` names: one of ``SUFFIXES``.

    An ``.html`` carries all the JavaScript it needs and loads nothing. Raises ``UnknownSuffix``, ``OSError``.
    """
    write = SUFFIXES.get(path.suffix.lower())
    if write is None:
        raise UnknownSuffix(path, SUFFIXES)
    path.write_bytes(write(picture))


def _html(picture: Picture) -> bytes:
    # Not Altair's own page: it lets "</script>" in a name end the script
    spec = picture.to_json(indent=None).replace("<", r"\u003c")
    library = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=VEGALITE)
    draw = f'vegaEmbed("#chart", {spec}, {{renderer: "svg", actions: false}})'
    scripts = f"<script>{library}</script><script>{draw}</script>"
    return f'<!doctype html><meta charset="utf-8"><title>Helseradar</title><div id="chart"></div>{scripts}'.encode()


SUFFIXES: dict[str, Callable[[Picture], bytes]] = {
    ".svg": lambda picture: svg(picture).encode(),
    ".png": png,
    ".html": _html,
    ".json": lambda picture: picture.to_json().encode(),
}


def _countable(frame: pd.DataFrame, form: Form) -> pd.DataFrame:
    """The answer as rows of ``name``, ``n`` and, where it has periods, ``start``; without zeros and undated rows."""
    rows = pd.DataFrame({"n": pd.to_numeric(frame[form.count]).astype("int64")})
    rows["name"] = frame[list(form.names)].astype(str).agg(" – ".join, axis=1) if form.names else ""
    if "period" in frame:
        rows = rows.assign(start=pd.to_datetime(frame["period"])).dropna(subset="start")
    return rows.loc[rows["n"] > 0]


def _periods(starts: pd.Series[Any], grain: str, language: Language) -> dict[pd.Timestamp, str]:
    """Every period from the first to the last, also those without rows, with what a reader calls it."""
    every = pd.date_range(starts.min(), starts.max(), freq="W-MON" if grain == "week" else "MS")
    return {start: written_period(language, start.date(), grain) for start in every}
