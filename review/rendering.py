"""Pages out of templates, in the reader's language."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse

from review.evidence import mark, outward
from review.texts import (
    LANGUAGES,
    Language,
    chosen_language,
    text,
    written_date,
    written_instant,
    written_number,
    written_period,
    written_share,
)

TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.globals.update(mark=mark, outward=outward)
SPOKEN = {"nb", "nn", "en", "no", "se", "sv", "da"}  # languages of articles that a screen reader can be told


def language_of(request: Request) -> Language:
    """The language to answer this reader in."""
    return chosen_language(request.query_params.get("lang"), request.headers.get("accept-language", ""))


def address(request: Request, path: str, **parameters: object) -> str:
    """An address in the app: ``None`` and "" are left out, a language that the reader asked for goes along."""
    asked = request.query_params.get("lang")
    given = {"lang": asked if asked in LANGUAGES else None} | parameters
    query = urlencode({name: str(value) for name, value in given.items() if value not in (None, "")})
    return f"{path}?{query}" if query else path


def same_page(request: Request, **changes: object) -> str:
    """The address of the page that is being made, with some parameters changed."""
    return address(request, request.url.path, **(dict(request.query_params) | changes))


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The page. Templates find ``t(key)``, the writers of dates and numbers, ``link(path, …)`` and ``same(…)``."""
    language = language_of(request)
    page = TEMPLATES.get_template(template).render(
        language=language,
        other_language="en" if language == "nb" else "nb",
        query=request.query_params,
        path=request.url.path,
        t=partial(text, language),
        written_date=partial(written_date, language),
        written_instant=partial(written_instant, language),
        written_number=partial(written_number, language),
        written_period=partial(written_period, language),
        written_share=partial(written_share, language),
        spoken=lambda tag: tag if tag in SPOKEN else None,
        link=partial(address, request),
        same=partial(same_page, request),
        **values,
    )
    headers = {"Content-Language": language, "Vary": "Accept-Language"}
    return HTMLResponse(page, status_code=status, headers=headers)
