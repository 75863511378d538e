"""Articles and what was read in them, made by hand. Everybody is invented; one source writes markup into everything."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from corpus.article import Article, Block, Fetch
from nlp.analysis import Analysis, Label, Measure, Mention, Modality, Organisation, Person, Quote
from warehouse.load import save_analyses, save_fetches, save_sources, settle_duplicates
from warehouse.pending import pending_texts
from warehouse.publish import publish
from warehouse.store import Warehouse

NOW = datetime(2026, 3, 2, 5, 30, tzinfo=UTC)
MODEL = "prøve-1.0"

HOSTILE_TITLE = """<script>alert("tittel")</script> & 'sitat'"""
HOSTILE_NAME = '"><img src=x onerror=alert(1)>'
HOSTILE_ADDRESS = "javascript:alert(1)"
SØLVI = Person(
    name="Sølvi Ådnebø", aliases=("Ådnebø",), role="daglig leder", organisation="Pasientforeningen Øst og Ås"
)
TORE = Person(name="Tore Myrvang", role="forsker")
FORENINGEN = Organisation(name="Pasientforeningen Øst og Ås", aliases=("POÅ",))
SYKEHUSET = Organisation(name="Fjellbygd sykehus")
KLYNGEN = Organisation(name="Lysning Helseklynge")
PEOPLE, BODIES = (SØLVI, TORE, Person(name=HOSTILE_NAME)), (FORENINGEN, SYKEHUSET, KLYNGEN)


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


AVISA = ASource(id="avisa", name="Avisa for Ås")
BLADET = ASource(id="bladet", name="Bladet <i>Helse</i>")


@dataclass(frozen=True, kw_only=True)
class Said:
    """A measure in a story: the words of it, and who wants whom to do it."""

    text: str
    modality: Modality
    proposer: str = ""
    addressee: str = ""


@dataclass(frozen=True, kw_only=True)
class Story:
    article: Article
    measures: tuple[Said, ...] = ()
    quotes: tuple[tuple[str, str], ...] = ()
    language: str = "nb"


def story(
    slug: str,
    title: str,
    *paragraphs: str,
    day: date | None,
    measures: tuple[Said, ...] = (),
    quotes: tuple[tuple[str, str], ...] = (),
    source: ASource = AVISA,
    address: str | None = None,
    language: str = "nb",
) -> Story:
    blocks = [Block(kind="heading", text=title), *(Block(kind="paragraph", text=text) for text in paragraphs)]
    url = address or f"http://{source.id}.example/{slug}"
    article = Article(
        source_id=source.id, url=url, canonical_url=url, title=title, blocks=tuple(blocks), published_on=day
    )
    return Story(article=article, measures=measures, quotes=quotes, language=language)


NIGHT = story(
    "nattvakt",
    "Ber sykehuset åpne på natten",
    "Pasientforeningen Øst og Ås krever at Fjellbygd sykehus åpner akuttmottaket om natten. Avdelingen er stengt nå.",
    "– Folk må slippe å vente til morgenen, sier Sølvi Ådnebø. Tore Myrvang er enig.",
    day=date(2026, 2, 27),
    measures=(
        Said(
            text="åpner akuttmottaket om natten",
            modality="demanded",
            proposer=FORENINGEN.name,
            addressee=SYKEHUSET.name,
        ),
    ),
    quotes=(("Folk må slippe å vente til morgenen", SØLVI.name),),
)
NYNORSK = story(
    "fastlegar",
    "Vil ha fleire fastlegar i utkanten",
    "Tore Myrvang foreslår å løne fastlegar betre i utkanten. Lysning Helseklynge er med på arbeidet.",
    day=date(2026, 1, 14),
    measures=(Said(text="løne fastlegar betre i utkanten", modality="proposed", proposer=TORE.name),),
    source=BLADET,
    language="nn",
)
HOSTILE = story(
    "fiendtlig",
    HOSTILE_TITLE,
    f"{HOSTILE_NAME} foreslår å <b>stenge</b> & rive </blockquote><script>alert(2)</script>. Ferdig.",
    day=date(2026, 2, 1),
    measures=(Said(text="<b>stenge</b> & rive", modality="rejected", proposer=HOSTILE_NAME),),
    source=BLADET,
    address=HOSTILE_ADDRESS,
)
UNDATED = story(
    "udatert",
    "Uten dato",
    "Noen vil pusse opp ventesonen.",
    day=None,
    measures=(Said(text="pusse opp ventesonen", modality="planned"),),
)
SERIES = tuple(
    story(
        f"nummer-{number}",
        f"Nytt fra klyngen nummer {number}",
        f"Lysning Helseklynge planlegger å prøve ut løsning nummer {number}. Fjellbygd sykehus blir med.",
        day=date(2025, 1 + number % 12, 1 + number % 28),
        measures=(Said(text=f"prøve ut løsning nummer {number}", modality="planned", proposer=KLYNGEN.name),),
    )
    for number in range(30)
)
STORIES = (NIGHT, NYNORSK, HOSTILE, UNDATED, *SERIES)
# The night story once more, at another address
SAME_STORY = replace(
    NIGHT.article, source_id=BLADET.id, url="http://bladet.example/natt", canonical_url="http://bladet.example/natt"
)


def publish_stories(data: Path, stories: tuple[Story, ...] = STORIES) -> Path:
    """A data folder in which these stories are collected, read and published; the path of the published copy."""
    by_version = {story.article.version_id: story for story in stories}
    articles = [story.article for story in stories]
    if NIGHT in stories:
        articles.append(SAME_STORY)
    with Warehouse(data).write() as con:
        save_sources(con, [AVISA, BLADET])
        save_fetches(con, "r1", [_fetch(article) for article in articles])
        settle_duplicates(con)
        pending = pending_texts(con, MODEL, 1000)
        save_analyses(con, "r1", [(text, read(by_version[text.version_id], text.version_id)) for text in pending], NOW)
    path = publish(data, NOW)
    assert path is not None
    return path


def read(story: Story, text_id: str) -> Analysis:
    """What a model would have read in a story."""
    text = story.article.text
    people = tuple(person for person in PEOPLE if person.name in text)
    bodies = tuple(body for body in BODIES if body.name in text)
    named: list[tuple[str, Label]] = [(person.name, "person") for person in people]
    named += [(body.name, "organisation") for body in bodies]
    return Analysis(
        text_id=text_id,
        model=MODEL,
        language=story.language,
        mentions=tuple(
            Mention(text=name, label=label, start=text.index(name), end=text.index(name) + len(name), name=name)
            for name, label in named
        ),
        people=people,
        organisations=bodies,
        measures=tuple(_measure(text, said) for said in story.measures),
        quotes=tuple(
            Quote(
                text=words, start=text.index(words), end=text.index(words) + len(words), kind="direct", speaker=speaker
            )
            for words, speaker in story.quotes
        ),
    )


def _measure(text: str, said: Said) -> Measure:
    start = text.index(said.text)
    sentence = (text.rindex("\n", 0, start) + 1, text.index(".", start) + 1)
    return Measure(
        text=said.text,
        start=start,
        end=start + len(said.text),
        sentence=sentence,
        modality=said.modality,
        cue="",
        proposer=said.proposer,
        addressee=said.addressee,
        topics=("akutthjelp",),
        confidence=0.8,
    )


def _fetch(article: Article) -> Fetch:
    return Fetch(
        source_id=article.source_id,
        url=article.url,
        outcome="saved",
        fetched_at=NOW,
        status_code=200,
        article=article,
    )
