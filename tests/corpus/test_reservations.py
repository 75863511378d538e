"""A site that keeps its pages from text and data mining is heard, wherever it says so."""

from __future__ import annotations

import json
from datetime import timedelta

import httpx
import pytest

from corpus.article import Fetch, Known
from corpus.reservations import ENOUGH, Places, in_headers, in_page
from tests.corpus.collecting import Collector, feed
from tests.corpus.loopback import Reply, Web, html

ROBOT = "Helseradar"
SITE = "http://avisa.example"


def where(headers: list[tuple[str, str]]) -> str | None:
    reserved = in_headers(httpx.Headers(headers), ROBOT)
    return reserved.where if reserved else None


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("TDM-Reservation", "1", "tdm-reservation header"),
        ("tdm-reservation", " 1 ", "tdm-reservation header"),
        ("tdm-reservation", "0", None),
        ("tdm-reservation", "0, 1", "tdm-reservation header"),
        ("tdm-reservation", "yes", None),
        ("X-Robots-Tag", "noai", "X-Robots-Tag"),
        ("X-Robots-Tag", "noimageai, NoAI", "X-Robots-Tag"),
        ("X-Robots-Tag", "noimageai", None),
        ("X-Robots-Tag", "noindex, nosnippet, max-snippet:0, noarchive", None),
        ("X-Robots-Tag", "unavailable_after: 25 Jun 2030 15:00:00 CET, noai", "X-Robots-Tag"),
        ("X-Robots-Tag", "otherbot: noai", None),
        ("X-Robots-Tag", "otherbot: noindex, noai", None),
        ("X-Robots-Tag", "helseradar: noindex", "X-Robots-Tag"),
        ("X-Robots-Tag", "otherbot: noai, Helseradar: none", "X-Robots-Tag"),
        ("X-Robots-Tag", "*: noai", "X-Robots-Tag"),
    ],
)
def test_headers_that_reserve(name: str, value: str, expected: str | None) -> None:
    assert where([("content-type", "text/html"), (name, value)]) == expected


def test_every_line_of_a_header_is_read() -> None:
    assert where([("X-Robots-Tag", "otherbot: noai"), ("X-Robots-Tag", "noai")]) == "X-Robots-Tag"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta name="tdm-reservation" content="1">', "tdm-reservation meta"),
        ("<META content='1' NAME='TDM-Reservation'>", "tdm-reservation meta"),
        ('<meta name="tdm-reservation" content="0">', None),
        ('<!-- <meta name="tdm-reservation" content="1"> -->', None),
        ('<meta name="robots" content="index, noai, noimageai">', "robots meta"),
        ('<meta name="robots" content="noimageai">', None),
        ('<meta name="robots" content="noindex, nofollow">', None),
        ('<meta name="helseradar" content="noindex">', "robots meta"),
        ('<meta name="otherbot" content="noai">', None),
        ('<meta name="description" content="Om tdm-reservation og noai">', None),
    ],
)
def test_meta_elements_that_reserve(head: str, expected: str | None) -> None:
    page = f"<html><head>{head}</head><body><p>tdm-reservation, noai</p></body></html>"
    for encoded in (page.encode(), page.encode("utf-16")):
        reserved = in_page(encoded, ROBOT)
        assert (reserved.where if reserved else None) == expected


def test_the_policy_that_stands_beside_is_kept_for_the_record() -> None:
    headers = httpx.Headers({"tdm-reservation": "1", "tdm-policy": "https://avisa.example/vilkar.json"})
    reserved = in_headers(headers, ROBOT)
    assert reserved is not None
    assert reserved.said == "tdm-reservation: 1; tdm-policy: https://avisa.example/vilkar.json"


def places(*entries: tuple[object, object]) -> Places:
    listed = [{"location": location, "tdm-reservation": value} for location, value in entries]
    return Places.from_answer(200, json.dumps(listed).encode())


