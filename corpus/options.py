"""What single kinds of source are told beyond what all are: keys of a ``[[source]]`` table that only they have."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, TypeVar, cast, get_type_hints

from cssselect import HTMLTranslator, SelectorError

EXPORTS = ("saker", "skriftligesporsmal", "horinger", "stortingsvedtak")

Check = Callable[[Any], str | None]


def _between(least: int, most: int) -> Check:
    return lambda value: None if least <= value <= most else f"must be from {least} to {most}, not {value}"


def _one_of(*words: str) -> Check:
    return lambda value: None if value in words else f"must be one of {', '.join(words)}, not {value!r}"


def _selector(value: str) -> str | None:
    try:
        HTMLTranslator().css_to_xpath(value)
    except SelectorError as exc:
        return f"is no CSS selector: {value!r} ({exc})"
    return None


def _session(value: str) -> str | None:
    return None if re.fullmatch(r"\d{4}-\d{4}", value) else f"must look like 2025-2026, not {value!r}"


def _pages(most: int) -> int:
    checked: int = field(default=most, metadata={"check": _between(1, 1000)})
    return checked


@dataclass(frozen=True, slots=True, kw_only=True)
class WordPressOptions:
    """Of ``wordpress``.

    Attributes:
        per_page: posts asked for at once.
        pages: answers read in one run at most.
    """

    per_page: int = field(default=50, metadata={"check": _between(1, 100)})
    pages: int = _pages(40)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiOptions:
    """Of ``api``. A path names keys from the outside in, apart by dots; numbers count in lists (``authors.0.name``).

    Attributes:
        items: path to the list in the answer; empty where the answer is the list.
        link: path, in an item, to the address of its page; or an address with paths in braces.
        title: path to its headline.
        text: path to its text, plain or HTML; where given, the page itself is not fetched.
        date: path to when it was published.
        modified: path to when it was changed.
        next: path, in the answer, to the address of the next one, or to a mark for ``next_parameter``.
        next_parameter: the parameter of the address that takes this mark.
        page_parameter: the parameter that takes the number of the page, where there is no ``next``.
        pages: answers read in one run at most.
    """

    items: str
    link: str
    title: str | None = None
    text: str | None = None
    date: str | None = None
    modified: str | None = None
    next: str | None = None
    next_parameter: str | None = None
    page_parameter: str | None = None
    pages: int = _pages(20)


@dataclass(frozen=True, slots=True, kw_only=True)
class StortingetOptions:
    """Of ``stortinget``.

    Attributes:
        export: the list asked for: cases, written questions, hearings with their input, or decisions.
        session: the parliamentary year (``2025-2026``); the running one if not given.
        committee: id of the committee whose cases and hearings are kept (``HELSEOMSORG``); all if not given.
        topics: ids or names of topics, one of which a case or question must have; any if not given.
        ministers: titles, or beginnings of them, of ministers asked; any if not given. Written questions have one.
    """

    export: str = field(default="saker", metadata={"check": _one_of(*EXPORTS)})
    session: str | None = field(default=None, metadata={"check": _session})
    committee: str | None = None
    topics: tuple[str, ...] = ()
    ministers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingOptions:
    """Of ``listing``.

    Attributes:
        item_selector: CSS selector of the entries: links, or elements whose first link counts.
        next_selector: of the link to the next page.
        date_selector: within an entry, of its date; the first ``<time>`` if not given.
        pages: pages read in one run at most.
    """

    item_selector: str = field(metadata={"check": _selector})
    next_selector: str | None = field(default=None, metadata={"check": _selector})
    date_selector: str | None = field(default=None, metadata={"check": _selector})
    pages: int = _pages(10)


Options = WordPressOptions | ApiOptions | StortingetOptions | ListingOptions
OPTIONS: dict[str, type[Options]] = {
    "wordpress": WordPressOptions,
    "api": ApiOptions,
    "stortinget": StortingetOptions,
    "listing": ListingOptions,
}

Own = TypeVar("Own", WordPressOptions, ApiOptions, StortingetOptions, ListingOptions)


def own(options: Options | None, kind: type[Own]) -> Own:
    """The options of a source as those of its kind; the defaults where none were given."""
    return options if isinstance(options, kind) else cast(Callable[[], Own], kind)()


def keys(kind: str) -> tuple[str, ...]:
    """The keys that only this kind of source has."""
    return tuple(each.name for each in fields(OPTIONS[kind])) if kind in OPTIONS else ()


def missing(kind: str, given: dict[str, object]) -> str | None:
    """The first key that a source of this kind needs and does not have."""
    needed = (each.name for each in fields(OPTIONS[kind]) if each.default is MISSING) if kind in OPTIONS else ()
    return next((key for key in needed if key not in given), None)


def problem(kind: str, key: str, value: object) -> str | None:
    """What is the matter with the value of such a key, if anything."""
    described = next(each for each in fields(OPTIONS[kind]) if each.name == key)
    hint = get_type_hints(OPTIONS[kind])[key]
    if hint == tuple[str, ...]:
        fits, wanted = isinstance(value, list) and all(isinstance(each, str) for each in value), "a list of texts"
    elif hint is int:
        fits, wanted = isinstance(value, int) and not isinstance(value, bool), "a whole number"
    else:
        fits, wanted = isinstance(value, str), "a text in quotes"
    if not fits:
        return f"must be {wanted}, not {value!r}"
    check: Check | None = described.metadata.get("check")
    return None if check is None else check(value)


def options_of(kind: str, given: dict[str, Any]) -> Options | None:
    """The options of a source of this kind; what was given must have no problem."""
    if kind not in OPTIONS:
        return None
    make: Callable[..., Options] = OPTIONS[kind]
    return make(**{key: tuple(value) if isinstance(value, list) else value for key, value in given.items()})
