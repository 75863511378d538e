"""The shop window: what is printed, what goes wrong in one line, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.cli import exit_code

Captured = pytest.CaptureFixture[str]
STORY = """Vil ansette flere jordmødre

Publisert 03.03.2025

Fjordbyen kommune foreslår å ansette ti nye jordmødre innen 2027. – Vi må få flere fagfolk inn i tjenesten, sier
kommunelege Åse Tveitnes-Røyr.
"""


def one_line(shown: str) -> str:
    lines = shown.splitlines()
    assert len(lines) == 1, shown
    assert "Traceback" not in shown
    return lines[0]


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["tidy"], "tidy"),
        (["run", "--sources", "finnes-ikke.toml"], "finnes-ikke.toml"),
        (["run", "--limit", "mange"], "mange"),
        (["import", "brev.txt"], "--source"),
        (["sql"], "QUERY"),
        (["trends", "measures", "--grain", "day"], "day"),
        (["trends", "measures", "--since", "i går"], "i går"),
        (["schedule", "--cron", "hver dag"], "hver dag"),
        (["review", "--port", "99999999"], "99999999"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(arguments: list[str], names: str, capsys: Captured) -> None:
    assert exit_code(arguments) == 2
    assert names in one_line(capsys.readouterr().err)


def test_a_source_that_nobody_knows_is_named_with_those_there_are(tmp_path: Path, capsys: Captured) -> None:
    sources = tmp_path / "sources.toml"
    sources.write_text('[[source]]\nid = "avisa"\nname = "Avisa"\nkind = "feed"\nurl = "http://avisa.example/rss"\n')
    assert exit_code(["run", "--sources", str(sources), "--only", "avisen", "--data", str(tmp_path)]) == 2
    line = one_line(capsys.readouterr().err)
    assert "avisen" in line
    assert "avisa" in line


def test_an_unknown_key_in_the_sources_is_named(tmp_path: Path, capsys: Captured) -> None:
    sources = tmp_path / "sources.toml"
    sources.write_text('[[source]]\nid = "a"\nname = "A"\nkind = "feed"\nurl = "http://a.example"\ncolour = "red"\n')
    assert exit_code(["run", "--sources", str(sources), "--data", str(tmp_path)]) == 2
    assert "colour" in one_line(capsys.readouterr().err)


@pytest.mark.parametrize("arguments", [["sql", "select 1"], ["trends", "measures"]])
def test_before_anything_is_published_the_way_there_is_told(
    arguments: list[str], tmp_path: Path, capsys: Captured
) -> None:
    assert exit_code([*arguments, "--data", str(tmp_path)]) == 2
    assert "helseradar run" in one_line(capsys.readouterr().err)


def test_analyse_prints_one_object_a_document_and_one_line_for_each_bad_file(tmp_path: Path, capsys: Captured) -> None:
    good, empty, binary = (tmp_path / name for name in ("god.txt", "tom.txt", "bilde.txt"))
    good.write_text(STORY, encoding="utf-8")
    empty.touch()
    binary.write_bytes(bytes(range(256)) * 50)
    missing = tmp_path / "mangler.txt"
    assert exit_code(["analyse", *map(str, (missing, good, empty, binary)), "--jsonl"]) == 1
    shown = capsys.readouterr()
    (document,) = map(json.loads, shown.out.splitlines())
    assert document["doc"] == str(good)
    assert (document["title"], document["published"]) == ("Vil ansette flere jordmødre", "2025-03-03")
    for kind in ("mentions", "measures", "quotes"):
        for item in document[kind]:
            assert document["text"][item["start"] : item["end"]] == item["text"]
    complaints = shown.err.splitlines()
    assert len(complaints) == 3
    for path, line in zip((missing, empty, binary), complaints, strict=True):
        assert str(path) in line


def test_a_model_that_is_not_installed_is_said_with_the_way_out(tmp_path: Path, capsys: Captured) -> None:
    story = tmp_path / "sak.txt"
    story.write_text(STORY, encoding="utf-8")
    assert exit_code(["analyse", str(story), "--model", "nb_core_news_xl", "--jsonl"]) == 2
    assert "nb_core_news_xl" in one_line(capsys.readouterr().err)


def test_every_command_explains_itself(capsys: Captured) -> None:
    for command in ("run", "demo", "import", "analyse", "sql", "trends", "review", "schedule", "doctor"):
        assert exit_code([command, "--help"]) == 0
        assert "Usage: helseradar" in capsys.readouterr().out


def test_trends_without_a_question_lists_them(capsys: Captured) -> None:
    assert exit_code(["trends"]) == 0
    assert {line.split()[0] for line in capsys.readouterr().out.splitlines()} == {
        "organisations", "people", "measures", "proposers", "reprints", "threads", "together", "topics",
    }  # fmt: skip


def test_doctor_on_a_new_folder_says_how_to_begin(tmp_path: Path, capsys: Captured) -> None:
    assert exit_code(["doctor", "--data", str(tmp_path)]) == 0
    assert "helseradar run" in capsys.readouterr().out