@pytest.mark.parametrize(
    ("entries", "path", "reserved"),
    [
        ([("/", 1)], "/sak", True),
        ([("/", 0)], "/sak", False),
        ([("/", 1), ("/apent/", 0)], "/apent/sak", False),
        ([("/apent/", 0), ("/", 1)], "/sak", True),
        ([("/", 0), ("/kommentar/*/lang", 1)], "/kommentar/2026/lang/1", True),
        ([("/", 0), ("/kommentar/*/lang", 1)], "/kommentar/2026/kort/1", False),
        ([("*.pdf$", 1)], "/a/b.pdf", True),
        ([("*.pdf$", 1)], "/a/b.pdf?side=2", False),
        ([("/sak$", 1)], "/sak", True),
        ([("/sak$", 1)], "/saken", False),
        ([("/a*a$", 1)], "/a", False),
        ([("/sak", 1), ("/sak", 0)], "/sak", True),
        ([("/sjøfolk/", 1)], "/sj%C3%B8folk/1", True),
        ([("apent/", 1)], "/apent/1", True),
        ([("https://avisa.example/pluss/", 1)], "/pluss/1", True),
        ([("/", "1")], "/sak", True),
        ([("/", 2), ("/", True), ("/", None), (7, 1)], "/sak", False),
        ([("/s*k?id=", 1)], "/sak?id=3", True),
    ],
)
def test_the_nearest_entry_of_a_tdmrep_file_decides(
    entries: list[tuple[object, object]], path: str, reserved: bool
) -> None:
    assert (places(*entries).reservation(SITE + path) is not None) == reserved


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"{}",
        b"7",
        b"[1, null]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'[{"location": "/"}]',
        b" " * (ENOUGH + 1),
    ],
)
def test_what_is_no_list_of_places_reserves_nothing(content: bytes) -> None:
    assert Places.from_answer(200, content).reservation(f"{SITE}/sak") is None
    assert Places.from_answer(404, b'[{"location": "/", "tdm-reservation": 1}]').reservation(SITE) is None


# In a run


def run(collector: Collector) -> dict[str, Fetch]:
    fetches = [item for item in collector.run() if isinstance(item, Fetch)]
    collector.memory.addresses.update(
        {f.url: k for f in fetches if (k := remembered(f))}  # as the warehouse remembers what was asked for
    )
    return {fetch.url.removeprefix(SITE): fetch for fetch in fetches}


def remembered(fetch: Fetch) -> Known | None:
    return Known(fetched_at=fetch.fetched_at, reason=fetch.reason) if fetch.reserved and fetch.status_code else None


def test_reserved_pages_end_skipped_with_the_place_and_without_their_text(web: Web, collector: Collector) -> None:
    web.pages["avisa.example/rss"] = feed("/1", "/2", "/3", "/pluss/4", "/5", "/6")
    for number in "12356":
        web.pages[f"avisa.example/{number}"] = html(f"Sak {number}")
    web.pages["avisa.example/1"] = html("Sak 1", tdm_reservation="1", tdm_policy="https://avisa.example/vilkar")
    web.pages["avisa.example/2"] = html('<meta name="tdm-reservation" content="1">Sak 2')
    web.pages["avisa.example/3"] = html("Sak 3", X_Robots_Tag="noai")
    web.pages["avisa.example/5"] = html('<meta name="robots" content="noai">Sak 5')
    web.pages["avisa.example/.well-known/tdmrep.json"] = Reply(body=b'[{"location": "/pluss/", "tdm-reservation": 1}]')
    met = run(collector)
    assert {path: fetch.reason for path, fetch in met.items() if fetch.outcome == "skipped"} == {
        "/1": "opted out (tdm-reservation header)",
        "/2": "opted out (tdm-reservation meta)",
        "/3": "opted out (X-Robots-Tag)",
        "/pluss/4": "opted out (tdmrep.json)",
        "/5": "opted out (robots meta)",
    }
    assert all((fetch.reserved is not None) == (fetch.article is None) for fetch in met.values())
    assert met["/6"].outcome == "saved"
    assert "avisa.example/pluss/4" not in web.asked, "what is known to be reserved is not even fetched"
    assert web.asked_robots.count("avisa.example/.well-known/tdmrep.json") == 1


