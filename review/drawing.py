"""The three kinds of picture, in one calm look: heat map of names by period, columns by period, bars of names.

Each takes rows with ``n`` (a count) and the labels as they shall stand there: ``name``, ``period``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

INK, FADED_INK, FAINT, BAR = "#1d2428", "#555e63", "#d9d6cd", "#0072b2"
# vl-convert carries Roboto, so a PNG looks the same on every machine; browsers take the next they have
FONT = "Roboto, Helvetica, Arial, sans-serif"
ROW = 28  # px, a name's height
WIDEST_COLUMN = 60  # px; a lone period is a column, not a wall

Picture = alt.Chart | alt.LayerChart | alt.FacetChart  # what Altair says that its calls may return


def heat_map(rows: pd.DataFrame, names: Sequence[str], periods: Sequence[str], width: int) -> Picture:
    """Names down, periods across, the darker the more; with figures where the cells have room for them."""
    room = width - min(_name_limit(width), 7 * max(map(len, names)))
    frame = alt.Chart(rows).encode(x=_period_axis(periods, room), y=_name_axis(width, names))
    most = int(rows["n"].max())
    roomy = room / len(periods) >= 22  # px; a figure does not fit into a narrower cell, so a legend tells instead
    legend = alt.Legend(title=None, orient="bottom", gradientLength=160, tickMinStep=1, format="d")
    cells = frame.mark_rect(stroke="white", strokeWidth=1 if len(periods) <= 60 else 0).encode(
        color=alt.Color("n:Q", scale=alt.Scale(scheme="blues", domain=[0, most]), legend=None if roomy else legend)
    )
    if not roomy:
        return _plain(cells, width, ROW * len(names))
    figures = frame.mark_text(fontSize=11).encode(
        text="n:Q",
        color=alt.condition(f"datum.n > {most * 0.6}", alt.value("white"), alt.value(INK)),
    )
    return _plain(alt.layer(cells, figures), width, ROW * len(names))


def columns(
    rows: pd.DataFrame, periods: Sequence[str], width: int, colours: Mapping[str, str] | None = None
) -> Picture:
    """A column a period; with ``colours`` the names stand on each other in it, in the order of that mapping."""
    ticks = min(5, int(rows.groupby("period")["n"].sum().max()))  # whole numbers alone, also where there are few
    frame = alt.Chart(rows).mark_bar(color=BAR, size=min(WIDEST_COLUMN, 0.9 * (width - 60) / len(periods)))
    frame = frame.encode(
        x=_period_axis(periods, width - 40),
        y=alt.Y("sum(n):Q", axis=alt.Axis(title=None, tickCount=ticks, format="d", domain=False, ticks=False)),
    )
    if colours:
        drawn = {name: colour for name, colour in colours.items() if name in set(rows["name"])}
        frame.data = rows.assign(place=rows["name"].map({name: place for place, name in enumerate(drawn)}))
        legend = alt.Legend(title=None, orient="bottom", columns=5 if width >= 500 else 3)
        scale = alt.Scale(domain=list(drawn), range=list(drawn.values()))
        frame = frame.encode(color=alt.Color("name:N", scale=scale, legend=legend), order=alt.Order("place:Q"))
    return _plain(frame, width, 220)


def bars(rows: pd.DataFrame, width: int) -> Picture:
    """A bar a name, the longest on top, each with its figure."""
    frame = alt.Chart(rows).encode(
        x=alt.X("n:Q", axis=None, scale=alt.Scale(domain=[0, float(rows["n"].max()) * 1.08])),
        y=_name_axis(width, alt.EncodingSortField("n", order="descending")),
    )
    figures = frame.mark_text(align="left", dx=4, fontSize=12).encode(text="n:Q")
    return _plain(alt.layer(frame.mark_bar(color=BAR, height=18), figures), width, ROW * len(rows))


def _period_axis(periods: Sequence[str], room: int) -> alt.X:
    """Periods side by side, with no more labels than there is room for, the last one always among them."""
    label_width = 62 if len(periods[-1]) < 11 else 84  # px, "jan. 2026" or "uke 12, 2026"
    step = -(-len(periods) // max(1, room // label_width))
    return alt.X(
        "period:O",
        sort=list(periods),
        scale=alt.Scale(domain=list(periods)),
        axis=alt.Axis(values=list(periods[::-1][::step]), labelAngle=0, title=None, ticks=False, domain=False),
    )


def _name_axis(width: int, order: Sequence[str] | alt.EncodingSortField) -> alt.Y:
    return alt.Y(
        "name:N",
        sort=order if isinstance(order, alt.EncodingSortField) else list(order),
        axis=alt.Axis(title=None, ticks=False, domain=False, labelLimit=_name_limit(width), labelPadding=6),
    )


def _name_limit(width: int) -> int:
    return max(90, int(width * 0.4))


def _plain(picture: Picture, width: int, height: int) -> Picture:
    """No frame, faint grid, dark ink; ``width`` counts the labels."""
    picture = picture.properties(width=width, height=height)
    picture = picture.properties(autosize=alt.AutoSizeParams(type="fit-x", contains="padding"), padding=8)
    plain: Picture = (
        picture.configure(font=FONT, background="white")
        .configure_view(stroke=None)
        .configure_axis(labelColor=INK, labelFontSize=12, gridColor=FAINT)
        .configure_axisX(grid=False)
        .configure_title(
            anchor="start",
            frame="bounds",
            fontSize=15,
            color=INK,
            subtitleColor=FADED_INK,
            subtitleFontSize=12,
            offset=12,
        )
        .configure_legend(labelColor=INK, labelFontSize=12)
    )
    return plain
