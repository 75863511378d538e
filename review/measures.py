"""The front page, a measure, an article."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from review.parameters import MODALITIES, MeasureFilter, measure_filter, page_of, wanted_page
from review.reading import published_copy
from review.rendering import render

MEASURES_A_PAGE = 25


def front(request: Request) -> Response:
    """What there is, and the newest measures that pass the filter."""
    wanted, number = measure_filter(request.query_params), wanted_page(request.query_params)
    with published_copy(request) as copy:
        total = copy.total("measures", **asdict(wanted))
        page = page_of(number, total, MEASURES_A_PAGE)
        measures = copy.rows("measures", **asdict(wanted), limit=MEASURES_A_PAGE, offset=page.offset)
        counts = copy.rows("counts")[0]
    return render(
        request,
        "front.html",
        counts=counts,
        measures=measures,
        modalities=MODALITIES,
        wanted=wanted,
        filtered=wanted != MeasureFilter(),
        total=total,
        page=page,
    )


def measure(request: Request) -> Response:
    """One measure with its evidence and where it comes from."""
    with published_copy(request) as copy:
        found = copy.thing("measures", "measure", request.path_params["measure_id"])
    return render(request, "measure.html", measure=found)


def article(request: Request) -> Response:
    """One article: what was read in it, and the way to the original."""
    with published_copy(request) as copy:
        found = copy.thing("article", "article", request.path_params["article_id"])
        article_id = found["article_id"]
        read: dict[str, Any] = {
            "measures": copy.rows("measures", article_id=article_id),
            "actors": copy.rows("article_actors", article_id=article_id),
            "quotes": copy.rows("quotes", article_id=article_id),
            "same_stories": copy.rows("article_duplicates", article_id=article_id),
        }
    return render(request, "article.html", article=found, **read)
