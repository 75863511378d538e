"""JSON answers: reading them, finding one's way in them by dotted paths, and making pages of the texts in them."""

from __future__ import annotations

import json
import re
from html import escape

import httpx

from corpus.addresses import normal_form
from corpus.encoding import sound
from corpus.errors import ListingError

NO_JSON = "not JSON"
_MARKUP = re.compile(r"<(?:p|br|div|ul|ol|h\d|a|strong|em|span|blockquote|figure|!--)\b[^>]*>", re.IGNORECASE)
_PARAGRAPHS = re.compile(r"\s*\n\s*\n\s*")


def load(content: bytes, url: str) -> object:
    """What a JSON answer says.

    Raises:
        ListingError: it is no JSON.
    """
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as exc:
        raise ListingError(url, NO_JSON) from exc


def at(data: object, path: str) -> object:
    """What stands at a path of keys apart by dots; ``None`` where there is nothing. Numbers count in lists."""
    for key in path.split(".") if path else ():
        if isinstance(data, dict):
            data = data.get(key)
        elif isinstance(data, list) and key.isdecimal() and int(key) < len(data):
            data = data[int(key)]
        else:
            return None
    return data


def text_at(data: object, path: str | None) -> str | None:
    """The text or number at a path, as text without blanks around it; ``None`` where there is none."""
    found = None if path is None else at(data, path)
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return None
    return sound(str(found)).strip() or None


def with_parameter(url: str, **parameters: str | int) -> str:
    """The address with these parameters set, in normal form."""
    address = normal_form(str(httpx.URL(url).copy_merge_params(parameters)))
    return address or url


def as_page(title: str | None, text: str) -> str:
    """A web page of a headline and a text, which is HTML or has paragraphs apart by empty lines."""
    if not _MARKUP.search(text):
        text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in _PARAGRAPHS.split(text))
    headline = f"<h1>{escape(title)}</h1>" if title else ""
    return f"<!doctype html><html><body><article>{headline}{text}</article></body></html>"
