"""What a trap is, and the small limits under which all of them are sprung."""

from __future__ import annotations

import ipaddress
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.article import Article
from corpus.client import Client
from corpus.connection import Limits
from corpus.guard import is_public
from corpus.options import Options
from corpus.pace import Politeness
from corpus.sources import Source
from tests.corpus.collecting import feed
from tests.corpus.loopback import Handler, Reply, Web, html

SMALL = Limits(bytes=6_000_000, decompressed_bytes=20_000_000, seconds=0.7, connect_seconds=0.5, redirects=5)
AT_MOST_PAGES = 20  # the run's --limit: a source may lead to any number

# Hosts beside those of the traps that are not where the public is.
PRIVATE = {"intern.example": "10.0.0.1", "metadata.example": "169.254.169.254", "selv.example": "127.0.0.2"}

Result = str  # "saved", or "failed: timed out"


@dataclass(frozen=True, kw_only=True)
class Trap:
    """One kind of misbehaviour.

    Attributes:
        name: also the host ``<name>.example`` and the source's id.
        pages: replies by path; the feed at ``/rss`` is made of ``/sak`` and ``/frisk`` where none is given.
        ends: the result by path; ``/frisk``, a healthy page after the trap, is saved where nothing else is said.
        counts: the results counted, for traps with too many to name.
        kind: of the source.
        options: of the source, as its kind takes them.
        requests: at most so many beside robots.txt.
        sent: at most so many bytes may leave the server.
        article: what must hold of the article at ``/sak``.
    """

    name: str
    pages: Mapping[str, Reply | Handler | list[Reply]]
    ends: Mapping[str, Result] = field(default_factory=dict)
    counts: Mapping[Result, int] = field(default_factory=dict)
    kind: str = "feed"
    options: Options | None = None
    requests: int = 3
    sent: int = 200_000
    article: Callable[[Article], bool] | None = None

    @property
    def host(self) -> str:
        return f"{self.name}.example"

    @property
    def source(self) -> Source:
        path = {"feed": "rss", "sitemap": "sitemap.xml"}.get(self.kind, "liste")
        return Source(
            id=self.name, name=self.name, kind=self.kind, url=f"http://{self.host}/{path}", options=self.options
        )

    def set_up(self, web: Web) -> None:
        """Put it onto a web."""
        own: dict[str, Reply | Handler | list[Reply]] = {"/frisk": html(story(f"Frisk side på {self.name}"))}
        if self.kind == "feed":
            own["/rss"] = feed("/sak", "/frisk")
        web.pages.update({self.host + path: reply for path, reply in {**own, **self.pages}.items()})

    @property
    def expected(self) -> Counter[Result]:
        """The results counted."""
        return Counter(self.counts or self.ends.values())


def page_trap(
    name: str, reply: Reply | Handler | list[Reply], result: Result, frisk: Result = "saved", **others: object
) -> Trap:
    """A trap at ``/sak``; the healthy page behind it must still be read."""
    return Trap(name=name, pages={"/sak": reply}, ends={"/sak": result, "/frisk": frisk}, **others)  # type: ignore[arg-type]


WORDS = ("kommune", "senger", "fagfolk", "fjord", "vinter", "lege", "plan", "budsjett", "sykehjem", "vakt", "fjell")


def story(title: str, more: str = "", head: str = "") -> str:
    """A page with an article of its own words."""
    own = " ".join(random.Random(title).choices(WORDS, k=80))
    return f"""<html lang="nb"><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>
    <p>Fjordbyen kommune foreslår å ansette ti nye jordmødre innen 2027, står det i saken om {title}.</p>
    <p>– Vi må få flere fagfolk inn i tjenesten, sier kommunelege Åse Tveitnes-Røyr i Fjordbyen kommune.</p>
    {more}<p>Fra saken: {own}.</p>
    <p>Kommunestyret behandler saken i juni, og vil ha et vedtak før sommeren.</p></article></body></html>"""


def hostile_client(web: Web) -> Client:
    """The real client: this web is its internet, in which 127.0.0.1 counts as public and nothing is waited for."""
    asked: Counter[str] = Counter()

    def resolve(host: str, port: int) -> Sequence[tuple[str, int]]:
        asked[host] += 1
        if host == "rebinding.example" and asked[host] > 1:
            return [("10.0.0.1", port)]
        if host in PRIVATE:
            return [(PRIVATE[host], port)]
        try:
            return [(str(ipaddress.ip_address(host.strip("[]"))), port)]
        except ValueError:
            return web.resolve(host, port)

    return Client(
        "Helseradar/0.1 (+https://helseradar.example/om)",
        Politeness(delay_seconds=0, retry_seconds=0),
        SMALL,
        resolve=resolve,
        is_public=lambda ip: ip == "127.0.0.1" or is_public(ip),
        sleep=lambda _: None,
    )
