"""Who is who across articles, as a reader of the published copy sees it. Everybody is invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from nlp.analysis import Organisation, Person
from tests.warehouse.newsroom import AVISA, MODEL, NOW, article, fetch, read
from warehouse.errors import RegisterError
from warehouse.forgetting import forget_person
from warehouse.load import save_analyses, save_fetches, save_sources, save_verdicts, settle_duplicates
from warehouse.names import make_key
from warehouse.pending import pending_texts
from warehouse.publish import publish, published, remove_other_generations
from warehouse.query import query
from warehouse.questions import ask
from warehouse.register import read_register
from warehouse.rows import Verdict
from warehouse.store import Warehouse
from warehouse.traces import files_with

HF = Organisation(name="Helse Fjordlandet HF")
BARE = Organisation(name="Helse Fjordlandet")
FULL = Organisation(name="Fjordhelseinstituttet", aliases=("FJHI",))
SHORT = Organisation(name="FJHI")
NOUN = Organisation(name="Direktoratet")


@dataclass(frozen=True, kw_only=True)
class Told:
    slug: str
    text: str
    people: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = ()


KARI = Person(name="Kari Ødegård-Næss", organisation="Fjordhelseinstituttet")
TOLD = (
    Told(slug="a", text="Helse Fjordlandet HF foreslår å bygge kai.", organisations=(HF,)),
    Told(
        slug="b",
        text="Helse Fjordlandet krever å få penger. Fjordhelseinstituttet (FJHI) lytter.",
        organisations=(BARE, FULL),
    ),
    Told(slug="c", text="FJHI foreslår å vente. Direktoratet lytter.", organisations=(SHORT, NOUN)),
    Told(
        slug="d",
        text="Nordli krever å få svar. Direktoratet lytter.",
        people=(Person(name="Nordli"),),
        organisations=(NOUN,),
    ),
    Told(
        slug="e",
        text="Nordli smiler. Kari Ødegård Næss smiler.",
        people=(Person(name="Nordli"), Person(name="Kari Ødegård Næss")),
    ),
    Told(slug="f", text="Kari Ødegård-Næss foreslår å dra.", people=(KARI,)),
)


def fill(data: Path, told: Sequence[Told] = TOLD) -> Path:
    """A data folder with these articles collected, read and published."""
    by_title = {f"Om {one.slug}": one for one in told}
    with Warehouse(data).write() as con:
        save_sources(con, [AVISA])
        save_fetches(con, "r1", [fetch(article(one.slug, one.text, day=date(2025, 1, 2))) for one in told])
        settle_duplicates(con)
    read_told(data, by_title)
    publish(data, NOW)
    return published(data)


def read_told(data: Path, by_title: dict[str, Told]) -> None:
    with Warehouse(data).write() as con:
        for pending in pending_texts(con, MODEL, 100):
            one = by_title[pending.text.partition("\n")[0]]
            reading = read(pending, people=one.people, organisations=one.organisations)
            save_analyses(con, "r1", [(pending, reading)], NOW)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("data"))


def test_one_body_under_several_names_is_counted_once(copy: Path) -> None:
    found = ask(copy, "organisations")[["organisation", "articles"]].values.tolist()
    assert found[:2] == [["Fjordhelseinstituttet", 2], ["Helse Fjordlandet HF", 2]]
    proposers = ask(copy, "proposers")[["proposer", "kind", "measures"]].values.tolist()
    assert proposers[0] == ["Helse Fjordlandet HF", "organisation", 2]
    assert ["Fjordhelseinstituttet", "organisation", 1] in proposers
    assert ask(copy, "together").values.tolist() == [
        ["Direktoratet", "Fjordhelseinstituttet", 1],
        ["Fjordhelseinstituttet", "Helse Fjordlandet HF", 1],
    ]
    ids = query(copy, "select distinct proposer_id from current_measures where proposer like 'Helse%'")
    assert len(ids) == 1


def test_a_merge_is_explained(copy: Path) -> None:
    found = query(copy, "select name, alias, rule, score, because from actor_aliases where kind = 'organisation'")
    assert found.values.tolist() == [
        ["Fjordhelseinstituttet", "FJHI", "abbreviation", 0.95, "http://avisa.example/b"],
        ["Helse Fjordlandet HF", "Helse Fjordlandet", "form of company", 0.95, ""],
    ]


def test_a_surname_or_a_noun_alone_means_somebody_in_its_own_article_only(copy: Path) -> None:
    for name in ("Nordli", "Direktoratet"):
        found = query(copy, f"select actor_id from current_mentions where name = '{name}'")["actor_id"]
        assert len(set(found)) == len(found) == 2
        assert query(copy, f"select kind from actors where actor_id = '{found[0]}'")["kind"].size == 1
    proposer = query(copy, "select proposer_id from current_measures where proposer = 'Nordli'")["proposer_id"][0]
    assert proposer in set(query(copy, "select actor_id from current_mentions where text = 'Nordli'")["actor_id"])


def test_neither_the_order_of_loading_nor_a_second_copy_changes_anything(copy: Path, tmp_path: Path) -> None:
    other = fill(tmp_path, TOLD[::-1])
    select = "select * from actor_names order by all"
    assert query(other, select).equals(query(copy, select))
    assert other.name == copy.name
    assert publish(tmp_path, NOW) is None


def test_ones_own_register_settles_what_we_do_not_know(tmp_path: Path) -> None:
    before = fill(tmp_path)
    own = tmp_path / "actors.tsv"
    own.write_text(
        "# mine\nFjordgruppen\tsupplier\tHelse Fjordlandet HF|FJHI\t\thttp://fjord.example/\n", encoding="utf-8"
    )
    publish(tmp_path, NOW)
    after = published(tmp_path)
    assert after.name != before.name
    found = query(after, "select alias, rule, because from actor_aliases where name = 'Fjordgruppen' order by alias")
    assert found.values.tolist()[0] == ["FJHI", "register", "http://fjord.example/"]
    assert set(found["alias"]) == {"FJHI", "Helse Fjordlandet", "Helse Fjordlandet HF"}
    assert query(after, "select kind, own from register where name = 'Fjordgruppen'").values.tolist() == [
        ["supplier", True]
    ]
    own.write_text("Fjordgruppen\tbedrift\n", encoding="utf-8")
    with pytest.raises(RegisterError, match=r"actors\.tsv, line 1: no kind 'bedrift'; there are: parliament, "):
        publish(tmp_path, NOW)


def test_who_is_forgotten_is_in_none_of_it(tmp_path: Path) -> None:
    copy = fill(tmp_path)
    merged = query(copy, "select distinct actor_id from actor_names where alias like 'Kari%'")
    assert len(merged) == 1
    make_key(tmp_path)
    warehouse = Warehouse(tmp_path)
    with warehouse.write() as con:
        forget_person(con, "Kari Ødegård-Næss", NOW)
    warehouse.rewrite()
    read_told(tmp_path, {f"Om {one.slug}": one for one in TOLD})
    publish(tmp_path, NOW)
    remove_other_generations(tmp_path)
    after = published(tmp_path)
    assert files_with(tmp_path, ("Ødegård", "ødegård", "Næss", merged["actor_id"][0])) == []
    for table in ("actor_names", "actor_aliases", "actors"):
        assert "næss" not in query(after, f"select * from {table}").to_json(force_ascii=False).casefold()


def test_what_a_reviewer_called_wrong_is_gone_under_all_its_names(tmp_path: Path) -> None:
    copy = fill(tmp_path)
    actor_id = query(copy, "select distinct actor_id from current_mentions where name = 'Fjordhelseinstituttet'")
    verdict = Verdict(
        verdict_id="1",
        target_kind="organisation",
        target_id=actor_id["actor_id"][0],
        verdict="wrong",
        reviewer="Ola Å.",
        decided_at=NOW,
    )
    with Warehouse(tmp_path).write() as con:
        save_verdicts(con, [verdict])
    publish(tmp_path, NOW)
    assert "FJHI" not in set(query(published(tmp_path), "select text from current_mentions")["text"])


def test_the_shipped_register_has_its_sources_and_parents() -> None:
    register = read_register()
    names = {body.name for body in register}
    assert len(register) > 150
    assert [body.name for body in register if not body.source.startswith("http")] == []
    assert [body.parent for body in register if body.parent and body.parent not in names] == []
    aliases = [alias for body in register for alias in body.aliases]
    assert [alias for alias in aliases if aliases.count(alias) > 1 or alias in names] == []
