from __future__ import annotations

import pytest

from review.evidence import Marked, mark, outward


@pytest.mark.parametrize(
    ("start", "end", "marked"),
    [
        (14, 19, Marked("Hun ", "lover", " mer.")),
        (10, 23, Marked("", "Hun lover mer", ".")),
        (5, 13, Marked("", "Hun", " lover mer.")),  # what lies before the sentence is not shown
        (20, 99, Marked("Hun lover ", "mer.", "")),
        (50, 60, Marked("Hun lover mer.", "", "")),
        (0, 5, Marked("", "", "Hun lover mer.")),
    ],
)
def test_a_measure_is_marked_in_its_sentence(start: int, end: int, marked: Marked) -> None:
    assert mark("Hun lover mer.", 10, start, end) == marked


@pytest.mark.parametrize(
    ("url", "followed"),
    [
        ("https://avisa.example/sak?a=1&b=2", True),
        ("http://avisa.example", True),
        ("HTTPS://avisa.example", True),
        ("javascript:alert(1)", False),
        ("JavaScript://avisa.example/%0aalert(1)", False),
        ("data:text/html,<script>", False),
        ("file:///etc/passwd", False),
        ("//avisa.example", False),
        ("https:///sak", False),
        ("http://[::1", False),
        ("", False),
        (None, False),
    ],
)
def test_only_addresses_on_the_web_are_followed(url: str | None, followed: bool) -> None:
    assert outward(url) == (url if followed else None)
