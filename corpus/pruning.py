"""Takes off a page's tree what is not the article, and finds the headline and the part of the page that tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from corpus.encoding import one_line
from corpus.furniture import is_related_heading

_TAGS = frozenset({"nav", "dialog"})
_ROLES = frozenset({"navigation", "search", "dialog", "alertdialog", "menu", "menubar", "contentinfo"})
# Words in class and id, where dashes, underlines and camel case count as gaps between words.
_WORDS = re.compile(
    r"""\b(?:
        related | relaterte? | relatertesaker | readmore | read\ more | les\ (?:også|ogsa|mer|meir) | lesogsa
      | more\ (?:articles|news|stories|posts) | most\ (?:read|popular) | mest\ (?:lest|lese) | siste\ (?:nytt|saker)
      | recommended | recommendations? | anbefalte?
      | newsletter | nyhetsbrev | nyheitsbrev | subscribe | breadcrumbs? | brødsmulesti | skip\ link | skiplink
      | share | sharing | share\ buttons? | some\ share | social\ (?:links|media|share|icons) | delingsknapper
      | ads? | advert | advertisement | annonse\w* | comments | comment\ (?:list|form) | kommentarfelt
      | tags | tag\ (?:list|cloud) | taglist | tagcloud | stikkord | emneord
      | menu | meny | navbar | site\ (?:header|footer|nav) | page\ (?:footer) | bunntekst
      | cookies? | cookie\w* | consent | samtykke | gdpr
      | (?:sample|site|page|demo)\ notice | disclaimer
    )\b""",
    re.VERBOSE,
)
_LABEL = re.compile(r"\b(?:kicker|section|category|stikktittel|vignett|topic|theme|tema|label)\b")
_CONSENT = re.compile(r"\b(?:cookie\w*|consent|samtykke|gdpr)\b")
_GAPS = re.compile(r"[-_\s]+|(?<=[a-zæøå])(?=[A-ZÆØÅ])")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LABELS = _HEADINGS | {"p", "div", "strong", "b", "span", "summary", "header"}
_LISTS = frozenset({"ul", "ol", "div", "section", "article", "p", "a", "li", "header"})
# A title in the head often carries the site's name behind one of these.
_SITE_SUFFIX = re.compile(r"\s+[|•·]\s+[^|•·]{2,50}$|\s+[–—-]\s+(?=[^–—-]{2,40}$)(?:\S+\s?){1,4}$")


def class_words(element: HtmlElement) -> str:
    """The words of an element's class and id, in lower case with blanks between."""
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return _GAPS.sub(" ", named).lower() if named != " " else ""


def find_headline(tree: HtmlElement, declared: Sequence[str]) -> HtmlElement | None:
    """The heading that is the article's title: the one that says what the page declares, else the article's own h1."""
    wanted = [_compared(title) for title in declared]
    possible = [h for h in tree.iter("h1", "h2") if not _is_in(h, ("nav", "footer", "aside"))]
    headings = [(h, text) for h in possible if len(text := _compared(h.text_content())) > 2]
    same = [h for title in wanted for h, text in headings if text == title]
    alike = [(len(text), h) for title in wanted for h, text in headings if text in title or title in text]
    if same:
        return same[0]
    if alike := [found for found in alike if found[0] > 10]:
        return max(alike, key=lambda found: found[0])[1]  # the site's name may stand in the title too, but is shorter
    first_level = [heading for heading, _ in headings if heading.tag == "h1"]
    own = [heading for heading in first_level if _is_in(heading, ("article", "main"))]
    if own or len(first_level) == 1 or not wanted:
        return next(iter(own or first_level), None)
    return None


def without_site_name(title: str, site_name: str | None) -> str:
    """A title from a page's head, the name of the site behind it taken off."""
    if site_name and title.endswith(site_name):
        title = title.removesuffix(site_name).rstrip(" |•·–—-") or title
    cut = _SITE_SUFFIX.sub("", title)
    return cut if len(cut) >= 12 else title


def take_label(headline: HtmlElement) -> str | None:
    """Remove the label right above a headline that names the part of the site (``Akuttmedisin``), and give its text."""
    label = headline.getprevious()
    if label is None or not _LABEL.search(class_words(label)):
        return None
    text = one_line(label.text_content())
    if not 0 < len(text) <= 40:
        return None
    label.drop_tree()
    return text


