"""People and organisations: the list of them, and a page for each."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from review.charts import NARROW, WIDTH, chart, svg
from review.measures import found_measures
from review.parameters import ActorFilter, actor_filter, page_of, wanted_page, wanted_width
from review.reading import published_copy
from review.rendering import language_of, render

ACTORS_A_PAGE = 50
NEWEST = 20  # measures, quotes and articles of each sort on an actor's page


def actors(request: Request) -> Response:
    """The actors that pass the filter, the most mentioned first."""
    wanted, number = actor_filter(request.query_params), wanted_page(request.query_params)
    with published_copy(request) as copy:
        total = copy.total("actors", **asdict(wanted))
        page = page_of(number, total, ACTORS_A_PAGE)
        found = copy.rows("actors", **asdict(wanted), limit=ACTORS_A_PAGE, offset=page.offset)
    filtered = wanted != ActorFilter()
    return render(request, "actors.html", actors=found, wanted=wanted, filtered=filtered, total=total, page=page)


def actor(request: Request) -> Response:
    """One actor: who it is, what it proposes and is asked to do, what it says, and where."""
    with published_copy(request) as copy:
        found = copy.thing("actor", request.path_params["actor_id"])
        actor_id = found["actor_id"]
        read: dict[str, Any] = {
            "aliases": copy.rows("actor_aliases", actor_id=actor_id),
            "roles": copy.rows("actor_roles", actor_id=actor_id, limit=NEWEST),
            "months": copy.rows("actor_months", actor_id=actor_id),
            "proposed": found_measures(copy, proposer_id=actor_id, limit=NEWEST),
            "asked": found_measures(copy, addressee_id=actor_id, limit=NEWEST),
            "quotes": copy.rows("quotes", speaker_id=actor_id, limit=NEWEST),
            "articles": copy.rows("actor_articles", actor_id=actor_id, limit=NEWEST),
        }
    return render(request, "actor.html", actor=found, **read)


def actor_chart(request: Request) -> Response:
    """An actor's articles over time, as SVG. Raises ``NothingToDraw`` for one without a dated article."""
    width = wanted_width(request.query_params, (WIDTH, NARROW))
    with published_copy(request) as copy:
        found = copy.thing("actor", request.path_params["actor_id"])
        months = copy.rows("actor_months", actor_id=found["actor_id"])
    frame = pd.DataFrame(months, columns=["period", "articles"])
    picture = chart("actor", frame, language=language_of(request), width=width)
    return Response(svg(picture), media_type="image/svg+xml")
