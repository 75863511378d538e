"""The app: its addresses, what guards them, and the pages for what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from review.actors import actor, actor_chart, actors
from review.errors import BadParameter, NoSuchThing, NothingToDraw
from review.headers import SAFE_HEADERS, SafeHeaders
from review.measures import article, front, measure
from review.rendering import language_of, render
from review.texts import Language, has_text, text
from review.trends import trend, trend_csv, trend_png, trend_svg, trends
from warehouse.errors import NotPublished, WarehouseError

OWN_HOSTS = ["127.0.0.1", "localhost"]  # a page elsewhere that points its own name here is turned away


def create_app(published: Callable[[], Path]) -> Starlette:
    """The app on a published copy.

    ``published`` is asked at every request for the resolved path of the copy (``warehouse.publish.published``), so
    that a new generation shows at the next look; it raises ``warehouse.errors.NotPublished`` when there is none.
    """
    app = Starlette(
        routes=[
            Route("/", front),
            Route("/measures/{measure_id}", measure),
            Route("/articles/{article_id}", article),
            Route("/actors", actors),
            Route("/actors/{actor_id}.svg", actor_chart),
            Route("/actors/{actor_id}", actor),
            Route("/trends", trends),
            Route("/trends/{question}.csv", trend_csv),
            Route("/trends/{question}.svg", trend_svg),
            Route("/trends/{question}.png", trend_png),
            Route("/trends/{question}", trend),
            Mount("/static", StaticFiles(directory=Path(__file__).parent / "static")),
        ],
        middleware=[
            Middleware(SafeHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=OWN_HOSTS, www_redirect=False),
        ],
        exception_handlers={
            BadParameter: _bad,
            NoSuchThing: _missing,
            NothingToDraw: _missing,
            NotPublished: _empty,
            WarehouseError: _failed,
            HTTPException: _refused,
            Exception: _failed,
        },
    )
    app.state.published = published
    return app


def _bad(request: Request, problem: Exception) -> Response:
    language = language_of(request)
    line = wrong_parameter(problem, language) if isinstance(problem, BadParameter) else str(problem)
    return render(request, "error.html", status=400, title=text(language, "error.bad"), line=line, command=None)


def _missing(request: Request, _: Exception) -> Response:
    return _told(request, 404, "missing")


def _empty(request: Request, _: Exception) -> Response:
    return render(request, "empty.html", status=503)


def _refused(request: Request, problem: Exception) -> Response:
    status = problem.status_code if isinstance(problem, HTTPException) else 404
    answer = _told(request, status, "method" if status == 405 else "missing")
    if isinstance(problem, HTTPException):
        answer.headers.update(problem.headers or {})
    return answer


def _failed(request: Request, _: Exception) -> Response:
    # Made outside of the middleware, so the headers are set here
    answer = _told(request, 500, "failed", command="helseradar doctor")
    answer.headers.update(SAFE_HEADERS)
    return answer


def _told(request: Request, status: int, what: str, command: str | None = None) -> Response:
    language = language_of(request)
    title, line = text(language, f"error.{what}"), text(language, f"error.{what}_line")
    return render(request, "error.html", status=status, title=title, line=line, command=command)


def wrong_parameter(problem: BadParameter, language: Language) -> str:
    """What is wrong with a part of the address, and what would be right, in one line."""
    name = text(language, f"filter.{problem.name}") if has_text(f"filter.{problem.name}") else problem.name
    allowed = text(language, f"allowed.{problem.allowed}", choices=", ".join(problem.choices))
    return text(language, "error.bad_line", value=problem.value, name=name, allowed=allowed)
