"""What collecting makes of a page: an ``Article``, made of ``Block``s."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "caption", "quote", "fact"]

BULLET = "• "


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of an article in one layout: its kind, and its text on one line, without bullet or line breaks."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as it was found, before anybody has read it.

    Attributes:
        source_id: the source that led to it.
        url: the address it was fetched from; a ``file:`` address for a local file.
        canonical_url: the address that names it, in normal form: what its identity rests on.
        title: its headline; the first block says it again, so that ``text`` can be read alone.
        byline: the names of its authors, as the page gives them.
        published_on: the day of publication in Norway, or ``None`` when the page gives none. Never guessed.
        published_at: the instant in UTC, only when the page gives a time of day.
        published_from: where the date was read (``json-ld``, ``meta``, ``time``, ``feed``, ``text``, ``url`` …).
        modified_at: when the page says it was last changed, in UTC.
        language: the language that the page declares (``nb``, ``nn``, ``en`` …), if any; reading decides for itself.
        section: the part of the site it stands in, if the page says.
        blocks: its layout in reading order, the title first.
        is_stub: only the open part of an article that is for subscribers.
        known_as: the canonical address under which it was first met, where its site has moved it since.
    """

    source_id: str
    url: str
    canonical_url: str
    title: str
    blocks: tuple[Block, ...]
    byline: tuple[str, ...] = ()
    published_on: date | None = None
    published_at: datetime | None = None
    published_from: str | None = None
    modified_at: datetime | None = None
    language: str | None = None
    section: str | None = None
    is_stub: bool = False
    known_as: str | None = None

    @property
    def article_id(self) -> str:
        """Identity across runs and machines: a hash of the canonical address, of the first one if it has moved."""
        return content_id("article", self.known_as or self.canonical_url)

    @property
    def text(self) -> str:
        """The clean text: blocks apart by an empty line, list items as lines that begin with ``• ``."""
        pieces: list[str] = []
        before: Block | None = None
        for block in self.blocks:
            if before is not None:
                pieces.append("\n" if block.kind == before.kind == "item" else "\n\n")
            pieces.append(BULLET + block.text if block.kind == "item" else block.text)
            before = block
        return "".join(pieces)

    @property
    def fingerprint(self) -> str:
        """The same for the same words: a hash of the text with case, blanks and punctuation folded away."""
        folded = unicodedata.normalize("NFKC", self.text).casefold()
        return content_id("text", re.sub(r"[\W_]+", " ", folded).strip())

    @property
    def version_id(self) -> str:
        """Identity of this wording of the article."""
        return content_id("version", self.article_id, self.fingerprint)


def content_id(*parts: str) -> str:
    """16 hexadecimal digits that any machine makes of the same parts (SHA-256, parts apart by a unit separator)."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """That a site keeps a page from text and data mining.

    Attributes:
        where: it says so (``tdm-reservation header``, ``tdm-reservation meta``, ``tdmrep.json``, ``robots meta``,
            ``X-Robots-Tag``, ``robots.txt``, ``Content-Signal``).
        said: its words, for the record.
    """

    where: str
    said: str

    @property
    def reason(self) -> str:
        """As it is counted: ``opted out (tdmrep.json)``."""
        return f"{OPTED_OUT} ({self.where})"


OPTED_OUT = "opted out"
TAKEN_DOWN = "taken down"
"""The reason of the page of a known article that is gone."""

Outcome = Literal["saved", "unchanged", "duplicate", "skipped", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """What became of one address that a source led to. There is exactly one for every address found.

    Attributes:
        source_id: the source that led to it.
        url: the address in normal form: of a page, of a file, or of a listing that itself failed.
        outcome: saved (new words), unchanged, duplicate (its words are kept under another article), skipped or failed.
        fetched_at: the instant, in UTC, at which this was settled.
        reason: why it was skipped or failed, in few and stable words (``HTTP 404``, ``timed out``); else ``None``.
        status_code: what the server answered; ``None`` when it was not asked or did not answer.
        article: what was read, whenever a page or file was read, also when it is unchanged or a duplicate.
        retry: not settled yet (a failure that may pass, or over the limit): the next run tries this address again.
        reserved: that the site keeps this page from mining, found now; nothing of its text is kept.
        etag: of the page, if the server gave one: what to ask it against next time.
        last_modified: likewise.
    """

    source_id: str
    url: str
    outcome: Outcome
    fetched_at: datetime
    reason: str | None = None
    status_code: int | None = None
    article: Article | None = None
    retry: bool = False
    reserved: Reservation | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The state of a feed or sitemap whose items were all dealt with: what to ask it against next time.

    Attributes:
        url: its address in normal form.
        etag: its ``ETag`` as the server gave it, if any.
        last_modified: its ``Last-Modified`` as the server gave it, if any.
        content_hash: of its bytes; decides where a server keeps its validators although the content changed.
        fetched_at: in UTC.
    """

    source_id: str
    url: str
    etag: str | None
    last_modified: str | None
    content_hash: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """One part of a source's archive whose items were all dealt with on a walk back in time.

    Attributes:
        url: its address in normal form: of a page of a feed, or of a sitemap.
        page: which page of the feed, from 1; ``None`` for a sitemap.
        since: the day before which its items were left out; ``None`` if none was.
        newest_on: the day of the newest item on a page of a feed, where it gives any.
        is_last: whether the archive ends here.
        walked_at: in UTC.
    """

    source_id: str
    url: str
    page: int | None
    since: date | None
    newest_on: date | None
    is_last: bool
    walked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is remembered of an address, be it one that was fetched or the canonical one of an article.

    Attributes:
        article_id: the article found there, if any.
        fingerprint: of the latest version of that article.
        fetched_at: when its page was last read or ended for good; not when it was last listed, or failed for now.
        reason: set when it ended for good without an article (``Fetch.retry`` false), so that it is not tried daily.
        appeared_at: when the article was published or first met, whichever is earlier, in UTC; ``None`` if unknown.
        etag: of the page as it was last read, if the server gave one.
        last_modified: likewise.
        known_as: set when this is the canonical address of an article that was first met under this other one.
    """

    article_id: str | None = None
    fingerprint: str | None = None
    fetched_at: datetime
    reason: str | None = None
    appeared_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    known_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """How a source was last asked.

    Attributes:
        polled_at: when, in UTC.
        nothing_new: how many times in a row it had nothing new; halved where it had little new.
        due_at: when its time comes again, in UTC.
    """

    source_id: str
    polled_at: datetime
    nothing_new: int
    due_at: datetime
