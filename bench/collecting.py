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
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tabulate import tabulate
from trafilatura import extract

from bench.machine import machine
from corpus.client import Client
from corpus.errors import ExtractionError
from corpus.extract import extract_page
from corpus.pace import Politeness
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


@dataclass
class Took:
    """Seconds by the clock and of the processor. On a machine with other work to do the latter tell more."""

    seconds: float = 0.0
    cpu_seconds: float = 0.0


@contextmanager
def timed() -> Iterator[Took]:
    """Measures its block."""
    took, begun, used = Took(), time.perf_counter(), time.process_time()
    yield took
    took.seconds, took.cpu_seconds = time.perf_counter() - begun, time.process_time() - used


def collect(place: Workplace, names: list[str], run_id: str) -> tuple[list[SourceReport], Took]:
    """Collect feeds of these hosts one after another."""
    with place.warehouse.write() as connection:
        start_run(connection, run_id, place.now())
    sources = [
        Source(id=name, name=name, kind="feed", url=f"http://{name}.example/rss", allow_private_addresses=True)
        for name in names
    ]
    with timed() as took:
        reports = [collect_source(place, source, run_id) for source in sources]
    return reports, took


def memory_mb() -> float:
    """The most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    made = pages(PAGES)
    asked: list[str] = []
    with timed() as theirs:
        for html in made:
            extract(html, with_metadata=True)
    with timed() as ours:
        for number, html in enumerate(made):
            extract_page(html, source_id="bench", url=f"http://a.example/{number}", fetched_at=utc_now())
    before = memory_mb()
    answers = {f"/{number}": html for number, html in enumerate(made)}
    with (
        tempfile.TemporaryDirectory() as folder,
        served({**answers, "/rss": feed(range(PAGES))}, asked) as port,
        Client("bench", Politeness(delay_seconds=0), resolve=lambda *_: [("127.0.0.1", port)]) as client,
    ):
        place = Workplace(data=Path(folder), client=client)
        (report,), all_of_it = collect(place, ["alle"], "1")
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
        [
            name,
            f"{PAGES / took.seconds:.0f}",
            f"{PAGES / took.cpu_seconds:.0f}",
            f"{theirs.cpu_seconds / took.cpu_seconds:.0%}",
        ]
        for name, took in {
            "trafilatura's own extraction, with metadata": theirs,
            "extract_page": ours,
            "served, fetched, extracted, kept": all_of_it,
        }.items()
    ]
    print(f"{machine()}\n{PAGES} pages, {report.outcomes['saved']} saved\n")
    print(tabulate(rows, headers=["what", "pages/s", "pages/s of processor", "of trafilatura's"], tablefmt="github"))
    print(f"\nmost memory: {peak:.0f} MB, of which {peak - before:.0f} MB came with collecting")
    used = f"{again.seconds:.2f} s, {again.cpu_seconds:.2f} s of processor"
    print(f"nothing new in {SOURCES} sources: {len(asked)} requests, {used}")


if __name__ == "__main__":
    main()
