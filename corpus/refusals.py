"""Pages that come with status 200 and say that there is nothing: not found, out of order, log in first.

Rules on addresses and on whole titles, few and general: a headline that merely speaks of errors is no error page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import httpx

from corpus.encoding import one_line

NOT_FOUND_PAGE = "not found, with status 200"
ERROR_PAGE = "error page, with status 200"
LOGIN_PAGE = "login page"

_THING = r"(?:siden|sida|saken|saka|artikkelen|dokumentet|innholdet|innhaldet|page|article|document|content)"
_TITLES = {
    NOT_FOUND_PAGE: rf"""
        (?:(?:feil|error|http)\W{{0,3}})?404 (?:\W{{1,3}} (?:feil|error|not\ found|ikke\ funnet|{_THING}\b.{{0,60}}))?
      | (?:404\W{{1,3}})?(?:\w+[,!.]\ )?(?:vi\ |eg\ |me\ )?(?:fant|finner|fann|finn|kan|kunne|could)
        \ (?:dessverre\ |diverre\ )?(?:ikke|ikkje|not)\ (?:finne\ |find\ )?(?:denne\ |the\ |that\ )?{_THING}\b.{{0,40}}
      | (?:the\ |this\ )?{_THING}(?:\ (?:du|you)\b.{{0,30}}?)?
        \ (?:(?:finnes|fins|finst|eksisterer)\ (?:ikke|ikkje)(?:\ len\w+)? | (?:does\ not|no\ longer)\ exists?
           | (?:er|ble|vart|is|was|could)\ (?:ikke|ikkje|not|no\ longer)\ (?:be\ )?(?:funn\w+|found|tilgj\w+|available))
      | (?:side|page|artikkel|article)?\ ?(?:ikke\ funnet|ikkje\ funne|not\ found)
    """,
    ERROR_PAGE: r"""
        (?:(?:feil|error|http)\W{0,3})?5\d\d (?:\W{1,3}[a-z -]*(?:error|gateway|unavailable|time-?out|feil).{0,20})?
      | (?:internal\ )?server\ error | bad\ gateway | service\ (?:temporarily\ )?unavailable | gateway\ time-?out
      | (?:error\ establishing\ a\ )?database\ (?:connection|error) | noe\ gikk\ galt | noko\ gjekk\ gale?
      | (?:en|ein)?\ ?(?:teknisk\ |uventet\ |uventa\ )?feil(?:\ har)?(?:\ oppst\w+)? | something\ went\ wrong
      | (?:under\ |planlagt\ )?(?:vedlikehold|vedlikehald) | (?:under\ |scheduled\ )?maintenance(?:\ mode)?
      | just\ a\ moment | attention\ required.{0,20} | access\ denied | ingen\ tilgang
      | are\ you\ (?:a\ )?(?:robot|human)
      | (?:checking|verifying)\ (?:your\ browser|you\ are\ human).{0,40}
    """,
    LOGIN_PAGE: r"logg(?:\ deg)?\ (?:inn|på) | (?:log|sign)\ ?in(?:\ to\ .{1,40})? | (?:inn|på)logging",
}
_REFUSALS = {reason: re.compile(pattern, re.VERBOSE) for reason, pattern in _TITLES.items()}

_LOGIN_PATHS = frozenset({
    "login", "logg-inn", "logginn", "logg_inn", "innlogging", "signin", "sign-in", "sign_in", "sso", "wp-login.php",
})  # fmt: skip
_LOGIN_HOSTS = frozenset({"login", "logginn", "auth", "sso", "idp", "id", "signin"})


def refusal(titles: Iterable[str]) -> str | None:
    """The reason why a page of these titles is no article, if one of them says so with all its words."""
    for title in titles:
        folded = one_line(title).casefold().strip(" .!?…:;–-")
        for reason, pattern in _REFUSALS.items():
            if pattern.fullmatch(folded):
                return reason
    return None


def sent_to_login(asked: str, got: str) -> bool:
    """Whether a request for one address ended at a place to log in; both addresses in normal form."""
    return got != asked and _is_login(got) and not _is_login(asked)


def _is_login(address: str) -> bool:
    url = httpx.URL(address)
    return url.host.partition(".")[0] in _LOGIN_HOSTS or not _LOGIN_PATHS.isdisjoint(url.path.lower().split("/"))
