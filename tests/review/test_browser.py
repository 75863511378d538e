"""The app in a real browser, where there is one: a Chromium on the path."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from review.charts import chart, save
from tests.review.newsroom import FORENINGEN, KLYNGEN
from warehouse.questions import ask

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on the path")
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def visitor(browser: Browser, site: httpx.Client) -> Iterator[tuple[Page, list[str]]]:
    """A page in Norwegian, with JavaScript off, and what went wrong or was asked for outside of the app."""
    context = browser.new_context(base_url=str(site.base_url), locale="nb-NO", java_script_enabled=False)
    page, trouble = context.new_page(), []  # type: ignore[var-annotated]
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(str(site.base_url)) else trouble.append(asked.url))
    yield page, trouble
    context.close()


def test_from_the_newest_measure_to_its_article_and_back_by_the_trends(visitor: tuple[Page, list[str]]) -> None:
    page, trouble = visitor
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvem vil ha hva gjort i norsk helse?")
    page.get_by_label("Type").select_option("krevd")
    page.get_by_role("button", name="Vis").click()
    expect(page.get_by_role("article")).to_have_count(1)
    page.get_by_role("link", name="Ber sykehuset åpne på natten").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ber sykehuset åpne på natten")
    page.get_by_role("link", name=FORENINGEN.name).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(FORENINGEN.name)
    page.get_by_role("link", name="Trender").click()
    page.get_by_role("link", name="Hvem foreslår mest?").click()
    expect(page.get_by_role("row", name=KLYNGEN.name)).to_contain_text("30")
    assert trouble == []


def test_the_pictures_are_drawn(visitor: tuple[Page, list[str]], browser: Browser, site: httpx.Client) -> None:
    with browser.new_context(base_url=str(site.base_url), viewport=NARROW) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto("/trends/organisations")
        expect(page.get_by_role("img")).to_have_js_property("complete", True)
        assert page.get_by_role("img").evaluate("image => image.naturalWidth") == 360  # the narrow one


def test_a_chart_saved_as_html_draws_itself_without_a_network(browser: Browser, copy: Path, tmp_path: Path) -> None:
    saved = tmp_path / "bilde.html"
    save(chart("proposers", ask(copy, "proposers")), saved)
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        page.goto(saved.as_uri())
        expect(page.locator("#chart svg")).to_contain_text(FORENINGEN.name)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("address", ["/", "/actors", "/trends/proposers", "/trends/organisations", "/nope"])
def test_no_page_is_wider_than_the_window(
    browser: Browser, site: httpx.Client, address: str, size: dict[str, int]
) -> None:
    with browser.new_context(base_url=str(site.base_url), viewport=size) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_keyboard_reaches_the_content_first(browser: Browser, site: httpx.Client) -> None:
    with browser.new_context(base_url=str(site.base_url), locale="nb-NO") as context:
        page = context.new_page()
        page.goto("/")
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text("Hopp til innholdet")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_attribute("name", "text")


def test_a_hostile_article_runs_nothing(browser: Browser, site: httpx.Client) -> None:
    with browser.new_context(base_url=str(site.base_url)) as context:
        page = context.new_page()
        alerts: list[str] = []
        page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
        for address in ("/?modality=rejected", "/actors", "/trends/people", "/trends/people.svg"):
            page.goto(address)
        assert alerts == []
