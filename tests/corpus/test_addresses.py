"""One page, one address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.addresses import canonical_address, is_front_page, normal_form, same_site


@pytest.mark.parametrize(
    ("address", "normal"),
    [
        ("HTTPS://WWW.Avisa.Example:443/Sak", "https://www.avisa.example/Sak"),
        ("http://avisa.example:80", "http://avisa.example/"),
        ("http://avisa.example:8080/", "http://avisa.example:8080/"),
        ("http://avisa.example./sak", "http://avisa.example/sak"),
        ("http://[::1]:80/sak", "http://[::1]/sak"),
        ("https://avisa.example/sak#kommentarer", "https://avisa.example/sak"),
        ("https://avisa.example/sak/", "https://avisa.example/sak/"),
        ("https://avisa.example/a/./b/../c", "https://avisa.example/a/c"),
        ("https://avisa.example/sjøfolk på vei", "https://avisa.example/sj%C3%B8folk%20p%C3%A5%20vei"),
        ("https://avisa.example/sj%c3%b8folk", "https://avisa.example/sj%C3%B8folk"),
        ("https://blå-helse.example/", "https://xn--bl-helse-b0a.example/"),
        ("https://avisa.example/?p=12&utm_source=nyhetsbrev&utm_medium=e-post", "https://avisa.example/?p=12"),
        ("https://avisa.example/sak?fbclid=abc", "https://avisa.example/sak"),
        ("https://avisa.example/sak?b=2&gclid=x&a=1&c", "https://avisa.example/sak?b=2&a=1&c"),
        (
            "https://avisa.example/sak?cid=7&source=rss&session=2",
            "https://avisa.example/sak?cid=7&source=rss&session=2",
        ),
        ("  https://avisa.example/\n sak \n", "https://avisa.example/sak"),
    ],
)
def test_normal_form(address: str, normal: str) -> None:
    assert normal_form(address) == normal


@pytest.mark.parametrize(
    ("address", "normal"),
    [
        ("/sak", "https://avisa.example/sak"),
        ("sak", "https://avisa.example/helse/sak"),
        ("?side=2", "https://avisa.example/helse/?side=2"),
        ("//annen.example/sak", "https://annen.example/sak"),
        ("#topp", "https://avisa.example/helse/"),
    ],
)
def test_relative_addresses_relate_to_the_page(address: str, normal: str) -> None:
    assert normal_form(address, "https://avisa.example/helse/") == normal


@pytest.mark.parametrize(
    "address",
    [
        "", "mailto:a@b.example", "javascript:void(0)", "tel:22222222", "ftp://avisa.example/", "file:///etc/passwd",
        "sak", "http://", "http://..", "http://[::", "http://a b/", "http://x.example:99999/",
        "https://bruker:ord@x.example/", "https://x.example/" + "a" * 2000, "http://x.example/\ud800",
    ],
)  # fmt: skip
def test_what_is_no_web_address(address: str) -> None:
    assert normal_form(address) is None


@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://avisa.example/", "//", "?", "http://a.example:"]))
def test_the_normal_form_is_its_own_and_nothing_breaks(text: str, start: str) -> None:
    normal = normal_form(start + text, "https://avisa.example/a/b")
    assert normal is None or (normal_form(normal) == normal and normal.isascii())


@pytest.mark.parametrize(
    ("declared", "canonical"),
    [
        ("https://avisa.example/sak/12", "https://avisa.example/sak/12"),
        ("http://avisa.example/sak/12", "http://avisa.example/sak/12"),
        ("/sak/12?utm_source=x", "https://www.avisa.example/sak/12"),
        ("https://annen.example/sak/12", "https://www.avisa.example/sak/12?visning=amp"),
        ("https://www.avisa.example/", "https://www.avisa.example/sak/12?visning=amp"),
        ("javascript:void(0)", "https://www.avisa.example/sak/12?visning=amp"),
        ("", "https://www.avisa.example/sak/12?visning=amp"),
        (None, "https://www.avisa.example/sak/12?visning=amp"),
    ],
)
def test_the_address_a_page_declares_is_believed_on_its_own_site(declared: str | None, canonical: str) -> None:
    assert canonical_address(declared, "https://www.avisa.example/sak/12?visning=amp") == canonical


def test_a_site_is_its_host_with_or_without_www() -> None:
    assert same_site("https://www.avisa.example/a", "http://avisa.example/b")
    assert not same_site("https://avisa.example/a", "https://helse.avisa.example/a")
    assert not same_site("http://127.0.0.1:8001/a", "http://127.0.0.1:8002/a")
    assert is_front_page("https://avisa.example/")
    assert not is_front_page("https://avisa.example/?p=12")
