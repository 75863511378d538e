"""Who proposes a measure that anybody found: chosen from all whom the document names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from spacy.tokens import Doc

from nlp.norne import Word
from nlp.proposing.choice import Choice, read_choice, write_choice
from nlp.proposing.resolve import asked_of, resolve
from nlp.proposing.scene import Scene
from nlp.proposing.signs import BACK, Candidate, Signs
from nlp.training.choice import Case, learn, sharpness
from nlp.training.proposers import in_paragraphs, same_name
from tests.nlp.tagged import read

PLAIN = Choice({"nobody": 1.0, "speaker:person": 3.0, "governs0:will:-": 3.0, "governs0:want:-": 3.0})


@dataclass(frozen=True)
class Found:
    """A measure as a model would give it: no rule, no cue."""

    start: int
    end: int
    modality: str = "planned"
    rule: str = "modal"
    proposer: str = ""
    how: str = ""


def found(doc: Doc, words: str) -> Found:
    """The measure that reads so."""
    wanted = words.split()
    start = next(i for i in range(len(doc)) if [t.text for t in doc[i : i + len(wanted)]] == wanted)
    return Found(start, start + len(wanted))


@pytest.mark.parametrize(
    ("text", "people", "measure", "who"),
    [
        ("–/- Her/av blir/v det/pr nye/a senger/n ,/, sier/v Liv/np Ask/np ./c", "Liv Ask", "nye senger", "Liv Ask"),
        ("Liv/np Ask/np vil/v bygge/vi flere/a senger/n ./c", "Liv Ask", "bygge flere senger", "Liv Ask"),
        ("Liv/np Ask/np krev/v fleire/a senger/n ./c", "Liv Ask", "fleire senger", "Liv Ask"),
        ("Utvalget/n foreslår/v et/d ombud/n ./c", "", "et ombud", "Utvalget"),
    ],
)
def test_a_span_without_a_rule_gets_its_proposer(text: str, people: str, measure: str, who: str) -> None:
    doc = read(text, **({"PER": people} if people else {}))
    (chosen,) = resolve(doc, [found(doc, measure)], [], PLAIN)
    assert chosen.name == who
    assert 0 < chosen.confidence <= 1


def test_nobody_is_an_answer() -> None:
    doc = read("Tilbudet/n skal/v bedres/vi ./c")
    (chosen,) = resolve(doc, [found(doc, "Tilbudet skal bedres")], [], PLAIN)
    assert chosen.name == ""


def test_no_measures_no_answers() -> None:
    assert resolve(read("Det/pr regnet/vp ./c"), [], []) == []


def test_what_the_rules_found_is_taken_where_it_is_the_same() -> None:
    ruled = [Found(0, 4, proposer="A", how="subject"), Found(10, 14, proposer="B")]
    same, near, other = asked_of([Found(0, 5), Found(12, 30), Found(40, 44)], ruled)
    assert (same.proposer, same.rule, same.how) == ("A", "modal", "subject")
    assert (near.proposer, near.rule) == ("B", "near")
    assert (other.proposer, other.rule) == ("", "")


def test_each_sentence_tells_who_does_what() -> None:
    doc = read(
        "Liv/np Ask/np mener/v at/s kommunen/n bør/v vente/vi ./c ¶ "
        "–/- Ja/av ,/, vi/pr venter/v ,/, sier/v leder/n Odd/np Moe/np ./c",
        PER="Liv Ask|Odd Moe",
    )
    scene = Scene(doc)
    assert [(m.name, m.part, m.verb_class) for m in scene.mentions(0)] == [
        ("Liv Ask", "subject", "say"),
        ("kommunen", "subject", "must"),
    ]
    assert ("Odd Moe", "tag") in [(m.name, m.part) for m in scene.mentions(1)]


def test_candidates_stay_few_however_long_the_text() -> None:
    people = [f"Liv{chr(97 + i % 26)}{chr(97 + i // 26)} Ask" for i in range(120)]
    text = " ".join(f"{name.split()[0]}/np Ask/np vil/v bygge/vi senger/n ./c" for name in people)
    doc = read(text, PER="|".join(people))
    measures = [Found(s.start + 3, s.start + 5) for s in doc.sents]
    signs = Signs(Scene(doc), asked_of(measures, []), [])
    assert len(measures) == 120
    assert max(len(signs.of(i)) for i in range(len(measures))) <= 2 * BACK


def test_learning_finds_the_sign_that_tells() -> None:
    cases = [
        Case([Candidate("", {"nobody"}), Candidate("A", {"subject"}), Candidate("B", {"far"})], [False, True, False]),
        Case([Candidate("", {"nobody"}), Candidate("C", {"far"})], [True, False]),
        Case([Candidate("", {"nobody"}), Candidate("D", {"far"})], [False, False]),
    ] * 20
    choice = learn(cases)
    assert choice.of([Candidate("", {"nobody"}), Candidate("E", {"far"}), Candidate("F", {"subject"})]).name == "F"
    assert choice.of([Candidate("", {"nobody"}), Candidate("E", {"far"})]).name == ""
    assert learn(cases) == choice


def test_who_claims_too_much_is_made_humble() -> None:
    claims = Choice({"sign": 5.0})
    cases = [Case([Candidate("A", {"sign"}), Candidate("B", set())], [i % 2 == 0, False]) for i in range(20)]
    assert sharpness([(claims, cases)]) < 0.5
    sure = [Case([Candidate("A", {"sign"}), Candidate("B", set())], [True, False])] * 20
    assert sharpness([(claims, sure)]) >= 1


def test_weights_are_written_and_read(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    choice = Choice({"b": 1.0, "a": -0.5}, 0.8)
    write_choice(choice, path)
    assert list(json.loads(path.read_text(encoding="utf-8"))["weights"]) == ["a", "b"]
    assert read_choice(path) == choice


def test_names_are_the_same_when_one_holds_the_other() -> None:
    assert same_name("Liv Ask", "ask")
    assert same_name("Utvalget | Liv Ask", "Liv Ask")
    assert same_name("", "")
    assert not same_name("Liv Ask", "")
    assert not same_name("Liv Ask", "Liv Moe")


def test_the_corpus_is_parted_at_headlines_and_speech() -> None:
    def words(text: str) -> list[Word]:
        return [Word(text=word, tag="subst", entity="O") for word in text.split()]

    text, places = in_paragraphs([words("Nye senger |"), words("Det regner ."), words("- Ja , sier hun .")])
    assert text.strip() == "Nye senger |\n\nDet regner.\n\n- Ja, sier hun."
    assert [text[a:b] for a, b in places][-2:] == ["hun", "."]