def test_a_reserved_page_that_had_to_be_fetched_counts_to_the_limit(web: Web, collector: Collector) -> None:
    web.pages["avisa.example/1"] = html("Sak 1", tdm_reservation="1")
    assert collector.results(limit=1) == {
        "/1": "skipped: opted out (tdm-reservation header)",
        "/2": "skipped: over the limit",
    }


def test_a_site_that_turns_us_away_by_name_has_opted_out(web: Web, collector: Collector) -> None:
    web.pages["avisa.example/robots.txt"] = Reply(body=b"User-agent: Helseradar\nDisallow: /1\n")
    met = run(collector)
    assert (met["/1"].outcome, met["/1"].reason) == ("skipped", "opted out (robots.txt)")
    assert met["/2"].outcome == "saved"


@pytest.mark.parametrize(
    ("robots", "reason"),
    [
        ("User-agent: *\nContent-Signal: search=yes, ai-input=no\n", "opted out (Content-Signal)"),
        ("Content-signal: AI-Input = no # takk\nUser-agent: *\nDisallow:\n", "opted out (Content-Signal)"),
        ("User-agent: en\nUser-agent: Helseradar\nContent-Signal: ai-input=no\n", "opted out (Content-Signal)"),
        ("User-agent: *\nContent-Signal: search=yes, ai-train=no\n", None),
        ("User-agent: en\nContent-Signal: ai-input=no\n", None),
        (
            "User-agent: *\nContent-Signal: ai-input=no\n\nUser-agent: Helseradar\nContent-Signal: ai-input=yes\n",
            None,
        ),
    ],
)
def test_signals_in_robots_txt_are_heeded(web: Web, collector: Collector, robots: str, reason: str | None) -> None:
    web.pages["avisa.example/robots.txt"] = Reply(body=robots.encode())
    met = run(collector)["/1"]
    assert met.reason == reason
    assert ("avisa.example/1" in web.asked) == (reason is None)


def test_a_redirect_into_a_reserved_place_is_seen(web: Web, collector: Collector) -> None:
    web.pages["avisa.example/1"] = Reply(status=302, headers={"Location": "http://pluss.example/1"})
    web.pages["pluss.example/1"] = html("Lukket sak")
    web.pages["pluss.example/.well-known/tdmrep.json"] = Reply(body=b'[{"location": "/", "tdm-reservation": 1}]')
    assert run(collector)["/1"].reason == "opted out (tdmrep.json)"


def test_a_change_of_mind_is_seen_after_a_month_or_when_the_feed_tells(web: Web, collector: Collector) -> None:
    web.pages["avisa.example/1"] = html("Sak 1", tdm_reservation="1")
    assert run(collector)["/1"].reason == "opted out (tdm-reservation header)"
    collector.memory.listings.clear()
    web.pages["avisa.example/1"] = html("Sak 1")
    assert run(collector)["/1"].reason == "opted out (tdm-reservation header), as before"
    collector.memory.listings.clear()
    collector.clock.time += timedelta(days=30)
    assert run(collector)["/1"].outcome == "saved"


def test_places_are_asked_for_again_in_each_run(web: Web, collector: Collector) -> None:
    web.pages["avisa.example/.well-known/tdmrep.json"] = Reply(body=b'[{"location": "/", "tdm-reservation": 1}]')
    assert {fetch.reason for fetch in run(collector).values()} == {"opted out (tdmrep.json)"}
    del web.pages["avisa.example/.well-known/tdmrep.json"]
    collector.memory.listings.clear()
    assert {fetch.outcome for fetch in run(collector).values()} == {"saved"}


def test_a_site_whose_file_does_not_answer_is_read_by_its_pages(web: Web, collector: Collector) -> None:
    web.pages["avisa.example/.well-known/tdmrep.json"] = Reply(status=500)
    assert {fetch.outcome for fetch in run(collector).values()} == {"saved"}
