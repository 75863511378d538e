"""What a site has that can be collected."""

from __future__ import annotations

import pytest

from corpus.discovery import Discovery, discover
from corpus.errors import FetchError
from tests.corpus.collecting import MORNING, feed, sitemap
from tests.corpus.loopback import Reply, Web, html, redirect, serve_web

FRONT = "<html><head><title>Fjordavisa – forsiden</title>{}</head><body><p>Forsiden</p></body></html>"


@pytest.fixture
def site() -> Web:
    with serve_web() as web:
        web.pages["fjord.example/"] = html(FRONT.format(""))
        yield web


def found(web: Web, url: str = "http://fjord.example/") -> Discovery:
    with web.client() as client:
        return discover(url, client, allow_private=True, now=MORNING)


def places(discovery: Discovery) -> list[tuple[str, str]]:
    return [(one.kind, one.url.partition(".example")[2]) for one in discovery.found]


def test_a_feed_that_the_page_names_comes_first_and_comments_are_no_news(site: Web) -> None:
    names = "".join(
        f"<link rel='alternate' type='application/rss+xml' href='{path}' title='{title}'>"
        for path, title in {"/comments/feed/": "Comments", "/nyheter.rss": "Nyheter"}.items()
    )
    site.pages["fjord.example/"] = html(FRONT.format(names))
    site.pages["fjord.example/nyheter.rss"] = feed("/1", "/2")
    site.pages["fjord.example/comments/feed/"] = feed("/1#k")
    site.pages["fjord.example/feed/"] = feed("/1")
    site.pages["fjord.example/sitemap.xml"] = sitemap("/1", "/2", "/om")
    discovery = found(site)
    assert places(discovery) == [("feed", "/nyheter.rss"), ("sitemap", "/sitemap.xml")]
    assert discovery.name == "Fjordavisa – forsiden"
    assert discovery.found[0].glance.items == 2
    assert "fjord.example/feed/" not in site.asked


@pytest.mark.parametrize("path", ["?lab_viewport=rss", "feed/", "rss", "rss.xml", "atom.xml"])
def test_a_feed_in_a_usual_place_is_found(site: Web, path: str) -> None:
    site.pages[f"fjord.example/{path}"] = feed("/1")
    assert places(found(site)) == [("feed", f"/{path}")]


def test_a_section_is_preferred_to_the_whole_paper(site: Web) -> None:
    site.pages["fjord.example/helse"] = html(FRONT.format(""))
    site.pages["fjord.example/helse/?lab_viewport=rss"] = feed("/helse/1")
    site.pages["fjord.example/?lab_viewport=rss"] = feed("/sport/1")
    assert places(found(site, "http://fjord.example/helse")) == [("feed", "/helse/?lab_viewport=rss")]


def test_sitemaps_that_robots_txt_names_and_a_wordpress_api_are_found(site: Web) -> None:
    site.pages["fjord.example/robots.txt"] = Reply(body=b"Sitemap: http://fjord.example/kart.xml\n")
    site.pages["fjord.example/kart.xml"] = sitemap("/1")
    posts = b'[{"link": "http://fjord.example/1", "title": {"rendered": "Nytt"}, "date_gmt": "2026-01-09T08:00:00"}]'
    site.pages["fjord.example/wp-json/wp/v2/posts?per_page=1"] = Reply(body=posts, headers={"X-WP-Total": "812"})
    discovery = found(site)
    assert places(discovery) == [("wordpress", "/wp-json/wp/v2/posts"), ("sitemap", "/kart.xml")]
    assert (discovery.found[0].glance.items, str(discovery.found[0].glance.newest_at)) == (
        812,
        "2026-01-09 08:00:00+00:00",
    )


def test_the_address_may_be_the_feed_itself_and_may_have_moved(site: Web) -> None:
    site.pages["fjord.example/gammel"] = redirect("/ny.rss", 301)
    site.pages["fjord.example/ny.rss"] = feed("/1")
    assert places(found(site, "http://fjord.example/gammel")) == [("feed", "/ny.rss")]


def test_a_site_that_answers_everything_with_its_front_page_has_nothing(site: Web) -> None:
    front = site.pages["fjord.example/"]
    site.answer = lambda request: front if request.path != "/robots.txt" else Reply(status=404)  # type: ignore[method-assign, assignment, return-value]
    assert found(site).found == ()


def test_a_site_that_is_not_there_is_said_so(site: Web) -> None:
    with pytest.raises(FetchError, match="HTTP 404"):
        found(site, "http://fjord.example/borte")
