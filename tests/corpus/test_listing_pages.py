"""Pages that list articles, and APIs that a source describes: where they end, and when something is wrong."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from corpus.options import ApiOptions
from tests.corpus.collecting import outcomes
from tests.corpus.loopback import Reply, Request, Web, html
from tests.corpus.stored import Case

STORY = "<h1>Sak {0}</h1><article><p>Fjordby kommune vil ansette {0} jordmødre til våren.</p></article>"


def listed(*links: str, following: str = "") -> Reply:
    items = "".join(f"<li class=item><a href='{link}'>Sak</a></li>" for link in links)
    return html(f"<ul>{items}</ul><a class=next href='{following}'>Eldre</a>")


def test_a_calendar_whose_pages_have_nothing_new_ends(web: Web) -> None:
    case = Case("listing", web)
    for month in range(1, 9):
        web.pages[f"kilde.example/aktuelt?side={month}"] = listed("/sak/1", following=f"?side={month + 1}")
    web.pages["kilde.example/aktuelt"] = listed("/sak/1", following="?side=1")
    assert outcomes(case.run()) == {"/sak/1": "saved"}
    assert len([address for address in web.asked if "aktuelt" in address]) == 2


def test_a_calendar_whose_every_page_is_new_ends_at_the_bound(web: Web) -> None:
    def month(request: Request) -> Reply:
        number = int(request.path.partition("=")[2] or 0)
        return listed(f"/dag/{number}", following=f"?side={number + 1}")

    case = Case("listing", web, pages=4)
    web.pages["kilde.example/aktuelt"] = month
    for number in range(1, 9):
        web.pages[f"kilde.example/aktuelt?side={number}"] = month
        web.pages[f"kilde.example/dag/{number - 1}"] = html(STORY.format(number))
    results = outcomes(case.run())
    assert sorted(results.values()) == ["saved"] * 4 + ["skipped: too many pages"]
    assert case.run() == [], "what lies behind the bound is not asked for again each time"


def test_a_later_run_stops_where_it_knows_everything(web: Web) -> None:
    case = Case("listing", web)
    case.run()
    web.pages["kilde.example/sak/4"] = html(STORY.format(4))
    web.pages["kilde.example/aktuelt"] = listed("/sak/4", "/sak/3", following="?side=2")
    web.pages["kilde.example/aktuelt?side=2"] = listed("/sak/2", "/sak/1", following="?side=3")
    assert outcomes(case.run()) == {"/sak/4": "saved", **dict.fromkeys(("/sak/3", "/sak/2", "/sak/1"), "unchanged")}
    assert len(web.asked) == 3, "the first page has something new, the second nothing"


def test_pages_of_other_sites_do_not_go_on_here(web: Web) -> None:
    case = Case("listing", web)
    web.pages["kilde.example/aktuelt"] = listed("/sak/1", following="http://annen.example/liste")
    assert outcomes(case.run()) == {"/sak/1": "saved"}


@pytest.mark.parametrize(
    ("first", "reason"),
    [
        (html("<ul><li class='nytt-oppsett'><a href='/sak/1'>Sak</a></li></ul>"), "no items in the listing"),
        (html("<ul><li class=item><a href='mailto:a@b.example'>Tips oss</a></li></ul>"), "no links in the listing"),
        (Reply(body=b"%PDF", headers={"Content-Type": "application/pdf"}), "not a web page"),
        (html(""), "not a web page"),
    ],
)
def test_a_page_that_lists_nothing_is_a_failure(web: Web, first: Reply, reason: str) -> None:
    case = Case("listing", web)
    web.pages["kilde.example/aktuelt"] = first
    assert outcomes(case.run()) == {"/aktuelt": f"failed: {reason}"}


@pytest.mark.parametrize("end", [Reply(status=404), html("<p>Ingen flere</p>")])
def test_the_page_after_the_last_is_no_failure(web: Web, end: Reply) -> None:
    case = Case("listing", web)
    web.pages["kilde.example/aktuelt?side=2"] = end
    assert outcomes(case.run()) == {"/sak/3": "saved", "/sak/2": "saved"}
    assert case.run() == []


# APIs


def answered(*slugs: str, following: str | None = None) -> Reply:
    items = [
        {"slug": slug, "heading": slug, "body": {"html": f"Fjordby kommune vil ansette {slug} jordmødre."}}
        for slug in slugs
    ]
    return Reply(body=json.dumps({"data": {"articles": items}, "links": {"next": following}}).encode())


@pytest.mark.parametrize("end", [Reply(status=404), answered()])
def test_numbered_pages_end_with_an_empty_or_missing_one(web: Web, end: Reply) -> None:
    case = Case("api", web)
    options = ApiOptions(items="data.articles", link="/nyheter/{slug}", text="body.html", page_parameter="p")
    case.source = replace(case.source, options=options)
    web.pages["kilde.example/api/news"] = answered("to")
    web.pages["kilde.example/api/news?p=2"] = answered("tre")
    web.pages["kilde.example/api/news?p=3"] = end
    assert outcomes(case.run()) == {"/nyheter/to": "saved", "/nyheter/tre": "saved"}
    assert case.run() == []


def test_a_mark_for_the_next_page_is_put_into_the_address(web: Web) -> None:
    case = Case("api", web, next_parameter="etter")
    web.pages["kilde.example/api/news"] = answered("to", following="m=1&x")
    web.pages["kilde.example/api/news?etter=m%3D1%26x"] = answered("tre")
    assert list(outcomes(case.run())) == ["/nyheter/to", "/nyheter/tre"]


def test_an_answer_that_names_itself_as_the_next_ends(web: Web) -> None:
    case = Case("api", web)
    web.pages["kilde.example/api/news"] = answered("to", following="/api/news")
    assert outcomes(case.run()) == {"/nyheter/to": "saved"}


def test_items_without_a_text_path_are_fetched(web: Web) -> None:
    case = Case("api", web, text="finnes.ikke")
    web.pages["kilde.example/nyheter/to"] = html(STORY.format(2))
    web.pages["kilde.example/api/news"] = answered("to")
    assert outcomes(case.run()) == {"/nyheter/to": "saved"}
    assert web.asked == ["kilde.example/api/news", "kilde.example/nyheter/to"]


def test_a_text_without_a_date_that_changed_is_a_new_version(web: Web) -> None:
    case = Case("api", web)
    web.pages["kilde.example/api/news"] = answered("to")
    case.run()
    changed = answered("to")
    web.pages["kilde.example/api/news"] = Reply(body=changed.body.replace(b"ansette", b"si opp"))
    assert outcomes(case.run()) == {"/nyheter/to": "saved"}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html>", "not JSON"),
        (b'{"data": {"artikler": []}}', "no items in the listing"),
        (b'{"data": {"articles": [{"heading": "a"}, 7]}}', "no links in the answer"),
    ],
)
def test_an_answer_other_than_described_is_a_failure(web: Web, body: bytes, reason: str) -> None:
    case = Case("api", web)
    web.pages["kilde.example/api/news"] = Reply(body=body)
    assert outcomes(case.run()) == {"/api/news": f"failed: {reason}"}
