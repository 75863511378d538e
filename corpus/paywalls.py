"""Articles for subscribers: what is open stays, what is not goes, and that there is more is known."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from corpus.declared import Declared
from corpus.encoding import one_line

_LONGEST_NOTICE = 400  # characters; what is longer tells of paywalls rather than being one
_LONGEST_WALL = 800  # of what its own class calls a paywall; a longer one has the article inside

# Said to the reader, not about readers: an article on subscriptions does not ask for a login in the imperative.
_NOTICE = re.compile(
    r"""
    \b(?:for\ å|vil\ du|ønsker\ du\ å|ynskjer\ du\ å)\ les[ea]
        \ (?:resten|hele|heile|videre|vidare|mer|meir|saken|saka|artikkelen)
        .{0,80}(?:abonn|logge?\ inn|innlogg|kjøp|tilgang)
  | \b(?:logg\ inn|bli\ abonnent|bli\ kunde|abonner|kjøp\ (?:tilgang|abonnement)|prøv\ .{0,30}gratis)
        .{0,60}\b(?:for\ å|og)\ les[ea]?\b
  | \b(?:saken|saka|artikkelen|innholdet|innhaldet|teksten|innlegget)\ er\ .{0,30}
        \b(?:for|forbeholdt|forbehalde|låst\ for|reservert\ for)\ (?:våre\ )?(?:abonnent|innlogg|betalende)
  | \b(?:subscribe|sign\ in|log\ in)\b.{0,40}\bto\ (?:read|continue)
  | \bthis\ (?:article|content|story)\ is\ (?:only\ )?(?:for|available\ to|reserved\ for)\ subscribers
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WALL = re.compile(r"paywall|betalingsmur|subscription-?wall|abonnement-?(?:mur|vegg)", re.IGNORECASE)
_OFFER = re.compile(r"abonn|logg\ inn|kjøp|bli kunde|subscribe|subscription|log in|sign in", re.IGNORECASE)
_CLOSER_LOOK = ("lese ", "lesa ", "abonn", "logg inn", "kjøp", "bli kunde", "subscri", "log in", "sign in")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPEAKS = ("p", "div", "section", "aside", "span", "strong", "b", "a", "button", "h2", "h3", "h4", "h5", "li")
_SELECTOR = re.compile(r"[\w-]*([.#])([\w-]+)")


def take_walls(tree: HtmlElement, declared: Declared) -> bool:
    """Remove from a page what is for subscribers alone and the notices that say so.

    Args:
        tree: the page; changed.
        declared: what it says of itself. A page that calls itself free is believed.

    Returns:
        Whether there is more than what is open.
    """
    closed = declared.free is False
    for selector in declared.closed_parts:
        for element in _chosen(tree, selector):
            _drop(element)
    if declared.free is not True:
        for wall in [element for element in tree.iter(*_SPEAKS) if _is_wall(element)]:
            closed = True
            _drop(wall)
    return closed


def _is_wall(element: HtmlElement) -> bool:
    own = (element.text or "")[:_LONGEST_NOTICE].lower()
    called = f"{element.get('class') or ''} {element.get('id') or ''}"
    named = called != " " and _WALL.search(called)
    # The text right inside tells which elements are worth a closer look: pages have thousands.
    if not named and not any(word in own for word in _CLOSER_LOOK):
        return False
    text = one_line(element.text_content())
    if not text or len(text) > (_LONGEST_WALL if named else _LONGEST_NOTICE) or _is_hidden(element):
        return False
    return bool(_NOTICE.search(text) or (named and _OFFER.search(text)))


def _is_hidden(element: HtmlElement) -> bool:
    return any(
        part.get("hidden") is not None or part.get("aria-hidden") == "true" or _HIDDEN.search(part.get("style") or "")
        for part in (element, *element.iterancestors())
    )


def _chosen(tree: HtmlElement, selectors: str) -> list[HtmlElement]:
    """The elements that ``.class`` and ``#id`` choose; other selectors are not met in this place, and choose none."""
    found: list[HtmlElement] = []
    for selector in selectors.split(","):
        given = _SELECTOR.fullmatch(selector.strip())
        if given is None:
            continue
        kind, name = given.groups()
        for element in tree.iter("*"):
            if name in (element.get("class") or "").split() if kind == "." else element.get("id") == name:
                found.append(element)
    return found


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None and element.tag not in ("html", "body"):
        element.drop_tree()
