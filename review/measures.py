"""The front page, a measure, an article."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from review.errors import NoSuchThing
from review.parameters import MODALITIES, MeasureFilter, measure_filter, page_of, wanted_page
from review.reading import Copy, Row, published_copy
from review.rendering import render

MEASURES_A_PAGE = 25


def front(request: Request) -> Response:
    """What there is, and the newest measures that pass the filter."""
    wanted, number = measure_filter(request.query_params), wanted_page(request.query_params)
    filtered = wanted != MeasureFilter()
    with published_copy(request) as copy:
        counts = copy.rows("counts")[0]
        total = copy.total("measures_found", **asdict(wanted)) if filtered else counts["measures"]
        page = page_of(number, total, MEASURES_A_PAGE)
        measures = found_measures(copy, **asdict(wanted), limit=MEASURES_A_PAGE, offset=page.offset)
        topics = [row["name"] for row in copy.rows("topics")]
    return render(
        request,
        "front.html",
        counts=counts,
        measures=measures,
        modalities=MODALITIES,
        topics=topics,
        wanted=wanted,
        filtered=filtered,
        total=total,
        page=page,
    )


def measure(request: Request) -> Response:
    """One measure with its evidence and where it comes from."""
    measure_id = request.path_params["measure_id"]
    with published_copy(request) as copy:
        found = copy.rows("measures", measure_ids=[measure_id])
    if not found:
        raise NoSuchThing("measure", measure_id)
    return render(request, "measure.html", measure=found[0])


def article(request: Request) -> Response:
    """One article: what was read in it, and the way to the original."""
    with published_copy(request) as copy:
        found = copy.thing("article", request.path_params["article_id"])
        article_id = found["article_id"]
        read: dict[str, Any] = {
            "measures": found_measures(copy, article_id=article_id),
            "actors": copy.rows("article_actors", article_id=article_id),
            "quotes": copy.rows("quotes", article_id=article_id),
            "same_stories": copy.rows("article_duplicates", article_id=article_id),
        }
    return render(request, "article.html", article=found, **read)


def found_measures(copy: Copy, **wanted: object) -> list[Row]:
    """The measures that pass a filter (the parameters of ``sql/measures_found.sql``), with all that a page shows."""
    found = copy.rows("measures_found", **wanted)
    return copy.rows("measures", measure_ids=[row["measure_id"] for row in found])
