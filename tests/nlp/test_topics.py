"""Topics of measures, and how often they are those that a reader gave. Everybody here is invented."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from spacy.tokens import Doc

from corpus.files import read_file
from nlp.components.topics import make_topics
from nlp.errors import TopicsError
from nlp.topics import SHIPPED, Topics, read_topics
from tests.nlp.tagged import RULES

SITES = Path(__file__).parents[2] / "corpus" / "sample" / "sites"


@cache
def topics() -> Topics:
    return read_topics()


@cache
def page(address: str) -> tuple[str, str]:
    """Title and text of a page of the sample."""
    path = SITES / address
    file = next(file for file in (path / "index.html", path.with_name(path.name + ".html")) if file.exists())
    article = read_file(file, source_id="sample", fetched_at=datetime(2026, 3, 2, tzinfo=UTC))
    return article.title, article.text


def gold(part: str) -> Iterator[tuple[list[str], tuple[str, ...], str]]:
    """What a reader said and what the word lists say, for each measure, with its words."""
    lines = (Path(__file__).parent / "topics_gold.tsv").read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"):
        if row["part"] != part:
            continue
        title, text = page(row["article"]) if row["article"] else ("", row["sentence"])
        sentences = re.split(r"\n+|(?<=[.!?]) (?=[^a-zæøå])", text)
        sentence = next(one for one in sentences if row["measure"] in one)
        found = topics().of(row["measure"], sentence, title, topics().said(text))
        yield row["topics"].split(","), found, row["measure"]


@pytest.mark.parametrize(("part", "first", "any_of"), [("tuned", 0.75, 0.85), ("apart", 0.75, 0.85)])
def test_the_first_topic_is_mostly_the_one_that_a_reader_gave_first(part: str, first: float, any_of: float) -> None:
    rows = list(gold(part))
    assert len(rows) == 50
    assert sum(found[:1] == tuple(said[:1]) for said, found, _ in rows) / 50 >= first
    assert sum(bool(found) and found[0] in said for said, found, _ in rows) / 50 >= any_of


@pytest.mark.parametrize(
    ("topic", "example"), [(topic.name, example) for topic in read_topics().topics for example in topic.examples]
)
def test_the_examples_of_the_file_have_their_topic_first(topic: str, example: str) -> None:
    assert topics().of(example, example, "")[0] == topic


def test_words_are_found_inside_compounds_in_bokmål_and_nynorsk() -> None:
    for measure in ("en ny legemiddelberedskapsliste", "fleire legemiddelavtalar"):
        assert "medicines" in topics().of(measure, measure, "")
    assert topics().of("opne ein psykiatripost", "", "") == ("mental_health",)


def test_the_words_of_the_measure_count_more_than_those_around_it() -> None:
    sentence = "Forbundet mener apotekene er gode, men vil ha flere ambulanser."
    assert topics().of("flere ambulanser", sentence, "Om apotek")[0] == "emergency_care"
    assert topics().of("gjøre det samme", sentence.replace("flere ambulanser", "gjøre det samme"), "")[0] == "medicines"
    assert topics().of("gjøre det samme", "De vil gjøre det samme.", "Ny plan for ambulansene")[0] == "emergency_care"


def test_what_no_word_says_has_no_topic() -> None:
    assert topics().of("gjøre det samme", "De vil gjøre det samme.", "Et vedtak") == ()


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "topics.toml"
    path.write_text('[teeth]\nnb = "Tenner"\nwords = "*tann* ny_tid"\nhints = "*smerte*"\n', encoding="utf-8")
    own = read_topics(path)
    assert own.of("gratis tannlege", "", "") == own.of("en ny tid", "", "") == ("teeth",)
    assert own.of("en ny bil", "", "") == ()
    assert (own.topics[0].nb, own.topics[0].en) == ("Tenner", "teeth")
    assert own.version != read_topics(SHIPPED).version


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[tenner", "topics.toml: "),
        ('[teeth]\nword = "tann"', "[teeth] has an unknown key 'word'; there are: en, examples, hints, nb"),
        ('[teeth]\nwords = ["tann"]', "[teeth] words must be one text"),
        ("teeth = 1", "teeth is no topic"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_what_is_wrong(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "topics.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(TopicsError, match=re.escape(message)) as error:
        read_topics(path)
    assert error.value.path == path


def test_the_component_tells_the_topics_of_measures() -> None:
    words = ["Om", "apotek", "\n\n", "Byrådet", "foreslår", "å", "kjøpe", "tolv", "ambulanser", "."]
    doc = Doc(RULES.vocab, words=words, sent_starts=[True, *[False] * 2, True, *[False] * 6])
    doc.spans["measures"] = [doc[6:9]]
    make_topics(RULES, "topics", "")(doc)
    assert doc.spans["measures"][0]._.topics[0] == "emergency_care"
    doc.spans["measures"] = []
    assert make_topics(RULES, "topics", "")(doc) is doc
