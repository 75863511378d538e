"""Servers that answer in ways that HTTP does not know, or without end."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from threading import Event

from tests.corpus.collecting import feed
from tests.corpus.hostile.traps import Trap, page_trap, story
from tests.corpus.loopback import Reply, Sending, html, redirect

Write = Callable[[bytes], object]
PATIENT = 5.0  # seconds


def for_ever(piece: bytes, pause: float = 0.0, first: bytes = b"") -> Sending:
    """Sends until nobody listens any more."""

    def send(write: Write) -> None:
        write(first)
        while not Event().wait(pause):
            write(piece)

    return send


def silent(write: Write) -> None:
    """Sends nothing, for longer than anybody waits."""
    Event().wait(PATIENT)


def traps() -> list[Trap]:
    """Drips, bombs, loops, and ways into the private network."""

    status = b"HTTP/1.1 200 OK\r\n"
    chunked = status + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n<p>\r\n0\r\n\r\n"
    whole = story("Komprimert sak").encode()
    zipped = {"Content-Encoding": "gzip", "Content-Type": "text/html; charset=utf-8"}
    return [
        page_trap("uendelig", Reply(send=for_ever(b"x" * 65_536)), "failed: too large", sent=25_000_000),
        page_trap("drypper", Reply(send=for_ever(b"x", 0.05)), "failed: timed out"),
        page_trap("drypper-hoder", Reply(raw=for_ever(b"X-A: b\r\n", 0.05, status)), "failed: timed out"),
        page_trap("uendelige-hoder", Reply(raw=for_ever(b"X-A: b\r\n" * 999, 0, status)), "failed: broken answer",
                  requests=5, sent=40_000_000),
        page_trap("taus", Reply(raw=silent), "failed: timed out"),
        page_trap("legger-paa", Reply(raw=lambda write: None), "failed: broken answer", requests=5),
        page_trap("avbrutt", Reply(headers={"Content-Length": "9999"}, send=lambda write: write(b"<p>")),
                  "failed: broken answer", requests=5),
        page_trap("ikke-http", Reply(raw=lambda write: write(b"SSH-2.0-OpenSSH_9.6\r\n")), "failed: broken answer",
                  requests=5),
        page_trap("gale-biter", Reply(raw=lambda write: write(chunked)), "failed: broken answer", requests=5),
        page_trap("rar-status", Reply(raw=lambda write: write(
            b"HTTP/1.1 799 Hm\r\nContent-Length: 0\r\n\r\n")), "failed: HTTP 799"),
        page_trap("nede", Reply(status=500), "failed: HTTP 500", requests=5),
        # Ten pages in a row are enough: a host where each costs the time limit would else hold the run for hours.
        Trap(name="helt-nede", pages={"/rss": feed(*(f"/{n}" for n in range(15))),
             **{f"/{n}": Reply(status=503) for n in range(15)}}, requests=31,
             counts={"failed: HTTP 503": 10, "failed: given up for this run": 5}),
        page_trap("borte", Reply(status=410), "failed: HTTP 410"),
        page_trap("vent-i-aarevis", Reply(status=429, headers={"Retry-After": "99999999"}), "failed: asked to wait",
                  frisk="failed: asked to wait"),
        page_trap("gzip-bombe", Reply(body=gzip.compress(b"\0" * 40_000_000), headers=zipped), "failed: too large"),
        page_trap("gzip-avkortet", Reply(body=gzip.compress(whole)[:-12], headers=zipped), "saved"),
        page_trap("gzip-loegn", Reply(body=whole, headers=zipped), "failed: broken answer"),
        page_trap("gzip-dobbel", Reply(body=whole, headers={"Content-Encoding": "gzip, gzip"}),
                  "failed: broken answer"),
        page_trap("ring", redirect("/sak"), "failed: too many redirects", requests=8),
        Trap(name="lang-kjede", pages={"/sak": redirect("/0"), **{f"/{n}": redirect(f"/{n + 1}") for n in range(99)}},
             ends={"/sak": "failed: too many redirects", "/frisk": "saved"}, requests=8),
        page_trap("cookie-vegg", Reply(status=302, headers={"Location": "/sak", "Set-Cookie": "ok=1"}),
                  "failed: too many redirects", requests=8),
        page_trap("til-privat", redirect("http://10.0.0.1/hemmelig"), "failed: private address"),
        page_trap("til-loopback", redirect("http://selv.example/hemmelig"), "failed: private address"),
        page_trap("til-metadata", redirect("http://metadata.example/latest/"), "failed: private address"),
        page_trap("til-ipv6", redirect("http://[::ffff:192.168.1.1]/"), "failed: private address"),
        page_trap("til-fil", redirect("file:///etc/passwd"), "failed: no web address"),
        page_trap("til-ukjent", redirect("http://finnes.ikke/"), "failed: unknown host", requests=3),
        page_trap("til-intet", Reply(status=302), "failed: HTTP 302"),
        Trap(name="rebinding", pages={"/rss": Reply(body=b"<rss version='2.0'><item><link>/sak</link></item></rss>",
             headers={"Connection": "close"})}, ends={"/sak": "failed: private address"}, requests=1),
        page_trap("bilde", Reply(body=b"\x89PNG\r\n", headers={"Content-Type": "image/png"}), "failed: not a web page"),
        page_trap("pdf-som-html", html("%PDF-1.7\n<<>>"), "failed: not a web page"),
    ]  # fmt: skip