def region_of(tree: HtmlElement, headline: HtmlElement | None) -> HtmlElement:
    """The part of the page that holds the article: what is around its headline with most of the page's running text."""
    if headline is None:
        candidates = (tree.find(f".//{tag}") for tag in ("article", "main", "body"))
        return next((found for found in candidates if found is not None), tree)
    enough = 0.6 * _running_text(tree)
    for around in headline.iterancestors():
        running = _running_text(around)
        if running and (running >= enough or around.tag in ("article", "main")):
            return around
    return tree


def prune(tree: HtmlElement, headline: HtmlElement | None) -> None:
    """Remove menus, related lists, cookie boxes, share buttons and notices, in place.

    What holds the headline or most of the page's text is never removed, whatever it is called.
    """
    for dead in list(tree.iter("script", "style", "noscript", "template", "svg", "iframe", "button")):
        dead.drop_tree()
    kept = set() if headline is None else {headline, *headline.iterancestors()}
    total = len(tree.text_content()) or 1
    for element in list(_furniture(tree, kept, total)):
        element.drop_tree()
    for teaser in [e for e in tree.iter("article") if e not in kept and _is_teaser(e)]:
        teaser.drop_tree()
    for label in [e for e in tree.iter(*_LABELS) if len(e) <= 2 and _is_related_label(e)]:
        if label.getroottree().getroot() is tree and label not in kept:
            _drop_related(label, kept, total)


def _furniture(tree: HtmlElement, kept: set[HtmlElement], total: int) -> Iterator[HtmlElement]:
    walk = iterwalk(tree, events=("start",))
    for _, element in walk:
        if element in kept or element.tag in ("html", "head", "body", "main", "article"):
            continue
        if element.tag not in _TAGS and (element.get("role") or "") not in _ROLES:
            words = class_words(element)
            if not (words and _WORDS.search(words)):
                continue
            if len(element.text_content()) > total * (0.9 if _CONSENT.search(words) else 0.5):
                continue
        walk.skip_subtree()
        yield element


def _is_teaser(article: HtmlElement) -> bool:
    """Whether an ``article`` only leads to another one: all of its heading is a link."""
    heading = next(article.iter(*_HEADINGS), None)
    if heading is None:
        return False
    text = one_line(heading.text_content())
    links = (*heading.iter("a"), *heading.iterancestors("a"))
    return any(text in one_line(link.text_content()) for link in links if text)


def _running_text(element: HtmlElement) -> int:
    """Characters in paragraphs that are longer than what menus and teasers hold."""
    lengths = (len(paragraph.text_content()) for paragraph in element.iter("p"))
    return sum(length for length in lengths if length > 60)


def _is_related_label(element: HtmlElement) -> bool:
    # The length of the first text alone spares most elements the joining of all their text.
    return len(element.text or "") < 60 and is_related_heading(one_line(element.text_content()))


def _drop_related(label: HtmlElement, kept: set[HtmlElement], total: int) -> None:
    """Remove the heading of a related list with its list: the box around both, or what follows it while it is links."""
    box = label
    while (around := box.getparent()) is not None and around not in kept:
        if around[0] is not box or one_line(around.text or "") or around.tag in ("body", "main", "article"):
            break
        if len(around.text_content()) > 0.5 * total or not _is_links(around):
            break
        box = around
    while (following := box.getnext()) is not None and following not in kept:
        if following.tag not in _LISTS or not _is_links(following):
            break
        following.drop_tree()
    box.drop_tree()


def _is_links(element: HtmlElement) -> bool:
    """Whether most of an element's text, or of a list its every item, leads elsewhere."""
    if element.tag == "a":
        return True
    text = len(one_line(element.text_content()))
    linked = sum(len(one_line(link.text_content())) for link in element.iter("a"))
    return text == 0 or linked > 0.5 * text


def _compared(text: str) -> str:
    return "".join(character for character in one_line(text).casefold() if character.isalnum() or character == " ")


def _is_in(element: HtmlElement, tags: tuple[str, ...]) -> bool:
    return next(element.iterancestors(*tags), None) is not None
