"""Fetching one page, on real HTTP."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator

import pytest

from corpus.client import Client
from corpus.connection import Limits
from corpus.errors import FetchError
from corpus.guard import is_public
from corpus.pace import Politeness
from corpus.robots import user_agent
from tests.corpus.loopback import Reply, Request, Web, html, redirect, serve_web

SITE = "http://avisa.example"


@pytest.fixture
def web() -> Iterator[Web]:
    with serve_web() as web:
        yield web


def failure(client: Client, url: str, **asked: object) -> FetchError:
    with client, pytest.raises(FetchError) as caught:
        client.get(url, **{"allow_private": True, **asked})  # type: ignore[arg-type]
    return caught.value


def test_a_page_comes_with_its_final_address_and_its_bytes(web: Web) -> None:
    web.pages["avisa.example/sak"] = html("<p>Økt beredskap</p>")
    with web.client() as client:
        page = client.get(f"{SITE}/sak?utm_source=x#topp", allow_private=True)
    assert (page.url, page.status_code, page.is_web_page) == (f"{SITE}/sak", 200, True)
    assert page.content.decode() == "<p>Økt beredskap</p>"


def test_norwegian_letters_in_addresses_reach_the_server_encoded(web: Web) -> None:
    web.pages["avisa.example/tiltak/sj%C3%B8folk-p%C3%A5-%C3%A6ra?s%C3%B8k=bl%C3%A5"] = html("ja")
    with web.client() as client:
        page = client.get(f"{SITE}/tiltak/sjøfolk-på-æra?søk=blå", allow_private=True)
    assert page.content == b"ja"


def test_norwegian_host_names_are_asked_for_in_their_ascii_form(web: Web) -> None:
    web.pages["xn--bl-helse-b0a.example/"] = html("ja")
    with web.client() as client:
        assert client.get("http://blå-helse.example/", allow_private=True).content == b"ja"


def test_it_says_who_it_is_and_how_to_reach_them(web: Web) -> None:
    web.pages["avisa.example/"] = html("ja")
    with Client(user_agent("post@radar.example"), Politeness(delay_seconds=0), resolve=web.resolve) as client:
        client.get(SITE, allow_private=True)
    assert web.requests[0].headers["user-agent"] == "Helseradar/0.1 (+post@radar.example)"


@pytest.mark.parametrize("status", [404, 410, 403, 204])
def test_an_answer_without_a_page_is_final(web: Web, status: int) -> None:
    web.pages["avisa.example/sak"] = Reply(status=status)
    error = failure(web.client(), f"{SITE}/sak")
    assert (error.reason, error.status_code, error.retry) == (f"HTTP {status}", status, False)
    assert len(web.asked) == 1


@pytest.mark.parametrize("status", [500, 503, 429])
def test_an_answer_that_may_pass_is_asked_for_again_a_few_times(web: Web, status: int) -> None:
    web.pages["avisa.example/sak"] = Reply(status=status)
    error = failure(web.client(), f"{SITE}/sak")
    assert (error.reason, error.status_code, error.retry) == (f"HTTP {status}", status, True)
    assert len(web.asked) == 3


def test_a_failure_that_passes_does_not_show(web: Web) -> None:
    web.pages["avisa.example/sak"] = [Reply(status=502), html("ja")]
    with web.client() as client:
        assert client.get(f"{SITE}/sak", allow_private=True).content == b"ja"


def test_a_connection_that_breaks_off_is_tried_again(web: Web) -> None:
    torn = Reply(headers={"Content-Length": "100"}, send=lambda write: write(b"<p>"))
    web.pages["avisa.example/sak"] = [torn, html("ja")]
    with web.client() as client:
        assert client.get(f"{SITE}/sak", allow_private=True).content == b"ja"


# Redirects


def test_redirects_are_followed_also_with_raw_norwegian_letters(web: Web) -> None:
    web.pages["avisa.example/gammel"] = redirect("/på-vei".encode().decode("latin-1"))
    web.pages["avisa.example/p%C3%A5-vei"] = redirect("//www.avisa.example/ny", 301)
    web.pages["www.avisa.example/ny"] = html("ja")
    with web.client() as client:
        assert client.get(f"{SITE}/gammel", allow_private=True).url == "http://www.avisa.example/ny"


def test_redirects_in_a_circle_end(web: Web) -> None:
    web.pages["avisa.example/a"] = redirect("/b")
    web.pages["avisa.example/b"] = redirect("/a")
    error = failure(web.client(Limits(redirects=4)), f"{SITE}/a")
    assert (error.reason, error.retry) == ("too many redirects", False)
    assert len(web.asked) == 5


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://avisa.example/", "javascript:alert(1)", "http://[::"])
def test_redirects_lead_to_web_addresses_only(web: Web, target: str) -> None:
    web.pages["avisa.example/a"] = redirect(target)
    assert failure(web.client(), f"{SITE}/a").reason == "no web address"


# Limits


def test_a_server_that_does_not_answer_is_left(web: Web) -> None:
    web.pages["avisa.example/sak"] = lambda request: Reply(send=lambda write: web.stop.wait(30))
    error = failure(web.client(Limits(seconds=1)), f"{SITE}/sak")
    assert (error.reason, error.retry) == ("timed out", True)
    assert len(web.asked) == 1, "a time-out has cost enough"


def test_a_server_that_drips_is_left(web: Web) -> None:
    def drip(write: Callable[[bytes], object]) -> None:
        while not web.stop.wait(0.05):
            write(b".")

    web.pages["avisa.example/sak"] = Reply(send=drip)
    assert failure(web.client(Limits(seconds=1)), f"{SITE}/sak").reason == "timed out"


def test_a_server_that_drips_its_headers_is_left(web: Web) -> None:
    def drip(write: Callable[[bytes], object]) -> None:
        write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not web.stop.wait(0.05):
            write(b".")

    web.pages["avisa.example/sak"] = Reply(raw=drip)
    assert failure(web.client(Limits(seconds=1)), f"{SITE}/sak").reason == "timed out"


def test_a_page_that_is_too_large_is_left(web: Web) -> None:
    web.pages["avisa.example/sak"] = html("x" * 10_001)
    error = failure(web.client(Limits(bytes=10_000)), f"{SITE}/sak")
    assert (error.reason, error.retry) == ("too large", False)


def test_an_endless_page_is_left(web: Web) -> None:
    def pour(write: Callable[[bytes], object]) -> None:
        while not web.stop.is_set():
            write(b"x" * 10_000)

    web.pages["avisa.example/sak"] = Reply(send=pour)
    assert failure(web.client(Limits(bytes=1_000_000)), f"{SITE}/sak").reason == "too large"


def deflated(content: bytes) -> bytes:
    packing = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packing.compress(content) + packing.flush()


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", deflated)]
)
def test_compressed_pages_are_unpacked(web: Web, encoding: str, pack: Callable[[bytes], bytes]) -> None:
    web.pages["avisa.example/sak"] = Reply(body=pack(b"<p>ja" * 1000), headers={"Content-Encoding": encoding})
    with web.client() as client:
        assert client.get(f"{SITE}/sak", allow_private=True).content == b"<p>ja" * 1000


@pytest.mark.parametrize(
    ("encoding", "body", "reason"),
    [
        ("gzip", gzip.compress(b"\0" * 5_000_000), "too large"),
        ("deflate", zlib.compress(b"\0" * 5_000_000), "too large"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"\0" * 5_000_000)), "broken answer"),
        ("gzip", b"not at all", "broken answer"),
    ],
)
def test_what_unpacks_to_too_much_or_not_at_all_is_left(web: Web, encoding: str, body: bytes, reason: str) -> None:
    web.pages["avisa.example/sak"] = Reply(body=body, headers={"Content-Encoding": encoding})
    assert failure(web.client(Limits(decompressed_bytes=1_000_000)), f"{SITE}/sak").reason == reason


# Conditions


def test_what_has_not_changed_is_not_sent_again(web: Web) -> None:
    def feed(request: Request) -> Reply:
        return Reply(status=304) if request.headers.get("if-none-match") == '"1"' else html("ja", ETag='"1"')

    web.pages["avisa.example/feed"] = feed
    with web.client() as client:
        first = client.get(f"{SITE}/feed", allow_private=True)
        second = client.get(f"{SITE}/feed", allow_private=True, etag=first.headers["etag"])
    assert (first.not_modified, second.not_modified, second.content) == (False, True, b"")


def test_not_modified_without_being_asked_is_no_page(web: Web) -> None:
    web.pages["avisa.example/sak"] = Reply(status=304)
    assert failure(web.client(), f"{SITE}/sak").reason == "HTTP 304"


# The network


@pytest.mark.parametrize("host", ["avisa.example", "127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"])
def test_private_addresses_are_refused(web: Web, host: str) -> None:
    client = Client("Helseradar/0.1", resolve=web.resolve) if host == "avisa.example" else Client("Helseradar/0.1")
    error = failure(client, f"http://{host}:{web.port}/", allow_private=False)
    assert (error.reason, web.requests) == ("private address", [])


def test_a_redirect_to_a_private_address_is_refused(web: Web) -> None:
    addresses = {"avisa.example": "127.0.0.1", "ruter.example": "10.0.0.1"}
    web.pages["avisa.example/a"] = redirect("http://ruter.example/")
    client = Client(
        "Helseradar/0.1",
        Politeness(delay_seconds=0),
        resolve=lambda host, _: [(addresses[host], web.port)],
        is_public=lambda ip: ip == "127.0.0.1",
    )
    error = failure(client, f"{SITE}/a", allow_private=False)
    assert (error.reason, web.asked) == ("private address", ["avisa.example/a"])


def test_the_public_one_of_several_addresses_is_taken(web: Web) -> None:
    web.pages["avisa.example/a"] = html("ja")
    with Client(
        "Helseradar/0.1",
        Politeness(delay_seconds=0),
        resolve=lambda *_: [("10.0.0.1", 9), ("127.0.0.1", web.port)],
        is_public=lambda ip: ip == "127.0.0.1",
    ) as client:
        assert client.get(f"{SITE}/a", allow_private=False).content == b"ja"


@pytest.mark.parametrize(
    "ip",
    [
        "10.1.2.3", "127.0.0.1", "169.254.169.254", "192.168.0.1", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "::ffff:10.0.0.1",
        "2002:a00:1::", "64:ff9b::10.0.0.1", "64:ff9b:1::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize(
    "ip", ["93.184.216.34", "2a00:1450:400f:80d::200e", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
)
def test_addresses_that_are_public(ip: str) -> None:
    assert is_public(ip)


def test_a_host_without_address_is_said_so(web: Web) -> None:
    error = failure(web.client(), "http://finnes-ikke.invalid/")
    assert (error.reason, error.retry) == ("unknown host", True)


def test_a_port_where_nobody_listens_is_said_so() -> None:
    with serve_web() as gone:
        port = gone.port
    client = Client(
        "Helseradar/0.1", Politeness(delay_seconds=0, retry_seconds=0), resolve=lambda host, _: [("127.0.0.1", port)]
    )
    error = failure(client, SITE)
    assert (error.reason, error.retry) == ("cannot connect", True)


def test_a_name_is_resolved_once_for_a_connection(web: Web) -> None:
    asked = []

    def resolve(host: str, port: int) -> list[tuple[str, int]]:
        asked.append(host)
        return [("127.0.0.1", web.port)]

    web.pages["avisa.example/sak"] = html("ja")
    with Client("Helseradar/0.1", Politeness(delay_seconds=0), resolve=resolve) as client:
        client.get(f"{SITE}/sak", allow_private=True)
        client.get(f"{SITE}/sak", allow_private=True)
    assert asked == ["avisa.example"]
    assert len(web.connections) == 1
