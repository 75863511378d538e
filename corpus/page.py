"""A page as it came from the web."""

from __future__ import annotations

from dataclasses import dataclass

import httpx


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What an address gave.

    Attributes:
        url: the address after redirects, in normal form.
        status_code: 200, or 304 when it is the same as last time (only if validators were sent).
        headers: of the last answer.
        content: its bytes, unpacked; empty with 304.
    """

    url: str
    status_code: int
    headers: httpx.Headers
    content: bytes

    @property
    def not_modified(self) -> bool:
        """Whether the server says that it is the same as last time."""
        return self.status_code == 304

    @property
    def content_type(self) -> str | None:
        """The declared type with its parameters, as ``text/html; charset=utf-8``."""
        declared: str | None = self.headers.get("content-type")
        return declared

    @property
    def is_web_page(self) -> bool:
        """Whether it is declared as HTML, or as nothing."""
        kind = (self.content_type or "text/html").partition(";")[0].strip().lower()
        return kind in ("text/html", "application/xhtml+xml")
