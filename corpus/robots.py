"""What a site asks of robots, as RFC 9309 reads it, and how this one names itself."""

from __future__ import annotations

import re
from typing import Self

from protego import Protego

from corpus.article import Reservation

ROBOT = "Helseradar"  # the name that sites can address
ROBOTS_TXT = "robots.txt"
NAMED_IN_ROBOTS_TXT = Reservation(where=ROBOTS_TXT, said=f"User-agent: {ROBOT}")
ENOUGH = 512 * 1024  # bytes of a robots.txt that are read; the RFC asks for at least 500 KiB


def user_agent(contact: str) -> str:
    """Our User-Agent; ``contact`` is an address (mail or web) at which a site's owner reaches who runs this."""
    return f"{ROBOT}/0.1 (+{contact})"


class Rules:
    """The rules of one site for one robot."""

    def __init__(
        self, parsed: Protego | None, robot: str, *, named: bool = False, reserved: Reservation | None = None
    ) -> None:
        self._parsed = parsed
        self._robot = robot
        self._named = named
        self.reserved = reserved  # by a Content-Signal, for the whole site

    @classmethod
    def from_answer(cls, status_code: int, content: bytes, robot: str) -> Self:
        """Rules from what the site gave for ``/robots.txt``; ``robot`` is the product name in our User-Agent.

        A site without one (any 4xx, or redirects without end) allows everything, and so does a page in its place:
        where a web page is given for every unknown address, it holds no rule. No answer and 5xx do not come here.
        """
        text = content[:ENOUGH].decode("utf-8-sig", errors="replace")
        if status_code != 200 or text.lstrip()[:1] == "<":
            return cls(None, robot)
        named = re.search(rf"^\s*user-agent\s*:\s*{re.escape(robot)}\b", text, re.IGNORECASE | re.MULTILINE)
        return cls(Protego.parse(text), robot, named=named is not None, reserved=content_signal(text, robot))

    def allow(self, url: str) -> bool:
        """Whether the address may be fetched."""
        return self._parsed is None or bool(self._parsed.can_fetch(url, self._robot))

    @property
    def names_us(self) -> bool:
        """Whether a group of rules is meant for this robot by name, and not for all."""
        return self._named

    @property
    def delay_seconds(self) -> float:
        """The pause that the site asks for between two requests; 0 if it asks for none."""
        return 0.0 if self._parsed is None else self._parsed.crawl_delay(self._robot) or 0.0

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that it names, in its order."""
        return () if self._parsed is None else tuple(self._parsed.sitemaps)


def content_signal(text: str, robot: str) -> Reservation | None:
    """What a ``Content-Signal`` line (contentsignals.org) in a robots.txt reserves from us.

    A group for ``robot`` by name counts instead of the one for all, as with rules; a line before any group is for all.
    ``ai-input=no`` keeps a page from being read by a model. ``search`` and ``ai-train`` speak of what we do not do.
    """
    said: dict[str, str] = {}
    agents, in_heads = {"*"}, False
    for line in text.splitlines():
        key, _, value = (part.strip().lower() for part in line.partition("#")[0].partition(":"))
        if key == "user-agent":
            agents = {*agents, value} if in_heads else {value}
        elif key == "content-signal":
            said |= dict.fromkeys(agents, value)
        in_heads = key == "user-agent" or (in_heads and not key)
    ours = said.get(robot.lower(), said.get("*", ""))
    if not re.search(r"(?:^|[\s,;])ai-input\s*=\s*no\b", ours):
        return None
    return Reservation(where="Content-Signal", said=f"Content-Signal: {ours}"[:300])
