"""Feeds, sitemaps and robots.txt that never end, say nothing, or want something else read."""

from __future__ import annotations

import gzip
from itertools import count

from corpus.options import ListingOptions
from tests.corpus.collecting import feed, sitemap
from tests.corpus.hostile.answers import for_ever
from tests.corpus.hostile.traps import AT_MOST_PAGES, Trap, story
from tests.corpus.loopback import Reply, Request, html, redirect, xml

LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
OUTSIDE = "<!DOCTYPE x [<!ENTITY fil SYSTEM 'file:///etc/passwd'><!ENTITY ute SYSTEM 'http://ute.example/x'>]>"
RSS = "<rss version='2.0'><channel>{}</channel></rss>"
ITEM = "<item><title>{}</title><link>/sak</link></item>"


def _robots(name: str, reply: Reply, ends: dict[str, str], sent: int = 200_000) -> Trap:
    return Trap(name=name, pages={"/robots.txt": reply, "/sak": html(story(f"Sak på {name}"))}, ends=ends, sent=sent)


def _feed(name: str, reply: Reply, ends: dict[str, str], sent: int = 200_000) -> Trap:
    return Trap(name=name, pages={"/rss": reply, "/sak": html(story(f"Sak på {name}"))}, ends=ends, sent=sent)


def _sitemap(name: str, reply: Reply, ends: dict[str, str], **others: int) -> Trap:
    pages = {"/sitemap.xml": reply, "/sak": html(story(f"Sak på {name}"))}
    return Trap(name=name, kind="sitemap", pages=pages, ends=ends, **others)  # type: ignore[arg-type]


def robots_traps() -> list[Trap]:
    """What stands where a robots.txt should."""
    both = {"/sak": "saved", "/frisk": "saved"}
    large = b"User-agent: *\nDisallow: /sak\n" + b"Disallow: /x\n" * 400_000
    # One such rule, made a regular expression, takes a matcher that goes back longer than the sun will last.
    stars = "User-agent: *\nDisallow: /" + "*a" * 60 + "*b\n"

    return [
        _robots("robots-html", html("<html><body>User-agent: *\nDisallow: /</body></html>"), both),
        _robots("robots-500", Reply(status=500), {"/rss": "failed: robots.txt: HTTP 500"}),
        _robots("robots-drypper", Reply(send=for_ever(b"#", 0.05)), {"/rss": "failed: robots.txt: timed out"}),
        _robots("robots-5-mb", Reply(body=large), {"/sak": "skipped: robots.txt", "/frisk": "saved"}, sent=6_000_000),
        _robots("robots-soppel", Reply(body=bytes(range(256)) * 40), both),
        _robots("robots-ring", redirect("/robots.txt"), both),
        _robots("robots-aarevis", Reply(body=b"User-agent: *\nCrawl-delay: 99999999\n"), both),
        _robots("robots-stjerner", Reply(body=stars.encode()), both),
        _robots("robots-nei", Reply(body=b"User-agent: *\nDisallow: /\n"), {"/rss": "failed: robots.txt"}),
    ]


def feed_traps() -> list[Trap]:
    """What calls itself a feed."""
    saved = {"/sak": "saved"}
    many = "".join(f"<item><link>/{number}</link></item>" for number in range(100_000))
    return [
        Trap(name="hundre-tusen", pages={"/rss": xml(RSS.format(many))}, requests=AT_MOST_PAGES + 1, sent=5_000_000,
             counts={"failed: HTTP 404": AT_MOST_PAGES, "skipped: over the limit": 5_000 - AT_MOST_PAGES,
                     "failed: too many items": 1}),
        _feed("samme-id", xml(RSS.format("<item><guid>1</guid><link>/sak</link></item>" * 50)), saved),
        _feed("uten-lenker", xml(RSS.format("<item><title>Sak</title></item>" * 9)),
              {"/rss": "failed: no links in the feed"}),
        _feed("rare-lenker", feed("javascript:alert(1)", "mailto:a@b.example", "file:///etc/passwd", "data:,x", "sak",
                                  "/" + "x" * 3_000, "http://", "//rare-lenker.example/sak", "http://[::1"),
              saved | {f"/rss#entry-{number}": "skipped: no web address" for number in (1, 2, 3, 4, 6, 9)}),
        _feed("privat-lenke", feed("http://169.254.169.254/latest", "http://intern.example/", "http://intern.example/a"),
              {"http://169.254.169.254/latest": "failed: private address", "/": "skipped: front page",
               "/a": "failed: private address"}),
        _feed("feed-latter", xml(f"{LAUGHS}]>{RSS.format(ITEM.format('&i;'))}"), saved),
        _feed("feed-utenfra", xml(OUTSIDE + RSS.format(ITEM.format("&fil;&ute;"))), saved),
        _feed("feed-html", html(story("Ingen feed")), {"/rss": "failed: not a feed"}),
        _feed("feed-innlogging", redirect("/frisk"), {"/rss": "failed: not a feed"}),
        _feed("feed-intet", xml(""), {"/rss": "failed: not a feed"}),
        _feed("feed-uten-saker", xml(RSS.format("")), {}),
        _feed("feed-avkortet", xml(RSS.format(ITEM.format("Sak") + "<item><lin")[:-25]), saved),
        _feed("feed-nullbyte", xml(RSS.format(ITEM.format("\0\x01"))), saved),
        _feed("feed-dyp", xml(RSS.format("<a>" * 50_000 + ITEM.format("Sak"))), saved, sent=300_000),
    ]  # fmt: skip


