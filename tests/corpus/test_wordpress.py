"""WordPress' REST API: what changed since, what a killed run left, what is no WordPress."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from corpus.article import Fetch
from tests.corpus.collecting import outcomes
from tests.corpus.loopback import Reply, Request, Web
from tests.corpus.stored import Case

ENDPOINT = "kilde.example/wp-json/wp/v2/posts?per_page=2&_fields=id%2Clink%2Cdate_gmt%2Cmodified_gmt%2Ctitle%2Ccontent"
SINCE = ENDPOINT + "&modified_after=2026-01-08T10%3A00%3A00Z"


def post(number: int, modified: str = "2026-01-09T08:00:00", text: str = "", date: str = "") -> dict[str, object]:
    return {
        "link": f"http://kilde.example/{number}/",
        "date_gmt": date or modified,
        "modified_gmt": modified,
        "title": {"rendered": f"Sak {number}"},
        "content": {"rendered": f"<p>Fjordby kommune vil ansette {number} jordmødre til våren.</p><p>{text}</p>"},
    }


def answer(*posts: dict[str, object], total: int | None = 1) -> Reply:
    headers = {"Content-Type": "application/json"} | ({} if total is None else {"X-WP-TotalPages": str(total)})
    return Reply(body=json.dumps(posts).encode(), headers=headers)


def test_only_what_changed_is_asked_for_and_the_next_run_goes_on_from_there(web: Web) -> None:
    case = Case("wordpress", web)
    case.run()
    web.pages[SINCE] = answer(post(99))
    assert outcomes(case.run()) == {"/99/": "saved"}
    web.pages[SINCE.replace("08T10", "09T08")] = answer()
    assert case.run() == []
    assert web.asked == [SINCE.replace("08T10", "09T08")]


def test_many_changes_without_a_word_changed_are_read_to_the_last_page(web: Web) -> None:
    case = Case("wordpress", web)
    web.pages[ENDPOINT] = answer(post(1, "2026-01-08T10:00:00"), post(2, "2026-01-08T10:00:00"))
    case.run()
    case.clock.time += timedelta(hours=6)
    web.pages[SINCE] = answer(post(1, "2026-01-10T08:00:00"), post(2, "2026-01-10T08:00:01"), total=2)
    web.pages[SINCE + "&page=2"] = answer(post(3, "2026-01-10T08:00:02"), total=2)
    assert outcomes(case.run()) == {"/1/": "unchanged", "/2/": "unchanged", "/3/": "saved"}


def test_a_post_written_long_before_it_was_published_is_found_within_days(web: Web) -> None:
    case = Case("wordpress", web)
    case.run()
    web.pages[ENDPOINT] = answer(post(50, "2025-12-01T08:00:00"), post(30), total=2)
    assert case.run() == []
    case.clock.time += timedelta(days=4)
    assert outcomes(case.run())["/50/"] == "saved"


@pytest.mark.parametrize("die_after", range(4))
def test_a_later_run_killed_between_pages_loses_nothing(web: Web, die_after: int) -> None:
    case = Case("wordpress", web)
    case.run()
    case.clock.time += timedelta(days=4)
    web.pages[ENDPOINT] = answer(post(91), post(92), total=3)
    web.pages[ENDPOINT + "&page=2"] = answer(post(93), post(94), total=3)
    web.pages[ENDPOINT + "&page=3"] = answer(post(95), total=3)
    case.run(die_after=die_after)
    case.run()
    assert {f"http://kilde.example/{n}/" for n in range(91, 96)} <= set(case.memory.addresses)


def test_without_the_header_the_walk_ends_with_the_error_that_says_so(web: Web) -> None:
    case = Case("wordpress", web)
    web.pages[ENDPOINT] = answer(post(1), post(2), total=None)
    web.pages[ENDPOINT + "&page=2"] = Reply(status=400, body=b'{"code":"rest_post_invalid_page_number"}')
    assert outcomes(case.run()) == {"/1/": "saved", "/2/": "saved"}
    assert case.memory.listings


def test_a_page_that_was_promised_and_fails_is_a_failure_and_tried_again(web: Web) -> None:
    case = Case("wordpress", web)
    web.pages[ENDPOINT + "&page=2"] = Reply(status=404)
    failed = [item for item in case.run() if isinstance(item, Fetch) and item.outcome == "failed"]
    assert [item.reason for item in failed] == ["HTTP 404"]
    web.pages[ENDPOINT + "&page=2"] = answer(post(7), total=2)
    assert outcomes(case.run())["/7/"] == "saved"


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(body=b"<html>Logg inn</html>", headers={"Content-Type": "text/html"}), "not JSON"),
        (Reply(body=b'{"code":"rest_forbidden"}'), "not a list of WordPress posts"),
        (Reply(body=b'[1, null, {"link": 7}]'), "not a list of WordPress posts"),
        (Reply(body=b"[" * 200_000), "not JSON"),
        (Reply(status=401), "HTTP 401"),
    ],
)
def test_what_is_no_wordpress_is_said_so(web: Web, reply: Reply, reason: str) -> None:
    case = Case("wordpress", web)
    web.pages[ENDPOINT] = reply
    assert list(outcomes(case.run()).values()) == [f"failed: {reason}"]


def test_pages_without_end_are_read_up_to_the_bound_and_it_is_said(web: Web) -> None:
    def more(request: Request) -> Reply:
        number = int(request.path.rpartition("page=")[2]) if "&page=" in request.path else 1
        return answer(post(number), total=10_000)

    case = Case("wordpress", web, pages=5)
    web.pages[ENDPOINT] = more
    for number in range(2, 9):
        web.pages[f"{ENDPOINT}&page={number}"] = more
    assert sorted(outcomes(case.run()).values()) == ["saved"] * 5 + ["skipped: too many pages"]
    assert len(web.asked) == 5
