"""Web addresses in one normal form, so that the same page has the same address.

courlan's ``normalize_url`` was looked at and left: it takes ``cid``, ``eid``, ``uid``, ``session`` and ``source`` for
tracking, by which some sites number their articles, and drops parameters without a value.
"""

from __future__ import annotations

import re

import httpx

LONGEST = 2_000  # characters; longer ones are traps or broken pages, and servers cut them anyway

# What mail and advertising systems add to the address of a page: beginnings of names, and whole names.
TRACKING_FAMILIES = ("utm_", "mtm_", "pk_", "hsa_", "oly_", "vero_")
TRACKING = frozenset({
    "at_campaign", "at_medium", "dclid", "fbclid", "gbraid", "gclid", "igshid", "li_fat_id", "mc_cid", "mc_eid",
    "mkt_tok", "msclkid", "ttclid", "twclid", "wbraid", "yclid", "_ga", "_gl", "_hsenc", "_hsmi",
})  # fmt: skip
_DEFAULT_PORTS = {"http": 80, "https": 443}  # httpx knows them too, but not beside a scheme in capitals
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]")
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_BLANK_OR_CONTROL = re.compile(r"[\x00-\x20\x7f]+")


def normal_form(address: str, base: str | None = None) -> str | None:
    """The address in normal form, or ``None`` if it is no web address (``mailto:``, ``javascript:``, broken).

    Scheme and host in lower case, the host in its ASCII form, letters like ``æ`` percent-encoded, default port,
    fragment and tracking parameters dropped, ``.`` and ``..`` resolved. A trailing slash stays as it is, for to some
    servers it is another page, and those to whom it is not say so by a redirect; only an empty path becomes ``/``.
    The other parameters keep their order.

    Args:
        address: as it stands in a page or listing; blanks around it and line breaks inside are dropped.
        base: the address of what it stands in, for a relative one.
    """
    address = _BLANK_OR_CONTROL.sub(lambda gap: "" if set(gap[0]) & set("\r\n\t\0") else "%20", address.strip())
    if not address or len(address) > LONGEST:
        return None
    try:
        if base is None or address.startswith(
            ("http://", "https://")
        ):  # as most are, and joining costs four times as much
            url = httpx.URL(address)
        else:
            url = httpx.URL(base).join(address)
        raw_host, raw_path = url.raw_host.decode("ascii"), url.raw_path.decode("ascii")
    except (httpx.InvalidURL, ValueError):
        return None
    host = f"[{raw_host}]" if ":" in raw_host else raw_host.lower().rstrip(".")
    port = None if url.port == _DEFAULT_PORTS.get(url.scheme) else url.port
    if url.scheme not in ("http", "https") or url.userinfo or not _HOST.fullmatch(host):
        return None
    if port is not None and not 0 < port < 65_536:
        return None
    path, _, query = raw_path.partition("?")
    kept = [pair for pair in query.split("&") if pair and not _is_tracking(pair.partition("=")[0].lower())]
    rest = path + ("?" + "&".join(kept) if kept else "")
    return f"{url.scheme}://{host}{'' if port is None else f':{port}'}" + _ESCAPE.sub(lambda e: e[0].upper(), rest)


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are on the same host, with or without ``www.``, by http or https."""
    return _site(one) == _site(other)


def canonical_address(declared: str | None, fetched: str) -> str:
    """The address that names a page: the one it declares, where that can be believed, else the one it came from.

    Not believed is another host (a page must not take over a stranger's article) and the front page declared by a page
    that is not it (a slip of some content systems, by which all articles would be one).

    Args:
        declared: what the page says in ``link rel=canonical`` or the like.
        fetched: where it came from after redirects, in normal form.
    """
    address = normal_form(declared, fetched) if declared else None
    if address is None or not same_site(address, fetched):
        return fetched
    if is_front_page(address) and not is_front_page(fetched):
        return fetched
    return address


def is_front_page(address: str) -> bool:
    """Whether an address in normal form is that of a whole site."""
    return address.endswith("/") and address.count("/") == 3  # asked of every link, hence without parsing


def _is_tracking(name: str) -> bool:
    return name in TRACKING or name.startswith(TRACKING_FAMILIES)


def _site(address: str) -> tuple[str, int | None]:
    url = httpx.URL(address)
    return url.host.removeprefix("www."), url.port
