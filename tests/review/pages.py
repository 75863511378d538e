"""Pages as the tests look at them: through an HTML parser, as a browser would."""

from __future__ import annotations

import httpx
from lxml import html
from lxml.html import HtmlElement


def page(site: httpx.Client, address: str, status: int = 200, **headers: str) -> HtmlElement:
    """The page at an address, which answers with that status."""
    answer = site.get(address, headers=headers, follow_redirects=True)
    assert answer.status_code == status, (address, answer.status_code)
    return html.fromstring(answer.text)


def text_of(element: HtmlElement) -> str:
    """What stands in it, blanks folded."""
    return " ".join(element.text_content().split())


def texts(root: HtmlElement, path: str) -> list[str]:
    """What stands in each element on the path."""
    return [text_of(element) for element in root.xpath(path)]


def link(root: HtmlElement, words: str) -> str:
    """Where the first link with these words leads."""
    return str(next(a.get("href") for a in root.xpath("//main//a") if words in text_of(a)))