def sitemap_traps() -> list[Trap]:
    """What calls itself a sitemap."""
    months = count()

    def next_month(request: Request) -> Reply:
        return _index(f"/kalender?m={next(months)}")

    def _index(*links: str) -> Reply:
        return xml(
            "<sitemapindex>" + "".join(f"<sitemap><loc>{link}</loc></sitemap>" for link in links) + "</sitemapindex>"
        )

    chain = {f"/kalender?m={number}": next_month for number in range(9)}
    wide = [f"/del?n={number}" for number in range(600)]
    bomb = gzip.compress(b"<urlset>" + b" " * 40_000_000)
    return [
        Trap(name="kalenderfelle", kind="sitemap", pages={"/sitemap.xml": next_month, **chain}, requests=4,
             ends={"/kalender?m=2": "failed: sitemaps nested too deep"}),
        Trap(name="bred-indeks", kind="sitemap", requests=501, sent=300_000,
             pages={"/sitemap.xml": _index(*wide), **{link: sitemap() for link in wide}},
             ends={"/del?n=500": "failed: too many sitemaps"}),
        _sitemap("seg-selv", _index("/sitemap.xml", "/sitemap.xml#a"), {}),
        _sitemap("sitemap-latter", xml(f"{LAUGHS}]><urlset><url><loc>/sak</loc><a>&i;</a></url></urlset>"),
                 {"/sitemap.xml": "failed: broken sitemap"}),
        _sitemap("sitemap-utenfra", xml(f"{OUTSIDE}<urlset><url><loc>/sak</loc><a>&fil;&ute;</a></url></urlset>"),
                 {"/sak": "saved"}),
        _sitemap("sitemap-bombe", Reply(body=bomb), {"/sitemap.xml": "failed: too large"}),
        _sitemap("sitemap-avkortet", xml("<urlset><url><loc>/sak</loc></url><url><lo"),
                 {"/sak": "saved", "/sitemap.xml": "failed: broken sitemap"}),
        _sitemap("sitemap-html", html(story("Intet kart")), {"/sitemap.xml": "failed: not a sitemap"}),
        _sitemap("sitemap-dyp", xml("<urlset>" + "<url>" * 50_000), {"/sitemap.xml": "failed: broken sitemap"},
                 sent=300_000),
        Trap(name="sitemap-mange", kind="sitemap", requests=AT_MOST_PAGES + 1, sent=3_000_000,
             pages={"/sitemap.xml": sitemap(*(f"/{number}" for number in range(50_100)))},
             counts={"failed: HTTP 404": AT_MOST_PAGES, "skipped: over the limit": 50_000 - AT_MOST_PAGES,
                     "failed: too many items": 1}),
    ]  # fmt: skip


def page_traps() -> list[Trap]:
    """Pages that list articles and go on for ever."""

    def _page(*links: str, following: str) -> Reply:
        items = "".join(f"<li class=sak><a href='{link}'>Sak</a></li>" for link in links)
        return html(f"<ul>{items}</ul><a class=eldre href='{following}'>Eldre</a>")

    def ever_older(request: Request) -> Reply:
        number = int(request.path.partition("=")[2] or 0) + 1
        return _page(f"/sak/{number}", following=f"/liste?side={number}")

    options = ListingOptions(item_selector="li.sak", next_selector="a.eldre", pages=5)
    older = {f"/liste?side={number}": ever_older for number in range(1, 9)}
    return [
        Trap(name="uendelig-liste", kind="listing", options=options, requests=10,
             pages={"/liste": ever_older, **older}, counts={"failed: HTTP 404": 5, "skipped: too many pages": 1}),
        Trap(name="liste-i-ring", kind="listing", options=options, ends={"/sak": "saved"}, requests=3,
             pages={"/liste": _page("/sak", following="/liste?side=1"), "/sak": html(story("Sak i ring")),
                    "/liste?side=1": _page("/sak", following="/liste")}),
        Trap(name="liste-utenfor", kind="listing", options=options, ends={"/sak": "saved"}, requests=2,
             pages={"/liste": _page("/sak", "javascript:alert(1)", following="http://intern.example/"),
                    "/sak": html(story("Sak på liste"))}),
    ]  # fmt: skip
