"""The word lists of ``words.toml``, and patterns made of them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path


@cache
def _lists() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


@cache
def words(section: str, name: str) -> frozenset[str]:
    """One list as a set."""
    return frozenset(_lists()[section][name].split())


def short_names() -> dict[str, tuple[str, ...]]:
    """Short names that texts use without explaining them, each with what it may stand for."""
    return {short: tuple(full.split("|")) for short, full in _lists()["short_names"].items()}


def ending(section: str, name: str) -> re.Pattern[str]:
    """What a word ends in: a pattern to ``search`` for, that matches any word of the list at the end."""
    return re.compile("(?:" + any_of(section, name) + ")$")


def any_of(section: str, name: str) -> str:
    """The words of a list as alternatives of a pattern, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words(section, name), key=lambda word: (-len(word), word)))
