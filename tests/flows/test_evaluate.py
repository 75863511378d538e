"""``evaluate``: figures as tables, and what goes wrong in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.cli import exit_code

Captured = pytest.CaptureFixture[str]
SENTENCE = [("Tuva", "B-PER"), ("Sjøvik", "I-PER"), ("bor", "O"), ("i", "O"), ("Bergen", "B-GPE_LOC"), (".", "O")]


def write_corpus(folder: Path) -> Path:
    for written in ("nob", "nno"):
        (folder / written).mkdir(parents=True)
        lines = [
            "\t".join(
                [str(n), word, word, "subst", "subst", "_", "0", "FRAG", "_", f"name={label}".removeprefix("name=O")]
            )
            for n, (word, label) in enumerate(SENTENCE, start=1)
        ]
        lines = [line if not line.endswith("\t") else line + "O" for line in lines]
        (folder / written / "prøve_0000.conll").write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    return folder


def test_one_model_on_a_corpus(tmp_path: Path, capsys: Captured) -> None:
    assert exit_code(["evaluate", "--ner", str(write_corpus(tmp_path / "dev")), "--model", "nb_helse_fast"]) == 0
    shown = capsys.readouterr().out
    assert "| model         | F nno   | F nob   | health F / spans" in shown
    assert "| nb_helse_fast | 1.000   | 1.000   |" in shown
    assert "PER" in shown.splitlines()[-4]


def test_a_model_that_is_not_installed(tmp_path: Path, capsys: Captured) -> None:
    assert exit_code(["evaluate", "--ner", str(write_corpus(tmp_path / "dev")), "--model", "nb_fabel"]) == 2
    assert "model 'nb_fabel': not installed" in capsys.readouterr().err


def test_a_folder_without_a_corpus(tmp_path: Path, capsys: Captured) -> None:
    assert exit_code(["evaluate", "--ner", str(tmp_path), "--model", "nb_helse_fast"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "no .conll files" in line


def test_a_malformed_line_is_named(tmp_path: Path, capsys: Captured) -> None:
    folder = write_corpus(tmp_path / "dev")
    path = folder / "nob" / "prøve_0000.conll"
    path.write_text("1\tTuva\n", encoding="utf-8")
    assert exit_code(["evaluate", "--ner", str(folder), "--model", "nb_helse_fast"]) == 2
    assert "prøve_0000.conll:1: 2 columns, expected 10" in capsys.readouterr().err


def test_without_options_the_sample_is_read(capsys: Captured) -> None:
    assert exit_code(["evaluate", "--model", "nb_helse_fast"]) == 0
    shown = capsys.readouterr().out
    assert "nb_helse_fast-0.1.0 on 10 documents of the shipped sample" in shown
    assert "| people, wrong merges                | 0     |" in shown
    assert "quotes" not in shown, "nobody marked the sample's quotes"


def test_documents_of_ones_own(tmp_path: Path, capsys: Captured) -> None:
    text = "Fjordsyn AS vil bygge et målehus. – Vi må ha det nå, sier direktør Tuva Sjøvik i Fjordsyn AS."
    start = text.index("bygge")
    measure = {"doc": "a", "start": start, "end": start + len("bygge et målehus"), "modality": "planned"}
    people = [{"name": "Tuva Sjøvik", "aliases": [], "role": "direktør", "organisation": "Fjordsyn AS"}]
    quotes = [{"text": "Vi må ha det nå", "kind": "direct", "speaker": "Tuva Sjøvik"}]
    actors = {"doc": "a", "quotes": quotes, "people": people, "organisations": [{"name": "Fjordsyn AS", "aliases": []}]}
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "gold.jsonl").write_text(json.dumps({**measure, "proposer": "Fjordsyn AS"}), encoding="utf-8")
    (tmp_path / "actors.jsonl").write_text(json.dumps(actors), encoding="utf-8")
    assert exit_code(["evaluate", "--read", str(tmp_path)]) == 0
    rows = [line.split("|")[1:3] for line in capsys.readouterr().out.splitlines() if line.startswith("| ")]
    assert {(name.strip(), value.strip()) for name, value in rows} >= {
        ("speaker right, of quotes found", "1.000"),
        ("people, F", "1.000"),
        ("organisations, F", "1.000"),
    }


def test_a_folder_without_marked_documents(tmp_path: Path, capsys: Captured) -> None:
    assert exit_code(["evaluate", "--read", str(tmp_path)]) == 2
    assert "no gold.jsonl with texts/*.txt" in capsys.readouterr().err
