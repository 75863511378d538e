"""From trafilatura's tree to blocks, with the captions, fact boxes and leads that it leaves out put back in place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement, fromstring

from corpus.article import Block, BlockKind
from corpus.encoding import one_line
from corpus.pruning import class_words

_CAPTION = re.compile(r"\b(?:caption|bildetekst|bilettekst|wp caption text|credit)\b")
_FACTS = re.compile(r"\b(?:facts?|fact ?box|fakta|fakta ?(?:boks|ramme|rute)|info ?(?:box|boks))\b")
_LEAD = re.compile(r"\b(?:lead|ingress|sub ?title|standfirst|preamble|undertittel|deck|intro|introduction)\b")
_BOXES = frozenset({"aside", "div", "section", "details"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _BOXES | _HEADINGS | {
    "p", "ul", "ol", "li", "dl", "dt", "dd", "table", "tbody", "tr", "blockquote", "header", "footer", "figure",
    "summary",
}  # fmt: skip
_INLINE = frozenset({"a", "p", "span", "strong", "em", "b", "i"})
_MARK = re.compile(r"⟦(\d+)⟧")
_BREAK = "\u2028"  # a line break that the page asks for; those of its source text mean nothing
_GAP = "⟦⟧"  # two of them in a row, of which trafilatura would leave one
_NEW_BLOCK = re.compile(rf"{_GAP}|{_BREAK}\s*(?=[•·▪*]\s)")
_BULLET = re.compile(r"^[•·▪◦‣*]\s+")
_KINDS: dict[str, BlockKind] = {"head": "heading", "quote": "quote"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Something set aside from the page: its blocks, and the element that marks its place."""

    blocks: tuple[Block, ...]
    mark: HtmlElement


def set_aside(region: HtmlElement) -> list[Piece]:
    """Replace fact boxes, captions and the lead by numbered marks that pass through extraction, in place."""
    for line_break in region.iter("br"):
        following = line_break.getnext()
        if following is not None and following.tag == "br" and not (line_break.tail or "").strip():
            line_break.tail = _GAP
    pieces: list[Piece] = []
    whole = len(region.text_content())
    facts = [e for e in region.iter(*_BOXES) if _FACTS.search(class_words(e)) and len(e.text_content()) < whole / 2]
    for box in facts:
        if _is_attached(box, region) and next(box.iter("h1"), None) is None:
            _replace(box, tuple(_blocks_of(box, "fact")), pieces)
    for figure in list(region.iter("figure")):
        if next(figure.iter("img", "picture", "video", "source", "object"), None) is None:
            figure.tag = "div"  # a quotation or a table in a figure: text, where trafilatura expects a picture
    for caption in [e for e in region.iter("figcaption", "p", "div", "span", "dd") if _is_caption(e)]:
        if _is_attached(caption, region) and (text := one_line(caption.text_content())):
            boxes = caption.iterancestors("figure", "div")
            around = [box for box in boxes if box.tag == "figure" or "wp caption" in class_words(box)]
            _replace(around[-1] if around else caption, (Block(kind="caption", text=text),), pieces, caption)
    for lead in region.iter("p", "div", "h2", "section"):
        text = one_line(lead.text_content()) if _LEAD.search(class_words(lead)) else ""
        if 20 < len(text) < 1000 and len(text) < whole / 2 and next(lead.iter("h1", "img", "li"), None) is None:
            _replace(lead, (Block(kind="paragraph", text=text),), pieces)
            break
    return pieces


def read_layout(body: HtmlElement, pieces: list[Piece]) -> list[Block]:
    """Blocks of trafilatura's body in reading order, each piece at its mark, or by the text that stood beside it."""
    return _with_pieces(_body_blocks(body), pieces)


def read_region(region: HtmlElement, pieces: list[Piece]) -> list[Block]:
    """Blocks of a part of a page just as it stands, for articles so short that trafilatura sees none."""
    return _with_pieces(_blocks_of(region, "paragraph"), pieces)


def _with_pieces(found: Iterable[Block], pieces: list[Piece]) -> list[Block]:
    blocks: list[Block] = []
    placed: set[int] = set()
    for block in found:
        if mark := _MARK.fullmatch(block.text):
            number = int(mark[1])
            if number < len(pieces) and number not in placed:
                placed.add(number)
                blocks += pieces[number].blocks
        elif text := one_line(_MARK.sub(" ", block.text)):
            blocks.append(Block(kind=block.kind, text=text))
    for number, piece in enumerate(pieces):
        if number not in placed:
            _place(piece, blocks)
    return blocks


