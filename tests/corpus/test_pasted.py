"""Text pasted from a page keeps the article and loses the page; ordinary text keeps every word."""

from __future__ import annotations

import difflib
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from corpus.files import read_file
from corpus.pasted import Pasted, read_pasted

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LEAD = "Fire prøvekommuner går sammen om å kjøpe utstyr, og ber staten dekke halvparten av kostnadene de første årene."
QUOTE = "– Vi må få et svar før sommeren, sier leder Tuva Eksempelvik i Prøvestad kommune til avisen."


def read(text: str) -> Pasted:
    pasted = read_pasted(text, fetched_at=NOW)
    assert pasted is not None
    return pasted


def lines(pasted: Pasted) -> list[str]:
    return [block.text for block in pasted.blocks]


def test_a_list_of_other_articles_gives_the_date_of_this_one() -> None:
    pasted = read(
        f"fbpx\n\nGår sammen om innkjøp\n\n  • More news on Prøveklyngen\n\n{LEAD}\n\n\u00a0\n\nVil ha svar\n\n"
        f"{QUOTE}\n\nMore articles\nFire råd om opplæring\n24.04.2024\nGår sammen om innkjøp\n17.04.2024\n"
        "Nye medlemmer!\n22.03.2024"
    )
    assert pasted.title == "Går sammen om innkjøp"
    assert lines(pasted) == ["Går sammen om innkjøp", LEAD, "Vil ha svar", QUOTE]
    assert (pasted.dates.published_on, pasted.dates.published_from) == (date(2024, 4, 17), "related list")


def test_a_list_in_which_this_article_is_not_gives_no_date() -> None:
    pasted = read(f"Går sammen om innkjøp\n\n{LEAD}\n\nFlere saker\nFire råd om opplæring\n24.04.2024\n")
    assert pasted.dates.published_on is None
    assert lines(pasted) == ["Går sammen om innkjøp", LEAD]


def test_publisert_without_a_date_marks_the_title_and_dates_nothing() -> None:
    pasted = read(
        f"Utstyr og teknologi\n\nGår sammen om innkjøp\n\nPublisert\n\n{LEAD}\n\n"
        "Dette vil de:\n\n • dele lager\n • kjøpe biler\n\n"
        "Går sammen om innkjøp: Leder Tuva Eksempelvik la fram planen\nPowered by Labrador CMS"
    )
    assert (pasted.title, pasted.section) == ("Går sammen om innkjøp", "Utstyr og teknologi")
    assert pasted.dates.published_on is None
    assert [(block.kind, block.text) for block in pasted.blocks[2:]] == [
        ("paragraph", "Dette vil de:"),
        ("item", "dele lager"),
        ("item", "kjøpe biler"),
        ("caption", "Går sammen om innkjøp: Leder Tuva Eksempelvik la fram planen"),
    ]


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("Publisert 24.04.2024 08:12", datetime(2024, 4, 24, 6, 12, tzinfo=UTC)),
        ("Publisert: 24. april 2024", None),
        ("Publisert av Live Skribentsen onsdag 24. april 2024 kl. 08.12", datetime(2024, 4, 24, 6, 12, tzinfo=UTC)),
        (
            "Først publisert: 24.04.2024 08:12. Sist oppdatert: 25.04.2024 10:00",
            datetime(2024, 4, 24, 6, 12, tzinfo=UTC),
        ),
    ],
)
def test_a_line_with_the_date_is_read_and_dropped(line: str, at: datetime | None) -> None:
    pasted = read(f"Går sammen om innkjøp\n{line}\n\n{LEAD}")
    assert (pasted.dates.published_on, pasted.dates.published_at) == (date(2024, 4, 24), at)
    assert lines(pasted) == ["Går sammen om innkjøp", LEAD]


def test_menus_cookies_bylines_and_notices_go() -> None:
    pasted = read(
        "Hopp til innhold\nMeny\nSøk\n\nGår sammen om innkjøp\n\nAv Live Skribentsen og Per Bilde\n\n"
        f"Del på Facebook\n\nDenne siden er oppdiktet og hører til en prøve.\n\n{LEAD}\n\nAnnonse\n\n"
        f"Les også: Noe ganske annet\n\n{QUOTE}\n\nMest lest\nEn sak om noe annet\nEnda en sak om noe annet\n\n"
        "Vi bruker informasjonskapsler for å gi deg en bedre opplevelse.\nGodta alle\n© Prøveavisa"
    )
    assert pasted.byline == ("Live Skribentsen", "Per Bilde")
    assert lines(pasted) == ["Går sammen om innkjøp", LEAD, QUOTE]


