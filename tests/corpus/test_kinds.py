"""Every kind of source on stored answers of an invented host: ``kinds/<kind>/`` holds them beside what they become.

``case.toml`` says which file answers which address; ``expected.json`` what comes out of a first run. To write it anew
after a change: ``python -m tests.corpus.test_kinds KIND``, and read the difference.
"""

from __future__ import annotations

import json
import sys

import pytest

from corpus.article import Fetch
from corpus.sources import KINDS
from tests.corpus.loopback import Web, serve_web
from tests.corpus.stored import STORED, Case, told


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_a_stored_case(kind: str) -> None:
    for name in ("case.toml", "expected.json"):
        assert (STORED / kind / name).is_file(), f"kind {kind!r} has no tests/corpus/kinds/{kind}/{name}"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_stored_becomes_what_is_expected(kind: str, web: Web) -> None:
    expected = json.loads((STORED / kind / "expected.json").read_text(encoding="utf-8"))
    case = Case(kind, web)
    assert told(case.run(), STORED / kind) == expected
    again = [item for item in case.run() if isinstance(item, Fetch)]
    assert [item.outcome for item in again] == (["unchanged"] if kind == "folder" else []), "nothing is new"
    assert len(web.asked) == (0 if case.source.path else case.requests_of_second_run)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "folder"])
def test_a_run_killed_anywhere_loses_nothing(kind: str, web: Web) -> None:
    whole = Case(kind, web)
    count = len(whole.run())
    for die_after in range(count):
        case = Case(kind, web)
        case.run(die_after=die_after)
        case.run()
        assert set(case.memory.articles) == set(whole.memory.articles), die_after
        assert set(case.memory.listings) == set(whole.memory.listings), die_after


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "folder"])
def test_what_is_over_the_limit_comes_in_the_next_runs(kind: str, web: Web) -> None:
    whole, case = Case(kind, web), Case(kind, web)
    whole.run()
    for _ in range(6):
        case.run(limit=1)
    assert set(case.memory.articles) == set(whole.memory.articles)


def write_anew(kind: str) -> None:
    """Write what a kind's stored answers become now."""
    with serve_web() as web:
        found = told(Case(kind, web).run(), STORED / kind)
    (STORED / kind / "expected.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        write_anew(name)