def _is_caption(element: HtmlElement) -> bool:
    return element.tag == "figcaption" or bool(_CAPTION.search(class_words(element)))


def _is_attached(element: HtmlElement, region: HtmlElement) -> bool:
    return any(around is region for around in element.iterancestors())


_MOST_PIECES = 200  # more of them are no article's, and each lost mark costs a search


def _replace(
    element: HtmlElement, blocks: tuple[Block, ...], pieces: list[Piece], inner: HtmlElement | None = None
) -> None:
    """Put a mark after an element's outermost inline wrapping, and drop the element (or the inner one alone)."""
    if len(pieces) >= _MOST_PIECES:
        return
    place = element
    while (around := place.getparent()) is not None and around.tag in _INLINE:
        place = around
    mark = fromstring(f"<p>⟦{len(pieces)}⟧</p>")
    place.addnext(mark)
    (element if inner is None else inner).drop_tree()
    pieces.append(Piece(blocks, mark))


def _blocks_of(element: HtmlElement, kind: BlockKind) -> Iterator[Block]:
    """Blocks of a box in the page's own HTML: its headings, list items and the pieces of text between."""
    inline: list[str] = [element.text or ""]
    for child in element:
        if _is_block(child):
            yield from _block("".join(inline), kind)
            is_item = child.tag in ("li", "dt", "dd")
            yield from _blocks_of(child, "heading" if child.tag in _HEADINGS else "item" if is_item else kind)
            inline = [child.tail or ""]
        else:
            inline += [" " if child.tag == "br" else child.text_content(), child.tail or ""]
    yield from _block("".join(inline), kind)


def _is_block(element: HtmlElement) -> bool:
    return element.tag in _BLOCKS or any(inner.tag in _BLOCKS for inner in element.iterdescendants())


def _block(text: str, kind: BlockKind) -> Iterator[Block]:
    if line := one_line(text):
        yield Block(kind=kind, text=line)


def _body_blocks(body: HtmlElement) -> Iterator[Block]:
    for element in body:
        if element.tag == "list":
            yield from _items(element)
        elif element.tag == "table":
            for row in element.iter("row"):
                cells = (one_line(_inline_text(cell)) for cell in row.iter("cell"))
                yield from _block(" | ".join(cell for cell in cells if cell), "paragraph")
        elif element.tag == "quote" and element.find("p") is not None:
            yield from _block(element.text or "", "quote")
            for part in element:
                yield from _split(f"{_inline_text(part)} {part.tail or ''}", "quote")
        else:
            yield from _split(_inline_text(element), _KINDS.get(str(element.tag), "paragraph"))
        yield from _split(element.tail or "", "paragraph")


def _items(parent: HtmlElement) -> Iterator[Block]:
    for item in parent:
        yield from _block(_inline_text(item, skipped="list"), "item")
        for nested in item.iter("list"):
            if next(nested.iterancestors("list")) is parent:
                yield from _items(nested)


def _inline_text(element: HtmlElement, skipped: str | None = None) -> str:
    """Text of an element, line breaks as such; blocks inside it (``skipped`` ones left out) do not run together."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == "lb":
            parts.append(_BREAK)
        elif child.tag != skipped:
            inner = _inline_text(child, skipped)
            parts.append(f" {inner} " if child.tag in ("p", "quote", "list", "item") else inner)
        parts.append(child.tail or "")
    return "".join(parts)


def _split(text: str, kind: BlockKind) -> Iterator[Block]:
    """One block, or several where the page made paragraphs or bullets by line breaks."""
    for part in _NEW_BLOCK.split(text):
        bullet = _BULLET.match(part.lstrip())
        yield from _block(part.lstrip()[bullet.end() :] if bullet else part, "item" if bullet else kind)


def _place(piece: Piece, blocks: list[Block]) -> None:
    """Insert a piece whose mark was lost with what stood around it, where the text after or before it shows where."""
    texts = {block.text for block in blocks}
    if all(block.text in texts for block in piece.blocks):
        return
    for axis, offset in (("following", 0), ("preceding", 1)):
        near = piece.mark.xpath(f"{axis}::p[string-length(normalize-space()) > 30]")
        for paragraph in (near if axis == "following" else near[::-1])[:3]:
            if (at := _index(paragraph, blocks)) is not None:
                blocks[at + offset : at + offset] = piece.blocks
                return


def _index(paragraph: HtmlElement, blocks: list[Block]) -> int | None:
    text = one_line(paragraph.text_content())
    return next((at for at, block in enumerate(blocks) if block.text == text), None)
