"""What a page says of itself: JSON-LD (schema.org), meta elements, the language attribute, the canonical link."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from corpus.encoding import one_line

Node = dict[str, Any]

_ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|PressRelease|Posting)$")
_PAGE_TYPES = re.compile(r"(?:Web|Item|About)Page$")
# Where the thing that a page is about may be wrapped; other properties lead to other articles.
_WRAPPERS = ("@graph", "mainEntity", "mainEntityOfPage")
_DEEPEST = 6
_NOT_JSON = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)?[\s;]*$")
_ADDRESS = re.compile(r"https?://|www\.|\S+@\S+\.", re.IGNORECASE)

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "publication_date",
    "publishdate",
    "pubdate",
    "publish-date",
    "date",
)
_MODIFIED = (
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
)

# "metered" says nothing of this reading: what came may be all of it.
_TIERS: dict[str | None, bool] = {"free": True, "locked": False}
_PAYWALL = re.compile(r"(?:^|[:._-])paywall(?:ed)?$")
_WALLED = frozenset({"true", "1", "yes", "hard", "paid", "closed", "locked"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What stands in a page's head and data, as it stands there; dates are not yet read.

    Attributes:
        titles: its headline in the several places, the most trusted first, the site's name not yet taken off.
        authors: from JSON-LD and meta; addresses of authors are left out.
        published: ``("json-ld" or "meta", text)``, the most trusted first.
        modified: texts, the most trusted first.
        free: whether everybody may read all of it; ``None`` where nothing is said.
        closed_parts: CSS selectors of what is for subscribers alone.
    """

    titles: tuple[str, ...] = ()
    site_name: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    language: str | None = None
    canonical: str | None = None
    published: tuple[tuple[str, str], ...] = ()
    modified: tuple[str, ...] = ()
    free: bool | None = None
    closed_parts: tuple[str, ...] = ()


def read_declared(tree: HtmlElement) -> Declared:
    """Gather what the page declares. Broken JSON-LD counts as none."""
    nodes = [node for script in tree.iter("script") if _is_json_ld(script) for node in _nodes(_load(script.text or ""))]
    article = _first_of(nodes, _ARTICLE_TYPES)
    page = _first_of(nodes, _PAGE_TYPES)
    meta = _meta(tree)
    title = tree.find(".//head/title")
    return Declared(
        titles=_texts(
            article.get("headline"),
            meta.get("og:title"),
            article.get("name"),
            meta.get("twitter:title"),
            None if title is None else title.text_content(),
        ),
        site_name=next(iter(_texts(meta.get("og:site_name"))), None),
        authors=_authors(article, nodes, meta),
        section=next(iter(_texts(*_listed(article.get("articleSection")), meta.get("article:section"))), None),
        language=_language(tree, article, meta),
        canonical=_canonical(tree, meta),
        published=(
            *(("json-ld", text) for text in _texts(article.get("datePublished"), page.get("datePublished"))),
            *(("meta", text) for text in _texts(*(meta.get(name) for name in _PUBLISHED))),
        ),
        modified=_texts(article.get("dateModified"), page.get("dateModified"), *(meta.get(name) for name in _MODIFIED)),
        free=_free([article, page, *_closed_parts(article, page)], meta),
        closed_parts=_texts(*(part.get("cssSelector") for part in _closed_parts(article, page))),
    )


def _free(nodes: list[Node], meta: dict[str, str]) -> bool | None:
    said = {_truth(node.get("isAccessibleForFree")) for node in nodes} | {_TIERS.get(meta.get("article:content_tier"))}
    said |= {False for name, value in meta.items() if _PAYWALL.search(name) and value.strip().lower() in _WALLED}
    return False if False in said else True if True in said else None


def _closed_parts(*nodes: Node) -> list[Node]:
    parts = [part for node in nodes for part in _listed(node.get("hasPart")) if isinstance(part, dict)]
    return [part for part in parts if _truth(part.get("isAccessibleForFree")) is False]


def _truth(value: object) -> bool | None:
    """As schema.org has it: a truth value, its name, or the address of its name."""
    word = str(value).strip().lower().rpartition("/")[2]
    return True if word == "true" else False if word == "false" else None


def _is_json_ld(script: HtmlElement) -> bool:
    return "ld+json" in (script.get("type") or "").lower()


def _load(text: str) -> object:
    try:
        return json.loads(_NOT_JSON.sub("", text), strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(data: object, depth: int = 0) -> Iterator[Node]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for one in data:
            yield from _nodes(one, depth + 1)
    elif isinstance(data, dict):
        yield data
        for wrapper in _WRAPPERS:
            yield from _nodes(data.get(wrapper), depth + 1)


def _first_of(nodes: list[Node], types: re.Pattern[str]) -> Node:
    return next((n for n in nodes if any(types.search(str(t)) for t in _listed(n.get("@type")))), {})


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _texts(*values: object) -> tuple[str, ...]:
    """The texts among the values, on one line each, entities resolved, empty and repeated ones left out."""
    lines = (one_line(html.unescape(value)) for value in values if isinstance(value, str))
    return tuple(dict.fromkeys(line for line in lines if line))


def _meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and (content := element.get("content")):
            found.setdefault(name.lower(), content)
    return found


def _authors(article: Node, nodes: list[Node], meta: dict[str, str]) -> tuple[str, ...]:
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    names: list[object] = []
    for author in _listed(article.get("author")):
        if isinstance(author, dict):
            named = author if "name" in author else by_id.get(str(author.get("@id")), {})
            names += _listed(named.get("name"))
        else:
            names.append(author)
    if not _texts(*names):
        names = [meta.get("author"), meta.get("article:author"), meta.get("dc.creator")]
    return tuple(name for name in _texts(*names) if not _ADDRESS.search(name) and len(name) < 100)


def _language(tree: HtmlElement, article: Node, meta: dict[str, str]) -> str | None:
    headline = next(tree.iter("h1"), tree)
    near = next((e.get("lang") for e in (headline, *headline.iterancestors()) if e.get("lang")), None)
    declared = next(iter(_texts(article.get("inLanguage"), near, meta.get("og:locale"))), "")
    code = re.match(r"[a-zA-Z]{2,3}(?![a-zA-Z])", declared)
    return code[0].lower() if code else None


def _canonical(tree: HtmlElement, meta: dict[str, str]) -> str | None:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and (address := (link.get("href") or "").strip()):
            return address
    return meta.get("og:url")
