"""A little web on loopback: real HTTP, whose every answer a test decides."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from corpus.client import Client
from corpus.connection import Limits
from corpus.pace import Politeness

Handler = Callable[["Request"], "Reply"]
Sending = Callable[[Callable[[bytes], object]], object]


@dataclass(frozen=True, kw_only=True)
class Request:
    """What was asked."""

    host: str
    path: str
    headers: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What is answered; ``send`` writes the body in a way of its own (drips, hangs, breaks off), ``raw`` everything."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    send: Sending | None = None
    raw: Sending | None = None


def html(text: str, **headers: str) -> Reply:
    """A web page."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(body=text.encode(), headers={"Content-Type": "text/html; charset=utf-8", **named})


def xml(text: str | bytes, **headers: str) -> Reply:
    """A feed or sitemap."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = text.encode() if isinstance(text, str) else text
    return Reply(body=body, headers={"Content-Type": "application/xml", **named})


def redirect(target: str, status: int = 302) -> Reply:
    """A redirect."""
    return Reply(status=status, headers={"Location": target})


class Web:
    """Pages by host and path (``site.example/a``); ``asked`` lists what was asked for, robots.txt and such apart."""

    def __init__(self) -> None:
        self.pages: dict[str, Reply | Handler | list[Reply]] = {}
        self.asked: list[str] = []
        self.asked_robots: list[str] = []
        self.requests: list[Request] = []
        self.connections: set[tuple[str, int]] = set()
        self.sent: dict[str, int] = {}  # bytes of bodies by host
        self.port = 0
        self.stop = threading.Event()  # set at the end: what hangs may go

    def resolve(self, host: str, port: int) -> Sequence[tuple[str, int]]:
        """All hosts under ``.example`` are here; no other has an address."""
        if not host.endswith(".example"):
            raise OSError(f"no address for {host}")
        return [("127.0.0.1", self.port)]

    def client(self, limits: Limits | None = None, politeness: Politeness | None = None) -> Client:
        """A client to whom this is the internet, in no hurry and with no pauses."""
        return Client(
            "Helseradar/0.1 (+https://helseradar.example/om)",
            politeness or Politeness(delay_seconds=0, retry_seconds=0),
            limits,
            resolve=self.resolve,
        )

    def answer(self, request: Request) -> Reply:
        """The reply that stands at an address; a list is used up one by one."""
        address = request.host + request.path
        self.requests.append(request)
        rules = request.path in ("/robots.txt", "/.well-known/tdmrep.json")
        (self.asked_robots if rules else self.asked).append(address)
        reply = self.pages.get(address, Reply(status=404))
        if isinstance(reply, list):
            return reply.pop(0) if len(reply) > 1 else reply[0]
        return reply if isinstance(reply, Reply) else reply(request)


@contextmanager
def serve_web() -> Iterator[Web]:
    """A web of one server; add pages to ``pages``."""
    web = Web()

    class Handling(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30
        disable_nagle_algorithm = True  # else each answer waits 40 ms for the client to acknowledge its head

        def handle(self) -> None:
            with suppress(OSError):  # the client hung up, as some tests want it to
                super().handle()

        def do_GET(self) -> None:
            web.connections.add(self.client_address)
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = web.answer(Request(host=headers.get("host", ""), path=self.path, headers=headers))
            if reply.raw is not None:
                self.close_connection = True
                reply.raw(self._write)
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.send is None:
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self._write(reply.body)
            else:
                self.send_header("Connection", "close")
                self.end_headers()
                reply.send(self._write)

        def _write(self, data: bytes) -> None:
            self.wfile.write(data)
            host = self.headers.get("host", "")
            web.sent[host] = web.sent.get(host, 0) + len(data)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handling)
    server.daemon_threads = True
    web.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        web.stop.set()
        server.shutdown()
        server.server_close()
        thread.join()
