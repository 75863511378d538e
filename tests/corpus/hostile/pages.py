"""Pages that come well and are not what they seem."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.corpus.collecting import feed
from tests.corpus.hostile.traps import Trap, page_trap, story
from tests.corpus.loopback import Reply, html, redirect

TEASERS = "".join(
    f'<article><h2><a href="/{n}">Sak nummer {n}</a></h2><p>Her står en ingress om sak {n}.</p></article>'
    for n in range(9)
)
JSON_LD = "<script type='application/ld+json'>{}</script>"
ODD = """{"@type": "Article", "headline": {"a": 1}, "datePublished": 20240101, "author": [null, 7, {"name": [{}]}]}"""


def _dated(day: str) -> str:
    return f'<meta property="article:published_time" content="{day}">'


def _titled(title: str) -> Reply:
    """A page of running text under a title that says that there is none."""
    return html(story(title))


def traps() -> list[Trap]:
    """Errors that call themselves success, markup without end, and lies about charset, address and date."""
    latin, other = (story(f"Økt beredskap på {place}").encode("cp1252") for place in ("øya", "kysten"))
    spans = "<span class='date'>Publisert 24.04.2024 08:12</span>" * 30_000
    links = "<a href='/x'>Les mer om saken</a> " * 50_000
    return [
        page_trap("myk-404", _titled("Siden finnes ikke"), "failed: not found, with status 200"),
        page_trap("myk-404-en", _titled("404 – Page not found | Avisa"), "failed: not found, with status 200"),
        page_trap("feilside", _titled("503 Service Unavailable"), "failed: error page, with status 200"),
        page_trap("vedlikehold", _titled("Under vedlikehold"), "failed: error page, with status 200"),
        page_trap("robotsjekk", _titled("Just a moment..."), "failed: error page, with status 200"),
        Trap(name="logg-inn", pages={"/sak": redirect("/konto/logg-inn?r=1"),
             "/konto/logg-inn?r=1": html(story("Velkommen"))},
             ends={"/sak": "failed: login page", "/frisk": "saved"}, requests=4),
        page_trap("innloggingsside", _titled("Logg inn"), "failed: login page"),
        Trap(name="til-forsiden", pages={"/sak": redirect("/"), "/": html(story("Avisa"))},
             ends={"/sak": "failed: redirected to the front page", "/frisk": "saved"}, requests=4),
        Trap(name="forside", pages={"/rss": feed("/", "/frisk"), "/": html(story("Avisa", TEASERS))},
             ends={"/": "skipped: front page", "/frisk": "saved"}, requests=2),
        page_trap("bare-titler", html(f"<html><body>{TEASERS}</body></html>"), "failed: no article on the page"),
        page_trap("tom", html(""), "failed: empty page"),
        page_trap("bare-ramme", html("<html><frameset><frame src='/a'></frameset></html>"),
                  "failed: no article on the page"),
        page_trap("bare-script", html("<html><body><div id=app></div><script>start()</script></body></html>"),
                  "failed: no article on the page"),
        page_trap("meta-refresh", html("<html><head><meta http-equiv=refresh content='0;url=/sak'></head></html>"),
                  "failed: no article on the page"),
        page_trap("dyp", html("<div>" * 100_000 + "tekst" + "</div>" * 100_000), "failed: no article on the page",
                  sent=3_000_000),
        page_trap("mange-datoer", html(story("Kalender", spans)), "failed: too complex", sent=3_000_000),
        page_trap("mange-lenker", html(story("Lenker", links)), "failed: too complex", sent=3_000_000),
        page_trap("stort-attributt", html(story("Stort attributt", f"<p data-x='{'x' * 5_000_000}'></p>")), "saved",
                  sent=6_000_000),
        page_trap("nullbyte", html(story("Null\0byte")), "saved", article=lambda a: "\0" not in a.text),
        page_trap("dype-lister", html(story("Dype lister", "<ul><li>" * 5_000)), "saved", sent=300_000),
        page_trap("tegnsett-loegn", Reply(body=latin, headers={"Content-Type": "text/html; charset=utf-8"}), "saved",
                  article=lambda a: a.title == "Økt beredskap på øya"),
        page_trap("tegnsett-ukjent", Reply(body=other, headers={"Content-Type": "text/html; charset=klingon"}), "saved",
                  article=lambda a: a.title == "Økt beredskap på kysten"),
        page_trap("mojibake", html(story("Økt beredskap på fjellet").encode().decode("cp1252")), "saved",
                  article=lambda a: a.title == "Økt beredskap på fjellet"),
        page_trap("fremtid", html(story("I morgen", head=_dated("2099-01-01T12:00:00Z"))), "saved",
                  article=lambda a: a.published_on is None),
        page_trap("nulltid", html(story("Null tid", head=_dated("1970-01-01T00:00:00Z"))), "saved",
                  article=lambda a: a.published_on is None),
        page_trap("umulig-dato", html(story("Umulig", head=_dated("2025-02-31T99:99:99Z"))), "saved",
                  article=lambda a: a.published_on is None),
        page_trap("fremmed-canonical", html(story("Fremmed", head='<link rel=canonical href="http://x.example/a">')),
                  "saved", article=lambda a: a.canonical_url == "http://fremmed-canonical.example/sak"),
        page_trap("forside-canonical", html(story("Slurv", head='<link rel=canonical href="/">')),
                  "saved", article=lambda a: a.canonical_url == "http://forside-canonical.example/sak"),
        page_trap("dyp-json", html(story("Dyp JSON", head=JSON_LD.format("[" * 99_999))), "saved", sent=300_000),
        page_trap("rar-json", html(story("Rar JSON", head=JSON_LD.format(ODD))), "saved",
                  article=lambda a: a.title == "Rar JSON"),
        page_trap("merkelapp-i-tittel", html(story("<script>alert(1)</script>Merkelapp")), "saved",
                  article=lambda a: "alert" not in a.text),
        Trap(name="oekter", pages={"/rss": feed("/sak?sid=1", "/sak?sid=2", "/sak?sid=3"),
             **{f"/sak?sid={n}": html(story("Økter", head='<link rel=canonical href="/sak">')) for n in (1, 2, 3)}},
             ends={"/sak?sid=1": "saved", "/sak?sid=2": "unchanged", "/sak?sid=3": "unchanged"}, requests=4),
        Trap(name="feed-datoer", pages={"/rss": feed("/a", "/b", a=datetime(2099, 1, 1, 12, tzinfo=UTC),
                                                     b=datetime(1971, 1, 1, 12, tzinfo=UTC)),
             "/a": html(story("Sak a")), "/b": html(story("Sak b"))}, ends={"/a": "saved", "/b": "saved"}),
    ]  # fmt: skip
