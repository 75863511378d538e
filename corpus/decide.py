"""What to do with an address, and what its page turned out to be: decisions without effects."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from corpus.addresses import is_front_page
from corpus.article import OPTED_OUT, Article, Known, Outcome
from corpus.connection import PRIVATE_ADDRESS
from corpus.links import Link
from corpus.robots import ROBOTS_TXT

OVER_THE_LIMIT = "over the limit"
FRONT_PAGE = "front page"  # sitemaps list it, and its teasers read like an article

# Articles are corrected, and taken down, mostly within days. Until then some are looked at again, once a day at most.
LOOKED_AFTER = timedelta(days=7)
LOOK_AGAIN_AFTER = timedelta(days=1)
LOOKED_AT_AGAIN = 50  # pages of a source in a run

# Reasons that rest on rules, the site's or ours. Rules change, and asking for them again costs no page.
_RULED_OUT = (ROBOTS_TXT, PRIVATE_ADDRESS)

# A page that was reserved by its own words is asked for again after so long: its owner may have changed their mind.
ASK_AGAIN = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """``fetch`` the page, leave it as ``unchanged``, or ``skip`` it for a reason."""

    action: Literal["fetch", "unchanged", "skip"]
    reason: str | None = None


def decide(link: Link, known: Known | None, now: datetime, *, room: bool, again: bool = False) -> Decision:
    """What to do with an entry of a listing.

    Args:
        link: the entry.
        known: what is remembered of its address.
        now: in UTC.
        room: whether the limit allows one more page.
        again: whether it is time to look at a known page again, whatever the listing says.
    """
    if is_front_page(link.url):
        return Decision(action="skip", reason=FRONT_PAGE)
    if known is not None and not _is_newer(link, known, now) and not (again and room):
        if known.article_id is not None:
            return Decision(action="unchanged")
        reconsidered = (known.reason or "").startswith(OPTED_OUT) and now - known.fetched_at >= ASK_AGAIN
        if known.reason is not None and known.reason not in _RULED_OUT and not reconsidered:
            return Decision(action="skip", reason=f"{known.reason}, as before")
    return Decision(action="fetch") if room else Decision(action="skip", reason=OVER_THE_LIMIT)


def is_due(known: Known, now: datetime) -> bool:
    """Whether the page of a known article is to be looked at again, without its listing saying so."""
    return (
        known.article_id is not None
        and known.appeared_at is not None
        and now - known.appeared_at <= LOOKED_AFTER
        and now - known.fetched_at >= LOOK_AGAIN_AFTER
    )


def is_taken_down(known: Known | None, status_code: int | None) -> bool:
    """Whether the page of a known article is gone, and not just the listing mistaken."""
    return known is not None and known.article_id is not None and status_code in (404, 410)


def settle(article: Article, twin: str | None, remembered: Collection[Known]) -> Outcome:
    """What the article that was read is: saved, unchanged or duplicate.

    Args:
        article: as read now.
        twin: the id of an article with the same words, if one is kept.
        remembered: what is known of the addresses that lead to this one.
    """
    as_it_was = any(
        known.article_id == article.article_id and known.fingerprint == article.fingerprint for known in remembered
    )
    if as_it_was or twin == article.article_id:
        return "unchanged"
    return "saved" if twin is None else "duplicate"


def _is_newer(link: Link, known: Known, now: datetime) -> bool:
    """Whether the listing speaks of a change since the page was read. A date to come says nothing of the page now."""
    changed_at = link.modified_at or link.published_at
    return changed_at is not None and known.fetched_at < changed_at <= now
