"""Dates and bylines as a reader sees them on a page: ``time`` elements, lines like "Publisert 24. april 2024"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, takewhile

from lxml.html import HtmlElement

from corpus.dates import Moment, read_moment
from corpus.encoding import one_line
from corpus.furniture import is_bare_date, read_byline, read_dateline
from corpus.pruning import class_words

_CHANGED = re.compile(r"\b(?:modified|updated|changed|oppdatert|endr[ea]t?|revidert)\b", re.IGNORECASE)
_PUBLISHED = re.compile(r"\b(?:publi\w*|posted|pubdate|lagt ut|created|entry date|date published)\b", re.IGNORECASE)
_DATE_CLASS = re.compile(r"\b(?:date|dato|publi\w*|posted|submitted|timestamp|byline|meta)\b")
_BYLINE_CLASS = re.compile(r"\b(?:byline|author|authors|forfatter|journalist|skribent)\b")
_CUE = re.compile(
    r"(?:.*[|·•])?\s*(?:publi|lagt ut|posted|oppdater|sist |endr|først publ|fyrst publ|updated|last )", re.IGNORECASE
)
_LABEL = re.compile(r"(?:av|by|tekst|tekst og foto|skrevet av|skriven av|journalist)\b\s*:?\s*", re.IGNORECASE)
# What stands in these belongs to other articles or to the site; a footer only outside the article.
_ELSEWHERE = ("nav", "aside", "li")
_LONGEST_LINE = 160  # characters; a date in running text is not the article's
_MOST = 50  # dates looked at; a page with more is a list, and looking around each costs


@dataclass(slots=True)
class Seen:
    """What was found, the most telling first."""

    times: list[Moment] = field(default_factory=list)
    lines: list[Moment] = field(default_factory=list)
    changed: list[Moment] = field(default_factory=list)
    byline: tuple[str, ...] = ()


def look(region: HtmlElement, headline: HtmlElement | None) -> Seen:
    """Read the dates and the byline in the part of a page that holds the article.

    Where that is the whole page, a date that does not say what it is counts only below the headline: above it stands
    the day of reading as often as not.
    """
    seen = Seen()
    above: set[HtmlElement] = set()
    if region.tag in ("html", "body"):
        above = set(takewhile(lambda element: element is not headline, region.iter()))
    plain_times = _read_times(region, above, seen)
    _read_lines(region, above, seen)
    if not seen.times and not seen.lines:
        seen.times += plain_times[:1]
    seen.byline = next(_bylines(region), ())
    return seen


def _read_times(region: HtmlElement, above: set[HtmlElement], seen: Seen) -> list[Moment]:
    """Sort the ``time`` elements that say what they are; the others, which may date anything, come back."""
    plain: list[Moment] = []
    for element in islice(region.iter("time"), _MOST):
        if not _is_own(element, region):
            continue
        moment = read_moment(element.get("datetime") or "") or read_moment(one_line(element.text_content()))
        if moment is None:
            continue
        about = f"{element.get('itemprop') or ''} {element.get('pubdate') or ''} {element.get('title') or ''}"
        about = f"{class_words(element)} {about} {_label_of(element, region)}"
        if _CHANGED.search(about) or "dateModified" in about:
            seen.changed.append(moment)
        elif _PUBLISHED.search(about) or "datePublished" in about or element.get("pubdate") is not None:
            seen.times.append(moment)
        elif element not in above:
            plain.append(moment)
    return plain


def _label_of(element: HtmlElement, region: HtmlElement) -> str:
    """What stands right before a ``time``, and the classes of what holds nothing else."""
    before = element.getprevious()
    parent = element.getparent()
    if parent is None or parent is region:
        return ""
    text = (before.tail or "") if before is not None else (parent.text or "")
    if before is not None and not text.strip() and before.tag != "time":
        text = before.text_content()
    alone = len(list(parent.iter("time"))) == 1 and len(parent.text_content()) < _LONGEST_LINE
    return f"{one_line(text)[-40:]} {class_words(parent) if alone else ''}"


def _read_lines(region: HtmlElement, above: set[HtmlElement], seen: Seen) -> None:
    cues = classed = 0
    for element in region.iter("*"):
        if cues >= _MOST and classed >= _MOST:
            break
        if cues < _MOST and _CUE.match(element.text or "") and _is_own(element, region, ("nav", "aside")):
            cues += 1
            # The cue may stand in an element of its own, with the date beside it.
            for line in (element, element.getparent()):
                text = one_line(line.text_content()) if line is not None else ""
                dates = read_dateline(text) if len(text) <= _LONGEST_LINE else None
                if dates and any(dates):
                    seen.lines += [dates[0]] if dates[0] else []
                    seen.changed += [dates[1]] if dates[1] else []
                    break
        elif (
            classed < _MOST
            and element not in above
            and _DATE_CLASS.search(class_words(element))
            and _is_own(element, region)
        ):
            classed += 1
            text = one_line(element.text_content()) if element.tag not in ("time", "body", "article", "main") else ""
            dated = is_bare_date(text) or read_byline(text) or (len(text) < 100 and text.count("|"))
            if dated and not _CHANGED.search(class_words(element)) and (moment := read_moment(text)):
                seen.lines.append(moment)


def _bylines(region: HtmlElement) -> Iterator[tuple[str, ...]]:
    for element in region.iter("a", "p", "div", "span", "address", "li"):
        named = element.get("rel") == "author" or element.get("itemprop") == "author"
        named = named or bool(_BYLINE_CLASS.search(class_words(element)))
        if named and _is_own(element, region, ("nav", "aside", "figure")):
            line = one_line(element.text_content())
            if len(line) <= _LONGEST_LINE and (names := read_byline(line) or read_byline(f"av {_LABEL.sub('', line)}")):
                yield names
    for element in region.iter("p", "div", "span"):
        if _LABEL.match((element.text or "").lstrip()) and _is_own(element, region, ("nav", "aside", "figure")):
            names = read_byline(one_line(element.text_content()))
            yield from [names] if names else []


def _is_own(element: HtmlElement, region: HtmlElement, elsewhere: tuple[str, ...] = _ELSEWHERE) -> bool:
    for around in element.iterancestors():
        if around is region:
            return True
        if around.tag in elsewhere or around.tag == "article":
            return False
        if around.tag == "footer" and region.tag not in ("article", "main"):
            return False
    return element is region
