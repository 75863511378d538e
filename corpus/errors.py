"""What can go wrong in collecting.

CorpusError
├── SourcesError        a list of sources is wrong; stops before anything is fetched
├── FetchError          an address gave no page
├── ListingError        a page came, but it is no feed or sitemap that can be read
└── ExtractionError     a page or file came, but there is no article in it
"""

from __future__ import annotations

from pathlib import Path


class CorpusError(Exception):
    """Anything that collecting cannot do; its text is one line that says what to do or what was met."""


class SourcesError(CorpusError):
    """A list of sources cannot be used.

    Attributes:
        path: the file it stands in.
        source_id: the source concerned, if it is one.
        key: the key concerned, if it is one.
    """

    def __init__(self, path: Path, problem: str, *, source_id: str | None = None, key: str | None = None) -> None:
        where = str(path) if source_id is None else f"{path}: source {source_id!r}"
        super().__init__(f"{where}: {problem}")
        self.path = path
        self.source_id = source_id
        self.key = key


class FetchError(CorpusError):
    """An address gave no page.

    Attributes:
        url: the address asked for.
        reason: few and stable words, fit for counting (``HTTP 404``, ``timed out``, ``private address``).
        status_code: what the server answered, if it answered.
        retry: whether the same request may do better later.
    """

    def __init__(self, url: str, reason: str, *, status_code: int | None = None, retry: bool = False) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason
        self.status_code = status_code
        self.retry = retry


class ListingError(CorpusError):
    """What came is no feed or sitemap that can be read.

    Attributes:
        url: its address.
        reason: few and stable words (``not a feed``, ``not a sitemap``).
    """

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason


class ExtractionError(CorpusError):
    """A page or file holds no article.

    Attributes:
        url: its address, or the ``file:`` address of a file.
        reason: few and stable words (``no article on the page``, ``empty file``, ``binary file``, ``unknown ending``).
        retry: whether the same address may hold one later (an error page).
    """

    def __init__(self, url: str, reason: str, *, retry: bool = False) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason
        self.retry = retry
