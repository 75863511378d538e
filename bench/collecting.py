"""``python -m bench.collecting``: pages/s and memory of collecting 1,000 pages from loopback, beside trafilatura alone.

The pages are the shipped sample's, each with words of its own, so that none is a duplicate. Server and collector share
the machine. Figures of different machines do not compare; the ratios of one run do.
"""

from __future__ import annotations

import re
import resource
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tabulate import tabulate
from trafilatura import extract

from bench.machine import machine
from corpus.client import Client, Politeness
from corpus.errors import ExtractionError
from corpus.extract import extract_page
from corpus.sample.server import SITES
from corpus.sources import Source
from flows.report import SourceReport
from flows.stages import Workplace, collect_source, utc_now
from warehouse.runs import start_run

PAGES = 1_000
SOURCES = 40


def pages(count: int) -> list[bytes]:
    """So many pages with articles, made of the sample's, no two with the same words."""
    found = []
    for path in sorted(SITES.rglob("*.html")):
        html = path.read_bytes()
        try:
            extract_page(html, source_id="bench", url=path.as_uri(), fetched_at=utc_now())
        except ExtractionError:
            continue
        # Else all copies of a page would name the same address as their own.
        found.append(re.sub(rb"<link[^>]+canonical[^>]*>|<meta[^>]+og:url[^>]*>", b"", html))
    return [found[n % len(found)].replace(b"</p>", b" Utgave %d.</p>" % n, 3) for n in range(count)]


@contextmanager
def served(answers: dict[str, bytes], asked: list[str]) -> Iterator[int]:
    """Serve the answers by path on loopback, whatever the host; gives the port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            body = answers.get(self.path)
            if self.path != "/robots.txt":
                asked.append(self.headers["Host"])
            known = body is not None and self.headers["If-None-Match"] == '"1"'
            self.send_response(304 if known else 404 if body is None else 200)
            self.send_header("Content-Type", "application/rss+xml" if self.path == "/rss" else "text/html")
            self.send_header("ETag", '"1"')
            content = b"" if known else body or b""
            if not known:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def feed(links: range) -> bytes:
    """A feed of numbered pages."""
    return b"<rss version='2.0'>" + b"".join(b"<item><link>/%d</link></item>" % n for n in links) + b"</rss>"


def collect(place: Workplace, names: list[str], run_id: str) -> tuple[list[SourceReport], float]:
    """Collect feeds of these hosts one after another; the seconds it took."""
    with place.warehouse.write() as connection:
        start_run(connection, run_id, place.now())
    begun = time.perf_counter()
    reports = [
        collect_source(
            place,
            Source(id=name, name=name, kind="feed", url=f"http://{name}.example/rss", allow_private_addresses=True),
            run_id,
        )
        for name in names
    ]
    return reports, time.perf_counter() - begun


def memory_mb() -> float:
    """The most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    made = pages(PAGES)
    asked: list[str] = []
    begun = time.perf_counter()
    for html in made:
        extract(html, with_metadata=True)
    theirs = time.perf_counter() - begun
    begun = time.perf_counter()
    for number, html in enumerate(made):
        extract_page(html, source_id="bench", url=f"http://a.example/{number}", fetched_at=utc_now())
    ours = time.perf_counter() - begun
    before = memory_mb()
    answers = {f"/{number}": html for number, html in enumerate(made)}
    with (
        tempfile.TemporaryDirectory() as folder,
        served({**answers, "/rss": feed(range(PAGES))}, asked) as port,
        Client("bench", Politeness(delay_seconds=0), resolve=lambda *_: [("127.0.0.1", port)]) as client,
    ):
        place = Workplace(data=Path(folder), client=client)
        (report,), seconds = collect(place, ["alle"], "1")
        peak = memory_mb()
    few = {f"/{number}": made[number] for number in range(5)}
    with (
        tempfile.TemporaryDirectory() as folder,
        served({**few, "/rss": feed(range(5))}, asked) as port,
        Client("bench", Politeness(delay_seconds=0), resolve=lambda *_: [("127.0.0.1", port)]) as client,
    ):
        place = Workplace(data=Path(folder), client=client)
        names = [f"s{number}" for number in range(SOURCES)]
        collect(place, names, "1")
        asked.clear()
        _, again = collect(place, names, "2")
    rows = [
        ["trafilatura's own extraction, with metadata", f"{PAGES / theirs:.0f} pages/s", ""],
        ["extract_page", f"{PAGES / ours:.0f} pages/s", f"{theirs / ours:.0%}"],
        ["collected: fetched, extracted, kept", f"{PAGES / seconds:.0f} pages/s", f"{theirs / seconds:.0%}"],
    ]
    print(f"{machine()}\n{PAGES} pages, {report.outcomes['saved']} saved\n")
    print(tabulate(rows, headers=["what", "speed", "of trafilatura's"], tablefmt="github"))
    print(f"\nmost memory: {peak:.0f} MB, of which {peak - before:.0f} MB came with collecting")
    print(f"nothing new in {SOURCES} sources: {len(asked)} requests, {again:.2f} s")


if __name__ == "__main__":
    main()