def test_running_text_about_such_things_stays() -> None:
    text = (
        "Vil forby cookies på sykehus\n\n"
        "Sykehusene bruker cookies til statistikk, og det må de slutte med, mener leder Tuva Eksempelvik.\n\n"
        "Rapporten som ble publisert 3. mars 2019, har fått ny aktualitet.\n\n"
        "Les også dette nøye: Alle pasienter har krav på svar innen ti dager fra de spør om det, og mer enn som så om "
        "de vil ha innsyn i alt som noen gang er lagret om dem på sykehusene i fylket, både på papir og i de nye "
        "systemene som ble tatt i bruk i fjor, sier hun."
    )
    pasted = read(text)
    assert " ".join(lines(pasted)).split() == text.split()
    assert pasted.dates.published_on is None


def test_text_without_a_title_keeps_its_beginning_once() -> None:
    pasted = read(f"{LEAD} {QUOTE}\n\nMer tekst kommer her, og den er helt vanlig.")
    assert pasted.title.startswith("Fire prøvekommuner")
    assert len(pasted.title) <= 160
    assert lines(pasted)[0] == f"{LEAD} {QUOTE}"


def test_lines_broken_at_a_width_become_one_paragraph_and_speech_stays_speech() -> None:
    wrapped = (
        "Prøvestad kommune vil samle all opplæring av nye ansatte på\n"
        "ett sted, og ber om penger til det over neste års budsjett i\n"
        "kommunen."
    )
    pasted = read(
        f"Samler opplæringen\n\n{wrapped}\n\n- Det haster, sier hun.\n\nKravene:\n- flere vakter\n- bedre lønn\n"
    )
    assert [(block.kind, block.text) for block in pasted.blocks[1:]] == [
        ("paragraph", " ".join(wrapped.split())),
        ("paragraph", "- Det haster, sier hun."),
        ("paragraph", "Kravene:"),
        ("item", "flere vakter"),
        ("item", "bedre lønn"),
    ]


def test_nothing_but_furniture_is_nothing() -> None:
    assert read_pasted("fbpx\nMeny\n\nPublisert\nPowered by Prøve\n", fetched_at=NOW) is None


def test_the_two_pasted_pages(shared: Path) -> None:
    expected = json.loads((shared / "seeds" / "expected.json").read_text(encoding="utf-8"))
    for name, truth in expected.items():
        article = read_file(shared / "seeds" / name, source_id="seeds", fetched_at=NOW)
        assert article.title == truth["title"]
        assert (article.published_on and article.published_on.isoformat()) == truth["published"]
        assert [words for words in truth["not_entities"] if words in article.text] == []
        wanted = [measure["text"] for measure in truth["measures"]] + [person["name"] for person in truth["people"]]
        assert [
            words for words in (*wanted, *truth["organisations"]) if words.lower() not in article.text.lower()
        ] == []


def test_the_plain_texts_keep_every_word(shared: Path) -> None:
    gold = [json.loads(line) for line in (shared / "measures" / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    files = sorted((shared / "measures" / "texts").glob("*.txt"))
    assert files
    for file in files:
        words = file.read_text(encoding="utf-8").split()
        text = read_file(file, source_id="texts", fetched_at=NOW).text
        matcher = difflib.SequenceMatcher(None, words, text.split(), autojunk=False)
        kept = sum(block.size for block in matcher.get_matching_blocks())
        assert kept >= 0.995 * len(words), file.name
        folded = " ".join(text.split())
        measures = [" ".join(row["measure"].split()) for row in gold if row["doc"] == file.stem]
        assert [measure for measure in measures if measure not in folded] == [], file.name


def test_a_byline_and_a_date_under_the_title_leave_the_title() -> None:
    lines = (
        "Vil ha flere senger",
        "Av Kari Skribentnes",
        "Publisert 12. mars 2026",
        "Sykehuset i Vik må få ti senger.",
    )
    text = "\n\n".join(lines)
    read = read_pasted(text, fetched_at=datetime(2026, 4, 1, tzinfo=UTC))
    assert read is not None
    assert (read.title, read.byline) == ("Vil ha flere senger", ("Kari Skribentnes",))
    assert [block.text for block in read.blocks] == [lines[0], lines[3]]
