"""Every kind of source on stored answers of an invented host: ``kinds/<kind>/`` holds them beside what they become.

``case.toml`` says which file answers which address; ``expected.json`` what comes out of a first run. To write it anew
after a change: ``python -m tests.corpus.test_kinds KIND``, and read the difference.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from corpus.article import Fetch, Listing
from corpus.collect import collect
from corpus.extract import extract_page
from corpus.sources import KINDS, Source, read_sources
from tests.corpus.collecting import Clock, Remembering
from tests.corpus.loopback import Reply, Web, serve_web

STORED = Path(__file__).parent / "kinds"
_TYPES = {
    ".json": "application/json",
    ".html": "text/html; charset=utf-8",
    ".xml": "application/xml",
    ".gz": "application/gzip",
}


class Case:
    """The stored answers of a kind, served, and runs on them with one memory."""

    def __init__(self, kind: str, web: Web, **changes: object) -> None:
        folder = STORED / kind
        described = tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))
        keys: dict[str, Any] = {**described["source"], **changes}
        if "path" in keys:
            keys["path"] = str(folder / keys["path"])
        else:
            keys["allow_private_addresses"] = True
        self.source = source(kind, **keys)
        self.requests_of_second_run: int = described.get("requests_of_second_run", 1)
        self.web, self.memory, self.clock = web, Remembering(), Clock()
        for address, name in described.get("answers", {}).items():
            self.answer(address, folder / name, **described.get("headers", {}))

    def answer(self, address: str, path: Path, **headers: str) -> None:
        headers = {"Content-Type": _TYPES[path.suffix], **headers}
        self.web.pages["kilde.example" + address] = Reply(body=path.read_bytes(), headers=headers)

    def run(self, limit: int | None = None, die_after: int | None = None) -> list[Fetch | Listing]:
        self.web.asked.clear()
        items: list[Fetch | Listing] = []
        with self.web.client() as client:
            for item in collect(self.source, client, self.memory, now=self.clock, limit=limit, extract=extract_page):
                if len(items) == die_after:
                    break
                self.memory.keep(item)
                items.append(item)
        return items


def source(kind: str, **keys: Any) -> Source:
    """A source as its table in a file gives it."""
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items()]
    text = "\n".join(["[[source]]", 'id = "kilde"', 'name = "Kilde"', f'kind = "{kind}"', *lines])
    path = STORED / "sources.toml"
    return _read(path, text)


def _read(path: Path, text: str) -> Source:
    path.write_text(text, encoding="utf-8")
    try:
        return read_sources(path)[0]
    finally:
        path.unlink()


def told(items: list[Fetch | Listing], folder: Path) -> list[dict[str, object]]:
    """What came out, for people to read."""

    def address(url: str) -> str:
        return url.replace(folder.resolve().as_uri(), "file:")

    return [
        {"url": address(item.url), "outcome": item.outcome}
        | ({"reason": item.reason} if item.reason else {})
        | (
            {
                "canonical": address(item.article.canonical_url),
                "title": item.article.title,
                "byline": list(item.article.byline),
                "published": str(item.article.published_at or item.article.published_on),
                "from": item.article.published_from,
                "text": item.article.text.split("\n"),
            }
            if item.article
            else {}
        )
        for item in items
        if isinstance(item, Fetch)
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_a_stored_case(kind: str) -> None:
    for name in ("case.toml", "expected.json"):
        assert (STORED / kind / name).is_file(), f"kind {kind!r} has no tests/corpus/kinds/{kind}/{name}"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_stored_becomes_what_is_expected(kind: str, web: Web) -> None:
    expected = json.loads((STORED / kind / "expected.json").read_text(encoding="utf-8"))
    case = Case(kind, web)
    assert told(case.run(), STORED / kind) == expected
    again = [item for item in case.run() if isinstance(item, Fetch)]
    assert [item.outcome for item in again] == (["unchanged"] if kind == "folder" else []), "nothing is new"
    assert len(web.asked) == (0 if case.source.path else case.requests_of_second_run)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "folder"])
def test_a_run_killed_anywhere_loses_nothing(kind: str, web: Web) -> None:
    whole = Case(kind, web)
    count = len(whole.run())
    for die_after in range(count):
        case = Case(kind, web)
        case.run(die_after=die_after)
        case.run()
        assert set(case.memory.articles) == set(whole.memory.articles), die_after
        assert set(case.memory.listings) == set(whole.memory.listings), die_after


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "folder"])
def test_what_is_over_the_limit_comes_in_the_next_runs(kind: str, web: Web) -> None:
    whole, case = Case(kind, web), Case(kind, web)
    whole.run()
    for _ in range(6):
        case.run(limit=1)
    assert set(case.memory.articles) == set(whole.memory.articles)


def write_anew(kind: str) -> None:
    """Write what a kind's stored answers become now."""
    with serve_web() as web:
        found = told(Case(kind, web).run(), STORED / kind)
    (STORED / kind / "expected.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        write_anew(name)
