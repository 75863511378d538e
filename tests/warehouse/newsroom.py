"""Articles and readings made by hand, for the tests of the warehouse. Everybody in them is invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from corpus.article import Article, Block, Fetch, Outcome
from nlp.analysis import Analysis, Measure, Mention, Modality, Organisation, Person, Quote
from warehouse.load import save_analyses, save_fetches, save_sources, settle_duplicates
from warehouse.pending import PendingText, pending_texts
from warehouse.store import Warehouse

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
MODEL = "prøve-1.0"

KARI = Person(name="Kari Ødegård-Næss", aliases=("Ødegård-Næss",), role="leder", organisation="Fjordhelse")
ÅSE = Person(name="Åse Bjørkli")
FJORDHELSE = Organisation(name="Fjordhelse", aliases=("FH",))
NORDLYS = Organisation(name="Nordlys Klynge")


@dataclass(frozen=True, kw_only=True)
class ASource:
    id: str
    name: str
    kind: str = "feed"
    url: str | None = "http://avisa.example/feed"
    path: Path | None = None
    group: str | None = None
    verified: bool = True
    enabled: bool = True


AVISA = ASource(id="avisa", name="Avisa")
BLADET = ASource(id="bladet", name="Bladet")


def article(slug: str, *paragraphs: str, day: date | None = None, source: ASource = AVISA, title: str = "") -> Article:
    blocks = [Block(kind="heading", text=title or f"Om {slug}")]
    blocks += [Block(kind="paragraph", text=paragraph) for paragraph in paragraphs]
    url = f"http://{source.id}.example/{slug}"
    return Article(
        source_id=source.id, url=url, canonical_url=url, title=blocks[0].text, blocks=tuple(blocks), published_on=day
    )


def fetch(article: Article, outcome: Outcome = "saved", at: datetime = NOW, url: str | None = None) -> Fetch:
    return Fetch(
        source_id=article.source_id,
        url=url or article.url,
        outcome=outcome,
        fetched_at=at,
        status_code=200,
        article=article,
    )


def read(
    pending: PendingText,
    people: Sequence[Person] = (KARI, ÅSE),
    organisations: Sequence[Organisation] = (FJORDHELSE, NORDLYS),
    model: str = MODEL,
) -> Analysis:
    """Finds the names it is given, and measures written as "X foreslår å ...", "X krever å ..." to the full stop."""
    text = pending.text
    people = [person for person in people if person.name in text]
    organisations = [body for body in organisations if body.name in text]
    mentions = [
        Mention(text=name, label=label, start=at, end=at + len(name), name=name)
        for label, names in (
            ("person", [person.name for person in people]),
            ("organisation", [body.name for body in organisations]),
        )
        for name in names
        for at in _places(text, name)
    ]
    return Analysis(
        text_id=pending.version_id,
        model=model,
        language="nb",
        mentions=tuple(sorted(mentions, key=lambda mention: mention.start)),
        people=tuple(people),
        organisations=tuple(organisations),
        measures=tuple(sorted(_measures(text), key=lambda measure: measure.start)),
        quotes=tuple(
            Quote(text="Vi må videre", start=at, end=at + 12, kind="direct", speaker=ÅSE.name)
            for at in _places(text, "Vi må videre")
        ),
    )


def _places(text: str, wanted: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(wanted, at)]


def _measures(text: str) -> list[Measure]:
    found = []
    cues: tuple[tuple[str, Modality], ...] = ((" foreslår å ", "proposed"), (" krever å ", "demanded"))
    for cue, modality in cues:
        for at in _places(text, cue):
            first = max(text.rfind("\n", 0, at), text.rfind(". ", 0, at) + 1) + 1
            start, end = at + len(cue), text.index(".", at)
            found.append(
                Measure(
                    text=text[start:end],
                    start=start,
                    end=end,
                    sentence=(first, end + 1),
                    modality=modality,
                    cue=cue.split()[0],
                    proposer=text[first:at],
                    addressee="",
                    topics=("digitalisering",),
                    confidence=0.8,
                )
            )
    return found


def read_all(con: duckdb.DuckDBPyConnection, run_id: str = "r1", model: str = MODEL, at: datetime = NOW) -> int:
    """Read everything pending, in batches of two; returns how many texts."""
    texts = 0
    while batch := pending_texts(con, model, 2):
        save_analyses(con, run_id, [(pending, read(pending, model=model)) for pending in batch], at)
        texts += len(batch)
    return texts


def fill(data: Path, *articles: Article, run_id: str = "r1") -> Warehouse:
    """A warehouse with these articles collected and read."""
    warehouse = Warehouse(data)
    with warehouse.write() as con:
        save_sources(con, [AVISA, BLADET])
        save_fetches(con, run_id, [fetch(one) for one in articles])
        settle_duplicates(con)
        read_all(con, run_id)
    return warehouse


def column(con: duckdb.DuckDBPyConnection, sql: str) -> list[object]:
    return [row[0] for row in con.execute(sql).fetchall()]


STORIES = (
    article(
        "beredskap",
        "Kari Ødegård-Næss foreslår å samle beredskapen i nord. Fjordhelse er med.",
        "Fjordhelse krever å få bruke dataene. Fjordhelse og Nordlys Klynge står bak.",
        day=date(2024, 12, 30),
    ),
    article(
        "nyttår",
        "Fjordhelse foreslår å bygge en ny båt 🚤. «Vi må videre», sier Åse Bjørkli.",
        day=date(2025, 1, 2),
        source=BLADET,
    ),
    article("vår", "Ukjente Venner foreslår å plante trær.", "Nordlys Klynge lytter.", day=date(2025, 4, 1)),
    article("udatert", "Fjordhelse foreslår å bygge en ny båt 🚤.", "Nordlys Klynge er enig."),
)
