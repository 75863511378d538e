"""The register of sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import SourcesError
from corpus.options import ListingOptions
from corpus.sources import KINDS, SHIPPED, read_sources

GOOD = """
[[source]]
id = "avisa"
name = "Avisa"
kind = "feed"
url = "HTTPS://avisa.example/rss"
group = "press"
"""


def written(folder: Path, text: str, name: str = "sources.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_source_is_read_with_its_defaults(tmp_path: Path) -> None:
    (source,) = read_sources(written(tmp_path, GOOD))
    assert (source.id, source.kind, source.url, source.group) == ("avisa", "feed", "https://avisa.example/rss", "press")
    assert (source.enabled, source.verified, source.allow_private_addresses, source.path) == (True, False, False, None)
    assert source.address == source.url


def test_a_folder_stands_beside_its_file(tmp_path: Path) -> None:
    text = '[[source]]\nid = "arkiv"\nname = "Arkiv på disk"\nkind = "folder"\npath = "arkiv på disk"'
    (source,) = read_sources(written(tmp_path, text))
    assert source.path == tmp_path / "arkiv på disk"
    assert source.address == (tmp_path / "arkiv på disk").resolve().as_uri()


def test_a_later_file_adds_and_changes(tmp_path: Path) -> None:
    own = '[[source]]\nid = "avisa"\nenabled = false\n[[source]]\nid = "b"\nname = "B"\nkind = "sitemap"\nurl = "http://b.example/"'
    first, second = read_sources(written(tmp_path, GOOD), written(tmp_path, own, "own.toml"))
    assert (first.id, first.name, first.enabled, second.id) == ("avisa", "Avisa", False, "b")


def test_the_shipped_register_can_be_used_and_promises_nothing() -> None:
    sources = read_sources(SHIPPED)
    assert len(sources) >= 40
    listings = [source.address for source in sources if source.kind in ("feed", "sitemap")]
    assert len(set(listings)) == len(listings)
    assert {source.group for source in sources} >= {"government", "clusters", "press", "organisations"}
    assert not any(source.verified or source.allow_private_addresses for source in sources)
    assert all(source.group and source.kind in KINDS for source in sources)


@pytest.mark.parametrize(
    ("change", "key", "says"),
    [
        (("url =", "adresse ="), "adresse", "unknown key 'adresse'"),
        (("feed", "rss"), "kind", "unknown kind 'rss'"),
        (("feed", "listing"), "item_selector", "item_selector is missing; kind 'listing' needs it"),
        (("feed", "folder"), "path", "path is missing"),
        (('name = "Avisa"', ""), "name", "name is missing"),
        (('name = "Avisa"', "name = 7"), "name", "name must be a text in quotes"),
        (('group = "press"', 'enabled = "ja"'), "enabled", "enabled must be true or false"),
        (('group = "press"', 'path = "x"'), "path", "path does not belong to a feed"),
        (("HTTPS://avisa.example/rss", "mailto:a@b"), "url", "url is no web address"),
        (('id = "avisa"', 'id = "Avis A"'), "id", "needs an id"),
        (('id = "avisa"', ""), "id", "needs an id"),
        (("[[source]]", "[source]"), "source", "two brackets"),
        (("[[source]]", "[[kilde]]"), "kilde", "unknown key 'kilde'"),
        (("[[source]]", GOOD + "[[source]]"), "id", "there twice"),
        (("[[source]]", "[[source"), None, "is no TOML"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, change: tuple[str, str], key: str | None, says: str) -> None:
    path = written(tmp_path, GOOD.replace(*change))
    with pytest.raises(SourcesError, match=says) as caught:
        read_sources(path)
    assert caught.value.key == key
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


OF_KINDS = """
[[source]]
id = "a"
name = "A"
kind = "listing"
url = "http://a.example/"
item_selector = "li.item"
pages = 3
"""


def test_a_kind_has_keys_of_its_own(tmp_path: Path) -> None:
    (source,) = read_sources(written(tmp_path, OF_KINDS))
    assert source.options == ListingOptions(item_selector="li.item", pages=3)


def test_a_later_file_may_change_them(tmp_path: Path) -> None:
    own = written(tmp_path, '[[source]]\nid = "a"\npages = 9', "own.toml")
    (source,) = read_sources(written(tmp_path, OF_KINDS), own)
    assert source.options == ListingOptions(item_selector="li.item", pages=9)


@pytest.mark.parametrize(
    ("change", "key", "says"),
    [
        (("pages", "per_page"), "per_page", "unknown key 'per_page' for kind 'listing'"),
        (("pages", "side"), "side", "unknown key 'side' for kind 'listing'"),
        (("pages", "options"), "options", "unknown key 'options' for kind 'listing'"),
        (("3", "0"), "pages", "pages must be from 1 to 1000, not 0"),
        (("3", "true"), "pages", "pages must be a whole number, not True"),
        (("li.item", "li["), "item_selector", "item_selector is no CSS selector"),
        (('"li.item"', "7"), "item_selector", "item_selector must be a text in quotes"),
        (("item_selector", "next_selector"), "item_selector", "item_selector is missing; kind 'listing' needs it"),
        (('"listing"', '"feed"'), "item_selector", "unknown key 'item_selector' for kind 'feed'"),
        (('"listing"', '"warc"'), "path", "path is missing; a warc has one"),
    ],
)
def test_keys_of_a_kind_that_cannot_be_used_are_named(
    tmp_path: Path, change: tuple[str, str], key: str, says: str
) -> None:
    with pytest.raises(SourcesError) as caught:
        read_sources(written(tmp_path, OF_KINDS.replace(*change)))
    assert (caught.value.key, caught.value.source_id) == (key, "a")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ('export = "moter"', "export must be one of saker, skriftligesporsmal, horinger, stortingsvedtak"),
        ('session = "2025"', "session must look like 2025-2026"),
        ('ministers = "helse"', "ministers must be a list of texts"),
    ],
)
def test_values_of_stortinget_are_looked_at(tmp_path: Path, keys: str, says: str) -> None:
    text = f'[[source]]\nid = "s"\nname = "S"\nkind = "stortinget"\nurl = "http://s.example/eksport"\n{keys}'
    with pytest.raises(SourcesError, match=says):
        read_sources(written(tmp_path, text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match=r"nowhere\.toml: cannot be read \(No such file"):
        read_sources(tmp_path / "nowhere.toml")
