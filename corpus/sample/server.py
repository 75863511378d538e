"""Serves the sample's sites on loopback, each under its own host name, the way a small web server would."""

from __future__ import annotations

import hashlib
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

LOOPBACK = "127.0.0.1"
SITES = Path(__file__).parent / "sites"
SOURCES = Path(__file__).parent / "sources.toml"

PLAIN_404 = "<!doctype html><html lang='nb'><title>404</title><h1>Siden finnes ikke</h1></html>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One request that the sample's server has answered."""

    host: str
    target: str
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The sample while it is being served.

    Attributes:
        port: the port on 127.0.0.1.
        hosts: the names of its sites.
        requests: what was asked so far and how it was answered, in order.
    """

    port: int
    hosts: frozenset[str]
    requests: list[Answered] = field(default_factory=list)

    def resolve(self, host: str, port: int) -> Sequence[tuple[str, int]]:  # noqa: ARG002 (the shape of a resolver)
        """The loopback address that answers for one of the sample's hosts, whichever port was asked for.

        Raises:
            socket.gaierror: for every other host, so that nothing of the sample ever leaves the machine.
        """
        if host.lower() not in self.hosts:
            raise socket.gaierror(socket.EAI_NONAME, f"{host} is not a host of the sample")
        return [(LOOPBACK, self.port)]


@contextmanager
def serve_sample(sites: Path = SITES) -> Iterator[Sample]:
    """Serve the folders of ``sites`` (one a host) on a free port of 127.0.0.1 until the block is left."""
    hosts = frozenset(folder.name for folder in sites.iterdir() if folder.is_dir())
    with _Server(sites, hosts) as server:
        # A short poll lets the block end at once; the default holds every test back by half a second.
        poll = {"poll_interval": 0.02}
        thread = threading.Thread(target=server.serve_forever, kwargs=poll, name="sample", daemon=True)
        thread.start()
        try:
            yield server.sample
        finally:
            server.shutdown()
            thread.join()


def file_for(site: Path, target: str) -> Path | None:
    """The stored file that answers a request target (path and query), or ``None``.

    ``/a/b/`` is ``a/b/index.html`` or ``a/b/index.xml``; ``/a/b`` is ``a/b`` or ``a/b.html``; with ``lab_viewport=rss``
    a folder is its ``index.rss.xml``, as Labrador has it. Other parameters (``utm_source`` …) change nothing.
    """
    parts = urlsplit(target)
    path = unquote(parts.path).lstrip("/")
    view = parse_qs(parts.query).get("lab_viewport", [""])[0]
    if view:
        names = [f"{path.rstrip('/')}/index.{view}.xml".lstrip("/")]
    elif path.endswith("/") or not path:
        names = [path + "index.html", path + "index.xml"]
    else:
        names = [path, path + ".html"]
    for name in names:
        file = (site / name).resolve()
        if file.is_relative_to(site.resolve()) and file.is_file():
            return file
    return None


def content_type(file: Path) -> str:
    """The media type a web server would give a file of the sample."""
    if file.suffix == ".xml":
        return "application/xml" if file.name.startswith("sitemap") else "application/rss+xml; charset=utf-8"
    return {".html": "text/html; charset=utf-8", ".txt": "text/plain; charset=utf-8"}[file.suffix]


def is_fresh(etag: str, modified: datetime, if_none_match: str | None, if_modified_since: str | None) -> bool:
    """Whether the client's copy is still good (RFC 9110, 13.2.2: a tag, where given, outweighs the date)."""
    if if_none_match is not None:
        return if_none_match.strip() == "*" or etag in (tag.strip() for tag in if_none_match.split(","))
    if if_modified_since is None:
        return False
    try:
        return modified <= parsedate_to_datetime(if_modified_since)
    except (TypeError, ValueError):
        return False


class _Server(ThreadingHTTPServer):
    """A server on a free loopback port that knows its sites."""

    def __init__(self, sites: Path, hosts: frozenset[str]) -> None:
        super().__init__((LOOPBACK, 0), _Handler)
        self.sites = sites
        self.sample = Sample(port=self.server_port, hosts=hosts)


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD from the folder named by the Host header."""

    server: _Server

    server_version = "HelseradarSample"
    disable_nagle_algorithm = True  # head and body are two writes: else each answer waits some 40 ms
    timeout = 10  # seconds; a client that connects and says nothing must not keep its thread for ever

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").partition(":")[0].lower()
        sample, site = self.server.sample, self.server.sites / host
        file = file_for(site, self.path) if host in sample.hosts else None
        status = HTTPStatus.OK
        if file is None:
            status, own = HTTPStatus.NOT_FOUND, site / "404.html"
            body = own.read_bytes() if host in sample.hosts and own.is_file() else PLAIN_404.encode()
            headers = {"Content-Type": "text/html; charset=utf-8"}
        else:
            body = file.read_bytes()
            modified = datetime.fromtimestamp(int(file.stat().st_mtime), UTC)
            etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            headers = {
                "Content-Type": content_type(file),
                "ETag": etag,
                "Last-Modified": format_datetime(modified, usegmt=True),
            }
            if is_fresh(etag, modified, self.headers["If-None-Match"], self.headers["If-Modified-Since"]):
                status, body = HTTPStatus.NOT_MODIFIED, b""
        sample.requests.append(Answered(host=host, target=self.path, status=status))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815 (the name http.server looks for)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: ``Sample.requests`` keeps what was asked."""
