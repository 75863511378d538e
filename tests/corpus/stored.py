"""The stored answers of each kind of source (``kinds/<kind>/``), served, and runs on them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from corpus.article import Fetch, Listing
from corpus.collect import collect
from corpus.extract import extract_page
from corpus.sources import Source, read_sources
from tests.corpus.collecting import Clock, Remembering
from tests.corpus.loopback import Reply, Web

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
    with NamedTemporaryFile("w", suffix=".toml", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        return read_sources(Path(file.name))[0]


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
