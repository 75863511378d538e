"""Text-and-data-mining opt-outs: where a site says that its pages are not to be read by machines such as this one.

Whoever says no in one place has said no, whatever stands in the others. A value that is neither 0 nor 1 says nothing,
as the TDM Reservation Protocol has it. Which words count, and why, is told in docs/law.md.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import quote, urlsplit

import httpx
from lxml.etree import LxmlError
from lxml.html import HTMLParser, document_fromstring

from corpus.article import Reservation
from corpus.encoding import one_line

TDMREP = "/.well-known/tdmrep.json"

ENOUGH = 512 * 1024  # bytes of a tdmrep.json; a longer one is no list of places but something else
_LONGEST_SAID = 300  # characters of what was said that are kept as proof

# "noai" is meant for machines that learn from or read texts. "noimageai" is about pictures, which are not fetched;
# "noindex", "noarchive" and "nosnippet" are said to search engines, unless they are said to us by name.
_TO_ALL = frozenset({"noai"})
_TO_US = frozenset({"noai", "noindex", "none"})
_NO_AGENTS = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})
_AGENT = re.compile(r"\s*([\w.*-]+)\s*:\s*(.*)", re.DOTALL)

_META = re.compile(rb"<\s*meta\b", re.IGNORECASE)


def in_headers(headers: httpx.Headers, robot: str) -> Reservation | None:
    """What the headers of an answer reserve.

    Args:
        headers: of the answer that carried the page.
        robot: our name, in case they speak to us.
    """
    if _is_one(headers.get("tdm-reservation")):
        return _reservation("tdm-reservation header", "tdm-reservation: 1", headers.get("tdm-policy"))
    for line in headers.get_list("x-robots-tag"):
        if _says_no(line, robot):
            return _reservation("X-Robots-Tag", f"X-Robots-Tag: {line}")
    return None


def in_page(content: bytes, robot: str) -> Reservation | None:
    """What the ``meta`` elements of a page reserve; what stands in its comments does not count.

    Args:
        content: the page as it came.
        robot: our name, in case they speak to us.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        content = content.decode("utf-16", "replace").encode()
    # Few pages say anything of the kind: only those are read for it.
    words = rb"tdm-reservation|noai|=\s*[\"']?" + re.escape(robot.encode())
    if not re.search(words, content, re.IGNORECASE) or not _META.search(content):
        return None
    try:
        tree = document_fromstring(content, parser=HTMLParser(remove_comments=True, remove_pis=True))
    except (LxmlError, ValueError):
        return None
    said = [
        ((element.get("name") or element.get("property") or "").strip().lower(), one_line(element.get("content") or ""))
        for element in tree.iter("meta")
    ]
    policy = next((content for name, content in said if name == "tdm-policy"), None)
    for name, value in said:
        if name == "tdm-reservation" and _is_one(value):
            return _reservation("tdm-reservation meta", f"tdm-reservation: {value}", policy)
        if name == "robots" and _says_no(value, robot):
            return _reservation("robots meta", f"robots: {value}")
        if name == robot.lower() and _words(value) & _TO_US:
            return _reservation("robots meta", f"{name}: {value}")
    return None


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of a ``tdmrep.json``: a pattern of paths as in robots.txt, and whether what it meets is reserved."""

    pattern: str
    reserved: bool
    policy: str | None = None


class Places:
    """What a site reserves by its ``/.well-known/tdmrep.json``; without any entry nothing."""

    def __init__(self, places: Sequence[Place] = ()) -> None:
        self._places = places

    @classmethod
    def from_answer(cls, status_code: int, content: bytes) -> Self:
        """What the site gave for the address of the file. No list of entries reserves nothing, and so for an entry."""
        if status_code != 200 or len(content) > ENOUGH:
            return cls()
        try:
            entries = json.loads(content.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            return cls()
        return cls([*_places(entries)] if isinstance(entries, list) else ())

    def reservation(self, url: str) -> Reservation | None:
        """What is said of an address. The longest pattern that meets it decides; of two as long, the one that says no.

        Args:
            url: in normal form.
        """
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        met = [place for place in self._places if _meets(place.pattern, path)]
        nearest = max(met, key=lambda place: (len(place.pattern), place.reserved), default=None)
        if nearest is None or not nearest.reserved:
            return None
        return _reservation("tdmrep.json", f"{nearest.pattern}: 1", nearest.policy)


def _places(entries: Iterable[object]) -> Iterator[Place]:
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(location := entry.get("location"), str):
            continue
        value, policy = entry.get("tdm-reservation"), entry.get("tdm-policy")
        if str(value).strip() not in ("0", "1"):
            continue
        path = location.strip()
        if path.lower().startswith(("http://", "https://")):
            path = urlsplit(path).path or "/"
        if not path.startswith(("/", "*")):
            path = f"/{path}"
        pattern = quote(path, safe="/%*$?&=+,;:@!~'()-._")
        yield Place(pattern, _is_one(str(value)), policy if isinstance(policy, str) else None)


def _meets(pattern: str, path: str) -> bool:
    """Whether a pattern of robots.txt meets a path: ``*`` is any text, ``$`` its end. Nothing is tried twice."""
    ends = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    if not others:
        return not ends or at == len(path)
    last = others.pop() if ends else ""
    for piece in others:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return not ends or (path.endswith(last) and len(path) - len(last) >= at)


def _is_one(value: str | None) -> bool:
    """Whether a value says no; a header that was sent twice comes as both values with a comma between."""
    return any(part.strip() == "1" for part in (value or "").split(","))


def _says_no(line: str, robot: str) -> bool:
    """Whether robots' words, as ``X-Robots-Tag`` lists them, say no to us; a name before a colon is spoken to."""
    listening: frozenset[str] = _TO_ALL
    for part in line.split(","):
        words = part
        named = _AGENT.match(part)
        if named is not None and named[1].lower() not in _NO_AGENTS:
            agent, words = named[1].lower(), named[2]
            listening = _TO_US if agent == robot.lower() else _TO_ALL if agent == "*" else frozenset()
        if _words(words) & listening:
            return True
    return False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.lower().replace(",", " ").split())


def _reservation(where: str, said: str, policy: str | None = None) -> Reservation:
    text = f"{said}; tdm-policy: {policy.strip()}" if policy and policy.strip() else said
    return Reservation(where=where, said=one_line(text)[:_LONGEST_SAID])
